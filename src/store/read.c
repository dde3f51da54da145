#include "store/read.h"

#include "store/find.h"
#include "store/key.h"
#include "store/links.h"
#include "store/row.h"
#include "store/sql.h"

/* --- anatomy ---------------------------------------------------------------------- */

static void
unpack_images(struct arena *a, struct str lines, struct story *w)
{
	struct str line;
	while (lines.n) {
		struct story_image image;
		str_cut(lines, '\n', &line, &lines);
		str_cut(line, '\t', &image.url, &image.alt);
		if (image.url.n)
			ARENA_PUSH(a, &w->images, image);
	}
}

static void
get_anatomy(struct arena *a, sqlite3_stmt *st, struct story *w)
{
	struct str *const fields[] = {&w->site, &w->section, &w->slug, &w->source,
	    &w->exchange, &w->reporter, &w->translator, &w->editor, &w->photographer,
	    &w->desk, &w->copyright, &w->rights, &w->correction, &w->usage};
	int i = 0;
	for (; i < (int)COUNT_OF(fields); i++)
		*fields[i] = sql_get_text(a, st, i);
	w->embargo_until = sql_get_int_or(st, i, STORY_NO_TIME);
	w->summary = sql_get_text(a, st, i + 1);
	unpack_images(a, sql_get_text(a, st, i + 2), w);
	w->body.text = sql_get_text(a, st, i + 3);
	/* Spans that do not fit their text (a store that was edited) are left out: the
	 * text is read. */
	struct doc body = w->body;
	if (doc_unpack_spans(a, sql_get_blob(a, st, i + 4), &body))
		w->body = body;
}

/* What the headline's row knows already. */
static void
copy_row(const struct story_row *r, struct story *w)
{
	w->url = r->url;
	w->title = r->title;
	w->agency = r->agency;
	w->place = r->place;
	w->byline = r->byline;
	w->lang = r->lang;
	w->published = r->published;
	w->published_offset = r->published_offset;
	w->updated = r->updated;
	w->urgency = r->urgency;
	w->status = (enum story_status)r->status;
	w->advertorial = r->advertorial;
	w->full = r->stored;
}

static bool
load_anatomy(struct store *s, struct arena *a, struct read_story *out, struct err *e)
{
	bool failed = false;
	story_init(&out->story);
	copy_row(&out->row, &out->story);
	sqlite3_stmt *st = sql_query(s,
	    "SELECT s.site, s.section, s.slug, s.source, s.exchange, s.reporter, "
	    "s.translator,"
	    " s.editor, s.photographer, s.desk, s.copyright, s.rights, s.correction, "
	    "s.usage,"
	    " s.embargo_until, b.summary, b.images, b.text, b.spans, s.muted_by"
	    " FROM story s LEFT JOIN body b ON b.story = s.id WHERE s.id = ?1",
	    SQL_ARGS(sql_int(out->row.id)), e);
	if (!st)
		return false;
	if (sql_row(s, st, &failed, e)) {
		get_anatomy(a, st, &out->story);
		out->muted_by = sql_get_text(a, st, 19);
		sql_done(st);
	}
	return !failed;
}

/* --- links ------------------------------------------------------------------------ */

static enum target_state
state_of(bool stored, bool gone)
{
	if (stored)
		return TARGET_STORED;
	return gone ? TARGET_GONE : TARGET_MISSING;
}

static bool
load_links(struct store *s, struct arena *a, struct read_story *out, struct err *e)
{
	struct {
		struct read_link *v;
		size_t n, cap;
	} links = {0};
	bool failed = false;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT l.kind, l.label, l.title, l.url, l.to_key, l.after, t.id,"
	    " coalesce(t.stored, 0), coalesce(t.read_at, 0) > 0,"
	    " coalesce(t.gone > 0, EXISTS (SELECT 1 FROM gone g WHERE g.key = "
	    "l.to_key)), t.title"
	    " FROM link l LEFT JOIN story t ON t.id = l.to_story WHERE l.from_story = ?1"
	    " ORDER BY l.seq",
	    SQL_ARGS(sql_int(out->row.id)), e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e)) {
		struct read_link l = {.kind = (enum link_kind)sql_get_int(st, 0)};
		l.label = sql_get_text(a, st, 1);
		l.title = sql_get_text(a, st, 2);
		l.url = sql_get_text(a, st, 3);
		l.key = sql_get_text(a, st, 4);
		l.after = (int32_t)sql_get_int(st, 5);
		l.to = sql_get_int(st, 6);
		l.read = sql_get_int(st, 8) != 0;
		l.state = state_of(sql_get_int(st, 7) != 0, sql_get_int(st, 9) != 0);
		if (l.title.n == 0)
			l.title = sql_get_text(a, st, 10);
		ARENA_PUSH(a, &links, l);
	}
	out->links.v = links.v;
	out->links.n = links.n;
	return !failed;
}

static bool
load_rows(struct store *s, struct arena *a, const char *text, const struct sql_arg *args,
    struct story_rows *out, struct err *e)
{
	struct {
		story_id *v;
		size_t n, cap;
	} ids = {0};
	bool failed = false;
	sqlite3_stmt *st = sql_query(s, text, args, e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e))
		ARENA_PUSH(a, &ids, sql_get_int(st, 0));
	return !failed && list_ids(s, a, ids.v, ids.n, out, e);
}

