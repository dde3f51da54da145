/* What is remembered of feeds, what goes when, and what the desk finds again. */
#include "fixture.h"

#include <stdlib.h>

#include "store/expire.h"
#include "store/fetch_queue.h"
#include "store/mark.h"
#include "store/saved.h"
#include "store/sql.h"

#define A "https://satu.example/feed.xml"
#define B "https://dua.example/feed.xml"
#define C "file:/home/pembaca/berita.xml"

static void
subscriptions_are_followed(void **state)
{
	struct fixture *f = *state;
	struct str urls[] = {STR(A), STR(B), STR(A)};
	feed_id ids[3], again[3];
	struct feed_states all;
	OK(f, feeds_sync(f->store, urls, 3, NOW, ids, &f->err));
	assert_int_equal(ids[0], ids[2]);
	assert_int_not_equal(ids[0], ids[1]);
	int64_t changes = fixture_number(f, "SELECT total_changes()");
	OK(f, feeds_sync(f->store, urls, 3, NOW, again, &f->err));
	assert_int_equal(fixture_number(f, "SELECT total_changes()"), changes);
	assert_memory_equal(ids, again, sizeof(ids));
	/* B vanishes, C comes; then B comes back with its number. */
	struct str other[] = {STR(A), STR(C)};
	OK(f, feeds_sync(f->store, other, 2, NOW + 1, again, &f->err));
	OK(f, feeds_all(f->store, f->arena, &all, &f->err));
	assert_int_equal(all.n, 3);
	for (size_t i = 0; i < all.n; i++)
		assert_int_equal(
		    all.v[i].dropped_at, all.v[i].id == ids[1] ? NOW + 1 : 0);
	OK(f, feeds_sync(f->store, urls, 2, NOW + 2, again, &f->err));
	assert_int_equal(again[1], ids[1]);
	assert_int_equal(
	    fixture_number(f, "SELECT count(*) FROM feed WHERE dropped_at = 0"), 2);
}

static void
state_comes_back_as_it_was_put(void **state)
{
	struct fixture *f = *state;
	feed_id id = fixture_feed(f, A);
	struct feed_state got,
	    s = {.id = id,
		.health = FEED_DENIED,
		.next_at = 1,
		.retry_after = 2,
		.last_at = 3,
		.last_status = 403,
		.good_at = 5,
		.failures = 6,
		.failing_since = 7,
		.error = STR("access denied (403)"),
		.etag = STR("e"),
		.last_modified = STR("m"),
		.body_hash = UINT64_MAX,
		.moved_to = STR(B),
		.moved_count = 2,
		.ttl_s = 900,
		.skip_hours = 0xFFFFFF,
		.skip_days = 0x7F,
		.title = STR("t"),
		.site = STR("s"),
		.lang = STR("id")};
	OK(f, feeds_put(f->store, &s, NULL, &f->err));
	OK(f, feeds_get(f->store, f->arena, id, &got, &f->err));
	s.url = STR(A);
	assert_true(str_eq(got.url, s.url) && str_eq(got.error, s.error) &&
	    str_eq(got.etag, s.etag) && str_eq(got.last_modified, s.last_modified) &&
	    str_eq(got.moved_to, s.moved_to) && str_eq(got.title, s.title) &&
	    str_eq(got.site, s.site) && str_eq(got.lang, s.lang));
	assert_true(got.body_hash == UINT64_MAX && got.skip_hours == 0xFFFFFF &&
	    got.skip_days == 0x7F);
	assert_int_equal(got.health, FEED_DENIED);
	assert_int_equal(got.failing_since, 7);
	assert_int_equal(got.moved_count, 2);
	/* A validator as long as a page is not sent back for ever. */
	char *long_one = arena_alloc(f->arena, FEEDS_MAX_VALIDATOR_BYTES + 1);
	memset(long_one, 'x', FEEDS_MAX_VALIDATOR_BYTES + 1);
	for (size_t over = 0; over < 2; over++) {
		s.etag = str_of(long_one, FEEDS_MAX_VALIDATOR_BYTES + over);
		OK(f, feeds_put(f->store, &s, NULL, &f->err));
		OK(f, feeds_get(f->store, f->arena, id, &got, &f->err));
		assert_int_equal(got.etag.n, over ? 0 : FEEDS_MAX_VALIDATOR_BYTES);
	}
	assert_false(feeds_get(f->store, f->arena, 99, &got, &f->err));
	assert_int_equal(f->err.kind, ERR_NOT_FOUND);
}

