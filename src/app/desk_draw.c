/*
 * A frame: title line, content in one, two or three panes, status line, hint line.  Every frame is
 * drawn from nothing onto the canvas; the terminal gets only what differs.
 */
#include <string.h>

#include "app/desk.h"
#include "text/columns.h"
#include "view/bars.h"
#include "view/help_lines.h"

enum { SMALL_COLS = 20, SMALL_ROWS = 4, TIGHT_ROWS = 8, MENU_ROWS = 8 };

static struct screen *
top_of(struct desk *d)
{
	return d->n_screens ? d->screens[d->n_screens - 1] : NULL;
}

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

static struct str
line_state(struct desk *d)
{
	return word(&d->words, d->offline ? WORD_OFFLINE : WORD_ONLINE);
}

static void
draw_status(struct desk *d, int row)
{
	struct line line = {0};
	struct screen *s = desk_focus(d);
	size_t cols = (size_t)canvas_cols(d->canvas);
	struct str own = s->kind->status_right ? s->kind->status_right(s, d, d->frame) : STR("");
	struct str right = own.n ? arena_fmt(d->frame, "%.*s %.*s %.*s", STR_ARG(own),
		STR_ARG(look_symbol(&d->look, SYMBOL_DOT)), STR_ARG(line_state(d)))
	    : line_state(d);
	if (d->message.text[0]) {
		bar_line(d->frame, &d->look, d->message.role, str_z(d->message.text),
		    right, cols, &line);
	} else if (d->refresh.running && d->refresh.n) {
		progress_line(d->frame, &d->look, (int)d->refresh.n_done, (int)d->refresh.n,
		    str_z(d->refresh.last), line_state(d), cols, &line);
	} else {
		struct str left = s->kind->status ? s->kind->status(s, d, d->frame) : STR("");
		bar_line(d->frame, &d->look, ROLE_STATUS, left, right, cols, &line);
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
		{COMMAND_FOLLOW, "follow"}, {COMMAND_BACK, "back"}, {COMMAND_FORWARD, "forward"},
		{COMMAND_SPLIT, "split"}, {COMMAND_BROWSER, "browser"}, {COMMAND_CLOSE, "close"},
		{COMMAND_ADD_FEED, "add"}, {COMMAND_REFRESH, "refresh"},
		{COMMAND_REMOVE_FEED, "remove"}, {COMMAND_FOLD, "fold"},
		{COMMAND_FEED_DETAILS, "details"}, {COMMAND_TIMELINE, "timeline"},
		{COMMAND_STORE, "fetch this"}, {COMMAND_RELATED_STORE_LINKS, "fetch all"},
		{COMMAND_NEXT_MATCH, "next"}, {COMMAND_PREVIOUS_MATCH, "previous"},
		{COMMAND_STOP, "stop"}, {COMMAND_SELECT, "choose"},
		{COMMAND_CHOOSE_FEED, "choose"}, {COMMAND_START_READING, "start reading"},
		{COMMAND_NEXT_ROW, "move"},
	};
	for (size_t i = 0; i < COUNT_OF(labels); i++)
		if (labels[i].command == command)
			return words_say(&d->words, labels[i].label);
	return words_say(&d->words, command_rows()[command].help);
}

static size_t
prompt_hints(struct desk *d, struct hint *hints)
{
	size_t n = 0;
	hints[n++] = (struct hint){STR("Enter"), words_say(&d->words,
	    d->prompt_kind == PROMPT_FILTER ? "keep filter" : d->prompt_kind == PROMPT_PALETTE
	        ? "run" : "accept")};
	hints[n++] = (struct hint){STR("Esc"), words_say(&d->words, "leave")};
	if (d->prompt_kind == PROMPT_FILTER || d->prompt_kind == PROMPT_SEARCH)
		hints[n++] = (struct hint){STR(""),
		    STR("is:unread is:stored from:antara since:2d")};
	return n;
}

static void
draw_hints(struct desk *d, int row)
{
	struct screen *s = desk_focus(d);
	struct hint hints[16];
	struct line line = {0};
	size_t n = 0;
	if (d->prompting) {
		n = prompt_hints(d, hints);
	} else {
		if (s->kind->n_numbers && s->kind->n_numbers(s, d))
			hints[n++] = (struct hint){STR("1-9"), words_say(&d->words, "follow link")};
		for (size_t i = 0; s->kind->hints[i] >= 0 && n + 1 < COUNT_OF(hints); i++)
			hints[n++] = (struct hint){desk_key(d, s->kind->hints[i]),
			    hint_label(d, s->kind->hints[i])};
		hints[n++] = (struct hint){desk_key(d, COMMAND_HELP), words_say(&d->words, "all keys")};
	}
	hint_line(d->frame, &d->look, hints, n, (size_t)canvas_cols(d->canvas), &line);
	canvas_put_line(d->canvas, row, 0, &line, canvas_cols(d->canvas));
}

