/*
 * One feed's part in a refresh: it waits for its turn, is asked, received, parsed and stored, and
 * its state tells when it may be asked again.
 *
 *	start -> WAITING -> RECEIVING -> PARSING -> DONE
 *	            |           |
 *	            +-- 304, failures, stop --> DONE
 */
#ifndef KAWAT_WIRE_FEED_JOB_H
#define KAWAT_WIRE_FEED_JOB_H

#include "store/feeds.h"
#include "wire/history.h"
#include "wire/intake.h"
#include "wire/local.h"

enum {
	FEED_JOB_MAX_ITEMS = 50000, /* when the feeds file sets no other bound */
	FEED_JOB_TELL_MS = 250, /* between two messages about what is being received */
};

struct feed_job {
	struct wire *wire;
	struct arena *arena; /* everything of the job; freed by feed_job_free */
	struct wire_subscription sub; /* a copy: the feeds file may change meanwhile */
	struct feed_state state;
	int64_t request; /* id of the refresh, for the messages */

	enum wire_phase phase;
	struct schedule_job *turn; /* while it waits and receives */
	struct request *asking;
	int64_t began_ms, told_ms;
	struct local_files files;
	size_t next_file;
	int64_t max_pages; /* go on with so many documents of its archive; 0: none */
	bool anew; /* of the archive, also those taken before */
	struct history *walk; /* along the archive; the feed itself is settled then */
	struct str base; /* where the feed came from */

	/* How it ended. */
	enum wire_outcome outcome;
	struct err err;
	bool store_failed; /* err is the store's */
	bool unreachable; /* there may be no network */
	bool asked_network;
	bool cut; /* the body is over the limit */
	struct str moved_to; /* it has moved there for good; else empty */
	int64_t status, n_bytes, n_new, n_updated, n_items, ms;
	int64_t n_pages, n_older; /* of the archive; n_new counts those stories too */
	bool older_left, older_failed;
	struct str older_says; /* why there are no more older stories, if there is more to say */
	story_id *fresh; /* new stories without a full text */
	size_t n_fresh;

	/* What an intake needs when it settles. */
	struct str etag, last_modified, redirected_to;
	uint64_t body_hash, raw_hash; /* the latter of the bytes alone */
	int64_t max_age_s;
	struct feed_fetch entry; /* of the log, while the state is being written */

	void (*done)(void *ctx, struct feed_job *); /* may free the job */
	void *ctx;
	size_t place; /* the owner's */
};

/* Copies what it is given. */
struct feed_job *feed_job_new(struct wire *, const struct wire_subscription *,
    const struct feed_state *, int64_t request, void (*done)(void *ctx, struct feed_job *),
    void *ctx);
void feed_job_free(struct feed_job *);

/* Stand in the queue; `done` comes later. */
void feed_job_start(struct feed_job *);
/* The body came otherwise: begin with parsing it.  The spool is taken. */
void feed_job_start_with(struct feed_job *, struct spool *);

/* Called now and then: tells of progress, and the schedule when the server is silent. */
void feed_job_tick(struct feed_job *, int64_t now_ms);

/* It shall not go on.  What is being parsed already is stored first. */
void feed_job_stop(struct feed_job *);

#endif
