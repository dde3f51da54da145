/*
 * The search index follows behind the headlines: a commit makes stories listed,
 * index_step makes them found fast.  Search reads the stories that wait here itself, so
 * nothing is ever missed.
 */
#ifndef KAWAT_STORE_INDEX_H
#define KAWAT_STORE_INDEX_H

#include "store/store.h"

enum { INDEX_STEP = 1000 }; /* stories in one transaction: some 100 ms */

/* Index at most n waiting stories in one transaction.  *left is how many wait still. */
MUST_CHECK bool index_step(struct store *, size_t n, int64_t *left, struct err *);

MUST_CHECK bool index_waiting(struct store *, int64_t *, struct err *);

/*
 * Within a transaction: take a story out of the index, whatever state it is in there.
 * Of many, take out all, in ascending order, before anything else is changed: FTS5
 * gathers changes as long as its row numbers grow, and writes them out at every
 * savepoint, which SQLite opens for each statement that may fail half-way (INSERT ...
 * SELECT, triggers).
 */
MUST_CHECK bool index_take_out(struct store *, int64_t ord, struct err *);

#endif
