/*
 * What Unicode keeps apart and readers do not: forms of Arabic letters, quotes, dashes; and what
 * nobody sees.  The inside of text/fold.h.
 */
#ifndef KAWAT_TEXT_FOLD_SIGN_H
#define KAWAT_TEXT_FOLD_SIGN_H

#include "base/str.h"

struct fold_pair {
	uint32_t from, to;
};

/* The `to` of the row of c, or c itself. */
uint32_t fold_look_up(const struct fold_pair *rows, size_t n, uint32_t c);

/* What c is taken for once Unicode's own folding is done; c itself when nothing is. */
uint32_t fold_like(uint32_t c);

/* Joiners, direction marks, selectors, soft hyphens; the Arabic vowel signs and tatweel. */
bool fold_is_dropped(uint32_t c);

#endif
