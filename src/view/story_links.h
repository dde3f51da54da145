/*
 * The links of a story and the numbers by which they are followed.  A number means the
 * same in the story and in its related view.
 */
#ifndef KAWAT_VIEW_STORY_LINKS_H
#define KAWAT_VIEW_STORY_LINKS_H

#include "view/line.h"
#include "view/look.h"

/* More numbers than two digits cannot be typed; the rest is reached by Tab and `t`. */
enum { STORY_MAX_NUMBER = 99 };

/* A link of the page: what a number, Tab and a click lead to. */
enum page_link_kind {
	PAGE_LINK_STORY,
	PAGE_LINK_CITED,
	PAGE_LINK_SAME,
	PAGE_LINK_ADDRESS
};

struct page_link {
	enum page_link_kind kind;
	int number;            /* 1 to 99, or 0: it has none */
	story_id to;           /* STORY_NONE: not in the store */
	struct str url, title; /* url empty: only the headline is known */
	enum target_state state;
	bool read;
};

/*
 * The read-also links and mentions as the store has them, then who cites it, then the
 * same event elsewhere.  Numbers go to what the author put in first, then to what he only
 * mentions, then to the others.  There is room for `room` more behind them.
 */
struct page_link *story_links(
    struct arena *, const struct read_story *, size_t room, size_t *n);

/* How a target is drawn. */
enum role story_link_role(enum target_state);
struct str story_link_mark(struct arena *, int number); /* `[12]` */

#endif
