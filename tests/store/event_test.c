/* Which event a story reports, in the store: grouping, what is kept, the very same words. */
#include "fixture.h"

#include "store/event.h"
#include "store/mark.h"
#include "store/sql.h"

static const char ferry_text[] =
    "The ferry Bunga Laut sank in the Alas Strait on Monday. Rescuers found 41 of 47 people aboard.";

static int64_t
place_all(struct fixture *f, struct event_memory *m, size_t step)
{
	int64_t joined = 0;
	for (bool done = false; !done;)
		OK(f, event_step(f->store, m, step, &joined, &done, &f->err));
	return joined;
}

static story_id
add(struct fixture *f, feed_id feed, const char *url, const char *title, const char *text,
    int64_t at)
{
	struct story s = fixture_story(f, url, title, text);
	s.published = at;
	s.lang = STR("en");
	return fixture_add(f, feed, &s);
}

static int64_t
cluster_of(struct fixture *f, story_id id)
{
	char sql[80];
	snprintf(sql, sizeof(sql), "SELECT coalesce(cluster, 0) FROM story WHERE id = %d", (int)id);
	return fixture_number(f, sql);
}

static bool
is_read(struct fixture *f, story_id id)
{
	char sql[80];
	snprintf(sql, sizeof(sql), "SELECT read_at > 0 FROM story WHERE id = %d", (int)id);
	return fixture_number(f, sql) == 1;
}

static void
an_event_is_one(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, "https://uji.example/f");
	struct event_memory *m = event_memory_new();
	story_id late = add(f, feed, "https://a.example/2", "Six missing after ferry goes down",
		     "Six people are missing after the ferry Bunga Laut went down in the Alas Strait.",
		     NOW - HOUR),
		 first = add(f, feed, "https://b.example/1", "Ferry sinks in Alas Strait, 41 rescued",
		     ferry_text, NOW - 2 * HOUR),
		 other = add(f, feed, "https://c.example/1", "Halden raises rates",
		     "The central bank of Halden raised its key rate to 3.25 percent.", NOW - HOUR);
	/* Listed the newest first, it is named by who had it first. */
	assert_int_equal(place_all(f, m, EVENT_STEP), 1);
	assert_int_equal(cluster_of(f, first), first);
	assert_int_equal(cluster_of(f, late), first);
	assert_int_equal(cluster_of(f, other), 0);
	assert_int_equal(place_all(f, m, EVENT_STEP), 0);
	event_memory_free(m);
	/* Another process knows it again, and nobody is moved. */
	m = event_memory_new();
	story_id third = add(f, feed, "https://d.example/9", "Search for Bunga Laut ferry survivors",
	    "Rescuers searched the Alas Strait for six people of the ferry Bunga Laut.", NOW);
	assert_int_equal(place_all(f, m, EVENT_STEP), 1);
	assert_int_equal(cluster_of(f, third), first);
	assert_int_equal(cluster_of(f, late), first);
	int64_t n;
	OK(f, list_cluster_size(f->store, first, 100, &n, &f->err));
	assert_int_equal(n, 3);
	event_memory_free(m);
}

/* The newest report that is in the list stands for the others. */
static void
one_stands_for_all(void **state)
{
	struct fixture *f = *state;
	feed_id one = fixture_feed(f, "https://uji.example/f"),
		two = fixture_feed(f, "https://uji.example/g");
	struct event_memory *m = event_memory_new();
	story_id a = add(f, one, "https://a.example/1", "Ferry sinks in Alas Strait", ferry_text,
		     NOW - 2 * HOUR),
		 b = add(f, two, "https://b.example/1", "Ferry Bunga Laut sinks in Alas Strait",
		     ferry_text, NOW - HOUR);
	place_all(f, m, EVENT_STEP);
	event_memory_free(m);
	struct story_rows rows;
	story_id ids[] = {a, b};
	bool behind;
	OK(f, list_ids(f->store, f->arena, ids, 2, &rows, &f->err));
	struct query *only_one = query_of_feeds(f->arena, &one, 1);
	OK(f, list_stands_behind(f->store, NULL, a, rows.v[0].ord, &behind, &f->err));
	assert_true(behind);
	OK(f, list_stands_behind(f->store, NULL, a, rows.v[1].ord, &behind, &f->err));
	assert_false(behind);
	OK(f, list_stands_behind(f->store, only_one, a, rows.v[0].ord, &behind, &f->err));
	assert_false(behind); /* the newer one is not in this feed */
	OK(f, sql_script(f->store, "UPDATE story SET muted_by = 'title:x' WHERE id = 2", &f->err));
	OK(f, list_stands_behind(f->store, NULL, a, rows.v[0].ord, &behind, &f->err));
	assert_false(behind);
	OK(f, sql_script(f->store, "UPDATE story SET muted_by = ''", &f->err));
}

