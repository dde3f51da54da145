/* The trail: a line of steps, each with its place, kept over a restart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "app/trail.h"
#include "base/arena.h"
#include "base/frame.h"

static int
set_up(void **state)
{
	*state = heap_alloc(sizeof(struct trail));
	return 0;
}

static int
tear_down(void **state)
{
	free(*state);
	return 0;
}

static void
walk(struct trail *t, const story_id *ids)
{
	for (size_t i = 0; ids[i]; i++)
		trail_go(t, ids[i]);
}

static void
test_walk(void **state)
{
	struct trail *t = *state;
	assert_null(trail_here(t));
	assert_null(trail_back(t));
	assert_null(trail_forward(t));
	walk(t, (story_id[]){11, 12, 13, 14, 0});
	assert_int_equal(t->n, 4);
	assert_int_equal(trail_here(t)->story, 14);
	assert_int_equal(trail_here(t)->focus, LINE_NO_LINK);
	assert_null(trail_forward(t));
	assert_int_equal(trail_back(t)->story, 13);
	assert_int_equal(trail_back(t)->story, 12);
	assert_int_equal(trail_back(t)->story, 11);
	assert_null(trail_back(t));
	assert_int_equal(trail_here(t)->story, 11);
	assert_int_equal(trail_forward(t)->story, 12);
	assert_int_equal(trail_forward(t)->story, 13);
}

/* Going back and then elsewhere cuts the steps ahead. */
static void
test_elsewhere_cuts(void **state)
{
	struct trail *t = *state;
	walk(t, (story_id[]){11, 12, 13, 0});
	trail_back(t);
	trail_back(t);
	trail_go(t, 21);
	assert_int_equal(t->n, 2);
	assert_null(trail_forward(t));
	assert_int_equal(trail_back(t)->story, 11);
	trail_begin(t, 31);
	assert_int_equal(t->n, 1);
	assert_null(trail_back(t));
}

/* A step keeps the place and the focus it had when the reader left it. */
static void
test_places_are_kept(void **state)
{
	struct trail *t = *state;
	trail_go(t, 11);
	trail_here(t)->place = (struct place){.block = 7, .at = 99};
	trail_here(t)->focus = 2;
	trail_go(t, 12);
	assert_int_equal(trail_here(t)->place.block, 0);
	struct step *back = trail_back(t);
	assert_int_equal(back->place.block, 7);
	assert_int_equal(back->place.at, 99);
	assert_int_equal(back->focus, 2);
}

static void
test_full_trail_forgets_the_oldest(void **state)
{
	struct trail *t = *state;
	for (story_id id = 1; id <= TRAIL_MAX_STEPS + 10; id++)
		trail_go(t, id);
	assert_int_equal(t->n, TRAIL_MAX_STEPS);
	assert_int_equal(trail_here(t)->story, TRAIL_MAX_STEPS + 10);
	size_t steps = 1;
	while (trail_back(t))
		steps++;
	assert_int_equal(steps, TRAIL_MAX_STEPS);
	assert_int_equal(trail_here(t)->story, 11);
}

static void
test_restart(void **state)
{
	static const int sizes[] = {0, 1, 3, TRAIL_MAX_STEPS};
	for (size_t k = 0; k < COUNT_OF(sizes); k++) {
		struct trail *t = *state, *back = heap_alloc(sizeof(*back));
		struct buf b = {0};
		bool open = false;
		*t = (struct trail){0};
		for (int i = 0; i < sizes[k]; i++) {
			trail_go(t, 100 + i);
			trail_here(t)->place = (struct place){(uint32_t)i, UINT32_MAX};
			trail_here(t)->focus = i - 1;
		}
		trail_back(t);
		trail_pack(t, true, &b);
		assert_true(trail_unpack(back, bytes_of_str(buf_str(&b)), &open));
		assert_true(open);
		assert_int_equal(back->n, t->n);
		assert_int_equal(back->here, t->here);
		for (size_t i = 0; i < t->n; i++) {
			assert_int_equal(back->steps[i].story, t->steps[i].story);
			assert_int_equal(back->steps[i].place.block, t->steps[i].place.block);
			assert_int_equal(back->steps[i].place.at, t->steps[i].place.at);
			assert_int_equal(back->steps[i].focus, t->steps[i].focus);
		}
		buf_clear(&b);
		free(back);
	}
}

/* What the store gives back may be anything: the trail is then empty, never half. */
static void
test_hostile_bytes(void **state)
{
	static const struct { int64_t format, open, n, here, story, focus; const char *why; } rows[] = {
		{2, 1, 1, 0, 5, -1, "another format"},
		{1, 2, 1, 0, 5, -1, "no truth value"},
		{1, 1, TRAIL_MAX_STEPS + 1, 0, 5, -1, "too many steps"},
		{1, 1, -1, 0, 5, -1, "fewer than none"},
		{1, 1, 2, 0, 5, -1, "more than there are"},
		{1, 1, 0, 0, 5, -1, "fewer than there are"},
		{1, 1, 1, 1, 5, -1, "past the end"},
		{1, 1, 1, -1, 5, -1, "before the beginning"},
		{1, 1, 1, 0, 0, -1, "no story"},
		{1, 1, 1, 0, -5, -1, "a negative story"},
		{1, 1, 1, 0, 5, -2, "a negative link"},
		{1, 1, 1, 0, 5, INT64_MAX, "a huge link"},
	};
	struct trail *t = *state;
	bool open = false;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf b = {0};
		const int64_t fields[] = {rows[i].format, rows[i].open, rows[i].n, rows[i].here,
			rows[i].story, 0, 0, rows[i].focus};
		for (size_t k = 0; k < COUNT_OF(fields); k++)
			pack_int(&b, fields[k]);
		trail_go(t, 1);
		if (trail_unpack(t, bytes_of_str(buf_str(&b)), &open))
			fail_msg("accepted: %s", rows[i].why);
		assert_int_equal(t->n, 0);
		assert_int_equal(t->here, 0);
		buf_clear(&b);
	}
	struct buf whole = {0};
	walk(t, (story_id[]){11, 12, 0});
	trail_pack(t, false, &whole);
	for (size_t cut = 0; cut < whole.n; cut++) {
		assert_false(trail_unpack(t, bytes_of(whole.p, cut), &open));
		assert_null(trail_here(t));
	}
	buf_clear(&whole);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_walk),
		TEST(test_elsewhere_cuts),
		TEST(test_places_are_kept),
		TEST(test_full_trail_forgets_the_oldest),
		TEST(test_restart),
		TEST(test_hostile_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
