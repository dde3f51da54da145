/*
 * Dates in the wild have no grammar, so they are not matched against formats.  The text is made
 * alike (date_name.h), its parts are read from left to right (date_scan.h), and here they are held
 * together: what is missing, out of range or contradictory makes it no date.
 */
#include "base/utf8.h"
#include "text/clean.h"
#include "text/date.h"
#include "text/date_name.h"
#include "text/date_scan.h"

/* In the USA summer time is from the second Sunday of March to the first of November, 2:00. */
static bool
is_us_summer(int64_t year, int month, int day)
{
	if (month != 3 && month != 11)
		return month > 3 && month < 11;
	int64_t first = date_days(year, month, 1);
	int sunday = 1 + (int)((3 - first % 7 + 7) % 7);
	return month == 3 ? day >= sunday + 7 : day < sunday;
}

/* In the European Union from the last Sunday of March to that of October. */
static bool
is_eu_summer(int64_t year, int month, int day)
{
	if (month != 3 && month != 10)
		return month > 3 && month < 10;
	int64_t last = date_days(year, month, 31);
	int sunday = 31 - (int)(((last + 4) % 7 + 7) % 7);
	return month == 3 ? day >= sunday : day < sunday;
}

/* The Buddhist year, of two digits too: 2568 and 68 are 2025, as 25 is. */
static void
fix_thai_year(struct date_parts *p)
{
	enum { BUDDHA = 543, FIRST_SHORT = 40 };
	if (p->year > 2400)
		p->year -= BUDDHA;
	else if (p->short_year && p->year % 100 >= FIRST_SHORT)
		p->year = 2500 + p->year % 100 - BUDDHA;
}

/* 33 years hold 8 leap years, which is right from 1178 to 1633. */
static int
persian_year_days(int64_t year)
{
	return (25 * year + 11) % 33 < 8 ? 366 : 365;
}

/* From the solar Hijri calendar of Iran: six months of 31 days, five of 30, and Esfand. */
static bool
fix_persian(struct date_parts *p)
{
	if (p->year < 1178 || p->year > 1633 || p->month < 1 || p->month > 12 || p->day < 1)
		return false;
	int esfand = persian_year_days(p->year) - 336;
	if (p->day > (p->month < 7 ? 31 : p->month < 12 ? 30 : esfand))
		return false;
	int64_t days = date_days(2024, 3, 20); /* 1 Farvardin 1403 */
	for (int64_t year = 1403; year < p->year; year++)
		days += persian_year_days(year);
	for (int64_t year = 1402; year >= p->year; year--)
		days -= persian_year_days(year);
	days += (p->month - 1) * 30 + (p->month < 7 ? p->month - 1 : 6) + p->day - 1;
	struct civil c = date_civil(days * 86400, 0);
	p->year = c.year;
	p->month = c.month;
	p->day = c.day;
	return true;
}

static bool
fix_date(struct date_parts *p)
{
	if (p->thai)
		fix_thai_year(p);
	if (p->persian && !fix_persian(p))
		return false;
	if (p->year < 1 || p->year > 9999)
		return false;
	if (p->ordinal != DATE_UNSET) {
		int days = date_month_days(p->year, 2) == 29 ? 366 : 365;
		if (p->ordinal < 1 || p->ordinal > days)
			return false;
		struct civil c = date_civil((date_days(p->year, 1, 1) + p->ordinal - 1) * 86400, 0);
		p->month = c.month;
		p->day = c.day;
	}
	return p->month >= 1 && p->month <= 12 && p->day >= 1 &&
	    p->day <= date_month_days(p->year, p->month);
}

/*
 * 3/4/2025: the weekday says which is the month.  Else whoever writes AM and PM or a zone of America
 * puts it first, and a zone east of Greenwich last.  False: nobody says it, and it is not guessed.
 */
static bool
fix_month_first(struct date_parts *p)
{
	if (!p->month_first || p->day > 12 || p->day == p->month)
		return true;
	bool american = p->english_half || p->us_zone ||
	    (p->has_zone && p->zone_is_name && p->offset_min < 0);
	bool known = american || p->am || p->pm || p->noon || p->evening || p->thai ||
	    (p->has_zone && p->offset_min > 0);
	bool swap = american;
	if (p->weekday != DATE_UNSET) {
		int64_t days = date_days(p->year, p->month, p->day);
		swap = (int)(((days + 4) % 7 + 7) % 7) != p->weekday;
	}
	if (swap) {
		int month = p->day;
		p->day = p->month;
		p->month = month;
	}
	return known || p->weekday != DATE_UNSET;
}

