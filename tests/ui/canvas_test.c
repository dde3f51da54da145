/* Cells: what may enter one, what is never cut in half, and the picture of it all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "ui/canvas.h"

static void
check(const struct canvas *c, unsigned flags, const char *want)
{
	struct buf got = {0};

	canvas_dump(c, flags, &got);
	assert_string_equal(buf_z(&got), want);
	buf_clear(&got);
}

static void
test_put(void **state)
{
	static const struct {
		const char *text;
		int col, max, used;
		const char *want;
	} rows[] = {
	    {"kapal", 0, 10, 5, "kapal\n"},
	    {"kapal", 2, 3, 3, "  kap\n"},
	    {"kapal", 8, 10, 2, "        ka\n"},
	    {"kapal", 10, 10, 0, "\n"},
	    {"kapal", -1, 10, 0, "\n"},
	    {"調査船", 0, 10, 6, "調査船\n"},
	    {"調査船", 0, 5, 4, "調査\n"},
	    {"船", 9, 10, 0, "\n"},
	    {"a\tb\nc", 0, 10, 5, "a b c\n"},
	    {"e\xcc\x81t", 0, 10, 2, "e\xcc\x81t\n"},
	    {"", 0, 10, 0, "\n"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(rows); i++) {
		struct canvas *c = canvas_new(10, 1);

		assert_int_equal(canvas_put(c, 0, rows[i].col, str_z(rows[i].text),
				     ROLE_TEXT, rows[i].max),
		    rows[i].used);
		check(c, 0, rows[i].want);
		canvas_free(c);
	}
}

/*
 * Whatever comes, no cell holds a control, a direction mark, or more than a base and four
 * marks.
 */
static void
test_guard(void **state)
{
	static const char *const hostile[] = {"a\033]52;c;aGk=\ab",
	    "a\xc2\x9b"
	    "2Jb",
	    "a\177\001b",
	    "a\xe2\x80\xae"
	    "b\xe2\x81\xa6",
	    "a\xef\xbb\xbf\xe2\x80\x8b"
	    "b",
	    "a\xf3\xa0\x81\x81"
	    "b",
	    "a\xee\x80\x80"
	    "b",
	    "\xff\xfe"};
	struct canvas *c = canvas_new(40, 1);
	struct buf zalgo = {0};
	size_t i;
	int col, k;

	(void)state;
	buf_char(&zalgo, 'z');
	for (i = 0; i < 300; i++)
		buf_add(&zalgo, STR("\xcc\x9f"));
	for (i = 0; i <= COUNT_OF(hostile); i++) {
		struct str s =
		    i < COUNT_OF(hostile) ? str_z(hostile[i]) : buf_str(&zalgo);

		canvas_clear(c);
		canvas_put(c, 0, 0, s, ROLE_TEXT, 40);
		for (col = 0; col < 40; col++) {
			const struct cell *cell = canvas_cell(c, 0, col);
			unsigned char first = (unsigned char)cell->text[0];

			assert_true(cell->n <= CELL_MAX_BYTES);
			assert_true(cell->n == 0 || (first >= 0x20 && first != 0x7f));
			for (k = 0; k + 1 < cell->n; k++) {
				/* no C1, no U+200B to U+206F, no tags */
				assert_false((unsigned char)cell->text[k] == 0xc2 &&
					     (unsigned char)cell->text[k + 1] < 0xa0);
				assert_false((unsigned char)cell->text[k] == 0xe2 &&
					     (unsigned char)cell->text[k + 1] == 0x80);
				assert_false((unsigned char)cell->text[k] == 0xf3);
			}
		}
	}
	buf_clear(&zalgo);
	canvas_free(c);
}

static void
test_wide_is_never_half(void **state)
{
	struct canvas *c = canvas_new(6, 1);

	(void)state;
	canvas_put(c, 0, 0, STR("調査船"), ROLE_TEXT, 6);
	canvas_put(c, 0, 1, STR("x"), ROLE_TEXT, 6);
	check(c, 0, " x査船\n");
	canvas_put(c, 0, 4, STR("y"), ROLE_TEXT, 6);
	check(c, 0, " x査y\n");
	canvas_put(c, 0, 1, STR("船"), ROLE_TEXT, 6);
	check(c, 0, " 船 y\n");
	canvas_fill(c, 0, 2, 1, 1, ROLE_DIM);
	check(c, 0, "    y\n");
	canvas_free(c);
}

