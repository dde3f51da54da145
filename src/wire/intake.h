/*
 * From a complete transfer to stored stories: the bytes go to the parse process, its stories into
 * one transaction of the store together with the feed's state, which feeds that finish together
 * share (wire/batch.h).  Nothing is stored of a feed that
 * turns out to be none, and nothing half; memory does not follow the size of the feed.
 */
#ifndef KAWAT_WIRE_INTAKE_H
#define KAWAT_WIRE_INTAKE_H

#include "store/update.h"
#include "wire/wire.h"

enum {
	/* Stories are held back until so many bytes of them have come, so that an ordinary feed is
	 * one short transaction and a large one does not fill the memory. */
	INTAKE_HOLD_BYTES = 1024 * 1024,
	INTAKE_MAX_FRESH = 2000, /* ids remembered for full texts */
};

struct intake_result {
	struct err err; /* ERR_NONE: it was a feed, and all of it is stored */
	bool stored; /* the transaction is made */
	bool torn; /* it broke off; what came before is stored */
	bool store_failed; /* err is the store's: disk full, busy, damaged */
	int64_t n_items, n_new, n_updated;
	struct str title, lang, link, repaired; /* of the feed */
	struct str older; /* where earlier items are, as written; usually empty */
	int64_t ttl_minutes; /* -1: none */
	bool complete; /* the feed says that all of its items are in it */
	uint32_t skip_hours; /* as of struct feed_state */
	uint8_t skip_days;
	struct wire_offer *offers; /* feeds that a page names, when it was a page */
	size_t n_offers;
	story_id *fresh; /* new stories whose full text is not stored */
	size_t n_fresh;
};

struct intake_ask {
	feed_id feed;
	struct str url; /* after redirects */
	struct str content_type, charset, agency, lang;
	int64_t max_items, max_bytes;
	bool cut; /* the transfer was cut at the limit: what comes before the cut is kept */
	int64_t now;
	bool archive; /* a document of the feed's archive: see update_of_archive */

	/* Of an archive, in the place of `settle`: write what goes into the same transaction. */
	bool (*note)(void *ctx, const struct intake_result *, struct err *);
	/* Fill the feed's state and the entry of its log; called when all stories are in, within
	 * the transaction.  The result is complete but for `stored`. */
	void (*settle)(void *ctx, const struct intake_result *, struct feed_state *,
	    struct feed_fetch *);
	/* The end.  Everything that is passed is gone after. */
	void (*done)(void *ctx, const struct intake_result *);
	void *ctx;
};

/* Begin; the spool is taken, strings are copied.  `done` never comes before this returns. */
void intake_begin(struct wire *, const struct intake_ask *, struct spool *);

#endif
