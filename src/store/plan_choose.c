/*
 * What is walked, first that fits:
 *	stories that cite one, or are cited	few, sorted
 *	words					the search index, and what waits
 *	feeds with a small part of the store	their own lists, merged
 *	unread, starred, muted, one agency	the index for it
 *	else					all stories
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
			if ((t->kind == TERM_NOT) != (negative == 1) ||
			    (negative && !match.n))
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
	else if (plan_find_state(p, STATE_UNREAD) != STR_NONE)
		drive_by(p, DRIVE_UNREAD, plan_find_state(p, STATE_UNREAD));
	else if (plan_find_state(p, STATE_STARRED) != STR_NONE)
		drive_by(p, DRIVE_STARRED, plan_find_state(p, STATE_STARRED));
	else if (plan_find_state(p, STATE_MUTED) != STR_NONE)
		drive_by(p, DRIVE_MUTED, plan_find_state(p, STATE_MUTED));
	else if (agency != STR_NONE)
		return choose_agency(p, agency, e);
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

static const struct query everything = {.keep_read_since = QUERY_KEEP_NONE};

bool
plan_choose(struct plan *p, struct err *e)
{
	if (!p->query)
		p->query = &everything;
	query_top(p->query, &p->terms, &p->n_terms);
	p->used = ARENA_ARRAY(p->arena, bool, p->n_terms);
	p->words = words_new(p->arena, p->store->tokenizer, p->query);
	plan_narrow(p);
	return look_for_muted(p, e) && choose(p, e);
}
