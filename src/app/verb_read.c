/*
 * `kawat read ID...`: a story's text as the screen shows it, as Markdown, HTML or JSON.  What is
 * not stored is fetched first, unless that is forbidden; then it says what will happen.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/app.h"
#include "app/story_fetch.h"
#include "app/story_out.h"
#include "base/loop.h"
#include "store/fetch_queue.h"
#include "store/mark.h"
#include "store/saved.h"
#include "text/doc_out.h"
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

/* --- JSON --------------------------------------------------------------------------------------- */

static void
json_links(struct json *j, const struct doc *d)
{
	json_key(j, "links");
	json_array(j);
	for (size_t i = 0; i < d->n_spans; i++) {
		const struct span *s = &d->spans[i];
		bool repeated = false;
		for (size_t k = 0; k < i && !repeated; k++)
			repeated = d->spans[k].kind == SPAN_LINK && str_eq(d->spans[k].ref, s->ref);
		if (s->kind != SPAN_LINK || repeated)
			continue;
		json_object(j);
		json_key_line(j, "text", str_sub(d->text, s->at, s->n));
		json_key_line(j, "url", s->ref);
		json_object_end(j);
	}
	json_array_end(j);
}

static const char *
state_name(enum target_state state)
{
	static const char *const names[] = {
		[TARGET_STORED] = "stored", [TARGET_MISSING] = "missing", [TARGET_GONE] = "gone",
	};
	return names[state];
}

static void
json_related(struct json *j, const struct read_story *s, bool dangling)
{
	json_key(j, dangling ? "dangling" : "related");
	json_array(j);
	for (size_t i = 0; i < s->links.n; i++) {
		const struct read_link *l = &s->links.v[i];
		if (l->kind == LINK_MENTION || (l->url.n == 0) != dangling)
			continue;
		json_object(j);
		json_key_line(j, "label", l->label);
		json_key_line(j, "title", l->title);
		if (!dangling)
			json_key_line(j, "url", l->url);
		json_key_int(j, "after", l->after);
		json_key(j, "to");
		if (l->to == STORY_NONE)
			json_null(j);
		else
			json_int(j, l->to);
		json_key_line(j, "state", str_z(state_name(l->state)));
		json_object_end(j);
	}
	json_array_end(j);
}

static void
json_html(struct json *j, const struct doc *d)
{
	struct buf html = {0};
	doc_html(d, NULL, NULL, &html);
	json_key_str(j, "html", buf_str(&html));
	buf_clear(&html);
}

static void
print_json(struct reading *r, const struct read_story *s)
{
	struct json *j = &r->json;
	const struct story *t = &s->story;
	json_object(j);
	story_json_members(j, r->app, &r->names, &s->row);
	json_key_str(j, "text", t->body.text);
	json_html(j, &t->body);
	json_links(j, &t->body);
	json_related(j, s, false);
	json_related(j, s, true);
	const struct { const char *key; struct str value; } fields[] = {
		{"source", t->source}, {"exchange", t->exchange}, {"reporter", t->reporter},
		{"translator", t->translator}, {"editor", t->editor},
		{"photographer", t->photographer}, {"copyright", t->copyright},
		{"summary", t->summary},
	};
	for (size_t i = 0; i < COUNT_OF(fields); i++)
		json_key_line(j, fields[i].key, fields[i].value);
	json_object_end(j);
}

/* --- text --------------------------------------------------------------------------------------- */

static void
print_text(struct reading *r, const struct read_story *s)
{
	struct words words = {0};
	struct look look = {.words = &words, .symbols = SYMBOLS_UNICODE, .now = clock_now(),
	    .full_dates = true};
	size_t cols = (size_t)r->width;
	struct story_view view = {.story = s, .cols = cols,
	    .text_cols = cols < STORY_TEXT_COLS || r->app->cli.times[FLAG_read_width]
	        ? cols : (size_t)config_number(&r->app->config, OPT_text_width),
	    .rights_unfolded = true, .captions = true,
	    .offline = cli_has(&r->app->cli, FLAG_any_offline),
	    .related = cli_has(&r->app->cli, FLAG_read_related)};
	struct arena *a = arena_new();
	struct story_page page;
	if (view.text_cols > cols)
		view.text_cols = cols;
	story_lines(a, &look, &view, &page);
	for (size_t i = 0; i < page.lines.n; i++) {
		struct str line = line_text(a, &page.lines.v[i]);
		/* the screen's margin is no use on paper */
		size_t margin = 0;
		while (margin < page.margin && margin < line.n && line.p[margin] == ' ')
			margin++;
		output_text(&r->app->out, str_from(line, margin));
		output_text(&r->app->out, STR("\n"));
	}
	arena_free(a);
}

/* --- Markdown and HTML -------------------------------------------------------------------------- */

