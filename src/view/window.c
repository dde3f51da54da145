/*
 * What is held is a chain of chunks, newest first, each with an arena of its own, without
 * a gap: the first row of a chunk is the next older one of the last row of the chunk
 * before it.  The chunk at either end may be known to be the end of the whole list.
 *
 *	newest                                           oldest
 *	[chunk 0][chunk 1][chunk 2] …  at most WINDOW_MAX_CHUNKS
 *	^ at_top: nothing is newer     ^ at_bottom: nothing is older
 */
#include "view/window.h"

#include <stdlib.h>
#include <string.h>

struct chunk {
	struct arena *arena;
	struct story_row *v; /* newest first, hidden rows left out */
	size_t n;
	int64_t newest, oldest; /* what was loaded, hidden rows included */
};

struct window {
	struct window_source source;
	struct chunk chunk[WINDOW_MAX_CHUNKS + 1];
	size_t n;
	bool at_top, at_bottom, loaded;
	int64_t
	    seen_top; /* the newest row that the reader has seen the list begin with */
	bool has_seen;
	struct { /* rows above seen_top */
		int n;
		int64_t top; /* counted up to here */
		bool more; /* there may be some beyond */
	} above;
	struct err err;
};

struct window *
window_new(struct window_source source)
{
	struct window *w = heap_alloc(sizeof(*w));

	w->source = source;
	return w;
}

static void
chunk_clear(struct chunk *c)
{
	arena_free(c->arena);
	memset(c, 0, sizeof(*c));
}

static void
clear(struct window *w)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		chunk_clear(&w->chunk[i]);
	w->n = 0;
	w->at_top = w->at_bottom = w->loaded = false;
}

void
window_free(struct window *w)
{
	if (!w)
		return;
	clear(w);
	free(w);
}

void
window_reset(struct window *w, struct window_source source)
{
	clear(w);
	w->source = source;
	w->has_seen = false;
	w->err.kind = ERR_NONE;
}

const struct err *
window_error(const struct window *w)
{
	return &w->err;
}

size_t
window_held(const struct window *w)
{
	size_t i, n = 0;

	for (i = 0; i < w->n; i++)
		n += w->chunk[i].n;
	return n;
}

/* ---- loading ---- */

static void
reverse(struct story_rows *rows)
{
	struct story_row swap;
	size_t i;

	for (i = 0; i < rows->n / 2; i++) {
		swap = rows->v[i];
		rows->v[i] = rows->v[rows->n - 1 - i];
		rows->v[rows->n - 1 - i] = swap;
	}
}

static void
keep_shown(const struct window *w, struct chunk *c, struct story_rows rows)
{
	size_t i;

	c->v = rows.v;
	c->n = 0;
	for (i = 0; i < rows.n; i++) {
		if (!w->source.hidden || !w->source.hidden(w->source.ctx, &rows.v[i]))
			c->v[c->n++] = rows.v[i];
	}
}

/*
 * Load rows beyond a place.  *end: there are no more in that direction.  False: the load
 * failed, or nothing was there (then *end).
 */
static bool
load(struct window *w, int64_t place, enum list_direction direction, size_t limit,
    struct chunk *c, bool *end)
{
	struct story_rows rows = {0};

	memset(c, 0, sizeof(*c));
	*end = false;
	c->arena = arena_new();
	if (!w->source.load(
		w->source.ctx, c->arena, place, direction, limit, &rows, &w->err)) {
		chunk_clear(c);
		return false;
	}
	w->err.kind = ERR_NONE;
	*end = rows.n < limit;
	if (rows.n == 0) {
		chunk_clear(c);
		return false;
	}
	if (direction == LIST_NEWER)
		reverse(&rows);
	c->newest = rows.v[0].ord;
	c->oldest = rows.v[rows.n - 1].ord;
	keep_shown(w, c, rows);
	return true;
}

static void
drop_at(struct window *w, size_t i)
{
	chunk_clear(&w->chunk[i]);
	memmove(&w->chunk[i], &w->chunk[i + 1], (w->n - i - 1) * sizeof(w->chunk[0]));
	w->n--;
}

static void
load_older(struct window *w)
{
	int64_t place = w->n ? w->chunk[w->n - 1].oldest : LIST_TOP;
	struct chunk c;
	bool end;

	if (load(w, place, LIST_OLDER, WINDOW_CHUNK_ROWS, &c, &end)) {
		if (w->n == WINDOW_MAX_CHUNKS) {
			drop_at(w, 0);
			w->at_top = false;
		}
		w->chunk[w->n++] = c;
	}
	/* A load that failed ends the list here until it is read anew. */
	w->at_bottom = end || w->err.kind != ERR_NONE;
}

