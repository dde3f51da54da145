/*
 * `kawat extract`: bytes of a page or of a plain text in, a story out; and the story as the JSON
 * object or the text that the command prints.
 */
#ifndef KAWAT_STORY_EXTRACT_H
#define KAWAT_STORY_EXTRACT_H

#include "base/json.h"
#include "story/page.h"
#include "story/story.h"
#include "text/charset.h"

enum {
	/* A page; what is longer is cut there. */
	EXTRACT_MAX_BYTES = 8 * 1024 * 1024,
};

struct extract_source {
	struct bytes raw;
	struct str url; /* where it came from, or empty */
	struct str content_type; /* the HTTP header, or empty */
	struct str charset; /* what the user says, or empty */
	struct charset_set *set; /* converters that are ready, or NULL (charset.h) */
	struct page_known known; /* what a feed said of it */
	const struct site_rules *sites; /* NULL: none */
};

/*
 * Fills the story.  Returns the charset whose converter is missing (nothing was read then), or
 * CHARSET_UNKNOWN when all went well; a page without a story is no error.
 */
enum charset extract_story(struct arena *, const struct extract_source *, struct story *);

/* The object of the contract (keys and order are stable) and a newline. */
void extract_json(struct arena *, const struct story *, struct json *);

/* For people: headline, byline and date, text with its read-also lines, credits, rights. */
void extract_text(struct arena *, const struct story *, struct buf *out);

#endif
