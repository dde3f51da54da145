/*
 * Namespaces of one XML document: which prefix stands for what, here and now, and so what
 * an element means.  Expat could do it, but its names would have to be taken apart again,
 * it stops at a prefix that nobody declared, and the repaired reading (mend.h) needs it
 * anyway.
 */
#ifndef KAWAT_FEED_NAMES_H
#define KAWAT_FEED_NAMES_H

#include "base/buf.h"
#include "feed/limits.h"
#include "feed/vocabulary.h"
#include "feed/xml.h"
#include "text/html_tag.h"

struct names_binding {
	size_t at, n; /* the prefix, in `prefixes` */
	enum feed_space space;
};

struct names {
	struct vocabulary vocabulary;
	enum feed_space own; /* of the document's format: SPACE_RSS or SPACE_ATOM */
	struct buf prefixes;
	struct names_binding bindings[FEED_MAX_NAMESPACES];
	size_t n_bindings;
};

void names_init(struct names *);
void names_clear(struct names *);

/* Note the xmlns attributes of an element; the answer goes to names_close at its end. */
size_t names_open(struct names *, const struct xml_attribute *, size_t n);
void names_close(struct names *, size_t mark);

/* The namespace that a prefix ("" for none) stands for; the usual one when it is not
 * declared. */
enum feed_space names_space(const struct names *, struct str prefix);

/* `prefix:local`; *local borrows from it. */
struct feed_word names_word(
    const struct names *, struct str qualified, struct str *local);

/* From now on the prefix stands for the space: a root element in a namespace nobody
 * knows. */
void names_adopt(struct names *, struct str prefix, enum feed_space);

/* Cut a qualified name in two; the prefix is empty when there is none. */
struct str names_local(struct str qualified, struct str *prefix);

/* The HTML element of that name, whatever its letter case; HTML_TAG_UNKNOWN when there is
 * none. */
enum html_tag names_html(struct str local);

/* Is the attribute a namespace declaration? */
bool names_is_declaration(struct str attribute);

#endif
