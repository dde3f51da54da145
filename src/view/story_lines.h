/*
 * A story as lines: title, agency and time, body with its read-also links in their place, credits,
 * rights, related stories (UX.md, 3.3).  The lines know which block and byte they come from, so a
 * reader keeps the place when the width changes, and which link stands where.
 */
#ifndef KAWAT_VIEW_STORY_LINES_H
#define KAWAT_VIEW_STORY_LINES_H

#include "view/line.h"
#include "view/look.h"

enum {
	STORY_TEXT_COLS = 72,
	/* More numbers than two digits cannot be typed; the rest is reached by Tab and `t`. */
	STORY_MAX_NUMBER = 99,
};

/* A link of the page: what a number, Tab and a click lead to. */
enum page_link_kind { PAGE_LINK_STORY, PAGE_LINK_CITED, PAGE_LINK_SAME, PAGE_LINK_ADDRESS };

struct page_link {
	enum page_link_kind kind;
	int number; /* 1 to 99, or 0: it has none */
	story_id to; /* STORY_NONE: not in the store */
	struct str url, title; /* url empty: only the headline is known */
	enum target_state state;
	bool read;
};

struct story_view {
	const struct read_story *story;
	size_t cols; /* of the pane */
	size_t text_cols; /* measure: view.text-width */
	size_t margin; /* the least: 2, or 1 in a split */
	bool rights_unfolded;
	bool captions; /* view.images */
	bool fetching; /* the full text is on its way */
	bool offline;
	bool related; /* the list of related stories at the end */
	bool fold_emoji;
	struct str rights_key; /* `zr` */
	struct str source; /* not empty: show this text as it was received instead of the body */
};

struct story_page {
	struct lines lines;
	struct page_link *links; /* line runs name them by index */
	size_t n_links;
	size_t text_cols, margin; /* that were used */
	size_t body_end; /* the first line behind the body: read to here is read */
};

/* Everything lives in the arena; strings are borrowed from the story. */
void story_lines(struct arena *, const struct look *, const struct story_view *,
    struct story_page *);

/* Links alone, with their numbers: read-also links in page order, mentions, cited by, same story. */
struct page_link *story_links(struct arena *, const struct read_story *, size_t *n);

/* 200 words a minute, 500 characters of Chinese and Japanese; at least 1. */
int story_minutes(struct str text);

#endif
