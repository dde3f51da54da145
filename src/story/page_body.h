/*
 * Where on a page the story is, and what inside that place is not the story.
 *
 * Each line has a value: long text is worth its letters, text in links costs them.  Boxes that
 * call themselves menus, comments or share buttons count for nothing, unless most of the page is
 * in them (names lie).  The story's box is the one that says so and holds most of the value; else
 * the page is gone down as long as one child holds nearly all of what its parent does.
 */
#ifndef KAWAT_STORY_PAGE_BODY_H
#define KAWAT_STORY_PAGE_BODY_H

#include "story/page_map.h"

/*
 * Choose, and set the verdicts of boxes and leaves that are PAGE_TAKE.  title: the headline, which
 * is no part of the text.  Returns the index of the story's box, or PAGE_NONE when there is no story.
 */
uint32_t page_body_find(struct page_map *, struct str title);

#endif
