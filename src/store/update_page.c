/*
 * Pages of stories: a full text that was fetched, or the news that there is none.
 */
#include "store/key.h"
#include "store/links.h"
#include "store/merge.h"
#include "store/sql.h"
#include "store/story_write.h"
#include "store/update.h"

/* The canonical address of a page is believed when it is of the site that was asked, or
 * led to. */
static struct str
own_key(struct arena *a, struct str asked, const struct story *page)
{
	struct str canonical = key_canonical(a, page);
	if (canonical.n && page->url.n == 0 && !key_same_site(a, asked, canonical))
		canonical = STR("");
	return key_of_url(a, canonical.n ? canonical : page->url);
}

static bool
add_page(struct store *s, struct arena *a, struct str key, const struct story *page,
    int64_t now, struct update_outcome *o, struct err *e)
{
	int64_t ord;
	struct write_place place = {key, FEED_NONE, now, 0};
	o->result = UPDATE_NEW;
	return write_new(s, a, page, &place, WRITE_PAGE, &o->id, &ord, e);
}

/* The page calls itself by an address that another row has: that row is the same story.
 */
static bool
join_twins(struct store *s, story_id *id, story_id other, struct err *e)
{
	story_id keep = *id < other ? *id : other;
	story_id drop = *id < other ? other : *id;
	*id = keep;
	return merge_stories(s, keep, drop, e);
}

static bool
put_page(struct store *s, struct arena *a, story_id id, struct str asked,
    const struct story *page, int64_t now, struct update_outcome *o, struct err *e)
{
	struct str asked_key = key_of_url(a, asked), own = own_key(a, asked, page);
	struct str key = own.n ? own : asked_key;
	story_id other;
	bool changed = false;

	if (id == STORY_NONE && !links_find_key(s, asked_key, &id, e))
		return false;
	if (!links_find_key(s, own, &other, e))
		return false;
	if (id == STORY_NONE)
		id = other;
	else if (other != STORY_NONE && other != id && !join_twins(s, &id, other, e))
		return false;
	o->id = id;
	if (id == STORY_NONE) {
		if (key.n == 0)
			return err_set(
			    e, ERR_USAGE, "a page without an address cannot be stored");
		if (!add_page(s, a, key, page, now, o, e))
			return false;
	} else if (!write_known(s, a, id, page, WRITE_PAGE, now, &changed, e)) {
		return false;
	} else if (changed) {
		o->result = UPDATE_CHANGED;
	}
	struct str led_to = key_of_url(a, page->url); /* by redirects; own may be another */
	return write_alias(s, a, o->id, asked_key, e) && write_alias(s, a, o->id, own, e) &&
	    write_alias(s, a, o->id, led_to, e) &&
	    sql_run(s, "DELETE FROM gone WHERE key IN (?1, ?2)",
		SQL_ARGS(sql_text(asked_key), sql_text(own)), e);
}

static bool
is_stored(struct store *s, story_id id, bool *stored, struct err *e)
{
	int64_t n = 0;
	bool ok = sql_number(
	    s, "SELECT stored FROM story WHERE id = ?1", SQL_ARGS(sql_int(id)), 0, &n, e);
	*stored = n != 0;
	return ok;
}

bool
update_page(struct store *s, story_id id, struct str asked, const struct story *page,
    int64_t now, struct update_outcome *out, struct err *e)
{
	struct update_outcome o = {UPDATE_SAME, STORY_NONE, false};
	if (!sql_begin(s, e))
		return false;
	struct arena *a = arena_new();
	bool ok = put_page(s, a, id, asked, page, now, &o, e) &&
	    is_stored(s, o.id, &o.stored, e);
	arena_free(a);
	ok = sql_end(s, ok, e);
	if (ok && out)
		*out = o;
	return ok;
}

static bool
mark_gone(struct store *s, story_id id, struct str key, int64_t now, struct err *e)
{
	if (id == STORY_NONE && !links_find_key(s, key, &id, e))
		return false;
	if (id != STORY_NONE)
		return sql_run(s, "UPDATE story SET gone = ?2 WHERE id = ?1",
		    SQL_ARGS(sql_int(id), sql_int(now)), e);
	return key.n == 0 ||
	    sql_run(s, "INSERT OR REPLACE INTO gone VALUES (?1, ?2)",
		SQL_ARGS(sql_text(key), sql_int(now)), e);
}

bool
update_page_gone(
    struct store *s, story_id id, struct str asked, int64_t now, struct err *e)
{
	struct arena *a = arena_new();
	bool ok = sql_begin(s, e) &&
	    sql_end(s, mark_gone(s, id, key_of_url(a, asked), now, e), e);
	arena_free(a);
	return ok;
}
