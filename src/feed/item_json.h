/*
 * Items and the feed as the JSON of `kawat parse`: one object, its items first, as they
 * come, and what is known of the feed after them.  Nothing is written before there is
 * something to say, so what is no feed leaves the output empty.
 */
#ifndef KAWAT_FEED_ITEM_JSON_H
#define KAWAT_FEED_ITEM_JSON_H

#include "base/json.h"
#include "feed/item.h"

struct item_json {
	struct json *out;
	bool begun;
};

/* A feed_item_handler: ctx is a struct item_json. */
void item_json_item(void *ctx, const struct feed_item *);

/* The keys of one item; the object around them is the caller's, who may add keys. */
void item_json_fields(struct json *, const struct feed_item *);

/* The end of the feed: closes the items, writes the feed's keys, closes the object. */
void item_json_end(struct item_json *, const struct feed_head *);

/* "rss20", "atom10" and so on. */
const char *feed_format_name(enum feed_format);

#endif
