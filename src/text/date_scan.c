#include "text/date_scan.h"

#include "base/utf8.h"
#include "text/date.h"
#include "text/date_name.h"

enum { MAX_OFFSET_MIN = 15 * 60 }; /* no place on earth is further from UTC */

bool
date_parts_whole(const struct date_parts *p)
{
	return p->year != DATE_UNSET &&
	       ((p->month != DATE_UNSET && p->day != DATE_UNSET) ||
		   p->ordinal != DATE_UNSET);
}

static char
peek(const struct date_scan *z, size_t ahead)
{
	return z->at + ahead < z->s.n ? z->s.p[z->at + ahead] : '\0';
}

static bool
digit_at(const struct date_scan *z, size_t ahead)
{
	return ascii_digit((unsigned char)peek(z, ahead));
}

static size_t
digits_at(const struct date_scan *z, size_t ahead)
{
	size_t n = 0;
	while (digit_at(z, ahead + n))
		n++;
	return n;
}

/* The value of n digits, which the caller knows to be there; at most 18 of them. */
static int64_t
value_at(const struct date_scan *z, size_t ahead, size_t n)
{
	int64_t value = 0;
	for (size_t i = 0; i < n && i < 18; i++)
		value = value * 10 + (peek(z, ahead + i) - '0');
	return value;
}

static int
small_at(const struct date_scan *z, size_t ahead, size_t n)
{
	int64_t value = value_at(z, ahead, n);
	return value > 100000 ? 100000 : (int)value;
}

static size_t
spaces_at(const struct date_scan *z, size_t ahead)
{
	size_t n = 0;
	while (ascii_space((unsigned char)peek(z, ahead + n)))
		n++;
	return n;
}

static int64_t
whole_year(int64_t year, size_t n_digits)
{
	if (n_digits > 2)
		return year;
	return year < 70 ? year + 2000 : year + 1900;
}

/* --- time of day --- */

static void
set_time(struct date_parts *p, int hour, int minute, int second)
{
	p->hour = hour;
	p->minute = minute;
	p->second = second;
}

/* A fraction of a second is read and forgotten. */
static void
skip_fraction(struct date_scan *z)
{
	if ((peek(z, 0) == '.' || peek(z, 0) == ',' || peek(z, 0) == ':') && digit_at(z, 1))
		z->at += 1 + digits_at(z, 1);
}

/* hh:mm, hh:mm:ss, hh:mm:ss.fff; blanks around the colons are taken. */
static bool
take_clock(struct date_scan *z, size_t n_hour)
{
	size_t at = n_hour + spaces_at(z, n_hour);
	if (n_hour > 2 || peek(z, at) != ':')
		return false;
	at += 1 + spaces_at(z, at + 1);
	size_t n_minute = digits_at(z, at);
	if (n_minute < 1 || n_minute > 2)
		return false;
	int hour = small_at(z, 0, n_hour), minute = small_at(z, at, n_minute), second = 0;
	at += n_minute;
	size_t n_second = peek(z, at) == ':' ? digits_at(z, at + 1) : 0;
	if (n_second) {
		second = n_second > 2 ? 99 : small_at(z, at + 1, n_second);
		at += 1 + n_second;
	}
	set_time(&z->p, hour, minute, second);
	z->at += at;
	if (n_second)
		skip_fraction(z);
	return true;
}

/* "14.31" and "14.31.05", which are a time only where no date can be meant. */
static bool
take_dotted_clock(struct date_scan *z, size_t n_hour)
{
	if (n_hour > 2 || peek(z, n_hour) != '.' || digits_at(z, n_hour + 1) != 2 ||
	    !date_parts_whole(&z->p))
		return false;
	size_t at = n_hour + 3;
	int hour = small_at(z, 0, n_hour), minute = small_at(z, n_hour + 1, 2), second = 0;
	if (peek(z, at) == '.' && digits_at(z, at + 1) == 2) {
		second = small_at(z, at + 1, 2);
		at += 3;
	}
	set_time(&z->p, hour, minute, second);
	z->at += at;
	return true;
}

