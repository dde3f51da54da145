/*
 * The same event once: which of the events so far a story reports, or none.
 *
 * Online and final: a story is placed when it comes, by what came before it, and nobody is moved
 * later.  Time per story and memory are bounded whatever comes: what words are known, who used a
 * word last, and the events themselves stand in tables of a fixed size, from which the oldest goes.
 * The same stories in the same order give the same answer.
 */
#ifndef KAWAT_STORY_CLUSTER_H
#define KAWAT_STORY_CLUSTER_H

#include "base/buf.h"
#include "story/cluster_terms.h"

struct clusters;

/* How much is remembered.  Both are rounded up to a power of two. */
struct cluster_room {
	size_t events; /* some 600 bytes each */
	size_t words; /* some 80 bytes each */
};

/* Seven days of a busy wire for the verb; the days that can be joined, for a reader's store. */
#define CLUSTER_ROOM_WIDE ((struct cluster_room){16384, 262144})
#define CLUSTER_ROOM_STORE ((struct cluster_room){4096, 32768})

#define CLUSTER_NO_TIME INT64_MIN
#define CLUSTER_NONE 0 /* no event has this name */

struct clusters *clusters_new(struct cluster_room);
void clusters_free(struct clusters *); /* NULL is allowed */

/*
 * The name of the event that the story reports.  When it is a new one, that is `name` (not 0).
 * `at` is when it was published, seconds since 1970, or CLUSTER_NO_TIME.
 */
int64_t clusters_place(struct clusters *, const struct cluster_terms *, int64_t at,
    int64_t name);

/*
 * Words of a story that will be placed later.  Who has many at once lets them be heard first, so that
 * from the first one on it is known which words are common.
 */
void clusters_hear(struct clusters *, const struct cluster_terms *);

/*
 * The event that the last call placed a story in, as bytes to keep; and such bytes read
 * again, by a process that begins: give them in the order of their names, the oldest first, then
 * events are known as they were.  False: they are no such bytes.
 */
void clusters_pack(const struct clusters *, struct buf *);
MUST_CHECK bool clusters_unpack(struct clusters *, struct bytes);

size_t clusters_bytes(const struct clusters *); /* of memory; never changes */

#endif
