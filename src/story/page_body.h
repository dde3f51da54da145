/*
 * Where on a page the story is (page_judge.h), and what inside that place is not the story: boxes
 * with other names, lists of links, the headline once more, lines that promote the site; and what
 * outside of it is: the standfirst.
 */
#ifndef KAWAT_STORY_PAGE_BODY_H
#define KAWAT_STORY_PAGE_BODY_H

#include "story/page.h"
#include "story/page_map.h"

/*
 * Choose, and set the verdicts of boxes and leaves that are PAGE_TAKE.  title: the headline, which
 * is no part of the text.  known: what the feed said of it.  Returns the index of the story's box,
 * or PAGE_NONE when there is no story.
 */
uint32_t page_body_find(struct page_map *, struct str title, const struct page_known *known);

#endif
