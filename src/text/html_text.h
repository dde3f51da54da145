/*
 * HTML to one line of clean text: titles, names, captions.  Markup is left out,
 * references are resolved, white space is collapsed to single spaces and trimmed, and
 * where a block or <br> begins or ends there is a space.  What script, style, template
 * and the like hold is no text.
 */
#ifndef KAWAT_TEXT_HTML_TEXT_H
#define KAWAT_TEXT_HTML_TEXT_H

#include "text/html_node.h"

struct str html_to_line(struct arena *, struct str markup);

/*
 * The same of a subtree, without what is hidden in it (the root itself is never hidden).
 */
struct str html_node_line(struct arena *, const struct html_node *);

/*
 * Is it markup and not text: is there a tag of a known HTML element, a comment, or a
 * character reference with its semicolon?  "a < b", "<3", "AT&T" and "<jane@example.org>"
 * have none.
 */
bool html_has_markup(struct str);

/*
 * Is an element left out wherever it stands: no text of the page, or hidden from its
 * reader?
 */
bool html_is_hidden(const struct html_node *);

#endif
