/*
 * A frame: title line, content in one, two or three panes, status line, hint line.  Every frame is
 * drawn from nothing onto the canvas; the terminal gets only what differs.
 */
#include <string.h>

#include "app/desk.h"
#include "base/utf8.h"
#include "text/columns.h"
#include "view/bars.h"

enum {
	SMALL_COLS = 20,
	SMALL_ROWS = 4,
	TIGHT_ROWS = 8, /* below, the hint line is left out */
	FEEDS_PANE_COLS = 34, /* the most that the third pane takes */
};

static void
draw_title(struct desk *d, int row)
{
	struct screen_title t = {0};
	struct line line = {0};
	struct screen *s = desk_focus(d);
	if (s->kind->title)
		s->kind->title(s, d, d->frame, &t);
	title_line(d->frame, &d->look, t.where, t.n_where, t.right, (size_t)canvas_cols(d->canvas),
	    &line);
	canvas_put_line(d->canvas, row, 0, &line, canvas_cols(d->canvas));
}

/* --- the status line ------------------------------------------------------------------------------ */

static struct str
line_state(struct desk *d)
{
	return word(&d->words, d->offline ? WORD_OFFLINE : WORD_ONLINE);
}

/* Beside a list the status line is about the story that is previewed. */
static struct screen *
status_of(struct desk *d)
{
	struct screen *s = desk_focus(d);
	bool list = s->kind->flags & SCREEN_IS_LIST;
	return list && !s->kind->status && d->preview && desk_is_wide(d) && !desk_story_screen(d)
	    ? d->preview : s;
}

static struct str
status_right(struct desk *d)
{
	struct screen *s = status_of(d);
	struct str own = s->kind->status_right ? s->kind->status_right(s, d, d->frame) : STR("");
	if (own.n == 0)
		return line_state(d);
	/* in the one pane of a story there is room for `offline` alone */
	if (!d->offline && canvas_cols(d->canvas) < DESK_SPLIT_COLS)
		return own;
	return arena_fmt(d->frame, "%.*s %.*s %.*s", STR_ARG(own),
	    STR_ARG(look_symbol(&d->look, SYMBOL_DOT)), STR_ARG(line_state(d)));
}

static void
draw_status(struct desk *d, int row)
{
	struct line line = {0};
	struct screen *s = status_of(d);
	size_t cols = (size_t)canvas_cols(d->canvas);
	if (d->message.text[0]) {
		bar_line(d->frame, &d->look, d->message.role, str_z(d->message.text),
		    status_right(d), cols, &line);
	} else if (d->refresh.running && d->refresh.n) {
		progress_line(d->frame, &d->look, (int)d->refresh.n_done, (int)d->refresh.n,
		    str_z(d->refresh.last), line_state(d), cols, &line);
	} else {
		struct str left = s->kind->status ? s->kind->status(s, d, d->frame) : STR("");
		bar_line(d->frame, &d->look, ROLE_STATUS, left, status_right(d), cols, &line);
	}
	canvas_put_line(d->canvas, row, 0, &line, (int)cols);
}

/* --- hints ---------------------------------------------------------------------------------------- */

