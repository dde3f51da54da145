/*
 * What desk and wire say to each other, one struct a message, each a frame of base/frame.h.
 *
 * Every message has wire_pack_NAME, which appends the body of its frame to a buf, and
 * wire_unpack_NAME, which reads one: strings and lists then live in the arena, every string is
 * clean (one line, except where noted) and within its bound, every number within its range, and
 * nothing is left over.  False: the peer broke the protocol and is given up.
 *
 * A talk begins with HELLO from desk and READY from wire (both carry the build's id; a stranger is
 * refused), then SETTINGS and FEEDS, which may come again at any time and replace what was said
 * before.  PARSE brings wire's end of a socketpair to a new parse process, which wire asks for by
 * PARSE_GONE when the first body is there to be read.  End of file on the socket means QUIT.  A message without a struct here has an empty body.
 *
 * Times are seconds since 1970 UTC or durations in the unit that the name says.
 */
#ifndef KAWAT_WIRE_PROTOCOL_H
#define KAWAT_WIRE_PROTOCOL_H

#include "base/arena.h"
#include "base/buf.h"

/* The descriptor that desk gives to the wire process: the channel to desk. */
enum { WIRE_DESK_FD = 3 };

enum {
	WIRE_MAX_FEEDS = 20000, /* a frame must hold the whole feeds file */
	WIRE_MAX_URL_BYTES = 64 * 1024, /* as for any address in kawat */
	WIRE_MAX_NAME_BYTES = 1024, /* names, sections, short options */
	WIRE_MAX_PATH_BYTES = 4096, /* PATH_MAX of Linux */
	WIRE_MAX_TEXT_BYTES = 4096, /* a sentence for a person */
	WIRE_MAX_IDS = 100000, /* story ids in one mark; more are named by a scope */
	WIRE_MAX_ENUM = 63, /* of what store/mark.h numbers */
	WIRE_MAX_OFFERS = 64, /* feeds that a page offers; more are noise */
	WIRE_MAX_RULES = 100,
	WIRE_MAX_WANTED = 5000, /* pages in one order; more is a crawl */
	WIRE_MAX_DEPTH = 5, /* steps along read-also links */
	WIRE_NEVER = 0, /* a time that never comes, or was never */
};

enum wire_type {
	/* desk to wire */
	WIRE_HELLO = 1, /* struct wire_hello */
	WIRE_SETTINGS, /* struct wire_settings */
	WIRE_FEEDS, /* struct wire_feeds: all that are subscribed */
	WIRE_REFRESH, /* struct wire_refresh; a second one while one runs joins it */
	WIRE_STOP, /* end the refresh that runs; what has arrived is kept */
	WIRE_FETCH_STORY, /* struct wire_fetch_story */
	WIRE_PROBE, /* struct wire_probe */
	WIRE_FEED_BYTES, /* struct wire_feed_bytes: a feed that comes by pipe, in pieces */
	WIRE_MARK, /* struct wire_mark */
	WIRE_UNDO, /* the last change that is not undone */
	WIRE_REDO,
	WIRE_TRAIL_SAVE, /* struct wire_saved: where the reader is, for the next start */
	WIRE_HISTORY, /* struct wire_saved: one search or filter more that was typed */
	WIRE_OPENED_STORY, /* struct wire_opened: remember that the reader opened it */
	WIRE_UNQUEUE, /* struct wire_unqueue: a story need not be fetched after all */
	WIRE_SET_OFFLINE, /* struct wire_offline */
	WIRE_PARSE, /* with a descriptor: the channel to a new parse process */
	WIRE_GET, /* struct wire_get: for `kawat parse URL` and `extract URL` */
	WIRE_QUIT, /* finish the transaction, close the store, end */

