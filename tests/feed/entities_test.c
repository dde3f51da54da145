/* Entities and DOCTYPE: what references stand for, and that no bomb goes off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "feed/doctype.h"
#include "feed/entities.h"
#include "feed/limits.h"
#include "feed/xml.h"

static void
test_references(void **state)
{
	static const struct {
		const char *text, *want;
		unsigned mended;
	} rows[] = {
	    {"a &lt;b&gt; &amp; &quot;c&quot; &apos;d&apos;", "a <b> & \"c\" 'd'", 0},
	    {"&#65;&#x42;&#X43;", "ABC", 0},
	    {"&#9;&#10;", "\t\n", 0},
	    {"&#1;&#0;&#xFFFF;&#99999999999;x", "x", REPAIR_REFERENCES},
	    {"&#xD83D;&#xDE00;", "\xF0\x9F\x98\x80", REPAIR_REFERENCES},
	    {"&#xD83D;x&#xDE00;", "x", REPAIR_REFERENCES},
	    {"&#65 &#x;", "A &#x;", REPAIR_REFERENCES | REPAIR_AMPERSANDS},
	    {"&eacute;&hellip;", "\xC3\xA9\xE2\x80\xA6", REPAIR_ENTITIES},
	    {"&ferry; &Eacute", "&ferry; &Eacute", REPAIR_ENTITIES | REPAIR_AMPERSANDS},
	    {"a & b &; && &", "a & b &; && &", REPAIR_AMPERSANDS},
	    {"", "", 0},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct entities e;
		struct buf out = {0};
		entities_init(&e);
		entities_resolve(&e, str_z(rows[i].text), &out);
		assert_string_equal(buf_z(&out), rows[i].want);
		assert_int_equal(e.mended, rows[i].mended);
		buf_clear(&out);
		entities_clear(&e);
	}
}

/* Every beginning of a reference waits for more, and none waits for ever. */
static void
test_cut_references(void **state)
{
	static const char *const whole[] = {
	    "&amp;", "&#160;", "&#xD83D;&#xDE00;", "&hellip;"};
	struct entities e;
	struct buf out = {0};
	(void)state;
	entities_init(&e);
	for (size_t i = 0; i < COUNT_OF(whole); i++) {
		struct str s = str_z(whole[i]);
		for (size_t n = 1; n < s.n; n++) {
			assert_int_equal(
			    entities_read(&e, str_sub(s, 0, n), false, &out), 0);
			assert_true(entities_read(&e, str_sub(s, 0, n), true, &out) > 0);
		}
		assert_int_equal(entities_read(&e, s, true, &out), s.n);
	}
	for (size_t i = 0; i < 200; i++)
		buf_char(&out, 'x');
	out.p[0] = '&';
	struct buf result = {0};
	assert_int_equal(entities_read(&e, buf_str(&out), false, &result), 1);
	buf_clear(&result);
	buf_clear(&out);
	entities_clear(&e);
}

static void
assert_stands_for(struct entities *e, const char *text, const char *want)
{
	struct buf out = {0};
	entities_resolve(e, str_z(text), &out);
	if (!str_eq(buf_str(&out), str_z(want)))
		fail_msg("%s stands for '%s', want '%s'", text, buf_z(&out), want);
	buf_clear(&out);
}

static void
test_declarations(void **state)
{
	struct entities e;
	(void)state;
	entities_init(&e);
	entities_declare(&e, STR("a"), STR("one"));
	entities_declare(&e, STR("a"), STR("two"));
	entities_declare(&e, STR("b"), STR("&a; &amp; &#38;#233; &c;"));
	entities_declare(&e, STR("c"), STR("&c;&b;"));
	assert_int_equal(e.mended, 0);
	assert_stands_for(&e, "&a;", "one");
	assert_stands_for(&e, "&b;", "one & \xC3\xA9 &c;");
	assert_stands_for(&e, "&c;", "&c;one & \xC3\xA9 &c;");
	entities_clear(&e);
}

static void
test_limit_of_declarations(void **state)
{
	struct entities e;
	char name[16];
	(void)state;
	entities_init(&e);
	for (int i = 0; i <= FEED_MAX_ENTITIES; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		entities_declare(&e, str_z(name), str_z(name));
	}
	snprintf(name, sizeof(name), "&n%d;", FEED_MAX_ENTITIES - 1);
	assert_stands_for(
	    &e, name, (snprintf(name + 8, 8, "n%d", FEED_MAX_ENTITIES - 1), name + 8));
	assert_stands_for(&e, "&n1024;", "&n1024;");
	assert_int_equal(FEED_MAX_ENTITIES, 1024);
	entities_clear(&e);
}

