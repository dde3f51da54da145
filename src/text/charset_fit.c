/* Whole buffers: do the bytes fit what was said of them, and their text in one call. */
#include "base/utf8.h"
#include "text/charset.h"

/* Undecodable places, and bytes above ASCII in all. */
struct fit {
	size_t bad, high;
};

static struct fit
measure(enum charset charset, struct bytes b, bool cut, struct charset_set *set)
{
	enum { PIECE = 64 * 1024 };
	struct decoder *d = decoder_new(charset, 0, set);
	struct buf out = {0};
	struct fit fit = {0};

	for (size_t i = 0; i < b.n; i += PIECE) {
		size_t n = b.n - i < PIECE ? b.n - i : PIECE;
		out.n = 0;
		decoder_push(d, bytes_of(b.p + i, n), &out);
	}
	if (!cut)
		decoder_end(d, &out);
	if (decoder_needs(d) == CHARSET_UNKNOWN)
		fit.bad = decoder_bad(d);
	for (size_t i = 0; i < b.n; i++)
		fit.high += b.p[i] >= 0x80;
	decoder_free(d);
	buf_clear(&out);
	return fit;
}

bool
charset_fits(enum charset charset, struct bytes b, bool cut, struct charset_set *set)
{
	return measure(charset, b, cut, set).bad == 0;
}

/*
 * What is to be read in place of a charset that does not fit.  Bytes that are mostly of it stay in
 * it: one broken letter in a page must not turn all the others into nonsense.
 */
static enum charset
next_best(const struct charset_choice *said, struct fit fit, struct bytes b, bool cut)
{
	if (said->charset == CHARSET_UTF_8) {
		enum charset guess = charset_guess(b);
		bool believed = guess == CHARSET_UTF_8 || said->source == CHARSET_BY_DEFAULT;
		return believed ? guess : CHARSET_UNKNOWN;
	}
	if (charset_fits(CHARSET_UTF_8, b, cut, NULL))
		return CHARSET_UTF_8;
	return fit.bad * 20 < fit.high ? said->charset : CHARSET_UNKNOWN;
}

void
charset_settle(struct charset_choice *choice, struct bytes b, bool cut, struct charset_set *set)
{
	if (choice->source == CHARSET_BY_BOM)
		return;
	/* The common case, and the cheapest. */
	if (choice->charset == CHARSET_UTF_8 && utf8_valid(b) == b.n)
		return;
	struct fit fit = measure(choice->charset, b, cut, set);
	if (fit.bad == 0)
		return;
	choice->charset = next_best(choice, fit, b, cut);
	if (choice->charset == CHARSET_UNKNOWN)
		choice->charset = CHARSET_WINDOWS_1252;
	choice->lied = true;
	choice->source = CHARSET_BY_FIT;
}

struct charset_text
charset_decode(struct arena *arena, struct bytes b, const struct charset_choice *choice,
    unsigned flags, struct charset_set *set)
{
	struct charset_text text = {0};
	struct buf out = {0};
	size_t bom = choice->bom < b.n ? choice->bom : b.n;

	b = bytes_of(b.p + bom, b.n - bom);
	if (choice->charset == CHARSET_UTF_8 && utf8_valid(b) == b.n) {
		text.text = str_of((const char *)b.p, b.n);
		return text;
	}
	struct decoder *d = decoder_new(choice->charset, flags, set);
	decoder_push(d, b, &out);
	decoder_end(d, &out);
	text.text = arena_str(arena, buf_str(&out));
	text.needs = decoder_needs(d);
	text.bad = decoder_bad(d);
	decoder_free(d);
	buf_clear(&out);
	return text;
}
