#include "feed/wish.h"

enum { DAY_MINUTES = 24 * 60, DAY_LETTERS = 3 };

uint32_t
wish_hour(struct str s)
{
	int64_t hour;
	return str_to_int(str_trim(s), 0, 24, &hour) ? UINT32_C(1) << hour % 24 : 0;
}

/* The first letters tell the days apart; some feeds shorten the names. */
uint8_t
wish_day(struct str s)
{
	static const struct str days[] = {STR_INIT("sun"), STR_INIT("mon"),
	    STR_INIT("tue"), STR_INIT("wed"), STR_INIT("thu"), STR_INIT("fri"),
	    STR_INIT("sat")};
	s = str_sub(str_trim(s), 0, DAY_LETTERS);
	for (unsigned i = 0; i < COUNT_OF(days); i++)
		if (str_eq_nocase(s, days[i]))
			return (uint8_t)(1u << i);
	return 0;
}

int64_t
wish_period(struct str s)
{
	static const struct {
		struct str name;
		int64_t minutes;
	} periods[] = {
	    {STR_INIT("hourly"), 60},
	    {STR_INIT("daily"), DAY_MINUTES},
	    {STR_INIT("weekly"), 7 * DAY_MINUTES},
	    {STR_INIT("monthly"), 30 * DAY_MINUTES},
	    {STR_INIT("yearly"), 365 * DAY_MINUTES},
	};
	s = str_trim(s);
	for (size_t i = 0; i < COUNT_OF(periods); i++)
		if (str_eq_nocase(s, periods[i].name))
			return periods[i].minutes;
	return -1;
}

int64_t
wish_minutes(int64_t period_minutes, int64_t frequency)
{
	if (period_minutes < 0 && frequency <= 0)
		return -1;
	int64_t period = period_minutes < 0 ? DAY_MINUTES : period_minutes;
	return period / (frequency <= 0 ? 1 : frequency);
}
