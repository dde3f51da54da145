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
	int64_t walked; /* links followed through stories that are stored */
	struct { uint64_t *v; size_t n, cap; } seen; /* hashes of addresses; a table, 0 is free */
};

struct wish {
	struct wish *next;
	struct errand *errand;
	story_id id;
	char *url; /* NULL: that of the story */
	enum wire_why why;
	int64_t depth;
	bool queued; /* it stands in the store's queue */
	bool linked; /* a link led here: robots.txt is asked */
};

struct wishes { /* zeroed it is empty */
	struct wish *first, *last;
	size_t n;
};

struct errand *errand_new(int64_t request, int64_t budget);
void errand_leave(struct errand *); /* one of it has ended; with the last one it is freed */

/* The first time that this errand comes to the page of that key (text/url.h)? */
bool errand_visit(struct errand *, struct str key);

/*
 * A copy joins the errand (its `errand` and `next` are set here), url may be empty.  When too many
 * wait, nothing comes of it.
 */
void wishes_add(struct wishes *, struct errand *, const struct wish *, struct str url);

/* The oldest one (there is one), the caller's now, with its place in the errand. */
struct wish *wishes_take(struct wishes *);
void wish_free(struct wish *);

void wishes_clear(struct wishes *); /* all leave their errands */

#endif
