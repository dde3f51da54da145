/*
 * Welcome: shown when there are no feeds.  Boxes of the reader's language are ticked, Enter writes
 * the feeds file and begins to read.  Other languages unfold.
 */
#include <stdlib.h>
#include <string.h>

#include "app/feed_catalogue.h"
#include "app/desk.h"
#include "app/language.h"
#include "text/wrap.h"
#include "view/bars.h"

enum row_kind { ROW_TEXT, ROW_GROUP, ROW_FEED, ROW_IMPORT, ROW_MORE };

struct welcome_row {
	enum row_kind kind;
	size_t feed; /* index into the catalogue; of ROW_FEED */
	struct str text;
};

struct welcome {
	struct screen base;
	struct arena *arena; /* of the rows */
	struct catalogue catalogue;
	struct str lang;
	bool unfolded;
	bool import_ticked;
	bool starting; /* it ends when the import has ended */
	struct {
		struct welcome_row *v;
		size_t n, cap;
	} rows;
	size_t chosen, top, height;
	int cols; /* that the sentences are broken to */
};

static struct welcome *
self(struct screen *s)
{
	return (struct welcome *)s;
}

static bool
can_choose(const struct welcome_row *r)
{
	return r->kind == ROW_FEED || r->kind == ROW_IMPORT || r->kind == ROW_MORE;
}

static void
push(struct welcome *w, enum row_kind kind, size_t feed, struct str text)
{
	ARENA_PUSH(w->arena, &w->rows, ((struct welcome_row){kind, feed, text}));
}

/* A sentence, broken where the screen is too narrow for it. */
static void
push_text(struct welcome *w, struct desk *d, const char *english)
{
	struct str text = words_say(&d->words, english);
	size_t cols = w->cols > 20 ? (size_t)w->cols - 4 : 16;
	struct wrap_lines lines = wrap_text(w->arena, text, cols, cols);
	for (size_t i = 0; i < lines.n; i++)
		push(w, ROW_TEXT, 0, str_trim(str_sub(text, lines.v[i].at, lines.v[i].n)));
}

/* Groups that have a ticked box are open from the start; without any, English is. */
static bool
group_is_open(const struct welcome *w, size_t first)
{
	bool any = false;
	const struct catalogue *c = &w->catalogue;
	for (size_t i = 0; i < c->n; i++)
		any = any || c->v[i].ticked;
	for (size_t i = first; i < c->n && str_eq(c->v[i].group, c->v[first].group); i++)
		if (c->v[i].ticked)
			return true;
	return w->unfolded || (!any && str_eq(c->v[first].lang, STR("en")));
}

static struct str
import_text(struct welcome *w, struct desk *d)
{
	if (d->importing.found == 1)
		return words_say(&d->words, "Import the feed found in another reader’s list");
	return arena_fmt(w->arena,
	    language_format(&d->words, "Import %lld feeds found in another reader’s list"),
	    (long long)d->importing.found);
}

static void
build(struct welcome *w, struct desk *d)
{
	const struct catalogue *c = &w->catalogue;
	bool closed = false;
	arena_reset(w->arena);
	w->rows.v = NULL;
	w->rows.n = w->rows.cap = 0;
	push(w, ROW_TEXT, 0, STR(""));
	push_text(w, d, SAID_LATER("kawat reads news from agencies and keeps it for reading offline."));
	push_text(w, d, SAID_LATER("Choose some feeds to start with. You can change them at any time."));
	push(w, ROW_TEXT, 0, STR(""));
	for (size_t i = 0; i < c->n;) {
		size_t end = i;
		while (end < c->n && str_eq(c->v[end].group, c->v[i].group))
			end++;
		if (group_is_open(w, i)) {
			push(w, ROW_GROUP, 0, c->v[i].group);
			for (size_t k = i; k < end; k++)
				push(w, ROW_FEED, k, STR(""));
		} else {
			closed = true;
		}
		i = end;
	}
	if (closed)
		push(w, ROW_MORE, 0, words_say(&d->words, "More languages"));
	push(w, ROW_TEXT, 0, STR(""));
	if (d->importing.found) {
		push(w, ROW_IMPORT, 0, import_text(w, d));
		push(w, ROW_TEXT, 0, STR(""));
	}
	push_text(w, d, SAID_LATER("a  add an address of your own      O  import an OPML file"));
	push(w, ROW_TEXT, 0, STR(""));
	push_text(w, d, SAID_LATER("Stories stay on this computer. kawat sends nothing but the "
	                           "requests for the feeds you choose and the stories you open."));
	if (w->chosen >= w->rows.n || !can_choose(&w->rows.v[w->chosen]))
		for (w->chosen = 0; w->chosen + 1 < w->rows.n; w->chosen++)
			if (can_choose(&w->rows.v[w->chosen]))
				break;
}

