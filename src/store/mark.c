/*
 * A change is a row of `change` and its stories in `change_part`, MARK_STEP a part,
 * written when it is begun.  `part` is how many of the parts are applied.  A step moves
 * it by one, up or down, together with the marks themselves, in one transaction:
 *
 *	FORWARD	part < parts: apply `part`, part++;		at parts: APPLIED
 *	BACK	part > 0: part--, take back `part`;		at 0: UNDONE
 *
 * The first time that a part is applied it is narrowed to the stories that really
 * change, and what they were goes to `before`.  Taking back touches a story only if it
 * still is what the change made of it, and applying again only if it is what it was:
 * whatever came between stays.
 */
#include "store/mark.h"

#include "store/event.h"
#include "store/ids.h"
#include "store/list.h"
#include "store/plan.h"
#include "store/sql.h"

enum state { APPLIED = 0, FORWARD = 1, BACK = 2, UNDONE = 3 };

struct change {
	int64_t n, at, parts, part;
	enum mark_what what;
	enum state state;
};

/* What a story is, as one number: read_at + 1 (0: unread) twice, plus whether it
 * changed since; or when it was starred. */
static int64_t
pack_reading(int64_t read_at, bool updated)
{
	return (read_at + 1) * 2 + updated;
}

/* What the change makes of a story that was `before`. */
static int64_t
made_of(const struct change *c, int64_t before)
{
	switch (c->what) {
	case MARK_READ:
		return pack_reading(c->at, false);
	case MARK_UNREAD:
		return pack_reading(-1, before & 1);
	case MARK_STAR:
		return c->at;
	case MARK_UNSTAR:
		break;
	}
	return 0;
}

static bool
changes(enum mark_what what, int64_t before)
{
	switch (what) {
	case MARK_READ: /* unread, never news, or read before it was updated */
		return before <= pack_reading(0, true) || before & 1;
	case MARK_UNREAD:
		return before >= pack_reading(0, false);
	case MARK_STAR:
		return before == 0;
	case MARK_UNSTAR:
		break;
	}
	return before != 0;
}

static bool
is_star(enum mark_what what)
{
	return what == MARK_STAR || what == MARK_UNSTAR;
}

/* -1: the story is not there any more. */
static bool
load_mark(struct store *s, enum mark_what what, story_id id, int64_t *mark, struct err *e)
{
	return sql_number(s,
	    is_star(what) ? "SELECT starred FROM story WHERE id = ?1"
			  : "SELECT (coalesce(read_at, -1) + 1) * 2 + updated_since_read "
			    "FROM story WHERE id = ?1",
	    SQL_ARGS(sql_int(id)), -1, mark, e);
}

static bool
put_mark(struct store *s, enum mark_what what, story_id id, int64_t mark, struct err *e)
{
	if (is_star(what))
		return sql_run(s, "UPDATE story SET starred = ?2 WHERE id = ?1",
		    SQL_ARGS(sql_int(id), sql_int(mark)), e);
	return sql_run(s,
	    "UPDATE story SET read_at = ?2, updated_since_read = ?3,"
	    " read_version = iif(?2 > 0 AND ?3 = 0, version, read_version)"
	    " WHERE id = ?1",
	    SQL_ARGS(sql_int(id), sql_int_or((mark >> 1) - 1, -1), sql_int(mark & 1)), e);
}

/* --- one part --------------------------------------------------------------------- */

struct part {
	struct ids stories, before;
	bool applied; /* at least once */
};

static bool
load_part(struct store *s, struct arena *a, const struct change *c, int64_t seq,
    struct part *p, struct err *e)
{
	bool failed = false, sound = true;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT stories, before FROM change_part WHERE change = ?1 AND seq = ?2",
	    SQL_ARGS(sql_int(c->n), sql_int(seq)), e);
	if (!st)
		return false;
	if (sql_row(s, st, &failed, e)) {
		p->applied = sqlite3_column_type(st, 1) != SQLITE_NULL;
		sound = ids_read(a, sql_get_blob(a, st, 0), &p->stories) &&
		    ids_read(a, sql_get_blob(a, st, 1), &p->before);
		sql_done(st);
	}
	sound = sound && (!p->applied || p->before.n == p->stories.n);
	return failed ? false : sound || sql_damaged(s, e);
}

