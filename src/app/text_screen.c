#include "app/text_screen.h"

#include <stdlib.h>
#include <string.h>

#include "view/bars.h"
#include "view/paragraph.h"

static struct text_screen *
self(struct screen *s)
{
	return (struct text_screen *)s;
}

/* --- lines ---------------------------------------------------------------------------------------- */

enum { PAIR_COL = 24 };

void
text_add(struct arena *a, struct lines *out, enum role role, struct str text)
{
	struct line *line = lines_push(a, out);
	line->block = LINE_OF_NO_ROW;
	line_add(a, line, ROLE_TEXT, STR("  "));
	line_add(a, line, role, text);
}

void
text_tell(struct desk *d, struct arena *a, size_t cols, struct lines *out, enum role role,
    struct str sentence)
{
	struct paragraph p = {.text = sentence, .role = role, .link = LINE_NO_LINK, .margin = 2,
	    .cols = cols > 4 ? cols - 4 : 1, .block = LINE_OF_NO_ROW};
	paragraph_lines(a, &d->look, &p, out);
}

void
text_add_pair(struct desk *d, struct arena *a, struct lines *out, const char *label,
    struct str value)
{
	struct line *line = lines_push(a, out);
	line->block = LINE_OF_NO_ROW;
	line_add(a, line, ROLE_DIM, STR("  "));
	line_add(a, line, ROLE_DIM, words_say(&d->words, label));
	line_pad(a, line, ROLE_TEXT, PAIR_COL);
	line_add(a, line, ROLE_TEXT, value);
}

void
text_no_rows(struct lines *out)
{
	for (size_t i = 0; i < out->n; i++)
		out->v[i].block = LINE_OF_NO_ROW;
}

static void
forget_rows(struct text_screen *t)
{
	for (size_t i = 0; i < t->n_ids; i++)
		free((char *)t->urls[i].p);
	t->n_ids = 0;
}

void
text_set_ids(struct text_screen *t, size_t n)
{
	forget_rows(t);
	t->ids = heap_resize(t->ids, (n + 1) * sizeof(*t->ids));
	t->urls = heap_resize(t->urls, (n + 1) * sizeof(*t->urls));
	memset(t->ids, 0, (n + 1) * sizeof(*t->ids));
	memset(t->urls, 0, (n + 1) * sizeof(*t->urls));
	t->n_ids = n;
}

/* --- commands ------------------------------------------------------------------------------------- */

static void
scroll(struct text_screen *t, long by)
{
	long last = (long)t->n_lines - (long)t->rows, to = (long)t->top + by;
	if (last < 0)
		last = 0;
	t->top = to < 0 ? 0 : to > last ? (size_t)last : (size_t)to;
}

static void
choose(struct text_screen *t, long by)
{
	long last = (long)t->n_rows - 1, to = (long)t->chosen + by;
	if (last < 0)
		last = 0;
	t->chosen = to < 0 ? 0 : to > last ? (uint32_t)last : (uint32_t)to;
}

/* How far a command moves; 0: it is none that moves. */
static long
distance(const struct text_screen *t, int command, int count)
{
	enum { ALL = 1000000 };
	long n = count > 0 ? count : 1, page = t->rows > 1 ? (long)t->rows - 1 : 1;
	switch (command) {
	case COMMAND_NEXT_ROW:
		return n;
	case COMMAND_PREVIOUS_ROW:
		return -n;
	case COMMAND_PAGE_DOWN:
		return page;
	case COMMAND_PAGE_UP:
		return -page;
	case COMMAND_HALF_PAGE_DOWN:
		return page / 2 + 1;
	case COMMAND_HALF_PAGE_UP:
		return -page / 2 - 1;
	case COMMAND_FIRST_ROW:
		return -ALL;
	case COMMAND_LAST_ROW:
		return ALL;
	}
	return 0;
}

bool
text_screen_command(struct screen *screen, struct desk *d, int command, int count)
{
	struct text_screen *t = self(screen);
	long by = distance(t, command, count);
	if (by && t->open) {
		choose(t, by);
		d->unlaid = true; /* which row that is, only drawing tells */
	} else if (by) {
		scroll(t, by);
	} else if (command == COMMAND_OPEN && t->open && t->n_rows) {
		t->open(t, d, t->chosen_row);
	} else {
		return command == COMMAND_OPEN;
	}
	return true;
}

void
text_screen_click(struct screen *screen, struct desk *d, int row, int col)
{
	struct text_screen *t = self(screen);
	(void)col;
	if (!t->open || row < 0 || row >= (int)t->rows || row >= CANVAS_MAX_ROWS ||
	    t->shown[row] == LINE_OF_NO_ROW)
		return;
	if (t->shown[row] == t->chosen)
		t->open(t, d, t->chosen_row);
	else
		t->chosen = t->shown[row];
}

/* --- drawing -------------------------------------------------------------------------------------- */

