/* Windows: the same rows whatever the size of the store, at the cost of what is shown. */
#include "fixture.h"

#include <stdlib.h>

#include "store/mark.h"
#include "store/plan.h"
#include "store/sql.h"

enum { MANY = 50000, FEEDS = 10 };

/* --- what SQLite makes of it ------------------------------------------------------ */

static void
explain_must_be_lean(struct fixture *f, const char *what, struct str statement)
{
	struct str text = arena_cat(f->arena, STR("EXPLAIN QUERY PLAN "), statement);
	bool failed = false;
	sqlite3_stmt *st =
	    sql_query(f->store, arena_z(f->arena, text), SQL_NO_ARGS, &f->err);
	if (!st)
		fail_msg("%s: %s", what, f->err.text);
	while (sql_row(f->store, st, &failed, &f->err)) {
		struct str step = sql_get_text(f->arena, st, 3);
		bool sorts = str_find(step, STR("TEMP B-TREE")) != STR_NONE;
		bool scans = str_starts(step, STR("SCAN")) &&
		    str_find(step, STR("VIRTUAL TABLE")) == STR_NONE &&
		    str_find(step, STR("json_each")) == STR_NONE;
		if (sorts || scans)
			fail_msg(
			    "%s: %.*s\n%.*s", what, STR_ARG(statement), STR_ARG(step));
	}
}

static void
lists_neither_scan_nor_sort(void **state)
{
	struct fixture *f = *state;
	struct query_feed feeds[3];
	for (int i = 0; i < 3; i++) {
		char url[60];
		snprintf(url, sizeof(url), "https://uji.example/f%d", i);
		feeds[i] = (struct query_feed){fixture_feed(f, url),
		    str_z(arena_z(f->arena, str_z(url))),
		    arena_fmt(f->arena, "Umpan %d", i),
		    i < 2 ? STR("Dalam") : STR("Luar"), i == 2};
		fixture_many(f, feeds[i].id, i == 2 ? 100 : 5);
	}
	static const char *const queries[] = {"", "is:unread", "is:starred",
	    "feed:\"umpan 0\"", "feed:\"umpan 0\" is:unread", "section:dalam",
	    "section:dalam is:unread", "from:uji", "since:2d", "since:2d until:1h",
	    "kabar", "kabar is:unread", "is:unread lang:id", "kabar -nomor",
	    "title:kabar OR title:nomor", "is:stored", "urgency:1-2 since:1h",
	    "is:updated", "is:gone", "lang:id", "kabar is:starred", "is:unread -kabar",
	    "kabar OR is:starred", "from:uji OR lang:zz OR kabar"};
	for (size_t i = 0; i < COUNT_OF(queries); i++) {
		struct query *q;
		struct buf b = {0};
		struct str line, rest;
		OK(f,
		    query_parse(f->arena, str_z(queries[i]),
			(struct query_feeds){feeds, 3}, NOW, 0, &q, &f->err));
		OK(f, plan_explain(f->store, f->arena, q, &b, &f->err));
		rest = buf_str(&b);
		assert_true(rest.n > 0);
		while (rest.n) {
			str_cut(rest, '\n', &line, &rest);
			explain_must_be_lean(f, queries[i], line);
		}
		buf_clear(&b);
	}
}

/* Steps of SQLite's machine: what a window costs, without a clock. */
static int64_t
cost_of_first_window(struct fixture *f, const struct query *q)
{
	struct arena *a = arena_new();
	struct story_rows rows;
	struct sqlite3_stmt *st = NULL;
	int64_t cost = 0;
	/* Once to prepare the statements. */
	OK(f, list_window(f->store, a, q, LIST_TOP, LIST_OLDER, 50, &rows, &f->err));
	while ((st = sqlite3_next_stmt(f->store->db, st)))
		sqlite3_stmt_status(st, SQLITE_STMTSTATUS_VM_STEP, 1);
	OK(f, list_window(f->store, a, q, LIST_TOP, LIST_OLDER, 50, &rows, &f->err));
	while ((st = sqlite3_next_stmt(f->store->db, st)))
		cost += sqlite3_stmt_status(st, SQLITE_STMTSTATUS_VM_STEP, 1);
	arena_free(a);
	return cost;
}

static void
a_window_costs_what_it_shows(void **state)
{
	struct fixture *f = *state;
	static const char *const queries[] = {"", "is:unread", "feed:satu",
	    "feed:satu is:unread", "from:uji", "section:semua is:unread", "nomor",
	    "is:starred", "nomor is:starred", "nomor lang:zz", "nomor OR is:starred",
	    "nomor OR from:uji", "is:updated", "is:gone", "lang:zz", "n*", "nomor n*"};
	struct query_feed feeds[FEEDS];
	int64_t small[COUNT_OF(queries)];
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < FEEDS; i++) {
			char url[60];
			snprintf(url, sizeof(url), "https://uji.example/f%d", i);
			feeds[i] = (struct query_feed){fixture_feed(f, url),
			    str_z("https://x.example/"), i ? STR("lain") : STR("satu"),
			    STR("semua"), false};
			fixture_many(f, feeds[i].id, round ? MANY / FEEDS : 200);
		}
		fixture_index(f);
		for (size_t i = 0; i < COUNT_OF(queries); i++) {
			struct query *q;
			OK(f,
			    query_parse(f->arena, str_z(queries[i]),
				(struct query_feeds){feeds, FEEDS}, NOW, 0, &q, &f->err));
			int64_t cost = cost_of_first_window(f, q);
			if (round == 0)
				small[i] = cost;
			else if (cost > small[i] * 3 / 2 + 200)
				fail_msg(
				    "'%s': %lld steps among %d stories, %lld among 2000",
				    queries[i], (long long)cost, MANY,
				    (long long)small[i]);
		}
	}
}

