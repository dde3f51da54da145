/*
 * The desk's loop: one poll on the keyboard, the signal pipe and wire's socket; the screen is
 * drawn at most once a turn, and no timer runs when nothing moves.
 *
 * Signals are turned into bytes of a pipe, the only thing that their handler does; a fatal one
 * gives the terminal back first and then dies of the signal itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/desk.h"
#include "app/language.h"
#include "store/saved.h"
#include "text/clean.h"

/* --- signals ------------------------------------------------------------------------------------- */

/* The one mutable state of file scope: a signal handler has no other way in. */
static volatile int signal_pipe_in = -1;
static const struct terminal *volatile emergency_term;

static void
on_signal(int number)
{
	int saved = errno;
	unsigned char byte = (unsigned char)number;
	if (signal_pipe_in >= 0 && write(signal_pipe_in, &byte, 1) < 0) {
		/* a full pipe already holds what must be known */
	}
	errno = saved;
}

static void
on_fatal_signal(int number)
{
	if (emergency_term)
		term_emergency(emergency_term);
	signal(number, SIG_DFL);
	raise(number);
}

enum { FATAL_STACK_BYTES = 64 * 1024 };

static void
install_signals(int pipe_in)
{
	static const int quiet[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGCHLD};
	/* every signal that would end us with the terminal as it is */
	static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGQUIT, SIGSYS,
	    SIGTRAP, SIGXCPU, SIGXFSZ, SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2, SIGIO};
	static char stack[FATAL_STACK_BYTES]; /* an overflow of the ordinary one is fatal too */
	stack_t own = {.ss_sp = stack, .ss_size = sizeof(stack)};
	struct sigaction act = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
	signal_pipe_in = pipe_in;
	for (size_t i = 0; i < COUNT_OF(quiet); i++)
		sigaction(quiet[i], &act, NULL);
	act = (struct sigaction){.sa_handler = on_fatal_signal, .sa_flags = (int)SA_RESETHAND | SA_ONSTACK};
	sigaltstack(&own, NULL);
	for (size_t i = 0; i < COUNT_OF(fatal); i++)
		sigaction(fatal[i], &act, NULL);
}

void
desk_suspend(struct desk *d)
{
	if (!d->term)
		return;
	term_suspend(d->term);
	signal(SIGTSTP, SIG_DFL);
	raise(SIGTSTP); /* goes on here after SIGCONT */
	struct sigaction act = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
	sigaction(SIGTSTP, &act, NULL);
	term_resume(d->term);
	term_redraw(d->term);
	desk_redraw(d);
}

static void
take_signals(void *ctx, int fd, short events)
{
	struct desk *d = ctx;
	unsigned char bytes[64];
	ssize_t n = read(fd, bytes, sizeof(bytes));
	(void)events;
	for (ssize_t i = 0; i < n; i++) {
		switch (bytes[i]) {
		case SIGWINCH:
			term_resize(d->term);
			desk_redraw(d);
			break;
		case SIGHUP:
			d->hang_up = true;
			d->quit = true;
			d->exit_signal = bytes[i];
			break;
		case SIGTERM:
		case SIGINT:
			d->quit = true;
			d->exit_signal = bytes[i];
			break;
		case SIGTSTP:
			desk_suspend(d);
			break;
		case SIGCONT:
			term_redraw(d->term);
			desk_redraw(d);
			break;
		case SIGCHLD:
			desk_child_ended(d);
			break;
		}
	}
}

/* --- the keyboard --------------------------------------------------------------------------------- */

/* Keys that were typed ahead find what the keys before them opened, as if it had been shown. */
static void
take_event(struct desk *d, const struct input_event *e)
{
	if (d->unlaid)
		desk_draw_frame(d);
	desk_event(d, e);
}

static void
escape_is_over(void *ctx)
{
	struct desk *d = ctx;
	struct input_event e;
	d->escape_timer = 0;
	while (!d->quit && term_event(d->term, true, &e))
		take_event(d, &e);
}

