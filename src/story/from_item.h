/*
 * An item of a feed as a wire story: the headline's signals, the text that it carries taken apart
 * (anatomy.h), its read-also links, the agency behind the feed.
 */
#ifndef KAWAT_STORY_FROM_ITEM_H
#define KAWAT_STORY_FROM_ITEM_H

#include "base/arena.h"
#include "feed/item.h"
#include "story/story.h"

/*
 * The story is initialised here; what it holds lives in the arena or in head and item, whichever
 * ends first.  `full` is set when the item carries the whole text: content (or a full-text
 * element) that is clearly longer than the summary, and does not break off.
 */
void story_from_item(struct arena *, const struct feed_head *, const struct feed_item *,
    struct story *);

#endif
