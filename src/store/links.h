/*
 * The edges of the graph of stories.  A link leads to a story by the key of its
 * address, or by its headline when there is no address; until such a story arrives it
 * leads nowhere, and waits. All of this happens within a transaction.
 */
#ifndef KAWAT_STORE_LINKS_H
#define KAWAT_STORE_LINKS_H

#include "store/store.h"
#include "story/story.h"

/* The links out of a new story. */
MUST_CHECK bool links_add(
    struct store *, struct arena *, story_id, const struct story *, struct err *);

/* Replace the links out of a story by those of `s`. */
MUST_CHECK bool links_write(
    struct store *, struct arena *, story_id, const struct story *s, struct err *);

/* A story has a new key (arrived, or has one more address): lead there what waited for
 * it. */
MUST_CHECK bool links_arrive_key(
    struct store *, struct arena *, story_id, struct str key, struct err *);
/* The same for its headline. */
MUST_CHECK bool links_arrive_title(
    struct store *, struct arena *, story_id, struct str title, struct err *);

/* The story with this key, or with it as another address; STORY_NONE. */
MUST_CHECK bool links_find_key(struct store *, struct str key, story_id *, struct err *);

#endif