	/* wire to desk */
	WIRE_GREETED = 31, /* at once after HELLO: it lives, READY may take its time (a store in use) */
	WIRE_READY, /* struct wire_ready: once, when HELLO, SETTINGS and FEEDS have come */
	WIRE_FEED, /* struct wire_feed_news: a feed has reached a phase */
	WIRE_REFRESHED, /* struct wire_refreshed: all headlines can be listed */
	WIRE_INDEXED, /* struct wire_indexed: and can be searched */
	WIRE_STORY, /* struct wire_story_news: answer to FETCH_STORY, one a story */
	WIRE_PROBED, /* struct wire_probed */
	WIRE_MOVED, /* struct wire_moved: rewrite the feeds file */
	WIRE_MARKED, /* struct wire_marked: answer to MARK, UNDO and REDO */
	WIRE_CHANGED, /* struct wire_changed: the store has news for the screen */
	WIRE_PARSE_GONE, /* struct wire_parse_gone: kill it, if any, start another, send WIRE_PARSE */
	WIRE_LOG, /* struct wire_log */
	WIRE_OFFLINE, /* struct wire_offline: wire has noticed by itself */
	WIRE_ALERT, /* struct wire_alert: a story that came met an alert rule */
	WIRE_GOT, /* struct wire_got, with a descriptor when it went well */
};

struct wire_strs {
	struct str *v;
	size_t n;
};

/* --- desk to wire ------------------------------------------------------------------------------ */

struct wire_hello {
	struct str build; /* the id of the build, compared byte by byte */
};

/* A line of [rules]; the numbers are those of store/rules.h. */
struct wire_rule {
	int64_t what;
	struct str query;
};

struct wire_rules {
	struct wire_rule *v;
	size_t n;
};

/* Values as in UX.md 7.1; the numbers are stable only within a build. */
enum wire_full_text { WIRE_FULL_NEVER, WIRE_FULL_ON_OPEN, WIRE_FULL_ALWAYS };
enum wire_sandbox { WIRE_BOX_AUTO, WIRE_BOX_REQUIRE };

struct wire_settings {
	struct str data_dir; /* exists, 0700; the store is in it */
	struct str replay_dir; /* empty: the network */
	struct str user_agent; /* never empty: desk has resolved `auto` */
	struct str proxy; /* "auto": the environment; "none"; or an address */
	struct str ca_file; /* empty: the system's */
	struct str netrc; /* path of the file with passwords for `user=`; empty: none */
	bool offline; /* from the start: no request at all */
	bool private_addresses;
	int64_t sandbox; /* enum wire_sandbox */
	int64_t interval_s; /* between refreshes by itself; 0: only when asked (every verb) */
	int64_t every_s; /* of feeds that name no interval of their own */
	int64_t jobs, per_host;
	int64_t connect_timeout_ms, timeout_ms;
	int64_t retries;
	int64_t max_feed_bytes, max_page_bytes; /* 0: no limit */
	/* [store] */
	int64_t keep_s, keep_unread_s; /* 0: for ever */
	int64_t full_text; /* enum wire_full_text */
	int64_t store_links;
	int64_t max_store_bytes; /* 0: no limit */
	bool sync_full;
	int64_t undo_levels;
	int64_t log_level; /* enum wire_log_level: what is worth a LOG message */
	struct wire_rules rules; /* [rules], in order; their queries were read once */
};

/* One line of the feeds file.  Strings may be empty, numbers -1: as in the settings. */
struct wire_subscription {
	struct str url; /* http, https, file:, spool: or pipe:; the feed's identity everywhere */
	struct str name, section, agency, lang, charset;
	struct str user_agent, proxy, user;
	int64_t every_s, keep_s, max_items;
	int64_t full_text; /* enum wire_full_text or -1 */
	bool paused, notify, hide;
};

struct wire_feeds {
	struct wire_subscription *v;
	size_t n;
};

enum wire_scope { WIRE_DUE, WIRE_ALL, WIRE_NAMED };

struct wire_refresh {
	int64_t request; /* chosen by desk, comes back in the answers */
	int64_t scope; /* enum wire_scope */
	struct wire_strs urls; /* for WIRE_NAMED */
	bool force; /* also what is not due (`R` and --force); courtesy per host stays */
	bool full; /* full texts too */
	int64_t history; /* documents of its archive (RFC 5005) a feed at most; 0: none */
	int64_t jobs; /* 0: as in the settings */
};