static bool
apply_first(struct store *s, const struct change *c, int64_t seq, const struct part *p,
    int64_t *n, struct err *e)
{
	struct ids_writer stories = {0}, before = {0};
	bool ok = true;
	for (size_t i = 0; ok && i < p->stories.n; i++) {
		int64_t was;
		ok = load_mark(s, c->what, p->stories.v[i], &was, e);
		if (!ok || was < 0 || !changes(c->what, was))
			continue;
		ok = put_mark(s, c->what, p->stories.v[i], made_of(c, was), e);
		ids_add(&stories, p->stories.v[i]);
		ids_add(&before, was);
		++*n;
	}
	ok = ok &&
	    sql_run(s,
		"UPDATE change_part SET stories = ?3, before = ?4 WHERE change = "
		"?1 AND seq = ?2",
		SQL_ARGS(sql_int(c->n), sql_int(seq), sql_blob(ids_bytes(&stories)),
		    sql_blob(ids_bytes(&before))),
		e);
	ids_clear(&stories);
	ids_clear(&before);
	return ok;
}

static bool
swap(struct store *s, const struct change *c, const struct part *p, bool back, int64_t *n,
    struct err *e)
{
	for (size_t i = 0; i < p->stories.n; i++) {
		int64_t before = p->before.v[i], after = made_of(c, before), is;
		if (!load_mark(s, c->what, p->stories.v[i], &is, e))
			return false;
		if (is != (back ? after : before))
			continue;
		if (!put_mark(s, c->what, p->stories.v[i], back ? before : after, e))
			return false;
		++*n;
	}
	return true;
}

/* Taking back must know by what number the mark was made, so the time is fixed with the
 * first part. */
static bool
fix_time(struct store *s, struct change *c, int64_t now, struct err *e)
{
	if (c->state != FORWARD || c->part != 0)
		return true;
	c->at = now;
	return sql_run(s, "UPDATE change SET at = ?2 WHERE n = ?1",
	    SQL_ARGS(sql_int(c->n), sql_int(now)), e);
}

static bool
move_part(struct store *s, struct arena *a, struct change *c, int64_t now, int64_t *n,
    struct err *e)
{
	bool back = c->state == BACK;
	int64_t seq = back ? c->part - 1 : c->part;
	struct part p = {0};
	if (!fix_time(s, c, now, e) || !load_part(s, a, c, seq, &p, e))
		return false;
	if (!(p.applied ? swap(s, c, &p, back, n, e) : apply_first(s, c, seq, &p, n, e)))
		return false;
	c->part = back ? seq : seq + 1;
	return true;
}

static bool
step(struct store *s, struct change *c, int64_t now, int64_t *n, struct err *e)
{
	struct arena *a = arena_new();
	int64_t changed = 0;
	bool there = c->state == BACK ? c->part > 0 : c->part < c->parts;
	bool ok = !there || move_part(s, a, c, now, &changed, e);
	arena_free(a);
	if (!ok)
		return false;
	if (c->state == BACK && c->part == 0)
		c->state = UNDONE;
	if (c->state == FORWARD && c->part == c->parts)
		c->state = APPLIED;
	*n += changed;
	return sql_run(s,
	    "UPDATE change SET state = ?2, part = ?3,"
	    " changed = changed + iif(?2 IN (0, 1), ?4, -?4) WHERE n = ?1",
	    SQL_ARGS(
		sql_int(c->n), sql_int(c->state), sql_int(c->part), sql_int(changed)),
	    e);
}

static bool
load_open(struct store *s, struct change *c, struct err *e)
{
	bool failed = false;
	*c = (struct change){0};
	sqlite3_stmt *st = sql_query(s,
	    "SELECT n, at, parts, part, what, state FROM change WHERE state IN (1, 2)"
	    " ORDER BY n LIMIT 1",
	    SQL_NO_ARGS, e);
	if (!st)
		return false;
	if (sql_row(s, st, &failed, e)) {
		c->n = sql_get_int(st, 0);
		c->at = sql_get_int(st, 1);
		c->parts = sql_get_int(st, 2);
		c->part = sql_get_int(st, 3);
		c->what = (enum mark_what)sql_get_int(st, 4);
		c->state = (enum state)sql_get_int(st, 5);
		sql_done(st);
	}
	return !failed;
}

bool
mark_pending(struct store *s, bool *pending, struct err *e)
{
	struct change c;
	bool ok = load_open(s, &c, e);
	*pending = c.n != 0;
	return ok;
}

bool
mark_step(struct store *s, int64_t now, int64_t *n, bool *done, struct err *e)
{
	struct change c;
	int64_t changed = 0;
	*done = false;
	if (!load_open(s, &c, e))
		return false;
	if (c.n) {
		bool ok = sql_begin(s, e);
		if (ok)
			ok = sql_end(s,
			    load_open(s, &c, e) &&
				(!c.n || step(s, &c, now, &changed, e)),
			    e);
		if (!ok)
			return false;
	}
	*n += changed;
	bool pending;
	if (!mark_pending(s, &pending, e))
		return false;
	*done = !pending;
	return true;
}

