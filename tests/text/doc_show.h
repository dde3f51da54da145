/*
 * A document as lines that a test can compare: `P text`, `H2 text`, `Q1 text`, `I1 text`
 * and `I1#3 text` (an ordered item), `PRE text`, `ROW a|b`, `CAP <address> text`, `RULE`,
 * `REL 4`. Inline spans: {a=ADDRESS text} {s text} {e text} {c text}.  Newlines in a
 * block show as `\`.
 */
#ifndef KAWAT_TESTS_DOC_SHOW_H
#define KAWAT_TESTS_DOC_SHOW_H

#include "text/doc.h"

/* In the arena, NUL-terminated. */
const char *doc_show(struct arena *, const struct doc *);

#endif