/* The sentences take other lines now; the chosen row stays what it is. */
static void
break_anew(struct welcome *w, struct desk *d, int cols)
{
	struct welcome_row before = w->rows.v[w->chosen];
	w->cols = cols;
	build(w, d);
	for (size_t i = 0; i < w->rows.n; i++)
		if (can_choose(&w->rows.v[i]) && w->rows.v[i].kind == before.kind &&
		    w->rows.v[i].feed == before.feed)
			w->chosen = i;
}

static size_t
n_ticked(const struct welcome *w)
{
	size_t n = 0;
	for (size_t i = 0; i < w->catalogue.n; i++)
		n += w->catalogue.v[i].ticked;
	return n;
}

static bool
takes_import(const struct welcome *w, const struct desk *d)
{
	return w->import_ticked && d->importing.found;
}

/* Begin to fetch, open all stories. */
static void
end_welcome(struct welcome *w, struct desk *d)
{
	w->starting = false;
	if (d->app->feeds.feeds.n == 0) {
		desk_say(d, ROLE_STATUS, "No feed is chosen. Space chooses one, a adds an address.");
		return;
	}
	desk_pop(d); /* w is gone now */
	desk_ask_refresh(d, WIRE_ALL, NULL, true);
	desk_say(d, ROLE_STATUS, "Fetching %zu feeds…", d->app->feeds.feeds.n);
}

/* Write the feeds file; the lists of other readers are added to it by another process first. */
static void
start_reading(struct welcome *w, struct desk *d)
{
	struct err e = {0};
	for (size_t i = 0; i < w->catalogue.n; i++) {
		const struct catalogue_feed *f = &w->catalogue.v[i];
		if (!f->ticked || feeds_file_by_url(&d->app->feeds, f->url))
			continue;
		if (!feeds_file_add(&d->app->feeds, f->url, f->name, f->group, STR(""), &e)) {
			desk_say_err(d, &e);
			return;
		}
	}
	if (!desk_reload_feeds(d))
		return;
	if (takes_import(w, d)) {
		w->starting = true;
		desk_import_others(d);
		return;
	}
	end_welcome(w, d);
}

static void
toggle(struct welcome *w, struct desk *d)
{
	struct welcome_row *r = &w->rows.v[w->chosen];
	if (r->kind == ROW_FEED)
		w->catalogue.v[r->feed].ticked = !w->catalogue.v[r->feed].ticked;
	if (r->kind == ROW_IMPORT)
		w->import_ticked = !w->import_ticked;
	if (r->kind == ROW_MORE) {
		w->unfolded = true;
		build(w, d);
	}
}

static void
move(struct welcome *w, int by)
{
	size_t at = w->chosen;
	int left = by < 0 ? -by : by;
	while (left) {
		at = by < 0 ? at - 1 : at + 1;
		if (at >= w->rows.n)
			return;
		if (!can_choose(&w->rows.v[at]))
			continue;
		w->chosen = at;
		left--;
	}
}

static bool
command(struct screen *screen, struct desk *d, int what, int count)
{
	struct welcome *w = self(screen);
	int n = count > 0 ? count : 1;
	switch (what) {
	case COMMAND_NEXT_ROW:
		move(w, n);
		return true;
	case COMMAND_PREVIOUS_ROW:
		move(w, -n);
		return true;
	case COMMAND_PAGE_DOWN:
		move(w, 10);
		return true;
	case COMMAND_PAGE_UP:
		move(w, -10);
		return true;
	case COMMAND_FIRST_ROW:
		w->chosen = 0;
		build(w, d);
		return true;
	case COMMAND_CHOOSE_FEED:
		toggle(w, d);
		return true;
	case COMMAND_START_READING:
	case COMMAND_OPEN:
		if (w->rows.v[w->chosen].kind == ROW_MORE)
			toggle(w, d);
		else
			start_reading(w, d);
		return true;
	case COMMAND_CLOSE:
		d->quit = true;
		return true;
	}
	return false;
}

/* --- drawing ------------------------------------------------------------------------------------- */

static void
draw_feed(struct welcome *w, struct desk *d, const struct welcome_row *r, bool chosen, int row,
    struct area area)
{
	const struct catalogue_feed *f = &w->catalogue.v[r->feed];
	struct line line = {0};
	struct arena *a = d->frame;
	line_add(a, &line, ROLE_MARK, chosen ? arena_fmt(a, "  %.*s ",
		STR_ARG(look_symbol(&d->look, SYMBOL_CHOSEN))) : STR("    "));
	line_add(a, &line, ROLE_TEXT, f->ticked ? STR("[x] ") : STR("[ ] "));
	line_add_cut(a, &line, ROLE_AGENCY, f->agency, 13, look_symbol(&d->look, SYMBOL_ELLIPSIS));
	line_pad(a, &line, ROLE_TEXT, 22);
	line_add_cut(a, &line, ROLE_HEADLINE, f->name, 28, look_symbol(&d->look, SYMBOL_ELLIPSIS));
	line_pad(a, &line, ROLE_TEXT, 51);
	line_add(a, &line, ROLE_DIM, f->note);
	canvas_put_line(d->canvas, row, area.col, &line, area.cols);
}

