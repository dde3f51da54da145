#include "text/date_number.h"

#include "text/date.h"
#include "text/date_clock.h"
#include "text/date_word.h"

static int64_t
whole_year(int64_t year, size_t n_digits)
{
	if (n_digits > 2)
		return year;
	return year < 70 ? year + 2000 : year + 1900;
}

/* --- whole dates --- */

static void
set_day_month(struct date_parts *p, int first, int second, char separator)
{
	/* Month first is the custom of one country, and with slashes only. */
	bool month_first = first <= 12 && second > 12;
	p->day = month_first ? second : first;
	p->month = month_first ? first : second;
	p->month_first = separator == '/' && first <= 12 && second <= 12;
}

/* "03-12-31" with a dash is year first, as ISO 8601:1988 allowed; everything else is day first. */
static void
set_triple(struct date_parts *p, int a, int b, int c, size_t n_c, char separator)
{
	bool year_first = n_c == 2 && separator == '-' && b <= 12 && c >= 1 && c <= 31;
	if (year_first) {
		p->year = whole_year(a, 2);
		p->month = b;
		p->day = c;
		return;
	}
	if (p->month_may_be_weekday)
		p->weekday = p->either_weekday;
	p->year = whole_year(c, n_c);
	p->short_year = n_c == 2;
	set_day_month(p, a, b, separator);
}

/* "mar. 04/03/2025": what was taken for March is a Tuesday. */
static bool
month_is_open(const struct date_parts *p)
{
	return p->month == DATE_UNSET || (p->month_may_be_weekday && p->day == DATE_UNSET);
}

static bool
is_separator(char c)
{
	return c == '-' || c == '/' || c == '.';
}

/* Three numbers of at most two digits (the last may have four) with the same sign between. */
static bool
take_triple(struct date_scan *z, size_t n_first)
{
	char separator = date_peek(z, n_first);
	size_t gap = separator == '.' ? date_spaces_at(z, n_first + 1) : 0;
	size_t second = n_first + 1 + gap, n_second = date_digits_at(z, second);
	size_t third, n_third;

	if (!is_separator(separator) || n_first > 2 || n_second < 1 || n_second > 2 ||
	    !month_is_open(&z->p) || date_peek(z, second + n_second) != separator)
		return false;
	gap = separator == '.' ? date_spaces_at(z, second + n_second + 1) : 0;
	third = second + n_second + 1 + gap;
	n_third = date_digits_at(z, third);
	if (n_third != 2 && n_third != 4)
		return false;
	set_triple(&z->p, date_small_at(z, 0, n_first), date_small_at(z, second, n_second),
	    date_small_at(z, third, n_third), n_third, separator);
	z->at += third + n_third;
	return true;
}

/* Monday of week 1 is the Monday before or on 4 January. */
static void
set_week(struct date_parts *p, int week, int weekday)
{
	int64_t january_4 = date_days(p->year, 1, 4);
	int64_t monday = january_4 - ((january_4 + 3) % 7 + 7) % 7;
	struct civil c = date_civil((monday + (week - 1) * 7 + weekday - 1) * 86400, 0);

	if (week < 1 || week > 53 || weekday < 1 || weekday > 7)
		p->bad = true;
	p->year = c.year;
	p->month = c.month;
	p->day = c.day;
}

/* Behind YYYY: "-W15-2", "W152", "-W15". */
static bool
take_week(struct date_scan *z)
{
	size_t at = date_peek(z, 4) == '-' ? 5 : 4;
	if (date_peek(z, at) != 'w' || date_digits_at(z, at + 1) < 2)
		return false;
	int week = date_small_at(z, at + 1, 2), weekday = 1;
	size_t next = at + 3;
	if (date_peek(z, next) == '-' && date_digits_at(z, next + 1) == 1)
		next++;
	if (date_digit_at(z, next)) {
		weekday = date_small_at(z, next, 1);
		next++;
	}
	z->p.year = date_small_at(z, 0, 4);
	set_week(&z->p, week, weekday);
	z->at += next;
	return true;
}

static bool
is_persian_year(int64_t year)
{
	return year >= 1300 && year < 1500;
}

