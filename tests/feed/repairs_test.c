/* What was mended is told: the first of each kind, with their lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "feed/repairs.h"
#include "render.h"

static void
test_lines(void **state)
{
	static const struct {
		const char *text;
		int64_t lines;
	} rows[] = {
	    {"", 0},
	    {"one", 0},
	    {"\n\n", 2},
	    {"a\r\nb\rc\n", 3},
	    {"\r", 1},
	    {"eight\n\n\n\x8b\x0a\x0b\x09\n\x8a\n0123456789\n", 7},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(repairs_lines(str_z(rows[i].text)), rows[i].lines);
	struct buf many = {0};
	for (int i = 0; i < 5000; i++)
		buf_add(&many, STR("\n\n\nx"));
	assert_int_equal(repairs_lines(buf_str(&many)), 15000);
	buf_clear(&many);
}

/* A fault everywhere hides no other one, and a million are as many as a few. */
static void
test_bounds(void **state)
{
	struct arena *a = arena_new();
	struct repairs r = {0};
	struct feed_head head = {0};
	(void)state;
	for (int64_t i = 1; i <= 1000; i++)
		repairs_note(&r, REPAIR_AMPERSANDS, i, STR("&"));
	repairs_note(&r, REPAIR_TAGS, 1001, STR("unclosed <b>"));
	assert_false(repairs_has_room(&r, REPAIR_AMPERSANDS));
	assert_true(repairs_has_room(&r, REPAIR_TAGS));
	assert_int_equal(r.n, REPAIRS_OF_A_KIND + 1);
	repairs_list(a, &r, &head);
	assert_int_equal(head.n_repaired, 1001);
	assert_int_equal(head.repaired.v[REPAIRS_OF_A_KIND].line, 1001);
	for (unsigned kind = 1; kind <= REPAIR_OTHER; kind <<= 1)
		for (int i = 0; i < 10; i++)
			repairs_note(&r, kind, 0, STR(""));
	assert_int_equal(r.n, REPAIRS_MAX);
	assert_int_equal(r.kinds, 2 * REPAIR_OTHER - 1);
	arena_free(a);
}

static void
test_words(void **state)
{
	struct arena *a = arena_new();
	(void)state;
	for (unsigned kind = 1; kind <= REPAIR_OTHER; kind <<= 1) {
		struct repairs r = {0};
		struct feed_head head = {0};
		repairs_note(&r, kind, 7, STR(""));
		repairs_note(&r, kind, 8, STR("\x1b[2J<x>\n"));
		repairs_list(a, &r, &head);
		assert_true(head.repaired.v[0].what.n > 5);
		assert_true(str_ends(head.repaired.v[1].what, STR("<x>")));
		assert_int_equal(str_find_char(head.repaired.v[1].what, 0x1b), STR_NONE);
	}
	struct repairs r = {0};
	struct feed_head head = {0};
	assert_int_equal(repairs_sentence(a, &head).n, 0);
	repairs_note(&r, REPAIR_TAGS, 310, STR("unclosed <b>"));
	repairs_note(&r, REPAIR_LABEL, 0, STR(""));
	repairs_list(a, &r, &head);
	assert_true(str_eq(repairs_sentence(a, &head),
	    STR("a wrong or missing encoding label, unclosed <b> at line 310")));
	for (int i = 0; i < 5; i++)
		repairs_note(&r, REPAIR_ENTITIES, i + 1, STR("&nbsp;"));
	head = (struct feed_head){0};
	repairs_list(a, &r, &head);
	assert_true(str_eq(repairs_sentence(a, &head),
	    STR("a wrong or missing encoding label, undeclared &nbsp; at line 1, "
		"undeclared &nbsp; at line 2 and 4 more")));
	arena_free(a);
}

/* What stands before the document is one repair, in however many pieces it comes. */
static void
test_junk_once(void **state)
{
	enum { LONG = 9000 };
	struct feed_source source = {0};
	struct feed_limits limits = {0};
	struct buf document = {0}, json;
	struct err e = {0};
	(void)state;
	buf_fmt(&document, "</x>%0*d\n<rss version='2.0'><channel></channel></rss>", LONG, 0);
	for (size_t piece = 1; piece < LONG; piece = 3 * piece + 1) {
		assert_true(render_feed(
		    &source, &limits, bytes_of_str(buf_str(&document)), piece, &json, &e));
		assert_true(
		    str_find(buf_str(&json), STR("\"repaired_count\":1,")) != STR_NONE);
		buf_clear(&json);
	}
	buf_clear(&document);
}

#define HEAD "<rss version='2.0'>\n<channel>\n"
#define TAIL "</channel>\n</rss>"

