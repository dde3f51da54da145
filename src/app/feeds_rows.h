/*
 * The rows of the feeds screen: starred, today, the feeds under their sections, saved searches.  The
 * feeds file gives the order; the store gives state and counts.
 */
#ifndef KAWAT_APP_FEEDS_ROWS_H
#define KAWAT_APP_FEEDS_ROWS_H

#include "view/feed_lines.h"

struct desk;
struct counted;

struct feeds_row {
	struct feed_row shown;
	struct str query; /* what Enter lists */
	struct str url; /* of a feed */
	struct str section; /* whole name: Dunia/Asia */
};

struct feeds_rows {
	struct arena *arena; /* of the rows */
	struct feeds_row *v;
	size_t n, cap;
	struct {
		struct str *v; /* names on the heap */
		size_t n, cap;
	} folded;
	struct {
		struct counted *v; /* the saved searches, in the order of the file */
		size_t n, cap;
	} counted;
};

void feeds_rows_init(struct feeds_rows *);
void feeds_rows_clear(struct feeds_rows *);

/* Make them anew; the strings of the old ones are gone. */
void feeds_rows_load(struct feeds_rows *, struct desk *);
/* The counts that the desk keeps; those that are counted by a question stay as they are. */
void feeds_rows_recount(struct feeds_rows *, struct desk *);

/* Fold the section, or unfold it; the rows are made anew. */
void feeds_rows_fold(struct feeds_rows *, struct desk *, struct str section);

/*
 * What saved searches find is counted apart, because it may take long.  Is there one whose number is
 * of another state of the store?  feeds_rows_count counts until a deadline (clock_monotonic_ms) and
 * makes the rows anew; what was not reached stays stale.
 */
bool feeds_rows_are_stale(const struct feeds_rows *, const struct desk *);
void feeds_rows_count(struct feeds_rows *, struct desk *, int64_t deadline_ms);

#endif
