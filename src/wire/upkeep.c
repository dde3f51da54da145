#include "wire/upkeep.h"

#include <stdlib.h>

#include "store/event.h"
#include "store/expire.h"
#include "store/index.h"
#include "wire/ruling.h"

enum { MAX_EXPIRE_STEPS = 400 }; /* of 60 stories; the rest goes after the next refresh */

struct waiter {
	void (*done)(void *ctx);
	void *ctx;
};

struct upkeep {
	struct waiter *v;
	size_t n, cap;
	unsigned timer;
	bool ruled, grouped, indexed, failed;
	int expire_steps;
	struct arena *arena; /* of the rules */
	struct expire_rules rules;
	struct expire_result expired;
};

static void step(void *ctx);

static void
wait_turn(struct wire *w)
{
	w->upkeep->timer = loop_after(w->loop, 0, step, w);
}

static void
end(struct wire *w)
{
	struct upkeep *u = w->upkeep;
	w->upkeep = NULL;
	for (size_t i = 0; i < u->n; i++)
		u->v[i].done(u->v[i].ctx);
	arena_free(u->arena);
	free(u->v);
	free(u);
}

static void
make_rules(struct wire *w, struct upkeep *u)
{
	const struct wire_settings *s = &w->settings;
	struct expire_feed *own = ARENA_ARRAY(u->arena, struct expire_feed, w->feeds.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < w->feeds.n; i++)
		if (w->feeds.v[i].keep_s >= 0 && w->sources[i].id != FEED_NONE)
			own[n++] = (struct expire_feed){w->sources[i].id, w->feeds.v[i].keep_s};
	u->rules = (struct expire_rules){s->keep_s, s->keep_unread_s, s->max_store_bytes, own, n};
}

/* Before the index: an event that is told by four agencies shows as four rows until then. */
static bool
group_more(struct wire *w, struct err *e)
{
	int64_t joined = 0;
	if (!w->events)
		w->events = event_memory_new();
	if (!event_step(w->store, w->events, EVENT_STEP, &joined, &w->upkeep->grouped, e))
		return false;
	if (joined)
		tell_changed(w, 0, joined);
	return true;
}

static bool
index_more(struct wire *w, struct err *e)
{
	int64_t left = 0;
	if (!index_step(w->store, INDEX_STEP, &left, e))
		return false;
	w->upkeep->indexed = left == 0;
	return true;
}

static bool
expire_more(struct wire *w, struct err *e)
{
	struct upkeep *u = w->upkeep;
	if (u->expire_steps++ == 0)
		make_rules(w, u);
	if (u->expire_steps > MAX_EXPIRE_STEPS)
		u->expired.done = true;
	return u->expired.done ||
	    expire_step(w->store, &u->rules, clock_now(), &u->expired, e);
}

static void
do_step(void *ctx)
{
	struct wire *w = ctx;
	struct upkeep *u = w->upkeep;
	struct err e = {0};
	if (!u)
		return;
	bool ok = !u->ruled ? ruling_step(w, &u->ruled, &e)
	    : !u->grouped   ? group_more(w, &e)
	    : u->indexed    ? expire_more(w, &e)
	                    : index_more(w, &e);
	if (!ok) {
		tell_log(w, WIRE_LOG_WARN, "%s", e.text);
		u->failed = true;
	}
	if (u->failed || u->expired.done)
		end(w);
	else
		wait_turn(w);
}

static void
step(void *ctx)
{
	struct wire *w = ctx;
	w->upkeep->timer = 0;
	wire_when_free(w, do_step, w);
}

void
upkeep_begin(struct wire *w, void (*done)(void *ctx), void *ctx)
{
	struct upkeep *u = w->upkeep;
	if (!u) {
		u = w->upkeep = heap_alloc(sizeof(*u));
		u->arena = arena_new();
		wait_turn(w);
	}
	u->ruled = u->grouped = u->indexed = false;
	u->expired = (struct expire_result){0};
	u->expire_steps = 0;
	if (u->n == u->cap) {
		u->cap = u->cap ? u->cap * 2 : 4;
		u->v = heap_resize(u->v, u->cap * sizeof(*u->v));
	}
	u->v[u->n++] = (struct waiter){done, ctx};
}

void
upkeep_drop(struct wire *w)
{
	struct upkeep *u = w->upkeep;
	if (!u)
		return;
	loop_cancel(w->loop, u->timer);
	end(w);
}
