/*
 * The feeds file (UX.md 7.2): one feed a line, address, optional name in quotes, options; sections
 * nest with '/'.  The file is the only list of what is subscribed; the store keeps only state.
 */
#ifndef KAWAT_APP_FEEDS_FILE_H
#define KAWAT_APP_FEEDS_FILE_H

#include "base/conf.h"
#include "wire/protocol.h"

/* Nobody reads more; a file that is no feeds file has many. */
enum { FEEDS_FILE_MAX_WARNINGS = 50 };

struct saved_search {
	struct str query, name;
};

struct feeds_file {
	struct conf file;
	const char *path;
	struct wire_feeds feeds; /* in file order; addresses are unique */
	struct {
		struct saved_search *v;
		size_t n, cap;
	} searches;
	struct {
		struct str *v; /* sentences: `feeds:7: not an address: "htps://…"` */
		size_t n, cap;
	} warnings;
};

/* Everything lives in the arena.  A line with an error is skipped and warned of. */
MUST_CHECK bool feeds_file_load(struct feeds_file *, struct arena *, const char *path,
    struct err *);

/* Which feed a FEED argument means: an address, a name, or a unique part of either.  Fills *e with
 * ERR_USAGE (none, or several). */
const struct wire_subscription *feeds_file_find(const struct feeds_file *, struct str what,
    struct err *);

/* All feeds that FEED or @Section arguments mean, as addresses.  No argument: empty list. */
MUST_CHECK bool feeds_file_select(const struct feeds_file *, struct arena *,
    const struct str *args, size_t n, struct wire_strs *, struct err *);

const struct wire_subscription *feeds_file_by_url(const struct feeds_file *, struct str url);

/* What to show for a feed: its name, else the address without userinfo. */
struct str subscription_name(struct arena *, const struct wire_subscription *);

/* Edit and write the file: comments and order stay.  An address that is there is ERR_USAGE, also when
 * another kawat wrote it meanwhile. */
MUST_CHECK bool feeds_file_add(struct feeds_file *, struct str url, struct str name,
    struct str section, struct str every, struct err *);
/* A saved search, in the section Searches. */
MUST_CHECK bool feeds_file_add_search(struct feeds_file *, struct str query, struct str name,
    struct err *);
/* What stands behind the address on its line: name and options. */
struct str feeds_file_rest(struct feeds_file *, struct str url);
MUST_CHECK bool feeds_file_change(struct feeds_file *, struct str url, struct str rest,
    struct err *);
/* One line up (-1) or down (1) among the feeds of its section; *moved false: it stood at the end. */
MUST_CHECK bool feeds_file_shift(struct feeds_file *, struct str url, int direction, bool *moved,
    struct err *);
/*
 * Between these two nobody else of kawat's edits the file, and f->file is what it says now.  *lock
 * is for the second, which writes it when `write`.  After the first failed nothing is locked.
 */
MUST_CHECK bool feeds_file_edit_begin(struct feeds_file *, int *lock, struct err *);
MUST_CHECK bool feeds_file_edit_end(struct feeds_file *, int lock, bool write, struct err *);

/* Is it an option that a line may have, with a value that it takes?  `name=value`, or a name. */
bool feeds_file_knows_option(struct str token);
/* In double quotes; a quote or backslash in it is escaped. */
struct str feeds_file_quote(struct arena *, struct str name);

MUST_CHECK bool feeds_file_remove(struct feeds_file *, struct str url, struct err *);
MUST_CHECK bool feeds_file_move(struct feeds_file *, struct str from, struct str to,
    struct err *);

#endif
