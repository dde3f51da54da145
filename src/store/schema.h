/*
 * The tables, and how a store of an older format is carried forward.
 */
#ifndef KAWAT_STORE_SCHEMA_H
#define KAWAT_STORE_SCHEMA_H

#include "store/store.h"

/*
 * Carry an open store from the format it has to STORE_FORMAT, each step in a
 * transaction of its own. A new, empty database has format 0.  Needs STORE_WRITE.
 */
MUST_CHECK bool schema_migrate(struct store *, struct err *);

/* user_version of the open store, which may differ from its file's while a log is
 * there. */
MUST_CHECK bool schema_format(struct store *, int64_t *, struct err *);

#endif
