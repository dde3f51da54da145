/*
 * Every message is a table of its fields: what kind, where in the struct, how large it may be.
 * One writer and one reader go over any table, so a bound is stated once and cannot be forgotten.
 */
#include "wire/protocol.h"

#include <string.h>

#include "base/frame.h"
#include "story/story.h"

enum kind { LINE, TEXT, BLOB, NUMBER, TRUTH, LINES, NUMBERS, RECORDS };

struct field {
	enum kind kind;
	size_t at; /* in the struct */
	int64_t min, max; /* of a number, or of the bytes of a string */
	size_t max_n; /* of a list */
	const struct field *record; /* of RECORDS */
	size_t n_record, record_size;
};

/* How every list of the header looks; read and written by memcpy, for its pointer has a type. */
struct list {
	void *v;
	size_t n;
};

#define ANY_TIME (INT64_MAX / 4) /* room for arithmetic on arrival */
#define F_LINE(s, f, limit) {.kind = LINE, .at = offsetof(struct s, f), .max = (limit)}
#define F_TEXT(s, f, limit) {.kind = TEXT, .at = offsetof(struct s, f), .max = (limit)}
#define F_BLOB(s, f, limit) {.kind = BLOB, .at = offsetof(struct s, f), .max = (limit)}
#define F_BOOL(s, f) {.kind = TRUTH, .at = offsetof(struct s, f), .max = 1}
#define F_INT(s, f, low, high) \
	{.kind = NUMBER, .at = offsetof(struct s, f), .min = (low), .max = (high)}
#define F_COUNT(s, f) F_INT(s, f, 0, ANY_TIME)
#define F_LINES(s, f, limit, many) \
	{.kind = LINES, .at = offsetof(struct s, f), .max = (limit), .max_n = (many)}
#define F_INTS(s, f, many) \
	{.kind = NUMBERS, .at = offsetof(struct s, f), .max = INT64_MAX, .max_n = (many)}
#define F_RECORDS(s, f, table, type, many)                                                   \
	{.kind = RECORDS, .at = offsetof(struct s, f), .max_n = (many), .record = (table), \
	    .n_record = COUNT_OF(table), .record_size = sizeof(type)}

#define MAX_SPAN_S (400LL * 366 * 24 * 3600) /* as good as for ever */
#define MAX_SAVED_BYTES (1024 * 1024) /* a trail of 10,000 steps is 200 KiB */

static const struct field hello_fields[] = {
	F_LINE(wire_hello, build, WIRE_MAX_NAME_BYTES),
};

static const struct field rule_fields[] = {
	F_INT(wire_rule, what, 0, WIRE_MAX_ENUM),
	F_LINE(wire_rule, query, WIRE_MAX_TEXT_BYTES),
};

static const struct field settings_fields[] = {
	F_LINE(wire_settings, data_dir, WIRE_MAX_PATH_BYTES),
	F_LINE(wire_settings, replay_dir, WIRE_MAX_PATH_BYTES),
	F_LINE(wire_settings, user_agent, WIRE_MAX_NAME_BYTES),
	F_LINE(wire_settings, proxy, WIRE_MAX_URL_BYTES),
	F_LINE(wire_settings, ca_file, WIRE_MAX_PATH_BYTES),
	F_LINE(wire_settings, netrc, WIRE_MAX_PATH_BYTES),
	F_BOOL(wire_settings, offline),
	F_BOOL(wire_settings, private_addresses),
	F_INT(wire_settings, sandbox, WIRE_BOX_AUTO, WIRE_BOX_REQUIRE),
	F_INT(wire_settings, interval_s, 0, MAX_SPAN_S),
	F_INT(wire_settings, every_s, 0, MAX_SPAN_S),
	F_INT(wire_settings, jobs, 1, 1024),
	F_INT(wire_settings, per_host, 1, 1024),
	F_INT(wire_settings, connect_timeout_ms, 1, INT32_MAX),
	F_INT(wire_settings, timeout_ms, 1, INT32_MAX),
	F_INT(wire_settings, retries, 0, 100),
	F_COUNT(wire_settings, max_feed_bytes),
	F_COUNT(wire_settings, max_page_bytes),
	F_INT(wire_settings, keep_s, 0, MAX_SPAN_S),
	F_INT(wire_settings, keep_unread_s, 0, MAX_SPAN_S),
	F_INT(wire_settings, full_text, WIRE_FULL_NEVER, WIRE_FULL_ALWAYS),
	F_INT(wire_settings, store_links, 0, 1000),
	F_COUNT(wire_settings, max_store_bytes),
	F_BOOL(wire_settings, sync_full),
	F_INT(wire_settings, undo_levels, 0, 1000000),
	F_INT(wire_settings, log_level, WIRE_LOG_ERROR, WIRE_LOG_DEBUG),
	F_RECORDS(wire_settings, rules, rule_fields, struct wire_rule, WIRE_MAX_RULES),
};

