/*
 * What a feed says, normalised: the same fields whatever format it came in.  They are the
 * keys of `kawat parse`.  Strings are valid UTF-8 without controls; an absent value is
 * the empty str.
 */
#ifndef KAWAT_FEED_ITEM_H
#define KAWAT_FEED_ITEM_H

#include "base/str.h"

#define FEED_NO_TIME INT64_MIN

enum feed_format {
	FEED_UNKNOWN,
	FEED_RSS090,
	FEED_RSS091,
	FEED_RSS092,
	FEED_RSS093,
	FEED_RSS094,
	FEED_RSS10,
	FEED_RSS11,
	FEED_RSS20,
	FEED_RSS,
	FEED_ATOM03,
	FEED_ATOM10,
	FEED_ATOM,
	FEED_JSON10,
	FEED_JSON11,
	FEED_JSON,
};

enum feed_markup { FEED_HTML, FEED_TEXT };

struct feed_person {
	struct str name, email, url;
};
struct feed_category {
	struct str term, scheme, label;
};
struct feed_link {
	struct str rel, href, type, title, hreflang;
	int64_t length; /* bytes, -1 unknown */
};
struct feed_enclosure {
	struct str url, type;
	int64_t length; /* bytes, -1 unknown */
};

struct feed_people {
	struct feed_person *v;
	size_t n, cap;
};
struct feed_categories {
	struct feed_category *v;
	size_t n, cap;
};
struct feed_links {
	struct feed_link *v;
	size_t n, cap;
};
struct feed_enclosures {
	struct feed_enclosure *v;
	size_t n, cap;
};

/* Markup as it came after XML decoding, neither cleaned nor wrapped. */
struct feed_markup_text {
	struct str text;
	enum feed_markup type;
	struct str base; /* in force for relative addresses inside; empty: unknown */
};

struct feed_origin { /* Atom source, RSS source */
	struct str id, title, link, feed_url, rights, author;
	int64_t updated;
};

#define FEED_NO_DEGREES INT32_MIN

struct feed_place {
	struct str name;
	int32_t latitude,
	    longitude; /* millionths of a degree, both or none: FEED_NO_DEGREES */
};

struct feed_item {
	struct str id, title, link, comments, rights, language, image;
	struct feed_links links;
	int64_t published, updated; /* seconds UTC, FEED_NO_TIME */
	bool published_local, updated_local; /* the time of day was given without a zone */
	int64_t duration;           /* seconds, -1 unknown */
	struct feed_markup_text summary, content;
	struct feed_categories categories;
	struct feed_enclosures enclosures;
	struct feed_people authors, contributors;
	struct feed_origin source;
	bool has_source;
	struct feed_markup_text full_text; /* yandex:full-text and the like */
	struct feed_place place;           /* GeoRSS, dc:coverage */
};

/* Something that had to be mended: "unclosed <b>". */
struct feed_repair {
	struct str what;
	int64_t line; /* from 1; 0: not known */
};
struct feed_repairs {
	struct feed_repair *v;
	size_t n, cap;
};

struct feed_head {
	enum feed_format format;
	bool wellformed;
	struct str encoding; /* that the bytes were read in */
	struct feed_repairs repaired; /* the first of each kind (repairs.h) */
	int64_t n_repaired;           /* all */
	struct str id, title, link, feed_url, description, language, rights, icon, image,
	    generator;
	int64_t published, updated;
	int64_t ttl; /* minutes, -1 unknown */
	int64_t update_minutes; /* between updates (RSS 1.0 syndication), -1 unknown */
	uint32_t skip_hours;    /* bit h: nothing new comes in hour h, UTC */
	uint8_t skip_days;      /* bit d: nor on weekday d, Sunday is 0 */
	bool complete;          /* all items there are (RFC 5005, 2) */
	bool archive;           /* an archive document, which never changes (RFC 5005, 4) */
	struct feed_people authors, contributors;
	struct feed_categories categories;
	struct feed_links links;
	size_t n_items;
};

#endif
