/*
 * When a publisher wishes to be asked again: skipHours and skipDays of RSS, and the
 * syndication module of RSS 1.0.
 */
#ifndef KAWAT_FEED_WISH_H
#define KAWAT_FEED_WISH_H

#include "base/str.h"

/* An hour of skipHours, 0 to 24 (RSS 0.91 counts 1 to 24), as its bit; 0: none. */
uint32_t wish_hour(struct str);

/* A day of skipDays, by its English name, as its bit (Sunday is 0); 0: none. */
uint8_t wish_day(struct str);

/* Minutes of sy:updatePeriod: hourly, daily, weekly, monthly, yearly; -1: none of them.
 */
int64_t wish_period(struct str);

/*
 * Minutes between two updates: so often in each period.  What is negative was not said:
 * a day, and once in it.  Nothing said: -1.
 */
int64_t wish_minutes(int64_t period_minutes, int64_t frequency);

#endif
