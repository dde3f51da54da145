#include "text/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* What a feed wrote, and the instant it means; NULL: it is no date. */
struct row {
	const char *raw, *instant;
};

static const struct row wild[] = {
	/* RFC 822 and its relatives */
	{"Tue, 04 Mar 2025 08:15:30 +0700", "2025-03-04T01:15:30Z"},
	{"Tue, 4 Mar 2025 08:15:30 GMT", "2025-03-04T08:15:30Z"},
	{"4 Mar 2025 08:15", "2025-03-04T08:15:00Z"},
	{"Tue, 04 Mar 25 08:15:30 GMT", "2025-03-04T08:15:30Z"},
	{"Sun, 04 Mar 73 08:15:30 GMT", "1973-03-04T08:15:30Z"},
	{"Tue, 04 Mar 2025 08:15:30 EST", "2025-03-04T13:15:30Z"},
	{"Tue, 04 Mar 2025 08:15:30 PDT", "2025-03-04T15:15:30Z"},
	{"Tue, 04 Mar 2025 08:15:30 Z", "2025-03-04T08:15:30Z"},
	{"Tue, 04 Mar 2025 08:15:30 WIB", "2025-03-04T01:15:30Z"},
	{"Tue, 04 Mar 2025 08:15:30 +0700 (WIB)", "2025-03-04T01:15:30Z"},
	{"Tue, 04 Mar 2025 08:15:30 GMT+7", "2025-03-04T01:15:30Z"},
	{"Tue, 04 Mar 2025 08:15:30 GMT-01:01", "2025-03-04T09:16:30Z"},
	{"Tue, 04 Mar 2025 08:15:30 UTC+07:00", "2025-03-04T01:15:30Z"},
	{"Tue, 04 Mar 2025 08:15:30 Etc/GMT", "2025-03-04T08:15:30Z"},
	{"Tue, 04 Mar, 2025 08:15:30 UTC", "2025-03-04T08:15:30Z"},
	{"Tue, 04 March 2025 08:15:30 +07:00", "2025-03-04T01:15:30Z"},
	{"Tuesday, March 4, 2025 8:15 PM", "2025-03-04T20:15:00Z"},
	{"Tue Mar 04 2025 08:15:30 GMT+0700 (Western Indonesia Time)", "2025-03-04T01:15:30Z"},
	{"04-Mar-2025 08:15:30", "2025-03-04T08:15:30Z"},
	{"Tue,04 Mar 2025 08:15:30+0000", "2025-03-04T08:15:30Z"},
	{"Tue, 04 Mar 2025", "2025-03-04T00:00:00Z"},
	{"Tue, 04 Mar 2025 24:00:00 GMT", "2025-03-05T00:00:00Z"},
	{"Sat, 31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00Z"},
	{"Tue, 04 Mar 2025 08:15:30 +9999", "2025-03-04T08:15:30Z"},
	{"Fri, 2025/03/04 08:15:30 EDT", "2025-03-04T12:15:30Z"},
	{"Wed, 31 Feb 2025 10:00:00 GMT", NULL},
	{"Wed, 12 Feb 2025 25:00:00 GMT", NULL},
	{"Wed, 12 Feb 2025 10:61:00 GMT", NULL},
	{"Mon, 03 Mar 99999 00:00:00 GMT", NULL},
	/* asctime */
	{"Tue Mar  4 08:15:30 2025", "2025-03-04T08:15:30Z"},
	{"Tue Mar  4 08:15:30 PST 2025", "2025-03-04T16:15:30Z"},
	/* ISO 8601 and W3CDTF */
	{"2025-03-04T08:15:30Z", "2025-03-04T08:15:30Z"},
	{"2025-03-04t08:15:30.5z", "2025-03-04T08:15:30Z"},
	{"2025-03-04T08:15:30,25+07:00", "2025-03-04T01:15:30Z"},
	{"2025-03-04T08:15:30+0700", "2025-03-04T01:15:30Z"},
	{"2025-03-04T08:15:30+07", "2025-03-04T01:15:30Z"},
	{"2025-03-04T08:15:30-08", "2025-03-04T16:15:30Z"},
	{"2025-03-04T08:15+07:00", "2025-03-04T01:15:00Z"},
	{"2025-03-04T08Z", "2025-03-04T08:00:00Z"},
	{"2025-03-04T24:00:00Z", "2025-03-05T00:00:00Z"},
	{"2025-03-04T08:15:30", "2025-03-04T08:15:30Z"},
	{"2025-03-04 08:15:30", "2025-03-04T08:15:30Z"},
	{"2025-03-04 08:15:30.0", "2025-03-04T08:15:30Z"},
	{"2025-03-04 08:15:30 -0800", "2025-03-04T16:15:30Z"},
	{"2025-03-04 08:15:30 +8", "2025-03-04T00:15:30Z"},
	{"2025-03-04T08:15:30 +07:00", "2025-03-04T01:15:30Z"},
	{"2025-03-04 08:15:30 UTC", "2025-03-04T08:15:30Z"},
	{"2025-03-04 T 08:15:30Z", "2025-03-04T08:15:30Z"},
	{"2025-03-04T08:15:9+01:00", "2025-03-04T07:15:09Z"},
	{"2025-03-04T08:15:30+00:0", "2025-03-04T08:15:30Z"},
	{"2025-03-04T08:15:30\xE2\x88\x92" "05:00", "2025-03-04T13:15:30Z"},
	{"20250304T081530Z", "2025-03-04T08:15:30Z"},
	{"20250304T0815", "2025-03-04T08:15:00Z"},
	{"20250304T08:15:30.45+01:00", "2025-03-04T07:15:30Z"},
	{"20250304", "2025-03-04T00:00:00Z"},
	{"20250304081530", "2025-03-04T08:15:30Z"},
	{"202503040815", "2025-03-04T08:15:00Z"},
	{"2025-03-04", "2025-03-04T00:00:00Z"},
	{"2025-03", "2025-03-01T00:00:00Z"},
	{"2025", "2025-01-01T00:00:00Z"},
	{"2025-3-4", "2025-03-04T00:00:00Z"},
	{"2025-063", "2025-03-04T00:00:00Z"},
	{"2025063", "2025-03-04T00:00:00Z"},
	{"2024-366", "2024-12-31T00:00:00Z"},
	{"2025-366", NULL},
	{"2025-W10-2", "2025-03-04T00:00:00Z"},
	{"2025W102", "2025-03-04T00:00:00Z"},
	{"2025-W10", "2025-03-03T00:00:00Z"},
	{"2020-W53-7T10:00Z", "2021-01-03T10:00:00Z"},
	{"2025-W10-2T08:15:30+07:00", "2025-03-04T01:15:30Z"},
	{"2025-W54", NULL},
	{"25-03-04", "2025-03-04T00:00:00Z"},
	{"2025-13-04", NULL},
	{"2025-03-32T08:15:30Z", NULL},
	{"2025-13-45T99:99:99Z", NULL},
	{"03-04T08:15:30Z", NULL},
	{"0000-00-00", NULL},
	{"0000-00-00 00:00:00", NULL},
	/* numbers */
	{"2025/03/04", "2025-03-04T00:00:00Z"},
	{"2025/3/4 8:15", "2025-03-04T08:15:00Z"},
	{"2025.03.04 08:15", "2025-03-04T08:15:00Z"},
	{"2025. 3. 4.", "2025-03-04T00:00:00Z"},
	{"04.03.2025 08:15", "2025-03-04T08:15:00Z"},
	{"4.3.2025 klo 8.15", "2025-03-04T08:15:00Z"},
	{"04/03/2025 08:15", "2025-03-04T08:15:00Z"},
	{"3/24/2025 8:15:30 PM", "2025-03-24T20:15:30Z"},
	{"3/4/2025 8:15:30 AM", "2025-03-04T08:15:30Z"},
	{"Tue, 3/4/2025", "2025-03-04T00:00:00Z"},
	{"12/5/2025 12:05 AM", "2025-12-05T00:05:00Z"},
	{"12/5/2025 12:05 p.m.", "2025-12-05T12:05:00Z"},
	{"04-03-2025", "2025-03-04T00:00:00Z"},
	/* since 1970 */
	{"1741076130", "2025-03-04T08:15:30Z"},
	{"1741076130000", "2025-03-04T08:15:30Z"},
	{"1741076130.25", "2025-03-04T08:15:30Z"},
	{"99999999999999999999", NULL},
	{"-1", NULL},
	/* languages */
	{"Selasa, 4 Maret 2025 08:15 WIB", "2025-03-04T01:15:00Z"},
	{"Kamis, 4 September 2025 14.31 WIB", "2025-09-04T07:31:00Z"},
	{"Senin, 05 Mei 2025 | 10:00 WITA", "2025-05-05T02:00:00Z"},
	{"17 Agt 2025 10:00 WIT", "2025-08-17T01:00:00Z"},
	{"17 Agustus 2025 pukul 10.00 WIB", "2025-08-17T03:00:00Z"},
	{"Rabu, 24 Des 2025", "2025-12-24T00:00:00Z"},
	{"9 Ogos 2025", "2025-08-09T00:00:00Z"},
	{"mar, 16 nov 2022 00:38:15 +0100", "2022-11-15T23:38:15Z"},
	{"mar. 4 mars 2025 \xC3\xA0 8h15", "2025-03-04T08:15:00Z"},
	{"4 f\xC3\xA9vrier 2025", "2025-02-04T00:00:00Z"},
	{"1er ao\xC3\xBBt 2025", "2025-08-01T00:00:00Z"},
	{"4 de marzo de 2025", "2025-03-04T00:00:00Z"},
	{"mi\xC3\xA9., 5 mar. 2025", "2025-03-05T00:00:00Z"},
	{"Di., 4. M\xC3\xA4rz 2025, 8:15 Uhr MEZ", "2025-03-04T07:15:00Z"},
	{"4. M\xE4rz", NULL},
	{"4 de mar\xC3\xA7o de 2025 \xC3\xA0s 8h15", "2025-03-04T08:15:00Z"},
	{"5 out 2025", "2025-10-05T00:00:00Z"},
	{"4 marzo 2025 ore 8.15", "2025-03-04T08:15:00Z"},
	{"dinsdag 4 maart 2025 08:15 uur", "2025-03-04T08:15:00Z"},
	{"4 marca 2025", "2025-03-04T00:00:00Z"},
	{"4 pa\xC5\xBA""dziernika 2025", "2025-10-04T00:00:00Z"},
	{"4 \xC5\x9Eubat 2025 Sal\xC4\xB1", "2025-02-04T00:00:00Z"},
	{"4 A\xC4\x9Fustos 2025, 08:15", "2025-08-04T08:15:00Z"},
	{"4 марта 2025 г. 08:15 мск", "2025-03-04T05:15:00Z"},
	{"4 мая 2025, 08:15", "2025-05-04T08:15:00Z"},
	{"4 березня 2025", "2025-03-04T00:00:00Z"},
	{"Τρι, 04 Μαρ 2025 08:15:30 EST", "2025-03-04T13:15:30Z"},
	{"Κυρ, 06 Ιούλ 2025 12:00:00 +0300", "2025-07-06T09:00:00Z"},
	{"2025-július-13T9:15-05:00", "2025-07-13T14:15:00Z"},
	{"2025. március 4.", "2025-03-04T00:00:00Z"},
	{"2025년 03월 04일  08:15:30", "2025-03-04T08:15:30Z"},
	{"2025-03-04 오후 11:23:17", "2025-03-04T23:23:17Z"},
	{"2025년 3월 4일 오후 3시 20분 KST", "2025-03-04T06:20:00Z"},
	{"2025年3月4日 08:15", "2025-03-04T08:15:00Z"},
	{"2025年3月4日（火） 15時20分", "2025-03-04T15:20:00Z"},
	{"令和7年3月4日", "2025-03-04T00:00:00Z"},
	{"２０２５年３月４日", "2025-03-04T00:00:00Z"},
	{"4 tháng 3, 2025", "2025-03-04T00:00:00Z"},
	{"4 มีนาคม 2568", "2025-03-04T00:00:00Z"},
	{"4 มี.ค. 2568", "2025-03-04T00:00:00Z"},
	{"4 مارس 2025", "2025-03-04T00:00:00Z"},
	{"٤ مارس ٢٠٢٥", "2025-03-04T00:00:00Z"},
	{"4 كانون الثاني 2025", "2025-01-04T00:00:00Z"},
	{"4 كانون الأول 2025", "2025-12-04T00:00:00Z"},
	{"4 במרץ 2025", "2025-03-04T00:00:00Z"},
	{"4 मार्च 2025", "2025-03-04T00:00:00Z"},
	{"March 4, 2025, 3:04 p.m. ET", "2025-03-04T20:04:00Z"},
	{"July 4, 2025, 3:04 p.m. ET", "2025-07-04T19:04:00Z"},
	{"March 4th, 2025 at 8:15 pm", "2025-03-04T20:15:00Z"},
	{"4 March 2025, 7pm", "2025-03-04T19:00:00Z"},
	/* none */
	{"", NULL},
	{"now", NULL},
	{"5 March", NULL},
	{"Tuesday", NULL},
	{"put the date in here", NULL},
	{"1 1 1 1 1 1 1 1 1 1 1 1", NULL},
	{"08:15:30", NULL},
};

