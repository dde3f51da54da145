/*
 * Names that are nearly the same: what a reader may have meant.
 */
#ifndef KAWAT_BASE_NEAR_H
#define KAWAT_BASE_NEAR_H

#include "base/str.h"

enum { NEAR_MAX_BYTES = 48 }; /* longer ones are near to nothing */

/*
 * How many letters to change, add, drop or swap with their neighbour, whatever their case; letters of
 * ASCII.  More than `most` is not looked for: then it is some number beyond.
 */
size_t near_distance(struct str, struct str, size_t most);

/*
 * The name in the list nearest to `word` (at most a third of its letters differ, or one, and never all
 * of them), or NULL.  For `Did you mean "refresh"?`.
 */
const char *near_name(struct str word, const char *const *names, size_t n);

#endif
