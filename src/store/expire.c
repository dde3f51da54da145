/*
 * Stories go from the bottom of `ord`: a story is never placed above the second it was
 * first seen, so everything that is old enough lies below one place, and the walk ends
 * there.
 */
#include "store/expire.h"

#include <string.h>

#include "store/ids.h"
#include "store/list_place.h"
#include "store/remove.h"
#include "store/sql.h"

enum phase { BY_AGE, BY_SIZE_READ, BY_SIZE_UNREAD, FEEDS, DONE };

enum {
	LOOK_AT = 500, /* stories looked at in one step */
	/* A story's rows, its words in the index and its share of pages, beside its
	 * text. */
	BYTES_BESIDE_TEXT = 1500,
};

struct listing;

struct expiry {
	struct store *store;
	struct arena *arena;
	const struct expire_rules *rules;
	struct expire_result *result;
	int64_t now;
	struct {
		struct listing *v;
		size_t n, cap;
	} listings;
	struct ids doomed; /* in ascending order of place */
};

struct candidate {
	story_id id;
	int64_t ord, first_seen, n_bytes;
	bool unread;
};

struct candidates {
	struct candidate *v;
	size_t n, cap;
};

/* --- what stays ------------------------------------------------------------------- */

/* What a feed lists now, read once a step. */
struct listing {
	feed_id feed;
	struct ids stories;
};

static struct listing *
known_listing(struct expiry *x, feed_id feed)
{
	for (size_t i = 0; i < x->listings.n; i++)
		if (x->listings.v[i].feed == feed)
			return &x->listings.v[i];
	return NULL;
}

static bool
load_listing(struct expiry *x, feed_id feed, struct listing **out, struct err *e)
{
	bool failed = false;
	*out = known_listing(x, feed);
	if (*out)
		return true;
	struct listing l = {.feed = feed};
	sqlite3_stmt *st = sql_query(x->store, "SELECT listed FROM feed WHERE id = ?1",
	    SQL_ARGS(sql_int(feed)), e);
	if (!st)
		return false;
	if (sql_row(x->store, st, &failed, e)) {
		bool whole = ids_read(x->arena, sql_get_blob(x->arena, st, 0), &l.stories);
		(void)whole; /* as far as it could be read */
		sql_done(st);
	}
	ARENA_PUSH(x->arena, &x->listings, l);
	*out = &x->listings.v[x->listings.n - 1];
	return !failed;
}

static bool
is_listed(struct expiry *x, story_id id, bool *listed, struct err *e)
{
	struct ids feeds = {0};
	bool failed = false;
	*listed = false;
	sqlite3_stmt *st = sql_query(x->store, "SELECT feed FROM member WHERE story = ?1",
	    SQL_ARGS(sql_int(id)), e);
	if (!st)
		return false;
	while (sql_row(x->store, st, &failed, e))
		ARENA_PUSH(x->arena, &feeds, sql_get_int(st, 0));
	for (size_t i = 0; !failed && !*listed && i < feeds.n; i++) {
		struct listing *l;
		if (!load_listing(x, feeds.v[i], &l, e))
			return false;
		for (size_t k = 0; !*listed && k < l->stories.n; k++)
			*listed = l->stories.v[k] == id;
	}
	return !failed;
}

static int64_t
keep_of_feed(const struct expire_rules *r, feed_id feed)
{
	for (size_t i = 0; i < r->n_feeds; i++)
		if (r->feeds[i].feed == feed)
			return r->feeds[i].keep_s;
	return -1;
}

/* How long a story is kept: as long as the feed that keeps it longest.  0: for ever. */
static bool
keep_of_story(struct expiry *x, const struct candidate *c, int64_t *keep, struct err *e)
{
	int64_t usual = c->unread ? x->rules->keep_unread_s : x->rules->keep_s;
	int64_t longest = -1;
	bool failed = false, for_ever = false;
	sqlite3_stmt *st = sql_query(x->store, "SELECT feed FROM member WHERE story = ?1",
	    SQL_ARGS(sql_int(c->id)), e);
	if (!st)
		return false;
	while (sql_row(x->store, st, &failed, e)) {
		int64_t own = keep_of_feed(x->rules, sql_get_int(st, 0));
		if (own < 0)
			own = usual;
		for_ever = for_ever || own == 0;
		if (own > longest)
			longest = own;
	}
	*keep = for_ever ? 0 : longest < 0 ? usual : longest;
	return !failed;
}

