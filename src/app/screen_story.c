/*
 * The story screen: the step of the trail that is shown, and beside it (split) the one before.
 * Following a link is one more step; back and forward restore the line and the focused link.
 */
#include <stdlib.h>


#include "app/story_pane.h"
#include "text/columns.h"
#include "text/url.h"
#include "store/mark.h"
#include "view/bars.h"
#include "view/related_lines.h"

struct story_screen {
	struct screen base;
	struct story_pane side[2];
	bool split; /* both are on the screen */
	int shown; /* the side that shows the trail's step; alone on the screen without split */
	int focus; /* with split: the side that has the keys */
	int left; /* with split: the side that is drawn first */
	struct area area;
};

static const struct screen_kind story_kind, split_kind;

static struct story_screen *
self(struct screen *s)
{
	return (struct story_screen *)s;
}

static struct story_pane *
pane(struct story_screen *s)
{
	return &s->side[s->split ? s->focus : s->shown];
}

/* --- reading state ------------------------------------------------------------------------------ */

static void
mark_read(struct desk *d, struct story_pane *p)
{
	if (p->id != STORY_NONE && p->story.row.unread) {
		desk_ask_mark(d, MARK_READ, &p->id, 1);
		p->story.row.unread = false;
	}
}

enum { READ_ON_OPEN, READ_ON_SCROLL_END, READ_ON_PREVIEW, READ_MANUALLY };

static void
opened(struct desk *d, struct story_pane *p)
{
	int64_t when = config_number(&d->app->config, OPT_mark_read);
	if (p->id != STORY_NONE)
		desk_tell_opened(d, p->id);
	if (when == READ_ON_OPEN || when == READ_ON_PREVIEW)
		mark_read(d, p);
	if (p->id != STORY_NONE && !p->story.row.stored && !p->story.row.gone &&
	    config_number(&d->app->config, OPT_full_text) != WIRE_FULL_NEVER)
		desk_ask_story(d, p->id, p->story.row.url, WIRE_OPENED, 0);
}

/* Remember where the reader is before the pane shows something else. */
static void
keep_place(struct story_screen *s, struct desk *d)
{
	struct step *here = trail_here(&d->trail);
	struct story_pane *p = &s->side[s->shown];
	if (!here || here->story != p->id || !p->pager.lines)
		return;
	here->place = pager_place(&p->pager);
	here->focus = p->pager.focus;
}

static void
show_step(struct story_screen *s, struct desk *d, const struct step *step)
{
	struct story_pane *p = &s->side[s->shown];
	if (!story_pane_load(p, d, step->story)) {
		desk_say(d, ROLE_WARNING, "That story is no longer in the store.");
		return;
	}
	story_pane_restore(p, step->place, step->focus);
	s->focus = s->shown;
	opened(d, p);
	desk_redraw(d);
}

/* --- following links ----------------------------------------------------------------------------- */

/* Does the address lead to the site of the story? */
static bool
same_site(const struct story_pane *p, struct str url)
{
	struct str here = url_host(p->story.row.url), there = url_host(url);
	return here.n && str_eq(here, there);
}

static void
follow_stored(struct story_screen *s, struct desk *d, story_id to)
{
	keep_place(s, d);
	s->shown = s->split ? s->focus : s->shown;
	trail_go(&d->trail, to);
	show_step(s, d, trail_here(&d->trail));
	desk_save_trail(d);
}

static void
follow_unstored(struct story_screen *s, struct desk *d, const struct page_link *link)
{
	if (link->url.n == 0) {
		desk_say(d, ROLE_WARNING,
		    "[%d] has no address: it opens when a story with this headline arrives.",
		    link->number);
	} else if (link->state == TARGET_GONE) {
		desk_say(d, ROLE_WARNING, "[%d] is gone from the site. %.*s tries the browser",
		    link->number, STR_ARG(desk_key(d, COMMAND_BROWSER)));
	} else if (link->kind == PAGE_LINK_ADDRESS && !same_site(pane(s), link->url)) {
		desk_say(d, ROLE_STATUS, "Not a story: opened in the browser");
		desk_open_address(d, link->url);
	} else {
		keep_place(s, d);
		desk_ask_story(d, STORY_NONE, link->url, WIRE_OPENED, 0);
		if (d->offline)
			desk_say(d, ROLE_STATUS,
			    "○ [%d] is not stored. It will be fetched when online.", link->number);
		else
			desk_say(d, ROLE_STATUS, "Fetching [%d]…", link->number);
	}
}

static void
follow(struct story_screen *s, struct desk *d, const struct page_link *link)
{
	if (link && link->to != STORY_NONE)
		follow_stored(s, d, link->to);
	else if (link)
		follow_unstored(s, d, link);
}

