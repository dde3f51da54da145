#include "wire/gunzip.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/arena.h"

enum {
	PIECE_BYTES = 64 * 1024,
	MAGIC = 0x1F, /* the first byte of a member */
	GZIP_ONLY = 16, /* added to the window bits: neither zlib nor raw deflate */
};

struct gunzip {
	z_stream z;
	bool in_member; /* something of a member came, its trailer did not */
	bool padding; /* nothing behind here is looked at */
	bool ended; /* at least one member is whole */
	unsigned char piece[PIECE_BYTES];
};

struct gunzip *
gunzip_new(void)
{
	struct gunzip *g = heap_alloc(sizeof(*g));
	if (inflateInit2(&g->z, MAX_WBITS + GZIP_ONLY) != Z_OK)
		abort(); /* only for want of memory */
	return g;
}

void
gunzip_free(struct gunzip *g)
{
	if (!g)
		return;
	inflateEnd(&g->z);
	free(g);
}

static bool
damaged(struct err *e)
{
	return err_set(e, ERR_NETWORK, "the answer cannot be unpacked");
}

/* A member ended: another one may follow. */
static void
next_member(struct gunzip *g)
{
	g->in_member = false;
	g->ended = true;
	inflateReset(&g->z);
}

bool
gunzip_push(struct gunzip *g, struct bytes packed, gunzip_sink *sink, void *ctx, struct err *e)
{
	g->z.next_in = (unsigned char *)(uintptr_t)packed.p; /* zlib does not write there */
	g->z.avail_in = (uInt)packed.n;
	for (;;) {
		/* What does not begin like a member, behind one, has no meaning (padding). */
		if (g->ended && !g->in_member && g->z.avail_in && g->z.next_in[0] != MAGIC)
			g->padding = true;
		if (g->padding)
			break;
		g->in_member = g->in_member || g->z.avail_in > 0;
		g->z.next_out = g->piece;
		g->z.avail_out = PIECE_BYTES;
		int result = inflate(&g->z, Z_NO_FLUSH);
		size_t n = PIECE_BYTES - g->z.avail_out;
		if (n > 0 && !sink(ctx, bytes_of(g->piece, n)))
			return false;
		if (result == Z_STREAM_END)
			next_member(g);
		else if (result != Z_OK && result != Z_BUF_ERROR)
			return damaged(e);
		if (g->z.avail_in == 0 && g->z.avail_out > 0)
			break;
	}
	return true;
}

bool
gunzip_end(const struct gunzip *g, struct err *e)
{
	if (!g->in_member && g->ended)
		return true;
	return err_set(e, ERR_NETWORK, "the answer came only in part");
}
