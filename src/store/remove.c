#include "store/remove.h"

#include "store/sql.h"

/*
 * The index must be told what it holds of the story: what `outdated` says, else nothing
 * when it waits to be indexed for the first time, else what the story says now.
 */
static const char unindex_old[] =
    "INSERT INTO story_fts(story_fts, rowid, title, place, byline, text)"
    " SELECT 'delete', ord, title, place, byline, text FROM outdated WHERE ord = ?1";
static const char unindex_now[] =
    "INSERT INTO story_fts(story_fts, rowid, title, place, byline, text)"
    " SELECT 'delete', ord, title, place, byline, text FROM story_text WHERE ord = ?1"
    " AND NOT EXISTS (SELECT 1 FROM unindexed WHERE ord = ?1)";

bool
remove_story(struct store *s, story_id id, struct err *e)
{
	int64_t ord, outdated;
	const struct sql_arg *by_id = SQL_ARGS(sql_int(id));
	if (!sql_number(
		s, "SELECT ord FROM story WHERE id = ?1", by_id, INT64_MIN, &ord, e))
		return false;
	if (ord == INT64_MIN)
		return true;
	const struct sql_arg *by_ord = SQL_ARGS(sql_int(ord));
	return sql_number(
		   s, "SELECT 1 FROM outdated WHERE ord = ?1", by_ord, 0, &outdated, e) &&
	    sql_run(s, outdated ? unindex_old : unindex_now, by_ord, e) &&
	    sql_run(s, "DELETE FROM story WHERE id = ?1", by_id, e);
}
