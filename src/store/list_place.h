/*
 * The place of a story in every list: its `ord`, which is its time (published, or first
 * seen when that is earlier) in seconds << LIST_PLACE_BITS, plus a number that keeps stories of one
 * second apart.
 */
#ifndef KAWAT_STORE_LIST_PLACE_H
#define KAWAT_STORE_LIST_PLACE_H

#include "base/str.h"

/* The place above the newest and below the oldest story. */
#define LIST_TOP INT64_MAX
#define LIST_BOTTOM INT64_MIN

enum { LIST_MAX_ROWS = 10000, LIST_PLACE_BITS = 12 };

enum list_direction {
	LIST_OLDER, /* rows below the place, newest first */
	LIST_NEWER, /* rows above the place, oldest first: nearest to the place */
};

/* The first place of a second; times that no calendar has are taken for the nearest
 * that one has. */
static inline int64_t
list_place_of_time(int64_t at)
{
	const int64_t year_1 = -INT64_C(62135596800), year_10000 = INT64_C(253402300800);
	int64_t within = at < year_1 ? year_1 : at > year_10000 ? year_10000 : at;
	return within * (INT64_C(1) << LIST_PLACE_BITS);
}

/* The second that a place is in. */
static inline int64_t
list_place_second(int64_t place)
{
	const int64_t places = INT64_C(1) << LIST_PLACE_BITS;
	return place >= 0 ? place / places : -((places - 1 - place) / places);
}

#endif
