/*
 * When nobody said anything and the bytes are not quite UTF-8: what do they look like?
 *
 * In Latin scripts a byte above ASCII stands alone between letters; in the others such bytes come in
 * runs.  Only runs are looked at here.  Chinese, Japanese and Korean give themselves away by the
 * rows their pairs come from: kana, the Hangul syllables, the frequent ideographs.  Russian does by
 * its small letters, which windows-1251 and KOI8-R keep in different halves.
 */
#include "base/utf8.h"
#include "text/charset.h"

enum {
	MIN_PAIRS = 4, /* a word or two; fewer prove nothing */
	MIN_LETTERS = 16,
};

/* Percentages of one count in another. */
static bool
at_least(size_t part, size_t percent, size_t whole)
{
	return part * 100 >= whole * percent;
}

static size_t
count_high(struct bytes b)
{
	size_t n = 0;
	for (size_t i = 0; i < b.n; i++)
		n += b.p[i] >= 0x80;
	return n;
}

/* High bytes that belong to a whole character of UTF-8. */
static size_t
count_utf8(struct bytes b)
{
	size_t n = 0;
	for (size_t i = 0; i < b.n;) {
		uint32_t c;
		size_t taken = utf8_decode(b.p + i, b.n - i, &c);
		if (c >= 0x80 && c != UTF8_REPLACEMENT)
			n += taken;
		i += taken;
	}
	return n;
}

/* High bytes with another one beside them. */
static size_t
count_in_runs(struct bytes b)
{
	size_t n = 0;
	for (size_t i = 0; i < b.n; i++) {
		bool before = i > 0 && b.p[i - 1] >= 0x80, after = i + 1 < b.n && b.p[i + 1] >= 0x80;
		n += b.p[i] >= 0x80 && (before || after);
	}
	return n;
}

/* --- Russian --- */

static enum charset
guess_russian(struct bytes b, size_t high)
{
	size_t low_half = 0, high_half = 0;

	for (size_t i = 0; i < b.n; i++) {
		low_half += b.p[i] >= 0xC0 && b.p[i] < 0xE0;
		high_half += b.p[i] >= 0xE0;
	}
	size_t letters = low_half + high_half;
	if (letters < MIN_LETTERS || !at_least(letters, 95, high))
		return CHARSET_UNKNOWN;
	if (at_least(high_half, 75, letters))
		return CHARSET_WINDOWS_1251;
	return at_least(low_half, 75, letters) ? CHARSET_KOI8_R : CHARSET_UNKNOWN;
}

/* --- pairs of two bytes --- */

struct pairs {
	size_t n, bad;
	size_t kana, syllables, ideographs; /* of the rows where the frequent ones stand */
	size_t ascii_trails;
};

/* EUC: both bytes from A1 to FE; GB 2312, KS X 1001 and JIS X 0208 share the frame. */
static struct pairs
count_euc(struct bytes b)
{
	struct pairs p = {0};

	for (size_t i = 0; i < b.n; i++) {
		unsigned char lead = b.p[i], trail = i + 1 < b.n ? b.p[i + 1] : 0;
		if (lead < 0x80)
			continue;
		if (lead < 0xA1 || lead == 0xFF || trail < 0xA1 || trail == 0xFF) {
			p.bad++;
			continue;
		}
		i++;
		p.n++;
		p.kana += lead == 0xA4 || lead == 0xA5;
		p.syllables += lead >= 0xB0 && lead <= 0xC8;
		p.ideographs += lead >= 0xB0 && lead <= 0xF7;
	}
	return p;
}

static enum charset
guess_euc(struct bytes b)
{
	struct pairs p = count_euc(b);

	if (p.n < MIN_PAIRS || p.bad > 0)
		return CHARSET_UNKNOWN;
	if (at_least(p.kana, 15, p.n))
		return CHARSET_EUC_JP;
	if (at_least(p.syllables, 85, p.n))
		return CHARSET_EUC_KR;
	return at_least(p.ideographs, 75, p.n) ? CHARSET_GBK : CHARSET_UNKNOWN;
}

static bool
is_trail(unsigned char c, unsigned char last)
{
	return c >= 0x40 && c != 0x7F && c <= last;
}

static struct pairs
count_shift_jis(struct bytes b)
{
	struct pairs p = {0};

	for (size_t i = 0; i < b.n; i++) {
		unsigned char lead = b.p[i], trail = i + 1 < b.n ? b.p[i + 1] : 0;
		if (lead < 0x80 || (lead >= 0xA1 && lead <= 0xDF))
			continue;
		if (lead == 0x80 || lead == 0xA0 || lead > 0xFC || !is_trail(trail, 0xFC)) {
			p.bad++;
			continue;
		}
		i++;
		p.n++;
		p.kana += (lead == 0x82 && trail >= 0x9F) || (lead == 0x83 && trail <= 0x96);
	}
	return p;
}

static struct pairs
count_big5(struct bytes b)
{
	struct pairs p = {0};

	for (size_t i = 0; i < b.n; i++) {
		unsigned char lead = b.p[i], trail = i + 1 < b.n ? b.p[i + 1] : 0;
		if (lead < 0x80)
			continue;
		if (lead < 0xA1 || lead > 0xF9 || !is_trail(trail, 0xFE) ||
		    (trail > 0x7E && trail < 0xA1)) {
			p.bad++;
			continue;
		}
		i++;
		p.n++;
		p.ideographs += lead >= 0xA4 && lead <= 0xC6;
		p.ascii_trails += trail < 0x80;
	}
	return p;
}

static enum charset
guess_with_ascii_trails(struct bytes b)
{
	struct pairs jis = count_shift_jis(b), big5 = count_big5(b);

	if (jis.n >= MIN_PAIRS && jis.bad == 0 && at_least(jis.kana, 15, jis.n))
		return CHARSET_SHIFT_JIS;
	if (big5.n >= MIN_PAIRS && big5.bad == 0 && at_least(big5.ideographs, 80, big5.n) &&
	    at_least(big5.ascii_trails, 15, big5.n))
		return CHARSET_BIG5;
	return CHARSET_UNKNOWN;
}

enum charset
charset_guess(struct bytes b)
{
	size_t high = count_high(b);
	enum charset guess;

	if (at_least(count_utf8(b), 60, high))
		return CHARSET_UTF_8;
	guess = guess_with_ascii_trails(b);
	if (guess != CHARSET_UNKNOWN || !at_least(count_in_runs(b), 90, high))
		return guess;
	guess = guess_russian(b, high);
	return guess != CHARSET_UNKNOWN ? guess : guess_euc(b);
}
