/* Marks, ten thousand at once and back, and what comes between. */
#include "fixture.h"

#include <stdlib.h>

#include "store/mark.h"
#include "store/sql.h"

static const struct query_feeds no_feeds;

/* A number that is the same when all marks are the same. */
static int64_t
state_of_marks(struct fixture *f)
{
	int64_t reading = fixture_number(f,
	    "SELECT coalesce(sum((id * 31 + coalesce(read_at, -7)) * "
	    "17 + updated_since_read), 0) FROM story");
	int64_t stars =
	    fixture_number(f, "SELECT coalesce(sum(id * (starred > 0)), 0) FROM story");
	return (int64_t)((uint64_t)reading * 1000003 + (uint64_t)stars);
}

static int64_t
marked(struct fixture *f, struct mark m, int64_t now)
{
	int64_t change, n;
	OK(f,
	    mark_now(
		f->store, &m, no_feeds, now, 0, MARK_UNDO_LEVELS, &change, &n, &f->err));
	return n;
}

static int64_t
turned(struct fixture *f, bool back)
{
	int64_t change, n = 0;
	bool done = false;
	OK(f,
	    back ? mark_undo(f->store, &change, &f->err)
		 : mark_redo(f->store, &change, &f->err));
	while (change && !done)
		OK(f, mark_step(f->store, no_feeds, NOW + 500, &n, &done, &f->err));
	return change ? n : -1;
}

static int64_t
kept_unread(struct fixture *f)
{
	struct store_counts c;
	OK(f, store_counts(f->store, &c, &f->err));
	assert_int_equal(c.unread,
	    fixture_number(f, "SELECT count(*) FROM story WHERE read_at IS NULL"));
	return c.unread;
}

static void
ten_thousand_and_back(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, "https://uji.example/f");
	fixture_many(f, feed, 10000);
	story_id few[] = {5, 17, 4711};
	assert_int_equal(
	    marked(f, (struct mark){.what = MARK_READ, .ids = few, .n_ids = 3}, NOW), 3);
	assert_int_equal(
	    marked(f, (struct mark){.what = MARK_STAR, .ids = few, .n_ids = 2}, NOW), 2);
	int64_t before = state_of_marks(f);

	assert_int_equal(
	    marked(f, (struct mark){.what = MARK_READ, .scope = MARK_ALL}, NOW + 10),
	    9997);
	assert_int_equal(kept_unread(f), 0);
	int64_t after = state_of_marks(f);
	assert_int_equal(turned(f, true), 9997);
	assert_int_equal(state_of_marks(f), before);
	assert_int_equal(kept_unread(f), 9997);

	assert_int_equal(turned(f, false), 9997);
	assert_int_equal(kept_unread(f), 0);
	/* Done again it was read again, at a time of its own. */
	assert_int_not_equal(state_of_marks(f), after);
	assert_int_equal(turned(f, true), 9997);
	assert_int_equal(state_of_marks(f), before);

	assert_int_equal(turned(f, true), 2); /* the stars */
	assert_int_equal(turned(f, true), 3);
	assert_int_equal(turned(f, true), -1); /* nothing to undo */
	assert_int_equal(kept_unread(f), 10000);
	for (int i = 0; i < 2; i++)
		assert_true(turned(f, false) > 0);
	assert_int_equal(state_of_marks(f) == before, 0); /* the times are new */
	assert_int_equal(kept_unread(f), 9997);
}

static void
what_came_between_stays(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, "https://uji.example/f");
	fixture_many(f, feed, 100);
	assert_int_equal(
	    marked(f, (struct mark){.what = MARK_READ, .scope = MARK_FEED, .feed = feed},
		NOW),
	    100);
	/* One becomes unread by a correction, one new story comes, one is starred. */
	OK(f, store_begin(f->store, &f->err));
	OK(f,
	    sql_script(f->store,
		"UPDATE story SET read_at = NULL, updated_since_read = 1 WHERE id = 50",
		&f->err));
	OK(f, store_commit(f->store, &f->err));
	struct story s =
	    fixture_story(f, "https://uji.example/baru", "Kabar baru", "Isi.");
	fixture_add(f, feed, &s);
	assert_int_equal(kept_unread(f), 2);
	assert_int_equal(turned(f, true), 99);
	assert_int_equal(kept_unread(f), 101);
	assert_int_equal(
	    fixture_number(f, "SELECT updated_since_read FROM story WHERE id = 50"), 1);
}

