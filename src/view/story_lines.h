/*
 * A story as lines: title, agency and time, body with its read-also links in their place,
 * credits, rights, related stories (UX.md, 3.3).  The lines know which block and byte
 * they come from, so a reader keeps the place when the width changes, and which link
 * stands where.
 */
#ifndef KAWAT_VIEW_STORY_LINES_H
#define KAWAT_VIEW_STORY_LINES_H

#include "view/line.h"
#include "view/story_links.h"

enum { STORY_TEXT_COLS = 72 };

struct story_view {
	const struct read_story *story;
	size_t cols;      /* of the pane */
	size_t text_cols; /* measure: view.text-width */
	size_t margin;    /* the least: 2, or 1 in a split */
	bool rights_unfolded;
	bool captions; /* view.images */
	bool fetching; /* the full text is on its way */
	bool offline;
	bool related; /* the list of related stories at the end */
	bool fold_emoji;
	struct str rights_key; /* `zr` */
	struct str
	    source; /* not empty: show this text as it was received instead of the body */
};

struct story_page {
	struct lines lines;
	struct page_link *links; /* line runs name them by index */
	size_t n_links;
	size_t text_cols, margin; /* that were used */
	size_t body_end; /* the first line behind the body: read to here is read */
};

/* Everything lives in the arena; strings are borrowed from the story. */
void story_lines(
    struct arena *, const struct look *, const struct story_view *, struct story_page *);

/* 200 words a minute, 500 characters of Chinese and Japanese; at least 1. */
int story_minutes(struct str text);

#endif
