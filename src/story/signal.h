/*
 * What a headline says about the story before it says what happened: "URGENT:", "UPDATE 2-",
 * "(Koreksi)", "속보"; and the keyword line ("slug") of wires.  The headline itself is never
 * changed.
 */
#ifndef KAWAT_STORY_SIGNAL_H
#define KAWAT_STORY_SIGNAL_H

#include "base/arena.h"
#include "story/story.h"

struct signal {
	int urgency; /* 1 to 8, 0: nothing is said */
	enum story_status status;
	struct str slug; /* "BC-BKN--Heat-Hawks", "HARBOUR-FERRY/", or empty; borrows */
	size_t lead; /* offset of the headline proper */
};

void signal_read(struct arena *, struct str headline, struct signal *out);

#endif
