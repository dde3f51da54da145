/*
 * The story screen: the step of the trail that is shown, and beside it (split) the one before.
 * Following a link is one more step; back and forward restore the line and the focused link.
 */
#include <stdlib.h>

#include "app/story_screen.h"
#include "store/mark.h"

static struct story_screen *
self(struct screen *s)
{
	return (struct story_screen *)s;
}

/* --- commands ------------------------------------------------------------------------------------ */

static void
back(struct story_screen *s, struct desk *d, bool or_leave)
{
	story_keep_place(s, d);
	struct step *step = trail_back(&d->trail);
	if (step) {
		story_show_step(s, d, step);
		desk_save_trail(d);
	} else if (s->split) {
		story_close_split(s, d);
	} else if (or_leave) {
		desk_command(d, COMMAND_CLOSE, 0);
	} else {
		desk_say(d, ROLE_STATUS, "This is the beginning of the trail.");
	}
}

static void
forward(struct story_screen *s, struct desk *d)
{
	story_keep_place(s, d);
	struct step *step = trail_forward(&d->trail);
	if (!step) {
		desk_say(d, ROLE_STATUS, "This is the end of the trail.");
		return;
	}
	story_show_step(s, d, step);
	desk_save_trail(d);
}

/* Space: a page on, then the next unread story. */
static void
read_on(struct story_screen *s, struct desk *d)
{
	struct story_pane *p = story_pane_of(s);
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
		story_mark_read(d, p);
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
	struct story_pane *p = story_pane_of(s);
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
		story_open_beside(s, d);
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
	struct story_pane *p = story_pane_of(s);
	switch (what) {
	case COMMAND_STORY_READ_ON:
	case COMMAND_READ_ON:
		read_on(s, d);
		return true;
	case COMMAND_FOLLOW:
	case COMMAND_OPEN:
		if (story_pane_link(p, p->pager.focus))
			story_follow(s, d, story_pane_link(p, p->pager.focus));
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
		story_keep_place(s, d);
		desk_push_take(d, related_screen_new(d, p->id));
		return true;
	}
	return false;
}

static bool
command(struct screen *screen, struct desk *d, int what, int count)
{
	struct story_screen *s = self(screen);
	struct story_pane *p = story_pane_of(s);
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
		story_keep_place(s, d);
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
	struct story_pane *p = story_pane_of(self(screen));
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
	return story_pane_of(self(screen))->id;
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
	struct story_pane *p = story_pane_of(s);
	row += s->area.row - p->area.row;
	col += s->area.col - p->area.col;
	if (row < 0 || col < 0 || !p->pager.lines)
		return;
	int32_t link = pager_link_at(&p->pager, (size_t)row, (size_t)col);
	if (link == LINE_NO_LINK)
		return;
	p->pager.focus = link;
	story_follow(s, d, story_pane_link(p, link));
}

static void
wheel(struct screen *screen, struct desk *d, int lines)
{
	struct story_pane *p = story_pane_of(self(screen));
	if (!p->pager.lines)
		return;
	pager_scroll(&p->pager, lines);
	scrolled(d, p);
}

/* At the end of the text Space goes on to the next story, and says so. */
static const char *
hint(struct screen *screen, struct desk *d, int command)
{
	struct story_pane *p = story_pane_of(self(screen));
	(void)d;
	if (command == COMMAND_SPLIT && self(screen)->split)
		return SAID_LATER("close split");
	return command == COMMAND_STORY_READ_ON && p->pager.lines && pager_at_end(&p->pager)
	    ? SAID_LATER("next unread") : NULL;
}

#define STORY_FUNCTIONS \
	.draw = story_draw, .command = command, .title = story_title, .status = story_status, \
	.status_right = story_status_right, .changed = changed, .follow = story_follow_number, \
	.n_numbers = story_n_numbers, .prompt = prompt, .click = click, .wheel = wheel, .hint = hint, \
	.current = current, .free = release

const struct screen_kind story_screen_kind = {
	.name = SAID_LATER("story"), .flags = SCREEN_IS_STORY | SCREEN_DIGITS_FOLLOW,
	.contexts = {CONTEXT_STORY, CONTEXT_HEADLINES, CONTEXT_LIST, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_STORY_READ_ON, COMMAND_RELATED, COMMAND_BACK, COMMAND_SPLIT,
	    COMMAND_BROWSER, COMMAND_STAR, COMMAND_NEXT_UNREAD, COMMAND_STORE_LINKS, -1},
	STORY_FUNCTIONS,
};

const struct screen_kind story_split_kind = {
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
	s->base.kind = &story_screen_kind;
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
	screen->kind = &story_screen_kind;
	story_show_step(self(screen), d, trail_here(&d->trail));
	desk_save_trail(d);
}

void
desk_keep_place(struct desk *d)
{
	struct screen *screen = desk_story_screen(d);
	if (screen)
		story_keep_place(self(screen), d);
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
	story_show_step(self(screen), d, here);
}

void
desk_preview(struct desk *d, story_id id)
{
	if (!d->preview)
		d->preview = story_screen_new(d);
	struct story_pane *p = story_pane_of(self(d->preview));
	if (p->id == id || !story_pane_load(p, d, id))
		return;
	if (config_number(&d->app->config, OPT_mark_read) == READ_ON_PREVIEW)
		story_mark_read(d, p);
	desk_redraw(d);
}

void
desk_open_preview(struct desk *d)
{
	story_id id = d->preview ? story_pane_of(self(d->preview))->id : STORY_NONE;
	if (id != STORY_NONE)
		desk_open_story(d, id, true);
}

bool
desk_split_open(struct desk *d)
{
	struct screen *screen = desk_story_screen(d);
	return screen && self(screen)->split;
}
