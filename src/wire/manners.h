/*
 * When a feed may be asked again, from what its server said: pure functions of an answer, the
 * state that the store keeps, and the time.
 *
 *	200, 304	after the interval, or later when the server or the feed wishes so
 *	301, 308	followed; the same new address three times in a row: it has moved
 *	401, 403	paused after three in a row, until the reader asks
 *	404		back off; after seven days it is marked
 *	410		never again
 *	429, 503	when Retry-After says, which even the reader's own refresh obeys
 *	all else	back off: 5 min, 15 min, 1 h, 4 h, 12 h
 */
#ifndef KAWAT_WIRE_MANNERS_H
#define KAWAT_WIRE_MANNERS_H

#include "store/feeds.h"

/* No server may send a reader away for longer (RFC 9110 sets no bound, 2999 has been seen). */
#define MANNERS_MAX_WAIT_S (7LL * 24 * 3600)
/* Freshness is a hint, not a refusal: news that is a day old is none. */
#define MANNERS_MAX_FRESH_S (24LL * 3600)
#define MANNERS_MAX_EVERY_S (400LL * 24 * 3600) /* no reader sets a longer interval */

enum {
	MANNERS_DENIED_TIMES = 3,
	MANNERS_MOVED_TIMES = 3,
	MANNERS_MISSING_S = 7 * 24 * 3600,
};

struct manners_answer {
	int64_t status; /* HTTP, 0: none came (or it was no feed) */
	bool good; /* 304, or 2xx with a feed in it */
	int64_t retry_after_s; /* as manners_retry_after reads it, -1: none */
	int64_t fresh_s; /* Cache-Control, TTL: the longer one; 0: nothing said */
};

/*
 * Bring the state to what it is after an answer that came at `now`: health, next_at, retry_after,
 * failures, failing_since, last_at, last_status, good_at.  every_s is the reader's own interval.
 */
void manners_after(struct feed_state *, const struct manners_answer *, int64_t every_s,
    int64_t now);

/*
 * The feed was reached by permanent redirects at `to` (empty: it was not).  True when that was so
 * MANNERS_MOVED_TIMES in a row: it has moved.
 */
bool manners_moved(struct feed_state *, struct str to);

/* How a refresh was called for. */
enum manners_call {
	MANNERS_DUE, /* what is due */
	MANNERS_FORCED, /* all feeds, by the reader: back-off and interval are skipped */
	MANNERS_NAMED, /* this very feed, forced: also one that denied access */
};

/*
 * May it be asked now?  Retry-After is obeyed in any case, and a feed that is gone stays so.  A time further away than any that manners sets comes from a clock that
 * was set back, and does not count.
 */
bool manners_may_ask(const struct feed_state *, enum manners_call, int64_t now);

int64_t manners_backoff_s(int64_t failures); /* failures >= 1 */

/*
 * Retry-After (RFC 9110, 10.2.3): seconds or an HTTP date.  Returns seconds from now, 1 to
 * MANNERS_MAX_WAIT_S (also for a number too large to read), or -1 for what is neither.
 */
int64_t manners_retry_after(struct str header, int64_t now);

/* max-age of Cache-Control (RFC 9111, 5.2), 0 to MANNERS_MAX_FRESH_S; no-cache, no-store: 0. */
int64_t manners_max_age(struct str header);

/* The longest wish among max-age and the feed's TTL in minutes (-1: none), bounded. */
int64_t manners_fresh_s(int64_t max_age_s, int64_t ttl_minutes);

#endif
