/*
 * The charsets that need no converter.  Each function appends what it can decode to `out` as
 * UTF-8, counts undecodable places in *bad, and returns the bytes taken: what is left is the
 * beginning of a character.
 */
#ifndef KAWAT_TEXT_CHARSET_UNICODE_H
#define KAWAT_TEXT_CHARSET_UNICODE_H

#include "base/buf.h"

/* With `mend` a byte that is no UTF-8 is read as windows-1252; it is counted all the same. */
size_t charset_utf8(struct bytes, bool mend, struct buf *out, size_t *bad);
size_t charset_utf16(struct bytes, bool big_endian, struct buf *out, size_t *bad);
size_t charset_utf32(struct bytes, bool big_endian, struct buf *out, size_t *bad);

uint32_t charset_windows_1252(unsigned char byte);

#endif
