/* The table of private and special addresses, from both sides of each edge. */
#include "check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "wire/address.h"

static enum address_class
class_of(const char *literal)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	if (inet_pton(AF_INET, literal, &v4.sin_addr) == 1)
		return address_class((const struct sockaddr *)(const void *)&v4);
	assert_int_equal(inet_pton(AF_INET6, literal, &v6.sin6_addr), 1);
	return address_class((const struct sockaddr *)(const void *)&v6);
}

static void
test_sockets(void **state)
{
	static const struct { const char *literal; enum address_class want; } rows[] = {
		{"0.0.0.0", ADDRESS_LOOPBACK}, {"0.255.255.255", ADDRESS_LOOPBACK},
		{"1.0.0.0", ADDRESS_PUBLIC}, {"9.255.255.255", ADDRESS_PUBLIC},
		{"10.0.0.0", ADDRESS_PRIVATE}, {"10.255.255.255", ADDRESS_PRIVATE},
		{"11.0.0.0", ADDRESS_PUBLIC}, {"100.63.255.255", ADDRESS_PUBLIC},
		{"100.64.0.0", ADDRESS_PRIVATE}, {"100.127.255.255", ADDRESS_PRIVATE},
		{"100.128.0.0", ADDRESS_PUBLIC}, {"126.255.255.255", ADDRESS_PUBLIC},
		{"127.0.0.1", ADDRESS_LOOPBACK}, {"127.255.255.254", ADDRESS_LOOPBACK},
		{"128.0.0.0", ADDRESS_PUBLIC}, {"169.253.255.255", ADDRESS_PUBLIC},
		{"169.254.169.254", ADDRESS_PRIVATE}, {"169.255.0.0", ADDRESS_PUBLIC},
		{"172.15.255.255", ADDRESS_PUBLIC}, {"172.16.0.1", ADDRESS_PRIVATE},
		{"172.31.255.255", ADDRESS_PRIVATE}, {"172.32.0.0", ADDRESS_PUBLIC},
		{"192.0.0.8", ADDRESS_SPECIAL}, {"192.0.1.0", ADDRESS_PUBLIC},
		{"192.0.2.1", ADDRESS_SPECIAL}, {"192.88.99.1", ADDRESS_SPECIAL},
		{"192.167.255.255", ADDRESS_PUBLIC}, {"192.168.0.0", ADDRESS_PRIVATE},
		{"192.169.0.0", ADDRESS_PUBLIC}, {"198.17.255.255", ADDRESS_PUBLIC},
		{"198.18.0.1", ADDRESS_PRIVATE}, {"198.19.255.255", ADDRESS_PRIVATE},
		{"198.20.0.0", ADDRESS_PUBLIC}, {"198.51.100.7", ADDRESS_SPECIAL},
		{"203.0.113.9", ADDRESS_SPECIAL}, {"223.255.255.255", ADDRESS_PUBLIC},
		{"224.0.0.1", ADDRESS_SPECIAL}, {"239.255.255.255", ADDRESS_SPECIAL},
		{"240.0.0.0", ADDRESS_SPECIAL}, {"255.255.255.255", ADDRESS_SPECIAL},
		{"::", ADDRESS_LOOPBACK}, {"::1", ADDRESS_LOOPBACK},
		{"::2", ADDRESS_LOOPBACK}, /* 0.0.0.2 as an IPv4-compatible address */
		{"::8.8.8.8", ADDRESS_PUBLIC}, {"::10.1.2.3", ADDRESS_PRIVATE},
		{"::ffff:127.0.0.1", ADDRESS_LOOPBACK}, {"::ffff:10.0.0.1", ADDRESS_PRIVATE},
		{"::ffff:8.8.8.8", ADDRESS_PUBLIC}, {"::ffff:0:192.168.1.1", ADDRESS_PRIVATE},
		{"64:ff9b::10.0.0.1", ADDRESS_PRIVATE}, {"64:ff9b::8.8.8.8", ADDRESS_PUBLIC},
		{"64:ff9b:1::1", ADDRESS_PRIVATE}, {"100::1", ADDRESS_SPECIAL},
		{"2001::1", ADDRESS_SPECIAL}, {"2001:1ff::1", ADDRESS_SPECIAL},
		{"2001:200::1", ADDRESS_PUBLIC}, {"2001:db8::1", ADDRESS_SPECIAL},
		{"2001:db9::1", ADDRESS_PUBLIC}, {"2002:7f00:1::", ADDRESS_LOOPBACK},
		{"2002:c0a8:101::1", ADDRESS_PRIVATE}, {"2002:808:808::1", ADDRESS_PUBLIC},
		{"2606:4700::1", ADDRESS_PUBLIC}, {"3fff::1", ADDRESS_SPECIAL},
		{"fbff::1", ADDRESS_PUBLIC}, {"fc00::1", ADDRESS_PRIVATE},
		{"fdff:ffff::1", ADDRESS_PRIVATE}, {"fe80::1", ADDRESS_PRIVATE},
		{"febf::1", ADDRESS_PRIVATE}, {"fec0::1", ADDRESS_PRIVATE},
		{"ff02::1", ADDRESS_SPECIAL},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (class_of(rows[i].literal) != rows[i].want)
			fail_msg("%s is %d, want %d", rows[i].literal, class_of(rows[i].literal),
			    rows[i].want);
	struct sockaddr_un other = {.sun_family = AF_UNIX};
	assert_int_equal(address_class((const struct sockaddr *)(const void *)&other),
	    ADDRESS_SPECIAL);
}

static void
test_hosts(void **state)
{
	static const struct { const char *host; enum address_class want; } rows[] = {
		{"kantor.example", ADDRESS_PUBLIC}, {"berita.co.id", ADDRESS_PUBLIC},
		{"localhost", ADDRESS_LOOPBACK}, {"LOCALHOST.", ADDRESS_LOOPBACK},
		{"x.localhost", ADDRESS_LOOPBACK}, {"notlocalhost.example", ADDRESS_PUBLIC},
		{"router", ADDRESS_PRIVATE}, {"printer.local", ADDRESS_PRIVATE},
		{"nas.lan", ADDRESS_PRIVATE}, {"db.internal", ADDRESS_PRIVATE},
		{"kamar.home.arpa", ADDRESS_PRIVATE}, {"home.arpa.example", ADDRESS_PUBLIC},
		{"127.0.0.1", ADDRESS_LOOPBACK}, {"127.1", ADDRESS_LOOPBACK},
		{"0x7f000001", ADDRESS_LOOPBACK}, {"2130706433", ADDRESS_LOOPBACK},
		{"0177.0.0.1", ADDRESS_LOOPBACK}, {"8.8.8.8", ADDRESS_PUBLIC},
		{"192.168.1.9", ADDRESS_PRIVATE}, {"::1", ADDRESS_LOOPBACK},
		{"fe80::1%eth0", ADDRESS_PRIVATE}, {"::ffff:10.0.0.1", ADDRESS_PRIVATE},
		{"2606:4700::1", ADDRESS_PUBLIC}, {"", ADDRESS_PRIVATE},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (address_class_of_host(str_z(rows[i].host)) != rows[i].want)
			fail_msg("'%s' is %d, want %d", rows[i].host,
			    address_class_of_host(str_z(rows[i].host)), rows[i].want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sockets),
		cmocka_unit_test(test_hosts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
