/*
 * Which story is it?  In this order:
 *
 *	1. the story with the item's key (address, else guid, else content)
 *	2. its twin: two items of one feed with one address but other guids and
 *	   headlines are two stories (live blogs, front pages), the second under a key
 *	   of its own
 *	3. a story that the feed lists now with the same guid, when the headline or the
 *	   time is the same too: the address was corrected
 *	4. a new one
 *
 * An item that says exactly what this feed said the last time (member.said) costs three
 * look-ups and writes nothing.
 */
#include "store/update.h"

#include <stdlib.h>
#include <string.h>

#include "store/ids.h"
#include "store/key.h"
#include "store/links.h"
#include "store/list_place.h"
#include "store/sql.h"
#include "store/story_write.h"

/* A set of story ids: those that this update has seen. */
struct seen {
	story_id *slots;
	size_t n, cap;
};

struct by_guid {
	uint64_t hash;
	story_id id;
	int64_t title_hash, published;
	bool twice; /* an identifier that two stories carry identifies neither */
};

struct update {
	struct store *store;
	feed_id feed;
	struct str feed_url, agency, lang;
	int64_t now;
	struct arena *arena; /* until the end */
	struct arena *scratch; /* for one story */
	struct bytes listed_before;
	struct ids_writer listed;
	struct seen seen;
	struct by_guid *guids; /* of what was listed, by hash; loaded when needed */
	size_t n_guids;
	bool guids_loaded, failed;
	bool archive; /* what comes is older than what is listed */
	int64_t not_above;
	int64_t n_new, n_changed;
	struct {
		story_id *v;
		size_t n, cap;
	} news; /* new or changed */
};

/* What is known of a story that an item may be. */
struct candidate {
	story_id id;
	int64_t ord, title_hash, said, read_at, published;
	feed_id owner;
	struct str guid, url;
	bool member, stored, muted;
};

/* --- seen ------------------------------------------------------------------------- */

static bool
seen_has(const struct seen *s, story_id id)
{
	if (!s->cap)
		return false;
	for (size_t i = (size_t)id % s->cap;; i = (i + 1) % s->cap) {
		if (s->slots[i] == id)
			return true;
		if (s->slots[i] == STORY_NONE)
			return false;
	}
}

static void
seen_put(struct seen *s, story_id id)
{
	size_t i = (size_t)id % s->cap;
	while (s->slots[i] != STORY_NONE)
		i = (i + 1) % s->cap;
	s->slots[i] = id;
}

static void
seen_add(struct seen *s, struct arena *a, story_id id)
{
	if (2 * s->n >= s->cap) {
		struct seen old = *s;
		s->cap = old.cap ? old.cap * 2 : 127;
		s->slots = ARENA_ARRAY(a, story_id, s->cap);
		for (size_t i = 0; i < old.cap; i++)
			if (old.slots[i] != STORY_NONE)
				seen_put(s, old.slots[i]);
	}
	seen_put(s, id);
	s->n++;
}

/* --- beginning and end ------------------------------------------------------------ */

static void
update_free(struct update *u)
{
	ids_clear(&u->listed);
	arena_free(u->arena);
	arena_free(u->scratch);
	free(u);
}

static bool
load_feed(struct update *u, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(u->store,
	    "SELECT url, listed FROM feed WHERE id = ?1", SQL_ARGS(sql_int(u->feed)), e);
	if (!st)
		return false;
	if (!sql_row(u->store, st, &failed, e))
		return failed ? false
			      : err_set(e, ERR_NOT_FOUND, "there is no such feed");
	u->feed_url = sql_get_text(u->arena, st, 0);
	u->listed_before = sql_get_blob(u->arena, st, 1);
	sql_done(st);
	return true;
}

bool
update_begin(struct store *s, feed_id feed, struct str agency, struct str lang,
    int64_t now, struct update **out, struct err *e)
{
	*out = NULL;
	if (!sql_begin(s, e))
		return false;
	struct update *u = heap_alloc(sizeof(*u));
	u->store = s;
	u->feed = feed;
	u->now = now;
	u->arena = arena_new();
	u->scratch = arena_new();
	u->agency = arena_str(u->arena, agency);
	u->lang = arena_str(u->arena, lang);
	if (!load_feed(u, e)) {
		update_rollback(u);
		return false;
	}
	*out = u;
	return true;
}

