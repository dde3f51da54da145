#include "story/zone.h"

#include "story/agency.h"
#include "text/date.h"

enum summer { SUMMER_NONE, SUMMER_EU, SUMMER_US, SUMMER_AU, SUMMER_NZ, SUMMERS };

struct zone {
	struct str country, languages; /* parted by spaces */
	int32_t offset_min;
	enum summer summer;
	bool dominant;
};

static const struct zone zones[] = {
#define ZONE(country, languages, minutes, summer, dominant)                                 \
	{STR_INIT(country), STR_INIT(languages), minutes, SUMMER_##summer, dominant},
#include "story/zone.def"
#undef ZONE
};

/* The first and last day: the Sunday that is the nth of the month, or the last (5). */
static const struct {
	int month, sunday, end_month, end_sunday;
} summers[SUMMERS] = {
	[SUMMER_EU] = {3, 5, 10, 5},
	[SUMMER_US] = {3, 2, 11, 1},
	[SUMMER_AU] = {10, 1, 4, 1},
	[SUMMER_NZ] = {9, 5, 4, 1},
};

static const struct zone *
zone_of_country(struct str country)
{
	for (size_t i = 0; i < COUNT_OF(zones); i++)
		if (str_eq_nocase(zones[i].country, country))
			return &zones[i];
	return NULL;
}

static const struct zone *
if_dominant(const struct zone *zone)
{
	return zone && zone->dominant ? zone : NULL;
}

const struct zone *
zone_of_host(struct str host)
{
	const struct agency *agency = agency_by_host(host);
	if (agency)
		return zone_of_country(agency->country);
	size_t dot = str_find_last_char(host, '.');
	struct str ending = dot == STR_NONE ? STR("") : str_from(host, dot + 1);
	return if_dominant(
	    zone_of_country(str_eq_nocase(ending, STR("uk")) ? STR("GB") : ending));
}

const struct zone *
zone_of_language(struct str tag)
{
	struct str language = tag, region = STR("");
	size_t n = 0;

	while (n < tag.n && tag.p[n] != '-' && tag.p[n] != '_')
		n++;
	language = str_sub(tag, 0, n);
	/* The last part; a script may stand between ("zh-Hant-TW"). */
	for (size_t at = n; at < tag.n; at++)
		if (tag.p[at] == '-' || tag.p[at] == '_')
			region = str_from(tag, at + 1);
	if (region.n == 2)
		return if_dominant(zone_of_country(region));
	for (size_t i = 0; i < COUNT_OF(zones); i++) {
		struct str words = zones[i].languages, word;
		while ((word = str_word(&words)).n)
			if (str_eq_nocase(word, language))
				return if_dominant(&zones[i]);
	}
	return NULL;
}

/* The day of the month of its nth Sunday; 5: the last. */
static int
sunday_of(int64_t year, int month, int nth)
{
	int days = date_month_days(year, month);
	int64_t first = date_days(year, month, 1);
	int day = 1 + (int)(((3 - first) % 7 + 7) % 7) + (nth - 1) * 7;
	while (day > days)
		day -= 7;
	return day;
}

static bool
is_summer(enum summer summer, int64_t local)
{
	struct civil c = date_civil(local, 0);
	int64_t today = date_days(c.year, c.month, c.day);
	int64_t first = date_days(c.year, summers[summer].month,
	    sunday_of(c.year, summers[summer].month, summers[summer].sunday));
	int64_t last = date_days(c.year, summers[summer].end_month,
	    sunday_of(c.year, summers[summer].end_month, summers[summer].end_sunday));
	/* South of the equator it goes on over the new year. */
	return first < last ? today >= first && today < last : today >= first || today < last;
}

int32_t
zone_offset(const struct zone *zone, int64_t local)
{
	bool summer = zone->summer != SUMMER_NONE && is_summer(zone->summer, local);
	return zone->offset_min + (summer ? 60 : 0);
}
