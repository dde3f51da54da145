/*
 * Stories and marks out.  The list is walked window by window; of a window only the numbers of its
 * stories are kept, and each story is read, written and forgotten, so memory does not follow the
 * store.
 */
#include "app/export.h"

#include "app/story_atom.h"
#include "app/story_file.h"
#include "app/story_mail.h"
#include "app/story_out.h"
#include "base/loop.h"
#include "text/doc_out.h"

enum { WINDOW_ROWS = 500, MAIL_COLS = 76 };

struct exporting {
	struct app *app;
	struct store *store;
	struct names names;
	struct query *query;
	struct str title; /* the query in words */
	enum format format;
	enum list_direction direction;
	int64_t n; /* stories so far */
};

/* --- walking ------------------------------------------------------------------------------------ */

/* Everything is everything: feeds that are kept out of the list of all stories are in. */
static struct query_feeds
unhidden(struct arena *a, struct query_feeds feeds)
{
	struct query_feed *v = ARENA_ARRAY(a, struct query_feed, feeds.n + 1);
	for (size_t i = 0; i < feeds.n; i++) {
		v[i] = feeds.v[i];
		v[i].hide = false;
	}
	return (struct query_feeds){v, feeds.n};
}

static bool
begin(struct exporting *x, struct app *app, size_t first, struct err *e)
{
	int64_t now = clock_now();
	struct str text = app->cli.n_args > first ? cli_joined(app->arena, &app->cli, first) : STR("");
	*x = (struct exporting){.app = app, .title = text};
	return app_open_store(app, STORE_READ, &x->store, e) &&
	       names_load(&x->names, app, x->store, e) &&
	       query_parse(app->arena, text, unhidden(app->arena, x->names.feeds), now,
	           local_offset_s(now), &x->query, e);
}

typedef bool row_function(struct exporting *, const struct story_row *, struct err *);

/* One window; *place moves on.  *end: there is no other. */
static bool
walk_window(struct exporting *x, int64_t *place, row_function *each, bool *end, struct err *e)
{
	struct arena *a = arena_new();
	struct story_rows rows = {0};
	bool ok = list_window(x->store, a, x->query, *place, x->direction, WINDOW_ROWS, &rows, e);
	for (size_t i = 0; ok && i < rows.n && !x->app->out.pipe_closed; i++) {
		*place = rows.v[i].ord;
		ok = each(x, &rows.v[i], e);
	}
	*end = rows.n < WINDOW_ROWS || x->app->out.pipe_closed ||
	       x->app->out.failure.kind != ERR_NONE;
	arena_free(a);
	return ok;
}

static bool
walk(struct exporting *x, row_function *each, struct err *e)
{
	int64_t place = x->direction == LIST_NEWER ? LIST_BOTTOM : LIST_TOP;
	for (bool end = false; !end;)
		if (!walk_window(x, &place, each, &end, e))
			return false;
	return true;
}

/* --- stories ------------------------------------------------------------------------------------ */

static struct str
sender_of(const struct exporting *x, const struct story_row *r)
{
	struct str agency = r->agency;
	for (int i = 0; i < r->n_feeds && agency.n == 0; i++) {
		const struct query_feed *f = names_of(&x->names, r->feeds[i]);
		if (f)
			agency = f->name;
	}
	return agency.n ? agency : STR("kawat");
}

static void
write_ndjson(const struct story_file *f, const struct read_story *s, struct buf *out)
{
	struct json j;
	json_init(&j, NULL, NULL);
	story_file_json(f, s, &j);
	json_newline(&j);
	buf_add(out, buf_str(&j.out));
	json_clear(&j);
}

static void
write_mail(const struct exporting *x, const struct story_file *f, const struct read_story *s,
    struct buf *out)
{
	struct buf text = {0};
	story_file_write(f, s, FORMAT_TEXT, &text);
	story_mail(s, sender_of(x, &s->row), buf_str(&text), out);
	buf_clear(&text);
}