/* The rows on the screen change with the first step, which is small whatever the scope is. */
static void
what_is_seen_changes_first(void **state)
{
	struct fixture *f = *state;
	static const char newest[] = "SELECT count(*) FROM (SELECT read_at FROM story ORDER BY ord DESC"
				     " LIMIT 100) WHERE read_at IS NULL";
	int64_t change, n = 0, steps;
	bool done;
	fixture_many(f, fixture_feed(f, "https://uji.example/f"), 5000);
	struct mark m = {.what = MARK_READ, .scope = MARK_ALL};
	fixture_count_steps(f);
	OK(f, mark_begin(f->store, &m, no_feeds, NOW, 0, 10, &change, &f->err));
	OK(f, mark_step(f->store, no_feeds, NOW, &n, &done, &f->err));
	steps = fixture_steps(f);
	assert_int_equal(n, MARK_FIRST);
	assert_true(steps > 0 && steps < 40000);
	assert_int_equal(fixture_number(f, newest), 0);
	assert_int_equal(kept_unread(f), 4900);
	while (!done)
		OK(f, mark_step(f->store, no_feeds, NOW, &n, &done, &f->err));
	assert_int_equal(kept_unread(f), 0);

	n = 0;
	fixture_count_steps(f);
	OK(f, mark_undo(f->store, &change, &f->err));
	OK(f, mark_step(f->store, no_feeds, NOW, &n, &done, &f->err));
	assert_true(fixture_steps(f) < 40000);
	assert_int_equal(n, MARK_FIRST);
	assert_int_equal(fixture_number(f, newest), 100);
	assert_int_equal(turned(f, false), MARK_FIRST); /* once more, in the middle of taking back */
	assert_int_equal(kept_unread(f), 0);
}

/* What arrives while a scope is walked was not meant, wherever its place is. */
static void
a_walk_leaves_later_stories_alone(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, "https://uji.example/f");
	int64_t change, n = 0;
	bool done;
	fixture_many(f, feed, 3000);
	struct mark m = {.what = MARK_READ, .scope = MARK_QUERY, .query = STR("is:unread")};
	OK(f, mark_begin(f->store, &m, no_feeds, NOW, 0, 10, &change, &f->err));
	OK(f, mark_step(f->store, no_feeds, NOW, &n, &done, &f->err));
	struct story s = fixture_story(f, "https://uji.example/lama", "Kabar lama", "Isi.");
	s.published = NOW - 400 * DAY;
	fixture_add(f, feed, &s);
	while (!done)
		OK(f, mark_step(f->store, no_feeds, NOW, &n, &done, &f->err));
	assert_int_equal(n, 3000);
	assert_int_equal(kept_unread(f), 1);
}

static void
a_new_mark_ends_redo(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, "https://uji.example/f");
	story_id one = 1, two = 2;
	fixture_many(f, feed, 3);
	marked(f, (struct mark){.what = MARK_READ, .ids = &one, .n_ids = 1}, NOW);
	assert_int_equal(turned(f, true), 1);
	marked(f, (struct mark){.what = MARK_STAR, .ids = &two, .n_ids = 1}, NOW);
	assert_int_equal(turned(f, false), -1);
	assert_int_equal(turned(f, true), 1);
	assert_int_equal(fixture_number(f, "SELECT starred FROM tally"), 0);
}

static void
steps_go_on_after_a_kill(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, "https://uji.example/f");
	int64_t change, n = 0;
	bool done, pending;
	fixture_many(f, feed, 5 * MARK_STEP);
	int64_t before = state_of_marks(f);
	struct mark m = {.what = MARK_READ, .scope = MARK_ALL};
	OK(f, mark_begin(f->store, &m, no_feeds, NOW, 0, 10, &change, &f->err));
	OK(f, mark_step(f->store, no_feeds, NOW, &n, &done, &f->err));
	OK(f, mark_step(f->store, no_feeds, NOW, &n, &done, &f->err));
	assert_false(done);
	assert_int_equal(n, MARK_FIRST + MARK_STEP);
	fixture_must_be_sound(f);
	fixture_reopen(
	    f, STORE_WRITE); /* as after a kill: the open change is in the store */
	OK(f, mark_pending(f->store, &pending, &f->err));
	assert_true(pending);
	/* Undone in the middle: only what was done comes back. */
	assert_int_equal(turned(f, true), MARK_FIRST + MARK_STEP);
	assert_int_equal(state_of_marks(f), before);
	assert_int_equal(turned(f, false), 5 * MARK_STEP);
	assert_int_equal(kept_unread(f), 0);
	assert_int_equal(turned(f, true), 5 * MARK_STEP);
	assert_int_equal(state_of_marks(f), before);
}

