/*
 * The feeds that a web page offers: <link rel="alternate" type="application/rss+xml"> and
 * the like in its head (or wherever it put them), and rel="feed", also where the type is
 * missing or wrong and the address says what it is.  When a page has none of those, its
 * plain links whose address says RSS or Atom are offered instead: they are often right,
 * never certain.
 */
#ifndef KAWAT_FEED_DISCOVER_H
#define KAWAT_FEED_DISCOVER_H

#include "base/arena.h"

enum { DISCOVER_MAX_OFFERS = 100 }; /* a large paper has some forty */

struct feed_offer {
	struct str url;   /* absolute http or https, without userinfo */
	struct str title; /* one line; may be empty */
	struct str type;  /* the media type, may be empty */
};

struct feed_offers {
	struct feed_offer *v;
	size_t n, cap;
	bool guessed; /* they are plain links */
};

/*
 * `html` is valid UTF-8 (text/charset.h), `url` is where it came from.  In page order,
 * each address once; what is found lives in the arena.
 */
struct feed_offers feed_discover(struct arena *, struct str html, struct str url);

#endif
