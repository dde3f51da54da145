/*
 *	begin -> step -> pause -> gate -> turn -> request -> intake (stories and note) --+
 *	          ^                                                                      |
 *	          +----------------------------------------------------------------------+
 *
 * A step follows the addresses that are noted as far as they go, without a request.  Every way out
 * leads through `end`.
 */
#include "wire/history.h"

#include <stdlib.h>

#include "store/archive.h"
#include "text/url.h"
#include "wire/gate.h"
#include "wire/intake.h"
#include "wire/manners.h"

static const char archive_accept[] =
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.9, application/json;q=0.8, */*;q=0.5";

struct history {
	struct wire *wire;
	struct arena *arena;
	struct history_ask ask;
	struct history_end end;
	struct str self; /* the feed's own address: no document of its archive */
	struct target target; /* of the document in hand */
	struct str next; /* the address of the next one; empty: there is none */
	int64_t n_noted, n_followed; /* notes that there are, notes that were followed */
	uint64_t last_hash;
	bool same_again; /* the document in hand is the one before it */
	/* What it waits for. */
	unsigned timer;
	bool at_gate, storing; /* storing: the intake, or a turn at the store; it cannot be left */
	struct schedule_job *turn;
	struct request *asking;
	bool stopping;
};

static void step(struct history *);

/* --- the end ------------------------------------------------------------------------------------ */

static void
leave(struct history *h)
{
	loop_cancel(h->wire->loop, h->timer);
	if (h->at_gate)
		gate_forget(h->wire->gate, h);
	wire_leave_network(h->wire, &h->asking, &h->turn);
	h->timer = 0;
	h->at_gate = false;
}

void
history_free(struct history *h)
{
	if (!h)
		return;
	leave(h);
	arena_free(h->arena);
	free(h);
}

static void
end(struct history *h)
{
	struct wire *w = h->wire;
	const struct history_end *e = &h->end;
	tell_log(w, e->err.kind == ERR_NONE ? WIRE_LOG_INFO : WIRE_LOG_WARN,
	    "%.*s: %lld older stories from %lld pages%s%s%s", STR_ARG(h->ask.sub->name),
	    (long long)e->n_new, (long long)e->n_pages, e->more ? "; there are more" : "",
	    e->err.kind == ERR_NONE ? "" : "; then ", e->err.text);
	h->ask.done(h->ask.ctx, &h->end);
	history_free(h);
	wire_start_more(w);
}

static void
fail(struct history *h, const struct err *e)
{
	h->end.err = *e;
	end(h);
}

/* --- a document into the store ------------------------------------------------------------------ */

/* Where `r` says that the one before it is; empty: nowhere, or at the feed itself. */
static struct str
older_address(struct history *h, const struct intake_result *r)
{
	struct target to;
	struct str url = r->older.n ? url_resolve(h->arena, h->ask.base, r->older) : STR("");
	if (r->n_items == 0 || r->complete || h->same_again || !target_of(h->arena, url, &to, NULL) ||
	    str_eq(to.url, h->self))
		return STR("");
	return to.url;
}

/* One that broke off and does not say what is before it is asked for again the next time. */
static bool
note(void *ctx, const struct intake_result *r, struct err *e)
{
	struct history *h = ctx;
	h->next = older_address(h, r);
	return (r->torn && !h->next.n) ||
	    archive_put(h->wire->store, h->ask.feed, h->target.url, h->next, r->n_items,
		clock_now(), e);
}

static void
on_intake_done(void *ctx, const struct intake_result *r)
{
	struct history *h = ctx;
	h->storing = false;
	h->end.store_failed = r->store_failed;
	if (r->err.kind != ERR_NONE) {
		fail(h, &r->err);
		return;
	}
	h->end.n_pages++;
	h->end.n_items += r->n_items;
	h->end.n_new += r->n_new;
	tell_changed(h->wire, r->n_new, r->n_updated);
	step(h);
}

static void
take(struct history *h, const struct request_result *r)
{
	struct wire *w = h->wire;
	const struct wire_subscription *sub = h->ask.sub;
	struct spool body;
	h->ask.base = arena_str(h->arena, r->target->url);
	struct intake_ask ask = {.feed = h->ask.feed, .url = h->ask.base,
	    .content_type = arena_str(h->arena, r->head->content_type), .charset = sub->charset,
	    .agency = sub->agency, .lang = sub->lang, .max_items = 0,
	    .max_bytes = w->settings.max_feed_bytes, .cut = r->end == REQUEST_CUT,
	    .now = clock_now(), .archive = true, .note = note, .done = on_intake_done, .ctx = h};
	h->storing = true;
	spool_move(r->spool, &body);
	intake_begin(w, &ask, &body);
}

/* --- the network -------------------------------------------------------------------------------- */

