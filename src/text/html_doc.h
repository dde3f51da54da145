/*
 * HTML to the blocks-and-spans document (doc.h), and from there to clean HTML.
 *
 * What no reader sees is left out: script, style, template, forms' controls, what is
 * `hidden` or styled display:none.  Menus, boxes and read-also lists are the caller's to
 * judge: a filter is asked for each element, parents first.  All text is clean (clean.h),
 * all addresses are absolute http(s) (url.h); a link that is neither loses its address
 * and keeps its text.
 *
 * Blocks: paragraphs (also text that stands in none), headings, quotes, items of nested
 * lists, preformatted text, rows of tables, captions, rules.  Two line breaks in a row
 * part paragraphs. Paragraphs within one item are lines of it.  A table whose cells hold
 * blocks of their own, or that has but one column, is layout: its cells are read as if
 * they were <div>.
 */
#ifndef KAWAT_TEXT_HTML_DOC_H
#define KAWAT_TEXT_HTML_DOC_H

#include "text/doc.h"
#include "text/html_tree.h"

enum html_verdict_kind {
	HTML_TAKE, /* as it is */
	HTML_SKIP, /* leave out the element and everything in it */
	HTML_UNWRAP, /* leave out the element, take its children in its place */
	HTML_REPLACE, /* put `text` (clean) in its place */
	HTML_RELATED, /* put a SPAN_RELATED for link `related` in its place */
};

struct html_verdict {
	enum html_verdict_kind kind;
	struct str text;
	size_t related;
};

/*
 * Asked for each element and text node below the root that is in nothing hidden or
 * skipped.
 */
typedef struct html_verdict html_filter(void *ctx, const struct html_node *);

struct html_options {
	struct str base; /* absolute; empty: relative addresses are left out */
	html_filter *filter; /* NULL: take everything */
	void *ctx;
	bool pictures; /* one without words becomes an empty SPAN_CAPTION */
};

/* options may be NULL. */
struct doc html_doc(
    struct arena *, const struct html_node *root, const struct html_options *);
struct doc html_doc_of_markup(struct arena *, struct str markup, struct str base);

/*
 * The same as HTML with no tag but p h2-h6 blockquote ul ol li pre code table tr th td
 * a[href] img[src alt] em strong br figure figcaption, as doc_out.h writes it.
 */
struct str html_clean(
    struct arena *, const struct html_node *root, const struct html_options *);
struct str html_clean_markup(struct arena *, struct str markup, struct str base);

/*
 * The absolute http(s) address of an <img>, also where it waits for a script; else empty.
 */
struct str html_picture(struct arena *, const struct html_node *img, struct str base);

#endif
