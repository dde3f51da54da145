/* JSON out: valid and safe to show whatever the strings hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/json.h"
#include "base/utf8.h"

static void
test_strings(void **state)
{
	static const struct { const char *put; size_t n; const char *text, *line; } rows[] = {
		{"", 0, "\"\"", "\"\""},
		{"plain / text", 12, "\"plain / text\"", "\"plain / text\""},
		{"a\"b\\c", 5, "\"a\\\"b\\\\c\"", "\"a\\\"b\\\\c\""},
		{"a\nb\tc", 5, "\"a\\nb\\tc\"", "\"a b c\""},
		{"\0\x01\x1b[31m\x7f\r", 9, "\"[31m\"", "\"[31m\""},
		{"\xC2\x80x\xC2\x9F", 5, "\"x\"", "\"x\""}, /* C1 */
		{"\xC2\xA0", 2, "\"\xC2\xA0\"", "\"\xC2\xA0\""},
		{"\xE8\xAA\xBF\xE6\x9F\xBB", 6, "\"\xE8\xAA\xBF\xE6\x9F\xBB\"",
		    "\"\xE8\xAA\xBF\xE6\x9F\xBB\""},
		{"\xF0\x9F\x93\xB0", 4, "\"\xF0\x9F\x93\xB0\"", "\"\xF0\x9F\x93\xB0\""},
		{"a\xffz", 3, "\"a\xEF\xBF\xBDz\"", "\"a\xEF\xBF\xBDz\""},
		{"\xE2\x80", 2, "\"\xEF\xBF\xBD\"", "\"\xEF\xBF\xBD\""},
		{"\xED\xA0\x80", 3, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"",
		    "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct json j;
		json_init(&j, NULL, NULL);
		json_str(&j, str_of(rows[i].put, rows[i].n));
		assert_string_equal(buf_z(&j.out), rows[i].text);
		json_clear(&j);
		json_init(&j, NULL, NULL);
		json_line(&j, str_of(rows[i].put, rows[i].n));
		assert_string_equal(buf_z(&j.out), rows[i].line);
		json_clear(&j);
	}
}

/* Every byte beside every byte: what comes out is UTF-8 without controls, in quotes. */
static void
test_any_two_bytes(void **state)
{
	(void)state;
	for (unsigned pair = 0; pair < 65536; pair++) {
		char put[3] = {(char)(pair >> 8), (char)pair, 'z'};
		struct json j;
		json_init(&j, NULL, NULL);
		json_str(&j, str_of(put, 3));
		struct str s = buf_str(&j.out);
		if (utf8_valid(bytes_of_str(s)) != s.n || s.n < 3 || s.p[0] != '"' ||
		    s.p[s.n - 1] != '"' || s.p[s.n - 2] != 'z')
			fail_msg("%04x gave '%.*s'", pair, STR_ARG(s));
		for (size_t at = 0; at < s.n;) {
			uint32_t c = utf8_next(s, &at);
			if (c < 0x20 || (c >= 0x7F && c < 0xA0))
				fail_msg("%04x gave the control U+%04X", pair, c);
		}
		json_clear(&j);
	}
}

static void
test_commas(void **state)
{
	struct json j;
	(void)state;
	json_init(&j, NULL, NULL);
	json_object(&j);
	json_key_str(&j, "title", STR("A"));
	json_key(&j, "links");
	json_array(&j);
	json_array(&j);
	json_array_end(&j);
	json_object(&j);
	json_object_end(&j);
	json_int(&j, INT64_MIN);
	json_int(&j, 0);
	json_bool(&j, true);
	json_null(&j);
	json_raw(&j, STR("{\"x\":1}"));
	json_array_end(&j);
	json_key_int(&j, "id", INT64_MAX);
	json_key_bool(&j, "unread", false);
	json_key_line(&j, "place", STR("Laut\nBanda"));
	json_object_end(&j);
	json_newline(&j);
	assert_string_equal(buf_z(&j.out),
	    "{\"title\":\"A\",\"links\":[[],{},-9223372036854775808,0,true,null,{\"x\":1}],"
	    "\"id\":9223372036854775807,\"unread\":false,\"place\":\"Laut Banda\"}\n");
	json_clear(&j);
}

static void
test_ndjson(void **state)
{
	struct json j;
	(void)state;
	json_init(&j, NULL, NULL);
	for (int i = 0; i < 3; i++) {
		json_object(&j);
		json_key_int(&j, "n", i);
		json_object_end(&j);
		json_newline(&j);
	}
	assert_string_equal(buf_z(&j.out), "{\"n\":0}\n{\"n\":1}\n{\"n\":2}\n");
	json_clear(&j);
}

static void
test_deepest(void **state)
{
	struct json j;
	(void)state;
	json_init(&j, NULL, NULL);
	for (int i = 0; i < JSON_MAX_DEPTH; i++)
		json_array(&j);
	for (int i = 0; i < JSON_MAX_DEPTH; i++)
		json_array_end(&j);
	assert_int_equal(j.out.n, 2 * JSON_MAX_DEPTH);
	assert_int_equal(j.depth, 0);
	json_clear(&j);
}

struct taken {
	struct buf all;
	size_t times, largest;
};

static void
take(void *ctx, struct str text)
{
	struct taken *t = ctx;
	buf_add(&t->all, text);
	t->times++;
	if (text.n > t->largest)
		t->largest = text.n;
}

/* A long answer goes out in pieces, whole and in order, and is never held at once. */
static void
test_streams(void **state)
{
	enum { ROWS = 100000 };
	struct taken t = {0};
	struct json j;
	(void)state;
	json_init(&j, take, &t);
	json_array(&j);
	for (int i = 0; i < ROWS; i++)
		json_int(&j, 10000000 + i);
	json_array_end(&j);
	json_clear(&j);
	assert_int_equal(t.all.n, ROWS * 9 + 1);
	for (int i = 0; i < ROWS; i++) {
		int64_t n = 0;
		assert_true(str_to_int(str_sub(buf_str(&t.all), 1 + (size_t)i * 9, 8), 0, INT64_MAX, &n));
		assert_int_equal(n, 10000000 + i);
	}
	assert_true(t.times > 5);
	assert_true(t.largest < 70000);
	buf_clear(&t.all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_any_two_bytes),
		cmocka_unit_test(test_commas),
		cmocka_unit_test(test_ndjson),
		cmocka_unit_test(test_deepest),
		cmocka_unit_test(test_streams),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
