/*
 * One paragraph into lines of at most so many cells: UAX #14, and some more.  No break inside a
 * number, before closing punctuation, after an opening quote.  An address breaks after / ? & - .
 * and anything else that is wider than the line breaks between grapheme clusters.  A soft hyphen
 * shows only where the line breaks there.  Scripts without spaces that need a dictionary (Thai,
 * Lao, Khmer, Burmese) break between clusters.  Linear in the text.
 */
#ifndef KAWAT_TEXT_WRAP_H
#define KAWAT_TEXT_WRAP_H

#include "base/arena.h"

struct wrap_line {
	uint32_t at, n; /* bytes of the paragraph, without the white space where it breaks */
	uint32_t cols; /* cells, the hyphen included */
	bool hyphen; /* it ends at a soft hyphen: draw '-' behind it */
};

struct wrap_lines {
	struct wrap_line *v;
	size_t n, cap;
};

/*
 * `first` and `rest`: cells of the first line and of the others (a hanging indent makes them
 * differ); at least 1 each.  A newline in the text ends a line.  An empty text has no lines.  The
 * offsets are 32 bits: a text is at most DOC_MAX_TEXT_BYTES, what is beyond 4 GiB is left out.
 */
struct wrap_lines wrap_text(struct arena *, struct str, size_t first, size_t rest);

#endif
