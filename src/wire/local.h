/*
 * Feeds that are files of the reader's own: `file:PATH`, one feed, and `spool:FOLDER`, into which
 * some other program drops a file for each story or batch.  `~/` is the home folder.  A stamp tells
 * what was read last: for a file its time and size, for a folder the time of its newest file.
 */
#ifndef KAWAT_WIRE_LOCAL_H
#define KAWAT_WIRE_LOCAL_H

#include "base/arena.h"
#include "base/err.h"
#include "wire/spool.h"

enum { LOCAL_MAX_FILES = 10000 }; /* new ones in a spool folder at one time; the rest comes next */

struct local_files {
	struct local_file {
		const char *path;
		int64_t mtime_ns;
	} *v; /* oldest first */
	size_t n, cap;
	struct str stamp; /* when all of these are read */
};

bool local_is(struct str url); /* file: or spool: */

/* The path that it names; NULL when it is no local address. */
const char *local_path(struct arena *, struct str url, const char *home);

/* What is new since `stamp`.  False: not there, or not readable. */
MUST_CHECK bool local_find(struct arena *, struct str url, const char *home, struct str stamp,
    struct local_files *, struct err *);

/* Copy a file into the spool; *cut is set when it has more than max_bytes (0: no limit). */
MUST_CHECK bool local_read(const char *path, int64_t max_bytes, struct spool *, bool *cut,
    struct err *);

#endif
