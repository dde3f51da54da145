/*
 * Fuzz target of the feed reader: any bytes, with any header, in one piece and in pieces.  Beyond
 * "no crash": the pieces do not matter, and what comes out is valid UTF-8 without controls.
 *
 * The first byte chooses the size of the pieces and the header.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "feed/limits.h"
#include "render.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void
require(bool fact)
{
	if (!fact)
		abort();
}

static void
check_text(struct str s)
{
	require(utf8_valid(bytes_of_str(s)) == s.n);
	for (size_t i = 0; i < s.n; i++)
		require((unsigned char)s.p[i] >= 0x20 || s.p[i] == '\n');
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const char *const types[] = {"", "text/xml; charset=koi8-r",
	    "application/xml; charset=\"utf-16le\"", "text/xml; charset=shift_jis"};
	if (n == 0)
		return 0;
	struct feed_source source = {.url = STR("http://a.example/b/c"),
	    .content_type = str_z(types[p[0] & 3])};
	struct feed_limits limits = {.max_bytes = FEED_MAX_BYTES};
	struct bytes document = bytes_of(p + 1, n - 1);
	struct buf whole, pieces;
	struct err e = {0}, e2 = {0};
	bool ok = render_feed(&source, &limits, document, SIZE_MAX, &whole, &e);
	require(ok == render_feed(&source, &limits, document, (size_t)(p[0] >> 2) + 1, &pieces, &e2));
	require(!ok || str_eq(buf_str(&whole), buf_str(&pieces)));
	require(ok || e.text[0]);
	check_text(buf_str(&whole));
	check_text(str_z(e.text));
	buf_clear(&whole);
	buf_clear(&pieces);
	return 0;
}