/* Waiting to be fetched, or of a feed whose line vanished less than 90 days ago. */
static bool
is_protected(struct expiry *x, const struct candidate *c, bool *protected, struct err *e)
{
	int64_t n;
	if (!is_listed(x, c->id, protected, e) || *protected)
		return *protected;
	if (!sql_number(x->store,
		"SELECT EXISTS (SELECT 1 FROM fetch_queue WHERE story = ?1)"
		" OR EXISTS (SELECT 1 FROM member m JOIN feed f ON f.id = m.feed"
		" WHERE m.story = ?1 AND f.dropped_at > 0)",
		SQL_ARGS(sql_int(c->id)), 0, &n, e))
		return false;
	*protected = n != 0;
	return true;
}

/* --- by age ----------------------------------------------------------------------- */

static int64_t
shortest_keep(const struct expire_rules *r)
{
	int64_t shortest = INT64_MAX;
	if (r->keep_s > 0)
		shortest = r->keep_s;
	if (r->keep_unread_s > 0 && r->keep_unread_s < shortest)
		shortest = r->keep_unread_s;
	for (size_t i = 0; i < r->n_feeds; i++)
		if (r->feeds[i].keep_s > 0 && r->feeds[i].keep_s < shortest)
			shortest = r->feeds[i].keep_s;
	return shortest;
}

static bool
load_candidates(struct expiry *x, const char *text, int64_t before, struct candidates *out,
    struct err *e)
{
	bool failed = false;
	int64_t end = before == INT64_MAX ? INT64_MAX : list_place_of_time(before);
	sqlite3_stmt *st = sql_query(x->store, text,
	    SQL_ARGS(sql_int(x->result->place), sql_int(end), sql_int(LOOK_AT), sql_int(before)), e);
	if (!st)
		return false;
	while (sql_row(x->store, st, &failed, e)) {
		struct candidate c = {sql_get_int(st, 0), sql_get_int(st, 1),
		    sql_get_int(st, 2), sql_get_int(st, 3) + BYTES_BESIDE_TEXT,
		    sql_get_int(st, 4) != 0};
		ARENA_PUSH(x->arena, out, c);
	}
	return !failed;
}

static bool
is_old(struct expiry *x, const struct candidate *c, bool *old, struct err *e)
{
	int64_t keep;
	if (!keep_of_story(x, c, &keep, e))
		return false;
	*old = keep > 0 && c->first_seen < x->now - keep;
	return true;
}

static void
doom(struct expiry *x, const struct candidate *c)
{
	x->result->stories++;
	x->result->bytes_freed += c->n_bytes;
	ARENA_PUSH(x->arena, &x->doomed, c->id);
}

#define CANDIDATES                                                                       \
	"SELECT s.id, s.ord, s.first_seen, coalesce(length(b.text) + length(b.spans), "  \
	"0),"                                                                            \
	" s.read_at IS NULL FROM story s LEFT JOIN body b ON b.story = s.id"             \
	" WHERE s.ord > ?1 AND s.ord < ?2 AND s.starred = 0"

/* The phase is over when the walk found less than it asked for. */
static void
go_on(struct expiry *x, const struct candidates *all, size_t looked_at)
{
	if (looked_at)
		x->result->place = all->v[looked_at - 1].ord;
	if (looked_at == all->n && all->n < LOOK_AT) {
		x->result->phase++;
		x->result->place = INT64_MIN;
	}
}