static void
follow_number(struct screen *screen, struct desk *d, int number)
{
	struct story_screen *s = self(screen);
	const struct page_link *link = story_pane_number(pane(s), number);
	if (link)
		follow(s, d, link);
	else
		desk_say(d, ROLE_WARNING, "There is no link [%d] here.", number);
}

static int
n_numbers(struct screen *screen, struct desk *d)
{
	(void)d;
	return story_pane_numbers(pane(self(screen)));
}

/* The focused link, else the first one on this page. */
static const struct page_link *
link_to_open(struct story_screen *s)
{
	const struct page_link *link = story_pane_link(pane(s), pane(s)->pager.focus);
	return link ? link : story_pane_number(pane(s), 1);
}

static void
close_split(struct story_screen *s, struct desk *d)
{
	struct step *here = trail_here(&d->trail);
	s->split = false;
	s->shown = s->focus;
	s->base.kind = &story_kind;
	story_pane_invalidate(&s->side[s->shown]);
	/* the trail's step is the story that stays */
	if (here && here->story != s->side[s->shown].id) {
		struct step *before = trail_back(&d->trail);
		if (!before || before->story != s->side[s->shown].id)
			trail_go(&d->trail, s->side[s->shown].id);
		desk_save_trail(d);
	}
}

static void
open_split(struct story_screen *s, struct desk *d, story_id to)
{
	keep_place(s, d);
	s->left = s->shown;
	s->shown = !s->shown;
	s->split = true;
	s->base.kind = &split_kind;
	story_pane_invalidate(&s->side[s->left]);
	trail_go(&d->trail, to);
	show_step(s, d, trail_here(&d->trail));
	desk_save_trail(d);
}

static void
open_beside(struct story_screen *s, struct desk *d)
{
	const struct page_link *link = link_to_open(s);
	bool wide = canvas_cols(d->canvas) >= DESK_SPLIT_COLS;
	bool tall = canvas_rows(d->canvas) >= DESK_SPLIT_ROWS;
	if (s->split)
		close_split(s, d);
	else if (!link)
		desk_say(d, ROLE_STATUS, "This story links to no others.");
	else if (link->to == STORY_NONE || (!wide && !tall))
		follow(s, d, link);
	else
		open_split(s, d, link->to);
}

/* --- commands ------------------------------------------------------------------------------------ */

static void
back(struct story_screen *s, struct desk *d, bool or_leave)
{
	keep_place(s, d);
	struct step *step = trail_back(&d->trail);
	if (step) {
		show_step(s, d, step);
		desk_save_trail(d);
	} else if (s->split) {
		close_split(s, d);
	} else if (or_leave) {
		desk_command(d, COMMAND_CLOSE, 0);
	} else {
		desk_say(d, ROLE_STATUS, "This is the beginning of the trail.");
	}
}

static void
forward(struct story_screen *s, struct desk *d)
{
	keep_place(s, d);
	struct step *step = trail_forward(&d->trail);
	if (!step) {
		desk_say(d, ROLE_STATUS, "This is the end of the trail.");
		return;
	}
	show_step(s, d, step);
	desk_save_trail(d);
}

/* Space: a page on, then the next unread story. */
static void
read_on(struct story_screen *s, struct desk *d)
{
	struct story_pane *p = pane(s);
	if (pager_page(&p->pager, 1, 1))
		return;
	if (!desk_next_in_list(d, 1, true))
		desk_say(d, ROLE_STATUS, "No unread story below.");
}

static void
toggle(struct desk *d, struct story_pane *p, bool now, int on, int off)
{
	desk_ask_mark(d, now ? off : on, &p->id, 1);
}

static void
change_width(struct story_screen *s, struct desk *d, int by)
{
	struct option_value *v = &d->app->config.values[OPT_text_width];
	v->number += by;
	if (v->number < 20)
		v->number = 20;
	if (v->number > 400)
		v->number = 400;
	story_pane_invalidate(&s->side[0]);
	story_pane_invalidate(&s->side[1]);
	desk_say(d, ROLE_STATUS, "Text width: %lld", (long long)v->number);
}

/* The end of the text was on the screen: that may be what counts as reading it. */
static void
scrolled(struct desk *d, struct story_pane *p)
{
	if (p->page.body_end && p->pager.top + p->pager.rows >= p->page.body_end &&
	    config_number(&d->app->config, OPT_mark_read) == READ_ON_SCROLL_END)
		mark_read(d, p);
}

