/*
 * A page laid out for judging: its elements, and its text as lines, in document order.
 *
 * A line is what a reader sees as one: text between two boundaries of blocks or line breaks.  The
 * elements (boxes) know which lines stand in them, so any sum over a subtree is a difference of
 * two prefix sums, and every judgement about the page takes linear time.  Hidden elements are
 * left out, and <noscript>, which says what a browser without scripts would show.
 */
#ifndef KAWAT_STORY_PAGE_MAP_H
#define KAWAT_STORY_PAGE_MAP_H

#include "story/page_token.h"

#define PAGE_NONE UINT32_MAX

enum page_verdict { PAGE_TAKE, PAGE_SKIP, PAGE_RELATED_HERE };

struct page_box {
	const struct html_node *node;
	uint32_t parent; /* index, or PAGE_NONE */
	uint32_t end; /* index behind its last descendant */
	uint32_t block; /* the nearest block: itself or one around it */
	uint32_t link; /* the nearest <a href>: itself, one around it, or PAGE_NONE */
	uint32_t line, line_end; /* its lines */
	bool in_item; /* of a list; these three: it is one, or stands in one */
	bool in_figure, in_caption; /* <figure>, <figcaption> */
	unsigned traits; /* its own, not those of its ancestors */
	unsigned around; /* its own and theirs */
	enum page_verdict verdict;
	uint32_t group; /* of links, when verdict is PAGE_RELATED_HERE */
};

/* A text node. */
struct page_leaf {
	const struct html_node *node;
	uint32_t box; /* the element that holds it */
	uint32_t line;
	enum page_verdict verdict;
	uint32_t group;
};

struct page_line {
	struct str text; /* clean, one line */
	uint32_t box; /* the block that it stands in */
	uint32_t leaf, leaf_end;
	uint32_t letters; /* signs that are no space; one of an unspaced script counts for two */
	uint32_t link_letters; /* of these, in links */
};

struct page_map {
	struct arena *arena;
	const struct html_node *root;
	struct { struct page_box *v; size_t n, cap; } boxes;
	struct { struct page_leaf *v; size_t n, cap; } leaves;
	struct { struct page_line *v; size_t n, cap; } lines;
	uint32_t *slots; /* hash of node addresses: index + 1; leaves have LEAF_BIT */
	size_t n_slots;
	size_t *letters, *link_letters; /* prefix sums over the lines */
};

void page_map_make(struct page_map *, struct arena *, const struct html_node *root);

/* NULL: a hidden one, or one outside of the root. */
struct page_box *page_map_box(const struct page_map *, const struct html_node *);
struct page_leaf *page_map_leaf(const struct page_map *, const struct html_node *);

size_t page_letters(const struct page_map *, const struct page_box *);
size_t page_link_letters(const struct page_map *, const struct page_box *);

/* Has the box, or one around it, one of the traits?  `until` (or PAGE_NONE) ends the search. */
bool page_within(const struct page_map *, uint32_t box, unsigned traits, uint32_t until);

/* Does box a hold box b (or is it)? */
bool page_holds(const struct page_map *, uint32_t a, uint32_t b);

bool page_is_heading(const struct html_node *);

#endif
