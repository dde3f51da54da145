/* Each message there and back, and what hostile frames make of the reader. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "base/frame.h"
#include "wire/protocol.h"

static struct bytes
body(const struct buf *b)
{
	return bytes_of_str(buf_str(b));
}

static struct wire_settings
some_settings(void)
{
	static struct wire_rule rules[] = {
		{0, STR_INIT("title:\"iklan\"")}, {3, STR_INIT("urgency:1-2")}};
	return (struct wire_settings){.data_dir = STR("/home/siti/.local/share/kawat"),
	    .user_agent = STR("kawat/0"), .proxy = STR("auto"), .private_addresses = true,
	    .interval_s = 900, .every_s = 900, .jobs = 8, .per_host = 2,
	    .connect_timeout_ms = 10000, .timeout_ms = 30000, .retries = 2,
	    .max_feed_bytes = 16 << 20, .max_page_bytes = 8 << 20, .keep_s = 90 * 86400,
	    .undo_levels = 200, .log_level = WIRE_LOG_WARN, .rules = {rules, 2}};
}

static void
test_settings(void **state)
{
	struct buf b = {0};
	struct arena *a = arena_new();
	struct wire_settings in = some_settings(), out;
	(void)state;
	wire_pack_settings(&b, &in);
	assert_true(wire_unpack_settings(a, body(&b), &out));
	assert_true(str_eq(out.data_dir, in.data_dir));
	assert_true(out.private_addresses && !out.offline);
	assert_int_equal(out.max_feed_bytes, 16 << 20);
	assert_int_equal(out.keep_s, 90 * 86400);
	assert_int_equal(out.rules.n, 2);
	assert_int_equal(out.rules.v[1].what, 3);
	assert_true(str_eq(out.rules.v[0].query, in.rules.v[0].query));
	buf_clear(&b);
	in.jobs = 0;
	wire_pack_settings(&b, &in);
	assert_false(wire_unpack_settings(a, body(&b), &out));
	buf_clear(&b);
	arena_free(a);
}

static void
test_feeds(void **state)
{
	struct wire_subscription v[] = {
		{.url = STR("https://kantor.example/rss.xml"), .name = STR("Kantor"),
		    .section = STR("Dunia/Asia"), .every_s = -1, .keep_s = -1, .max_items = -1,
		    .full_text = -1, .notify = true},
		{.url = STR("file:/tmp/x.xml"), .every_s = 600, .keep_s = 0, .max_items = 10,
		    .full_text = WIRE_FULL_ALWAYS, .paused = true},
	};
	struct wire_feeds in = {v, COUNT_OF(v)}, out;
	struct buf b = {0};
	struct arena *a = arena_new();
	(void)state;
	wire_pack_feeds(&b, &in);
	assert_true(wire_unpack_feeds(a, body(&b), &out));
	assert_int_equal(out.n, 2);
	assert_true(str_eq(out.v[0].section, v[0].section) && out.v[0].notify);
	assert_true(out.v[1].paused && out.v[1].every_s == 600 && out.v[1].max_items == 10);
	in.n = 0;
	buf_clear(&b);
	wire_pack_feeds(&b, &in);
	assert_true(wire_unpack_feeds(a, body(&b), &out));
	assert_int_equal(out.n, 0);
	buf_clear(&b);
	arena_free(a);
}

static void
test_lists(void **state)
{
	struct str urls[] = {STR("https://a.example/1"), STR("https://b.example/2")};
	int64_t ids[] = {1, 77, INT64_MAX};
	struct wire_refresh refresh = {.request = 3, .scope = WIRE_NAMED, .urls = {urls, 2},
	    .force = true}, refresh_out;
	struct wire_mark mark = {.request = 4, .what = 1, .ids = {ids, 3}}, mark_out;
	struct wire_offer offers[] = {{STR("https://a.example/rss"), STR("Berita"), STR("")}};
	struct wire_probed probed = {.request = 5, .offers = {offers, 1}}, probed_out;
	struct buf b = {0};
	struct arena *a = arena_new();
	(void)state;
	wire_pack_refresh(&b, &refresh);
	assert_true(wire_unpack_refresh(a, body(&b), &refresh_out));
	assert_true(refresh_out.urls.n == 2 && str_eq(refresh_out.urls.v[1], urls[1]));
	buf_clear(&b);
	wire_pack_mark(&b, &mark);
	assert_true(wire_unpack_mark(a, body(&b), &mark_out));
	assert_true(mark_out.ids.n == 3 && mark_out.ids.v[2] == INT64_MAX);
	buf_clear(&b);
	wire_pack_probed(&b, &probed);
	assert_true(wire_unpack_probed(a, body(&b), &probed_out));
	assert_true(probed_out.offers.n == 1 && str_eq(probed_out.offers.v[0].title, STR("Berita")));
	buf_clear(&b);
	arena_free(a);
}

/* A string with a control, not UTF-8, or a byte over its bound. */
static void
test_strings_are_checked(void **state)
{
	char *longest = malloc(WIRE_MAX_URL_BYTES + 1);
	assert_non_null(longest);
	memset(longest, 'x', WIRE_MAX_URL_BYTES + 1);
	const struct { struct str url; bool ok; } rows[] = {
		{STR("https://a.example/"), true},
		{STR("https://a.example/\x1b]52;c\x07"), false},
		{STR("https://a.example/\xff"), false},
		{STR("https://a.example/\n"), false},
		{STR("https://a.example/\xc2\x9b"), false},
		{str_of(longest, WIRE_MAX_URL_BYTES), true},
		{str_of(longest, WIRE_MAX_URL_BYTES + 1), false},
	};
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct wire_probe in = {.request = 1, .url = rows[i].url}, out;
		struct buf b = {0};
		wire_pack_probe(&b, &in);
		assert_number(wire_unpack_probe(a, body(&b), &out), rows[i].ok);
		buf_clear(&b);
	}
	arena_free(a);
	free(longest);
}

