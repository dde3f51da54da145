/*
 * Feeds and sections.  As the left pane of a wide layout it follows what happens; Enter shows the
 * stories of the row.
 */
#include <stdlib.h>

#include "app/desk.h"
#include "app/feeds_edit.h"
#include "app/feeds_rows.h"
#include "store/mark.h"
#include "text/url.h"
#include "view/bars.h"

struct feeds_screen {
	struct screen base;
	struct feeds_rows rows;
	unsigned count_timer;
	struct desk *desk;
	size_t chosen, top, height;
};

/*
 * Saved searches are counted a little after the screen shows them, and for a time: a key never waits
 * longer for it than a search may take.
 */
enum { COUNT_AFTER_MS = 20, COUNT_MS = 8 };

static struct feeds_screen *
self(struct screen *s)
{
	return (struct feeds_screen *)s;
}

static void
load(struct feeds_screen *f)
{
	feeds_rows_load(&f->rows, f->desk);
	if (f->chosen >= f->rows.n)
		f->chosen = f->rows.n ? f->rows.n - 1 : 0;
}

static void count_later(struct feeds_screen *);

static void
count_some(void *ctx)
{
	struct feeds_screen *f = ctx;
	f->count_timer = 0;
	feeds_rows_count(&f->rows, f->desk, clock_monotonic_ms() + COUNT_MS);
	count_later(f);
	desk_redraw(f->desk);
}

/* Called when the rows are shown: those that nobody sees are not counted. */
static void
count_later(struct feeds_screen *f)
{
	if (f->desk->store && !f->count_timer && feeds_rows_are_stale(&f->rows, f->desk))
		f->count_timer = loop_after(f->desk->loop, COUNT_AFTER_MS, count_some, f);
}

static struct feeds_row *
chosen(struct feeds_screen *f)
{
	return f->chosen < f->rows.n ? &f->rows.v[f->chosen] : NULL;
}

/* --- commands ------------------------------------------------------------------------------------ */

/* The address of the chosen row's feed, of the frame; empty, and said: the row is none. */
static struct str
chosen_feed(struct feeds_screen *f)
{
	struct feeds_row *row = chosen(f);
	if (row && row->shown.kind == FEED_ROW_FEED)
		return arena_str(f->desk->frame, row->url);
	desk_say(f->desk, ROLE_STATUS, "That is for a feed.");
	return STR("");
}

static void
choose_feed(struct feeds_screen *f, struct str url)
{
	for (size_t i = 0; i < f->rows.n; i++)
		if (str_eq(f->rows.v[i].url, url))
			f->chosen = i;
}

static void
fold(struct feeds_screen *f, struct str section)
{
	feeds_rows_fold(&f->rows, f->desk, section);
	load(f);
}

static void
open_site(struct feeds_screen *f, struct desk *d)
{
	struct feeds_row *row = chosen(f);
	if (row && row->shown.state && row->shown.state->site.n)
		desk_open_address(d, row->shown.state->site);
	else
		desk_say(d, ROLE_STATUS, "The feed names no site.");
}

static void
refresh_row(struct feeds_row *row, struct desk *d)
{
	struct wire_strs urls = {&row->url, 1};
	struct err e = {0};
	if (row->shown.kind == FEED_ROW_FEED) {
		desk_ask_refresh(d, WIRE_NAMED, &urls, true);
	} else if (row->shown.kind == FEED_ROW_SECTION && row->section.n) {
		struct arena *a = arena_new();
		struct str name = arena_fmt(a, "@%.*s", STR_ARG(row->section));
		if (feeds_file_select(&d->app->feeds, a, &name, 1, &urls, &e))
			desk_ask_refresh(d, WIRE_NAMED, &urls, true);
		arena_free(a);
	} else {
		desk_ask_refresh(d, WIRE_ALL, NULL, true);
	}
}

/* The address in the feeds file is that of a page which names feeds: Enter looks for them. */
static bool
is_page(const struct feeds_row *row)
{
	const struct feed_state *s = row->shown.state;
	return row->shown.kind == FEED_ROW_FEED && s && s->total == 0 &&
	    str_starts(s->error, STR(WIRE_SAYS_PAGE));
}

