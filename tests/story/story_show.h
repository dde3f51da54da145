/* A story written down in one text, for comparing in tests. */
#ifndef TESTS_STORY_STORY_SHOW_H
#define TESTS_STORY_STORY_SHOW_H

#include "base/buf.h"
#include "story/story.h"

/*
 * The links in order, one a line: "kind label > title > url @after", kinds i(nline), t(ail), a(uto),
 * m(ention).
 */
void show_links(const struct story *, struct buf *out);

/*
 * The body as its blocks, one a line with "P ", "H2 ", "LI " and so on before it; "@N" where link N
 * stands.  Line breaks in a block are shown as "/".
 */
void show_body(const struct story *, struct buf *out);

/* Fails the test when the text differs. */
void assert_shows(struct buf *got, const char *want);

#endif
