/*
 * Writing one story: a new row, or another wording of a known one.  Within a
 * transaction.
 */
#ifndef KAWAT_STORE_STORY_WRITE_H
#define KAWAT_STORE_STORY_WRITE_H

#include "store/store.h"
#include "story/story.h"

enum {
	WRITE_MAX_VERSIONS = 50, /* of one story: a live page would fill the disk */
};

/* Who says it: a feed's item, or the story's own page, which knows the text better than
 * a summary and the headline no better than the feed. */
enum write_source { WRITE_ITEM, WRITE_PAGE };

struct write_place {
	struct str key;
	feed_id owner; /* FEED_NONE: a page */
	int64_t now;
	int64_t not_above; /* the place of a story without a date; 0: now */
};

/* A new story.  From a feed it is unread; a page alone was never news. */
MUST_CHECK bool write_new(struct store *, struct arena *, const struct story *,
    const struct write_place *, enum write_source, story_id *, int64_t *ord,
    struct err *);

/*
 * What a known story says now.  *changed: the headline, the text or the state is
 * another; what it said before is kept as a version, and a reader who has read it is
 * told.  Blank fields leave what is known.
 */
MUST_CHECK bool write_known(struct store *, struct arena *, story_id,
    const struct story *, enum write_source, int64_t now, bool *changed, struct err *);

/* One more address by which the story is found, unless another story has it. */
MUST_CHECK bool write_alias(
    struct store *, struct arena *, story_id, struct str key, struct err *);

#endif
