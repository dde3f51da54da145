/* The text of an element, and the markup in it written out again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "feed/capture.h"

static void
assert_str(struct str got, const char *want)
{
	if (!str_eq(got, str_z(want)))
		fail_msg("got '%.*s', want '%s'", STR_ARG(got), want);
}

static void
test_capture_text(void **state)
{
	static const struct {
		const char *pieces[4];
		const char *want;
	} rows[] = {
	    {{"  a ", " b\n"}, "a  b"},
	    {{"a\r\nb\rc", "\r", "\nd"}, "a\nb\nc\nd"},
	    {{"a\r", "b"}, "a\nb"},
	    {{"a\x01\x7f\x1b[31m\tb"}, "a[31m\tb"},
	    {{"0123456789\xC2\x80\xC2\x9F\xC2\x81\xC2\xA0z"},
		"0123456789\xE2\x82\xAC\xC5\xB8\xC2\xA0z"},
	    {{"a < b & c > d"}, "a < b & c > d"},
	    {{"\xE6\xB8\xAF\xE5\x8F\xA3 long enough to be looked at by eights"},
		"\xE6\xB8\xAF\xE5\x8F\xA3 long enough to be looked at by eights"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct capture c = {0};
		capture_begin(&c, CAPTURE_HTML, 1000);
		for (size_t k = 0; k < 4 && rows[i].pieces[k]; k++)
			capture_text(&c, str_z(rows[i].pieces[k]));
		assert_str(capture_result(&c), rows[i].want);
		capture_clear(&c);
	}
}

static void
test_capture_markup(void **state)
{
	static const struct {
		enum capture_kind kind;
		const char *want;
	} rows[] = {
	    {CAPTURE_TEXT,
		"1 &lt; 2<i a=\"&quot;&amp;\" xlink:href=\"/x\">3 &lt; 4<br></i>5 &lt;"},
	    {CAPTURE_HTML,
		"1 < 2<i a=\"&quot;&amp;\" xlink:href=\"/x\">3 &lt; 4<br></i>5 <"},
	    {CAPTURE_HTML_ALL,
		"1 < 2<i a=\"&quot;&amp;\" xlink:href=\"/x\">3 < 4<br></i>5 <"},
	    {CAPTURE_XHTML,
		"1 &lt; 2<i a=\"&quot;&amp;\" xlink:href=\"/x\">3 &lt; 4<br></i>5 &lt;"},
	};
	static const struct xml_attribute attributes[] = {
	    {STR_INIT("a"), STR_INIT("\"&")},
	    {STR_INIT("xmlns:x"), STR_INIT("urn:x")},
	    {STR_INIT("xml:base"), STR_INIT("/b")},
	    {STR_INIT("xlink:href"), STR_INIT("/x")},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct capture c = {0};
		capture_begin(&c, rows[i].kind, 1000);
		capture_text(&c, STR("1 < 2"));
		capture_start(
		    &c, STR("i"), attributes, COUNT_OF(attributes), STR(""), NULL);
		capture_text(&c, STR("3 < 4"));
		capture_start(&c, STR("br"), NULL, 0, STR(""), NULL);
		capture_end(&c, STR("br"));
		capture_end(&c, STR("i"));
		capture_text(&c, STR("5 <"));
		assert_str(capture_result(&c), rows[i].want);
		capture_clear(&c);
	}
}

static void
test_capture_div(void **state)
{
	struct capture c = {0};
	(void)state;
	capture_begin(&c, CAPTURE_XHTML, 1000);
	capture_text(&c, STR("\n"));
	capture_start(&c, STR("div"), NULL, 0, STR(""), NULL);
	capture_start(&c, STR("div"), NULL, 0, STR(""), NULL);
	capture_text(&c, STR("x"));
	capture_end(&c, STR("div"));
	capture_end(&c, STR("div"));
	assert_str(capture_result(&c), "<div>x</div>");
	capture_clear(&c);
}

static void
test_capture_limit(void **state)
{
	struct capture c = {0};
	(void)state;
	capture_begin(&c, CAPTURE_TEXT, 5);
	capture_text(&c, STR("abc"));
	capture_text(&c, STR("de"));
	assert_str(capture_result(&c), "abcde");
	capture_text(&c, STR("f"));
	assert_str(capture_result(&c), "abcde");
	capture_begin(&c, CAPTURE_TEXT, 5);
	capture_text(&c, STR("abc\xE2\x82\xAC")); /* a character is not cut */
	assert_str(capture_result(&c), "abc");
	capture_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_capture_text),
	    cmocka_unit_test(test_capture_markup),
	    cmocka_unit_test(test_capture_div),
	    cmocka_unit_test(test_capture_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