static void
reads_dates_in_the_wild(void **state)
{
	struct arena *a = arena_new();
	int wrong = 0;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(wild); i++) {
		struct date d = {0};
		bool good = date_parse(str_z(wild[i].raw), &d);
		const char *got = good ? arena_z(a, date_instant(a, d.at)) : "none";
		const char *want = wild[i].instant ? wild[i].instant : "none";
		if (strcmp(got, want) != 0) {
			print_error("'%s': %s, not %s\n", wild[i].raw, got, want);
			wrong++;
		}
	}
	arena_free(a);
	assert_int_equal(wrong, 0);
}

static void
knows_how_precise_it_was(void **state)
{
	static const struct row rows[] = {
		{"2025-03-04", "2025-03-04"},
		{"4 Mei 2025", "2025-05-04"},
		{"2025-03-04 08:15", "2025-03-04T08:15:00"},
		{"Tue, 04 Mar 2025 08:15:30 +0700", "2025-03-04T08:15:30+07:00"},
		{"Tue, 04 Mar 2025 08:15:30 -0330", "2025-03-04T08:15:30-03:30"},
		{"Tue, 04 Mar 2025 08:15:30 GMT", "2025-03-04T08:15:30Z"},
	};
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct date d;
		assert_true(date_parse(str_z(rows[i].raw), &d));
		assert_string_equal(arena_z(a, date_as_written(a, &d)), rows[i].instant);
	}
	arena_free(a);
}

