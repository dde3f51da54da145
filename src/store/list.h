/*
 * Lists are windows on the stories in the order of `ord`: so many rows before or after a place.
 * There is no "load all" and no offset; a window costs what it shows, whatever the store holds.
 */
#ifndef KAWAT_STORE_LIST_H
#define KAWAT_STORE_LIST_H

#include "store/query.h"

/* The place above the newest and below the oldest story. */
#define LIST_TOP INT64_MAX
#define LIST_BOTTOM INT64_MIN

enum { LIST_MAX_ROWS = 10000, LIST_MAX_FEEDS = 16 };

/* A headline and all that its row shows. */
struct story_row {
	story_id id;
	int64_t ord; /* place in every list; larger is newer */
	struct str key, url, title, agency, place, byline, lang;
	struct str rights; /* the notice stays with the story in every list that is exported */
	int64_t published, updated; /* STORY_NO_TIME: unknown */
	int64_t first_seen;
	int64_t read_at; /* 0: unread, or never was news */
	int64_t related_count; /* links out and stories that cite it */
	int64_t cluster; /* the event it belongs to; 0: none */
	int version; /* 1 and up */
	int urgency; /* 1 to 8; 0: unknown */
	int status; /* enum story_status */
	int32_t published_offset; /* minutes east of UTC that the source gave */
	bool unread, starred, stored, gone;
	bool updated_since_read; /* a newer version came after it was read */
	bool advertorial;
	int n_feeds; /* of those that it was seen in, at most LIST_MAX_FEEDS */
	const feed_id *feeds;
};

struct story_rows {
	struct story_row *v;
	size_t n;
};

enum list_direction {
	LIST_OLDER, /* rows below the place, newest first */
	LIST_NEWER, /* rows above the place, oldest first: nearest to the place */
};

/*
 * At most `limit` rows beyond `place` (an ord, itself excluded).  Fewer than limit: the list ends
 * there.  NULL as query is everything.  Stories that are only in feeds with `hide` are left out
 * when the query names no feed.
 */
MUST_CHECK bool list_window(struct store *, struct arena *, const struct query *, int64_t place,
    enum list_direction, size_t limit, struct story_rows *, struct err *);

/*
 * How many match, counted up to `cap` (the result is then cap).  Of everything, of one feed and of
 * their unread it costs nothing, it is kept.
 */
MUST_CHECK bool list_count(struct store *, const struct query *, int64_t cap, int64_t *,
    struct err *);

/* These stories, in this order; an id that is not there is left out. */
MUST_CHECK bool list_ids(struct store *, struct arena *, const story_id *, size_t n,
    struct story_rows *, struct err *);

/* Does this story match? */
MUST_CHECK bool list_matches(struct store *, const struct query *, story_id, bool *, struct err *);

/* Other members of a story's event, newest first. */
MUST_CHECK bool list_cluster(struct store *, struct arena *, int64_t cluster, size_t limit,
    struct story_rows *, struct err *);

#endif
