/*
 * FTS5 is spoken to in single rows with bound values only, see index_take_out: one
 * INSERT ... SELECT a story made it write a segment for each, which was three quarters
 * of the time.
 */
#include "store/index.h"

#include "store/ids.h"
#include "store/sql.h"

#define TEXTS "title, place, byline, text, links"

static const char put_in[] =
    "INSERT INTO story_fts(rowid, " TEXTS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
static const char take_out[] = "INSERT INTO story_fts(story_fts, rowid, " TEXTS ")"
			       " VALUES ('delete', ?1, ?2, ?3, ?4, ?5, ?6)";
static const char text_now[] = "SELECT " TEXTS " FROM story_text WHERE ord = ?1";
/* What the index holds of a story that says something else now. */
static const char text_then[] = "SELECT " TEXTS " FROM outdated WHERE ord = ?1";

static struct sql_arg
column(sqlite3_stmt *st, int i)
{
	struct bytes b = sql_peek(st, i);
	return sql_text(str_of((const char *)b.p, b.n));
}

/* Run `change` with the texts that `source` has of the story; nothing when it has
 * none. */
static bool
change_one(
    struct store *s, const char *change, const char *source, int64_t ord, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(s, source, SQL_ARGS(sql_int(ord)), e);
	if (!st)
		return false;
	if (!sql_row(s, st, &failed, e))
		return !failed;
	/* The row stays where it is until its statement goes on, so nothing is copied. */
	bool ok = sql_run(s, change,
	    SQL_ARGS(sql_int(ord), column(st, 0), column(st, 1), column(st, 2),
		column(st, 3), column(st, 4)),
	    e);
	sql_done(st);
	return ok;
}

static bool
exists(struct store *s, const char *question, int64_t ord, bool *is, struct err *e)
{
	int64_t n;
	bool ok = sql_number(s, question, SQL_ARGS(sql_int(ord)), 0, &n, e);
	*is = n != 0;
	return ok;
}

bool
index_take_out(struct store *s, int64_t ord, struct err *e)
{
	bool outdated, waiting;
	if (!exists(s, "SELECT 1 FROM outdated WHERE ord = ?1", ord, &outdated, e) ||
	    !exists(s, "SELECT 1 FROM unindexed WHERE ord = ?1", ord, &waiting, e))
		return false;
	if (outdated)
		return change_one(s, take_out, text_then, ord, e);
	return waiting || change_one(s, take_out, text_now, ord, e);
}

static bool
load_waiting(struct store *s, struct arena *a, size_t n, struct ids *out, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(s, "SELECT ord FROM unindexed ORDER BY ord LIMIT ?1",
	    SQL_ARGS(sql_int((int64_t)n)), e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e))
		ARENA_PUSH(a, out, sql_get_int(st, 0));
	return !failed;
}

static bool
step(struct store *s, struct arena *a, size_t n, struct err *e)
{
	struct ids waiting = {0};
	if (!load_waiting(s, a, n, &waiting, e))
		return false;
	for (size_t i = 0; i < waiting.n; i++)
		if (!change_one(s, take_out, text_then, waiting.v[i], e) ||
		    !change_one(s, put_in, text_now, waiting.v[i], e))
			return false;
	if (waiting.n == 0)
		return true;
	/* They were the lowest. */
	const struct sql_arg *last = SQL_ARGS(sql_int(waiting.v[waiting.n - 1]));
	if (!sql_run(s, "DELETE FROM outdated WHERE ord <= ?1", last, e) ||
	    !sql_run(s, "DELETE FROM unindexed WHERE ord <= ?1", last, e))
		return false;
	tally_unindexed(s, -sql_changes(s));
	return true;
}

bool
index_waiting(struct store *s, int64_t *n, struct err *e)
{
	return sql_number(s, "SELECT unindexed FROM tally WHERE id = 1", SQL_NO_ARGS, 0, n, e);
}

bool
index_step(struct store *s, size_t n, int64_t *left, struct err *e)
{
	if (!index_waiting(s, left, e))
		return false;
	if (*left == 0)
		return true;
	struct arena *a = arena_new();
	bool ok = sql_begin(s, e) && sql_end(s, step(s, a, n, e), e);
	arena_free(a);
	return ok && index_waiting(s, left, e);
}
