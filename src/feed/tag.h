/*
 * A start tag, read forgivingly: values without quotes or missing, a quote that is never
 * closed, no space between attributes, anything between them that is no name.
 */
#ifndef KAWAT_FEED_TAG_H
#define KAWAT_FEED_TAG_H

#include "feed/entities.h"
#include "feed/limits.h"
#include "feed/xml.h"

struct tag_place {
	size_t at,
	    n; /* in `values`; n SIZE_MAX: the value stands in the input as it is */
};

/* Zero-initialised it is ready; it is used for one tag after the other. */
struct tag {
	struct str name;
	struct xml_attribute attributes[FEED_MAX_ATTRIBUTES];
	size_t n;
	bool is_empty; /* <br/> */
	bool is_odd;   /* something had to be forgiven */
	struct tag_place places[FEED_MAX_ATTRIBUTES];
	struct buf values; /* that differ from the input */
};

enum tag_end {
	TAG_WHOLE,
	TAG_CUT,   /* the bytes ended first */
	TAG_STRAY, /* it is none: another '<' came before its '>' */
};

/*
 * Read the tag at the beginning of s, whose second byte begins a name.  What the tag
 * holds borrows from s and lives until the next read.  `final`: no bytes will follow, so
 * a quote that is not closed never will be.
 */
enum tag_end tag_read(
    struct tag *, struct str s, bool final, struct entities *, size_t *taken);

void tag_clear(struct tag *);

/* The name that begins at i; it ends before what cannot stand in one. */
struct str tag_name(struct str s, size_t i);

#endif