static bool
scroll_command(struct story_pane *p, int command, int count)
{
	long n = count ? count : 1, half = (long)p->pager.rows / 2;
	switch (command) {
	case COMMAND_LINE_DOWN:
		pager_scroll(&p->pager, n);
		return true;
	case COMMAND_LINE_UP:
		pager_scroll(&p->pager, -n);
		return true;
	case COMMAND_HALF_PAGE_DOWN:
		pager_scroll(&p->pager, half);
		return true;
	case COMMAND_HALF_PAGE_UP:
		pager_scroll(&p->pager, -half);
		return true;
	case COMMAND_PAGE_DOWN:
		pager_page(&p->pager, 1, 1);
		return true;
	case COMMAND_STORY_PAGE_UP:
	case COMMAND_PAGE_UP:
		pager_page(&p->pager, -1, 1);
		return true;
	case COMMAND_FIRST_ROW:
		pager_home(&p->pager);
		return true;
	case COMMAND_LAST_ROW:
		pager_end(&p->pager);
		return true;
	case COMMAND_NEXT_LINK:
		pager_focus_step(&p->pager, 1);
		return true;
	case COMMAND_PREVIOUS_LINK:
		pager_focus_step(&p->pager, -1);
		return true;
	}
	return false;
}

static bool
list_command(struct desk *d, int command)
{
	switch (command) {
	case COMMAND_NEXT_UNREAD:
		if (!desk_next_in_list(d, 1, true))
			desk_say(d, ROLE_STATUS, "No unread story below.");
		return true;
	case COMMAND_PREVIOUS_UNREAD:
		if (!desk_next_in_list(d, -1, true))
			desk_say(d, ROLE_STATUS, "No unread story above.");
		return true;
	case COMMAND_NEXT_STORY:
		if (!desk_next_in_list(d, 1, false))
			desk_say(d, ROLE_STATUS, "This is the last story.");
		return true;
	case COMMAND_PREVIOUS_STORY:
		if (!desk_next_in_list(d, -1, false))
			desk_say(d, ROLE_STATUS, "This is the first story.");
		return true;
	}
	return false;
}

static bool
keep_command(struct story_screen *s, struct desk *d, int command)
{
	struct story_pane *p = pane(s);
	switch (command) {
	case COMMAND_TOGGLE_READ:
		toggle(d, p, !p->story.row.unread, MARK_READ, MARK_UNREAD);
		return true;
	case COMMAND_STAR:
		toggle(d, p, p->story.row.starred, MARK_STAR, MARK_UNSTAR);
		return true;
	case COMMAND_STORE:
		desk_ask_story(d, p->id, p->story.row.url, WIRE_STORE, 0);
		return true;
	case COMMAND_STORE_LINKS:
		desk_ask_story(d, p->id, p->story.row.url, WIRE_STORE, 1);
		return true;
	case COMMAND_TOGGLE_SOURCE:
		p->as_received = !p->as_received;
		story_pane_invalidate(p);
		return true;
	case COMMAND_TOGGLE_RIGHTS:
		p->rights_unfolded = !p->rights_unfolded;
		story_pane_invalidate(p);
		return true;
	case COMMAND_NEXT_MATCH:
	case COMMAND_PREVIOUS_MATCH:
		story_pane_find(p, p->find, command == COMMAND_NEXT_MATCH ? 1 : -1, true);
		return true;
	}
	return false;
}

static bool
split_command(struct story_screen *s, struct desk *d, int what)
{
	switch (what) {
	case COMMAND_SPLIT:
		open_beside(s, d);
		return true;
	case COMMAND_SWAP_SIDES:
		s->left = !s->left;
		return true;
	case COMMAND_OTHER_PANE:
		if (!s->split)
			return false;
		s->focus = !s->focus;
		return true;
	case COMMAND_WIDER:
		change_width(s, d, 4);
		return true;
	case COMMAND_NARROWER:
		change_width(s, d, -4);
		return true;
	}
	return false;
}

static bool
way_command(struct story_screen *s, struct desk *d, int what)
{
	struct story_pane *p = pane(s);
	switch (what) {
	case COMMAND_STORY_READ_ON:
	case COMMAND_READ_ON:
		read_on(s, d);
		return true;
	case COMMAND_FOLLOW:
	case COMMAND_OPEN:
		if (story_pane_link(p, p->pager.focus))
			follow(s, d, story_pane_link(p, p->pager.focus));
		else
			desk_say(d, ROLE_STATUS, "Tab chooses a link, a number follows one.");
		return true;
	case COMMAND_BACK:
		back(s, d, false);
		return true;
	case COMMAND_STORY_BACK:
	case COMMAND_LEAVE:
		back(s, d, true);
		return true;
	case COMMAND_FORWARD:
		forward(s, d);
		return true;
	case COMMAND_RELATED:
		keep_place(s, d);
		desk_push_take(d, related_screen_new(d, p->id));
		return true;
	}
	return false;
}

