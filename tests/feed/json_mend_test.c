/* JSON as it is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "feed/json_mend.h"
#include "feed/limits.h"

static void
assert_str(struct str got, const char *want)
{
	if (!str_eq(got, str_z(want)))
		fail_msg("got '%.*s', want '%s'", STR_ARG(got), want);
}

static void
test_json_mend(void **state)
{
	static const struct {
		const char *text, *want;
		enum json_mend result;
	} rows[] = {
	    {"{\"a\": [1, -2.5e3, \"x\\\"\\\\\\u00e9\"]}",
		"{\"a\": [1, -2.5e3, \"x\\\"\\\\\\u00e9\"]}", JSON_MEND_AS_IT_WAS},
	    {"\"a\nb\tc\x01\"", "\"a b c \"", JSON_MEND_MENDED},
	    {"\"\\u0000a\\ud800b\\udc00c\"", "\"a\\ufffdb\\ufffdc\"", JSON_MEND_MENDED},
	    {"\"\\ud83d\\ude00\"", "\"\\ud83d\\ude00\"", JSON_MEND_AS_IT_WAS},
	    {"\"\\ud83d\\n\"", "\"\\ufffd\\n\"", JSON_MEND_MENDED},
	    {"[1e999, 12345678901234567890123, 1.5]", "[0, 0, 1.5]", JSON_MEND_MENDED},
	    {"\"\\u12", "\"\\u12", JSON_MEND_AS_IT_WAS},
	    {"\"\\", "\"\\", JSON_MEND_AS_IT_WAS},
	    {"", "", JSON_MEND_AS_IT_WAS},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf text = {0};
		buf_add(&text, str_z(rows[i].text));
		assert_int_equal(json_mend(&text), rows[i].result);
		assert_str(buf_str(&text), rows[i].want);
		buf_clear(&text);
	}
}

static void
test_json_limits(void **state)
{
	struct buf text = {0};
	(void)state;
	for (size_t over = 0; over < 2; over++) {
		text.n = 0;
		for (size_t i = 0; i < FEED_MAX_JSON_DEPTH + over; i++)
			buf_char(&text, '[');
		assert_int_equal(
		    json_mend(&text), over ? JSON_MEND_TOO_DEEP : JSON_MEND_AS_IT_WAS);
		text.n = 0;
		buf_char(&text, '[');
		for (size_t i = 1; i < FEED_MAX_JSON_VALUES + over; i++)
			buf_char(&text, ',');
		assert_int_equal(
		    json_mend(&text), over ? JSON_MEND_TOO_MANY : JSON_MEND_AS_IT_WAS);
	}
	buf_clear(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_json_mend),
	    cmocka_unit_test(test_json_limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
