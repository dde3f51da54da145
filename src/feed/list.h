/*
 * A list of feeds as another program keeps it, or a file of exported marks: bytes in, entries out,
 * as they come.  Recognised by content:
 *
 *	OPML 1.0 and 2.0		read as far as it can be, like a feed (feed/xml.h)
 *	kawat's own feeds file		sections in [brackets], options
 *	newsboat's urls			tags, "~Title"
 *	newsraft's feeds		sections by @
 *	snownews' urls			address|title|categories|filter
 *	sfeed's sfeedrc			the literal lines `feed "name" "address"` of a shell script
 *	marks				one JSON object a line, by key
 *
 * Nothing read here can ever become a command: what another program would run or filter is told and
 * left out, and of addresses only http and https pass.  One line or outline is one feed, whatever
 * it contains.
 */
#ifndef KAWAT_FEED_LIST_H
#define KAWAT_FEED_LIST_H

#include "base/err.h"
#include "text/charset.h"

enum {
	LIST_MAX_ENTRIES = 50000, /* feeds, and lines told of; kawat itself follows fewer */
	LIST_MAX_LINE_BYTES = 256 * 1024, /* an address of the greatest length, escaped, and words */
	LIST_MAX_DEPTH = 16, /* of sections; the feeds of deeper ones stand in the last */
	LIST_MAX_NAME_BYTES = 512, /* of a title or a section; the rest is cut */
	LIST_MAX_OPTIONS_BYTES = 1024,
	LIST_MAX_KEY_BYTES = 64 * 1024, /* of a story that is marked: an address at most */
};

enum list_entry_kind {
	LIST_FEED,
	LIST_SEARCH, /* url is what stands behind `search:` in a feeds file of kawat's */
	LIST_MARK, /* url is the story's key */
	LIST_LEFT_OUT, /* url is what it is about, for showing; why says the reason */
	LIST_NOTE, /* why, about the list as a whole or a part of a line */
	LIST_ENTRY_KINDS
};

/* All texts are one line each and clean. */
struct list_entry {
	enum list_entry_kind kind;
	int64_t place; /* number of the line, 1 and up; 0: none */
	bool is_outline; /* the number is that of an outline instead */
	struct str url; /* http(s), normal, at most URL_MAX_BYTES */
	struct str title, site;
	struct str section; /* parts with '/' between; no brackets */
	struct str options; /* `name=value name`, as in kawat's feeds file; not yet checked */
	struct str why;
	bool read, starred; /* of LIST_MARK */
};

/* The entry lives until it returns. */
typedef void list_handler(void *ctx, const struct list_entry *);

struct list_reader;

/* charsets: converters opened before; NULL: opened as needed. */
struct list_reader *list_reader_new(struct charset_set *charsets, list_handler *, void *ctx);
void list_reader_free(struct list_reader *); /* NULL is allowed */

/* False: it is no list (ERR_INPUT). */
MUST_CHECK bool list_reader_push(struct list_reader *, struct bytes, struct err *);

/* No more bytes.  False with ERR_INPUT also when nothing at all was in the list. */
MUST_CHECK bool list_reader_end(struct list_reader *, struct err *);

/* The charset that is needed and was not opened before the box closed, or empty; then no entry has
 * come out. */
struct str list_reader_needs(const struct list_reader *);

#endif
