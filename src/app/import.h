/*
 * Lists of feeds and exported marks, from bytes to what kawat knows: read in a boxed parse process
 * (feed/list.h), then put into the feeds file in one edit, and marks into the store.
 */
#ifndef KAWAT_APP_IMPORT_H
#define KAWAT_APP_IMPORT_H

#include "app/app.h"
#include "app/feeds_add.h"

enum { IMPORT_MAX_TOLD = 1000 }; /* of what was left out, one by one; the rest is counted */

/* Something that was left out, or to be said. */
struct import_note {
	const char *file; /* name for showing; NULL: there is one alone */
	int64_t place; /* 0: none */
	bool is_outline; /* the place is an outline's number, not a line's */
	struct str about; /* an address for showing, or empty */
	struct str why;
};

struct import {
	struct app *app;
	struct arena *arena; /* of all that is kept */
	const char *file; /* in progress, for notes */
	struct {
		struct feeds_addition *v;
		size_t n, cap;
	} feeds;
	struct {
		struct str *v; /* their keys, or addresses; parallel to the marks' flags */
		size_t n, cap;
	} keys;
	struct {
		unsigned char *v; /* IMPORT_READ and IMPORT_STARRED */
		size_t n, cap;
	} marks;
	struct {
		struct import_note *v;
		size_t n, cap;
	} notes;
	/* of feeds, searches and marks together */
	int64_t n_imported, n_present, n_skipped;
	int64_t n_feeds; /* of those imported, the feeds */
};

enum { IMPORT_READ = 1, IMPORT_STARRED = 2 };

void import_init(struct import *, struct app *);

/* Read one list (from where the descriptor stands).  May be called for several.  file: its name
 * for notes, or NULL.  ERR_INPUT: it is no list. */
MUST_CHECK bool import_read(struct import *, int fd, const char *file, struct err *);

/* Take what was read: the feeds file is edited, marks are set.  write false: only count. */
MUST_CHECK bool import_apply(struct import *, bool write, struct err *);

#endif
