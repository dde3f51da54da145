/*
 * Where a story goes on that comes in several pages: `?page=2`, `/2`, `story-2.html`, found by a
 * link that says so (rel=next, "Halaman selanjutnya", a number).  An address counts only when it
 * is the page's own with the next number in it: "next" is also what blogs call another story.
 * A link to all of it on one page ("?page=all", "?single=1") is preferred.
 */
#ifndef KAWAT_STORY_PAGE_NEXT_H
#define KAWAT_STORY_PAGE_NEXT_H

#include "story/page_map.h"

enum { PAGE_MAX_NUMBER = 99 }; /* higher ones are numbers of stories, years, prices */

/*
 * self: the address of the page; canonical: what it calls itself, may be empty; base: for
 * relative links.  Returns an absolute address or the empty str.
 */
struct str page_next(const struct page_map *, const struct html_node *document, struct str self,
    struct str canonical, struct str base);

/* Is `next` the address of the page after `self`, or of all pages?  Both absolute. */
bool page_is_next(struct arena *, struct str self, struct str next);

#endif
