/* The time of day in a date, in the forms of ISO 8601, of mail and of people. */
#ifndef KAWAT_TEXT_DATE_CLOCK_H
#define KAWAT_TEXT_DATE_CLOCK_H

#include "text/date_parts.h"

/*
 * A time whose hour has n_hour digits, where the reading stands: hh:mm and hh:mm:ss with a fraction,
 * hh.mm behind a whole date, 14h31.  False: there is none, and nothing is read.
 */
bool date_clock(struct date_scan *, size_t n_hour);

/* The T of ISO 8601: with a date before and a time without colons, or with some, behind. */
bool date_clock_iso(struct date_scan *);

/* A fraction of a second is read and forgotten. */
void date_clock_fraction(struct date_scan *);

#endif
