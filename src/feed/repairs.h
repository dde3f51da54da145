/*
 * What had to be mended in a document: the first repairs of each kind, each with its line
 * and what it is about, and how many there were in all.  A hostile document needs
 * millions of them; after the first few each one more is only counted.
 */
#ifndef KAWAT_FEED_REPAIRS_H
#define KAWAT_FEED_REPAIRS_H

#include "base/arena.h"
#include "feed/item.h"

enum repair {
	REPAIR_LABEL = 1,              /* the encoding is not the one that was said */
	REPAIR_BYTES = 1 << 1,         /* that fit no character of the encoding */
	REPAIR_JUNK_BEFORE = 1 << 2,   /* the document */
	REPAIR_JUNK_AFTER = 1 << 3,
	REPAIR_TAGS = 1 << 4,          /* not closed, crossed, misspelt */
	REPAIR_ATTRIBUTES = 1 << 5,    /* without quotes or value */
	REPAIR_ENTITIES = 1 << 6,      /* undeclared */
	REPAIR_AMPERSANDS = 1 << 7,    /* a stray & or < */
	REPAIR_REFERENCES = 1 << 8,    /* to no character */
	REPAIR_CONTROLS = 1 << 9,
	REPAIR_COMMENTS = 1 << 10,
	REPAIR_CUT = 1 << 11,          /* the end is missing */
	REPAIR_DEEP = 1 << 12,         /* elements beyond FEED_MAX_DEPTH were flattened */
	REPAIR_BOMB = 1 << 13,         /* entities that stand for too much */
	REPAIR_NUMBERS = 1 << 14,      /* JSON: beyond any range */
	REPAIR_COMMAS = 1 << 15,       /* JSON: one too many */
	REPAIR_SIZE = 1 << 16,         /* beyond the caller's limit, and left out */
	REPAIR_OTHER = 1 << 17,
};

enum {
	REPAIR_KINDS = 18,
	REPAIRS_OF_A_KIND = 4,   /* kept: more nobody reads, and a fault everywhere hides no other */
	REPAIRS_MAX = REPAIR_KINDS * REPAIRS_OF_A_KIND,
	REPAIRS_ABOUT_BYTES = 48 /* a tag or a reference; the rest of it is cut */
};

struct repairs {
	struct {
		enum repair kind;
		int64_t line; /* 0: not known */
		char about[REPAIRS_ABOUT_BYTES];
		size_t n_about;
	} v[REPAIRS_MAX];
	size_t n;
	int64_t count; /* of all */
	unsigned kinds; /* that there were, as flags */
	uint8_t of_kind[REPAIR_KINDS]; /* kept, by the bit of the kind */
};

/*
 * Note a repair.  `about` is what the words of its kind speak of, such as "&nbsp;", or for
 * REPAIR_TAGS all that is to be said; empty: the kind alone is told.  It may hold anything.
 */
void repairs_note(struct repairs *, enum repair, int64_t line, struct str about);

/* Will the next one of the kind be kept?  For callers to whom the line costs something. */
bool repairs_has_room(const struct repairs *, enum repair);

/*
 * As they are shown: clean, each on one line, in the order of their lines; those of one line in the
 * order of the kinds, for which of them was seen first says how the document came in pieces.
 */
void repairs_list(struct arena *, const struct repairs *, struct feed_head *);

/* "unclosed <b> at line 310, undeclared &nbsp; at line 12 and 5 more", empty for none. */
struct str repairs_sentence(struct arena *, const struct feed_head *);

/* Line ends in a text: LF, CR LF, CR. */
int64_t repairs_lines(struct str);

#endif
