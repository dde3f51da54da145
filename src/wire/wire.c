#include "wire/wire.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>

#include "store/feeds.h"
#include "text/clean.h"
#include "wire/parser.h"

enum { CHANGED_PAUSE_MS = 200 }; /* the list on the screen is looked at again at most so often */

void
wire_when_free(struct wire *w, void (*call)(void *ctx), void *ctx)
{
	if (!w->store_taken && w->deferred.n == 0) {
		call(ctx);
		return;
	}
	if (w->deferred.n == w->deferred.cap) {
		w->deferred.cap = w->deferred.cap ? w->deferred.cap * 2 : 16;
		w->deferred.v =
		    heap_resize(w->deferred.v, w->deferred.cap * sizeof(*w->deferred.v));
	}
	w->deferred.v[w->deferred.n++] = (struct wire_deferred){call, ctx};
}

void
wire_leave_network(struct wire *w, struct request **asking, struct schedule_job **turn)
{
	if (*asking)
		request_cancel(*asking);
	if (*turn)
		schedule_end(w->schedule, *turn);
	*asking = NULL;
	*turn = NULL;
}

void
wire_take_store(struct wire *w)
{
	w->store_taken = true;
}

/* A call may take the store again; those behind it then wait on. */
void
wire_give_store(struct wire *w)
{
	w->store_taken = false;
	size_t done = 0;
	while (done < w->deferred.n && !w->store_taken) {
		struct wire_deferred d = w->deferred.v[done++];
		d.call(d.ctx);
	}
	for (size_t i = done; i < w->deferred.n; i++)
		w->deferred.v[i - done] = w->deferred.v[i];
	w->deferred.n -= done;
}

void
wire_start_more(struct wire *w)
{
	if (!w->quitting && parser_backlog(w->parser) < WIRE_MAX_BACKLOG_BYTES)
		schedule_run(w->schedule);
}

bool
wire_sync_feeds(struct wire *w, struct err *e)
{
	if (w->sync_err.kind != ERR_NONE &&
	    clock_monotonic_ms() - w->sync_failed_ms < WIRE_SYNC_AGAIN_MS) {
		*e = w->sync_err;
		return false;
	}
	struct arena *a = arena_new();
	struct str *urls = ARENA_ARRAY(a, struct str, w->feeds.n + 1);
	feed_id *ids = ARENA_ARRAY(a, feed_id, w->feeds.n + 1);
	for (size_t i = 0; i < w->feeds.n; i++)
		urls[i] = w->feeds.v[i].url;
	w->feeds_synced = feeds_sync(w->store, urls, w->feeds.n, clock_now(), ids, e);
	for (size_t i = 0; i < w->feeds.n && w->feeds_synced; i++)
		w->sources[i].id = ids[i];
	arena_free(a);
	w->sync_err = w->feeds_synced ? (struct err){0} : *e;
	w->sync_failed_ms = clock_monotonic_ms();
	return w->feeds_synced;
}

struct wire_source *
wire_source_of(struct wire *w, struct str url)
{
	for (size_t i = 0; i < w->feeds.n; i++)
		if (str_eq(w->feeds.v[i].url, url))
			return &w->sources[i];
	return NULL;
}

struct str
wire_typed_for(struct wire *w, struct str url)
{
	struct arena *a = arena_new();
	struct target page, feed;
	struct str found = STR("");
	if (target_of(a, url, &page, NULL)) {
		for (size_t i = 0; i < w->feeds.n && !found.n; i++)
			if (str_find_nocase(w->feeds.v[i].url, page.host) != STR_NONE &&
			    target_of(a, w->feeds.v[i].url, &feed, NULL) &&
			    target_same_host(&page, &feed))
				found = w->feeds.v[i].url;
	}
	arena_free(a);
	return found;
}

int32_t
wire_zone_offset_s(int64_t at)
{
	time_t t = (time_t)at;
	struct tm tm = {0};
	localtime_r(&t, &tm);
	return (int32_t)tm.tm_gmtoff;
}

