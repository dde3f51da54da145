/*
 * One walk is one statement: `SELECT ord FROM <what is walked> WHERE ord > ?1 AND ord <
 * ?2 AND <conditions> ORDER BY ord LIMIT ?3`.  ?1 and ?2 close in as the window fills,
 * so that of many walks the later ones read little.
 */
#include "store/plan_walk.h"

#include "store/ids.h"
#include "store/waiting.h"

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
			left = older ? p->best.v[i].ord >= v[j].ord
				     : p->best.v[i].ord <= v[j].ord;
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

static void
merge_places(struct plan *p, const struct waiting_hits *hits)
{
	struct hit *v = ARENA_ARRAY(p->arena, struct hit, hits->n + 1);
	for (size_t i = 0; i < hits->n; i++)
		v[i].ord = hits->v[i];
	merge(p, v, hits->n);
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
	*w = (struct where){.store = p->store,
	    .arena = p->arena,
	    .query = p->query,
	    .words = p->words,
	    .waiting = p->waiting};
	for (int i = 0; i < 3; i++)
		ARENA_PUSH(p->arena, &w->args, sql_null());
	buf_fmt(&w->text, "SELECT %s FROM ", ord);
}

/* Muted stories, and those that are in hidden feeds alone; those in no feed at all are shown. */
void
plan_add_hidden(struct plan *p, struct where *w)
{
	if (p->leave_out_muted)
		where_add(w, " AND s.muted_by = ''");
	if (p->query->n_hidden == 0 || query_names_feeds(p->query))
		return;
	where_add(w,
	    " AND (NOT EXISTS (SELECT 1 FROM member m WHERE m.story = s.id) OR EXISTS"
	    " (SELECT 1 FROM member m WHERE m.story = s.id AND m.feed NOT IN"
	    " (SELECT value FROM json_each(");
	where_arg(w, sql_text(ids_json(p->arena, p->query->hidden, p->query->n_hidden)));
	where_add(w, "))))");
}

/* --- conditions --------------------------------------------------------------------- */

/*
 * Words that do not drive are conditions.  Asked of the search index one story at a time they cost
 * a quarter of a millisecond each, and all that have a common word at once as much as the word has
 * stories.  Reading a story's text and looking for the words costs a tenth of the first; so that is
 * what is done with the first CHECKED stories of a walk, or all of a small set.  Only behind them
 * the index is asked for all that have the word.
 */
enum { CHECKED = 2000 };

/* The terms that words_hold can decide. */
struct checks {
	const struct term **v;
	size_t n, cap;
};

static bool
is_check(const struct term *t)
{
	return query_term_is_words(t->kind == TERM_NOT ? t->terms[0] : t);
}

static struct checks
checks_of(struct plan *p)
{
	struct checks c = {0};
	for (size_t i = 0; i < p->n_terms; i++)
		if (!p->used[i] && is_check(p->terms[i]))
			ARENA_PUSH(p->arena, &c, p->terms[i]);
	return c;
}

/* The conditions that are left, and the order. */
static bool
add_rest(struct plan *p, struct where *w, const char *ord, bool with_words, struct err *e)
{
	buf_fmt(&w->text, " AND %s > ?1 AND %s < ?2", ord, ord);
	for (size_t i = 0; i < p->n_terms; i++) {
		if (p->used[i] || (!with_words && is_check(p->terms[i])))
			continue;
		where_add(w, " AND ");
		if (!where_term(w, p->terms[i], e))
			return false;
	}
	plan_add_hidden(p, w);
	buf_fmt(&w->text, " ORDER BY %s %s LIMIT ?3", ord,
	    p->direction == LIST_OLDER ? "DESC" : "ASC");
	return true;
}

static bool
holds(struct plan *p, int64_t ord, const struct checks *c, bool *found, bool *is, struct err *e)
{
	bool failed = false;
	sqlite3_stmt *st = sql_query(p->store,
	    "SELECT ord, title, place, byline, text, links FROM story_text WHERE ord = ?1",
	    SQL_ARGS(sql_int(ord)), e);
	*is = false;
	if (!st)
		return false;
	if (sql_row(p->store, st, &failed, e)) {
		struct words_text text;
		waiting_peek(st, &text);
		words_look(p->words, &text, found);
		*is = waiting_hold(c->v, c->n, found);
		sql_done(st);
	}
	return !failed;
}

/* How far a walk came that reads texts. */
struct checked {
	size_t looked_at;
	int64_t last;
	struct waiting_hits hits;
};

static bool
check_rows(struct plan *p, sqlite3_stmt *st, const struct checks *c, struct checked *x, struct err *e)
{
	bool failed = false, is;
	bool *found = ARENA_ARRAY(p->arena, bool, p->query->n_leaves + 1);
	for (; x->hits.n < p->limit && sql_row(p->store, st, &failed, e); x->looked_at++) {
		x->last = sql_get_int(st, 0);
		if (waiting_stopped(p->store, x->looked_at + 1, e) ||
		    !holds(p, x->last, c, found, &is, e))
			return false;
		if (is)
			ARENA_PUSH(p->arena, &x->hits, x->last);
	}
	return !failed;
}