static void
on_keyboard(void *ctx, int fd, short events)
{
	struct desk *d = ctx;
	struct input_event e;
	(void)fd;
	(void)events;
	if (!term_read(d->term)) {
		d->hang_up = d->quit = true;
		d->exit_signal = SIGHUP;
		return;
	}
	loop_cancel(d->loop, d->escape_timer);
	d->escape_timer = 0;
	while (!d->quit && term_event(d->term, false, &e))
		take_event(d, &e);
	if (term_waiting(d->term))
		d->escape_timer = loop_after(d->loop,
		    config_number(&d->app->config, OPT_escape_delay), escape_is_over, d);
}

/* --- beginning and end --------------------------------------------------------------------------- */

static unsigned
terminal_flags(const struct desk *d, bool utf8)
{
	enum { HYPERLINKS_NO = 2, BIDI_TERMINAL = 2 };
	const struct config *c = &d->app->config;
	unsigned flags = utf8 ? 0 : TERM_ASCII;
	if (config_number(c, OPT_title))
		flags |= TERM_TITLE;
	if (config_number(c, OPT_hyperlinks) != HYPERLINKS_NO)
		flags |= TERM_LINKS;
	if (config_number(c, OPT_mouse))
		flags |= TERM_MOUSE;
	if (config_number(c, OPT_bidi) == BIDI_TERMINAL)
		flags |= TERM_KEEP_BIDI;
	return flags;
}

static bool
open_terminal(struct desk *d, struct err *e)
{
	static const int colours[] = {-1, 0, 8, 16, 256, 1 << 24};
	struct err note = {0};
	const char *name = getenv("TERM"), *truecolour = getenv("COLORTERM");
	const char *no_color = getenv("NO_COLOR");
	int wish = colours[config_number(&d->app->config, OPT_colors)];
	bool utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		err_set(e, ERR_USAGE, "the reader needs a terminal");
		return err_remedy(e, "kawat list");
	}
	if (no_color && *no_color && wish < 0)
		wish = 0;
	d->term = term_open(STDIN_FILENO, STDOUT_FILENO, name, wish,
	    truecolour && (strcmp(truecolour, "truecolor") == 0 || strcmp(truecolour, "24bit") == 0),
	    terminal_flags(d, utf8), &note, e);
	if (!d->term)
		return false;
	emergency_term = d->term;
	d->mouse = config_number(&d->app->config, OPT_mouse);
	language_begin(&d->words, cli_value(&d->app->cli, FLAG_any_lang,
	    arena_z(d->app->arena, config_text(&d->app->config, OPT_language))),
	    program_folder(d->app->arena));
	desk_begin_look(d, utf8);
	if (!str_eq(config_text(&d->app->config, OPT_theme), STR("auto")))
		desk_load_theme(d, arena_z(d->app->arena, config_text(&d->app->config, OPT_theme)));
	if (note.text[0])
		desk_say(d, ROLE_WARNING, "%s", note.text);
	return true;
}

static void
restore_trail(struct desk *d)
{
	struct err e = {0};
	struct bytes saved;
	bool open = false;
	if (d->store && saved_get(d->store, d->app->arena, STR("trail"), &saved, &e) && saved.n &&
	    trail_unpack(&d->trail, saved, &open) && open)
		desk_resume_trail(d);
}

/* What was searched for before is behind the arrows of the prompt. */
static void
restore_typed(struct desk *d)
{
	struct err e = {0};
	struct saved_typed typed;
	struct arena *a = arena_new();
	if (d->store && saved_typed(d->store, a, PROMPT_MAX_HISTORY, &typed, &e))
		for (size_t i = typed.n; i-- > 0;)
			prompt_history_add(d->prompt, text_clean_line(a, typed.v[i]));
	arena_free(a);
}

