/*
 * How far the archive of a feed (RFC 5005: earlier items in further documents) has been taken.  A
 * document is noted in the transaction that stores its stories, with the address of the one before it,
 * so that a walk which was cut off anywhere goes on behind the last one that is whole.
 */
#ifndef KAWAT_STORE_ARCHIVE_H
#define KAWAT_STORE_ARCHIVE_H

#include "store/feeds.h"

struct archive_document {
	bool taken;
	struct str older; /* when taken: the one before it, absolute; empty: it is the first of all */
};

MUST_CHECK bool archive_find(struct store *, struct arena *, feed_id, struct str url,
    struct archive_document *, struct err *);

/* How many documents are taken: no walk along them is longer. */
MUST_CHECK bool archive_count(struct store *, feed_id, int64_t *, struct err *);

/* Within the update that stores its stories. */
MUST_CHECK bool archive_put(struct store *, feed_id, struct str url, struct str older,
    int64_t n_items, int64_t now, struct err *);

/* The next walk begins anew. */
MUST_CHECK bool archive_forget(struct store *, feed_id, struct err *);

#endif
