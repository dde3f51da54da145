/*
 * Which addresses lead into the reader's own networks, so that no feed, redirect or link can make
 * kawat ask a router, a printer or a service on this machine.
 *
 * The ranges are those of the IANA special-purpose registries (RFC 6890 and its updates) that are
 * not globally reachable, with multicast.  Addresses that carry an IPv4 address inside (mapped,
 * compatible, NAT64, 6to4) are judged by it; Teredo, which hides one, is refused as a whole.
 */
#ifndef KAWAT_WIRE_ADDRESS_H
#define KAWAT_WIRE_ADDRESS_H

#include "base/str.h"

struct sockaddr;

enum address_class {
	ADDRESS_PUBLIC,
	ADDRESS_LOOPBACK, /* this machine */
	ADDRESS_PRIVATE, /* a network of one's own: RFC 1918, link-local, unique local */
	ADDRESS_SPECIAL, /* multicast, documentation, reserved: no feed is there */
};

/* What a socket would be connected to.  Another family than IPv4 and IPv6 is special. */
enum address_class address_class(const struct sockaddr *);

/*
 * What a host, as it stands in an address, says by itself (without brackets around IPv6).  A
 * literal is judged as above; `localhost` and names under it are loopback; a name without a dot
 * and names that are kept for networks of one's own (.local, RFC 6762; .home.arpa, RFC 8375;
 * .internal; .lan) are private; any other name is public until it is resolved.
 */
enum address_class address_class_of_host(struct str host);

const char *address_class_name(enum address_class); /* "this machine", ... for error texts */

#endif
