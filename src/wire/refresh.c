/*
 * A run ends when no job is left; then REFRESHED goes out to all who asked, the lock is given
 * back, and the upkeep follows with INDEXED at its end.
 */
#include "wire/refresh.h"

#include <stdlib.h>

#include "store/lock.h"
#include "wire/feed_job.h"
#include "wire/feed_news.h"
#include "wire/manners.h"
#include "wire/pages.h"
#include "wire/upkeep.h"

enum { LOCK_RETRY_MS = 200, MIN_PAUSE_S = 60 };

struct askers {
	int64_t v[REFRESH_MAX_ASKERS];
	size_t n;
};

struct refresh {
	struct wire *wire;
	struct arena *arena;
	struct askers askers;
	bool by_itself; /* nobody asked */
	bool one_only; /* seems offline: one feed tries the way */
	bool full; /* full texts too */
	struct lock lock;
	bool locked;
	int64_t lock_until_ms;
	unsigned timer;
	struct { struct feed_job **v; size_t n, cap; } jobs;
	size_t n_left;
	struct { struct wire_refresh *v; size_t n, cap; } waiting; /* asked before the lock is held */
	struct wire_refreshed total;
	int64_t n_network, n_unreachable;
	bool stopping;
	struct feed_states states;
};

static void on_tick(void *ctx);

/* --- the end ------------------------------------------------------------------------------------ */

static void
on_upkept(void *ctx)
{
	struct refresh *run = ctx;
	struct wire *w = run->wire;
	for (size_t i = 0; i < run->askers.n; i++)
		tell_indexed(w, run->askers.v[i]);
	arena_free(run->arena);
	free(run);
}

static void
begin_upkeep(void *ctx)
{
	struct refresh *run = ctx;
	upkeep_begin(run->wire, on_upkept, run);
}

/* Nothing was reached though something was tried: there is no network. */
static void
judge_network(struct refresh *run)
{
	struct wire *w = run->wire;
	bool was = w->seems_offline;
	if (run->n_network == 0)
		return;
	w->seems_offline = run->n_unreachable == run->n_network;
	if (w->seems_offline != was)
		tell_offline(w, w->seems_offline);
}

static void
end_run(struct refresh *run)
{
	struct wire *w = run->wire;
	loop_cancel(w->loop, run->timer);
	if (run->locked)
		lock_close(&run->lock);
	run->total.stopped = run->stopping;
	for (size_t i = 0; i < run->askers.n; i++) {
		run->total.request = run->askers.v[i];
		tell_refreshed(w, &run->total);
	}
	judge_network(run);
	w->refresh = NULL;
	free(run->jobs.v);
	run->jobs.v = NULL;
	schedule_limits(w->schedule, w->settings.jobs, w->settings.per_host);
	bool again = run->by_itself && run->one_only && !w->seems_offline;
	if (again)
		refresh_by_itself(w);
	if (!w->seems_offline)
		pages_take_queue(w);
	refresh_plan(w);
	/* Whoever asked for full texts waits for them with the end of the index. */
	pages_when_idle(w, begin_upkeep, run);
}

static void
fail_run(struct refresh *run, enum err_kind kind, struct str why)
{
	run->total.err_kind = kind;
	run->total.error = arena_str(run->arena, why);
	end_run(run);
}

/* --- jobs --------------------------------------------------------------------------------------- */

static void
count(struct wire_refreshed *t, const struct feed_job *job)
{
	t->n_new += job->n_new;
	t->n_updated += job->n_updated;
	t->n_pages += job->n_pages;
	t->n_older += job->n_older;
	switch (job->outcome) {
	case WIRE_UNCHANGED:
		t->n_unchanged++;
		break;
	case WIRE_FAILED:
	case WIRE_GONE:
		t->n_failed++;
		break;
	case WIRE_NOT_DUE:
	case WIRE_STOPPED:
		t->n_not_due++;
		break;
	case WIRE_NO_OUTCOME:
	case WIRE_UPDATED:
		break;
	}
}

/* While somebody holds the run it does not end, though its last job does. */
static void
hold(struct refresh *run)
{
	run->n_left++;
}

static void
let_go(struct refresh *run)
{
	if (--run->n_left == 0)
		end_run(run);
}

static void
stop_jobs(struct refresh *run)
{
	run->stopping = true;
	hold(run);
	for (size_t i = 0; i < run->jobs.n; i++)
		if (run->jobs.v[i])
			feed_job_stop(run->jobs.v[i]);
	let_go(run);
}

static void
want_full_texts(const struct refresh *run, const struct feed_job *job)
{
	struct wire *w = run->wire;
	int64_t rule = job->sub.full_text >= 0 ? job->sub.full_text : w->settings.full_text;
	if (!run->full && rule != WIRE_FULL_ALWAYS)
		return;
	for (size_t i = 0; i < job->n_fresh; i++)
		pages_want(w, job->fresh[i], run->full ? WIRE_STORE : WIRE_LINKS);
}