/* --- popups --------------------------------------------------------------------------------------- */

static size_t
help_rows(struct desk *d, struct help_row **out, const struct keymap_choice *choices, size_t n)
{
	*out = ARENA_ARRAY(d->frame, struct help_row, n + 1);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct help_row){&command_rows()[choices[i].command],
		    choices[i].command, choices[i].keys};
	return n;
}

static void
draw_menu(struct desk *d, int bottom)
{
	struct help_row *rows;
	struct lines lines = {0};
	size_t n, cols = (size_t)canvas_cols(d->canvas);
	struct screen *s = desk_focus(d);
	bool ascii = d->look.symbols == SYMBOLS_ASCII;
	struct keymap_choice *choices = keymap_choices(d->frame, d->keymap, s->kind->contexts,
	    &d->keys, ascii, &n);
	char name[32];
	if (cols < SMALL_COLS || bottom < 4)
		return;
	help_rows(d, &rows, choices, n);
	menu_lines(d->frame, &d->look, rows, n, cols - 4, MENU_ROWS, &lines);
	int height = (int)lines.n + 2;
	if (height > bottom)
		height = bottom;
	key_name(d->keys.step[0], ascii, name);
	struct box box = {bottom - height, 0, height, (int)cols};
	canvas_box(d->canvas, box, arena_fmt(d->frame, "%s", name), ascii);
	for (int i = 0; i < height - 2; i++)
		canvas_put_line(d->canvas, box.row + 1 + i, 2, &lines.v[i], (int)cols - 4);
}

/* Every command that can be run here, once, with its keys. */
size_t
desk_command_rows(struct desk *d, struct arena *a, const struct screen *s, struct help_row **out)
{
	bool ascii = d->look.symbols == SYMBOLS_ASCII;
	size_t n = 0;
	*out = ARENA_ARRAY(a, struct help_row, COMMANDS);
	for (int i = 0; i < COMMANDS; i++) {
		bool here = false;
		for (size_t k = 0; s->kind->contexts[k] >= 0; k++)
			here = here || s->kind->contexts[k] == command_rows()[i].context;
		for (size_t k = 0; k < n && here; k++)
			here = strcmp((*out)[k].command->name, command_rows()[i].name) != 0;
		if (here)
			(*out)[n++] = (struct help_row){&command_rows()[i], i,
			    keymap_keys_of(a, d->keymap, s->kind->contexts, i, ascii)};
	}
	return n;
}

static void
draw_palette(struct desk *d, int rows_free)
{
	struct help_row *rows;
	int cols = canvas_cols(d->canvas), shown = rows_free - 4;
	size_t n_found, n = desk_command_rows(d, d->frame, desk_focus(d), &rows), cursor;
	if (shown < 1 || cols < SMALL_COLS)
		return;
	size_t *found = palette_match(d->frame, &d->look, rows, n, prompt_text(d->prompt), &n_found);
	if (shown > 10)
		shown = 10;
	if (d->palette_chosen >= n_found)
		d->palette_chosen = n_found ? n_found - 1 : 0;
	size_t from = d->palette_chosen >= (size_t)shown ? d->palette_chosen - (size_t)shown + 1 : 0;
	struct box box = {1, 0, shown + 4, cols};
	canvas_box(d->canvas, box, words_say(&d->words, "Commands"),
	    d->look.symbols == SYMBOLS_ASCII);
	struct str text = prompt_view(d->prompt, (size_t)cols - 6, &cursor);
	canvas_put(d->canvas, 2, 2, STR(":"), ROLE_PROMPT, 2);
	canvas_put(d->canvas, 2, 4, text, ROLE_PROMPT, cols - 6);
	canvas_cursor(d->canvas, 2, 4 + (int)cursor, true);
	for (int i = 1; i < cols - 1; i++)
		canvas_put(d->canvas, 3, i, look_symbol(&d->look, SYMBOL_RULE), ROLE_POPUP, 1);
	for (size_t i = 0; i < (size_t)shown && from + i < n_found; i++) {
		struct line line = {0};
		bool chosen = from + i == d->palette_chosen;
		palette_line(d->frame, &d->look, &rows[found[from + i]], chosen, (size_t)cols - 2,
		    &line);
		canvas_put_line(d->canvas, 4 + (int)i, 1, &line, cols - 2);
		if (chosen)
			canvas_over(d->canvas, 4 + (int)i, 1, 1, cols - 2, ROLE_SELECTED);
	}
}

