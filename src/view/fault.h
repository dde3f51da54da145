/*
 * What went wrong elsewhere, in the reader's language.  The processes below the desk speak English and
 * know no catalogue, and what they said yesterday stands in the store; so a sentence is known again by
 * its form (fault.def, fault_usage.def), and what varies in it goes into its translation.
 */
#ifndef KAWAT_VIEW_FAULT_H
#define KAWAT_VIEW_FAULT_H

#include "view/words.h"

/* As it is when there is no such form.  The result lives in the arena or is the argument. */
struct str fault_say(struct arena *, const struct words *, struct str english);

#endif
