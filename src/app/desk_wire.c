/*
 * The desk's talk with wire: what is asked, and what comes back.  Nothing here waits.  When wire
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

static void
watch(struct desk *d)
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
	watch(d);
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
	struct wire_fetch_story f = {.story = id, .url = url, .why = why, .depth = depth,
	    .budget = depth ? 50 : 0};
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
desk_ask_probe(struct desk *d, struct str url)
{
	struct buf b = {0};
	if (!wire_is_there(d))
		return;
	wire_pack_probe(&b, &(struct wire_probe){wire_client_request(&d->wire), url});
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
	if (d->wire.channel.fd < 0)
		return;
	trail_pack(&d->trail, desk_story_screen(d) != NULL, &value);
	wire_pack_saved(&b, &(struct wire_saved){bytes_of_str(buf_str(&value))});
	send(d, WIRE_TRAIL_SAVE, &b);
	buf_clear(&value);
}

/* --- what comes back ----------------------------------------------------------------------------- */

static struct refresh_row *
row_of(struct desk *d, struct str url)
{
	struct refreshing *r = &d->refresh;
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->urls[i], url))
			return &r->rows[i];
	if (r->n == r->cap) {
		r->cap = r->cap ? r->cap * 2 : 32;
		r->rows = heap_resize(r->rows, r->cap * sizeof(*r->rows));
		r->urls = heap_resize(r->urls, r->cap * sizeof(*r->urls));
	}
	r->urls[r->n] = str_of(heap_z(url), url.n);
	const struct wire_subscription *s = feeds_file_by_url(&d->app->feeds, url);
	r->rows[r->n] = (struct refresh_row){.name = s
		? subscription_name(d->app->arena, s)
		: arena_str(d->app->arena, url_show(d->app->arena, url, 0))};
	return &r->rows[r->n++];
}

static enum refresh_state
state_of(const struct wire_feed_news *n)
{
	switch ((enum wire_phase)n->phase) {
	case WIRE_WAITING:
		return REFRESH_WAITING;
	case WIRE_RECEIVING:
	case WIRE_PARSING:
		return n->n_bytes ? REFRESH_RECEIVING : REFRESH_ASKED;
	case WIRE_DONE:
		break;
	}
	if (n->outcome == WIRE_FAILED || n->outcome == WIRE_GONE)
		return REFRESH_FAILED;
	return n->outcome == WIRE_UNCHANGED ? REFRESH_UNCHANGED : REFRESH_DONE;
}

static void
on_feed(struct desk *d, const struct wire_feed_news *n)
{
	if (n->outcome == WIRE_NOT_DUE)
		return;
	struct refresh_row *row = row_of(d, n->url);
	enum refresh_state before = row->state;
	row->state = state_of(n);
	row->n_new = n->n_new;
	row->n_updated = n->n_updated;
	row->n_bytes = n->n_bytes;
	row->ms = n->ms;
	row->status = n->status;
	d->refresh.running = d->refresh.running || n->phase != WIRE_DONE;
	snprintf(d->refresh.last, sizeof(d->refresh.last), "%.*s", STR_ARG(row->name));
	if (n->phase != WIRE_DONE || before >= REFRESH_DONE)
		return;
	d->refresh.n_done++;
	d->refresh.n_new += n->n_new;
	d->refresh.n_updated += n->n_updated;
	d->refresh.n_bytes += n->n_bytes;
	if (row->state != REFRESH_FAILED)
		return;
	d->refresh.n_failed++;
	row->error = arena_str(d->app->arena, n->error);
	if (!d->offline)
		desk_say(d, ROLE_ERROR, "%.*s: %.*s", STR_ARG(row->name), STR_ARG(n->error));
}

static void
say_refreshed(struct desk *d, const struct wire_refreshed *r)
{
	struct arena *a = d->frame;
	if (r->n_feeds && r->n_not_due == r->n_feeds)
		desk_say(d, ROLE_STATUS, "Nothing is due yet. %.*s fetches one feed all the same",
		    STR_ARG(desk_key(d, COMMAND_REFRESH)));
	else if (r->n_new + r->n_updated == 0)
		desk_say(d, ROLE_OK, "Nothing new.");
	else
		desk_say(d, ROLE_OK, "%.*s new, %.*s updated.",
		    STR_ARG(word_number(a, &d->words, r->n_new)),
		    STR_ARG(word_number(a, &d->words, r->n_updated)));
}

static void
on_refreshed(struct desk *d, const struct wire_refreshed *r)
{
	struct arena *a = d->frame;
	d->refresh.running = false;
	d->refresh.ended_ms = clock_monotonic_ms();
	if (r->err_kind != ERR_NONE && !d->offline)
		desk_say(d, ROLE_ERROR, "%.*s", STR_ARG(r->error));
	else if (r->stopped)
		desk_say(d, ROLE_STATUS, "Stopped. What has arrived is kept.");
	else if (d->offline)
		desk_say(d, ROLE_STATUS, "Offline. %.*s stories are stored. %.*s tries again",
		    STR_ARG(word_number(a, &d->words, d->counts.stories)),
		    STR_ARG(desk_key(d, COMMAND_REFRESH_ALL)));
	else if (r->n_failed == 0)
		say_refreshed(d, r);
}

