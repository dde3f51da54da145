/*
 * Related: the trail, the links of a story, who cites it, the same event elsewhere; with T all of
 * them in order of time.  Numbers go on from the story, so [1] there is [1] here.
 */
#include <stdlib.h>

#include "app/desk.h"
#include "app/language.h"
#include "view/bars.h"
#include "view/headline_lines.h"
#include "view/paragraph.h"
#include "view/related_lines.h"

struct related_screen {
	struct screen base;
	struct arena *arena; /* of everything below */
	story_id id;
	struct read_story story;
	struct related_items items;
	size_t chosen; /* index of an item */
	size_t top; /* first line shown */
	bool by_time;
	bool on_trail; /* it is the step of the trail that is shown; else that trail is another story's */
	uint32_t shown[CANVAS_MAX_ROWS]; /* the item of each row of the screen, for clicks */
	size_t n_shown;
};

static struct related_screen *
self(struct screen *s)
{
	return (struct related_screen *)s;
}

/* Of a link the story knows the headline alone; its agency and date are the target's. */
static void
fill_in(struct related_screen *r, struct desk *d)
{
	struct err e = {0};
	for (size_t i = 0; i < r->items.n; i++) {
		struct related_item *item = &r->items.v[i];
		struct story_rows rows;
		if (item->agency.n || item->link.to == STORY_NONE ||
		    !list_ids(d->store, r->arena, &item->link.to, 1, &rows, &e) || rows.n == 0)
			continue;
		item->agency = desk_agency(d, &rows.v[0]);
		item->at = headline_at(&rows.v[0]);
	}
}

static void
load(struct related_screen *r, struct desk *d)
{
	struct err e = {0};
	struct story_rows trail = {0};
	story_id ids[TRAIL_MAX_STEPS];
	arena_reset(r->arena);
	r->items = (struct related_items){0};
	if (!d->store || !read_story(d->store, r->arena, r->id, &r->story, &e)) {
		desk_say_err(d, &e);
		return;
	}
	const struct step *here = trail_here(&d->trail);
	r->on_trail = here && here->story == r->id;
	size_t n_steps = r->on_trail ? d->trail.n : 0;
	for (size_t i = 0; i < n_steps; i++)
		ids[i] = d->trail.steps[i].story;
	if (!list_ids(d->store, r->arena, ids, n_steps, &trail, &e))
		trail.n = 0;
	related_items(r->arena, &r->story, trail.v, trail.n,
	    trail.n == d->trail.n ? d->trail.here : 0, &r->items);
	fill_in(r, d);
	if (r->by_time)
		related_by_time(r->arena, &r->items);
	if (r->chosen >= r->items.n)
		r->chosen = r->items.n ? r->items.n - 1 : 0;
}

static const struct related_item *
chosen(const struct related_screen *r)
{
	return r->chosen < r->items.n ? &r->items.v[r->chosen] : NULL;
}

/* A step of the trail is gone to; anything else is one more step, from this story on. */
static void
open_item(struct related_screen *r, struct desk *d, size_t index)
{
	const struct related_item *item = &r->items.v[index];
	if (item->part == RELATED_TRAIL && !r->by_time) {
		for (size_t i = 0; i < d->trail.n; i++)
			if (d->trail.steps[i].story == item->link.to && (int)i + 1 == item->number)
				d->trail.here = i;
		desk_pop(d);
		desk_resume_trail(d);
	} else if (item->link.to != STORY_NONE) {
		if (!r->on_trail)
			trail_begin(&d->trail, r->id);
		desk_open_story(d, item->link.to, false); /* r may be gone now */
	} else if (item->link.url.n) {
		desk_ask_story(d, STORY_NONE, item->link.url, WIRE_OPENED, 0);
		if (d->offline)
			desk_say(d, ROLE_STATUS, "○ It is not stored. It will be fetched when online.");
		else
			desk_say(d, ROLE_STATUS, "Fetching…");
	} else {
		desk_say(d, ROLE_WARNING, "Only its headline is known: it opens when it arrives.");
	}
}

