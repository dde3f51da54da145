/*
 * One commit for several feeds.  A commit writes every page that it touched to the log, and the
 * feeds of a refresh touch the same pages of the indexes: a dozen feeds in one commit write a third
 * of what a dozen commits write.  A feed counts as finished when its batch is committed, not before; a
 * batch that fails takes all of its feeds back, since it can only fail as a whole (disk full).
 *
 * A batch is open only while the parse process has more to give, and BATCH_WAIT_MS at most: a feed
 * that comes alone is committed at once.
 */
#ifndef KAWAT_WIRE_BATCH_H
#define KAWAT_WIRE_BATCH_H

#include "wire/wire.h"

enum {
	BATCH_WAIT_MS = 25, /* since the first feed; others who want to write wait so long */
	BATCH_ENOUGH = 12, /* feeds: what they write fits the page cache */
};

/* Begin to write a feed: the transaction is begun or joined, and the store taken. */
MUST_CHECK bool batch_open(struct wire *, struct err *);

struct batch_entry {
	void (*kept)(void *ctx, const struct err *failed); /* NULL: it is kept; else why not */
	void (*drop)(void *ctx); /* instead, when the process ends */
	void *ctx;
};

/* A feed is written whole.  It may be told before this returns. */
void batch_add(struct wire *, const struct batch_entry *);

/* Writing failed: everything of the batch is taken back, its feeds are told. */
void batch_fail(struct wire *, const struct err *);

/* Commit what is open; for whoever wants a transaction of its own. */
void batch_close(struct wire *);

void batch_drop(struct wire *); /* the process ends: what is whole is kept */

#endif
