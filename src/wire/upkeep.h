/*
 * What follows a refresh, in small steps between other work: stored stories are muted or not as the
 * rules say, stories of one event are grouped, the search index catches up with the headlines, then old stories go.
 */
#ifndef KAWAT_WIRE_UPKEEP_H
#define KAWAT_WIRE_UPKEEP_H

#include "wire/wire.h"

struct upkeep;

/* done: when there is nothing left to do, or a step failed (it is logged). */
void upkeep_begin(struct wire *, void (*done)(void *ctx), void *ctx);
void upkeep_drop(struct wire *); /* the process ends: it is left as it is */

#endif
