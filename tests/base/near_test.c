/* What a reader may have meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/near.h"

static void
test_distance(void **state)
{
	static const struct {
		const char *x, *y;
		size_t most, want; /* beyond `most`: only that it is beyond */
	} rows[] = {
		{"", "", 2, 0}, {"banda", "banda", 2, 0}, {"Banda", "bANDA", 2, 0},
		{"bnada", "banda", 2, 1}, {"band", "banda", 2, 1}, {"bandara", "banda", 2, 2},
		{"gempa", "banda", 2, 3}, {"gempa", "banda", 9, 4}, {"", "ab", 2, 2}, {"", "abc", 2, 3},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		size_t got = near_distance(str_z(rows[i].x), str_z(rows[i].y), rows[i].most);
		if (rows[i].want > rows[i].most)
			assert_true(got > rows[i].most);
		else
			assert_int_equal(got, rows[i].want);
	}
}

static void
test_name(void **state)
{
	static const char *const names[] = {"refresh", "related", "read", "list", "db"};
	static const struct { const char *word, *near; } rows[] = {
		{"refersh", "refresh"}, {"refrsh", "refresh"}, {"REFRESH", "refresh"},
		{"rad", "read"}, {"raed", "read"}, {"ist", "list"}, {"bd", "db"}, {"dbs", "db"},
		{"relatde", "related"}, {"reltd", NULL}, {"xyz", NULL}, {"", NULL},
		{"x", NULL}, {"d", NULL},
		{"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", NULL},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const char *near = near_name(str_z(rows[i].word), names, COUNT_OF(names));
		if (!rows[i].near)
			assert_null(near);
		else
			assert_string_equal(near ? near : "nothing", rows[i].near);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_distance),
		cmocka_unit_test(test_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
