/*
 * `kawat read ID...`: a story's text as the screen shows it, as Markdown, HTML or JSON.  What is
 * not stored is fetched first, unless that is forbidden; then it says what will happen.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/app.h"
#include "app/story_changes.h"
#include "app/story_fetch.h"
#include "app/story_file.h"
#include "app/story_out.h"
#include "base/loop.h"
#include "store/fetch_queue.h"
#include "store/mark.h"
#include "store/saved.h"
#include "text/url.h"
#include "view/story_lines.h"

enum { WIDTH_MAX = 400, WIDTH_MIN = 20, WIDTH_PIPE = 80 };

struct reading {
	struct app *app;
	struct store *store; /* open between fetches only */
	struct names names;
	enum format format;
	int64_t width;
	struct json json;
	struct str fetch_error;
	size_t n_shown;
};

/* --- printing ----------------------------------------------------------------------------------- */

static bool
print_story(struct reading *r, const struct read_story *s, struct err *e)
{
	struct buf b = {0};
	size_t cols = (size_t)r->width;
	struct story_file f = {.app = r->app, .names = &r->names, .now = clock_now(), .cols = cols,
	    .text_cols = cols < STORY_TEXT_COLS || r->app->cli.times[FLAG_read_width]
	        ? cols : (size_t)config_number(&r->app->config, OPT_text_width),
	    .related = cli_has(&r->app->cli, FLAG_read_related),
	    .offline = cli_has(&r->app->cli, FLAG_any_offline)};
	if (r->n_shown++ && (r->format == FORMAT_TEXT || r->format == FORMAT_MARKDOWN))
		output_text(&r->app->out, STR("\n"));
	bool changes = cli_has(&r->app->cli, FLAG_read_changes), ok = true;
	if (r->format == FORMAT_JSON && changes)
		return story_changes_json(r->store, s, &r->json, e);
	if (r->format == FORMAT_JSON) {
		story_file_json(&f, s, &r->json);
		return true;
	}
	if (changes)
		ok = story_changes_text(&f, r->store, s, &b, e);
	else
		story_file_write(&f, s, r->format, &b);
	output_text(&r->app->out, buf_str(&b));
	buf_clear(&b);
	return ok;
}

/* --- fetching what is not stored ---------------------------------------------------------------- */

static void
on_story(void *ctx, const struct wire_story_news *n)
{
	struct reading *r = ctx;
	if (n->error.n)
		r->fetch_error = arena_str(r->app->arena, n->error);
}

static bool
reopen(struct reading *r, struct err *e)
{
	store_close(r->store);
	r->store = NULL;
	return app_open_store(r->app, STORE_READ, &r->store, e) &&
	       names_load(&r->names, r->app, r->store, e);
}

/* A store that cannot be written (read-only disk, no space) keeps nobody from reading what it has. */
static bool
fetch(struct reading *r, story_id id, struct str url, struct err *e)
{
	struct story_wish wish = {id, url};
	store_close(r->store);
	r->store = NULL;
	if (!story_fetch(r->app, &wish, 1, WIRE_OPENED, 0, 0, on_story, r, e)) {
		if (e->kind != ERR_STORE)
			return false;
		r->fetch_error = arena_str(r->app->arena, str_z(e->text));
	}
	return reopen(r, e);
}

static bool
may_fetch(const struct reading *r)
{
	return !cli_has(&r->app->cli, FLAG_any_offline) &&
	       config_number(&r->app->config, OPT_full_text) != WIRE_FULL_NEVER;
}

/* The wish is remembered and fetched by the next refresh. */
static void
queue_for_later(struct reading *r, const struct read_story *s)
{
	struct store *store = NULL;
	struct err ignored = {0};
	struct fetch_wish wish = {.id = s->row.id, .url = s->row.url, .title = s->row.title,
	    .at = clock_now(), .why = WIRE_OPENED};
	if (app_open_store(r->app, STORE_WRITE, &store, &ignored) &&
	    fetch_queue_add(store, &wish, &ignored))
		say("%lld: the full text is not stored. It will be fetched when online",
		    (long long)s->row.id);
	else
		say("%lld: the full text is not stored, and cannot be fetched offline",
		    (long long)s->row.id);
	store_close(store);
}

/* --- marking ------------------------------------------------------------------------------------ */

/* It is what `last` means from now on, and read.  A store that cannot be written now (read-only
 * disk) does not keep anybody from reading. */
