/*
 * What the runners of html5lib's cases share: the files of a folder, and the count at the end.  The
 * suite is not part of this tree; where it is, is the runner's argument.
 */
#ifndef KAWAT_TESTS_TEXT_HTML5LIB_H
#define KAWAT_TESTS_TEXT_HTML5LIB_H

#include "base/arena.h"

struct html5lib {
	struct arena *arena; /* for one case */
	size_t passed, failed, left_out;
	const char *file; /* that is being read */
};

/* Run the cases of a file.  False: it holds none; why is printed. */
typedef bool html5lib_cases(struct html5lib *, struct bytes content);

/*
 * Each file of the folder whose name ends so, in the order of their names.  False: there is none, or
 * one cannot be read; it is printed.
 */
bool html5lib_folder(
    struct html5lib *, const char *folder, const char *ending, html5lib_cases *);

/* Print `N passed, N failed`, the last line, and release the arena.  The exit code. */
int html5lib_end(struct html5lib *, bool readable);

#endif
