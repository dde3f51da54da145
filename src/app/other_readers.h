/*
 * Where other readers keep the lists of their feeds.  Only names of files are known here; the
 * lists themselves are read in the parse process.
 */
#ifndef KAWAT_APP_OTHER_READERS_H
#define KAWAT_APP_OTHER_READERS_H

#include "base/arena.h"

enum { OTHER_READERS_MAX = 16 };

struct other_list {
	const char *reader; /* its name */
	const char *path; /* absolute; of a file that can be read */
};

/* Those that are there, at most one of each reader.  Returns how many. */
size_t other_readers_find(struct arena *, struct other_list v[OTHER_READERS_MAX]);

#endif
