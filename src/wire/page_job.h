/*
 * One page that is fetched for a story.  It goes
 *
 *	gate (only unasked) -> turn -> request -> parser -> store -> told, links wished for
 *	         ^-------------------------------------' while the story goes on, on another page
 *
 * and calls `ended` with what came of it; who made it then frees it.
 */
#ifndef KAWAT_WIRE_PAGE_JOB_H
#define KAWAT_WIRE_PAGE_JOB_H

#include "story/story.h"
#include "wire/busy.h"
#include "wire/errand.h"
#include "wire/target.h"
#include "wire/wire.h"

struct page_job {
	struct page_job *next, *before; /* for who made it */
	struct wire *wire;
	struct wishes *wishes; /* where the links of its story are wished for */
	struct busy_hosts *busy; /* servers that are left alone */
	void (*ended)(struct page_job *); /* it is told already and may be freed */
	struct arena *arena;
	struct errand *errand;
	story_id id;
	struct str url, typed;
	struct target target;
	enum wire_why why;
	int64_t depth;
	bool queued, linked;
	struct schedule_job *turn;
	struct request *asking;
	struct story story; /* of all its pages so far */
	bool has_story;
	struct str page; /* the page of it that is being fetched; empty: the first */
	struct str goes_on; /* at this address, after that page */
	int n_pages; /* that have come */
	bool has_page; /* the one being parsed */
	int64_t n_bytes;
	struct err err;
};

/* The wish is only read; its errand counts the job as one of its own. */
struct page_job *page_job_new(
    struct wire *, const struct wish *, void (*ended)(struct page_job *));
void page_job_free(struct page_job *); /* leaves the network first */

/* Called when no update of the store is open (wire_when_free); the job may have ended then. */
void page_job_start(void *job);

/* Tell desk what came of it, leave the errand and call `ended`. */
void page_job_end(struct page_job *, enum wire_story_state);

#endif
