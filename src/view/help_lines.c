#include "view/help_lines.h"

#include <stdlib.h>

#include "text/columns.h"

enum {
	KEY_COL = 3,
	KEY_COLS = 16,
	HELP_COL = 20,
	MENU_GAP = 2,
	MENU_MIN_COLS = 18,
	NAME_COLS = 20,
	MAX_NEEDLE = 64, /* letters of a fuzzy needle */
};

static struct str
help_of(const struct look *l, const struct help_row *row)
{
	return words_say(l->words, row->command->help);
}

static struct str
group_of(const struct look *l, const struct help_row *row)
{
	return row->command->group ? words_say(l->words, row->command->group)
				   : word(l->words, WORD_OTHER_KEYS);
}

static bool
has_words(const struct look *l, const struct help_row *row, struct str needle)
{
	struct str w;

	for (w = str_word(&needle); w.n > 0; w = str_word(&needle)) {
		if (str_find_nocase(str_z(row->command->name), w) == STR_NONE &&
		    str_find_nocase(row->keys, w) == STR_NONE &&
		    str_find_nocase(help_of(l, row), w) == STR_NONE)
			return false;
	}
	return true;
}

static void
key_line(struct arena *a, const struct look *l, const struct help_row *row, size_t cols,
    struct line *out)
{
	struct str ellipsis = look_symbol(l, SYMBOL_ELLIPSIS);

	line_pad(a, out, ROLE_TEXT, KEY_COL);
	line_add_cut(a, out, ROLE_HINT_KEY, row->keys.n ? row->keys : STR(":"), KEY_COLS,
	    ellipsis);
	line_pad(a, out, ROLE_TEXT, HELP_COL);
	if (cols > HELP_COL + 1)
		line_add_cut(
		    a, out, ROLE_TEXT, help_of(l, row), cols - HELP_COL - 1, ellipsis);
}

/* All rows of the group that row `first` opens. */
static void
group_lines(struct arena *a, const struct look *l, const struct help_row *rows, size_t n,
    size_t first, struct str needle, size_t cols, bool *done, struct lines *out)
{
	struct str group = group_of(l, &rows[first]);
	struct line *line = lines_push(a, out);
	size_t i;

	line->block = HELP_NO_ROW;
	line_pad(a, line, ROLE_TEXT, 1);
	line_add(a, line, ROLE_STORY_HEADING, group);
	for (i = first; i < n; i++) {
		if (done[i] || !str_eq(group_of(l, &rows[i]), group) ||
		    !has_words(l, &rows[i], needle))
			continue;
		done[i] = true;
		line = lines_push(a, out);
		line->block = (uint32_t)i;
		key_line(a, l, &rows[i], cols, line);
	}
}

void
help_lines(struct arena *a, const struct look *l, const struct help_row *rows, size_t n,
    struct str needle, size_t cols, struct lines *out)
{
	bool *done = ARENA_ARRAY(a, bool, n + 1);
	size_t i;

	for (i = 0; i < n; i++) {
		if (!done[i] && has_words(l, &rows[i], needle))
			group_lines(a, l, rows, n, i, needle, cols, done, out);
	}
}

/* ---- the menu ---- */

static size_t
widest(const struct help_row *rows, size_t n, size_t *keys)
{
	size_t i, most = 0, cols;

	for (i = 0, *keys = 0; i < n; i++) {
		cols = columns_of(rows[i].keys);
		*keys = cols > *keys ? cols : *keys;
	}
	for (i = 0; i < n; i++) {
		cols = columns_of(str_z(rows[i].command->help));
		most = cols > most ? cols : most;
	}
	return *keys + 2 + most;
}

