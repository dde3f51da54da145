/*
 * `kawat add URL`: what is behind an address that the reader typed?  A feed is tested and its
 * stories stored; a page is searched for the feeds it names, and followed when one of them is
 * clearly meant; else they are offered.
 */
#ifndef KAWAT_WIRE_PROBE_H
#define KAWAT_WIRE_PROBE_H

#include "wire/wire.h"

void probe_begin(struct wire *, const struct wire_probe *);

/*
 * Which of the feeds is meant: the only one that carries stories and not comments, or the first of
 * several forms (RSS, Atom) of one.  NULL: the reader must choose.
 */
const struct wire_offer *probe_choose(const struct wire_offer *, size_t n);

#endif
