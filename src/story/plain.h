/*
 * A story as an agency sends it, in plain text: one paragraph a line, or parted by blank lines.
 */
#ifndef KAWAT_STORY_PLAIN_H
#define KAWAT_STORY_PLAIN_H

#include "story/story.h"

enum {
	/* A file without a tag in so many bytes is plain text. */
	PLAIN_LOOK_BYTES = 4096,
	/* A first block longer than this is no headline. */
	PLAIN_MAX_TITLE_BYTES = 240,
};

/* Is it a story in plain text, and no page?  Any bytes. */
bool plain_is(struct bytes);

/* text is clean.  The story must be initialised (story_init); its url may be set. */
void plain_story(struct arena *, struct str text, struct story *);

/* Plain text as a document, a paragraph a block. */
struct doc plain_doc(struct arena *, struct str text);

/* The same of text that has no headline in it, as a feed may carry it: fills the body alone. */
void plain_body(struct arena *, struct str text, struct story *);

#endif
