/*
 * JSON Feed 1.0 and 1.1 (jsonfeed.org), read whole.  What is often wrong is mended first:
 * raw control characters in strings, escapes of half a character or of none, numbers
 * beyond any range, a mark at the front, something after the end, an end that is missing.
 */
#ifndef KAWAT_FEED_JSONFEED_H
#define KAWAT_FEED_JSONFEED_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "feed/reader.h"
#include "feed/repairs.h"

struct jsonfeed_job {
	struct str url;   /* the base of relative addresses, may be empty */
	size_t max_items; /* 0: no limit */
	feed_item_handler *handler;
	void *ctx;
	struct arena *arena; /* for the head */
	struct feed_head
	    *head; /* filled, but for what was mended */
	struct repairs *repairs;
};

/*
 * `text` is valid UTF-8 and is changed.  False (ERR_INPUT): no JSON, no feed, or one
 * that is cut before its first item ends.
 */
MUST_CHECK bool jsonfeed_read(
    const struct jsonfeed_job *, struct buf *text, struct err *);

#endif
