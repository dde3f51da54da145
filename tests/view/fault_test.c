/* Sentences of other processes in the reader's language. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "view/fault.h"

/* A language in which a sentence says its variables the other way round. */
static const char *
backwards(void *ctx, const char *one, const char *many, unsigned long n)
{
	static const struct { const char *english, *said; } rows[] = {
	    {"cannot read '%1': %2", "%2 <- '%1'"},
	    {"refused a redirect to %1: it leads to %2", "%2 <= %1"},
	    {"this machine", "SELF"},
	    {"%1. The feed was not read", "NO: %1"},
	    {"the certificate has expired", "OLD"},
	    {"no such host %1", "%1?"},
	};
	(void)ctx;
	(void)many;
	(void)n;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (strcmp(rows[i].english, one) == 0)
			return rows[i].said;
	return NULL;
}

static void
faults_are_known_by_their_form(void **state)
{
	static const struct { const char *english, *want; } rows[] = {
	    {"no such host rss.afp.example", "rss.afp.example?"},
	    {"no such host ", "no such host "}, /* nothing where something belongs */
	    {"cannot read '/a/b: c': no such file", "no such file <- '/a/b: c'"},
	    {"cannot read '': x", "cannot read '': x"},
	    {"refused a redirect to http://x.example: it leads to this machine",
		"SELF <= http://x.example"},
	    {"refused a redirect to http://x.example", "refused a redirect to http://x.example"},
	    {"the certificate has expired. The feed was not read", "NO: OLD"},
	    {"something else: %1 %s", "something else: %1 %s"},
	    {"no such host %1", "%1?"}, /* what a server said is no form */
	    {"", ""},
	};
	const struct words words = {.translate = backwards};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct arena *a = arena_new();
		struct str said = fault_say(a, &words, str_z(rows[i].english));
		if (!str_eq(said, str_z(rows[i].want)))
			fail_msg("%s: %.*s", rows[i].english, STR_ARG(said));
		arena_free(a);
	}
}

/* Every form fits itself with something in it, and English stays as it is. */
static void
forms_fit(void **state)
{
	static const char *const forms[] = {
#define FAULT(english) english,
#include "view/fault.def"
#include "view/fault_usage.def"
#undef FAULT
	};
	const struct words english = {0};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		struct arena *a = arena_new();
		struct str args[] = {STR("x 1"), STR("y"), STR("z")};
		struct str said = word_fill(a, str_z(forms[i]), args, COUNT_OF(args));
		assert_true(str_eq(fault_say(a, &english, said), said));
		arena_free(a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(faults_are_known_by_their_form),
	    cmocka_unit_test(forms_fit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