bool
update_of_archive(struct update *u, struct err *e)
{
	int64_t lowest = 0;
	u->archive = true;
	if (!sql_number(u->store, "SELECT ord FROM member WHERE feed = ?1 ORDER BY ord LIMIT 1",
		SQL_ARGS(sql_int(u->feed)), 0, &lowest, e))
		return false;
	u->not_above = lowest ? list_place_second(lowest) - 1 : u->now - 1;
	return true;
}

void
update_rollback(struct update *u)
{
	if (!u)
		return;
	bool rolled_back = sql_end(u->store, false, NULL);
	(void)rolled_back;
	update_free(u);
}

static bool
write_listed(struct update *u, struct err *e)
{
	struct bytes now = ids_bytes(&u->listed);
	/* No item at all is an answer without news, or one that is not believed. */
	if (u->archive || now.n == 0 ||
	    (now.n == u->listed_before.n &&
		memcmp(now.p, u->listed_before.p, now.n) == 0))
		return true;
	return sql_run(u->store, "UPDATE feed SET listed = ?2 WHERE id = ?1",
	    SQL_ARGS(sql_int(u->feed), sql_blob(now)), e);
}

bool
update_commit(struct update *u, const struct feed_state *state, struct feed_fetch *fetch,
    struct err *e)
{
	struct store *s = u->store;
	bool joined = s->join;
	bool ok = !u->failed && write_listed(u, e);
	if (u->failed)
		err_set(e, ERR_INTERNAL, "an update that has failed cannot be kept");
	if (fetch) {
		fetch->n_new = u->n_new;
		fetch->n_updated = u->n_changed;
	}
	if (ok && state) {
		/* feeds_put would begin a transaction of its own. */
		struct feed_state mine = *state;
		mine.id = u->feed;
		s->join = true;
		ok = feeds_put(s, &mine, fetch, e);
		s->join = joined;
	}
	ok = sql_end(s, ok, e);
	update_free(u);
	return ok;
}

int64_t
update_n_new(const struct update *u)
{
	return u->n_new;
}

int64_t
update_n_changed(const struct update *u)
{
	return u->n_changed;
}

const story_id *
update_news(const struct update *u, size_t *n)
{
	*n = u->news.n;
	return u->news.v;
}

/* --- which story is it ------------------------------------------------------------ */

static bool
load_candidate(struct update *u, struct candidate *c, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(u->store,
	    "SELECT s.ord, s.title_hash, s.read_at, s.stored, s.owner, s.url, m.guid, "
	    "m.said,"
	    " s.published, s.muted_by <> '' FROM story s LEFT JOIN member m ON m.feed = ?2 AND m.ord = "
	    "s.ord"
	    " WHERE s.id = ?1",
	    SQL_ARGS(sql_int(c->id), sql_int(u->feed)), e);
	if (!st)
		return false;
	if (!sql_row(u->store, st, &failed, e))
		return failed ? false : sql_damaged(u->store, e);
	c->ord = sql_get_int(st, 0);
	c->title_hash = sql_get_int(st, 1);
	c->read_at = sql_get_int_or(st, 2, -1);
	c->stored = sql_get_int(st, 3) != 0;
	c->owner = sql_get_int(st, 4);
	c->url = sql_get_text(u->scratch, st, 5);
	c->member = sqlite3_column_type(st, 6) != SQLITE_NULL;
	c->guid = sql_get_text(u->scratch, st, 6);
	c->said = sql_get_int(st, 7);
	c->published = sql_get_int_or(st, 8, STORY_NO_TIME);
	c->muted = sql_get_int(st, 9) != 0;
	sql_done(st);
	return true;
}

static bool
other_story(struct update *u, const struct candidate *c, const struct story *w)
{
	int64_t title = key_headline(u->scratch, w->title);
	bool other_title = title && c->title_hash && title != c->title_hash;
	if (!other_title)
		return false;
	if (c->member && w->guid.n && c->guid.n)
		return !str_eq(w->guid, c->guid);
	return seen_has(&u->seen, c->id);
}

/* The address is taken by another story of this feed.  *key becomes the twin's when
 * there is one, or when both stand in the feed at once. */
