/*
 * The keys of a view, searched by typing: a letter begins the search, Enter runs what is chosen,
 * Tab goes to the other views.
 */
#include <stdlib.h>
#include <string.h>

#include "app/text_screen.h"
#include "base/utf8.h"
#include "view/help_lines.h"

static struct text_screen *
self(struct screen *s)
{
	return (struct text_screen *)s;
}

/* The views whose keys are listed one after the other, from the inside out. */
static const struct {
	const char *name;
	int contexts[5];
} views[] = {
	{SAID_LATER("headlines"), {CONTEXT_HEADLINES, CONTEXT_LIST, CONTEXT_GLOBAL, -1}},
	{"story", {CONTEXT_STORY, CONTEXT_HEADLINES, CONTEXT_LIST, CONTEXT_GLOBAL, -1}},
	{"related", {CONTEXT_RELATED_VIEW, CONTEXT_HEADLINES, CONTEXT_LIST, CONTEXT_GLOBAL, -1}},
	{"feeds", {CONTEXT_FEEDS_VIEW, CONTEXT_LIST, CONTEXT_GLOBAL, -1}},
};

/* A new reader looks for these first; the other groups follow as they stand in the table. */
static const char *const first_groups[] = {"Read", "Links", "Keep", "Move", "Find"};

static size_t
rank_of(const struct help_row *row)
{
	for (size_t i = 0; i < COUNT_OF(first_groups); i++)
		if (row->command->group && strcmp(row->command->group, first_groups[i]) == 0)
			return i;
	return COUNT_OF(first_groups);
}

/* Within a group the view's own keys come first, then those of all lists, then those of all views. */
static size_t
sorted_rows(struct text_screen *t, struct desk *d, struct arena *a, struct help_row **rows)
{
	struct screen fake = {&t->help_kind};
	struct help_row *all;
	size_t n = desk_command_rows(d, a, &fake, &all), at = 0;
	*rows = ARENA_ARRAY(a, struct help_row, n + 1);
	for (size_t rank = 0; rank <= COUNT_OF(first_groups); rank++)
		for (size_t k = 0; t->help_kind.contexts[k] >= 0; k++)
			for (size_t i = 0; i < n; i++)
				if (rank_of(&all[i]) == rank &&
				    all[i].command->context == t->help_kind.contexts[k])
					(*rows)[at++] = all[i];
	return at;
}

static void
make_help(struct text_screen *t, struct desk *d, struct arena *a, size_t cols, struct lines *out)
{
	struct help_row *rows;
	size_t n = sorted_rows(t, d, a, &rows);
	help_lines(a, &d->look, rows, n, str_z(t->needle), cols, out);
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].block == HELP_NO_ROW)
			out->v[i].block = LINE_OF_NO_ROW;
}

static void
open_help(struct text_screen *t, struct desk *d, uint32_t row)
{
	struct help_row *rows;
	struct arena *a = arena_new();
	size_t n = sorted_rows(t, d, a, &rows);
	int command = row < n ? rows[row].index : -1;
	arena_free(a);
	desk_pop(d); /* t is gone now */
	if (command >= 0)
		desk_command(d, command, 0);
}

static void
set_view(struct text_screen *t, struct desk *d, const char *name, const int *contexts)
{
	struct str title = arena_fmt(d->frame, "%.*s: %.*s", STR_ARG(words_say(&d->words, "Help")),
	    STR_ARG(words_say(&d->words, name)));
	free((char *)t->title.p);
	t->title = str_of(heap_z(title), title.n);
	t->help_kind.name = name;
	for (size_t i = 0;; i++) {
		t->help_kind.contexts[i] = contexts[i];
		if (contexts[i] < 0)
			break;
	}
	t->chosen = 0;
	t->top = 0;
}

static void
other_view(struct text_screen *t, struct desk *d, size_t by)
{
	size_t at = 0;
	for (size_t i = 0; i < COUNT_OF(views); i++)
		if (strcmp(views[i].name, t->help_kind.name) == 0)
			at = i;
	at = (at + by) % COUNT_OF(views);
	set_view(t, d, views[at].name, views[at].contexts);
}

