#include "wire/desk.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "story/parse_protocol.h"
#include "wire/get.h"
#include "wire/pages.h"
#include "wire/parser.h"
#include "wire/pipe.h"
#include "wire/probe.h"
#include "wire/refresh.h"
#include "wire/writes.h"

static bool
bad(enum wire_type type, struct err *e)
{
	return err_set(e, ERR_INTERNAL, "a bad message '%s'", wire_type_name(type));
}

/* A stranger is told who was found, and nothing else. */
static bool
on_hello(struct wire *w, struct arena *a, struct bytes body, struct err *e)
{
	struct wire_hello hello;
	if (!wire_unpack_hello(a, body, &hello))
		return bad(WIRE_HELLO, e);
	if (str_eq(hello.build, build_id())) {
		tell_greeted(w);
		return true;
	}
	err_set(e, ERR_INTERNAL, "kawat and kawat-wire are of different builds");
	tell_ready(w, &(struct wire_ready){.build = build_id(), .err_kind = e->kind,
	    .error = str_z(e->text)});
	return false;
}

/* The strings of the settings before are borrowed by nobody when this is called. */
static bool
on_settings(struct wire *w, struct bytes body, const struct desk_events *events, struct err *e)
{
	struct arena *a = arena_new();
	struct wire_settings s;
	if (!wire_unpack_settings(a, body, &s)) {
		arena_free(a);
		return bad(WIRE_SETTINGS, e);
	}
	arena_free(w->settings_arena);
	w->settings_arena = a;
	w->settings = s;
	events->settings(w);
	return true;
}

static bool
on_feeds(struct wire *w, struct bytes body, const struct desk_events *events, struct err *e)
{
	struct arena *a = arena_new();
	struct wire_feeds feeds;
	if (!wire_unpack_feeds(a, body, &feeds)) {
		arena_free(a);
		return bad(WIRE_FEEDS, e);
	}
	arena_free(w->feeds_arena);
	w->feeds_arena = a;
	w->feeds = feeds;
	w->feeds_synced = false;
	w->sources = ARENA_ARRAY(a, struct wire_source, feeds.n + 1);
	for (size_t i = 0; i < feeds.n; i++)
		w->sources[i].sub = &feeds.v[i];
	events->feeds(w);
	return true;
}

static void
set_offline(struct wire *w, bool offline)
{
	w->offline = offline;
	w->seems_offline = false;
	if (offline)
		refresh_stop(w);
	else
		pages_take_queue(w);
	refresh_plan(w);
}

/* --- orders: messages that need a store --------------------------------------------------------- */

static bool
on_refresh(struct wire *w, struct arena *a, struct bytes body)
{
	struct wire_refresh m;
	bool ok = wire_unpack_refresh(a, body, &m);
	if (ok)
		refresh_ask(w, &m);
	return ok;
}

static bool
on_stop(struct wire *w, struct arena *a, struct bytes body)
{
	(void)a;
	refresh_stop(w);
	return body.n == 0;
}

static bool
on_fetch_story(struct wire *w, struct arena *a, struct bytes body)
{
	struct wire_fetch_story m;
	bool ok = wire_unpack_fetch_story(a, body, &m);
	if (ok)
		pages_fetch(w, &m);
	return ok;
}

static bool
on_probe(struct wire *w, struct arena *a, struct bytes body)
{
	struct wire_probe m;
	bool ok = wire_unpack_probe(a, body, &m);
	if (ok)
		probe_begin(w, &m);
	return ok;
}

static bool
on_get(struct wire *w, struct arena *a, struct bytes body)
{
	struct wire_get m;
	bool ok = wire_unpack_get(a, body, &m);
	if (ok)
		get_begin(w, &m);
	return ok;
}

static bool
on_feed_bytes(struct wire *w, struct arena *a, struct bytes body)
{
	struct wire_feed_bytes m;
	bool ok = wire_unpack_feed_bytes(a, body, &m);
	if (ok)
		pipe_take(w, &m);
	return ok;
}

static bool
on_mark(struct wire *w, struct arena *a, struct bytes body)
{
	struct wire_mark m;
	bool ok = wire_unpack_mark(a, body, &m);
	if (ok)
		writes_mark(w->writes, &m);
	return ok;
}

static bool
on_undo(struct wire *w, struct arena *a, struct bytes body)
{
	(void)a;
	writes_undo(w->writes);
	return body.n == 0;
}

