/*
 * References of XML text: the five of XML, numbers, those that the document declares, and
 * the names of HTML, which feeds use without declaring them.
 *
 * A declared entity is expanded when it is declared, from those declared before it.  So
 * there is no loop and no recursion, and one that would stand for too much stands for
 * nothing: an entity bomb costs what it takes to read it.
 */
#ifndef KAWAT_FEED_ENTITIES_H
#define KAWAT_FEED_ENTITIES_H

#include "base/arena.h"
#include "base/buf.h"

enum { ENTITIES_SLOTS = 2048 }; /* twice FEED_MAX_ENTITIES */

struct entities_declared {
	struct str name, value;
};

struct entities {
	struct arena *arena;
	struct {
		struct entities_declared *v;
		size_t n, cap;
	} declared;
	uint16_t slot[ENTITIES_SLOTS]; /* by the hash of the name; 0: free, else the index
					  + 1 */
	size_t
	    expanded; /* bytes that references to declared ones have stood for so far */
	unsigned mended; /* enum repair */
};

void entities_init(struct entities *);
void entities_clear(struct entities *);

/* The first declaration of a name counts; `literal` is what stands between the quotes. */
void entities_declare(struct entities *, struct str name, struct str literal);

/*
 * Read the reference at the beginning of s (which begins with '&') and append what it
 * stands for.  Returns the bytes taken: at least 1, for an ampersand that is none.  0:
 * with more bytes after s it may be one (never when `whole`).
 */
size_t entities_read(struct entities *, struct str s, bool whole, struct buf *out);

/* All references in s resolved, appended to out. */
void entities_resolve(struct entities *, struct str s, struct buf *out);

#endif
