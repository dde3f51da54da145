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
		unsigned kinds;
	} rows[] = {
	    {"{\"a\": [1, -2.5e3, \"x\\\"\\\\\\u00e9\"]}",
		"{\"a\": [1, -2.5e3, \"x\\\"\\\\\\u00e9\"]}", 0},
	    {"[\"a\nb\tc\x01\"]", "[\"a b c \"]", REPAIR_CONTROLS},
	    {"[\"\\u0000a\\ud800b\\udc00c\"]", "[\"a\\ufffdb\\ufffdc\"]",
		REPAIR_REFERENCES},
	    {"[\"\\ud83d\\ude00\"]", "[\"\\ud83d\\ude00\"]", 0},
	    {"[\"\\ud83d\\n\"]", "[\"\\ufffd\\n\"]", REPAIR_REFERENCES},
	    {"[\"\\'\\x41\\u12g4\"]", "[\"'x41u12g4\"]", REPAIR_REFERENCES},
	    {"[1e999, 12345678901234567890123, 1.5]", "[0, 0, 1.5]", REPAIR_NUMBERS},
	    {"[,1,,2 , ]", "[1,2   ]", REPAIR_COMMAS},
	    {"{\"a\":[{},],}", "{\"a\":[{} ] }", REPAIR_COMMAS},
	    {"[1] x \"", "[1]", REPAIR_JUNK_AFTER},
	    /* cut: ended behind what is whole, two brackets deep */
	    {"[1, 2", "[1]", REPAIR_CUT},
	    {"{\"a\": 1, \"b\": \"\\", "{\"a\": 1}", REPAIR_REFERENCES | REPAIR_CUT},
	    {"{\"a\":[{\"b\":1},{\"b\":", "{\"a\":[{\"b\":1}]}", REPAIR_CUT},
	    {"{\"a\":[{\"b\":[1,2", "{\"a\":[{\"b\":[1,2", 0},
	    {"{\"a\":[[{}]", "{\"a\":[[{}]]}", REPAIR_CUT},
	    {"{\"a\":[[{}]]", "{\"a\":[[{}]]}", REPAIR_CUT},
	    {"{\"a\":{\"b\":1,\"c", "{\"a\":{\"b\":1}}", REPAIR_CUT},
	    {"{\"a\":[1,2],\"b\":[3", "{\"a\":[1,2]}", REPAIR_CUT},
	    {"[[],,", "[[]]", REPAIR_COMMAS | REPAIR_CUT},
	    /* nothing is whole in these */
	    {"{\"a\":[", "{\"a\":[", 0},
	    {"{\"a\":1", "{\"a\":1", 0},
	    {"[", "[", 0},
	    {"", "", 0},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf text = {0};
		struct repairs repairs = {0};
		buf_add(&text, str_z(rows[i].text));
		assert_int_equal(json_mend(&text, &repairs), JSON_MEND_READY);
		assert_str(buf_str(&text), rows[i].want);
		if (repairs.kinds != rows[i].kinds)
			fail_msg("%s: %x, want %x", rows[i].text, repairs.kinds,
			    rows[i].kinds);
		buf_clear(&text);
	}
}

static void
test_json_limits(void **state)
{
	struct buf text = {0};
	struct repairs repairs = {0};
	(void)state;
	for (size_t over = 0; over < 2; over++) {
		text.n = 0;
		for (size_t i = 0; i < FEED_MAX_JSON_DEPTH + over; i++)
			buf_char(&text, '[');
		assert_int_equal(json_mend(&text, &repairs),
		    over ? JSON_MEND_TOO_DEEP : JSON_MEND_READY);
		text.n = 0;
		buf_add(&text, STR("[0"));
		for (size_t i = 1; i < FEED_MAX_JSON_VALUES + over; i++)
			buf_add(&text, STR(",0"));
		assert_int_equal(json_mend(&text, &repairs),
		    over ? JSON_MEND_TOO_MANY : JSON_MEND_READY);
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
