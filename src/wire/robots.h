/*
 * robots.txt (RFC 9309) for what kawat fetches without having been asked for that very page: links
 * stored ahead, full texts of a feed.  What the reader opens is not a robot's visit.
 */
#ifndef KAWAT_WIRE_ROBOTS_H
#define KAWAT_WIRE_ROBOTS_H

#include "base/str.h"

enum {
	ROBOTS_MAX_BYTES = 500 * 1024, /* what RFC 9309, 2.5 asks a crawler to read at least */
	ROBOTS_MAX_RULES = 10000,
	ROBOTS_MAX_PATTERN_BYTES = 2048, /* a longer rule is passed over */
	ROBOTS_KEEP_S = 24 * 3600, /* 2.4: not to be kept longer */
};

struct robots;

/*
 * Read the rules that are meant for `agent` (a product token, "kawat"); what lies behind
 * ROBOTS_MAX_BYTES is not looked at.  Free with robots_free.
 */
struct robots *robots_parse(struct bytes text, struct str agent);

/* What the answer to the request for robots.txt means when it is not 2xx (2.3.1). */
struct robots *robots_of_status(long status); /* 4xx: all is allowed; 5xx, none: nothing is */

void robots_free(struct robots *);

/* target: path and query as they are sent; the longest rule decides, an even match allows. */
bool robots_allows(const struct robots *, struct str target);

#endif