void
desk_first_screens(struct desk *d)
{
	restore_typed(d);
	desk_push_take(d, headlines_screen_new(d, STR(""), words_say(&d->words, "All stories")));
	d->feeds_pane = feeds_screen_new(d);
	if (d->app->feeds.feeds.n == 0)
		desk_push_take(d, welcome_screen_new(d));
	else
		restore_trail(d);
}

struct desk *
desk_new(struct app *app, struct err *e)
{
	struct desk *d = heap_alloc(sizeof(*d));
	d->app = app;
	d->frame = arena_new();
	d->names_arena = arena_new();
	d->expected = expected_new();
	d->log = heap_alloc(DESK_MAX_LOG * sizeof(*d->log));
	d->loop = loop_new();
	d->canvas = canvas_new(80, 24);
	d->prompt = prompt_new();
	d->piping.output = -1;
	d->importing.output = -1;
	d->offline = d->offline_wanted = cli_has(&app->cli, FLAG_any_offline);
	theme_builtin(&d->theme);
	wire_client_init(&d->wire, app);
	d->keymap = keymap_new(command_rows(), COMMANDS, e);
	if (d->keymap)
		return d;
	desk_free(d);
	return NULL;
}

static void
free_screen(struct screen *s)
{
	if (s)
		s->kind->free(s);
}

void
desk_free(struct desk *d)
{
	while (d->n_screens)
		free_screen(d->screens[--d->n_screens]);
	free_screen(d->preview);
	free_screen(d->feeds_pane);
	desk_pipe_stop(d);
	desk_import_stop(d);
	for (size_t i = 0; i < d->refresh.n; i++)
		free((char *)d->refresh.urls[i].p);
	free(d->refresh.rows);
	free(d->refresh.urls);
	free((char *)d->probe_for.p);
	free((char *)d->want_url.p);
	store_close(d->store);
	expected_free(d->expected);
	keymap_free(d->keymap);
	prompt_free(d->prompt);
	canvas_free(d->canvas);
	language_end(&d->words);
	arena_free(d->names_arena);
	arena_free(d->frame);
	loop_free(d->loop);
	free(d->log);
	free(d);
}

static bool
turn(struct desk *d, struct err *e)
{
	if (!loop_turn(d->loop, -1, e))
		return false;
	desk_check_feeds_file(d);
	if (d->dirty && !d->quit) {
		d->dirty = false;
		desk_draw(d);
	}
	return true;
}

static bool
read_news(struct desk *d, const int pipe_ends[2], struct err *e)
{
	bool ok = true;
	install_signals(pipe_ends[1]);
	loop_watch(d->loop, pipe_ends[0], POLLIN, take_signals, d);
	loop_watch(d->loop, term_fd(d->term), POLLIN, on_keyboard, d);
	desk_bind_keys(d);
	desk_open_store(d);
	desk_check_feeds_file(d);
	desk_first_screens(d);
	desk_draw(d);
	if (d->app->feeds.feeds.n == 0)
		desk_import_count(d);
	desk_wire_begin(d);
	while (ok && !d->quit)
		ok = turn(d, e);
	desk_save_trail(d);
	return ok;
}

bool
app_read_news(struct app *app, struct err *e)
{
	int pipe_ends[2];
	struct desk *d = desk_new(app, e);
	if (!d)
		return false;
	if (pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) < 0) {
		desk_free(d);
		return err_errno(e, ERR_INTERNAL, "cannot make a pipe");
	}
	bool ok = open_terminal(d, e) && read_news(d, pipe_ends, e);
	term_close(d->term); /* before wire ends: that may take a moment */
	d->term = NULL;
	emergency_term = NULL;
	signal_pipe_in = -1;
	desk_wire_end(d);
	app->exit_signal = d->exit_signal;
	desk_free(d);
	close(pipe_ends[0]);
	close(pipe_ends[1]);
	return ok;
}
