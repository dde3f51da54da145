/*
 * Dates as feeds and pages write them, and as kawat writes them.  No locale, no libc calendar:
 * the proleptic Gregorian calendar by arithmetic, month and zone names by tables (date_name.def).
 */
#ifndef KAWAT_TEXT_DATE_H
#define KAWAT_TEXT_DATE_H

#include "base/arena.h"

enum { DATE_MAX_BYTES = 200 }; /* no date is longer; what is longer is none */

struct date {
	int64_t at; /* seconds since 1970, UTC; a fraction of a second is cut */
	int32_t offset_min; /* minutes east of UTC, as written; 0 when there is no zone */
	bool has_time; /* else `at` is midnight */
	bool has_zone; /* else it was taken as UTC */
};

/*
 * Reads RFC 822/2822 in every wild form, ISO 8601 and W3CDTF (basic and extended, week and ordinal
 * dates, parts missing), asctime, numeric dates, the forms of Chinese, Japanese, Korean, Greek,
 * Hungarian … sites, month names of some fifty languages, the Buddhist, Japanese and Iranian
 * years, places of the tz database, seconds since 1970.  False: not understood, or out of the years
 * 1 to 9999, or 3/4/2025 with nothing that says which is the month; *out is untouched.  It is
 * never "now".
 */
MUST_CHECK bool date_parse(struct str, struct date *out);

/* The same when a date is somewhere in a short text, as in a byline: the first that is found. */
MUST_CHECK bool date_find(struct str, struct date *out);

/* YYYY-MM-DDTHH:MM:SSZ.  Years outside 0 to 9999 are clamped. */
struct str date_instant(struct arena *, int64_t at);

/* RFC 3339 in a zone: 2025-03-04T08:15:00+07:00. */
struct str date_rfc3339(struct arena *, int64_t at, int32_t offset_min);

/* As precise as it was written: a date alone, a time without zone, or RFC 3339. */
struct str date_as_written(struct arena *, const struct date *);

/* An HTTP date (RFC 9110 5.6.7): Sun, 06 Nov 1994 08:49:37 GMT. */
struct str date_http(struct arena *, int64_t at);

struct civil {
	int64_t year;
	int month, day; /* from 1 */
	int hour, minute, second;
	int weekday; /* 0 is Sunday */
};

struct civil date_civil(int64_t at, int32_t offset_min);
int64_t date_days(int64_t year, int month, int day); /* since 1970-01-01; month from 1 */
int date_month_days(int64_t year, int month);

#endif
