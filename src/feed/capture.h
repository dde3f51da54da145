/*
 * Collects what one element holds: its text, and the markup of the elements inside it
 * written out again as HTML.  Control characters go on the way in (those of C1 are taken
 * for the windows-1252 characters they were meant to be), and line ends become "\n".
 *
 * Where an element's text is HTML itself (an RSS description), its text is taken as it
 * is; what stands inside child elements is XML text and is escaped, unless the element
 * said that it is HTML.  Where it is XHTML all text is escaped.
 */
#ifndef KAWAT_FEED_CAPTURE_H
#define KAWAT_FEED_CAPTURE_H

#include "base/arena.h"
#include "base/buf.h"
#include "feed/xml.h"

enum capture_kind {
	CAPTURE_TEXT,     /* text; a child element makes HTML of it */
	CAPTURE_HTML,     /* text that is HTML */
	CAPTURE_HTML_ALL, /* the same, also inside child elements: <div>a
			     &lt;b&gt;word&lt;/b&gt;</div> */
	CAPTURE_XHTML,    /* child elements are the HTML; a div around all is left out */
};

struct capture {
	enum capture_kind kind;
	struct buf text;
	size_t max;       /* bytes; the rest is cut */
	size_t depth;     /* of open child elements */
	size_t div_depth; /* where the div is that is left out, 0: none */
	bool has_elements;
	bool after_cr;
};

void capture_clear(struct capture *);
void capture_begin(struct capture *, enum capture_kind, size_t max);
void capture_text(struct capture *, struct str);

/*
 * A child element, by its local name.  `base` not empty: addresses in its attributes are
 * made absolute against it, with `scratch`.
 */
void capture_start(struct capture *, struct str local, const struct xml_attribute *,
    size_t n, struct str base, struct arena *scratch);
void capture_end(struct capture *, struct str local);

/* What there is, valid until the next begin.  White space at its ends is left out. */
struct str capture_result(struct capture *);

#endif
