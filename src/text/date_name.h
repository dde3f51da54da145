/* The words of dates (date_name.def), and dates made alike so that they are found. */
#ifndef KAWAT_TEXT_DATE_NAME_H
#define KAWAT_TEXT_DATE_NAME_H

#include "base/str.h"

enum { DATE_NAME_MAX_BYTES = 40 }; /* the longest name of the table, and some */

enum date_name_kind {
	MONTH, WEEKDAY, EITHER, ZONE, US_ZONE, EU_ZONE, AM, PM, NOON, EVENING, SA, YEAR, MONTH_SIGN,
	DAY, HOUR, MINUTE, SECOND, MONTH_PREFIX, ERA, FIRST_YEAR, ARABIC_TWO, ARABIC_SECOND, AFTER_THU,
	LISTOPADA, PERSIAN_MONTH, NOISE,
};

struct date_name {
	struct str name;
	int16_t kind, value;
};

/* The row of a word as date_fold leaves it, or NULL. */
const struct date_name *date_name_find(struct str word);

/*
 * Small letters without accents, ASCII digits and signs, one kind of space.  Written to `out`,
 * which has room for twice the text: no fold is longer than that.
 */
struct str date_fold(struct str, char *out);

#endif
