/* A document as clean HTML or as Markdown (CommonMark), for exports and `kawat read`. */
#ifndef KAWAT_TEXT_DOC_OUT_H
#define KAWAT_TEXT_DOC_OUT_H

#include "text/doc.h"

/*
 * Called where a SPAN_RELATED stands, with the index of the link; appends a whole block (no blank
 * line after it) or nothing.  NULL: the place is passed over, and a list goes on behind it.
 */
typedef void doc_related_writer(void *ctx, size_t link_index, struct buf *out);

/* What a picture with a caption shows, in other words. */
struct doc_alt {
	struct str url, alt;
};

struct doc_extras {
	doc_related_writer *related; /* NULL as above */
	void *ctx;
	const struct doc_alt *alts; /* few: all are asked for each picture */
	size_t n_alts;
};

/*
 * Only p h2-h6 blockquote ul ol li pre table tr th td a[href] img[src alt] strong em code br
 * figure figcaption; everything else is escaped.  Addresses are absolute http(s), other ones are
 * left out.  A rule is a paragraph of three stars, since <hr> is not among the tags.  Read again
 * by html_doc.h it gives the same text, and written again the same HTML.  Appended to out.
 */
void doc_html(const struct doc *, doc_related_writer *, void *ctx, struct buf *out);
void doc_html_with(const struct doc *, const struct doc_extras *, struct buf *out);

/*
 * CommonMark 0.31 with the tables of GitHub's dialect.  Where its own marks would not be taken for
 * marks (inside a word) there is <strong>, <em> or <code>, which it allows.  Blocks are parted by
 * a blank line, and one ends the text.
 */
void doc_markdown(const struct doc *, doc_related_writer *, void *ctx, struct buf *out);

/* For text and for values of attributes. */
void html_escape(struct str, struct buf *out);

/* Text that begins a line; a newline in it stays. */
void markdown_escape(struct str, struct buf *out);

#endif