/* The line is that of the fault, however the document was cut on its way. */
static void
test_where(void **state)
{
	static const struct {
		const char *document, *what;
		int line;
	} rows[] = {
	    {HEAD "<title>A\n&nbsp;</title>" TAIL, "undeclared &nbsp;", 4},
	    {HEAD "<title>A</title>\n<item>\n<title>B & C</title></item>" TAIL, "stray &", 5},
	    {HEAD "<item><description>&x;\n1\n< 2</description></item>" TAIL, "stray <", 5},
	    {HEAD "<item>&x;<description>\n<b>1\n\n</description></item>" TAIL,
		"unclosed <b>", 4},
	    {HEAD "<item>\n<description>\n<b>1\n</description></item>" TAIL,
		"unclosed <b>", 6},
	    {HEAD "<title>A</titel>\n" TAIL, "</titel> misspelt", 3},
	    {HEAD "\n</b>\n" TAIL, "</b> without a start", 4},
	    {HEAD "<item/>\n<x a=1/>" TAIL, "odd attributes of x", 4},
	    {HEAD "<!-- \n -- -->" TAIL, "a broken comment", 4},
	    {HEAD "<title>A\n&#0;</title>" TAIL, "a wrong reference &#0;", 4},
	    {HEAD "<title>A\n\x01</title>" TAIL, "control character U+0001", 4},
	    {HEAD "<title><![CDATA[\n\n\x02]]></title>" TAIL, "control character U+0002", 5},
	    {HEAD "<title><![CDATA[\n\n]]></title>\n&x;" TAIL, "undeclared &x;", 6},
	    {"\r\n<a>\r\n" HEAD TAIL, "junk before the document", 2},
	    {HEAD TAIL "\n<script>", "junk after the end", 5},
	    {HEAD "&x;" TAIL "\n\nt", "junk after the end", 6},
	    {HEAD "\n\n", "the end is missing", 5},
	    {HEAD "<title>A\n\xe9</title>" TAIL,
		"a wrong or missing encoding label, read as windows-1252", 1},
	    {HEAD "<title>\xc3\xa9\n\xe9\n</title>\n" TAIL, "bytes that are no utf-8", 4},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		for (size_t piece = 1; piece < 1000; piece = 3 * piece + 1) {
			struct feed_source source = {0};
			struct feed_limits limits = {0};
			struct buf json, want = {0};
			struct err e = {0};
			buf_fmt(&want, "{\"what\":\"%s\",\"line\":%d}", rows[i].what,
			    rows[i].line);
			assert_true(render_feed(&source, &limits,
			    bytes_of_str(str_z(rows[i].document)), piece, &json, &e));
			if (str_find(buf_str(&json), buf_str(&want)) == STR_NONE)
				fail_msg("%s\nin pieces of %zu: no %s in %s",
				    rows[i].document, piece, buf_z(&want), buf_z(&json));
			buf_clear(&json);
			buf_clear(&want);
		}
}

/*
 * They are told in the order of their lines, whichever was seen first and however the document came.
 * It is longer than the beginning that is read as one piece in any case.
 */
static void
test_pieces(void **state)
{
	enum { LONG = 5000 };
	static const char *const rows[] = {
	    "<title>\xc3\xa9 & \xe9 \x01 &x;</titel>\n<item>\n<b>\x02</item>\n" TAIL
	    "junk<b>\n\n\x03\n\x04",
	    "<item>\r\n\r\n<b>\r\n</item>\r\n" TAIL "\r\n<b>",
	    "<item>\n<!E\n",
	    "<item>\n<!--\n-",
	    "<item>\n<a b\n",
	    TAIL "\n<!--\n",
	};
	struct feed_source source = {0};
	struct feed_limits limits = {0};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf document = {0}, whole, cut;
		struct err e = {0};
		buf_fmt(&document, HEAD "&x;<!--%*s-->", LONG, "");
		size_t from = document.n;
		buf_add(&document, str_z(rows[i]));
		struct bytes raw = bytes_of_str(buf_str(&document));
		assert_true(render_feed(&source, &limits, raw, SIZE_MAX, &whole, &e));
		for (size_t piece = from; piece < raw.n; piece++) {
			assert_true(render_feed(&source, &limits, raw, piece, &cut, &e));
			assert_string_equal(buf_z(&cut), buf_z(&whole));
			buf_clear(&cut);
		}
		size_t three = str_find(buf_str(&whole), STR("\"line\":3")),
		       five = str_find(buf_str(&whole), STR("\"line\":5"));
		assert_true(three < five); /* STR_NONE: behind all */
		buf_clear(&whole);
		buf_clear(&document);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_lines),
	    cmocka_unit_test(test_bounds),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_where),
	    cmocka_unit_test(test_pieces),
	    cmocka_unit_test(test_junk_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
