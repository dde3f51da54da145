#include "store/ids.h"

#include <inttypes.h>

void
ids_add(struct ids_writer *w, int64_t id)
{
	/* Wraps around on purpose: reading wraps back. */
	uint64_t d = (uint64_t)id - (uint64_t)w->last;
	uint64_t z = d << 1 ^ (d >> 63 ? ~UINT64_C(0) : 0);
	w->last = id;
	for (; z >= 0x80; z >>= 7)
		buf_char(&w->out, (char)((z & 0x7F) | 0x80));
	buf_char(&w->out, (char)z);
}

struct bytes
ids_bytes(const struct ids_writer *w)
{
	return bytes_of_str(buf_str(&w->out));
}

void
ids_clear(struct ids_writer *w)
{
	buf_clear(&w->out);
	w->last = 0;
}

bool
ids_read(struct arena *a, struct bytes blob, struct ids *out)
{
	uint64_t last = 0;
	for (size_t i = 0; i < blob.n;) {
		uint64_t z = 0;
		unsigned shift = 0;
		for (; i < blob.n && blob.p[i] & 0x80 && shift < 63; shift += 7)
			z |= (uint64_t)(blob.p[i++] & 0x7F) << shift;
		if (i == blob.n || blob.p[i] & 0x80)
			return false;
		z |= (uint64_t)blob.p[i++] << shift;
		last += z >> 1 ^ (~(z & 1) + 1);
		ARENA_PUSH(a, out, (int64_t)last);
	}
	return true;
}

struct str
ids_json(struct arena *a, const int64_t *v, size_t n)
{
	struct buf b = {0};
	buf_char(&b, '[');
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, i ? ",%" PRId64 : "%" PRId64, v[i]);
	buf_char(&b, ']');
	struct str out = arena_str(a, buf_str(&b));
	buf_clear(&b);
	return out;
}