/* The word for a command in the hint line: short, a verb. */
static struct str
hint_label(struct desk *d, int command)
{
	static const struct { int command; const char *label; } labels[] = {
		{COMMAND_OPEN, "read"}, {COMMAND_NEXT_UNREAD, "next unread"},
		{COMMAND_TOGGLE_READ, "read/unread"}, {COMMAND_STAR, "star"},
		{COMMAND_FILTER, "filter"}, {COMMAND_FIND, "find"}, {COMMAND_RELATED, "related"},
		{COMMAND_REFRESH_ALL, "refresh"}, {COMMAND_STORY_READ_ON, "on"},
		{COMMAND_READ_ON, "on"}, {COMMAND_FOLLOW, "follow"}, {COMMAND_BACK, "back"},
		{COMMAND_FORWARD, "forward"}, {COMMAND_SPLIT, "split"},
		{COMMAND_BROWSER, "browser"}, {COMMAND_CLOSE, "close"}, {COMMAND_ADD_FEED, "add"},
		{COMMAND_REFRESH, "refresh"}, {COMMAND_REMOVE_FEED, "remove"},
		{COMMAND_FOLD, "fold"}, {COMMAND_FEED_DETAILS, "details"},
		{COMMAND_EDIT_FEED, "edit"}, {COMMAND_PAUSE_FEED, "pause"},
		{COMMAND_TIMELINE, "timeline"}, {COMMAND_STORE, "fetch this"},
		{COMMAND_STORE_LINKS, "fetch links"}, {COMMAND_RELATED_STORE_LINKS, "fetch all"},
		{COMMAND_NEXT_MATCH, "next"}, {COMMAND_PREVIOUS_MATCH, "previous"},
		{COMMAND_STOP, "stop"}, {COMMAND_CHOOSE_FEED, "choose"},
		{COMMAND_START_READING, "start reading"}, {COMMAND_NEXT_ROW, "move"},
		{COMMAND_OTHER_PANE, "other side"}, {COMMAND_SWAP_SIDES, "swap"},
		{COMMAND_SEARCH, "search"}, {COMMAND_SAVE_SEARCH, "save as a feed"},
		{COMMAND_GO_LOG, "log"}, {COMMAND_ORDER, "order"}, {COMMAND_UNQUEUE, "remove"},
		{COMMAND_COMPARE, "older version"},
	};
	for (size_t i = 0; i < COUNT_OF(labels); i++)
		if (labels[i].command == command)
			return words_say(&d->words, labels[i].label);
	return words_say(&d->words, command_rows()[command].help);
}

static const char *
accept_label(const struct desk *d)
{
	switch (d->prompt_kind) {
	case PROMPT_FILTER:
		return SAID_LATER("keep filter");
	case PROMPT_PALETTE:
	case PROMPT_HELP:
		return SAID_LATER("run");
	case PROMPT_SAVE_STORY:
	case PROMPT_SAVE_SEARCH:
		return SAID_LATER("save");
	default:
		return SAID_LATER("accept");
	}
}

static size_t
prompt_hints(struct desk *d, struct hint *hints)
{
	bool query = d->prompt_kind == PROMPT_FILTER || d->prompt_kind == PROMPT_SEARCH;
	bool live = d->prompt_kind == PROMPT_FILTER || d->prompt_kind == PROMPT_HELP;
	size_t n = 0;
	hints[n++] = (struct hint){STR("Enter"), words_say(&d->words, accept_label(d))};
	hints[n++] = (struct hint){STR("Esc"), live ? words_say(&d->words, "clear")
							: words_say(&d->words, "leave")};
	if (live || d->prompt_kind == PROMPT_PALETTE)
		hints[n++] = (struct hint){d->look.symbols == SYMBOLS_ASCII ? STR("Down Up")
									    : STR("↓↑"),
		    words_say(&d->words, "move")};
	if (query)
		hints[n++] = (struct hint){STR("is:unread"), STR("is:stored from:antara since:2d")};
	return n;
}

static size_t
screen_hints(struct desk *d, struct screen *s, struct hint *hints, int *commands)
{
	size_t n = 0;
	if (s->kind->flags & SCREEN_TYPES) {
		commands[n] = COMMAND_FIND;
		hints[n++] = (struct hint){words_say(&d->words, "Type"),
		    words_say(&d->words, "to search")};
	}
	for (size_t i = 0; s->kind->hints[i] >= 0 && n + 2 < DESK_MAX_HINTS; i++) {
		int command = s->kind->hints[i];
		bool links = s->kind->n_numbers && s->kind->n_numbers(s, d);
		if (links && i == 1) { /* behind the first: `Space on  1-9 follow link` */
			commands[n] = COMMAND_FOLLOW;
			hints[n++] = (struct hint){STR("1-9"), words_say(&d->words, "follow link")};
		}
		commands[n] = command;
		const char *own = s->kind->hint ? s->kind->hint(s, d, command) : NULL;
		hints[n++] = (struct hint){desk_key(d, command),
		    own ? words_say(&d->words, own) : hint_label(d, command)};
	}
	commands[n] = COMMAND_HELP;
	hints[n++] = (struct hint){desk_key(d, COMMAND_HELP), words_say(&d->words, "all keys")};
	return n;
}

