#include "store/links.h"

#include "store/key.h"
#include "store/sql.h"

enum {
	/* Stories of one headline that are looked at: agencies repeat "Daily weather" every
	 * day. */
	MAX_NAMESAKES = 8,
	/* A headline names a story that was there already, give or take clocks and zones, and
	 * that readers may still know. */
	NAMESAKE_LATER_SECONDS = 2 * 24 * 3600,
	NAMESAKE_OLDER_SECONDS = 3 * 365 * 24 * 3600,
};

bool
links_find_key(struct store *s, struct str key, story_id *id, struct err *e)
{
	if (key.n == 0) {
		*id = STORY_NONE;
		return true;
	}
	if (!sql_number(s, "SELECT id FROM story WHERE key = ?1", SQL_ARGS(sql_text(key)),
		0, id, e))
		return false;
	return *id != STORY_NONE ||
	    sql_number(s, "SELECT story FROM alias WHERE key = ?1",
		SQL_ARGS(sql_text(key)), 0, id, e);
}

struct namesake {
	story_id id;
	int64_t cluster;
	bool same_site;
};

struct namesakes {
	struct namesake v[MAX_NAMESAKES];
	size_t n;
};

static bool
in_time(const struct story *from, int64_t published)
{
	if (from->published == STORY_NO_TIME || published == 0)
		return true;
	return published <= from->published + NAMESAKE_LATER_SECONDS &&
	    published >= from->published - NAMESAKE_OLDER_SECONDS;
}

/* One story, or several that tell of one event, the newest first: then that.  STORY_NONE: it
 * may be any of them. */
static story_id
only_one(const struct namesakes *all, bool same_site)
{
	const struct namesake *first = NULL;
	for (size_t i = 0; i < all->n; i++) {
		const struct namesake *one = &all->v[i];
		if (same_site && !one->same_site)
			continue;
		if (!first)
			first = one;
		else if (one->cluster == 0 || one->cluster != first->cluster)
			return STORY_NONE;
	}
	return first ? first->id : STORY_NONE;
}

/*
 * The story that the headline means.  When several of different events have it, it is the one
 * of the site that cites it, or nobody: a wrong edge is worse than none.
 */
static bool
find_title(struct store *s, struct arena *a, struct str title, int64_t hash,
    story_id self, const struct story *from, story_id *id, struct err *e)
{
	bool failed = false;
	struct namesakes all = {0};
	*id = STORY_NONE;
	if (hash == 0)
		return true;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT id, title, cluster, url, published FROM story WHERE title_hash = ?1"
	    " AND id <> ?2 ORDER BY id DESC LIMIT ?3", /* as the index has them */
	    SQL_ARGS(sql_int(hash), sql_int(self), sql_int(MAX_NAMESAKES)), e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e)) {
		struct namesake one = {.id = sql_get_int(st, 0), .cluster = sql_get_int(st, 2)};
		if (!in_time(from, sql_get_int(st, 4)) ||
		    !key_same_headline(a, title, sql_get_text(a, st, 1)))
			continue;
		one.same_site = key_same_site(a, from->url, sql_get_text(a, st, 3));
		all.v[all.n++] = one;
	}
	sql_done(st);
	*id = only_one(&all, false);
	if (*id == STORY_NONE)
		*id = only_one(&all, true);
	return !failed;
}

static bool
write_one(struct store *s, struct arena *a, story_id from, const struct story *story,
    size_t seq, struct err *e)
{
	const struct story_link *l = &story->links.v[seq];
	struct str key = key_of_url(a, l->url);
	/* A link with an address never waits for a headline. */
	int64_t title_hash = key.n ? 0 : key_headline(a, l->title);
	story_id to;
	bool found = key.n ? links_find_key(s, key, &to, e)
			   : find_title(s, a, l->title, title_hash, from, story, &to, e);
	if (!found)
		return false;
	return sql_run(s,
	    "INSERT INTO link(from_story, seq, kind, label, title, url, after, to_key, "
	    "title_hash,"
	    " to_story) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
	    SQL_ARGS(sql_int(from), sql_int((int64_t)seq), sql_int(l->kind),
		sql_text(l->label), sql_text(l->title), sql_text(l->url),
		sql_int(l->after), key.n ? sql_text(key) : sql_null(),
		sql_int(title_hash), sql_int_or(to, STORY_NONE)),
	    e);
}

bool
links_add(struct store *s, struct arena *a, story_id from, const struct story *story,
    struct err *e)
{
	for (size_t i = 0; i < story->links.n && i < STORY_MAX_LINKS; i++)
		if (!write_one(s, a, from, story, i, e))
			return false;
	return true;
}

bool
links_write(struct store *s, struct arena *a, story_id from, const struct story *story,
    struct err *e)
{
	return sql_run(s, "DELETE FROM link WHERE from_story = ?1", SQL_ARGS(sql_int(from)),
		   e) &&
	    links_add(s, a, from, story, e);
}

/* A link that leads nowhere yet. */
struct waiting {
	int64_t from, seq;
};

struct waitings {
	struct waiting *v;
	size_t n, cap;
};

/* Row by row: SQLite would first copy what an UPDATE of many rows is about. */
static bool
lead(struct store *s, story_id to, const struct waitings *w, struct err *e)
{
	for (size_t i = 0; i < w->n; i++)
		if (!sql_run(s, "UPDATE link SET to_story = ?1 WHERE from_story = ?2 AND seq = ?3",
			SQL_ARGS(sql_int(to), sql_int(w->v[i].from), sql_int(w->v[i].seq)), e))
			return false;
	return true;
}

bool
links_arrive_key(struct store *s, struct arena *a, story_id id, struct str key, struct err *e)
{
	bool failed = false;
	struct waitings waiting = {0};
	sqlite3_stmt *st = sql_query(s,
	    "SELECT from_story, seq FROM link WHERE to_key = ?1 AND to_story IS NULL",
	    SQL_ARGS(sql_text(key)), e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e)) {
		struct waiting w = {sql_get_int(st, 0), sql_get_int(st, 1)};
		ARENA_PUSH(a, &waiting, w);
	}
	return !failed && lead(s, id, &waiting, e);
}

static bool
find_waiting(struct store *s, struct arena *a, story_id id, struct str title,
    int64_t hash, struct waitings *out, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT from_story, seq, title FROM link WHERE title_hash = ?1 AND to_story "
	    "IS NULL"
	    " AND to_key IS NULL AND from_story <> ?2",
	    SQL_ARGS(sql_int(hash), sql_int(id)), e);
	if (!st)
		return false;
	while (sql_row(s, st, &failed, e)) {
		struct waiting w = {sql_get_int(st, 0), sql_get_int(st, 1)};
		if (key_same_headline(a, title, sql_get_text(a, st, 2)))
			ARENA_PUSH(a, out, w);
	}
	return !failed;
}

bool
links_arrive_title(
    struct store *s, struct arena *a, story_id id, struct str title, struct err *e)
{
	struct waitings waiting = {0};
	int64_t hash = key_headline(a, title);
	if (hash == 0)
		return true;
	if (!find_waiting(s, a, id, title, hash, &waiting, e))
		return false;
	/* What still waits although the headline is known could not tell who is meant. */
	int64_t other = 0;
	if (waiting.n > 0 &&
	    !sql_number(s, "SELECT 1 FROM story WHERE title_hash = ?1 AND id <> ?2 LIMIT 1",
		SQL_ARGS(sql_int(hash), sql_int(id)), 0, &other, e))
		return false;
	if (other)
		return true;
	return lead(s, id, &waiting, e);
}
