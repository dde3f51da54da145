/* Names of places: how they are written, and which capitals are none (dateline_place.def). */
#ifndef KAWAT_STORY_DATELINE_PLACE_H
#define KAWAT_STORY_DATELINE_PLACE_H

#include "story/dateline.h"

enum {
	DATELINE_PLACE_BYTES = 60,
};

/* Begins with a capital, or with a letter that knows no case. */
bool dateline_begins_big(struct str word);

/* Words that begin big, or stand inside names ("of", "de"), without signs: at most max_words. */
bool dateline_is_name(struct str, size_t max_words);

/* A few words that begin big ("Rio de Janeiro"), without digits and signs. */
bool dateline_is_place(struct str);

/* All letters that have a case are capitals. */
bool dateline_is_caps(struct str);

/*
 * Is the place that was read from before a dash or a colon surely one?  It is written in capitals
 * that can be spoken (not "MVP"), is no label, title or body, and no initials.
 */
bool dateline_place_stands(const struct dateline *);

#endif
