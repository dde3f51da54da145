/* The zone of a time: an offset from UTC, a name, a place. */
#ifndef KAWAT_TEXT_DATE_ZONE_H
#define KAWAT_TEXT_DATE_ZONE_H

#include "text/date_name.h"
#include "text/date_parts.h"

/* A sign is one of a zone when a time stands before it, and no other offset. */
bool date_zone_is_offset(const struct date_scan *);

/* +hh:mm, +hhmm, +hh, +h, +hh:mm:ss; the sign may be missing.  What no zone can be is passed over. */
void date_zone_offset(struct date_scan *);

/* The zone of a name that is one.  Before the time it is more likely a place or a word. */
void date_zone_name(struct date_parts *, const struct date_name *);

/* Behind a zone's name that was read: the 8 of "UTC8". */
void date_zone_behind(struct date_scan *, const struct date_name *);

/*
 * "Europe/Berlin", "America/Argentina/Buenos_Aires": the last part says it.  In "Etc/GMT-7" the sign
 * is the other way round, as POSIX has it.  False: no place is here, and nothing is read.
 */
bool date_zone_place(struct date_scan *);

/*
 * A letter behind hh:mm:ss at the end is a military zone.  Since RFC 822 had their signs wrong, all
 * are read as UTC (RFC 5322 4.3).  The letter itself stays to be read.
 */
void date_zone_military(struct date_scan *);

#endif
