/*
 * What an address alone says of where a link leads: to a list of stories (a tag, a section, an
 * author), to the till, to a friend's screen, to an advertiser; or, as far as can be seen, to a
 * story.  The words are a table (page_address.def).
 */
#ifndef KAWAT_STORY_PAGE_ADDRESS_H
#define KAWAT_STORY_PAGE_ADDRESS_H

#include "base/arena.h"

enum page_address {
	PAGE_ADDRESS_STORY,
	PAGE_ADDRESS_LIST,
	PAGE_ADDRESS_ACCOUNT,
	PAGE_ADDRESS_SHARE, /* hands a page on, or is a channel of a messenger */
	PAGE_ADDRESS_PAID,
};

/* url: absolute http(s). */
enum page_address page_address_kind(struct str url);

/* Is it the address of a list, and of no story? */
bool page_is_list_address(struct str url);

/*
 * Is it a section of the site under its own name: "/economy/" called "Economy"?  The arena is for
 * scratch.
 */
bool page_address_is_section(struct arena *, struct str url, struct str title);

/* Does its query carry the address `self`, as links that share a page do? */
bool page_address_carries(struct arena *, struct str url, struct str self);

#endif
