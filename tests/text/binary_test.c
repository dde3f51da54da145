/* What is no text at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "text/binary.h"

/* `n` times the piece, which may hold NUL. */
static bool
judge(const char *piece, size_t n_piece, size_t n)
{
	static char all[16 * 1024];
	assert_true(n * n_piece <= sizeof(all));
	for (size_t i = 0; i < n; i++)
		memcpy(all + i * n_piece, piece, n_piece);
	return binary_is(bytes_of(all, n * n_piece));
}

static void
test_binary(void **state)
{
#define ROW(text, times, wanted) {text, sizeof(text) - 1, times, wanted}
	static const struct {
		const char *piece;
		size_t n, times;
		bool wanted;
	} rows[] = {
	    ROW("", 0, false),
	    ROW("plain text\r\n\t\f", 100, false),
	    ROW("\033[31mred\033[0m", 100, false),
	    ROW("Berita \xC3\xA9 \xE9\xFF\x80\x9B", 100, false),
	    ROW("\0", 5000, false),
	    /* UTF-16: "pagi" and a line end */
	    ROW("p\0a\0g\0i\0\n\0", 100, false),
	    /* the bound on both sides: one in 16, and the least number */
	    ROW("\x01" "23456789abcdefg", 100, false),
	    ROW("\x01" "23456789abcdef", 100, true),
	    ROW("\x01\x02\x03", 5, false),
	    ROW("\x01\x02\x03\x04", 4, true),
	    ROW("\x7F" "ELF\x02\x01\x01\0\0\0\x03\0\x3E\0\x01\0\0\0", 10, true),
	    /* each end of each range */
	    ROW("\x08\x0B\x0E\x1A\x1C\x1F....", 10, true),
	    ROW("\x09\x0A\x0C\x0D\x1B\x20....", 10, false),
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (judge(rows[i].piece, rows[i].n, rows[i].times) != rows[i].wanted)
			fail_msg("row %zu", i);
#undef ROW
}

/* Random bytes are none, whatever they are; no more than the beginning is looked at. */
static void
test_random_bytes(void **state)
{
	static unsigned char bytes[3 * BINARY_LOOK_BYTES];
	uint32_t seed = 1;
	(void)state;
	for (size_t run = 0; run < 200; run++) {
		for (size_t i = 0; i < sizeof(bytes); i++) {
			seed = seed * 1664525u + 1013904223u;
			bytes[i] = (unsigned char)(seed >> 24);
		}
		assert_true(binary_is(bytes_of(bytes, 1000)));
		memset(bytes, ' ', BINARY_LOOK_BYTES);
		assert_false(binary_is(bytes_of(bytes, sizeof(bytes))));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_binary),
	    cmocka_unit_test(test_random_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
