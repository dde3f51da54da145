/* Headlines at several widths, against golden files; heights agree with the lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "text/columns.h"
#include "view/golden.h"
#include "view/headline_lines.h"
#include "view/sample.h"

/* All sample rows with their day rules, the second chosen and the third picked. */
static struct lines
draw(struct arena *a, const struct look *look, enum headline_form form, bool by_day,
    size_t cols)
{
	struct headline_layout layout = headline_layout(look, form, by_day, cols);
	struct story_rows rows = sample_rows(a);
	struct lines lines = {0};
	size_t i, before;

	for (i = 0; i < rows.n; i++) {
		struct headline h = {
		    .row = &rows.v[i], .chosen = i == 1, .picked = i == 2};

		h.rule = by_day ? headline_day(a, look, h.row, i ? &rows.v[i - 1] : NULL)
				: STR("");
		before = lines.n;
		headline_lines(a, look, &layout, &h, &lines);
		assert_int_equal(headline_height(a, &layout, &h), lines.n - before);
	}
	for (i = 0; i < lines.n; i++) {
		if (lines.v[i].cols > cols)
			fail_msg(
			    "line %zu has %zu cells of %zu", i, lines.v[i].cols, cols);
		/* The last cell is the gap between panes. */
		if (cols > 1 && lines.v[i].cols == cols)
			fail_msg("line %zu fills the pane", i);
	}
	return lines;
}

/* A read row looks unread while a report behind it is. */
static void
test_unread_behind(void **state)
{
	struct look look = sample_look(LANGUAGE_EN, SYMBOLS_UNICODE);
	struct arena *a = arena_new();
	struct headline_layout layout = headline_layout(&look, HEADLINE_ONE_LINE, false, 80);
	struct story_row row = sample_rows(a).v[0];
	int behind;

	(void)state;
	row.unread = false;
	for (behind = 0; behind < 2; behind++) {
		struct headline h = {.row = &row, .n_same = 1, .unread_behind = behind};
		struct lines lines = {0};
		size_t i;
		bool unread = false;

		headline_lines(a, &look, &layout, &h, &lines);
		for (i = 0; i < lines.v[0].n; i++)
			unread = unread || lines.v[0].v[i].role == ROLE_HEADLINE_UNREAD;
		assert_int_equal(unread, behind);
	}
	arena_free(a);
}

static void
test_golden(void **state)
{
	static const struct {
		const char *name;
		enum headline_form form;
		enum language language;
		enum symbol_set symbols;
		bool by_day, roles;
		size_t cols;
	} screens[] = {
	    {"headlines-80.txt", HEADLINE_ONE_LINE, LANGUAGE_EN, SYMBOLS_UNICODE, true,
		true, 80},
	    {"headlines-120.txt", HEADLINE_ONE_LINE, LANGUAGE_EN, SYMBOLS_UNICODE, true,
		false, 120},
	    {"headlines-40.txt", HEADLINE_ONE_LINE, LANGUAGE_EN, SYMBOLS_UNICODE, true,
		false, 40},
	    {"headlines-id-80.txt", HEADLINE_ONE_LINE, LANGUAGE_ID, SYMBOLS_UNICODE,
		false, false, 80},
	    {"headlines-ascii-80.txt", HEADLINE_ONE_LINE, LANGUAGE_EN, SYMBOLS_ASCII,
		true, false, 80},
	    {"headlines-tall-47.txt", HEADLINE_TALL, LANGUAGE_EN, SYMBOLS_UNICODE, true,
		true, 47},
	    {"headlines-tall-30.txt", HEADLINE_TALL, LANGUAGE_EN, SYMBOLS_UNICODE, true,
		false, 30},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(screens); i++) {
		struct look look = sample_look(screens[i].language, screens[i].symbols);
		struct arena *a = arena_new();
		struct buf got = {0};
		struct lines lines =
		    draw(a, &look, screens[i].form, screens[i].by_day, screens[i].cols);

		lines_dump(&lines, screens[i].roles, &got);
		golden_check(screens[i].name, buf_str(&got));
		buf_clear(&got);
		arena_free(a);
	}
}

static void
test_any_width(void **state)
{
	struct look look = sample_look(LANGUAGE_EN, SYMBOLS_UNICODE);
	size_t cols;

	(void)state;
	look.full_dates = true;
	for (cols = 28; cols <= 200; cols++) {
		struct arena *a = arena_new();

		draw(a, &look, HEADLINE_ONE_LINE, cols % 2, cols);
		draw(a, &look, HEADLINE_TALL, cols % 2, cols);
		arena_free(a);
	}
}

static void
test_excerpt(void **state)
{
	struct look look = sample_look(LANGUAGE_EN, SYMBOLS_UNICODE);
	struct arena *a = arena_new();
	struct headline_layout layout =
	    headline_layout(&look, HEADLINE_ONE_LINE, false, 80);
	struct story_rows rows = sample_rows(a);
	struct search_hit hit = {
	    .excerpt = STR("…pesisir selatan Madura mulai memanen garam setelah tiga "
			   "pekan tanpa hujan, kata…"),
	    .matches = {{20, 6}, {41, 5}, {84, 50}},
	    .n_matches = 3};
	struct headline h = {.row = &rows.v[0], .hit = &hit};
	struct lines lines = {0};
	struct buf got = {0};

	(void)state;
	headline_lines(a, &look, &layout, &h, &lines);
	lines_dump(&lines, true, &got);
	golden_check("headlines-excerpt.txt", buf_str(&got));
	buf_clear(&got);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_unread_behind),
	    cmocka_unit_test(test_golden),
	    cmocka_unit_test(test_any_width),
	    cmocka_unit_test(test_excerpt),
	};

	sample_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
