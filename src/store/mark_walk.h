/*
 * Which stories a change is about: ids, or a scope that is walked from the newest down.  They become
 * parts, with what says the very same by another way.  For mark.c alone.
 */
#ifndef KAWAT_STORE_MARK_WALK_H
#define KAWAT_STORE_MARK_WALK_H

#include "store/mark_change.h"

/* The next stories of the scope become a part; none are left: ->place says so.  `feeds` are for the
 * names in its query. */
MUST_CHECK bool mark_walk_on(struct store *, struct arena *, struct mark_change *,
    struct query_feeds feeds, struct err *);

/* All of a mark's ids become parts. */
MUST_CHECK bool mark_walk_ids(
    struct store *, struct mark_change *, const struct mark *, struct err *);

#endif