static bool
command(struct screen *screen, struct desk *d, int what, int count)
{
	struct text_screen *t = self(screen);
	switch (what) {
	case COMMAND_NEXT_PANE:
		other_view(t, d, 1);
		return true;
	case COMMAND_PREVIOUS_PANE:
		other_view(t, d, COUNT_OF(views) - 1);
		return true;
	case COMMAND_HELP:
		return true;
	case COMMAND_FIND:
		desk_prompt(d, PROMPT_HELP, "", str_z(t->needle), screen);
		return true;
	case COMMAND_CANCEL:
		if (!t->needle[0])
			return false;
		t->needle[0] = '\0';
		return true;
	}
	return text_screen_command(screen, d, what, count);
}

static void
prompt(struct screen *screen, struct desk *d, int what, struct str text, bool accepted)
{
	struct text_screen *t = self(screen);
	struct str cut = utf8_cut(text, sizeof(t->needle) - 1);
	if (what != PROMPT_HELP)
		return;
	memcpy(t->needle, cut.p, cut.n);
	t->needle[cut.n] = '\0';
	if (accepted) {
		command(screen, d, COMMAND_OPEN, 0);
		return;
	}
	t->chosen = 0;
	t->top = 0;
}

/* `Search: ` in the first line, with the cursor when it is typed. */
static void
draw(struct screen *screen, struct desk *d, struct area area, bool focused)
{
	struct text_screen *t = self(screen);
	struct str label = word_fill1(d->frame, word(&d->words, WORD_SEARCH_IS), STR(""));
	struct area below = {area.row + 1, area.col, area.rows - 1, area.cols};
	size_t cursor = 0;
	if (area.rows < 4) {
		text_screen_draw(screen, d, area, focused);
		return;
	}
	text_screen_draw(screen, d, below, focused);
	int col = area.col + 2 + canvas_put(d->canvas, area.row, area.col + 2, label, ROLE_PROMPT,
	    area.cols - 2);
	struct str text = d->prompting && d->prompt_kind == PROMPT_HELP
	    ? prompt_view(d->prompt, (size_t)(area.cols > col + 2 ? area.cols - col - 1 : 1), &cursor)
	    : str_z(t->needle);
	canvas_put(d->canvas, area.row, col, text, ROLE_PROMPT, area.cols);
	if (d->prompting && d->prompt_kind == PROMPT_HELP)
		canvas_cursor(d->canvas, area.row, col + (int)cursor, true);
}

static void
click(struct screen *screen, struct desk *d, int row, int col)
{
	text_screen_click(screen, d, row - 1, col);
}

static struct str
status(struct screen *screen, struct desk *d, struct arena *a)
{
	(void)screen;
	(void)a;
	return words_say(&d->words, "Enter runs the chosen command. Tab: other views.");
}

static const char *
hint(struct screen *screen, struct desk *d, int command)
{
	(void)screen;
	(void)d;
	if (command == COMMAND_OPEN)
		return SAID_LATER("run this command");
	return command == COMMAND_NEXT_PANE ? SAID_LATER("other views") : NULL;
}

static const struct screen_kind help_kind = {
	.name = SAID_LATER("help"), .flags = SCREEN_TYPES,
	.contexts = {CONTEXT_LIST, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_NEXT_ROW, COMMAND_OPEN, COMMAND_NEXT_PANE, COMMAND_CLOSE, -1},
	.draw = draw, .command = command, .title = text_screen_title, .status = status,
	.prompt = prompt, .click = click, .hint = hint,
	.current = text_screen_current, .free = text_screen_free,
};

struct screen *
help_screen_new(struct desk *d, const struct screen *of)
{
	struct text_screen *t = text_screen_new(d, &help_kind, "Help", make_help, open_help);
	t->help_kind = *of->kind;
	set_view(t, d, of->kind->name, of->kind->contexts);
	return &t->base;
}