/* *over: it came to the end, or to as many as are wanted. */
static bool
run_checked(struct plan *p, struct where *w, const struct checks *c, size_t most, bool *over,
    int64_t *last, struct err *e)
{
	struct checked x = {0};
	w->args.v[0] = sql_int(p->low);
	w->args.v[1] = sql_int(p->high);
	w->args.v[2] = sql_int(most == SIZE_MAX ? -1 : (int64_t)most); /* -1: no limit */
	ARENA_PUSH(p->arena, &w->args, ((struct sql_arg){.type = SQL_END}));
	sqlite3_stmt *st = sql_query(p->store, buf_z(&w->text), w->args.v, e);
	if (!st)
		return false;
	bool ok = check_rows(p, st, c, &x, e);
	sql_done(st);
	if (!ok)
		return false;
	*over = x.looked_at < most || x.hits.n == p->limit;
	*last = x.last;
	merge_places(p, &x.hits);
	return true;
}

/* The words that the statement itself must ask for: what waits for the index has them, too? */
static bool
look_for_conditions(struct plan *p, struct where *w, bool with_words, struct err *e)
{
	bool needed = false;
	for (size_t i = 0; i < p->n_terms; i++)
		needed = needed || (!p->used[i] && query_term_has_words(p->terms[i]) &&
		    (with_words || !is_check(p->terms[i])));
	if (needed && !plan_look_at_waiting(p, e))
		return false;
	w->waiting = p->waiting;
	return true;
}

/* The first part of a walk, read; *last is the place behind which the rest is. */
static bool
finish_checked(struct plan *p, struct where *w, const char *ord, const struct checks *c, bool *over,
    int64_t *last, struct err *e)
{
	size_t text = w->text.n, args = w->args.n;
	bool ok = look_for_conditions(p, w, false, e) && add_rest(p, w, ord, false, e) &&
	    run_checked(p, w, c, p->few ? SIZE_MAX : CHECKED, over, last, e);
	w->text.n = text;
	w->args.n = args;
	return ok;
}

static bool
finish_in_index(struct plan *p, struct where *w, const char *ord, struct err *e)
{
	return look_for_conditions(p, w, true, e) && add_rest(p, w, ord, true, e) && run(p, w, e);
}

static bool
finish(struct plan *p, struct where *w, const char *ord, struct err *e)
{
	struct checks c = checks_of(p);
	bool over = false, ok = true;
	int64_t last = 0, *end = p->direction == LIST_OLDER ? &p->high : &p->low, was = *end;
	if (c.n && !p->explain)
		ok = finish_checked(p, w, ord, &c, &over, &last, e);
	if (ok && !over && c.n && !p->explain && look_for_conditions(p, w, true, e))
		*end = last;
	ok = ok && (over || finish_in_index(p, w, ord, e));
	*end = was; /* of this walk alone */
	buf_clear(&w->text);
	return ok;
}

