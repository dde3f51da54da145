/*
 * Three passes: what is invisible goes, Unicode's own folding (case, then NFKC), then what Unicode
 * keeps apart and readers do not: Arabic letters, quotes, dashes, spaces.  ASCII takes a short way.
 */
#include "text/fold.h"

#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/clean.h"

struct pair {
	uint32_t from, to;
};

static const struct pair likes[] = {
	/* Arabic and Persian: forms of alef, waw, ya, kaf, ta marbuta */
	{0x622, 0x627}, {0x623, 0x627}, {0x625, 0x627}, {0x671, 0x627}, {0x624, 0x648},
	{0x626, 0x64A}, {0x649, 0x64A}, {0x6CC, 0x64A}, {0x6A9, 0x643}, {0x629, 0x647},
	{0x6C0, 0x647}, {0x6C2, 0x647}, {0x6C1, 0x647}, {0x6D3, 0x6D2},
	/* quotes */
	{0xAB, '"'}, {0xBB, '"'}, {0x2018, '\''}, {0x2019, '\''}, {0x201A, '\''}, {0x201B, '\''},
	{0x201C, '"'}, {0x201D, '"'}, {0x201E, '"'}, {0x201F, '"'}, {0x2039, '\''},
	{0x203A, '\''}, {0x2BC, '\''}, {0x2B9, '\''}, {0x60, '\''}, {0xB4, '\''},
	/* dashes */
	{0x2010, '-'}, {0x2011, '-'}, {0x2012, '-'}, {0x2013, '-'}, {0x2014, '-'}, {0x2015, '-'},
	{0x2212, '-'},
};

/* Letters that have no mark in Unicode's eyes. */
static const struct pair bare_letters[] = {
	{0xF8, 'o'}, {0x142, 'l'}, {0x111, 'd'}, {0x131, 'i'}, {0x127, 'h'}, {0xF0, 'd'},
};

static bool
is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

static uint32_t
look_up(const struct pair *v, size_t n, uint32_t c)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].from == c)
			return v[i].to;
	return c;
}

/* Joiners, direction marks, selectors, soft hyphens; the Arabic vowel signs and tatweel. */
static bool
is_invisible(uint32_t c)
{
	return c == 0xAD || c == 0x34F || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
	    (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
	    (c >= 0xE0100 && c <= 0xE01EF);
}

static bool
is_vowel_sign(uint32_t c)
{
	return c == 0x640 || (c >= 0x610 && c <= 0x61A) || (c >= 0x64B && c <= 0x65F) ||
	    c == 0x670 || (c >= 0x6D6 && c <= 0x6ED && c != 0x6DD && c != 0x6DE && c != 0x6E9) ||
	    (c >= 0xFC5E && c <= 0xFC63) || (c >= 0xFCF2 && c <= 0xFCF4) ||
	    (c >= 0xFE70 && c <= 0xFE7F);
}

/* What goes must go before normalisation: what it stood between may belong together. */
static void
add_visible(struct buf *out, struct str s)
{
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);
		if (!is_invisible(c) && !is_vowel_sign(c))
			buf_utf8(out, c);
	}
}

/* White space as single ASCII spaces, none at the ends. */
static void
add_space(struct buf *out)
{
	if (out->n && out->p[out->n - 1] != ' ')
		buf_char(out, ' ');
}

static void
add_likes(struct buf *out, struct str s)
{
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);
		if (text_is_space(c))
			add_space(out);
		else if (c < 0x80 && c != '`')
			buf_char(out, (char)c);
		else if (!is_vowel_sign(c) && !is_invisible(c))
			buf_utf8(out, look_up(likes, COUNT_OF(likes), c));
	}
	if (out->n && out->p[out->n - 1] == ' ')
		out->n--;
}

/* Unicode's own folding; s itself when there is no memory for it. */
static void
add_unicode_folded(struct buf *out, struct str s)
{
	size_t n = 0;
	uint8_t *folded = u8_casefold((const uint8_t *)s.p, s.n, NULL, UNINORM_NFKC, NULL, &n);
	add_likes(out, folded ? str_of((const char *)folded, n) : s);
	free(folded);
}

static void
add_ascii_folded(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (ascii_space((unsigned char)s.p[i]))
			add_space(out);
		else
			buf_char(out, s.p[i] == '`' ? '\'' : ascii_lower(s.p[i]));
	}
	if (out->n && out->p[out->n - 1] == ' ')
		out->n--;
}

static void
add_folded(struct buf *out, struct str s)
{
	struct buf visible = {0};

	if (is_ascii(s)) {
		add_ascii_folded(out, s);
		return;
	}
	add_visible(&visible, s);
	add_unicode_folded(out, buf_str(&visible));
	buf_clear(&visible);
}

static struct str
finish(struct arena *arena, struct buf *b)
{
	struct str s = arena_str(arena, buf_str(b));
	buf_clear(b);
	return s;
}

struct str
text_fold(struct arena *arena, struct str s)
{
	struct buf out = {0};
	add_folded(&out, s);
	return finish(arena, &out);
}

static bool
is_accent(uint32_t c)
{
	return c >= 0x300 && c <= 0x36F;
}

/* Taken apart, the accents left out, put together again (Hangul must be). */
static struct str
without_accents(struct arena *arena, struct str s)
{
	struct buf bare = {0};
	size_t n = 0;
	uint8_t *apart = u8_normalize(UNINORM_NFD, (const uint8_t *)s.p, s.n, NULL, &n);
	if (!apart)
		return s;
	struct str parts = str_of((const char *)apart, n);
	for (size_t at = 0; at < parts.n;) {
		uint32_t c = utf8_next(parts, &at);
		if (!is_accent(c))
			buf_utf8(&bare, look_up(bare_letters, COUNT_OF(bare_letters), c));
	}
	free(apart);
	uint8_t *whole = u8_normalize(
	    UNINORM_NFC, (const uint8_t *)buf_str(&bare).p, bare.n, NULL, &n);
	if (whole)
		s = arena_str(arena, str_of((const char *)whole, n));
	free(whole);
	buf_clear(&bare);
	return s;
}

struct str
text_fold_bare(struct arena *arena, struct str s)
{
	struct str folded = text_fold(arena, s);
	return is_ascii(folded) ? folded : without_accents(arena, folded);
}

static bool
is_key_char(uint32_t c)
{
	if (c < 0x80)
		return ascii_alnum((unsigned char)c);
	return uc_is_general_category_withtable(c,
	    UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_N);
}

struct str
text_headline_key(struct arena *arena, struct str s)
{
	struct buf folded = {0}, out = {0};

	add_folded(&folded, s);
	struct str f = buf_str(&folded);
	for (size_t at = 0; at < f.n;) {
		uint32_t c = utf8_next(f, &at);
		if (is_key_char(c))
			buf_utf8(&out, c);
		else if (c != '\'') /* Jum'at is Jumat */
			add_space(&out);
	}
	if (out.n && out.p[out.n - 1] == ' ')
		out.n--;
	buf_clear(&folded);
	return finish(arena, &out);
}
