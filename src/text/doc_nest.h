/*
 * Which lists or quotes are open around a block that is an item or a quote.
 *
 * A block knows only its level.  Levels that were jumped over get no container of their own: the
 * first item may be of level 3 and stands in one list all the same, and an item of level 2 behind
 * it becomes its sibling.  So what is written is linear in the document, and what is read back
 * from it nests the same way.
 */
#ifndef KAWAT_TEXT_DOC_NEST_H
#define KAWAT_TEXT_DOC_NEST_H

#include "text/doc.h"

/* Deeper ones become siblings at this depth: no screen and no reader has room for more. */
enum { NEST_MAX = 16 };

struct nest_level {
	uint8_t level; /* of the blocks in it */
	bool ordered;
	int64_t number; /* of the last item of an ordered list */
	unsigned column; /* the caller's: where the text of the items begins */
	char mark; /* the caller's: what stands before it */
};

struct nest {
	uint8_t kind; /* SPAN_ITEM or SPAN_QUOTE, when n > 0 */
	size_t n;
	struct nest_level v[NEST_MAX];
};

/* Must the innermost container end before the block?  The caller writes that and lowers n. */
bool nest_must_close(const struct nest *, const struct span *block);

/* The block is an item or a quote.  True: a container begins with it; false: it goes on. */
bool nest_enter(struct nest *, const struct span *block);

#endif
