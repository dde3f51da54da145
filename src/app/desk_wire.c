/*
 * The desk's talk with wire: what is asked, and its life.  Nothing here waits.  When wire
 * ends by itself it is started again after a growing pause, and the status line says so.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/desk.h"
#include "store/mark.h"
#include "story/parse_protocol.h"
#include "text/url.h"

/* --- asking -------------------------------------------------------------------------------------- */

static void on_channel(void *ctx, int fd, short events);

void
desk_watch_wire(struct desk *d)
{
	short events = POLLIN;
	if (d->wire.channel.fd < 0)
		return;
	if (channel_pending(&d->wire.channel))
		events |= POLLOUT;
	loop_watch(d->loop, d->wire.channel.fd, events, on_channel, d);
}

static void
send(struct desk *d, enum wire_type type, struct buf *body)
{
	wire_client_send(&d->wire, type, body);
	if (body)
		buf_clear(body);
	desk_watch_wire(d);
}

static bool
wire_is_there(struct desk *d)
{
	if (d->wire.channel.fd >= 0)
		return true;
	desk_say(d, ROLE_WARNING, "The fetching process is not there; it is being started again.");
	return false;
}

void
desk_ask_refresh(struct desk *d, enum wire_scope scope, const struct wire_strs *urls, bool force)
{
	struct wire_refresh r = {.scope = scope, .force = force};
	struct buf b = {0};
	if (!wire_is_there(d))
		return;
	if (d->app->feeds.feeds.n == 0) {
		desk_say(d, ROLE_STATUS, "No feeds yet. %.*s adds one.",
		    STR_ARG(desk_key(d, COMMAND_ADD_FEED)));
		return;
	}
	if (d->other_refreshes)
		desk_say(d, ROLE_STATUS, "another kawat is refreshing");
	r.request = wire_client_request(&d->wire);
	if (urls)
		r.urls = *urls;
	wire_pack_refresh(&b, &r);
	send(d, WIRE_REFRESH, &b);
	if (!d->refresh.running) {
		for (size_t i = 0; i < d->refresh.n; i++)
			free((char *)d->refresh.urls[i].p);
		d->refresh.n = d->refresh.n_done = 0;
		d->refresh.n_new = d->refresh.n_updated = d->refresh.n_failed = 0;
		d->refresh.n_bytes = 0;
		d->refresh.began_ms = clock_monotonic_ms();
		d->refresh.began_at = desk_now(d);
		d->refresh.last[0] = '\0';
	}
	d->refresh.running = true;
	d->refresh.request = r.request;
	desk_redraw(d);
}

void
desk_ask_story(struct desk *d, story_id id, struct str url, enum wire_why why, int64_t depth)
{
	struct wire_wanted page = {id, url};
	struct wire_fetch_story f = {.pages = {&page, 1}, .why = why, .depth = depth,
	    .budget = depth ? DESK_LINKS_BUDGET : 0};
	struct buf b = {0};
	if (!wire_is_there(d))
		return;
	f.request = wire_client_request(&d->wire);
	wire_pack_fetch_story(&b, &f);
	send(d, WIRE_FETCH_STORY, &b);
	if (id != STORY_NONE && d->n_fetching < COUNT_OF(d->fetching))
		d->fetching[d->n_fetching++] = id;
	if (id == STORY_NONE) {
		free((char *)d->want_url.p);
		d->want_url = str_of(heap_z(url), url.n);
	}
	if (why == WIRE_STORE && d->offline)
		desk_say(d, ROLE_STATUS, "○ It is on the queue and will be fetched when online.");
	else if (why == WIRE_STORE && depth)
		desk_say(d, ROLE_STATUS, "Storing the stories it links to…");
	else if (why == WIRE_STORE)
		desk_say(d, ROLE_STATUS, "Storing the full text…");
	desk_redraw(d);
}

bool
desk_is_fetching(struct desk *d, story_id id)
{
	for (size_t i = 0; i < d->n_fetching; i++)
		if (d->fetching[i] == id)
			return true;
	return false;
}

/* A query of a feed or a section says which rows it means wherever they stand. */
static void
expect_mark(struct desk *d, const struct wire_mark *m)
{
	const feed_id *feeds = NULL;
	size_t n = 0;
	int64_t now = desk_now(d);
	struct query *q;
	struct arena *a = arena_new();
	if (m->scope == MARK_FEED)
		expected_mark(d->expected, m, &m->scope_id, 1, now);
	else if (m->scope == MARK_QUERY && query_parse(a, m->scope_text, d->names.feeds, now,
	             local_offset_s(now), &q, NULL) && query_only_feeds(q, &feeds, &n))
		expected_mark(d->expected, m, feeds, n, now);
	else
		expected_mark(d->expected, m, NULL, 0, now);
	arena_free(a);
	desk_expect(d);
}

static void
send_mark(struct desk *d, struct wire_mark *m)
{
	struct buf b = {0};
	if (!wire_is_there(d))
		return;
	m->request = wire_client_request(&d->wire);
	wire_pack_mark(&b, m);
	send(d, WIRE_MARK, &b);
	d->mark_what = m->what;
	d->mark_said = m->scope != MARK_IDS || m->ids.n > 1 || m->what != MARK_READ;
	expect_mark(d, m);
}

void
desk_ask_mark(struct desk *d, int what, const story_id *ids, size_t n)
{
	struct wire_mark m = {.what = what, .scope = MARK_IDS, .ids = {(int64_t *)(uintptr_t)ids, n}};
	if (n)
		send_mark(d, &m);
}

void
desk_ask_mark_query(struct desk *d, int what, struct str query, int64_t before_ord)
{
	struct wire_mark m = {.what = what, .scope = query.n ? MARK_QUERY : MARK_ALL,
	    .scope_text = query, .before_ord = before_ord};
	send_mark(d, &m);
}

