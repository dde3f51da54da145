/*
 * What bytes mean in the charsets of the WHATWG Encoding Standard that are read by tables.
 *
 * The tables are not shipped: the system's iconv is asked what each byte or pair of bytes stands
 * for, once, and where it differs from the standard a short list has the last word.  So a decoder
 * keeps nothing of iconv's: no state, no view of its own on where a broken character ends.
 */
#ifndef KAWAT_TEXT_CHARSET_TABLE_H
#define KAWAT_TEXT_CHARSET_TABLE_H

#include "text/charset_row.h"

struct charset_table;

/*
 * Finds the converter, which glibc loads from disk.  NULL: this system has none.  Asking it is left
 * to the first decoder, and opens nothing.
 */
struct charset_table *charset_table_new(enum charset);
void charset_table_free(struct charset_table *); /* NULL is allowed */

/*
 * A byte from 80 on in UTF-8, for KIND_SINGLE and KIND_WINDOWS_1252: three bytes, lowest first, and
 * their number in the highest.  What stands for nothing is U+FFFD.
 */
const uint32_t *charset_table_bytes(struct charset_table *); /* 128 of them */
void charset_pack_bytes(const uint16_t codes[128], uint32_t packed[128]);

/* For KIND_DOUBLE: the code point of two bytes, 0 when they stand for nothing. */
struct charset_pairs {
	uint32_t code[126][192]; /* by lead from 81 and trail from 40 */
};
const struct charset_pairs *charset_table_pairs(struct charset_table *);

/* The code point of a longer one (EUC-JP's 8F, four bytes of GB 18030), 0 when it is none. */
uint32_t charset_table_long(struct charset_table *, const unsigned char *, size_t n);

#endif
