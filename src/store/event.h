/*
 * Which event each story reports (story/cluster.h), in the store: story.cluster is the number of the
 * first story of its event, NULL while it is the only one.  Stories are placed in the order in which
 * they came, behind the headlines, and none is moved later.
 *
 * What the placing needs is kept in two small tables and in the memory of the process that places:
 * a story costs what it says, not what the store holds.
 */
#ifndef KAWAT_STORE_EVENT_H
#define KAWAT_STORE_EVENT_H

#include "store/store.h"

enum { EVENT_STEP = 1000 }; /* stories in one transaction: some 50 ms */

/* What a process remembers between steps. */
struct event_memory;

struct event_memory *event_memory_new(void);
void event_memory_free(struct event_memory *); /* NULL is allowed */

/*
 * Place at most n stories that wait, in one transaction.  *joined grows by how many stand with
 * others now.  *done: none waits any more.
 */
MUST_CHECK bool event_step(struct store *, struct event_memory *, size_t n, int64_t *joined,
    bool *done, struct err *);

/*
 * The other stories with the very same words: by another agency, in another feed.  What is done with
 * the read mark of one is done with theirs.
 */
MUST_CHECK bool event_twins(struct store *, struct arena *, story_id, story_id **twins, size_t *n,
    struct err *);

#endif