/* YYYY-MM-DD, YYYY-MM, YYYY-DDD; dashes, slashes or dots. */
static bool
take_year_first(struct date_scan *z)
{
	char separator = date_peek(z, 4);
	size_t at = 5 + (separator == '.' ? date_spaces_at(z, 5) : 0), n = date_digits_at(z, at);

	if (!is_separator(separator) || n < 1 || n > 3 || (n == 3 && separator != '-'))
		return false;
	z->p.year = date_small_at(z, 0, 4);
	/* 1403/12/14: no news are that old, so the years are those of Iran. */
	z->p.persian = separator == '/' && is_persian_year(z->p.year);
	if (n == 3) {
		z->p.ordinal = date_small_at(z, at, 3);
		z->at += at + 3;
		return true;
	}
	z->p.month = date_small_at(z, at, n);
	at += n;
	size_t next = at + 1 + (separator == '.' ? date_spaces_at(z, at + 1) : 0);
	size_t n_day = date_peek(z, at) == separator ? date_digits_at(z, next) : 0;
	if (n_day > 2) {
		z->p.bad = true;
	} else if (n_day) {
		z->p.day = date_small_at(z, next, n_day);
		at = next + n_day;
	}
	z->at += at;
	return true;
}

/* Numbers that are a whole date: YYYYMMDD, with hhmm or hhmmss behind it, and YYYYDDD. */
static bool
take_compact_date(struct date_scan *z, size_t n)
{
	struct date_parts *p = &z->p;
	if (p->year != DATE_UNSET || (n != 7 && n != 8 && n != 12 && n != 14))
		return false;
	p->year = date_small_at(z, 0, 4);
	if (n == 7) {
		p->ordinal = date_small_at(z, 4, 3);
	} else {
		p->month = date_small_at(z, 4, 2);
		p->day = date_small_at(z, 6, 2);
	}
	if (n >= 12)
		date_parts_set_time(p, date_small_at(z, 8, 2), date_small_at(z, 10, 2),
		    n == 14 ? date_small_at(z, 12, 2) : 0);
	z->at += n;
	if (n == 14)
		date_clock_fraction(z);
	return true;
}

/* --- single numbers --- */

/* A number with its unit behind it: 2004年5月28日, 15시 20분. */
static bool
take_unit(struct date_scan *z, size_t n)
{
	struct date_parts *p = &z->p;
	size_t gap = date_spaces_at(z, n), n_word = 0;
	const struct date_name *unit = n <= 4 ? date_word_name(z, n + gap, &n_word) : NULL;
	int value = date_small_at(z, 0, n);

	if (!unit)
		return false;
	switch (unit->kind) {
	case YEAR:
		p->year = p->era ? p->era + value : whole_year(value, n);
		break;
	case MONTH_SIGN:
		p->month = value;
		break;
	case DAY:
		p->day = value;
		break;
	case HOUR:
		date_parts_set_time(p, value, p->minute == DATE_UNSET ? 0 : p->minute,
		    p->second == DATE_UNSET ? 0 : p->second);
		break;
	case MINUTE:
		p->minute = value;
		break;
	case SECOND:
		p->second = value;
		break;
	case AM:
	case PM:
		if (p->hour != DATE_UNSET || value > 12)
			return false;
		date_parts_set_time(p, value, 0, 0);
		p->am = unit->kind == AM;
		p->pm = unit->kind == PM;
		p->english_half = ascii_alpha((unsigned char)unit->name.p[0]);
		break;
	default:
		return false;
	}
	z->at += n + gap + n_word;
	return true;
}

/* What a number alone is follows from what is known. */
static void
take_plain(struct date_scan *z, size_t n)
{
	struct date_parts *p = &z->p;
	int value = date_small_at(z, 0, n);

	if (p->month_next && p->month == DATE_UNSET && n <= 2)
		p->month = value;
	else if (p->year == DATE_UNSET && n == 4)
		p->year = value;
	else if (n == 4 && date_parts_whole(p) && p->hour == DATE_UNSET)
		date_parts_set_time(p, value / 100, value % 100, 0);
	else if (n <= 2 && p->day == DATE_UNSET && p->ordinal == DATE_UNSET)
		p->day = value;
	else if (n <= 2 && p->year == DATE_UNSET && p->month != DATE_UNSET) {
		p->year = whole_year(value, n);
		p->short_year = true;
	}
	else if (n <= 2 && date_parts_whole(p) && p->hour == DATE_UNSET)
		date_parts_set_time(p, value, 0, 0);
	else
		p->bad = true;
	p->month_next = false;
	z->at += n;
}

void
date_number(struct date_scan *z)
{
	size_t n = date_digits_at(z, 0);

	if (z->p.hour == DATE_UNSET &&
	    date_clock(z, n))
		return;
	if (n == 4 && z->p.year == DATE_UNSET && month_is_open(&z->p) &&
	    (take_week(z) || take_year_first(z)))
		return;
	if (take_compact_date(z, n) || take_triple(z, n) || take_unit(z, n))
		return;
	if (n > 4)
		z->p.bad = true;
	take_plain(z, n);
}
