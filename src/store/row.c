#include "store/row.h"

#include "store/sql.h"
#include "story/story.h"

/* Counted when it is shown, a few steps in two indexes: to keep it would write a story for every
 * link that leads to it. */
#define RELATED                                                                          \
	"(SELECT count(*) FROM link WHERE from_story = story.id)"                        \
	" + (SELECT count(*) FROM (SELECT 1 FROM link WHERE to_story = story.id"         \
	" AND from_story <> story.id LIMIT 10000))"

#define COLUMNS                                                                          \
	"SELECT id, ord, key, url, title, agency, place, byline, lang, published, "      \
	"updated,"                                                                       \
	" first_seen, read_at, " RELATED ", cluster, version, urgency, status, "         \
	"published_offset,"                                                              \
	" starred, stored, gone, updated_since_read, advertorial, rights FROM story "    \
	"WHERE "

static void
get_row(struct arena *a, sqlite3_stmt *st, struct story_row *r)
{
	r->id = sql_get_int(st, 0);
	r->ord = sql_get_int(st, 1);
	r->key = sql_get_text(a, st, 2);
	r->url = sql_get_text(a, st, 3);
	r->title = sql_get_text(a, st, 4);
	r->agency = sql_get_text(a, st, 5);
	r->place = sql_get_text(a, st, 6);
	r->byline = sql_get_text(a, st, 7);
	r->lang = sql_get_text(a, st, 8);
	r->published = sql_get_int_or(st, 9, STORY_NO_TIME);
	r->updated = sql_get_int_or(st, 10, STORY_NO_TIME);
	r->first_seen = sql_get_int(st, 11);
	r->unread = sql_get_int_or(st, 12, -1) == -1;
	r->read_at = sql_get_int(st, 12);
	r->related_count = sql_get_int(st, 13);
	r->cluster = sql_get_int(st, 14);
	r->version = (int)sql_get_int(st, 15);
	r->urgency = (int)sql_get_int(st, 16);
	r->status = (int)sql_get_int(st, 17);
	r->published_offset = (int32_t)sql_get_int(st, 18);
	r->starred = sql_get_int(st, 19) > 0;
	r->stored = sql_get_int(st, 20) != 0;
	r->gone = sql_get_int(st, 21) > 0;
	r->updated_since_read = sql_get_int(st, 22) != 0;
	r->advertorial = sql_get_int(st, 23) != 0;
	r->rights = sql_get_text(a, st, 24);
}

static bool
get_feeds(struct store *s, struct arena *a, struct story_row *r, struct err *e)
{
	feed_id ids[ROW_MAX_FEEDS];
	bool failed = false;
	sqlite3_stmt *st = sql_query(s,
	    "SELECT feed FROM member WHERE story = ?1 ORDER BY feed LIMIT ?2",
	    SQL_ARGS(sql_int(r->id), sql_int(ROW_MAX_FEEDS)), e);
	if (!st)
		return false;
	r->n_feeds = 0;
	while (sql_row(s, st, &failed, e))
		ids[r->n_feeds++] = sql_get_int(st, 0);
	feed_id *copy = ARENA_ARRAY(a, feed_id, (size_t)r->n_feeds + 1);
	for (int i = 0; i < r->n_feeds; i++)
		copy[i] = ids[i];
	r->feeds = copy;
	return !failed;
}

static bool
load(struct store *s, struct arena *a, const char *text, int64_t value,
    struct story_row *r, bool *found, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(s, text, SQL_ARGS(sql_int(value)), e);
	*found = false;
	if (!st)
		return false;
	if (!sql_row(s, st, &failed, e))
		return !failed;
	get_row(a, st, r);
	sql_done(st);
	*found = true;
	return get_feeds(s, a, r, e);
}

bool
row_by_ord(struct store *s, struct arena *a, int64_t ord, struct story_row *r,
    bool *found, struct err *e)
{
	return load(s, a, COLUMNS "ord = ?1", ord, r, found, e);
}

bool
row_by_id(struct store *s, struct arena *a, story_id id, struct story_row *r, bool *found,
    struct err *e)
{
	return load(s, a, COLUMNS "id = ?1", id, r, found, e);
}
