/*
 * What `kawat store --links` will fetch, before it fetches: the pages that the store knows of as links,
 * exactly, and for pages that nobody has seen yet as many links as a story usually has.
 */
#ifndef KAWAT_APP_STORE_BUDGET_H
#define KAWAT_APP_STORE_BUDGET_H

#include "app/story_fetch.h"

enum {
	STORE_BUDGET_LINKS = 4, /* read-also links of a story: the sample wire and real ones have 2 to 6 */
	STORE_BUDGET_PAGE_BYTES = 150 * 1024, /* a news page as found */
	STORE_BUDGET_MAX = 5000, /* pages in one command; more is a crawl */
};

struct store_budget {
	int64_t pages; /* all of them, at most STORE_BUDGET_MAX */
	int64_t linked; /* of those, the ones that links lead to */
};

/* Walks as many steps through the store as wire will; reads only stories that are on the way. */
MUST_CHECK bool store_budget(struct store *, const struct story_wish *, size_t n, int64_t depth,
    struct store_budget *, struct err *);

#endif
