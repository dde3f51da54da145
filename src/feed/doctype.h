/*
 * A DOCTYPE, of which only the entities count that it declares with a literal value.
 * External subsets and entities, parameter entities, attribute defaults are passed over.
 */
#ifndef KAWAT_FEED_DOCTYPE_H
#define KAWAT_FEED_DOCTYPE_H

#include "feed/entities.h"

/*
 * Read the DOCTYPE at the beginning of s and declare its entities (again, when it was
 * read before and was cut: only the first declaration of a name counts).  Returns its
 * length; SIZE_MAX: it is cut.  A quote that is never closed does not swallow the
 * document behind it.
 */
size_t doctype_read(struct entities *, struct str s);

#endif