/* Which cells belong to which hint, for a click. */
static void
remember_spots(struct desk *d, const struct line *line, const int *commands)
{
	int col = 0;
	for (size_t i = 0; i < line->n; i++) {
		int cols = (int)columns_of(line->v[i].text);
		if (line->v[i].link != LINE_NO_LINK && d->n_hint_spots < COUNT_OF(d->hint_spots)) {
			struct hint_spot spot = {col, cols, commands[line->v[i].link]};
			struct hint_spot *last = d->n_hint_spots
			    ? &d->hint_spots[d->n_hint_spots - 1] : NULL;
			if (last && last->command == spot.command && last->col + last->cols == col)
				last->cols += cols;
			else
				d->hint_spots[d->n_hint_spots++] = spot;
		}
		col += cols;
	}
}

static void
draw_hints(struct desk *d, int row)
{
	struct hint hints[DESK_MAX_HINTS];
	int commands[DESK_MAX_HINTS];
	struct line line = {0};
	size_t n = d->prompting ? prompt_hints(d, hints)
				: screen_hints(d, desk_focus(d), hints, commands);
	hint_line(d->frame, &d->look, hints, n, (size_t)canvas_cols(d->canvas), &line);
	canvas_put_line(d->canvas, row, 0, &line, canvas_cols(d->canvas));
	d->n_hint_spots = 0;
	if (!d->prompting)
		remember_spots(d, &line, commands);
}

/* ` g-`: what was begun. */
static void
draw_prefix(struct desk *d, int row)
{
	char name[32];
	canvas_fill(d->canvas, row, 0, 1, canvas_cols(d->canvas), ROLE_HINT);
	for (size_t i = 0, col = 1; i < d->keys.n_steps; i++) {
		key_name(d->keys.step[i], d->look.symbols == SYMBOLS_ASCII, name);
		struct str text = arena_fmt(d->frame, "%s-", name);
		col += (size_t)canvas_put(d->canvas, row, (int)col, text, ROLE_HINT_KEY, 32);
	}
}

/* --- panes ---------------------------------------------------------------------------------------- */

static void
draw_bar(struct desk *d, int row, int rows, int col)
{
	for (int i = 0; i < rows; i++)
		canvas_put(d->canvas, row + i, col, look_symbol(&d->look, SYMBOL_BAR), ROLE_RULE, 1);
}

static void
draw_pane(struct desk *d, struct screen *s, struct area area)
{
	s->kind->draw(s, d, area, s == desk_focus(d));
	if (d->n_panes < DESK_MAX_PANES)
		d->panes[d->n_panes++] = (struct pane){s, area};
}

/* The third pane, left of all; what is left of it is the rest. */
static struct area
draw_feeds_pane(struct desk *d, struct area all)
{
	struct area feeds = all, rest = all;
	feeds.cols = all.cols / 5 > FEEDS_PANE_COLS ? FEEDS_PANE_COLS : all.cols / 5;
	draw_pane(d, d->feeds_pane, feeds);
	draw_bar(d, all.row, all.rows, all.col + feeds.cols);
	rest.col += feeds.cols + 1;
	rest.cols -= feeds.cols + 1;
	return rest;
}

