/*
 * The inside of the tree builder (html_tree.h): what its files share.  The builder is the
 * "tree construction" of the HTML Standard (13.2.6), its names are the standard's.
 *
 *	html_tree.c		the loop over the tokens, and which rule a token meets
 *	html_mode_*.c		the insertion modes: a table of rules each
 *	html_foreign.c		the rules inside SVG and MathML
 *	html_stack.c		the stack of open elements, and its scopes
 *	html_insert.c		where nodes go, foster parents too
 *	html_formatting.c	the list of active formatting elements
 *	html_adopt.c		the adoption agency
 *	html_quirks.c		which doctypes mean quirks
 *
 * Linear on anything, because what is walked for a token is bounded: the stack and the
 * list have fixed room, and most searches end at a count of what is open by that name.
 * Beyond the room elements become siblings; copies of formatting elements, of which the
 * standard makes any number from a few bytes, have a budget.  No limit loses text.
 */
#ifndef KAWAT_TEXT_HTML_BUILD_H
#define KAWAT_TEXT_HTML_BUILD_H

#include "text/html_tree.h"

enum {
	/*
	 * Beyond HTML_MAX_DEPTH only what hides or orders its content is still opened
	 * (script, svg, the cells of a table), and one raw text element above all.
	 */
	HTML_SPARE_DEPTH = 64,
	HTML_STACK_ROOM = HTML_MAX_DEPTH + HTML_SPARE_DEPTH + 1,
	/* Open formatting elements and markers; real pages have fewer than 20. */
	HTML_MAX_FORMATTING = 128,
	/* Names that are no HTML tag share this many counts. */
	HTML_OTHER_NAMES = 64,
	HTML_NAMES = HTML_TAGS + HTML_OTHER_NAMES,
};

enum html_mode {
	HTML_INITIAL,
	HTML_BEFORE_HTML,
	HTML_BEFORE_HEAD,
	HTML_IN_HEAD,
	HTML_IN_NOSCRIPT, /* "in head noscript" */
	HTML_AFTER_HEAD,
	HTML_IN_BODY,
	HTML_IN_TEXT, /* "text" */
	HTML_IN_TABLE,
	HTML_IN_CAPTION,
	HTML_IN_COLUMNS, /* "in column group" */
	HTML_IN_TABLE_BODY,
	HTML_IN_ROW,
	HTML_IN_CELL,
	HTML_IN_TEMPLATE,
	HTML_AFTER_BODY,
	HTML_IN_FRAMESET,
	HTML_AFTER_FRAMESET,
	HTML_AFTER_AFTER_BODY,
	HTML_AFTER_AFTER_FRAMESET,
	HTML_MODES
};

/* What an open element is to its content, beside the traits of its tag. */
enum html_point {
	HTML_TEXT_POINT = 1 << 20, /* "MathML text integration point" */
	HTML_HTML_POINT = 1 << 21, /* "HTML integration point" */
	HTML_ANNOTATION = 1 << 22, /* <annotation-xml> */
};

struct html_open {
	struct html_node *node;
	uint32_t traits; /* of an HTML element by its tag; enum html_point */
	uint16_t tag; /* HTML_TAG_UNKNOWN for SVG and MathML, whatever the name */
	uint16_t name; /* which count it has in n_open_of */
};

struct html_build {
	struct arena *arena;
	struct html_tokenizer tokenizer;
	bool keep; /* comments and doctypes become nodes */
	const struct html_node *context; /* of a fragment, or NULL */

	uint8_t mode, original; /* enum html_mode; original: to return to after text */
	size_t n_templates; /* see template_modes */
	bool quirks, frameset_ok, foster, skip_newline;
	struct html_node *document, *head, *form;

	size_t n; /* see stack */
	uint16_t n_open_of[HTML_NAMES];
	/* Start tags that had no room, by name, until something below them is closed. */
	size_t n_crowded;
	uint16_t n_crowded_of[HTML_NAMES];

	size_t n_formatting; /* see formatting */

	size_t n_nodes;
	size_t copies_left; /* of formatting elements */

	/*
	 * From here on nothing is set at the beginning, since most pages use little of it: each
	 * array is written before it is read, by its count above.
	 */
	/* The stack of open elements: [0] is <html>, the last the current node. */
	struct html_open stack[HTML_STACK_ROOM];
	uint8_t template_modes[HTML_STACK_ROOM];
	/* The list of active formatting elements; NULL is a marker. */
	struct html_node *formatting[HTML_MAX_FORMATTING];
};

enum html_step {
	HTML_DONE,
	HTML_AGAIN, /* the same token meets the rules of the mode that is now */
};

typedef enum html_step html_rule(struct html_build *, struct html_token *);

/* An insertion mode.  Comments and doctypes are html_tree.c's. */
struct html_rules {
	html_rule *text;
	html_rule *start[HTML_TAGS], *end[HTML_TAGS]; /* NULL: the next two */
	html_rule *other_start, *other_end;
	html_rule *finish; /* the end of the input; NULL: nothing is left to do */
};

#endif
