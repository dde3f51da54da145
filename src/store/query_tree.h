/*
 * What a query was read as.  Only the files that compile it to SQL look inside.
 */
#ifndef KAWAT_STORE_QUERY_TREE_H
#define KAWAT_STORE_QUERY_TREE_H

#include "store/query.h"

enum term_kind {
	TERM_AND,
	TERM_OR,
	TERM_NOT, /* of terms[0] */
	TERM_WORDS, /* a word or a phrase in `column` */
	TERM_AGENCY, /* text is part of the agency's name */
	TERM_LANG,
	TERM_FEEDS, /* a member of one of feeds */
	TERM_STATE,
	TERM_URGENCY, /* low to high */
	TERM_SINCE, /* at or after low */
	TERM_UNTIL, /* before low */
	TERM_CITES, /* links to the story that text names */
	TERM_CITED_BY, /* is linked from it */
};

/* Columns of the search index, in its order. */
enum term_column {
	COLUMN_TITLE,
	COLUMN_PLACE,
	COLUMN_BYLINE,
	COLUMN_TEXT,
	COLUMN_LINKS, /* headlines of read-also links */
	COLUMNS,
	COLUMN_ANY
};

enum term_state {
	STATE_UNREAD,
	STATE_READ,
	STATE_STARRED,
	STATE_STORED,
	STATE_UPDATED,
	STATE_GONE,
	STATE_MUTED,
	STATE_ALERTED,
	STATES
};

struct term {
	enum term_kind kind;
	enum term_column column;
	enum term_state state;
	bool prefix; /* the last word is the beginning of one */
	struct str text;
	int64_t low, high;
	const feed_id *feeds;
	size_t n_feeds;
	struct term **terms;
	size_t n_terms;
	size_t leaf; /* of TERM_WORDS: its number, from 0 */
};

#define QUERY_KEEP_NONE INT64_MAX

struct query {
	struct arena *arena;
	const struct term *root; /* NULL: everything */
	int64_t keep_read_since; /* QUERY_KEEP_NONE: nothing */
	const feed_id *hidden;
	size_t n_hidden;
	size_t n_leaves; /* TERM_WORDS in the tree */
};

/* The terms that all must hold: root's own when it is a TERM_AND, else root alone. */
void query_top(const struct query *, const struct term *const **terms, size_t *n);

bool query_names_feeds(const struct query *);
bool query_names_state(const struct query *, enum term_state);
bool query_term_has_words(const struct term *);
/* Words and joints alone, and something that must be there? */
bool query_term_is_words(const struct term *);

#endif
