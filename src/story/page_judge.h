/*
 * What the lines and boxes of a page are worth, when the story is looked for.
 *
 * A line of text is worth its letters, what of it is link costs them; headings and short lines are
 * worth nothing.  The lines of boxes that call themselves menus, comments or share buttons are
 * dropped, unless most of the page, or what says to be the story, is in them: names lie.
 */
#ifndef KAWAT_STORY_PAGE_JUDGE_H
#define KAWAT_STORY_PAGE_JUDGE_H

#include "story/page_anchor.h"
#include "story/page.h"

enum {
	PAGE_PARAGRAPH_LETTERS = 40, /* some eight words: a sentence, and no label or name */
};

struct page_judge {
	struct page_map *map;
	int64_t *sum; /* prefix sums of the lines' values, good and bad */
	int64_t *good; /* prefix sums of what is good alone */
	bool *dropped; /* lines that count for nothing */
	struct page_anchors anchors; /* lines that the feed said too */
	bool sure; /* it was the feed, and not the page about itself */
	uint32_t headline; /* the line that says the title, or PAGE_NONE */
	unsigned believed; /* traits that count against a box, by the strictness in force */
	bool bare; /* nothing is long enough for a story, or all is link: taken as it is */
};

/*
 * How much is dropped.  When the strictest leaves no story, comments may be the story (a forum),
 * and at last everything may.
 */
enum page_strictness { PAGE_STRICT, PAGE_FORUM, PAGE_ANYTHING };

void page_judge_make(struct page_judge *, struct page_map *, struct str title,
    const struct page_known *);

/* Begin anew: drop the boxes that are not believed to be story. */
void page_drop_boxes(struct page_judge *, enum page_strictness);

/*
 * Drop the lines that are the box's alone: an inline element may begin or end inside a line that
 * is also its neighbours'.  The sums stay as they are.
 */
void page_drop_lines(struct page_judge *, uint32_t box);

int64_t page_line_value(const struct page_map *, const struct page_line *);
int64_t page_value(const struct page_judge *, uint32_t box); /* all of its lines */
int64_t page_good(const struct page_judge *, uint32_t box); /* of those that are worth something */

/* The box that the story is in (page_root.c), or PAGE_NONE.  Sets `bare`. */
uint32_t page_root_find(struct page_judge *);

#endif