static void
load_newer(struct window *w)
{
	int64_t place = w->n ? w->chunk[0].newest : LIST_BOTTOM;
	struct chunk c;
	bool end;

	if (load(w, place, LIST_NEWER, WINDOW_CHUNK_ROWS, &c, &end)) {
		if (w->n == WINDOW_MAX_CHUNKS) {
			drop_at(w, w->n - 1);
			w->at_bottom = false;
		}
		memmove(&w->chunk[1], &w->chunk[0], w->n * sizeof(w->chunk[0]));
		w->chunk[0] = c;
		w->n++;
	}
	w->at_top = end || w->err.kind != ERR_NONE;
}

static void
load_first(struct window *w)
{
	clear(w);
	w->loaded = true;
	w->at_top = true;
	load_older(w);
}

/* Around a place that is not held: the rows below it, and more above on demand. */
static void
load_around(struct window *w, int64_t ord)
{
	struct chunk c;
	bool end;

	clear(w);
	w->loaded = true;
	if (load(w, ord < LIST_TOP - 1 ? ord + 1 : ord, LIST_OLDER, WINDOW_CHUNK_ROWS, &c,
		&end)) {
		w->chunk[w->n++] = c;
		w->at_bottom = end;
	} else if (w->err.kind == ERR_NONE) {
		w->at_bottom = true;
		load_newer(w);
	}
}

static void
ensure(struct window *w)
{
	if (!w->loaded)
		load_first(w);
}

/* ---- finding ---- */

/* The chunk whose stretch has the ord, or SIZE_MAX. */
static size_t
chunk_of(const struct window *w, int64_t ord)
{
	size_t i;

	for (i = 0; i < w->n; i++) {
		if (ord <= w->chunk[i].newest && ord >= w->chunk[i].oldest)
			return i;
	}
	return SIZE_MAX;
}

