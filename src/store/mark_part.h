/*
 * One part of a change: the marks of its stories.  For the files of mark.h alone; what a part is
 * stands in mark_change.h.
 */
#ifndef KAWAT_STORE_MARK_PART_H
#define KAWAT_STORE_MARK_PART_H

#include "store/ids.h"
#include "store/mark_change.h"

/* Stars are of their own column. */
bool mark_is_star(enum mark_what);

/* The stories become the last part; ->parts counts it, the ids are cleared. */
MUST_CHECK bool mark_part_put(
    struct store *, struct mark_change *, struct ids_writer *, struct err *);

/* Apply the part with this number, or take it back when the change is MARK_BACK; *n grows by how many
 * stories changed.  `now` becomes the time of the marks with the first part that is applied. */
MUST_CHECK bool mark_part_move(struct store *, struct arena *, struct mark_change *, int64_t seq,
    int64_t now, int64_t *n, struct err *);

#endif
