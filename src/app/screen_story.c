/*
 * The story screen: the step of the trail that is shown, and beside it (split) a second story.
 * Following a link is one more step; back and forward restore the line and the focused link.
 */
#include <stdlib.h>

#include "app/story_pane.h"
#include "store/mark.h"
#include "view/bars.h"
#include "view/related_lines.h"

struct story_screen {
	struct screen base;
	struct story_pane side[2]; /* 0 shows the trail's step; 1 is beside it */
	bool split;
	int focus; /* 0 or 1 */
	int left; /* which side is drawn first */
	struct area area;
};

static struct story_screen *
self(struct screen *s)
{
	return (struct story_screen *)s;
}

static struct story_pane *
pane(struct story_screen *s)
{
	return &s->side[s->split ? s->focus : 0];
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
	struct story_pane *p = &s->side[0];
	if (!here || here->story != p->id || !p->pager.lines)
		return;
	here->place = pager_place(&p->pager);
	here->focus = p->pager.focus;
}

static void
show_step(struct story_screen *s, struct desk *d, const struct step *step)
{
	if (!story_pane_load(&s->side[0], d, step->story)) {
		desk_say(d, ROLE_WARNING, "That story is no longer in the store.");
		return;
	}
	story_pane_restore(&s->side[0], step->place, step->focus);
	s->focus = 0;
	opened(d, &s->side[0]);
	desk_redraw(d);
}

/* --- following links ----------------------------------------------------------------------------- */

