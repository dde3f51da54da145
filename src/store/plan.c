/*
 * One walk is one statement: `SELECT ord FROM <what is walked> WHERE ord > ?1 AND ord < ?2 AND
 * <conditions> ORDER BY ord LIMIT ?3`.  ?1 and ?2 close in as the window fills, so that of many
 * walks the later ones read little.
 *
 * What is walked, first that fits:
 *	stories that cite one, or are cited		few, sorted
 *	words						the search index, and what waits for it
 *	feeds that hold a small part of the store	their own lists, merged
 *	unread, starred, one agency			the index for it
 *	else						all stories
 */
#include "store/plan.h"

#include <stdlib.h>
#include <string.h>

#include "store/ids.h"
#include "store/waiting.h"
#include "store/where.h"

enum {
	/* A walk for each feed: beyond this many, one walk along all stories costs less. */
	MAX_FEED_WALKS = 500,
	/* Feeds that hold more than 1/n of the stories are found soon enough in all of them. */
	DENSE_PART = 4,
};

enum driver { DRIVE_ALL, DRIVE_LINKS, DRIVE_WORDS, DRIVE_FEEDS, DRIVE_UNREAD, DRIVE_STARRED,
	DRIVE_AGENCY };

struct plan {
	struct store *store;
	struct arena *arena;
	const struct query *query;
	enum list_direction direction;
	int64_t low, high; /* both excluded */
	size_t limit;
	const struct term *const *terms;
	size_t n_terms;
	bool *used; /* the walk itself sees to this term */
	enum driver driver;
	const struct term *drive; /* the term that drives, if one does */
	struct words *words;
	const struct str *waiting; /* see struct where */
	struct str match; /* for DRIVE_WORDS */
	const struct term **match_terms; /* what match says */
	size_t n_match_terms;
	struct hits best;
	struct buf *explain; /* not NULL: say, don't do */
};

/* --- choosing ------------------------------------------------------------------------------------------ */

static size_t
find_term(const struct plan *p, enum term_kind kind)
{
	for (size_t i = 0; i < p->n_terms; i++)
		if (p->terms[i]->kind == kind)
			return i;
	return STR_NONE;
}

static size_t
find_state(const struct plan *p, enum term_state state)
{
	for (size_t i = 0; i < p->n_terms; i++)
		if (p->terms[i]->kind == TERM_STATE && p->terms[i]->state == state)
			return i;
	return STR_NONE;
}

static void
drive_by(struct plan *p, enum driver driver, size_t i)
{
	p->driver = driver;
	p->drive = p->terms[i];
	p->used[i] = true;
}

/* All the words that stand for themselves become one expression of the search index. */
static bool
choose_words(struct plan *p)
{
	struct buf match = {0};
	p->match_terms = ARENA_ARRAY(p->arena, const struct term *, p->n_terms);
	for (int negative = 0; negative < 2; negative++)
		for (size_t i = 0; i < p->n_terms; i++) {
			const struct term *t = p->terms[i];
			size_t before = match.n;
			if ((t->kind == TERM_NOT) != (negative == 1) || (negative && !match.n))
				continue;
			if (before)
				buf_add(&match, negative ? STR(" NOT ") : STR(" AND "));
			if (where_match(p->words, negative ? t->terms[0] : t, &match)) {
				p->used[i] = true;
				p->match_terms[p->n_match_terms++] = t;
			} else {
				match.n = before;
			}
		}
	p->match = arena_str(p->arena, buf_str(&match));
	buf_clear(&match);
	if (p->match.n)
		p->driver = DRIVE_WORDS;
	return p->match.n > 0;
}

static bool
is_sparse(struct plan *p, const struct term *feeds, bool *sparse, struct err *e)
{
	int64_t all, theirs;
	*sparse = feeds->n_feeds == 1;
	if (*sparse || feeds->n_feeds > MAX_FEED_WALKS)
		return true;
	if (!sql_number(p->store, "SELECT stories FROM tally WHERE id = 1", SQL_NO_ARGS, 0, &all, e) ||
	    !sql_number(p->store,
		"SELECT sum(total) FROM feed WHERE id IN (SELECT value FROM json_each(?1))",
		SQL_ARGS(sql_text(ids_json(p->arena, feeds->feeds, feeds->n_feeds))), 0, &theirs,
		e))
		return false;
	*sparse = theirs * DENSE_PART < all;
	return true;
}

