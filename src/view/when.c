#include "view/when.h"

#include <time.h>

enum {
	/* Years that a calendar of four digits can say. */
	WHEN_FIRST_YEAR = 1,
	WHEN_LAST_YEAR = 9999,
	DAY_S = 24 * 60 * 60,
	/* Nearer than this a day and a month alone say which year is meant. */
	WHEN_COLUMN_DAYS = 335,
};

static const char *const months[2][12] = {
    [LANGUAGE_EN] = {"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"},
    [LANGUAGE_ID] = {"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli",
	"Agustus", "September", "Oktober", "November", "Desember"},
};

static const char *const short_months[2][12] = {
    [LANGUAGE_EN] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
	"Nov", "Dec"},
    [LANGUAGE_ID] = {"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt",
	"Nov", "Des"},
};

static const char *const days[2][7] = {
    [LANGUAGE_EN] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
	"Saturday"},
    [LANGUAGE_ID] = {"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"},
};

/*
 * What the steps of a relative time are called: they are forms of a number, so no
 * sentences.
 */
static const char *const minute_unit[2] = {"min", "mnt"};
static const char *const hour_unit[2] = {"h", "jam"};
static const char *const day_unit[2] = {"d", "hari"};

static bool
local_time(int64_t at, struct tm *tm)
{
	time_t t = (time_t)at;

	if (at == WHEN_UNKNOWN || t != at || !localtime_r(&t, tm))
		return false;
	return tm->tm_year + 1900 >= WHEN_FIRST_YEAR &&
	       tm->tm_year + 1900 <= WHEN_LAST_YEAR;
}

/* Days since 1970 of a civil date (proleptic Gregorian), by counting years from March. */
static int64_t
civil_days(const struct tm *tm)
{
	int64_t year = tm->tm_year + 1900LL, month = tm->tm_mon + 1, era, of_era, of_year;

	year -= month <= 2;
	era = (year >= 0 ? year : year - 399) / 400;
	of_era = year - era * 400;
	of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + tm->tm_mday - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* `WIB` where the zone has letters, else `UTC+8`, `UTC-3:30`. */
static struct str
zone_name(struct arena *a, const struct tm *tm)
{
	long minutes = tm->tm_gmtoff / 60, size = minutes < 0 ? -minutes : minutes;
	struct str name = str_z(tm->tm_zone);

	if (name.n >= 2 && name.n <= 8 && ascii_alpha((unsigned char)name.p[0]))
		return arena_str(a, name);
	if (size % 60 == 0)
		return arena_fmt(a, "UTC%c%ld", minutes < 0 ? '-' : '+', size / 60);
	return arena_fmt(
	    a, "UTC%c%ld:%02ld", minutes < 0 ? '-' : '+', size / 60, size % 60);
}

static struct str
clock_time(struct arena *a, const struct tm *tm, char mark)
{
	return arena_fmt(a, "%02d%c%02d", tm->tm_hour, mark, tm->tm_min);
}

static struct str
day_month(struct arena *a, enum language l, const struct tm *tm)
{
	return arena_fmt(a, "%d %s", tm->tm_mday, short_months[l][tm->tm_mon]);
}

static struct str
date(struct arena *a, enum language l, const struct tm *tm, bool year)
{
	if (!year)
		return day_month(a, l, tm);
	return arena_fmt(
	    a, "%d %s %d", tm->tm_mday, short_months[l][tm->tm_mon], tm->tm_year + 1900);
}

static struct str
long_day(struct arena *a, enum language l, const struct tm *tm)
{
	return arena_fmt(a, "%s, %d %s %d", days[l][tm->tm_wday], tm->tm_mday,
	    months[l][tm->tm_mon], tm->tm_year + 1900);
}

static struct str
full(struct arena *a, enum language l, const struct tm *tm)
{
	struct str zone = zone_name(a, tm), day = long_day(a, l, tm);
	struct str at = clock_time(a, tm, l == LANGUAGE_ID ? '.' : ':');

	return arena_fmt(a, "%.*s %.*s %.*s", STR_ARG(day), STR_ARG(at), STR_ARG(zone));
}

static struct str
short_form(struct arena *a, enum language l, const struct tm *tm)
{
	struct str zone = zone_name(a, tm), day = date(a, l, tm, true);
	struct str at = clock_time(a, tm, '.');

	return arena_fmt(a, "%.*s %.*s %.*s", STR_ARG(day), STR_ARG(at), STR_ARG(zone));
}

static struct str
column(struct arena *a, enum language l, const struct tm *tm, const struct tm *now)
{
	int64_t apart = civil_days(now) - civil_days(tm);

	if (apart == 0)
		return clock_time(a, tm, '.');
	if (apart > WHEN_COLUMN_DAYS || apart < -WHEN_COLUMN_DAYS)
		return arena_fmt(a, "%d", tm->tm_year + 1900);
	return day_month(a, l, tm);
}

static struct str
relative(struct arena *a, enum language l, const struct tm *tm, const struct tm *now,
    int64_t ago)
{
	if (ago >= 0 && ago < 60)
		return l == LANGUAGE_ID ? STR("baru saja") : STR("just now");
	if (ago >= 0 && ago < 60 * 60)
		return arena_fmt(a, "%d %s", (int)(ago / 60), minute_unit[l]);
	if (ago >= 0 && civil_days(tm) == civil_days(now))
		return arena_fmt(a, "%d %s", (int)(ago / 3600), hour_unit[l]);
	if (civil_days(now) - civil_days(tm) == 1)
		return l == LANGUAGE_ID ? STR("kemarin") : STR("yesterday");
	return date(a, l, tm, tm->tm_year != now->tm_year);
}

static struct str
stamp(struct arena *a, const struct tm *tm)
{
	long minutes = tm->tm_gmtoff / 60, size = minutes < 0 ? -minutes : minutes;

	return arena_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02d%c%02ld:%02ld",
	    tm->tm_year + 1900, tm->tm_mon + 1, tm->tm_mday, tm->tm_hour, tm->tm_min,
	    tm->tm_sec, minutes < 0 ? '-' : '+', size / 60, size % 60);
}

