/* The reader of kawat's own files: what it understands, and that an edit keeps the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/conf.h"

static void
assert_str(struct str got, const char *want)
{
	if (!str_eq(got, str_z(want)))
		fail_msg("got '%.*s', want '%s'", STR_ARG(got), want);
}

static void
test_key_value(void **state)
{
	static const struct { const char *entry, *key, *value; } rows[] = {
		{"jobs = 8", "jobs", "8"},
		{"jobs=8   # at once", "jobs", "8"},
		{"keep = \" two words \"  # kept", "keep", " two words "},
		{"agent = a#b", "agent", "a#b"},
		{"proxy =", "proxy", ""},
		{"proxy = # nothing", "proxy", ""},
		{"x = y = z", "x", "y = z"},
	};
	struct str key, value;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		assert_true(conf_key_value(str_z(rows[i].entry), &key, &value));
		assert_str(key, rows[i].key);
		assert_str(value, rows[i].value);
	}
	assert_false(conf_key_value(STR("no equals sign"), &key, &value));
}

static void
test_numbers(void **state)
{
	static const struct { const char *text; bool ok; int64_t value; } sizes[] = {
		{"16M", true, 16 << 20}, {"2G", true, 2LL << 30}, {"7", true, 7},
		{"1k", true, 1024}, {"M", false, 0}, {"-1", false, 0}, {"1X", false, 0},
		{"99999999999G", false, 0},
	}, times[] = {
		{"15m", true, 900000}, {"250ms", true, 250}, {"90d", true, 7776000000},
		{"0", true, 0}, {"15", false, 0}, {"1.5h", false, 0},
	};
	int64_t got;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		assert_int_equal(conf_size(str_z(sizes[i].text), &got), sizes[i].ok);
		if (sizes[i].ok)
			assert_int_equal(got, sizes[i].value);
	}
	for (size_t i = 0; i < COUNT_OF(times); i++) {
		assert_int_equal(conf_time(str_z(times[i].text), &got), times[i].ok);
		if (times[i].ok)
			assert_int_equal(got, times[i].value);
	}
}

static struct str
whole(struct arena *a, const struct conf *c)
{
	struct str all = STR("");
	for (size_t i = 0; i < c->n; i++)
		all = arena_fmt(a, "%.*s%.*s\n", STR_ARG(all), STR_ARG(c->v[i].raw));
	return all;
}

static void
test_edits_keep_the_rest(void **state)
{
	static const char text[] = "# mine\n[Nasional]\nhttps://a.example/  \"A\"  # good\n\n"
				   "[Dunia]\nhttps://b.example/\n";
	struct arena *a = arena_new();
	struct conf c;
	(void)state;
	conf_parse(&c, a, bytes_of(text, strlen(text)));
	assert_int_equal(c.n, 6);
	assert_str(conf_section(&c, 2), "Nasional");
	conf_add(&c, STR("Nasional"), STR("https://c.example/"));
	conf_add(&c, STR("Baru"), STR("https://d.example/"));
	assert_str(whole(a, &c), "# mine\n[Nasional]\nhttps://a.example/  \"A\"  # good\n"
				 "https://c.example/\n\n[Dunia]\nhttps://b.example/\n\n"
				 "[Baru]\nhttps://d.example/\n");
	conf_remove(&c, 2);
	assert_str(conf_section(&c, 2), "Nasional");
	assert_str(whole(a, &c), "# mine\n[Nasional]\nhttps://c.example/\n\n[Dunia]\n"
				 "https://b.example/\n\n[Baru]\nhttps://d.example/\n");
	arena_free(a);
}

/* What belongs to no section stands before them all, also when one is written without a name. */
static void
test_section_without_a_name(void **state)
{
	static const char text[] = "https://a.example/\n\n[]\nhttps://b.example/\n";
	static const char wanted[] =
	    "https://a.example/\nhttps://c.example/\n\n[]\nhttps://b.example/\n";
	const struct conf_addition more = {STR(""), STR("https://c.example/")};
	struct arena *a = arena_new();
	struct conf one, many;
	(void)state;
	conf_parse(&one, a, bytes_of(text, strlen(text)));
	conf_parse(&many, a, bytes_of(text, strlen(text)));
	conf_add(&one, more.section, more.entry);
	conf_add_all(&many, &more, 1);
	assert_str(whole(a, &one), wanted);
	assert_str(whole(a, &many), wanted);
	arena_free(a);
}

