/*
 * What a page says of its story in JSON-LD (schema.org: Article and its kinds).  Everything is
 * cleaned; broken JSON says nothing.
 */
#ifndef KAWAT_STORY_PAGE_JSONLD_H
#define KAWAT_STORY_PAGE_JSONLD_H

#include "base/arena.h"

enum {
	PAGE_MAX_AUTHORS = 20,
	/* One script; the largest seen hold a whole article and its list of links, some 300 KB. */
	PAGE_MAX_JSONLD_BYTES = 2 * 1024 * 1024,
};

struct page_jsonld {
	bool found; /* an article */
	bool locked; /* that is not free to read */
	struct str headline, published, modified, publisher, section, language, body, image;
	struct str authors[PAGE_MAX_AUTHORS];
	bool organization[PAGE_MAX_AUTHORS]; /* that author is one, and no person */
	size_t n_authors;
};

/* Add what one script says: raw text of the element.  The first article that says something counts. */
void page_jsonld_read(struct arena *, struct str script, struct page_jsonld *inout);

#endif
