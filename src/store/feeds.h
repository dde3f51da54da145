/*
 * What the store remembers of a feed: its state, never its name or options.  The feeds
 * file says what is subscribed; a feed's address is its identity there, and here it has
 * a number.
 *
 * A feed that is no longer subscribed keeps its state and stories for FEEDS_GRACE_S, so
 * that a line lost by a slip of the editor costs nothing.
 */
#ifndef KAWAT_STORE_FEEDS_H
#define KAWAT_STORE_FEEDS_H

#include "store/store.h"

enum {
	FEEDS_GRACE_S = 90 * 24 * 3600, /* as the default of `keep` */
	FEEDS_LOG_ROWS = 10, /* fetches remembered of each feed */
	FEEDS_MAX_VALIDATOR_BYTES = 1024, /* a longer one is not kept */
};

/* What the feeds view draws and what the schedule decides on. */
enum feed_health {
	FEED_FINE = 0,
	FEED_FAILING, /* backs off, is asked again at next_at */
	FEED_DENIED, /* 401, 403 again and again: not asked by itself */
	FEED_MISSING, /* 404 for a week: asked rarely */
	FEED_GONE, /* 410: not asked again */
};

struct feed_state {
	feed_id id;
	struct str url;
	enum feed_health health;
	int64_t next_at; /* not before; 0: now */
	int64_t retry_after; /* the server's word, also for --force; 0: none */
	int64_t last_at, last_status; /* the last attempt; 0: never, no answer */
	int64_t good_at; /* the last one that succeeded, 304 included */
	int64_t failures; /* in a row */
	int64_t failing_since; /* 0: not */
	struct str error; /* one line without the feed's name; empty when fine */
	struct str etag, last_modified; /* as sent; empty: none or too long */
	uint64_t body_hash; /* of the bytes of the last feed that was taken; 0: none */
	struct str moved_to; /* where a permanent redirect leads */
	int64_t moved_count; /* the same one, in a row */
	int64_t ttl_s; /* the feed's own wish; 0: none */
	uint32_t skip_hours; /* bit h: not at hour h UTC */
	uint8_t skip_days; /* bit d: not on weekday d, Sunday is 0 */
	struct str title, site, lang; /* the feed's own words for itself */
	int64_t unread, total; /* stories; feeds_put does not write them */
	int64_t dropped_at; /* when it was seen to be subscribed no more; 0: it is */
};

struct feed_states {
	struct feed_state *v;
	size_t n;
};

struct feed_fetch {
	int64_t at, status, n_bytes, ms;
	int64_t n_new, n_updated;
	struct str error; /* empty: it went well */
};

struct feed_fetches {
	struct feed_fetch *v;
	size_t n;
};

/*
 * Tell the store what is subscribed now.  Rows are made for new addresses, dropped_at
 * is set on those that vanished and taken from those that came back.  Writes nothing
 * when nothing changed. ids (n of them, or NULL) receives the number of each address.
 */
MUST_CHECK bool feeds_sync(struct store *, const struct str *urls, size_t n, int64_t now,
    feed_id *ids, struct err *);

/* All rows, by id.  For a reader: map them to the subscriptions by url. */
MUST_CHECK bool feeds_all(
    struct store *, struct arena *, struct feed_states *, struct err *);

/* One of them.  A feed that is not there is ERR_NOT_FOUND. */
MUST_CHECK bool feeds_get(
    struct store *, struct arena *, feed_id, struct feed_state *, struct err *);
/* FEED_NONE when that address has no row. */
MUST_CHECK bool feeds_find(struct store *, struct str url, feed_id *, struct err *);

/* Write the state (all fields but id, url, unread, total, dropped_at) and, if not NULL,
 * log a fetch. */
MUST_CHECK bool feeds_put(
    struct store *, const struct feed_state *, const struct feed_fetch *, struct err *);

/* The last ten fetches, newest first. */
MUST_CHECK bool feeds_log(
    struct store *, struct arena *, feed_id, struct feed_fetches *, struct err *);

/*
 * A feed has a new address: its state and stories go with it.  When the new address has
 * a row of its own the two become one.
 */
MUST_CHECK bool feeds_move(
    struct store *, struct str from, struct str to, int64_t now, struct err *);

/*
 * Forget a feed at once.  With stories: also those that are in no other feed and not
 * starred. Without: they stay until they expire.
 */
MUST_CHECK bool feeds_remove(struct store *, feed_id, bool with_stories, struct err *);

#endif
