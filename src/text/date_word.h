/* The words of a date: months, weekdays, halves of the day, signs of its units, zones. */
#ifndef KAWAT_TEXT_DATE_WORD_H
#define KAWAT_TEXT_DATE_WORD_H

#include "text/date_name.h"
#include "text/date_parts.h"

/*
 * The row of the word that begins at `ahead`, or NULL; *n: its length.  Of a script that is written
 * without spaces the longest beginning that has a row.
 */
const struct date_name *date_word_name(const struct date_scan *, size_t ahead, size_t *n);

/* Take over what the name says; `at`: where it stands. */
void date_word_use(struct date_scan *, const struct date_name *, size_t at);

/* Read the word that begins here.  False: it is none of a date's. */
bool date_word(struct date_scan *);

#endif
