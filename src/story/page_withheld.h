/*
 * A page that shows something else in the place of its story: a paywall, a request for consent or
 * for a login, a test for robots, an error that came with status 200.  Only a page with little
 * text is suspected; what it then says in its headline or in a line of its own (page_withheld.def)
 * decides.
 */
#ifndef KAWAT_STORY_PAGE_WITHHELD_H
#define KAWAT_STORY_PAGE_WITHHELD_H

#include "story/page_meta.h"

/* title: the headline; text: the story that was found, may be empty. */
enum story_withheld page_withheld(const struct page_map *, const struct page_meta *,
    const struct html_node *document, struct str title, struct str text);

/* "paywall", "consent", ...; empty for WITHHELD_NOT. */
struct str page_withheld_name(enum story_withheld);

#endif
