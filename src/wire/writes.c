#include "wire/writes.h"

#include <stdlib.h>

#include "store/fetch_queue.h"
#include "store/mark.h"
#include "store/saved.h"

enum kind { DO_MARK, DO_UNDO, DO_REDO, DO_RESUME, DO_TRAIL, DO_TYPED, DO_OPENED, DO_UNQUEUE };

struct write {
	struct write *next;
	struct arena *arena;
	enum kind kind;
	struct wire_mark mark;
	struct bytes value;
	struct str url;
	story_id story;
	bool begun;
	int64_t change, n;
	struct query_feeds feeds; /* what names in a query mean while it is applied */
	unsigned steps;
};

/* A long change is told with its first step, which is what the screen shows, and now and then. */
enum { STEPS_BETWEEN_TELLING = 8 };

struct writes {
	struct wire *wire;
	struct write *first, *last;
	unsigned timer;
	bool waiting; /* a call is under way: by timer or when the store is free */
};

static void do_step(void *ctx);

struct writes *
writes_new(struct wire *w)
{
	struct writes *writes = heap_alloc(sizeof(*writes));
	writes->wire = w;
	return writes;
}

static void
drop_first(struct writes *writes)
{
	struct write *write = writes->first;
	writes->first = write->next;
	if (!writes->first)
		writes->last = NULL;
	arena_free(write->arena);
	free(write);
}

void
writes_free(struct writes *writes)
{
	if (!writes)
		return;
	loop_cancel(writes->wire->loop, writes->timer);
	while (writes->first)
		drop_first(writes);
	free(writes);
}

/* --- marks -------------------------------------------------------------------------------------- */

static bool
begin_mark(struct wire *w, struct write *write, struct err *e)
{
	const struct wire_mark *m = &write->mark;
	struct mark mark = {.what = (enum mark_what)m->what, .scope = (enum mark_scope)m->scope,
	    .ids = m->ids.v, .n_ids = m->ids.n, .feed = m->scope_id, .query = m->scope_text,
	    .before_ord = m->before_ord};
	if (m->what < MARK_READ || m->what > MARK_UNSTAR || m->scope > MARK_QUERY)
		return err_set(e, ERR_INTERNAL, "a mark that is not known");
	int64_t now = clock_now();
	return mark_begin(w->store, &mark, write->feeds, now, wire_zone_offset_s(now),
	    w->settings.undo_levels, &write->change, e);
}

static bool
begin_change(struct wire *w, struct write *write, struct err *e)
{
	write->begun = true;
	write->feeds = wire_named_feeds(w, write->arena);
	write->change = 1; /* of DO_RESUME: not told to anybody */
	if (write->kind == DO_MARK)
		return begin_mark(w, write, e);
	if (write->kind == DO_UNDO)
		return mark_undo(w->store, &write->change, e);
	if (write->kind == DO_REDO)
		return mark_redo(w->store, &write->change, e);
	return true;
}

/* One step; *done when nothing is left of it. */
static bool
step_change(struct wire *w, struct write *write, bool *done, struct err *e)
{
	*done = false;
	if (!write->begun && !begin_change(w, write, e))
		return false;
	if (write->change == 0) {
		*done = true;
		return true;
	}
	return mark_step(w->store, write->feeds, clock_now(), &write->n, done, e);
}

static void
tell_change(struct wire *w, const struct write *write, const struct err *e)
{
	struct wire_marked m = {.request = write->kind == DO_MARK ? write->mark.request : 0,
	    .change = write->change, .n = write->n, .err_kind = e->kind,
	    .error = str_z(e->text)};
	if (write->kind != DO_RESUME)
		tell_marked(w, &m);
	tell_changed(w, 0, write->n);
}

/* --- the queue ---------------------------------------------------------------------------------- */

static bool
write_small(struct wire *w, const struct write *write, struct err *e)
{
	switch (write->kind) {
	case DO_TRAIL:
		return saved_put(w->store, STR("trail"), write->value, e);
	case DO_TYPED:
		return saved_type(w->store, write->value, clock_now(), e);
	case DO_OPENED:
		return saved_open_story(w->store, write->story, clock_now(), e);
	case DO_UNQUEUE:
		return fetch_queue_remove(w->store, write->url, e);
	case DO_MARK:
	case DO_UNDO:
	case DO_REDO:
	case DO_RESUME:
		break;
	}
	return true;
}