static const struct field subscription_fields[] = {
	F_LINE(wire_subscription, url, WIRE_MAX_URL_BYTES),
	F_LINE(wire_subscription, name, WIRE_MAX_NAME_BYTES),
	F_LINE(wire_subscription, section, WIRE_MAX_NAME_BYTES),
	F_LINE(wire_subscription, agency, WIRE_MAX_NAME_BYTES),
	F_LINE(wire_subscription, lang, WIRE_MAX_NAME_BYTES),
	F_LINE(wire_subscription, charset, WIRE_MAX_NAME_BYTES),
	F_LINE(wire_subscription, user_agent, WIRE_MAX_NAME_BYTES),
	F_LINE(wire_subscription, proxy, WIRE_MAX_URL_BYTES),
	F_LINE(wire_subscription, user, WIRE_MAX_NAME_BYTES),
	F_INT(wire_subscription, every_s, -1, MAX_SPAN_S),
	F_INT(wire_subscription, keep_s, -1, MAX_SPAN_S),
	F_INT(wire_subscription, max_items, -1, INT32_MAX),
	F_INT(wire_subscription, full_text, -1, WIRE_FULL_ALWAYS),
	F_BOOL(wire_subscription, paused),
	F_BOOL(wire_subscription, notify),
	F_BOOL(wire_subscription, hide),
};

static const struct field feeds_fields[] = {
	{.kind = RECORDS, .at = 0, .max_n = WIRE_MAX_FEEDS, .record = subscription_fields,
	    .n_record = COUNT_OF(subscription_fields),
	    .record_size = sizeof(struct wire_subscription)},
};

static const struct field refresh_fields[] = {
	F_COUNT(wire_refresh, request),
	F_INT(wire_refresh, scope, WIRE_DUE, WIRE_NAMED),
	F_LINES(wire_refresh, urls, WIRE_MAX_URL_BYTES, WIRE_MAX_FEEDS),
	F_BOOL(wire_refresh, force),
	F_BOOL(wire_refresh, full),
	F_INT(wire_refresh, history, 0, 1000000),
	F_INT(wire_refresh, jobs, 0, 1024),
};

static const struct field wanted_fields[] = {
	F_COUNT(wire_wanted, story),
	F_LINE(wire_wanted, url, WIRE_MAX_URL_BYTES),
};

static const struct field fetch_story_fields[] = {
	F_COUNT(wire_fetch_story, request),
	F_RECORDS(wire_fetch_story, pages, wanted_fields, struct wire_wanted, WIRE_MAX_WANTED),
	F_INT(wire_fetch_story, why, WIRE_OPENED, WIRE_LINKS),
	F_INT(wire_fetch_story, depth, 0, WIRE_MAX_DEPTH),
	F_INT(wire_fetch_story, budget, 0, INT32_MAX),
};

static const struct field probe_fields[] = {
	F_COUNT(wire_probe, request),
	F_LINE(wire_probe, url, WIRE_MAX_URL_BYTES),
	F_BOOL(wire_probe, guess),
};

static const struct field get_fields[] = {
	F_COUNT(wire_get, request),
	F_LINE(wire_get, url, WIRE_MAX_URL_BYTES),
	F_COUNT(wire_get, max_bytes),
};

static const struct field feed_bytes_fields[] = {
	F_COUNT(wire_feed_bytes, request),
	F_LINE(wire_feed_bytes, url, WIRE_MAX_URL_BYTES),
	F_BLOB(wire_feed_bytes, piece, FRAME_CHUNK_BYTES),
	F_BOOL(wire_feed_bytes, last),
};

static const struct field mark_fields[] = {
	F_COUNT(wire_mark, request),
	F_INT(wire_mark, what, 0, WIRE_MAX_ENUM),
	F_INT(wire_mark, scope, 0, WIRE_MAX_ENUM),
	F_INTS(wire_mark, ids, WIRE_MAX_IDS),
	F_COUNT(wire_mark, scope_id),
	F_LINE(wire_mark, scope_text, WIRE_MAX_URL_BYTES),
	F_INT(wire_mark, before_ord, 0, INT64_MAX),
};

static const struct field saved_fields[] = {
	F_BLOB(wire_saved, value, MAX_SAVED_BYTES),
};

