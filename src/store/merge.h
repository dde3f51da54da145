/*
 * Two rows turn out to be one story: a page says that its canonical address is one that
 * another row has.
 */
#ifndef KAWAT_STORE_MERGE_H
#define KAWAT_STORE_MERGE_H

#include "store/store.h"

/*
 * Within a transaction.  `keep` takes over the memberships, links, addresses, star and
 * reading of `drop`, which is removed.  The text of `keep` stays unless only `drop` had
 * one.
 */
MUST_CHECK bool merge_stories(struct store *, story_id keep, story_id drop, struct err *);

#endif