static void
test_dump(void **state)
{
	struct canvas *c = canvas_new(8, 3);

	(void)state;
	canvas_put(c, 0, 0, STR("judul"), ROLE_TITLE, 8);
	canvas_put(c, 1, 0, STR("isi"), ROLE_TEXT, 8);
	canvas_over(c, 1, 0, 1, 4, ROLE_SELECTED);
	canvas_cursor(c, 1, 99, true);
	check(c, CANVAS_DUMP_ROLES | CANVAS_DUMP_CURSOR,
	    "judul\nisi\n\nbbbbb\ngggg\n\nb title\ng selected\ncursor 1,7 visible\n");
	canvas_free(c);
}

static void
test_box(void **state)
{
	struct canvas *c = canvas_new(14, 4);

	(void)state;
	canvas_put(c, 1, 0, STR("xxxxxxxxxxxxxx"), ROLE_TEXT, 14);
	canvas_box(c, (struct box){0, 1, 3, 12}, STR("g  go to"), false);
	check(c, 0, " ┌─ g  go  ─┐\nx│          │x\n └──────────┘\n\n");
	canvas_box(c, (struct box){0, 1, 3, 12}, STR(""), true);
	check(c, 0, " +----------+\nx|          |x\n +----------+\n\n");
	/* Outside and too small: nothing happens. */
	canvas_box(c, (struct box){-5, 30, 3, 12}, STR("t"), false);
	canvas_box(c, (struct box){0, 0, 1, 1}, STR("t"), false);
	canvas_fill(c, -3, -3, 100, 100, ROLE_TEXT);
	check(c, 0, "\n\n\n\n");
	canvas_free(c);
}

static void
test_sizes(void **state)
{
	struct canvas *c = canvas_new(0, -5);

	(void)state;
	assert_int_equal(canvas_cols(c), 1);
	assert_int_equal(canvas_rows(c), 1);
	canvas_resize(c, 100000, 100000);
	assert_int_equal(canvas_cols(c), CANVAS_MAX_COLS);
	assert_int_equal(canvas_rows(c), CANVAS_MAX_ROWS);
	assert_int_equal(canvas_put(c, 499, 999, STR("ab"), ROLE_TEXT, 5), 1);
	canvas_free(c);
}

static void
test_links(void **state)
{
	struct canvas *c = canvas_new(10, 1);
	int i;

	(void)state;
	canvas_link(c, STR("https://kabar.example/1"));
	canvas_put(c, 0, 0, STR("a"), ROLE_LINK, 10);
	canvas_link(c, STR(""));
	canvas_put(c, 0, 1, STR("b"), ROLE_TEXT, 10);
	assert_true(str_eq(canvas_link_url(c, canvas_cell(c, 0, 0)->link),
	    STR("https://kabar.example/1")));
	assert_int_equal(canvas_cell(c, 0, 1)->link, 0);
	canvas_link(c, STR("javascript:alert(1)"));
	canvas_put(c, 0, 2, STR("c"), ROLE_TEXT, 10);
	canvas_link(c, STR("https://kabar.example/\033\\x"));
	canvas_put(c, 0, 3, STR("d"), ROLE_TEXT, 10);
	assert_int_equal(canvas_cell(c, 0, 2)->link, 0);
	assert_int_equal(canvas_cell(c, 0, 3)->link, 0);
	for (i = 0; i < 1000; i++)
		canvas_link(c, STR("https://kabar.example/2"));
	canvas_put(c, 0, 4, STR("e"), ROLE_TEXT, 10);
	assert_int_equal(
	    canvas_cell(c, 0, 4)->link, 0); /* more than a screen has: drawn without */
	canvas_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_put),
	    cmocka_unit_test(test_guard),
	    cmocka_unit_test(test_wide_is_never_half),
	    cmocka_unit_test(test_dump),
	    cmocka_unit_test(test_box),
	    cmocka_unit_test(test_sizes),
	    cmocka_unit_test(test_links),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