/* Every beginning of a message is refused, and the message with a byte more. */
static void
test_cut_and_long(void **state)
{
	struct wire_settings in = some_settings(), out;
	struct arena *a = arena_new();
	struct buf b = {0};
	(void)state;
	wire_pack_settings(&b, &in);
	for (size_t n = 0; n < b.n; n++)
		assert_false(wire_unpack_settings(a, bytes_of(b.p, n), &out));
	buf_char(&b, 0);
	assert_false(wire_unpack_settings(a, body(&b), &out));
	buf_clear(&b);
	arena_free(a);
}

/* A short body that announces a long list must not make room for it. */
static void
test_lying_counts(void **state)
{
	static const int64_t counts[] = {-1, 1, 20001, WIRE_MAX_FEEDS, INT64_MAX, INT64_MIN};
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(counts); i++) {
		struct wire_feeds out;
		struct buf b = {0};
		pack_int(&b, counts[i]);
		size_t before = arena_size(a);
		assert_false(wire_unpack_feeds(a, body(&b), &out));
		assert_true(arena_size(a) - before < 1024 * 1024);
		buf_clear(&b);
	}
	arena_free(a);
}

#define UNPACK(name)                                                              \
	{                                                                         \
		struct wire_##name m;                                             \
		struct arena *a = arena_new();                                    \
		(void)!wire_unpack_##name(a, bytes_of(noise, n), &m);             \
		arena_free(a);                                                    \
	}

/* Noise into every reader, small numbers more often than large ones; sanitizers watch. */
static void
test_noise(void **state)
{
	unsigned char noise[400];
	uint64_t seed = 12345;
	(void)state;
	for (int round = 0; round < 3000; round++) {
		for (size_t i = 0; i < sizeof(noise); i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			unsigned r = (unsigned)(seed >> 33);
			noise[i] = i % 8 == 0 && r % 3 ? (unsigned char)(r % 12)
			    : r % 4		       ? 0
						       : (unsigned char)(r >> 8);
		}
		size_t n = (size_t)(seed >> 40) % sizeof(noise);
		WIRE_MESSAGES(UNPACK)
	}
}

static void
test_names(void **state)
{
	(void)state;
	assert_string_equal(wire_type_name(WIRE_REFRESH), "refresh");
	assert_string_equal(wire_type_name(WIRE_OFFLINE), "offline");
	assert_string_equal(wire_type_name(0), "unknown");
	assert_string_equal(wire_type_name(-1), "unknown");
	assert_string_equal(wire_type_name(255), "unknown");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_settings),
		cmocka_unit_test(test_feeds),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_strings_are_checked),
		cmocka_unit_test(test_cut_and_long),
		cmocka_unit_test(test_lying_counts),
		cmocka_unit_test(test_noise),
		cmocka_unit_test(test_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
