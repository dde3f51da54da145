/*
 * The forgiving reading of XML that expat refuses, and of every document with a DOCTYPE.
 *
 * It never fails, is linear in its input, and what it may keep in memory is bounded by
 * limits.h.  What it forgives: see enum repair, and the comments at each place.  Of a
 * DOCTYPE it takes the entities declared with a literal value; nothing outside the
 * document is ever read, and parameter entities do not exist.
 */
#ifndef KAWAT_FEED_MEND_H
#define KAWAT_FEED_MEND_H

#include "feed/xml_state.h"

struct mend;

/* Goes on where the strict reading stopped: in the open elements of the state, in a
 * line. */
struct mend *mend_new(struct xml_state *, bool in_cdata, int64_t line);

/* The line that the next bytes belong to. */
int64_t mend_line(const struct mend *);

void mend_free(struct mend *); /* NULL is allowed */
void mend_push(struct mend *, struct bytes);
void mend_end(struct mend *);

#endif
