/*
 * Retention: which stories go, and when.  Starred stories and those still listed by a
 * feed stay always; so does whatever waits to be fetched.
 */
#ifndef KAWAT_STORE_EXPIRE_H
#define KAWAT_STORE_EXPIRE_H

#include "store/feeds.h"

struct expire_feed {
	feed_id feed;
	int64_t keep_s; /* `keep=` of its line; for read and unread stories alike */
};

struct expire_rules {
	int64_t keep_s; /* read stories first seen longer ago go; 0: never */
	int64_t keep_unread_s; /* unread ones; 0: never */
	int64_t max_bytes; /* of the store: oldest read stories go first; 0: no limit */
	const struct expire_feed *feeds; /* feeds with a rule of their own */
	size_t n_feeds;
};

/* Stories deleted in one transaction: some 15 ms, so that who wants to write waits no longer. */
enum { EXPIRE_STEP = 60 };

struct expire_result {
	int64_t stories; /* deleted, all steps together */
	int64_t feeds; /* rows of feeds that were unsubscribed 90 days ago */
	bool done;
	/* Where the next step goes on; not for the caller. */
	int phase;
	int64_t place, bytes_before, bytes_freed;
};

/*
 * One step; call again until done.  Begin with a zeroed result.  Links to a deleted
 * story stay as links, with address and headline.
 */
MUST_CHECK bool expire_step(struct store *, const struct expire_rules *, int64_t now,
    struct expire_result *, struct err *);

#endif
