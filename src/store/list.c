#include "store/list.h"

#include "store/ids.h"
#include "store/plan.h"
#include "store/row.h"
#include "store/where.h"

static bool
load_rows(struct store *s, struct arena *a, const struct hits *hits,
    struct story_rows *out, struct err *e)
{
	out->v = ARENA_ARRAY(a, struct story_row, hits->n + 1);
	for (size_t i = 0; i < hits->n; i++) {
		bool found;
		if (!row_by_ord(s, a, hits->v[i].ord, &out->v[out->n], &found, e))
			return false;
		out->n += found;
	}
	return true;
}

/* First the places, then a row for each; a story that goes between the two is left out.
 */
bool
list_window(struct store *s, struct arena *a, const struct query *q, int64_t place,
    enum list_direction direction, size_t limit, struct story_rows *out, struct err *e)
{
	struct hits hits;
	if (limit > LIST_MAX_ROWS)
		limit = LIST_MAX_ROWS;
	*out = (struct story_rows){0};
	if (!sql_look(s, e))
		return false;
	bool ok = plan_window(s, a, q, place, direction, limit, &hits, e) &&
	    load_rows(s, a, &hits, out, e);
	return sql_look_end(s, ok, e);
}

/* One feed, or everything, perhaps unread alone: the number is kept. */
static const char *
kept_count(const struct query *q, feed_id *feed)
{
	const struct term *const *terms;
	size_t n;
	bool unread = false;
	*feed = FEED_NONE;
	query_top(q, &terms, &n);
	if (q->keep_read_since != QUERY_KEEP_NONE)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		if (terms[i]->kind == TERM_STATE && terms[i]->state == STATE_UNREAD)
			unread = true;
		else if (terms[i]->kind == TERM_FEEDS && terms[i]->n_feeds == 1 && !*feed)
			*feed = terms[i]->feeds[0];
		else
			return NULL;
	}
	if (*feed)
		return unread ? "SELECT unread FROM feed WHERE id = ?1"
			      : "SELECT total FROM feed WHERE id = ?1";
	if (q->n_hidden)
		return NULL;
	return unread ? "SELECT unread FROM tally WHERE id = 1"
		      : "SELECT stories FROM tally WHERE id = 1";
}

static bool
count_windows(
    struct store *s, const struct query *q, int64_t cap, int64_t *n, struct err *e)
{
	int64_t place = LIST_TOP;
	*n = 0;
	for (bool more = true; more && *n < cap;) {
		struct arena *a = arena_new();
		struct hits hits;
		int64_t left = cap - *n;
		size_t limit = left < LIST_MAX_ROWS ? (size_t)left : LIST_MAX_ROWS;
		bool ok = plan_window(s, a, q, place, LIST_OLDER, limit, &hits, e);
		more = ok && hits.n == limit;
		if (ok && hits.n)
			place = hits.v[hits.n - 1].ord;
		*n += (int64_t)hits.n;
		arena_free(a);
		if (!ok)
			return false;
	}
	return true;
}

bool
list_count(struct store *s, const struct query *q, int64_t cap, int64_t *n, struct err *e)
{
	static const struct query everything = {.keep_read_since = QUERY_KEEP_NONE};
	feed_id feed;
	const char *kept = kept_count(q ? q : &everything, &feed);
	if (!kept)
		return count_windows(s, q, cap, n, e);
	const struct sql_arg *args = feed ? SQL_ARGS(sql_int(feed)) : SQL_NO_ARGS;
	if (!sql_number(s, kept, args, 0, n, e))
		return false;
	if (*n > cap)
		*n = cap;
	return true;
}

static bool
load_ids(struct store *s, struct arena *a, const story_id *ids, size_t n,
    struct story_rows *out, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		bool found;
		if (!row_by_id(s, a, ids[i], &out->v[out->n], &found, e))
			return false;
		out->n += found;
	}
	return true;
}

bool
list_ids(struct store *s, struct arena *a, const story_id *ids, size_t n,
    struct story_rows *out, struct err *e)
{
	*out = (struct story_rows){ARENA_ARRAY(a, struct story_row, n + 1), 0};
	return sql_look(s, e) && sql_look_end(s, load_ids(s, a, ids, n, out, e), e);
}

static bool
matches_place(struct store *s, const struct query *q, int64_t ord, bool *matches, struct err *e)
{
	struct arena *a = arena_new();
	struct hits hits;
	bool ok = plan_one(s, a, q, ord, &hits, e);
	*matches = ok && hits.n == 1;
	arena_free(a);
	return ok;
}

bool
list_matches(
    struct store *s, const struct query *q, story_id id, bool *matches, struct err *e)
{
	int64_t ord;
	*matches = false;
	if (!sql_number(s, "SELECT ord FROM story WHERE id = ?1", SQL_ARGS(sql_int(id)),
		INT64_MIN, &ord, e))
		return false;
	if (ord == INT64_MIN)
		return true;
	/* The window from just above it, one row long, begins with it or it does not
	 * match. */
	return matches_place(s, q, ord, matches, e);
}

/* The nearest newer ones: that a dozen of them are all out of the list is rare, and then two rows
 * show where one could. */
static bool
load_newer(struct store *s, struct arena *a, int64_t cluster, int64_t ord, struct ids *newer,
    struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT ord FROM story WHERE cluster = ?1 AND ord > ?2 ORDER BY ord LIMIT 12",
	    SQL_ARGS(sql_int(cluster), sql_int(ord)), e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e))
		ARENA_PUSH(a, newer, sql_get_int(st, 0));
	return !failed;
}

