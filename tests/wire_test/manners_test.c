/* When a feed may be asked again, answer by answer, with the clock held still. */
#include "check.h"

#include <string.h>

#include "wire/manners.h"

#define NOW 1756713600 /* 2025-09-01 08:00 UTC, a Monday */
#define MINUTE 60
#define HOUR 3600
#define DAY (24 * 3600)

static void
test_retry_after(void **state)
{
	static const struct { const char *header; int64_t want; } rows[] = {
		{"3600", 3600}, {" 120 ", 120}, {"0", -1}, {"-5", -1}, {"", -1},
		{"604800", 7 * DAY}, {"604801", 7 * DAY}, {"99999999999999999999", 7 * DAY},
		{"Mon, 01 Sep 2025 09:00:00 GMT", HOUR},
		{"Mon, 01 Sep 2025 07:00:00 GMT", -1},
		{"Fri, 01 Jan 2999 00:00:00 GMT", 7 * DAY},
		{"soon", -1}, {"12 minutes", -1}, {"1e9", -1}, {"+60", -1},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_number(manners_retry_after(str_z(rows[i].header), NOW), rows[i].want);
}

static void
test_max_age(void **state)
{
	static const struct { const char *header; int64_t want; } rows[] = {
		{"max-age=300", 300}, {"public, max-age=600, must-revalidate", 600},
		{"Max-Age=\"60\"", 60}, {"max-age=99999999999", DAY},
		{"max-age=99999999999999999999999", DAY}, {"max-age=-1", 0}, {"max-age", 0},
		{"no-cache, max-age=300", 0}, {"max-age=300, no-store", 0}, {"", 0},
		{"s-maxage=900", 0}, {",,,=,", 0},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_number(manners_max_age(str_z(rows[i].header)), rows[i].want);
	size_t i = 0;
	assert_number(manners_fresh_s(300, -1), 300);
	assert_number(manners_fresh_s(300, 60), HOUR);
	assert_number(manners_fresh_s(0, INT64_MAX), DAY);
	assert_number(manners_fresh_s(INT64_MAX, INT64_MIN), DAY);
}

static struct feed_state
after(struct feed_state s, int64_t status, bool good, int64_t retry_s, int64_t now)
{
	struct manners_answer a = {.status = status, .good = good, .retry_after_s = retry_s};
	manners_after(&s, &a, 15 * MINUTE, now);
	return s;
}

static void
test_backs_off(void **state)
{
	static const int64_t waits[] = {5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR,
	    12 * HOUR};
	struct feed_state s = {0};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(waits); i++) {
		s = after(s, 500, false, -1, NOW);
		assert_number(s.next_at, NOW + waits[i]);
		assert_number(s.health, FEED_FAILING);
		assert_number(s.failures, i + 1);
	}
	size_t i = 0;
	s.failures = INT64_MAX - 1;
	assert_number(after(s, 0, false, -1, NOW).next_at, NOW + 12 * HOUR);
	s = after(s, 200, true, -1, NOW);
	assert_number(s.health, FEED_FINE);
	assert_number(s.failures, 0);
	assert_number(s.failing_since, 0);
	assert_number(s.next_at, NOW + 15 * MINUTE);
	assert_number(s.good_at, NOW);
}

static void
test_one_answer(void **state)
{
	static const struct {
		int64_t status, retry_s, wait_s, retry_wait_s;
		enum feed_health health;
	} rows[] = {
		{429, 3600, HOUR, HOUR, FEED_FAILING},
		{503, 120, 120, 120, FEED_FAILING},
		{503, -1, 5 * MINUTE, 0, FEED_FAILING},
		{500, 3600, 5 * MINUTE, 0, FEED_FAILING}, /* Retry-After belongs to 429 and 503 */
		{404, -1, 5 * MINUTE, 0, FEED_FAILING},
		{403, -1, 5 * MINUTE, 0, FEED_FAILING},
		{410, -1, -NOW, 0, FEED_GONE},
		{0, -1, 5 * MINUTE, 0, FEED_FAILING},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct feed_state s =
		    after((struct feed_state){0}, rows[i].status, false, rows[i].retry_s, NOW);
		assert_number(s.next_at, NOW + rows[i].wait_s);
		assert_number(s.retry_after,
		    rows[i].retry_wait_s ? NOW + rows[i].retry_wait_s : 0);
		assert_number(s.health, rows[i].health);
		assert_number(s.last_status, rows[i].status);
	}
}

static void
test_denied_after_three(void **state)
{
	struct feed_state s = {0};
	size_t i = 0;
	(void)state;
	s = after(s, 500, false, -1, NOW);
	s = after(s, 500, false, -1, NOW);
	s = after(s, 403, false, -1, NOW);
	assert_number(s.health, FEED_FAILING);
	s = after(s, 401, false, -1, NOW);
	assert_number(s.health, FEED_FAILING);
	s = after(s, 403, false, -1, NOW);
	assert_number(s.health, FEED_DENIED);
	assert_false(manners_may_ask(&s, MANNERS_DUE, NOW + 30 * DAY));
	assert_false(manners_may_ask(&s, MANNERS_FORCED, NOW));
	assert_true(manners_may_ask(&s, MANNERS_NAMED, NOW));
}

static void
test_missing_after_a_week(void **state)
{
	struct feed_state s = {0};
	size_t i = 0;
	(void)state;
	s = after(s, 404, false, -1, NOW);
	s = after(s, 404, false, -1, NOW + 7 * DAY - 1);
	assert_number(s.health, FEED_FAILING);
	assert_number(s.failing_since, NOW);
	s = after(s, 404, false, -1, NOW + 7 * DAY);
	assert_number(s.health, FEED_MISSING);
	assert_true(manners_may_ask(&s, MANNERS_DUE, s.next_at));
	s = after(s, 200, true, -1, NOW + 8 * DAY);
	assert_number(s.health, FEED_FINE);
}

static void
test_may_ask(void **state)
{
	static const struct {
		enum feed_health health;
		int64_t next_at, retry_after;
		bool due, forced, named;
	} rows[] = {
		{FEED_FINE, 0, 0, true, true, true},
		{FEED_FINE, NOW, 0, true, true, true},
		{FEED_FINE, NOW + 1, 0, false, true, true},
		{FEED_FAILING, NOW + HOUR, 0, false, true, true},
		{FEED_FAILING, NOW + HOUR, NOW + HOUR, false, false, false},
		{FEED_FAILING, NOW, NOW, true, true, true},
		{FEED_FAILING, NOW + 7 * DAY, NOW + 7 * DAY, false, false, false},
		/* the clock was set back by ten years */
		{FEED_FAILING, NOW + 3650 * (int64_t)DAY, NOW + 3650 * (int64_t)DAY, true, true,
		    true},
		{FEED_FINE, NOW + 3650 * (int64_t)DAY, 0, true, true, true},
		{FEED_FINE, NOW + 30 * DAY, 0, false, true, true}, /* every=30d */
		{FEED_GONE, 0, 0, false, false, false},
		{FEED_DENIED, 0, 0, false, false, true},
		{FEED_MISSING, NOW, 0, true, true, true},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct feed_state s = {.health = rows[i].health, .next_at = rows[i].next_at,
		    .retry_after = rows[i].retry_after};
		assert_number(manners_may_ask(&s, MANNERS_DUE, NOW), rows[i].due);
		assert_number(manners_may_ask(&s, MANNERS_FORCED, NOW), rows[i].forced);
		assert_number(manners_may_ask(&s, MANNERS_NAMED, NOW), rows[i].named);
	}
}

static void
test_moved(void **state)
{
	static const struct { const char *to; bool moved; int64_t count; } rows[] = {
		{"https://a.example/x", false, 1}, {"https://a.example/x", false, 2},
		{"https://a.example/x", true, 3}, {"https://b.example/x", false, 1},
		{"https://b.example/x", false, 2}, {"", false, 0}, {"https://b.example/x", false, 1},
	};
	struct feed_state s = {0};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		assert_number(manners_moved(&s, str_z(rows[i].to)), rows[i].moved);
		assert_number(s.moved_count, rows[i].count);
	}
}

