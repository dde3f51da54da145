/* Which words before a dash are a place, though no agency stands with them. */
#ifndef KAWAT_STORY_DATELINE_PLACE_H
#define KAWAT_STORY_DATELINE_PLACE_H

#include "story/dateline.h"

/*
 * Is the place that was read from before a dash or a colon surely one?  It is written in capitals
 * that can be spoken (not "MVP"), is no label, title or body, and no initials.
 */
bool dateline_place_stands(const struct dateline *);

#endif
