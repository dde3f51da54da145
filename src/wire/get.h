/*
 * Getting one address for a verb that looks at it without keeping it (`kawat parse URL`): the body
 * goes to desk as it came, in a file that only the two of them have open.
 */
#ifndef KAWAT_WIRE_GET_H
#define KAWAT_WIRE_GET_H

#include "wire/wire.h"

/* Begin; the answer is WIRE_GOT. */
void get_begin(struct wire *, const struct wire_get *);

#endif