static void
draw_import(struct welcome *w, struct desk *d, const struct welcome_row *r, bool chosen, int row,
    struct area area)
{
	struct line line = {0};
	struct arena *a = d->frame;
	line_add(a, &line, ROLE_MARK, chosen ? arena_fmt(a, "  %.*s ",
		STR_ARG(look_symbol(&d->look, SYMBOL_CHOSEN))) : STR("    "));
	line_add(a, &line, ROLE_TEXT, w->import_ticked ? STR("[x] ") : STR("[ ] "));
	line_add(a, &line, ROLE_HEADLINE, r->text);
	canvas_put_line(d->canvas, row, area.col, &line, area.cols);
}

static void
draw(struct screen *screen, struct desk *d, struct area area, bool focused)
{
	struct welcome *w = self(screen);
	w->height = (size_t)area.rows;
	if (w->cols != area.cols)
		break_anew(w, d, area.cols);
	if (w->rows.n <= w->height)
		w->top = 0;
	else if (w->chosen < w->top)
		w->top = w->chosen;
	else if (w->chosen >= w->top + w->height)
		w->top = w->chosen + 1 - w->height;
	for (size_t i = 0; i < w->height && w->top + i < w->rows.n; i++) {
		const struct welcome_row *r = &w->rows.v[w->top + i];
		bool here = w->top + i == w->chosen;
		int row = area.row + (int)i;
		if (r->kind == ROW_FEED)
			draw_feed(w, d, r, here, row, area);
		else if (r->kind == ROW_IMPORT)
			draw_import(w, d, r, here, row, area);
		else
			canvas_put(d->canvas, row, area.col + 2,
			    r->kind == ROW_MORE ? arena_fmt(d->frame, "%.*s  %.*s", STR_ARG(r->text),
			        STR_ARG(look_symbol(&d->look, SYMBOL_FOLDED))) : r->text,
			    r->kind == ROW_GROUP ? ROLE_STORY_HEADING : ROLE_TEXT, area.cols - 2);
		if (!here)
			continue;
		canvas_over(d->canvas, row, area.col, 1, area.cols, ROLE_SELECTED);
		if (focused)
			canvas_cursor(d->canvas, row, area.col + 2, false);
	}
}

static void
title(struct screen *screen, struct desk *d, struct arena *a, struct screen_title *t)
{
	(void)screen;
	(void)a;
	t->where[0] = words_say(&d->words, "Welcome");
	t->n_where = 1;
}

static struct str
status(struct screen *screen, struct desk *d, struct arena *a)
{
	struct welcome *w = self(screen);
	size_t n = n_ticked(w) + d->app->feeds.feeds.n;
	bool import = takes_import(w, d);
	if (import && n == 0)
		return words_say(&d->words, "An import chosen");
	if (n == 1)
		return words_say(&d->words, import ? "1 feed and an import chosen" : "1 feed chosen");
	return arena_fmt(a, language_format(&d->words,
		import ? "%zu feeds and an import chosen" : "%zu feeds chosen"), n);
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
	struct welcome *w = self(screen);
	size_t at = w->top + (size_t)row;
	(void)col;
	if (at >= w->rows.n || !can_choose(&w->rows.v[at]))
		return;
	w->chosen = at;
	toggle(w, d);
}

static const struct screen_kind welcome_kind = {
	.name = SAID_LATER("welcome"),
	.contexts = {CONTEXT_WELCOME, CONTEXT_LIST, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_CHOOSE_FEED, COMMAND_START_READING, COMMAND_ADD_FEED, COMMAND_NEXT_ROW,
	    COMMAND_CLOSE, -1},
	.draw = draw, .command = command, .title = title, .status = status, .click = click,
	.free = release,
};

void
welcome_import_ended(struct desk *d)
{
	if (d->n_screens == 0 || desk_top(d)->kind != &welcome_kind)
		return;
	struct welcome *w = self(desk_top(d));
	if (w->starting)
		end_welcome(w, d);
	else
		build(w, d);
}

struct screen *
welcome_screen_new(struct desk *d)
{
	struct welcome *w = heap_alloc(sizeof(*w));
	w->base.kind = &welcome_kind;
	w->arena = arena_new();
	w->lang = d->words.language == LANGUAGE_ID ? STR("id") : STR("en");
	w->cols = canvas_cols(d->canvas);
	w->import_ticked = true;
	catalogue_load(&w->catalogue, d->app, w->lang);
	build(w, d);
	return &w->base;
}