void
menu_lines(struct arena *a, const struct look *l, const struct help_row *rows, size_t n,
    size_t cols, size_t max_rows, struct lines *out)
{
	size_t keys, cell = widest(rows, n, &keys) + MENU_GAP, per_line, n_lines, i, k,
		     at;
	struct line *line;

	if (n == 0 || max_rows == 0 || cols == 0)
		return;
	per_line = cols / cell > 0 ? cols / cell : 1;
	/* More columns, cut, before anything is left out. */
	if ((n + per_line - 1) / per_line > max_rows) {
		per_line = (n + max_rows - 1) / max_rows;
		if (cols / per_line < MENU_MIN_COLS)
			per_line = cols / MENU_MIN_COLS > 0 ? cols / MENU_MIN_COLS : 1;
	}
	cell = cols / per_line;
	n_lines = (n + per_line - 1) / per_line;
	n_lines = n_lines < max_rows ? n_lines : max_rows;
	for (i = 0; i < n_lines; i++) {
		line = lines_push(a, out);
		for (k = 0; k < per_line && (at = k * n_lines + i) < n; k++) {
			line_pad(a, line, ROLE_POPUP, k * cell);
			line_add_link(
			    a, line, ROLE_POPUP_KEY, rows[at].keys, (int32_t)at);
			line_pad(a, line, ROLE_POPUP, k * cell + keys + 2);
			if (cell > keys + 2 + MENU_GAP)
				line_add_attrs(a, line, ROLE_POPUP,
				    columns_cut(a, help_of(l, &rows[at]),
					cell - keys - 2 - MENU_GAP,
					look_symbol(l, SYMBOL_ELLIPSIS)),
				    0, (int32_t)at);
		}
	}
}

/* ---- the palette ---- */

int
fuzzy_score(struct str text, struct str needle)
{
	enum { LETTER = 1, BESIDE = 4, WORD_BEGIN = 6, TEXT_BEGIN = 8 };
	size_t i, k = 0, last = STR_NONE;
	int score = 0;

	if (needle.n == 0)
		return 1;
	if (needle.n > MAX_NEEDLE)
		return 0;
	for (i = 0; i < text.n && k < needle.n; i++) {
		if (needle.p[k] == ' ') { /* a space begins the next word */
			k++;
			last = STR_NONE;
			i--;
			continue;
		}
		if (ascii_lower(text.p[i]) != ascii_lower(needle.p[k]))
			continue;
		score += LETTER;
		if (i == 0)
			score += TEXT_BEGIN;
		else if (!ascii_alnum((unsigned char)text.p[i - 1]) &&
			 (unsigned char)text.p[i - 1] < 0x80)
			score += WORD_BEGIN;
		if (last != STR_NONE && last + 1 == i)
			score += BESIDE;
		last = i;
		k++;
	}
	while (k < needle.n && needle.p[k] == ' ')
		k++;
	return k == needle.n ? score : 0;
}

struct found {
	size_t index;
	int score;
};

static int
by_score(const void *x, const void *y)
{
	const struct found *a = x, *b = y;

	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	return a->index < b->index ? -1 : 1;
}

size_t *
palette_match(struct arena *a, const struct look *l, const struct help_row *rows,
    size_t n, struct str needle, size_t *n_found)
{
	struct found *found = ARENA_ARRAY(a, struct found, n + 1);
	size_t *index = ARENA_ARRAY(a, size_t, n + 1), i;

	needle = str_trim(needle);
	for (i = 0, *n_found = 0; i < n; i++) {
		int name = fuzzy_score(str_z(rows[i].command->name), needle);
		int score = name ? name * 2 : 0,
		    help = fuzzy_score(help_of(l, &rows[i]), needle);

		/* Letters strewn over a sentence say little: the words must be there. */
		if (help > 0 && has_words(l, &rows[i], needle))
			score = score > help ? score : help;
		if (score > 0)
			found[(*n_found)++] = (struct found){i, score};
	}
	qsort(found, *n_found, sizeof(*found), by_score);
	for (i = 0; i < *n_found; i++)
		index[i] = found[i].index;
	return index;
}

void
palette_line(struct arena *a, const struct look *l, const struct help_row *row,
    bool chosen, size_t cols, struct line *out)
{
	struct str ellipsis = look_symbol(l, SYMBOL_ELLIPSIS);
	size_t keys = columns_of(row->keys), end = cols > keys + 3 ? cols - keys - 3 : 0;

	line_add(a, out, ROLE_MARK, chosen ? look_symbol(l, SYMBOL_CHOSEN) : STR(" "));
	line_add(a, out, ROLE_POPUP, STR(" "));
	line_add_cut(a, out, ROLE_POPUP, str_z(row->command->name), NAME_COLS, ellipsis);
	line_pad(a, out, ROLE_POPUP, NAME_COLS + 3);
	if (end > out->cols)
		line_add_cut(
		    a, out, ROLE_POPUP, help_of(l, row), end - out->cols, ellipsis);
	if (keys == 0 || cols < keys + 2)
		return;
	line_pad(a, out, ROLE_POPUP, cols - keys - 1);
	line_add(a, out, ROLE_POPUP_KEY, row->keys);
}
