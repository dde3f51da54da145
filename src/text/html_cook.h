/*
 * From a stretch of HTML source to the string it stands for: character references are
 * resolved, CR and CR LF become LF, NUL becomes U+FFFD, letters become lower-case, as its
 * place asks.  What needs nothing of that is borrowed from the source; else the string is
 * made in the arena.
 */
#ifndef KAWAT_TEXT_HTML_COOK_H
#define KAWAT_TEXT_HTML_COOK_H

#include "base/arena.h"

/*
 * What a place asks for; the first four are also what a byte may need (html_byte_class).
 */
enum html_cooking {
	COOK_REFERENCE = 1,
	COOK_RETURN = 2,
	COOK_NUL = 4,
	COOK_UPPER = 8,
	COOK_ATTRIBUTE = 16, /* references are read by the attribute's rule */
};

enum html_byte {
	HTML_SPACE = 32, /* white space of HTML; CR is, since it becomes LF */
	HTML_ENDS_NAME = 64, /* of a tag or attribute: white space, '/' and '>' */
};

/*
 * For each byte: which of enum html_cooking it may need, which of enum html_byte it is.
 */
extern const uint8_t html_byte_class[256];

/*
 * A string being gathered: one stretch of the source while that is enough, then a copy.
 */
struct html_gather {
	struct arena *arena;
	const unsigned char *from, *to; /* the stretch */
	bool copied;
	struct { char *v; size_t n, cap; } copy; /* its memory serves the next string */
};

void html_gather_init(struct html_gather *, struct arena *);
void html_gather_begin(struct html_gather *, const unsigned char *at);
void html_gather_add(struct html_gather *, const unsigned char *p,
    const unsigned char *end, unsigned cooking);
struct str html_gather_end(struct html_gather *);

/* All four at once. */
struct str html_cook(struct html_gather *, const unsigned char *p,
    const unsigned char *end, unsigned cooking);

#endif
