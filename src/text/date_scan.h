/*
 * The parts of a date, read from left to right.  Each number and word says what it is by its shape,
 * its neighbours and what is known already.
 */
#ifndef KAWAT_TEXT_DATE_SCAN_H
#define KAWAT_TEXT_DATE_SCAN_H

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

struct date_scan {
	struct str s;
	size_t at;
	struct date_parts p;
	bool stops; /* a word that is none of a date ends it (date_find) */
};

/* `folded` is as date_fold leaves it. */
struct date_scan date_scan_begin(struct str folded);
void date_scan_all(struct date_scan *);

/* Year and day are known. */
bool date_parts_whole(const struct date_parts *);

/* May a word begin with it?  An ASCII letter, or any byte of another character. */
bool date_is_word_byte(char);

#endif
