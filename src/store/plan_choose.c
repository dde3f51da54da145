/*
 * What is walked, first that fits:
 *	stories that cite one, or are cited	few, sorted
 *	a set of few stories			unread, starred, updated, gone, one agency,
 *						one language, feeds: the smallest, if it has
 *						at most FEW and the words have more
 *	words					the search index, and what waits
 *	feeds					their own lists, merged
 *	unread, starred, muted, one agency ...	the index for it
 *	else					all stories
 *
 * Without the second rule a word that most stories have would be walked to its end for the
 * three starred ones among them.
 */
#include "store/plan_choose.h"

#include "store/ids.h"
#include "store/where.h"

enum {
	/* A walk for each feed: beyond this many, one walk along all stories costs
	 * less. */
	MAX_FEED_WALKS = 500,
	/* Feeds that hold more than 1/n of the stories are found soon enough in all of
	 * them. */
	DENSE_PART = 4,
	/* A set that is looked through to its end, reading each for words: some 20 us. */
	FEW = 4000, /* COUNT_FEW counts one more */
	MAX_WAYS = 64, /* as QUERY_MAX_TERMS */
	SHORT_PREFIX = 3, /* letters; the beginning of thousands of words */
};

static size_t
find_term(const struct plan *p, enum term_kind kind)
{
	for (size_t i = 0; i < p->n_terms; i++)
		if (p->terms[i]->kind == kind)
			return i;
	return STR_NONE;
}

size_t
plan_find_state(const struct plan *p, enum term_state state)
{
	for (size_t i = 0; i < p->n_terms; i++)
		if (p->terms[i]->kind == TERM_STATE && p->terms[i]->state == state)
			return i;
	return STR_NONE;
}

static void
drive_by(struct plan *p, enum plan_driver driver, size_t i)
{
	p->driver = driver;
	p->drive = p->terms[i];
	p->used[i] = true;
}

/* Is it the beginning of a word, and a short one? */
static bool
is_short(const struct plan *p, const struct term *t)
{
	return t->kind == TERM_WORDS && t->prefix && words_last_letters(p->words, t->leaf) <= SHORT_PREFIX;
}

/* One more term of the expression; not for what it cannot say. */
static bool
add_match(struct plan *p, struct buf *match, const struct term *t)
{
	bool negative = t->kind == TERM_NOT;
	size_t before = match->n;
	if (negative && !match->n)
		return false;
	if (before)
		buf_add(match, negative ? STR(" NOT ") : STR(" AND "));
	if (where_match(p->words, negative ? t->terms[0] : t, match))
		return true;
	match->n = before;
	return false;
}

/* All the words that stand for themselves become one expression of the search index. */
static void
make_match(struct plan *p)
{
	struct buf match = {0}, lean = {0};
	p->match_terms = ARENA_ARRAY(p->arena, const struct term *, p->n_terms);
	for (int negative = 0; negative < 2; negative++)
		for (size_t i = 0; i < p->n_terms; i++) {
			const struct term *t = p->terms[i];
			if ((t->kind == TERM_NOT) != (negative == 1) || !add_match(p, &match, t))
				continue;
			p->match_terms[p->n_match_terms++] = t;
			if (is_short(p, t))
				p->has_short = true;
			else
				add_match(p, &lean, t);
		}
	p->match = arena_str(p->arena, buf_str(&match));
	p->lean_match = arena_str(p->arena, buf_str(&lean));
	buf_clear(&match);
	buf_clear(&lean);
}

static void
drive_by_words(struct plan *p)
{
	p->driver = DRIVE_WORDS;
	for (size_t i = 0; i < p->n_terms; i++)
		for (size_t k = 0; k < p->n_match_terms; k++)
			if (p->match_terms[k] == p->terms[i])
				p->used[i] = true;
}

