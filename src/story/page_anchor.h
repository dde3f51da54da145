/*
 * Where on a page the words stand that its feed already carried: the surest sign of where the
 * story is, whatever the names of the boxes around it say.
 */
#ifndef KAWAT_STORY_PAGE_ANCHOR_H
#define KAWAT_STORY_PAGE_ANCHOR_H

#include "story/page_map.h"

struct page_anchors {
	bool *line; /* of the map: said by the feed too; NULL: none is */
	size_t *letters; /* prefix sums of the letters of such lines */
};

/* text: of the feed, summary or more; empty is fine. */
void page_anchors_find(const struct page_map *, struct str text, struct page_anchors *out);

/* The letters of the box's lines that the feed said too. */
size_t page_anchored(const struct page_anchors *, const struct page_box *);

#endif
