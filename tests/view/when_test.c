/* Moments as people read them, in both languages and several zones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <time.h>

#include "text/columns.h"
#include "view/when.h"

/* Thursday, 4 September 2025 14:45:00 in Jakarta */
#define NOW INT64_C(1756971900)
enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

static void
zone(const char *name)
{
	setenv("TZ", name, 1);
	tzset();
}

struct row {
	enum language language;
	enum when_style style;
	int64_t at;
	const char *want;
};

static const struct row rows[] = {
    {LANGUAGE_ID, WHEN_FULL, NOW - 14 * MINUTE, "Kamis, 4 September 2025 14.31 WIB"},
    {LANGUAGE_EN, WHEN_FULL, NOW - 14 * MINUTE, "Thursday, 4 September 2025 14:31 WIB"},
    {LANGUAGE_EN, WHEN_SHORT, NOW - 14 * MINUTE, "4 Sep 2025 14.31 WIB"},
    {LANGUAGE_EN, WHEN_DAY, NOW - DAY, "Wednesday, 3 September 2025"},
    {LANGUAGE_ID, WHEN_DAY, NOW - DAY, "Rabu, 3 September 2025"},
    {LANGUAGE_EN, WHEN_STAMP, NOW, "2025-09-04T14:45:00+07:00"},
    {LANGUAGE_EN, WHEN_CLOCK, NOW - 14 * MINUTE, "14.31"},
    {LANGUAGE_EN, WHEN_COLUMN, NOW - 14 * MINUTE, "14.31"},
    {LANGUAGE_EN, WHEN_COLUMN, NOW - DAY, "3 Sep"},
    {LANGUAGE_EN, WHEN_COLUMN, NOW - 296 * DAY, "12 Nov"},
    {LANGUAGE_EN, WHEN_COLUMN, NOW - 400 * DAY, "2024"},
    {LANGUAGE_ID, WHEN_COLUMN, NOW - 120 * DAY, "7 Mei"},
    {LANGUAGE_EN, WHEN_DATE, NOW - DAY, "3 Sep"},
    {LANGUAGE_EN, WHEN_DATE, NOW - 366 * DAY, "3 Sep 2024"},
    {LANGUAGE_EN, WHEN_RELATIVE, NOW, "just now"},
    {LANGUAGE_ID, WHEN_RELATIVE, NOW - 59, "baru saja"},
    {LANGUAGE_EN, WHEN_RELATIVE, NOW - 60, "1 min"},
    {LANGUAGE_ID, WHEN_RELATIVE, NOW - 5 * MINUTE, "5 mnt"},
    {LANGUAGE_EN, WHEN_RELATIVE, NOW - 59 * MINUTE, "59 min"},
    {LANGUAGE_EN, WHEN_RELATIVE, NOW - HOUR, "1 h"},
    {LANGUAGE_ID, WHEN_RELATIVE, NOW - 2 * HOUR, "2 jam"},
    {LANGUAGE_EN, WHEN_RELATIVE, NOW - 14 * HOUR, "14 h"},
    {LANGUAGE_EN, WHEN_RELATIVE, NOW - 15 * HOUR, "yesterday"},
    {LANGUAGE_ID, WHEN_RELATIVE, NOW - 38 * HOUR, "kemarin"},
    {LANGUAGE_EN, WHEN_RELATIVE, NOW - 39 * HOUR, "2 Sep"},
    {LANGUAGE_EN, WHEN_RELATIVE, NOW - 366 * DAY, "3 Sep 2024"},
    /* the future is said as such, but not for clocks that are a little fast */
    {LANGUAGE_EN, WHEN_COLUMN, NOW + 30, "14.45"},
    {LANGUAGE_EN, WHEN_RELATIVE, NOW + 30, "just now"},
    {LANGUAGE_EN, WHEN_COLUMN, NOW + 2 * HOUR, "16.45?"},
    {LANGUAGE_EN, WHEN_FULL, NOW + DAY, "Friday, 5 September 2025 14:45 WIB?"},
    /* times that no calendar has */
    {LANGUAGE_EN, WHEN_FULL, WHEN_UNKNOWN, ""},
    {LANGUAGE_EN, WHEN_FULL, INT64_MAX, ""},
    {LANGUAGE_EN, WHEN_FULL, INT64_MIN + 1, ""},
    {LANGUAGE_EN, WHEN_STAMP, 253402300800, ""},
    {LANGUAGE_EN, WHEN_STAMP, 0, "1970-01-01T07:00:00+07:00"},
    {LANGUAGE_EN, WHEN_STAMP, 4294967296, "2106-02-07T13:28:16+07:00"},
};

