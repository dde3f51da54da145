/*
 * Walking a plan: its statements are made, run and merged into plan.best.
 */
#ifndef KAWAT_STORE_PLAN_WALK_H
#define KAWAT_STORE_PLAN_WALK_H

#include "store/plan_choose.h"
#include "store/where.h"

/* Which waiting stories have each word: for words that are conditions of a statement. */
MUST_CHECK bool plan_look_at_waiting(struct plan *, struct err *);

MUST_CHECK bool plan_walk(struct plan *, struct err *);

/* Only what the search index does not have yet. */
MUST_CHECK bool plan_walk_waiting(struct plan *, struct err *);

/* Does the row of the story matter, beyond its place? */
bool plan_needs_story(const struct plan *);

/* Muted stories are in no list that does not ask for them, stories that are in hidden feeds alone
 * no part of "everything". */
void plan_add_hidden(struct plan *, struct where *);

#endif
