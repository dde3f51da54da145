#include "text/date_parts.h"

bool
date_parts_whole(const struct date_parts *p)
{
	return p->year != DATE_UNSET &&
	       ((p->month != DATE_UNSET && p->day != DATE_UNSET) ||
		   p->ordinal != DATE_UNSET);
}

void
date_parts_set_time(struct date_parts *p, int hour, int minute, int second)
{
	p->hour = hour;
	p->minute = minute;
	p->second = second;
}

/* The value of n digits, which the caller knows to be there; at most 18 of them. */
static int64_t
value_at(const struct date_scan *z, size_t ahead, size_t n)
{
	int64_t value = 0;
	for (size_t i = 0; i < n && i < 18; i++)
		value = value * 10 + (date_peek(z, ahead + i) - '0');
	return value;
}

int
date_small_at(const struct date_scan *z, size_t ahead, size_t n)
{
	int64_t value = value_at(z, ahead, n);
	return value > 100000 ? 100000 : (int)value;
}