static bool
choose_agency(struct plan *p, size_t i, struct err *e)
{
	struct str *names;
	size_t n;
	if (!where_agencies(p->store, p->arena, p->terms[i], 1, &names, &n, e))
		return false;
	if (n != 1)
		return true;
	drive_by(p, DRIVE_AGENCY, i);
	struct term *one = ARENA_NEW(p->arena, struct term);
	*one = *p->drive;
	one->text = names[0];
	p->drive = one;
	return true;
}

static bool
choose(struct plan *p, struct err *e)
{
	size_t links = find_term(p, TERM_CITES), feeds = find_term(p, TERM_FEEDS);
	size_t agency = find_term(p, TERM_AGENCY);
	bool sparse = false;

	if (links == STR_NONE)
		links = find_term(p, TERM_CITED_BY);
	if (links != STR_NONE) {
		drive_by(p, DRIVE_LINKS, links);
		return true;
	}
	if (choose_words(p))
		return true;
	if (feeds != STR_NONE && !is_sparse(p, p->terms[feeds], &sparse, e))
		return false;
	if (sparse)
		drive_by(p, DRIVE_FEEDS, feeds);
	else if (find_state(p, STATE_UNREAD) != STR_NONE)
		drive_by(p, DRIVE_UNREAD, find_state(p, STATE_UNREAD));
	else if (find_state(p, STATE_STARRED) != STR_NONE)
		drive_by(p, DRIVE_STARRED, find_state(p, STATE_STARRED));
	else if (agency != STR_NONE)
		return choose_agency(p, agency, e);
	return true;
}

/* Times that must hold are the ends of the walk. */
static void
narrow(struct plan *p)
{
	for (size_t i = 0; i < p->n_terms; i++) {
		const struct term *t = p->terms[i];
		if (t->kind != TERM_SINCE && t->kind != TERM_UNTIL)
			continue;
		int64_t ord = list_place_of_time(t->low);
		p->used[i] = true;
		if (t->kind == TERM_SINCE && ord - 1 > p->low)
			p->low = ord - 1;
		if (t->kind == TERM_UNTIL && ord < p->high)
			p->high = ord;
	}
}

/* --- walking ------------------------------------------------------------------------------------------- */

/* Nearest first, each once, at most the limit; the far end moves in when it is full. */
static void
merge(struct plan *p, const struct hit *v, size_t n)
{
	bool older = p->direction == LIST_OLDER;
	struct hit *out = ARENA_ARRAY(p->arena, struct hit, p->best.n + n);
	size_t i = 0, j = 0, k = 0;
	while (k < p->limit && (i < p->best.n || j < n)) {
		bool left = j == n;
		if (i < p->best.n && j < n)
			left = older ? p->best.v[i].ord >= v[j].ord : p->best.v[i].ord <= v[j].ord;
		struct hit next = left ? p->best.v[i++] : v[j++];
		if (k == 0 || out[k - 1].ord != next.ord)
			out[k++] = next;
	}
	p->best = (struct hits){out, k};
	if (k == p->limit && k > 0) {
		if (older)
			p->low = out[k - 1].ord;
		else
			p->high = out[k - 1].ord;
	}
}

static bool
run(struct plan *p, struct where *w, struct err *e)
{
	struct {
		struct hit *v;
		size_t n, cap;
	} found = {0};
	bool failed = false;
	w->args.v[0] = sql_int(p->low);
	w->args.v[1] = sql_int(p->high);
	w->args.v[2] = sql_int((int64_t)p->limit);
	ARENA_PUSH(p->arena, &w->args, ((struct sql_arg){.type = SQL_END}));
	if (p->explain) {
		buf_add(p->explain, buf_str(&w->text));
		buf_char(p->explain, '\n');
		return true;
	}
	sqlite3_stmt *st = sql_query(p->store, buf_z(&w->text), w->args.v, e);
	if (!st)
		return false;
	while (sql_row(p->store, st, &failed, e)) {
		struct hit hit = {.ord = sql_get_int(st, 0)};
		ARENA_PUSH(p->arena, &found, hit);
	}
	if (!failed && found.n)
		merge(p, found.v, found.n);
	return !failed;
}