enum wire_why {
	WIRE_OPENED, /* the reader looks at it now */
	WIRE_STORE, /* asked to keep it for offline */
	WIRE_LINKS, /* ahead of the reader: robots.txt is asked */
};

struct wire_wanted {
	int64_t story; /* id, or 0: by its address */
	struct str url;
};

struct wire_fetch_story {
	int64_t request;
	struct wire_wanteds {
		struct wire_wanted *v;
		size_t n; /* 1 to WIRE_MAX_WANTED */
	} pages;
	int64_t why; /* enum wire_why */
	int64_t depth; /* how many steps of their read-also links to fetch too, 0 to WIRE_MAX_DEPTH */
	int64_t budget; /* pages at most beside those, all depths together */
};

struct wire_probe {
	int64_t request;
	struct str url; /* as typed; may be a page that names its feeds */
	bool guess; /* names it none: try the usual paths of its site */
};

struct wire_get {
	int64_t request;
	struct str url; /* as typed */
	int64_t max_bytes; /* 0: no limit */
};

struct wire_feed_bytes {
	int64_t request;
	struct str url; /* of the feed it is for; it is subscribed */
	struct bytes piece; /* at most FRAME_CHUNK_BYTES */
	bool last; /* no more: parse it, answer by FEED and REFRESHED */
};

struct wire_ids {
	int64_t *v;
	size_t n;
};

/* As struct mark of store/mark.h, whose numbers `what` and `scope` are. */
struct wire_mark {
	int64_t request;
	int64_t what, scope;
	struct wire_ids ids; /* for MARK_IDS */
	int64_t scope_id; /* the feed_id, for MARK_FEED */
	struct str scope_text; /* the query, for MARK_QUERY */
	int64_t before_ord; /* nothing that is newer than what the reader saw; 0: no bound */
};

struct wire_saved {
	struct bytes value; /* desk's own format; wire only keeps it */
};

struct wire_opened {
	int64_t story;
};

struct wire_unqueue {
	struct str url;
};

struct wire_offline {
	bool offline;
};

/* --- wire to desk ------------------------------------------------------------------------------ */

struct wire_ready {
	struct str build;
	int64_t err_kind; /* enum err_kind; 0: the store is open and writable */
	struct str error; /* one sentence, when err_kind is not 0 */
	bool boxed; /* the sandbox is on */
	bool other_refreshes; /* another kawat holds the lock: REFRESH will be refused */
};

enum wire_phase {
	WIRE_WAITING, /* for its turn at the host, or for the server */
	WIRE_RECEIVING,
	WIRE_PARSING,
	WIRE_DONE,
};

/* How a feed ended; only WIRE_DONE has one. */
enum wire_outcome {
	WIRE_NO_OUTCOME,
	WIRE_UNCHANGED, /* the server said so, or there was nothing new in it */
	WIRE_UPDATED, /* new or changed stories */
	WIRE_NOT_DUE, /* or paused, or told to wait by the server */
	WIRE_FAILED,
	WIRE_GONE, /* 410: not asked again */
	WIRE_STOPPED, /* by the reader */
};

struct wire_feed_news {
	int64_t request; /* 0: a refresh that wire began by itself */
	struct str url;
	int64_t phase; /* enum wire_phase */
	int64_t outcome; /* enum wire_outcome */
	int64_t n_bytes; /* decoded, so far */
	int64_t n_new, n_updated, n_items;
	int64_t status; /* HTTP, 0: none */
	int64_t ms; /* since the request began */
	int64_t next_at; /* when it will be asked again, WIRE_NEVER: not by itself */
	int64_t err_kind; /* enum err_kind */
	struct str error; /* one line without the feed's name: "no such host rss.afp.example" */
	int64_t n_pages, n_older; /* of its archive: documents, and new stories (n_new has them too) */
	bool older_left; /* the archive goes on */
	bool older_failed; /* ended early: older_says has the reason */
	struct str older_says; /* what is to be said of the archive, or empty */
};

