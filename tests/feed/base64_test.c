/* Base64. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "feed/base64.h"

static void
assert_str(struct str got, const char *want)
{
	if (!str_eq(got, str_z(want)))
		fail_msg("got '%.*s', want '%s'", STR_ARG(got), want);
}

static void
test_base64(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
	    {"aGFyYm91cg==", "harbour"},
	    {"aGFy\n Ym91\tcg", "harbour"},
	    {"Pj4+Pz8/", ">>>???"},
	    {"Pj4-Pz8_", ">>>???"},
	    {"", NULL},
	    {"====", NULL},
	    {"aGFy!", NULL},
	    {"a b,c", NULL},
	};
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct bytes out;
		bool ok = base64_decode(a, str_z(rows[i].text), &out);
		assert_int_equal(ok, rows[i].want != NULL);
		if (ok)
			assert_str(str_of((const char *)out.p, out.n), rows[i].want);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_base64),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