static void
the_last_ten_fetches_are_logged(void **state)
{
	struct fixture *f = *state;
	struct feed_state s = {.id = fixture_feed(f, A)};
	struct feed_fetches log;
	for (int i = 1; i <= 23; i++) {
		struct feed_fetch fetch = {.at = NOW + i, .status = 200 + i};
		OK(f, feeds_put(f->store, &s, &fetch, &f->err));
		OK(f, feeds_log(f->store, f->arena, s.id, &log, &f->err));
		assert_int_equal(log.n, i < FEEDS_LOG_ROWS ? i : FEEDS_LOG_ROWS);
		for (size_t k = 0; k < log.n; k++)
			assert_int_equal(log.v[k].at, NOW + i - (int64_t)k);
	}
}

static void
a_moved_feed_keeps_its_stories(void **state)
{
	struct fixture *f = *state;
	feed_id a = fixture_feed(f, A), found;
	fixture_many(f, a, 4);
	OK(f, feeds_move(f->store, STR(A), STR(B), NOW, &f->err));
	OK(f, feeds_find(f->store, STR(B), &found, &f->err));
	assert_int_equal(found, a);
	/* When the new address is known already, the two become one. */
	feed_id c = fixture_feed(f, C);
	fixture_many(f, c, 3);
	OK(f, feeds_move(f->store, STR(B), STR(C), NOW, &f->err));
	OK(f, feeds_find(f->store, STR(B), &found, &f->err));
	assert_int_equal(found, FEED_NONE);
	struct feed_state s;
	OK(f, feeds_get(f->store, f->arena, c, &s, &f->err));
	assert_int_equal(s.total, 7);
	assert_int_equal(s.unread, 7);
}

static void
removing_a_feed(void **state)
{
	struct fixture *f = *state;
	feed_id a = fixture_feed(f, A), b = fixture_feed(f, B);
	int64_t change, n;
	struct story both =
	    fixture_story(f, "https://satu.example/x", "Di dua umpan", "Isi.");
	fixture_many(f, a, 4);
	story_id shared = fixture_add(f, a, &both), starred = 2;
	fixture_add(f, b, &both);
	struct mark m = {.what = MARK_STAR, .ids = &starred, .n_ids = 1};
	OK(f,
	    mark_now(
		f->store, &m, (struct query_feeds){0}, NOW, 0, 1, &change, &n, &f->err));
	fixture_index(f);
	OK(f, feeds_remove(f->store, a, true, &f->err));
	assert_int_equal(fixture_number(f, "SELECT count(*) FROM story"), 2);
	assert_int_equal(fixture_number(f, "SELECT max(id) FROM story"), shared);
	OK(f, feeds_remove(f->store, b, false, &f->err));
	assert_int_equal(fixture_number(f, "SELECT count(*) FROM story"), 2);
}

/* --- retention -------------------------------------------------------------------- */

static void
expire_all(struct fixture *f, const struct expire_rules *rules, int64_t now,
    struct expire_result *r)
{
	*r = (struct expire_result){0};
	for (int steps = 0; !r->done; steps++) {
		assert_true(steps < 1000);
		OK(f, expire_step(f->store, rules, now, r, &f->err));
	}
}