struct query_feeds
wire_named_feeds(const struct wire *w, struct arena *a)
{
	struct query_feed *v = ARENA_ARRAY(a, struct query_feed, w->feeds.n + 1);
	for (size_t i = 0; i < w->feeds.n; i++) {
		const struct wire_subscription *s = &w->feeds.v[i];
		v[i] = (struct query_feed){.id = w->sources[i].id, .url = s->url, .name = s->name,
		    .section = s->section, .hide = s->hide};
	}
	return (struct query_feeds){v, w->feeds.n};
}

int64_t
wire_every_s(const struct wire *w, const struct wire_subscription *sub)
{
	return sub->every_s >= 0 ? sub->every_s : w->settings.every_s;
}

/* --- to desk ------------------------------------------------------------------------------------ */

/* Everything queued in one turn goes out in one write. */
static void
tell(struct wire *w, enum wire_type type, struct buf *body)
{
	channel_queue(&w->desk, (uint8_t)type, bytes_of_str(buf_str(body)));
	buf_clear(body);
}

#define TELL(name, type)                                                    \
	void tell_##name(struct wire *w, const struct wire_##name *message) \
	{                                                                   \
		struct buf b = {0};                                         \
		wire_pack_##name(&b, message);                              \
		tell(w, type, &b);                                          \
	}
TELL(feed_news, WIRE_FEED)
TELL(refreshed, WIRE_REFRESHED)
TELL(story_news, WIRE_STORY)
TELL(probed, WIRE_PROBED)
TELL(moved, WIRE_MOVED)
TELL(marked, WIRE_MARKED)
TELL(parse_gone, WIRE_PARSE_GONE)
TELL(ready, WIRE_READY)
TELL(alert, WIRE_ALERT)
#undef TELL

/* At once: what follows, opening the store, may block for long. */
void
tell_greeted(struct wire *w)
{
	struct err gone; /* whoever reads next notices */
	struct buf b = {0};
	tell(w, WIRE_GREETED, &b);
	if (!channel_flush(&w->desk, &gone))
		w->quitting = true;
}

void
tell_indexed(struct wire *w, int64_t request)
{
	struct buf b = {0};
	wire_pack_indexed(&b, &(struct wire_indexed){request});
	tell(w, WIRE_INDEXED, &b);
}

void
tell_offline(struct wire *w, bool offline)
{
	struct buf b = {0};
	wire_pack_offline(&b, &(struct wire_offline){offline});
	tell(w, WIRE_OFFLINE, &b);
}

static void
say_changed(void *ctx)
{
	struct wire *w = ctx;
	struct buf b = {0};
	wire_pack_changed(&b, &w->changed);
	tell(w, WIRE_CHANGED, &b);
	w->changed = (struct wire_changed){0};
	w->changed_timer = 0;
}

void
tell_changed(struct wire *w, int64_t n_new, int64_t n_updated)
{
	w->changed.n_new += n_new;
	w->changed.n_updated += n_updated;
	if (!w->changed_timer && (n_new || n_updated))
		w->changed_timer = loop_after(w->loop, CHANGED_PAUSE_MS, say_changed, w);
}

void
tell_changed_now(struct wire *w, int64_t n_updated)
{
	w->changed.n_updated += n_updated;
	loop_cancel(w->loop, w->changed_timer);
	say_changed(w);
}

void
tell_log(struct wire *w, enum wire_log_level level, const char *fmt, ...)
{
	char text[WIRE_MAX_TEXT_BYTES];
	if (level > w->settings.log_level)
		return;
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	size_t length = n < 0 ? 0 : (size_t)n < sizeof(text) ? (size_t)n : sizeof(text) - 1;
	struct arena *a = arena_new();
	struct wire_log line = {level, text_clean_line(a, bytes_of(text, length))};
	struct buf b = {0};
	if (line.text.n <= sizeof(text))
		wire_pack_log(&b, &line);
	if (b.n)
		tell(w, WIRE_LOG, &b);
	arena_free(a);
}