static void
test_skip_hours_and_fresh(void **state)
{
	struct feed_state s = {.skip_hours = 1u << 8 | 1u << 9};
	struct manners_answer a = {.status = 200, .good = true, .retry_after_s = -1};
	size_t i = 0;
	(void)state;
	manners_after(&s, &a, 15 * MINUTE, NOW);
	assert_number(s.next_at, NOW + 2 * HOUR); /* 10:00 */
	s = (struct feed_state){.skip_days = 1u << 1};
	manners_after(&s, &a, 15 * MINUTE, NOW);
	assert_number(s.next_at, NOW + 16 * HOUR); /* Tuesday */
	s = (struct feed_state){.skip_hours = 0xFFFFFF};
	manners_after(&s, &a, 15 * MINUTE, NOW);
	assert_number(s.next_at, NOW + 15 * MINUTE);
	s = (struct feed_state){0};
	a.fresh_s = HOUR;
	manners_after(&s, &a, 15 * MINUTE, NOW);
	assert_number(s.next_at, NOW + HOUR);
	manners_after(&s, &a, INT64_MAX, NOW);
	assert_true(s.next_at > NOW && s.next_at <= NOW + MANNERS_MAX_EVERY_S);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_retry_after),
		cmocka_unit_test(test_max_age),
		cmocka_unit_test(test_backs_off),
		cmocka_unit_test(test_one_answer),
		cmocka_unit_test(test_denied_after_three),
		cmocka_unit_test(test_missing_after_a_week),
		cmocka_unit_test(test_may_ask),
		cmocka_unit_test(test_moved),
		cmocka_unit_test(test_skip_hours_and_fresh),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
