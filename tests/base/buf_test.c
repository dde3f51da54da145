/* Growing bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"

static void
test_grows(void **state)
{
	struct buf b = {0};
	(void)state;
	for (size_t i = 0; i < 5000; i++) {
		if (i % 3 == 0)
			buf_char(&b, (char)('a' + i % 26));
		else if (i % 3 == 1)
			buf_fmt(&b, "%c", (int)('a' + i % 26));
		else
			buf_add(&b, str_of(&(char){(char)('a' + i % 26)}, 1));
	}
	assert_int_equal(b.n, 5000);
	for (size_t i = 0; i < b.n; i++)
		assert_int_equal(b.p[i], 'a' + i % 26);
	assert_true(b.cap > b.n);
	assert_int_equal(buf_z(&b)[b.n], 0);
	buf_clear(&b);
	assert_int_equal(b.n, 0);
	assert_null(b.p);
}

static void
test_empty(void **state)
{
	struct buf b = {0};
	(void)state;
	assert_int_equal(buf_str(&b).n, 0);
	assert_non_null(buf_str(&b).p);
	buf_add(&b, (struct str){NULL, 0});
	buf_add_bytes(&b, (struct bytes){NULL, 0});
	buf_fmt(&b, "%s", "");
	buf_drop_front(&b, 7);
	assert_int_equal(b.n, 0);
	assert_string_equal(buf_z(&b), "");
	buf_clear(&b);
	buf_clear(&b);
}

static void
test_fmt_at_the_edge(void **state)
{
	(void)state;
	/* a text that fills the room exactly must not lose its last byte to the NUL */
	for (int n = 250; n < 262; n++) {
		struct buf b = {0};
		buf_fmt(&b, "%*d", n, 7);
		assert_int_equal(b.n, n);
		assert_int_equal(b.p[n - 1], '7');
		buf_fmt(&b, "%d", 8);
		assert_int_equal(b.p[n], '8');
		buf_clear(&b);
	}
}

static void
test_drop_front(void **state)
{
	static const struct { size_t n; const char *left; } rows[] = {
		{0, "abcdef"}, {2, "cdef"}, {5, "f"}, {6, ""}, {SIZE_MAX, ""},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf b = {0};
		buf_add(&b, STR("abcdef"));
		buf_drop_front(&b, rows[i].n);
		assert_string_equal(buf_z(&b), rows[i].left);
		buf_clear(&b);
	}
}

static void
test_utf8(void **state)
{
	struct buf b = {0};
	(void)state;
	buf_utf8(&b, 'A');
	buf_utf8(&b, 0xE9);
	buf_utf8(&b, 0x2026);
	buf_utf8(&b, 0x1F4F0);
	buf_utf8(&b, 0xD800); /* no scalar value */
	buf_utf8(&b, 0x110000);
	assert_string_equal(buf_z(&b), "A\xC3\xA9\xE2\x80\xA6\xF0\x9F\x93\xB0"
				       "\xEF\xBF\xBD\xEF\xBF\xBD");
	buf_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_grows),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_fmt_at_the_edge),
		cmocka_unit_test(test_drop_front),
		cmocka_unit_test(test_utf8),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
