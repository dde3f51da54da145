#include "store/feeds.h"

#include <stdlib.h>
#include <string.h>

#include "store/ids.h"
#include "store/remove.h"
#include "store/sql.h"

#define STATE_COLUMNS                                                                    \
	"id, url, health, next_at, retry_after, last_at, last_status, good_at, "         \
	"failures, "                                                                     \
	"failing_since, error, etag, last_modified, body_hash, moved_to, moved_count, "  \
	"ttl_s, "                                                                        \
	"skip_hours, skip_days, title, site, lang, unread, total, dropped_at"

static void
get_state(struct arena *a, sqlite3_stmt *st, struct feed_state *f)
{
	int i = 0;
	f->id = sql_get_int(st, i++);
	f->url = sql_get_text(a, st, i++);
	f->health = (enum feed_health)sql_get_int(st, i++);
	f->next_at = sql_get_int(st, i++);
	f->retry_after = sql_get_int(st, i++);
	f->last_at = sql_get_int(st, i++);
	f->last_status = sql_get_int(st, i++);
	f->good_at = sql_get_int(st, i++);
	f->failures = sql_get_int(st, i++);
	f->failing_since = sql_get_int(st, i++);
	f->error = sql_get_text(a, st, i++);
	f->etag = sql_get_text(a, st, i++);
	f->last_modified = sql_get_text(a, st, i++);
	f->body_hash = (uint64_t)sql_get_int(st, i++);
	f->moved_to = sql_get_text(a, st, i++);
	f->moved_count = sql_get_int(st, i++);
	f->ttl_s = sql_get_int(st, i++);
	f->skip_hours = (uint32_t)sql_get_int(st, i++);
	f->skip_days = (uint8_t)sql_get_int(st, i++);
	f->title = sql_get_text(a, st, i++);
	f->site = sql_get_text(a, st, i++);
	f->lang = sql_get_text(a, st, i++);
	f->unread = sql_get_int(st, i++);
	f->total = sql_get_int(st, i++);
	f->dropped_at = sql_get_int(st, i++);
}

bool
feeds_all(struct store *s, struct arena *a, struct feed_states *out, struct err *e)
{
	struct {
		struct feed_state *v;
		size_t n, cap;
	} all = {0};
	bool failed = false;
	sqlite3_stmt *st = sql_query(
	    s, "SELECT " STATE_COLUMNS " FROM feed ORDER BY id", SQL_NO_ARGS, e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e)) {
		struct feed_state f;
		get_state(a, st, &f);
		ARENA_PUSH(a, &all, f);
	}
	*out = (struct feed_states){all.v, all.n};
	return !failed;
}

bool
feeds_get(
    struct store *s, struct arena *a, feed_id id, struct feed_state *out, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT " STATE_COLUMNS " FROM feed WHERE id = ?1", SQL_ARGS(sql_int(id)), e);
	if (!st)
		return false;
	if (!sql_row(s, st, &failed, e))
		return failed ? false
			      : err_set(e, ERR_NOT_FOUND, "there is no such feed");
	get_state(a, st, out);
	sql_done(st);
	return true;
}

bool
feeds_find(struct store *s, struct str url, feed_id *id, struct err *e)
{
	return sql_number(s, "SELECT id FROM feed WHERE url = ?1",
	    SQL_ARGS(sql_text(url)), FEED_NONE, id, e);
}

/* --- what is subscribed ----------------------------------------------------------- */

struct known {
	uint64_t hash;
	struct str url;
	feed_id id;
	bool dropped, seen;
};

struct knowns {
	struct known *v;
	size_t n, cap;
};

static int
by_hash(const void *x, const void *y)
{
	const struct known *a = x, *b = y;
	return a->hash < b->hash ? -1 : a->hash > b->hash;
}

static bool
load_known(struct store *s, struct arena *a, struct knowns *all, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st =
	    sql_query(s, "SELECT id, url, dropped_at FROM feed", SQL_NO_ARGS, e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e)) {
		struct known k = {
		    .id = sql_get_int(st, 0), .dropped = sql_get_int(st, 2) != 0};
		k.url = sql_get_text(a, st, 1);
		k.hash = str_hash(k.url);
		ARENA_PUSH(a, all, k);
	}
	if (all->n)
		qsort(all->v, all->n, sizeof(*all->v), by_hash);
	return !failed;
}

static struct known *
find_known(const struct knowns *all, struct str url)
{
	uint64_t hash = str_hash(url);
	size_t low = 0, high = all->n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (all->v[mid].hash < hash)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < all->n && all->v[low].hash == hash; low++)
		if (str_eq(all->v[low].url, url))
			return &all->v[low];
	return NULL;
}

