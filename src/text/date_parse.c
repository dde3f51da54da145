/*
 * Dates in the wild have no grammar, so they are not matched against formats.  The text is made
 * alike (fold_date), then read from left to right; each number and word says what it is by its
 * shape, its neighbours and what is known already, and fills one part of the date.  At the end the
 * parts are held together: what is missing, out of range or contradictory makes it no date.
 */
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

#include "base/utf8.h"
#include "text/clean.h"
#include "text/date.h"

enum {
	MAX_UNKNOWN_WORDS = 6, /* around a date; more is prose */
	MAX_NAME_BYTES = 40, /* the longest name of date_name.def, and some */
	MAX_OFFSET_MIN = 15 * 60, /* no place on earth is further from UTC */
	UNSET = -1,
};

/* --- the words --- */

enum name_kind {
	MONTH, WEEKDAY, EITHER, ZONE, US_ZONE, AM, PM, YEAR, MONTH_SIGN, DAY, HOUR, MINUTE, SECOND,
	MONTH_PREFIX, ERA, ARABIC_TWO, ARABIC_SECOND, NOISE,
};

struct name {
	struct str name;
	int16_t kind, value;
};

static const struct name names[] = {
#define NAME(name, kind, value) {STR_INIT(name), kind, value},
#include "text/date_name.def"
#undef NAME
};

