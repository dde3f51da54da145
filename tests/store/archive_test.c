/* A feed's archive: what is noted, and what its documents may change. */
#include "fixture.h"

#include "store/archive.h"
#include "store/list_place.h"
#include "store/read.h"

#define FEED "https://kawat.example/feed.xml"

static void
notes_are_kept_and_forgotten(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED), other = fixture_feed(f, "https://b.example/");
	struct archive_document d;
	int64_t n;
	OK(f, archive_find(f->store, f->arena, feed, STR("u/2"), &d, &f->err));
	assert_false(d.taken);
	OK(f, archive_put(f->store, feed, STR("u/2"), STR("u/1"), 3, NOW, &f->err));
	OK(f, archive_put(f->store, feed, STR("u/2"), STR("u/0"), 3, NOW, &f->err));
	OK(f, archive_put(f->store, feed, STR("u/0"), STR(""), 3, NOW, &f->err));
	OK(f, archive_find(f->store, f->arena, feed, STR("u/2"), &d, &f->err));
	assert_true(d.taken && str_eq(d.older, STR("u/0")));
	OK(f, archive_find(f->store, f->arena, feed, STR("u/0"), &d, &f->err));
	assert_true(d.taken && d.older.n == 0);
	OK(f, archive_find(f->store, f->arena, other, STR("u/2"), &d, &f->err));
	assert_false(d.taken);
	OK(f, archive_count(f->store, feed, &n, &f->err));
	assert_int_equal(n, 2);
	OK(f, archive_forget(f->store, feed, &f->err));
	OK(f, archive_count(f->store, feed, &n, &f->err));
	assert_int_equal(n, 0);
}

/* One document of an archive; no feed state goes with it. */
static void
take_archive(struct fixture *f, feed_id feed, const struct story *v, size_t n,
    struct update_outcome *o)
{
	struct update *u;
	OK(f, update_begin(f->store, feed, STR(""), STR("id"), NOW, &u, &f->err));
	OK(f, update_of_archive(u, &f->err));
	for (size_t i = 0; i < n; i++)
		OK(f, update_story(u, &v[i], &o[i], &f->err));
	OK(f, update_commit(u, NULL, NULL, &f->err));
}

static int64_t
place_of(struct fixture *f, story_id id)
{
	char sql[80];
	snprintf(sql, sizeof(sql), "SELECT ord FROM story WHERE id = %lld", (long long)id);
	return fixture_number(f, sql);
}

static void
archives_stand_below_and_change_nothing(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct update_outcome o[3];
	struct story now = fixture_story(f, "https://kawat.example/a", "Kini", "Kata baru.");
	story_id known = fixture_add(f, feed, &now);
	int64_t listed = fixture_number(f, "SELECT length(listed) FROM feed");

	struct story v[] = {fixture_story(f, "https://kawat.example/a", "Kini", "Kata lama."),
	    fixture_story(f, "https://kawat.example/b", "Dulu", "Isi."),
	    fixture_story(f, "https://kawat.example/c", "Entah", "Isi.")};
	v[1].published = NOW - 900 * DAY;
	v[2].published = STORY_NO_TIME;
	take_archive(f, feed, v, COUNT_OF(v), o);

	assert_int_equal(o[0].result, UPDATE_SAME);
	assert_int_equal(o[0].id, known);
	assert_int_equal(fixture_number(f, "SELECT count(*) FROM body WHERE text LIKE '%lama%'"), 0);
	assert_int_equal(fixture_number(f, "SELECT count(*) FROM version"), 0);
	assert_int_equal(fixture_number(f, "SELECT length(listed) FROM feed"), listed);
	assert_int_equal(list_place_second(place_of(f, o[1].id)), NOW - 900 * DAY);
	/* no date: below all that was there, and still without a date */
	assert_true(place_of(f, o[2].id) < place_of(f, known));
	assert_int_equal(fixture_number(f, "SELECT count(*) FROM story WHERE published IS NULL"), 1);
	assert_int_equal(fixture_number(f, "SELECT count(*) FROM story WHERE first_seen = 1756962000"), 3);
	assert_int_equal(fixture_number(f, "SELECT unread FROM feed WHERE id = 1"), 3);
	/* and once more: nothing is doubled */
	take_archive(f, feed, v, COUNT_OF(v), o);
	assert_int_equal(fixture_number(f, "SELECT total FROM feed WHERE id = 1"), 3);
}

static void
seconds_of_places(void **state)
{
	static const int64_t rows[] = {0, 1, -1, 1756962000, -62135596800};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int64_t first = list_place_of_time(rows[i]);
		assert_int_equal(list_place_second(first), rows[i]);
		assert_int_equal(list_place_second(first + (1 << LIST_PLACE_BITS) - 1), rows[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(notes_are_kept_and_forgotten, fixture_open, fixture_close),
	    cmocka_unit_test_setup_teardown(
		archives_stand_below_and_change_nothing, fixture_open, fixture_close),
	    cmocka_unit_test(seconds_of_places),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
