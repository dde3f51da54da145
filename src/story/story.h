/*
 * A wire story: one item or page, taken apart.  Filled in the parse process, carried over a frame,
 * kept in the store.  Strings are clean UTF-8 (title, names and addresses are one line); empty
 * means unknown.  Everything lives in the arena that the story was made in.
 */
#ifndef KAWAT_STORY_STORY_H
#define KAWAT_STORY_STORY_H

#include "text/doc.h"

#define STORY_NO_TIME INT64_MIN

enum {
	STORY_MAX_LINKS = 200, /* related links; a page with more is a list, not a story */
	STORY_MAX_IMAGES = 100,
	STORY_MAX_TITLE_BYTES = 1024,
	STORY_MAX_URL_BYTES = 64 * 1024,
	STORY_MAX_FIELD_BYTES = 16 * 1024,
};

/* Inline: the author's choice.  Tail: a list after the text.  Auto: a page module. Mention: a
 * plain link in a sentence to another story.  Stored as these numbers. */
enum link_kind { LINK_INLINE = 1, LINK_TAIL, LINK_AUTO, LINK_MENTION };

struct story_link {
	enum link_kind kind;
	struct str label; /* as written, without closing punctuation; empty for a mention */
	struct str title;
	struct str url; /* absolute http(s); empty: dangling, only the headline is known */
	int32_t after; /* paragraphs of the text before it */
};

struct story_image {
	struct str url, alt;
};

/* What a page shows in the place of its story. */
enum story_withheld {
	WITHHELD_NOT,
	WITHHELD_PAYWALL, /* the beginning at most: the rest is for subscribers */
	WITHHELD_CONSENT, /* asks for consent to cookies first */
	WITHHELD_LOGIN,
	WITHHELD_ROBOT, /* wants a browser: scripts, a test that a person sits there */
	WITHHELD_ERROR, /* says that there is no such page, or that the server failed */
	WITHHELD_KINDS
};

enum story_status { STORY_USABLE = 0, STORY_UPDATED, STORY_CORRECTED, STORY_WITHDRAWN };

struct story {
	struct str url; /* as given by the feed or asked for, absolute */
	struct str canonical; /* rel=canonical, og:url; empty: unknown */
	struct str guid; /* of the feed */
	struct str title;
	struct str site; /* the publication's name */
	struct str agency; /* ANTARA */
	struct str place; /* of the dateline */
	struct str byline; /* names joined by ", " */
	struct str source, exchange; /* Yonhap-OANA, OANA */
	struct str reporter, translator, editor, photographer, desk;
	struct str copyright; /* the (c) line */
	struct str rights; /* the copyright line and the rights sentences, a line each */
	struct str correction; /* what the correction notice says */
	struct str lang; /* BCP 47 */
	struct str slug; /* keyword line */
	struct str usage; /* usage terms, an editor's note */
	struct str section; /* the publication's own section */
	enum story_status status;
	int urgency; /* 1 to 8, 0 unknown */
	bool urgency_guessed; /* from words of the headline: the source states none */
	bool advertorial;
	bool full; /* the body is the full text, not a summary */
	enum story_withheld withheld; /* of a page */
	struct str next_page; /* of a page: where the story goes on, on the same site; or empty */
	int64_t published, updated, embargo_until; /* seconds UTC or STORY_NO_TIME */
	int32_t published_offset; /* minutes east of UTC that the source gave */
	struct str published_raw; /* RFC 3339 as far as the source was precise; for `extract` */
	struct doc body; /* without tail, credits and rights; the dateline stays */
	struct str summary; /* of the feed, plain text, one paragraph */
	struct { struct story_link *v; size_t n, cap; } links; /* in page order */
	struct { struct story_image *v; size_t n, cap; } images;
};

/* All times unknown, everything else empty. */
void story_init(struct story *);

/*
 * Hold a finished story to what is promised above: lines are one line, nothing is longer than its
 * bound (text is cut, an address that is too long goes), numbers are in their ranges.
 */
void story_settle(struct arena *, struct story *);

#endif