static bool
command(struct screen *screen, struct desk *d, int what, int count)
{
	struct story_screen *s = self(screen);
	struct story_pane *p = pane(s);
	if (scroll_command(p, what, count)) {
		scrolled(d, p);
		return true;
	}
	if (list_command(d, what) || keep_command(s, d, what) || way_command(s, d, what) ||
	    split_command(s, d, what))
		return true;
	switch (what) {
	case COMMAND_FIND:
		desk_prompt(d, PROMPT_FIND, "Find: ", STR(""), screen);
		return true;
	case COMMAND_REFRESH:
		desk_ask_story(d, p->id, p->story.row.url, WIRE_STORE, 0);
		return true;
	case COMMAND_CLOSE:
		keep_place(s, d);
		return false;
	case COMMAND_FILTER:
	case COMMAND_SELECT:
	case COMMAND_SELECT_ALL:
	case COMMAND_ORDER:
		desk_say(d, ROLE_STATUS, "That is for lists of stories.");
		return true;
	}
	return false;
}

static void
prompt(struct screen *screen, struct desk *d, int what, struct str text, bool accepted)
{
	struct story_pane *p = pane(self(screen));
	(void)accepted;
	if (what == PROMPT_FIND)
		d->finding = text.n > 0;
	if (what == PROMPT_FIND && text.n && !story_pane_find(p, text, 1, false))
		desk_say(d, ROLE_WARNING, "Nothing matches \"%.*s\".", STR_ARG(text));
	if (what == PROMPT_FIND && text.n == 0) {
		free((char *)p->find.p);
		p->find = STR("");
		p->find.p = NULL;
	}
}

/* --- drawing ------------------------------------------------------------------------------------- */

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

static void
draw(struct screen *screen, struct desk *d, struct area area, bool focused)
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

static void
title(struct screen *screen, struct desk *d, struct arena *a, struct screen_title *t)
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
static struct str
status(struct screen *screen, struct desk *d, struct arena *a)
{
	struct err e = {0};
	struct story_rows rows = {0};
	story_id ids[TRAIL_MAX_STEPS];
	size_t cols = (size_t)canvas_cols(d->canvas) * 2 / 3;
	if (screen == d->preview)
		return related_breadcrumb(a, &d->look, &pane(self(screen))->story.row, 1, cols);
	size_t n = d->trail.n ? d->trail.here + 1 : 0, from = n > 4 ? n - 4 : 0;
	for (size_t i = from; i < n; i++)
		ids[i - from] = d->trail.steps[i].story;
	if (n == 0 || !d->store || !list_ids(d->store, a, ids, n - from, &rows, &e))
		return STR("");
	return related_breadcrumb(a, &d->look, rows.v, rows.n, cols);
}