static bool
on_redo(struct wire *w, struct arena *a, struct bytes body)
{
	(void)a;
	writes_redo(w->writes);
	return body.n == 0;
}

static bool
on_trail(struct wire *w, struct arena *a, struct bytes body)
{
	struct wire_saved m;
	bool ok = wire_unpack_saved(a, body, &m);
	if (ok)
		writes_trail(w->writes, m.value);
	return ok;
}

static bool
on_history(struct wire *w, struct arena *a, struct bytes body)
{
	struct wire_saved m;
	bool ok = wire_unpack_saved(a, body, &m);
	if (ok)
		writes_typed(w->writes, m.value);
	return ok;
}

static bool
on_opened(struct wire *w, struct arena *a, struct bytes body)
{
	struct wire_opened m;
	bool ok = wire_unpack_opened(a, body, &m);
	if (ok)
		writes_opened(w->writes, m.story);
	return ok;
}

static bool
on_unqueue(struct wire *w, struct arena *a, struct bytes body)
{
	struct wire_unqueue m;
	bool ok = wire_unpack_unqueue(a, body, &m);
	if (ok)
		writes_unqueue(w->writes, m.url);
	return ok;
}

static bool
on_offline(struct wire *w, struct arena *a, struct bytes body)
{
	struct wire_offline m;
	bool ok = wire_unpack_offline(a, body, &m);
	if (ok)
		set_offline(w, m.offline);
	return ok;
}

static const struct {
	enum wire_type type;
	bool (*take)(struct wire *, struct arena *, struct bytes body); /* false: a bad message */
} orders[] = {
	{WIRE_REFRESH, on_refresh},
	{WIRE_STOP, on_stop},
	{WIRE_FETCH_STORY, on_fetch_story},
	{WIRE_PROBE, on_probe},
	{WIRE_GET, on_get},
	{WIRE_FEED_BYTES, on_feed_bytes},
	{WIRE_MARK, on_mark},
	{WIRE_UNDO, on_undo},
	{WIRE_REDO, on_redo},
	{WIRE_TRAIL_SAVE, on_trail},
	{WIRE_HISTORY, on_history},
	{WIRE_OPENED_STORY, on_opened},
	{WIRE_UNQUEUE, on_unqueue},
	{WIRE_SET_OFFLINE, on_offline},
};

static bool
on_order(struct wire *w, struct arena *a, enum wire_type type, struct bytes body, struct err *e)
{
	for (size_t i = 0; i < COUNT_OF(orders); i++)
		if (orders[i].type == type)
			return orders[i].take(w, a, body) || bad(type, e);
	return bad(type, e);
}

/* Without a store only what must be answered is answered. */
static bool
without_store(struct wire *w, struct arena *a, enum wire_type type, struct bytes body,
    struct err *e)
{
	struct wire_refresh ask;
	struct wire_refreshed answer = {.err_kind = ERR_STORE,
	    .error = STR("the store cannot be written")};
	if (type != WIRE_REFRESH)
		return true;
	if (!wire_unpack_refresh(a, body, &ask))
		return bad(type, e);
	answer.request = ask.request;
	tell_refreshed(w, &answer);
	return true;
}

static bool
on_frame(struct wire *w, struct arena *a, const struct frame *f,
    const struct desk_events *events, struct err *e)
{
	enum wire_type type = (enum wire_type)f->type;
	if (!w->greeted && type != WIRE_HELLO)
		return bad(type, e);
	switch ((int)type) {
	case WIRE_HELLO:
		return w->greeted = on_hello(w, a, f->body, e);
	case WIRE_SETTINGS:
		return on_settings(w, f->body, events, e);
	case WIRE_FEEDS:
		return w->settings_arena ? on_feeds(w, f->body, events, e) : bad(type, e);
	case WIRE_PARSE:
		if (f->fd < 0)
			return bad(type, e);
		parser_take_fd(w->parser, f->fd);
		return true;
	case WIRE_QUIT:
		w->quitting = true;
		return true;
	}
	if (!w->ready)
		return bad(type, e);
	return w->store ? on_order(w, a, type, f->body, e) : without_store(w, a, type, f->body, e);
}

bool
desk_frame(struct wire *w, const struct frame *f, const struct desk_events *events,
    struct err *e)
{
	struct arena *a = arena_new();
	if (f->fd >= 0 && f->type != WIRE_PARSE)
		close(f->fd);
	bool ok = on_frame(w, a, f, events, e);
	arena_free(a);
	return ok;
}
