/*
 * JSON as it is found, made into JSON that a strict reader takes (RFC 8259), in place and
 * in one pass: raw controls in strings become spaces; \u0000 goes; an escape of half a
 * character becomes \ufffd, and one that is none loses its backslash; numbers that no
 * double holds become 0; a comma too many goes; what stands behind the end is left out.
 * JSON that breaks off is ended behind the last member or item that is whole; one that has
 * none stays as it is.
 */
#ifndef KAWAT_FEED_JSON_MEND_H
#define KAWAT_FEED_JSON_MEND_H

#include "base/buf.h"
#include "feed/repairs.h"

enum { JSON_MEND_MAX_ADDED = 2 }; /* bytes: the brackets of the items and of the feed */

enum json_mend {
	JSON_MEND_READY,
	JSON_MEND_TOO_DEEP, /* FEED_MAX_JSON_DEPTH */
	JSON_MEND_TOO_MANY, /* FEED_MAX_JSON_VALUES */
};

enum json_mend json_mend(struct buf *, struct repairs *);

#endif
