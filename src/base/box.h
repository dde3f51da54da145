/*
 * The sandboxes.  A box is entered once, before the first outside byte is read, and never left.
 *
 * parse: an allow-list of system calls (seccomp; anything else ends the process), no file may be
 *   opened, no socket made, nothing executed; RLIMIT_AS bounds its memory, RLIMIT_NOFILE is what is
 *   open.  It reads and writes the one socket that it was given.
 * wire: network and the store.  Landlock: reads /etc, /usr, /run and named folders, writes the
 *   data, state and config folders; seccomp: exec and ptrace are refused (EPERM).  Threads are
 *   allowed, since curl's resolver needs them.
 *
 * In an instrumented build (sanitizers, coverage, fuzzing) the boxes are compiled out: leak
 * checking and RLIMIT_AS do not mix with them.  A kernel without Landlock or seccomp leaves that
 * part out; the answer says so and `kawat doctor` shows it.
 */
#ifndef KAWAT_BASE_BOX_H
#define KAWAT_BASE_BOX_H

#include "base/err.h"

/* What is in force, as flags. */
enum {
	BOX_COMPILED_OUT = 1,
	BOX_SECCOMP = 2,
	BOX_LANDLOCK = 4,
};

enum {
	/* Enough for a page of 8 MiB with its tree, or a repaired feed, many times over. */
	BOX_PARSE_MAX_MEMORY = 448 * 1024 * 1024,
};

struct box_paths {
	const char *const *read; /* NULL-terminated; what does not exist is passed over */
	const char *const *write;
};

/* Returns the flags of what is in force; never fails (a part that cannot be had is left out). */
unsigned box_parse(void);
unsigned box_wire(const struct box_paths *);

/* The Landlock version of the kernel, 0: none.  For `doctor`. */
int box_landlock_version(void);
bool box_seccomp_available(void);

#endif