static void
leaves_the_answer_alone_when_it_is_none(void **state)
{
	struct date d = {.at = 42};
	(void)state;
	assert_false(date_parse(STR("gestern"), &d));
	assert_int_equal(d.at, 42);
}

static void
finds_a_date_in_a_line(void **state)
{
	static const struct row rows[] = {
		{"Jakarta | Selasa, 4 Maret 2025 08:15 WIB", "2025-03-04T01:15:00Z"},
		{"By Budi Contoh, Updated March 4, 2025 8:15 PM", "2025-03-04T20:15:00Z"},
		{"Pewarta: Sari 2 menit baca 4 Maret 2025 08:15", "2025-03-04T08:15:00Z"},
		{"3 comments, 1 share", NULL},
	};
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct date d;
		bool good = date_find(str_z(rows[i].raw), &d);
		const char *got = good ? arena_z(a, date_instant(a, d.at)) : "none";
		assert_string_equal(got, rows[i].instant ? rows[i].instant : "none");
	}
	arena_free(a);
}

/* Every day of 800 years goes to its civil date and back, in order. */
static void
counts_days_both_ways(void **state)
{
	int64_t day = date_days(1599, 12, 31);
	(void)state;
	for (int64_t year = 1600; year < 2400; year++)
		for (int month = 1; month <= 12; month++)
			for (int d = 1; d <= date_month_days(year, month); d++) {
				day++;
				assert_int_equal(date_days(year, month, d), day);
				struct civil c = date_civil(day * 86400 + 86399, 0);
				assert_int_equal(c.year, year);
				assert_int_equal(c.month, month);
				assert_int_equal(c.day, d);
				assert_int_equal(c.hour * 10000 + c.minute * 100 + c.second, 235959);
			}
	assert_int_equal(date_days(1970, 1, 1), 0);
	assert_int_equal(date_civil(0, 0).weekday, 4);
	assert_int_equal(date_civil(-1, 0).year, 1969);
}

static void
writes_in_a_zone(void **state)
{
	struct arena *a = arena_new();
	(void)state;
	assert_string_equal(date_rfc3339(a, 1741050930, 420).p, "2025-03-04T08:15:30+07:00");
	assert_string_equal(date_rfc3339(a, 1741050930, -210).p, "2025-03-03T21:45:30-03:30");
	assert_string_equal(date_http(a, 1741076130).p, "Tue, 04 Mar 2025 08:15:30 GMT");
	assert_string_equal(date_instant(a, INT64_MAX).p, "9999-12-31T23:59:59Z");
	assert_string_equal(date_instant(a, INT64_MIN).p, "0000-01-01T00:00:00Z");
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_dates_in_the_wild),
		cmocka_unit_test(knows_how_precise_it_was),
		cmocka_unit_test(leaves_the_answer_alone_when_it_is_none),
		cmocka_unit_test(finds_a_date_in_a_line),
		cmocka_unit_test(counts_days_both_ways),
		cmocka_unit_test(writes_in_a_zone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
