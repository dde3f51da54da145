/*
 * One row of story as a headline.
 */
#ifndef KAWAT_STORE_ROW_H
#define KAWAT_STORE_ROW_H

#include "store/list.h"

/* By place, or by id.  *found is false when no story is there. */
MUST_CHECK bool row_by_ord(struct store *, struct arena *, int64_t ord, struct story_row *,
    bool *found, struct err *);
MUST_CHECK bool row_by_id(struct store *, struct arena *, story_id, struct story_row *,
    bool *found, struct err *);

#endif
