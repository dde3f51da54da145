/* UTF-8 as RFC 3629 has it, and what becomes of everything else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/utf8.h"

static void
test_every_scalar_comes_back(void **state)
{
	(void)state;
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		char out[4];
		uint32_t back = 0;
		size_t n;
		if (c >= 0xD800 && c < 0xE000)
			continue;
		n = utf8_encode(c, out);
		if (utf8_decode((unsigned char *)out, n, &back) != n || back != c)
			fail_msg("U+%04X came back as U+%04X", c, back);
		if (utf8_valid(bytes_of(out, n)) != n)
			fail_msg("U+%04X is not valid", c);
		/* each beginning of it is cut, never read past */
		for (size_t cut = 1; cut < n; cut++)
			if (utf8_decode((unsigned char *)out, cut, &back) != cut ||
			    back != UTF8_REPLACEMENT)
				fail_msg("U+%04X cut to %zu bytes was taken", c, cut);
	}
}

/* The maximal subparts of the Unicode Standard, table 3-8 and its neighbours. */
static void
test_invalid(void **state)
{
	static const struct {
		const char *bytes;
		const char *why;
		size_t took[6]; /* of each U+FFFD, ended by 0 */
	} rows[] = {
		{"\x80", "a continuation alone", {1}},
		{"\xC0\xAF", "overlong slash in two", {1, 1}},
		{"\xC1\xBF", "overlong in two", {1, 1}},
		{"\xE0\x80\xAF", "overlong slash in three", {1, 1, 1}},
		{"\xE0\x9F\xBF", "the largest overlong in three", {1, 1, 1}},
		{"\xF0\x80\x80\xAF", "overlong slash in four", {1, 1, 1, 1}},
		{"\xF0\x8F\xBF\xBF", "the largest overlong in four", {1, 1, 1, 1}},
		{"\xED\xA0\x80", "the first surrogate", {1, 1, 1}},
		{"\xED\xBF\xBF", "the last surrogate", {1, 1, 1}},
		{"\xF4\x90\x80\x80", "U+110000", {1, 1, 1, 1}},
		{"\xF5", "never used", {1}},
		{"\xFF", "never used", {1}},
		{"\xC3", "cut after one of two", {1}},
		{"\xE2\x80", "cut after two of three", {2}},
		{"\xF0\x9F\x93", "cut after three of four", {3}},
		{"\xE2\x80\xC3", "cut by another beginning", {2, 1}},
		{"\xF0\x9F\xE2\x80", "twice cut", {2, 2}},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const unsigned char *p = (const unsigned char *)rows[i].bytes;
		size_t n = strlen(rows[i].bytes), at = 0;
		for (size_t k = 0; rows[i].took[k]; k++) {
			uint32_t c = 0;
			size_t took = utf8_decode(p + at, n - at, &c);
			if (took != rows[i].took[k] || c != UTF8_REPLACEMENT)
				fail_msg("%s: step %zu took %zu, U+%04X", rows[i].why, k, took, c);
			at += took;
		}
		assert_int_equal(at, n);
		assert_int_equal(utf8_valid(bytes_of(p, n)), 0);
	}
}

static void
test_borders_are_valid(void **state)
{
	static const struct { const char *bytes; uint32_t code; } rows[] = {
		{"\x7F", 0x7F}, {"\xC2\x80", 0x80}, {"\xDF\xBF", 0x7FF},
		{"\xE0\xA0\x80", 0x800}, {"\xED\x9F\xBF", 0xD7FF}, {"\xEE\x80\x80", 0xE000},
		{"\xEF\xBF\xBD", 0xFFFD}, {"\xEF\xBF\xBF", 0xFFFF},
		{"\xF0\x90\x80\x80", 0x10000}, {"\xF4\x8F\xBF\xBF", 0x10FFFF},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str s = str_z(rows[i].bytes);
		size_t at = 0;
		assert_int_equal(utf8_valid(bytes_of_str(s)), s.n);
		assert_int_equal(utf8_next(s, &at), rows[i].code);
		assert_int_equal(at, s.n);
	}
}

/* A bad byte is found wherever it stands: the ASCII of eight bytes at a time must not hide it. */
static void
test_valid_beginning(void **state)
{
	unsigned char text[40];
	(void)state;
	for (size_t n = 1; n < sizeof(text); n++) {
		for (size_t bad = 0; bad < n; bad++) {
			memset(text, 'a', sizeof(text));
			text[bad] = 0xC3; /* cut by an 'a', or by the end */
			assert_int_equal(utf8_valid(bytes_of(text, n)), bad);
		}
	}
	assert_int_equal(utf8_valid(bytes_of("", 0)), 0);
	assert_int_equal(utf8_valid(bytes_of("\xEF\xBF\xBD\xEF\xBF", 5)), 3);
	assert_int_equal(utf8_valid(bytes_of("\0\0", 2)), 2);
}

static void
test_cut(void **state)
{
	struct str s = STR("a\xC3\xA9\xE2\x80\xA6\xF0\x9F\x93\xB0" "b");
	static const size_t kept[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
	(void)state;
	for (size_t n = 0; n < COUNT_OF(kept); n++) {
		struct str cut = utf8_cut(s, n);
		assert_int_equal(cut.n, kept[n]);
		assert_int_equal(utf8_valid(bytes_of_str(cut)), cut.n);
	}
	assert_int_equal(utf8_count(s), 5);
	assert_int_equal(utf8_count(STR("")), 0);
}

static void
test_next_at_the_end(void **state)
{
	size_t at = 3;
	(void)state;
	assert_int_equal(utf8_next(STR("abc"), &at), UTF8_REPLACEMENT);
	assert_int_equal(at, 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_scalar_comes_back),
		cmocka_unit_test(test_invalid),
		cmocka_unit_test(test_borders_are_valid),
		cmocka_unit_test(test_valid_beginning),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_next_at_the_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
