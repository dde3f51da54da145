/*
 * The desk's loop: one poll on the keyboard, the signal pipe and wire's socket; the screen is
 * drawn at most once a turn, and no timer runs when nothing moves.
 *
 * Signals are turned into bytes of a pipe, the only thing that their handler does; a fatal one
 * gives the terminal back first and then dies of the signal itself.
 */
#include "app/desk.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/language.h"
#include "base/utf8.h"
#include "store/saved.h"
#include "text/clean.h"
#include "text/url.h"
#include "view/help_lines.h"

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

static void
install_signals(int pipe_in)
{
	static const int quiet[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGCHLD};
	static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
	struct sigaction act = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
	signal_pipe_in = pipe_in;
	for (size_t i = 0; i < COUNT_OF(quiet); i++)
		sigaction(quiet[i], &act, NULL);
	act = (struct sigaction){.sa_handler = on_fatal_signal, .sa_flags = (int)SA_RESETHAND};
	for (size_t i = 0; i < COUNT_OF(fatal); i++)
		sigaction(fatal[i], &act, NULL);
}

void
desk_suspend(struct desk *d)
{
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
		}
	}
}

/* --- screens ------------------------------------------------------------------------------------- */

struct screen *
desk_top(struct desk *d)
{
	return d->screens[d->n_screens - 1];
}

struct screen *
desk_list_screen(struct desk *d)
{
	for (size_t i = d->n_screens; i > 0; i--)
		if (d->screens[i - 1]->kind->flags & SCREEN_IS_LIST)
			return d->screens[i - 1];
	return NULL;
}

struct screen *
desk_story_screen(struct desk *d)
{
	for (size_t i = d->n_screens; i > 0; i--)
		if (d->screens[i - 1]->kind->flags & SCREEN_IS_STORY)
			return d->screens[i - 1];
	return NULL;
}

struct screen *
desk_focus(struct desk *d)
{
	struct screen *top = desk_top(d), *list = desk_list_screen(d);
	bool story = top->kind->flags & SCREEN_IS_STORY;
	return d->focus_list && story && list && desk_is_wide(d) ? list : top;
}

void
desk_push_take(struct desk *d, struct screen *screen)
{
	if (d->n_screens == DESK_MAX_SCREENS) {
		/* the oldest that is not the first goes */
		d->screens[1]->kind->free(d->screens[1]);
		memmove(d->screens + 1, d->screens + 2,
		    (DESK_MAX_SCREENS - 2) * sizeof(d->screens[0]));
		d->n_screens--;
	}
	d->screens[d->n_screens++] = screen;
	d->focus_list = false;
	desk_redraw(d);
}

void
desk_pop(struct desk *d)
{
	if (d->n_screens < 2)
		return;
	struct screen *gone = d->screens[--d->n_screens];
	if (d->prompting && d->prompt_screen == gone)
		d->prompting = false;
	gone->kind->free(gone);
	desk_redraw(d);
}

void
desk_pop_to(struct desk *d, const struct screen *screen)
{
	while (d->n_screens > 1 && desk_top(d) != screen)
		desk_pop(d);
}

void
desk_redraw(struct desk *d)
{
	d->dirty = true;
}

story_id
desk_current_story(struct desk *d)
{
	struct screen *s = desk_focus(d);
	return s->kind->current ? s->kind->current(s, d) : STORY_NONE;
}

/* --- saying -------------------------------------------------------------------------------------- */

void
desk_log(struct desk *d, enum role role, struct str text)
{
	struct message *m = &d->log[d->n_log++ % DESK_MAX_LOG];
	m->at = clock_now();
	m->role = role;
	struct str cut = utf8_cut(text, sizeof(m->text) - 1);
	memcpy(m->text, cut.p, cut.n);
	m->text[cut.n] = '\0';
}

void
desk_say(struct desk *d, enum role role, const char *fmt, ...)
{
	char text[600];
	va_list args;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	desk_log(d, role, str_z(text));
	d->message = d->log[(d->n_log - 1) % DESK_MAX_LOG];
	desk_redraw(d);
}

void
desk_say_err(struct desk *d, const struct err *e)
{
	desk_say(d, ROLE_ERROR, "%s", e->text);
}

