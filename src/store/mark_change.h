/*
 * The record of a change, for the files of mark.h alone.
 *
 * A change is a row of `change` and its stories in `change_part`, newest first: MARK_FIRST in the
 * first part, what a screen shows, and MARK_STEP in each other one.  Of ids all parts are written
 * when it is begun.  Of a scope, which may be a million stories, the first part alone: `scope` and
 * `zone` say what is walked, `place` how far the walk has come (NULL: there is no more), and
 * stories above `newest` came later.
 *
 * `part` is how many parts are applied, `back` how many of them, from the first on, are taken back
 * again.  A step moves one of them by one, together with the marks, in one transaction:
 *
 *	FORWARD	back > 0: back--, apply that part again;
 *		part < parts: apply `part`, part++;
 *		place: walk on, write one more part and apply it;	else APPLIED
 *	BACK	back < part: take back `back`, back++;			else UNDONE, both 0
 *
 * So both begin with what is seen.  The first time that a part is applied it is narrowed to the
 * stories that really change, and what they were goes to `before`.  Taking back touches a story
 * only if it still is what the change made of it, and applying again only if it is what it was:
 * whatever came between stays.
 */
#ifndef KAWAT_STORE_MARK_CHANGE_H
#define KAWAT_STORE_MARK_CHANGE_H

#include "store/mark.h"

/* These numbers lie in the store. */
enum mark_state { MARK_APPLIED = 0, MARK_FORWARD = 1, MARK_BACK = 2, MARK_UNDONE = 3 };

#define MARK_NO_PLACE INT64_MIN

struct mark_change {
	int64_t n, at, parts, part, back;
	enum mark_what what;
	enum mark_state state;
	int64_t place, newest, begun, zone; /* of the walk; MARK_NO_PLACE: none is left */
	feed_id feed;
	struct str scope;
};

/* A new row of what is about to be applied; ->n becomes its number. */
MUST_CHECK bool mark_change_insert(struct store *, struct mark_change *, struct err *);
/* The parts that were written and the place of the walk, once the change is begun. */
MUST_CHECK bool mark_change_begun(struct store *, const struct mark_change *, struct err *);
/* All of it after a step that changed so many stories, less than 0: that took them back. */
MUST_CHECK bool mark_change_stepped(
    struct store *, const struct mark_change *, int64_t changed, struct err *);
MUST_CHECK bool mark_change_delete(struct store *, int64_t n, struct err *);
/* The walk ends where it is. */
MUST_CHECK bool mark_change_end_walk(struct store *, int64_t n, struct err *);

/* The oldest change that steps are left of; ->n 0: there is none.  `scope` lives in the arena. */
MUST_CHECK bool mark_change_open(
    struct store *, struct arena *, struct mark_change *, struct err *);

/* What was undone can no longer be redone. */
MUST_CHECK bool mark_change_forget_undone(struct store *, struct err *);
/* All but the newest `levels`; the newest one is kept in any case. */
MUST_CHECK bool mark_change_forget_old(struct store *, int64_t levels, struct err *);

#endif
