/*
 * The reader's rules at work: what an update brings is judged inside its transaction, so that nothing
 * muted is ever listed; alerts are told when it is kept; and after a change of the rules the stored
 * stories follow, in steps between other work.
 */
#ifndef KAWAT_WIRE_RULING_H
#define KAWAT_WIRE_RULING_H

#include "store/rules.h"
#include "store/update.h"
#include "wire/wire.h"

enum ruling { RULING_ALL, RULING_SILENT /* without alerts: what comes is old */ };

/* Before the update is committed.  What comes out lives in the arena. */
MUST_CHECK bool ruling_of_update(struct wire *, struct arena *, struct update *, enum ruling,
    struct rules_done *, struct err *);

/* After it. */
void ruling_tell(struct wire *, const struct rules_done *);

/* One step for what is stored; *done when it is as the rules say. */
MUST_CHECK bool ruling_step(struct wire *, bool *done, struct err *);

#endif