static const struct field opened_fields[] = {
	F_COUNT(wire_opened, story),
};

static const struct field unqueue_fields[] = {
	F_LINE(wire_unqueue, url, WIRE_MAX_URL_BYTES),
};

static const struct field offline_fields[] = {
	F_BOOL(wire_offline, offline),
};

static const struct field ready_fields[] = {
	F_LINE(wire_ready, build, WIRE_MAX_NAME_BYTES),
	F_INT(wire_ready, err_kind, ERR_NONE, ERR_INPUT),
	F_LINE(wire_ready, error, WIRE_MAX_TEXT_BYTES),
	F_BOOL(wire_ready, boxed),
	F_BOOL(wire_ready, other_refreshes),
};

static const struct field feed_news_fields[] = {
	F_COUNT(wire_feed_news, request),
	F_LINE(wire_feed_news, url, WIRE_MAX_URL_BYTES),
	F_INT(wire_feed_news, phase, WIRE_WAITING, WIRE_DONE),
	F_INT(wire_feed_news, outcome, WIRE_NO_OUTCOME, WIRE_STOPPED),
	F_COUNT(wire_feed_news, n_bytes),
	F_COUNT(wire_feed_news, n_new),
	F_COUNT(wire_feed_news, n_updated),
	F_COUNT(wire_feed_news, n_items),
	F_INT(wire_feed_news, status, 0, 999),
	F_COUNT(wire_feed_news, ms),
	F_COUNT(wire_feed_news, next_at),
	F_INT(wire_feed_news, err_kind, ERR_NONE, ERR_INPUT),
	F_LINE(wire_feed_news, error, WIRE_MAX_TEXT_BYTES),
	F_COUNT(wire_feed_news, n_pages),
	F_COUNT(wire_feed_news, n_older),
	F_BOOL(wire_feed_news, older_left),
	F_BOOL(wire_feed_news, older_failed),
	F_LINE(wire_feed_news, older_says, WIRE_MAX_TEXT_BYTES),
};

static const struct field refreshed_fields[] = {
	F_COUNT(wire_refreshed, request),
	F_COUNT(wire_refreshed, n_feeds),
	F_COUNT(wire_refreshed, n_new),
	F_COUNT(wire_refreshed, n_updated),
	F_COUNT(wire_refreshed, n_unchanged),
	F_COUNT(wire_refreshed, n_not_due),
	F_COUNT(wire_refreshed, n_failed),
	F_COUNT(wire_refreshed, n_pages),
	F_COUNT(wire_refreshed, n_older),
	F_INT(wire_refreshed, err_kind, ERR_NONE, ERR_INPUT),
	F_LINE(wire_refreshed, error, WIRE_MAX_TEXT_BYTES),
	F_BOOL(wire_refreshed, stopped),
};

static const struct field indexed_fields[] = {
	F_COUNT(wire_indexed, request),
};

static const struct field story_news_fields[] = {
	F_COUNT(wire_story_news, request),
	F_COUNT(wire_story_news, story),
	F_LINE(wire_story_news, url, WIRE_MAX_URL_BYTES),
	F_INT(wire_story_news, state, WIRE_STORY_STORED, WIRE_STORY_WITHHELD),
	F_COUNT(wire_story_news, n_bytes),
	F_LINE(wire_story_news, error, WIRE_MAX_TEXT_BYTES),
	F_INT(wire_story_news, withheld, WITHHELD_NOT, WITHHELD_KINDS - 1),
	F_COUNT(wire_story_news, left),
};

static const struct field offer_fields[] = {
	F_LINE(wire_offer, url, WIRE_MAX_URL_BYTES),
	F_LINE(wire_offer, title, WIRE_MAX_TEXT_BYTES),
	F_LINE(wire_offer, type, WIRE_MAX_NAME_BYTES),
};

static const struct field probed_fields[] = {
	F_COUNT(wire_probed, request),
	F_LINE(wire_probed, url, WIRE_MAX_URL_BYTES),
	F_BOOL(wire_probed, known),
	F_LINE(wire_probed, title, WIRE_MAX_TEXT_BYTES),
	F_LINE(wire_probed, lang, WIRE_MAX_NAME_BYTES),
	F_COUNT(wire_probed, n_items),
	F_COUNT(wire_probed, n_new),
	F_INT(wire_probed, err_kind, ERR_NONE, ERR_INPUT),
	F_LINE(wire_probed, error, WIRE_MAX_TEXT_BYTES),
	F_RECORDS(wire_probed, offers, offer_fields, struct wire_offer, WIRE_MAX_OFFERS),
};

