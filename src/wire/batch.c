#include "wire/batch.h"

#include <stdlib.h>

#include "wire/parser.h"

struct batch {
	struct batch_entry v[BATCH_ENOUGH];
	size_t n;
	unsigned timer;
};

bool
batch_open(struct wire *w, struct err *e)
{
	if (w->batch)
		return true;
	if (!store_begin(w->store, e))
		return false;
	w->batch = heap_alloc(sizeof(*w->batch));
	wire_take_store(w);
	return true;
}

/* Whoever is told may open the next batch. */
static void
tell_all(struct wire *w, const struct err *failed)
{
	struct batch *b = w->batch;
	loop_cancel(w->loop, b->timer);
	w->batch = NULL;
	wire_give_store(w);
	for (size_t i = 0; i < b->n; i++)
		b->v[i].kept(b->v[i].ctx, failed);
	free(b);
}

void
batch_close(struct wire *w)
{
	struct err e = {0};
	if (!w->batch)
		return;
	bool ok = store_commit(w->store, &e);
	tell_all(w, ok ? NULL : &e);
}

void
batch_fail(struct wire *w, const struct err *why)
{
	struct err copy = *why; /* it may be one that is told */
	if (!w->batch)
		return;
	store_rollback(w->store);
	tell_all(w, &copy);
}

static void
on_time(void *ctx)
{
	struct wire *w = ctx;
	w->batch->timer = 0;
	batch_close(w);
}

void
batch_add(struct wire *w, const struct batch_entry *entry)
{
	struct batch *b = w->batch;
	b->v[b->n++] = *entry;
	if (b->n == BATCH_ENOUGH || parser_backlog(w->parser) == 0)
		batch_close(w);
	else if (!b->timer)
		b->timer = loop_after(w->loop, BATCH_WAIT_MS, on_time, w);
}

void
batch_drop(struct wire *w)
{
	struct batch *b = w->batch;
	if (!b)
		return;
	loop_cancel(w->loop, b->timer);
	if (!store_commit(w->store, NULL))
		store_rollback(w->store);
	w->batch = NULL;
	w->store_taken = false;
	for (size_t i = 0; i < b->n; i++)
		b->v[i].drop(b->v[i].ctx);
	free(b);
}