static struct str
status_right(struct screen *screen, struct desk *d, struct arena *a)
{
	struct story_pane *p = pane(self(screen));
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

static void
changed(struct screen *screen, struct desk *d)
{
	struct story_screen *s = self(screen);
	story_pane_reload(&s->side[0], d);
	story_pane_reload(&s->side[1], d);
}

static int64_t
current(struct screen *screen, struct desk *d)
{
	(void)d;
	return pane(self(screen))->id;
}

static void
release(struct screen *screen)
{
	struct story_screen *s = self(screen);
	story_pane_clear(&s->side[0]);
	story_pane_clear(&s->side[1]);
	free(s);
}

/* --- the mouse ------------------------------------------------------------------------------------ */

/* Which side is under a cell of the screen's area. */
static int
side_at(const struct story_screen *s, int row, int col)
{
	const struct area *first = &s->side[s->left].area;
	if (!s->split)
		return s->shown;
	if (s->area.cols >= DESK_SPLIT_COLS)
		return col + s->area.col < first->col + first->cols ? s->left : !s->left;
	return row + s->area.row < first->row + first->rows ? s->left : !s->left;
}

static void
click(struct screen *screen, struct desk *d, int row, int col)
{
	struct story_screen *s = self(screen);
	if (s->split)
		s->focus = side_at(s, row, col);
	struct story_pane *p = pane(s);
	row += s->area.row - p->area.row;
	col += s->area.col - p->area.col;
	if (row < 0 || col < 0 || !p->pager.lines)
		return;
	int32_t link = pager_link_at(&p->pager, (size_t)row, (size_t)col);
	if (link == LINE_NO_LINK)
		return;
	p->pager.focus = link;
	follow(s, d, story_pane_link(p, link));
}

static void
wheel(struct screen *screen, struct desk *d, int lines)
{
	struct story_pane *p = pane(self(screen));
	if (!p->pager.lines)
		return;
	pager_scroll(&p->pager, lines);
	scrolled(d, p);
}

/* At the end of the text Space goes on to the next story, and says so. */
static const char *
hint(struct screen *screen, struct desk *d, int command)
{
	struct story_pane *p = pane(self(screen));
	(void)d;
	if (command == COMMAND_SPLIT && self(screen)->split)
		return SAID_LATER("close split");
	return command == COMMAND_STORY_READ_ON && p->pager.lines && pager_at_end(&p->pager)
	    ? SAID_LATER("next unread") : NULL;
}

#define STORY_FUNCTIONS \
	.draw = draw, .command = command, .title = title, .status = status, \
	.status_right = status_right, .changed = changed, .follow = follow_number, \
	.n_numbers = n_numbers, .prompt = prompt, .click = click, .wheel = wheel, .hint = hint, \
	.current = current, .free = release

static const struct screen_kind story_kind = {
	.name = SAID_LATER("story"), .flags = SCREEN_IS_STORY | SCREEN_DIGITS_FOLLOW,
	.contexts = {CONTEXT_STORY, CONTEXT_HEADLINES, CONTEXT_LIST, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_STORY_READ_ON, COMMAND_RELATED, COMMAND_BACK, COMMAND_SPLIT,
	    COMMAND_BROWSER, COMMAND_STAR, COMMAND_NEXT_UNREAD, COMMAND_STORE_LINKS, -1},
	STORY_FUNCTIONS,
};

static const struct screen_kind split_kind = {
	.name = SAID_LATER("story"), .flags = SCREEN_IS_STORY | SCREEN_DIGITS_FOLLOW,
	.contexts = {CONTEXT_STORY, CONTEXT_HEADLINES, CONTEXT_LIST, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_OTHER_PANE, COMMAND_SPLIT, COMMAND_SWAP_SIDES, COMMAND_STORY_READ_ON,
	    COMMAND_BACK, COMMAND_FORWARD, COMMAND_RELATED, -1},
	STORY_FUNCTIONS,
};

struct screen *
story_screen_new(struct desk *d)
{
	struct story_screen *s = heap_alloc(sizeof(*s));
	(void)d;
	s->base.kind = &story_kind;
	story_pane_init(&s->side[0]);
	story_pane_init(&s->side[1]);
	return &s->base;
}

/* --- what the desk does with stories ------------------------------------------------------------- */

void
desk_open_story(struct desk *d, story_id id, bool new_trail)
{
	struct screen *screen = desk_story_screen(d);
	if (new_trail)
		trail_begin(&d->trail, id);
	else
		trail_go(&d->trail, id);
	if (!screen) {
		screen = story_screen_new(d);
		desk_push_take(d, screen);
	} else {
		desk_pop_to(d, screen);
	}
	d->focus = FOCUS_TOP;
	if (!d->hint_given) {
		d->hint_given = true;
		desk_say(d, ROLE_STATUS, "%.*s reads on; 1-9 follow links; %.*s shows all keys",
		    STR_ARG(desk_key(d, COMMAND_STORY_READ_ON)),
		    STR_ARG(desk_key(d, COMMAND_HELP)));
	}
	self(screen)->split = false;
	screen->kind = &story_kind;
	show_step(self(screen), d, trail_here(&d->trail));
	desk_save_trail(d);
}

void
desk_resume_trail(struct desk *d)
{
	struct step *here = trail_here(&d->trail);
	struct screen *screen = desk_story_screen(d);
	if (!here)
		return;
	if (!screen) {
		screen = story_screen_new(d);
		desk_push_take(d, screen);
	}
	show_step(self(screen), d, here);
}

void
desk_preview(struct desk *d, story_id id)
{
	if (!d->preview)
		d->preview = story_screen_new(d);
	struct story_pane *p = pane(self(d->preview));
	if (p->id == id || !story_pane_load(p, d, id))
		return;
	if (config_number(&d->app->config, OPT_mark_read) == READ_ON_PREVIEW)
		mark_read(d, p);
	desk_redraw(d);
}

void
desk_open_preview(struct desk *d)
{
	story_id id = d->preview ? pane(self(d->preview))->id : STORY_NONE;
	if (id != STORY_NONE)
		desk_open_story(d, id, true);
}

bool
desk_split_open(struct desk *d)
{
	struct screen *screen = desk_story_screen(d);
	return screen && self(screen)->split;
}
