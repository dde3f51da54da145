/* Base64 (RFC 4648), as Atom content may be written. */
#ifndef KAWAT_FEED_BASE64_H
#define KAWAT_FEED_BASE64_H

#include "base/arena.h"

/*
 * White space is passed over, padding may be missing.  False: there is another character
 * in it, or nothing at all.
 */
bool base64_decode(struct arena *, struct str, struct bytes *out);

#endif
