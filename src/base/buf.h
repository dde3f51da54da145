/*
 * A buf is a growing run of bytes on the heap: what is being built up before its size is known.
 * Zero-initialised it is empty and valid.  There is always room for a NUL that is not counted.
 */
#ifndef KAWAT_BASE_BUF_H
#define KAWAT_BASE_BUF_H

#include "base/str.h"

struct buf {
	char *p;
	size_t n, cap;
};

void buf_clear(struct buf *); /* frees; the buf is empty and usable again */
void buf_reserve(struct buf *, size_t more);
void buf_add(struct buf *, struct str);
void buf_add_bytes(struct buf *, struct bytes);
void buf_char(struct buf *, char);
void buf_utf8(struct buf *, uint32_t code_point); /* a value that is no scalar becomes U+FFFD */
PRINTF_LIKE(2, 3) void buf_fmt(struct buf *, const char *fmt, ...);
void buf_drop_front(struct buf *, size_t n); /* remove the first n bytes */
struct str buf_str(const struct buf *); /* borrowed until the next change */
const char *buf_z(struct buf *); /* the same, NUL-terminated */

#endif