static void
mark_ids(struct fixture *f, enum mark_what what, const story_id *ids, size_t n_ids)
{
	int64_t change, n;
	struct mark m = {.what = what, .ids = ids, .n_ids = n_ids};
	OK(f,
	    mark_now(
		f->store, &m, (struct query_feeds){0}, NOW, 0, 1, &change, &n, &f->err));
}

/* Steps of SQLite's machine for one expire_step, among n stories of which all are old. */
static int64_t
cost_of_expiring(struct fixture *f, size_t n)
{
	struct expire_rules rules = {.keep_unread_s = DAY};
	struct expire_result r = {0};
	feed_id feed = fixture_feed(f, A);
	fixture_many(f, feed, n);
	struct story s = fixture_story(f, "https://satu.example/baru", "Baru", "Isi.");
	fixture_add(f, feed, &s); /* it alone is listed now */
	fixture_index(f);
	OK(f, expire_step(f->store, &rules, NOW + 400 * DAY, &r, &f->err)); /* all is prepared */
	fixture_count_steps(f);
	OK(f, expire_step(f->store, &rules, NOW + 400 * DAY, &r, &f->err));
	assert_int_equal(r.stories, 2 * EXPIRE_STEP);
	return fixture_steps(f);
}

static void
a_step_of_expiring_costs_what_it_deletes(void **state)
{
	struct fixture *f = *state;
	int64_t among_few = cost_of_expiring(f, 500), among_many = cost_of_expiring(f, 6000);
	if (among_many > among_few * 3 / 2)
		fail_msg("%lld steps among 6000, %lld among 500", (long long)among_many,
		    (long long)among_few);
}

static void
old_stories_go_and_others_stay(void **state)
{
	struct fixture *f = *state;
	feed_id a = fixture_feed(f, A), b = fixture_feed(f, B);
	struct expire_result r;
	struct expire_rules rules = {.keep_s = 90 * DAY, .keep_unread_s = 365 * DAY};
	fixture_many(f, a, 10); /* 1 to 10 */
	fixture_many(f, b, 10); /* 11 to 20 */
	story_id read[] = {1, 2, 3, 4, 11, 12}, star[] = {2};
	mark_ids(f, MARK_READ, read, 6);
	mark_ids(f, MARK_STAR, star, 1);
	fixture_index(f);

	expire_all(f, &rules, NOW + 400 * DAY, &r);
	assert_int_equal(r.stories, 0); /* all are still in their feeds */

	/* Now the feeds list something else. */
	struct story s = fixture_story(f, "https://satu.example/baru", "Baru", "Isi.");
	struct story t =
	    fixture_story(f, "https://dua.example/baru", "Baru juga", "Isi.");
	fixture_add(f, a, &s);
	fixture_add(f, b, &t);
	expire_all(f, &rules, NOW + 90 * DAY, &r);
	assert_int_equal(r.stories, 0); /* not older than 90 days */

	struct fetch_wish wish = {
	    .id = 3, .url = STR("https://uji.example/1/2"), .at = NOW};
	OK(f, fetch_queue_add(f->store, &wish, &f->err));
	struct expire_feed own = {b, 30 * DAY};
	rules.feeds = &own;
	rules.n_feeds = 1;
	expire_all(f, &rules, NOW + 31 * DAY, &r);
	assert_int_equal(r.stories, 10); /* those of b, read or not */
	assert_int_equal(
	    fixture_number(f, "SELECT count(*) FROM story WHERE id BETWEEN 11 AND 20"),
	    0);

	expire_all(f, &rules, NOW + 91 * DAY, &r);
	assert_int_equal(r.stories, 2); /* 1 and 4: 2 has a star, 3 waits to be fetched */
	assert_int_equal(
	    fixture_number(f, "SELECT group_concat(id) = '2,3' FROM story WHERE id <= 4"),
	    1);
	expire_all(f, &rules, NOW + 366 * DAY, &r);
	assert_int_equal(
	    fixture_number(f, "SELECT count(*) FROM story WHERE id <= 10"), 2);
	/* For ever means for ever. */
	rules = (struct expire_rules){0};
	expire_all(f, &rules, NOW + 36500 * (int64_t)DAY, &r);
	assert_int_equal(r.stories, 0);
}

