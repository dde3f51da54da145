/*
 * One paragraph on the screen: broken to a measure, each line put together from stretches
 * of one look, or character by character when it has to be reordered (right to left).
 */
#ifndef KAWAT_VIEW_PARAGRAPH_H
#define KAWAT_VIEW_PARAGRAPH_H

#include "view/line.h"
#include "view/look.h"

enum { PARAGRAPH_MIN_COLS = 8 }; /* none is narrower, whatever its indent */

/* A stretch of the text with one look. */
struct segment {
	uint32_t at, n; /* bytes from the beginning of the paragraph */
	uint8_t attrs;
	uint8_t role; /* ROLE_TEXT: that of the whole paragraph */
	int32_t link;
};

struct segments {
	struct segment *v; /* in the order of the text, without overlaps */
	size_t n, cap;
};

/* How all of it looks, and what stands before its lines. */
struct shape {
	enum role role;
	uint8_t attrs;
	int32_t link;           /* of all of it, or LINE_NO_LINK */
	struct str first, rest; /* drawn before the first line and the others */
	enum role lead_role;
	size_t dateline; /* bytes in ROLE_STORY_DATELINE */
};

/* Where it goes. */
struct measure {
	size_t margin, first, rest; /* cells: before, of the first line, of the others */
	size_t hang; /* before the second line and the next, beside the margin */
	uint32_t block;
	bool onto; /* the first line goes on behind the last of `out` */
};

/* Break the text, and put each line on the screen with its looks. */
void paragraph_wrap(struct arena *, const struct look *, const struct measure *,
    const struct shape *, const struct segments *, struct str text, struct lines *out);

/* The simple case: one role, one link; indents are added to the margin. */
struct paragraph {
	struct str text;
	enum role role;
	uint8_t attrs;
	int32_t link;
	size_t margin, cols; /* cols: from the margin on */
	size_t hang;         /* indent of the second line and the next */
	uint32_t block;
	bool onto; /* the first line goes on behind what the last line of `out` has */
};
void paragraph_lines(
    struct arena *, const struct look *, const struct paragraph *, struct lines *out);

#endif
