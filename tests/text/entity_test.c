#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "text/entity.h"

static const struct {
	const char *source;
	enum entity_place place;
	size_t taken;
	const char *means;
} rows[] = {
	{"&amp;", ENTITY_IN_TEXT, 5, "&"},
	{"&amp", ENTITY_IN_TEXT, 4, "&"},
	{"&ampere", ENTITY_IN_TEXT, 4, "&"},
	{"&eacute;t&eacute;", ENTITY_IN_TEXT, 8, "é"},
	{"&nbsp;x", ENTITY_IN_TEXT, 6, "\xC2\xA0"},
	/* the longest name wins, and what is longer but unknown falls back */
	{"&notin;", ENTITY_IN_TEXT, 7, "∉"},
	{"&notice", ENTITY_IN_TEXT, 4, "¬"},
	{"&CounterClockwiseContourIntegral;", ENTITY_IN_TEXT, 33, "∳"},
	/* two characters, one of them beyond 16 bits */
	{"&NotEqualTilde;", ENTITY_IN_TEXT, 15, "≂̸"},
	{"&Afr;", ENTITY_IN_TEXT, 5, "𝔄"},
	/* names are told apart by case */
	{"&Eacute;", ENTITY_IN_TEXT, 8, "É"},
	{"&EACUTE;", ENTITY_IN_TEXT, 0, ""},
	/* no reference at all */
	{"&", ENTITY_IN_TEXT, 0, ""},
	{"& amp;", ENTITY_IN_TEXT, 0, ""},
	{"&;", ENTITY_IN_TEXT, 0, ""},
	{"&mdash", ENTITY_IN_TEXT, 0, ""},
	{"&harbour;", ENTITY_IN_TEXT, 0, ""},
	{"&#;", ENTITY_IN_TEXT, 0, ""},
	{"&#x;", ENTITY_IN_TEXT, 0, ""},
	{"&#xg", ENTITY_IN_TEXT, 0, ""},
	/* in an address */
	{"&copy=2", ENTITY_IN_ATTRIBUTE, 0, ""},
	{"&copy2", ENTITY_IN_ATTRIBUTE, 0, ""},
	{"&copyright", ENTITY_IN_ATTRIBUTE, 0, ""},
	{"&copy;=2", ENTITY_IN_ATTRIBUTE, 6, "©"},
	{"&copy", ENTITY_IN_ATTRIBUTE, 5, "©"},
	{"&copy-", ENTITY_IN_ATTRIBUTE, 5, "©"},
	{"&copy=2", ENTITY_IN_TEXT, 5, "©"},
	/* numbers */
	{"&#8212;", ENTITY_IN_TEXT, 7, "—"},
	{"&#8212 ", ENTITY_IN_TEXT, 6, "—"},
	{"&#x2014;", ENTITY_IN_TEXT, 8, "—"},
	{"&#X1f4f0;", ENTITY_IN_TEXT, 9, "📰"},
	{"&#65a", ENTITY_IN_TEXT, 4, "A"},
	{"&#128;", ENTITY_IN_TEXT, 6, "€"},
	{"&#x9F;", ENTITY_IN_TEXT, 6, "Ÿ"},
	{"&#x81;", ENTITY_IN_TEXT, 6, "\xC2\x81"},
	{"&#27;", ENTITY_IN_TEXT, 5, "\x1B"},
	{"&#0;", ENTITY_IN_TEXT, 4, "\xEF\xBF\xBD"},
	{"&#xD800;", ENTITY_IN_TEXT, 8, "\xEF\xBF\xBD"},
	{"&#x110000;", ENTITY_IN_TEXT, 10, "\xEF\xBF\xBD"},
	{"&#99999999999999999999;", ENTITY_IN_TEXT, 23, "\xEF\xBF\xBD"},
	{"&#x100000041;", ENTITY_IN_TEXT, 13, "\xEF\xBF\xBD"},
};

static void
reads_references(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct entity e = entity_read(str_z(rows[i].source), rows[i].place);
		if (e.taken != rows[i].taken || e.n != strlen(rows[i].means) ||
		    memcmp(e.utf8, rows[i].means, e.n) != 0)
			fail_msg("%s: took %zu, gave '%.*s'", rows[i].source, e.taken,
			    (int)e.n, e.utf8);
	}
}

/* Every name of the table is found as itself, whole. */
static void
finds_every_name(void **state)
{
	static const char *const names[] = {
#define ENTITY(at, n, name, first, second) "&" name,
#include "text/entity_table.def"
#undef ENTITY
	};
	(void)state;
	assert_int_equal(COUNT_OF(names), 2231);
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (entity_read(str_z(names[i]), ENTITY_IN_TEXT).taken !=
		    strlen(names[i]))
			fail_msg("%s is not found", names[i]);
}

/* Cut anywhere, a reference is not read beyond its end. */
static void
stays_within_its_bytes(void **state)
{
	static const char source[] = "&NotEqualTilde;&#x1F4F0;";
	(void)state;
	for (size_t n = 0; n < sizeof(source); n++) {
		struct entity e = entity_read(str_of(source, n), ENTITY_IN_TEXT);
		assert_true(e.taken <= n);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_references),
		cmocka_unit_test(finds_every_name),
		cmocka_unit_test(stays_within_its_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
