/*
 * States of feeds that end without stories (unchanged, failed) are written together: a hundred
 * unchanged feeds are a few transactions, not a hundred.
 */
#ifndef KAWAT_WIRE_SETTLE_H
#define KAWAT_WIRE_SETTLE_H

#include "store/feeds.h"
#include "wire/wire.h"

enum {
	SETTLE_WAIT_MS = 15, /* for others to come along, while transfers are under way */
	SETTLE_ENOUGH = 64, /* then no more are waited for */
};

struct settle_entry {
	const struct feed_state *state; /* both are borrowed until `done` */
	const struct feed_fetch *fetch;
	void (*done)(void *ctx, const struct err *failed); /* NULL: it is written */
	void *ctx;
};

/* `done` may be called before this returns. */
void settle(struct wire *, const struct settle_entry *);

void settle_drop(struct wire *); /* the process ends: nobody is called */

#endif