static void
follow(struct story_screen *s, struct desk *d, const struct page_link *link)
{
	if (!link)
		return;
	if (link->to != STORY_NONE && link->kind != PAGE_LINK_ADDRESS) {
		if (link->state == TARGET_GONE && !link->url.n) {
			desk_say(d, ROLE_WARNING, "[%d] is gone from the site.", link->number);
			return;
		}
		keep_place(s, d);
		desk_open_story(d, link->to, false);
	} else if (link->url.n == 0) {
		desk_say(d, ROLE_WARNING,
		    "[%d] has no address: it opens when a story with this headline arrives.",
		    link->number);
	} else if (link->state == TARGET_GONE) {
		desk_say(d, ROLE_WARNING, "[%d] is gone from the site. o tries the browser",
		    link->number);
	} else {
		desk_say(d, ROLE_STATUS, d->offline
			? "○ [%d] is not stored. It will be fetched when online."
			: "Fetching [%d]…", link->number);
		desk_ask_story(d, STORY_NONE, link->url, WIRE_OPENED, 0);
	}
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

static void
open_beside(struct story_screen *s, struct desk *d)
{
	const struct page_link *link = story_pane_link(pane(s), pane(s)->pager.focus);
	if (s->split) {
		s->split = false;
		s->focus = 0;
		story_pane_invalidate(&s->side[0]);
		return;
	}
	if (!link)
		link = story_pane_number(pane(s), 1);
	if (!link || link->to == STORY_NONE) {
		if (link && link->url.n)
			follow(s, d, link);
		else
			desk_say(d, ROLE_STATUS, "No link to open beside this story. Tab chooses one.");
		return;
	}
	if (s->area.cols < DESK_SPLIT_COLS && s->area.rows < DESK_SPLIT_ROWS - 3) {
		follow(s, d, link);
		return;
	}
	if (!story_pane_load(&s->side[1], d, link->to))
		return;
	s->split = true;
	s->focus = 1;
	s->left = 0;
	story_pane_invalidate(&s->side[0]);
	opened(d, &s->side[1]);
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
	if (config_number(&d->app->config, OPT_mark_read) == READ_ON_SCROLL_END)
		mark_read(d, p);
	if (!desk_next_in_list(d, 1, true))
		desk_say(d, ROLE_STATUS, "All read. %.*s shows read stories.",
		    STR_ARG(desk_key(d, COMMAND_TOGGLE_READ_STORIES)));
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
	desk_say(d, ROLE_STATUS, "Text width %lld", (long long)v->number);
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
command(struct screen *screen, struct desk *d, int what, int count)
{
	struct story_screen *s = self(screen);
	struct story_pane *p = pane(s);
	if (scroll_command(p, what, count) || list_command(d, what) || keep_command(s, d, what))
		return true;
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
	case COMMAND_FIND:
		desk_prompt(d, PROMPT_FIND, STR("Find: "), STR(""), screen);
		return true;
	case COMMAND_FILTER:
	case COMMAND_SELECT:
	case COMMAND_SELECT_ALL:
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

static void
draw_split(struct story_screen *s, struct desk *d, struct area area, bool focused)
{
	struct area first = area, second = area;
	int left = s->left;
	if (area.cols >= DESK_SPLIT_COLS) {
		first.cols = area.cols / 2;
		second.col += first.cols + 1;
		second.cols = area.cols - first.cols - 1;
		for (int i = 0; i < area.rows; i++)
			canvas_put(d->canvas, area.row + i, area.col + first.cols,
			    look_symbol(&d->look, SYMBOL_BAR), ROLE_RULE, 1);
	} else {
		first.rows = area.rows / 2;
		second.row += first.rows + 1;
		second.rows = area.rows - first.rows - 1;
		for (int i = 0; i < area.cols; i++)
			canvas_put(d->canvas, area.row + first.rows, area.col + i,
			    look_symbol(&d->look, SYMBOL_RULE), ROLE_RULE, 1);
	}
	story_pane_draw(&s->side[left], d, first, 1, focused && s->focus == left);
	story_pane_draw(&s->side[!left], d, second, 1, focused && s->focus == !left);
}

static void
draw(struct screen *screen, struct desk *d, struct area area, bool focused)
{
	struct story_screen *s = self(screen);
	s->area = area;
	if (s->split)
		draw_split(s, d, area, focused);
	else
		story_pane_draw(&s->side[0], d, area, area.cols < 40 ? 0 : 2, focused);
}

static void
title(struct screen *screen, struct desk *d, struct arena *a, struct screen_title *t)
{
	struct story_screen *s = self(screen);
	struct screen *list = desk_list_screen(d);
	if (s->split) {
		t->where[0] = s->side[s->left].story.row.title;
		t->where[1] = s->side[!s->left].story.row.title;
		t->n_where = 2;
		return;
	}
	if (list)
		list->kind->title(list, d, a, t);
	if (s->side[0].id != STORY_NONE && t->n_where < COUNT_OF(t->where))
		t->where[t->n_where++] = desk_agency(d, &s->side[0].story.row);
	if (d->trail.n > 1)
		t->right = word_fill2(a, word(&d->words, WORD_STEP_OF),
		    word_number(a, &d->words, (int64_t)d->trail.here + 1),
		    word_number(a, &d->words, (int64_t)d->trail.n));
}

static struct str
status(struct screen *screen, struct desk *d, struct arena *a)
{
	struct err e = {0};
	struct story_rows rows = {0};
	story_id ids[TRAIL_MAX_STEPS];
	(void)screen;
	size_t n = d->trail.n ? d->trail.here + 1 : 0, from = n > 4 ? n - 4 : 0;
	for (size_t i = from; i < n; i++)
		ids[i - from] = d->trail.steps[i].story;
	if (n == 0 || !d->store || !list_ids(d->store, a, ids, n - from, &rows, &e))
		return STR("");
	return related_breadcrumb(a, &d->look, rows.v, rows.n,
	    (size_t)canvas_cols(d->canvas) * 2 / 3);
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

static const struct screen_kind story_kind = {
	.name = "story", .flags = SCREEN_IS_STORY | SCREEN_DIGITS_FOLLOW,
	.contexts = {CONTEXT_STORY, CONTEXT_HEADLINES, CONTEXT_LIST, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_STORY_READ_ON, COMMAND_FOLLOW, COMMAND_RELATED, COMMAND_BACK, COMMAND_SPLIT,
	    COMMAND_STAR, COMMAND_NEXT_UNREAD, COMMAND_BROWSER, -1},
	.draw = draw, .command = command, .title = title, .status = status,
	.status_right = status_right, .changed = changed, .follow = follow_number,
	.n_numbers = n_numbers, .prompt = prompt, .current = current, .free = release,
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
	d->focus_list = false;
	if (!d->hint_given) {
		d->hint_given = true;
		desk_say(d, ROLE_STATUS, "%.*s reads on; 1-9 follow links; %.*s shows all keys",
		    STR_ARG(desk_key(d, COMMAND_STORY_READ_ON)),
		    STR_ARG(desk_key(d, COMMAND_HELP)));
	}
	self(screen)->split = false;
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
	struct story_pane *p = &self(d->preview)->side[0];
	if (p->id == id || !story_pane_load(p, d, id))
		return;
	if (config_number(&d->app->config, OPT_mark_read) == READ_ON_PREVIEW)
		mark_read(d, p);
	desk_redraw(d);
}

bool
desk_split_open(struct desk *d)
{
	struct screen *screen = desk_story_screen(d);
	return screen && self(screen)->split;
}
