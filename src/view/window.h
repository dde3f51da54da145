/*
 * A window on a list of stories: a run of rows around what the reader sees, loaded before
 * and after as he moves and dropped behind him, whatever the store holds.  Rows are known
 * by `ord`, so stories that arrive above or between move nothing.
 *
 * Rows and their strings live as long as the window keeps them: until the next call that
 * may load (window_step, window_near, window_edge, window_refresh).
 */
#ifndef KAWAT_VIEW_WINDOW_H
#define KAWAT_VIEW_WINDOW_H

#include "store/list.h"

enum {
	WINDOW_CHUNK_ROWS = 100, /* rows loaded at once: a tall screen */
	WINDOW_MAX_CHUNKS = 8,   /* kept; the farthest is dropped */
	WINDOW_MAX_NEW = 1000,   /* new stories above are counted up to here, */
	WINDOW_NEW_STEP = 200,   /* so many a paint */
};

#define WINDOW_NO_KEY INT64_MIN

/* Where rows come from: list_window of a store, or something made up for a test. */
struct window_source {
	void *ctx;
	/* As list_window. */
	bool (*load)(void *ctx, struct arena *, int64_t place, enum list_direction,
	    size_t limit, struct story_rows *, struct err *);
	/* True for rows not to be shown (another row stands for the event); NULL: none.
	 */
	bool (*hidden)(void *ctx, const struct story_row *);
};

struct window;

struct window *window_new(struct window_source);
void window_free(struct window *);

/* Of the last load that failed; kind ERR_NONE when none did.  Rows already there stay. */
const struct err *window_error(const struct window *);

/* First (newest) or last row, or WINDOW_NO_KEY when there are none. */
int64_t window_edge(struct window *, bool last);
/* The row after (older) or before a row that the window has, or WINDOW_NO_KEY. */
int64_t window_step(struct window *, int64_t ord, bool back);
/* The row of this ord, or the next older, or else the newest newer one. */
int64_t window_near(struct window *, int64_t ord);

/* A row that the window holds now, or NULL. */
const struct story_row *window_row(struct window *, int64_t ord);

/* Every row that is held, newest first; it may be changed, not moved. */
void window_each(struct window *, void (*visit)(void *ctx, struct story_row *), void *ctx);

/* Read anew what is held (marks changed, stories came); keeps to the same stretch. */
void window_refresh(struct window *);
/* Forget everything: another query. */
void window_reset(struct window *, struct window_source);

/*
 * Stories above the newest one that the reader has seen: call window_seen_top when the
 * first row is on the screen.
 */
void window_seen_top(struct window *);
int window_new_above(struct window *);

size_t window_held(const struct window *); /* rows held, for tests of the bound */

/*
 * A source over the store.  With `collapse` an event is one row: the newest of its
 * reports that the query matches.  The struct must outlive the window.
 */
struct window_store {
	struct store *store;
	const struct query *query; /* NULL: everything */
	bool collapse;
	void (*shown)(void *ctx, struct story_rows *); /* rows may be shown otherwise than the
							 * store has them; NULL: they are not */
	void *shown_ctx;
};
struct window_source window_of_store(struct window_store *);

#endif
