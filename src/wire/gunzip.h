/*
 * Content-Encoding: gzip (RFC 1952), unpacked as it comes.  Done here and not by libcurl, which
 * takes a stream that breaks off for a whole one (7.88); here a missing trailer is an error, as
 * is a wrong checksum.  Several members in a row are one body; what follows the last is ignored.
 */
#ifndef KAWAT_WIRE_GUNZIP_H
#define KAWAT_WIRE_GUNZIP_H

#include "base/err.h"

struct gunzip;

struct gunzip *gunzip_new(void);
void gunzip_free(struct gunzip *);

/* Called with what was unpacked; false stops. */
typedef bool gunzip_sink(void *ctx, struct bytes piece);

/* False: not gzip, damaged (*e is set), or the sink said so (*e is not). */
MUST_CHECK bool gunzip_push(struct gunzip *, struct bytes packed, gunzip_sink *, void *ctx,
    struct err *);

/* No more comes.  False: the stream breaks off. */
MUST_CHECK bool gunzip_end(const struct gunzip *, struct err *);

#endif
