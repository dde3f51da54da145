/* The window over a made-up list: bounded, without gaps, unmoved by what comes and goes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "view/window.h"

/*
 * Rows with ords first, first + step … last; `gone` is left out; `odd` hides every
 * second.
 */
struct fake {
	int64_t first, last, step, gone;
	bool odd_hidden, fails;
	size_t loads;
};

static bool
is_there(const struct fake *f, int64_t ord)
{
	return ord >= f->first && ord <= f->last && ord != f->gone;
}

static bool
fake_load(void *ctx, struct arena *a, int64_t place, enum list_direction direction,
    size_t limit, struct story_rows *rows, struct err *e)
{
	struct fake *f = ctx;
	bool older = direction == LIST_OLDER;
	int64_t ord;

	f->loads++;
	if (f->fails)
		return err_set(e, ERR_STORE, "the store is busy");
	rows->v = ARENA_ARRAY(a, struct story_row, limit);
	rows->n = 0;
	if (older && place <= f->first)
		return true;
	if (older)
		ord = place > f->last
			  ? f->last
			  : f->first + (place - 1 - f->first) / f->step * f->step;
	else
		ord = place < f->first
			  ? f->first
			  : f->first + ((place - f->first) / f->step + 1) * f->step;
	for (; ord >= f->first && ord <= f->last && rows->n < limit;
	     ord += older ? -f->step : f->step) {
		if (is_there(f, ord))
			rows->v[rows->n++] = (struct story_row){.id = ord, .ord = ord};
	}
	return true;
}

static bool
fake_hidden(void *ctx, const struct story_row *row)
{
	const struct fake *f = ctx;

	return f->odd_hidden && row->ord / f->step % 2 != 0;
}

static struct window *
window_on(struct fake *f)
{
	return window_new((struct window_source){f, fake_load, fake_hidden});
}

static void
test_walk(void **state)
{
	struct fake f = {.first = 10, .last = 10 * 3000, .step = 10};
	struct window *w = window_on(&f);
	int64_t ord = window_edge(w, false);
	size_t n = 1;

	(void)state;
	assert_int_equal(ord, 30000);
	while (window_step(w, ord, false) != WINDOW_NO_KEY) {
		int64_t next = window_step(w, ord, false);

		assert_int_equal(next, ord - 10);
		assert_non_null(window_row(w, next));
		assert_true(window_held(w) <= WINDOW_CHUNK_ROWS * WINDOW_MAX_CHUNKS);
		ord = next;
		n++;
	}
	assert_int_equal(n, 3000);
	assert_true(f.loads <= 3000 / WINDOW_CHUNK_ROWS + 2);
	while (window_step(w, ord, true) != WINDOW_NO_KEY) {
		int64_t next = window_step(w, ord, true);

		assert_int_equal(next, ord + 10);
		ord = next;
		n--;
	}
	assert_int_equal(n, 1);
	assert_int_equal(ord, 30000);
	assert_int_equal(window_edge(w, true), 10);
	assert_true(window_held(w) <= WINDOW_CHUNK_ROWS * WINDOW_MAX_CHUNKS);
	assert_int_equal(window_step(w, 10, true), 20);
	assert_int_equal(window_edge(w, false), 30000);
	window_free(w);
}

static void
test_first_screen_is_one_load(void **state)
{
	struct fake f = {.first = 1, .last = 1000000, .step = 1};
	struct window *w = window_on(&f);
	int64_t ord = window_edge(w, false);
	int i;

	(void)state;
	for (i = 0; i < 40; i++)
		ord = window_step(w, ord, false);
	assert_int_equal(ord, 1000000 - 40);
	assert_int_equal(f.loads, 1);
	window_free(w);
}

/* It is asked at every paint: a step at a time, and nothing as long as nothing can have come. */
static void
test_new_rows_are_counted_in_steps(void **state)
{
	struct fake f = {.first = 1, .last = 500, .step = 1};
	struct window *w = window_on(&f);

	(void)state;
	window_seen_top(w);
	assert_int_equal(window_new_above(w), 0);
	f.last += 450;
	window_refresh(w);
	assert_int_equal(window_new_above(w), WINDOW_NEW_STEP);
	assert_int_equal(window_new_above(w), 2 * WINDOW_NEW_STEP);
	assert_int_equal(window_new_above(w), 450);
	size_t loads = f.loads;
	assert_int_equal(window_new_above(w), 450);
	assert_int_equal(f.loads, loads);
	f.last += 5000;
	window_refresh(w);
	for (int i = 0; i < 10; i++)
		(void)window_new_above(w);
	assert_int_equal(window_new_above(w), WINDOW_MAX_NEW);
	window_free(w);
}

/* Steps go on though most of what they look at does not show. */
static void
test_hidden_new_rows_are_passed(void **state)
{
	struct fake f = {.first = 1, .last = 500, .step = 1, .odd_hidden = true};
	struct window *w = window_on(&f);

	(void)state;
	window_seen_top(w);
	f.last += 900;
	window_refresh(w);
	for (int i = 0; i < 6; i++)
		(void)window_new_above(w);
	assert_int_equal(window_new_above(w), 450);
	size_t loads = f.loads;
	assert_int_equal(window_new_above(w), 450);
	assert_int_equal(f.loads, loads);
	window_free(w);
}