static void
related_markdown(void *ctx, size_t index, struct buf *out)
{
	const struct read_story *s = ctx;
	if (index >= s->links.n)
		return;
	const struct read_link *l = &s->links.v[index];
	buf_add(out, STR("**"));
	markdown_escape(l->label, out);
	buf_add(out, STR(":** "));
	if (l->url.n)
		buf_char(out, '[');
	markdown_escape(l->title, out);
	if (l->url.n)
		buf_fmt(out, "](<%.*s>)", STR_ARG(l->url));
	buf_char(out, '\n');
}

static void
related_html(void *ctx, size_t index, struct buf *out)
{
	const struct read_story *s = ctx;
	if (index >= s->links.n)
		return;
	const struct read_link *l = &s->links.v[index];
	buf_add(out, STR("<p><strong>"));
	html_escape(l->label, out);
	buf_add(out, STR(":</strong> "));
	if (l->url.n) {
		buf_add(out, STR("<a href=\""));
		html_escape(l->url, out);
		buf_add(out, STR("\">"));
	}
	html_escape(l->title, out);
	buf_add(out, l->url.n ? STR("</a></p>\n") : STR("</p>\n"));
}

static const struct {
	const char *label;
	size_t offset;
} credit_rows[] = {
	{"Source", offsetof(struct story, source)},
	{"Reporter", offsetof(struct story, reporter)},
	{"Translator", offsetof(struct story, translator)},
	{"Editor", offsetof(struct story, editor)},
	{"Photographer", offsetof(struct story, photographer)},
};

static struct str
credit(const struct story *t, size_t i)
{
	return *(const struct str *)(const void *)((const char *)t + credit_rows[i].offset);
}

static struct str
meta_line(struct reading *r, const struct read_story *s)
{
	struct arena *a = r->app->arena;
	struct str at = story_time(a, s->row.published, s->row.published_offset);
	return arena_fmt(a, "%.*s%s%.*s", STR_ARG(s->row.agency),
	    s->row.agency.n && at.n ? ", " : "", STR_ARG(at));
}

static void
write_markdown(struct reading *r, const struct read_story *s, struct buf *out)
{
	const struct story *t = &s->story;
	buf_add(out, STR("# "));
	markdown_escape(s->row.title, out);
	buf_add(out, STR("\n\n"));
	markdown_escape(meta_line(r, s), out);
	buf_fmt(out, "\n<%.*s>\n\n", STR_ARG(s->row.url));
	doc_markdown(&t->body, related_markdown, (void *)s, out);
	for (size_t i = 0; i < COUNT_OF(credit_rows); i++) {
		if (credit(t, i).n == 0)
			continue;
		buf_fmt(out, "%s: ", credit_rows[i].label);
		markdown_escape(credit(t, i), out);
		buf_add(out, STR("\\\n"));
	}
	if (t->rights.n) {
		buf_add(out, STR("\n"));
		markdown_escape(t->rights, out);
		buf_add(out, STR("\n"));
	}
}

static void
write_html(struct reading *r, const struct read_story *s, struct buf *out)
{
	const struct story *t = &s->story;
	buf_add(out, STR("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>"));
	html_escape(s->row.title, out);
	buf_add(out, STR("</title></head>\n<body>\n<h1>"));
	html_escape(s->row.title, out);
	buf_add(out, STR("</h1>\n<p>"));
	html_escape(meta_line(r, s), out);
	buf_add(out, STR("</p>\n"));
	doc_html(&t->body, related_html, (void *)s, out);
	for (size_t i = 0; i < COUNT_OF(credit_rows); i++) {
		if (credit(t, i).n == 0)
			continue;
		buf_fmt(out, "<p>%s: ", credit_rows[i].label);
		html_escape(credit(t, i), out);
		buf_add(out, STR("</p>\n"));
	}
	if (t->rights.n) {
		buf_add(out, STR("<p><small>"));
		html_escape(t->rights, out);
		buf_add(out, STR("</small></p>\n"));
	}
	buf_add(out, STR("</body></html>\n"));
}

static void
print_story(struct reading *r, const struct read_story *s)
{
	struct buf b = {0};
	if (r->n_shown++ && (r->format == FORMAT_TEXT || r->format == FORMAT_MARKDOWN))
		output_text(&r->app->out, STR("\n"));
	if (r->format == FORMAT_JSON) {
		print_json(r, s);
	} else if (r->format == FORMAT_TEXT) {
		print_text(r, s);
	} else {
		if (r->format == FORMAT_MARKDOWN)
			write_markdown(r, s, &b);
		else
			write_html(r, s, &b);
		output_text(&r->app->out, buf_str(&b));
		buf_clear(&b);
	}
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

static bool
fetch(struct reading *r, story_id id, struct str url, struct err *e)
{
	struct story_wish wish = {id, url};
	store_close(r->store);
	r->store = NULL;
	return story_fetch(r->app, &wish, 1, WIRE_OPENED, 0, 0, on_story, r, e) && reopen(r, e);
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
			say("%.*s: %.*s", STR_ARG(s.row.title), STR_ARG(r->fetch_error));
	} else if (!s.row.stored && cli_has(&r->app->cli, FLAG_any_offline)) {
		queue_for_later(r, &s);
	}
	print_story(r, &s);
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
