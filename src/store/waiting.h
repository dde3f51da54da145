/*
 * Searching the stories that wait to be indexed: their texts are read and compared
 * here.
 */
#ifndef KAWAT_STORE_WAITING_H
#define KAWAT_STORE_WAITING_H

#include "store/list_place.h"
#include "store/words.h"

struct waiting_hits {
	int64_t *v; /* ords, nearest first */
	size_t n, cap;
};

/*
 * Those between low and high (both excluded) for which all the terms' words hold; at
 * most `limit`. `per_leaf`, when not NULL, has one list for each word of the query:
 * those that have it, and then nothing is left out.
 */
MUST_CHECK bool waiting_look(struct store *, struct arena *, struct words *,
    size_t n_leaves, const struct term *const *terms, size_t n_terms, int64_t low,
    int64_t high, enum list_direction, size_t limit, struct waiting_hits *,
    struct waiting_hits *per_leaf, struct err *);

/* For who reads rows of (ord, title, place, byline, text, links) of story_text himself: the texts,
 * borrowed from the row, and whether all the terms' words hold. */
void waiting_peek(sqlite3_stmt *, struct words_text *);
/* Does somebody want a read to stop, that has looked at n texts?  Then *e says so. */
bool waiting_stopped(struct store *, size_t n, struct err *);
bool waiting_hold(const struct term *const *terms, size_t n, const bool *found);

#endif
