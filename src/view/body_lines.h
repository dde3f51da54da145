/*
 * The blocks-and-spans document as lines: paragraphs wrapped to the measure, headings,
 * quotes, lists, tables, captions, and a place for the read-also links, which the caller
 * draws.
 */
#ifndef KAWAT_VIEW_BODY_LINES_H
#define KAWAT_VIEW_BODY_LINES_H

#include "text/doc.h"
#include "view/line.h"
#include "view/look.h"

struct body_view {
	const struct doc *doc;
	size_t cols;     /* the measure */
	size_t margin;   /* before every line */
	size_t dateline; /* bytes of the first block that are the dateline; 0: none */
	bool captions;
	/* The page's link for an address in the text, or LINE_NO_LINK. */
	int32_t (*link)(void *ctx, struct str url);
	/* A read-also link stands here, after a blank line: draws it as that block. */
	void (*related)(void *ctx, struct lines *out, size_t index, uint32_t block);
	void *ctx;
};

/*
 * Blocks are numbered from `first_block` on; returns the number behind the last.  Blocks
 * are parted by a blank line.
 */
uint32_t body_lines(struct arena *, const struct look *, const struct body_view *,
    uint32_t first_block, struct lines *out);

#endif
