/*
 * `kawat brief [QUERY...]`: the last hours, one line for each event, urgent ones first.
 */
#include "app/app.h"
#include "app/story_out.h"
#include "base/loop.h"
#include "text/columns.h"
#include "text/doc_out.h"
#include "view/events.h"
#include "view/when.h"

enum {
	MAX_STORIES = 5000, /* the newest; a day of forty agencies */
	WINDOW_ROWS = 500,
	AGENCY_COLS = 14,
};

struct brief {
	struct app *app;
	struct arena *arena;
	struct names names;
	struct story_rows rows;
	struct events events;
	int64_t now;
};

/* --- what there is ------------------------------------------------------------------------------ */

static bool
load_rows(struct brief *b, struct store *store, const struct query *q, struct err *e)
{
	struct story_rows *all = &b->rows, window;
	int64_t place = LIST_TOP;
	all->v = ARENA_ARRAY(b->arena, struct story_row, MAX_STORIES);
	do {
		if (!list_window(store, b->arena, q, place, LIST_OLDER, WINDOW_ROWS, &window, e))
			return false;
		for (size_t i = 0; i < window.n && all->n < MAX_STORIES; i++)
			all->v[all->n++] = window.v[i];
		if (window.n)
			place = window.v[window.n - 1].ord;
	} while (window.n == WINDOW_ROWS && all->n < MAX_STORIES);
	return true;
}

static bool
load(struct brief *b, struct store *store, struct err *e)
{
	struct app *app = b->app;
	int32_t offset = local_offset_s(b->now);
	struct str since = arena_fmt(b->arena, "since:%.*s",
	    STR_ARG(cli_value(&app->cli, FLAG_brief_since, "6h")));
	struct query *asked, *recent;
	if (!names_load(&b->names, app, store, e) ||
	    !query_parse(b->arena, cli_joined(b->arena, &app->cli, 0), b->names.feeds, b->now,
	        offset, &asked, e) ||
	    !query_parse(b->arena, since, b->names.feeds, b->now, offset, &recent, e) ||
	    !load_rows(b, store, query_and(b->arena, asked, recent), e))
		return false;
	b->events = events_of(b->arena, &b->rows);
	return true;
}

/* --- how it is told ----------------------------------------------------------------------------- */

static int64_t
time_of(const struct story_row *r)
{
	return r->published == STORY_NO_TIME ? r->first_seen : r->published;
}

static struct str
clock_of(const struct brief *b, const struct event *e)
{
	return when(b->arena, LANGUAGE_EN, WHEN_COLUMN, time_of(e->first), b->now);
}

static struct str
headline_of(const struct event *e)
{
	const struct story_row *r = e->newest;
	return r->title.n ? r->title : r->url.n ? r->url : STR("(no headline)");
}

/* Number of the newest story, since when, who had it first and how many more, the headline. */
static void
event_text(struct brief *b, const struct event *e)
{
	struct output *out = &b->app->out;
	struct str agency = e->first->agency;
	if (e->n > 1)
		agency = arena_fmt(b->arena, "%.*s +%zu", STR_ARG(agency), e->n - 1);
	output_fmt(out, "%6lld %c %6s ", (long long)e->newest->id,
	    e->urgency && e->urgency <= 2 ? '!' : ' ', arena_z(b->arena, clock_of(b, e)));
	output_field(out, columns_pad(b->arena, agency, AGENCY_COLS, COLUMNS_LEFT));
	output_text(out, STR(" "));
	output_field(out, headline_of(e));
	output_text(out, STR("\n"));
}

static void
event_markdown(struct brief *b, const struct event *e)
{
	struct buf text = {0};
	bool link = e->newest->url.n > 0;
	buf_fmt(&text, "- **%.*s** %s", STR_ARG(clock_of(b, e)), link ? "[" : "");
	markdown_escape(headline_of(e), &text);
	if (link)
		buf_fmt(&text, "](<%.*s>)", STR_ARG(e->newest->url));
	buf_add(&text, STR(" — "));
	markdown_escape(event_agencies(b->arena, e), &text);
	buf_char(&text, '\n');
	output_text(&b->app->out, buf_str(&text));
	buf_clear(&text);
}

static void
event_html(struct brief *b, const struct event *e)
{
	struct buf text = {0};
	struct str at = story_time(b->arena, time_of(e->first), local_offset_s(time_of(e->first)) / 60);
	buf_fmt(&text, "<li><time datetime=\"%.*s\">%.*s</time> ", STR_ARG(at),
	    STR_ARG(clock_of(b, e)));
	if (e->newest->url.n) {
		buf_add(&text, STR("<a href=\""));
		html_escape(e->newest->url, &text);
		buf_add(&text, STR("\">"));
	}
	html_escape(headline_of(e), &text);
	buf_add(&text, e->newest->url.n ? STR("</a> — ") : STR(" — "));
	html_escape(event_agencies(b->arena, e), &text);
	buf_add(&text, STR("</li>\n"));
	output_text(&b->app->out, buf_str(&text));
	buf_clear(&text);
}

static void
event_json(struct brief *b, const struct event *e, struct json *j)
{
	json_object(j);
	json_key_line(j, "title", headline_of(e));
	json_key_int(j, "urgency", e->urgency);
	json_key(j, "stories");
	json_array(j);
	for (size_t i = 0; i < e->n; i++) {
		json_object(j);
		story_json_members(j, b->app, &b->names, e->stories[i]);
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
}

static void
print(struct brief *b, enum format format)
{
	struct output *out = &b->app->out;
	struct json j;
	json_init(&j, output_json_sink, out);
	if (format == FORMAT_JSON)
		json_array(&j);
	if (format == FORMAT_HTML)
		output_text(out, STR("<ul>\n"));
	for (size_t i = 0; i < b->events.n && !out->pipe_closed; i++) {
		const struct event *e = &b->events.v[i];
		if (format == FORMAT_JSON)
			event_json(b, e, &j);
		else if (format == FORMAT_MARKDOWN)
			event_markdown(b, e);
		else if (format == FORMAT_HTML)
			event_html(b, e);
		else
			event_text(b, e);
	}
	if (format == FORMAT_HTML)
		output_text(out, STR("</ul>\n"));
	if (format == FORMAT_JSON) {
		json_array_end(&j);
		json_newline(&j);
	}
	json_clear(&j);
}

bool
verb_brief(struct app *app, struct err *e)
{
	struct brief b = {.app = app, .arena = app->arena, .now = clock_now()};
	unsigned allowed = 1u << FORMAT_TEXT | 1u << FORMAT_MARKDOWN | 1u << FORMAT_HTML |
	                   1u << FORMAT_JSON;
	enum format format;
	struct store *store = NULL;
	if (!format_parse(cli_value(&app->cli, FLAG_brief_format, "text"), allowed, &format, e))
		return false;
	bool ok = app_open_store(app, STORE_READ, &store, e) && load(&b, store, e);
	store_close(store);
	if (ok && b.events.n == 0)
		return err_set(e, ERR_NOT_FOUND, "no story matches");
	if (ok)
		print(&b, format);
	return ok;
}
