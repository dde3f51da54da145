#include "store/plan.h"

#include <stdlib.h>
#include <string.h>

#include "store/plan_walk.h"
#include "store/rank.h"

/* One way after the other into the same window: what the first ones found bounds the rest. */
static bool
walk_ways(struct plan *whole, const struct query *q, struct err *e)
{
	struct plan_ways ways = plan_ways(whole->arena, q ? q : &plan_everything);
	for (size_t i = 0; i < ways.n; i++) {
		struct plan p = *whole;
		p.query = &ways.v[i];
		if (p.best.n == p.limit && p.direction == LIST_OLDER)
			p.low = p.best.v[p.best.n - 1].ord;
		if (p.best.n == p.limit && p.direction == LIST_NEWER)
			p.high = p.best.v[p.best.n - 1].ord;
		if (!plan_choose(&p, e) || !plan_walk(&p, e))
			return false;
		whole->best = p.best;
	}
	return true;
}

bool
plan_window(struct store *s, struct arena *a, const struct query *q, int64_t place,
    enum list_direction direction, size_t limit, struct hits *out, struct err *e)
{
	struct plan p = {.store = s,
	    .arena = a,
	    .direction = direction,
	    .limit = limit,
	    .low = direction == LIST_NEWER ? place : INT64_MIN,
	    .high = direction == LIST_OLDER ? place : INT64_MAX};
	*out = (struct hits){0};
	if (limit == 0)
		return true;
	if (!walk_ways(&p, q, e))
		return false;
	*out = p.best;
	return true;
}

bool
plan_one(struct store *s, struct arena *a, const struct query *q, int64_t ord,
    struct hits *out, struct err *e)
{
	struct plan p = {.store = s,
	    .arena = a,
	    .direction = LIST_OLDER,
	    .limit = 1,
	    .low = ord - 1,
	    .high = ord + 1};
	bool ok = walk_ways(&p, q, e);
	*out = p.best;
	return ok;
}

bool
plan_explain(struct store *s, struct arena *a, const struct query *q, struct buf *out,
    struct err *e)
{
	struct plan p = {.store = s,
	    .arena = a,
	    .direction = LIST_OLDER,
	    .limit = 50,
	    .low = INT64_MIN,
	    .high = INT64_MAX,
	    .explain = out};
	return walk_ways(&p, q, e);
}

/* --- ranking ---------------------------------------------------------------------- */

static int
by_score(const void *x, const void *y)
{
	const struct hit *a = x, *b = y;
	if (a->score != b->score)
		return a->score < b->score ? -1 : 1;
	return a->ord > b->ord ? -1 : a->ord < b->ord;
}

/* The rows of the index, best first or not: the newest that have the words. */
static bool
add_newest(struct plan *p, struct where *w, struct err *e)
{
	int64_t low, high;
	if (!sql_number(p->store, "SELECT min(ord) FROM story", SQL_NO_ARGS, 0, &low, e) ||
	    !sql_number(p->store, "SELECT max(ord) FROM story", SQL_NO_ARGS, 0, &high, e))
		return false;
	where_add(w, "(SELECT rowid AS ord, " RANK_NAME "(story_fts, ");
	where_arg(w, sql_int(low));
	where_add(w, ", ");
	where_arg(w, sql_int(high));
	where_add(w, ") AS score FROM story_fts WHERE story_fts MATCH ");
	where_arg(w, sql_text(p->match));
	where_add(w, " AND rowid > ");
	where_arg(w, sql_int(p->low));
	where_add(w, " AND rowid < ");
	where_arg(w, sql_int(p->high));
	where_add(w,
	    " AND NOT EXISTS (SELECT 1 FROM unindexed u WHERE u.ord = story_fts.rowid)"
	    " ORDER BY rowid DESC LIMIT ");
	where_arg(w, sql_int((int64_t)p->limit));
	where_add(w, ")");
	return true;
}

/* The conditions that are left, for which the story's row is needed. */
static bool
add_conditions(struct plan *p, struct where *w, struct err *e)
{
	if (!plan_needs_story(p))
		return true;
	if (!plan_look_at_waiting(p, e))
		return false;
	w->waiting = p->waiting;
	where_add(w, " CROSS JOIN story s ON s.ord = f.ord WHERE 1");
	for (size_t i = 0; i < p->n_terms; i++) {
		if (p->used[i])
			continue;
		where_add(w, " AND ");
		if (!where_term(w, p->terms[i], e))
			return false;
	}
	plan_add_hidden(p, w);
	return true;
}

static bool
run_scores(struct plan *p, struct where *w, struct hits *out, struct err *e)
{
	struct {
		struct hit *v;
		size_t n, cap;
	} found = {0};
	bool failed = false;
	ARENA_PUSH(p->arena, &w->args, ((struct sql_arg){.type = SQL_END}));
	sqlite3_stmt *st = sql_query(p->store, buf_z(&w->text), w->args.v, e);
	while (st && sql_row(p->store, st, &failed, e)) {
		struct hit hit = {sql_get_int(st, 0), sqlite3_column_double(st, 1)};
		ARENA_PUSH(p->arena, &found, hit);
	}
	*out = (struct hits){found.v, found.n};
	return st && !failed;
}

static bool
score_indexed(struct plan *p, struct hits *out, struct err *e)
{
	struct where w = {.store = p->store,
	    .arena = p->arena,
	    .query = p->query,
	    .words = p->words,
	    .waiting = p->waiting};
	where_add(&w, "SELECT f.ord, f.score FROM ");
	bool ok = add_newest(p, &w, e);
	where_add(&w, " f");
	ok = ok && add_conditions(p, &w, e) && run_scores(p, &w, out, e);
	buf_clear(&w.text);
	return ok;
}

/* What waits for the index has no score yet: it stands in the middle. */
static void
score_waiting(struct plan *p, struct hits *indexed)
{
	size_t n = indexed->n + p->best.n;
	struct hit *all = ARENA_ARRAY(p->arena, struct hit, n);
	if (indexed->n)
		qsort(indexed->v, indexed->n, sizeof(*all), by_score);
	double middle = indexed->n ? indexed->v[indexed->n / 2].score : 0;
	if (indexed->n)
		memcpy(all, indexed->v, indexed->n * sizeof(*all));
	for (size_t i = 0; i < p->best.n; i++)
		all[indexed->n + i] = (struct hit){p->best.v[i].ord, middle};
	if (n)
		qsort(all, n, sizeof(*all), by_score);
	*indexed = (struct hits){all, n};
}

enum { UNRANKED = 200 };

bool
plan_best(struct store *s, struct arena *a, const struct query *q, size_t among,
    struct hits *out, struct err *e)
{
	struct plan p = {.store = s,
	    .arena = a,
	    .query = q,
	    .direction = LIST_OLDER,
	    .limit = among,
	    .low = INT64_MIN,
	    .high = INT64_MAX};
	if (plan_ways(a, q).n > 1)
		return plan_window(s, a, q, LIST_TOP, LIST_OLDER, among, out, e);
	if (!plan_choose(&p, e))
		return false;
	/* Nothing that could be ranked: by date.  A beginning of a few letters is in most stories
	 * and says nothing of any; and only the newest are found soon, see plan_walk.c. */
	if (p.driver != DRIVE_WORDS || p.has_short)
		return plan_window(s, a, q, LIST_TOP, LIST_OLDER, p.has_short ? UNRANKED : among, out, e);
	if (!plan_walk_waiting(&p, e))
		return false;
	p.low = INT64_MIN;
	plan_narrow(&p);
	if (!score_indexed(&p, out, e))
		return false;
	score_waiting(&p, out);
	return true;
}
