/*
 * The path that the reader took from story to story.  A line, not a tree: going back and then
 * elsewhere cuts the steps ahead, as in a web browser.  Each step remembers the place in the text
 * and the focused link, so that going back is to the same line.
 */
#ifndef KAWAT_APP_TRAIL_H
#define KAWAT_APP_TRAIL_H

#include "base/buf.h"
#include "store/store.h"
#include "ui/pager.h"

enum { TRAIL_MAX_STEPS = 200 };

struct step {
	story_id story;
	struct place place;
	int32_t focus; /* link, or LINE_NO_LINK */
};

struct trail {
	struct step steps[TRAIL_MAX_STEPS];
	size_t n; /* 0: no story was opened yet */
	size_t here; /* the step that is shown */
};

void trail_begin(struct trail *, story_id); /* a new trail of one step */
void trail_go(struct trail *, story_id); /* one step further; the oldest goes when it is full */
/* The step now shown, or NULL at the end of the trail in that direction. */
struct step *trail_back(struct trail *);
struct step *trail_forward(struct trail *);
struct step *trail_here(struct trail *); /* NULL: empty */

/* For the next start: whether the story was open, and every step. */
void trail_pack(const struct trail *, bool open, struct buf *);
/* False: what is there is not of this kind; the trail is empty then. */
MUST_CHECK bool trail_unpack(struct trail *, struct bytes, bool *open);

#endif
