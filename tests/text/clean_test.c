#include "text/clean.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unictype.h>

#include "base/buf.h"
#include "base/utf8.h"

struct row {
	const char *raw;
	size_t n; /* 0: up to the NUL */
	const char *clean, *line;
};

static const struct row rows[] = {
	{"", 0, "", ""},
	{"Pelabuhan dibuka", 0, "Pelabuhan dibuka", "Pelabuhan dibuka"},
	{"a\tb\nc", 0, "a\tb\nc", "a b c"},
	{"a\r\nb\rc", 0, "a\nb\nc", "a b c"},
	{"  dua   kata \n", 0, "  dua   kata \n", "dua kata"},
	{"a\0b", 3, "ab", "ab"},
	{"\x1B]52;c;aGk=\x07" "aman", 0, "]52;c;aGk=aman", "]52;c;aGk=aman"},
	{"\x7F" "del", 0, "del", "del"},
	/* C1: as UTF-8 it vanishes, as a bare byte it is no UTF-8 */
	{"\xC2\x9B" "31m", 0, "31m", "31m"},
	{"\x9B" "31m", 0, "\xEF\xBF\xBD" "31m", "\xEF\xBF\xBD" "31m"},
	{"\xC2\x85x", 0, "x", "x"},
	/* no UTF-8: overlong, surrogate, above the end, cut */
	{"\xC0\xAFx", 0, "\xEF\xBF\xBD\xEF\xBF\xBDx", "\xEF\xBF\xBD\xEF\xBF\xBDx"},
	{"\xED\xA0\x80", 0, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD",
	    "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
	{"\xF4\x90\x80\x80", 0, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", NULL},
	{"ab\xE2\x82", 0, "ab\xEF\xBF\xBD", "ab\xEF\xBF\xBD"},
	{"\xEF\xBF\xBD", 0, "\xEF\xBF\xBD", "\xEF\xBF\xBD"},
	/* bidi controls */
	{"a\u202Eb\u202Cc\u2066d\u2069e", 0, "abcde", "abcde"},
	{"a\u202Ab\u202Bc\u202Dd\u2067e\u2068f", 0, "abcdef", "abcdef"},
	{"\u200Ekiri\u200F", 0, "\u200Ekiri\u200F", "\u200Ekiri\u200F"},
	/* invisible */
	{"a\u200Bb\uFEFFc\u2061d\uFFF9e", 0, "abcde", "abcde"},
	{"a\U000E0041b\uE000c\U000F0000d\U0010FFFDe", 0, "abcde", "abcde"},
	{"a\uFDD0b\uFFFEc\U0001FFFFd", 0, "abcd", "abcd"},
	/* what honest text needs */
	{"\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", 0,
	    "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", NULL},
	{"\U0001F468\u200D\U0001F469\u200D\U0001F467", 0,
	    "\U0001F468\u200D\U0001F469\u200D\U0001F467", NULL},
	{"\u2764\uFE0F", 0, "\u2764\uFE0F", NULL},
	{"per\u00ADahu", 0, "per\u00ADahu", NULL},
	{"C:\\news\\100% $(id)", 0, "C:\\news\\100% $(id)", NULL},
	/* marks on one base */
	{"a\u0301\u0302\u0303\u0304\u0305\u0306z", 0, "a\u0301\u0302\u0303\u0304z", NULL},
	{"a\u0301\u0302\u200D\u0303\u0304\u0305z", 0, "a\u0301\u0302\u200D\u0303\u0304z", NULL},
	{"\u0301\u0301\u0301\u0301\u0301", 0, "\u0301\u0301\u0301\u0301", NULL},
	{"e\u0301e\u0301e\u0301e\u0301e\u0301", 0, "e\u0301e\u0301e\u0301e\u0301e\u0301", NULL},
	/* line and paragraph separators */
	{"a\u2028b\u2029c", 0, "a\nb\nc", "a b c"},
	/* spaces */
	{"\u00A0a\u00A0b\u00A0", 0, "\u00A0a\u00A0b\u00A0", "a\u00A0b"},
	{"a\u00A0\u00A0b", 0, "a\u00A0\u00A0b", "a\u00A0b"},
	{"a\u00A0 b", 0, "a\u00A0 b", "a b"},
	{"10\u2009000", 0, "10\u2009000", "10\u2009000"},
	{"\u3000今日\u3000明日", 0, "\u3000今日\u3000明日", "今日\u3000明日"},
	{"a \u3000 b", 0, "a \u3000 b", "a b"},
	{" \u3000 ", 0, " \u3000 ", ""},
};

static struct bytes
raw_of(const struct row *row)
{
	return bytes_of(row->raw, row->n ? row->n : strlen(row->raw));
}

static void
lets_only_clean_text_through(void **state)
{
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str clean = text_clean(a, raw_of(&rows[i]));
		assert_string_equal(arena_z(a, clean), rows[i].clean);
		assert_true(text_is_clean(bytes_of_str(clean)));
		if (rows[i].line)
			assert_string_equal(arena_z(a, text_clean_line(a, raw_of(&rows[i]))),
			    rows[i].line);
	}
	arena_free(a);
}

static void
copies_nothing_that_is_clean(void **state)
{
	static const char text[] = "Gempa 5,1 \xE2\x80\x94 tidak ada korban\n";
	struct arena *a = arena_new();
	(void)state;
	assert_ptr_equal(text_clean(a, bytes_of(text, sizeof(text) - 1)).p, text);
	assert_ptr_equal(text_squeeze(a, STR("  satu baris  ")).p[0], 's');
	assert_int_equal(text_squeeze(a, STR("  satu baris  ")).n, 10);
	arena_free(a);
}

/* Pieces that break rules, shuffled; the seed is fixed. */
static size_t
make_noise(unsigned *seed, char *out, size_t room)
{
	static const char *const pieces[] = {
		"a", " ", "\n", "\r", "\u0301", "\u200D", "\u202E", "\xC3", "\xE2\x82", "\x9B",
		"\u00A0", "\u3000", "\xF0\x9F\x98\x80", "\uFEFF", "\x01", "\u2028", "\u0489", "Z",
	};
	size_t n = 0;
	while (n + 8 < room) {
		*seed = *seed * 1103515245u + 12345u;
		const char *piece = pieces[(*seed >> 16) % COUNT_OF(pieces)];
		memcpy(out + n, piece, strlen(piece));
		n += strlen(piece);
	}
	return n;
}

/* White space is looked for eight bytes at a time: it is found at each place, and nothing else is. */
static void
squeezes_at_any_place(void **state)
{
	static const struct { const char *in, *out; } gaps[] = {
		{" ", " "}, {"  ", " "}, {"\t", " "}, {"\n", " "}, {" \n", " "}, {"\u00a0", "\u00a0"},
		{" \u00a0", " "}, {"\u00a0\u00a0", "\u00a0"}, {"\u3000", "\u3000"}, {"\u3000\u3000", " "},
		{"\u2009 ", " "}, {"\u1680\u1680", " "}, {"\u205f\u205f", " "}, {"\u3001", "\u3001"},
		{"\u2019", "\u2019"}, {"\u00e9", "\u00e9"}, {"\u3042", "\u3042"}, {"", ""},
	};
	static const char text[] = "kapal riset pulang ke pelabuhan";
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(gaps); i++)
		for (size_t at = 1; at + 1 < sizeof(text) - 1; at++) {
			if (text[at] == ' ' || text[at - 1] == ' ')
				continue;
			struct str in = arena_fmt(a, "%.*s%s%s", (int)at, text, gaps[i].in, text + at);
			struct str out = arena_fmt(a, "%.*s%s%s", (int)at, text, gaps[i].out, text + at);
			if (!str_eq(text_squeeze(a, in), out))
				fail_msg("'%.*s' is not '%.*s'", STR_ARG(text_squeeze(a, in)), STR_ARG(out));
		}
	arena_free(a);
}

