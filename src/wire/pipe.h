/*
 * Feeds that come by pipe: `make-feed | kawat refresh Bandung -`.  Desk sends the bytes in pieces;
 * at the end they are taken in like any other feed, and answered like a refresh of one feed.
 */
#ifndef KAWAT_WIRE_PIPE_H
#define KAWAT_WIRE_PIPE_H

#include "wire/wire.h"

void pipe_take(struct wire *, const struct wire_feed_bytes *);
void pipe_drop(struct wire *); /* what has not come to its end */

#endif
