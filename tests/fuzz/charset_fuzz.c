/* Decoders: what comes out is UTF-8, and the same however the bytes are cut. */
#include "fuzz.h"

#include "base/utf8.h"
#include "text/charset.h"

static void
decode(enum charset charset, unsigned flags, struct bytes raw, size_t piece, struct buf *out)
{
	struct decoder *d = decoder_new(charset, flags, NULL);
	while (raw.n)
		decoder_push(d, fuzz_take(&raw, piece), out);
	decoder_end(d, out);
	FUZZ_MUST(utf8_valid(fuzz_bytes_of_buf(out)) == out->n);
	decoder_free(d);
}

static void
check_pieces(enum charset charset, unsigned flags, struct bytes raw, size_t piece)
{
	struct buf whole = {0}, pieces = {0};
	decode(charset, flags, raw, SIZE_MAX, &whole);
	decode(charset, flags, raw, piece, &pieces);
	FUZZ_MUST(str_eq(buf_str(&whole), buf_str(&pieces)));
	buf_clear(&whole);
	buf_clear(&pieces);
}

/* Input: a charset, flags, the size of the pieces; a line of header; the bytes. */
FUZZ_TARGET(charset)
{
	struct arena *a = arena_new();
	struct bytes raw = bytes_of(p, n);
	enum charset charset = 1 + fuzz_byte(&raw) % (CHARSETS - 1);
	unsigned flags = fuzz_byte(&raw) & DECODER_MEND;
	size_t piece = fuzz_byte(&raw) % 16 + 1u;
	check_pieces(charset, flags, raw, piece);

	struct bytes header = fuzz_line(&raw);
	struct str label = str_of((const char *)header.p, header.n);
	(void)charset_of_label(label);
	struct charset_choice feed = charset_for_feed(raw, label, STR(""));
	struct charset_choice page = charset_for_page(raw, STR(""), label);
	FUZZ_MUST(feed.charset != CHARSET_UNKNOWN && page.charset != CHARSET_UNKNOWN);
	charset_settle(&feed, raw, flags != 0, NULL);
	struct charset_text text = charset_decode(a, raw, &page, flags, NULL);
	FUZZ_MUST(utf8_valid(bytes_of_str(text.text)) == text.text.n);
	arena_free(a);
	return 0;
}
