/* JSON feeds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "render.h"

#define FEED_VERSION "\"version\":\"https://jsonfeed.org/version/1.1\""

static void
test_json_feed(void **state)
{
	static const struct {
		const char *document, *want;
	} rows[] = {
	    {"{" FEED_VERSION ",\"title\":\"T\",\"home_page_url\":\"/\",\"feed_url\":\"/"
			      "f\",\"icon\":\"/i\","
	     "\"favicon\":\"/v\",\"language\":\"id\",\"description\":\"D\",\"items\":[]}",
		"{\"items\":[],\"format\":\"jsonfeed11\",\"wellformed\":true,"
		"\"encoding\":\"utf-8\","
		"\"title\":\"T\",\"link\":\"http://a.example/\",\"feed_url\":\"http://"
		"a.example/f\","
		"\"description\":\"D\",\"language\":\"id\",\"icon\":\"http://a.example/"
		"v\","
		"\"image\":\"http://a.example/i\"}"},
	    {"{" FEED_VERSION
	     ",\"items\":[{\"id\":7,\"title\":\"a <b> c\",\"content_html\":\"<p>x\","
	     "\"content_text\":\"y\",\"summary\":\"s\",\"date_published\":\"2025-03-"
	     "03T10:00:00Z\"}]}",
		"{\"id\":\"7\",\"title\":\"a <b> "
		"c\",\"published\":\"2025-03-03T10:00:00Z\","
		"\"summary\":\"s\",\"summary_type\":\"text\",\"summary_base\":\"http://"
		"a.example/x\","
		"\"content\":\"<p>x\",\"content_type\":\"html\",\"content_base\":\"http:/"
		"/a.example/x\"}"},
	    {"{" FEED_VERSION ",\"items\":[{\"content_text\":\"y\"}]}",
		"\"content_type\":\"text\""},
	    {"{" FEED_VERSION
	     ",\"items\":[{\"external_url\":\"/e\",\"banner_image\":\"/b\"}]}",
		"{\"link\":\"http://a.example/e\",\"image\":\"http://a.example/b\"}"},
	    {"{" FEED_VERSION
	     ",\"items\":[{\"authors\":[{\"name\":\"Jo\",\"url\":\"/jo\"}]},"
	     "{\"author\":{\"name\":\"Mo\"}}]}",
		"[{\"author\":\"Jo\",\"authors\":[{\"name\":\"Jo\","
		"\"url\":\"http://a.example/"
		"jo\"}]},{\"author\":\"Mo\",\"authors\":[{\"name\":\"Mo\"}]}]"},
	    {"{" FEED_VERSION
	     ",\"items\":[{\"tags\":[\"a\",7,\"b\"],\"attachments\":[{\"url\":\"/m\","
	     "\"mime_type\":\"audio/mpeg\",\"size_in_bytes\":12},{}]}]}",
		"{\"categories\":[{\"term\":\"a\"},{\"term\":\"b\"}],\"enclosures\":[{"
		"\"url\":"
		"\"http://a.example/m\",\"type\":\"audio/mpeg\",\"length\":12}]}"},
	    {"{" FEED_VERSION ",\"items\":[7,null,\"x\",{\"id\":\"1\"},[]]}",
		"\"items\":[{\"id\":\"1\"}]"},
	    {"{" FEED_VERSION ",\"title\":[],\"items\":{}}",
		"{\"items\":[],\"format\":\"jsonfeed11\","},
	    {"{" FEED_VERSION ",\"title\":\"a\nb\",\"items\":[]} x", "\"title\":\"a b\""},
	    {"{" FEED_VERSION ",\"items\":[]} junk",
		"\"repaired\":[{\"what\":\"junk after the end\",\"line\":1}]"},
	    {"{" FEED_VERSION ",\"items\":[{\"id\":\"1\",\"tags\":\"a\",\"attachments\":[{\"url\":"
	     "\"/m\",\"size_in_bytes\":\"12\"}]},]}",
		"{\"items\":[{\"id\":\"1\",\"categories\":[{\"term\":\"a\"}],\"enclosures\":[{"
		"\"url\":\"http://a.example/m\",\"length\":12}]}],"},
	    {"{\"version\":\"https://jsonfeed.org/version/1\"}",
		"\"format\":\"jsonfeed10\""},
	    {"{\"version\":\"https://jsonfeed.org/version/9\"}",
		"\"format\":\"jsonfeed\""},
	    {"{\"version\":\"1.0\",\"items\":[]}", "\"format\":\"jsonfeed10\""},
	    {"{\"home_page_url\":\"/\",\"items\":[]}", "\"format\":\"jsonfeed\""},
	};
	struct feed_source source = {.url = STR("http://a.example/x")};
	struct feed_limits limits = {0};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf json;
		struct err e = {0};
		if (!render_feed(&source, &limits, bytes_of_str(str_z(rows[i].document)),
			9, &json, &e))
			fail_msg("%s: %s", rows[i].document, e.text);
		if (!strstr(buf_z(&json), rows[i].want))
			fail_msg("%s not in %s", rows[i].want, buf_z(&json));
		buf_clear(&json);
	}
}

static void
test_json_no_feed(void **state)
{
	static const char *const documents[] = {"{}", "{\"items\":[]}", "{\"version\":7}",
	    "{\"version\":\"https://jsonfeed.org/version/1\"", "{nothing}",
	    "{\"version\":\"1.0\"}"};
	struct feed_source source = {0};
	struct feed_limits limits = {0};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(documents); i++) {
		struct buf json;
		struct err e = {0};
		assert_false(render_feed(
		    &source, &limits, bytes_of_str(str_z(documents[i])), 9, &json, &e));
		assert_int_equal(e.kind, ERR_INPUT);
		assert_int_equal(json.n, 0);
		buf_clear(&json);
	}
}

/*
 * Wherever a feed is cut, the items that were whole come out, and it is told; where there are
 * none it is no feed.
 */
