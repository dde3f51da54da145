#include "wire/desk.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "story/parse_protocol.h"
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

static bool
on_hello(struct arena *a, struct bytes body, struct err *e)
{
	struct wire_hello hello;
	if (!wire_unpack_hello(a, body, &hello))
		return bad(WIRE_HELLO, e);
	if (!str_eq(hello.build, build_id()))
		return err_set(e, ERR_INTERNAL, "kawat is of another build than kawat-wire");
	return true;
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

/* Messages that need a store. */
static bool
on_order(struct wire *w, struct arena *a, enum wire_type type, struct bytes body, struct err *e)
{
	struct wire_refresh refresh;
	struct wire_fetch_story fetch;
	struct wire_probe probe;
	struct wire_feed_bytes bytes;
	struct wire_mark mark;
	struct wire_saved saved;
	struct wire_opened opened;
	struct wire_unqueue unqueue;
	struct wire_offline offline;
	switch ((int)type) {
	case WIRE_REFRESH:
		if (!wire_unpack_refresh(a, body, &refresh))
			return bad(type, e);
		refresh_ask(w, &refresh);
		return true;
	case WIRE_STOP:
		refresh_stop(w);
		return true;
	case WIRE_FETCH_STORY:
		if (!wire_unpack_fetch_story(a, body, &fetch))
			return bad(type, e);
		pages_fetch(w, &fetch);
		return true;
	case WIRE_PROBE:
		if (!wire_unpack_probe(a, body, &probe))
			return bad(type, e);
		probe_begin(w, &probe);
		return true;
	case WIRE_FEED_BYTES:
		if (!wire_unpack_feed_bytes(a, body, &bytes))
			return bad(type, e);
		pipe_take(w, &bytes);
		return true;
	case WIRE_MARK:
		if (!wire_unpack_mark(a, body, &mark))
			return bad(type, e);
		writes_mark(w->writes, &mark);
		return true;
	case WIRE_UNDO:
		writes_undo(w->writes);
		return true;
	case WIRE_REDO:
		writes_redo(w->writes);
		return true;
	case WIRE_TRAIL_SAVE:
	case WIRE_HISTORY:
		if (!wire_unpack_saved(a, body, &saved))
			return bad(type, e);
		if (type == WIRE_TRAIL_SAVE)
			writes_trail(w->writes, saved.value);
		else
			writes_typed(w->writes, saved.value);
		return true;
	case WIRE_OPENED_STORY:
		if (!wire_unpack_opened(a, body, &opened))
			return bad(type, e);
		writes_opened(w->writes, opened.story);
		return true;
	case WIRE_UNQUEUE:
		if (!wire_unpack_unqueue(a, body, &unqueue))
			return bad(type, e);
		writes_unqueue(w->writes, unqueue.url);
		return true;
	case WIRE_SET_OFFLINE:
		if (!wire_unpack_offline(a, body, &offline))
			return bad(type, e);
		set_offline(w, offline.offline);
		return true;
	default:
		return bad(type, e);
	}
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
		return w->greeted = on_hello(a, f->body, e);
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
