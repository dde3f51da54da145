/*
 * Stories that wait to be stored: asked for while offline, fetched on return.
 */
#ifndef KAWAT_STORE_FETCH_QUEUE_H
#define KAWAT_STORE_FETCH_QUEUE_H

#include "store/store.h"

enum { FETCH_QUEUE_MAX = 10000 }; /* entries; more is refused */

struct fetch_wish {
	story_id id; /* STORY_NONE: only the address is known */
	struct str url, title; /* the title may be empty */
	int64_t at; /* when it was asked for */
	int64_t why, depth, budget; /* kept for who asked, see wire's protocol */
	int64_t failures;
};

struct fetch_wishes {
	struct fetch_wish *v;
	size_t n;
};

/* Add one; an address that waits already stays once, with the larger depth and budget. */
MUST_CHECK bool fetch_queue_add(struct store *, const struct fetch_wish *, struct err *);
/* Oldest wish first. */
MUST_CHECK bool fetch_queue_list(
    struct store *, struct arena *, size_t limit, struct fetch_wishes *, struct err *);
MUST_CHECK bool fetch_queue_count(struct store *, int64_t *, struct err *);
MUST_CHECK bool fetch_queue_remove(struct store *, struct str url, struct err *);
MUST_CHECK bool fetch_queue_failed(struct store *, struct str url, struct err *);

#endif
