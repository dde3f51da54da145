/* Scrolling by place, and the focus that goes from link to link. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>

#include "ui/pager.h"

/*
 * `blocks` blocks of `per` lines, each line of 10 bytes; block b has link b on its first
 * line.
 */
static struct lines
made(struct arena *a, uint32_t blocks, uint32_t per)
{
	struct lines lines = {0};
	struct line *line;
	uint32_t b, i;

	for (b = 0; b < blocks; b++) {
		for (i = 0; i < per; i++) {
			line = lines_push(a, &lines);
			line->block = b;
			line->at = i * (60 / per);
			line_add(a, line, ROLE_TEXT, STR("  "));
			line_fmt(a, line, ROLE_TEXT, "blok %u ", b);
			if (i == 0)
				line_add_link(
				    a, line, ROLE_LINK, STR("tautan"), (int32_t)b);
		}
	}
	return lines;
}

static void
test_scrolling(void **state)
{
	struct arena *a = arena_new();
	struct lines lines = made(a, 10, 3);
	struct pager p;

	(void)state;
	pager_init(&p);
	pager_set(&p, &lines, 10);
	assert_int_equal(pager_percent(&p), 33);
	assert_true(pager_page(&p, 1, 1));
	assert_int_equal(p.top, 9);
	pager_scroll(&p, -2);
	assert_int_equal(p.top, 7);
	assert_true(pager_page(&p, 1, 1));
	assert_true(pager_page(&p, 1, 1));
	assert_int_equal(p.top, 20);
	assert_true(pager_at_end(&p));
	assert_int_equal(pager_percent(&p), 100);
	assert_false(pager_page(&p, 1, 1));
	pager_scroll(&p, -1000);
	assert_int_equal(p.top, 0);
	assert_false(pager_page(&p, -1, 1));
	pager_end(&p);
	assert_int_equal(p.top, 20);
	pager_home(&p);
	assert_int_equal(p.top, 0);
	arena_free(a);
}

static void
test_place_survives_a_width(void **state)
{
	struct arena *a = arena_new();
	struct lines narrow = made(a, 10, 6), wide = made(a, 10, 2);
	struct pager p;
	struct place place;

	(void)state;
	pager_init(&p);
	pager_set(&p, &narrow, 5);
	pager_scroll(&p, 27); /* block 4, line 3 of 6 */
	place = pager_place(&p);
	assert_int_equal(place.block, 4);
	assert_int_equal(place.at, 30);
	pager_set(&p, &wide, 5);
	assert_int_equal(p.top, 9); /* block 4, the second of 2 lines */
	pager_set(&p, &narrow, 5);
	assert_int_equal(p.top, 27);
	pager_goto(&p, (struct place){7, 0});
	assert_int_equal(p.top, 42);
	pager_goto(&p, (struct place){99, 0});
	assert_int_equal(p.top, 55); /* no empty lines below the end */
	arena_free(a);
}

static void
test_focus(void **state)
{
	struct arena *a = arena_new();
	struct lines lines = made(a, 6, 4), none = made(a, 0, 1);
	struct pager p;
	size_t row, col;

	(void)state;
	pager_init(&p);
	pager_set(&p, &lines, 6);
	assert_false(pager_focus_cell(&p, &row, &col));
	assert_true(pager_focus_step(&p, 1));
	assert_int_equal(p.focus, 0);
	assert_true(pager_focus_cell(&p, &row, &col));
	assert_int_equal(row, 0);
	assert_int_equal(col, 9);
	assert_true(pager_focus_step(&p, 1));
	assert_true(pager_focus_step(&p, 1));
	assert_int_equal(p.focus, 2);
	assert_int_equal(p.top, 3); /* scrolled so that line 8 is the last */
	assert_true(pager_focus_step(&p, -1));
	assert_int_equal(p.focus, 1);
	/* A focus that is off the screen is left behind. */
	pager_end(&p);
	assert_true(pager_focus_step(&p, 1));
	assert_int_equal(p.focus, 5);
	assert_false(pager_focus_step(&p, 1));
	assert_int_equal(p.focus, 5);
	pager_home(&p);
	assert_true(pager_focus_step(&p, -1));
	assert_int_equal(p.focus, 1);
	assert_true(pager_focus(&p, 3));
	assert_false(pager_focus(&p, 77));
	/* The link is gone after a new layout. */
	pager_set(&p, &none, 6);
	assert_int_equal(p.focus, LINE_NO_LINK);
	assert_false(pager_focus_step(&p, 1));
	arena_free(a);
}

static void
test_link_under_the_pointer(void **state)
{
	struct arena *a = arena_new();
	struct lines lines = made(a, 2, 2);
	struct pager p;

	(void)state;
	pager_init(&p);
	pager_set(&p, &lines, 6);
	assert_int_equal(pager_link_at(&p, 0, 9), 0);
	assert_int_equal(pager_link_at(&p, 0, 14), 0);
	assert_int_equal(pager_link_at(&p, 0, 15), LINE_NO_LINK);
	assert_int_equal(pager_link_at(&p, 0, 0), LINE_NO_LINK);
	assert_int_equal(pager_link_at(&p, 2, 10), 1);
	assert_int_equal(pager_link_at(&p, 50, 0), LINE_NO_LINK);
	arena_free(a);
}

static void
test_find(void **state)
{
	struct arena *a = arena_new();
	struct lines lines = made(a, 5, 2);
	struct pager p;
	size_t line;

	(void)state;
	pager_init(&p);
	pager_set(&p, &lines, 4);
	assert_true(pager_find(&p, STR("BLOK 3"), 0, 1, &line));
	assert_int_equal(line, 6);
	pager_show(&p, line);
	assert_int_equal(p.top, 3);
	assert_true(pager_find(&p, STR("blok 3"), 7, 1, &line));
	assert_int_equal(line, 7);
	assert_false(pager_find(&p, STR("blok 3"), 8, 1, &line));
	assert_true(pager_find(&p, STR("blok 1"), 8, -1, &line));
	assert_int_equal(line, 3);
	assert_false(pager_find(&p, STR("nakhoda"), 9, -1, &line));
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_scrolling),
	    cmocka_unit_test(test_place_survives_a_width),
	    cmocka_unit_test(test_focus),
	    cmocka_unit_test(test_link_under_the_pointer),
	    cmocka_unit_test(test_find),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
