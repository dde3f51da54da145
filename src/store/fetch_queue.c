#include "store/fetch_queue.h"

#include "store/key.h"
#include "store/sql.h"

/* Addresses are compared by key, so that two variants of one story wait once. */
static struct str
queue_key(struct arena *a, struct str url)
{
	struct str key = key_of_url(a, url);
	return key.n ? key : url;
}

static bool
add(struct store *s, struct arena *a, const struct fetch_wish *w, struct err *e)
{
	int64_t n;
	if (!fetch_queue_count(s, &n, e))
		return false;
	if (n >= FETCH_QUEUE_MAX)
		return err_set(e, ERR_PARTIAL, "%d stories wait to be stored already",
		    FETCH_QUEUE_MAX);
	return sql_run(s,
	    "INSERT INTO fetch_queue(key, url, title, story, at, why, depth, budget, "
	    "failures)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0) ON CONFLICT(key) DO UPDATE SET"
	    " title = iif(title = '', excluded.title, title),"
	    " story = iif(story = 0, excluded.story, story),"
	    " depth = max(depth, excluded.depth), budget = max(budget, excluded.budget)",
	    SQL_ARGS(sql_text(queue_key(a, w->url)), sql_text(w->url), sql_text(w->title),
		sql_int(w->id), sql_int(w->at), sql_int(w->why), sql_int(w->depth),
		sql_int(w->budget)),
	    e);
}

bool
fetch_queue_add(struct store *s, const struct fetch_wish *w, struct err *e)
{
	struct arena *a = arena_new();
	bool ok = sql_begin(s, e) && sql_end(s, add(s, a, w, e), e);
	arena_free(a);
	return ok;
}

bool
fetch_queue_list(struct store *s, struct arena *a, size_t limit, struct fetch_wishes *out,
    struct err *e)
{
	struct {
		struct fetch_wish *v;
		size_t n, cap;
	} all = {0};
	bool failed = false;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT story, url, title, at, why, depth, budget, failures FROM fetch_queue"
	    " ORDER BY n LIMIT ?1",
	    SQL_ARGS(sql_int(limit > FETCH_QUEUE_MAX ? FETCH_QUEUE_MAX : (int64_t)limit)),
	    e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e)) {
		struct fetch_wish w = {
		    .id = sql_get_int(st, 0), .at = sql_get_int(st, 3)};
		w.url = sql_get_text(a, st, 1);
		w.title = sql_get_text(a, st, 2);
		w.why = sql_get_int(st, 4);
		w.depth = sql_get_int(st, 5);
		w.budget = sql_get_int(st, 6);
		w.failures = sql_get_int(st, 7);
		ARENA_PUSH(a, &all, w);
	}
	*out = (struct fetch_wishes){all.v, all.n};
	return !failed;
}

bool
fetch_queue_count(struct store *s, int64_t *n, struct err *e)
{
	return sql_number(s, "SELECT count(*) FROM fetch_queue", SQL_NO_ARGS, 0, n, e);
}

static bool
by_url(struct store *s, const char *text, struct str url, struct err *e)
{
	struct arena *a = arena_new();
	bool ok = sql_begin(s, e) &&
	    sql_end(s, sql_run(s, text, SQL_ARGS(sql_text(queue_key(a, url))), e), e);
	arena_free(a);
	return ok;
}

bool
fetch_queue_remove(struct store *s, struct str url, struct err *e)
{
	return by_url(s, "DELETE FROM fetch_queue WHERE key = ?1", url, e);
}

bool
fetch_queue_failed(struct store *s, struct str url, struct err *e)
{
	return by_url(
	    s, "UPDATE fetch_queue SET failures = failures + 1 WHERE key = ?1", url, e);
}
