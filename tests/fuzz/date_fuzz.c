/* Dates: what was understood and is written again is understood the same. */
#include "fuzz.h"

#include "text/clean.h"
#include "text/date.h"

static void
check_written(struct arena *a, const struct date *d)
{
	struct date again;
	FUZZ_MUST(date_parse(date_instant(a, d->at), &again) && again.at == d->at);
	FUZZ_MUST(date_parse(date_as_written(a, d), &again));
	FUZZ_MUST(again.at == d->at && again.has_time == d->has_time);
	FUZZ_MUST(again.has_zone == d->has_zone && again.offset_min == d->offset_min);
	(void)date_http(a, d->at);
}

FUZZ_TARGET(date)
{
	struct arena *a = arena_new();
	struct str text = text_clean(a, bytes_of(p, n));
	struct date d;
	if (date_parse(text, &d))
		check_written(a, &d);
	if (date_find(text, &d))
		check_written(a, &d);
	arena_free(a);
	return 0;
}
