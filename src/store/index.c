#include "store/index.h"

#include "store/ids.h"
#include "store/sql.h"

/* Row numbers must grow: FTS5 writes out what it has gathered whenever one is smaller. */
static const char take_out[] =
    "INSERT INTO story_fts(story_fts, rowid, title, place, byline, text)"
    " SELECT 'delete', ord, title, place, byline, text FROM outdated WHERE ord = ?1";
static const char put_in[] =
    "INSERT INTO story_fts(rowid, title, place, byline, text)"
    " SELECT ord, title, place, byline, text FROM story_text WHERE ord = ?1";

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
index_one(struct store *s, int64_t ord, struct err *e)
{
	const struct sql_arg *arg = SQL_ARGS(sql_int(ord));
	return sql_run(s, take_out, arg, e) && sql_run(s, put_in, arg, e) &&
	    sql_run(s, "DELETE FROM outdated WHERE ord = ?1", arg, e) &&
	    sql_run(s, "DELETE FROM unindexed WHERE ord = ?1", arg, e);
}

static bool
step(struct store *s, struct arena *a, size_t n, struct err *e)
{
	struct ids waiting = {0};
	if (!load_waiting(s, a, n, &waiting, e))
		return false;
	for (size_t i = 0; i < waiting.n; i++)
		if (!index_one(s, waiting.v[i], e))
			return false;
	return true;
}

bool
index_waiting(struct store *s, int64_t *n, struct err *e)
{
	return sql_number(s, "SELECT count(*) FROM unindexed", SQL_NO_ARGS, 0, n, e);
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
