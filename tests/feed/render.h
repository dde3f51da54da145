/* For tests: a document through the reader, in pieces of a size, as the JSON of `kawat
 * parse`. */
#ifndef KAWAT_TESTS_FEED_RENDER_H
#define KAWAT_TESTS_FEED_RENDER_H

#include "base/buf.h"
#include "base/err.h"
#include "feed/reader.h"

/* A piece of 0: of uneven sizes.  False: no feed; *e says why, and *out is what was written until then. */
bool render_feed(const struct feed_source *, const struct feed_limits *,
    struct bytes document, size_t piece, struct buf *out, struct err *e);

#endif