static void
a_vanished_line_keeps_its_stories_90_days(void **state)
{
	struct fixture *f = *state;
	struct str urls[] = {STR(A), STR(B)};
	feed_id ids[2];
	struct expire_result r;
	struct expire_rules rules = {.keep_s = DAY, .keep_unread_s = DAY};
	OK(f, feeds_sync(f->store, urls, 2, NOW, ids, &f->err));
	fixture_many(f, ids[0], 5);
	OK(f, sql_script(f->store, "UPDATE feed SET listed = x''", &f->err));
	OK(f, feeds_sync(f->store, urls + 1, 1, NOW, NULL, &f->err));
	expire_all(f, &rules, NOW + 89 * DAY, &r);
	assert_int_equal(r.stories + r.feeds, 0);
	expire_all(f, &rules, NOW + 91 * DAY, &r);
	assert_int_equal(r.feeds, 1);
	expire_all(f, &rules, NOW + 91 * DAY, &r);
	assert_int_equal(r.stories, 5);
}

static void
too_large_a_store_loses_oldest_read_first(void **state)
{
	struct fixture *f = *state;
	feed_id a = fixture_feed(f, A);
	struct expire_result r;
	int64_t change, n;
	fixture_many(f, a, 2000);
	struct story s = fixture_story(f, "https://satu.example/baru", "Baru", "Isi.");
	fixture_add(f, a, &s);
	struct mark m = {.what = MARK_READ,
	    .scope = MARK_ALL,
	    .before_ord = fixture_number(f, "SELECT ord FROM story WHERE id = 1500")};
	OK(f, mark_now(f->store, &m, (struct query_feeds){0}, NOW, 0, 1, &change, &n,
		  &f->err));
	int64_t used = fixture_number(f, "PRAGMA page_count") * fixture_number(f, "PRAGMA page_size");
	struct expire_rules rules = {.max_bytes = used - 1000000};
	expire_all(f, &rules, NOW, &r);
	assert_true(r.stories > 100 && r.stories < 1500);
	/* The oldest, all of them read. */
	assert_int_equal(fixture_number(f, "SELECT min(id) FROM story"), r.stories + 1);
	assert_int_equal(fixture_number(f, "SELECT unread FROM tally"), 501);
}

/* --- saved ------------------------------------------------------------------------ */

static void
values_are_saved(void **state)
{
	struct fixture *f = *state;
	struct bytes b;
	OK(f, saved_get(f->store, f->arena, STR("trail"), &b, &f->err));
	assert_int_equal(b.n, 0);
	OK(f, saved_put(f->store, STR("trail"), bytes_of("a\0b", 3), &f->err));
	OK(f, saved_put(f->store, STR("trail"), bytes_of("c\0d\xFF", 4), &f->err));
	fixture_reopen(f, STORE_READ);
	OK(f, saved_get(f->store, f->arena, STR("trail"), &b, &f->err));
	assert_int_equal(b.n, 4);
	assert_memory_equal(b.p, "c\0d\xFF", 4);
	fixture_reopen(f, STORE_WRITE);
	char *large = arena_alloc(f->arena, SAVED_MAX_BYTES + 1);
	OK(f, saved_put(f->store, STR("x"), bytes_of(large, SAVED_MAX_BYTES), &f->err));
	assert_false(
	    saved_put(f->store, STR("x"), bytes_of(large, SAVED_MAX_BYTES + 1), &f->err));
}

