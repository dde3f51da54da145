/*
 * What an element says about itself: the words of its class and id, its role, itemprop and tag,
 * looked up in a table (page_token.def).  Words are parted at everything but letters and digits
 * and where small letters meet a capital ("articleBody", "article-body", "article__body").
 */
#ifndef KAWAT_STORY_PAGE_TOKEN_H
#define KAWAT_STORY_PAGE_TOKEN_H

#include "text/html_node.h"

/* What the class and id of an element, its role and its tag say (page_token.def). */
enum page_trait {
	PAGE_BOILERPLATE = 1, /* no text of a story: menus, share buttons, boxes, forms */
	PAGE_COMMENTS = 2, /* what readers wrote: may be longer than the story */
	PAGE_CHROME = 4, /* around the page: navigation, header, footer */
	PAGE_AD = 8, /* paid: never take links from it */
	PAGE_STORY = 16, /* "article", "story", "post", "entry", ... */
	PAGE_TEXT = 32, /* "body", "content", "text", "main", ... */
	PAGE_CAPTION = 64, /* of a picture */
	PAGE_BYLINE = 128, /* names and dates above or below a story */
	PAGE_RELATED = 256, /* other stories */
	PAGE_HEADLINE = 512,
	PAGE_CREDIT = 1024, /* credits at the foot: never left out by its class alone */
	PAGE_BODY = 2048, /* says that it is the story's text: itemprop=articleBody */
	PAGE_SIDE = 4096, /* a column beside the story */
	PAGE_AUTHOR = 16384, /* names who wrote it */
	PAGE_KICKER = 32768, /* a word above the headline that is no part of it */
	PAGE_POST = 65536, /* a post of a blog, with all its tags in its class */
	PAGE_NEVER = 8192, /* consent to cookies, overlays: however long, never the story */
};

/* Flags of enum page_trait. */
unsigned page_traits(const struct html_node *);

#endif
