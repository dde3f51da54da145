#include "store/links.h"

#include "store/key.h"
#include "store/sql.h"

/* Stories of one headline that are looked at: agencies repeat "Daily weather" every
 * day. */
enum { MAX_NAMESAKES = 8 };

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

static bool
find_title(struct store *s, struct arena *a, struct str title, int64_t hash,
    story_id self, story_id *id, struct err *e)
{
	bool failed = false;
	*id = STORY_NONE;
	if (hash == 0)
		return true;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT id, title FROM story WHERE title_hash = ?1 AND id <> ?2"
	    " ORDER BY ord DESC LIMIT ?3",
	    SQL_ARGS(sql_int(hash), sql_int(self), sql_int(MAX_NAMESAKES)), e);
	if (!st)
		return false;
	while (*id == STORY_NONE && sql_row(s, st, &failed, e))
		if (key_same_headline(a, title, sql_get_text(a, st, 1)))
			*id = sql_get_int(st, 0);
	sql_done(st);
	return !failed;
}

static bool
write_one(struct store *s, struct arena *a, story_id from, size_t seq,
    const struct story_link *l, struct err *e)
{
	struct str key = key_of_url(a, l->url);
	int64_t title_hash = key_headline(a, l->title);
	story_id to;
	bool found = key.n ? links_find_key(s, key, &to, e)
			   : find_title(s, a, l->title, title_hash, from, &to, e);
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

size_t
links_count(const struct story *story)
{
	return story->links.n < STORY_MAX_LINKS ? story->links.n : STORY_MAX_LINKS;
}

bool
links_add(struct store *s, struct arena *a, story_id from, const struct story *story,
    struct err *e)
{
	for (size_t i = 0; i < links_count(story); i++)
		if (!write_one(s, a, from, i, &story->links.v[i], e))
			return false;
	return true;
}

bool
links_write(struct store *s, struct arena *a, story_id from, const struct story *story,
    struct err *e)
{
	if (!sql_run(
		s, "DELETE FROM link WHERE from_story = ?1", SQL_ARGS(sql_int(from)), e))
		return false;
	int64_t more = (int64_t)links_count(story) - sql_changes(s);
	return links_add(s, a, from, story, e) &&
	    (more == 0 ||
		sql_run(s, "UPDATE story SET related = related + ?2 WHERE id = ?1",
		    SQL_ARGS(sql_int(from), sql_int(more)), e));
}

bool
links_arrive_key(struct store *s, story_id id, struct str key, struct err *e)
{
	/* Mostly nothing waits, and to look costs a third of an update of nothing. */
	int64_t waits;
	if (!sql_number(s,
		"SELECT 1 FROM link WHERE to_key = ?1 AND to_story IS NULL LIMIT 1",
		SQL_ARGS(sql_text(key)), 0, &waits, e))
		return false;
	return !waits ||
	    sql_run(s,
		"UPDATE link SET to_story = ?1 WHERE to_key = ?2 AND to_story IS NULL",
		SQL_ARGS(sql_int(id), sql_text(key)), e);
}

struct waiting {
	int64_t from, seq;
};

struct waitings {
	struct waiting *v;
	size_t n, cap;
};

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
	for (size_t i = 0; i < waiting.n; i++)
		if (!sql_run(s,
			"UPDATE link SET to_story = ?1 WHERE from_story = ?2 AND seq = "
			"?3",
			SQL_ARGS(sql_int(id), sql_int(waiting.v[i].from),
			    sql_int(waiting.v[i].seq)),
			e))
			return false;
	return true;
}