static const struct field got_fields[] = {
	F_COUNT(wire_got, request),
	F_LINE(wire_got, url, WIRE_MAX_URL_BYTES),
	F_LINE(wire_got, content_type, WIRE_MAX_TEXT_BYTES),
	F_INT(wire_got, err_kind, ERR_NONE, ERR_INPUT),
	F_LINE(wire_got, error, WIRE_MAX_TEXT_BYTES),
};

static const struct field moved_fields[] = {
	F_LINE(wire_moved, from, WIRE_MAX_URL_BYTES),
	F_LINE(wire_moved, to, WIRE_MAX_URL_BYTES),
};

static const struct field marked_fields[] = {
	F_COUNT(wire_marked, request),
	F_COUNT(wire_marked, change),
	F_COUNT(wire_marked, n),
	F_INT(wire_marked, err_kind, ERR_NONE, ERR_INPUT),
	F_LINE(wire_marked, error, WIRE_MAX_TEXT_BYTES),
};

static const struct field changed_fields[] = {
	F_COUNT(wire_changed, n_new),
	F_COUNT(wire_changed, n_updated),
};

static const struct field alert_fields[] = {
	F_COUNT(wire_alert, story),
	F_LINE(wire_alert, title, WIRE_MAX_TEXT_BYTES),
	F_LINE(wire_alert, rule, WIRE_MAX_TEXT_BYTES),
};

static const struct field log_fields[] = {
	F_INT(wire_log, level, WIRE_LOG_ERROR, WIRE_LOG_DEBUG),
	F_LINE(wire_log, text, WIRE_MAX_TEXT_BYTES),
};

static const struct field parse_gone_fields[] = {
	F_LINE(wire_parse_gone, why, WIRE_MAX_TEXT_BYTES),
	F_LINE(wire_parse_gone, charset, WIRE_MAX_NAME_BYTES),
};

static struct list
list_get(const char *at)
{
	struct list l;
	memcpy(&l, at, sizeof(l));
	return l;
}

static void pack_fields(struct buf *, const struct field *, size_t n, const char *record);

static void
pack_list(struct buf *b, const struct field *f, struct list l)
{
	pack_int(b, (int64_t)l.n);
	const char *v = l.v;
	for (size_t i = 0; i < l.n; i++) {
		if (f->kind == LINES)
			pack_str(b, ((const struct str *)l.v)[i]);
		else if (f->kind == NUMBERS)
			pack_int(b, ((const int64_t *)l.v)[i]);
		else
			pack_fields(b, f->record, f->n_record, v + i * f->record_size);
	}
}

static void
pack_field(struct buf *b, const struct field *f, const char *at)
{
	switch (f->kind) {
	case LINE:
	case TEXT:
		pack_str(b, *(const struct str *)(const void *)at);
		break;
	case BLOB:
		pack_bytes(b, *(const struct bytes *)(const void *)at);
		break;
	case NUMBER:
		pack_int(b, *(const int64_t *)(const void *)at);
		break;
	case TRUTH:
		pack_int(b, *(const bool *)(const void *)at);
		break;
	case LINES:
	case NUMBERS:
	case RECORDS:
		pack_list(b, f, list_get(at));
		break;
	}
}

/* Records lie one level deep: a table never names itself. */
static void
pack_fields(struct buf *b, const struct field *f, size_t n, const char *record)
{
	for (size_t i = 0; i < n; i++)
		pack_field(b, &f[i], record + f[i].at);
}

static struct str
unpack_bounded(struct arena *a, struct unpack *u, const struct field *f)
{
	struct str s = f->kind == LINE ? unpack_line(u) : unpack_str(u);
	if (s.n > (uint64_t)f->max)
		u->ok = false;
	return u->ok ? arena_str(a, s) : STR("");
}

static struct bytes
unpack_blob(struct arena *a, struct unpack *u, const struct field *f)
{
	struct bytes b = unpack_bytes(u);
	if (b.n > (uint64_t)f->max)
		u->ok = false;
	if (!u->ok || b.n == 0)
		return bytes_of("", 0);
	unsigned char *copy = arena_alloc(a, b.n);
	memcpy(copy, b.p, b.n);
	return bytes_of(copy, b.n);
}

static void unpack_fields(struct arena *, struct unpack *, const struct field *, size_t n,
    char *record);