static void
cleaning_twice_changes_nothing(void **state)
{
	struct arena *a = arena_new();
	unsigned seed = 7;
	(void)state;
	for (int round = 0; round < 2000; round++) {
		char noise[64];
		struct bytes raw = bytes_of(noise, make_noise(&seed, noise, sizeof(noise)));
		struct str once = text_clean(a, raw), line = text_clean_line(a, raw);
		assert_true(str_eq(text_clean(a, bytes_of_str(once)), once));
		assert_int_equal(utf8_valid(bytes_of_str(once)), once.n);
		assert_true(str_eq(text_clean_line(a, bytes_of_str(line)), line));
		assert_true(text_is_clean(bytes_of_str(line)));
		assert_int_equal(str_find_char(line, '\n'), STR_NONE);
	}
	arena_free(a);
}

/* No code point that the rules name comes through, and no other is lost. */
static void
judges_every_code_point(void **state)
{
	struct arena *a = arena_new();
	size_t passed = 0;
	(void)state;
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		char text[4];
		if (c >= 0xD800 && c < 0xE000)
			continue;
		size_t n = utf8_encode(c, text);
		struct str clean = text_clean(a, bytes_of(text, n));
		bool is_break = c == '\r' || c == 0x2028 || c == 0x2029;
		if (text_is_forbidden(c) && !is_break)
			assert_int_equal(clean.n, 0);
		else if (!is_break)
			assert_true(clean.n == n && memcmp(clean.p, text, n) == 0);
		passed += clean.n > 0;
		if (c % 4096 == 0)
			arena_reset(a);
	}
	/* All planes but surrogates, private use (6400 + 2 * 65536) and some 500 others. */
	assert_in_range(passed, 974000, 975000);
	arena_free(a);
}

/* The short ways take no mark for a letter: what is beyond the limit goes, whichever it is. */
static void
counts_every_mark(void **state)
{
	struct arena *a = arena_new();
	size_t marks = 0;

	(void)state;
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		struct buf text = {0};
		if (!uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Me) ||
		    text_is_forbidden(c))
			continue;
		buf_char(&text, 'a');
		for (int i = 0; i <= CLEAN_MAX_MARKS; i++)
			buf_utf8(&text, c);
		size_t one = (text.n - 1) / (CLEAN_MAX_MARKS + 1);
		if (text_clean(a, bytes_of(text.p, text.n)).n != text.n - one)
			fail_msg("U+%04X is not counted", (unsigned)c);
		buf_clear(&text);
		marks++;
	}
	assert_true(marks > 1500);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lets_only_clean_text_through),
		cmocka_unit_test(copies_nothing_that_is_clean),
		cmocka_unit_test(squeezes_at_any_place),
		cmocka_unit_test(cleaning_twice_changes_nothing),
		cmocka_unit_test(judges_every_code_point),
		cmocka_unit_test(counts_every_mark),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