/* "14h31", "14h", "14 h 31". */
static bool
take_h_clock(struct date_scan *z, size_t n_hour)
{
	size_t at = n_hour + spaces_at(z, n_hour);
	if (n_hour > 2 || peek(z, at) != 'h' || ascii_alpha((unsigned char)peek(z, at + 1)))
		return false;
	int hour = small_at(z, 0, n_hour), minute = 0;
	size_t next = at + 1 + spaces_at(z, at + 1), n = digits_at(z, next);
	if (n == 2 || (n == 1 && next == at + 1)) {
		minute = small_at(z, next, n);
		at = next + n - 1;
	}
	set_time(&z->p, hour, minute, 0);
	z->at += at + 1;
	return true;
}

/* After the T of ISO 8601: hh, hhmm, hhmmss. */
static void
take_compact_time(struct date_scan *z, size_t n)
{
	if (n != 2 && n != 4 && n != 6 && n != 1) {
		z->p.bad = true;
		return;
	}
	set_time(&z->p, small_at(z, 0, n < 2 ? n : 2), n >= 4 ? small_at(z, 2, 2) : 0,
	    n == 6 ? small_at(z, 4, 2) : 0);
	z->at += n;
	skip_fraction(z);
}

/* --- zone --- */

/* +hh:mm, +hhmm, +hh, +h, +hh:mm:ss; the sign may be missing.  What no zone can be is passed over. */
static void
take_offset(struct date_scan *z)
{
	int sign = peek(z, 0) == '-' ? -1 : 1, hours, minutes = 0;
	if (digit_at(z, 0))
		z->at--;
	size_t gap = spaces_at(z, 1), n = digits_at(z, 1 + gap), at = 1 + gap + n;

	if (n > 2)
		minutes = small_at(z, at - 2, 2);
	hours = small_at(z, 1 + gap, n > 2 ? n - 2 : n);
	if (n <= 2 && peek(z, at) == ':' && digits_at(z, at + 1) >= 1) {
		size_t n_minutes = digits_at(z, at + 1);
		minutes = small_at(z, at + 1, n_minutes);
		at += 1 + n_minutes;
		if (peek(z, at) == ':' && digits_at(z, at + 1) == 2)
			at += 3;
	}
	z->at += at;
	int offset = sign * (hours * 60 + minutes);
	if (n > 4 || minutes > 59 || offset < -MAX_OFFSET_MIN || offset > MAX_OFFSET_MIN)
		return;
	z->p.offset_min = offset;
	z->p.has_zone = true;
	z->p.zone_is_name = false;
	z->p.us_zone = z->p.eu_zone = false;
}

/* A sign is one of a zone when a time stands before it, and no other offset. */
static bool
is_offset(const struct date_scan *z)
{
	const struct date_parts *p = &z->p;
	char sign = peek(z, 0);
	if (p->hour == DATE_UNSET || (sign != '+' && sign != '-'))
		return false;
	if (p->has_zone && !p->zone_is_name)
		return false;
	if (digit_at(z, 1))
		return true;
	/* "19:48:21 + 0700" */
	size_t gap = spaces_at(z, 1);
	return gap == 1 && digits_at(z, 2) == 4 && date_parts_whole(p);
}