/* --- recording -------------------------------------------------------------------- */

struct recording {
	struct store *store;
	int64_t change, seq;
	struct ids_writer part;
	size_t in_part;
	bool twins; /* stories with the very same words are marked alike */
};

static bool
end_part(struct recording *r, struct err *e)
{
	if (r->in_part == 0)
		return true;
	bool ok = sql_run(r->store,
	    "INSERT INTO change_part(change, seq, stories) VALUES (?1, ?2, ?3)",
	    SQL_ARGS(sql_int(r->change), sql_int(r->seq), sql_blob(ids_bytes(&r->part))),
	    e);
	ids_clear(&r->part);
	r->in_part = 0;
	r->seq++;
	return ok;
}

static bool
record(struct recording *r, story_id id, struct err *e)
{
	ids_add(&r->part, id);
	return ++r->in_part < MARK_STEP || end_part(r, e);
}

/* And what says the very same by another way; what was there already is left alone later. */
static bool
record_with_twins(struct recording *r, story_id id, struct err *e)
{
	struct arena *a = arena_new();
	story_id *twins;
	size_t n;
	bool ok = record(r, id, e) && event_twins(r->store, a, id, &twins, &n, e);
	for (size_t i = 0; ok && i < n; i++)
		ok = record(r, twins[i], e);
	arena_free(a);
	return ok;
}

/* A star is for the story that was meant; with everything meant, nothing is missing. */
static bool
has_twins(struct store *s, const struct mark *m, bool *has, struct err *e)
{
	int64_t any = 0;
	bool asks = !is_star(m->what) && m->scope != MARK_ALL;
	bool ok = !asks ||
	    sql_number(s, "SELECT EXISTS (SELECT 1 FROM twin)", SQL_NO_ARGS, 0, &any, e);
	*has = any != 0;
	return ok;
}

static bool
record_one(struct recording *r, story_id id, struct err *e)
{
	return r->twins ? record_with_twins(r, id, e) : record(r, id, e);
}

static bool
record_ids(struct recording *r, const struct mark *m, struct err *e)
{
	for (size_t i = 0; i < m->n_ids; i++)
		if (!record_one(r, m->ids[i], e))
			return false;
	return end_part(r, e);
}

/* Of a whole scope only the stories that the mark will change are worth a place. */
static struct query *
narrowed(struct arena *a, const struct query *q, enum mark_what what)
{
	static const char *const conditions[] = {
	    [MARK_READ] = "is:unread",
	    [MARK_UNREAD] = "is:read",
	    [MARK_STAR] = "-is:starred",
	    [MARK_UNSTAR] = "is:starred",
	};
	struct query *condition;
	bool ok = query_parse(
	    a, str_z(conditions[what]), (struct query_feeds){0}, 0, 0, &condition, NULL);
	return ok ? query_and(a, q, condition) : NULL;
}

static bool
record_scope(struct recording *r, struct arena *a, const struct query *q, int64_t place,
    struct err *e)
{
	for (bool more = true; more;) {
		struct hits hits;
		int64_t id;
		if (!plan_window(
			r->store, a, q, place, LIST_OLDER, LIST_MAX_ROWS, &hits, e))
			return false;
		for (size_t i = 0; i < hits.n; i++) {
			place = hits.v[i].ord;
			if (!sql_number(r->store, "SELECT id FROM story WHERE ord = ?1",
				SQL_ARGS(sql_int(place)), STORY_NONE, &id, e) ||
			    (id != STORY_NONE && !record_one(r, id, e)))
				return false;
		}
		more = hits.n == LIST_MAX_ROWS;
	}
	return end_part(r, e);
}

static bool
read_scope(struct arena *a, const struct mark *m, struct query_feeds feeds, int64_t now,
    int32_t tz_offset_s, struct query **q, struct err *e)
{
	switch (m->scope) {
	case MARK_FEED:
		*q = query_of_feeds(a, &m->feed, 1);
		return true;
	case MARK_QUERY:
		return query_parse(a, m->query, feeds, now, tz_offset_s, q, e);
	case MARK_ALL:
	case MARK_IDS:
		break;
	}
	*q = query_of_feeds(a, NULL, 0);
	return true;
}

static bool
forget_old(struct store *s, int64_t levels, struct err *e)
{
	/* The newest one is kept in any case: it is about to be applied. */
	return sql_run(s,
	    "DELETE FROM change WHERE state IN (0, 3) AND n <= (SELECT n FROM change"
	    " ORDER BY n DESC LIMIT 1 OFFSET ?1)",
	    SQL_ARGS(sql_int(levels < 1 ? 1 : levels)), e);
}

