/*
 * A story that a site spreads over several pages, made one again.
 */
#ifndef KAWAT_STORY_JOIN_H
#define KAWAT_STORY_JOIN_H

#include "story/story.h"

/*
 * Add what the next page says: text with its spans, links, pictures, and the credits that stand
 * at its foot.  What the story has already (pages repeat the standfirst, or the first one was a
 * part of this) is not doubled.  Everything new lives in the arena, which the page's strings must
 * outlive or share.
 */
void story_join(struct arena *, struct story *inout, const struct story *page);

#endif
