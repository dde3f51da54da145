/* What the root element says: the format and its version, or what else the document is.
 */
#ifndef KAWAT_FEED_ROOT_H
#define KAWAT_FEED_ROOT_H

#include "feed/item.h"
#include "feed/xml.h"

/* By the version attribute of <rss>. */
enum feed_format root_rss(struct str version);

/*
 * RSS 0.90, 1.0 and 1.1 are told apart by the namespaces declared: that of the element's
 * own prefix, else the default one, else any.  FEED_RSS: by none of them.
 */
enum feed_format root_rdf(const struct xml_attribute *, size_t n, struct str prefix);

/* By the namespace of <feed>, else its version attribute. */
enum feed_format root_atom(struct str space, struct str version);

/* The address that a prefix ("": the default namespace) is bound to here; empty: it is
 * not. */
struct str root_space(const struct xml_attribute *, size_t n, struct str prefix);

/* "it is a web page" and the like, for roots that are often taken for feeds; else empty.
 */
struct str root_stranger(struct str local);

#endif
