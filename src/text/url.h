/*
 * Addresses: RFC 3986 with the leniency of the WHATWG URL Standard, since feeds and pages are
 * written by hand.  White space around and line breaks inside go; in http and https a backslash
 * is a slash; what may not stand in an address is percent-encoded as UTF-8; scheme and host
 * become lower case; a host in other scripts becomes punycode (RFC 3492) after NFKC and case
 * folding; default ports go; dot segments are removed.  An escape that is broken stays as it is.
 *
 * An address is a str, clean and without white space or non-ASCII characters once it came out of
 * url_resolve.
 */
#ifndef KAWAT_TEXT_URL_H
#define KAWAT_TEXT_URL_H

#include "base/arena.h"

enum { URL_MAX_BYTES = 64 * 1024 }; /* longer ones are answered with the empty str */

/* The parts, borrowed from the address.  A part that is absent is empty with p NULL. */
struct url {
	struct str scheme; /* without ':' */
	struct str userinfo; /* without '@' */
	struct str host; /* an IPv6 address with its brackets */
	struct str port;
	struct str path;
	struct str query; /* without '?' */
	struct str fragment; /* without '#' */
};

/* Never fails: what is no address has everything in `path`. */
struct url url_split(struct str);

/*
 * `ref` as an absolute address, against `base` when it is relative.  When base is empty or no
 * usable base, a relative ref is answered as it is, trimmed and encoded.  Other schemes (mailto:,
 * tag:, urn:) are answered trimmed and encoded.  Empty: longer than URL_MAX_BYTES, or an
 * http(s) address with a host that cannot be one.
 */
struct str url_resolve(struct arena *, struct str base, struct str ref);

/* One address alone, made as above.  What the user typed: "example.org/feed" gets https://. */
struct str url_normal(struct arena *, struct str);
struct str url_typed(struct arena *, struct str);

bool url_is_absolute(struct str); /* has a scheme */
bool url_is_http(struct str); /* http or https, with a host */
struct str url_host(struct str); /* borrowed; empty if none */
int url_port(struct str); /* as written or the scheme's own; 0: unknown */
bool url_origin_equal(struct str a, struct str b); /* scheme, host, port; http(s) only */
bool url_has_userinfo(struct str);
struct str url_without_fragment(struct str); /* borrowed */
struct str url_without_userinfo(struct arena *, struct str);

/*
 * The canonical key of a story's address, equal for addresses that show the same story: https for
 * http; without `www.`, `m.`, `mobile.`, `amp.`, default port, userinfo, fragment (a "#!" one
 * stays), tracking parameters (url_tracking.def), AMP variants (/amp, ?amp=1, outputType=amp) and
 * the slash at the end; percent-encoding as short as it may be.  The order of the remaining
 * parameters stays.  Empty when it is not http(s).  It is a key: never fetch it.
 */
struct str url_key(struct arena *, struct str);

/*
 * For showing: never with userinfo, percent-encoded, at most max_cols characters (0: all) with an
 * ellipsis in the middle.  All of it is ASCII but the ellipsis.
 */
struct str url_show(struct arena *, struct str, size_t max_cols);

/*
 * The host for showing: in its own script when every label keeps to one (`пример.example`), else
 * the punycode, which nobody takes for another host.
 */
struct str url_show_host(struct arena *, struct str url);

/*
 * RFC 3492.  `host` is one host name, dots and all.  To ASCII: NFKC, case folded, the full-width
 * dots taken for dots; empty if it cannot be a host.  To Unicode: labels that are no valid punycode
 * stay.
 */
struct str url_host_ascii(struct arena *, struct str host);
struct str url_host_unicode(struct arena *, struct str host);

/* Percent-decode; the result is any bytes (clean them). */
struct bytes url_decode(struct arena *, struct str);

#endif
