/*
 * Right-to-left text for a screen of cells (UAX #9).  Lines are broken in logical order
 * first (text/wrap), then each is reordered here: brackets are mirrored and Arabic
 * letters joined.  The terminal must be told not to do it a second time.
 */
#ifndef KAWAT_TEXT_BIDI_H
#define KAWAT_TEXT_BIDI_H

#include "base/arena.h"

enum {
	/* No paragraph of a story is longer; what is, is left in logical order. */
	BIDI_MAX_BYTES = 256 * 1024,
};

/* Some character is of a script that runs from right to left.  Quick: most text has none.
 */
bool bidi_has_rtl(struct str);

struct bidi;

/*
 * Look at a whole paragraph, in which the direction comes from the first strong
 * character.  NULL when there is nothing to reorder.
 */
struct bidi *bidi_paragraph(struct arena *, struct str);

/* The paragraph runs from right to left: set it flush right. */
bool bidi_is_rtl(const struct bidi *);

/* One character of a line as it is drawn, and where it comes from. */
struct bidi_char {
	uint32_t at; /* byte of the paragraph */
	uint8_t n;   /* bytes of `drawn` */
	char drawn[4];
};

struct bidi_line {
	struct bidi_char *v; /* from left to right; a mark stands behind its base */
	size_t n;
};

/* The line that wrap_text made of the bytes from `at`, n of them. */
struct bidi_line bidi_line(struct arena *, struct bidi *, size_t at, size_t n);

/* A string that is one line: as it is drawn.  Borrows s when there is nothing to do. */
struct str bidi_visual(struct arena *, struct str s);

#endif
