/* Marks and group actions of the headlines screen: on the picked rows, else on the chosen one. */
#include <stdlib.h>

#include "app/headlines.h"
#include "store/mark.h"

/* The picked rows, or else the chosen one. */
static size_t
acted_on(struct headlines *h, const story_id **ids, story_id *one)
{
	const struct story_row *row = headlines_chosen(h);
	if (h->picked.n) {
		*ids = h->picked.v;
		return h->picked.n;
	}
	*one = row ? row->id : STORY_NONE;
	*ids = one;
	return row != NULL;
}

struct story_ids {
	story_id *v;
	size_t n, cap;
};

/* That one is named twice, because a report behind a row has a row of its own, does no harm. */
static void
add_id(struct arena *a, struct story_ids *out, story_id id)
{
	if (out->n < WIRE_MAX_IDS)
		ARENA_PUSH(a, out, id);
}

/* A row that stands for several reports is read when all of them are. */
static void
add_reports(struct headlines *h, struct arena *a, const struct story_row *row,
    struct story_ids *out)
{
	story_id *behind;
	size_t n = headlines_behind(h, a, row, &behind);
	if (row->unread)
		add_id(a, out, row->id);
	for (size_t i = 0; i < n; i++)
		add_id(a, out, behind[i]);
}

/* As they are shown: what wire has not made or taken back yet counts. */
static void
mark_read(struct headlines *h, struct arena *a, struct story_rows *rows)
{
	struct story_ids ids = {0};
	headlines_expect_rows(h, rows);
	for (size_t i = 0; i < rows->n; i++)
		add_reports(h, a, &rows->v[i], &ids);
	desk_ask_mark(h->desk, MARK_READ, ids.v, ids.n);
}

static void
mark(struct headlines *h, enum mark_what what)
{
	const story_id *ids;
	story_id one;
	struct story_rows rows = {0};
	struct err e = {0};
	struct arena *a = arena_new();
	size_t n = acted_on(h, &ids, &one);
	if (n && what != MARK_READ)
		desk_ask_mark(h->desk, (int)what, ids, n);
	else if (n && !list_ids(h->desk->store, a, ids, n, &rows, &e))
		desk_say_err(h->desk, &e);
	else if (n)
		mark_read(h, a, &rows);
	h->picked.n = 0;
	arena_free(a);
}

static void
make_room(struct headlines *h, size_t n)
{
	if (n <= h->picked.cap)
		return;
	h->picked.cap = n * 2;
	h->picked.v = heap_resize(h->picked.v, h->picked.cap * sizeof(*h->picked.v));
}

static void
pick(struct headlines *h)
{
	const struct story_row *row = headlines_chosen(h);
	struct list_model m = headlines_model(h);
	bool was = false;
	if (!row)
		return;
	for (size_t i = 0; i < h->picked.n && !was; i++) {
		was = h->picked.v[i] == row->id;
		if (was)
			h->picked.v[i] = h->picked.v[--h->picked.n];
	}
	if (!was) {
		make_room(h, h->picked.n + 1);
		h->picked.v[h->picked.n++] = row->id;
	}
	list_move(&h->list, &m, 1);
	desk_say(h->desk, ROLE_STATUS, "Stories selected: %zu", h->picked.n);
}

/* All rows that are here, or none. */
static void
pick_all(struct headlines *h)
{
	struct err e = {0};
	struct story_rows rows;
	struct arena *a = arena_new();
	if (h->picked.n) {
		h->picked.n = 0;
	} else if (!list_window(h->desk->store, a, h->query, LIST_TOP, LIST_OLDER, LIST_MAX_ROWS,
	               &rows, &e)) {
		desk_say_err(h->desk, &e);
	} else {
		make_room(h, rows.n);
		for (size_t i = 0; i < rows.n; i++)
			h->picked.v[h->picked.n++] = rows.v[i].id;
		desk_say(h->desk, ROLE_STATUS, "Stories selected: %zu", h->picked.n);
	}
	arena_free(a);
}

/* The row and all above it: by number, so that exactly those are marked. */
static void
mark_above(struct headlines *h, int64_t ord)
{
	struct err e = {0};
	struct story_rows rows;
	struct arena *a = arena_new();
	bool oldest = h->order == ORDER_OLDEST;
	if (list_window(h->desk->store, a, h->query, oldest ? ord + 1 : ord - 1,
	        oldest ? LIST_OLDER : LIST_NEWER, LIST_MAX_ROWS, &rows, &e))
		mark_read(h, a, &rows);
	else
		desk_say_err(h->desk, &e);
	arena_free(a);
}

static void
mark_all(struct headlines *h)
{
	struct arena *a = arena_new();
	int64_t newest = window_edge(h->window, false);
	if (h->picked.n)
		mark(h, MARK_READ);
	else if (newest != WINDOW_NO_KEY)
		desk_ask_mark_query(h->desk, MARK_READ, headlines_shown_query(h, a), newest);
	arena_free(a);
}

/* The full text of the rows, or of what they link to. */
static void
store_rows(struct headlines *h, bool links)
{
	const story_id *ids;
	story_id one;
	struct story_rows rows;
	struct err e = {0};
	size_t n = acted_on(h, &ids, &one);
	struct arena *a = arena_new();
	if (n && !list_ids(h->desk->store, a, ids, n, &rows, &e))
		desk_say_err(h->desk, &e);
	else
		for (size_t i = 0; n && i < rows.n; i++)
			desk_ask_story(h->desk, rows.v[i].id, rows.v[i].url, WIRE_STORE, links);
	h->picked.n = 0;
	arena_free(a);
}

bool
headlines_keep_command(struct headlines *h, int command)
{
	const struct story_row *row = headlines_chosen(h);
	switch (command) {
	case COMMAND_TOGGLE_READ:
		mark(h, row && !headlines_is_unread(h, row) ? MARK_UNREAD : MARK_READ);
		return true;
	case COMMAND_STAR:
		mark(h, row && row->starred ? MARK_UNSTAR : MARK_STAR);
		return true;
	case COMMAND_MARK_ABOVE_READ:
		if (row)
			mark_above(h, row->ord);
		return true;
	case COMMAND_MARK_ALL_READ:
		mark_all(h);
		return true;
	case COMMAND_STORE:
	case COMMAND_STORE_LINKS:
		store_rows(h, command == COMMAND_STORE_LINKS);
		return true;
	case COMMAND_SELECT:
		pick(h);
		return true;
	case COMMAND_SELECT_ALL:
		pick_all(h);
		return true;
	}
	return false;
}