static bool
sync_one(struct store *s, struct knowns *all, struct str url, feed_id *id, struct err *e)
{
	struct known *k = find_known(all, url);
	if (k) {
		*id = k->id;
		k->seen = true;
		return !k->dropped ||
		    sql_run(s, "UPDATE feed SET dropped_at = 0 WHERE id = ?1",
			SQL_ARGS(sql_int(k->id)), e);
	}
	/* The same new address may stand in the list twice. */
	if (!sql_run(s, "INSERT INTO feed(url) VALUES (?1) ON CONFLICT DO NOTHING",
		SQL_ARGS(sql_text(url)), e))
		return false;
	return feeds_find(s, url, id, e);
}

static bool
drop_unseen(struct store *s, const struct knowns *all, int64_t now, struct err *e)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct known *k = &all->v[i];
		if (!k->seen && !k->dropped &&
		    !sql_run(s, "UPDATE feed SET dropped_at = ?2 WHERE id = ?1",
			SQL_ARGS(sql_int(k->id), sql_int(now)), e))
			return false;
	}
	return true;
}

static bool
sync_all(struct store *s, struct knowns *all, const struct str *urls, size_t n,
    int64_t now, feed_id *ids, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		feed_id id;
		if (!sync_one(s, all, urls[i], &id, e))
			return false;
		if (ids)
			ids[i] = id;
	}
	return drop_unseen(s, all, now, e);
}

/* Most starts change nothing, and must not wait for a writer's turn to find that out. */
static bool
is_synced(struct knowns *all, const struct str *urls, size_t n, feed_id *ids)
{
	bool same = true;
	for (size_t i = 0; i < n; i++) {
		struct known *k = find_known(all, urls[i]);
		same = same && k && !k->dropped;
		if (!k)
			continue;
		k->seen = true;
		if (ids)
			ids[i] = k->id;
	}
	for (size_t i = 0; i < all->n; i++) {
		same = same && (all->v[i].seen || all->v[i].dropped);
		all->v[i].seen = false;
	}
	return same;
}

bool
feeds_sync(struct store *s, const struct str *urls, size_t n, int64_t now, feed_id *ids,
    struct err *e)
{
	struct arena *a = arena_new();
	struct knowns all = {0};
	bool ok = load_known(s, a, &all, e);
	if (ok && !is_synced(&all, urls, n, ids)) {
		ok = sql_begin(s, e);
		if (ok) {
			all.n = 0;
			ok = load_known(s, a, &all, e) &&
			    sync_all(s, &all, urls, n, now, ids, e);
			ok = sql_end(s, ok, e);
		}
	}
	arena_free(a);
	return ok;
}

/* --- state ------------------------------------------------------------------------ */

static struct str
bounded(struct str validator)
{
	return validator.n > FEEDS_MAX_VALIDATOR_BYTES ? STR("") : validator;
}

static bool
log_fetch(struct store *s, feed_id id, const struct feed_fetch *f, struct err *e)
{
	return sql_run(s,
		   "REPLACE INTO fetch_log SELECT id, fetches % ?2, ?3, ?4, ?5, ?6, ?7, "
		   "?8, ?9"
		   " FROM feed WHERE id = ?1",
		   SQL_ARGS(sql_int(id), sql_int(FEEDS_LOG_ROWS), sql_int(f->at),
		       sql_int(f->status), sql_int(f->n_bytes), sql_int(f->ms),
		       sql_int(f->n_new), sql_int(f->n_updated), sql_text(f->error)),
		   e) &&
	    sql_run(s, "UPDATE feed SET fetches = fetches + 1 WHERE id = ?1",
		SQL_ARGS(sql_int(id)), e);
}

static bool
put_state(struct store *s, const struct feed_state *f, struct err *e)
{
	return sql_run(s,
	    "UPDATE feed SET health = ?2, next_at = ?3, retry_after = ?4, last_at = ?5,"
	    " last_status = ?6, good_at = ?7, failures = ?8, failing_since = ?9, error = "
	    "?10,"
	    " etag = ?11, last_modified = ?12, body_hash = ?13, moved_to = ?14, "
	    "moved_count = ?15,"
	    " ttl_s = ?16, skip_hours = ?17, skip_days = ?18, title = ?19, site = ?20, "
	    "lang = ?21"
	    " WHERE id = ?1",
	    SQL_ARGS(sql_int(f->id), sql_int(f->health), sql_int(f->next_at),
		sql_int(f->retry_after), sql_int(f->last_at), sql_int(f->last_status),
		sql_int(f->good_at), sql_int(f->failures), sql_int(f->failing_since),
		sql_text(f->error), sql_text(bounded(f->etag)),
		sql_text(bounded(f->last_modified)), sql_int((int64_t)f->body_hash),
		sql_text(f->moved_to), sql_int(f->moved_count), sql_int(f->ttl_s),
		sql_int(f->skip_hours), sql_int(f->skip_days), sql_text(f->title),
		sql_text(f->site), sql_text(f->lang)),
	    e);
}

