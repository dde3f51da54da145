/*
 * The read-also links of a page or fragment: where it offers other stories under a marker
 * (readalso.h).  Four shapes: a line that is a marker and links and nothing else; a line that is
 * all link and begins with a marker; a heading that is a marker, alone or with its topic (page_topic.h), and the list of links under it;
 * lines that are a lead-in and a link to the same site, when the page has the same lead-in more
 * than once: a marker in a language or a house style that the table does not know.
 *
 * What is no offer: menus, paid boxes, comments, the page itself, addresses that are not
 * http(s) or lead to no story (page_address.h), links in a sentence.  Lists of another kind ("Most
 * read") and their headings leave the text and give no links.
 */
#ifndef KAWAT_STORY_PAGE_RELATED_H
#define KAWAT_STORY_PAGE_RELATED_H

#include "story/anatomy.h"
#include "story/page_address.h"
#include "story/page_map.h"

enum {
	/* A list under a marker ends here: more is an archive. */
	PAGE_MAX_LIST_LINKS = 20,
};

struct page_related {
	struct { struct anatomy_group *v; size_t n, cap; } groups;
	struct { uint32_t *v; size_t n, cap; } lines; /* the first line of each group */
};

/*
 * Find them and mark their places in the map (verdict and group of boxes and leaves).  self: the
 * address of the page, base: for relative ones.
 */
void page_related_find(struct page_map *, struct str self, struct str base,
    struct page_related *out);

#endif
