/*
 * Markers that no table knows: a lead-in that ends with a colon or is all capitals, then a link to
 * a story of the same site and nothing else, when the page has the same lead-in twice or more.
 */
#ifndef KAWAT_STORY_PAGE_LEARNED_H
#define KAWAT_STORY_PAGE_LEARNED_H

#include "story/page_finder.h"

/* Finds them in lines that are still text, and takes them out. */
void page_learned_find(struct page_finder *);

#endif
