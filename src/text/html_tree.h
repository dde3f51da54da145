/*
 * From the text of an HTML page or fragment to its tree: the "tree construction" of the
 * HTML Standard (WHATWG, section 13.2.6), for a parser without scripting.  Forgives
 * everything, never recurses, takes time and memory linear in the input.
 *
 * The tree is the standard's but for this: comments and doctypes are left out unless they
 * are asked for; what is in a <template> stands below the element itself; </noscript>
 * ends <noscript> also across a block that was left open in it, because pages are tried
 * in browsers with scripts, where nothing of a <noscript> can swallow the rest of the
 * page; the chosen <option> is not copied into <selectedcontent>; what exceeds the limits
 * below is left at the limit, where no text is lost.
 */
#ifndef KAWAT_TEXT_HTML_TREE_H
#define KAWAT_TEXT_HTML_TREE_H

#include "text/html_node.h"

enum {
	/*
	 * Elements deeper than this become siblings, but for some that hide their
	 * content; real pages stay below 100.
	 */
	HTML_MAX_DEPTH = 512,
	/* Beyond this only text is added; the largest news pages have some 30,000. */
	HTML_MAX_NODES = 400 * 1000,
};

enum html_parse_as {
	HTML_PAGE, /* <html>, <head> and <body> (or <frameset>) are there */
	HTML_FRAGMENT, /* what may stand in <body>, as in a feed; nothing is implied */
};

/* The document node, never NULL.  `html` is UTF-8 and must outlive the tree. */
struct html_node *html_parse(struct arena *, struct str html, enum html_parse_as);

/* The same with all that the standard knows. */
struct html_parse_options {
	const struct html_node
	    *context; /* what a fragment shall stand in; NULL: a page */
	bool comments; /* keep them as nodes, and the doctype */
};
struct html_node *html_parse_with(
    struct arena *, struct str html, const struct html_parse_options *);

#endif