static bool
look_for_twin(struct update *u, const struct story *w, struct candidate *c,
    struct str *key, struct err *e)
{
	story_id twin;
	struct str twin_key = key_of_twin(u->scratch, *key, w);
	if (!links_find_key(u->store, twin_key, &twin, e))
		return false;
	if (twin != STORY_NONE) {
		c->id = twin;
		*key = twin_key;
		return load_candidate(u, c, e);
	}
	if (seen_has(&u->seen, c->id)) {
		c->id = STORY_NONE;
		*key = twin_key;
	}
	return true;
}

static int
guid_order(const void *x, const void *y)
{
	const struct by_guid *a = x, *b = y;
	return a->hash < b->hash ? -1 : a->hash > b->hash;
}

static bool
load_guid(struct update *u, story_id id, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(u->store,
	    "SELECT m.guid, s.title_hash, s.published FROM story s"
	    " JOIN member m ON m.feed = ?2 AND m.ord = s.ord WHERE s.id = ?1 AND m.guid "
	    "<> ''",
	    SQL_ARGS(sql_int(id), sql_int(u->feed)), e);
	if (!st)
		return false;
	if (sql_row(u->store, st, &failed, e)) {
		struct bytes guid = sql_peek(st, 0);
		struct by_guid *g = &u->guids[u->n_guids++];
		g->hash = str_hash(str_of((const char *)guid.p, guid.n));
		g->id = id;
		g->title_hash = sql_get_int(st, 1);
		g->published = sql_get_int_or(st, 2, STORY_NO_TIME);
		sql_done(st);
	}
	return !failed;
}

static bool
load_guids(struct update *u, struct err *e)
{
	struct ids before = {0};
	u->guids_loaded = true;
	if (!ids_read(u->arena, u->listed_before, &before))
		before.n = 0; /* only a help: a damaged one helps nobody */
	u->guids = ARENA_ARRAY(u->arena, struct by_guid, before.n + 1);
	for (size_t i = 0; i < before.n; i++)
		if (!load_guid(u, before.v[i], e))
			return false;
	qsort(u->guids, u->n_guids, sizeof(*u->guids), guid_order);
	for (size_t i = 1; i < u->n_guids; i++)
		if (u->guids[i].hash == u->guids[i - 1].hash)
			u->guids[i].twice = u->guids[i - 1].twice = true;
	return true;
}

static bool
find_by_guid(struct update *u, const struct story *w, story_id *id, struct err *e)
{
	*id = STORY_NONE;
	if (w->guid.n == 0 || u->listed_before.n == 0)
		return true;
	if (!u->guids_loaded && !load_guids(u, e))
		return false;
	struct by_guid wanted = {.hash = str_hash(w->guid)};
	const struct by_guid *g =
	    bsearch(&wanted, u->guids, u->n_guids, sizeof(wanted), guid_order);
	if (!g || g->twice || seen_has(&u->seen, g->id))
		return true;
	int64_t title = key_headline(u->scratch, w->title);
	if ((title && title == g->title_hash) ||
	    (w->published != STORY_NO_TIME && w->published == g->published))
		*id = g->id;
	return true;
}

/* c->id is STORY_NONE when it is new, under *key. */
static bool
find_story(struct update *u, const struct story *w, struct candidate *c, struct str *key,
    struct err *e)
{
	*key = key_of_story(u->scratch, u->feed_url, w);
	if (!links_find_key(u->store, *key, &c->id, e))
		return false;
	if (c->id != STORY_NONE) {
		if (!load_candidate(u, c, e))
			return false;
		return !other_story(u, c, w) || look_for_twin(u, w, c, key, e);
	}
	if (!find_by_guid(u, w, &c->id, e))
		return false;
	if (c->id == STORY_NONE)
		return true;
	return load_candidate(u, c, e) && write_alias(u->store, u->scratch, c->id, *key, e);
}

/* --- writing ---------------------------------------------------------------------- */

static bool
add_member(struct update *u, story_id id, int64_t ord, bool unread, struct str guid,
    int64_t said, struct err *e)
{
	return sql_run(u->store,
		   "INSERT INTO member(feed, ord, story, unread, guid, said, seen_at)"
		   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
		   SQL_ARGS(sql_int(u->feed), sql_int(ord), sql_int(id), sql_int(unread),
		       sql_text(guid), sql_int(said), sql_int(u->now)),
		   e) &&
	    tally_member(u->store, u->feed, unread, e);
}

