/* What `kawat export` writes; see verb_export.c. */
#ifndef KAWAT_APP_EXPORT_H
#define KAWAT_APP_EXPORT_H

#include "app/app.h"

/* The feeds that the arguments from `first` on name, or all: OPML 2.0, sections nested. */
MUST_CHECK bool export_opml(struct app *, size_t first, bool passwords, struct err *);

/* The feeds file as it is, comments and all; passwords in addresses left away unless asked for. */
MUST_CHECK bool export_feeds(struct app *, bool passwords, struct err *);

/* The stories of the query in the arguments from `first` on, or all; one at a time in memory. */
MUST_CHECK bool export_stories(struct app *, size_t first, enum format, struct err *);

/* Which of those stories are read or starred: one JSON object a line, by key. */
MUST_CHECK bool export_marks(struct app *, size_t first, struct err *);

#endif
