/*
 * The lock file `kawat.lock` beside the store: held by whoever refreshes.  It is an
 * advisory lock that the system takes back when its holder ends, so a crash leaves
 * nothing to clean up.
 */
#ifndef KAWAT_STORE_LOCK_H
#define KAWAT_STORE_LOCK_H

#include "base/err.h"

#define LOCK_FILE "kawat.lock"

struct lock {
	int fd; /* -1: not held */
};

/*
 * Try to take it; never waits.  *held says whether it is ours now.  False only when the
 * file cannot be made or is not a plain file (a symbolic link is refused).
 */
MUST_CHECK bool lock_open(struct lock *, const char *folder, bool *held, struct err *);
void lock_close(struct lock *);

/* Does somebody hold it?  False also when there is no such file. */
bool lock_is_held(const char *folder);

#endif
