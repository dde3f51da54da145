/*
 * Two keys are kept, the chosen row's and that of the row at the upper edge, and every
 * question is answered by stepping from them: at most a screen of steps.
 */
#include "ui/list.h"

enum {
	/* Captions that stand together: more are not stepped over at once. */
	MAX_CAPTIONS = 64,
	/* Rows that are looked through to find on which side of the screen another one
	   is. */
	NEARBY = 100,
};

static bool
selectable(const struct list_model *m, int64_t key)
{
	return !m->selectable || m->selectable(m->ctx, key);
}

/* The next row that can be chosen, or LIST_NO_KEY. */
static int64_t
next_choice(const struct list_model *m, int64_t key, bool back)
{
	int i;

	for (i = 0; i < MAX_CAPTIONS; i++) {
		key = m->step(m->ctx, key, back);
		if (key == LIST_NO_KEY || selectable(m, key))
			return key;
	}
	return LIST_NO_KEY;
}

/* This row, or the nearest that can be chosen. */
static int64_t
choice_near(const struct list_model *m, int64_t key)
{
	int64_t other;

	if (key == LIST_NO_KEY || selectable(m, key))
		return key;
	other = next_choice(m, key, false);
	return other != LIST_NO_KEY ? other : next_choice(m, key, true);
}

void
list_init(struct list *l)
{
	*l = (struct list){LIST_NO_KEY, LIST_NO_KEY, 0};
}

/*
 * The upper edge for which `key` is the last row that is whole on the screen: as many
 * rows above it as fit.
 */
static int64_t
top_for_bottom(const struct list *l, const struct list_model *m, int64_t key)
{
	int used = m->height(m->ctx, key);
	int64_t top = key, above;

	for (;;) {
		above = m->step(m->ctx, top, true);
		if (above == LIST_NO_KEY)
			return top;
		used += m->height(m->ctx, above);
		if (used > l->rows)
			return top;
		top = above;
	}
}

/* Lines from the upper edge to the end of `key`; more than a screen is told as rows + 1.
 */
static int
depth_of(const struct list *l, const struct list_model *m, int64_t key)
{
	int64_t at;
	int used = 0;

	for (at = l->top; at != LIST_NO_KEY && used <= l->rows;
	     at = m->step(m->ctx, at, false)) {
		used += m->height(m->ctx, at);
		if (at == key)
			return used;
	}
	return l->rows + 1;
}

enum side { SIDE_ABOVE, SIDE_BELOW, SIDE_FAR };

/*
 * On which side of the upper edge a row is: looked for both ways at once, so near is
 * cheap.
 */
static enum side
side_of(const struct list *l, const struct list_model *m, int64_t key)
{
	int64_t above = l->top, below = l->top;
	int i;

	for (i = 0; i < NEARBY; i++) {
		if (above != LIST_NO_KEY)
			above = m->step(m->ctx, above, true);
		if (below != LIST_NO_KEY)
			below = m->step(m->ctx, below, false);
		if (above == key)
			return SIDE_ABOVE;
		if (below == key)
			return SIDE_BELOW;
	}
	return SIDE_FAR;
}

/*
 * The upper edge that puts `key` in the middle: after a long jump what is around it
 * counts.
 */
static int64_t
top_for_middle(const struct list *l, const struct list_model *m, int64_t key)
{
	int64_t above;
	int used = 0;

	while (
	    used < l->rows / 2 && (above = m->step(m->ctx, key, true)) != LIST_NO_KEY) {
		used += m->height(m->ctx, above);
		key = above;
	}
	return key;
}

/* Bring the chosen row onto the screen, moving as little as possible. */
static void
show_chosen(struct list *l, const struct list_model *m)
{
	if (l->chosen == LIST_NO_KEY || l->chosen == l->top)
		return;
	if (depth_of(l, m, l->chosen) <= l->rows)
		return;
	switch (side_of(l, m, l->chosen)) {
	case SIDE_ABOVE:
		l->top = l->chosen;
		break;
	case SIDE_BELOW:
		l->top = top_for_bottom(l, m, l->chosen);
		break;
	case SIDE_FAR:
		l->top = top_for_middle(l, m, l->chosen);
		break;
	}
}

/* Captions right above the first choice are shown with it. */
static void
show_captions(struct list *l, const struct list_model *m)
{
	int64_t above;

	if (l->chosen != l->top)
		return;
	while ((above = m->step(m->ctx, l->top, true)) != LIST_NO_KEY &&
	       !selectable(m, above) &&
	       depth_of(l, m, l->chosen) + m->height(m->ctx, above) <= l->rows)
		l->top = above;
}

/* No empty lines below while there are rows above. */
static void
fill_below(struct list *l, const struct list_model *m)
{
	int64_t at, above;
	int used = 0;

	for (at = l->top; at != LIST_NO_KEY; at = m->step(m->ctx, at, false)) {
		used += m->height(m->ctx, at);
		if (used >= l->rows)
			return;
	}
	while ((above = m->step(m->ctx, l->top, true)) != LIST_NO_KEY) {
		used += m->height(m->ctx, above);
		if (used > l->rows)
			return;
		l->top = above;
	}
}

/*
 * At the beginning of the list, what arrived above comes into sight while the chosen one
 * stays.
 */
static void
follow_beginning(struct list *l, const struct list_model *m)
{
	int64_t top = top_for_bottom(l, m, l->chosen);

	if (m->step(m->ctx, top, true) == LIST_NO_KEY)
		l->top = top;
}