struct wire_refreshed {
	int64_t request;
	int64_t n_feeds, n_new, n_updated, n_unchanged, n_not_due, n_failed;
	int64_t n_pages, n_older; /* of archives */
	int64_t err_kind; /* of the refresh as a whole: disk full, store locked, offline */
	struct str error;
	bool stopped;
};

struct wire_indexed {
	int64_t request;
};

enum wire_story_state {
	WIRE_STORY_STORED, /* its full text is in the store */
	WIRE_STORY_SHOWN, /* no story could be told apart; kept as text as received */
	WIRE_STORY_GONE, /* 404, 410 */
	WIRE_STORY_QUEUED, /* offline: will be fetched later */
	WIRE_STORY_FAILED,
	WIRE_STORY_REFUSED, /* robots.txt, or a private address */
	WIRE_STORY_KEPT, /* it was stored before, or fetched for another link: nothing was asked */
	WIRE_STORY_WITHHELD, /* the page shows something else in its place: see `withheld` */
};

struct wire_story_news {
	int64_t request;
	int64_t story; /* id, 0: unknown */
	struct str url;
	int64_t state; /* enum wire_story_state */
	int64_t n_bytes;
	struct str error;
	int64_t withheld; /* enum story_withheld */
	int64_t left; /* stories of this request that are still to come */
};

/* How the error of a feed begins that is a page with feeds; it stays in the feed's state. */
#define WIRE_SAYS_PAGE "this is a web page. It offers "

struct wire_offer {
	struct str url, title, type; /* type: of its medium; the last two may be empty */
};

struct wire_probed {
	int64_t request;
	struct str url; /* of the feed that was found, after a page was followed */
	bool known; /* it is subscribed already; nothing else is filled then */
	struct str title; /* the feed's own */
	struct str lang;
	int64_t n_items, n_new;
	int64_t err_kind; /* 0: it is a feed, and its stories are stored */
	struct str error;
	struct wire_offers { /* when the page offers several and none is clearly the one */
		struct wire_offer *v;
		size_t n;
	} offers;
};

/* The bytes are in the file of the descriptor, from its beginning; the store knows nothing of them. */
struct wire_got {
	int64_t request;
	struct str url; /* where redirects led */
	struct str content_type; /* the header, or empty */
	int64_t err_kind; /* 0: the descriptor came along */
	struct str error;
};

struct wire_moved {
	struct str from, to;
};

struct wire_marked {
	int64_t request; /* 0: UNDO or REDO */
	int64_t change; /* id for undo; 0: nothing to do */
	int64_t n; /* stories changed */
	int64_t err_kind;
	struct str error;
};

struct wire_changed {
	int64_t n_new; /* stories that came since the last CHANGED */
	int64_t n_updated;
};

enum wire_log_level { WIRE_LOG_ERROR, WIRE_LOG_WARN, WIRE_LOG_INFO, WIRE_LOG_DEBUG };

struct wire_log {
	int64_t level; /* enum wire_log_level */
	struct str text;
};

struct wire_alert {
	int64_t story;
	struct str title, rule;
};

struct wire_parse_gone {
	struct str why; /* it died, did not answer, or lied; empty: there is none yet */
	struct str charset; /* the new one must open this converter (--charset); empty: as before */
};

/* --- packing ------------------------------------------------------------------------------------ */

#define WIRE_MESSAGES(M) \
	M(hello) M(settings) M(feeds) M(refresh) M(fetch_story) M(probe) M(get) M(feed_bytes) M(mark) \
	M(saved) M(opened) M(unqueue) M(offline) M(ready) M(feed_news) M(refreshed) M(indexed) M(story_news) \
	M(probed) M(got) M(moved) M(marked) M(changed) M(alert) M(log) M(parse_gone)

#define WIRE_DECLARE(name)                                                        \
	void wire_pack_##name(struct buf *, const struct wire_##name *);          \
	MUST_CHECK bool wire_unpack_##name(struct arena *, struct bytes body,     \
	    struct wire_##name *);
WIRE_MESSAGES(WIRE_DECLARE)
#undef WIRE_DECLARE

/* For tests and the log: "refresh", "feed", ...; "unknown" for any other number. */
const char *wire_type_name(int64_t type);

#endif
