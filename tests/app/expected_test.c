/* Marks that are under way, on rows and counts; wire is nobody here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/expected.h"
#include "store/mark.h"

enum { NOW = 1000, FEEDS = 3 };

static const feed_id seen_in[FEEDS][1] = {{1}, {2}, {3}};

/* Three stories of a feed each; the last one was read. */
static void
fill(struct story_row rows[FEEDS])
{
	for (int i = 0; i < FEEDS; i++)
		rows[i] = (struct story_row){.id = i + 1, .ord = 10 + i, .unread = i < 2,
		    .read_at = i < 2 ? 0 : 500, .n_feeds = 1, .feeds = seen_in[i]};
}

static int
unread(struct expected *e, const char *list)
{
	struct story_row rows[FEEDS];
	int bits = 0;
	fill(rows);
	for (int i = 0; i < FEEDS; i++) {
		expected_row(e, str_z(list), &rows[i]);
		bits |= rows[i].unread << i;
	}
	return bits;
}

static void
test_rows(void **state)
{
	static const story_id first[] = {1};
	static const feed_id second[] = {2};
	static const struct {
		struct wire_mark mark;
		const feed_id *feeds;
		const char *list;
		int left; /* a bit a story */
	} cases[] = {
	    {{.what = MARK_READ, .scope = MARK_ALL}, NULL, "", 0},
	    {{.what = MARK_READ, .scope = MARK_ALL, .before_ord = 10}, NULL, "", 2},
	    {{.what = MARK_READ, .scope = MARK_IDS, .ids = {(int64_t *)(uintptr_t)first, 1}}, NULL, "x", 2},
	    {{.what = MARK_READ, .scope = MARK_QUERY, .scope_text = STR_INIT("x")}, NULL, "x", 0},
	    {{.what = MARK_READ, .scope = MARK_QUERY, .scope_text = STR_INIT("x")}, NULL, "y", 3},
	    {{.what = MARK_READ, .scope = MARK_QUERY, .scope_text = STR_INIT("x")}, second, "y", 1},
	    {{.what = MARK_UNREAD, .scope = MARK_ALL}, NULL, "", 7},
	    {{.what = MARK_STAR, .scope = MARK_ALL}, NULL, "", 3},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct expected *e = expected_new();
		struct wire_mark mark = cases[i].mark;
		mark.request = 7;
		expected_mark(e, &mark, cases[i].feeds, cases[i].feeds != NULL, NOW);
		assert_int_equal(unread(e, cases[i].list), cases[i].left);
		assert_true(expected_any(e));
		expected_turn(e, false);
		assert_int_equal(unread(e, cases[i].list), 3);
		expected_answered(e, 7, true);
		expected_answered(e, 0, true);
		assert_false(expected_any(e));
		expected_free(e);
	}
}

/* An answer ends what was expected, whatever it says; the mark that is done can be taken back. */
static void
test_answers(void **state)
{
	struct wire_mark mark = {.request = 1, .what = MARK_READ, .scope = MARK_ALL};
	struct expected *e = expected_new();
	(void)state;
	expected_mark(e, &mark, NULL, 0, NOW);
	expected_answered(e, 2, true);
	assert_int_equal(unread(e, ""), 0);
	expected_answered(e, 1, false);
	assert_int_equal(unread(e, ""), 3);
	expected_mark(e, &mark, NULL, 0, NOW);
	assert_int_equal(unread(e, ""), 0);
	expected_answered(e, 1, true);
	assert_int_equal(unread(e, ""), 3); /* now the store says it */
	expected_turn(e, false);
	struct story_row row = {.id = 1, .read_at = NOW};
	expected_row(e, STR(""), &row);
	assert_true(row.unread);
	assert_int_equal(row.read_at, 0);
	expected_forget(e);
	assert_false(expected_any(e));
	for (int i = 0; i < 1000; i++) /* nobody answers */
		expected_mark(e, &mark, NULL, 0, NOW);
	assert_int_equal(unread(e, ""), 0);
	expected_free(e);
}

struct kept {
	struct feed_state states[FEEDS];
	struct query_feed feeds[FEEDS];
	const struct query_feed *of[FEEDS];
	struct names names;
	struct store_counts counts;
};

static void
keep(struct kept *k, bool hide_last)
{
	*k = (struct kept){.counts = {.stories = 30, .unread = 15}};
	for (int i = 0; i < FEEDS; i++) {
		k->states[i] = (struct feed_state){.id = i + 1, .unread = 5, .total = 10};
		k->feeds[i].hide = hide_last && i == FEEDS - 1;
		k->of[i] = &k->feeds[i];
	}
	k->names = (struct names){.states = {k->states, FEEDS}, .of_state = k->of};
}

static void
test_counts(void **state)
{
	static const feed_id second[] = {2};
	static const struct {
		const feed_id *feeds;
		bool hide_last;
		int64_t unread, second, third;
	} cases[] = {{NULL, false, 0, 0, 0}, {NULL, true, 5, 0, 5}, {second, false, 10, 0, 5}};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct kept k;
		struct expected *e = expected_new();
		struct wire_mark mark = {.request = 1, .what = MARK_READ,
		    .scope = cases[i].feeds ? MARK_QUERY : MARK_ALL, .scope_text = STR("x")};
		keep(&k, cases[i].hide_last);
		expected_mark(e, &mark, cases[i].feeds, cases[i].feeds != NULL, NOW);
		assert_int_equal(expected_unread(e, STR("x"), 5), 0);
		for (int fresh = 0; fresh < 2; fresh++) {
			expected_counts(e, &k.names, &k.counts, fresh);
			assert_int_equal(k.counts.unread, cases[i].unread);
			assert_int_equal(k.states[1].unread, cases[i].second);
			assert_int_equal(k.states[2].unread, cases[i].third);
			keep(&k, cases[i].hide_last);
		}
		k.counts.unread = k.states[1].unread = 0; /* it was done */
		expected_answered(e, 1, true);
		expected_turn(e, false);
		expected_counts(e, &k.names, &k.counts, false);
		assert_int_equal(k.counts.unread, 15);
		assert_int_equal(k.states[1].unread, 5);
		assert_int_equal(expected_unread(e, STR("x"), 0), 5);
		expected_free(e);
	}
}

/* One story: what the row was says by how much. */
static void
test_count_of_one(void **state)
{
	static const story_id first[] = {1};
	struct kept k;
	struct expected *e = expected_new();
	struct wire_mark mark = {.request = 1, .what = MARK_READ, .scope = MARK_IDS,
	    .ids = {(int64_t *)(uintptr_t)first, 1}};
	(void)state;
	keep(&k, false);
	expected_mark(e, &mark, NULL, 0, NOW);
	unread(e, "");
	expected_counts(e, &k.names, &k.counts, false);
	assert_int_equal(k.counts.unread, 14);
	expected_counts(e, &k.names, &k.counts, false); /* it is counted once */
	assert_int_equal(k.counts.unread, 14);
	expected_turn(e, false);
	expected_counts(e, &k.names, &k.counts, false);
	assert_int_equal(k.counts.unread, 15);
	expected_free(e);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows),
	    cmocka_unit_test(test_answers),
	    cmocka_unit_test(test_counts),
	    cmocka_unit_test(test_count_of_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
