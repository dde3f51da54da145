/* Slips of the hand in names: `titel`, `pubDat`, `itme`. */
#ifndef KAWAT_FEED_SLIP_H
#define KAWAT_FEED_SLIP_H

#include "base/str.h"

enum { SLIP_MAX_BYTES = 24 }; /* longer names are never taken for each other */

/*
 * Are two names the same but for one letter (two in names of five and more) that is
 * wrong, missing or too many, or two neighbours that are exchanged?  Letter case does not
 * matter; names of fewer than three letters are too short to tell.
 */
bool slip_is(struct str a, struct str b);

#endif
