/*
 * The earlier stories of a feed, in further documents that it names (RFC 5005): archives by
 * rel="prev-archive", pages by rel="next".  One document at a time, with a pause, at its host's turn,
 * as robots.txt allows.  What was taken is noted in the store (store/archive.h) together with its
 * stories, so that a walk goes on where the one before it ended, however that ended.
 */
#ifndef KAWAT_WIRE_HISTORY_H
#define KAWAT_WIRE_HISTORY_H

#include "store/feeds.h"
#include "wire/wire.h"

enum {
	HISTORY_PAGES = 50, /* documents in one walk, when nothing else is asked for */
	HISTORY_MAX_PAGES = 1000, /* that can be asked for: some minutes */
};

struct history_end;

struct history_ask {
	const struct wire_subscription *sub; /* this and what follows lives as long as the walk */
	feed_id feed;
	struct str base, older; /* where the feed itself came from, and what it names; may be empty */
	uint64_t body_hash; /* of the feed itself, 0: unknown */
	int64_t max_pages;
	bool anew; /* also what was taken before */
	/* Once, never before history_begin returns; the walk is freed after it. */
	void (*done)(void *ctx, const struct history_end *);
	void *ctx;
};

struct history_end {
	int64_t n_pages, n_items, n_new, n_bytes;
	bool more; /* it ended at max_pages, or was stopped */
	struct err err; /* why it ended early; ERR_NONE: it did not */
	bool store_failed; /* err is the store's */
	int64_t retry_after_s; /* the server's word; -1: none */
};

struct history;

struct history *history_begin(struct wire *, const struct history_ask *);
void history_stop(struct history *); /* `done` comes, perhaps at once */
void history_free(struct history *); /* `done` does not come; NULL is allowed */
void history_tick(struct history *, int64_t now_ms); /* as feed_job_tick */

#endif
