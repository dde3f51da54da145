/*
 * The parts of a date, read from left to right.  Each number and word says what it is by its shape,
 * its neighbours and what is known already.
 */
#ifndef KAWAT_TEXT_DATE_SCAN_H
#define KAWAT_TEXT_DATE_SCAN_H

#include "text/date_parts.h"

/* `folded` is as date_fold leaves it. */
struct date_scan date_scan_begin(struct str folded);
void date_scan_all(struct date_scan *);

#endif