static struct str
styled(struct arena *a, enum language l, enum when_style style, const struct tm *tm,
    const struct tm *now, int64_t ago)
{
	switch (style) {
	case WHEN_COLUMN:
		return column(a, l, tm, now);
	case WHEN_CLOCK:
		return clock_time(a, tm, '.');
	case WHEN_DATE:
		return date(a, l, tm, tm->tm_year != now->tm_year);
	case WHEN_RELATIVE:
		return relative(a, l, tm, now, ago);
	case WHEN_DAY:
		return long_day(a, l, tm);
	case WHEN_SHORT:
		return short_form(a, l, tm);
	case WHEN_FULL:
		return full(a, l, tm);
	case WHEN_STAMP:
		return stamp(a, tm);
	}
	return STR("");
}

struct str
when(struct arena *a, enum language l, enum when_style style, int64_t at, int64_t now)
{
	struct tm tm, now_tm;
	struct str said;

	if (!local_time(at, &tm))
		return STR("");
	if (!local_time(now, &now_tm))
		now_tm = tm;
	/* Clocks differ a little between newsrooms: only what is clearly ahead is marked.
	 */
	said =
	    styled(a, l, style, &tm, &now_tm, at > now && at - now < 60 ? 0 : now - at);
	if (at <= now || at - now < 60 || style == WHEN_DAY || style == WHEN_STAMP)
		return said;
	return arena_cat(a, said, STR("?"));
}

int64_t
when_day(int64_t at)
{
	struct tm tm;

	return local_time(at, &tm) ? civil_days(&tm) : INT64_MIN;
}

size_t
when_cols(enum language l, enum when_style style)
{
	static const uint8_t cols[2][WHEN_STAMP + 1] = {
	    [LANGUAGE_EN] = {6, 5, 11, 11, 28, 20, 38, 25},
	    [LANGUAGE_ID] = {6, 5, 11, 11, 24, 20, 34, 25},
	};

	return cols[l][style];
}

struct str
when_length(struct arena *a, enum language l, int64_t seconds)
{
	if (seconds >= DAY_S && seconds % DAY_S == 0)
		return arena_fmt(a, "%lld %s", (long long)(seconds / DAY_S), day_unit[l]);
	if (seconds >= 3600 && seconds % 3600 == 0)
		return arena_fmt(a, "%lld %s", (long long)(seconds / 3600), hour_unit[l]);
	return arena_fmt(a, "%lld %s", (long long)((seconds + 59) / 60), minute_unit[l]);
}
