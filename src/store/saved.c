#include "store/saved.h"

#include "store/sql.h"

bool
saved_put(struct store *s, struct str name, struct bytes value, struct err *e)
{
	if (value.n > SAVED_MAX_BYTES)
		return err_set(
		    e, ERR_INTERNAL, "'%.*s' is too large to be saved", STR_ARG(name));
	return sql_begin(s, e) &&
	    sql_end(s,
		sql_run(s, "REPLACE INTO saved VALUES (?1, ?2)",
		    SQL_ARGS(sql_text(name), sql_blob(value)), e),
		e);
}

bool
saved_get(
    struct store *s, struct arena *a, struct str name, struct bytes *out, struct err *e)
{
	bool failed = false;
	*out = (struct bytes){0};
	sqlite3_stmt *st = sql_query(
	    s, "SELECT value FROM saved WHERE name = ?1", SQL_ARGS(sql_text(name)), e);
	if (!st)
		return false;
	if (sql_row(s, st, &failed, e)) {
		*out = sql_get_blob(a, st, 0);
		sql_done(st);
	}
	return !failed;
}

/* Both tables are lists with the newest last: an entry that comes again moves to the
 * end. */
static bool
open_story(struct store *s, story_id id, int64_t now, struct err *e)
{
	const struct sql_arg *args = SQL_ARGS(sql_int(now), sql_int(id));
	return sql_run(s, "DELETE FROM opened WHERE story = ?2", args, e) &&
	    sql_run(s,
		"INSERT INTO opened(at, story) SELECT ?1, id FROM story WHERE id = ?2",
		args, e) &&
	    sql_run(s,
		"DELETE FROM opened WHERE n <= (SELECT n FROM opened ORDER BY n DESC "
		"LIMIT 1"
		" OFFSET ?1)",
		SQL_ARGS(sql_int(SAVED_MAX_OPENED)), e);
}

bool
saved_open_story(struct store *s, story_id id, int64_t now, struct err *e)
{
	return sql_begin(s, e) && sql_end(s, open_story(s, id, now, e), e);
}

bool
saved_openeds(struct store *s, struct arena *a, size_t limit, struct saved_openeds *out,
    struct err *e)
{
	struct {
		struct saved_opened *v;
		size_t n, cap;
	} all = {0};
	bool failed = false;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT story, at FROM opened ORDER BY n DESC LIMIT ?1",
	    SQL_ARGS(
		sql_int(limit > SAVED_MAX_OPENED ? SAVED_MAX_OPENED : (int64_t)limit)),
	    e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e)) {
		struct saved_opened o = {sql_get_int(st, 0), sql_get_int(st, 1)};
		ARENA_PUSH(a, &all, o);
	}
	*out = (struct saved_openeds){all.v, all.n};
	return !failed;
}

static bool
type_line(struct store *s, struct bytes line, int64_t now, struct err *e)
{
	const struct sql_arg *args = SQL_ARGS(sql_int(now), sql_blob(line));
	return sql_run(s, "DELETE FROM typed WHERE line = ?2", args, e) &&
	    sql_run(s, "INSERT INTO typed(at, line) VALUES (?1, ?2)", args, e) &&
	    sql_run(s,
		"DELETE FROM typed WHERE n <= (SELECT n FROM typed ORDER BY n DESC "
		"LIMIT 1"
		" OFFSET ?1)",
		SQL_ARGS(sql_int(SAVED_MAX_TYPED)), e);
}

bool
saved_type(struct store *s, struct bytes line, int64_t now, struct err *e)
{
	if (line.n > SAVED_MAX_BYTES)
		return err_set(e, ERR_INTERNAL,
		    "a line of %zu bytes is too long to be saved", line.n);
	return sql_begin(s, e) && sql_end(s, type_line(s, line, now, e), e);
}

bool
saved_typed(struct store *s, struct arena *a, size_t limit, struct saved_typed *out,
    struct err *e)
{
	struct {
		struct bytes *v;
		size_t n, cap;
	} all = {0};
	bool failed = false;
	sqlite3_stmt *st = sql_query(s, "SELECT line FROM typed ORDER BY n DESC LIMIT ?1",
	    SQL_ARGS(sql_int(limit > SAVED_MAX_TYPED ? SAVED_MAX_TYPED : (int64_t)limit)),
	    e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e))
		ARENA_PUSH(a, &all, sql_get_blob(a, st, 0));
	*out = (struct saved_typed){all.v, all.n};
	return !failed;
}
