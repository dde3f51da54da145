/* Stories as events: which stories are one, whose headline stands for it, and in which order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "story/story.h"
#include "view/events.h"

enum { MAX_ROWS = 6 };

struct row {
	const char *name;
	struct story_row rows[MAX_ROWS];
	const char *want; /* events parted by |: ids oldest first, urgency, agencies */
};

#define ROW(number, when, event, agency_, urgency_)                                        \
	{.id = (number), .published = (when), .cluster = (event), .agency = STR_INIT(agency_), \
	    .urgency = (urgency_)}

static const struct row rows[] = {
    {"nothing", {{0}}, ""},
    {"alone, newest first", {ROW(1, 10, 0, "A", 0), ROW(2, 20, 0, "B", 0)}, "2 0 B|1 0 A"},
    {"one event of three, the first in front whatever the order of rows",
	{ROW(3, 30, 7, "AFP", 0), ROW(1, 10, 7, "ANTARA", 5), ROW(2, 20, 7, "Yonhap", 3)},
	"1 2 3 3 ANTARA, Yonhap, AFP"},
    {"an agency that follows itself is named once",
	{ROW(1, 10, 7, "ANTARA", 0), ROW(2, 20, 7, "ANTARA", 0), ROW(3, 30, 7, "", 0)},
	"1 2 3 0 ANTARA"},
    {"urgent before newer, flash before urgent, ordinary by time alone",
	{ROW(1, 10, 0, "A", 2), ROW(2, 20, 0, "B", 1), ROW(3, 30, 0, "C", 3), ROW(4, 40, 0, "D", 8),
	    ROW(5, 50, 0, "E", 0)},
	"2 1 B|1 2 A|5 0 E|4 8 D|3 3 C"},
    {"an event is as new as its newest story",
	{ROW(1, 10, 7, "A", 0), ROW(2, 30, 0, "B", 0), ROW(3, 40, 7, "C", 0)}, "1 3 0 A, C|2 0 B"},
    {"without a time, since it was seen",
	{{.id = 1, .published = STORY_NO_TIME, .first_seen = 50, .agency = STR_INIT("A")},
	    ROW(2, 40, 0, "B", 0)},
	"1 0 A|2 0 B"},
};

static void
tell(struct arena *a, const struct events *events, struct buf *out)
{
	for (size_t i = 0; i < events->n; i++) {
		const struct event *e = &events->v[i];
		assert_ptr_equal(e->first, e->stories[0]);
		assert_ptr_equal(e->newest, e->stories[e->n - 1]);
		if (i)
			buf_char(out, '|');
		for (size_t k = 0; k < e->n; k++)
			buf_fmt(out, "%d ", (int)e->stories[k]->id);
		struct str agencies = event_agencies(a, e);
		buf_fmt(out, "%d %.*s", e->urgency, STR_ARG(agencies));
	}
}

static void
test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct arena *a = arena_new();
		struct story_row copy[MAX_ROWS];
		struct story_rows all = {copy, 0};
		struct buf got = {0};
		while (all.n < MAX_ROWS && rows[i].rows[all.n].id) {
			copy[all.n] = rows[i].rows[all.n];
			all.n++;
		}
		struct events events = events_of(a, &all);
		tell(a, &events, &got);
		if (!str_eq(buf_str(&got), str_z(rows[i].want)))
			fail_msg("%s: got '%s', not '%s'", rows[i].name, buf_z(&got), rows[i].want);
		buf_clear(&got);
		arena_free(a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