/* Count the rows, and find the line of the chosen one: SIZE_MAX when there is none. */
static size_t
find_chosen(struct text_screen *t, const struct lines *lines)
{
	size_t found = SIZE_MAX;
	t->n_rows = 0;
	t->chosen_row = LINE_OF_NO_ROW;
	for (size_t i = 0; i < lines->n && t->open; i++) {
		uint32_t row = lines->v[i].block;
		if (row == LINE_OF_NO_ROW || (i && row == lines->v[i - 1].block))
			continue;
		if (t->n_rows++ == t->chosen) {
			found = i;
			t->chosen_row = row;
		}
	}
	return found;
}

static void
bring_into_sight(struct text_screen *t, size_t line)
{
	if (line == SIZE_MAX)
		return;
	if (line < t->top)
		t->top = line;
	if (line >= t->top + t->rows)
		t->top = line + 1 - t->rows;
	if (t->chosen == 0 && line < t->rows)
		t->top = 0; /* its caption too */
}

/* Which row each line of the screen belongs to. */
static void
note_rows(struct text_screen *t, const struct lines *lines)
{
	uint32_t n = 0;
	for (size_t i = 0; i < lines->n && i < t->top + t->rows; i++) {
		bool row = t->open && lines->v[i].block != LINE_OF_NO_ROW;
		if (row && (i == 0 || lines->v[i].block != lines->v[i - 1].block))
			n++;
		if (i >= t->top && i - t->top < CANVAS_MAX_ROWS)
			t->shown[i - t->top] = row ? n - 1 : LINE_OF_NO_ROW;
	}
	for (size_t i = lines->n > t->top ? lines->n - t->top : 0; i < t->rows && i < CANVAS_MAX_ROWS; i++)
		t->shown[i] = LINE_OF_NO_ROW;
}

void
text_screen_draw(struct screen *screen, struct desk *d, struct area area, bool focused)
{
	struct text_screen *t = self(screen);
	struct lines lines = {0};
	t->make(t, d, d->frame, (size_t)area.cols, &lines);
	t->n_lines = lines.n;
	t->rows = (size_t)area.rows;
	size_t chosen = find_chosen(t, &lines);
	bring_into_sight(t, chosen);
	scroll(t, 0);
	note_rows(t, &lines);
	for (size_t i = 0; i < t->rows && t->top + i < lines.n; i++) {
		int row = area.row + (int)i;
		canvas_put_line(d->canvas, row, area.col, &lines.v[t->top + i], area.cols);
		if (t->top + i != chosen)
			continue;
		canvas_over(d->canvas, row, area.col, 1, area.cols, ROLE_SELECTED);
		if (focused)
			canvas_cursor(d->canvas, row, area.col, false);
	}
	if (focused && chosen == SIZE_MAX)
		canvas_cursor(d->canvas, area.row, area.col, false);
}

void
text_screen_title(struct screen *screen, struct desk *d, struct arena *a, struct screen_title *t)
{
	struct text_screen *s = self(screen);
	const struct words *w = &d->words;
	size_t last = s->top + s->rows < s->n_lines ? s->top + s->rows : s->n_lines;
	t->where[t->n_where++] = s->title;
	if (s->n_lines <= s->rows)
		return;
	struct str args[] = {word_number(a, w, (int64_t)s->top + 1), word_number(a, w, (int64_t)last),
	    word_number(a, w, (int64_t)s->n_lines)};
	t->right = word_fill(a, word(w, WORD_ROWS_OF), args, COUNT_OF(args));
}

/* --- the screen ----------------------------------------------------------------------------------- */

int64_t
text_screen_current(struct screen *screen, struct desk *d)
{
	struct text_screen *t = self(screen);
	(void)d;
	if (t->id != STORY_NONE)
		return t->id;
	return t->chosen_row < t->n_ids ? t->ids[t->chosen_row] : STORY_NONE;
}

void
text_screen_free(struct screen *screen)
{
	struct text_screen *t = self(screen);
	forget_rows(t);
	free((char *)t->title.p);
	free((char *)t->text.p);
	free(t->ids);
	free(t->urls);
	free(t);
}

static const struct screen_kind text_kind = {
	.name = SAID_LATER("text"),
	.contexts = {CONTEXT_LIST, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_NEXT_ROW, COMMAND_CLOSE, -1},
	.draw = text_screen_draw, .command = text_screen_command, .title = text_screen_title,
	.click = text_screen_click, .current = text_screen_current, .free = text_screen_free,
};

struct text_screen *
text_screen_new(struct desk *d, const struct screen_kind *kind, const char *title, text_make *make,
    text_open *open)
{
	struct text_screen *t = heap_alloc(sizeof(*t));
	struct str shown = words_say(&d->words, title);
	t->base.kind = kind ? kind : &text_kind;
	t->title = str_of(heap_z(shown), shown.n);
	t->make = make;
	t->open = open;
	t->chosen_row = LINE_OF_NO_ROW;
	return t;
}
