#include "text/fold_quick.h"

#include <string.h>

#include "base/utf8.h"
#include "text/fold_sign.h"

/* A character that wants the long way. */
#define NOT_QUICK UINT32_MAX

/*
 * U+00C0 to U+017F without accents, 32 in a row.  '.': no accent, so the folded letter itself;
 * '?': more than one character, or a case of its own.
 */
static const char bare_latin[] =
    "aaaaaa.ceeeeiiiidnooooo.ouuuuy.?"
    "aaaaaa.ceeeeiiiidnooooo.ouuuuy.y"
    "aaaaaaccccccccddddeeeeeeeeeegggg"
    "gggghhhhiiiiiiii?i??jjkk.llllll?"
    "?llnnnnnn?..oooooo..rrrrrrssssss"
    "sstttt..uuuuuuuuuuuuwwyyyzzzzzz?";

/* U+00C0 to U+017F in small letters. */
static uint32_t
lower_latin(uint32_t c)
{
	if (c < 0x100)
		return c < 0xDF && c != 0xD7 ? c + 0x20 : c;
	if (c == 0x178)
		return 0xFF;
	if (c == 0x138)
		return c;
	/* pairs; the capital stands on the odd place in two stretches, else on the even one */
	if ((c > 0x138 && c < 0x149) || c > 0x178)
		return (c + 1) & ~UINT32_C(1);
	return c | 1;
}

static uint32_t
fold_latin(uint32_t c, bool bare)
{
	char letter = bare_latin[c - 0xC0];

	if (letter == '?')
		return NOT_QUICK;
	return bare && letter != '.' ? (uint32_t)letter : lower_latin(c);
}

/* U+00A0 to U+00BF; the space is the caller's. */
static uint32_t
fold_latin_sign(uint32_t c)
{
	static const char quick[] = "?.......?.?\".?.?" "..????..???\"???.";
	char sign = quick[c - 0xA0];

	if (sign == '?')
		return NOT_QUICK;
	return sign == '.' ? c : (uint32_t)sign;
}

/* U+0400 to U+045F: the capitals are 32 before their letters, the further ones 80. */
static uint32_t
fold_cyrillic(uint32_t c, bool bare)
{
	static const struct fold_pair accents[] = {
		{0x439, 0x438}, {0x450, 0x435}, {0x451, 0x435}, {0x453, 0x433},
		{0x457, 0x456}, {0x45C, 0x43A}, {0x45D, 0x438}, {0x45E, 0x443},
	};

	c += c < 0x410 ? 0x50u : c < 0x430 ? 0x20u : 0u;
	return bare ? fold_look_up(accents, COUNT_OF(accents), c) : c;
}

/* Letters that are the same in every form: Arabic, kana, Han, Hangul. */
static bool
is_whole(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{0x60C, 0x60C}, {0x61B, 0x61B}, {0x61F, 0x61F}, {0x621, 0x63A}, {0x641, 0x64A},
		{0x660, 0x66D}, {0x671, 0x674}, {0x679, 0x6BF}, {0x6C1, 0x6C1}, {0x6C3, 0x6D2},
		{0x2020, 0x2023}, {0x3001, 0x3015}, {0x3041, 0x3096}, {0x30A1, 0x30FE},
		{0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xAC00, 0xD7A3},
	};

	for (size_t i = 0; i < COUNT_OF(ranges) && ranges[i].first <= c; i++)
		if (c <= ranges[i].last)
			return true;
	return false;
}

static uint32_t
fold_one(uint32_t c, bool bare)
{
	if (c >= 0xC0 && c < 0x180)
		return fold_latin(c, bare);
	if (c >= 0xA0 && c < 0xC0)
		return fold_latin_sign(c);
	if (c >= 0x400 && c < 0x460)
		return fold_cyrillic(c, bare);
	if ((c >= 0x2010 && c <= 0x2015) || (c >= 0x2018 && c <= 0x201F) || is_whole(c))
		return fold_like(c);
	if (c >= 0xFF01 && c <= 0xFF5E) /* full-width ASCII */
		return fold_like((uint32_t)(unsigned char)ascii_lower((char)(c - 0xFEE0)));
	return NOT_QUICK;
}

static size_t
put_space(char *out, size_t n)
{
	if (n > 0 && out[n - 1] != ' ')
		out[n++] = ' ';
	return n;
}

/* The character at *at, which is no ASCII.  What comes out is never longer than it. */
static bool
put_wide(struct str s, size_t *at, bool bare, char *out, size_t *n)
{
	uint32_t c = utf8_next(s, at);

	if (c == 0xA0 || c == 0x3000) {
		*n = put_space(out, *n);
		return true;
	}
	if (c == 0xDF || c == 0x2026) { /* ß and the three full stops */
		size_t more = c == 0xDF ? 2 : 3;
		memcpy(out + *n, c == 0xDF ? "ss" : "...", more);
		*n += more;
		return true;
	}
	if (fold_is_dropped(c))
		return true;
	c = fold_one(c, bare);
	if (c != NOT_QUICK)
		*n += utf8_encode(c, out + *n);
	return c != NOT_QUICK;
}

/*
 * Printable ASCII with single spaces between its words, eight bytes at a time.  A grave accent is
 * an apostrophe, and is left to the caller.
 */
static void
put_plain(struct str s, size_t *at, char *out, size_t *used)
{
	for (; *at + 8 <= s.n; *at += 8, *used += 8) {
		uint64_t w;
		memcpy(&w, s.p + *at, 8);
		if (!eight_ascii(w) || (eight_below(w, ' ') | eight_equal(w, '`')))
			return;
		uint64_t lone = eight_exactly(w, ' ');
		if ((lone & lone >> 8) || (s.p[*at] == ' ' && (*used == 0 || out[*used - 1] == ' ')))
			return;
		w = eight_lower(w);
		memcpy(out + *used, &w, 8);
	}
}

/* Han (from U+5000) and Hangul (U+B000 to U+CFFF): three bytes that stay as they are. */
static bool
is_whole_lead(unsigned char c)
{
	return (c >= 0xE5 && c <= 0xE9) || c == 0xEB || c == 0xEC;
}

bool
fold_quick(struct str s, bool bare, char *out, size_t *n)
{
	size_t used = 0;

	for (size_t at = 0; at < s.n;) {
		if (at % 8 == 0 || (unsigned char)s.p[at - 1] >= 0x80)
			put_plain(s, &at, out, &used);
		if (at == s.n)
			break;
		unsigned char c = (unsigned char)s.p[at];
		if (is_whole_lead(c) && s.n - at >= 3) {
			memcpy(out + used, s.p + at, 3);
			at += 3;
			used += 3;
			continue;
		}
		if (c >= 0x80) {
			if (!put_wide(s, &at, bare, out, &used))
				return false;
			continue;
		}
		at++;
		if (ascii_space(c))
			used = put_space(out, used);
		else
			out[used++] = c == '`' ? '\'' : ascii_lower((char)c);
	}
	if (used > 0 && out[used - 1] == ' ')
		used--;
	*n = used;
	return true;
}
