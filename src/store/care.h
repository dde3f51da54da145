/*
 * Care of the store, behind `kawat db`: check it, measure it, make it small, copy it.
 */
#ifndef KAWAT_STORE_CARE_H
#define KAWAT_STORE_CARE_H

#include "store/store.h"

/* What is wrong, a clean sentence each. */
struct care_findings {
	struct str *v;
	size_t n, cap;
};

enum { CARE_MAX_FINDINGS = 100 };

/*
 * Read everything and compare: pages and indexes (integrity_check), references, the
 * search index with its stories, kept counts with counted ones, links with their
 * targets.  True with no finding: the store is sound.  False only when the check itself
 * cannot run.
 */
MUST_CHECK bool care_check(
    struct store *, struct arena *, struct care_findings *, struct err *);

/* Bring kept numbers and the search index back in line with the stories.  STORE_WRITE. */
MUST_CHECK bool care_mend(struct store *, struct err *);

struct care_stats {
	int64_t stories, unread, starred, stored, gone;
	int64_t feeds, links, resolved_links, versions, unindexed, queued, changes;
	int64_t file_bytes, log_bytes, free_bytes; /* the file, its log, unused pages */
	int64_t oldest, newest; /* first_seen; 0: no stories */
	int64_t format;
};
MUST_CHECK bool care_stats(struct store *, struct care_stats *, struct err *);

/* Give unused space back, merge the search index, empty the log.  STORE_WRITE, none
 * open. */
MUST_CHECK bool care_compact(struct store *, struct err *);

/* A sound copy of the store as it is now, 0600; `path` must not exist. */
MUST_CHECK bool care_backup(struct store *, const char *path, struct err *);

/*
 * Move a damaged store and what lies beside it out of the way (`kawat.db.damaged-1`,
 * ...), so that a new one can begin.  Gives the new name of the file.  The store must
 * be closed.
 */
MUST_CHECK bool care_set_aside(
    struct arena *, const char *folder, struct str *name, struct err *);

#endif