static void
test_tokens(void **state)
{
	struct arena *a = arena_new();
	struct str rest = STR("https://a.example/#x \"A \\\"b\\\"\" user=\"two words\" # end"), token;
	bool quoted;
	(void)state;
	assert_true(conf_token(a, &rest, &token, &quoted));
	assert_str(token, "https://a.example/#x");
	assert_true(conf_token(a, &rest, &token, &quoted));
	assert_str(token, "A \"b\"");
	assert_true(quoted);
	assert_true(conf_token(a, &rest, &token, &quoted));
	assert_str(token, "user=two words");
	assert_false(conf_token(a, &rest, &token, &quoted));
	arena_free(a);
}

/* A line of many tokens takes room in proportion to its length. */
static void
test_many_tokens(void **state)
{
	enum { TOKENS = 20000 };
	static char line[TOKENS * 4];
	struct arena *a = arena_new();
	struct str rest = str_of(line, sizeof(line)), token;
	size_t n = 0;
	bool quoted;
	(void)state;
	for (size_t i = 0; i < sizeof(line); i += 4)
		memcpy(line + i, i % 8 ? "\"q\" " : "ab  ", 4);
	while (conf_token(a, &rest, &token, &quoted))
		n++;
	assert_int_equal(n, TOKENS);
	assert_true(arena_size(a) < 20 * sizeof(line));
	arena_free(a);
}

static void
test_any_bytes(void **state)
{
	static const char text[] = "\xEF\xBB\xBFkey = \x1b[31m\xff\xc2\x9b red\r\n\0\x01\n[open\n";
	struct arena *a = arena_new();
	struct conf c;
	struct str key, value;
	(void)state;
	conf_parse(&c, a, bytes_of(text, sizeof(text) - 1));
	assert_true(conf_key_value(c.v[0].text, &key, &value));
	assert_str(key, "key");
	assert_str(value, "[31m\xEF\xBF\xBD red");
	assert_int_equal(c.v[1].kind, CONF_BLANK);
	assert_int_equal(c.v[2].kind, CONF_ENTRY);
	arena_free(a);
}

/* Byte order marks go, also behind a control or at the head of a file that was joined on, and so
 * what is written is read again as it was. */
static void
test_byte_order_marks(void **state)
{
#define BOM "\xEF\xBB\xBF"
	static const struct { const char *text, *wanted; } rows[] = {
		{BOM "jobs = 8\n", "jobs = 8\n"},
		{BOM BOM "# mine\n", "# mine\n"},
		{"\x01" BOM "jobs = 8\n", "jobs = 8\n"},
		{BOM "\x01" BOM "\x02" BOM "[a]\nb\n", "[a]\nb\n"},
		{"[a]\nb\n" BOM "[c]\nd\n", "[a]\nb\n[c]\nd\n"},
		{"[a]\n" BOM "\n", "[a]\n\n"},
		{"\xEF\x01\xBB\xBF[a]\n", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD[a]\n"},
	};
	struct arena *a = arena_new();
	struct conf c, again;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		conf_parse(&c, a, bytes_of(rows[i].text, strlen(rows[i].text)));
		assert_str(whole(a, &c), rows[i].wanted);
		conf_parse(&again, a, bytes_of_str(whole(a, &c)));
		assert_str(whole(a, &again), rows[i].wanted);
		assert_int_equal(again.v[0].kind, c.v[0].kind);
	}
	arena_free(a);
#undef BOM
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_key_value),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_edits_keep_the_rest),
		cmocka_unit_test(test_section_without_a_name),
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_many_tokens),
		cmocka_unit_test(test_any_bytes),
		cmocka_unit_test(test_byte_order_marks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
