/*
 * Bytes of a feed in, items out, as they come: nothing grows with the length of the feed.
 * Reads RSS 0.90 to 2.0 and 1.0/1.1 (RDF), Atom 0.3 and 1.0 (RFC 4287), JSON Feed 1.0
 * and 1.1. It never fetches anything, and a well-formed feed pays nothing for the
 * repairs.
 */
#ifndef KAWAT_FEED_READER_H
#define KAWAT_FEED_READER_H

#include "base/err.h"
#include "feed/item.h"
#include "text/charset.h"

struct feed_source {
	struct str url; /* after redirects; the base when nothing else is; may be empty */
	struct str content_type; /* the HTTP header as it came, may be empty */
	struct str charset;      /* set by the user when the feed lies, may be empty */
	struct charset_set
	    *charsets; /* converters opened before; NULL: opened as needed */
};

struct feed_limits {
	size_t max_items; /* 0: no limit */
	size_t max_bytes; /* of what comes, 0: no limit; the rest is left out, and it is told */
};

/* Called for each whole item, in document order.  The item lives until it returns. */
typedef void feed_item_handler(void *ctx, const struct feed_item *);

struct feed_reader;

struct feed_reader *feed_reader_new(const struct feed_source *,
    const struct feed_limits *, feed_item_handler *, void *ctx);
void feed_reader_free(struct feed_reader *); /* NULL is allowed */

/*
 * Give it the next bytes.  False: this is no feed or cannot be read further (ERR_INPUT);
 * items that came out before stay good.
 */
MUST_CHECK bool feed_reader_push(struct feed_reader *, struct bytes, struct err *);

/* No more bytes.  False with ERR_INPUT: no root element of a feed was found. */
MUST_CHECK bool feed_reader_end(struct feed_reader *, struct err *);

/*
 * What is known of the feed itself: so far (in an item handler), whole after
 * feed_reader_end. Borrowed until feed_reader_free.
 */
const struct feed_head *feed_reader_head(const struct feed_reader *);

/* The charset that is needed and was not opened before the box closed, or empty
 * (text/charset.h). */
struct str feed_reader_needs(const struct feed_reader *);

#endif
