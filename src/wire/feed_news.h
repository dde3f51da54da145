/*
 * What desk is told of a feed, and how times stand in its sentences.
 */
#ifndef KAWAT_WIRE_FEED_NEWS_H
#define KAWAT_WIRE_FEED_NEWS_H

#include "store/feeds.h"
#include "wire/wire.h"

/* Complete what the state says (when it is asked next) and send it.  Strings may be too long. */
void feed_news_tell(struct wire *, struct wire_feed_news, const struct feed_state *);

/* It is not asked at all, for the reason that its state gives. */
void feed_news_not_due(struct wire *, const struct wire_subscription *, const struct feed_state *,
    int64_t request);

/* "15.02" today, "4 Sep 15.02" else, in the reader's time zone; the day alone. */
struct str feed_news_when(struct arena *, int64_t at, int64_t now);
struct str feed_news_day(struct arena *, int64_t at);

#endif
