/*
 * The mouse: a click chooses, a second one opens, the wheel scrolls what is under the pointer, a
 * click on a hint runs it, the right button goes back, the middle one opens the browser, and the
 * rule between the panes can be dragged.
 */
#include "app/desk.h"

enum { WHEEL_LINES = 3, MIN_PANE_COLS = 20 };

static struct pane *
pane_at(struct desk *d, int row, int col)
{
	for (size_t i = 0; i < d->n_panes; i++) {
		const struct area *a = &d->panes[i].area;
		if (row >= a->row && row < a->row + a->rows && col >= a->col && col < a->col + a->cols)
			return &d->panes[i];
	}
	return NULL;
}

/* The pane that was clicked gets the keys. */
static void
focus_on(struct desk *d, const struct pane *p)
{
	if (p->screen == d->feeds_pane)
		d->focus = FOCUS_FEEDS;
	else if (p->screen == desk_list_screen(d) && p->screen != desk_top(d))
		d->focus = FOCUS_LIST;
	else
		d->focus = FOCUS_TOP;
}

static void
wheel(struct desk *d, const struct pane *p, int lines)
{
	const struct screen_kind *k = p->screen->kind;
	if (k->wheel)
		k->wheel(p->screen, d, lines);
	else if (k->command)
		k->command(p->screen, d, lines < 0 ? COMMAND_PREVIOUS_ROW : COMMAND_NEXT_ROW,
		    lines < 0 ? -lines : lines);
}

static void
click(struct desk *d, struct pane *p, int row, int col)
{
	struct screen *s = p->screen;
	struct area area = p->area;
	if (s == d->preview) {
		desk_open_preview(d);
		return;
	}
	focus_on(d, p);
	if (s->kind->click)
		s->kind->click(s, d, row - area.row, col - area.col);
}

static bool
click_hint(struct desk *d, int row, int col)
{
	if (row != canvas_rows(d->canvas) - 1 || d->hints_hidden)
		return false;
	for (size_t i = 0; i < d->n_hint_spots; i++) {
		const struct hint_spot *h = &d->hint_spots[i];
		if (col < h->col || col >= h->col + h->cols)
			continue;
		desk_command(d, h->command, 0);
		return true;
	}
	return false;
}

/* The rule between list and story goes with the pointer. */
static bool
drag_bar(struct desk *d, const struct input_event *e)
{
	int cols = canvas_cols(d->canvas);
	if (!e->down)
		d->dragging = false;
	else if (!e->drag && d->bar_col && e->col == d->bar_col && e->row)
		d->dragging = true;
	if (!d->dragging || !e->drag)
		return d->dragging;
	int wish = d->left_cols_begin < e->col ? e->col - d->left_cols_begin : 0;
	int most = cols - d->left_cols_begin - MIN_PANE_COLS;
	d->left_cols = wish < MIN_PANE_COLS ? MIN_PANE_COLS : wish > most ? most : wish;
	return true;
}

void
desk_mouse(struct desk *d, const struct input_event *e)
{
	struct pane *p = pane_at(d, e->row, e->col);
	if (d->prompting || d->menu_shown || drag_bar(d, e))
		return;
	if (!e->down || e->drag)
		return;
	switch (e->button) {
	case MOUSE_WHEEL_UP:
	case MOUSE_WHEEL_DOWN:
		if (p)
			wheel(d, p, e->button == MOUSE_WHEEL_UP ? -WHEEL_LINES : WHEEL_LINES);
		break;
	case MOUSE_LEFT:
		if (p)
			click(d, p, e->row, e->col);
		else
			click_hint(d, e->row, e->col);
		break;
	case MOUSE_MIDDLE:
		if (p && p->screen != d->preview) {
			click(d, p, e->row, e->col);
			desk_command(d, COMMAND_BROWSER, 0);
		}
		break;
	case MOUSE_RIGHT:
		desk_command(d, COMMAND_LEAVE, 0);
		break;
	default:
		break;
	}
}
