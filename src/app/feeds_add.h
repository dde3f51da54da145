/*
 * Many feeds into the feeds file in one edit: read once, written once, whole or not at all.  What
 * is there already, by the canonical address (text/url.h: url_key), stays as it is.
 */
#ifndef KAWAT_APP_FEEDS_ADD_H
#define KAWAT_APP_FEEDS_ADD_H

#include "app/feeds_file.h"

enum feeds_add_outcome {
	FEEDS_ADDED,
	FEEDS_PRESENT, /* in the file, or earlier among these */
	FEEDS_NO_ROOM, /* the file has as many lines or bytes as it may */
};

struct feeds_addition {
	struct str url; /* http(s), normal; of a search what stands behind `search:` */
	struct str name, section, options; /* one line each; options as in the file, or empty */
	bool is_search;
	enum feeds_add_outcome outcome; /* filled */
};

/* write false: only find out.  False: the file could not be read or written, and is as it was. */
MUST_CHECK bool feeds_add(struct feeds_file *, struct feeds_addition *, size_t n, bool write,
    struct err *);

#endif
