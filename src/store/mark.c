/*
 * A change is a row of `change` and its stories in `change_part`, newest first: MARK_FIRST in the
 * first part, what a screen shows, and MARK_STEP in each other one.  Of ids all parts are written
 * when it is begun.  Of a scope, which may be a million stories, the first part alone: `scope` and
 * `zone` say what is walked, `place` how far the walk has come (NULL: there is no more), and
 * stories above `newest` came later.
 *
 * `part` is how many parts are applied, `back` how many of them, from the first on, are taken back
 * again.  A step moves one of them by one, together with the marks, in one transaction:
 *
 *	FORWARD	back > 0: back--, apply that part again;
 *		part < parts: apply `part`, part++;
 *		place: walk on, write one more part and apply it;	else APPLIED
 *	BACK	back < part: take back `back`, back++;			else UNDONE, both 0
 *
 * So both begin with what is seen.  The first time that a part is applied it is narrowed to the
 * stories that really change, and what they were goes to `before`.  Taking back touches a story
 * only if it still is what the change made of it, and applying again only if it is what it was:
 * whatever came between stays.
 */
#include "store/mark.h"

#include "store/event.h"
#include "store/ids.h"
#include "store/list.h"
#include "store/plan.h"
#include "store/sql.h"

enum state { APPLIED = 0, FORWARD = 1, BACK = 2, UNDONE = 3 };

#define NO_PLACE INT64_MIN