/* --- numeric dates --- */

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
	char separator = peek(z, n_first);
	size_t gap = separator == '.' ? spaces_at(z, n_first + 1) : 0;
	size_t second = n_first + 1 + gap, n_second = digits_at(z, second);
	size_t third, n_third;

	if (!is_separator(separator) || n_first > 2 || n_second < 1 || n_second > 2 ||
	    !month_is_open(&z->p) || peek(z, second + n_second) != separator)
		return false;
	gap = separator == '.' ? spaces_at(z, second + n_second + 1) : 0;
	third = second + n_second + 1 + gap;
	n_third = digits_at(z, third);
	if (n_third != 2 && n_third != 4)
		return false;
	set_triple(&z->p, small_at(z, 0, n_first), small_at(z, second, n_second),
	    small_at(z, third, n_third), n_third, separator);
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
	size_t at = peek(z, 4) == '-' ? 5 : 4;
	if (peek(z, at) != 'w' || digits_at(z, at + 1) < 2)
		return false;
	int week = small_at(z, at + 1, 2), weekday = 1;
	size_t next = at + 3;
	if (peek(z, next) == '-' && digits_at(z, next + 1) == 1)
		next++;
	if (digit_at(z, next)) {
		weekday = small_at(z, next, 1);
		next++;
	}
	z->p.year = small_at(z, 0, 4);
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
	char separator = peek(z, 4);
	size_t at = 5 + (separator == '.' ? spaces_at(z, 5) : 0), n = digits_at(z, at);

	if (!is_separator(separator) || n < 1 || n > 3 || (n == 3 && separator != '-'))
		return false;
	z->p.year = small_at(z, 0, 4);
	/* 1403/12/14: no news are that old, so the years are those of Iran. */
	z->p.persian = separator == '/' && is_persian_year(z->p.year);
	if (n == 3) {
		z->p.ordinal = small_at(z, at, 3);
		z->at += at + 3;
		return true;
	}
	z->p.month = small_at(z, at, n);
	at += n;
	size_t next = at + 1 + (separator == '.' ? spaces_at(z, at + 1) : 0);
	size_t n_day = peek(z, at) == separator ? digits_at(z, next) : 0;
	if (n_day > 2) {
		z->p.bad = true;
	} else if (n_day) {
		z->p.day = small_at(z, next, n_day);
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
	p->year = small_at(z, 0, 4);
	if (n == 7) {
		p->ordinal = small_at(z, 4, 3);
	} else {
		p->month = small_at(z, 4, 2);
		p->day = small_at(z, 6, 2);
	}
	if (n >= 12)
		set_time(p, small_at(z, 8, 2), small_at(z, 10, 2),
		    n == 14 ? small_at(z, 12, 2) : 0);
	z->at += n;
	if (n == 14)
		skip_fraction(z);
	return true;
}

/* --- single numbers --- */

/* The word that begins at `ahead`, by the table; unspaced scripts need the longest beginning. */
static const struct date_name *name_at(const struct date_scan *z, size_t ahead, size_t *n);