/* A row is unread while a report that it stands for is. */
static void
unread_reports_behind_a_row(void **state)
{
	struct fixture *f = *state;
	feed_id one = fixture_feed(f, "https://uji.example/f"),
		two = fixture_feed(f, "https://uji.example/g");
	struct event_memory *m = event_memory_new();
	story_id ids[] = {
		add(f, one, "https://a.example/1", "Ferry sinks in Alas Strait", ferry_text,
		    NOW - 3 * HOUR),
		add(f, two, "https://b.example/1", "Ferry Bunga Laut sinks in Alas Strait",
		    ferry_text, NOW - 2 * HOUR),
		add(f, two, "https://b.example/2", "Ferry Bunga Laut has sunk in Alas Strait",
		    ferry_text, NOW - HOUR)};
	static const struct {
		const char *change;
		bool of_one; /* the list is that of the first feed */
		size_t row, n;
		size_t first; /* of those behind, when there are any */
	} rows[] = {
		{"UPDATE story SET read_at = 1 WHERE id = 3", false, 2, 2, 1},
		{"UPDATE story SET read_at = 1 WHERE id = 3", false, 1, 1, 0},
		{"UPDATE story SET read_at = 1 WHERE id = 3", false, 0, 0, 0},
		{"UPDATE story SET read_at = 1 WHERE id = 3", true, 2, 1, 0},
		{"UPDATE story SET muted_by = 'x' WHERE id = 2", false, 2, 1, 0},
		{"UPDATE story SET read_at = 1", false, 2, 0, 0},
	};
	struct story_rows r;
	place_all(f, m, EVENT_STEP);
	event_memory_free(m);
	OK(f, list_ids(f->store, f->arena, ids, 3, &r, &f->err));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		story_id *behind;
		size_t n;
		OK(f, sql_script(f->store, rows[i].change, &f->err));
		OK(f, list_unread_behind(f->store, f->arena,
			  rows[i].of_one ? query_of_feeds(f->arena, &one, 1) : NULL,
			  r.v[rows[i].row].cluster, r.v[rows[i].row].ord, 12, &behind, &n, &f->err));
		assert_int_equal(n, rows[i].n);
		if (n)
			assert_int_equal(behind[0], ids[rows[i].first]);
		OK(f, sql_script(
			  f->store, "UPDATE story SET read_at = NULL, muted_by = ''", &f->err));
	}
}

static void
reading_follows_the_very_same(void **state)
{
	struct fixture *f = *state;
	feed_id one = fixture_feed(f, "https://uji.example/f"),
		two = fixture_feed(f, "https://uji.example/g");
	struct event_memory *m = event_memory_new();
	story_id a = add(f, one, "https://a.example/1", "Ferry sinks in Alas Strait", ferry_text,
		     NOW - 2 * HOUR),
		 b = add(f, two, "https://b.example/1", "Ferry Sinks in Alas Strait", ferry_text,
		     NOW - HOUR),
		 c = add(f, two, "https://c.example/1", "Ferry sinks in Alas Strait",
		     "The ferry Bunga Laut sank in the Alas Strait, rescuers said. 41 were saved.",
		     NOW - HOUR);
	int64_t change, n;
	bool done = false;
	place_all(f, m, 2); /* in two steps */
	assert_int_equal(cluster_of(f, c), a);

	struct mark mark = {.what = MARK_READ, .scope = MARK_IDS, .ids = &b, .n_ids = 1};
	static const struct query_feeds none;
	OK(f, mark_now(f->store, &mark, none, NOW, 0, 10, &change, &n, &f->err));
	assert_true(is_read(f, a) && is_read(f, b));
	assert_false(is_read(f, c)); /* the same event in other words */
	OK(f, mark_undo(f->store, &change, &f->err));
	while (!done)
		OK(f, mark_step(f->store, (struct query_feeds){0}, NOW, &n, &done, &f->err));
	assert_false(is_read(f, a) || is_read(f, b));

	/* A feed that is read through takes it along; a star is for one. */
	mark = (struct mark){.what = MARK_READ, .scope = MARK_FEED, .feed = one};
	OK(f, mark_now(f->store, &mark, none, NOW, 0, 10, &change, &n, &f->err));
	assert_true(is_read(f, a) && is_read(f, b));
	mark = (struct mark){.what = MARK_STAR, .scope = MARK_IDS, .ids = &a, .n_ids = 1};
	OK(f, mark_now(f->store, &mark, none, NOW, 0, 10, &change, &n, &f->err));
	assert_int_equal(fixture_number(f, "SELECT count(*) FROM story WHERE starred > 0"), 1);

	/* What comes when it is read already comes read. */
	story_id d = add(f, one, "https://d.example/1", "Ferry sinks in Alas Strait", ferry_text, NOW);
	place_all(f, m, EVENT_STEP);
	assert_true(is_read(f, d));
	event_memory_free(m);
}

int
main(void)
{
#define EVENT_CASE(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
	const struct CMUnitTest tests[] = {
		EVENT_CASE(an_event_is_one),
		EVENT_CASE(one_stands_for_all),
		EVENT_CASE(unread_reports_behind_a_row),
		EVENT_CASE(reading_follows_the_very_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
