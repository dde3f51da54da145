/*
 * The feeds file has names, the store has numbers: this joins them, for queries, lists and the
 * feeds view.
 */
#ifndef KAWAT_APP_NAMES_H
#define KAWAT_APP_NAMES_H

#include "app/app.h"
#include "store/feeds.h"
#include "store/query.h"

struct names {
	struct query_feeds feeds; /* in the order of the feeds file */
	struct feed_states states; /* all rows of the store, by number */
	const struct query_feed **of_state; /* each one's subscription, or NULL */
};

MUST_CHECK bool names_load(struct names *, struct app *, struct store *, struct err *);

/* The subscription of a feed's number, or NULL when it is subscribed no more. */
const struct query_feed *names_of(const struct names *, feed_id);
const struct feed_state *names_state(const struct names *, feed_id);

/* Open the store for reading; one that is not there yet is ERR_NOT_FOUND with a remedy. */
MUST_CHECK bool app_open_store(struct app *, enum store_mode, struct store **, struct err *);

/* Seconds east of UTC that local time is at. */
int32_t local_offset_s(int64_t at);

#endif