/* As it is pressed here; a command of another screen as it is pressed there. */
struct str
desk_key(struct desk *d, int command)
{
	bool ascii = d->look.symbols == SYMBOLS_ASCII;
	struct screen *focus = d->n_screens ? desk_focus(d) : NULL;
	const int home[] = {command_rows()[command].context, CONTEXT_LIST, CONTEXT_GLOBAL, -1};
	struct str key = STR("");
	if (focus)
		key = keymap_first_key(d->frame, d->keymap, focus->kind->contexts, command, ascii);
	return key.n ? key : keymap_first_key(d->frame, d->keymap, home, command, ascii);
}

/* --- the store ----------------------------------------------------------------------------------- */

bool
desk_open_store(struct desk *d)
{
	struct err e = {0};
	if (d->store)
		return true;
	if (!store_exists(d->app->paths.data))
		return false;
	struct store_options options = {.folder = d->app->paths.data, .mode = STORE_READ};
	if (!store_open(&d->store, &options, NULL, &e)) {
		d->store = NULL;
		desk_say_err(d, &e);
		return false;
	}
	if (store_is_frozen(d->store))
		desk_say(d, ROLE_WARNING, "The disk is read-only: the last changes may be missing.");
	d->store_version = -1;
	desk_check_store(d);
	return true;
}

static void
load_names(struct desk *d)
{
	struct arena *old = d->names_arena, *keep = d->app->arena;
	struct err e = {0};
	struct names names;
	d->names_arena = arena_new();
	d->app->arena = d->names_arena; /* names live as long as they are the newest */
	bool ok = names_load(&names, d->app, d->store, &e);
	d->app->arena = keep;
	if (!ok) {
		arena_free(d->names_arena);
		d->names_arena = old;
		return;
	}
	d->names = names;
	arena_free(old);
}

void
desk_check_store(struct desk *d)
{
	struct err e = {0};
	int64_t version;
	if (!d->store) {
		desk_open_store(d);
		return;
	}
	if (!store_version(d->store, &version, &e) || version == d->store_version)
		return;
	d->store_version = version;
	load_names(d);
	if (!store_counts(d->store, &d->counts, &e))
		desk_say_err(d, &e);
	for (size_t i = 0; i < d->n_screens; i++)
		if (d->screens[i]->kind->changed)
			d->screens[i]->kind->changed(d->screens[i], d);
	if (d->feeds_pane && d->feeds_pane->kind->changed)
		d->feeds_pane->kind->changed(d->feeds_pane, d);
	if (d->preview && d->preview->kind->changed)
		d->preview->kind->changed(d->preview, d);
	desk_redraw(d);
}

struct str
desk_agency(struct desk *d, const struct story_row *row)
{
	if (row->agency.n)
		return row->agency;
	for (int i = 0; i < row->n_feeds; i++) {
		const struct query_feed *f = names_of(&d->names, row->feeds[i]);
		if (f)
			return f->name;
	}
	return STR("");
}

/* --- prompts ------------------------------------------------------------------------------------- */

void
desk_prompt(struct desk *d, enum prompt_kind kind, struct str label, struct str text,
    struct screen *screen)
{
	prompt_begin(d->prompt, text, kind == PROMPT_PALETTE);
	d->prompting = true;
	d->prompt_kind = kind;
	d->prompt_label = label;
	d->prompt_screen = screen;
	d->palette_chosen = 0;
	d->message.text[0] = '\0';
	desk_redraw(d);
}

void
desk_prompt_end(struct desk *d)
{
	d->prompting = false;
	desk_redraw(d);
}

static void
tell_screen(struct desk *d, struct str text, bool accepted)
{
	struct screen *s = d->prompt_screen;
	if (s && s->kind->prompt)
		s->kind->prompt(s, d, d->prompt_kind, text, accepted);
}

static void
run_palette(struct desk *d)
{
	struct help_row *rows;
	struct arena *a = arena_new();
	size_t n_found, n = desk_command_rows(d, a, desk_focus(d), &rows);
	size_t *found = palette_match(a, &d->look, rows, n, prompt_text(d->prompt), &n_found);
	int command = d->palette_chosen < n_found ? rows[found[d->palette_chosen]].index : -1;
	arena_free(a);
	if (command >= 0)
		desk_command(d, command, 0);
}

