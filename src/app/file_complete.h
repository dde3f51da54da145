/* Tab in a prompt for a file: what the names in its folder have in common. */
#ifndef KAWAT_APP_FILE_COMPLETE_H
#define KAWAT_APP_FILE_COMPLETE_H

#include "base/arena.h"

enum { FILE_COMPLETE_MAX_NAMES = 10000 }; /* a folder with more is looked at in part */

/* `~/` at the beginning is the reader's HOME; any other path is as it stands. */
struct str file_expand(struct arena *, struct str typed);

/*
 * What was typed, as far as all names that begin so go on alike; a '/' behind a folder that is the
 * only one.  Names that begin with a dot are meant only when the dot was typed, and names that
 * could not be typed (bytes that are no clean UTF-8) never.
 */
struct str file_complete(struct arena *, struct str typed);

#endif
