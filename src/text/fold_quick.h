/*
 * The short way of text/fold.h, for text in which no character needs its neighbours: every letter
 * that is whole by itself, no combining marks but those that go away, nothing that normalisation
 * would take apart or put in order.  That is nearly all news; it costs a hundredth of the long way.
 */
#ifndef KAWAT_TEXT_FOLD_QUICK_H
#define KAWAT_TEXT_FOLD_QUICK_H

#include "base/str.h"

/*
 * Fold s, without marks of accent when `bare`; out has room for s.n bytes, *n of them are used.
 * False: a character of s wants the long way; what is in out then means nothing.
 */
MUST_CHECK bool fold_quick(struct str s, bool bare, char *out, size_t *n);

#endif
