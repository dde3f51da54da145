/*
 * Other programs: the browser, the editor, a command that is given a story's text.  They are
 * started by argument vector, never by a shell, and what they are told is one argument.
 *
 * A command of `|` reads the text from a file in memory and answers into another, so that neither
 * side ever waits for the other; when it ends its answer is shown.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/desk.h"
#include "base/conf.h"
#include "base/file.h"
#include "text/clean.h"
#include "text/url.h"

extern char **environ;

enum {
	MAX_WORDS = 63, /* of a command line */
	MAX_ANSWER_BYTES = 1024 * 1024, /* of a command; more is no text to read */
};

struct words_of {
	const char *v[MAX_WORDS + 1];
	size_t n;
};

static const char *
find_in_path(struct arena *a, const char *name)
{
	struct str rest = str_z(getenv("PATH")), folder;
	if (strchr(name, '/'))
		return access(name, X_OK) == 0 ? name : NULL;
	while (rest.n) {
		str_cut(rest, ':', &folder, &rest);
		const char *path = arena_fmt(a, "%.*s/%s", STR_ARG(folder), name).p;
		if (access(path, X_OK) == 0)
			return path;
	}
	return NULL;
}

/* A command line as words; `%u` and the others stand for what `value` gives. */
static void
split(struct arena *a, struct str line, const char *letters, const struct str *values,
    struct words_of *out)
{
	struct str token;
	bool quoted;
	out->n = 0;
	while (out->n < MAX_WORDS && conf_token(a, &line, &token, &quoted)) {
		const char *letter = token.n == 2 && token.p[0] == '%' ? strchr(letters, token.p[1])
								       : NULL;
		out->v[out->n++] = arena_z(a, letter && *letter ? values[letter - letters] : token);
	}
	out->v[out->n] = NULL;
}

/* --- starting ------------------------------------------------------------------------------------- */

