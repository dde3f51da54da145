/*
 * What desk asks, frame by frame: checked, then handed to the part that does it.
 */
#ifndef KAWAT_WIRE_DESK_H
#define KAWAT_WIRE_DESK_H

#include "wire/wire.h"

/* What the start of the process needs to do when settings and feeds have come. */
struct desk_events {
	void (*settings)(struct wire *); /* new settings are in force */
	void (*feeds)(struct wire *); /* a new list of feeds */
};

/* One frame.  False: desk broke the protocol, or is of another build; the process ends. */
MUST_CHECK bool desk_frame(struct wire *, const struct frame *, const struct desk_events *,
    struct err *);

#endif
