/*
 * Lists of numbers as a small blob: each is the difference to the one before, zigzag,
 * seven bits a byte.  For the stories that a feed lists and for what a mark changed.
 */
#ifndef KAWAT_STORE_IDS_H
#define KAWAT_STORE_IDS_H

#include "base/arena.h"
#include "base/buf.h"

struct ids_writer {
	struct buf out;
	int64_t last;
};

void ids_add(struct ids_writer *, int64_t);
struct bytes ids_bytes(const struct ids_writer *);
void ids_clear(struct ids_writer *); /* frees; usable again */

/* All of them.  False when the blob is no such list; what was read before is in the
 * result. */
struct ids {
	int64_t *v;
	size_t n, cap;
};
bool ids_read(struct arena *, struct bytes blob, struct ids *);

/* As a JSON array for json_each(). */
struct str ids_json(struct arena *, const int64_t *, size_t n);

#endif
