/*
 * Lines that stand in the story's box and say nothing of it, told by their form: the caption of a
 * picture, which ends in a credit ("... Foto: Damar Prakoso"), an address that was not made a
 * link, the time when it was published.  The labels of credits are a table (page_aside.def).
 */
#ifndef KAWAT_STORY_PAGE_ASIDE_H
#define KAWAT_STORY_PAGE_ASIDE_H

#include "base/arena.h"

/* line: clean.  The arena is for scratch. */
bool page_aside_is_caption(struct arena *, struct str line);
bool page_aside_is_address(struct str line);
bool page_aside_is_stamp(struct arena *, struct str line);

/* Names an address for mail: at the foot of a story, how to reach its author. */
bool page_aside_has_mail(struct str line);

#endif
