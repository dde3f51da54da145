#include "store/merge.h"

#include "store/remove.h"
#include "store/sql.h"

/* ?1 stays, ?2 goes.  In this order: the columns of ?2 are read before it is removed. */
static const char *const steps[] = {
    /* Read once is read; never news is less than unread. */
    "UPDATE story SET starred = max(starred, (SELECT starred FROM story WHERE id = ?2)),"
    " read_at = (SELECT CASE WHEN a.read_at > 0 OR b.read_at > 0"
    "	THEN max(coalesce(a.read_at, 0), coalesce(b.read_at, 0))"
    "	WHEN a.read_at IS NULL OR b.read_at IS NULL THEN NULL ELSE 0 END"
    "	FROM story a, story b WHERE a.id = ?1 AND b.id = ?2),"
    " owner = iif(owner = 0, (SELECT owner FROM story WHERE id = ?2), owner) WHERE id = "
    "?1",
    "UPDATE feed SET total = total + 1,"
    " unread = unread + (SELECT read_at IS NULL FROM story WHERE id = ?1)"
    " WHERE id IN (SELECT feed FROM member WHERE story = ?2)"
    " AND id NOT IN (SELECT feed FROM member WHERE story = ?1)",
    "INSERT OR IGNORE INTO member(feed, ord, story, unread, guid, said, seen_at)"
    " SELECT m.feed, k.ord, k.id, k.read_at IS NULL, m.guid, m.said, m.seen_at"
    " FROM member m, story k WHERE m.story = ?2 AND k.id = ?1",
    "UPDATE link SET to_story = ?1 WHERE to_story = ?2",
    "UPDATE alias SET story = ?1 WHERE story = ?2",
    "UPDATE OR IGNORE opened SET story = ?1 WHERE story = ?2",
    "UPDATE fetch_queue SET story = ?1 WHERE story = ?2",
};

static bool
take_key(struct store *s, story_id keep, struct str key, struct err *e)
{
	return sql_run(s, "INSERT OR IGNORE INTO alias VALUES (?1, ?2)",
		   SQL_ARGS(sql_text(key), sql_int(keep)), e) &&
	    sql_run(s,
		"UPDATE link SET to_story = ?2 WHERE to_key = ?1 AND to_story IS NULL",
		SQL_ARGS(sql_text(key), sql_int(keep)), e);
}

static bool
load_key(struct store *s, struct arena *a, story_id id, struct str *key, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st =
	    sql_query(s, "SELECT key FROM story WHERE id = ?1", SQL_ARGS(sql_int(id)), e);
	*key = STR("");
	if (!st)
		return false;
	if (sql_row(s, st, &failed, e))
		*key = sql_get_text(a, st, 0);
	sql_done(st);
	return !failed;
}

bool
merge_stories(struct store *s, story_id keep, story_id drop, struct err *e)
{
	struct arena *a = arena_new();
	struct str key;
	bool ok = load_key(s, a, drop, &key, e);
	for (size_t i = 0; ok && i < COUNT_OF(steps); i++)
		ok = sql_run(s, steps[i], SQL_ARGS(sql_int(keep), sql_int(drop)), e);
	ok = ok && remove_stories(s, &drop, 1, e) && take_key(s, keep, key, e);
	arena_free(a);
	return ok;
}