static void
test_new_rows_move_nothing(void **state)
{
	struct fake f = {.first = 10, .last = 5000, .step = 10};
	struct window *w = window_on(&f);

	(void)state;
	window_seen_top(w);
	assert_int_equal(window_new_above(w), 0);
	assert_int_equal(window_near(w, 2500), 2500);
	f.last = 5120;
	window_refresh(w);
	assert_int_equal(window_near(w, 2500), 2500);
	assert_int_equal(window_step(w, 2500, false), 2490);
	assert_int_equal(window_new_above(w), 12);
	assert_int_equal(window_edge(w, false), 5120);
	assert_int_equal(window_step(w, 5010, false), 5000);
	window_seen_top(w);
	assert_int_equal(window_new_above(w), 0);
	/* At the top a refresh brings the new ones into what is held. */
	f.last = 5150;
	window_refresh(w);
	assert_int_equal(window_step(w, 5120, true), 5130);
	window_free(w);
}

static void
test_what_is_gone(void **state)
{
	struct fake f = {.first = 10, .last = 5000, .step = 10};
	struct window *w = window_on(&f);

	(void)state;
	assert_int_equal(window_near(w, 2500), 2500);
	f.gone = 2500;
	window_refresh(w);
	assert_null(window_row(w, 2500));
	assert_int_equal(window_near(w, 2500), 2490);
	/* Between rows, above all, below all. */
	assert_int_equal(window_near(w, 2505), 2490);
	assert_int_equal(window_near(w, INT64_MAX), 5000);
	assert_int_equal(window_near(w, INT64_MIN + 1), 10);
	f.last = 0;
	window_refresh(w);
	assert_int_equal(window_edge(w, false), WINDOW_NO_KEY);
	assert_int_equal(window_edge(w, true), WINDOW_NO_KEY);
	assert_int_equal(window_near(w, 2500), WINDOW_NO_KEY);
	assert_int_equal(window_step(w, 2500, true), WINDOW_NO_KEY);
	/* It fills again. */
	f.last = 30;
	window_refresh(w);
	assert_int_equal(window_edge(w, false), 30);
	window_free(w);
}

static void
test_far_jump(void **state)
{
	struct fake f = {.first = 10, .last = 1000000, .step = 10};
	struct window *w = window_on(&f);
	size_t loads;

	(void)state;
	window_edge(w, false);
	loads = f.loads;
	assert_int_equal(window_near(w, 500000), 500000);
	assert_true(f.loads - loads <= 3);
	assert_int_equal(window_step(w, 500000, true), 500010);
	assert_int_equal(window_step(w, 500000, false), 499990);
	window_free(w);
}

static void
test_hidden_rows(void **state)
{
	struct fake f = {.first = 1, .last = 1000, .step = 1, .odd_hidden = true};
	struct window *w = window_on(&f);
	int64_t ord;
	size_t n = 0;

	(void)state;
	for (ord = window_edge(w, false); ord != WINDOW_NO_KEY;
	     ord = window_step(w, ord, false)) {
		assert_int_equal(ord % 2, 0);
		n++;
	}
	assert_int_equal(n, 500);
	assert_int_equal(window_near(w, 501), 500);
	window_seen_top(w);
	f.last = 1010;
	assert_int_equal(window_new_above(w), 5);
	window_free(w);
}

static void
test_a_store_that_fails(void **state)
{
	struct fake f = {.first = 10, .last = 5000, .step = 10};
	struct window *w = window_on(&f);
	int64_t ord = window_edge(w, false);
	int i;

	(void)state;
	assert_int_equal(window_error(w)->kind, ERR_NONE);
	f.fails = true;
	for (i = 0; i < 200 && ord != WINDOW_NO_KEY; i++)
		ord = window_step(w, ord, false);
	assert_int_equal(ord, WINDOW_NO_KEY);
	assert_string_equal(window_error(w)->text, "the store is busy");
	assert_int_equal(window_near(w, 4990), 4990); /* what is there stays */
	f.fails = false;
	window_refresh(w);
	assert_int_equal(window_error(w)->kind, ERR_NONE);
	assert_int_equal(window_step(w, 4010, false), 4000);
	window_free(w);
}

/* Anything in any order: always the rows that a plain look at the list gives. */
static void
test_random_steps(void **state)
{
	struct fake f = {.first = 3, .last = 3 * 2000, .step = 3, .gone = 1500};
	struct window *w = window_on(&f);
	unsigned seed = 7;
	int i;

	(void)state;
	for (i = 0; i < 5000; i++) {
		int64_t ord, want;
		bool back;

		seed = seed * 1103515245 + 12345;
		ord = 3 * (1 + (int64_t)(seed >> 8) % 2000);
		back = seed >> 30 & 1;
		if (!is_there(&f, ord))
			continue;
		want = ord + (back ? 3 : -3);
		if (want == f.gone)
			want += back ? 3 : -3;
		if (!is_there(&f, want))
			want = WINDOW_NO_KEY;
		assert_int_equal(window_step(w, ord, back), want);
		if (i % 50 == 0)
			window_refresh(w);
		assert_true(window_held(w) <= WINDOW_CHUNK_ROWS * WINDOW_MAX_CHUNKS);
	}
	window_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_walk),
	    cmocka_unit_test(test_first_screen_is_one_load),
	    cmocka_unit_test(test_new_rows_are_counted_in_steps),
    cmocka_unit_test(test_hidden_new_rows_are_passed),
    cmocka_unit_test(test_new_rows_move_nothing),
	    cmocka_unit_test(test_what_is_gone),
	    cmocka_unit_test(test_far_jump),
	    cmocka_unit_test(test_hidden_rows),
	    cmocka_unit_test(test_a_store_that_fails),
	    cmocka_unit_test(test_random_steps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