static void
scopes_mean_what_they_say(void **state)
{
	struct fixture *f = *state;
	feed_id a = fixture_feed(f, "https://uji.example/a"),
		b = fixture_feed(f, "https://uji.example/b");
	fixture_many(f, a, 10);
	fixture_many(f, b, 10);
	struct query_feed feeds[] = {
	    {a, STR("https://uji.example/a"), STR("Pertama"), STR("S"), false},
	    {b, STR("https://uji.example/b"), STR("Kedua"), STR("S"), false}};
	int64_t change, n;
	struct mark m = {.what = MARK_READ,
	    .scope = MARK_QUERY,
	    .query = STR("feed:kedua title:nomor")};
	OK(f, mark_now(f->store, &m, (struct query_feeds){feeds, 2}, NOW, 0, 9, &change,
		  &n, &f->err));
	assert_int_equal(n, 10);
	m.query = STR("feed:ketiga");
	assert_false(mark_now(f->store, &m, (struct query_feeds){feeds, 2}, NOW, 0, 9,
	    &change, &n, &f->err));
	assert_int_equal(f->err.kind, ERR_USAGE);
	/* Nothing newer than what was seen. */
	int64_t seen = fixture_number(f, "SELECT ord FROM story WHERE id = 6");
	m = (struct mark){.what = MARK_READ, .scope = MARK_ALL, .before_ord = seen};
	OK(f, mark_now(f->store, &m, no_feeds, NOW, 0, 9, &change, &n, &f->err));
	assert_int_equal(n, 6);
	assert_int_equal(
	    fixture_number(
		f, "SELECT count(*) FROM story WHERE read_at IS NULL AND id <= 6"),
	    0);
	/* Marking again changes nothing and leaves nothing to undo. */
	OK(f, mark_now(f->store, &m, no_feeds, NOW, 0, 9, &change, &n, &f->err));
	assert_int_equal(n, 0);
	assert_int_equal(change, 0);
	m = (struct mark){.what = MARK_UNREAD, .scope = MARK_ALL};
	OK(f, mark_now(f->store, &m, no_feeds, NOW, 0, 9, &change, &n, &f->err));
	assert_int_equal(n, 16);
	assert_int_equal(kept_unread(f), 20);
}

static void
undo_levels_are_bounded(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, "https://uji.example/f");
	int64_t change, n;
	fixture_many(f, feed, 12);
	for (story_id id = 1; id <= 12; id++) {
		struct mark m = {.what = MARK_READ, .ids = &id, .n_ids = 1};
		OK(f, mark_now(f->store, &m, no_feeds, NOW, 0, 5, &change, &n, &f->err));
	}
	for (int i = 0; i < 5; i++)
		assert_int_equal(turned(f, true), 1);
	assert_int_equal(turned(f, true), -1);
	assert_int_equal(kept_unread(f), 5);
}

static void
a_missing_story_is_no_failure(void **state)
{
	struct fixture *f = *state;
	story_id ids[] = {1, 999};
	fixture_many(f, fixture_feed(f, "https://uji.example/f"), 1);
	assert_int_equal(
	    marked(f, (struct mark){.what = MARK_STAR, .ids = ids, .n_ids = 2}, NOW), 1);
	struct mark_record last;
	bool found;
	OK(f, mark_last(f->store, &last, &found, &f->err));
	assert_true(found);
	assert_int_equal(last.n, 1);
	assert_int_equal(last.what, MARK_STAR);
	assert_false(last.undone);
}

int
main(void)
{
#define WITH_STORE(test)                                                                 \
	cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)
	const struct CMUnitTest tests[] = {
	    WITH_STORE(ten_thousand_and_back),
	    WITH_STORE(what_came_between_stays),
	    WITH_STORE(what_is_seen_changes_first),
	    WITH_STORE(a_walk_leaves_later_stories_alone),
	    WITH_STORE(a_new_mark_ends_redo),
	    WITH_STORE(steps_go_on_after_a_kill),
	    WITH_STORE(scopes_mean_what_they_say),
	    WITH_STORE(undo_levels_are_bounded),
	    WITH_STORE(a_missing_story_is_no_failure),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
