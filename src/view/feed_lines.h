/*
 * Feeds and sections (UX.md, 3.7), one line each.
 */
#ifndef KAWAT_VIEW_FEED_LINES_H
#define KAWAT_VIEW_FEED_LINES_H

#include "store/feeds.h"
#include "view/line.h"
#include "view/look.h"

enum feed_row_kind {
	FEED_ROW_STARRED,
	FEED_ROW_TODAY,
	FEED_ROW_SECTION,
	FEED_ROW_FEED,
	FEED_ROW_SEARCH
};

struct feed_row {
	enum feed_row_kind kind;
	struct str name;
	int depth;                      /* of sections in sections, from 0 */
	bool folded;                    /* of a section */
	int64_t unread;                 /* or starred; -1: nothing is said of it */
	const struct feed_state *state; /* of a feed; NULL: never fetched */
	int64_t every_s;                /* its interval; 0: by hand */
	bool paused;
	bool in_section; /* set in, below a section */
};

void feed_line(struct arena *, const struct look *, const struct feed_row *, bool chosen,
    size_t cols, struct line *out);

/*
 * What the status line says of it: `AFP Monde: the server is busy …`; empty when all is
 * well.
 */
struct str feed_trouble(struct arena *, const struct look *, const struct feed_row *);

/* The last ten fetches and the rest (`i`). */
void feed_detail_lines(struct arena *, const struct look *, const struct feed_row *,
    const struct feed_fetches *, size_t cols, struct lines *out);

#endif