static void
begin(struct plan *p, struct where *w, const char *ord)
{
	*w = (struct where){.store = p->store, .arena = p->arena, .query = p->query,
	    .words = p->words, .waiting = p->waiting};
	for (int i = 0; i < 3; i++)
		ARENA_PUSH(p->arena, &w->args, sql_null());
	buf_fmt(&w->text, "SELECT %s FROM ", ord);
}

/* Stories that are in hidden feeds alone; those in no feed at all are shown. */
static void
add_hidden(struct plan *p, struct where *w)
{
	if (p->query->n_hidden == 0 || query_names_feeds(p->query))
		return;
	where_add(w, " AND (NOT EXISTS (SELECT 1 FROM member m WHERE m.story = s.id) OR EXISTS"
	             " (SELECT 1 FROM member m WHERE m.story = s.id AND m.feed NOT IN"
	             " (SELECT value FROM json_each(");
	where_arg(w, sql_text(ids_json(p->arena, p->query->hidden, p->query->n_hidden)));
	where_add(w, "))))");
}

/* The conditions that are left, the order, and off it goes. */
static bool
finish(struct plan *p, struct where *w, const char *ord, struct err *e)
{
	bool ok = true;
	buf_fmt(&w->text, " AND %s > ?1 AND %s < ?2", ord, ord);
	for (size_t i = 0; ok && i < p->n_terms; i++) {
		if (p->used[i])
			continue;
		where_add(w, " AND ");
		ok = where_term(w, p->terms[i], e);
	}
	add_hidden(p, w);
	buf_fmt(&w->text, " ORDER BY %s %s LIMIT ?3", ord,
	    p->direction == LIST_OLDER ? "DESC" : "ASC");
	ok = ok && run(p, w, e);
	buf_clear(&w->text);
	return ok;
}

/* Does the row of the story matter, beyond its place? */
static bool
needs_story(const struct plan *p)
{
	for (size_t i = 0; i < p->n_terms; i++)
		if (!p->used[i])
			return true;
	return p->query->n_hidden > 0 && !query_names_feeds(p->query);
}

static bool
walk_stories(struct plan *p, const char *from, struct err *e)
{
	struct where w;
	begin(p, &w, "s.ord");
	where_add(&w, from);
	return finish(p, &w, "s.ord", e);
}

/* Stories that became read while the list of unread ones is shown; few. */
static bool
walk_just_read(struct plan *p, struct err *e)
{
	struct where w;
	if (p->query->keep_read_since == QUERY_KEEP_NONE)
		return true;
	begin(p, &w, "s.ord");
	where_add(&w, "story s INDEXED BY story_read WHERE s.read_at > 0 AND s.read_at >= ");
	where_arg(&w, sql_int(p->query->keep_read_since));
	if (p->driver == DRIVE_FEEDS) {
		where_add(&w, " AND ");
		if (!where_term(&w, p->drive, e)) {
			buf_clear(&w.text);
			return false;
		}
	}
	return finish(p, &w, "s.ord", e);
}

static bool
walk_agency(struct plan *p, struct err *e)
{
	struct where w;
	begin(p, &w, "s.ord");
	where_add(&w, "story s INDEXED BY story_agency WHERE s.agency = ");
	where_arg(&w, sql_text(p->drive->text));
	return finish(p, &w, "s.ord", e);
}

static bool
walk_links(struct plan *p, struct err *e)
{
	struct where w;
	story_id id;
	if (!where_story(p->store, p->drive, &id, e))
		return false;
	begin(p, &w, "s.ord");
	where_add(&w, p->drive->kind == TERM_CITES ?
	                  "(SELECT DISTINCT from_story AS id FROM link WHERE to_story = " :
	                  "(SELECT DISTINCT to_story AS id FROM link WHERE to_story IS NOT NULL"
	                  " AND from_story = ");
	where_arg(&w, sql_int(id));
	where_add(&w, ") l CROSS JOIN story s ON s.id = l.id WHERE 1");
	return finish(p, &w, "s.ord", e);
}

static bool
walk_index(struct plan *p, struct err *e)
{
	struct where w;
	begin(p, &w, "f.rowid");
	where_add(&w, needs_story(p) ?
	                  "story_fts f CROSS JOIN story s ON s.ord = f.rowid WHERE story_fts MATCH " :
	                  "story_fts f WHERE story_fts MATCH ");
	where_arg(&w, sql_text(p->match));
	where_add(&w, " AND NOT EXISTS (SELECT 1 FROM unindexed u WHERE u.ord = f.rowid)");
	return finish(p, &w, "f.rowid", e);
}