static void
tell_moved_feed(struct refresh *run, const struct feed_job *job)
{
	struct wire_moved m = {job->sub.url, job->moved_to};
	struct err e = {0};
	if (feeds_move(run->wire->store, m.from, m.to, clock_now(), &e))
		tell_moved(run->wire, &m);
	else
		tell_log(run->wire, WIRE_LOG_WARN, "%s", e.text);
}

static void
on_job_done(void *ctx, struct feed_job *job)
{
	struct refresh *run = ctx;
	count(&run->total, job);
	run->n_network += job->asked_network && job->outcome != WIRE_STOPPED;
	run->n_unreachable += job->unreachable;
	if (job->moved_to.n)
		tell_moved_feed(run, job);
	want_full_texts(run, job);
	if (job->store_failed && run->total.err_kind == ERR_NONE) {
		run->total.err_kind = ERR_STORE;
		run->total.error = arena_str(run->arena, str_z(job->err.text));
		if (!run->stopping)
			stop_jobs(run);
	}
	run->jobs.v[job->place] = NULL;
	feed_job_free(job);
	let_go(run);
}

static void
on_tick(void *ctx)
{
	struct refresh *run = ctx;
	int64_t now = clock_monotonic_ms();
	for (size_t i = 0; i < run->jobs.n; i++)
		if (run->jobs.v[i])
			feed_job_tick(run->jobs.v[i], now);
	run->timer = loop_after(run->wire->loop, REFRESH_TICK_MS, on_tick, run);
	wire_start_more(run->wire);
}

/* --- what is asked for -------------------------------------------------------------------------- */

