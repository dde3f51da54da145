/*
 * By what a story is known again.  A key is text: the canonical address as url_key
 * makes it; `guid:...` of a feed's own identifier; `hash:...` of what it says.
 */
#ifndef KAWAT_STORE_KEY_H
#define KAWAT_STORE_KEY_H

#include "store/store.h"
#include "story/story.h"

/* A guid that is longer is hashed: keys are in an index. */
enum { KEY_MAX_GUID_BYTES = 512, KEY_MIN_HEADLINE_BYTES = 8 };

/* Of an address; empty when it is not http(s). */
struct str key_of_url(struct arena *, struct str url);

/*
 * Of a story in a feed.  An address that is only a site's front page is nobody's: items
 * without pages of their own carry it.  An identifier without ':' is unique in its feed
 * at most, so the feed's address is part of its key.  Never empty.
 */
struct str key_of_story(struct arena *, struct str feed_url, const struct story *);

/* Are both of one site, however they are written (`www.`, `m.`)? */
bool key_same_site(struct arena *, struct str url_a, struct str url_b);

/*
 * The address that a story or page calls its own, when it may: one of the same site as
 * the address it was found at.  A page that claims to be another site's story is not
 * believed.
 */
struct str key_canonical(struct arena *, const struct story *);

/* For the second of two stories that a feed gives the same address. */
struct str key_of_twin(struct arena *, struct str key, const struct story *);

/*
 * For finding a story by its headline alone: equal for equal text_headline_key.  0: the
 * headline is too short to mean one story.
 */
int64_t key_headline(struct arena *, struct str title);
bool key_same_headline(struct arena *, struct str a, struct str b);

/* What a feed says of a story, as a number: another number, something changed. */
int64_t key_said(const struct story *);

#endif
