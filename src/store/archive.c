#include "store/archive.h"

#include "store/sql.h"

bool
archive_find(struct store *s, struct arena *a, feed_id feed, struct str url,
    struct archive_document *d, struct err *e)
{
	bool failed = false;
	*d = (struct archive_document){.older = STR("")};
	sqlite3_stmt *st = sql_query(s, "SELECT older FROM archive WHERE feed = ?1 AND url = ?2",
	    SQL_ARGS(sql_int(feed), sql_text(url)), e);
	if (!st)
		return false;
	if (sql_row(s, st, &failed, e)) {
		d->taken = true;
		d->older = sql_get_text(a, st, 0);
		sql_done(st);
	}
	return !failed;
}

bool
archive_count(struct store *s, feed_id feed, int64_t *n, struct err *e)
{
	return sql_number(s, "SELECT count(*) FROM archive WHERE feed = ?1",
	    SQL_ARGS(sql_int(feed)), 0, n, e);
}

bool
archive_put(struct store *s, feed_id feed, struct str url, struct str older, int64_t n_items,
    int64_t now, struct err *e)
{
	return sql_run(s, "INSERT OR REPLACE INTO archive VALUES (?1, ?2, ?3, ?4, ?5)",
	    SQL_ARGS(sql_int(feed), sql_text(url), sql_text(older), sql_int(n_items),
		sql_int(now)),
	    e);
}

bool
archive_forget(struct store *s, feed_id feed, struct err *e)
{
	return sql_run(s, "DELETE FROM archive WHERE feed = ?1", SQL_ARGS(sql_int(feed)), e);
}