static bool
record_all(struct recording *r, struct arena *a, const struct mark *m,
    const struct query *q, struct err *e)
{
	if (!has_twins(r->store, m, &r->twins, e))
		return false;
	if (m->scope == MARK_IDS)
		return record_ids(r, m, e);
	int64_t place = m->before_ord ? m->before_ord + 1 : LIST_TOP;
	return record_scope(r, a, q, place, e);
}

static bool
begin(struct store *s, struct arena *a, const struct mark *m, const struct query *q,
    int64_t now, int64_t levels, int64_t *change, struct err *e)
{
	struct recording r = {.store = s};
	if (!sql_run(s, "DELETE FROM change WHERE state = 3", SQL_NO_ARGS, e) ||
	    !sql_run(s,
		"INSERT INTO change(at, what, state, parts, part, changed)"
		" VALUES (?1, ?2, 1, 0, 0, 0)",
		SQL_ARGS(sql_int(now), sql_int(m->what)), e))
		return false;
	r.change = sql_last_id(s);
	bool ok = record_all(&r, a, m, q, e);
	ids_clear(&r.part);
	if (!ok)
		return false;
	*change = r.seq ? r.change : 0;
	if (r.seq == 0)
		return sql_run(
		    s, "DELETE FROM change WHERE n = ?1", SQL_ARGS(sql_int(r.change)), e);
	return sql_run(s, "UPDATE change SET parts = ?2 WHERE n = ?1",
		   SQL_ARGS(sql_int(r.change), sql_int(r.seq)), e) &&
	    forget_old(s, levels, e);
}

bool
mark_begin(struct store *s, const struct mark *m, struct query_feeds feeds, int64_t now,
    int32_t tz_offset_s, int64_t undo_levels, int64_t *change, struct err *e)
{
	struct arena *a = arena_new();
	struct query *q;
	*change = 0;
	bool ok = read_scope(a, m, feeds, now, tz_offset_s, &q, e);
	if (ok && !(q = narrowed(a, q, m->what)))
		ok = err_set(e, ERR_INTERNAL, "no such mark");
	ok = ok && sql_begin(s, e) &&
	    sql_end(s, begin(s, a, m, q, now, undo_levels, change, e), e);
	arena_free(a);
	return ok;
}

bool
mark_now(struct store *s, const struct mark *m, struct query_feeds feeds, int64_t now,
    int32_t tz_offset_s, int64_t undo_levels, int64_t *change, int64_t *n, struct err *e)
{
	bool done = false, joined = s->join;
	*n = *change = 0;
	/* The record and its first thousand are one commit: one key, one sync. */
	if (!joined && !store_begin(s, e))
		return false;
	bool ok = mark_begin(s, m, feeds, now, tz_offset_s, undo_levels, change, e) &&
	    mark_step(s, now, n, &done, e);
	if (!joined && ok)
		ok = store_commit(s, e);
	else if (!joined)
		store_rollback(s);
	while (ok && !done)
		ok = mark_step(s, now, n, &done, e);
	return ok;
}

/* --- taking back ------------------------------------------------------------------ */

static bool
turn(struct store *s, const char *which, enum state state, int64_t *change, struct err *e)
{
	*change = 0;
	if (!sql_begin(s, e))
		return false;
	bool ok = sql_number(s, which, SQL_NO_ARGS, 0, change, e) &&
	    (*change == 0 ||
		sql_run(s, "UPDATE change SET state = ?2 WHERE n = ?1",
		    SQL_ARGS(sql_int(*change), sql_int(state)), e));
	return sql_end(s, ok, e);
}

bool
mark_undo(struct store *s, int64_t *change, struct err *e)
{
	return turn(
	    s, "SELECT max(n) FROM change WHERE state IN (0, 1)", BACK, change, e);
}

bool
mark_redo(struct store *s, int64_t *change, struct err *e)
{
	return turn(s,
	    "SELECT min(n) FROM change WHERE state IN (2, 3)"
	    " AND n > (SELECT coalesce(max(n), 0) FROM change WHERE state IN (0, 1))",
	    FORWARD, change, e);
}

bool
mark_last(struct store *s, struct mark_record *out, bool *found, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT n, at, changed, what, state FROM change ORDER BY n DESC LIMIT 1",
	    SQL_NO_ARGS, e);
	*found = false;
	if (!st)
		return false;
	if (sql_row(s, st, &failed, e)) {
		*found = true;
		out->change = sql_get_int(st, 0);
		out->at = sql_get_int(st, 1);
		out->n = sql_get_int(st, 2);
		out->what = (enum mark_what)sql_get_int(st, 3);
		out->undone = sql_get_int(st, 4) == BACK || sql_get_int(st, 4) == UNDONE;
		sql_done(st);
	}
	return !failed;
}
