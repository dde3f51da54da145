/*
 * Pages that are wished for, in the order of wishing.  The wishes that come of one order of desk's
 * (a story, and what its read-also links lead to) form an errand, which counts what is left of it
 * and what it may still spend.
 */
#ifndef KAWAT_WIRE_ERRAND_H
#define KAWAT_WIRE_ERRAND_H

#include "store/store.h"
#include "wire/protocol.h"

enum { WISHES_MAX = 100000 }; /* that wait; further ones are dropped */

struct errand {
	int64_t request; /* 0: desk did not ask */
	int64_t left; /* wishes and jobs that are still to end */
	int64_t budget; /* pages that may still be added */
};

struct wish {
	struct wish *next;
	struct errand *errand;
	story_id id;
	char *url; /* NULL: that of the story */
	enum wire_why why;
	int64_t depth;
	bool queued; /* it stands in the store's queue */
};

struct wishes { /* zeroed it is empty */
	struct wish *first, *last;
	size_t n;
};

struct errand *errand_new(int64_t request, int64_t budget);
void errand_leave(struct errand *); /* one of it has ended; with the last one it is freed */

/* Joins the errand.  When too many wait, nothing comes of it. */
void wishes_add(struct wishes *, struct errand *, story_id, struct str url, enum wire_why,
    int64_t depth, bool queued);

/* The oldest one (there is one), the caller's now, with its place in the errand. */
struct wish *wishes_take(struct wishes *);
void wish_free(struct wish *);

void wishes_clear(struct wishes *); /* all leave their errands */

#endif
