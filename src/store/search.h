/*
 * Full-text search: the words of a query in all stories ever stored, with an excerpt.
 * By date it is a window like any list; by relevance the newest hits are ranked, because a rank
 * must look at every hit.  What one costs grows with the words: so many places of words are looked
 * at as SEARCH_RANKED hits of one word have, but SEARCH_RANKED_LEAST hits in any case.
 */
#ifndef KAWAT_STORE_SEARCH_H
#define KAWAT_STORE_SEARCH_H

#include "store/list.h"

enum { SEARCH_RANKED = 5000, SEARCH_RANKED_LEAST = 1000, SEARCH_MAX_MATCHES = 16 };

struct search_match {
	uint32_t at, n; /* bytes of the excerpt */
};

struct search_hit {
	struct story_row row;
	struct str excerpt; /* one line with `…` where it is cut */
	struct search_match matches[SEARCH_MAX_MATCHES];
	int n_matches;
};

struct search_hits {
	struct search_hit *v;
	size_t n;
};

/* As list_window, with excerpts. */
MUST_CHECK bool search_window(struct store *, struct arena *, const struct query *,
    int64_t place, enum list_direction, size_t limit, struct search_hits *, struct err *);

/* The best of the newest hits (above), best first, `skip` of them left out. */
MUST_CHECK bool search_best(struct store *, struct arena *, const struct query *,
    size_t skip, size_t limit, struct search_hits *, struct err *);

/* Words of the query that no story has, and for each the nearest word that some story
 * has (empty: none is near).  For `Did you mean`. */
struct search_advice {
	struct str *unknown, *nearest;
	size_t n;
};
MUST_CHECK bool search_advise(struct store *, struct arena *, const struct query *,
    struct search_advice *, struct err *);

#endif
