/*
 * A refresh in detail (UX.md, 3.8).
 */
#ifndef KAWAT_VIEW_REFRESH_LINES_H
#define KAWAT_VIEW_REFRESH_LINES_H

#include "view/line.h"
#include "view/look.h"

enum refresh_state {
	REFRESH_WAITING, /* for its turn at the host */
	REFRESH_ASKED,   /* waits for the server */
	REFRESH_RECEIVING,
	REFRESH_DONE,
	REFRESH_UNCHANGED,
	REFRESH_FAILED,
};

struct refresh_row {
	struct str name;
	enum refresh_state state;
	int64_t n_new, n_updated, n_bytes, ms, status; /* HTTP status, 0: none */
	struct str error; /* of REFRESH_FAILED: `HTTP 503, again at 15.02` */
};

struct refresh_view {
	const struct refresh_row *rows;
	size_t n;
	int per_host;
	int64_t ms;      /* since it began */
	size_t top;      /* first row shown */
	size_t max_rows; /* shown */
};

void refresh_lines(struct arena *, const struct look *, const struct refresh_view *,
    size_t cols, struct lines *out);

#endif