static const struct name *
name_find(struct str word)
{
	size_t low = 0, high = COUNT_OF(names);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_cmp(word, names[middle].name);
		if (order == 0)
			return &names[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* --- making alike --- */

/* The zeros of scripts whose digits feeds use. */
static const uint32_t zeros[] = {0x660, 0x6F0, 0x966, 0x9E6, 0xBE6, 0xE50, 0xFF10};

static uint32_t
ascii_digit_of(uint32_t c)
{
	for (size_t i = 0; i < COUNT_OF(zeros); i++)
		if (c >= zeros[i] && c <= zeros[i] + 9)
			return '0' + (c - zeros[i]);
	return c;
}

struct fold {
	uint32_t from, to;
};

/* Letters without a decomposition, dashes, and the signs of dates in their ASCII form. */
static const struct fold folds[] = {
	{0x131, 'i'}, {0x142, 'l'}, {0x111, 'd'}, {0x3C2, 0x3C3}, {0x622, 0x627}, {0x623, 0x627},
	{0x625, 0x627}, {0x671, 0x627}, {0x2010, '-'}, {0x2011, '-'}, {0x2012, '-'}, {0x2013, '-'},
	{0x2014, '-'}, {0x2212, '-'}, {0x2019, '\''}, {0x3001, ','}, {0x60C, ','},
};

/* One character, or 0 when it is a mark to be left out. */
static uint32_t
fold_char(uint32_t c)
{
	if (c < 0x80)
		return (unsigned char)ascii_lower((char)c);
	c = ascii_digit_of(c);
	if (c >= 0xFF01 && c <= 0xFF5E)
		c -= 0xFEE0;
	c = uc_tolower(c);
	if (text_is_space(c))
		return ' ';
	if ((c >= 0x300 && c < 0x370) || (c >= 0x64B && c <= 0x652) ||
	    (c >= 0x200C && c <= 0x200F))
		return 0;
	for (size_t i = 0; i < COUNT_OF(folds); i++)
		if (folds[i].from == c)
			return folds[i].to;
	for (int rounds = 0; rounds < 3 && (c < 0x530 || (c >= 0x1E00 && c < 0x2000)); rounds++) {
		ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
		if (uc_canonical_decomposition(c, parts) < 1)
			break;
		c = parts[0];
	}
	return c;
}

/* Into `out`, which has room for twice the text: no fold is longer than that. */
static struct str
fold_date(struct str s, char *out)
{
	size_t n = 0;
	for (size_t at = 0; at < s.n;) {
		uint32_t c = fold_char(utf8_next(s, &at));
		if (c)
			n += utf8_encode(c, out + n);
	}
	return str_of(out, n);
}

/* --- the parts --- */

struct parts {
	int64_t year;
	int month, day, ordinal; /* ordinal: day of the year */
	int hour, minute, second;
	int weekday;
	int offset_min;
	int era; /* the year before the first of a Japanese era, or 0 */
	bool has_zone, zone_is_name, us_zone;
	bool am, pm;
	bool month_may_be_weekday;
	bool month_first; /* numeric, with slashes: which is which is still open */
	bool thai;
	bool month_next; /* "tháng 3" */
	bool bad;
	int unknown;
};

struct scan {
	struct str s;
	size_t at;
	struct parts p;
	bool stops; /* a word that is none of a date ends it (date_find) */
};

static bool
has_date(const struct parts *p)
{
	return p->year != UNSET && ((p->month != UNSET && p->day != UNSET) || p->ordinal != UNSET);
}

static char
peek(const struct scan *z, size_t ahead)
{
	return z->at + ahead < z->s.n ? z->s.p[z->at + ahead] : '\0';
}

static bool
digit_at(const struct scan *z, size_t ahead)
{
	return ascii_digit((unsigned char)peek(z, ahead));
}

static size_t
digits_at(const struct scan *z, size_t ahead)
{
	size_t n = 0;
	while (digit_at(z, ahead + n))
		n++;
	return n;
}

/* The value of n digits, which the caller knows to be there; at most 18 of them. */
static int64_t
value_at(const struct scan *z, size_t ahead, size_t n)
{
	int64_t value = 0;
	for (size_t i = 0; i < n && i < 18; i++)
		value = value * 10 + (peek(z, ahead + i) - '0');
	return value;
}

static int
small_at(const struct scan *z, size_t ahead, size_t n)
{
	int64_t value = value_at(z, ahead, n);
	return value > 100000 ? 100000 : (int)value;
}

static size_t
spaces_at(const struct scan *z, size_t ahead)
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
set_time(struct parts *p, int hour, int minute, int second)
{
	p->hour = hour;
	p->minute = minute;
	p->second = second;
}

/* A fraction of a second is read and forgotten. */
static void
skip_fraction(struct scan *z)
{
	if ((peek(z, 0) == '.' || peek(z, 0) == ',' || peek(z, 0) == ':') && digit_at(z, 1))
		z->at += 1 + digits_at(z, 1);
}

/* hh:mm, hh:mm:ss, hh:mm:ss.fff; blanks around the colons are taken. */
static bool
take_clock(struct scan *z, size_t n_hour)
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
take_dotted_clock(struct scan *z, size_t n_hour)
{
	if (n_hour > 2 || peek(z, n_hour) != '.' || digits_at(z, n_hour + 1) != 2 ||
	    !has_date(&z->p))
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
take_h_clock(struct scan *z, size_t n_hour)
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
take_compact_time(struct scan *z, size_t n)
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

/* +hh:mm, +hhmm, +hh, +h.  What no zone can be is passed over. */
static void
take_offset(struct scan *z)
{
	int sign = peek(z, 0) == '-' ? -1 : 1, hours, minutes = 0;
	size_t gap = spaces_at(z, 1), n = digits_at(z, 1 + gap), at = 1 + gap + n;

	if (n > 2)
		minutes = small_at(z, at - 2, 2);
	hours = small_at(z, 1 + gap, n > 2 ? n - 2 : n);
	if (n <= 2 && peek(z, at) == ':' && digits_at(z, at + 1) >= 1) {
		size_t n_minutes = digits_at(z, at + 1);
		minutes = small_at(z, at + 1, n_minutes);
		at += 1 + n_minutes;
	}
	z->at += at;
	int offset = sign * (hours * 60 + minutes);
	if (n > 4 || minutes > 59 || offset < -MAX_OFFSET_MIN || offset > MAX_OFFSET_MIN)
		return;
	z->p.offset_min = offset;
	z->p.has_zone = true;
	z->p.zone_is_name = false;
	z->p.us_zone = false;
}

/* A sign is one of a zone when a time stands before it, and no other offset. */
static bool
is_offset(const struct scan *z)
{
	const struct parts *p = &z->p;
	char sign = peek(z, 0);
	if (p->hour == UNSET || (sign != '+' && sign != '-'))
		return false;
	if (p->has_zone && !p->zone_is_name)
		return false;
	if (digit_at(z, 1))
		return true;
	/* "19:48:21 + 0700" */
	size_t gap = spaces_at(z, 1);
	return gap == 1 && digits_at(z, 2) == 4 && has_date(p);
}

/* --- numeric dates --- */

static void
set_day_month(struct parts *p, int first, int second, char separator)
{
	/* Month first is the custom of one country, and with slashes only. */
	bool month_first = first <= 12 && second > 12;
	p->day = month_first ? second : first;
	p->month = month_first ? first : second;
	p->month_first = separator == '/' && first <= 12 && second <= 12;
}

/* "03-12-31" with a dash is year first, as ISO 8601:1988 allowed; everything else is day first. */
static void
set_triple(struct parts *p, int a, int b, int c, size_t n_c, char separator)
{
	bool year_first = n_c == 2 && separator == '-' && b <= 12 && c >= 1 && c <= 31;
	if (year_first) {
		p->year = whole_year(a, 2);
		p->month = b;
		p->day = c;
		return;
	}
	p->year = whole_year(c, n_c);
	set_day_month(p, a, b, separator);
}

static bool
is_separator(char c)
{
	return c == '-' || c == '/' || c == '.';
}

/* Three numbers of at most two digits (the last may have four) with the same sign between. */
static bool
take_triple(struct scan *z, size_t n_first)
{
	char separator = peek(z, n_first);
	size_t gap = separator == '.' ? spaces_at(z, n_first + 1) : 0;
	size_t second = n_first + 1 + gap, n_second = digits_at(z, second);
	size_t third, n_third;

	if (!is_separator(separator) || n_first > 2 || n_second < 1 || n_second > 2 ||
	    z->p.month != UNSET || peek(z, second + n_second) != separator)
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
set_week(struct parts *p, int week, int weekday)
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
take_week(struct scan *z)
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

/* YYYY-MM-DD, YYYY-MM, YYYY-DDD; dashes, slashes or dots. */
static bool
take_year_first(struct scan *z)
{
	char separator = peek(z, 4);
	size_t at = 5 + (separator == '.' ? spaces_at(z, 5) : 0), n = digits_at(z, at);

	if (!is_separator(separator) || n < 1 || n > 3 || (n == 3 && separator != '-'))
		return false;
	z->p.year = small_at(z, 0, 4);
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
take_compact_date(struct scan *z, size_t n)
{
	struct parts *p = &z->p;
	if (p->year != UNSET || (n != 7 && n != 8 && n != 12 && n != 14))
		return false;
	p->year = small_at(z, 0, 4);
	if (n == 7) {
		p->ordinal = small_at(z, 4, 3);
	} else {
		p->month = small_at(z, 4, 2);
		p->day = small_at(z, 6, 2);
	}
	if (n >= 12)
		set_time(p, small_at(z, 8, 2), small_at(z, 10, 2), n == 14 ? small_at(z, 12, 2) : 0);
	z->at += n;
	if (n == 14)
		skip_fraction(z);
	return true;
}

/* --- single numbers --- */

/* The word that begins at `ahead`, by the table; unspaced scripts need the longest beginning. */
static const struct name *name_at(const struct scan *z, size_t ahead, size_t *n);

/* A number with its unit behind it: 2004年5月28日, 15시 20분. */
static bool
take_unit(struct scan *z, size_t n)
{
	struct parts *p = &z->p;
	size_t gap = spaces_at(z, n), n_word = 0;
	const struct name *unit = n <= 4 ? name_at(z, n + gap, &n_word) : NULL;
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
		set_time(p, value, p->minute == UNSET ? 0 : p->minute,
		    p->second == UNSET ? 0 : p->second);
		break;
	case MINUTE:
		p->minute = value;
		break;
	case SECOND:
		p->second = value;
		break;
	case AM:
	case PM:
		if (p->hour != UNSET || value > 12)
			return false;
		set_time(p, value, 0, 0);
		p->am = unit->kind == AM;
		p->pm = unit->kind == PM;
		break;
	default:
		return false;
	}
	z->at += n + gap + n_word;
	return true;
}

/* What a number alone is follows from what is known. */
static void
take_plain(struct scan *z, size_t n)
{
	struct parts *p = &z->p;
	int value = small_at(z, 0, n);

	if (p->month_next && p->month == UNSET && n <= 2)
		p->month = value;
	else if (p->year == UNSET && n == 4)
		p->year = value;
	else if (n == 4 && has_date(p) && p->hour == UNSET)
		set_time(p, value / 100, value % 100, 0);
	else if (n <= 2 && p->day == UNSET && p->ordinal == UNSET)
		p->day = value;
	else if (n <= 2 && p->year == UNSET && p->month != UNSET)
		p->year = whole_year(value, n);
	else if (n <= 2 && has_date(p) && p->hour == UNSET)
		set_time(p, value, 0, 0);
	else
		p->bad = true;
	p->month_next = false;
	z->at += n;
}

static void
take_number(struct scan *z)
{
	size_t n = digits_at(z, 0);

	if (z->p.hour == UNSET &&
	    (take_clock(z, n) || take_dotted_clock(z, n) || take_h_clock(z, n)))
		return;
	if (n == 4 && z->p.year == UNSET && z->p.month == UNSET &&
	    (take_week(z) || take_year_first(z)))
		return;
	if (take_compact_date(z, n) || take_triple(z, n) || take_unit(z, n))
		return;
	if (n > 4)
		z->p.bad = true;
	take_plain(z, n);
}

/* --- words --- */

static bool
is_word_byte(char c)
{
	return ascii_alpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Scripts that are written without spaces: Thai, kana, Han, Hangul (with its units behind). */
static bool
is_unspaced(uint32_t c)
{
	return (c >= 0xE00 && c < 0xE80) || (c >= 0x3040 && c < 0xA000) || (c >= 0xAC00 && c < 0xD7B0);
}

static size_t
word_length(const struct scan *z, size_t ahead)
{
	struct str rest = str_from(z->s, z->at + ahead);
	size_t at = 0;
	bool thai = false;

	while (at < rest.n) {
		size_t next = at;
		uint32_t c = utf8_next(rest, &next);
		/* Thai short forms have a dot inside. */
		bool inside = c == '.' && thai && next < rest.n && (unsigned char)rest.p[next] >= 0x80;
		if (!is_word_byte(rest.p[at]) && !inside)
			break;
		thai = c >= 0xE00 && c < 0xE80;
		at = next;
	}
	return at;
}

static const struct name *
name_at(const struct scan *z, size_t ahead, size_t *n)
{
	struct str word = str_sub(z->s, z->at + ahead, word_length(z, ahead));
	size_t at = 0;
	const struct name *whole = name_find(word);

	*n = word.n;
	if (whole || word.n == 0 || !is_unspaced(utf8_next(word, &at)))
		return whole;
	for (struct str part = utf8_cut(word, MAX_NAME_BYTES); part.n;
	     part = utf8_cut(part, part.n - 1)) {
		const struct name *found = name_find(part);
		*n = part.n;
		if (found)
			return found;
	}
	*n = at;
	return NULL;
}

static void
set_month(struct parts *p, int month, bool may_be_weekday)
{
	if (p->month != UNSET && !p->month_may_be_weekday)
		return;
	if (p->month != UNSET && may_be_weekday)
		return;
	/*
	 * "March 4, 2025" after a lone number was taken for something else needs no care: a
	 * number before a month is its day, and one after it is day or year.
	 */
	p->month = month;
	p->month_may_be_weekday = may_be_weekday;
}

static void
set_zone(struct parts *p, int offset_min, bool us)
{
	/* CST is also 中国标准时间, IST Israel: the offset in numbers wins wherever there is one. */
	if (p->has_zone)
		return;
	p->offset_min = offset_min;
	p->has_zone = true;
	p->zone_is_name = true;
	p->us_zone = us;
}

static void
take_name(struct parts *p, const struct name *name)
{
	int value = name->value;

	switch (name->kind) {
	case MONTH:
		set_month(p, value, false);
		break;
	case EITHER:
		set_month(p, value, true);
		break;
	case WEEKDAY:
		p->weekday = value;
		break;
	case ZONE:
	case US_ZONE:
		/* Before the time a zone's name is more likely a place or a word. */
		if (p->hour != UNSET)
			set_zone(p, value, name->kind == US_ZONE);
		break;
	case AM:
		p->am = true;
		break;
	case PM:
		p->pm = true;
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
		if (p->month != UNSET)
			p->month = p->month % 12 + 1;
		break;
	default:
		break;
	}
}

/* "a.m.", "p. m." and their short forms, behind a time. */
static bool
take_meridiem(struct scan *z)
{
	char c = peek(z, 0);
	if ((c != 'a' && c != 'p') || z->p.hour == UNSET)
		return false;
	size_t at = 1 + (peek(z, 1) == '.');
	at += spaces_at(z, at);
	if (peek(z, at) != 'm' || is_word_byte(peek(z, at + 1)))
		return false;
	z->p.am = c == 'a';
	z->p.pm = c == 'p';
	z->at += at + 1 + (peek(z, at + 1) == '.');
	return true;
}

/* The T of ISO 8601: with a date before and a time without colons, or with some, behind. */
static bool
take_iso_t(struct scan *z)
{
	if (peek(z, 0) != 't' || z->p.year == UNSET || z->p.hour != UNSET)
		return false;
	size_t gap = spaces_at(z, 1), n = digits_at(z, 1 + gap);
	if (n == 0)
		return false;
	z->at += 1 + gap;
	if (!take_clock(z, n))
		take_compact_time(z, n);
	return true;
}

/* A word.  False: it is none of a date's. */
static bool
take_word(struct scan *z)
{
	size_t n = 0;
	if (take_iso_t(z) || take_meridiem(z))
		return true;
	const struct name *name = name_at(z, 0, &n);
	size_t at = z->at;
	uint32_t c = utf8_next(z->s, &at);
	z->p.thai = z->p.thai || (c >= 0xE00 && c < 0xE80);
	z->at += n;
	if (name)
		take_name(&z->p, name);
	return name || n == 1;
}

/* --- the whole --- */

/* In brackets: what a zone is called, or a weekday.  Nothing else in there counts. */
static void
skip_bracket(struct scan *z)
{
	char closing = peek(z, 0) == '(' ? ')' : ']';
	struct str rest = str_from(z->s, z->at + 1);
	size_t end = str_find_char(rest, closing);
	struct str inside = str_trim(str_sub(rest, 0, end));
	const struct name *name = name_find(inside);

	if (name && (name->kind == ZONE || name->kind == US_ZONE || name->kind == WEEKDAY))
		take_name(&z->p, name);
	z->at = end == STR_NONE ? z->s.n : z->at + 1 + end + 1;
}

static void
scan_all(struct scan *z)
{
	struct parts *p = &z->p;

	while (z->at < z->s.n && !p->bad && p->unknown <= MAX_UNKNOWN_WORDS) {
		char c = peek(z, 0);
		size_t before = z->at;
		if (ascii_digit((unsigned char)c)) {
			/* After a whole date with time, a number belongs to something else. */
			if (z->stops && has_date(p) && p->hour != UNSET)
				return;
			take_number(z);
			if (p->bad && z->stops)
				z->at = before;
		} else if (is_offset(z)) {
			take_offset(z);
		} else if (is_word_byte(c)) {
			if (!take_word(z)) {
				p->unknown++;
				if (z->stops)
					return;
			}
		} else if ((c == '(' || c == '[') && p->year != UNSET) {
			skip_bracket(z);
		} else if (z->stops && (c == '|' || c == '\n' || c == ';')) {
			if (has_date(p))
				return;
			z->at++;
		} else {
			z->at++;
		}
	}
}

/* --- from parts to a moment --- */

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

static bool
fix_date(struct parts *p)
{
	if (p->thai && p->year > 2400)
		p->year -= 543;
	if (p->year < 1 || p->year > 9999)
		return false;
	if (p->ordinal != UNSET) {
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

/* 3/4/2025: the weekday says which is the month, else AM or PM does. */
static void
fix_month_first(struct parts *p)
{
	if (!p->month_first || p->day > 12)
		return;
	bool swap = p->am || p->pm;
	if (p->weekday != UNSET) {
		int64_t days = date_days(p->year, p->month, p->day);
		swap = (int)(((days + 4) % 7 + 7) % 7) != p->weekday;
	}
	if (swap) {
		int month = p->day;
		p->day = p->month;
		p->month = month;
	}
}

static bool
fix_time(struct parts *p)
{
	if (p->hour == UNSET)
		return true;
	if (p->pm && p->hour < 12)
		p->hour += 12;
	else if (p->am && p->hour == 12)
		p->hour = 0;
	if (p->minute == UNSET)
		p->minute = 0;
	if (p->second == UNSET)
		p->second = 0;
	bool midnight = p->hour == 24 && p->minute == 0 && p->second == 0;
	return (p->hour < 24 || midnight) && p->minute < 60 && p->second <= 60;
}

static bool
conclude(struct parts *p, struct date *out)
{
	/* "2002-12" and "2002" are the first of their month and year; "5 March" is no date. */
	if (p->year == UNSET)
		return false;
	if (p->month == UNSET && p->ordinal == UNSET && (p->day != UNSET || p->hour != UNSET))
		return false;
	if (p->month == UNSET && p->ordinal == UNSET)
		p->month = 1;
	if (p->day == UNSET)
		p->day = 1;
	if (!fix_time(p))
		return false;
	fix_month_first(p);
	if (!fix_date(p))
		return false;
	if (p->us_zone && is_us_summer(p->year, p->month, p->day))
		p->offset_min += 60;
	int64_t at = date_days(p->year, p->month, p->day) * 86400;
	if (p->hour != UNSET)
		at += p->hour * 3600 + p->minute * 60 + p->second - p->offset_min * 60;
	out->at = at;
	out->has_time = p->hour != UNSET;
	out->has_zone = out->has_time && p->has_zone;
	out->offset_min = out->has_zone ? p->offset_min : 0;
	return true;
}

static struct scan
scan_begin(struct str s)
{
	struct scan z = {.s = s};
	z.p = (struct parts){.year = UNSET, .month = UNSET, .day = UNSET, .ordinal = UNSET,
	    .hour = UNSET, .minute = UNSET, .second = UNSET, .weekday = UNSET};
	return z;
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
	s = fold_date(s, folded);
	if (parse_epoch(s, out))
		return true;
	struct scan z = scan_begin(s);
	scan_all(&z);
	if (z.p.bad || z.p.unknown > MAX_UNKNOWN_WORDS)
		return false;
	if (z.p.month == UNSET && z.p.ordinal == UNSET && !is_bare_year(s))
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
	while (at < s.n && (is_word_byte(s.p[at]) || ascii_digit((unsigned char)s.p[at])))
		at++;
	while (at < s.n && !is_word_byte(s.p[at]) && !ascii_digit((unsigned char)s.p[at]))
		at++;
	return at;
}

bool
date_find(struct str s, struct date *out)
{
	char folded[2 * FIND_MAX_BYTES + 4];
	s = fold_date(utf8_cut(text_trim(s), FIND_MAX_BYTES), folded);
	size_t at = 0;

	if (s.n && !is_word_byte(s.p[0]) && !ascii_digit((unsigned char)s.p[0]))
		at = next_start(s, 0);
	for (; at < s.n; at = next_start(s, at)) {
		struct scan z = scan_begin(str_sub(s, at, DATE_MAX_BYTES));
		z.stops = true;
		scan_all(&z);
		if (has_date(&z.p) && conclude(&z.p, out))
			return true;
	}
	return false;
}
