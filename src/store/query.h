/*
 * The query language of filter, search, `list`, `mark`, saved searches and rules:
 *
 *	query = group { "OR" group }
 *	group = { ["-"] (word | '"' words '"' | field ":" value) }
 *
 * Words are searched in headline, place, byline, text and the headlines of read-also
 * links; `kar*` is the beginning of a word.  A value may be quoted.  A word with ':'
 * whose beginning is no field is a plain word.
 *
 *	from:	agency, whole or part
 *	feed: section:	name or part of it, or an address
 *	lang:	language tag or its beginning
 *	is:	unread read starred stored updated gone muted alerted
 *	title: place: by:	words of the headline, the dateline, the byline
 *	urgency:	2 or 1-3
 *	since: until:	30m 3h 2d 2w, 2025-09-04, 2025-09, today, yesterday
 *	cites:	a story that it links to
 *	citedby:	a story that links to it
 */
#ifndef KAWAT_STORE_QUERY_H
#define KAWAT_STORE_QUERY_H

#include "store/store.h"

enum {
	QUERY_MAX_BYTES = 4096,
	QUERY_MAX_TERMS = 64, /* more is a paste, not a query */
};

/*
 * What feed: and section: can name, in the order of the feeds file.  Only the feeds
 * file knows names; whoever asks brings them.  `id` is as feeds_sync or feeds_all gave
 * it.
 */
struct query_feed {
	feed_id id;
	struct str url, name, section; /* a section of sections is parted by '/' */
	bool hide; /* its stories are not in lists of everything */
};

struct query_feeds {
	const struct query_feed *v;
	size_t n;
};

struct query;

/*
 * Read a query.  `now` and `tz_offset_s` (east of UTC) fix what 2d and a date mean.  An
 * empty text is the query that everything matches.  A mistake is ERR_USAGE in the words
 * of the reader: `unknown state 'is:red': unread read starred stored updated
 * gone muted alerted`, a line of a screen. The query and all that it borrows live in the arena.
 */
MUST_CHECK bool query_parse(struct arena *, struct str text, struct query_feeds,
    int64_t now, int32_t tz_offset_s, struct query **, struct err *);

/* The query of everything in these feeds; n 0: of every feed. */
struct query *query_of_feeds(struct arena *, const feed_id *, size_t n);

/* The same stories that are also unread, or starred; both for a switch of the view. */
struct query *query_and_unread(struct arena *, const struct query *);
struct query *query_and_starred(struct arena *, const struct query *);

/*
 * For a list of unread stories that stays as it is while it is read: what became read
 * at or after `since` still counts as unread in is:unread (and in query_and_unread).
 */
struct query *query_keep_read_since(struct arena *, const struct query *, int64_t since);

/* Both. */
struct query *query_and(struct arena *, const struct query *, const struct query *);

/*
 * Both as one text, for what is asked by text of a list that is filtered.  OR binds weaker
 * than a blank and there are no brackets, so each side of one OR meets each side of the
 * other: `a OR b` and `c` is `a c OR b c`.  A result beyond QUERY_MAX_BYTES is cut short
 * behind that, so that query_parse refuses it.
 */
struct str query_join(struct arena *, struct str x, struct str y);

bool query_is_empty(const struct query *); /* everything matches */
/* Every story of some feeds and nothing else?  They are borrowed from the query. */
bool query_only_feeds(const struct query *, const feed_id **, size_t *n);
bool query_has_words(const struct query *); /* needs the text: it is a search */
/* Does it say itself whether read stories are meant (is:unread, is:read, ...)? */
bool query_has_state(const struct query *);

/* The plain words and phrases that are looked for, for marking them in the text; lives
 * in the query's arena. */
struct query_words {
	const struct str *v;
	size_t n;
};
struct query_words query_words(const struct query *);

/* The names of the fields and of the states after `is:`, NULL at the end, for
 * completion. */
const char *const *query_fields(void);
const char *const *query_states(void);

#endif
