/*
 * From the text of an HTML page or fragment to its tree.  Forgives everything, runs no
 * script, never recurses, takes time and memory linear in the input.  Comments and
 * doctypes are left out.
 */
#ifndef KAWAT_TEXT_HTML_TREE_H
#define KAWAT_TEXT_HTML_TREE_H

#include "text/html_node.h"

enum {
	/* Elements deeper than this become siblings; real pages stay below 100. */
	HTML_MAX_DEPTH = 512,
	/* The rest of the page is left out; the largest news pages have some 30,000. */
	HTML_MAX_NODES = 400 * 1000,
};

enum html_parse_as {
	HTML_PAGE, /* <html>, <head> and <body> are there, implied when missing */
	HTML_FRAGMENT, /* what may stand in <body>, as in a feed; nothing is implied */
};

/* The document node, never NULL.  `html` is UTF-8 and must outlive the tree. */
struct html_node *html_parse(struct arena *, struct str html, enum html_parse_as);

#endif