static void
set_signals(posix_spawnattr_t *attr)
{
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_setsigmask(attr, &none);
	posix_spawnattr_setsigdefault(attr, &all);
	posix_spawnattr_setflags(attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

/* in, out: descriptors for its standard input and output, or -1: ours.  0, or what went wrong. */
static int
spawn(struct arena *a, const struct words_of *w, int in, int out, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	char *argv[MAX_WORDS + 1] = {NULL};
	const char *path = w->n ? find_in_path(a, w->v[0]) : NULL;
	if (!path)
		return ENOENT;
	for (size_t i = 0; i < w->n; i++)
		argv[i] = heap_z(str_z(w->v[i]));
	posix_spawn_file_actions_init(&actions);
	if (in >= 0)
		posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	if (out >= 0) {
		posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
		posix_spawn_file_actions_adddup2(&actions, out, STDERR_FILENO);
	}
	posix_spawnattr_init(&attr);
	set_signals(&attr);
	int failed = posix_spawn(pid, path, &actions, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	for (size_t i = 0; i < w->n; i++)
		free(argv[i]);
	return failed;
}

int
desk_start(const char *const *words, int out, pid_t *pid)
{
	struct words_of w = {.n = 0};
	struct arena *a = arena_new();
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	while (words[w.n] && w.n < MAX_WORDS) {
		w.v[w.n] = words[w.n];
		w.n++;
	}
	int failed = null < 0 ? errno : spawn(a, &w, null, out, pid);
	if (null >= 0)
		close(null);
	arena_free(a);
	return failed;
}

/* Run it in the terminal and wait for its end; without the terminal it is left alone. */
static bool
run(struct desk *d, struct arena *a, const struct words_of *w, bool takes_terminal)
{
	struct worker child = {0};
	int null = takes_terminal ? -1 : open("/dev/null", O_RDWR | O_CLOEXEC);
	if (takes_terminal && d->term)
		term_suspend(d->term);
	int failed = spawn(a, w, null, null, &child.pid);
	if (null >= 0)
		close(null);
	if (!failed && takes_terminal)
		worker_wait(&child);
	else if (!failed && d->n_children < COUNT_OF(d->children))
		d->children[d->n_children++] = child;
	if (takes_terminal && d->term)
		term_resume(d->term);
	if (failed)
		desk_say(d, ROLE_ERROR, "Could not start %s: %s", w->n ? w->v[0] : "",
		    strerror(failed));
	return !failed;
}

/* --- what is copied ------------------------------------------------------------------------------- */

bool
desk_current_row(struct desk *d, struct story_row *row)
{
	struct err e = {0};
	struct story_rows rows;
	story_id id = desk_current_story(d);
	if (id == STORY_NONE || !d->store || !list_ids(d->store, d->frame, &id, 1, &rows, &e) ||
	    rows.n == 0) {
		desk_say(d, ROLE_STATUS, "No story is chosen.");
		return false;
	}
	*row = rows.v[0];
	return true;
}

static bool
copy(struct desk *d, struct str text)
{
	return d->term && text.n && term_copy(d->term, text);
}

void
desk_copy_link(struct desk *d)
{
	struct story_row row;
	if (!desk_current_row(d, &row))
		return;
	if (copy(d, row.url))
		desk_say(d, ROLE_OK, "The link was copied: %.*s",
		    STR_ARG(url_show(d->frame, row.url, 200)));
	else
		desk_say(d, ROLE_WARNING, "Could not copy. Here it is: %.*s",
		    STR_ARG(url_show(d->frame, row.url, 300)));
}

void
desk_copy_citation(struct desk *d)
{
	struct story_row row;
	if (!desk_current_row(d, &row))
		return;
	struct str at = look_when(d->frame, &d->look, WHEN_SHORT, row.published);
	struct str text = arena_fmt(d->frame, "%.*s (%.*s, %.*s) %.*s", STR_ARG(row.title),
	    STR_ARG(desk_agency(d, &row)), STR_ARG(at), STR_ARG(row.url));
	if (copy(d, text))
		desk_say(d, ROLE_OK, "Copied: %.*s", STR_ARG(str_sub(text, 0, 300)));
	else
		desk_say(d, ROLE_WARNING, "Could not copy. Here it is: %.*s", STR_ARG(text));
}

/* --- the browser ---------------------------------------------------------------------------------- */

/* Only http(s) addresses are ever handed out. */
static bool
browser_words(struct desk *d, struct arena *a, struct str url, struct words_of *w,
    bool *takes_terminal)
{
	static const char *const tries[] = {"xdg-open", "open", "w3m", "lynx"};
	struct str wish = config_text(&d->app->config, OPT_browser);
	const char *env = getenv("BROWSER");
	*takes_terminal = true;
	if (str_eq(wish, STR("auto")) && env && *env && !strchr(env, ':'))
		wish = str_z(env);
	if (!str_eq(wish, STR("auto"))) {
		bool named = str_find(wish, STR("%u")) != STR_NONE;
		split(a, wish, "u", &url, w);
		if (!named && w->n < MAX_WORDS)
			w->v[w->n++] = arena_z(a, url);
		return w->n > 1 && find_in_path(a, w->v[0]);
	}
	for (size_t i = 0; i < COUNT_OF(tries); i++) {
		*takes_terminal = i >= 2;
		*w = (struct words_of){{tries[i], arena_z(a, url)}, 2};
		if (find_in_path(a, tries[i]))
			return true;
	}
	return false;
}

void
desk_open_address(struct desk *d, struct str url)
{
	struct words_of w;
	bool takes_terminal;
	if (!url_is_http(url)) {
		desk_say(d, ROLE_WARNING, "There is no address to open.");
		return;
	}
	struct arena *a = arena_new();
	if (browser_words(d, a, url, &w, &takes_terminal))
		run(d, a, &w, takes_terminal);
	else if (copy(d, url))
		desk_say(d, ROLE_WARNING, "No browser found; the link was copied");
	else
		desk_say(d, ROLE_WARNING, "No browser found. The link is %.*s",
		    STR_ARG(url_show(d->frame, url, 300)));
	arena_free(a);
}

void
desk_open_browser(struct desk *d)
{
	struct story_row row;
	if (desk_current_row(d, &row))
		desk_open_address(d, row.url);
}

/* --- the editor ----------------------------------------------------------------------------------- */

void
desk_edit_file(struct desk *d, const char *path)
{
	struct str wish = config_text(&d->app->config, OPT_editor);
	struct words_of w;
	struct arena *a = arena_new();
	if (str_eq(wish, STR("auto")))
		wish = str_z(getenv("VISUAL"));
	if (wish.n == 0)
		wish = str_z(getenv("EDITOR"));
	if (wish.n == 0)
		wish = STR("vi");
	split(a, wish, "", NULL, &w);
	if (w.n < MAX_WORDS)
		w.v[w.n++] = path;
	run(d, a, &w, true);
	arena_free(a);
}

/* --- a command that is given a text ----------------------------------------------------------------- */

static int
file_of(struct str text, struct err *e)
{
	int fd = file_temporary("/tmp", e);
	if (fd >= 0 && (!fd_write_all(fd, bytes_of_str(text), e) || lseek(fd, 0, SEEK_SET) < 0)) {
		close(fd);
		return -1;
	}
	return fd;
}

void
desk_pipe(struct desk *d, struct str command, struct str text)
{
	struct words_of w;
	struct err e = {0};
	if (d->piping.output >= 0) {
		desk_say(d, ROLE_WARNING, "%s still runs; C-c stops it.", d->piping.name);
		return;
	}
	struct arena *a = arena_new();
	int in = file_of(text, &e), out = in < 0 ? -1 : file_temporary("/tmp", &e);
	split(a, command, "", NULL, &w);
	int failed = out < 0 ? 0 : spawn(a, &w, in, out, &d->piping.worker.pid);
	if (in >= 0)
		close(in);
	if (out < 0) {
		desk_say_err(d, &e);
	} else if (failed) {
		close(out);
		desk_say(d, ROLE_ERROR, "Could not start %s: %s", w.n ? w.v[0] : "",
		    strerror(failed));
	} else {
		d->piping.output = out;
		d->piping.name = heap_z(str_z(w.v[0]));
		desk_say(d, ROLE_STATUS, "%s runs…", w.v[0]);
	}
	arena_free(a);
}

static void
end_piping(struct desk *d)
{
	close(d->piping.output);
	free(d->piping.name);
	d->piping = (struct piping){.output = -1};
}

void
desk_pipe_stop(struct desk *d)
{
	if (d->piping.output < 0)
		return;
	worker_kill(&d->piping.worker);
	end_piping(d);
}

static struct str
answer_of(struct desk *d, struct arena *a)
{
	struct stat s;
	if (fstat(d->piping.output, &s) < 0)
		return STR("");
	size_t size = s.st_size < MAX_ANSWER_BYTES ? (size_t)s.st_size : MAX_ANSWER_BYTES;
	char *bytes = arena_alloc(a, size + 1);
	ssize_t n = pread(d->piping.output, bytes, size, 0);
	return n > 0 ? str_trim(text_clean(a, bytes_of(bytes, (size_t)n))) : STR("");
}

static struct str
last_line(struct str text)
{
	size_t at = str_find_last_char(text, '\n');
	return at == STR_NONE ? text : str_from(text, at + 1);
}

static void
show_answer(struct desk *d, struct str text, int status)
{
	const char *name = d->piping.name;
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	if (code)
		desk_say(d, ROLE_ERROR, "%s: exit %d: %.*s", name, code, STR_ARG(last_line(text)));
	else if (text.n == 0)
		desk_say(d, ROLE_OK, "%s has taken the text.", name);
	else if (str_find_char(text, '\n') == STR_NONE)
		desk_say(d, ROLE_OK, "%s: %.*s", name, STR_ARG(text));
	else
		desk_push_take(d, output_screen_new(d, str_z(name), text));
}

void
desk_child_ended(struct desk *d)
{
	int status;
	for (size_t i = 0; i < d->n_children; i++)
		if (worker_ended(&d->children[i], &status))
			d->children[i--] = d->children[--d->n_children];
	(void)desk_import_ended(d);
	if (d->piping.output < 0 || !worker_ended(&d->piping.worker, &status))
		return;
	struct arena *a = arena_new();
	show_answer(d, answer_of(d, a), status);
	arena_free(a);
	end_piping(d);
	desk_redraw(d);
}