static void
remember(struct reading *r, story_id id, bool unread)
{
	struct store *store = NULL;
	struct err e = {0};
	struct mark m = {.what = MARK_READ, .ids = &id, .n_ids = 1};
	int64_t change, n, now = clock_now();
	bool ok = app_open_store(r->app, STORE_WRITE, &store, &e) &&
	          saved_open_story(store, id, now, &e) &&
	          (!unread || mark_now(store, &m, (struct query_feeds){0}, now, 0,
	              config_number(&r->app->config, OPT_undo_levels), &change, &n, &e));
	if (!ok && unread && !r->app->quiet)
		say("story %lld stays unread: %s", (long long)id, e.text);
	store_close(store);
}

/* --- the verb ----------------------------------------------------------------------------------- */

static bool
find(struct reading *r, struct str what, story_id *id, struct err *e)
{
	if (r->store ? read_find(r->store, what, id, e)
		     : err_set(e, ERR_NOT_FOUND, "there are no stories yet"))
		return true;
	if (e->kind != ERR_NOT_FOUND || !url_is_http(what) || !may_fetch(r))
		return false;
	if (!fetch(r, STORY_NONE, what, e))
		return false;
	if (r->fetch_error.n)
		return err_set(e, ERR_NETWORK, "%.*s: %.*s", STR_ARG(what), STR_ARG(r->fetch_error));
	return read_find(r->store, what, id, e);
}

static bool
show(struct reading *r, struct str what, struct err *e)
{
	struct arena *a = r->app->arena;
	struct read_story s;
	story_id id;
	r->fetch_error = STR("");
	if (!find(r, what, &id, e) || !read_story(r->store, a, id, &s, e))
		return false;
	if (!s.row.stored && !s.row.gone && may_fetch(r) && url_is_http(s.row.url)) {
		if (!fetch(r, id, s.row.url, e) || !read_story(r->store, a, id, &s, e))
			return false;
		if (r->fetch_error.n)
			say("%lld: %.*s", (long long)id, STR_ARG(r->fetch_error));
	} else if (!s.row.stored && cli_has(&r->app->cli, FLAG_any_offline)) {
		queue_for_later(r, &s);
	}
	if (!print_story(r, &s, e))
		return false;
	if (!cli_has(&r->app->cli, FLAG_read_peek))
		remember(r, id, s.row.unread);
	if (s.story.body.text.n == 0 && s.story.summary.n == 0 && !s.row.stored &&
	    cli_has(&r->app->cli, FLAG_any_offline)) {
		e->text[0] = '\0';
		e->kind = ERR_NETWORK;
		return false;
	}
	return true;
}

static int64_t
terminal_width(void)
{
	struct winsize size;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= WIDTH_MIN)
		return size.ws_col < WIDTH_MAX ? size.ws_col : WIDTH_MAX;
	return WIDTH_PIPE;
}

bool
verb_read(struct app *app, struct err *e)
{
	struct reading r = {.app = app};
	unsigned allowed = 1u << FORMAT_TEXT | 1u << FORMAT_MARKDOWN | 1u << FORMAT_HTML |
	                   1u << FORMAT_JSON;
	if (app->cli.n_args == 0)
		return err_set(e, ERR_USAGE, "read needs the number of a story, its address, or last");
	if (cli_has(&app->cli, FLAG_read_changes))
		allowed = 1u << FORMAT_TEXT | 1u << FORMAT_JSON;
	if (!format_parse(cli_value(&app->cli, FLAG_read_format, "text"), allowed, &r.format, e) ||
	    !cli_number(&app->cli, FLAG_read_width, WIDTH_MIN, WIDTH_MAX, terminal_width(),
	        &r.width, e))
		return false;
	if (store_exists(app->paths.data) && !reopen(&r, e))
		return false;
	json_init(&r.json, output_json_sink, &app->out);
	bool many = app->cli.n_args > 1, ok = true;
	if (r.format == FORMAT_JSON && many)
		json_array(&r.json);
	for (size_t i = 0; ok && i < app->cli.n_args; i++)
		ok = show(&r, app->cli.args[i], e);
	if (r.format == FORMAT_JSON && many)
		json_array_end(&r.json);
	if (r.format == FORMAT_JSON && r.n_shown)
		json_newline(&r.json);
	json_clear(&r.json);
	store_close(r.store);
	return ok;
}