static void
accept_prompt(struct desk *d)
{
	char *text = heap_z(prompt_text(d->prompt));
	struct str typed = str_trim(str_z(text));
	enum prompt_kind kind = d->prompt_kind;
	prompt_remember(d->prompt);
	desk_prompt_end(d);
	switch (kind) {
	case PROMPT_SEARCH:
		if (typed.n)
			desk_push_take(d, search_screen_new(d, typed));
		break;
	case PROMPT_ADD_FEED: {
		struct str url = url_typed(d->frame, typed);
		if (url_is_http(url))
			desk_ask_probe(d, url);
		else if (typed.n)
			desk_say(d, ROLE_WARNING, "Not an address: \"%.*s\"", STR_ARG(typed));
		break;
	}
	case PROMPT_PALETTE:
		run_palette(d);
		break;
	case PROMPT_FIND:
	case PROMPT_FILTER:
	case PROMPT_HELP:
	case PROMPT_SAVE_SEARCH:
	case PROMPT_CONFIRM_REMOVE:
		tell_screen(d, typed, true);
		break;
	}
	free(text);
}

static void
cancel_prompt(struct desk *d)
{
	desk_prompt_end(d);
	if (d->prompt_kind == PROMPT_FILTER || d->prompt_kind == PROMPT_FIND ||
	    d->prompt_kind == PROMPT_HELP)
		tell_screen(d, STR(""), false);
}

static void
prompt_changed(struct desk *d)
{
	d->palette_chosen = 0;
	if (d->prompt_kind == PROMPT_FILTER || d->prompt_kind == PROMPT_FIND ||
	    d->prompt_kind == PROMPT_HELP)
		tell_screen(d, prompt_text(d->prompt), false);
}

static void
prompt_takes(struct desk *d, struct key key)
{
	switch (prompt_key(d->prompt, key)) {
	case PROMPT_ACCEPT:
		accept_prompt(d);
		return;
	case PROMPT_CANCEL:
		cancel_prompt(d);
		return;
	case PROMPT_CHANGED:
		prompt_changed(d);
		return;
	case PROMPT_EARLIER:
		if (d->palette_chosen)
			d->palette_chosen--;
		return;
	case PROMPT_LATER:
		d->palette_chosen++;
		return;
	case PROMPT_UNUSED:
	case PROMPT_MOVED:
	case PROMPT_COMPLETE:
		return;
	}
}

/* --- keys ---------------------------------------------------------------------------------------- */

static void
show_menu(void *ctx)
{
	struct desk *d = ctx;
	d->menu_timer = 0;
	d->menu_shown = d->keys.n_steps > 0;
	desk_redraw(d);
}

static void
follow_number(void *ctx)
{
	struct desk *d = ctx;
	int number = d->keys.number;
	struct screen *s = desk_focus(d);
	loop_cancel(d->loop, d->number_timer);
	d->number_timer = 0;
	d->keys = (struct keymap_state){0};
	if (number && s->kind->follow)
		s->kind->follow(s, d, number);
	desk_redraw(d);
}

static void
on_number(struct desk *d, struct screen *s)
{
	loop_cancel(d->loop, d->number_timer);
	d->number_timer = 0;
	if (!(s->kind->flags & SCREEN_DIGITS_FOLLOW))
		return;
	if (keymap_number_waits(d->keys.number, s->kind->n_numbers(s, d)))
		d->number_timer = loop_after(d->loop, DESK_NUMBER_MS, follow_number, d);
	else
		follow_number(d);
}

static void
unknown_key(struct desk *d, struct key key)
{
	char name[32];
	key_name(key, d->look.symbols == SYMBOLS_ASCII, name);
	desk_say(d, ROLE_WARNING, "%s: no such key here. %.*s shows all keys", name,
	    STR_ARG(desk_key(d, COMMAND_HELP)));
}

