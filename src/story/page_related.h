/*
 * The read-also links of a page or fragment: where it offers other stories under a marker
 * (readalso.h).  Three shapes: a line that is a marker and links and nothing else; a line that is
 * all link and begins with a marker; a heading that is a marker, and the list of links under it.
 *
 * What is no offer: menus, paid boxes, comments, the page itself, addresses that are not
 * http(s), links in a sentence.
 */
#ifndef KAWAT_STORY_PAGE_RELATED_H
#define KAWAT_STORY_PAGE_RELATED_H

#include "story/anatomy.h"
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

/* Is it the address of a list (a tag, a section, an author), and of no story? */
bool page_is_list_address(struct str url);

#endif
