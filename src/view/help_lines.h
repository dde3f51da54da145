/*
 * Views made from the key table: the help view and the menu after a prefix key, and the
 * palette (UX.md, 3.9).
 */
#ifndef KAWAT_VIEW_HELP_LINES_H
#define KAWAT_VIEW_HELP_LINES_H

#include "view/command.h"
#include "view/line.h"
#include "view/look.h"

/* A command that can be run here, with its keys as they are bound now. */
struct help_row {
	const struct command *command;
	int index;       /* the caller's */
	struct str keys; /* `j ↓`; empty: the palette alone */
};

/*
 * The rows whose name, keys or help have all words of `needle` (all of them when it is
 * empty), by group in the order of first appearance.  `block` of a line is the index into
 * rows, or HELP_NO_ROW for a caption.
 */
#define HELP_NO_ROW UINT32_MAX
void help_lines(struct arena *, const struct look *, const struct help_row *, size_t n,
    struct str needle, size_t cols, struct lines *out);

/*
 * The menu after a prefix: key and help in as many columns as fit, at most max_rows
 * lines.
 */
void menu_lines(struct arena *, const struct look *, const struct help_row *, size_t n,
    size_t cols, size_t max_rows, struct lines *out);

/*
 * Rows for the palette, best first: how well the name or the help matches the letters
 * typed, each in order (`mar` finds mark-all-read).  Returns indices into rows.
 */
size_t *palette_match(struct arena *, const struct look *, const struct help_row *,
    size_t n, struct str needle, size_t *n_found);

/* `mark-all-read       Mark all stories shown here as read                   A` */
void palette_line(struct arena *, const struct look *, const struct help_row *,
    bool chosen, size_t cols, struct line *out);

/*
 * How well `text` matches the letters of `needle` in order, ASCII case folded: 0 not at
 * all, more is better (beginnings of words and letters side by side count more).  Linear
 * in the text.
 */
int fuzzy_score(struct str text, struct str needle);

#endif
