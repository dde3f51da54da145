/*
 * A document taken apart: the dateline read, the foot with its credits and rights cut off and
 * read, read-also lines without an address made dangling links, and the links put in order.
 *
 * Read-also links that have an address are found before, on the tree of the page (related.h);
 * they come as groups, one for each SPAN_RELATED of the document.
 */
#ifndef KAWAT_STORY_ANATOMY_H
#define KAWAT_STORY_ANATOMY_H

#include "story/dateline.h"
#include "story/story.h"

enum {
	/* A SPAN_RELATED counts its group in one byte. */
	ANATOMY_MAX_GROUPS = 200,
};

/* Links that stand at one place of the page. */
struct anatomy_group {
	struct story_link *links;
	size_t n;
	bool before; /* if it does not stand in the document: before the story or after it */
};

/*
 * Fill the story from the document: body, links, place, agency and what the credits say; fields
 * that are set already stay.  In `doc`, the level of a SPAN_RELATED is the index of its group.
 */
void anatomy_of(struct arena *, const struct doc *, const struct anatomy_group *, size_t n_groups,
    struct story *);

/* The dateline that stands in the document's first blocks.  False: none, *d is all empty. */
bool anatomy_dateline(const struct doc *, struct dateline *);

/* The text as `kawat extract` prints it: blocks parted by a blank line, captions left out. */
struct str anatomy_text(struct arena *, const struct doc *);

/* Is the block text of the story: no caption, no rule, no place of a link? */
bool anatomy_is_text(const struct span *);

#endif