/* The list on the left (or what slides over it), beside it the story that is open or previewed. */
static void
draw_panes(struct desk *d, struct area all)
{
	struct screen *top = desk_top(d), *story = desk_story_screen(d);
	struct screen *list = top->kind->flags & SCREEN_SLIDES ? top : desk_list_screen(d);
	if (desk_panes(d) == 3 && d->feeds_pane && !(top->kind->flags & SCREEN_SLIDES))
		all = draw_feeds_pane(d, all);
	struct area left = all, right = all;
	left.cols = d->left_cols && d->left_cols < all.cols - SMALL_COLS ? d->left_cols
									  : all.cols * 2 / 5 - 1;
	right.col = left.col + left.cols + 1;
	right.cols = all.col + all.cols - right.col;
	d->left_cols_begin = all.col;
	d->bar_col = left.col + left.cols;
	draw_bar(d, all.row, all.rows, d->bar_col);
	draw_pane(d, list, left);
	if (story)
		draw_pane(d, story, right);
	else if (d->preview)
		draw_pane(d, d->preview, right);
}

static void
draw_content(struct desk *d, struct area all)
{
	struct screen *top = desk_top(d);
	unsigned in_pane = SCREEN_IS_LIST | SCREEN_IS_STORY | SCREEN_SLIDES;
	d->n_panes = 0;
	d->bar_col = 0;
	if (desk_is_wide(d) && desk_list_screen(d) && top->kind->flags & in_pane &&
	    !desk_split_open(d))
		draw_panes(d, all);
	else
		draw_pane(d, top, all);
}

void
desk_draw_frame(struct desk *d)
{
	int cols = canvas_cols(d->canvas), rows = canvas_rows(d->canvas);
	arena_reset(d->frame);
	d->unlaid = false;
	d->look.now = desk_now(d);
	canvas_clear(d->canvas);
	if (cols < SMALL_COLS || rows < SMALL_ROWS) {
		canvas_put(d->canvas, 0, 0, word(&d->words, WORD_TOO_SMALL), ROLE_TEXT, cols);
		canvas_cursor(d->canvas, 0, 0, false);
		return;
	}
	bool hints = !d->hints_hidden && rows >= TIGHT_ROWS;
	struct area content = {1, 0, rows - 2 - hints, cols};
	draw_title(d, 0);
	draw_content(d, content);
	draw_status(d, rows - 1 - hints);
	if (hints && d->keys.n_steps)
		draw_prefix(d, rows - 1);
	else if (hints)
		draw_hints(d, rows - 1);
	if (d->menu_shown && d->keys.n_steps)
		desk_draw_menu(d, rows - hints);
	if (d->prompting && d->prompt_kind == PROMPT_PALETTE)
		desk_draw_palette(d, rows - 2 - hints);
	else if (d->prompting && d->prompt_kind != PROMPT_HELP)
		desk_draw_prompt(d, rows - 1 - hints);
}

/* The terminal's title names what is read: `kawat: All stories › NUSA`. */
static void
tell_title(struct desk *d)
{
	struct screen_title t = {0};
	struct screen *s = desk_top(d);
	struct str title = STR("kawat");
	if (s->kind->title)
		s->kind->title(s, d, d->frame, &t);
	for (size_t i = 0; i < t.n_where; i++)
		title = arena_fmt(d->frame, "%.*s%s%.*s", STR_ARG(title), i ? " - " : ": ",
		    STR_ARG(t.where[i]));
	title = utf8_cut(title, sizeof(d->shown_title) - 1);
	if (str_eq(title, str_z(d->shown_title)))
		return;
	memcpy(d->shown_title, title.p, title.n);
	d->shown_title[title.n] = '\0';
	term_title(d->term, title);
}

void
desk_draw(struct desk *d)
{
	int cols, rows;
	term_size(d->term, &cols, &rows);
	canvas_resize(d->canvas, cols, rows);
	desk_draw_frame(d);
	term_draw(d->term, d->canvas, &d->theme);
	tell_title(d);
}
