/*
 * Headlines as lines: one line each in a wide pane (UX.md, 3.1), the title on up to two
 * and a line about it in a narrow one (3.2), with rules between days and an excerpt below
 * a search's hit.
 */
#ifndef KAWAT_VIEW_HEADLINE_LINES_H
#define KAWAT_VIEW_HEADLINE_LINES_H

#include "store/search.h"
#include "view/line.h"
#include "view/look.h"

enum headline_form { HEADLINE_ONE_LINE, HEADLINE_TALL };

struct headline {
	const struct story_row *row;
	struct str agency; /* what to show when the row has none: the feed's name */
	struct str rule;   /* of a rule above it: a day, "Urgent"; empty: none */
	const struct search_hit *hit; /* its excerpt is shown below; NULL: none */
	int n_same; /* other agencies' reports that this row stands for */
	bool unread_behind; /* and one of those is unread: then the row is */
	bool chosen, picked;
};

/* How a pane of so many columns shows them. */
struct headline_layout {
	enum headline_form form;
	enum when_style when; /* of the time column */
	size_t cols;
	size_t time_cols, agency_cols; /* agency 0: no room for it */
};

struct headline_layout headline_layout(
    const struct look *, enum headline_form, bool by_day, size_t cols);

/* The moment that a row shows, and the one that it is sorted by. */
int64_t headline_at(const struct story_row *);
int64_t headline_sorted_at(const struct story_row *);

/* The day rule above a row: empty when the row above it (NULL: none) is of the same day.
 */
struct str headline_day(struct arena *, const struct look *, const struct story_row *,
    const struct story_row *above);

void headline_lines(struct arena *, const struct look *, const struct headline_layout *,
    const struct headline *, struct lines *out);

/* How many lines headline_lines would make. */
size_t headline_height(
    struct arena *, const struct headline_layout *, const struct headline *);

#endif
