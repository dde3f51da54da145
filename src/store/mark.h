/*
 * Marks: read and unread, star and unstar; of one story, many, or all that a query
 * means.
 *
 * A change is a small record that is begun at once, whatever it is about, and applied in steps,
 * the stories on the screen first, so that a million marks never hold the writer's turn for long:
 *
 *	mark_begin, mark_step until *done; later mark_undo, mark_step until *done
 *
 * The record remembers for each story what it really changed, so undo gives back
 * exactly what was, also when stories arrived or were marked otherwise meanwhile.  A
 * change whose steps were cut off by a kill is finished by further steps.
 */
#ifndef KAWAT_STORE_MARK_H
#define KAWAT_STORE_MARK_H

#include "store/query.h"

/* These numbers travel between processes and lie in the store. */
enum mark_what { MARK_READ = 1, MARK_UNREAD, MARK_STAR, MARK_UNSTAR };

enum mark_scope {
	MARK_IDS = 0, /* the ids */
	MARK_ALL = 1, /* every story */
	MARK_FEED = 2, /* scope_id is the feed_id */
	MARK_QUERY = 3, /* scope_text is a query (`section:` and saved searches too) */
};

enum {
	MARK_FIRST = 100, /* in the first transaction: more than a screen shows, some 3 ms */
	MARK_STEP = 1000, /* in each further one: some 30 ms */
	MARK_UNDO_LEVELS = 200, /* older records are forgotten */
};

struct mark {
	enum mark_what what;
	enum mark_scope scope;
	const story_id *ids; /* for MARK_IDS; borrowed */
	size_t n_ids;
	feed_id feed; /* for MARK_FEED */
	struct str query; /* for MARK_QUERY */
	int64_t before_ord; /* stories with a larger ord are left alone; 0: none are */
};

/*
 * Record it.  `feeds` is for the names in a query and may be empty; now and tz_offset_s
 * are as in query_parse.  *change is the record's number, 0 when there was nothing to
 * mark. Anything that was undone can no longer be redone.
 */
MUST_CHECK bool mark_begin(struct store *, const struct mark *, struct query_feeds,
    int64_t now, int32_t tz_offset_s, int64_t undo_levels, int64_t *change, struct err *);

/* Apply at most MARK_STEP stories of what is open; `feeds` are for names in its query.  *n grows
 * by how many changed. */
MUST_CHECK bool mark_step(struct store *, struct query_feeds, int64_t now, int64_t *n, bool *done,
    struct err *);

/* All at once: begin and every step.  For verbs, and for a single key.  *n stories
 * changed. */
MUST_CHECK bool mark_now(struct store *, const struct mark *, struct query_feeds,
    int64_t now, int32_t tz_offset_s, int64_t undo_levels, int64_t *change, int64_t *n,
    struct err *);

/* Take back the last change that is not undone, or do again the last undone one.
 * *change 0: there is none.  Then mark_step until *done. */
MUST_CHECK bool mark_undo(struct store *, int64_t *change, struct err *);
MUST_CHECK bool mark_redo(struct store *, int64_t *change, struct err *);

/* Is there work left by a kill or by a step not yet done?  mark_step goes on with it. */
MUST_CHECK bool mark_pending(struct store *, bool *, struct err *);

/* A change that is recorded, newest first, for `gl` and the message of undo. */
struct mark_record {
	int64_t change, at, n;
	enum mark_what what;
	bool undone;
};
MUST_CHECK bool mark_last(
    struct store *, struct mark_record *, bool *found, struct err *);

#endif
