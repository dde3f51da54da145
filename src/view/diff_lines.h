/*
 * The changes of a text as lines: `-` before a paragraph that is gone, `+` before a new one, `~`
 * before one that changed, in which [-words that went-] and {+words that came+} stand in brackets, so
 * that nothing is told by colour alone.
 */
#ifndef KAWAT_VIEW_DIFF_LINES_H
#define KAWAT_VIEW_DIFF_LINES_H

#include "view/diff.h"
#include "view/line.h"
#include "view/look.h"

/* One paragraph and an empty line.  cols: of the text, from the margin on; `block` is every line's. */
void diff_paragraph_lines(struct arena *, const struct look *, const struct diff_paragraph *,
    size_t margin, size_t cols, uint32_t block, struct lines *out);

#endif
