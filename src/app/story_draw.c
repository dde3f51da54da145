/* The story screen as it is drawn: one story or two, the title line, the status line. */
#include "app/story_screen.h"
#include "text/columns.h"
#include "view/related_lines.h"

static struct story_screen *
self(struct screen *s)
{
	return (struct story_screen *)s;
}

enum { AIRY_ROWS = 8 }; /* from here a blank row stands above the headline */

static struct area
below_the_bar(struct area area)
{
	if (area.rows >= AIRY_ROWS) {
		area.row++;
		area.rows--;
	}
	return area;
}

static void
draw_rule(struct desk *d, struct area area, bool upright)
{
	enum symbol symbol = upright ? SYMBOL_BAR : SYMBOL_RULE;
	int n = upright ? area.rows : area.cols;
	for (int i = 0; i < n; i++)
		canvas_put(d->canvas, area.row + (upright ? i : 0), area.col + (upright ? 0 : i),
		    look_symbol(&d->look, symbol), ROLE_RULE, 1);
}

/* Side by side, or one above the other in a narrow terminal. */
static void
draw_split(struct story_screen *s, struct desk *d, struct area area, bool focused)
{
	struct area first = area, second = area, rule = area;
	bool upright = area.cols >= DESK_SPLIT_COLS;
	if (upright) {
		first.cols = area.cols / 2;
		rule.col += first.cols;
		second.col += first.cols + 1;
		second.cols = area.cols - first.cols - 1;
	} else {
		first.rows = area.rows / 2;
		rule.row += first.rows;
		second.row += first.rows + 1;
		second.rows = area.rows - first.rows - 1;
	}
	draw_rule(d, rule, upright);
	story_pane_draw(&s->side[s->left], d, below_the_bar(first), 1,
	    focused && s->focus == s->left);
	story_pane_draw(&s->side[!s->left], d, below_the_bar(second), 1,
	    focused && s->focus != s->left);
}

void
story_draw(struct screen *screen, struct desk *d, struct area area, bool focused)
{
	struct story_screen *s = self(screen);
	s->area = area;
	if (s->split)
		draw_split(s, d, area, focused);
	else
		story_pane_draw(&s->side[s->shown], d, below_the_bar(area), area.cols < 40 ? 0 : 2,
		    focused);
}

static void
split_title(struct story_screen *s, struct desk *d, struct arena *a, struct screen_title *t)
{
	enum { TITLE_COLS = 30 };
	struct str ellipsis = look_symbol(&d->look, SYMBOL_ELLIPSIS);
	for (int i = 0; i < 2; i++)
		t->where[t->n_where++] = columns_cut(a,
		    s->side[i ? !s->left : s->left].story.row.title, TITLE_COLS, ellipsis);
}

void
story_title(struct screen *screen, struct desk *d, struct arena *a, struct screen_title *t)
{
	struct story_screen *s = self(screen);
	struct screen *list = desk_list_screen(d);
	struct story_pane *p = &s->side[s->shown];
	int64_t n, all;
	if (s->split) {
		split_title(s, d, a, t);
	} else {
		if (list)
			list->kind->title(list, d, a, t);
		if (p->id != STORY_NONE && t->n_where < COUNT_OF(t->where))
			t->where[t->n_where++] = desk_agency(d, &p->story.row);
	}
	if (d->trail.n > 1)
		t->right = word_fill2(a, word(&d->words, WORD_STEP_OF),
		    word_number(a, &d->words, (int64_t)d->trail.here + 1),
		    word_number(a, &d->words, (int64_t)d->trail.n));
	else if (desk_list_position(d, p->id, &n, &all))
		t->right = word_fill2(a, word(&d->words, WORD_STORY_N_OF_UNREAD),
		    word_number(a, &d->words, n), word_number(a, &d->words, all));
}

/* Of the preview, which is no step of the trail, the breadcrumb is its own headline. */
struct str
story_status(struct screen *screen, struct desk *d, struct arena *a)
{
	struct err e = {0};
	struct story_rows rows = {0};
	story_id ids[TRAIL_MAX_STEPS];
	size_t cols = (size_t)canvas_cols(d->canvas) * 2 / 3;
	if (screen == d->preview)
		return related_breadcrumb(a, &d->look, &story_pane_of(self(screen))->story.row, 1, cols);
	size_t n = d->trail.n ? d->trail.here + 1 : 0, from = n > 4 ? n - 4 : 0;
	for (size_t i = from; i < n; i++)
		ids[i - from] = d->trail.steps[i].story;
	if (n == 0 || !d->store || !list_ids(d->store, a, ids, n - from, &rows, &e))
		return STR("");
	return related_breadcrumb(a, &d->look, rows.v, rows.n, cols);
}

struct str
story_status_right(struct screen *screen, struct desk *d, struct arena *a)
{
	struct story_pane *p = story_pane_of(self(screen));
	if (p->id == STORY_NONE || !p->pager.lines)
		return STR("");
	enum target_state state = p->story.row.gone ? TARGET_GONE
	    : p->story.row.stored                   ? TARGET_STORED
						    : TARGET_MISSING;
	static const enum word words[] = {
		[TARGET_STORED] = WORD_IS_STORED, [TARGET_MISSING] = WORD_IS_MISSING,
		[TARGET_GONE] = WORD_IS_GONE,
	};
	struct str where = pager_at_end(&p->pager)
	    ? word(&d->words, WORD_AT_END)
	    : word_fill1(a, word(&d->words, WORD_PERCENT),
	          word_number(a, &d->words, pager_percent(&p->pager)));
	return arena_fmt(a, "%.*s %.*s %.*s %.*s", STR_ARG(where),
	    STR_ARG(look_symbol(&d->look, SYMBOL_DOT)),
	    STR_ARG(look_symbol(&d->look, look_state_symbol(state))),
	    STR_ARG(word(&d->words, words[state])));
}
