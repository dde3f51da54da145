/*
 * The canvas is the screen before it reaches a terminal: cells of one grapheme cluster
 * each, with a role instead of a colour.  Everything a person sees is drawn here first,
 * so it can be tested without a terminal.
 *
 * It is the last guard: whatever is put, no control character, bidi control or other
 * invisible troublemaker ever enters a cell, and a cell holds at most four combining
 * marks.
 *
 * A wide character takes two cells, of which the second is its shadow (cols 0, no text).
 * It is never cut in half: one that does not fit is left out, and drawing over one half
 * blanks the other.
 */
#ifndef KAWAT_UI_CANVAS_H
#define KAWAT_UI_CANVAS_H

#include "base/buf.h"
#include "view/line.h"

enum {
	CANVAS_MAX_COLS =
	    1000, /* beyond this a terminal is drawn at its left part only */
	CANVAS_MAX_ROWS = 500,
	CELL_MAX_BYTES = 20, /* a base character and four marks, at four bytes each */
};

struct cell {
	char text[CELL_MAX_BYTES];
	uint8_t n;     /* bytes of text; 0: blank, or the shadow of a wide one */
	uint8_t cols;  /* 1 or 2; 0 for the shadow */
	uint8_t role;  /* enum role */
	uint8_t over;  /* a role laid over it (SELECTED, MATCH …), or 0 */
	uint8_t attrs; /* LINE_* */
	uint16_t link; /* what canvas_link gave, or 0 */
};

struct canvas;

/* Sizes are clamped to 1 … the maximum. */
struct canvas *canvas_new(int cols, int rows);
void canvas_free(struct canvas *);
void canvas_resize(struct canvas *, int cols, int rows); /* blank afterwards */
void canvas_clear(struct canvas *);
void canvas_copy_row(
    struct canvas *, const struct canvas *from, int row); /* of one size */
bool canvas_same_size(const struct canvas *, const struct canvas *);
/* Of canvases of one size: do both show the same in that row? */
bool canvas_same_row(const struct canvas *, const struct canvas *, int row);
bool canvas_row_has_link(const struct canvas *, int row);
int canvas_cols(const struct canvas *);
int canvas_rows(const struct canvas *);
const struct cell *canvas_cell(
    const struct canvas *, int row, int col); /* inside the canvas */

/*
 * Draw one line of text at (row, col), at most max_cols cells and never beyond the right
 * edge. Newlines and tabs become one space.  Returns the cells used.  Outside the canvas
 * nothing happens.
 */
int canvas_put(struct canvas *, int row, int col, struct str, enum role, int max_cols);
int canvas_put_run(struct canvas *, int row, int col, const struct run *, int max_cols);
int canvas_put_line(struct canvas *, int row, int col, const struct line *, int max_cols);

/* Blank a rectangle in a role. */
void canvas_fill(struct canvas *, int row, int col, int rows, int cols, enum role);

/* Lay a role over a rectangle, keeping what is written: the chosen row, a match. */
void canvas_over(struct canvas *, int row, int col, int rows, int cols, enum role);

/* A box with a title in its upper rule; what is inside is blanked. */
struct box {
	int row, col, rows, cols;
};
void canvas_box(struct canvas *, struct box, struct str title, bool ascii);

/*
 * Links (OSC 8): an address known to the canvas, for the cells drawn until canvas_link is
 * called again; the empty str ends it.  Only http and https are taken.
 */
void canvas_link(struct canvas *, struct str url);
struct str canvas_link_url(const struct canvas *, uint16_t link);

/* Where the hardware cursor stands, and whether it is seen. */
struct cursor {
	int row, col;
	bool visible;
};
void canvas_cursor(struct canvas *, int row, int col, bool visible);
struct cursor canvas_get_cursor(const struct canvas *);

/*
 * The screen as text, one line a row, without spaces at the end.  With CANVAS_DUMP_ROLES
 * a second picture follows with one letter a cell for the role on top, and the legend.
 * With CANVAS_DUMP_CURSOR a last line says where the cursor is.
 */
enum { CANVAS_DUMP_ROLES = 1, CANVAS_DUMP_CURSOR = 2 };
void canvas_dump(const struct canvas *, unsigned flags, struct buf *out);

#endif
