#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

void
buf_clear(struct buf *b)
{
	free(b->p);
	*b = (struct buf){0};
}

void
buf_reserve(struct buf *b, size_t more)
{
	size_t want = b->n + more + 1;
	if (want <= b->cap)
		return;
	size_t cap = b->cap ? b->cap * 2 : 256;
	if (cap < want)
		cap = want;
	b->p = heap_resize(b->p, cap);
	b->cap = cap;
}

void
buf_add(struct buf *b, struct str s)
{
	if (s.n == 0)
		return;
	buf_reserve(b, s.n);
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

void
buf_add_bytes(struct buf *b, struct bytes bytes)
{
	buf_add(b, str_of((const char *)bytes.p, bytes.n));
}

void
buf_char(struct buf *b, char c)
{
	if (b->n + 2 > b->cap)
		buf_reserve(b, 1);
	b->p[b->n++] = c;
}

void
buf_utf8(struct buf *b, uint32_t code_point)
{
	char out[4];
	size_t n = utf8_encode(code_point, out);
	buf_add(b, str_of(out, n));
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (n > 0) {
		buf_reserve(b, (size_t)n);
		vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
		b->n += (size_t)n;
	}
	va_end(again);
}

void
buf_drop_front(struct buf *b, size_t n)
{
	if (n >= b->n) {
		b->n = 0;
		return;
	}
	memmove(b->p, b->p + n, b->n - n);
	b->n -= n;
}

struct str
buf_str(const struct buf *b)
{
	return str_of(b->p ? b->p : "", b->n);
}

const char *
buf_z(struct buf *b)
{
	buf_reserve(b, 0);
	b->p[b->n] = '\0';
	return b->p;
}
