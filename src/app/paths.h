/* Where kawat's files are: the XDG base directories, -c, -f, -d and --replay (UX.md 7). */
#ifndef KAWAT_APP_PATHS_H
#define KAWAT_APP_PATHS_H

#include "base/arena.h"
#include "base/err.h"

struct path_wishes {
	const char *config_file, *feeds_file, *data_dir, *replay_dir; /* NULL: not named */
};

struct paths {
	const char *config; /* file */
	const char *feeds; /* file */
	const char *own_themes; /* folder */
	const char *own_sites; /* file: rules of sites */
	const char *data; /* folder: store, lock */
	const char *state; /* folder: log */
	const char *cache; /* folder */
	const char *log; /* file */
	const char *replay; /* folder, absolute, or NULL */
	bool data_is_temporary; /* a private folder, as for --replay without -d: removed at the end */
};

/* False: no HOME, or a --replay folder that is not there.  Makes no folder but the private one
 * of --replay. */
MUST_CHECK bool paths_find(struct paths *, struct arena *, const struct path_wishes *,
    struct err *);

/* Make the data and state folders (0700); asked for when something is to be written. */
MUST_CHECK bool paths_make(const struct paths *, struct err *);

/* A private data folder from now on, for what must touch no store. */
MUST_CHECK bool paths_use_temporary(struct paths *, struct arena *, struct err *);

/* Remove the private data folder and what is in it. */
void paths_clear(const struct paths *);

/* The folder that this program's file is in; the other two programs and the themes are found from
 * there in the build tree. */
const char *program_folder(struct arena *);

#endif
