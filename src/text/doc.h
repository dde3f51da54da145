/*
 * The blocks-and-spans document: the text of a story as it is stored and shown.
 *
 * `text` is plain text, blocks parted by one blank line ("\n\n"); a line break inside a
 * block is one "\n".  Spans are ranges over it, in bytes.  Block spans cover the text
 * once, in order, and do not overlap; inline spans lie inside one block and are sorted by
 * their beginning.  In the array each block comes before the inline spans in it, so all
 * of it is sorted by `at`.  So the text alone can be searched and exported, and the
 * screen adds what the spans know.
 *
 * RULE and RELATED are blocks without text, and so is a CAPTION of a picture without
 * words: they stand at the end of the block before them (0 at the beginning) and add no
 * blank line.
 *
 * What a read-also link says is not part of the text: a SPAN_RELATED of length 0 stands
 * where it stood, and its `level` is the index of the link in the story's list.
 */
#ifndef KAWAT_TEXT_DOC_H
#define KAWAT_TEXT_DOC_H

#include "base/arena.h"
#include "base/buf.h"

enum span_kind {
	/* blocks */
	SPAN_PARAGRAPH = 1,
	SPAN_HEADING, /* level: 2 to 6 */
	SPAN_QUOTE, /* level: depth */
	SPAN_ITEM, /* of a list; level: depth, bit 7 set when ordered, `number` in ref */
	SPAN_PRE,
	SPAN_ROW, /* of a table: cells parted by a tab; level 1: of headings */
	SPAN_CAPTION, /* of a picture; ref: its address; level 1: the words are its alt */
	SPAN_RULE, /* an empty block that parts two sections */
	SPAN_RELATED, /* length 0, between blocks; level: index of the link */
	/* inline */
	SPAN_LINK, /* ref: absolute http(s) address */
	SPAN_STRONG,
	SPAN_EMPHASIS,
	SPAN_CODE,
	SPAN_KINDS
};

struct span {
	uint32_t at, n; /* bytes in doc.text */
	uint8_t kind; /* enum span_kind */
	uint8_t level;
	struct str ref;
};

struct doc {
	struct str text;
	struct span *spans;
	size_t n_spans;
};

/* Bounds that the decoder holds every blob to. */
enum { DOC_MAX_SPANS = 200000, DOC_MAX_TEXT_BYTES = 8 * 1024 * 1024 };

bool span_is_block(enum span_kind kind);

/* How many blocks of text (RELATED and RULE are none) begin before byte `at`. */
size_t doc_blocks_before(const struct doc *, size_t at);

/*
 * Building.  Begin a block, add text and inline spans to it, end it; a block without text
 * vanishes with its spans.  Text is clean UTF-8.  Runs of spaces and tabs become one
 * space, none is at the ends of a line; runs of newlines become one line break.  In
 * SPAN_PRE all of that stays but what is at its ends.  Text outside a block begins a
 * paragraph.  What is beyond the bounds above is left out.
 */
struct doc_builder {
	struct arena *arena;
	struct buf text; /* freed by doc_build */
	struct { struct span *v; size_t n, cap; } spans;
	size_t before; /* bytes of text before the open block and its blank line */
	size_t block_at; /* where the text of the open block begins */
	size_t block; /* its index in spans, + 1; 0: none is open */
	bool space; /* a space is owed before the next text */
};

void doc_builder_init(struct doc_builder *, struct arena *);
void doc_block(struct doc_builder *, enum span_kind, uint8_t level, struct str ref);
void doc_text(struct doc_builder *, struct str);
/* The same of words with nothing but single spaces between them and none around them. */
void doc_words(struct doc_builder *, struct str);
void doc_space(struct doc_builder *); /* the same as doc_text of one space */
void doc_break(struct doc_builder *); /* a line break inside the block */
void doc_cell(struct doc_builder *); /* end a cell of a SPAN_ROW, an empty one too */
bool doc_block_open(const struct doc_builder *);
size_t doc_block_bytes(const struct doc_builder *); /* text in the open block so far */

/* Inline spans nest, and end before their block does.  One without text vanishes. */
size_t doc_inline_begin(struct doc_builder *); /* a mark for doc_inline_end */
void doc_inline_end(struct doc_builder *, size_t mark, enum span_kind, struct str ref);
void doc_block_end(struct doc_builder *);
void doc_related(struct doc_builder *, size_t link_index);
struct doc doc_build(struct doc_builder *); /* lives in the arena */

/*
 * The spans as a blob for the store and for frames: a version byte, then per span its
 * fields as varints.  Decoding checks every range against the text and refuses what does
 * not fit.
 */
void doc_pack_spans(const struct doc *, struct buf *out);
MUST_CHECK bool doc_unpack_spans(struct arena *, struct bytes blob, struct doc *inout);

#endif
