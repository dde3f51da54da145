#include "store/mark_change.h"

#include "store/sql.h"

bool
mark_change_insert(struct store *s, struct mark_change *c, struct err *e)
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

static struct sql_arg
place_arg(const struct mark_change *c)
{
	return sql_int_or(c->place, MARK_NO_PLACE);
}

bool
mark_change_begun(struct store *s, const struct mark_change *c, struct err *e)
{
	return sql_run(s, "UPDATE change SET parts = ?2, place = ?3 WHERE n = ?1",
	    SQL_ARGS(sql_int(c->n), sql_int(c->parts), place_arg(c)), e);
}

bool
mark_change_stepped(struct store *s, const struct mark_change *c, int64_t changed, struct err *e)
{
	return sql_run(s,
	    "UPDATE change SET state = ?2, part = ?3, back = ?4, parts = ?5, place = ?6,"
	    " changed = changed + ?7 WHERE n = ?1",
	    SQL_ARGS(sql_int(c->n), sql_int(c->state), sql_int(c->part), sql_int(c->back),
		sql_int(c->parts), place_arg(c), sql_int(changed)),
	    e);
}

bool
mark_change_delete(struct store *s, int64_t n, struct err *e)
{
	return sql_run(s, "DELETE FROM change WHERE n = ?1", SQL_ARGS(sql_int(n)), e);
}

bool
mark_change_end_walk(struct store *s, int64_t n, struct err *e)
{
	return sql_run(s, "UPDATE change SET place = NULL WHERE n = ?1", SQL_ARGS(sql_int(n)), e);
}

bool
mark_change_open(struct store *s, struct arena *a, struct mark_change *c, struct err *e)
{
	bool failed = false;
	*c = (struct mark_change){0};
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
		c->state = (enum mark_state)sql_get_int(st, 5);
		c->back = sql_get_int(st, 6);
		c->place = sql_get_int_or(st, 7, MARK_NO_PLACE);
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
mark_change_forget_undone(struct store *s, struct err *e)
{
	return sql_run(s, "DELETE FROM change WHERE state = 3", SQL_NO_ARGS, e);
}

bool
mark_change_forget_old(struct store *s, int64_t levels, struct err *e)
{
	/* The newest one is kept in any case: it is about to be applied. */
	return sql_run(s,
	    "DELETE FROM change WHERE state IN (0, 3) AND n <= (SELECT n FROM change"
	    " ORDER BY n DESC LIMIT 1 OFFSET ?1)",
	    SQL_ARGS(sql_int(levels < 1 ? 1 : levels)), e);
}