static void
draw_prompt(struct desk *d, int row)
{
	int cols = canvas_cols(d->canvas), label = (int)columns_of(d->prompt_label) + 1;
	size_t cursor;
	canvas_fill(d->canvas, row, 0, 1, cols, ROLE_PROMPT);
	canvas_put(d->canvas, row, 1, d->prompt_label, ROLE_PROMPT, cols - 1);
	if (label >= cols - 1)
		return;
	struct str text = prompt_view(d->prompt, (size_t)(cols - label - 1), &cursor);
	canvas_put(d->canvas, row, label, text, ROLE_PROMPT, cols - label);
	canvas_cursor(d->canvas, row, label + (int)cursor, true);
}

/* --- panes ---------------------------------------------------------------------------------------- */

enum { LAYOUT_AUTO, LAYOUT_ONE, LAYOUT_TWO, LAYOUT_THREE };

static int
panes_of(const struct desk *d)
{
	int cols = canvas_cols(d->canvas);
	if (d->layout == LAYOUT_ONE || cols < 40)
		return 1;
	if (d->layout == LAYOUT_TWO)
		return 2;
	if (d->layout == LAYOUT_THREE)
		return cols < DESK_SPLIT_COLS ? 2 : 3;
	return cols >= DESK_THREE_COLS ? 3 : cols >= DESK_SPLIT_COLS ? 2 : 1;
}

bool
desk_is_wide(const struct desk *d)
{
	return panes_of(d) > 1;
}

static void
draw_bar(struct desk *d, int row, int rows, int col)
{
	for (int i = 0; i < rows; i++)
		canvas_put(d->canvas, row + i, col, look_symbol(&d->look, SYMBOL_BAR), ROLE_RULE, 1);
}

/* The list on the left, beside it the story that is open or previewed. */
static void
draw_panes(struct desk *d, struct area all, int panes)
{
	struct screen *list = desk_list_screen(d), *story = desk_story_screen(d);
	struct screen *focus = desk_focus(d);
	struct area left = all, right = all;
	if (panes == 3 && d->feeds_pane) {
		struct area feeds = all;
		feeds.cols = all.cols / 5 > 34 ? 34 : all.cols / 5;
		d->feeds_pane->kind->draw(d->feeds_pane, d, feeds, focus == d->feeds_pane);
		draw_bar(d, all.row, all.rows, all.col + feeds.cols);
		left.col += feeds.cols + 1;
		left.cols -= feeds.cols + 1;
		right = left;
	}
	left.cols = left.cols * 2 / 5;
	right.col = left.col + left.cols + 1;
	right.cols = all.col + all.cols - right.col;
	draw_bar(d, all.row, all.rows, left.col + left.cols);
	list->kind->draw(list, d, left, focus == list);
	if (story)
		story->kind->draw(story, d, right, focus == story);
	else if (d->preview)
		d->preview->kind->draw(d->preview, d, right, false);
}

static void
draw_content(struct desk *d, struct area all)
{
	struct screen *top = top_of(d);
	int panes = panes_of(d);
	bool beside = panes > 1 && desk_list_screen(d) &&
	              (top->kind->flags & (SCREEN_IS_LIST | SCREEN_IS_STORY));
	if (beside && !desk_split_open(d))
		draw_panes(d, all, panes);
	else
		top->kind->draw(top, d, all, true);
}

void
desk_draw(struct desk *d)
{
	int cols, rows;
	arena_reset(d->frame);
	d->look.now = clock_now();
	term_size(d->term, &cols, &rows);
	canvas_resize(d->canvas, cols, rows);
	canvas_clear(d->canvas);
	cols = canvas_cols(d->canvas);
	rows = canvas_rows(d->canvas);
	if (cols < SMALL_COLS || rows < SMALL_ROWS) {
		canvas_put(d->canvas, 0, 0, word(&d->words, WORD_TOO_SMALL), ROLE_TEXT, cols);
		canvas_cursor(d->canvas, 0, 0, false);
		term_draw(d->term, d->canvas, &d->theme);
		return;
	}
	bool hints = !d->hints_hidden && rows >= TIGHT_ROWS;
	struct area content = {1, 0, rows - 2 - hints, cols};
	draw_title(d, 0);
	draw_content(d, content);
	draw_status(d, rows - 1 - hints);
	if (hints)
		draw_hints(d, rows - 1);
	if (d->menu_shown && d->keys.n_steps)
		draw_menu(d, rows - 1 - hints);
	if (d->prompting && d->prompt_kind == PROMPT_PALETTE)
		draw_palette(d, rows - 2 - hints);
	else if (d->prompting)
		draw_prompt(d, rows - 1 - hints);
	term_draw(d->term, d->canvas, &d->theme);
}