static const struct feed_state *
state_of(const struct refresh *run, feed_id id)
{
	size_t low = 0, high = run->states.n; /* sorted by id */
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (run->states.v[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < run->states.n && run->states.v[low].id == id ? &run->states.v[low] : NULL;
}

/* Among the first n: those that were there before another REFRESH joined. */
static bool
has_job(const struct refresh *run, size_t n, struct str url)
{
	for (size_t i = 0; i < n; i++)
		if (run->jobs.v[i] && str_eq(run->jobs.v[i]->sub.url, url))
			return true;
	return false;
}

static bool
may_ask(const struct wire_refresh *ask, const struct wire_subscription *sub,
    const struct feed_state *state)
{
	bool named = ask->scope == WIRE_NAMED;
	/* Who asks for the history of a feed does not mean that it be due. */
	enum manners_call call = !ask->force && !ask->history ? MANNERS_DUE
	    : named					      ? MANNERS_NAMED
							      : MANNERS_FORCED;
	if (str_starts_nocase(sub->url, STR("pipe:")) || (sub->paused && !named))
		return false;
	return manners_may_ask(state, call, clock_now());
}

static void
add_job(struct refresh *run, const struct wire_refresh *ask, size_t n_before,
    const struct wire_source *source)
{
	const struct feed_state *state = state_of(run, source->id);
	if (!state || has_job(run, n_before, source->sub->url))
		return;
	run->total.n_feeds++;
	if (!may_ask(ask, source->sub, state)) {
		run->total.n_not_due++;
		if (ask->scope != WIRE_DUE)
			feed_news_not_due(run->wire, source->sub, state, ask->request);
		return;
	}
	if (run->one_only && run->n_left > 0)
		return;
	struct feed_job *job =
	    feed_job_new(run->wire, source->sub, state, ask->request, on_job_done, run);
	if (run->jobs.n == run->jobs.cap) {
		run->jobs.cap = run->jobs.cap ? run->jobs.cap * 2 : 64;
		run->jobs.v = heap_resize(run->jobs.v, run->jobs.cap * sizeof(*run->jobs.v));
	}
	job->max_pages = ask->history;
	job->anew = ask->force;
	job->place = run->jobs.n;
	run->jobs.v[run->jobs.n++] = job;
	run->n_left++;
}

static void
start_jobs(struct refresh *run, size_t from)
{
	for (size_t i = from; i < run->jobs.n; i++)
		if (run->jobs.v[i])
			feed_job_start(run->jobs.v[i]);
	wire_start_more(run->wire);
}

static void
take_ask(struct refresh *run, const struct wire_refresh *ask)
{
	struct wire *w = run->wire;
	size_t before = run->jobs.n;
	if (ask->jobs > 0)
		schedule_limits(w->schedule, ask->jobs, w->settings.per_host);
	run->full = run->full || ask->full;
	if (ask->scope == WIRE_NAMED) {
		for (size_t i = 0; i < ask->urls.n; i++) {
			struct wire_source *source = wire_source_of(w, ask->urls.v[i]);
			if (source)
				add_job(run, ask, before, source);
		}
	} else {
		for (size_t i = 0; i < w->feeds.n; i++)
			add_job(run, ask, before, &w->sources[i]);
	}
	start_jobs(run, before);
}

static void
begin(struct refresh *run)
{
	struct wire *w = run->wire;
	struct err e = {0};
	/* A store that was busy when the feeds came: a feed without its row cannot be asked. */
	bool synced = w->feeds_synced || w->store_taken || wire_sync_feeds(w, &e);
	if (!synced || !feeds_all(w->store, run->arena, &run->states, &e)) {
		fail_run(run, e.kind, str_z(e.text));
		return;
	}
	run->timer = loop_after(w->loop, REFRESH_TICK_MS, on_tick, run);
	hold(run);
	while (run->waiting.n) {
		struct wire_refresh ask = run->waiting.v[0];
		run->waiting.n--;
		for (size_t i = 0; i < run->waiting.n; i++)
			run->waiting.v[i] = run->waiting.v[i + 1];
		take_ask(run, &ask);
	}
	let_go(run);
}

static void
try_lock(void *ctx)
{
	struct refresh *run = ctx;
	struct wire *w = run->wire;
	struct err e = {0};
	run->timer = 0;
	if (!lock_open(&run->lock, arena_z(run->arena, w->settings.data_dir), &run->locked, &e))
		fail_run(run, e.kind, str_z(e.text));
	else if (run->locked)
		begin(run);
	else if (run->by_itself || clock_monotonic_ms() > run->lock_until_ms)
		fail_run(run, ERR_STORE, STR("another kawat is refreshing"));
	else
		run->timer = loop_after(w->loop, LOCK_RETRY_MS, try_lock, run);
}

static struct wire_refresh
copy_ask(struct arena *a, const struct wire_refresh *from)
{
	struct wire_refresh ask = *from;
	ask.urls.v = ARENA_ARRAY(a, struct str, from->urls.n + 1);
	for (size_t i = 0; i < from->urls.n; i++)
		ask.urls.v[i] = arena_str(a, from->urls.v[i]);
	return ask;
}

static struct refresh *
new_run(struct wire *w)
{
	struct refresh *run = heap_alloc(sizeof(*run));
	run->wire = w;
	run->arena = arena_new();
	run->lock.fd = -1;
	run->lock_until_ms = clock_monotonic_ms() + REFRESH_LOCK_WAIT_MS;
	w->refresh = run;
	return run;
}

static void
join(struct refresh *run, const struct wire_refresh *ask)
{
	struct wire_refresh copy = copy_ask(run->arena, ask);
	if (run->askers.n < REFRESH_MAX_ASKERS)
		run->askers.v[run->askers.n++] = ask->request;
	run->by_itself = false;
	run->one_only = false;
	if (run->locked && !run->stopping) {
		hold(run);
		take_ask(run, &copy);
		let_go(run);
	} else if (!run->locked) {
		ARENA_PUSH(run->arena, &run->waiting, copy);
	}
}

void
refresh_ask(struct wire *w, const struct wire_refresh *ask)
{
	bool is_new = !w->refresh;
	struct refresh *run = is_new ? new_run(w) : w->refresh;
	join(run, ask);
	if (!is_new)
		return;
	if (w->offline)
		fail_run(run, ERR_NETWORK, STR("offline: nothing is fetched"));
	else
		try_lock(run);
}

void
refresh_by_itself(struct wire *w)
{
	if (w->refresh || w->offline || !w->store || w->quitting)
		return;
	struct refresh *run = new_run(w);
	struct wire_refresh ask = {.scope = WIRE_DUE};
	run->by_itself = true;
	run->one_only = w->seems_offline;
	ARENA_PUSH(run->arena, &run->waiting, ask);
	try_lock(run);
}

void
refresh_stop(struct wire *w)
{
	struct refresh *run = w->refresh;
	if (!run)
		return;
	if (!run->locked) {
		run->stopping = true;
		end_run(run);
		return;
	}
	stop_jobs(run);
}

void
refresh_drop(struct wire *w)
{
	struct refresh *run = w->refresh;
	if (!run)
		return;
	loop_cancel(w->loop, run->timer);
	for (size_t i = 0; i < run->jobs.n; i++)
		feed_job_free(run->jobs.v[i]);
	free(run->jobs.v);
	if (run->locked)
		lock_close(&run->lock);
	arena_free(run->arena);
	free(run);
	w->refresh = NULL;
}

/* --- by itself ---------------------------------------------------------------------------------- */

static void
on_plan(void *ctx)
{
	struct wire *w = ctx;
	w->plan_timer = 0;
	refresh_by_itself(w);
	refresh_plan(w);
}

/* Seconds until the first feed is due. */
static int64_t
next_due_s(struct wire *w)
{
	struct arena *a = arena_new();
	struct feed_states states;
	int64_t now = clock_now(), first = now + w->settings.interval_s;
	if (feeds_all(w->store, a, &states, NULL)) {
		for (size_t i = 0; i < states.n; i++) {
			const struct feed_state *s = &states.v[i];
			if (s->next_at > 0 && s->next_at < first && !s->dropped_at)
				first = s->next_at;
		}
	}
	arena_free(a);
	return first - now;
}

void
refresh_plan(struct wire *w)
{
	loop_cancel(w->loop, w->plan_timer);
	w->plan_timer = 0;
	if (w->settings.interval_s == 0 || w->offline || !w->store || w->quitting)
		return;
	int64_t wait_s = next_due_s(w);
	if (wait_s < MIN_PAUSE_S)
		wait_s = MIN_PAUSE_S;
	w->plan_timer = loop_after(w->loop, wait_s * 1000, on_plan, w);
}