static void
stop_fetching(struct desk *d, story_id id)
{
	for (size_t i = 0; i < d->n_fetching; i++)
		if (d->fetching[i] == id)
			d->fetching[i--] = d->fetching[--d->n_fetching];
}

/* A link that was followed by its address opens when it has come. */
static void
on_story(struct desk *d, const struct wire_story_news *n)
{
	stop_fetching(d, n->story);
	switch ((enum wire_story_state)n->state) {
	case WIRE_STORY_STORED:
	case WIRE_STORY_SHOWN:
		desk_check_store(d);
		if (n->state == WIRE_STORY_SHOWN)
			desk_say(d, ROLE_WARNING,
			    "The text could not be told apart; shown as received");
		break;
	case WIRE_STORY_GONE:
		desk_say(d, ROLE_WARNING, "It is gone from the site (404). %.*s tries the browser",
		    STR_ARG(desk_key(d, COMMAND_BROWSER)));
		break;
	case WIRE_STORY_QUEUED:
		desk_say(d, ROLE_STATUS,
		    "○ The full text is not stored. It will be fetched when online.");
		break;
	case WIRE_STORY_FAILED:
	case WIRE_STORY_REFUSED:
		desk_say(d, ROLE_ERROR, "%.*s", STR_ARG(n->error));
		break;
	}
	if (d->want_url.n && n->story != STORY_NONE && str_eq(d->want_url, n->url)) {
		free((char *)d->want_url.p);
		d->want_url = (struct str){0};
		desk_open_story(d, n->story, false);
	}
	struct screen *story = desk_story_screen(d);
	if (story && story->kind->changed)
		story->kind->changed(story, d);
}

/* What was marked, and the key that takes it back. */
static void
say_marked(struct desk *d, int64_t n)
{
	struct str count = word_number(d->frame, &d->words, n), undo = desk_key(d, COMMAND_UNDO);
	switch ((enum mark_what)d->mark_what) {
	case MARK_READ:
		desk_say(d, ROLE_STATUS, n == 1 ? "%.*s story marked read. %.*s undo"
						: "%.*s stories marked read. %.*s undo",
		    STR_ARG(count), STR_ARG(undo));
		break;
	case MARK_UNREAD:
		desk_say(d, ROLE_STATUS, n == 1 ? "%.*s story marked unread. %.*s undo"
						: "%.*s stories marked unread. %.*s undo",
		    STR_ARG(count), STR_ARG(undo));
		break;
	case MARK_STAR:
		desk_say(d, ROLE_STATUS, n == 1 ? "%.*s story starred. %.*s undo"
						: "%.*s stories starred. %.*s undo",
		    STR_ARG(count), STR_ARG(undo));
		break;
	case MARK_UNSTAR:
		desk_say(d, ROLE_STATUS, n == 1 ? "%.*s story no longer starred. %.*s undo"
						: "%.*s stories no longer starred. %.*s undo",
		    STR_ARG(count), STR_ARG(undo));
		break;
	}
}

static void
say_undone(struct desk *d, const struct wire_marked *m)
{
	bool undo = d->mark_what == -1;
	struct str count = word_number(d->frame, &d->words, m->n);
	if (m->change == 0)
		desk_say(d, ROLE_STATUS, undo ? "Nothing to undo." : "Nothing to redo.");
	else if (undo)
		desk_say(d, ROLE_STATUS, "Undone, stories: %.*s. %.*s redo", STR_ARG(count),
		    STR_ARG(desk_key(d, COMMAND_REDO)));
	else
		desk_say(d, ROLE_STATUS, "Redone, stories: %.*s. %.*s undo", STR_ARG(count),
		    STR_ARG(desk_key(d, COMMAND_UNDO)));
}

static void
on_marked(struct desk *d, const struct wire_marked *m)
{
	if (m->err_kind != ERR_NONE)
		desk_say(d, ROLE_ERROR, "%.*s", STR_ARG(m->error));
	else if (d->mark_what < 0)
		say_undone(d, m);
	else if (d->mark_said)
		say_marked(d, m->n);
	desk_check_store(d);
}

static void
on_probed(struct desk *d, const struct wire_probed *p)
{
	struct err e = {0};
	if (p->offers.n) {
		desk_prompt(d, PROMPT_ADD_FEED, "Address: ", p->offers.v[0].url, NULL);
		desk_say(d, ROLE_WARNING, "This is a web page. It offers %zu feeds; here is the first.",
		    p->offers.n);
		return;
	}
	if (p->err_kind != ERR_NONE) {
		desk_say(d, ROLE_ERROR, "%.*s", STR_ARG(p->error));
		return;
	}
	if (feeds_file_by_url(&d->app->feeds, p->url)) {
		desk_say(d, ROLE_STATUS, "That feed is there already.");
		return;
	}
	struct str title = arena_str(d->app->arena, p->title);
	if (!feeds_file_add(&d->app->feeds, p->url, title, STR(""), STR(""), &e)) {
		desk_say_err(d, &e);
		return;
	}
	if (desk_reload_feeds(d))
		desk_say(d, ROLE_OK, "Added %.*s, stories: %lld", STR_ARG(title),
		    (long long)p->n_items);
}

