/* The signs that end a dateline and part what is in it: dashes, stops, brackets. */
#ifndef KAWAT_STORY_DATELINE_SIGN_H
#define KAWAT_STORY_DATELINE_SIGN_H

#include "base/str.h"

/*
 * The separator at the front of s, with the spaces around it.  Returns the bytes it takes, 0 for
 * none.  *dash: a dash is in it, and not just a full stop or nothing but a colon.
 */
size_t dateline_separator(struct str s, bool *dash);

/* The first dash that stands apart (" - ", " -- ", "— "); its offset, or STR_NONE. */
size_t dateline_dash(struct str s);

/* The closing partner of an opening sign, or 0. */
uint32_t dateline_partner(uint32_t sign);

/* The sign, from the offset `at` on; its offset, or STR_NONE.  *after is behind it. */
size_t dateline_find_sign(struct str s, size_t at, uint32_t sign, size_t *after);

#endif
