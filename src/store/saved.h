/*
 * What the desk wants to find again at the next start: the trail with its position, the
 * stories opened, what was typed into prompts.  Values are the desk's own; the store
 * keeps bytes.
 */
#ifndef KAWAT_STORE_SAVED_H
#define KAWAT_STORE_SAVED_H

#include "store/store.h"

enum {
	SAVED_MAX_BYTES = 256 * 1024, /* of one value */
	SAVED_MAX_OPENED = 1000, /* older ones are forgotten */
	SAVED_MAX_TYPED = 500,
};

/* A value by name (`trail`, ...).  No such name gives empty bytes. */
MUST_CHECK bool saved_put(struct store *, struct str name, struct bytes, struct err *);
MUST_CHECK bool saved_get(
    struct store *, struct arena *, struct str name, struct bytes *, struct err *);

/* Stories opened, newest first; opening one again moves it to the top. */
struct saved_opened {
	story_id id;
	int64_t at;
};
struct saved_openeds {
	struct saved_opened *v;
	size_t n;
};
MUST_CHECK bool saved_open_story(struct store *, story_id, int64_t now, struct err *);
MUST_CHECK bool saved_openeds(
    struct store *, struct arena *, size_t limit, struct saved_openeds *, struct err *);

/* Lines typed into prompts, newest first, each once. */
struct saved_typed {
	struct bytes *v;
	size_t n;
};
MUST_CHECK bool saved_type(struct store *, struct bytes, int64_t now, struct err *);
MUST_CHECK bool saved_typed(
    struct store *, struct arena *, size_t limit, struct saved_typed *, struct err *);

#endif
