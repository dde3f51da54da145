/*
 * A headline: one row of a list and all that it shows.
 */
#ifndef KAWAT_STORE_ROW_H
#define KAWAT_STORE_ROW_H

#include "store/store.h"

enum { ROW_MAX_FEEDS = 16 };

struct story_row {
	story_id id;
	int64_t ord; /* place in every list; larger is newer */
	struct str key, url, title, agency, place, byline, lang;
	struct str rights; /* the notice goes where the story goes */
	int64_t published, updated; /* STORY_NO_TIME: unknown */
	int64_t first_seen;
	int64_t read_at; /* 0: unread, or never was news */
	int64_t related_count; /* links out and stories that cite it, of these up to 10,000 */
	int64_t cluster; /* the event it belongs to; 0: none */
	int version; /* 1 and up */
	int urgency; /* 1 to 8; 0: unknown */
	int status; /* enum story_status */
	int32_t published_offset; /* minutes east of UTC that the source gave */
	bool unread, starred, stored, gone;
	bool updated_since_read; /* a newer version came after it was read */
	bool advertorial;
	int n_feeds; /* of those that it was seen in, at most ROW_MAX_FEEDS */
	const feed_id *feeds;
};

/* By place, or by id.  *found is false when no story is there. */
MUST_CHECK bool row_by_ord(struct store *, struct arena *, int64_t ord,
    struct story_row *, bool *found, struct err *);
MUST_CHECK bool row_by_id(struct store *, struct arena *, story_id, struct story_row *,
    bool *found, struct err *);

#endif