static void
on_answer(void *ctx, const struct request_result *r)
{
	struct history *h = ctx;
	struct err e = r->err;
	h->asking = NULL;
	leave(h);
	h->end.n_bytes += r->n_bytes;
	if (r->end != REQUEST_WHOLE && r->end != REQUEST_CUT) {
		if (e.kind == ERR_NONE)
			err_set(&e, ERR_NETWORK, "empty: the server sent nothing");
		if (r->status == 429 || r->status == 503)
			h->end.retry_after_s =
			    manners_retry_after(r->head->retry_after, clock_now());
		fail(h, &e);
		return;
	}
	/* A server that does not know the number of a page gives the same one for each. */
	uint64_t hash = spool_hash(r->spool);
	h->same_again = hash && hash == h->last_hash;
	h->last_hash = hash;
	take(h, r);
}

static void
on_turn(void *ctx)
{
	struct history *h = ctx;
	const struct wire_subscription *sub = h->ask.sub;
	struct request_ask ask = {.url = h->target.url, .typed = sub->url,
	    .accept = str_z(archive_accept), .user_agent = sub->user_agent, .proxy = sub->proxy,
	    .max_bytes = h->wire->settings.max_feed_bytes, .done = on_answer, .ctx = h};
	h->asking = request_begin(h->wire->requester, &ask);
}

static void
on_gate(void *ctx, const struct err *refused)
{
	struct history *h = ctx;
	h->at_gate = false;
	if (refused) {
		fail(h, refused);
		return;
	}
	h->turn = schedule_add(h->wire->schedule, h->target.host, on_turn, h);
	wire_start_more(h->wire);
}

static void
after_pause(void *ctx)
{
	struct history *h = ctx;
	h->timer = 0;
	h->at_gate = true;
	gate_ask(h->wire->gate, &h->target, h->ask.sub->url, on_gate, h);
}

/* --- steps -------------------------------------------------------------------------------------- */

/* Past what was taken before.  False: the store failed. */
static bool
follow_notes(struct history *h, struct err *e)
{
	struct archive_document d;
	while (h->next.n) {
		if (!archive_find(h->wire->store, h->arena, h->ask.feed, h->next, &d, e))
			return false;
		if (!d.taken)
			return true;
		/* Further than there are notes: they run in a circle, as the site's links do. */
		bool circle = ++h->n_followed > h->n_noted + h->end.n_pages;
		h->next = circle ? STR("") : d.older;
	}
	return true;
}

static void
step(struct history *h)
{
	struct err e = {0};
	if (!follow_notes(h, &e)) {
		h->end.store_failed = true;
		fail(h, &e);
		return;
	}
	h->end.more = h->next.n && (h->stopping || h->end.n_pages >= h->ask.max_pages);
	if (h->next.n == 0 || h->end.more) {
		end(h);
		return;
	}
	if (!target_of(h->arena, h->next, &h->target, &e)) {
		fail(h, &e);
		return;
	}
	h->timer = loop_after(h->wire->loop, GATE_PAUSE_MS, after_pause, h);
}

static void
start(void *ctx)
{
	struct history *h = ctx;
	struct store *s = h->wire->store;
	struct err e = {0};
	h->storing = false;
	if ((h->ask.anew && !archive_forget(s, h->ask.feed, &e)) ||
	    !archive_count(s, h->ask.feed, &h->n_noted, &e)) {
		h->end.store_failed = true;
		fail(h, &e);
		return;
	}
	step(h);
}

static void
on_begin(void *ctx)
{
	struct history *h = ctx;
	h->timer = 0;
	h->storing = true;
	wire_when_free(h->wire, start, h);
}

/* --- public ------------------------------------------------------------------------------------- */

struct history *
history_begin(struct wire *w, const struct history_ask *ask)
{
	struct history *h = heap_alloc(sizeof(*h));
	struct target target;
	*h = (struct history){.wire = w, .arena = arena_new(), .ask = *ask,
	    .last_hash = ask->body_hash, .end = {.retry_after_s = -1}};
	if (target_of(h->arena, ask->sub->url, &target, NULL))
		h->self = target.url;
	struct str older = ask->older.n ? url_resolve(h->arena, ask->base, ask->older) : STR("");
	if (target_of(h->arena, older, &target, NULL) && !str_eq(target.url, h->self))
		h->next = target.url;
	h->timer = loop_after(w->loop, 0, on_begin, h);
	return h;
}

void
history_stop(struct history *h)
{
	h->stopping = true;
	if (h->storing)
		return;
	leave(h);
	h->end.more = true;
	end(h);
}

void
history_tick(struct history *h, int64_t now_ms)
{
	if (h->asking && h->turn)
		schedule_quiet(h->wire->schedule, h->turn,
		    now_ms - request_heard_ms(h->asking) > SCHEDULE_QUIET_MS);
}
