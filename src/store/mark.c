/* What a change is and how it is stepped through stands in mark_change.h. */
#include "store/mark.h"

#include "store/list.h"
#include "store/mark_part.h"
#include "store/mark_walk.h"
#include "store/sql.h"

/* --- steps ------------------------------------------------------------------------- */

static bool
step_back(struct store *s, struct arena *a, struct mark_change *c, int64_t now, int64_t *n,
    struct err *e)
{
	if (c->back < c->part && !mark_part_move(s, a, c, c->back++, now, n, e))
		return false;
	if (c->back < c->part)
		return true;
	c->back = c->part = 0;
	c->state = MARK_UNDONE;
	return true;
}

static bool
step_forward(struct store *s, struct arena *a, struct mark_change *c, struct query_feeds feeds,
    int64_t now, int64_t *n, struct err *e)
{
	if (c->back == 0 && c->part == c->parts && c->place != MARK_NO_PLACE &&
	    !mark_walk_on(s, a, c, feeds, e))
		return false;
	if (c->back > 0) {
		if (!mark_part_move(s, a, c, --c->back, now, n, e))
			return false;
	} else if (c->part < c->parts) {
		if (!mark_part_move(s, a, c, c->part, now, n, e))
			return false;
		c->part++;
	}
	if (c->back == 0 && c->part == c->parts && c->place == MARK_NO_PLACE)
		c->state = MARK_APPLIED;
	return true;
}

static bool
step(struct store *s, struct arena *a, struct mark_change *c, struct query_feeds feeds, int64_t now,
    int64_t *n, struct err *e)
{
	int64_t changed = 0;
	bool back = c->state == MARK_BACK;
	if (!(back ? step_back(s, a, c, now, &changed, e)
		   : step_forward(s, a, c, feeds, now, &changed, e)))
		return false;
	*n += changed;
	return mark_change_stepped(s, c, back ? -changed : changed, e);
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
	struct mark_change c;
	struct arena *a = arena_new();
	bool ok = mark_change_open(s, a, &c, e) && (!c.n || step(s, a, &c, feeds, now, n, e));
	if (!ok && e && e->kind == ERR_USAGE)
		ok = mark_change_end_walk(s, c.n, e);
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

static bool
begin(struct store *s, struct arena *a, const struct mark *m, struct query_feeds feeds,
    struct mark_change *c, int64_t levels, struct err *e)
{
	if (!mark_change_forget_undone(s, e) ||
	    !sql_number(s, "SELECT max(id) FROM story", SQL_NO_ARGS, 0, &c->newest, e) ||
	    !mark_change_insert(s, c, e))
		return false;
	if (!(m->scope == MARK_IDS ? mark_walk_ids(s, c, m, e) : mark_walk_on(s, a, c, feeds, e)))
		return false;
	if (c->parts == 0 && c->place == MARK_NO_PLACE)
		return mark_change_delete(s, c->n, e);
	return mark_change_begun(s, c, e) && mark_change_forget_old(s, levels, e);
}

bool
mark_begin(struct store *s, const struct mark *m, struct query_feeds feeds, int64_t now,
    int32_t tz_offset_s, int64_t undo_levels, int64_t *change, struct err *e)
{
	struct arena *a = arena_new();
	struct mark_change c = {.what = m->what, .begun = now, .zone = tz_offset_s,
	    .place = MARK_NO_PLACE,
	    .scope = m->scope == MARK_QUERY ? m->query : STR(""),
	    .feed = m->scope == MARK_FEED ? m->feed : FEED_NONE};
	if (m->scope != MARK_IDS)
		c.place = m->before_ord ? m->before_ord + 1 : LIST_TOP;
	bool ok = sql_begin(s, e) && sql_end(s, begin(s, a, m, feeds, &c, undo_levels, e), e);
	*change = ok && (c.parts || c.place != MARK_NO_PLACE) ? c.n : 0;
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
turn(struct store *s, const char *which, enum mark_state state, int64_t *change, struct err *e)
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
	    s, "SELECT max(n) FROM change WHERE state IN (0, 1)", MARK_BACK, change, e);
}

bool
mark_redo(struct store *s, int64_t *change, struct err *e)
{
	return turn(s,
	    "SELECT min(n) FROM change WHERE state IN (2, 3)"
	    " AND n > (SELECT coalesce(max(n), 0) FROM change WHERE state IN (0, 1))",
	    MARK_FORWARD, change, e);
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
		out->undone = sql_get_int(st, 4) == MARK_BACK || sql_get_int(st, 4) == MARK_UNDONE;
		sql_done(st);
	}
	return !failed;
}