static bool
walk_waiting(struct plan *p, struct err *e)
{
	struct waiting_hits hits = {0};
	bool all = needs_story(p);
	if (p->explain)
		return true;
	if (!waiting_look(p->store, p->arena, p->words, p->query->n_leaves, p->match_terms,
		p->n_match_terms, p->low, p->high, p->direction, all ? SIZE_MAX : p->limit, &hits,
		NULL, e))
		return false;
	if (hits.n == 0)
		return true;
	if (!all) {
		struct hit *v = ARENA_ARRAY(p->arena, struct hit, hits.n);
		for (size_t i = 0; i < hits.n; i++)
			v[i].ord = hits.v[i];
		merge(p, v, hits.n);
		return true;
	}
	struct where w;
	begin(p, &w, "s.ord");
	where_add(&w, "story s WHERE s.ord IN (SELECT value FROM json_each(");
	where_arg(&w, sql_text(ids_json(p->arena, hits.v, hits.n)));
	where_add(&w, "))");
	return finish(p, &w, "s.ord", e);
}

static bool
walk_feed(struct plan *p, feed_id feed, bool unread, struct err *e)
{
	struct where w;
	begin(p, &w, "m.ord");
	where_add(&w, unread ? "member m INDEXED BY member_unread" : "member m NOT INDEXED");
	if (needs_story(p))
		where_add(&w, " CROSS JOIN story s ON s.id = m.story");
	where_add(&w, unread ? " WHERE m.unread = 1 AND m.feed = " : " WHERE m.feed = ");
	where_arg(&w, sql_int(feed));
	return finish(p, &w, "m.ord", e);
}

static bool
walk_feeds(struct plan *p, struct err *e)
{
	size_t unread = find_state(p, STATE_UNREAD);
	bool only_unread = unread != STR_NONE;
	if (only_unread) {
		p->used[unread] = true;
		if (!walk_just_read(p, e))
			return false;
	}
	for (size_t i = 0; i < p->drive->n_feeds; i++)
		if (!walk_feed(p, p->drive->feeds[i], only_unread, e))
			return false;
	return true;
}

static bool
walk(struct plan *p, struct err *e)
{
	switch (p->driver) {
	case DRIVE_LINKS:
		return walk_links(p, e);
	case DRIVE_WORDS:
		return walk_waiting(p, e) && walk_index(p, e);
	case DRIVE_FEEDS:
		return walk_feeds(p, e);
	case DRIVE_UNREAD:
		return walk_just_read(p, e) &&
		       walk_stories(p, "story s INDEXED BY story_unread WHERE s.read_at IS NULL",
		           e);
	case DRIVE_STARRED:
		return walk_stories(p, "story s INDEXED BY story_starred WHERE s.starred > 0", e);
	case DRIVE_AGENCY:
		return walk_agency(p, e);
	case DRIVE_ALL:
		break;
	}
	return walk_stories(p, "story s WHERE 1", e);
}

/* Words that do not drive are conditions: find out which waiting stories have each. */
static bool
look_at_waiting(struct plan *p, struct err *e)
{
	bool needed = false;
	for (size_t i = 0; i < p->n_terms; i++)
		needed = needed || (!p->used[i] && query_term_has_words(p->terms[i]));
	if (!needed || p->explain)
		return true;
	struct waiting_hits none = {0};
	struct waiting_hits *per_leaf =
	    ARENA_ARRAY(p->arena, struct waiting_hits, p->query->n_leaves);
	struct str *json = ARENA_ARRAY(p->arena, struct str, p->query->n_leaves);
	if (!waiting_look(p->store, p->arena, p->words, p->query->n_leaves, NULL, 0, p->low,
		p->high, p->direction, 0, &none, per_leaf, e))
		return false;
	for (size_t i = 0; i < p->query->n_leaves; i++)
		json[i] = ids_json(p->arena, per_leaf[i].v, per_leaf[i].n);
	p->waiting = json;
	return true;
}

static const struct query everything = {.keep_read_since = QUERY_KEEP_NONE};