static bool
is_sparse(struct plan *p, const struct term *feeds, bool *sparse, struct err *e)
{
	int64_t all, theirs;
	*sparse = feeds->n_feeds <= MAX_FEED_WALKS;
	if (*sparse)
		return true;
	if (!sql_number(p->store, "SELECT stories FROM tally WHERE id = 1", SQL_NO_ARGS,
		0, &all, e) ||
	    !sql_number(p->store,
		"SELECT sum(total) FROM feed WHERE id IN (SELECT value FROM "
		"json_each(?1))",
		SQL_ARGS(sql_text(ids_json(p->arena, feeds->feeds, feeds->n_feeds))), 0,
		&theirs, e))
		return false;
	*sparse = theirs * DENSE_PART < all;
	return true;
}

/* --- sets that are walked ------------------------------------------------------------ */

/* A set of stories that one index gives in the order of `ord`. */
struct set {
	enum plan_driver driver;
	size_t term; /* of the top level */
	const char *count; /* how many stories it has, as far as one more than FEW */
	struct str text; /* the agency, the language; else the feeds as JSON */
	int64_t n;
};

#define STRING_OF(x) #x
#define FEW_OF(from, few) "SELECT count(*) FROM (SELECT 1 FROM " from " LIMIT " STRING_OF(few) ")"
#define COUNT_FEW(from) FEW_OF(from, 4001)
#define OF_FEEDS " FROM feed WHERE id IN (SELECT value FROM json_each(?1))"

static void
find_state_set(struct set *set, enum term_state state)
{
	static const struct {
		enum plan_driver driver;
		const char *count;
	} of[STATES] = {
	    [STATE_UNREAD] = {DRIVE_UNREAD, "SELECT unread FROM tally WHERE id = 1"},
	    [STATE_STARRED] = {DRIVE_STARRED, "SELECT starred FROM tally WHERE id = 1"},
	    [STATE_UPDATED] = {DRIVE_UPDATED,
		COUNT_FEW("story INDEXED BY story_updated WHERE updated_since_read = 1")},
	    [STATE_GONE] = {DRIVE_GONE, COUNT_FEW("story INDEXED BY story_gone WHERE gone > 0")},
	    [STATE_MUTED] = {DRIVE_MUTED,
		COUNT_FEW("story INDEXED BY story_muted WHERE muted_by <> ''")},
	    [STATE_ALERTED] = {DRIVE_ALERTED, "SELECT count(*) FROM alert"},
	};
	set->driver = of[state].driver;
	set->count = of[state].count;
}

/* Of a name that means one agency or one language alone; none at all is the emptiest set. */
static bool
find_name_set(struct plan *p, struct set *set, const struct term *t, struct err *e)
{
	bool agency = t->kind == TERM_AGENCY;
	struct str *names;
	size_t n;
	if (!(agency ? where_agencies(p->store, p->arena, t, 1, &names, &n, e)
		     : where_languages(p->store, p->arena, t, 1, &names, &n, e)))
		return false;
	if (n > 1)
		return true;
	set->driver = agency ? DRIVE_AGENCY : DRIVE_LANG;
	set->text = n ? names[0] : t->text;
	set->count = agency ? COUNT_FEW("story INDEXED BY story_agency WHERE agency = ?1")
			    : COUNT_FEW("story INDEXED BY story_lang WHERE lang = ?1");
	return true;
}

static bool
find_feeds_set(struct plan *p, struct set *set, const struct term *t, struct err *e)
{
	bool sparse, unread = plan_find_state(p, STATE_UNREAD) != STR_NONE &&
	    p->query->keep_read_since == QUERY_KEEP_NONE;
	if (!is_sparse(p, t, &sparse, e))
		return false;
	if (!sparse)
		return true;
	set->driver = DRIVE_FEEDS;
	set->text = ids_json(p->arena, t->feeds, t->n_feeds);
	set->count = unread ? "SELECT sum(unread)" OF_FEEDS : "SELECT sum(total)" OF_FEEDS;
	return true;
}