bool
feeds_put(struct store *s, const struct feed_state *f, const struct feed_fetch *fetch,
    struct err *e)
{
	if (!sql_begin(s, e))
		return false;
	return sql_end(
	    s, put_state(s, f, e) && (!fetch || log_fetch(s, f->id, fetch, e)), e);
}

bool
feeds_log(
    struct store *s, struct arena *a, feed_id id, struct feed_fetches *out, struct err *e)
{
	bool failed = false;
	*out =
	    (struct feed_fetches){ARENA_ARRAY(a, struct feed_fetch, FEEDS_LOG_ROWS), 0};
	sqlite3_stmt *st = sql_query(s,
	    "SELECT l.at, l.status, l.bytes, l.ms, l.n_new, l.n_updated, l.error FROM "
	    "fetch_log l"
	    " JOIN feed f ON f.id = l.feed WHERE l.feed = ?1"
	    " ORDER BY (f.fetches - 1 - l.slot + ?2) % ?2 LIMIT ?2",
	    SQL_ARGS(sql_int(id), sql_int(FEEDS_LOG_ROWS)), e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e)) {
		struct feed_fetch *f = &out->v[out->n++];
		f->at = sql_get_int(st, 0);
		f->status = sql_get_int(st, 1);
		f->n_bytes = sql_get_int(st, 2);
		f->ms = sql_get_int(st, 3);
		f->n_new = sql_get_int(st, 4);
		f->n_updated = sql_get_int(st, 5);
		f->error = sql_get_text(a, st, 6);
	}
	return !failed;
}

/* --- moving and removing ---------------------------------------------------------- */

static bool
join_feeds(struct store *s, feed_id from, feed_id to, struct err *e)
{
	return sql_run(s,
		   "INSERT OR IGNORE INTO member SELECT ?2, ord, story, unread, guid, "
		   "said, seen_at"
		   " FROM member WHERE feed = ?1",
		   SQL_ARGS(sql_int(from), sql_int(to)), e) &&
	    sql_run(s,
		"UPDATE feed SET total = (SELECT count(*) FROM member WHERE feed = ?1),"
		" unread = (SELECT count(*) FROM member WHERE feed = ?1 AND unread = 1)"
		" WHERE id = ?1",
		SQL_ARGS(sql_int(to)), e) &&
	    sql_run(s, "DELETE FROM feed WHERE id = ?1", SQL_ARGS(sql_int(from)), e);
}

static bool
move(struct store *s, struct str from, struct str to, int64_t now, struct err *e)
{
	feed_id old_id, new_id;
	if (!feeds_find(s, from, &old_id, e) || !feeds_find(s, to, &new_id, e))
		return false;
	if (old_id == FEED_NONE || old_id == new_id)
		return true;
	if (new_id != FEED_NONE)
		return join_feeds(s, old_id, new_id, e);
	return sql_run(s,
	    "UPDATE feed SET url = ?2, moved_to = '', moved_count = 0, dropped_at = 0,"
	    " etag = '', last_modified = '', next_at = min(next_at, ?3) WHERE id = ?1",
	    SQL_ARGS(sql_int(old_id), sql_text(to), sql_int(now)), e);
}

bool
feeds_move(struct store *s, struct str from, struct str to, int64_t now, struct err *e)
{
	return sql_begin(s, e) && sql_end(s, move(s, from, to, now, e), e);
}

static bool
load_own(struct store *s, struct arena *a, feed_id id, struct ids *out, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT m.story FROM member m JOIN story s ON s.id = m.story WHERE m.feed = "
	    "?1"
	    " AND s.starred = 0 AND NOT EXISTS (SELECT 1 FROM member o"
	    " WHERE o.story = m.story AND o.feed <> ?1) ORDER BY m.ord",
	    SQL_ARGS(sql_int(id)), e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e))
		ARENA_PUSH(a, out, sql_get_int(st, 0));
	return !failed;
}

static bool
remove_feed(
    struct store *s, struct arena *a, feed_id id, bool with_stories, struct err *e)
{
	struct ids own = {0};
	if (with_stories && !load_own(s, a, id, &own, e))
		return false;
	if (!remove_stories(s, own.v, own.n, e))
		return false;
	return sql_run(s, "DELETE FROM feed WHERE id = ?1", SQL_ARGS(sql_int(id)), e);
}

bool
feeds_remove(struct store *s, feed_id id, bool with_stories, struct err *e)
{
	struct arena *a = arena_new();
	bool ok =
	    sql_begin(s, e) && sql_end(s, remove_feed(s, a, id, with_stories, e), e);
	arena_free(a);
	return ok;
}