/* The first row that is not newer than ord; c->n when all are. */
static size_t
row_at_or_below(const struct chunk *c, int64_t ord)
{
	size_t low = 0, high = c->n, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (c->v[middle].ord > ord)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct story_row *
window_row(struct window *w, int64_t ord)
{
	size_t i = chunk_of(w, ord), at;

	if (i == SIZE_MAX)
		return NULL;
	at = row_at_or_below(&w->chunk[i], ord);
	return at < w->chunk[i].n && w->chunk[i].v[at].ord == ord ? &w->chunk[i].v[at]
								  : NULL;
}

/*
 * The first row held that is older than `ord` (or the last that is newer), or
 * WINDOW_NO_KEY.
 */
static int64_t
held_beyond(const struct window *w, int64_t ord, bool back)
{
	size_t i, k, at;

	for (k = 0; k < w->n; k++) {
		const struct chunk *c = &w->chunk[i = back ? w->n - 1 - k : k];

		if (back) {
			at = ord == LIST_BOTTOM ? c->n : row_at_or_below(c, ord);
			if (at > 0)
				return c->v[at - 1].ord;
		} else {
			at = ord == LIST_BOTTOM ? c->n : row_at_or_below(c, ord - 1);
			if (at < c->n)
				return c->v[at].ord;
		}
	}
	return WINDOW_NO_KEY;
}

/* The same, loading what is missing beyond what is held. */
static int64_t
beyond(struct window *w, int64_t ord, bool back)
{
	int64_t next;

	for (;;) {
		next = held_beyond(w, ord, back);
		if (next != WINDOW_NO_KEY || (back ? w->at_top : w->at_bottom))
			return next;
		if (back)
			load_newer(w);
		else
			load_older(w);
	}
}

/* A place outside of what is held is loaded around: there may be a gap between. */
static void
reach(struct window *w, int64_t ord)
{
	ensure(w);
	if (w->n > 0 && ((ord > w->chunk[0].newest && !w->at_top) ||
			    (ord < w->chunk[w->n - 1].oldest && !w->at_bottom)))
		load_around(w, ord);
}

int64_t
window_step(struct window *w, int64_t ord, bool back)
{
	reach(w, ord);
	return beyond(w, ord, back);
}

int64_t
window_edge(struct window *w, bool last)
{
	ensure(w);
	if (last && !w->at_bottom) {
		clear(w);
		w->loaded = w->at_bottom = true;
		load_newer(w);
		w->at_bottom = true;
	} else if (!last && !w->at_top) {
		load_first(w);
	}
	return last ? beyond(w, LIST_BOTTOM, true) : beyond(w, LIST_TOP, false);
}

int64_t
window_near(struct window *w, int64_t ord)
{
	int64_t older;

	reach(w, ord);
	if (window_row(w, ord))
		return ord;
	older = beyond(w, ord, false);
	return older != WINDOW_NO_KEY ? older : beyond(w, ord, true);
}

/* ---- change ---- */

void
window_each(struct window *w, void (*visit)(void *ctx, struct story_row *), void *ctx)
{
	size_t i, k;

	for (i = 0; i < w->n; i++)
		for (k = 0; k < w->chunk[i].n; k++)
			visit(ctx, &w->chunk[i].v[k]);
}

static void
begin_above(struct window *w)
{
	w->above.n = 0;
	w->above.top = w->seen_top;
	w->above.more = true;
}

/* A few are counted anew; of many, what came in among those that are counted is left out. */
static void
more_above(struct window *w)
{
	if (w->has_seen && w->above.n < WINDOW_NEW_STEP)
		begin_above(w);
	w->above.more = true;
}

void
window_refresh(struct window *w)
{
	struct chunk fresh;
	size_t i;
	bool end, top = w->at_top;
	int64_t place, oldest;

	more_above(w);
	if (!w->loaded)
		return;
	if (w->n == 0) {
		load_first(w);
		return;
	}
	/*
	 * Chunk by chunk from the newest held row down; new ones above come in by
	 * load_newer.
	 */
	place = w->chunk[0].newest < LIST_TOP - 1 ? w->chunk[0].newest + 1 : LIST_TOP;
	oldest = w->chunk[w->n - 1].oldest;
	clear(w);
	w->loaded = true;
	for (i = 0; i < WINDOW_MAX_CHUNKS && place > oldest; i++) {
		if (!load(w, place, LIST_OLDER, WINDOW_CHUNK_ROWS, &fresh, &end)) {
			w->at_bottom = true;
			break;
		}
		w->chunk[w->n++] = fresh;
		w->at_bottom = end;
		place = fresh.oldest;
		if (end)
			break;
	}
	if (w->n == 0)
		load_first(w);
	else if (top)
		load_newer(w); /* at the top: the new ones belong to what is held */
}

void
window_seen_top(struct window *w)
{
	int64_t first = window_edge(w, false);

	if (first == WINDOW_NO_KEY)
		return;
	if (w->has_seen && w->seen_top == first)
		return;
	w->seen_top = first;
	w->has_seen = true;
	begin_above(w);
}

/* Once for a change of the store and so many rows at a time, for it is asked at every paint. */
int
window_new_above(struct window *w)
{
	struct story_rows rows = {0};

	if (!w->has_seen || !w->above.more)
		return w->has_seen ? w->above.n : 0;
	w->above.more = false;
	if (w->above.n >= WINDOW_MAX_NEW)
		return w->above.n;
	int room = WINDOW_MAX_NEW - w->above.n;
	size_t most = room < WINDOW_NEW_STEP ? (size_t)room : WINDOW_NEW_STEP;
	struct arena *a = arena_new();
	if (w->source.load(w->source.ctx, a, w->above.top, LIST_NEWER, most, &rows, &w->err)) {
		for (size_t i = 0; i < rows.n; i++) {
			w->above.n += !w->source.hidden ||
			    !w->source.hidden(w->source.ctx, &rows.v[i]);
			if (rows.v[i].ord > w->above.top)
				w->above.top = rows.v[i].ord;
		}
	}
	w->above.more = rows.n == most;
	arena_free(a);
	return w->above.n;
}

/* ---- over the store ---- */

static bool
store_load(void *ctx, struct arena *a, int64_t place, enum list_direction direction,
    size_t limit, struct story_rows *rows, struct err *e)
{
	struct window_store *s = ctx;

	if (!list_window(s->store, a, s->query, place, direction, limit, rows, e))
		return false;
	if (s->shown)
		s->shown(s->shown_ctx, rows);
	return true;
}

/* Another report of the event, newer and in the list as well, stands for it. */
static bool
store_hidden(void *ctx, const struct story_row *row)
{
	struct window_store *s = ctx;
	bool behind;

	return s->collapse && row->cluster != 0 &&
	       list_stands_behind(s->store, s->query, row->cluster, row->ord, &behind, NULL) &&
	       behind;
}

struct window_source
window_of_store(struct window_store *s)
{
	return (struct window_source){s, store_load, store_hidden};
}
