/*
 * One story of a stream: a line that is a JSON object (RFC 8259), see cluster_stream.h.
 */
#ifndef KAWAT_STORY_CLUSTER_LINE_H
#define KAWAT_STORY_CLUSTER_LINE_H

#include "base/arena.h"
#include "base/err.h"

struct cluster_line {
	struct str id; /* JSON text of the string, with its quotes, all ASCII */
	struct str title, text, lang; /* clean; empty: not given */
	int64_t at; /* CLUSTER_NO_TIME: not given, or not understood */
};

/* False: it is no such object, and *e (ERR_INPUT) says why. */
MUST_CHECK bool cluster_line_read(struct arena *, struct bytes, struct cluster_line *,
    struct err *);

#endif