static void
follow(struct screen *screen, struct desk *d, int number)
{
	struct related_screen *r = self(screen);
	for (size_t i = 0; i < r->items.n; i++) {
		if (r->items.v[i].part != RELATED_TRAIL && r->items.v[i].number == number) {
			open_item(r, d, i);
			return;
		}
	}
	desk_say(d, ROLE_WARNING, "There is no link [%d] here.", number);
}

static int
n_numbers(struct screen *screen, struct desk *d)
{
	struct related_screen *r = self(screen);
	int most = 0;
	(void)d;
	for (size_t i = 0; i < r->items.n; i++)
		if (r->items.v[i].part != RELATED_TRAIL && r->items.v[i].number > most)
			most = r->items.v[i].number;
	return most;
}

static void
move_to(struct related_screen *r, long to)
{
	long last = (long)r->items.n - 1;
	r->chosen = to < 0 || last < 0 ? 0 : to > last ? (size_t)last : (size_t)to;
}

static void
store_missing(struct related_screen *r, struct desk *d)
{
	size_t n = 0;
	for (size_t i = 0; i < r->items.n; i++) {
		const struct page_link *l = &r->items.v[i].link;
		if (l->state == TARGET_MISSING && l->url.n && r->items.v[i].part != RELATED_TRAIL) {
			desk_ask_story(d, l->to, l->url, WIRE_STORE, 0);
			n++;
		}
	}
	if (n == 0)
		desk_say(d, ROLE_STATUS, "All that can be stored is stored.");
	else
		desk_say(d, ROLE_STATUS, "Fetching %zu stories…", n);
}

/* From a story beside the trail the way back is to where the trail was left. */
static void
go_along(struct related_screen *r, struct desk *d, bool back)
{
	struct step *step = !r->on_trail ? (back ? trail_here(&d->trail) : NULL)
	    : back			 ? trail_back(&d->trail)
					 : trail_forward(&d->trail);
	if (!step)
		return;
	r->id = step->story;
	load(r, d);
	desk_save_trail(d);
}

static bool
command(struct screen *screen, struct desk *d, int what, int count)
{
	struct related_screen *r = self(screen);
	long n = count > 0 ? count : 1, at = (long)r->chosen;
	const struct related_item *item = chosen(r);
	switch (what) {
	case COMMAND_NEXT_ROW:
		move_to(r, at + n);
		return true;
	case COMMAND_PREVIOUS_ROW:
		move_to(r, at - n);
		return true;
	case COMMAND_PAGE_DOWN:
	case COMMAND_HALF_PAGE_DOWN:
		move_to(r, at + 10);
		return true;
	case COMMAND_PAGE_UP:
	case COMMAND_HALF_PAGE_UP:
		move_to(r, at - 10);
		return true;
	case COMMAND_FIRST_ROW:
		move_to(r, 0);
		return true;
	case COMMAND_LAST_ROW:
		move_to(r, (long)r->items.n);
		return true;
	case COMMAND_OPEN:
	case COMMAND_READ_ON:
		if (item)
			open_item(r, d, r->chosen);
		return true;
	case COMMAND_BACK:
	case COMMAND_FORWARD:
		go_along(r, d, what == COMMAND_BACK);
		return true;
	case COMMAND_TIMELINE:
		r->by_time = !r->by_time;
		load(r, d);
		return true;
	case COMMAND_STORE:
		if (item && item->link.url.n)
			desk_ask_story(d, item->link.to, item->link.url, WIRE_STORE, 0);
		return true;
	case COMMAND_STORE_LINKS:
	case COMMAND_RELATED_STORE_LINKS:
		store_missing(r, d);
		return true;
	case COMMAND_RELATED:
		desk_command(d, COMMAND_CLOSE, 0);
		return true;
	}
	return false;
}