/* driver stays DRIVE_ALL when no index gives this term. */
static bool
find_set(struct plan *p, struct set *set, const struct term *t, struct err *e)
{
	if (t->kind == TERM_STATE)
		find_state_set(set, t->state);
	if (t->kind == TERM_AGENCY || t->kind == TERM_LANG)
		return find_name_set(p, set, t, e);
	return t->kind != TERM_FEEDS || find_feeds_set(p, set, t, e);
}

static bool
measure(struct plan *p, struct set *set, struct err *e)
{
	return sql_number(p->store, set->count,
	    set->text.n ? SQL_ARGS(sql_text(set->text)) : SQL_NO_ARGS, 0, &set->n, e);
}

/* Of large sets the one that is asked for most precisely: all but the first are found soon. */
static int
preference(enum plan_driver d)
{
	static const int of[] = {[DRIVE_FEEDS] = 1, [DRIVE_UNREAD] = 2, [DRIVE_STARRED] = 3,
	    [DRIVE_ALERTED] = 4, [DRIVE_UPDATED] = 5, [DRIVE_GONE] = 6, [DRIVE_MUTED] = 7,
	    [DRIVE_AGENCY] = 8, [DRIVE_LANG] = 9};
	return of[d];
}

static bool
is_better(const struct set *x, const struct set *y)
{
	if (y->driver == DRIVE_ALL)
		return true;
	bool x_few = x->n <= FEW, y_few = y->n <= FEW;
	if (x_few || y_few)
		return x_few && (!y_few || x->n < y->n);
	return preference(x->driver) < preference(y->driver);
}

/* Counting is only worth its while where there is a choice. */
static bool
best_set(struct plan *p, struct set *best, struct err *e)
{
	struct set *sets = ARENA_ARRAY(p->arena, struct set, p->n_terms + 1);
	size_t n = 0;
	for (size_t i = 0; i < p->n_terms; i++) {
		sets[n] = (struct set){.driver = DRIVE_ALL, .term = i, .n = FEW + 1};
		if (!find_set(p, &sets[n], p->terms[i], e))
			return false;
		n += sets[n].driver != DRIVE_ALL;
	}
	bool choice = n + (p->match.n > 0) > 1;
	for (size_t i = 0; i < n; i++) {
		if (choice && !measure(p, &sets[i], e))
			return false;
		if (is_better(&sets[i], best))
			*best = sets[i];
	}
	return true;
}

/* Do the words have more than n stories?  What beginnings have is not asked, it costs too much. */
static bool
words_exceed(struct plan *p, int64_t n, bool *exceed, struct err *e)
{
	int64_t found = 0;
	*exceed = p->has_short;
	if (p->has_short || n == 0)
		return *exceed = true, true;
	if (!sql_number(p->store,
		"SELECT count(*) FROM (SELECT 1 FROM story_fts WHERE story_fts MATCH ?1 LIMIT ?2)",
		SQL_ARGS(sql_text(p->match), sql_int(n + 1)), 0, &found, e))
		return false;
	*exceed = found > n;
	return true;
}

static void
drive_by_set(struct plan *p, const struct set *set)
{
	if (set->driver == DRIVE_ALL)
		return;
	drive_by(p, set->driver, set->term);
	p->few = set->n <= FEW;
	if (set->driver != DRIVE_AGENCY && set->driver != DRIVE_LANG)
		return;
	struct term *one = ARENA_NEW(p->arena, struct term);
	*one = *p->drive;
	one->text = set->text;
	p->drive = one;
}

