#include "wire/settle.h"

#include <stdlib.h>

struct settling {
	struct settle_entry *v;
	size_t n, cap;
	unsigned timer;
	bool asked; /* it will be written as soon as no update is open */
};

static bool
write_all(struct wire *w, const struct settle_entry *v, size_t n, struct err *e)
{
	if (!store_begin(w->store, e))
		return false;
	bool ok = true;
	for (size_t i = 0; i < n && ok; i++)
		ok = feeds_put(w->store, v[i].state, v[i].fetch, e);
	if (ok && store_commit(w->store, e))
		return true;
	store_rollback(w->store);
	return false;
}

/* Whoever is told may settle again: those stand in a new list. */
static void
flush(void *ctx)
{
	struct wire *w = ctx;
	struct settling *s = w->settling;
	struct err e = {0};
	if (!s)
		return;
	w->settling = NULL;
	bool ok = write_all(w, s->v, s->n, &e);
	for (size_t i = 0; i < s->n; i++)
		s->v[i].done(s->v[i].ctx, ok ? NULL : &e);
	free(s->v);
	free(s);
}

static void
flush_when_free(void *ctx)
{
	struct wire *w = ctx;
	struct settling *s = w->settling;
	loop_cancel(w->loop, s->timer); /* it may be the timer's call, or come before it */
	s->timer = 0;
	if (s->asked)
		return;
	s->asked = true;
	wire_when_free(w, flush, w);
}

void
settle(struct wire *w, const struct settle_entry *entry)
{
	struct settling *s = w->settling;
	if (!s)
		s = w->settling = heap_alloc(sizeof(*s));
	if (s->n == s->cap) {
		s->cap = s->cap ? s->cap * 2 : 16;
		s->v = heap_resize(s->v, s->cap * sizeof(*s->v));
	}
	s->v[s->n++] = *entry;
	bool last = schedule_running(w->schedule) == 0 && schedule_waiting(w->schedule) == 0;
	if (s->n >= SETTLE_ENOUGH || last)
		flush_when_free(w);
	else if (!s->timer && !s->asked)
		s->timer = loop_after(w->loop, SETTLE_WAIT_MS, flush_when_free, w);
}

void
settle_drop(struct wire *w)
{
	if (!w->settling)
		return;
	loop_cancel(w->loop, w->settling->timer);
	free(w->settling->v);
	free(w->settling);
	w->settling = NULL;
}
