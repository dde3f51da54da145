/*
 * XML as a stream of events, whatever the document does wrong.
 *
 * A document is read by expat, strictly.  At its first fault, and at a DOCTYPE, the
 * reading goes over to mend.h from the token that failed: what came out before stays
 * good, and the document is never read twice.  Expat therefore never sees a document
 * type: no entity and no default attribute of it can be used against us, whatever version
 * of it is installed.
 *
 * Names come as they stand, prefix and all.  Text comes in pieces of any size; it is
 * valid UTF-8 and may hold any control character but NUL.  Every start has its end, in
 * order, also where the document forgot it, except at the end of a document that was cut.
 */
#ifndef KAWAT_FEED_XML_H
#define KAWAT_FEED_XML_H

#include "base/buf.h"
#include "feed/repairs.h"

struct xml_attribute {
	struct str name, value;
};

/* Borrowed until the handler returns. */
struct xml_events {
	void (*start)(void *ctx, struct str name, const struct xml_attribute *, size_t n);
	void (*end)(void *ctx, struct str name);
	void (*text)(void *ctx, struct str);
	/*
	 * Does the start of `name` say that the innermost open element was never closed?
	 * (`<title>Storm<link>...`)  While the reading is strict, only beyond any doubt:
	 * then it goes over to mending.
	 */
	bool (*closes)(void *ctx, struct str name, bool mending);
	/* Asked only while mending: is the innermost open element one whose content is
	 * HTML? */
	bool (*in_markup)(void *ctx);
	void *ctx;
};

struct xml;

struct xml *xml_new(const struct xml_events *);
void xml_free(struct xml *); /* NULL is allowed */

/* Valid UTF-8, cut anywhere. */
void xml_push(struct xml *, struct bytes);
void xml_end(struct xml *);

/* For a handler: no more events. */
void xml_stop(struct xml *);

/* For a handler at the first start tag: this is no root but junk before it; go on
 * mending. */
void xml_no_root(struct xml *);

/* What was mended so far. */
const struct repairs *xml_repairs(const struct xml *);

/* The line, from 1, that the next bytes belong to. */
int64_t xml_line(const struct xml *);

#endif
