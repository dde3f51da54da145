/*
 * Scrolling through lines of a text.  The place is kept by block and byte, not by line,
 * so it stays where it was when the width changes and the lines are made anew.  Links in
 * the text can have the focus, one at a time.
 */
#ifndef KAWAT_UI_PAGER_H
#define KAWAT_UI_PAGER_H

#include "view/line.h"

/* A place in the text that outlives the lines. */
struct place {
	uint32_t block, at;
};

struct pager {
	const struct lines *lines; /* borrowed */
	size_t top;                /* first line on the screen */
	size_t rows;               /* lines of the screen */
	int32_t focus;             /* link, or LINE_NO_LINK */
};

void pager_init(struct pager *);

/* New lines (or a new size): the place and, if it is still there, the focus stay. */
void pager_set(struct pager *, const struct lines *, size_t rows);

struct place pager_place(const struct pager *);
void pager_goto(struct pager *, struct place);

void pager_scroll(struct pager *, long lines); /* negative is up; stops at both ends */
/* A page, keeping `overlap` lines; false when it was already at the end (the beginning).
 */
bool pager_page(struct pager *, int direction, size_t overlap);
void pager_home(struct pager *);
void pager_end(struct pager *);
bool pager_at_end(const struct pager *);
int pager_percent(
    const struct pager *); /* of the lines that are above the lower edge; 100: end */

/*
 * The next or previous link.  From no focus, or a focus that is off the screen, it is the
 * first (last) on the screen or after it.  Scrolls so that it is seen.  False when there
 * is none.
 */
bool pager_focus_step(struct pager *, int direction);
bool pager_focus(struct pager *, int32_t link); /* false when no line has it */
/* Where the focused link begins on the screen; false when it is not on it. */
bool pager_focus_cell(const struct pager *, size_t *row, size_t *col);
/* The link under a cell of the screen, or LINE_NO_LINK. */
int32_t pager_link_at(const struct pager *, size_t row, size_t col);

/*
 * The first line at or after `from` (or before, going back) with the needle, ASCII case
 * folded.
 */
MUST_CHECK bool pager_find(
    const struct pager *, struct str needle, size_t from, int direction, size_t *line);
void pager_show(struct pager *, size_t line); /* scroll it into sight */

#endif
