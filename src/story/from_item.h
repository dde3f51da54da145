/*
 * An item of a feed as a wire story: the headline's signals, the text that it carries taken apart
 * (anatomy.h), its read-also links, the agency behind the feed.
 */
#ifndef KAWAT_STORY_FROM_ITEM_H
#define KAWAT_STORY_FROM_ITEM_H

#include "base/arena.h"
#include "feed/item.h"
#include "story/agency.h"
#include "story/story.h"

enum { ORIGIN_HOST_BYTES = 128 }; /* a longer host is looked up each time */

/* What the items of one feed have in common, found once: {0} before the first of them.  It borrows
 * from the head. */
struct story_origin {
	bool looked;
	struct str link, feed_url, title; /* of the head, when it was looked at */
	const struct agency *agency; /* that they name; may be NULL */
	char host[ORIGIN_HOST_BYTES]; /* of the last item */
	size_t n_host;
	const struct agency *host_agency;
	struct str guessed; /* the language of the last item that named none; static memory */
	int n_guessed; /* items in a row of that language */
};

/*
 * The story is initialised here; what it holds lives in the arena or in head and item, whichever
 * ends first.  `full` is set when the item carries the whole text: content (or a full-text
 * element) that is clearly longer than the summary, and does not break off.
 */
void story_from_item(struct arena *, struct story_origin *, const struct feed_head *,
    const struct feed_item *, struct story *);

#endif