static void
opened_and_typed_are_newest_first_and_once(void **state)
{
	struct fixture *f = *state;
	struct saved_openeds o;
	struct saved_typed t;
	static const char *const lines[] = {"a", "b", "a", "c"};
	story_id ids[] = {1, 2, 1, 3, 999};
	fixture_many(f, fixture_feed(f, A), 3);
	for (size_t i = 0; i < COUNT_OF(ids); i++)
		OK(f, saved_open_story(f->store, ids[i], NOW + (int64_t)i, &f->err));
	OK(f, saved_openeds(f->store, f->arena, 10, &o, &f->err));
	assert_int_equal(o.n, 3);
	assert_int_equal(o.v[0].id, 3);
	assert_int_equal(o.v[1].id, 1);
	assert_int_equal(o.v[1].at, NOW + 2);
	for (size_t i = 0; i < COUNT_OF(lines); i++)
		OK(f, saved_type(f->store, bytes_of(lines[i], 1), NOW, &f->err));
	OK(f, saved_typed(f->store, f->arena, 2, &t, &f->err));
	assert_int_equal(t.n, 2);
	assert_memory_equal(t.v[0].p, "c", 1);
	assert_memory_equal(t.v[1].p, "a", 1);
	OK(f, store_begin(f->store, &f->err));
	for (int i = 0; i < SAVED_MAX_TYPED + 5; i++)
		OK(f, saved_type(f->store, bytes_of(&i, sizeof(i)), NOW, &f->err));
	OK(f, store_commit(f->store, &f->err));
	assert_int_equal(
	    fixture_number(f, "SELECT count(*) FROM typed"), SAVED_MAX_TYPED);
}

static void
wishes_wait_once(void **state)
{
	struct fixture *f = *state;
	struct fetch_wishes w;
	struct fetch_wish wish = {
	    .url = STR("https://satu.example/a"), .at = NOW, .depth = 1, .budget = 9};
	OK(f, fetch_queue_add(f->store, &wish, &f->err));
	wish = (struct fetch_wish){.url = STR("http://www.satu.example/a?utm_source=x"),
	    .at = NOW + 1,
	    .depth = 2,
	    .budget = 3,
	    .id = 5,
	    .title = STR("A")};
	OK(f, fetch_queue_add(f->store, &wish, &f->err));
	wish = (struct fetch_wish){.url = STR("https://satu.example/b"), .at = NOW + 2};
	OK(f, fetch_queue_add(f->store, &wish, &f->err));
	OK(f, fetch_queue_failed(f->store, STR("https://satu.example/a"), &f->err));
	OK(f, fetch_queue_list(f->store, f->arena, 10, &w, &f->err));
	assert_int_equal(w.n, 2);
	assert_true(str_eq(w.v[0].url, STR("https://satu.example/a")));
	assert_int_equal(w.v[0].depth, 2);
	assert_int_equal(w.v[0].budget, 9);
	assert_int_equal(w.v[0].id, 5);
	assert_int_equal(w.v[0].failures, 1);
	OK(f, fetch_queue_remove(f->store, STR("https://m.satu.example/a"), &f->err));
	int64_t n;
	OK(f, fetch_queue_count(f->store, &n, &f->err));
	assert_int_equal(n, 1);
}

int
main(void)
{
#define WITH_STORE(test)                                                                 \
	cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)
	const struct CMUnitTest tests[] = {
	    WITH_STORE(subscriptions_are_followed),
	    WITH_STORE(state_comes_back_as_it_was_put),
	    WITH_STORE(the_last_ten_fetches_are_logged),
	    WITH_STORE(a_moved_feed_keeps_its_stories),
	    WITH_STORE(removing_a_feed),
	    WITH_STORE(a_step_of_expiring_costs_what_it_deletes),
	    WITH_STORE(old_stories_go_and_others_stay),
	    WITH_STORE(a_vanished_line_keeps_its_stories_90_days),
	    WITH_STORE(too_large_a_store_loses_oldest_read_first),
	    WITH_STORE(values_are_saved),
	    WITH_STORE(opened_and_typed_are_newest_first_and_once),
	    WITH_STORE(wishes_wait_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