static void
windows_over_many_meet_without_gap(void **state)
{
	struct fixture *f = *state;
	static const size_t sizes[] = {1, 7, 50, 999};
	fixture_many(f, fixture_feed(f, "https://uji.example/f"), 3000);
	for (size_t k = 0; k < COUNT_OF(sizes); k++) {
		struct story_rows rows;
		int64_t place = LIST_TOP;
		size_t n = 0;
		do {
			struct arena *a = arena_new();
			OK(f,
			    list_window(f->store, a, NULL, place, LIST_OLDER, sizes[k],
				&rows, &f->err));
			for (size_t i = 0; i < rows.n; i++) {
				assert_true(rows.v[i].ord < place);
				place = rows.v[i].ord;
			}
			n += rows.n;
			size_t got = rows.n;
			arena_free(a);
			if (got < sizes[k])
				break;
		} while (sizes[k] > 1 || n < 100);
		assert_int_equal(n, sizes[k] > 1 ? 3000 : 100);
	}
}

static void
what_was_just_read_stays_in_its_list(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, "https://uji.example/f");
	struct query *unread, *kept;
	struct story_rows rows, later;
	int64_t change, n;
	fixture_many(f, feed, 20);
	for (int one_feed = 0; one_feed < 2; one_feed++) {
		unread = query_and_unread(
		    f->arena, query_of_feeds(f->arena, &feed, (size_t)one_feed));
		kept = query_keep_read_since(f->arena, unread, NOW + 100);
		OK(f,
		    list_window(f->store, f->arena, kept, LIST_TOP, LIST_OLDER, 50, &rows,
			&f->err));
		assert_int_equal(rows.n, 20);
		for (int i = 2 + 8 * one_feed; i < 5 + 8 * one_feed; i++) {
			struct mark m = {
			    .what = MARK_READ, .ids = &rows.v[i].id, .n_ids = 1};
			OK(f,
			    mark_now(f->store, &m, (struct query_feeds){0},
				NOW + 100 + one_feed * 100, 0, 10, &change, &n, &f->err));
		}
		OK(f, list_window(f->store, f->arena, kept, LIST_TOP, LIST_OLDER, 50,
			  &later, &f->err));
		assert_int_equal(later.n, 20);
		/* A list begun later leaves out what was read before it. */
		kept = query_keep_read_since(f->arena, unread, NOW + 200);
		OK(f, list_window(f->store, f->arena, kept, LIST_TOP, LIST_OLDER, 50,
			  &later, &f->err));
		assert_int_equal(later.n, 17);
		OK(f, list_window(f->store, f->arena, unread, LIST_TOP, LIST_OLDER, 50,
			  &later, &f->err));
		assert_int_equal(later.n, one_feed ? 14 : 17);
	}
}

static void
kept_counts_agree_with_counted(void **state)
{
	struct fixture *f = *state;
	feed_id a = fixture_feed(f, "https://uji.example/a"),
		b = fixture_feed(f, "https://uji.example/b");
	int64_t n, cap = 1000, change;
	fixture_many(f, a, 30);
	fixture_many(f, b, 12);
	struct mark m = {.what = MARK_READ, .scope = MARK_FEED, .feed = b};
	OK(f, mark_now(f->store, &m, (struct query_feeds){0}, NOW, 0, 10, &change, &n,
		  &f->err));
	OK(f, list_count(f->store, NULL, cap, &n, &f->err));
	assert_int_equal(n, 42);
	OK(f, list_count(f->store, query_of_feeds(f->arena, &b, 1), cap, &n, &f->err));
	assert_int_equal(n, 12);
	OK(f, list_count(f->store,
		  query_and_unread(f->arena, query_of_feeds(f->arena, NULL, 0)), cap, &n,
		  &f->err));
	assert_int_equal(n, 30);
	OK(f, list_count(f->store, NULL, 7, &n, &f->err));
	assert_int_equal(n, 7);
}

int
main(void)
{
#define WITH_STORE(test)                                                                 \
	cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)
	const struct CMUnitTest tests[] = {
	    WITH_STORE(lists_neither_scan_nor_sort),
	    WITH_STORE(a_window_costs_what_it_shows),
	    WITH_STORE(windows_over_many_meet_without_gap),
	    WITH_STORE(what_was_just_read_stays_in_its_list),
	    WITH_STORE(kept_counts_agree_with_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
