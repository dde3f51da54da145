/*
 * What the parts of the wire process share: one struct, made in wire_main.c, passed down.  The
 * parts (refresh, page, probe, ...) know this and the tools, not each other.
 *
 * The store has one connection, and an update of a large feed is a transaction that stays open
 * over many turns of the loop.  Whoever else wants to write meanwhile waits for its end, so that a
 * rollback takes nothing with it that is not its own: wire_when_free.
 */
#ifndef KAWAT_WIRE_WIRE_H
#define KAWAT_WIRE_WIRE_H

#include "base/frame.h"
#include "base/loop.h"
#include "store/query.h"
#include "wire/protocol.h"
#include "wire/request.h"
#include "wire/schedule.h"

struct batch;
struct event_memory;
struct gate;
struct parser;
struct refresh;
struct pages;
struct upkeep;
struct writes;
struct pipe;
struct settling;

/* A subscription with its row in the store. */
struct wire_source {
	const struct wire_subscription *sub;
	feed_id id;
};

struct wire_deferred {
	void (*call)(void *ctx);
	void *ctx;
};

struct wire {
	struct loop *loop;
	struct channel desk;
	struct parser *parser;
	struct store *store; /* NULL: could not be opened */

	struct arena *settings_arena, *feeds_arena;
	struct wire_settings settings;
	struct wire_feeds feeds;
	struct wire_source *sources; /* feeds.n of them, in the order of the feeds file */
	struct request_settings request_settings;
	struct requester *requester;
	struct schedule *schedule;
	struct gate *gate; /* robots.txt, before what nobody asked for */

	struct refresh *refresh; /* the run that is on, or NULL */
	struct pages *pages; /* stories being fetched */
	struct upkeep *upkeep; /* the index that catches up, or NULL */
	struct event_memory *events; /* for placing stories; NULL: none was placed yet */
	struct writes *writes; /* marks and the like */
	struct batch *batch; /* feeds that wait for their commit, or NULL */
	struct settling *settling; /* states of feeds to be written, or NULL */
	struct pipe *pipes; /* feeds that come by pipe */
	unsigned plan_timer; /* the next refresh by itself */

	bool greeted; /* HELLO has come */
	bool ready; /* and SETTINGS and FEEDS: READY is sent */
	bool feeds_synced; /* the store knows what is subscribed */
	struct err sync_err; /* why it does not, */
	int64_t sync_failed_ms; /* since when (monotonic clock) */
	bool offline; /* by order: nothing is tried */
	bool seems_offline; /* every attempt failed at name or connection */
	bool store_taken; /* an update is open */
	struct { struct wire_deferred *v; size_t n, cap; } deferred;

	struct wire_changed changed; /* not told yet */
	unsigned changed_timer;
	bool quitting;
};

/* Call it now, or as soon as no update is open. */
void wire_when_free(struct wire *, void (*call)(void *ctx), void *ctx);

/* An update begins and ends; the end makes the calls that wait. */
void wire_take_store(struct wire *);
void wire_give_store(struct wire *);

/* Give up a request and a place in the queue, where there are such; both are NULL after. */
void wire_leave_network(struct wire *, struct request **, struct schedule_job **);

/* Begin what may begin now: while much waits to be parsed, nothing (the network is faster). */
enum { WIRE_MAX_BACKLOG_BYTES = 4 * 1024 * 1024 };
void wire_start_more(struct wire *);

/* Tell the store what is subscribed, and learn the numbers; no update may be open.  A store that was
 * waited for a moment ago is not waited for again. */
enum { WIRE_SYNC_AGAIN_MS = 1000 };
MUST_CHECK bool wire_sync_feeds(struct wire *, struct err *);

/* NULL when no feed has this address. */
struct wire_source *wire_source_of(struct wire *, struct str url);

/* The address of a subscribed feed at the same host and port as `url`, else the empty str: what
 * the reader typed, when it is asked whether a private address may be connected to. */
struct str wire_typed_for(struct wire *, struct str url);

/* What feed: and section: can name in a query; the array is in the arena. */
struct query_feeds wire_named_feeds(const struct wire *, struct arena *);

/* The reader's zone at that moment, east of UTC. */
int32_t wire_zone_offset_s(int64_t at);

/* The interval that the feeds file or the configuration gives. */
int64_t wire_every_s(const struct wire *, const struct wire_subscription *);

/* Messages to desk; they wait in the channel, and go when the loop turns. */
#define WIRE_TELL(name) void tell_##name(struct wire *, const struct wire_##name *);
WIRE_TELL(feed_news)
WIRE_TELL(refreshed)
WIRE_TELL(story_news)
WIRE_TELL(probed)
WIRE_TELL(moved)
WIRE_TELL(marked)
WIRE_TELL(parse_gone)
WIRE_TELL(ready)
WIRE_TELL(alert)
#undef WIRE_TELL
void tell_greeted(struct wire *);
void tell_indexed(struct wire *, int64_t request);
void tell_offline(struct wire *, bool offline);
/* Counted and told a few times a second at most. */
void tell_changed(struct wire *, int64_t n_new, int64_t n_updated);
/* Without waiting for more: what somebody has just asked for. */
void tell_changed_now(struct wire *, int64_t n_updated);
PRINTF_LIKE(3, 4) void tell_log(struct wire *, enum wire_log_level, const char *fmt, ...);

#endif