/* A number with its unit behind it: 2004年5月28日, 15시 20분. */
static bool
take_unit(struct date_scan *z, size_t n)
{
	struct date_parts *p = &z->p;
	size_t gap = spaces_at(z, n), n_word = 0;
	const struct date_name *unit = n <= 4 ? name_at(z, n + gap, &n_word) : NULL;
	int value = small_at(z, 0, n);

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
		set_time(p, value, p->minute == DATE_UNSET ? 0 : p->minute,
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
		set_time(p, value, 0, 0);
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
	int value = small_at(z, 0, n);

	if (p->month_next && p->month == DATE_UNSET && n <= 2)
		p->month = value;
	else if (p->year == DATE_UNSET && n == 4)
		p->year = value;
	else if (n == 4 && date_parts_whole(p) && p->hour == DATE_UNSET)
		set_time(p, value / 100, value % 100, 0);
	else if (n <= 2 && p->day == DATE_UNSET && p->ordinal == DATE_UNSET)
		p->day = value;
	else if (n <= 2 && p->year == DATE_UNSET && p->month != DATE_UNSET) {
		p->year = whole_year(value, n);
		p->short_year = true;
	}
	else if (n <= 2 && date_parts_whole(p) && p->hour == DATE_UNSET)
		set_time(p, value, 0, 0);
	else
		p->bad = true;
	p->month_next = false;
	z->at += n;
}

static void
take_number(struct date_scan *z)
{
	size_t n = digits_at(z, 0);

	if (z->p.hour == DATE_UNSET &&
	    (take_clock(z, n) || take_dotted_clock(z, n) || take_h_clock(z, n)))
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

/* --- words --- */

bool
date_is_word_byte(char c)
{
	return ascii_alpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Scripts that are written without spaces: Thai, kana, Han, Hangul (with its units behind). */
static bool
is_unspaced(uint32_t c)
{
	return (c >= 0xE00 && c < 0xE80) || (c >= 0x3040 && c < 0xA000) ||
	       (c >= 0xAC00 && c < 0xD7B0);
}

static size_t
word_length(const struct date_scan *z, size_t ahead)
{
	struct str rest = str_from(z->s, z->at + ahead);
	size_t at = 0;
	bool thai = false;

	while (at < rest.n) {
		size_t next = at;
		uint32_t c = utf8_next(rest, &next);
		/* Thai short forms have a dot inside. */
		bool inside = c == '.' && thai && next < rest.n &&
			      (unsigned char)rest.p[next] >= 0x80;
		if (!date_is_word_byte(rest.p[at]) && !inside)
			break;
		thai = c >= 0xE00 && c < 0xE80;
		at = next;
	}
	return at;
}

static const struct date_name *
name_at(const struct date_scan *z, size_t ahead, size_t *n)
{
	struct str word = str_sub(z->s, z->at + ahead, word_length(z, ahead));
	size_t at = 0;
	const struct date_name *whole = date_name_find(word);

	*n = word.n;
	if (whole || word.n == 0 || !is_unspaced(utf8_next(word, &at)))
		return whole;
	for (struct str part = utf8_cut(word, DATE_NAME_MAX_BYTES); part.n;
	     part = utf8_cut(part, part.n - 1)) {
		const struct date_name *found = date_name_find(part);
		*n = part.n;
		if (found)
			return found;
	}
	*n = at;
	return NULL;
}

static void
set_month(struct date_parts *p, int month, bool may_be_weekday)
{
	if (p->month != DATE_UNSET && !p->month_may_be_weekday)
		return;
	if (p->month != DATE_UNSET && may_be_weekday)
		return;
	p->month = month;
	p->month_may_be_weekday = may_be_weekday;
}

static void
set_zone(struct date_parts *p, const struct date_name *name)
{
	/* CST is China's zone too, IST Israel's: an offset in numbers wins. */
	if (p->has_zone)
		return;
	p->offset_min = name->value;
	p->has_zone = true;
	p->zone_is_name = true;
	p->us_zone = name->kind == US_ZONE;
	p->eu_zone = name->kind == EU_ZONE;
}

/* "4. listopada" is Croatian and October, "4 listopada" Polish and November. */
static int
listopada(const struct date_scan *z, size_t at)
{
	while (at > 0 && ascii_space((unsigned char)z->s.p[at - 1]))
		at--;
	return at > 0 && z->s.p[at - 1] == '.' ? 10 : 11;
}

/* `at`: where the word stands. */
static void
take_name(struct date_scan *z, const struct date_name *name, size_t at)
{
	struct date_parts *p = &z->p;
	int value = name->value;

	switch (name->kind) {
	case MONTH:
		set_month(p, value, false);
		break;
	case EITHER:
		set_month(p, value % 16, true);
		p->either_weekday = value / 16;
		break;
	case LISTOPADA:
		set_month(p, listopada(z, at), false);
		break;
	case PERSIAN_MONTH:
		p->persian = true;
		set_month(p, value, false);
		break;
	case WEEKDAY:
		p->weekday = value;
		p->thu = str_eq(name->name, STR("thu"));
		break;
	case AFTER_THU:
		if (p->thu)
			p->weekday = value;
		break;
	case ZONE:
	case US_ZONE:
	case EU_ZONE:
		/* Before the time a zone's name is more likely a place or a word. */
		if (p->hour != DATE_UNSET)
			set_zone(p, name);
		break;
	case AM:
	case PM:
		p->am = name->kind == AM;
		p->pm = name->kind == PM;
		p->english_half = str_eq(name->name, STR("am")) || str_eq(name->name, STR("pm"));
		break;
	case SA:
		if (p->hour == DATE_UNSET)
			p->weekday = 6;
		else
			p->am = true;
		break;
	case NOON:
		p->noon = true;
		break;
	case EVENING:
		p->evening = true;
		break;
	case FIRST_YEAR:
		if (p->era)
			p->year = p->era + 1;
		break;
	case MONTH_PREFIX:
		p->month_next = true;
		break;
	case ERA:
		p->era = value;
		break;
	case ARABIC_TWO:
		set_month(p, value, false);
		break;
	case ARABIC_SECOND:
		if (p->month != DATE_UNSET)
			p->month = p->month % 12 + 1;
		break;
	default:
		break;
	}
}

/*
 * "a.m.", "p. m.", "μ.μ.", "ق.ظ" and their short forms, behind a time: two letters, each perhaps with
 * a dot behind it.
 */
static bool
take_meridiem(struct date_scan *z)
{
	struct str rest = str_from(z->s, z->at);
	size_t first = 0, second, at;
	char letters[8];

	if (z->p.hour == DATE_UNSET)
		return false;
	(void)utf8_next(rest, &first);
	second = first + (first < rest.n && rest.p[first] == '.');
	second += spaces_at(z, second);
	if (second == first || second >= rest.n || !date_is_word_byte(rest.p[second]))
		return false;
	at = second;
	(void)utf8_next(rest, &at);
	if ((at < rest.n && date_is_word_byte(rest.p[at])) || first + at - second > sizeof(letters))
		return false;
	for (size_t i = 0; i < first; i++)
		letters[i] = rest.p[i];
	for (size_t i = second; i < at; i++)
		letters[first + i - second] = rest.p[i];
	const struct date_name *name = date_name_find(str_of(letters, first + at - second));
	if (!name || (name->kind != AM && name->kind != PM))
		return false;
	take_name(z, name, z->at);
	z->at += at + (peek(z, at) == '.');
	return true;
}

/* --- places --- */

static bool
is_place_byte(char c)
{
	return ascii_alpha((unsigned char)c) || c == '_' || c == '/';
}

/*
 * "Europe/Berlin", "America/Argentina/Buenos_Aires": the last part says it.  In "Etc/GMT-7" the sign
 * is the other way round, as POSIX has it.
 */
static bool
take_place(struct date_scan *z)
{
	size_t n = 0, slash = 0;
	while (is_place_byte(peek(z, n))) {
		slash = peek(z, n) == '/' ? n : slash;
		n++;
	}
	if (slash == 0 || n - slash < 3 || !date_parts_whole(&z->p))
		return false;
	const struct date_name *name = date_name_find(str_sub(z->s, z->at + slash, n - slash));
	if (!name)
		return false;
	bool etc = str_starts(str_from(z->s, z->at), STR("etc/"));
	char sign = peek(z, n);
	take_name(z, name, z->at);
	z->at += n;
	if (etc && (sign == '+' || sign == '-') && digit_at(z, 1)) {
		take_offset(z);
		z->p.offset_min = -z->p.offset_min;
	}
	return true;
}

/* "UTC8" */
static bool
is_bare_offset(const struct date_scan *z, const struct date_name *name)
{
	size_t n = digits_at(z, 0);
	return z->p.hour != DATE_UNSET && n >= 1 && n <= 2 && !date_is_word_byte(peek(z, n)) &&
	    (str_eq(name->name, STR("utc")) || str_eq(name->name, STR("gmt")));
}

/* The T of ISO 8601: with a date before and a time without colons, or with some, behind. */
static bool
take_iso_t(struct date_scan *z)
{
	if (peek(z, 0) != 't' || z->p.year == DATE_UNSET || z->p.hour != DATE_UNSET)
		return false;
	size_t gap = spaces_at(z, 1), n = digits_at(z, 1 + gap);
	if (n == 0)
		return false;
	z->at += 1 + gap;
	if (!take_clock(z, n))
		take_compact_time(z, n);
	return true;
}

/*
 * A letter behind hh:mm:ss at the end is a military zone.  Since RFC 822 had their signs wrong, all
 * are read as UTC (RFC 5322 4.3).
 */
static void
take_military(struct date_scan *z)
{
	size_t at = z->at;
	struct date_parts *p = &z->p;

	if (at + 1 != z->s.n || at < 7 || !ascii_alpha((unsigned char)z->s.p[at]) || p->has_zone)
		return;
	if (z->s.p[at - 1] != ' ' || z->s.p[at - 4] != ':' || z->s.p[at - 7] != ':')
		return;
	p->has_zone = p->zone_is_name = true;
	p->offset_min = 0;
}

/* A word.  False: it is none of a date's. */
static bool
take_word(struct date_scan *z)
{
	size_t n = 0;
	if (take_iso_t(z) || take_meridiem(z) || take_place(z))
		return true;
	const struct date_name *name = name_at(z, 0, &n);
	size_t at = z->at;
	uint32_t c = utf8_next(z->s, &at);
	if (n == 1 && z->p.hour != DATE_UNSET)
		take_military(z);
	z->p.thai = z->p.thai || (c >= 0xE00 && c < 0xE80);
	z->at += n;
	if (name)
		take_name(z, name, z->at - n);
	if (name && is_bare_offset(z, name))
		take_offset(z);
	return name || n == 1;
}

/* --- the whole --- */

/* "30 Nov -0001", as programs write a date that was never set. */
static bool
is_year_before_christ(const struct date_scan *z)
{
	return peek(z, 0) == '-' && digits_at(z, 1) == 4 && z->p.year == DATE_UNSET && z->at > 0 &&
	    ascii_space((unsigned char)z->s.p[z->at - 1]);
}

/* In brackets: a zone, a place of one, or a weekday.  Nothing else in there counts. */
static void
skip_bracket(struct date_scan *z)
{
	char closing = peek(z, 0) == '(' ? ')' : ']';
	struct str rest = str_from(z->s, z->at + 1);
	size_t end = str_find_char(rest, closing), after;
	const struct date_name *name = date_name_find(str_trim(str_sub(rest, 0, end)));

	after = end == STR_NONE ? z->s.n : z->at + 1 + end + 1;
	z->at += 1 + spaces_at(z, 1);
	if (name) {
		bool zone = name->kind == ZONE || name->kind == US_ZONE;
		if (zone || name->kind == WEEKDAY)
			take_name(z, name, z->at);
	} else if (!z->p.has_zone && !take_place(z)) {
		/* (GMT+7), (+07:00) */
		const struct date_name *zone = name_at(z, 0, &end);
		if (!zone || zone->kind == ZONE)
			z->at += zone ? end : 0;
		if (is_offset(z))
			take_offset(z);
	}
	z->at = after;
}

void
date_scan_all(struct date_scan *z)
{
	struct date_parts *p = &z->p;

	while (z->at < z->s.n && !p->bad && p->unknown <= DATE_MAX_UNKNOWN_WORDS) {
		char c = peek(z, 0);
		size_t before = z->at;
		if (ascii_digit((unsigned char)c)) {
			/* After a whole date with time, a number belongs to something else. */
			if (z->stops && date_parts_whole(p) && p->hour != DATE_UNSET)
				return;
			take_number(z);
			if (p->bad && z->stops)
				z->at = before;
		} else if (is_offset(z)) {
			take_offset(z);
		} else if (is_year_before_christ(z)) {
			p->bad = true;
		} else if (date_is_word_byte(c)) {
			if (!take_word(z)) {
				p->unknown++;
				if (z->stops)
					return;
			}
		} else if ((c == '(' || c == '[') && p->year != DATE_UNSET) {
			skip_bracket(z);
		} else if (z->stops && (c == '|' || c == '\n' || c == ';')) {
			if (date_parts_whole(p))
				return;
			z->at++;
		} else {
			z->at++;
		}
	}
}

struct date_scan
date_scan_begin(struct str s)
{
	struct date_scan z = {.s = s};
	z.p = (struct date_parts){.year = DATE_UNSET,
	    .month = DATE_UNSET,
	    .day = DATE_UNSET,
	    .ordinal = DATE_UNSET,
	    .hour = DATE_UNSET,
	    .minute = DATE_UNSET,
	    .second = DATE_UNSET,
	    .weekday = DATE_UNSET};
	return z;
}