static void
test_limit_of_a_value(void **state)
{
	struct entities e;
	struct buf value = {0};
	(void)state;
	entities_init(&e);
	for (size_t i = 0; i < FEED_MAX_ENTITY_BYTES; i++)
		buf_char(&value, 'v');
	entities_declare(&e, STR("full"), buf_str(&value));
	assert_stands_for(&e, "&full;", buf_z(&value));
	assert_int_equal(e.mended, 0);
	buf_char(&value, 'v');
	entities_declare(&e, STR("over"), buf_str(&value));
	entities_declare(&e, STR("twice"), STR("&full;&full;"));
	assert_stands_for(&e, "&over;&twice;", "");
	assert_int_equal(e.mended, REPAIR_BOMB);
	buf_clear(&value);
	entities_clear(&e);
}

/* However often a long entity is used, what comes out is bounded. */
static void
test_limit_of_expansion(void **state)
{
	struct entities e;
	struct buf value = {0}, out = {0};
	size_t uses = FEED_MAX_EXPANSION_BYTES / FEED_MAX_ENTITY_BYTES;
	(void)state;
	entities_init(&e);
	for (size_t i = 0; i < FEED_MAX_ENTITY_BYTES; i++)
		buf_char(&value, 'v');
	entities_declare(&e, STR("full"), buf_str(&value));
	for (size_t i = 0; i < uses; i++)
		entities_resolve(&e, STR("&full;"), &out);
	assert_int_equal(out.n, FEED_MAX_EXPANSION_BYTES);
	assert_int_equal(e.mended, 0);
	entities_resolve(&e, STR("&full;"), &out);
	assert_int_equal(out.n, FEED_MAX_EXPANSION_BYTES);
	assert_int_equal(e.mended, REPAIR_BOMB);
	buf_clear(&out);
	buf_clear(&value);
	entities_clear(&e);
}

static void
test_doctype(void **state)
{
	static const struct {
		const char *text;
		size_t n;
	} rows[] = {
	    /* n 0: cut */
	    {"<!DOCTYPE rss>x", 14},
	    {"<!DOCTYPE rss PUBLIC \"a>b\" 'c>d'>x", 33},
	    {"<!DOCTYPE rss [ ]>x", 18},
	    {"<!DOCTYPE rss [<!ENTITY w 'Wire > []'>%p;<?pi ]>?><!-- ]> -->]  >x", 65},
	    {"<!DOCTYPE rss [<!ATTLIST rss a CDATA ']>'>]>x", 44},
	    {"<!DOCTYPE rss SYSTEM 'not closed><rss>", 33},
	    {"<!DOCTYPE rss", 0},
	    {"<!DOCTYPE rss [<!ENTITY", 0},
	    {"<!DOCTYPE rss [<!-- ", 0},
	    {"<!DOCTYPE rss [<!ENTITY a 'b'>", 0},
	    {"<!DOCTYPE rss 'a", 0},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct entities e;
		entities_init(&e);
		size_t n = doctype_read(&e, str_z(rows[i].text));
		if (n != (rows[i].n ? rows[i].n : SIZE_MAX))
			fail_msg("%s: %zu", rows[i].text, n);
		entities_clear(&e);
	}
}

static void
test_doctype_declares(void **state)
{
	struct entities e;
	struct str text =
	    STR("<!DOCTYPE r [<!ENTITY a \"x\"> <!ENTITY % b 'y'><!ENTITY c SYSTEM 'z'>"
		"<!ENTITY d PUBLIC 'z' 'z'><!ENTITY f\n'&a;&a;' >\0]>");
	(void)state;
	entities_init(&e);
	assert_int_equal(doctype_read(&e, text), text.n);
	assert_stands_for(&e, "&a;&b;&c;&d;&f;", "x&b;&c;&d;xx");
	entities_clear(&e);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_references),
	    cmocka_unit_test(test_cut_references),
	    cmocka_unit_test(test_declarations),
	    cmocka_unit_test(test_limit_of_declarations),
	    cmocka_unit_test(test_limit_of_a_value),
	    cmocka_unit_test(test_limit_of_expansion),
	    cmocka_unit_test(test_doctype),
	    cmocka_unit_test(test_doctype_declares),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
