/*
 * The tokenizer of the HTML Standard (WHATWG, section 13.2.5), over UTF-8 that is wholly
 * in memory: bytes to tags, text, comments and doctypes.  Every state that a parser
 * without scripting can reach is there, character references too; parse errors are not
 * reported.
 *
 * What comes out is not clean: a reference can make any control character.  Tokens are
 * text for the tree and the places where text leaves HTML (html_text.h, html_doc.h),
 * which clean it.
 *
 * A token's strings borrow from the input where the input says them letter for letter,
 * else they live in the arena; both must outlive the token.  Nothing is recursive and the
 * time is linear in the input.
 */
#ifndef KAWAT_TEXT_HTML_TOKEN_H
#define KAWAT_TEXT_HTML_TOKEN_H

#include "base/arena.h"
#include "text/html_cook.h"
#include "text/html_tag.h"

enum {
	/*
	 * More is an attack or a mistake: the rest of an element's attributes is dropped.
	 */
	HTML_MAX_ATTRIBUTES = 256,
	/*
	 * Names longer than this are cut; the longest that means something has 31 bytes.
	 */
	HTML_MAX_NAME_BYTES = 2048,
	/*
	 * A longer value (an inlined picture) becomes empty: half an address is worse
	 * than none.
	 */
	HTML_MAX_VALUE_BYTES = 1024 * 1024,
};

struct html_attribute {
	struct str name; /* lower-case, unique on its element */
	struct str value; /* references resolved */
};

enum html_token_kind {
	HTML_TOKEN_END, /* of the input */
	HTML_TOKEN_TEXT, /* never two in a row, never empty */
	HTML_TOKEN_START,
	HTML_TOKEN_CLOSE, /* an end tag */
	HTML_TOKEN_COMMENT,
	HTML_TOKEN_DOCTYPE,
};

struct html_token {
	enum html_token_kind kind;
	enum html_tag tag; /* START, CLOSE */
	struct str name; /* START, CLOSE, DOCTYPE: lower-case */
	struct str text; /* TEXT, COMMENT */
	struct html_attribute *attributes; /* START; in the arena */
	size_t n_attributes;
	bool self_closing;
	struct str public_id, system_id; /* DOCTYPE; p is NULL when missing */
	bool force_quirks;
};

/* How the bytes that follow are read; the tree builder sets it after a start tag. */
enum html_model {
	HTML_DATA,
	HTML_RCDATA, /* textarea, title: references, but no tags */
	HTML_RAWTEXT, /* style, iframe, noembed, noframes, xmp */
	HTML_SCRIPT,
	HTML_PLAINTEXT, /* to the end of the input */
	HTML_CDATA, /* to the next ]]>, then HTML_DATA */
};

struct html_tokenizer {
	struct arena *arena;
	const unsigned char *p, *end; /* what is not read yet */
	enum html_model model;
	struct str last_start; /* what ends RCDATA, RAWTEXT and SCRIPT */
	bool foreign; /* <![CDATA[ opens a section: the current node is SVG or MathML */
	struct html_gather gather;
	struct { struct html_attribute *v; size_t n, cap; } attributes;
};

void html_tokenizer_init(struct html_tokenizer *, struct arena *, struct str html);

/* The model that an HTML start tag switches to, without scripting. */
enum html_model html_model_of(enum html_tag);

/* The next token.  False at the end of the input, with kind HTML_TOKEN_END. */
bool html_next(struct html_tokenizer *, struct html_token *);

/* Text in which only references are resolved, as in an attribute (arena or borrowed). */
struct str html_unescape(struct arena *, struct str);

#endif