/* An element takes 8 bytes at least, so a short body cannot ask for a long array. */
static void
unpack_list(struct arena *a, struct unpack *u, const struct field *f, char *at)
{
	int64_t n = unpack_range(u, 0, (int64_t)f->max_n);
	if (u->ok && (uint64_t)n > u->rest.n / 8)
		u->ok = false;
	struct list l = {NULL, 0};
	if (u->ok && n > 0) {
		size_t size = f->kind == LINES ? sizeof(struct str)
		    : f->kind == NUMBERS       ? sizeof(int64_t)
					       : f->record_size;
		l.v = arena_array(a, (size_t)n, size);
		l.n = (size_t)n;
	}
	char *v = l.v;
	for (size_t i = 0; i < l.n && u->ok; i++) {
		if (f->kind == LINES) {
			struct field line = {.kind = LINE, .max = f->max};
			((struct str *)l.v)[i] = unpack_bounded(a, u, &line);
		} else if (f->kind == NUMBERS) {
			((int64_t *)l.v)[i] = unpack_range(u, f->min, f->max);
		} else {
			unpack_fields(a, u, f->record, f->n_record, v + i * f->record_size);
		}
	}
	memcpy(at, &l, sizeof(l));
}

static void
unpack_field(struct arena *a, struct unpack *u, const struct field *f, char *at)
{
	switch (f->kind) {
	case LINE:
	case TEXT:
		*(struct str *)(void *)at = unpack_bounded(a, u, f);
		break;
	case BLOB:
		*(struct bytes *)(void *)at = unpack_blob(a, u, f);
		break;
	case NUMBER:
		*(int64_t *)(void *)at = unpack_range(u, f->min, f->max);
		break;
	case TRUTH:
		*(bool *)(void *)at = unpack_range(u, 0, 1) == 1;
		break;
	case LINES:
	case NUMBERS:
	case RECORDS:
		unpack_list(a, u, f, at);
		break;
	}
}

static void
unpack_fields(struct arena *a, struct unpack *u, const struct field *f, size_t n, char *record)
{
	for (size_t i = 0; i < n && u->ok; i++)
		unpack_field(a, u, &f[i], record + f[i].at);
}

static bool
unpack_message(struct arena *a, struct bytes body, const struct field *f, size_t n, char *message)
{
	struct unpack u = unpack_begin(body);
	unpack_fields(a, &u, f, n, message);
	return unpack_end(&u);
}

#define DEFINE(name)                                                                        \
	void wire_pack_##name(struct buf *b, const struct wire_##name *message)             \
	{                                                                                   \
		pack_fields(b, name##_fields, COUNT_OF(name##_fields),                      \
		    (const char *)message);                                                 \
	}                                                                                   \
	bool wire_unpack_##name(struct arena *a, struct bytes body,                         \
	    struct wire_##name *message)                                                    \
	{                                                                                   \
		*message = (struct wire_##name){0};                                         \
		return unpack_message(a, body, name##_fields, COUNT_OF(name##_fields),      \
		    (char *)message);                                                       \
	}
WIRE_MESSAGES(DEFINE)
#undef DEFINE

const char *
wire_type_name(int64_t type)
{
	static const char *const names[] = {[WIRE_HELLO] = "hello", [WIRE_SETTINGS] = "settings",
	    [WIRE_FEEDS] = "feeds", [WIRE_REFRESH] = "refresh", [WIRE_STOP] = "stop",
	    [WIRE_FETCH_STORY] = "fetch-story", [WIRE_PROBE] = "probe", [WIRE_GET] = "get",
	    [WIRE_FEED_BYTES] = "feed-bytes", [WIRE_MARK] = "mark", [WIRE_UNDO] = "undo",
	    [WIRE_REDO] = "redo", [WIRE_TRAIL_SAVE] = "trail-save", [WIRE_HISTORY] = "history",
	    [WIRE_OPENED_STORY] = "opened-story", [WIRE_UNQUEUE] = "unqueue",
	    [WIRE_SET_OFFLINE] = "set-offline", [WIRE_PARSE] = "parse", [WIRE_QUIT] = "quit",
	    [WIRE_GREETED] = "greeted", [WIRE_READY] = "ready", [WIRE_FEED] = "feed", [WIRE_REFRESHED] = "refreshed",
	    [WIRE_INDEXED] = "indexed", [WIRE_STORY] = "story", [WIRE_PROBED] = "probed",
	    [WIRE_MOVED] = "moved", [WIRE_MARKED] = "marked", [WIRE_CHANGED] = "changed",
	    [WIRE_PARSE_GONE] = "parse-gone", [WIRE_LOG] = "log", [WIRE_OFFLINE] = "offline",
	    [WIRE_ALERT] = "alert", [WIRE_GOT] = "got"};
	if (type < 0 || type >= (int64_t)COUNT_OF(names) || !names[type])
		return "unknown";
	return names[type];
}
