#include "store/mark_walk.h"

#include "store/event.h"
#include "store/list.h"
#include "store/mark_part.h"
#include "store/plan.h"
#include "store/sql.h"

/* Of a whole scope only the stories that the mark will change are worth a place. */
static struct query *
narrowed(struct arena *a, const struct query *q, enum mark_what what)
{
	static const char *const conditions[] = {
	    [MARK_READ] = "is:unread",
	    [MARK_UNREAD] = "is:read",
	    [MARK_STAR] = "-is:starred",
	    [MARK_UNSTAR] = "is:starred",
	};
	struct query *condition;
	bool ok = query_parse(
	    a, str_z(conditions[what]), (struct query_feeds){0}, 0, 0, &condition, NULL);
	return ok ? query_and(a, q, condition) : NULL;
}

static bool
read_scope(struct arena *a, const struct mark_change *c, struct query_feeds feeds, struct query **q,
    struct err *e)
{
	if (c->feed != FEED_NONE)
		*q = query_of_feeds(a, &c->feed, 1);
	else if (!query_parse(a, c->scope, feeds, c->begun, (int32_t)c->zone, q, e))
		return false;
	*q = narrowed(a, *q, c->what);
	return *q || err_set(e, ERR_INTERNAL, "no such mark");
}

/* A star is for the story that was meant; with everything meant, nothing is missing. */
static bool
has_twins(struct store *s, const struct mark_change *c, bool ids, bool *has, struct err *e)
{
	int64_t any = 0;
	bool asks = !mark_is_star(c->what) && (ids || c->feed != FEED_NONE || c->scope.n);
	bool ok = !asks ||
	    sql_number(s, "SELECT EXISTS (SELECT 1 FROM twin)", SQL_NO_ARGS, 0, &any, e);
	*has = any != 0;
	return ok;
}

/* And what says the very same by another way; what was there already is left alone later. */
static bool
add_story(struct store *s, bool twins, struct ids_writer *ids, story_id id, struct err *e)
{
	ids_add(ids, id);
	if (!twins)
		return true;
	story_id *others;
	size_t n = 0;
	struct arena *a = arena_new();
	bool ok = event_twins(s, a, id, &others, &n, e);
	for (size_t i = 0; ok && i < n; i++)
		ids_add(ids, others[i]);
	arena_free(a);
	return ok;
}

bool
mark_walk_on(struct store *s, struct arena *a, struct mark_change *c, struct query_feeds feeds,
    struct err *e)
{
	struct query *q;
	struct hits hits;
	struct ids_writer ids = {0};
	size_t limit = c->parts ? MARK_STEP : MARK_FIRST, n = 0;
	bool twins;
	bool ok = has_twins(s, c, false, &twins, e) && read_scope(a, c, feeds, &q, e) &&
	    plan_window(s, a, q, c->place, LIST_OLDER, limit, &hits, e);
	for (size_t i = 0; ok && i < hits.n; i++) {
		int64_t id;
		c->place = hits.v[i].ord;
		ok = sql_number(s, "SELECT id FROM story WHERE ord = ?1", SQL_ARGS(sql_int(c->place)),
		    STORY_NONE, &id, e);
		if (!ok || id == STORY_NONE || id > c->newest)
			continue;
		ok = add_story(s, twins, &ids, id, e);
		n++;
	}
	if (ok && hits.n < limit)
		c->place = MARK_NO_PLACE;
	ok = ok && (n == 0 || mark_part_put(s, c, &ids, e));
	ids_clear(&ids);
	return ok;
}

/* The first part is what a screen shows. */
bool
mark_walk_ids(struct store *s, struct mark_change *c, const struct mark *m, struct err *e)
{
	struct ids_writer part = {0};
	bool twins, ok = has_twins(s, c, true, &twins, e);
	size_t in_part = 0;
	for (size_t i = 0; ok && i < m->n_ids; i++) {
		ok = add_story(s, twins, &part, m->ids[i], e);
		if (++in_part < (c->parts ? MARK_STEP : MARK_FIRST) && i + 1 < m->n_ids)
			continue;
		ok = ok && mark_part_put(s, c, &part, e);
		in_part = 0;
	}
	ids_clear(&part);
	return ok;
}
