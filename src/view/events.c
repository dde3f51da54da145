#include "view/events.h"

#include <stdlib.h>

#include "base/buf.h"
#include "story/story.h"

enum { URGENT = 2 }; /* up to this urgency an event stands before those that are newer */

static int64_t
time_of(const struct story_row *r)
{
	return r->published == STORY_NO_TIME ? r->first_seen : r->published;
}

static int
compare(int64_t x, int64_t y)
{
	return (x > y) - (x < y);
}

/* One event after the other, and in each the oldest first. */
static int
by_event(const void *x, const void *y)
{
	const struct story_row *a = *(const struct story_row *const *)x;
	const struct story_row *b = *(const struct story_row *const *)y;
	int order = compare(a->cluster, b->cluster);
	if (order == 0)
		order = compare(time_of(a), time_of(b));
	return order ? order : compare(a->id, b->id);
}

static int
urgent_rank(const struct event *e)
{
	return e->urgency >= 1 && e->urgency <= URGENT ? e->urgency : URGENT + 1;
}

static int
by_weight(const void *x, const void *y)
{
	const struct event *a = x, *b = y;
	int order = compare(urgent_rank(a), urgent_rank(b));
	if (order == 0)
		order = compare(time_of(b->newest), time_of(a->newest));
	return order ? order : compare(b->newest->id, a->newest->id);
}

static struct event
event_of(const struct story_row **stories, size_t n)
{
	struct event e = {.first = stories[0], .newest = stories[n - 1], .stories = stories, .n = n};
	for (size_t i = 0; i < n; i++)
		if (stories[i]->urgency && (!e.urgency || stories[i]->urgency < e.urgency))
			e.urgency = stories[i]->urgency;
	return e;
}

struct events
events_of(struct arena *a, const struct story_rows *rows)
{
	const struct story_row **sorted = ARENA_ARRAY(a, const struct story_row *, rows->n + 1);
	struct events events = {ARENA_ARRAY(a, struct event, rows->n + 1), 0};
	for (size_t i = 0; i < rows->n; i++)
		sorted[i] = &rows->v[i];
	qsort(sorted, rows->n, sizeof(sorted[0]), by_event);
	for (size_t i = 0, end; i < rows->n; i = end) {
		end = i + 1;
		while (end < rows->n && sorted[i]->cluster &&
		       sorted[end]->cluster == sorted[i]->cluster)
			end++;
		events.v[events.n++] = event_of(sorted + i, end - i);
	}
	qsort(events.v, events.n, sizeof(events.v[0]), by_weight);
	return events;
}

struct str
event_agencies(struct arena *a, const struct event *e)
{
	struct buf b = {0};
	for (size_t i = 0; i < e->n; i++) {
		struct str name = e->stories[i]->agency;
		bool known = name.n == 0;
		for (size_t k = 0; k < i && !known; k++)
			known = str_eq(e->stories[k]->agency, name);
		if (known)
			continue;
		if (b.n)
			buf_add(&b, STR(", "));
		buf_add(&b, name);
	}
	struct str all = arena_str(a, buf_str(&b));
	buf_clear(&b);
	return all;
}
