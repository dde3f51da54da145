/* What stands before the agency or the dash: places and a date, parted by commas or full stops. */
#ifndef KAWAT_STORY_DATELINE_LIST_H
#define KAWAT_STORY_DATELINE_LIST_H

#include "story/dateline.h"

/*
 * "BUENOS AIRES, Argentina", "Москва. 22 ноября", "JAKARTA, KOMPAS.com": sets the place, the
 * region, the date and the agency of *d that are in s.  False: something else is in it, and what
 * is set means nothing.
 */
bool dateline_read_list(struct str s, struct dateline *d);

#endif
