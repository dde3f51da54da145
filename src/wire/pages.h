/*
 * The pages of stories: fetched when the reader opens one or asks to store it, or ahead of the
 * reader where the configuration or the feeds file says so (then robots.txt is asked).  Offline,
 * wishes stand in the store's queue and are fetched on return.
 */
#ifndef KAWAT_WIRE_PAGES_H
#define KAWAT_WIRE_PAGES_H

#include "wire/wire.h"

enum {
	PAGES_AT_ONCE = 16, /* jobs that are made; the schedule lets fewer out */
	PAGES_MAX_FAILURES = 5, /* of a wish in the store's queue; then it is dropped */
	PAGES_FROM_QUEUE = 500, /* wishes taken from the store's queue at one time */
};

struct pages *pages_new(struct wire *);
void pages_free(struct pages *); /* who waits for it to be idle is called */

/* A request of desk's: STORY for each page, the links along its read-also links among them. */
void pages_fetch(struct wire *, const struct wire_fetch_story *);

/* The full text of a story just stored; nobody is told. */
void pages_want(struct wire *, story_id, enum wire_why);

/* Try what waits in the store's queue. */
void pages_take_queue(struct wire *);

/* Call when no page is being fetched, perhaps at once. */
void pages_when_idle(struct wire *, void (*call)(void *ctx), void *ctx);

/* Called now and then, as feed_job_tick. */
void pages_tick(struct wire *);

#endif
