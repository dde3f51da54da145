/*
 * Lists are windows on the stories in the order of `ord`: so many rows before or after
 * a place. There is no "load all" and no offset; a window costs what it shows, whatever
 * the store holds.
 */
#ifndef KAWAT_STORE_LIST_H
#define KAWAT_STORE_LIST_H

#include "store/list_place.h"
#include "store/query.h"
#include "store/row.h"

struct story_rows {
	struct story_row *v;
	size_t n;
};

/*
 * At most `limit` rows beyond `place` (an ord, itself excluded).  Fewer than limit: the
 * list ends there.  NULL as query is everything.  Stories that are only in feeds with
 * `hide` are left out when the query names no feed.
 */
MUST_CHECK bool list_window(struct store *, struct arena *, const struct query *,
    int64_t place, enum list_direction, size_t limit, struct story_rows *, struct err *);

/*
 * How many match, counted up to `cap` (the result is then cap).  Of everything, of one
 * feed and of their unread it costs nothing, it is kept.
 */
MUST_CHECK bool list_count(
    struct store *, const struct query *, int64_t cap, int64_t *, struct err *);

/* These stories, in this order; an id that is not there is left out. */
MUST_CHECK bool list_ids(struct store *, struct arena *, const story_id *, size_t n,
    struct story_rows *, struct err *);

/* Does this story match? */
MUST_CHECK bool list_matches(
    struct store *, const struct query *, story_id, bool *, struct err *);

/*
 * News in the order of arrival: of the stories that came after `after`, at most `limit` are looked
 * at, and those that match are in rows.  *last is the last one looked at; the same as `after`: there
 * was none.  A story that was only fetched as a link's target is no news.
 */
MUST_CHECK bool list_arrived(struct store *, struct arena *, const struct query *,
    story_id after, size_t limit, struct story_rows *, story_id *last, struct err *);

/* The story that came last; STORY_NONE in an empty store. */
MUST_CHECK bool list_last_arrived(struct store *, story_id *, struct err *);

/*
 * Does another report of the event, newer and in the list as well, stand for the story whose place
 * is ord?  A NULL query means everything.
 */
MUST_CHECK bool list_stands_behind(struct store *, const struct query *, int64_t cluster,
    int64_t ord, bool *, struct err *);

/*
 * The unread reports of the event that the story whose place is ord stands for, newest first, at most
 * `limit`: older ones that are in the list as well.  A NULL query means everything.
 */
MUST_CHECK bool list_unread_behind(struct store *, struct arena *, const struct query *,
    int64_t cluster, int64_t ord, size_t limit, story_id **, size_t *n, struct err *);

/* How many stories the event has, counted up to cap. */
MUST_CHECK bool list_cluster_size(
    struct store *, int64_t cluster, int64_t cap, int64_t *, struct err *);

/* Other members of a story's event, newest first. */
MUST_CHECK bool list_cluster(struct store *, struct arena *, int64_t cluster,
    size_t limit, struct story_rows *, struct err *);

#endif