void
desk_ask_mark_feed(struct desk *d, int what, feed_id feed)
{
	struct wire_mark m = {.what = what, .scope = MARK_FEED, .scope_id = feed};
	send_mark(d, &m);
}

void
desk_ask_undo(struct desk *d, bool redo)
{
	if (!wire_is_there(d))
		return;
	d->mark_what = redo ? -2 : -1;
	d->mark_said = true;
	send(d, redo ? WIRE_REDO : WIRE_UNDO, NULL);
	expected_turn(d->expected, redo);
	desk_look_soon(d);
	desk_expect(d);
}

void
desk_ask_offline(struct desk *d, bool offline)
{
	struct buf b = {0};
	d->offline = d->offline_wanted = offline;
	if (offline)
		desk_say(d, ROLE_STATUS, "Working offline.");
	else
		desk_say(d, ROLE_STATUS, "Online again.");
	if (!wire_is_there(d))
		return;
	wire_pack_offline(&b, &(struct wire_offline){offline});
	send(d, WIRE_SET_OFFLINE, &b);
}

void
desk_ask_stop(struct desk *d)
{
	if (!d->refresh.running) {
		desk_say(d, ROLE_STATUS, "Nothing is running.");
		return;
	}
	send(d, WIRE_STOP, NULL);
}

void
desk_ask_probe(struct desk *d, struct str url, struct str instead_of)
{
	struct buf b = {0};
	if (!wire_is_there(d))
		return;
	char *before = (char *)d->probe_for.p;
	d->probe_for = str_of(heap_z(instead_of), instead_of.n); /* it may be the one before */
	free(before);
	wire_pack_probe(&b, &(struct wire_probe){.request = wire_client_request(&d->wire), .url = url});
	send(d, WIRE_PROBE, &b);
	desk_say(d, ROLE_STATUS, "Looking at %.*s…", STR_ARG(url_show(d->frame, url, 50)));
}

void
desk_ask_unqueue(struct desk *d, struct str url)
{
	struct buf b = {0};
	if (!wire_is_there(d))
		return;
	wire_pack_unqueue(&b, &(struct wire_unqueue){url});
	send(d, WIRE_UNQUEUE, &b);
}

void
desk_tell_opened(struct desk *d, story_id id)
{
	struct buf b = {0};
	if (d->wire.channel.fd < 0)
		return;
	wire_pack_opened(&b, &(struct wire_opened){id});
	send(d, WIRE_OPENED_STORY, &b);
}

void
desk_tell_typed(struct desk *d, struct str text)
{
	struct buf b = {0};
	if (d->wire.channel.fd < 0)
		return;
	wire_pack_saved(&b, &(struct wire_saved){bytes_of_str(text)});
	send(d, WIRE_HISTORY, &b);
}

void
desk_save_trail(struct desk *d)
{
	struct buf value = {0}, b = {0};
	desk_keep_place(d);
	if (d->wire.channel.fd < 0)
		return;
	trail_pack(&d->trail, desk_story_screen(d) != NULL, &value);
	wire_pack_saved(&b, &(struct wire_saved){bytes_of_str(buf_str(&value))});
	send(d, WIRE_TRAIL_SAVE, &b);
	buf_clear(&value);
}

/* --- life and death ------------------------------------------------------------------------------ */

static void
start_again(void *ctx)
{
	struct desk *d = ctx;
	struct err e = {0};
	if (!wire_client_start(&d->wire, &e)) {
		desk_say_err(d, &e);
		return;
	}
	desk_watch_wire(d);
	desk_say(d, ROLE_STATUS, "The fetching process was started again.");
}

static void
wire_is_gone(struct desk *d)
{
	int64_t pause = 200;
	loop_unwatch(d->loop, d->wire.channel.fd);
	wire_client_abandon(&d->wire);
	d->refresh.running = false;
	d->n_fetching = 0;
	if (expected_any(d->expected)) {
		expected_forget(d->expected);
		desk_reload_store(d);
	}
	for (int i = 1; i < d->wire.wire_starts; i++)
		pause *= 3;
	desk_say(d, ROLE_ERROR, "The fetching process ended unexpectedly; reading goes on.");
	loop_after(d->loop, pause, start_again, d);
}

static void
on_channel(void *ctx, int fd, short events)
{
	struct desk *d = ctx;
	struct frame f;
	struct err e = {0}, bad = {0};
	bool alive = true, honest = true;
	(void)fd;
	if (events & POLLOUT)
		alive = channel_flush(&d->wire.channel, &e);
	if (events & (POLLIN | POLLHUP | POLLERR))
		alive = channel_read(&d->wire.channel, &e) && alive;
	while (honest && channel_next(&d->wire.channel, &f, &bad)) {
		struct arena *a = arena_new();
		honest = desk_answer(d, a, &f);
		if (f.type == WIRE_FEED || f.type == WIRE_CHANGED)
			desk_news_came(d);
		else
			desk_redraw(d);
		if (f.fd >= 0)
			close(f.fd);
		arena_free(a);
	}
	if (!alive || !honest || bad.kind != ERR_NONE)
		wire_is_gone(d);
	else
		desk_watch_wire(d);
}

void
desk_wire_begin(struct desk *d)
{
	struct err e = {0};
	if (!wire_client_start(&d->wire, &e)) {
		desk_say_err(d, &e);
		return;
	}
	desk_watch_wire(d);
}

void
desk_wire_end(struct desk *d)
{
	if (d->wire.channel.fd >= 0)
		loop_unwatch(d->loop, d->wire.channel.fd);
	wire_client_stop(&d->wire);
}
