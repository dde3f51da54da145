/* The cursor over rows: moving, scrolling, and staying put when rows come and go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ui/list.h"

/*
 * Rows with the keys 1 … in the order of an array; a height of their own; captions are
 * negative.
 */
struct rows {
	int64_t key[200];
	int height[200];
	size_t n;
	size_t steps; /* asked of the model: the cost */
};

static size_t
index_of(const struct rows *r, int64_t key)
{
	size_t i;

	for (i = 0; i < r->n && r->key[i] != key; i++)
		;
	return i;
}

static int64_t
edge(void *ctx, bool last)
{
	struct rows *r = ctx;

	return r->n == 0 ? LIST_NO_KEY : r->key[last ? r->n - 1 : 0];
}

static int64_t
step(void *ctx, int64_t key, bool back)
{
	struct rows *r = ctx;
	size_t i = index_of(r, key);

	r->steps++;
	if (i == r->n || (back ? i == 0 : i + 1 == r->n))
		return LIST_NO_KEY;
	return r->key[back ? i - 1 : i + 1];
}

/* Keys ascend here: the same, else the next larger, else the last. */
static int64_t
near(void *ctx, int64_t key)
{
	struct rows *r = ctx;
	size_t i;

	for (i = 0; i < r->n; i++) {
		if (r->key[i] >= key)
			return r->key[i];
	}
	return r->n ? r->key[r->n - 1] : LIST_NO_KEY;
}

static int
height(void *ctx, int64_t key)
{
	struct rows *r = ctx;

	return r->height[index_of(r, key)];
}

static bool
selectable(void *ctx, int64_t key)
{
	(void)ctx;
	return key % 10 != 0;
}

static struct rows
made(int64_t from, int64_t to, int row_height)
{
	struct rows r = {0};
	int64_t k;

	for (k = from; k <= to; k++) {
		r.key[r.n] = k;
		r.height[r.n++] = row_height;
	}
	return r;
}

static struct list_model
model_of(struct rows *r)
{
	return (struct list_model){r, edge, step, near, height, NULL};
}

#define EXPECT(l, want_top, want_chosen)                                                 \
	do {                                                                             \
		assert_int_equal((l).top, want_top);                                     \
		assert_int_equal((l).chosen, want_chosen);                               \
	} while (0)

static void
test_moving(void **state)
{
	struct rows r = made(1, 100, 1);
	struct list_model m = model_of(&r);
	struct list l;

	(void)state;
	list_init(&l);
	list_settle(&l, &m, 10);
	EXPECT(l, 1, 1);
	list_move(&l, &m, 5);
	EXPECT(l, 1, 6);
	list_move(&l, &m, 5);
	EXPECT(l, 2, 11);
	list_move(&l, &m, -1);
	EXPECT(l, 2, 10);
	list_half_page(&l, &m, 1);
	EXPECT(l, 7, 15);
	list_page(&l, &m, 1);
	EXPECT(l, 16, 24);
	list_page(&l, &m, -1);
	EXPECT(l, 7, 15);
	list_last(&l, &m);
	EXPECT(l, 91, 100);
	list_move(&l, &m, 7);
	EXPECT(l, 91, 100);
	list_first(&l, &m);
	EXPECT(l, 1, 1);
	list_move(&l, &m, -3);
	EXPECT(l, 1, 1);
	list_choose(&l, &m, 50);
	EXPECT(l, 41, 50);
	list_choose(&l, &m, 20);
	EXPECT(l, 20, 20);
	list_scroll(&l, &m, 3);
	EXPECT(l, 23, 23);
	list_scroll(&l, &m, -20);
	EXPECT(l, 3, 12);
	list_scroll(&l, &m, 20);
	EXPECT(l, 23, 23);
	list_choose(&l, &m, 12);
	list_half_page(&l, &m, -1);
	list_half_page(&l, &m, -1);
	list_half_page(&l, &m, -1);
	EXPECT(l, 1, 1);
}

static void
test_rows_above_move_nothing(void **state)
{
	struct rows r = made(100, 199, 1);
	struct list_model m = model_of(&r);
	struct list l;

	(void)state;
	list_init(&l);
	list_settle(&l, &m, 10);
	list_move(&l, &m, 25);
	EXPECT(l, 116, 125);
	r = made(50, 199, 1);
	list_settle(&l, &m, 10);
	EXPECT(l, 116, 125);
	/* The chosen row goes: the next one takes its place. */
	r = made(126, 199, 1);
	list_settle(&l, &m, 10);
	EXPECT(l, 126, 126);
	/* The end goes: the last one. */
	r = made(1, 60, 1);
	list_settle(&l, &m, 10);
	EXPECT(l, 51, 60);
	r.n = 0;
	list_settle(&l, &m, 10);
	EXPECT(l, LIST_NO_KEY, LIST_NO_KEY);
	list_move(&l, &m, 1);
	list_page(&l, &m, 1);
	list_scroll(&l, &m, 1);
	list_last(&l, &m);
	EXPECT(l, LIST_NO_KEY, LIST_NO_KEY);
	r = made(5, 6, 1);
	list_settle(&l, &m, 10);
	EXPECT(l, 5, 5);
}