void
list_settle(struct list *l, const struct list_model *m, int rows)
{
	bool at_beginning = l->top == l->chosen && l->top != LIST_NO_KEY;
	int64_t first = m->edge(m->ctx, false);

	l->rows = rows > 0 ? rows : 1;
	if (first == LIST_NO_KEY) {
		l->top = l->chosen = LIST_NO_KEY;
		return;
	}
	l->chosen = l->chosen == LIST_NO_KEY ? first : m->near(m->ctx, l->chosen);
	l->chosen = choice_near(m, l->chosen);
	l->top = l->top == LIST_NO_KEY ? first : m->near(m->ctx, l->top);
	if (l->chosen == LIST_NO_KEY) { /* captions alone */
		l->top = first;
		return;
	}
	if (at_beginning)
		follow_beginning(l, m);
	show_chosen(l, m);
	fill_below(l, m);
	show_captions(l, m);
}

void
list_choose(struct list *l, const struct list_model *m, int64_t key)
{
	if (m->edge(m->ctx, false) == LIST_NO_KEY)
		return;
	l->chosen = choice_near(m, m->near(m->ctx, key));
	show_chosen(l, m);
	show_captions(l, m);
}

void
list_move(struct list *l, const struct list_model *m, int n)
{
	int64_t next;
	bool back = n < 0;

	if (l->chosen == LIST_NO_KEY)
		return;
	for (; n != 0; n += back ? 1 : -1) {
		next = next_choice(m, l->chosen, back);
		if (next == LIST_NO_KEY)
			break;
		l->chosen = next;
	}
	show_chosen(l, m);
	show_captions(l, m);
}

/*
 * Move the upper edge by whole rows of together `lines` lines; false when it could not
 * move.
 */
static bool
move_top(struct list *l, const struct list_model *m, int lines)
{
	int64_t old = l->top, next;
	bool back = lines < 0;
	int left = back ? -lines : lines;

	while (left > 0) {
		next = m->step(m->ctx, l->top, back);
		if (next == LIST_NO_KEY)
			break;
		left -= m->height(m->ctx, back ? next : l->top);
		l->top = next;
	}
	fill_below(l, m);
	return l->top != old;
}

/* The last row that is whole on the screen. */
static int64_t
bottom(const struct list *l, const struct list_model *m)
{
	int64_t at = l->top, last = l->top;
	int used = 0;

	for (; at != LIST_NO_KEY; at = m->step(m->ctx, at, false)) {
		used += m->height(m->ctx, at);
		if (used > l->rows)
			break;
		last = at;
	}
	return last;
}

static int64_t
choice_inside(const struct list_model *m, int64_t key, bool back)
{
	return selectable(m, key) ? key : next_choice(m, key, back);
}

/* The chosen row back onto the screen that was moved under it. */
static void
keep_on_screen(struct list *l, const struct list_model *m)
{
	int64_t edge;

	if (depth_of(l, m, l->chosen) <= l->rows)
		return;
	edge = side_of(l, m, l->chosen) == SIDE_ABOVE
		   ? choice_inside(m, l->top, false)
		   : choice_inside(m, bottom(l, m), true);
	if (edge != LIST_NO_KEY)
		l->chosen = edge;
}

void
list_scroll(struct list *l, const struct list_model *m, int lines)
{
	if (l->chosen == LIST_NO_KEY)
		return;
	move_top(l, m, lines);
	keep_on_screen(l, m);
}

/* Screen and chosen row move together; at the edge the chosen row goes on to the end. */
static void
page(struct list *l, const struct list_model *m, int direction, int lines)
{
	bool back = direction < 0;
	int64_t next;
	int left;

	if (l->chosen == LIST_NO_KEY)
		return;
	move_top(l, m, back ? -lines : lines);
	for (left = lines; left > 0; left -= m->height(m->ctx, next)) {
		next = next_choice(m, l->chosen, back);
		if (next == LIST_NO_KEY)
			break;
		l->chosen = next;
	}
	show_chosen(l, m);
	show_captions(l, m);
}

void
list_half_page(struct list *l, const struct list_model *m, int direction)
{
	page(l, m, direction, l->rows > 1 ? l->rows / 2 : 1);
}

void
list_page(struct list *l, const struct list_model *m, int direction)
{
	page(l, m, direction, l->rows > 2 ? l->rows - 1 : 1);
}

void
list_first(struct list *l, const struct list_model *m)
{
	int64_t first = m->edge(m->ctx, false);

	if (first == LIST_NO_KEY)
		return;
	l->top = first;
	l->chosen = choice_near(m, first);
}

void
list_last(struct list *l, const struct list_model *m)
{
	int64_t last = m->edge(m->ctx, true);

	if (last == LIST_NO_KEY)
		return;
	l->top = top_for_bottom(l, m, last);
	l->chosen = choice_near(m, last);
}

int64_t
list_at(const struct list *l, const struct list_model *m, int line, int *first)
{
	int64_t at;
	int used = 0, height;

	for (at = l->top; at != LIST_NO_KEY && used <= line;
	     at = m->step(m->ctx, at, false)) {
		height = m->height(m->ctx, at);
		if (line < used + height) {
			*first = used;
			return at;
		}
		used += height;
	}
	return LIST_NO_KEY;
}
