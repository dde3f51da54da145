/*
 * What is laid over a view: the menu after a prefix key, the palette, the line that is edited.
 */
#include <string.h>

#include "app/desk.h"
#include "text/columns.h"
#include "view/help_lines.h"

enum { SMALL_COLS = 20, MENU_ROWS = 8, PALETTE_ROWS = 10 };

static size_t
help_rows(struct desk *d, struct help_row **out, const struct keymap_choice *choices, size_t n)
{
	*out = ARENA_ARRAY(d->frame, struct help_row, n + 1);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct help_row){&command_rows()[choices[i].command],
		    choices[i].command, choices[i].keys};
	return n;
}

void
desk_draw_menu(struct desk *d, int bottom)
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
	const char *group = n ? command_rows()[choices[0].command].group : NULL;
	canvas_box(d->canvas, box, arena_fmt(d->frame, "%s  %.*s", name,
	    STR_ARG(group ? words_say(&d->words, group) : STR(""))), ascii);
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
draw_palette_box(struct desk *d, const struct box *box)
{
	size_t cursor;
	canvas_box(d->canvas, *box, words_say(&d->words, "Commands"),
	    d->look.symbols == SYMBOLS_ASCII);
	struct str text = prompt_view(d->prompt, (size_t)box->cols - 6, &cursor);
	canvas_put(d->canvas, box->row + 1, 2, STR(":"), ROLE_PROMPT, 2);
	canvas_put(d->canvas, box->row + 1, 4, text, ROLE_PROMPT, box->cols - 6);
	canvas_cursor(d->canvas, box->row + 1, 4 + (int)cursor, true);
	bool ascii = d->look.symbols == SYMBOLS_ASCII;
	for (int i = 1; i < box->cols - 1; i++)
		canvas_put(d->canvas, box->row + 2, i, look_symbol(&d->look, SYMBOL_RULE),
		    ROLE_POPUP, 1);
	canvas_put(d->canvas, box->row + 2, 0, ascii ? STR("+") : STR("├"), ROLE_POPUP, 1);
	canvas_put(d->canvas, box->row + 2, box->cols - 1, ascii ? STR("+") : STR("┤"), ROLE_POPUP,
	    1);
}

void
desk_draw_palette(struct desk *d, int rows_free)
{
	struct help_row *rows;
	int cols = canvas_cols(d->canvas), shown = rows_free - 4;
	size_t n_found, n = desk_command_rows(d, d->frame, desk_focus(d), &rows);
	if (shown < 1 || cols < SMALL_COLS)
		return;
	size_t *found = palette_match(d->frame, &d->look, rows, n, prompt_text(d->prompt), &n_found);
	if (shown > PALETTE_ROWS)
		shown = PALETTE_ROWS;
	if (shown > (int)n_found)
		shown = n_found ? (int)n_found : 1;
	if (d->palette_chosen >= n_found)
		d->palette_chosen = n_found ? n_found - 1 : 0;
	size_t from = d->palette_chosen >= (size_t)shown ? d->palette_chosen - (size_t)shown + 1 : 0;
	struct box box = {1, 0, shown + 4, cols};
	draw_palette_box(d, &box);
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

void
desk_draw_prompt(struct desk *d, int row)
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
