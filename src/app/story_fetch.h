/* For the verbs: have wire fetch the pages of stories, and wait for it. */
#ifndef KAWAT_APP_STORY_FETCH_H
#define KAWAT_APP_STORY_FETCH_H

#include "app/app.h"
#include "store/store.h"
#include "wire/protocol.h"

struct story_wish {
	story_id id; /* or STORY_NONE: by address */
	struct str url;
};

/* Called for each story that wire has answered; strings are borrowed until it returns. */
typedef void story_fetch_handler(void *ctx, const struct wire_story_news *);

/*
 * Fetch them all, with `depth` steps of their read-also links and at most `budget` pages of those.  False:
 * wire could not do its work at all; what a single story came to is told to the handler.
 */
MUST_CHECK bool story_fetch(struct app *, const struct story_wish *, size_t n, enum wire_why,
    int64_t depth, int64_t budget, story_fetch_handler *, void *ctx, struct err *);

#endif