static bool
plan_make(struct plan *p, struct err *e)
{
	if (!p->query)
		p->query = &everything;
	query_top(p->query, &p->terms, &p->n_terms);
	p->used = ARENA_ARRAY(p->arena, bool, p->n_terms);
	p->words = words_new(p->arena, p->store->tokenizer, p->query);
	narrow(p);
	return choose(p, e);
}

bool
plan_window(struct store *s, struct arena *a, const struct query *q, int64_t place,
    enum list_direction direction, size_t limit, struct hits *out, struct err *e)
{
	struct plan p = {.store = s, .arena = a, .query = q, .direction = direction, .limit = limit,
	    .low = direction == LIST_NEWER ? place : INT64_MIN,
	    .high = direction == LIST_OLDER ? place : INT64_MAX};
	*out = (struct hits){0};
	if (limit == 0)
		return true;
	if (!plan_make(&p, e) || !look_at_waiting(&p, e) || !walk(&p, e))
		return false;
	*out = p.best;
	return true;
}

bool
plan_one(struct store *s, struct arena *a, const struct query *q, int64_t ord, struct hits *out,
    struct err *e)
{
	struct plan p = {.store = s, .arena = a, .query = q, .direction = LIST_OLDER, .limit = 1,
	    .low = ord - 1, .high = ord + 1};
	bool ok = plan_make(&p, e) && look_at_waiting(&p, e) && walk(&p, e);
	*out = p.best;
	return ok;
}

bool
plan_explain(struct store *s, struct arena *a, const struct query *q, struct buf *out,
    struct err *e)
{
	struct plan p = {.store = s, .arena = a, .query = q, .direction = LIST_OLDER, .limit = 50,
	    .low = INT64_MIN, .high = INT64_MAX, .explain = out};
	return plan_make(&p, e) && walk(&p, e);
}

/* --- ranking ------------------------------------------------------------------------------------------- */

static int
by_score(const void *x, const void *y)
{
	const struct hit *a = x, *b = y;
	if (a->score != b->score)
		return a->score < b->score ? -1 : 1;
	return a->ord > b->ord ? -1 : a->ord < b->ord;
}

/* A word in the headline counts for eight in the text, in the dateline or byline for two. */
static bool
score_indexed(struct plan *p, struct hits *out, struct err *e)
{
	struct {
		struct hit *v;
		size_t n, cap;
	} found = {0};
	bool failed = false;
	struct where w = {.store = p->store, .arena = p->arena, .query = p->query,
	    .words = p->words, .waiting = p->waiting};
	where_add(&w, "SELECT f.ord, f.score FROM (SELECT rowid AS ord,"
	              " bm25(story_fts, 8.0, 2.0, 2.0, 1.0) AS score FROM story_fts"
	              " WHERE story_fts MATCH ");
	where_arg(&w, sql_text(p->match));
	where_add(&w, " AND rowid > ");
	where_arg(&w, sql_int(p->low));
	where_add(&w, " AND rowid < ");
	where_arg(&w, sql_int(p->high));
	where_add(&w, " AND NOT EXISTS (SELECT 1 FROM unindexed u WHERE u.ord = story_fts.rowid)"
	              " ORDER BY rowid DESC LIMIT ");
	where_arg(&w, sql_int((int64_t)p->limit));
	where_add(&w, ") f CROSS JOIN story s ON s.ord = f.ord WHERE 1");
	bool ok = true;
	for (size_t i = 0; ok && i < p->n_terms; i++)
		if (!p->used[i]) {
			where_add(&w, " AND ");
			ok = where_term(&w, p->terms[i], e);
		}
	add_hidden(p, &w);
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
	struct plan p = {.store = s, .arena = a, .query = q, .direction = LIST_OLDER,
	    .limit = among, .low = INT64_MIN, .high = INT64_MAX};
	if (!plan_make(&p, e) || !look_at_waiting(&p, e))
		return false;
	if (p.driver != DRIVE_WORDS) {
		/* Nothing that could be ranked: by date. */
		bool ok = walk(&p, e);
		*out = p.best;
		return ok;
	}
	if (!walk_waiting(&p, e))
		return false;
	p.low = INT64_MIN;
	narrow(&p);
	if (!score_indexed(&p, out, e))
		return false;
	score_waiting(&p, out);
	return true;
}
