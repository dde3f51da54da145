/* The numbers of a date: whole dates in figures, numbers with a unit, and numbers alone. */
#ifndef KAWAT_TEXT_DATE_NUMBER_H
#define KAWAT_TEXT_DATE_NUMBER_H

#include "text/date_parts.h"

/* Read the number that begins here, and what belongs to it.  What it is follows from what is known. */
void date_number(struct date_scan *);

#endif
