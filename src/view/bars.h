/*
 * The three lines around every view: title line above, status and hint line below.
 */
#ifndef KAWAT_VIEW_BARS_H
#define KAWAT_VIEW_BARS_H

#include "view/line.h"
#include "view/look.h"

/*
 * ` left                 right `: the right part is whole as long as it leaves a third of
 * the line to the left, which is cut first.
 */
void bar_line(struct arena *, const struct look *, enum role, struct str left,
    struct str right, size_t cols, struct line *out);

/* ` kawat  where › deeper              132 unread of 1,204 ` */
void title_line(struct arena *, const struct look *, const struct str *where, size_t n,
    struct str right, size_t cols, struct line *out);

/*
 * A hint: `Enter read`.  Runs of a hint carry its index as link, so that a click can run
 * it.
 */
struct hint {
	struct str key, label;
};

/*
 * As many hints as fit, in order; what does not fit is left out from the end, but the
 * last one (`? all keys`) always stays.
 */
void hint_line(struct arena *, const struct look *, const struct hint *, size_t n,
    size_t cols, struct line *out);

/* ` Refreshing 3 of 12  ▓▓▓▓░░░░  AFP Monde                 online` */
void progress_line(struct arena *, const struct look *, int done, int all,
    struct str what, struct str right, size_t cols, struct line *out);

/* ▓▓▓▓░░░░ in `cols` cells. */
void bar_of(struct arena *, const struct look *, int64_t done, int64_t all, size_t cols,
    struct line *out);

#endif
