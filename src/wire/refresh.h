/*
 * A refresh: the feeds that are asked for, each by its turn, its request, its intake, its manners.
 * One runs at a time in a process, and one process at a time on a store (store/lock.h); a second
 * REFRESH joins the one that runs.
 *
 * For each feed FEED messages; REFRESHED when all headlines can be listed; then the search index
 * follows and INDEXED is sent (upkeep.h).
 */
#ifndef KAWAT_WIRE_REFRESH_H
#define KAWAT_WIRE_REFRESH_H

#include "wire/wire.h"

enum {
	REFRESH_LOCK_WAIT_MS = 5000, /* for another kawat that refreshes */
	REFRESH_TICK_MS = 250, /* how often running feeds are looked at */
	REFRESH_MAX_ASKERS = 32, /* REFRESH messages that joined one run */
};

void refresh_ask(struct wire *, const struct wire_refresh *);
/* The feeds that are due, asked by nobody; not when a refresh runs or the reader is offline. */
void refresh_by_itself(struct wire *);
void refresh_stop(struct wire *); /* by the reader; what has arrived is kept */
void refresh_drop(struct wire *); /* the process ends: no more messages */

/* Set the timer for the next refresh by itself, if there is to be one. */
void refresh_plan(struct wire *);

#endif
