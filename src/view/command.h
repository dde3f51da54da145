/*
 * A command is a row of the one key table: name, keys, context, help.  The table itself
 * lies above this floor and is passed in as data; keys, help, hints and the palette all
 * read these rows.
 *
 * `keys` holds the alternatives parted by ", " ("g g, Home"); the steps of a sequence are
 * parted by a space.  Key names are those of ui/keymap.h.  Empty: no key, reached by the
 * palette alone.
 */
#ifndef KAWAT_VIEW_COMMAND_H
#define KAWAT_VIEW_COMMAND_H

#include "base/str.h"

struct command {
	const char *name; /* toggle-read */
	const char *keys;
	int context;      /* small number, 0 to 31; the names are the caller's */
	const char *help; /* English; shown through the words of the language */
	const char
	    *group; /* of the help view: "Read", "Links", "Keep" …; NULL: "Other" */
};

#endif