/* In one pane the list stands on the feeds, beside them it takes the place of the list there. */
static void
open_row(struct feeds_screen *f, struct feeds_row *row, struct desk *d)
{
	if (row->shown.kind == FEED_ROW_SECTION && row->query.n == 0)
		return;
	if (is_page(row)) {
		desk_ask_probe(d, row->url, row->url);
		return;
	}
	struct arena *a = arena_new();
	struct str query = arena_str(a, row->query), title = arena_str(a, row->shown.name);
	bool pane = &f->base == d->feeds_pane;
	if (row->shown.kind == FEED_ROW_SEARCH)
		desk_push_take(d, search_screen_new(d, query));
	else if (pane || desk_is_wide(d))
		desk_show_list(d, query, title); /* f may be gone now */
	else
		desk_push_take(d, headlines_screen_new(d, query, title));
	arena_free(a);
}

static void
move_to(struct feeds_screen *f, long to)
{
	long last = (long)f->rows.n - 1;
	f->chosen = to < 0 || last < 0 ? 0 : to > last ? (size_t)last : (size_t)to;
}

static bool
move_command(struct feeds_screen *f, int what, int count)
{
	long n = count > 0 ? count : 1, at = (long)f->chosen, page = (long)f->height;
	switch (what) {
	case COMMAND_NEXT_ROW:
		move_to(f, at + n);
		return true;
	case COMMAND_PREVIOUS_ROW:
		move_to(f, at - n);
		return true;
	case COMMAND_PAGE_DOWN:
		move_to(f, at + page);
		return true;
	case COMMAND_PAGE_UP:
		move_to(f, at - page);
		return true;
	case COMMAND_HALF_PAGE_DOWN:
		move_to(f, at + page / 2);
		return true;
	case COMMAND_HALF_PAGE_UP:
		move_to(f, at - page / 2);
		return true;
	case COMMAND_FIRST_ROW:
		move_to(f, 0);
		return true;
	case COMMAND_LAST_ROW:
		move_to(f, (long)f->rows.n);
		return true;
	}
	return false;
}

/* What changes one line of the feeds file. */
static bool
line_command(struct feeds_screen *f, struct desk *d, int what)
{
	struct str url = chosen_feed(f);
	if (url.n == 0)
		return true;
	switch (what) {
	case COMMAND_REMOVE_FEED:
		feeds_edit_remove(d, url);
		break;
	case COMMAND_EDIT_FEED:
		desk_prompt(d, PROMPT_EDIT_FEED, "Name and options: ",
		    feeds_file_rest(&d->app->feeds, url), &f->base);
		return true;
	case COMMAND_PAUSE_FEED:
		feeds_edit_pause(d, url);
		break;
	default:
		feeds_edit_shift(d, url, what == COMMAND_MOVE_DOWN ? 1 : -1);
		break;
	}
	load(f);
	if (what == COMMAND_MOVE_DOWN || what == COMMAND_MOVE_UP)
		choose_feed(f, url);
	return true;
}

static bool
edit_command(struct feeds_screen *f, struct desk *d, int what)
{
	switch (what) {
	case COMMAND_REMOVE_FEED:
	case COMMAND_EDIT_FEED:
	case COMMAND_PAUSE_FEED:
	case COMMAND_MOVE_DOWN:
	case COMMAND_MOVE_UP:
		return line_command(f, d, what);
	case COMMAND_EDIT_FEEDS_FILE:
		desk_edit_file(d, d->app->paths.feeds);
		desk_check_feeds_file(d);
		load(f);
		return true;
	}
	return false;
}

static bool
command(struct screen *screen, struct desk *d, int what, int count)
{
	struct feeds_screen *f = self(screen);
	struct feeds_row *row = chosen(f);
	if (move_command(f, what, count) || edit_command(f, d, what))
		return true;
	if (!row)
		return false;
	switch (what) {
	case COMMAND_OPEN:
		open_row(f, row, d);
		return true;
	case COMMAND_FOLD:
		if (row->shown.kind == FEED_ROW_SECTION && row->section.n)
			fold(f, arena_str(d->frame, row->section));
		return true;
	case COMMAND_REFRESH:
		refresh_row(row, d);
		return true;
	case COMMAND_MARK_FEED_READ:
	case COMMAND_MARK_ALL_READ:
		if (row->query.n)
			desk_ask_mark_query(d, MARK_READ, row->query, 0);
		return true;
	case COMMAND_FEED_DETAILS:
	case COMMAND_DETAILS:
		if (row->url.n)
			desk_push_take(d, feed_details_screen_new(d, row->url));
		else
			desk_say(d, ROLE_STATUS, "That is for a feed.");
		return true;
	case COMMAND_FEED_SITE:
	case COMMAND_BROWSER:
		open_site(f, d);
		return true;
	}
	return false;
}