static void
on_key(struct desk *d, struct key key)
{
	struct screen *s = desk_focus(d);
	int command, number, contexts[8], n = 0;
	bool follows = s->kind->flags & SCREEN_DIGITS_FOLLOW;
	if (d->prompting) {
		prompt_takes(d, key);
		return;
	}
	if (d->number_timer && key.code == K_ENTER) {
		follow_number(d);
		return;
	}
	if (d->message.text[0] && key.code != K_ESCAPE)
		d->message.text[0] = '\0';
	if (d->finding)
		contexts[n++] = CONTEXT_FINDING;
	for (size_t i = 0; s->kind->contexts[i] >= 0; i++)
		contexts[n++] = s->kind->contexts[i];
	contexts[n] = -1;
	bool had_number = d->number_timer != 0;
	enum keymap_answer answer = keymap_key(d->keymap, contexts,
	    follows ? DIGITS_FOLLOW : DIGITS_COUNT, &d->keys, key, &command, &number);
	if (answer != KEYMAP_PREFIX) {
		loop_cancel(d->loop, d->menu_timer);
		d->menu_timer = 0;
		d->menu_shown = false;
	}
	if (had_number && answer != KEYMAP_NUMBER) {
		loop_cancel(d->loop, d->number_timer);
		d->number_timer = 0;
	}
	switch (answer) {
	case KEYMAP_PREFIX:
		d->menu_timer = loop_after(d->loop,
		    config_number(&d->app->config, OPT_which_key_delay), show_menu, d);
		break;
	case KEYMAP_NUMBER:
		on_number(d, s);
		break;
	case KEYMAP_COMMAND:
		if (command == COMMAND_CANCEL && d->finding)
			d->finding = false;
		desk_command(d, command, number);
		break;
	case KEYMAP_UNKNOWN:
		unknown_key(d, key);
		break;
	}
}

/* Pasted text never runs as keys; an address opens the prompt with it. */
static void
on_paste(struct desk *d, struct bytes text)
{
	if (d->prompting) {
		if (prompt_paste(d->prompt, text))
			prompt_changed(d);
		return;
	}
	struct str url = text_clean_line(d->frame, text);
	if (url_is_http(url) && url.n < 2000)
		desk_prompt(d, PROMPT_ADD_FEED, STR("Address: "), url, NULL);
}

static void
on_event(struct desk *d, const struct input_event *e)
{
	desk_redraw(d);
	switch (e->kind) {
	case INPUT_KEY:
		on_key(d, e->key);
		break;
	case INPUT_PASTE:
		on_paste(d, e->text);
		break;
	case INPUT_SYNC:
		term_synchronised(d->term, true);
		break;
	case INPUT_BACKGROUND:
		desk_background(d, e->r, e->g, e->b);
		break;
	case INPUT_COLUMN:
		/* a mark that is two cells wide here would shift every line */
		if (e->col > 1 && config_number(&d->app->config, OPT_symbols) == 0)
			d->look.symbols = SYMBOLS_ASCII;
		break;
	case INPUT_MOUSE:
	case INPUT_FENCE:
	case INPUT_FOCUS:
		break;
	}
}

static void
escape_is_over(void *ctx)
{
	struct desk *d = ctx;
	struct input_event e;
	d->escape_timer = 0;
	while (!d->quit && term_event(d->term, true, &e))
		on_event(d, &e);
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
		on_event(d, &e);
	if (term_waiting(d->term))
		d->escape_timer = loop_after(d->loop,
		    config_number(&d->app->config, OPT_escape_delay), escape_is_over, d);
}

/* --- the look ------------------------------------------------------------------------------------ */

void
desk_theme_folders(struct desk *d, const char *folders[4])
{
	size_t n = 0;
	folders[n++] = d->app->paths.own_themes;
	folders[n++] = arena_fmt(d->app->arena, "%s/../themes", program_folder(d->app->arena)).p;
	folders[n++] = KAWAT_DATADIR "/themes";
	folders[n] = NULL;
}

static void
load_theme(struct desk *d, const char *name)
{
	const char *folders[4];
	struct err e = {0};
	desk_theme_folders(d, folders);
	if (!theme_load(&d->theme, name, folders, NULL, &e))
		desk_say_err(d, &e);
	term_redraw(d->term);
}

/* The terminal said what its background is: `auto` now knows dark from light. */
void
desk_background(struct desk *d, int r, int g, int b)
{
	bool dark = r * 299 + g * 587 + b * 114 < 128000;
	if (!str_eq(config_text(&d->app->config, OPT_theme), STR("auto")) ||
	    term_colours(d->term) < 8)
		return;
	load_theme(d, arena_z(d->frame,
	    config_text(&d->app->config, dark ? OPT_theme_dark : OPT_theme_light)));
}

