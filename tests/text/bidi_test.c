/*
 * Right-to-left text in the order of the screen (UAX #9), in capitals' stead with real
 * letters.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "text/bidi.h"

static void
test_visual(void **state)
{
	static const struct {
		const char *logical, *visual;
	} rows[] = {
	    {"plain text", "plain text"},
	    {"", ""},
	    {"調査船 é", "調査船 é"},
	    /* Hebrew: alef bet gimel */
	    {"\u05d0\u05d1\u05d2", "\u05d2\u05d1\u05d0"},
	    {"abc \u05d0\u05d1 def", "abc \u05d1\u05d0 def"},
	    {"\u05d0 12 \u05d1", "\u05d1 12 \u05d0"},
	    {"\u05d0 (\u05d1)", "(\u05d1) \u05d0"},
	    {"\u05d0 abc.", ".abc \u05d0"},
	    /* a mark stays behind its letter: alef with patah */
	    {"\u05d0\u05b7\u05d1", "\u05d1\u05d0\u05b7"},
	    /* Arabic beh-teh-beh: final, medial, initial forms */
	    {"\u0628\u062a\u0628", "\ufe90\ufe98\ufe91"},
	    /* lam and alef become one */
	    {"\u0644\u0627", "\ufefb"},
	    {"x\u0644\u0627y", "x\ufefby"},
	};
	struct arena *a = arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(rows); i++) {
		struct str got = bidi_visual(a, str_z(rows[i].logical));

		if (!str_eq(got, str_z(rows[i].visual)))
			fail_msg("row %zu: got '%.*s'", i, STR_ARG(got));
	}
	arena_free(a);
}

/* A line in the middle of a paragraph: its own order, the places of the whole. */
static void
test_lines(void **state)
{
	struct str text = str_z("\u05d0\u05d1 \u05d2\u05d3 ab");
	struct arena *a = arena_new();
	struct bidi *b = bidi_paragraph(a, text);
	struct bidi_line line;

	(void)state;
	assert_true(bidi_is_rtl(b));
	line = bidi_line(a, b, 5, 4);
	assert_int_equal(line.n, 2);
	assert_int_equal(line.v[0].at, 7);
	assert_int_equal(line.v[1].at, 5);
	assert_memory_equal(line.v[0].drawn, "\u05d3", 2);
	/* The same line again is the same, and the first is not disturbed. */
	line = bidi_line(a, b, 5, 4);
	assert_int_equal(line.v[0].at, 7);
	line = bidi_line(a, b, 0, 4);
	assert_int_equal(line.v[0].at, 2);
	assert_int_equal(bidi_line(a, b, 3, 0).n, 0);
	arena_free(a);
}

static void
test_what_needs_it(void **state)
{
	struct arena *a = arena_new();
	char *big = arena_alloc(a, BIDI_MAX_BYTES + 4);
	size_t i;

	(void)state;
	assert_false(bidi_has_rtl(STR("Kata “damai” 調査船 😀")));
	assert_true(bidi_has_rtl(str_z("x \u05d0")));
	assert_true(bidi_has_rtl(str_z("\ufe91")));
	assert_true(bidi_has_rtl(str_z("\U0001e900")));
	assert_null(bidi_paragraph(a, STR("abc")));
	assert_false(bidi_is_rtl(NULL));
	assert_false(bidi_is_rtl(bidi_paragraph(a, str_z("abc \u05d0"))));
	for (i = 0; i < BIDI_MAX_BYTES + 2; i += 2)
		memcpy(big + i, "\u05d0", 2);
	assert_non_null(bidi_paragraph(a, str_of(big, BIDI_MAX_BYTES)));
	assert_null(bidi_paragraph(a, str_of(big, BIDI_MAX_BYTES + 2)));
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_visual),
	    cmocka_unit_test(test_lines),
	    cmocka_unit_test(test_what_needs_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
