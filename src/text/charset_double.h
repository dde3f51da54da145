/*
 * One character of the East Asian charsets, as the decoders of the WHATWG Encoding Standard read
 * it.  A broken character never takes an ASCII byte with it: the byte may be the '<' that ends the
 * text, or the quote that ends a value.
 */
#ifndef KAWAT_TEXT_CHARSET_DOUBLE_H
#define KAWAT_TEXT_CHARSET_DOUBLE_H

#include "text/charset_table.h"

/* What the bytes at p stand for. */
struct charset_char {
	size_t n; /* bytes; 0: it depends on what comes behind them */
	uint32_t code,
	    mark; /* mark: of Big5's letters with two code points, else 0; code 0: broken */
};

typedef struct charset_char charset_reader(struct charset_table *,
    const struct charset_pairs *, const unsigned char *p, size_t n);

/* p[0] is not ASCII, n is not 0. */
charset_reader *charset_reader_of(enum charset);

#endif
