/*
 * What the parse process is asked, and what it answers, over one channel (base/frame.h).
 *
 * One job at a time:
 *	-> JOB, DATA..., END        (END alone after JOB is an empty input)
 *	<- STORY... or JSON... or ENTRY..., HEAD (a feed's), OFFER... (feeds that a web page names), DONE
 * The asker sends the whole input whatever comes back; answers come while it is still sending, so
 * both ends must read while they write.  After DONE the next JOB may come.  NEED instead of DONE:
 * the input is in a charset whose converter was not opened before the box closed; start another
 * parse process that opens it (kawat-parse --charset NAME) and ask again.
 */
#ifndef KAWAT_STORY_PARSE_PROTOCOL_H
#define KAWAT_STORY_PARSE_PROTOCOL_H

#include "base/frame.h"
#include "feed/item.h"
#include "feed/list.h"
#include "story/story.h"

enum parse_message {
	/* to parse */
	PARSE_JOB = 1, /* struct parse_job */
	PARSE_DATA, /* raw bytes, at most FRAME_CHUNK_BYTES */
	PARSE_END,
	/* from parse */
	PARSE_READY, /* build id, box flags (base/box.h): once, before any job */
	PARSE_STORY, /* struct story */
	PARSE_JSON, /* a piece of the JSON text asked for: valid UTF-8, no controls but \n and \t */
	PARSE_HEAD, /* struct parse_head */
	PARSE_OFFER, /* struct parse_offer */
	PARSE_DONE, /* struct parse_done */
	PARSE_NEED, /* name of a charset */
	PARSE_ENTRY, /* struct list_entry: a feed of a list, a mark, or what was left out */
};

enum parse_what {
	PARSE_FEED, /* the stories of a feed */
	PARSE_PAGE, /* the story on a page, or in a plain text */
	PARSE_FEED_JSON, /* the object of `kawat parse` */
	PARSE_PAGE_JSON, /* the object of `kawat extract` */
	PARSE_PAGE_TEXT, /* the same as plain text */
	PARSE_CLUSTER, /* the lines of `kawat cluster`, as soon as their stories have come */
	PARSE_LIST, /* the entries of a list of feeds (feed/list.h) */
	PARSE_WHATS
};

/* Of the feed's text, to find the story by: its beginning is enough. */
enum { PARSE_MAX_KNOWN_BYTES = 8 * 1024 };

struct parse_job {
	enum parse_what what;
	struct str url; /* where it came from, after redirects */
	struct str content_type; /* the HTTP header, cleaned; may be empty */
	struct str charset; /* what the user says it is; may be empty */
	/* Of a page: what the feed said of its story.  May be empty. */
	struct str known_title, known_text;
	int64_t max_items; /* 0: no limit */
	int64_t max_bytes; /* of a feed, 0: no limit; what is beyond is left out */
};

/* The feed itself, as far as the wire process needs it. */
struct parse_head {
	struct str title, link, feed_url, language, repaired, encoding;
	struct str older; /* where earlier items are (RFC 5005): prev-archive, else next */
	int64_t ttl; /* minutes between requests, by its ttl or the syndication module; -1 unknown */
	uint32_t skip_hours; /* bit h: not at hour h UTC */
	uint8_t skip_days; /* bit d: not on weekday d, Sunday is 0 */
	bool wellformed;
	bool complete; /* all of its items are here (RFC 5005, 2) */
	int64_t n_items;
};

struct parse_offer {
	struct str url, title, type; /* type: of its medium; the last two may be empty */
};

struct parse_done {
	enum err_kind kind; /* ERR_NONE: all went well; ERR_INPUT: no feed */
	struct str text;
};

void parse_pack_job(struct buf *, const struct parse_job *);
void parse_pack_story(struct buf *, const struct story *);
void parse_pack_head(struct buf *, const struct parse_head *);
void parse_pack_offer(struct buf *, const struct parse_offer *);
void parse_pack_done(struct buf *, const struct parse_done *);
void parse_pack_entry(struct buf *, const struct list_entry *);

/*
 * What arrives is checked: bounds, UTF-8, no controls.  Strings are copied into the arena where
 * one is given, else borrowed from the frame.  False: the peer lies, give it up.
 */
MUST_CHECK bool parse_unpack_job(struct bytes, struct parse_job *);
MUST_CHECK bool parse_unpack_story(struct arena *, struct bytes, struct story *);
MUST_CHECK bool parse_unpack_head(struct bytes, struct parse_head *);
MUST_CHECK bool parse_unpack_offer(struct bytes, struct parse_offer *);
MUST_CHECK bool parse_unpack_done(struct bytes, struct parse_done *);
MUST_CHECK bool parse_unpack_entry(struct bytes, struct list_entry *);

/*
 * The build's id: processes of different builds refuse each other, since the frames have no
 * versions.  It is made from the version and a number raised with every change of a frame.
 */
struct str build_id(void);

#endif