struct change {
	int64_t n, at, parts, part, back;
	enum mark_what what;
	enum state state;
	int64_t place, newest, begun, zone; /* of the walk; NO_PLACE: none is left */
	feed_id feed;
	struct str scope;
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

/* --- the walk along a scope ---------------------------------------------------------- */

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
read_scope(struct arena *a, const struct change *c, struct query_feeds feeds, struct query **q,
    struct err *e)
{
	if (c->feed != FEED_NONE)
		*q = query_of_feeds(a, &c->feed, 1);
	else if (!query_parse(a, c->scope, feeds, c->begun, (int32_t)c->zone, q, e))
		return false;
	*q = narrowed(a, *q, c->what);
	return *q || err_set(e, ERR_INTERNAL, "no such mark");
}

/* A star is for the story that was meant; with everything meant, nothing is missing. */
static bool
has_twins(struct store *s, const struct change *c, bool ids, bool *has, struct err *e)
{
	int64_t any = 0;
	bool asks = !is_star(c->what) && (ids || c->feed != FEED_NONE || c->scope.n);
	bool ok = !asks ||
	    sql_number(s, "SELECT EXISTS (SELECT 1 FROM twin)", SQL_NO_ARGS, 0, &any, e);
	*has = any != 0;
	return ok;
}

/* And what says the very same by another way; what was there already is left alone later. */
static bool
add_story(struct store *s, bool twins, struct ids_writer *ids, story_id id, struct err *e)
{
	ids_add(ids, id);
	if (!twins)
		return true;
	story_id *others;
	size_t n = 0;
	struct arena *a = arena_new();
	bool ok = event_twins(s, a, id, &others, &n, e);
	for (size_t i = 0; ok && i < n; i++)
		ids_add(ids, others[i]);
	arena_free(a);
	return ok;
}

static bool
put_part(struct store *s, struct change *c, struct ids_writer *ids, struct err *e)
{
	bool ok = sql_run(s, "INSERT INTO change_part(change, seq, stories) VALUES (?1, ?2, ?3)",
	    SQL_ARGS(sql_int(c->n), sql_int(c->parts), sql_blob(ids_bytes(ids))), e);
	ids_clear(ids);
	c->parts++;
	return ok;
}

/* The next stories of the scope become a part; none are left: c->place says so. */
static bool
walk_on(struct store *s, struct arena *a, struct change *c, struct query_feeds feeds, struct err *e)
{
	struct query *q;
	struct hits hits;
	struct ids_writer ids = {0};
	size_t limit = c->parts ? MARK_STEP : MARK_FIRST, n = 0;
	bool twins;
	bool ok = has_twins(s, c, false, &twins, e) && read_scope(a, c, feeds, &q, e) &&
	    plan_window(s, a, q, c->place, LIST_OLDER, limit, &hits, e);
	for (size_t i = 0; ok && i < hits.n; i++) {
		int64_t id;
		c->place = hits.v[i].ord;
		ok = sql_number(s, "SELECT id FROM story WHERE ord = ?1", SQL_ARGS(sql_int(c->place)),
		    STORY_NONE, &id, e);
		if (!ok || id == STORY_NONE || id > c->newest)
			continue;
		ok = add_story(s, twins, &ids, id, e);
		n++;
	}
	if (ok && hits.n < limit)
		c->place = NO_PLACE;
	ok = ok && (n == 0 || put_part(s, c, &ids, e));
	ids_clear(&ids);
	return ok;
}

/* --- steps ------------------------------------------------------------------------- */

static bool
move_part(struct store *s, struct arena *a, struct change *c, int64_t seq, int64_t now, int64_t *n,
    struct err *e)
{
	struct part p = {0};
	if (!fix_time(s, c, now, e) || !load_part(s, a, c, seq, &p, e))
		return false;
	return p.applied ? swap(s, c, &p, c->state == BACK, n, e) : apply_first(s, c, seq, &p, n, e);
}

static bool
step_back(struct store *s, struct arena *a, struct change *c, int64_t now, int64_t *n, struct err *e)
{
	if (c->back < c->part && !move_part(s, a, c, c->back++, now, n, e))
		return false;
	if (c->back < c->part)
		return true;
	c->back = c->part = 0;
	c->state = UNDONE;
	return true;
}

static bool
step_forward(struct store *s, struct arena *a, struct change *c, struct query_feeds feeds,
    int64_t now, int64_t *n, struct err *e)
{
	if (c->back == 0 && c->part == c->parts && c->place != NO_PLACE &&
	    !walk_on(s, a, c, feeds, e))
		return false;
	if (c->back > 0) {
		if (!move_part(s, a, c, --c->back, now, n, e))
			return false;
	} else if (c->part < c->parts) {
		if (!move_part(s, a, c, c->part, now, n, e))
			return false;
		c->part++;
	}
	if (c->back == 0 && c->part == c->parts && c->place == NO_PLACE)
		c->state = APPLIED;
	return true;
}

static struct sql_arg
place_arg(const struct change *c)
{
	return sql_int_or(c->place, NO_PLACE);
}

static bool
step(struct store *s, struct arena *a, struct change *c, struct query_feeds feeds, int64_t now,
    int64_t *n, struct err *e)
{
	int64_t changed = 0;
	bool back = c->state == BACK;
	if (!(back ? step_back(s, a, c, now, &changed, e)
		   : step_forward(s, a, c, feeds, now, &changed, e)))
		return false;
	*n += changed;
	return sql_run(s,
	    "UPDATE change SET state = ?2, part = ?3, back = ?4, parts = ?5, place = ?6,"
	    " changed = changed + ?7 WHERE n = ?1",
	    SQL_ARGS(sql_int(c->n), sql_int(c->state), sql_int(c->part), sql_int(c->back),
		sql_int(c->parts), place_arg(c), sql_int(back ? -changed : changed)),
	    e);
}

static bool
load_open(struct store *s, struct arena *a, struct change *c, struct err *e)
{
	bool failed = false;
	*c = (struct change){0};
	sqlite3_stmt *st = sql_query(s,
	    "SELECT n, at, parts, part, what, state, back, place, newest, begun, zone, feed, scope"
	    " FROM change WHERE state IN (1, 2) ORDER BY n LIMIT 1",
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
		c->back = sql_get_int(st, 6);
		c->place = sql_get_int_or(st, 7, NO_PLACE);
		c->newest = sql_get_int(st, 8);
		c->begun = sql_get_int(st, 9);
		c->zone = sql_get_int(st, 10);
		c->feed = sql_get_int(st, 11);
		c->scope = sql_get_text(a, st, 12);
		sql_done(st);
	}
	return !failed;
}

bool
mark_pending(struct store *s, bool *pending, struct err *e)
{
	int64_t n;
	bool ok = sql_number(s, "SELECT EXISTS (SELECT 1 FROM change WHERE state IN (1, 2))",
	    SQL_NO_ARGS, 0, &n, e);
	*pending = ok && n;
	return ok;
}

/* A scope that cannot be read any more (its feed was taken from the list) ends where it is. */
static bool
step_open(struct store *s, struct query_feeds feeds, int64_t now, int64_t *n, struct err *e)
{
	struct change c;
	struct arena *a = arena_new();
	bool ok = load_open(s, a, &c, e) && (!c.n || step(s, a, &c, feeds, now, n, e));
	if (!ok && e && e->kind == ERR_USAGE)
		ok = sql_run(s, "UPDATE change SET place = NULL WHERE n = ?1", SQL_ARGS(sql_int(c.n)), e);
	arena_free(a);
	return ok;
}

bool
mark_step(struct store *s, struct query_feeds feeds, int64_t now, int64_t *n, bool *done,
    struct err *e)
{
	int64_t changed = 0;
	bool pending;
	*done = false;
	if (!mark_pending(s, &pending, e))
		return false;
	if (pending &&
	    (!sql_begin(s, e) || !sql_end(s, step_open(s, feeds, now, &changed, e), e)))
		return false;
	*n += changed;
	if (!mark_pending(s, &pending, e))
		return false;
	*done = !pending;
	return true;
}

/* --- recording -------------------------------------------------------------------- */

/* The first part is what a screen shows. */
static bool
record_ids(struct store *s, struct change *c, const struct mark *m, struct err *e)
{
	struct ids_writer part = {0};
	bool twins, ok = has_twins(s, c, true, &twins, e);
	size_t in_part = 0;
	for (size_t i = 0; ok && i < m->n_ids; i++) {
		ok = add_story(s, twins, &part, m->ids[i], e);
		if (++in_part < (c->parts ? MARK_STEP : MARK_FIRST) && i + 1 < m->n_ids)
			continue;
		ok = ok && put_part(s, c, &part, e);
		in_part = 0;
	}
	ids_clear(&part);
	return ok;
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
insert(struct store *s, struct change *c, struct err *e)
{
	bool ok = sql_run(s,
	    "INSERT INTO change(at, what, state, parts, part, changed, back, newest, begun, zone, feed,"
	    " scope) VALUES (?1, ?2, 1, 0, 0, 0, 0, ?3, ?1, ?4, ?5, ?6)",
	    SQL_ARGS(sql_int(c->begun), sql_int(c->what), sql_int(c->newest), sql_int(c->zone),
		sql_int(c->feed), sql_text(c->scope)),
	    e);
	c->n = sql_last_id(s);
	return ok;
}

static bool
begin(struct store *s, struct arena *a, const struct mark *m, struct query_feeds feeds,
    struct change *c, int64_t levels, struct err *e)
{
	if (!sql_run(s, "DELETE FROM change WHERE state = 3", SQL_NO_ARGS, e) ||
	    !sql_number(s, "SELECT max(id) FROM story", SQL_NO_ARGS, 0, &c->newest, e) ||
	    !insert(s, c, e))
		return false;
	if (!(m->scope == MARK_IDS ? record_ids(s, c, m, e) : walk_on(s, a, c, feeds, e)))
		return false;
	if (c->parts == 0 && c->place == NO_PLACE)
		return sql_run(s, "DELETE FROM change WHERE n = ?1", SQL_ARGS(sql_int(c->n)), e);
	return sql_run(s, "UPDATE change SET parts = ?2, place = ?3 WHERE n = ?1",
		   SQL_ARGS(sql_int(c->n), sql_int(c->parts), place_arg(c)), e) &&
	    forget_old(s, levels, e);
}

bool
mark_begin(struct store *s, const struct mark *m, struct query_feeds feeds, int64_t now,
    int32_t tz_offset_s, int64_t undo_levels, int64_t *change, struct err *e)
{
	struct arena *a = arena_new();
	struct change c = {.what = m->what, .begun = now, .zone = tz_offset_s, .place = NO_PLACE,
	    .scope = m->scope == MARK_QUERY ? m->query : STR(""),
	    .feed = m->scope == MARK_FEED ? m->feed : FEED_NONE};
	if (m->scope != MARK_IDS)
		c.place = m->before_ord ? m->before_ord + 1 : LIST_TOP;
	bool ok = sql_begin(s, e) && sql_end(s, begin(s, a, m, feeds, &c, undo_levels, e), e);
	*change = ok && (c.parts || c.place != NO_PLACE) ? c.n : 0;
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
	    mark_step(s, feeds, now, n, &done, e);
	if (!joined && ok)
		ok = store_commit(s, e);
	else if (!joined)
		store_rollback(s);
	while (ok && !done)
		ok = mark_step(s, feeds, now, n, &done, e);
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
