/*
 * OPML 1.0 and 2.0 (opml.org/spec2.opml), in and out.
 *
 * In: an outline with an address is a feed; one without is a section, and those inside stand in
 * it.  Names of attributes are known in any letter case.  Nothing that is included or linked is
 * fetched.  What is not well-formed is read as far as it can be.
 */
#ifndef KAWAT_FEED_OPML_H
#define KAWAT_FEED_OPML_H

#include "base/buf.h"
#include "feed/list_sink.h"

struct opml_reader;

struct opml_reader *opml_reader_new(struct list_sink *);
void opml_reader_free(struct opml_reader *); /* NULL is allowed */

/* Valid UTF-8, cut anywhere.  False: it is no OPML (ERR_INPUT). */
MUST_CHECK bool opml_reader_push(struct opml_reader *, struct bytes, struct err *);
MUST_CHECK bool opml_reader_end(struct opml_reader *, struct err *);

/* --- out: OPML 2.0, appended to a buf --- */

struct opml_feed {
	struct str title, url, site, language; /* site and language may be empty */
};

/* created: RFC 822, as OPML asks for. */
void opml_begin(struct buf *, struct str title, struct str created);
/* depth: how many sections are open, 0 and up */
void opml_section(struct buf *, struct str name, size_t depth);
void opml_feed(struct buf *, const struct opml_feed *, size_t depth);
void opml_section_end(struct buf *, size_t depth);
void opml_end(struct buf *);

/* Escaped for an attribute or the content of an element; a line break is a space. */
void opml_escape(struct buf *, struct str);

#endif
