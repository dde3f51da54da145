/*
 * Starting the other two programs.  They stand beside kawat in the build tree, in
 * $libexecdir/kawat when installed.  A worker gets one end of a socketpair as descriptor 3 (and
 * wire the parse process's as 4), the standard descriptors, and nothing else: everything of ours
 * is close-on-exec.  It ends when its socket reads end of file.
 */
#ifndef KAWAT_APP_WORKER_H
#define KAWAT_APP_WORKER_H

#include <sys/types.h>

#include "base/err.h"

enum { WORKER_MAX_FDS = 2 };

struct worker {
	pid_t pid; /* 0: none */
};

/* A socketpair, both ends close-on-exec.  False and *e on failure. */
MUST_CHECK bool worker_pair(int ends[2], struct err *);

/* name: "kawat-wire" or "kawat-parse"; args after it, NULL-terminated.  fds become 3, 4.  The
 * descriptors stay the caller's (close them after). */
MUST_CHECK bool worker_start(struct worker *, const char *name, const char *const *args,
    const int *fds, size_t n_fds, struct err *);

void worker_kill(struct worker *); /* SIGKILL and reap; none is fine */
/* Wait (blocking) until it has ended by itself; returns its wait status, or -1. */
int worker_wait(struct worker *);
/* Has it ended?  Reaps it then; *status is the wait status. */
bool worker_ended(struct worker *, int *status);

#endif
