/*
 * Text in terminal cells.
 *
 * The width of a character is libc's wcwidth, which is what draws it; a process that shows text
 * has set a UTF-8 LC_CTYPE.  (Without one, libunistring's table stands in.)
 *
 * A piece is what a terminal puts into one cell or two: a base character with its marks.  Where
 * terminals disagree (ZWJ sequences, skin tones, keycaps, variation selectors, flags) only the
 * base is drawn, so a whole emoji family is one piece.  A piece may continue a grapheme cluster
 * (`joined`): a spacing vowel sign of an Indic script has a cell of its own and must not be
 * parted from its letter.  An unassigned character is drawn as U+FFFD.
 */
#ifndef KAWAT_TEXT_COLUMNS_H
#define KAWAT_TEXT_COLUMNS_H

#include "base/arena.h"

enum { PIECE_MAX_BYTES = 20 }; /* a base and four marks, at four bytes each */

struct piece {
	struct str text; /* as it stands in the input */
	char drawn[PIECE_MAX_BYTES]; /* as a terminal may have it */
	uint8_t n_drawn; /* 0: nothing to draw (a lone joiner, a soft hyphen) */
	uint8_t cols; /* 0, 1 or 2 */
	bool joined; /* no cut before it */
};

/* The next piece; *at moves past it.  False at the end.  A newline or tab is one cell, a space. */
bool piece_next(struct str, size_t *at, struct piece *);

size_t columns_of(struct str); /* cells of the whole string */

/* The bytes of the longest beginning that takes at most `cols` cells; *used is what it takes. */
size_t columns_fit(struct str, size_t cols, size_t *used);

/*
 * At most `cols` cells; what is longer ends in `ellipsis`, for which there is room.  Borrows s
 * when it fits.
 */
struct str columns_cut(struct arena *, struct str, size_t cols, struct str ellipsis);
/* The same, leaving out the middle. */
struct str columns_cut_middle(struct arena *, struct str, size_t cols, struct str ellipsis);

enum columns_align { COLUMNS_LEFT, COLUMNS_RIGHT, COLUMNS_CENTRE };
/* Exactly `cols` cells: cut with `…`, or filled up with spaces; as it is drawn (see below). */
struct str columns_pad(struct arena *, struct str, size_t cols, enum columns_align);

/* The text as it is drawn: joiners, selectors, soft hyphens and emoji tails gone. */
struct str columns_drawn(struct arena *, struct str);

/* Cells of one code point as the terminal will use them; -1: control or unassigned. */
int columns_of_code(uint32_t code_point);

#endif