/* The hours that "noon" and "evening" mean: "2 siang" and "7 malam", not "11 siang" or "1 malam". */
static bool
is_second_half(const struct date_parts *p)
{
	if (p->noon)
		return p->hour >= 1 && p->hour <= 5;
	if (p->evening)
		return p->hour >= 5 && p->hour < 12;
	return p->pm && p->hour < 12;
}

static bool
fix_time(struct date_parts *p)
{
	if (p->hour == DATE_UNSET)
		return true;
	if (is_second_half(p))
		p->hour += 12;
	else if (p->am && p->hour == 12)
		p->hour = 0;
	if (p->minute == DATE_UNSET)
		p->minute = 0;
	if (p->second == DATE_UNSET)
		p->second = 0;
	bool midnight = p->hour == 24 && p->minute == 0 && p->second == 0;
	return (p->hour < 24 || midnight) && p->minute < 60 && p->second <= 60;
}

static bool
conclude(struct date_parts *p, struct date *out)
{
	/* "2002-12" and "2002" are the first of their month and year; "5 March" is no date. */
	if (p->year == DATE_UNSET)
		return false;
	if (p->month == DATE_UNSET && p->ordinal == DATE_UNSET &&
	    (p->day != DATE_UNSET || p->hour != DATE_UNSET))
		return false;
	if (p->month == DATE_UNSET && p->ordinal == DATE_UNSET)
		p->month = 1;
	if (p->day == DATE_UNSET)
		p->day = 1;
	if (!fix_time(p))
		return false;
	if (!fix_month_first(p) || !fix_date(p))
		return false;
	if ((p->us_zone && is_us_summer(p->year, p->month, p->day)) ||
	    (p->eu_zone && is_eu_summer(p->year, p->month, p->day)))
		p->offset_min += 60;
	int64_t at = date_days(p->year, p->month, p->day) * 86400;
	if (p->hour != DATE_UNSET)
		at += p->hour * 3600 + p->minute * 60 + p->second - p->offset_min * 60;
	out->at = at;
	out->has_time = p->hour != DATE_UNSET;
	out->has_zone = out->has_time && p->has_zone;
	out->offset_min = out->has_zone ? p->offset_min : 0;
	return true;
}

/* A number alone: seconds or milliseconds since 1970, when it has as many digits. */
static bool
parse_epoch(struct str s, struct date *out)
{
	int64_t value;
	size_t dot = str_find_char(s, '.');
	if (dot != STR_NONE)
		s.n = dot;
	if ((s.n != 9 && s.n != 10 && s.n != 13) || !str_to_int(s, 0, INT64_MAX, &value))
		return false;
	*out = (struct date){.at = s.n == 13 ? value / 1000 : value, .has_time = true,
	    .has_zone = true};
	return true;
}

/* A year alone must stand alone: words around it make it a sentence. */
static bool
is_bare_year(struct str s)
{
	return s.n == 4 && ascii_digit((unsigned char)s.p[0]);
}

bool
date_parse(struct str s, struct date *out)
{
	char folded[2 * DATE_MAX_BYTES + 4];

	s = text_trim(s);
	if (s.n == 0 || s.n > DATE_MAX_BYTES)
		return false;
	s = date_fold(s, folded);
	if (parse_epoch(s, out))
		return true;
	struct date_scan z = date_scan_begin(s);
	date_scan_all(&z);
	if (z.p.bad || z.p.unknown > DATE_MAX_UNKNOWN_WORDS)
		return false;
	if (z.p.month == DATE_UNSET && z.p.ordinal == DATE_UNSET && !is_bare_year(s))
		return false;
	return conclude(&z.p, out);
}

/* --- a date inside a text --- */

enum {
	/* Bylines and stamps are short; a date further on belongs to the story. */
	FIND_MAX_BYTES = 600,
};

static size_t
next_start(struct str s, size_t at)
{
	while (at < s.n && (date_is_word_byte(s.p[at]) || ascii_digit((unsigned char)s.p[at])))
		at++;
	while (at < s.n && !date_is_word_byte(s.p[at]) && !ascii_digit((unsigned char)s.p[at]))
		at++;
	return at;
}

bool
date_find(struct str s, struct date *out)
{
	char folded[2 * FIND_MAX_BYTES + 4];
	s = date_fold(utf8_cut(text_trim(s), FIND_MAX_BYTES), folded);
	size_t at = 0;

	if (s.n && !date_is_word_byte(s.p[0]) && !ascii_digit((unsigned char)s.p[0]))
		at = next_start(s, 0);
	for (; at < s.n; at = next_start(s, at)) {
		struct date_scan z = date_scan_begin(str_sub(s, at, DATE_MAX_BYTES));
		z.stops = true;
		date_scan_all(&z);
		if (date_parts_whole(&z.p) && conclude(&z.p, out))
			return true;
	}
	return false;
}