static void
draw(struct screen *screen, struct desk *d, struct area area, bool focused)
{
	struct related_screen *r = self(screen);
	struct lines lines = {0};
	size_t at = 0;
	related_lines(d->frame, &d->look, &r->items, r->chosen, (size_t)area.cols, &lines);
	for (size_t i = 0; i < lines.n; i++)
		if (lines.v[i].block == r->chosen)
			at = i;
	if (at < r->top)
		r->top = at;
	if (at >= r->top + (size_t)area.rows)
		r->top = at + 1 - (size_t)area.rows;
	if (r->chosen == 0)
		r->top = 0; /* its caption too */
	r->n_shown = 0;
	for (size_t i = 0; i < (size_t)area.rows && r->top + i < lines.n; i++) {
		const struct line *line = &lines.v[r->top + i];
		if (r->n_shown < COUNT_OF(r->shown))
			r->shown[r->n_shown++] = line->block;
		int row = area.row + (int)i;
		canvas_put_line(d->canvas, row, area.col, line, area.cols);
		if (line->block == r->chosen && r->items.n) {
			canvas_over(d->canvas, row, area.col, 1, area.cols, ROLE_SELECTED);
			if (focused)
				canvas_cursor(d->canvas, row, area.col, false);
		}
	}
	if (r->items.n == 0) {
		struct paragraph p = {.role = ROLE_DIM, .link = LINE_NO_LINK, .margin = 2,
		    .text = words_say(&d->words, "Nothing is known to be related to this story."),
		    .cols = area.cols > 4 ? (size_t)area.cols - 4 : 1};
		paragraph_lines(d->frame, &d->look, &p, &lines);
		for (size_t i = 0; i < lines.n; i++)
			canvas_put_line(d->canvas, area.row + 1 + (int)i, area.col, &lines.v[i],
			    area.cols);
		canvas_cursor(d->canvas, area.row + 1, area.col + 2, false);
	}
}

static void
title(struct screen *screen, struct desk *d, struct arena *a, struct screen_title *t)
{
	struct related_screen *r = self(screen);
	t->where[0] = word(&d->words, WORD_RELATED);
	t->where[1] = r->story.row.title;
	t->n_where = 2;
	if (r->on_trail)
		t->right = word_fill2(a, word(&d->words, WORD_STEP_OF),
		    word_number(a, &d->words, (int64_t)d->trail.here + 1),
		    word_number(a, &d->words, (int64_t)d->trail.n));
}

static struct str
status(struct screen *screen, struct desk *d, struct arena *a)
{
	struct related_screen *r = self(screen);
	size_t n = 0, stored = 0;
	for (size_t i = 0; i < r->items.n; i++) {
		if (r->items.v[i].part == RELATED_TRAIL)
			continue;
		n++;
		stored += r->items.v[i].link.state == TARGET_STORED;
	}
	return n ? arena_fmt(a, language_format(&d->words, "%zu of %zu links stored"), stored, n)
		 : STR("");
}

static void
changed(struct screen *screen, struct desk *d)
{
	load(self(screen), d);
}

static int64_t
current(struct screen *screen, struct desk *d)
{
	const struct related_item *item = chosen(self(screen));
	(void)d;
	return item ? item->link.to : STORY_NONE;
}

static void
release(struct screen *screen)
{
	arena_free(self(screen)->arena);
	free(screen);
}

static void
click(struct screen *screen, struct desk *d, int row, int col)
{
	struct related_screen *r = self(screen);
	(void)col;
	if (row < 0 || (size_t)row >= r->n_shown || r->shown[row] >= r->items.n)
		return;
	if (r->shown[row] == r->chosen)
		open_item(r, d, r->chosen);
	else
		r->chosen = r->shown[row];
}

static const struct screen_kind related_kind = {
	.name = SAID_LATER("related"), .flags = SCREEN_DIGITS_FOLLOW,
	.contexts = {CONTEXT_RELATED_VIEW, CONTEXT_HEADLINES, CONTEXT_LIST, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_OPEN, COMMAND_TIMELINE, COMMAND_STORE, COMMAND_RELATED_STORE_LINKS,
	    COMMAND_BACK, COMMAND_FORWARD, COMMAND_CLOSE, -1},
	.draw = draw, .command = command, .title = title, .status = status, .changed = changed,
	.click = click, .follow = follow, .n_numbers = n_numbers, .current = current, .free = release,
};

struct screen *
related_screen_new(struct desk *d, story_id id)
{
	struct related_screen *r = heap_alloc(sizeof(*r));
	r->base.kind = &related_kind;
	r->arena = arena_new();
	r->id = id;
	load(r, d);
	for (size_t i = 0; i < r->items.n; i++) {
		if (r->items.v[i].part == RELATED_TRAIL && !r->items.v[i].here)
			continue;
		r->chosen = i;
		break;
	}
	return &r->base;
}
