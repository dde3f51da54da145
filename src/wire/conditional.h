/*
 * Conditional requests (RFC 9110, section 13): which of a server's validators are kept, so that
 * they may be sent back.  What comes from a server is hostile until it is seen to be a plain,
 * short header value: then nothing that is stored can ever start a header of its own.
 */
#ifndef KAWAT_WIRE_CONDITIONAL_H
#define KAWAT_WIRE_CONDITIONAL_H

#include "base/str.h"

enum {
	CONDITIONAL_MAX_ETAG_BYTES = 1024, /* real ones stay under 100 */
	CONDITIONAL_MAX_DATE_BYTES = 64, /* an HTTP date takes 29 */
};

/*
 * The value itself when it may be kept and sent back, else the empty str.  A tag without quotes
 * passes: servers that send one compare it byte by byte.
 */
struct str conditional_etag(struct bytes header);
struct str conditional_date(struct bytes header);

#endif
