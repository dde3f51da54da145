/* Namespaces, prefixes and the vocabulary of feeds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "feed/limits.h"
#include "feed/names.h"

static void
assert_str(struct str got, const char *want)
{
	if (!str_eq(got, str_z(want)))
		fail_msg("got '%.*s', want '%s'", STR_ARG(got), want);
}

static void
test_spaces(void **state)
{
	static const struct {
		const char *address;
		enum feed_space space;
	} rows[] = {
	    {"http://www.w3.org/2005/Atom", SPACE_ATOM},
	    {"HTTP://WWW.W3.ORG/2005/ATOM/", SPACE_ATOM},
	    {"https://www.w3.org/2005/Atom", SPACE_ATOM},
	    {" http://purl.org/dc/elements/1.1/ ", SPACE_DC},
	    {"http://purl.org/dc/elements/1.1", SPACE_DC},
	    {"http://purl.org/rss/1.0/", SPACE_RSS},
	    {"http://purl.org/rss/1.0/modules/content/", SPACE_CONTENT},
	    {"http://www.w3.org/2005/Atom title", SPACE_OTHER},
	    {"urn:x", SPACE_OTHER},
	    {"", SPACE_NONE},
	    {"/", SPACE_NONE},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (feed_space_of(str_z(rows[i].address)) != rows[i].space)
			fail_msg("%s", rows[i].address);
	assert_int_equal(feed_space_usual(STR("dc")), SPACE_DC);
	assert_int_equal(feed_space_usual(STR("x")), SPACE_OTHER);
}

static void
test_words(void **state)
{
	struct vocabulary v;
	struct feed_word word;
	(void)state;
	vocabulary_init(&v);
	word = vocabulary_word(&v, SPACE_RSS, STR("pubDate"), SPACE_RSS);
	assert_int_equal(word.meaning, MEANS_PUBLISHED);
	assert_true(word.rank < WORD_FOREIGN);
	word = vocabulary_word(&v, SPACE_NONE, STR("PUBDATE"), SPACE_RSS);
	assert_int_equal(word.meaning, MEANS_PUBLISHED);
	word = vocabulary_word(&v, SPACE_ATOM, STR("title"), SPACE_RSS);
	assert_int_equal(word.meaning, MEANS_TITLE);
	assert_true(word.rank >= WORD_FOREIGN);
	assert_int_equal(
	    vocabulary_word(&v, SPACE_DC, STR("pubDate"), SPACE_RSS).meaning, MEANS_NONE);
	assert_int_equal(
	    vocabulary_word(&v, SPACE_OTHER, STR("title"), SPACE_RSS).meaning,
	    MEANS_NONE);
	assert_int_equal(
	    vocabulary_word(&v, SPACE_RSS, STR(""), SPACE_RSS).meaning, MEANS_NONE);
}

static void
test_bindings(void **state)
{
	static const struct xml_attribute outer[] = {
	    {STR_INIT("xmlns"), STR_INIT("http://www.w3.org/2005/Atom")},
	    {STR_INIT("xmlns:d"), STR_INIT("http://purl.org/dc/elements/1.1/")},
	    {STR_INIT("x"), STR_INIT("urn:no")},
	};
	static const struct xml_attribute inner[] = {
	    {STR_INIT("xmlns:d"), STR_INIT("urn:other")},
	    {STR_INIT("xmlns"), STR_INIT("")},
	};
	struct names s;
	struct str local;
	(void)state;
	names_init(&s);
	s.own = SPACE_ATOM;
	size_t mark = names_open(&s, outer, COUNT_OF(outer));
	assert_int_equal(names_space(&s, STR("")), SPACE_ATOM);
	assert_int_equal(names_word(&s, STR("d:creator"), &local).meaning, MEANS_AUTHOR);
	assert_str(local, "creator");
	size_t mark_2 = names_open(&s, inner, COUNT_OF(inner));
	assert_int_equal(names_space(&s, STR("d")), SPACE_OTHER);
	assert_int_equal(names_space(&s, STR("")), SPACE_NONE);
	assert_int_equal(names_space(&s, STR("dc")), SPACE_DC);
	names_close(&s, mark_2);
	assert_int_equal(names_space(&s, STR("d")), SPACE_DC);
	names_close(&s, mark);
	assert_int_equal(names_space(&s, STR("d")), SPACE_OTHER);
	names_clear(&s);
}

static void
test_limit_of_bindings(void **state)
{
	struct xml_attribute one = {STR("xmlns:p"), STR("urn:x")};
	struct names s;
	(void)state;
	names_init(&s);
	for (size_t i = 0; i < FEED_MAX_NAMESPACES + 1; i++) {
		if (i == FEED_MAX_NAMESPACES - 1)
			one.value = STR("http://www.w3.org/2005/Atom");
		if (i == FEED_MAX_NAMESPACES)
			one.value = STR("urn:one-too-many");
		names_open(&s, &one, 1);
	}
	assert_int_equal(names_space(&s, STR("p")), SPACE_ATOM);
	names_close(&s, 0);
	names_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_spaces),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_bindings),
	    cmocka_unit_test(test_limit_of_bindings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
