/*
 * Moments as people read them.  Month and day names are kawat's own, so they do not
 * depend on the locales installed; the zone is the process's own (TZ).  The present is
 * passed in.
 *
 *	Kamis, 4 September 2025 14.31 WIB	WHEN_FULL, Indonesian
 *	Thursday, 4 September 2025 14:31 WIB	WHEN_FULL, English
 *
 * A short clock time is written with a full stop in both languages, as on all screens.  A
 * moment in the future is followed by `?`.
 */
#ifndef KAWAT_VIEW_WHEN_H
#define KAWAT_VIEW_WHEN_H

#include "view/words.h"

#define WHEN_UNKNOWN INT64_MIN

enum when_style {
	WHEN_COLUMN, /* 14.31; 3 Sep on other days; 2023 when more than eleven months away
		      */
	WHEN_CLOCK,  /* 14.31 */
	WHEN_DATE,   /* 3 Sep; 3 Sep 2023 in other years */
	WHEN_RELATIVE, /* just now, 5 min, 2 h, yesterday, 3 Sep, 3 Sep 2024 */
	WHEN_DAY,      /* Thursday, 4 September 2025 */
	WHEN_SHORT,    /* 4 Sep 2025 14.31 WIB */
	WHEN_FULL,     /* Thursday, 4 September 2025 14:31 WIB */
	WHEN_STAMP,    /* 2025-09-04T14:31:00+07:00 (RFC 3339) */
};

/* Empty when `at` is WHEN_UNKNOWN or beyond what a calendar can say. */
struct str when(struct arena *, enum language, enum when_style, int64_t at, int64_t now);

/* A number of the local day, for telling days apart: days since 1970 in the local zone.
 */
int64_t when_day(int64_t at);

/* The widest that a style can be, in cells. */
size_t when_cols(enum language, enum when_style);

/* A length of time, short: `10 min`, `2 h`, `3 d` (`10 mnt`, `2 jam`, `3 hari`). */
struct str when_length(struct arena *, enum language, int64_t seconds);

#endif