static bool
choose(struct plan *p, struct err *e)
{
	size_t links = find_term(p, TERM_CITES);
	struct set best = {.driver = DRIVE_ALL};
	bool exceed = true;

	if (links == STR_NONE)
		links = find_term(p, TERM_CITED_BY);
	if (links != STR_NONE) {
		drive_by(p, DRIVE_LINKS, links);
		return true;
	}
	make_match(p);
	if (!best_set(p, &best, e))
		return false;
	if (p->match.n && best.driver != DRIVE_ALL && best.n <= FEW &&
	    !words_exceed(p, best.n, &exceed, e))
		return false;
	if (p->match.n && (best.driver == DRIVE_ALL || best.n > FEW || !exceed))
		drive_by_words(p);
	else
		drive_by_set(p, &best);
	return true;
}

/* Most stores have none: then no walk has to look at the rows for it. */
static bool
look_for_muted(struct plan *p, struct err *e)
{
	int64_t any = 0;
	if (query_names_state(p->query, STATE_MUTED))
		return true;
	if (!sql_number(p->store,
		"SELECT EXISTS (SELECT 1 FROM story INDEXED BY story_muted WHERE muted_by <> '')",
		SQL_NO_ARGS, 0, &any, e))
		return false;
	p->leave_out_muted = any != 0;
	return true;
}

/* Times that must hold are the ends of the walk. */
void
plan_narrow(struct plan *p)
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

const struct query plan_everything = {.keep_read_since = QUERY_KEEP_NONE};

bool
plan_choose(struct plan *p, struct err *e)
{
	if (!p->query)
		p->query = &plan_everything;
	query_top(p->query, &p->terms, &p->n_terms);
	p->used = ARENA_ARRAY(p->arena, bool, p->n_terms);
	p->words = words_new(p->arena, p->store->tokenizer, p->query);
	plan_narrow(p);
	return look_for_muted(p, e) && choose(p, e);
}

/* --- ways ------------------------------------------------------------------------------ */

/* An "or" that is not of words alone. */
static bool
is_mixed(const struct term *t)
{
	if (t->kind != TERM_OR)
		return false;
	for (size_t i = 0; i < t->n_terms; i++)
		if (!query_term_is_words(t->terms[i]))
			return true;
	return false;
}

static void
push_term(struct arena *a, struct term *all, const struct term *t)
{
	struct term **v = ARENA_ARRAY(a, struct term *, all->n_terms + 1 + t->n_terms);
	for (size_t i = 0; i < all->n_terms; i++)
		v[i] = all->terms[i];
	if (t->kind == TERM_AND)
		for (size_t i = 0; i < t->n_terms; i++)
			v[all->n_terms++] = t->terms[i];
	else
		v[all->n_terms++] = (struct term *)(uintptr_t)t;
	all->terms = v;
}

/* The query with choice k of its mixed "or", the first one. */
static const struct term *
way(struct arena *a, const struct term *const *terms, size_t n, size_t mixed, size_t k)
{
	struct term *all = ARENA_NEW(a, struct term);
	*all = (struct term){.kind = TERM_AND};
	for (size_t i = 0; i < n; i++)
		push_term(a, all, i == mixed ? terms[i]->terms[k] : terms[i]);
	return all;
}

struct plan_ways
plan_ways(struct arena *a, const struct query *q)
{
	struct query *v = ARENA_ARRAY(a, struct query, MAX_WAYS);
	size_t n = 1;
	v[0] = *q;
	for (size_t i = 0; i < n;) {
		const struct term *const *terms;
		size_t n_terms, mixed = 0;
		const struct query one = v[i];
		query_top(&one, &terms, &n_terms);
		while (mixed < n_terms && !is_mixed(terms[mixed]))
			mixed++;
		if (mixed == n_terms || n + terms[mixed]->n_terms - 1 > MAX_WAYS) {
			i++;
			continue;
		}
		size_t choices = terms[mixed]->n_terms;
		for (size_t k = 0; k < choices; k++) {
			struct query *to = k ? &v[n++] : &v[i];
			*to = one;
			to->root = way(a, terms, n_terms, mixed, k);
		}
	}
	return (struct plan_ways){v, n};
}
