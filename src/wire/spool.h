/*
 * A spool holds what is being received until it is whole: up to a mebibyte in memory, then in an
 * unlinked file of the data folder, so that memory does not follow the size of a feed and nothing
 * is left behind when the process is killed.
 */
#ifndef KAWAT_WIRE_SPOOL_H
#define KAWAT_WIRE_SPOOL_H

#include "base/buf.h"
#include "base/err.h"

enum { SPOOL_MEMORY_BYTES = 1024 * 1024 };

struct spool {
	struct buf memory; /* all of it, or empty once it is in the file */
	int fd; /* -1: in memory */
	int64_t n; /* bytes */
	int64_t read_at;
	const char *folder; /* borrowed */
};

void spool_init(struct spool *, const char *folder);
void spool_clear(struct spool *);
/* `to` becomes what `from` is, and `from` an empty spool. */
void spool_move(struct spool *from, struct spool *to);
void spool_empty(struct spool *); /* ready for another transfer */

/* ERR_STORE when the disk is full or fails. */
MUST_CHECK bool spool_add(struct spool *, struct bytes, struct err *);

/* Read from the beginning again. */
void spool_rewind(struct spool *);

/* The next at most `max` bytes into `out`; *n is 0 at the end. */
MUST_CHECK bool spool_read(struct spool *, void *out, size_t max, size_t *n, struct err *);

/* Copy the first at most `max` bytes, for telling what kind of thing it is.  Returns how many. */
size_t spool_peek(struct spool *, void *out, size_t max);

/*
 * A number that tells two bodies apart, never 0; 0 for one that is in a file.  Word by word and
 * quick: it need not withstand an attack, for who sends the body could send it changed as well.
 */
uint64_t spool_hash(const struct spool *);

#endif
