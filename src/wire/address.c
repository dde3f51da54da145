#include "wire/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* The first `bits` of an address in network order; the rest of `prefix` is zero. */
struct range {
	uint8_t prefix[16];
	uint8_t bits;
	enum address_class class;
};

static const struct range ranges_v4[] = {
	{{0}, 8, ADDRESS_LOOPBACK}, /* "this host": Linux connects it to itself */
	{{10}, 8, ADDRESS_PRIVATE},
	{{100, 64}, 10, ADDRESS_PRIVATE}, /* carrier-grade NAT, RFC 6598 */
	{{127}, 8, ADDRESS_LOOPBACK},
	{{169, 254}, 16, ADDRESS_PRIVATE}, /* link-local; cloud machines answer secrets here */
	{{172, 16}, 12, ADDRESS_PRIVATE},
	{{192, 0, 0}, 24, ADDRESS_SPECIAL}, /* IETF protocol assignments */
	{{192, 0, 2}, 24, ADDRESS_SPECIAL}, /* documentation */
	{{192, 88, 99}, 24, ADDRESS_SPECIAL}, /* 6to4 relays, withdrawn by RFC 7526 */
	{{192, 168}, 16, ADDRESS_PRIVATE},
	{{198, 18}, 15, ADDRESS_PRIVATE}, /* benchmarks of networks, RFC 2544 */
	{{198, 51, 100}, 24, ADDRESS_SPECIAL},
	{{203, 0, 113}, 24, ADDRESS_SPECIAL},
	{{224}, 4, ADDRESS_SPECIAL}, /* multicast */
	{{240}, 4, ADDRESS_SPECIAL}, /* reserved, with the broadcast address */
};

static const struct range ranges_v6[] = {
	{{0x01}, 8, ADDRESS_SPECIAL}, /* 100::/64 discards; nothing of 100::/8 is given out */
	{{0x20, 0x01, 0, 0}, 32, ADDRESS_SPECIAL}, /* Teredo hides an IPv4 address */
	{{0x20, 0x01, 0, 0}, 23, ADDRESS_SPECIAL}, /* IETF protocol assignments */
	{{0x20, 0x01, 0x0d, 0xb8}, 32, ADDRESS_SPECIAL}, /* documentation */
	{{0x3f, 0xff}, 20, ADDRESS_SPECIAL}, /* documentation, RFC 9637 */
	{{0x5f}, 8, ADDRESS_SPECIAL}, /* segment routing, RFC 9602 */
	{{0xfc}, 7, ADDRESS_PRIVATE}, /* unique local */
	{{0xfe, 0x80}, 10, ADDRESS_PRIVATE}, /* link-local */
	{{0xfe, 0xc0}, 10, ADDRESS_PRIVATE}, /* site-local, withdrawn */
	{{0xff}, 8, ADDRESS_SPECIAL}, /* multicast */
};

/* IPv6 prefixes behind which an IPv4 address stands, and where it begins. */
static const struct {
	uint8_t prefix[12];
	uint8_t bits, at;
} carriers[] = {
	{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96, 12}, /* mapped */
	{{0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96, 12}, /* translated, RFC 2765 */
	{{0}, 96, 12}, /* compatible, withdrawn; ::1 and :: are taken before */
	{{0x00, 0x64, 0xff, 0x9b}, 96, 12}, /* NAT64, RFC 6052 */
	{{0x20, 0x02}, 16, 2}, /* 6to4 */
};

static bool
has_prefix(const uint8_t *address, const uint8_t *prefix, unsigned bits)
{
	unsigned whole = bits / 8, rest = bits % 8;
	if (memcmp(address, prefix, whole) != 0)
		return false;
	return rest == 0 || (address[whole] ^ prefix[whole]) >> (8 - rest) == 0;
}

static enum address_class
class_in(const struct range *ranges, size_t n, const uint8_t *address)
{
	for (size_t i = 0; i < n; i++)
		if (has_prefix(address, ranges[i].prefix, ranges[i].bits))
			return ranges[i].class;
	return ADDRESS_PUBLIC;
}

static enum address_class
class_v4(const uint8_t *address)
{
	return class_in(ranges_v4, COUNT_OF(ranges_v4), address);
}

static enum address_class
class_v6(const uint8_t *address)
{
	static const uint8_t local_nat64[6] = {0x00, 0x64, 0xff, 0x9b, 0x00, 0x01};
	static const uint8_t zero[16];
	if (memcmp(address, zero, 15) == 0 && address[15] <= 1)
		return ADDRESS_LOOPBACK;
	if (has_prefix(address, local_nat64, 48))
		return ADDRESS_PRIVATE; /* RFC 8215 */
	for (size_t i = 0; i < COUNT_OF(carriers); i++)
		if (has_prefix(address, carriers[i].prefix, carriers[i].bits))
			return class_v4(address + carriers[i].at);
	return class_in(ranges_v6, COUNT_OF(ranges_v6), address);
}

enum address_class
address_class(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET) {
		struct sockaddr_in in;
		memcpy(&in, address, sizeof(in));
		return class_v4((const uint8_t *)&in.sin_addr);
	}
	if (address->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;
		memcpy(&in6, address, sizeof(in6));
		return class_v6(in6.sin6_addr.s6_addr);
	}
	return ADDRESS_SPECIAL;
}

/* inet_aton reads what the resolver and so curl reads: 127.1, 0x7f000001, 0177.0.0.1. */
static bool
literal_class(const char *host, enum address_class *class)
{
	struct in_addr v4;
	struct in6_addr v6;
	if (inet_aton(host, &v4)) {
		*class = class_v4((const uint8_t *)&v4);
		return true;
	}
	if (inet_pton(AF_INET6, host, &v6) == 1) {
		*class = class_v6(v6.s6_addr);
		return true;
	}
	return false;
}

static bool
is_under(struct str host, struct str domain)
{
	return host.n >= domain.n &&
	    str_eq_nocase(str_from(host, host.n - domain.n), domain) &&
	    (host.n == domain.n || host.p[host.n - domain.n - 1] == '.');
}

enum address_class
address_class_of_host(struct str host)
{
	static const struct str own[] = {STR_INIT("local"), STR_INIT("lan"),
	    STR_INIT("internal"), STR_INIT("home.arpa"), STR_INIT("localdomain")};
	if (host.n && host.p[host.n - 1] == '.')
		host.n--;
	size_t zone = str_find_char(host, '%'); /* fe80::1%eth0 */
	struct str bare = zone == STR_NONE ? host : str_sub(host, 0, zone);
	char z[64]; /* no literal is longer */
	enum address_class class;
	if (bare.n < sizeof(z)) {
		memcpy(z, bare.p ? bare.p : "", bare.n);
		z[bare.n] = '\0';
		if (literal_class(z, &class))
			return class;
	}
	if (is_under(host, STR("localhost")))
		return ADDRESS_LOOPBACK;
	for (size_t i = 0; i < COUNT_OF(own); i++)
		if (is_under(host, own[i]))
			return ADDRESS_PRIVATE;
	return str_find_char(host, '.') == STR_NONE ? ADDRESS_PRIVATE : ADDRESS_PUBLIC;
}

const char *
address_class_name(enum address_class class)
{
	switch (class) {
	case ADDRESS_LOOPBACK:
		return "this machine";
	case ADDRESS_PRIVATE:
		return "a private network";
	case ADDRESS_SPECIAL:
		return "a reserved address";
	case ADDRESS_PUBLIC:
		break;
	}
	return "a public address";
}
