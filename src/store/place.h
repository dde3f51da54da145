/*
 * Where the store's files lie: looked at before SQLite opens them, made whole or not at
 * all.
 *
 * The data folder itself may be a symbolic link; a file in it that is one, or that is
 * no plain file, is refused, so that a link planted there never makes kawat write
 * elsewhere.
 */
#ifndef KAWAT_STORE_PLACE_H
#define KAWAT_STORE_PLACE_H

#include "store/store.h"

struct place {
	char folder[4096]; /* with every link in it resolved */
	char file[4200]; /* of the store */
	bool exists;
	bool made_twice; /* its maker was killed: it has a second name */
	bool writable; /* the folder and the file */
	bool on_read_only_disk; /* why not */
	bool has_log; /* a write-ahead log with something in it */
};

/*
 * Look at them.  Nothing is made or changed.  Refuses links and what cannot be reached;
 * a file that is no store of ours, is cut, or is of a newer kawat is told by *trouble
 * and *e, and is not opened. `named` is the file as the user named it, for sentences.
 */
MUST_CHECK bool place_look(struct place *, const char *folder, const char *named,
    enum store_trouble *, struct err *);

/*
 * A name beside the store for making a new one: no other process uses it; what dead
 * ones left is removed.  Then place_settle syncs it and puts it in the store's place
 * unless somebody was first, which is fine.  *maker is a descriptor that says that the maker lives;
 * it is closed last, behind SQLite's.
 */
MUST_CHECK bool place_new(
    const struct place *, char *path, size_t n, int *maker, struct err *);
MUST_CHECK bool place_settle(const struct place *, const char *path, struct err *);

#endif
