/*
 * Taking stories out of the store with all that hangs on them.
 */
#ifndef KAWAT_STORE_REMOVE_H
#define KAWAT_STORE_REMOVE_H

#include "store/store.h"

/*
 * Within a transaction.  Several times faster when they are given in ascending order of
 * `ord`, see index_take_out.  A story that is not there is no failure.
 */
MUST_CHECK bool remove_stories(struct store *, const story_id *, size_t n, struct err *);

#endif
