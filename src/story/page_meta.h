/*
 * What a page says about its story outside of the text: JSON-LD, <meta>, <link>, <title>, <time>,
 * headlines.  All clean, one line each; nothing is judged by taste here but the order of trust.
 */
#ifndef KAWAT_STORY_PAGE_META_H
#define KAWAT_STORY_PAGE_META_H

#include "story/page_jsonld.h"
#include "story/page_map.h"
#include "story/story.h"

enum page_meta_field {
	META_TITLE, META_SITE, META_URL, META_SUMMARY, META_IMAGE, META_SECTION, META_LANGUAGE,
	META_PUBLISHED, META_MODIFIED, META_AUTHOR, META_ACCESS, META_FIELDS
};

/* A name in a <meta>; several may name authors. */
struct page_meta_author {
	size_t row; /* of page_meta.def: lower rows are trusted more */
	struct str name;
};

struct page_meta {
	struct page_jsonld jsonld;
	struct str field[META_FIELDS]; /* what <meta> says, the most trusted of each */
	struct page_meta_author authors[PAGE_MAX_AUTHORS];
	size_t n_authors;
	struct str html_title, html_lang, canonical;
};

/* Read the head and the scripts of a page. */
void page_meta_read(struct arena *, const struct html_node *document, struct page_meta *);

/* The headline, without the site's name. */
struct str page_title(const struct page_map *, const struct page_meta *, struct str host);
/* The publication's name. */
struct str page_site(struct arena *, const struct page_meta *, struct str host);
/* Who wrote it, joined by ", "; site and host: names that are no author's. */
struct str page_byline(const struct page_map *, const struct page_meta *, struct str site,
    struct str host);
/* published, published_raw, published_offset, updated of the story. */
void page_dates(const struct page_map *, const struct page_meta *, struct str url, struct story *);

#endif
