/*
 * Stories as events: one for each thing that happened, whoever reported it, for the brief.
 *
 * Stories of one cluster are one event, a story without is one alone.  Urgent events (1 and 2) stand
 * first, the more urgent of them before; then the one that was reported last.
 */
#ifndef KAWAT_VIEW_EVENTS_H
#define KAWAT_VIEW_EVENTS_H

#include "store/list.h"

struct event {
	const struct story_row *first; /* who had it first */
	const struct story_row *newest; /* its headline says most */
	const struct story_row **stories; /* oldest first */
	size_t n;
	int urgency; /* the most urgent of its stories; 0: nobody says */
};

struct events {
	struct event *v;
	size_t n;
};

/* The rows are borrowed, in any order. */
struct events events_of(struct arena *, const struct story_rows *);

/* The names of its agencies, each once, who had it first in front: `ANTARA, Yonhap`. */
struct str event_agencies(struct arena *, const struct event *);

#endif
