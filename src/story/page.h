/*
 * The story on a web page: machine-readable data first, then structure; read-also links, credits
 * and dateline as in every wire story (anatomy.h).
 */
#ifndef KAWAT_STORY_PAGE_H
#define KAWAT_STORY_PAGE_H

#include "story/site_rules.h"
#include "story/story.h"
#include "text/html_tree.h"

/* What is known before the page is read: of the story by its feed, each may be empty; of the site. */
struct page_known {
	struct str title, text;
	bool own; /* the page itself says so, which is believed less */
	const struct site_rule *rule; /* of the site; NULL: there is none */
};

/*
 * Fill the story (story_init; url set) from a page in UTF-8, not clean.  A page without a story
 * leaves the body empty; title and the like are filled as far as known.
 */
void page_story(struct arena *, struct str html, const struct page_known *, struct story *);

/*
 * The same for markup that is all story: an item of a feed.  Fills body, links, images and what
 * the anatomy knows; nothing is chosen or left out but what markup hides.
 */
void page_fragment(struct arena *, struct str markup, struct str base, struct story *);

/* Links in sentences that lead to other stories of the same site become LINK_MENTION. */
void page_mentions(struct arena *, struct story *);

#endif
