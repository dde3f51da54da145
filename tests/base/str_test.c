/* Strings with a length: comparing, finding, cutting, numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>

#include "base/str.h"

static const struct str none = {NULL, 0};

static void
assert_str(struct str got, const char *want)
{
	if (!str_eq(got, str_z(want)))
		fail_msg("got '%.*s', want '%s'", STR_ARG(got), want);
}

static void
test_to_int(void **state)
{
	static const struct {
		const char *text;
		int64_t min, max;
		bool ok;
		int64_t value;
	} rows[] = {
		{"0", INT64_MIN, INT64_MAX, true, 0},
		{"-0", INT64_MIN, INT64_MAX, true, 0},
		{"+7", INT64_MIN, INT64_MAX, true, 7},
		{"007", INT64_MIN, INT64_MAX, true, 7},
		{"9223372036854775807", INT64_MIN, INT64_MAX, true, INT64_MAX},
		{"9223372036854775808", INT64_MIN, INT64_MAX, false, 0},
		{"-9223372036854775808", INT64_MIN, INT64_MAX, true, INT64_MIN},
		{"-9223372036854775809", INT64_MIN, INT64_MAX, false, 0},
		{"99999999999999999999", INT64_MIN, INT64_MAX, false, 0},
		{"1", 1, 64, true, 1},
		{"0", 1, 64, false, 0},
		{"64", 1, 64, true, 64},
		{"65", 1, 64, false, 0},
		{"-3", -3, 3, true, -3},
		{"-4", -3, 3, false, 0},
		{"", INT64_MIN, INT64_MAX, false, 0},
		{"-", INT64_MIN, INT64_MAX, false, 0},
		{"+", INT64_MIN, INT64_MAX, false, 0},
		{"+-1", INT64_MIN, INT64_MAX, false, 0},
		{" 1", INT64_MIN, INT64_MAX, false, 0},
		{"1 ", INT64_MIN, INT64_MAX, false, 0},
		{"1x", INT64_MIN, INT64_MAX, false, 0},
		{"0x10", INT64_MIN, INT64_MAX, false, 0},
		{"1e3", INT64_MIN, INT64_MAX, false, 0},
		{"\xD9\xA1", INT64_MIN, INT64_MAX, false, 0}, /* ARABIC-INDIC DIGIT ONE */
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int64_t got = 4711;
		bool ok = str_to_int(str_z(rows[i].text), rows[i].min, rows[i].max, &got);
		if (ok != rows[i].ok || got != (ok ? rows[i].value : 4711))
			fail_msg("'%s' gave %d, %" PRId64, rows[i].text, ok, got);
	}
}

static void
test_find(void **state)
{
	static const struct {
		const char *text, *needle;
		size_t exact, folded;
	} rows[] = {
		{"Laut Banda", "Banda", 5, 5},
		{"Laut Banda", "banda", STR_NONE, 5},
		{"Laut Banda", "", 0, 0},
		{"", "", 0, 0},
		{"", "x", STR_NONE, STR_NONE},
		{"aab", "ab", 1, 1},
		{"ab", "abc", STR_NONE, STR_NONE},
		{"abc", "abc", 0, 0},
		{"xxABC", "abc", STR_NONE, 2},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str text = str_z(rows[i].text), needle = str_z(rows[i].needle);
		assert_int_equal(str_find(text, needle), rows[i].exact);
		assert_int_equal(str_find_nocase(text, needle), rows[i].folded);
	}
	assert_int_equal(str_find_char(STR("a/b/c"), '/'), 1);
	assert_int_equal(str_find_last_char(STR("a/b/c"), '/'), 3);
	assert_int_equal(str_find_char(STR("abc"), '/'), STR_NONE);
	assert_int_equal(str_find_last_char(none, '/'), STR_NONE);
}

static void
test_compare(void **state)
{
	(void)state;
	assert_true(str_eq(none, STR("")));
	assert_true(str_eq(str_z(NULL), none));
	assert_false(str_eq(STR("a"), STR("ab")));
	assert_true(str_eq_nocase(STR("Umpan"), STR("uMPAN")));
	assert_false(str_eq_nocase(STR("\xC3\x89"), STR("\xC3\xA9"))); /* ASCII only */
	assert_false(str_eq_nocase(STR("["), STR("{"))); /* 32 apart, and no letters */
	assert_true(str_starts(STR("kawat"), STR("ka")));
	assert_true(str_starts(STR("kawat"), none));
	assert_false(str_starts(STR("ka"), STR("kawat")));
	assert_true(str_starts_nocase(STR("HTTPS://x"), STR("https:")));
	assert_true(str_ends(STR("kawat"), STR("at")));
	assert_true(str_ends(STR("kawat"), none));
	assert_false(str_ends(STR("at"), STR("kawat")));
	assert_true(str_cmp(STR("a"), STR("b")) < 0);
	assert_true(str_cmp(STR("ab"), STR("a")) > 0);
	assert_true(str_cmp(STR("a"), STR("\xC3\xA9")) < 0); /* bytes are unsigned */
	assert_int_equal(str_cmp(none, STR("")), 0);
}