static void
on_ready(struct desk *d, const struct wire_ready *r)
{
	if (!str_eq(r->build, build_id())) {
		desk_say(d, ROLE_ERROR, "kawat-wire is of another build; install all three together");
		return;
	}
	if (r->err_kind != ERR_NONE) {
		desk_say(d, ROLE_ERROR, "%.*s", STR_ARG(r->error));
		return;
	}
	bool first = !d->wire_ready;
	d->wire_ready = true;
	d->other_refreshes = r->other_refreshes;
	desk_open_store(d);
	enum { NEVER, DUE, ALL };
	int64_t on_start = config_number(&d->app->config, OPT_on_start);
	if (first && !d->offline && on_start != NEVER && d->app->feeds.feeds.n)
		desk_ask_refresh(d, on_start == ALL ? WIRE_ALL : WIRE_DUE, NULL, on_start == ALL);
}

static void
on_moved(struct desk *d, const struct wire_moved *m)
{
	struct err e = {0};
	if (!feeds_file_move(&d->app->feeds, m->from, m->to, &e)) {
		desk_say_err(d, &e);
		return;
	}
	if (desk_reload_feeds(d))
		desk_say(d, ROLE_STATUS, "A feed moved to %.*s (address updated)",
		    STR_ARG(url_show(d->frame, m->to, 60)));
}

static void
on_log(struct desk *d, const struct wire_log *l)
{
	desk_log(d, l->level <= WIRE_LOG_ERROR ? ROLE_ERROR : ROLE_TEXT, l->text);
}

static void
on_parse_gone(struct desk *d, const struct wire_parse_gone *gone)
{
	struct err e = {0};
	if (gone->charset.n == 0)
		desk_say(d, ROLE_WARNING, "The parser was started again: %.*s",
		    STR_ARG(gone->why));
	if (!wire_client_new_parser(&d->wire, gone->charset, &e))
		desk_say_err(d, &e);
	watch(d);
}

/* One message; false: wire broke the protocol. */
#define TAKE(name, call)                                          \
	{                                                         \
		struct wire_##name m;                             \
		bool ok = wire_unpack_##name(a, f->body, &m);     \
		if (ok)                                           \
			call(d, &m);                              \
		return ok;                                        \
	}

static void
on_offline(struct desk *d, const struct wire_offline *o)
{
	if (o->offline && !d->offline)
		desk_say(d, ROLE_WARNING, "Offline. %.*s stories are stored.",
		    STR_ARG(word_number(d->frame, &d->words, d->counts.stories)));
	else if (!o->offline && d->offline)
		desk_say(d, ROLE_OK, "Online again.");
	d->offline = o->offline;
}

static void
on_changed(struct desk *d, const struct wire_changed *c)
{
	(void)c;
	desk_check_store(d);
}

static bool
on_frame(struct desk *d, struct arena *a, const struct frame *f)
{
	switch ((enum wire_type)f->type) {
	case WIRE_READY:
		TAKE(ready, on_ready)
	case WIRE_FEED:
		TAKE(feed_news, on_feed)
	case WIRE_REFRESHED:
		TAKE(refreshed, on_refreshed)
	case WIRE_STORY:
		TAKE(story_news, on_story)
	case WIRE_PROBED:
		TAKE(probed, on_probed)
	case WIRE_MOVED:
		TAKE(moved, on_moved)
	case WIRE_MARKED:
		TAKE(marked, on_marked)
	case WIRE_CHANGED:
		TAKE(changed, on_changed)
	case WIRE_LOG:
		TAKE(log, on_log)
	case WIRE_OFFLINE:
		TAKE(offline, on_offline)
	case WIRE_PARSE_GONE:
		TAKE(parse_gone, on_parse_gone)
	case WIRE_INDEXED:
		return true;
	default:
		return false;
	}
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
	watch(d);
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
		honest = on_frame(d, a, &f);
		if (f.fd >= 0)
			close(f.fd);
		arena_free(a);
	}
	desk_redraw(d);
	if (!alive || !honest || bad.kind != ERR_NONE)
		wire_is_gone(d);
	else
		watch(d);
}

void
desk_wire_begin(struct desk *d)
{
	struct err e = {0};
	if (!wire_client_start(&d->wire, &e)) {
		desk_say_err(d, &e);
		return;
	}
	watch(d);
}

void
desk_wire_end(struct desk *d)
{
	if (d->wire.channel.fd >= 0)
		loop_unwatch(d->loop, d->wire.channel.fd);
	wire_client_stop(&d->wire);
}
