/* Frames between processes: whole, in pieces, and from a peer that lies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/frame.h"

static void
pair(struct channel *left, struct channel *right)
{
	int ends[2];
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
	channel_init_take(left, ends[0]);
	channel_init_take(right, ends[1]);
}

static void
test_round_trip(void **state)
{
	struct channel left, right;
	struct err e = {0};
	struct buf b = {0};
	struct frame f;
	(void)state;
	pair(&left, &right);
	pack_int(&b, -5);
	pack_str(&b, STR("Laut Banda"));
	pack_bytes(&b, bytes_of("\0\xff", 2));
	channel_queue(&left, 7, bytes_of_str(buf_str(&b)));
	channel_queue(&left, 8, bytes_of("", 0));
	assert_true(channel_flush(&left, &e));

	assert_true(channel_wait(&right, &f, &e));
	assert_int_equal(f.type, 7);
	struct unpack u = unpack_begin(f.body);
	assert_int_equal(unpack_int(&u), -5);
	assert_true(str_eq(unpack_line(&u), STR("Laut Banda")));
	assert_int_equal(unpack_bytes(&u).n, 2);
	assert_true(unpack_end(&u));
	assert_true(channel_wait(&right, &f, &e));
	assert_int_equal(f.type, 8);
	assert_int_equal(f.body.n, 0);
	buf_clear(&b);
	channel_clear(&left);
	assert_false(channel_wait(&right, &f, &e));
	assert_true(right.closed);
	channel_clear(&right);
}

static void
test_byte_by_byte(void **state)
{
	static const char wire[] = "\x03\0\0\0\x09" "abc";
	struct channel left, right;
	struct err e = {0};
	struct frame f;
	(void)state;
	pair(&left, &right);
	for (size_t i = 0; i < sizeof(wire) - 1; i++) {
		assert_false(channel_next(&right, &f, &e));
		assert_int_equal(send(left.fd, wire + i, 1, 0), 1);
		assert_true(channel_read(&right, &e));
	}
	assert_true(channel_next(&right, &f, &e));
	assert_int_equal(f.type, 9);
	assert_memory_equal(f.body.p, "abc", 3);
	channel_clear(&left);
	channel_clear(&right);
}

static void
test_length_limit(void **state)
{
	static const struct { uint32_t n; bool refused; } rows[] = {
		{FRAME_MAX_BYTES, false}, {FRAME_MAX_BYTES + 1, true}, {UINT32_MAX, true},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct channel left, right;
		struct err e = {0};
		struct frame f;
		uint32_t n = rows[i].n;
		char head[5] = {(char)n, (char)(n >> 8), (char)(n >> 16), (char)(n >> 24), 1};
		pair(&left, &right);
		assert_int_equal(send(left.fd, head, 5, 0), 5);
		assert_true(channel_read(&right, &e));
		assert_false(channel_next(&right, &f, &e));
		assert_int_equal(e.kind != ERR_NONE, rows[i].refused);
		channel_clear(&left);
		channel_clear(&right);
	}
}

static void
test_descriptor(void **state)
{
	struct channel left, right;
	struct err e = {0};
	struct frame f;
	int ends[2];
	char c = 0;
	(void)state;
	pair(&left, &right);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	assert_true(channel_send_fd(&left, 3, bytes_of("x", 1), ends[1], &e));
	assert_true(channel_wait(&right, &f, &e));
	assert_true(f.fd >= 0);
	assert_int_equal(fcntl(f.fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	assert_int_equal(write(f.fd, "k", 1), 1);
	assert_int_equal(read(ends[0], &c, 1), 1);
	assert_int_equal(c, 'k');
	close(f.fd);
	close(ends[0]);
	close(ends[1]);
	channel_clear(&left);
	channel_clear(&right);
}

static void
test_promised_descriptor_missing(void **state)
{
	static const char wire[] = "\0\0\0\0\x83";
	struct channel left, right;
	struct err e = {0};
	struct frame f;
	(void)state;
	pair(&left, &right);
	assert_int_equal(send(left.fd, wire, 5, 0), 5);
	assert_true(channel_read(&right, &e));
	assert_false(channel_next(&right, &f, &e));
	assert_int_equal(e.kind, ERR_INTERNAL);
	channel_clear(&left);
	channel_clear(&right);
}

static void
test_hostile_fields(void **state)
{
	static const struct { const char *body; size_t n; const char *why; } rows[] = {
		{"", 0, "nothing there"},
		{"\x05\0\0\0\0\0\0", 7, "a cut length"},
		{"\x05\0\0\0\0\0\0\0abcd", 12, "shorter than it says"},
		{"\xff\xff\xff\xff\xff\xff\xff\xff", 8, "a negative length"},
		{"\xff\xff\xff\xff\xff\xff\xff\x7f", 8, "a huge length"},
		{"\x01\0\0\0\0\0\0\0\xff", 9, "no UTF-8"},
		{"\x01\0\0\0\0\0\0\0\x1b", 9, "an escape"},
		{"\x01\0\0\0\0\0\0\0\n", 9, "two lines"},
		{"\x02\0\0\0\0\0\0\0\xc2\x9b", 10, "a C1 control"},
		{"\x01\0\0\0\0\0\0\0ab", 10, "something left over"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct unpack u = unpack_begin(bytes_of(rows[i].body, rows[i].n));
		struct str s = unpack_line(&u);
		assert_true(s.p != NULL);
		if (unpack_end(&u))
			fail_msg("accepted: %s", rows[i].why);
	}
}

/* Whatever a peer sends, reading it never leaves the buffer (the sanitizers watch). */
static void
test_random_bodies(void **state)
{
	unsigned seed = 20260904;
	(void)state;
	for (int round = 0; round < 20000; round++) {
		unsigned char body[40];
		for (size_t i = 0; i < sizeof(body); i++) {
			seed = seed * 1103515245u + 12345u;
			body[i] = (unsigned char)(seed >> 16) & (round % 3 ? 0xFF : 0x0F);
		}
		struct unpack u = unpack_begin(bytes_of(body, seed % sizeof(body)));
		unpack_str(&u);
		unpack_range(&u, -3, 3);
		unpack_bytes(&u);
		unpack_line(&u);
		unpack_end(&u);
	}
}

static void
test_full_socket_keeps_order(void **state)
{
	struct channel left, right;
	struct err e = {0};
	struct frame f;
	struct buf big = {0};
	(void)state;
	pair(&left, &right);
	fcntl(left.fd, F_SETFL, O_NONBLOCK);
	for (int i = 0; i < 300000; i++)
		buf_char(&big, (char)('a' + i % 26));
	for (uint8_t n = 1; n <= 5; n++)
		channel_queue(&left, n, bytes_of_str(buf_str(&big)));
	for (uint8_t n = 1; n <= 5; n++) {
		struct err none = {0};
		while (!channel_next(&right, &f, &none)) {
			assert_true(channel_flush(&left, &e));
			assert_true(channel_read(&right, &e));
		}
		assert_int_equal(f.type, n);
		assert_int_equal(f.body.n, big.n);
		assert_memory_equal(f.body.p, big.p, big.n);
	}
	assert_int_equal(channel_pending(&left), 0);
	buf_clear(&big);
	channel_clear(&left);
	channel_clear(&right);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_byte_by_byte),
		cmocka_unit_test(test_length_limit),
		cmocka_unit_test(test_descriptor),
		cmocka_unit_test(test_promised_descriptor_missing),
		cmocka_unit_test(test_hostile_fields),
		cmocka_unit_test(test_random_bodies),
		cmocka_unit_test(test_full_socket_keeps_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
