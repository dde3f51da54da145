/*
 * The store: one SQLite file `kawat.db` in the data folder, in WAL mode.  Everything
 * kawat knows of stories is in it.  This header opens, closes and looks after it; the
 * others of this floor read and write it.
 *
 * One process holds one struct store and uses it from one thread.  Functions that read
 * give results that live in the arena that was passed; no statement stays open between
 * calls, so a reader never stops a checkpoint.  Functions that change something do it
 * in one transaction of their own unless their header says otherwise, whole or not at
 * all.
 *
 * Every failure is ERR_STORE with one sentence that names the file; store_trouble()
 * says which kind it was, for who must act on it (stop a refresh when the disk is full,
 * go on read-only when busy). Times are seconds since 1970 UTC and come in as
 * arguments; nothing here asks the clock.
 */
#ifndef KAWAT_STORE_STORE_H
#define KAWAT_STORE_STORE_H

#include "base/arena.h"
#include "base/err.h"

/* The number of a story that a user types; 1 and up, never used again. */
typedef int64_t story_id;
/* The number of a feed's row in this store. */
typedef int64_t feed_id;

enum { STORY_NONE = 0, FEED_NONE = 0 };

/* The file's name within the data folder, and how a format that is not ours is told. */
#define STORE_FILE "kawat.db"

enum {
	STORE_FORMAT = 9, /* user_version of the newest migration */
	STORE_APPLICATION_ID = 0x6b617774, /* "kawt" */
	STORE_BUSY_MS = 5000, /* how long another writer is waited for */
};

struct store;

/*
 * STORE_WRITE makes the store when there is none.  STORE_READ opens what is there
 * read/write with query_only, because a pure read-only open fails when no -shm file is
 * there; on a read-only disk it falls back to `immutable`, and store_is_frozen() is
 * then true: changes made since the last checkpoint may be missing, which the reader
 * should be told.
 */
enum store_mode { STORE_READ, STORE_WRITE };

struct store_options {
	const char *folder; /* made 0700 with its parents when STORE_WRITE */
	enum store_mode mode;
	bool sync_full; /* wait for the disk at every commit */
	int busy_ms; /* 0: STORE_BUSY_MS */
};

enum store_trouble {
	STORE_FINE,
	STORE_ABSENT, /* no store yet (STORE_READ): ERR_NOT_FOUND */
	STORE_BUSY, /* another process writes and did not end in time */
	STORE_FULL, /* no space on the disk */
	STORE_DAMAGED, /* no store, cut, inconsistent; left untouched */
	STORE_NEWER, /* written by a later kawat; left untouched */
	STORE_FORBIDDEN, /* no permission, read-only, or a symbolic link in its place */
	STORE_STOPPED, /* the interrupt function said so */
	STORE_FAILED, /* anything else */
};

/*
 * Open it.  Files are made 0600 in spite of the umask.  The data folder itself may be a
 * symbolic link; a store file that is one is refused.  A store of an older format is
 * carried forward when writing, and refused when reading a disk that cannot be written.
 * `trouble` may be NULL.
 */
MUST_CHECK bool store_open(
    struct store **, const struct store_options *, enum store_trouble *, struct err *);
void store_close(struct store *); /* NULL is allowed; open changes are rolled back */

bool store_exists(const char *folder);
const char *store_path(const struct store *); /* of the file */
bool store_is_frozen(const struct store *);

/* Of the last function that failed. */
enum store_trouble store_trouble(const struct store *);

/*
 * Called often during long reads; true stops the read, which then fails as
 * STORE_STOPPED.  For a search that gives way to a key.  NULL takes it away.  Writes
 * are never stopped.
 */
typedef bool store_interrupt(void *ctx);
void store_set_interrupt(struct store *, store_interrupt *, void *ctx);

/*
 * A number that differs from the last one when another connection has changed the
 * store.  Costs microseconds: the desk asks it once a turn.
 */
MUST_CHECK bool store_version(struct store *, int64_t *, struct err *);

/*
 * Several changes as one: begin, change, then commit or rollback.  Functions that
 * change something take part in the transaction that is open instead of making their
 * own; they do not nest. After a failure within it only store_rollback() is allowed.
 */
MUST_CHECK bool store_begin(struct store *, struct err *);
MUST_CHECK bool store_commit(struct store *, struct err *);
void store_rollback(struct store *);

/* Kept, never counted: O(1) whatever the store holds.  But for the muted ones, which are stories that
 * no list shows: they are counted, up to STORE_MOST_MUTED. */
enum { STORE_MOST_MUTED = 10000 };
struct store_counts {
	int64_t stories, unread, starred, muted;
};
MUST_CHECK bool store_counts(struct store *, struct store_counts *, struct err *);

#endif
