/*
 * What the finders of read-also links share: the page that is searched, the text and the links of
 * a run of its leaves, and the groups of links that they make.
 */
#ifndef KAWAT_STORY_PAGE_FINDER_H
#define KAWAT_STORY_PAGE_FINDER_H

#include "story/page_related.h"
#include "story/readalso.h"

enum {
	PAGE_MIN_HEADLINE_BYTES = 12, /* shorter, and it may be a number on a picture */
};

struct page_finder {
	struct arena *arena;
	struct page_map *map;
	struct str self, self_key, base;
	struct page_related *out;
	struct { struct story_link *v; size_t n, cap; } links; /* of the group being made */
	/* The last text that was asked for a marker, which stays where it is, and the answer. */
	struct { struct str text; bool found; struct readalso marker; } asked;
};

/* How the texts of leaves are joined. */
enum page_join {
	PAGE_JOIN_AS_WRITTEN,
	/* Elements are parted: the style sheet does it where the markup does not. */
	PAGE_JOIN_PARTED,
	/* As written, but that a kicker is parted from the headline (page_kicker.h). */
	PAGE_JOIN_TITLE,
};

/*
 * Do traits of the box and those around it count against links?  A box that holds most of the page
 * says nothing about the line: the class list of <body> names whatever the page has.
 */
bool page_finder_bars(const struct page_map *, uint32_t box);

/* The clean text of the leaves [from, end). */
struct str page_finder_text(struct page_finder *, uint32_t from, uint32_t end, enum page_join);

/* The link that the leaf is in, a box, or PAGE_NONE. */
uint32_t page_finder_link(const struct page_map *, uint32_t leaf);
/* The first leaf of [from, end) that is in a link, or end. */
uint32_t page_finder_first_link(const struct page_map *, uint32_t from, uint32_t end);
/* The address that a link leads to, or empty when it is none for us. */
struct str page_finder_url(struct page_finder *, uint32_t link);

/* Signs that are no space. */
size_t page_finder_letters(struct str);

/* A link of the group being made.  False: it leads nowhere, or has no title. */
bool page_finder_add(struct page_finder *, enum link_kind, struct str label, struct str title,
    uint32_t link);
/* The group is whole; `line` is its first. */
void page_finder_close(struct page_finder *, uint32_t line);
/*
 * Take the lines [first, end) out of the text and put the last group in their place: as one box
 * when there is one that holds just these, else line by line.  Without `place` they just go.
 */
void page_finder_mark(struct page_finder *, uint32_t first, uint32_t end, bool place);

#endif