static void
begin_look(struct desk *d, bool utf8)
{
	int64_t symbols = config_number(&d->app->config, OPT_symbols);
	enum { AUTO, UNICODE, ASCII };
	enum { BIDI_AUTO, BIDI_KAWAT, BIDI_TERMINAL };
	d->look = (struct look){.words = &d->words, .now = clock_now(),
	    .symbols = symbols == ASCII || (symbols == AUTO && !utf8) ? SYMBOLS_ASCII
								      : SYMBOLS_UNICODE,
	    .full_dates = config_number(&d->app->config, OPT_dates),
	    .motion = config_number(&d->app->config, OPT_motion),
	    .terminal_bidi = config_number(&d->app->config, OPT_bidi) == BIDI_TERMINAL};
	d->layout = (int)config_number(&d->app->config, OPT_layout);
	d->hints_hidden = !config_number(&d->app->config, OPT_hints);
}

/* --- beginning and end --------------------------------------------------------------------------- */

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
	    (utf8 ? 0 : TERM_ASCII) | TERM_TITLE | TERM_LINKS, &note, e);
	if (!d->term)
		return false;
	emergency_term = d->term;
	language_begin(&d->words, cli_value(&d->app->cli, FLAG_any_lang,
	    arena_z(d->app->arena, config_text(&d->app->config, OPT_language))),
	    program_folder(d->app->arena));
	begin_look(d, utf8);
	theme_builtin(&d->theme);
	if (!str_eq(config_text(&d->app->config, OPT_theme), STR("auto")))
		load_theme(d, arena_z(d->app->arena, config_text(&d->app->config, OPT_theme)));
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

static void
first_screens(struct desk *d)
{
	desk_push_take(d, headlines_screen_new(d, STR(""), words_say(&d->words, "All stories")));
	d->feeds_pane = feeds_screen_new(d);
	if (d->app->feeds.feeds.n == 0)
		desk_push_take(d, welcome_screen_new(d));
	else
		restore_trail(d);
}

static void
clear(struct desk *d)
{
	while (d->n_screens) {
		struct screen *s = d->screens[--d->n_screens];
		s->kind->free(s);
	}
	if (d->preview)
		d->preview->kind->free(d->preview);
	if (d->feeds_pane)
		d->feeds_pane->kind->free(d->feeds_pane);
	store_close(d->store);
	keymap_free(d->keymap);
	prompt_free(d->prompt);
	canvas_free(d->canvas);
	language_end(&d->words);
	arena_free(d->names_arena);
	arena_free(d->frame);
	loop_free(d->loop);
	free(d->log);
}

static bool
turn(struct desk *d, struct err *e)
{
	if (!loop_turn(d->loop, -1, e))
		return false;
	if (d->dirty && !d->quit) {
		d->dirty = false;
		desk_draw(d);
	}
	return true;
}

bool
app_read_news(struct app *app, struct err *e)
{
	struct desk *d = heap_alloc(sizeof(*d));
	int pipe_ends[2] = {-1, -1};
	d->app = app;
	d->frame = arena_new();
	d->names_arena = arena_new();
	d->log = heap_alloc(DESK_MAX_LOG * sizeof(*d->log));
	d->loop = loop_new();
	d->canvas = canvas_new(80, 24);
	d->prompt = prompt_new();
	d->offline = d->offline_wanted = cli_has(&app->cli, FLAG_any_offline);
	d->keymap = keymap_new(command_rows(), COMMANDS, e);
	bool ok = d->keymap && open_terminal(d, e);
	if (ok && pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) < 0)
		ok = err_errno(e, ERR_INTERNAL, "cannot make a pipe");
	if (ok) {
		install_signals(pipe_ends[1]);
		loop_watch(d->loop, pipe_ends[0], POLLIN, take_signals, d);
		loop_watch(d->loop, term_fd(d->term), POLLIN, on_keyboard, d);
		desk_open_store(d);
		first_screens(d);
		desk_draw(d);
		desk_wire_begin(d);
		while (ok && !d->quit)
			ok = turn(d, e);
	}
	if (d->wire.app) {
		desk_save_trail(d);
		term_close(d->term);
		desk_wire_end(d);
	} else {
		term_close(d->term);
	}
	emergency_term = NULL;
	signal_pipe_in = -1;
	int number = d->exit_signal;
	clear(d);
	free(d);
	if (pipe_ends[0] >= 0) {
		close(pipe_ends[0]);
		close(pipe_ends[1]);
	}
	app->exit_signal = number;
	return ok;
}