static void
test_json_cut(void **state)
{
	static const char document[] = "{" FEED_VERSION ",\"title\":\"T\",\"items\":[\n"
				       "{\"id\":\"a\",\"tags\":[\"x\",\"]},{\"]},\n"
				       "{\"id\":\"b\",\"content_html\":\"<p>\\u00e9\\\"</p>\"},\n"
				       "{\"id\":\"c\",\"authors\":[{\"name\":\"N\"}]}\n],"
				       "\"language\":\"id\"}";
	const char *ends[] = {strstr(document, ",\n{\"id\":\"b"),
		strstr(document, ",\n{\"id\":\"c"), strstr(document, "\n],")};
	struct feed_source source = {0};
	struct feed_limits limits = {0};
	(void)state;
	for (size_t n = 1; n < strlen(document); n++) {
		struct buf json;
		struct err e = {0};
		size_t items = 0;
		bool ok = render_feed(&source, &limits, bytes_of(document, n), 7, &json, &e);
		assert_int_equal(ok, document + n >= ends[0]);
		for (const char *p = ok ? buf_z(&json) : ""; (p = strstr(p, "\"id\":")); p++)
			items++;
		for (size_t i = 0; i < COUNT_OF(ends); i++)
			items -= document + n >= ends[i];
		assert_int_equal(items, 0);
		if (ok) {
			assert_non_null(strstr(buf_z(&json), "\"wellformed\":false"));
			assert_non_null(strstr(buf_z(&json), "\"what\":\"the end is missing\""));
		}
		buf_clear(&json);
	}
}

static void
test_json_limit_of_items(void **state)
{
	struct feed_source source = {0};
	struct feed_limits limits = {.max_items = 2};
	struct buf json;
	struct err e = {0};
	(void)state;
	assert_true(render_feed(&source, &limits,
	    bytes_of_str(
		STR("{" FEED_VERSION
		    ",\"items\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}]}")),
	    9, &json, &e));
	assert_non_null(strstr(buf_z(&json), "[{\"id\":\"a\"},{\"id\":\"b\"}]"));
	buf_clear(&json);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_json_feed),
	    cmocka_unit_test(test_json_no_feed),
	    cmocka_unit_test(test_json_cut),
	    cmocka_unit_test(test_json_limit_of_items),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