static void
test_at_the_beginning_new_rows_are_seen(void **state)
{
	struct rows r = made(100, 199, 1);
	struct list_model m = model_of(&r);
	struct list l;

	(void)state;
	list_init(&l);
	list_settle(&l, &m, 10);
	r = made(97, 196, 1);
	list_settle(&l, &m, 10);
	EXPECT(l, 97, 100);
	/* More than fit above the chosen row: it stays where it is, at the top. */
	list_first(&l, &m);
	EXPECT(l, 97, 97);
	r = made(50, 149, 1);
	list_settle(&l, &m, 10);
	EXPECT(l, 97, 97);
}

static void
test_size_changes(void **state)
{
	struct rows r = made(1, 30, 1);
	struct list_model m = model_of(&r);
	struct list l;

	(void)state;
	list_init(&l);
	list_settle(&l, &m, 10);
	list_last(&l, &m);
	EXPECT(l, 21, 30);
	list_settle(&l, &m, 20);
	EXPECT(l, 11, 30);
	list_settle(&l, &m, 5);
	EXPECT(l, 26, 30);
	list_settle(&l, &m, 100);
	EXPECT(l, 1, 30);
	list_settle(&l, &m, 0);
	EXPECT(l, 30, 30);
}

static void
test_tall_rows(void **state)
{
	struct rows r = made(1, 20, 3);
	struct list_model m = model_of(&r);
	struct list l;
	int first;

	(void)state;
	list_init(&l);
	list_settle(&l, &m, 10);
	list_move(&l, &m, 2);
	EXPECT(l, 1, 3);
	list_move(&l, &m, 1);
	EXPECT(l, 2, 4);
	assert_int_equal(list_at(&l, &m, 4, &first), 3);
	assert_int_equal(first, 3);
	assert_int_equal(list_at(&l, &m, 9, &first), 5);
	list_last(&l, &m);
	EXPECT(l, 18, 20);
	assert_int_equal(list_at(&l, &m, 9, &first), LIST_NO_KEY);
	/* A row higher than the screen is shown from its beginning. */
	list_settle(&l, &m, 2);
	EXPECT(l, 20, 20);
}

static void
test_captions(void **state)
{
	struct rows r = made(10, 39, 1);
	struct list_model m = model_of(&r);
	struct list l;

	(void)state;
	m.selectable = selectable;
	list_init(&l);
	list_settle(&l, &m, 5);
	EXPECT(l, 10, 11);
	list_move(&l, &m, 8);
	EXPECT(l, 15, 19);
	list_move(&l, &m, 1);
	EXPECT(l, 17, 21);
	list_move(&l, &m, -1);
	EXPECT(l, 17, 19);
	list_first(&l, &m);
	EXPECT(l, 10, 11);
	list_choose(&l, &m, 20);
	EXPECT(l, 17, 21);
	list_choose(&l, &m, 11);
	EXPECT(l, 10, 11); /* with the caption above it */
}

static void
test_long_jump(void **state)
{
	struct rows r = made(1, 200, 1);
	struct list_model m = model_of(&r);
	struct list l;

	(void)state;
	list_init(&l);
	list_settle(&l, &m, 10);
	list_choose(&l, &m, 150);
	EXPECT(l, 145, 150);
	list_choose(&l, &m, 3);
	EXPECT(l, 1, 3);
}

/* A step costs what is on the screen, not what is in the list. */
static void
test_cost(void **state)
{
	struct rows r = made(1, 200, 1);
	struct list_model m = model_of(&r);
	struct list l;

	(void)state;
	list_init(&l);
	list_settle(&l, &m, 10);
	list_choose(&l, &m, 100);
	r.steps = 0;
	list_move(&l, &m, 1);
	list_settle(&l, &m, 10);
	assert_true(r.steps < 60);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_moving),
	    cmocka_unit_test(test_rows_above_move_nothing),
	    cmocka_unit_test(test_at_the_beginning_new_rows_are_seen),
	    cmocka_unit_test(test_size_changes),
	    cmocka_unit_test(test_tall_rows),
	    cmocka_unit_test(test_captions),
	    cmocka_unit_test(test_long_jump),
	    cmocka_unit_test(test_cost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