static bool
expire_by_age(struct expiry *x, struct err *e)
{
	struct candidates all = {0};
	int64_t keep = shortest_keep(x->rules);
	size_t i = 0;
	if (keep == INT64_MAX || keep >= x->now) {
		go_on(x, &all, 0);
		return true;
	}
	if (!load_candidates(x,
		CANDIDATES " AND s.first_seen < ?4 ORDER BY s.ord LIMIT ?3",
		x->now - keep, &all, e))
		return false;
	for (; i < all.n && x->doomed.n < EXPIRE_STEP; i++) {
		bool old, protected = false;
		if (!is_old(x, &all.v[i], &old, e))
			return false;
		if (!old)
			continue;
		if (!is_protected(x, &all.v[i], &protected, e))
			return false;
		if (protected)
			continue;
		doom(x, &all.v[i]);
	}
	go_on(x, &all, i);
	return true;
}

/* --- by size ---------------------------------------------------------------------- */

static bool
used_bytes(struct store *s, int64_t *bytes, struct err *e)
{
	int64_t pages, unused, size;
	if (!sql_number(s, "PRAGMA page_count", SQL_NO_ARGS, 0, &pages, e) ||
	    !sql_number(s, "PRAGMA freelist_count", SQL_NO_ARGS, 0, &unused, e) ||
	    !sql_number(s, "PRAGMA page_size", SQL_NO_ARGS, 0, &size, e))
		return false;
	*bytes = (pages - unused) * size;
	return true;
}

/*
 * Deleting makes the search index grow first, so the size cannot be asked again after
 * each step: what was freed is reckoned.
 */
static bool
is_too_large(const struct expiry *x)
{
	return x->rules->max_bytes > 0 &&
	    x->result->bytes_before - x->result->bytes_freed > x->rules->max_bytes;
}

static bool
expire_by_size(struct expiry *x, bool unread, struct err *e)
{
	struct candidates all = {0};
	size_t i = 0;
	if (!is_too_large(x)) {
		go_on(x, &all, 0);
		return true;
	}
	if (!load_candidates(x,
		unread ? CANDIDATES " AND s.read_at IS NULL AND ?4 ORDER BY s.ord LIMIT ?3"
		       : CANDIDATES " AND s.read_at IS NOT NULL AND ?4 ORDER BY s.ord LIMIT ?3",
		INT64_MAX, &all, e))
		return false;
	for (; i < all.n && x->doomed.n < EXPIRE_STEP && is_too_large(x); i++) {
		bool protected = false;
		if (!is_protected(x, &all.v[i], &protected, e))
			return false;
		if (protected)
			continue;
		doom(x, &all.v[i]);
	}
	go_on(x, &all, i);
	return true;
}

/* --- feeds ------------------------------------------------------------------------ */

static bool
expire_feeds(struct expiry *x, struct err *e)
{
	if (!sql_run(x->store,
		"DELETE FROM feed WHERE dropped_at > 0 AND dropped_at < ?1",
		SQL_ARGS(sql_int(x->now - FEEDS_GRACE_S)), e))
		return false;
	x->result->feeds = sql_changes(x->store);
	x->result->phase = DONE;
	return true;
}

static bool
step(struct expiry *x, struct err *e)
{
	switch ((enum phase)x->result->phase) {
	case BY_AGE:
		return expire_by_age(x, e);
	case BY_SIZE_READ:
		return expire_by_size(x, false, e);
	case BY_SIZE_UNREAD:
		return expire_by_size(x, true, e);
	case FEEDS:
		return expire_feeds(x, e);
	case DONE:
		break;
	}
	return true;
}

bool
expire_step(struct store *s, const struct expire_rules *rules, int64_t now,
    struct expire_result *result, struct err *e)
{
	struct expiry x = {.store = s, .rules = rules, .result = result, .now = now};
	struct expire_result before = *result;
	if (result->bytes_before == 0) {
		result->place = INT64_MIN;
		if (!used_bytes(s, &result->bytes_before, e))
			return false;
	}
	if (!sql_begin(s, e))
		return false;
	x.arena = arena_new();
	bool ok = step(&x, e) && remove_stories(s, x.doomed.v, x.doomed.n, e);
	ok = sql_end(s, ok, e);
	arena_free(x.arena);
	if (!ok)
		*result = before;
	result->done = ok && result->phase == DONE;
	return ok;
}