static bool
load_neighbours(struct store *s, struct arena *a, struct read_story *out, struct err *e)
{
	return load_rows(s, a,
		   "SELECT DISTINCT s.id FROM link l JOIN story s ON s.id = l.from_story"
		   " WHERE l.to_story = ?1 AND l.from_story <> ?1 ORDER BY s.ord DESC "
		   "LIMIT ?2",
		   SQL_ARGS(sql_int(out->row.id), sql_int(READ_MAX_CITED)),
		   &out->cited_by, e) &&
	    load_rows(s, a,
		"SELECT id FROM story WHERE cluster = ?1 AND id <> ?2 ORDER BY ord "
		"DESC"
		" LIMIT ?3",
		SQL_ARGS(sql_int_or(out->row.cluster, 0), sql_int(out->row.id),
		    sql_int(READ_MAX_SAME)),
		&out->same, e);
}

static bool
load_versions(struct store *s, struct arena *a, struct read_story *out, struct err *e)
{
	struct {
		struct read_version *v;
		size_t n, cap;
	} all = {0};
	bool failed = false;
	sqlite3_stmt *st =
	    sql_query(s, "SELECT n, at, title FROM version WHERE story = ?1 ORDER BY n",
		SQL_ARGS(sql_int(out->row.id)), e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e)) {
		struct read_version v = {
		    (int)sql_get_int(st, 0), sql_get_int(st, 1), sql_get_text(a, st, 2)};
		ARENA_PUSH(a, &all, v);
	}
	out->versions.v = all.v;
	out->versions.n = all.n;
	int64_t read = 0;
	if (failed ||
	    !sql_number(s, "SELECT read_version FROM story WHERE id = ?1",
		SQL_ARGS(sql_int(out->row.id)), 0, &read, e))
		return false;
	out->read_version = (int)read;
	return true;
}

static bool
no_such_story(struct err *e)
{
	return err_set(e, ERR_NOT_FOUND, "there is no such story");
}

static bool
load_whole(
    struct store *s, struct arena *a, story_id id, struct read_story *out, struct err *e)
{
	bool found;
	if (!row_by_id(s, a, id, &out->row, &found, e))
		return false;
	if (!found)
		return no_such_story(e);
	return load_anatomy(s, a, out, e) && load_links(s, a, out, e) &&
	    load_neighbours(s, a, out, e) && load_versions(s, a, out, e);
}

bool
read_story(
    struct store *s, struct arena *a, story_id id, struct read_story *out, struct err *e)
{
	*out = (struct read_story){0};
	return sql_look(s, e) && sql_look_end(s, load_whole(s, a, id, out, e), e);
}

const struct read_version *
read_version_before(const struct read_story *s)
{
	for (size_t i = 0; i < s->versions.n; i++)
		if (s->versions.v[i].n == s->read_version)
			return &s->versions.v[i];
	return s->versions.n ? &s->versions.v[s->versions.n - 1] : NULL;
}

bool
read_version(struct store *s, struct arena *a, story_id id, int n, struct story *out,
    struct err *e)
{
	bool failed = false;
	story_init(out);
	sqlite3_stmt *st = sql_query(s,
	    "SELECT title, text, spans, at FROM version WHERE story = ?1 AND n = ?2",
	    SQL_ARGS(sql_int(id), sql_int(n)), e);
	if (!st)
		return false;
	if (!sql_row(s, st, &failed, e))
		return failed ? false
			      : err_set(e, ERR_NOT_FOUND, "there is no such version");
	out->title = sql_get_text(a, st, 0);
	out->body.text = sql_get_text(a, st, 1);
	out->updated = sql_get_int(st, 3);
	struct doc body = out->body;
	if (doc_unpack_spans(a, sql_get_blob(a, st, 2), &body))
		out->body = body;
	sql_done(st);
	return true;
}

/* --- finding ---------------------------------------------------------------------- */

bool
read_find(struct store *s, struct str what, story_id *id, struct err *e)
{
	if (!find_story_by_word(s, what, id, e))
		return false;
	return *id != STORY_NONE ||
	    err_set(e, ERR_NOT_FOUND, "there is no story '%.*s'", STR_ARG(what));
}

bool
read_find_url(struct store *s, struct str url, story_id *id, struct err *e)
{
	return find_story_by_url(s, url, id, e);
}

bool
read_find_key(struct store *s, struct str key, story_id *id, struct err *e)
{
	return links_find_key(s, key, id, e);
}

bool
read_target(struct store *s, struct str url, story_id *id, enum target_state *state,
    struct err *e)
{
	int64_t stored = 0, gone = 0;
	if (!find_story_by_url(s, url, id, e))
		return false;
	if (*id != STORY_NONE) {
		const struct sql_arg *arg = SQL_ARGS(sql_int(*id));
		if (!sql_number(s, "SELECT stored FROM story WHERE id = ?1", arg, 0,
			&stored, e) ||
		    !sql_number(
			s, "SELECT gone FROM story WHERE id = ?1", arg, 0, &gone, e))
			return false;
	} else {
		struct arena *a = arena_new();
		bool ok = sql_number(s, "SELECT at FROM gone WHERE key = ?1",
		    SQL_ARGS(sql_text(key_of_url(a, url))), 0, &gone, e);
		arena_free(a);
		if (!ok)
			return false;
	}
	*state = state_of(stored != 0, gone != 0);
	return true;
}
