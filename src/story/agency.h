/*
 * The news agencies of the world that a dateline, a credit line or a feed may name, and the
 * exchanges through which some pass copy on: a table (agency.def), found by host or by name
 * (agency_name.def).
 */
#ifndef KAWAT_STORY_AGENCY_H
#define KAWAT_STORY_AGENCY_H

#include "base/str.h"

enum { AGENCY_OANA = 1 }; /* a member of the Organization of Asia-Pacific News Agencies */

struct agency {
	struct str name; /* as it is shown */
	struct str country; /* ISO 3166 */
	struct str languages; /* BCP 47, parted by spaces, its own first */
	unsigned flags;
	struct str hosts; /* parted by '|' */
};

size_t agency_count(void);
const struct agency *agency_at(size_t i);

/*
 * By name or another name of it; ASCII case does not matter, but names of two or three letters
 * must be written as in the table (an "ap" or "ani" in a sentence is none).  NULL: unknown.
 */
const struct agency *agency_by_name(struct str name);

/* By the host of an address, its own or one above it.  NULL: unknown. */
const struct agency *agency_by_host(struct str host);

/*
 * An agency as datelines and credits write it: "dpa/lni" (a desk), "Yonhap-OANA" (an exchange),
 * "AFP/Reuters" (two: the first).  *agency is the name as written without desk and exchange,
 * *desk and *exchange are parts of the text or empty; all borrow from it.  Returns the row or NULL.
 */
const struct agency *agency_read(struct str text, struct str *agency, struct str *desk,
    struct str *exchange);

#endif