bool
list_stands_behind(struct store *s, const struct query *q, int64_t cluster, int64_t ord,
    bool *behind, struct err *e)
{
	struct ids newer = {0};
	int64_t any;
	*behind = false;
	if (cluster == 0)
		return true;
	if (!q || query_is_empty(q)) {
		bool ok = sql_number(s,
		    "SELECT EXISTS (SELECT 1 FROM story WHERE cluster = ?1 AND ord > ?2"
		    " AND muted_by = '')",
		    SQL_ARGS(sql_int(cluster), sql_int(ord)), 0, &any, e);
		*behind = ok && any != 0;
		return ok;
	}
	struct arena *a = arena_new();
	bool ok = load_newer(s, a, cluster, ord, &newer, e);
	for (size_t i = 0; ok && i < newer.n && !*behind; i++)
		ok = matches_place(s, q, newer.v[i], behind, e);
	arena_free(a);
	return ok;
}

/* The places of unread reports, and their numbers. */
static bool
load_unread(struct store *s, struct arena *a, int64_t cluster, int64_t ord, size_t limit,
    struct ids *ords, struct ids *ids, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT ord, id FROM story WHERE cluster = ?1 AND ord < ?2 AND read_at IS NULL"
	    " AND muted_by = '' ORDER BY ord DESC LIMIT ?3",
	    SQL_ARGS(sql_int(cluster), sql_int(ord), sql_int((int64_t)limit)), e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e)) {
		ARENA_PUSH(a, ords, sql_get_int(st, 0));
		ARENA_PUSH(a, ids, sql_get_int(st, 1));
	}
	return !failed;
}

bool
list_unread_behind(struct store *s, struct arena *a, const struct query *q, int64_t cluster,
    int64_t ord, size_t limit, story_id **out, size_t *n, struct err *e)
{
	struct ids ords = {0}, ids = {0};
	*n = 0;
	if (cluster == 0)
		return true;
	if (!load_unread(s, a, cluster, ord, limit, &ords, &ids, e))
		return false;
	for (size_t i = 0; i < ids.n; i++) {
		bool matches = true;
		if (q && !query_is_empty(q) && !matches_place(s, q, ords.v[i], &matches, e))
			return false;
		if (matches)
			ids.v[(*n)++] = ids.v[i];
	}
	*out = ids.v;
	return true;
}

static bool
load_arrived(struct store *s, struct arena *a, story_id after, size_t limit, struct hits *out,
    story_id *last, struct err *e)
{
	struct {
		struct hit *v;
		size_t n, cap;
	} found = {0};
	bool failed = false;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT id, ord, read_at IS NULL OR read_at > 0 FROM story WHERE id > ?1"
	    " ORDER BY id LIMIT ?2",
	    SQL_ARGS(sql_int(after), sql_int((int64_t)limit)), e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e)) {
		struct hit hit = {.ord = sql_get_int(st, 1)};
		*last = sql_get_int(st, 0);
		if (sql_get_int(st, 2))
			ARENA_PUSH(a, &found, hit);
	}
	*out = (struct hits){found.v, found.n};
	return !failed;
}

static bool
arrived(struct store *s, struct arena *a, const struct query *q, story_id after, size_t limit,
    struct story_rows *out, story_id *last, struct err *e)
{
	struct hits all, one, matching;
	if (!load_arrived(s, a, after, limit, &all, last, e))
		return false;
	matching = (struct hits){ARENA_ARRAY(a, struct hit, all.n + 1), 0};
	for (size_t i = 0; i < all.n; i++) {
		if (!plan_one(s, a, q, all.v[i].ord, &one, e))
			return false;
		if (one.n)
			matching.v[matching.n++] = all.v[i];
	}
	return load_rows(s, a, &matching, out, e);
}

bool
list_arrived(struct store *s, struct arena *a, const struct query *q, story_id after,
    size_t limit, struct story_rows *out, story_id *last, struct err *e)
{
	*out = (struct story_rows){0};
	*last = after;
	return sql_look(s, e) &&
	    sql_look_end(s, arrived(s, a, q, after, limit, out, last, e), e);
}

bool
list_last_arrived(struct store *s, story_id *last, struct err *e)
{
	return sql_number(s, "SELECT max(id) FROM story", SQL_NO_ARGS, STORY_NONE, last, e);
}

bool
list_cluster_size(struct store *s, int64_t cluster, int64_t cap, int64_t *n, struct err *e)
{
	*n = 0;
	return cluster == 0 ||
	    sql_number(s,
		"SELECT count(*) FROM (SELECT 1 FROM story WHERE cluster = ?1 LIMIT ?2)",
		SQL_ARGS(sql_int(cluster), sql_int(cap)), 0, n, e);
}

bool
list_cluster(struct store *s, struct arena *a, int64_t cluster, size_t limit,
    struct story_rows *out, struct err *e)
{
	bool failed = false;
	struct {
		story_id *v;
		size_t n, cap;
	} ids = {0};
	*out = (struct story_rows){0};
	if (cluster == 0)
		return true;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT id FROM story WHERE cluster = ?1 ORDER BY ord DESC LIMIT ?2",
	    SQL_ARGS(sql_int(cluster), sql_int((int64_t)limit)), e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e))
		ARENA_PUSH(a, &ids, sql_get_int(st, 0));
	return !failed && list_ids(s, a, ids.v, ids.n, out, e);
}
