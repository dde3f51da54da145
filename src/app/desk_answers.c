/*
 * What wire answers: how far a refresh is, that a page has come, that marks were made.  Each message
 * changes what the desk shows; nothing here waits.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/desk.h"
#include "store/mark.h"
#include "story/parse_protocol.h"
#include "text/url.h"
#include "view/fault.h"

static void
say_fault(struct desk *d, struct str english)
{
	desk_say(d, ROLE_ERROR, "%.*s", STR_ARG(fault_say(d->frame, &d->words, english)));
}

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
	desk_notify_feed(d, n->url, n->n_new);
	d->refresh.n_done++;
	d->refresh.n_new += n->n_new;
	d->refresh.n_updated += n->n_updated;
	d->refresh.n_bytes += n->n_bytes;
	if (row->state != REFRESH_FAILED)
		return;
	d->refresh.n_failed++;
	row->error = arena_str(d->app->arena, n->error);
	if (!d->offline)
		desk_say(d, ROLE_ERROR, "%.*s: %.*s", STR_ARG(row->name),
		    STR_ARG(fault_say(d->frame, &d->words, n->error)));
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
	desk_check_store(d); /* the states of feeds, also when no story came */
	desk_notify_news(d, r->n_new);
	if (r->err_kind != ERR_NONE && !d->offline)
		say_fault(d, r->error);
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

/* What the page shows in the place of the story; the browser may get past it. */
static void
say_withheld(struct desk *d, enum story_withheld what)
{
	struct str key = desk_key(d, COMMAND_BROWSER);

	switch (what) {
	case WITHHELD_PAYWALL:
		desk_say(d, ROLE_WARNING, "The site keeps the rest for subscribers. %.*s opens the "
		    "browser", STR_ARG(key));
		break;
	case WITHHELD_CONSENT:
		desk_say(d, ROLE_WARNING, "The site asks for consent first. %.*s opens the browser",
		    STR_ARG(key));
		break;
	case WITHHELD_LOGIN:
		desk_say(d, ROLE_WARNING, "The site asks to log in first. %.*s opens the browser",
		    STR_ARG(key));
		break;
	case WITHHELD_ROBOT:
		desk_say(d, ROLE_WARNING, "The site lets only browsers in. %.*s opens it there",
		    STR_ARG(key));
		break;
	case WITHHELD_ERROR:
	case WITHHELD_NOT:
	case WITHHELD_KINDS:
		desk_say(d, ROLE_WARNING, "The site shows an error in its place. %.*s opens the "
		    "browser", STR_ARG(key));
		break;
	}
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
	case WIRE_STORY_KEPT:
		break;
	case WIRE_STORY_FAILED:
	case WIRE_STORY_REFUSED:
		say_fault(d, n->error);
		break;
	case WIRE_STORY_WITHHELD:
		desk_check_store(d);
		say_withheld(d, (enum story_withheld)n->withheld);
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
		desk_say(d, ROLE_STATUS, m->n == 1 ? "Undone: %.*s story is as it was. %.*s redo"
						   : "Undone: %.*s stories are as they were. %.*s redo",
		    STR_ARG(count), STR_ARG(desk_key(d, COMMAND_REDO)));
	else
		desk_say(d, ROLE_STATUS, m->n == 1 ? "Done again: %.*s story. %.*s undo"
						   : "Done again: %.*s stories. %.*s undo",
		    STR_ARG(count), STR_ARG(desk_key(d, COMMAND_UNDO)));
}

static void
on_marked(struct desk *d, const struct wire_marked *m)
{
	if (m->err_kind != ERR_NONE)
		say_fault(d, m->error);
	else if (d->mark_what < 0)
		say_undone(d, m);
	else if (d->mark_said)
		say_marked(d, m->n);
	expected_answered(d->expected, m->request, m->err_kind == ERR_NONE && m->change != 0);
	desk_reload_store(d);
}

/* Its own line, or that of the page that led to it. */
static bool
keep_found(struct desk *d, struct str url, struct str title, struct err *e)
{
	struct feeds_file *f = &d->app->feeds;
	if (d->probe_for.n && feeds_file_by_url(f, d->probe_for))
		return feeds_file_move(f, d->probe_for, url, e);
	return feeds_file_add(f, url, title, STR(""), STR(""), e);
}

static void
on_probed(struct desk *d, const struct wire_probed *p)
{
	struct err e = {0};
	if (p->offers.n) {
		desk_push_take(d, offers_screen_new(d, &p->offers, d->probe_for));
		desk_say(d, ROLE_WARNING, "This is a web page. It offers %zu feeds: Enter chooses",
		    p->offers.n);
		return;
	}
	if (p->err_kind != ERR_NONE) {
		say_fault(d, p->error);
		return;
	}
	if (p->known || feeds_file_by_url(&d->app->feeds, p->url)) {
		desk_say(d, ROLE_STATUS, "That feed is there already.");
		return;
	}
	struct str title = arena_str(d->app->arena, p->title);
	if (!keep_found(d, p->url, title, &e)) {
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
		say_fault(d, r->error);
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
on_alert(struct desk *d, const struct wire_alert *alert)
{
	desk_alert(d, alert->title);
}

static void
on_parse_gone(struct desk *d, const struct wire_parse_gone *gone)
{
	struct err e = {0};
	if (gone->why.n && gone->charset.n == 0)
		desk_say(d, ROLE_WARNING, "The parser was started again: %.*s",
		    STR_ARG(gone->why));
	if (!wire_client_new_parser(&d->wire, gone->charset, &e))
		desk_say_err(d, &e);
	desk_watch_wire(d);
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

/*
 * While a refresh runs wire tells hundreds of things a second.  The first is looked at at once, what
 * follows a few times a second, and the store once a second: with a thousand feeds that takes some
 * milliseconds, and the time belongs to the keys.
 */
enum { NEWS_MS = 300, STORE_NEWS_MS = 1000 };

static void
look_at_store(struct desk *d)
{
	int64_t now = clock_monotonic_ms();
	if (now - d->store_looked_ms < STORE_NEWS_MS)
		return;
	d->store_looked_ms = now;
	d->store_news = false;
	desk_check_store(d);
}

static void
look_at_news(void *ctx)
{
	struct desk *d = ctx;
	d->news_timer = 0;
	if (!d->news && !d->store_news)
		return;
	d->news = false;
	if (d->store_news)
		look_at_store(d);
	d->news_timer = loop_after(d->loop, NEWS_MS, look_at_news, d);
	desk_redraw(d);
}

void
desk_news_came(struct desk *d)
{
	d->news = true;
	if (!d->news_timer)
		look_at_news(d);
}

void
desk_look_soon(struct desk *d)
{
	loop_cancel(d->loop, d->news_timer);
	d->news_timer = 0;
	d->store_looked_ms = INT64_MIN / 2;
}

static void
on_changed(struct desk *d, const struct wire_changed *c)
{
	(void)c;
	d->store_news = true;
}

bool
desk_answer(struct desk *d, struct arena *a, const struct frame *f)
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
	case WIRE_ALERT:
		TAKE(alert, on_alert)
	case WIRE_LOG:
		TAKE(log, on_log)
	case WIRE_OFFLINE:
		TAKE(offline, on_offline)
	case WIRE_PARSE_GONE:
		TAKE(parse_gone, on_parse_gone)
	case WIRE_GREETED:
	case WIRE_INDEXED:
		return true;
	default:
		return false;
	}
}
