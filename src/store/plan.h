/*
 * A query becomes SQL.  The plan chooses which index is walked in the order of `ord`
 * and leaves the rest of the query as conditions on each row; where one walk cannot do
 * (several feeds, stories that are not indexed yet, stories just read), several are
 * merged.
 */
#ifndef KAWAT_STORE_PLAN_H
#define KAWAT_STORE_PLAN_H

#include "base/buf.h"
#include "store/list_place.h"
#include "store/query_tree.h"

struct hit {
	int64_t ord;
	double score; /* plan_best: less is better */
};

struct hits {
	struct hit *v;
	size_t n;
};

/* At most `limit` places beyond `place`, nearest first; see list_window. */
MUST_CHECK bool plan_window(struct store *, struct arena *, const struct query *,
    int64_t place, enum list_direction, size_t limit, struct hits *, struct err *);

/* The story at this place, if it matches. */
MUST_CHECK bool plan_one(struct store *, struct arena *, const struct query *,
    int64_t ord, struct hits *, struct err *);

/* The newest `among` hits of the words, best first.  The query has words. */
MUST_CHECK bool plan_best(struct store *, struct arena *, const struct query *,
    size_t among, struct hits *, struct err *);

/* The statements that plan_window would run for a window of the newest, one a line: for
 * tests of what SQLite makes of them. */
MUST_CHECK bool plan_explain(
    struct store *, struct arena *, const struct query *, struct buf *, struct err *);

#endif
