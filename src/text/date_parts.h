/*
 * What a date is made of, while it is read from left to right: the parts that are known, and looking
 * ahead in the text.  `ahead` counts bytes from where the reading stands; beyond the end is NUL.
 */
#ifndef KAWAT_TEXT_DATE_PARTS_H
#define KAWAT_TEXT_DATE_PARTS_H

#include "base/str.h"

enum {
	DATE_UNSET = -1,
	DATE_MAX_UNKNOWN_WORDS = 6, /* around a date; more is prose */
};

struct date_parts {
	int64_t year;
	int month, day, ordinal; /* ordinal: day of the year */
	int hour, minute, second;
	int weekday;
	int offset_min;
	int era; /* the year before the first of a Japanese era, or 0 */
	bool has_zone, zone_is_name, us_zone, eu_zone;
	bool am, pm, noon, evening;
	bool english_half; /* AM or PM in English */
	bool month_may_be_weekday;
	int either_weekday; /* which one, then */
	bool month_first; /* numeric, with slashes: which is which is still open */
	bool thai, persian; /* their calendars */
	bool short_year; /* of two digits */
	bool thu; /* "thứ": the next word is its number */
	bool month_next; /* "tháng 3" */
	bool bad;
	int unknown;
};

/* A text (as date_fold leaves it), how far it is read, and what it said up to there. */
struct date_scan {
	struct str s;
	size_t at;
	struct date_parts p;
	bool stops; /* a word that is none of a date ends it (date_find) */
};

/* Year and day are known. */
bool date_parts_whole(const struct date_parts *);

/* Any numbers; what is no time of day makes the date a bad one later. */
void date_parts_set_time(struct date_parts *, int hour, int minute, int second);

static inline char
date_peek(const struct date_scan *z, size_t ahead)
{
	return z->at + ahead < z->s.n ? z->s.p[z->at + ahead] : '\0';
}

/* May a word begin with it?  An ASCII letter, or any byte of another character. */
static inline bool
date_is_word_byte(char c)
{
	return ascii_alpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static inline bool
date_digit_at(const struct date_scan *z, size_t ahead)
{
	return ascii_digit((unsigned char)date_peek(z, ahead));
}

static inline size_t
date_digits_at(const struct date_scan *z, size_t ahead)
{
	size_t n = 0;
	while (date_digit_at(z, ahead + n))
		n++;
	return n;
}

static inline size_t
date_spaces_at(const struct date_scan *z, size_t ahead)
{
	size_t n = 0;
	while (ascii_space((unsigned char)date_peek(z, ahead + n)))
		n++;
	return n;
}

/* The value of n digits, which the caller knows to be there; what is large stays 100,000. */
int date_small_at(const struct date_scan *, size_t ahead, size_t n);

#endif
