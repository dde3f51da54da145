/*
 * Taking one story out of the store with all that hangs on it.
 */
#ifndef KAWAT_STORE_REMOVE_H
#define KAWAT_STORE_REMOVE_H

#include "store/store.h"

/*
 * Within a transaction.  In ascending order of `ord` it is several times faster: the
 * search index gathers deletions as long as its row numbers grow.  A story that is not
 * there is no failure.
 */
MUST_CHECK bool remove_story(struct store *, story_id, struct err *);

#endif
