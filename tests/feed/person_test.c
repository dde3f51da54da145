/* People in one string. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "feed/person.h"

static void
assert_str(struct str got, const char *want)
{
	if (!str_eq(got, str_z(want)))
		fail_msg("got '%.*s', want '%s'", STR_ARG(got), want);
}

static void
test_people(void **state)
{
	static const struct {
		const char *line, *name, *email, *url;
	} rows[] = {
	    {"Jo Doe", "Jo Doe", "", ""},
	    {"jo@a.example", "", "jo@a.example", ""},
	    {"jo@a.example (Jo Doe)", "Jo Doe", "jo@a.example", ""},
	    {"Jo Doe (jo@a.example)", "Jo Doe", "jo@a.example", ""},
	    {"Jo Doe <jo@a.example>", "Jo Doe", "jo@a.example", ""},
	    {"\"Jo Doe\" <mailto:jo@a.example>", "Jo Doe", "jo@a.example", ""},
	    {"jo@a.example Jo Doe", "Jo Doe", "jo@a.example", ""},
	    {"Jo (Desk) Doe", "Jo (Desk) Doe", "", ""},
	    {"Jo Doe (http://a.example/jo)", "Jo Doe", "", "http://a.example/jo"},
	    {"http://a.example/@jo", "", "", "http://a.example/@jo"},
	    {"@jo", "@jo", "", ""},
	    {"a@ @b", "a@ @b", "", ""},
	    {"()<>", "()<>", "", ""},
	    {"", "", "", ""},
	};
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct feed_person p = person_of_line(a, str_z(rows[i].line));
		assert_str(p.name, rows[i].name);
		assert_str(p.email, rows[i].email);
		assert_str(p.url, rows[i].url);
	}
	arena_free(a);
}

static void
test_shown(void **state)
{
	struct feed_person p = {.name = STR("n"), .email = STR("e"), .url = STR("u")};
	(void)state;
	assert_str(person_shown(&p), "n");
	p.name.n = 0;
	assert_str(person_shown(&p), "e");
	p.email.n = 0;
	assert_str(person_shown(&p), "u");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_people),
	    cmocka_unit_test(test_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
