/*
 * Files of the reader's own: read with a limit, replaced atomically, made 0600 in folders 0700.
 * A symbolic link is never followed at the last step of a path that kawat writes.
 */
#ifndef KAWAT_BASE_FILE_H
#define KAWAT_BASE_FILE_H

#include "base/arena.h"
#include "base/err.h"

/* Read a whole file ("-" is standard input), at most max_bytes (0: no limit), into the arena. */
MUST_CHECK bool file_read(struct arena *, const char *path, size_t max_bytes, struct bytes *,
    struct err *);

/* Write beside, sync, rename.  Mode 0600. */
MUST_CHECK bool file_replace(const char *path, struct bytes, struct err *);

/* Make a folder and its parents, 0700 each that is new. */
MUST_CHECK bool folder_make(const char *path, struct err *);

bool file_exists(const char *path);

/* A pseudo-file in memory or an unlinked one in `folder`; close() it. -1 and *e on failure. */
int file_temporary(const char *folder, struct err *);

/* Write all of it to a blocking descriptor. */
MUST_CHECK bool fd_write_all(int fd, struct bytes, struct err *);

#endif