static bool
add_new(struct update *u, const struct story *w, struct str key, int64_t said,
    struct update_outcome *o, struct err *e)
{
	int64_t ord;
	struct write_place place = {key, u->feed, u->now, u->not_above};
	if (!write_new(u->store, u->scratch, w, &place, WRITE_ITEM, &o->id, &ord, e) ||
	    !add_member(u, o->id, ord, true, w->guid, said, e))
		return false;
	if (w->canonical.n && w->url.n &&
	    !write_alias(u->store, u->scratch, o->id, key_of_url(u->scratch, w->url), e))
		return false;
	o->result = UPDATE_NEW;
	o->stored = w->full;
	u->n_new++;
	return true;
}

/* A story that was fetched as a link's target, and now a feed brings it: then it is
 * news. */
static bool
become_news(struct update *u, const struct candidate *c, bool *unread, struct err *e)
{
	*unread = c->read_at < 0;
	if (c->read_at != 0 || c->muted)
		return true;
	*unread = true;
	return sql_run(u->store,
	    "UPDATE story SET read_at = NULL, owner = iif(owner = 0, ?2, owner) WHERE id "
	    "= ?1",
	    SQL_ARGS(sql_int(c->id), sql_int(u->feed)), e);
}

static bool
may_change(struct update *u, const struct candidate *c)
{
	return c->owner == u->feed || c->owner == FEED_NONE ||
	    key_same_site(u->scratch, u->feed_url, c->url);
}

static bool
change_known(struct update *u, const struct story *w, const struct candidate *c,
    int64_t said, struct update_outcome *o, struct err *e)
{
	bool changed = false;
	if (may_change(u, c) &&
	    !write_known(u->store, u->scratch, c->id, w, WRITE_ITEM, u->now, &changed, e))
		return false;
	if (changed) {
		o->result = UPDATE_CHANGED;
		u->n_changed++;
	}
	o->stored = c->stored || w->full;
	return sql_run(u->store,
	    "UPDATE member SET said = ?3, guid = ?4 WHERE feed = ?1 AND ord = ?2",
	    SQL_ARGS(sql_int(u->feed), sql_int(c->ord), sql_int(said), sql_text(w->guid)),
	    e);
}

static bool
join_known(struct update *u, const struct story *w, const struct candidate *c,
    int64_t said, struct update_outcome *o, struct err *e)
{
	bool unread, changed;
	if (!become_news(u, c, &unread, e) ||
	    !add_member(u, c->id, c->ord, unread, w->guid, said, e))
		return false;
	o->stored = c->stored || w->full;
	/* The first wording stays, but a full text is better than none. */
	if (!w->full || c->stored)
		return true;
	return write_known(
	    u->store, u->scratch, c->id, w, WRITE_ITEM, u->now, &changed, e);
}

/* An archive adds a story to the feed; what it says of it may be older than what is known. */
static bool
join_archive(struct update *u, const struct story *w, const struct candidate *c, int64_t said,
    struct err *e)
{
	return c->member || add_member(u, c->id, c->ord, c->read_at < 0, w->guid, said, e);
}

static bool
write_story(
    struct update *u, const struct story *w, struct update_outcome *o, struct err *e)
{
	struct candidate c = {0};
	struct str key;
	int64_t said = key_said(w);

	if (!find_story(u, w, &c, &key, e))
		return false;
	if (c.id == STORY_NONE)
		return add_new(u, w, key, said, o, e);
	o->id = c.id;
	o->stored = c.stored;
	if (seen_has(&u->seen, c.id) || (c.member && c.said == said))
		return true;
	if (u->archive)
		return join_archive(u, w, &c, said, e);
	return c.member ? change_known(u, w, &c, said, o, e)
			: join_known(u, w, &c, said, o, e);
}

bool
update_story(struct update *u, const struct story *story, struct update_outcome *out,
    struct err *e)
{
	struct story w = *story;
	struct update_outcome o = {UPDATE_SAME, STORY_NONE, false};

	arena_reset(u->scratch);
	if (w.agency.n == 0)
		w.agency = u->agency;
	if (w.lang.n == 0)
		w.lang = u->lang;
	if (u->failed || !write_story(u, &w, &o, e)) {
		u->failed = true;
		return false;
	}
	if (!seen_has(&u->seen, o.id)) {
		seen_add(&u->seen, u->arena, o.id);
		ids_add(&u->listed, o.id);
	}
	if (o.result != UPDATE_SAME)
		ARENA_PUSH(u->arena, &u->news, o.id);
	if (out)
		*out = o;
	return true;
}
