#include "store/plan.h"

#include <stdlib.h>
#include <string.h>

#include "store/plan_walk.h"

bool
plan_window(struct store *s, struct arena *a, const struct query *q, int64_t place,
    enum list_direction direction, size_t limit, struct hits *out, struct err *e)
{
	struct plan p = {.store = s,
	    .arena = a,
	    .query = q,
	    .direction = direction,
	    .limit = limit,
	    .low = direction == LIST_NEWER ? place : INT64_MIN,
	    .high = direction == LIST_OLDER ? place : INT64_MAX};
	*out = (struct hits){0};
	if (limit == 0)
		return true;
	if (!plan_choose(&p, e) || !plan_look_at_waiting(&p, e) || !plan_walk(&p, e))
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
	    .query = q,
	    .direction = LIST_OLDER,
	    .limit = 1,
	    .low = ord - 1,
	    .high = ord + 1};
	bool ok = plan_choose(&p, e) && plan_look_at_waiting(&p, e) && plan_walk(&p, e);
	*out = p.best;
	return ok;
}

bool
plan_explain(struct store *s, struct arena *a, const struct query *q, struct buf *out,
    struct err *e)
{
	struct plan p = {.store = s,
	    .arena = a,
	    .query = q,
	    .direction = LIST_OLDER,
	    .limit = 50,
	    .low = INT64_MIN,
	    .high = INT64_MAX,
	    .explain = out};
	return plan_choose(&p, e) && plan_walk(&p, e);
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

/* A word in the headline counts for eight in the text, in the dateline or byline for
 * two. */
static bool
score_indexed(struct plan *p, struct hits *out, struct err *e)
{
	struct {
		struct hit *v;
		size_t n, cap;
	} found = {0};
	bool failed = false;
	struct where w = {.store = p->store,
	    .arena = p->arena,
	    .query = p->query,
	    .words = p->words,
	    .waiting = p->waiting};
	where_add(&w,
	    "SELECT f.ord, f.score FROM (SELECT rowid AS ord,"
	    " bm25(story_fts, 8.0, 2.0, 2.0, 1.0, 0.5) AS score FROM story_fts"
	    " WHERE story_fts MATCH ");
	where_arg(&w, sql_text(p->match));
	where_add(&w, " AND rowid > ");
	where_arg(&w, sql_int(p->low));
	where_add(&w, " AND rowid < ");
	where_arg(&w, sql_int(p->high));
	where_add(&w,
	    " AND NOT EXISTS (SELECT 1 FROM unindexed u WHERE u.ord = story_fts.rowid)"
	    " ORDER BY rowid DESC LIMIT ");
	where_arg(&w, sql_int((int64_t)p->limit));
	where_add(&w, ") f CROSS JOIN story s ON s.ord = f.ord WHERE 1");
	bool ok = true;
	for (size_t i = 0; ok && i < p->n_terms; i++)
		if (!p->used[i]) {
			where_add(&w, " AND ");
			ok = where_term(&w, p->terms[i], e);
		}
	plan_add_hidden(p, &w);
	ARENA_PUSH(p->arena, &w.args, ((struct sql_arg){.type = SQL_END}));
	sqlite3_stmt *st = ok ? sql_query(p->store, buf_z(&w.text), w.args.v, e) : NULL;
	while (st && sql_row(p->store, st, &failed, e)) {
		struct hit hit = {sql_get_int(st, 0), sqlite3_column_double(st, 1)};
		ARENA_PUSH(p->arena, &found, hit);
	}
	buf_clear(&w.text);
	*out = (struct hits){found.v, found.n};
	return st && !failed;
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
	if (!plan_choose(&p, e) || !plan_look_at_waiting(&p, e))
		return false;
	if (p.driver != DRIVE_WORDS) {
		/* Nothing that could be ranked: by date. */
		bool ok = plan_walk(&p, e);
		*out = p.best;
		return ok;
	}
	if (!plan_walk_waiting(&p, e))
		return false;
	p.low = INT64_MIN;
	plan_narrow(&p);
	if (!score_indexed(&p, out, e))
		return false;
	score_waiting(&p, out);
	return true;
}
