/*
 * Conditions of a query as SQL on a row `s` of story, with its values bound.
 */
#ifndef KAWAT_STORE_WHERE_H
#define KAWAT_STORE_WHERE_H

#include "base/buf.h"
#include "store/query_tree.h"
#include "store/sql.h"
#include "store/words.h"

struct where {
	struct store *store;
	struct arena *arena;
	const struct query *query;
	struct words *words;
	/* For each leaf, the stories not indexed yet that have it, as JSON; NULL: not
	 * needed. */
	const struct str *waiting;
	bool only_waiting; /* the stories are none that the search index has */
	struct buf text;
	struct {
		struct sql_arg *v;
		size_t n, cap;
	} args;
};

/* Append a value: its number stands in the text. */
void where_arg(struct where *, struct sql_arg);
void where_add(struct where *, const char *text);

/* One term; what it borrows is in the arena. */
MUST_CHECK bool where_term(struct where *, const struct term *, struct err *);

/*
 * The term as an expression of the search index, appended to out.  False: it is none
 * (it has fields, or nothing that must be there).
 */
bool where_match(const struct words *, const struct term *, struct buf *out);

/* Names of agencies that an agency term means, at most `max`; *n may be max + 1: too
 * many. */
MUST_CHECK bool where_agencies(struct store *, struct arena *, const struct term *,
    size_t max, struct str **names, size_t *n, struct err *);

/* The same for a language: that tag and those that begin with it and a hyphen. */
MUST_CHECK bool where_languages(struct store *, struct arena *, const struct term *,
    size_t max, struct str **names, size_t *n, struct err *);

/* The story that cites: or citedby: names. ERR_NOT_FOUND when there is none. */
MUST_CHECK bool where_story(
    struct store *, const struct term *, story_id *, struct err *);

#endif
