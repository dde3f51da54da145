/*
 * A node of an HTML tree, and ways around the tree that need no recursion.  Nodes live in
 * the arena they were parsed in; their strings there or in the input.  They are not clean
 * text: use html_text.h or html_doc.h to take text out.
 */
#ifndef KAWAT_TEXT_HTML_NODE_H
#define KAWAT_TEXT_HTML_NODE_H

#include "text/html_token.h"

enum html_node_kind {
	HTML_DOCUMENT,
	HTML_ELEMENT,
	HTML_TEXT,
	/* These two only where they were asked for (html_tree.h). */
	HTML_COMMENT,
	HTML_DOCTYPE,
};

enum html_space { HTML_HTML, HTML_SVG, HTML_MATHML }; /* the name space of an element */

struct html_node {
	uint8_t kind; /* enum html_node_kind */
	uint8_t space; /* enum html_space */
	bool open, listed; /* the tree builder's own */
	uint16_t tag; /* enum html_tag by the name; HTML_TAG_UNKNOWN: see name */
	uint16_t n_attributes;
	uint32_t room; /* the tree builder's own */
	struct html_attribute
	    *attributes; /* of a doctype: public and system identifier */
	struct str
	    name; /* of an element: lower-case, in SVG as SVG writes it; of a doctype */
	struct str text; /* of a text node or comment */
	struct html_node *parent, *first_child, *last_child, *next, *prev;
};

/* The value of an attribute (name in lower case), empty when there is none. */
struct str html_attr(const struct html_node *, const char *name);
bool html_has_attr(const struct html_node *, const char *name);

/* One of the words of the class attribute is `word`; ASCII case does not matter. */
bool html_has_class(const struct html_node *, const char *word);

static inline bool
html_is(const struct html_node *node, enum html_tag tag)
{
	return node->kind == HTML_ELEMENT && node->tag == tag;
}

/*
 * Walking a subtree in document order.  Begin with node = root, stop at NULL: for (n =
 * root; n; n = html_next_node(n, root)).  html_next_after leaves out what is below n.
 */
struct html_node *html_next_node(const struct html_node *, const struct html_node *root);
struct html_node *html_next_after(const struct html_node *, const struct html_node *root);

/* The first element of that tag in the subtree (root itself included), or NULL. */
struct html_node *html_find(const struct html_node *root, enum html_tag);
/* The next one after node. */
struct html_node *html_find_next(
    const struct html_node *, const struct html_node *root, enum html_tag);
/* The nearest ancestor (node itself included) of that tag, or NULL. */
struct html_node *html_closest(const struct html_node *, enum html_tag);

/* All text in the subtree as it is, script included: for JSON-LD.  Not clean. */
struct str html_raw_text(struct arena *, const struct html_node *);

/* Changing the tree.  A node that is put somewhere must be in no tree: new or removed. */
void html_append(struct html_node *parent, struct html_node *);
void html_insert_before(struct html_node *place, struct html_node *);
void html_remove(struct html_node *); /* with what is below it */

#endif
