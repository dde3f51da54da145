/*
 * Where text goes while a page is read in order: which block it begins or continues, and
 * which inline spans are open around it.  html_doc.c says what the elements are; this
 * turns it into calls of the document's builder.
 *
 * A block is begun by the first text in it, so markup without text leaves nothing.
 * Inline spans lie inside one block, but an <a> or <b> may hold many blocks: for each of
 * the four kinds the outermost open element counts, and its span is ended and begun anew
 * with each block.
 */
#ifndef KAWAT_TEXT_HTML_FLOW_H
#define KAWAT_TEXT_HTML_FLOW_H

#include "text/doc.h"

enum html_leaf {
	LEAF_FLOW, /* paragraphs, or quotes */
	LEAF_ITEM,
	LEAF_HEADING,
	LEAF_PRE,
	LEAF_CAPTION,
	LEAF_CELL,
};

enum {
	HTML_INLINE_KINDS = SPAN_KINDS - SPAN_LINK,
	HTML_MAX_LEVEL = 0x7F, /* of quotes and lists: the level has seven bits */
	HTML_ORDERED = 0x80, /* in the level of a SPAN_ITEM */
};

/* What kind of block text would begin here.  The caller changes it and puts it back. */
struct html_place {
	enum html_leaf leaf;
	uint8_t heading; /* 2 to 6 */
	uint8_t quote, list; /* depths */
	bool header; /* the row is one of headings */
	size_t item; /* the item that we are in, from html_flow_item; 0: none */
	struct str number; /* of that item in an ordered list, else empty */
};

struct html_flow {
	struct arena *arena;
	struct doc_builder builder;
	struct html_place place;
	struct {
		size_t depth; /* open elements of this kind */
		size_t mark;
		struct str ref;
	} spans[HTML_INLINE_KINDS];
	size_t items; /* so far */
	size_t opened_item; /* the last one that has got its block */
	size_t block_item; /* the one that the open block belongs to, or 0 */
	unsigned breaks; /* line breaks since the last text */
	bool rule; /* one is owed before the next block */
	struct str indent; /* of preformatted text that has no word yet */
	struct str picture; /* address of the picture that the next caption belongs to */
};

void html_flow_init(struct html_flow *, struct arena *);
struct doc html_flow_build(struct html_flow *);

/* Text as it is in the tree: cleaned here; white space is HTML's. */
void html_flow_text(struct html_flow *, struct str raw);
void html_flow_word(struct html_flow *, struct str clean); /* no white space at its ends */
void html_flow_br(struct html_flow *);
void html_flow_rule(struct html_flow *);
void html_flow_cell(struct html_flow *); /* the second and later cells of a row begin */
void html_flow_related(struct html_flow *, size_t link_index);
/* A block of its own. */
void html_flow_picture(struct html_flow *, struct str url, struct str alt);
size_t html_flow_item(struct html_flow *); /* a new number for place.item */

/*
 * A block element begins or ends.  In one cell, item, heading or caption it only parts
 * words.
 */
void html_flow_boundary(struct html_flow *);
void html_flow_end_block(struct html_flow *);

/*
 * SPAN_LINK and above.  Elements of one kind nest: only the outermost one's ref counts.
 */
void html_flow_open(struct html_flow *, enum span_kind, struct str ref);
void html_flow_close(struct html_flow *, enum span_kind);
bool html_flow_is_open(const struct html_flow *, enum span_kind);

#endif
