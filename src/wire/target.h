/*
 * A target is an address taken apart for asking: what is sent, to whom, and with which
 * credentials; and the rules about where a redirect may lead.
 */
#ifndef KAWAT_WIRE_TARGET_H
#define KAWAT_WIRE_TARGET_H

#include "base/arena.h"
#include "base/err.h"

struct target {
	struct str url; /* normalised, without userinfo and fragment: safe to send and to show */
	struct str host; /* without brackets */
	struct str path; /* path and query, as sent; begins with '/' */
	int port;
	bool tls;
	struct str user, password; /* of the address's userinfo, decoded; usually empty */
};

/* An http or https address.  False: it is none. */
MUST_CHECK bool target_of(struct arena *, struct str url, struct target *, struct err *);

/*
 * Where a Location header leads.  Only http and https, never from https to http; userinfo in it
 * is dropped, so that no server can make kawat send credentials.  False: refused, with a sentence.
 */
MUST_CHECK bool target_follow(struct arena *, const struct target *from, struct bytes location,
    struct target *to, struct err *);

bool target_same_origin(const struct target *, const struct target *); /* scheme, host, port */
bool target_same_host(const struct target *, const struct target *); /* host and port */

#endif