static void
test_cut(void **state)
{
	struct str s = STR("https://a.example/b#c"), head, rest;
	(void)state;
	assert_str(str_sub(s, 8, 9), "a.example");
	assert_str(str_sub(s, 18, SIZE_MAX), "b#c");
	assert_str(str_sub(s, SIZE_MAX, 3), "");
	assert_str(str_from(s, 99), "");
	assert_str(str_sub(none, 1, 1), "");
	assert_true(str_sub(none, 0, 0).p != NULL);

	assert_true(str_cut(STR("key=value=x"), '=', &head, &rest));
	assert_str(head, "key");
	assert_str(rest, "value=x");
	assert_true(str_cut(STR("="), '=', &head, &rest));
	assert_int_equal(head.n + rest.n, 0);
	rest = STR("a:b");
	assert_true(str_cut(rest, ':', &head, &rest));
	assert_false(str_cut(rest, ':', &head, &rest));
	assert_str(head, "b");
	assert_str(rest, "");
}

static void
test_words(void **state)
{
	struct str rest = STR("  satu\tdua \n tiga  ");
	(void)state;
	assert_str(str_trim(rest), "satu\tdua \n tiga");
	assert_str(str_trim(STR(" \t\r\n\f")), "");
	assert_str(str_trim(STR("\v a")), "\v a"); /* no HTML white space */
	assert_str(str_word(&rest), "satu");
	assert_str(str_word(&rest), "dua");
	assert_str(str_word(&rest), "tiga");
	assert_str(str_word(&rest), "");
	assert_str(str_word(&rest), "");
}

static void
test_ascii(void **state)
{
	(void)state;
	for (unsigned c = 0; c < 256; c++) {
		bool digit = c >= '0' && c <= '9';
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		assert_int_equal(ascii_digit((unsigned char)c), digit);
		assert_int_equal(ascii_alpha((unsigned char)c), letter);
		assert_int_equal(ascii_alnum((unsigned char)c), digit || letter);
	}
	assert_int_equal(ascii_hex('0'), 0);
	assert_int_equal(ascii_hex('f'), 15);
	assert_int_equal(ascii_hex('A'), 10);
	assert_int_equal(ascii_hex('g'), -1);
	assert_int_equal(ascii_hex('@'), -1);
	assert_int_equal(ascii_hex(0x10), -1); /* '0' without its bit 32 */
	assert_int_equal(ascii_lower('Z'), 'z');
	assert_int_equal(ascii_lower('['), '[');
	assert_int_equal(ascii_lower((char)0xC9), (char)0xC9);
}

static void
test_hash(void **state)
{
	(void)state;
	/* The published values of 64-bit FNV-1a. */
	assert_true(str_hash(none) == 0xcbf29ce484222325u);
	assert_true(str_hash(STR("a")) == 0xaf63dc4c8601ec8cu);
	assert_true(str_hash(STR("foobar")) == 0x85944171f73967e8u);
	/* Stored values depend on these. */
	assert_true(str_hash_long(0, none) == 0);
	assert_true(str_hash_long(7, STR("a")) == 0x66000000ad52u);
	assert_true(str_hash_long(0, STR("Kawat be")) == 0x42230bb0788cafeu);
	assert_true(str_hash_long(26, STR("Kawat berita dari Damar...")) == 0x4618d04350aa3c11u);
}

static void
test_in_and_digits(void **state)
{
	static const struct str list[] = {STR_INIT("satu"), STR_INIT("dua")};
	(void)state;
	assert_true(str_in(STR("dua"), list, COUNT_OF(list)));
	assert_false(str_in(STR("dua"), list, 1));
	assert_false(str_in(STR("du"), list, COUNT_OF(list)));
	assert_true(str_has_digit(STR("U-23")));
	assert_false(str_has_digit(STR("")));
	assert_false(str_has_digit(STR("\xD9\xA3"))); /* an Arabic three is no ASCII digit */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_in_and_digits),
		cmocka_unit_test(test_to_int),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_ascii),
		cmocka_unit_test(test_hash),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