/* True when the first write is over. */
static bool
step_first(struct writes *writes)
{
	struct wire *w = writes->wire;
	struct write *write = writes->first;
	struct err e = {0};
	bool done = true, ok;
	if (write->kind > DO_RESUME) {
		ok = write_small(w, write, &e);
	} else {
		ok = step_change(w, write, &done, &e);
		if (!ok || done)
			tell_change(w, write, &e);
		else if (write->steps++ == 0)
			tell_changed_now(w, write->n);
		else if (write->steps % STEPS_BETWEEN_TELLING == 0)
			tell_changed(w, 0, write->n);
	}
	if (!ok)
		tell_log(w, WIRE_LOG_WARN, "%s", e.text);
	return !ok || done;
}

static void
on_turn(void *ctx)
{
	struct writes *writes = ctx;
	writes->timer = 0;
	wire_when_free(writes->wire, do_step, writes);
}

/* The first step of a mark at once, further ones a turn of the loop later. */
static void
do_step(void *ctx)
{
	struct writes *writes = ctx;
	writes->waiting = false;
	while (writes->first && step_first(writes))
		drop_first(writes);
	if (!writes->first)
		return;
	writes->waiting = true;
	/* What the first step told must leave before the second, larger one begins. */
	int64_t pause_ms = writes->first->steps == 1;
	writes->timer = loop_after(writes->wire->loop, pause_ms, on_turn, writes);
}

static struct write *
add(struct writes *writes, enum kind kind)
{
	struct write *write = heap_alloc(sizeof(*write));
	write->kind = kind;
	write->arena = arena_new();
	if (writes->last)
		writes->last->next = write;
	else
		writes->first = write;
	writes->last = write;
	return write;
}

static void
go(struct writes *writes)
{
	if (writes->waiting)
		return;
	writes->waiting = true;
	wire_when_free(writes->wire, do_step, writes);
}

void
writes_resume(struct writes *writes)
{
	bool pending = false;
	struct err e = {0};
	if (!mark_pending(writes->wire->store, &pending, &e))
		tell_log(writes->wire, WIRE_LOG_WARN, "%s", e.text);
	if (!pending)
		return;
	add(writes, DO_RESUME);
	go(writes);
}

void
writes_mark(struct writes *writes, const struct wire_mark *mark)
{
	struct write *write = add(writes, DO_MARK);
	write->mark = *mark;
	write->mark.ids.v = ARENA_ARRAY(write->arena, int64_t, mark->ids.n + 1);
	for (size_t i = 0; i < mark->ids.n; i++)
		write->mark.ids.v[i] = mark->ids.v[i];
	write->mark.scope_text = arena_str(write->arena, mark->scope_text);
	go(writes);
}

void
writes_undo(struct writes *writes)
{
	add(writes, DO_UNDO);
	go(writes);
}

void
writes_redo(struct writes *writes)
{
	add(writes, DO_REDO);
	go(writes);
}

static struct bytes
copy_bytes(struct arena *a, struct bytes b)
{
	return bytes_of_str(arena_str(a, str_of((const char *)b.p, b.n)));
}

void
writes_trail(struct writes *writes, struct bytes value)
{
	struct write *write = add(writes, DO_TRAIL);
	write->value = copy_bytes(write->arena, value);
	go(writes);
}

void
writes_typed(struct writes *writes, struct bytes value)
{
	struct write *write = add(writes, DO_TYPED);
	write->value = copy_bytes(write->arena, value);
	go(writes);
}

void
writes_opened(struct writes *writes, story_id story)
{
	add(writes, DO_OPENED)->story = story;
	go(writes);
}

void
writes_unqueue(struct writes *writes, struct str url)
{
	struct write *write = add(writes, DO_UNQUEUE);
	write->url = arena_str(write->arena, url);
	go(writes);
}

bool
writes_pending(const struct writes *writes)
{
	return writes->first;
}

void
writes_finish(struct writes *writes)
{
	while (writes->first)
		if (step_first(writes))
			drop_first(writes);
}