static void
prompt(struct screen *screen, struct desk *d, int what, struct str text, bool accepted)
{
	struct feeds_screen *f = self(screen);
	struct str url = what == PROMPT_EDIT_FEED && accepted ? chosen_feed(f) : STR("");
	if (url.n == 0)
		return;
	feeds_edit_change(d, url, text);
	load(f);
}

/* --- drawing ------------------------------------------------------------------------------------- */

static void
draw(struct screen *screen, struct desk *d, struct area area, bool focused)
{
	struct feeds_screen *f = self(screen);
	f->height = (size_t)area.rows;
	count_later(f);
	if (f->chosen < f->top)
		f->top = f->chosen;
	if (f->chosen >= f->top + f->height)
		f->top = f->chosen + 1 - f->height;
	bool alone = &f->base != d->feeds_pane;
	for (size_t i = 0; i < f->height && f->top + i < f->rows.n; i++) {
		struct line line = {0};
		bool here = f->top + i == f->chosen && (focused || alone);
		int row = area.row + (int)i;
		feed_line(d->frame, &d->look, &f->rows.v[f->top + i].shown, here, (size_t)area.cols,
		    &line);
		canvas_put_line(d->canvas, row, area.col, &line, area.cols);
		if (here)
			canvas_over(d->canvas, row, area.col, 1, area.cols,
			    focused ? ROLE_SELECTED : ROLE_SELECTED_INACTIVE);
		if (here && focused)
			canvas_cursor(d->canvas, row, area.col, false);
	}
}

static void
click(struct screen *screen, struct desk *d, int row, int col)
{
	struct feeds_screen *f = self(screen);
	size_t at = f->top + (size_t)row;
	bool opens = false;
	(void)col;
	if (at >= f->rows.n)
		return;
	if (at == f->chosen || &f->base == d->feeds_pane)
		opens = true;
	f->chosen = at;
	if (opens)
		open_row(f, &f->rows.v[at], d);
}

static void
title(struct screen *screen, struct desk *d, struct arena *a, struct screen_title *t)
{
	(void)screen;
	t->where[0] = words_say(&d->words, "Feeds");
	t->n_where = 1;
	int64_t n = (int64_t)d->app->feeds.feeds.n;
	t->right = word_fill2(a, word_plural(&d->words, WORD_FEEDS_UNREAD, n),
	    word_number(a, &d->words, n),
	    word_number(a, &d->words, d->counts.unread));
}

static struct str
status(struct screen *screen, struct desk *d, struct arena *a)
{
	struct feeds_row *row = chosen(self(screen));
	if (!row || row->shown.kind != FEED_ROW_FEED)
		return STR("");
	if (is_page(row))
		return words_say(&d->words, "This is a web page: Enter chooses one of its feeds");
	struct str trouble = feed_trouble(a, &d->look, &row->shown);
	return trouble.n ? trouble : url_show(a, row->url, 0);
}

static void
changed(struct screen *screen, struct desk *d)
{
	(void)d;
	load(self(screen));
}

static void
counted(struct screen *screen, struct desk *d)
{
	feeds_rows_recount(&self(screen)->rows, d);
}

static void
release(struct screen *screen)
{
	struct feeds_screen *f = self(screen);
	loop_cancel(f->desk->loop, f->count_timer);
	feeds_rows_clear(&f->rows);
	free(f);
}

static const struct screen_kind feeds_kind = {
	.name = SAID_LATER("feeds"), .flags = SCREEN_SLIDES,
	.contexts = {CONTEXT_FEEDS_VIEW, CONTEXT_LIST, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_OPEN, COMMAND_REFRESH, COMMAND_ADD_FEED, COMMAND_EDIT_FEED,
	    COMMAND_PAUSE_FEED, COMMAND_REMOVE_FEED, COMMAND_FEED_DETAILS, COMMAND_FOLD, -1},
	.draw = draw, .command = command, .title = title, .status = status, .changed = changed,
	.counted = counted, .prompt = prompt, .click = click, .free = release,
};

struct screen *
feeds_screen_new(struct desk *d)
{
	struct feeds_screen *f = heap_alloc(sizeof(*f));
	f->base.kind = &feeds_kind;
	feeds_rows_init(&f->rows);
	f->desk = d;
	load(f);
	return &f->base;
}

void
feeds_screen_go_searches(struct screen *screen)
{
	struct feeds_screen *f = self(screen);
	for (size_t i = f->rows.n; i-- > 0 && f->rows.v[i].shown.kind == FEED_ROW_SEARCH;)
		f->chosen = i;
}
