/*
 * ISO-2022-JP (RFC 1468, as the Encoding Standard reads it) turned into EUC-JP, which needs no
 * escapes.  What cannot be turned becomes a byte that EUC-JP refuses.
 */
#ifndef KAWAT_TEXT_CHARSET_JIS_H
#define KAWAT_TEXT_CHARSET_JIS_H

#include "base/buf.h"

/* The set that is in force; it begins as JIS_ASCII. */
enum charset_jis { JIS_ASCII, JIS_KATAKANA, JIS_DOUBLE };

/* Returns the bytes taken: what is left is the beginning of a character or an escape. */
size_t charset_jis_to_euc(struct bytes, enum charset_jis *, struct buf *euc);

#endif