static void
write_story(struct exporting *x, const struct read_story *s, struct buf *out)
{
	struct story_file f = {.app = x->app, .names = &x->names, .now = clock_now(),
	    .cols = MAIL_COLS, .text_cols = MAIL_COLS, .related = true};
	if (x->format == FORMAT_MBOX) {
		write_mail(x, &f, s, out);
	} else if (x->format == FORMAT_ATOM) {
		story_atom_entry(s, sender_of(x, &s->row), out);
	} else if (x->format == FORMAT_NDJSON) {
		write_ndjson(&f, s, out);
	} else if (x->format == FORMAT_HTML) {
		buf_add(out, STR("<article>\n"));
		story_file_article(s, out);
		buf_add(out, STR("</article>\n"));
	} else {
		if (x->n)
			buf_add(out, STR("\n---\n\n"));
		story_file_write(&f, s, FORMAT_MARKDOWN, out);
	}
}

static void
write_head(struct exporting *x, int64_t newest, struct buf *out)
{
	struct str title = x->title.n ? x->title : STR("kawat");
	if (x->format == FORMAT_ATOM) {
		story_atom_begin(title, newest, out);
	} else if (x->format == FORMAT_HTML) {
		buf_add(out, STR("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>"));
		html_escape(title, out);
		buf_add(out, STR("</title></head>\n<body>\n"));
	}
}

static void
write_foot(struct exporting *x, struct buf *out)
{
	if (x->format == FORMAT_ATOM)
		story_atom_end(out);
	else if (x->format == FORMAT_HTML)
		buf_add(out, STR("</body></html>\n"));
}

static void
print(struct exporting *x, struct buf *b)
{
	output_text(&x->app->out, buf_str(b));
	buf_clear(b);
}

static bool
each_story(struct exporting *x, const struct story_row *row, struct err *e)
{
	struct arena *a = arena_new();
	struct read_story s;
	struct buf out = {0};
	bool ok = read_story(x->store, a, row->id, &s, e);
	if (ok && x->n == 0)
		write_head(x, row->published == STORY_NO_TIME ? row->first_seen : row->published, &out);
	if (ok) {
		write_story(x, &s, &out);
		x->n++;
	}
	print(x, &out);
	arena_free(a);
	return ok;
}

bool
export_stories(struct app *app, size_t first, enum format format, struct err *e)
{
	struct exporting x = {0};
	struct buf out = {0};
	bool ok = begin(&x, app, first, e);
	x.format = format;
	/* a mailbox grows at its end */
	x.direction = format == FORMAT_MBOX ? LIST_NEWER : LIST_OLDER;
	ok = ok && walk(&x, each_story, e);
	if (ok && x.n)
		write_foot(&x, &out);
	print(&x, &out);
	store_close(x.store);
	if (ok && x.n == 0)
		return err_set(e, ERR_NOT_FOUND, "no story matches");
	return ok;
}

/* --- marks -------------------------------------------------------------------------------------- */

static bool
each_mark(struct exporting *x, const struct story_row *row, struct err *e)
{
	struct json j;
	bool read = row->read_at && !row->unread;
	(void)e;
	if (!read && !row->starred)
		return true;
	json_init(&j, output_json_sink, &x->app->out);
	json_object(&j);
	json_key_line(&j, "key", row->key);
	json_key_bool(&j, "read", read);
	json_key_bool(&j, "starred", row->starred);
	json_object_end(&j);
	json_newline(&j);
	json_clear(&j);
	x->n++;
	return true;
}

bool
export_marks(struct app *app, size_t first, struct err *e)
{
	struct exporting x = {0};
	struct query *marked;
	bool ok = begin(&x, app, first, e) &&
	          query_parse(app->arena, STR("is:read OR is:starred"),
	              unhidden(app->arena, x.names.feeds), clock_now(), 0, &marked, e);
	if (ok)
		x.query = query_is_empty(x.query) ? marked : query_and(app->arena, x.query, marked);
	x.direction = LIST_OLDER;
	ok = ok && walk(&x, each_mark, e);
	store_close(x.store);
	if (ok && x.n == 0)
		return err_set(e, ERR_NOT_FOUND, "no story is marked");
	return ok;
}
