/*
 * The elements of HTML by name, and what each is to the tree and to the page:
 * html_tag.def.
 */
#ifndef KAWAT_TEXT_HTML_TAG_H
#define KAWAT_TEXT_HTML_TAG_H

#include "base/str.h"

enum html_tag {
	HTML_TAG_UNKNOWN,
#define HTML_TAG(id, name, traits) HTML_TAG_##id,
#include "text/html_tag.def"
#undef HTML_TAG
	HTML_TAGS
};

enum html_trait {
	HTML_VOID = 1, /* has no content and no end tag */
	HTML_BLOCK = 2, /* stands on lines of its own */
	HTML_CLOSES_P = 4, /* its start tag ends an open paragraph */
	HTML_RAW = 8, /* what it holds is no text of the page: script, style, ... */
	HTML_HEAD = 16, /* belongs into <head> */
	HTML_SPECIAL = 32, /* "special" in 13.2.4.2: wrong end tags stop there */
	HTML_FORMAT = 64, /* "formatting" in 13.2.4.3 */
	/* What ends the search for an element "in scope", and in the other four scopes. */
	HTML_SCOPE = 128,
	HTML_BUTTON = 256,
	HTML_LIST = 512,
	HTML_TABLE = 1024,
	HTML_IMPLIED = 2048, /* "generate implied end tags" ends it */
	HTML_PART = 4096, /* of a table; "thoroughly" ends it too */
	HTML_BREAKS = 8192, /* its start tag ends SVG and MathML around it */
};

/* The tag of a lower-case name, or HTML_TAG_UNKNOWN. */
enum html_tag html_tag_of(struct str name);
struct str html_tag_name(enum html_tag); /* empty for HTML_TAG_UNKNOWN */
unsigned html_tag_traits(enum html_tag);

#endif