static void
test_rows(void **state)
{
	struct arena *a = arena_new();
	size_t i;

	(void)state;
	zone("Asia/Jakarta");
	for (i = 0; i < COUNT_OF(rows); i++) {
		struct str got =
		    when(a, rows[i].language, rows[i].style, rows[i].at, NOW);

		if (!str_eq(got, str_z(rows[i].want)))
			fail_msg("row %zu: got '%.*s', want '%s'", i, STR_ARG(got),
			    rows[i].want);
		/* The mark of the future is beyond the column's width. */
		if (rows[i].at <= NOW)
			assert_true(columns_of(got) <=
				    when_cols(rows[i].language, rows[i].style));
	}
	arena_free(a);
}

static void
test_zones(void **state)
{
	static const struct {
		const char *zone, *full;
	} zones[] = {
	    {"Asia/Makassar", "Thursday, 4 September 2025 15:45 WITA"},
	    {"Asia/Jayapura", "Thursday, 4 September 2025 16:45 WIT"},
	    {"UTC", "Thursday, 4 September 2025 07:45 UTC"},
	    {"Asia/Singapore", "Thursday, 4 September 2025 15:45 UTC+8"},
	    {"Asia/Kathmandu", "Thursday, 4 September 2025 13:30 UTC+5:45"},
	    {"America/Sao_Paulo", "Thursday, 4 September 2025 04:45 UTC-3"},
	    {"America/New_York", "Thursday, 4 September 2025 03:45 EDT"},
	};
	struct arena *a = arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(zones); i++) {
		struct str got;

		zone(zones[i].zone);
		got = when(a, LANGUAGE_EN, WHEN_FULL, NOW, NOW);
		if (!str_eq(got, str_z(zones[i].full)))
			fail_msg("%s: got '%.*s'", zones[i].zone, STR_ARG(got));
	}
	arena_free(a);
}

static void
test_days(void **state)
{
	(void)state;
	zone("UTC");
	assert_int_equal(when_day(0), 0);
	assert_int_equal(when_day(-1), -1);
	assert_int_equal(when_day(951782400), 11016); /* 29 February 2000 */
	assert_int_equal(when_day(NOW), NOW / DAY);
	zone("Asia/Jakarta");
	assert_int_equal(when_day(17 * HOUR - 1), 0);
	assert_int_equal(when_day(17 * HOUR), 1);
	assert_int_equal(when_day(WHEN_UNKNOWN), INT64_MIN);
}

static void
test_lengths(void **state)
{
	static const struct {
		enum language language;
		int64_t seconds;
		const char *want;
	} lengths[] = {{LANGUAGE_EN, 600, "10 min"}, {LANGUAGE_ID, 600, "10 mnt"},
	    {LANGUAGE_EN, 7200, "2 h"}, {LANGUAGE_ID, 7200, "2 jam"},
	    {LANGUAGE_EN, 90 * MINUTE, "90 min"}, {LANGUAGE_ID, 3 * DAY, "3 hari"},
	    {LANGUAGE_EN, 1, "1 min"}};
	struct arena *a = arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(lengths); i++)
		assert_true(
		    str_eq(when_length(a, lengths[i].language, lengths[i].seconds),
			str_z(lengths[i].want)));
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows),
	    cmocka_unit_test(test_zones),
	    cmocka_unit_test(test_days),
	    cmocka_unit_test(test_lengths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