/* Does the row of the story matter, beyond its place? */
bool
plan_needs_story(const struct plan *p)
{
	for (size_t i = 0; i < p->n_terms; i++)
		if (!p->used[i])
			return true;
	return p->leave_out_muted || (p->query->n_hidden > 0 && !query_names_feeds(p->query));
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
	where_add(
	    &w, "story s INDEXED BY story_read WHERE s.read_at > 0 AND s.read_at >= ");
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
walk_name(struct plan *p, const char *from, struct err *e)
{
	struct where w;
	begin(p, &w, "s.ord");
	where_add(&w, from);
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
	where_add(&w,
	    p->drive->kind == TERM_CITES
		? "(SELECT DISTINCT from_story AS id FROM link WHERE to_story = "
		: "(SELECT DISTINCT to_story AS id FROM link WHERE to_story IS NOT NULL"
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
	where_add(&w,
	    plan_needs_story(p) ? "story_fts f CROSS JOIN story s ON s.ord = "
			     "f.rowid WHERE story_fts MATCH "
			   : "story_fts f WHERE story_fts MATCH ");
	where_arg(&w, sql_text(p->match));
	where_add(
	    &w, " AND NOT EXISTS (SELECT 1 FROM unindexed u WHERE u.ord = f.rowid)");
	return finish(p, &w, "f.rowid", e);
}

bool
plan_walk_waiting(struct plan *p, struct err *e)
{
	struct waiting_hits hits = {0};
	bool all = plan_needs_story(p);
	if (p->explain)
		return true;
	if (!waiting_look(p->store, p->arena, p->words, p->query->n_leaves,
		p->match_terms, p->n_match_terms, p->low, p->high, p->direction,
		all ? SIZE_MAX : p->limit, &hits, NULL, e))
		return false;
	if (hits.n == 0)
		return true;
	if (!all) {
		merge_places(p, &hits);
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
	where_add(
	    &w, unread ? "member m INDEXED BY member_unread" : "member m NOT INDEXED");
	if (plan_needs_story(p))
		where_add(&w, " CROSS JOIN story s ON s.id = m.story");
	where_add(&w, unread ? " WHERE m.unread = 1 AND m.feed = " : " WHERE m.feed = ");
	where_arg(&w, sql_int(feed));
	return finish(p, &w, "m.ord", e);
}

static bool
walk_feeds(struct plan *p, struct err *e)
{
	size_t unread = plan_find_state(p, STATE_UNREAD);
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

/* --- short beginnings of words ---------------------------------------------------- */

/*
 * `k*` means thousands of words, and the search index merges all their lists before it gives
 * the first story: a second among a million.  But so many words are in most stories, so the
 * nearest few hundred are looked at here, those with the longer words of the query if it has
 * such.  What is left, because the beginning was a rare one, is the index's after all.
 */
enum { PROBED = 400 }; /* some 10 ms */

static bool
walk_probe(struct plan *p, bool *over, int64_t *last, struct err *e)
{
	struct where w;
	struct checks c = {p->match_terms, p->n_match_terms, 0};
	bool lean = p->lean_match.n > 0;
	const char *ord = lean ? "f.rowid" : "s.ord";
	begin(p, &w, ord);
	where_add(&w, lean ? "story_fts f CROSS JOIN story s ON s.ord = f.rowid WHERE story_fts MATCH "
			   : "story s WHERE 1");
	if (lean)
		where_arg(&w, sql_text(p->lean_match));
	where_add(&w, " AND NOT EXISTS (SELECT 1 FROM unindexed u WHERE u.ord = s.ord)");
	bool ok = look_for_conditions(p, &w, true, e) && add_rest(p, &w, ord, true, e) &&
	    run_checked(p, &w, &c, PROBED, over, last, e);
	buf_clear(&w.text);
	return ok;
}

static bool
walk_words(struct plan *p, struct err *e)
{
	bool over = false;
	int64_t *end = p->direction == LIST_OLDER ? &p->high : &p->low;
	if (!plan_walk_waiting(p, e))
		return false;
	if (p->has_short && !p->explain && !walk_probe(p, &over, end, e))
		return false;
	return over || walk_index(p, e);
}

bool
plan_walk(struct plan *p, struct err *e)
{
	switch (p->driver) {
	case DRIVE_LINKS:
		return walk_links(p, e);
	case DRIVE_WORDS:
		return walk_words(p, e);
	case DRIVE_FEEDS:
		return walk_feeds(p, e);
	case DRIVE_UNREAD:
		return walk_just_read(p, e) &&
		    walk_stories(
			p, "story s INDEXED BY story_unread WHERE s.read_at IS NULL", e);
	case DRIVE_STARRED:
		return walk_stories(
		    p, "story s INDEXED BY story_starred WHERE s.starred > 0", e);
	case DRIVE_AGENCY:
		return walk_name(p, "story s INDEXED BY story_agency WHERE s.agency = ", e);
	case DRIVE_MUTED:
		return walk_stories(
		    p, "story s INDEXED BY story_muted WHERE s.muted_by <> ''", e);
	case DRIVE_ALERTED:
		return walk_stories(p,
		    "(SELECT DISTINCT story AS id FROM alert) l CROSS JOIN story s ON s.id = l.id"
		    " WHERE 1", e);
	case DRIVE_LANG:
		return walk_name(p, "story s INDEXED BY story_lang WHERE s.lang = ", e);
	case DRIVE_UPDATED:
		return walk_stories(p,
		    "story s INDEXED BY story_updated WHERE s.updated_since_read = 1", e);
	case DRIVE_GONE:
		return walk_stories(p, "story s INDEXED BY story_gone WHERE s.gone > 0", e);
	case DRIVE_ALL:
		break;
	}
	return walk_stories(p, "story s WHERE 1", e);
}

/* Which waiting stories have each of the words that are asked of the index as conditions. */
bool
plan_look_at_waiting(struct plan *p, struct err *e)
{
	if (p->waiting || p->explain)
		return true;
	struct waiting_hits none = {0};
	struct waiting_hits *per_leaf =
	    ARENA_ARRAY(p->arena, struct waiting_hits, p->query->n_leaves + 1);
	struct str *json = ARENA_ARRAY(p->arena, struct str, p->query->n_leaves + 1);
	if (!waiting_look(p->store, p->arena, p->words, p->query->n_leaves, NULL, 0,
		p->low, p->high, p->direction, 0, &none, per_leaf, e))
		return false;
	for (size_t i = 0; i < p->query->n_leaves; i++)
		json[i] = ids_json(p->arena, per_leaf[i].v, per_leaf[i].n);
	p->waiting = json;
	return true;
}
