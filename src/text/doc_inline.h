/*
 * The inline spans of a block as marks that nest.
 *
 * Spans of a document are ranges: they may overlap, and one may reach over the cells of a row.
 * Markup must nest, so a mark that is in the way of one that ends is closed and opened again
 * behind it.  White space at the ends of a piece stands outside its marks.  Of a kind only one is
 * open at a time; a second one inside it says nothing new and is left out.  Linear.
 */
#ifndef KAWAT_TEXT_DOC_INLINE_H
#define KAWAT_TEXT_DOC_INLINE_H

#include "text/doc.h"

enum { INLINE_KINDS = SPAN_KINDS - SPAN_LINK };

/* Who writes.  Each call gets ctx. */
struct inline_marks {
	void (*text)(void *ctx, struct str); /* a piece of the block; may hold newlines */
	/* The mark that is opened holds bytes [from, to) of doc.text, and may be opened again. */
	void (*open)(void *ctx, const struct span *, size_t from, size_t to);
	void (*close)(void *ctx, const struct span *);
	/*
	 * NULL: code is a mark as the others.  Else a piece of code is given whole, with no marks
	 * in it: open and close are not called for it.
	 */
	void (*code)(void *ctx, struct str);
};

struct inlines {
	const struct doc *doc;
	const struct inline_marks *marks;
	void *ctx;
	size_t next; /* the first span of the block that has not begun yet */
	const struct span *active[INLINE_KINDS]; /* begun and not ended, whether or not open */
	const struct span *open[INLINE_KINDS]; /* outermost first */
	size_t n_open;
	size_t written; /* text before it has been given; behind it only white space waits */
};

/* The block whose index in doc->spans is given: its text comes by inlines_write. */
void inlines_begin(struct inlines *, size_t block);

/* Bytes [from, to) of the block's text, in order; all marks are closed at the end of each call. */
void inlines_write(struct inlines *, size_t from, size_t to);

#endif
