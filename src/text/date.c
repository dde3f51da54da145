/*
 * The calendar by arithmetic: days are counted in eras of 400 years that begin on 1 March, so that
 * the leap day is the last of its year.
 */
#include "text/date.h"

enum {
	DAY_S = 86400,
	ERA_DAYS = 146097,
	/* From 0000-03-01 to 1970-01-01. */
	EPOCH_DAYS = 719468,
};

/* 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z: what four digits can say. */
static const int64_t first_instant = -62167219200, last_instant = 253402300799;

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int64_t
date_days(int64_t year, int month, int day)
{
	year -= month <= 2;
	int64_t era = floor_div(year, 400), in_era = year - era * 400;
	int64_t in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int64_t days = in_era * 365 + in_era / 4 - in_era / 100 + in_year;
	return era * ERA_DAYS + days - EPOCH_DAYS;
}

struct civil
date_civil(int64_t at, int32_t offset_min)
{
	struct civil c = {0};
	int64_t local = at;
	if (__builtin_add_overflow(at, (int64_t)offset_min * 60, &local))
		local = at;
	int64_t days = floor_div(local, DAY_S), second = local - days * DAY_S;

	c.hour = (int)(second / 3600);
	c.minute = (int)(second / 60 % 60);
	c.second = (int)(second % 60);
	c.weekday = (int)(((days + 4) % 7 + 7) % 7);
	days += EPOCH_DAYS;
	int64_t era = floor_div(days, ERA_DAYS), in_era = days - era * ERA_DAYS;
	int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int64_t in_year = in_era - (year * 365 + year / 4 - year / 100);
	int64_t month = (5 * in_year + 2) / 153;
	c.day = (int)(in_year - (153 * month + 2) / 5 + 1);
	c.month = (int)(month < 10 ? month + 3 : month - 9);
	c.year = year + era * 400 + (c.month <= 2);
	return c;
}

int
date_month_days(int64_t year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	if (month < 1 || month > 12)
		return 0;
	return days[month - 1] + (month == 2 && leap);
}

static int64_t
clamped(int64_t at)
{
	if (at < first_instant)
		return first_instant;
	return at > last_instant ? last_instant : at;
}

static struct str
local_text(struct arena *arena, int64_t at, int32_t offset_min, const char *zone)
{
	int64_t local = clamped(clamped(at) + (int64_t)offset_min * 60);
	struct civil c = date_civil(local, 0);
	return arena_fmt(arena, "%04d-%02d-%02dT%02d:%02d:%02d%s", (int)c.year, c.month, c.day,
	    c.hour, c.minute, c.second, zone);
}

struct str
date_instant(struct arena *arena, int64_t at)
{
	return local_text(arena, at, 0, "Z");
}

struct str
date_rfc3339(struct arena *arena, int64_t at, int32_t offset_min)
{
	int32_t minutes = offset_min < 0 ? -offset_min : offset_min;
	if (offset_min == 0)
		return date_instant(arena, at);
	struct str zone = arena_fmt(arena, "%c%02d:%02d", offset_min < 0 ? '-' : '+',
	    (int)(minutes / 60), (int)(minutes % 60));
	return local_text(arena, at, offset_min, zone.p);
}

struct str
date_as_written(struct arena *arena, const struct date *d)
{
	if (d->has_time && d->has_zone)
		return date_rfc3339(arena, d->at, d->offset_min);
	struct str text = local_text(arena, d->at, d->offset_min, "");
	return d->has_time ? text : str_of(text.p, sizeof("2025-03-04") - 1);
}

struct str
date_http(struct arena *arena, int64_t at)
{
	static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
	static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
	    "Sep", "Oct", "Nov", "Dec"};
	struct civil c = date_civil(clamped(at), 0);
	return arena_fmt(arena, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[c.weekday], c.day,
	    months[c.month - 1], (int)c.year, c.hour, c.minute, c.second);
}
