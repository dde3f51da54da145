/*
 * Inside a plan: what it is made from, and which walk is chosen for it.
 */
#ifndef KAWAT_STORE_PLAN_CHOOSE_H
#define KAWAT_STORE_PLAN_CHOOSE_H

#include "store/plan.h"
#include "store/words.h"

enum plan_driver {
	DRIVE_ALL,
	DRIVE_LINKS,
	DRIVE_WORDS,
	DRIVE_FEEDS,
	DRIVE_UNREAD,
	DRIVE_STARRED,
	DRIVE_AGENCY,
	DRIVE_MUTED,
	DRIVE_LANG,
	DRIVE_UPDATED,
	DRIVE_GONE,
	DRIVE_ALERTED,
};

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
	enum plan_driver driver;
	const struct term *drive; /* the term that drives, if one does */
	bool few; /* and has few stories */
	struct words *words;
	const struct str *waiting; /* see struct where */
	struct str match; /* for DRIVE_WORDS */
	const struct term **match_terms; /* what match says */
	size_t n_match_terms;
	struct str lean_match; /* match without the beginnings of words that are short */
	bool has_short; /* there are such: see plan_probe.c */
	struct hits best;
	bool leave_out_muted; /* there are some, and the query does not ask for them */
	struct buf *explain; /* not NULL: say, don't do */
};

/*
 * The ways in which a query can hold, of which each is an "and" of terms: more than one when
 * an "or" mixes words with fields, since then each way has an index of its own.  An "or" of
 * words alone stays, the search index knows it.
 */
struct plan_ways {
	const struct query *v;
	size_t n;
};
extern const struct query plan_everything;
struct plan_ways plan_ways(struct arena *, const struct query *);

/* From the query, the place and the limit to everything that a walk needs. */
MUST_CHECK bool plan_choose(struct plan *, struct err *);

/* Times that must hold are the ends of the walk. */
void plan_narrow(struct plan *);

/* The term of the top level with this kind or state, or STR_NONE. */
size_t plan_find_state(const struct plan *, enum term_state);

#endif
