/*
 * Three passes: what is invisible goes, Unicode's own folding (case, then NFKC), then what Unicode
 * keeps apart and readers do not.  Most text takes the short way of text/fold_quick.h.
 */
#include "text/fold.h"

#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/clean.h"
#include "text/fold_quick.h"
#include "text/fold_sign.h"

/* Letters that have no mark in Unicode's eyes. */
static const struct fold_pair bare_letters[] = {
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

/* What goes must go before normalisation: what it stood between may belong together. */
static void
add_visible(struct buf *out, struct str s)
{
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);
		if (!fold_is_dropped(c))
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
		else if (!fold_is_dropped(c))
			buf_utf8(out, fold_like(c));
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
add_folded(struct buf *out, struct str s)
{
	struct buf visible = {0};

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

static struct str
fold_slowly(struct arena *arena, struct str s)
{
	struct buf out = {0};
	add_folded(&out, s);
	return finish(arena, &out);
}

struct str
text_fold(struct arena *arena, struct str s)
{
	char *out = arena_alloc(arena, s.n + 1);
	size_t n;
	if (fold_quick(s, false, out, &n))
		return str_of(out, n);
	return fold_slowly(arena, s);
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
			buf_utf8(&bare, fold_look_up(bare_letters, COUNT_OF(bare_letters), c));
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
	char *out = arena_alloc(arena, s.n + 1);
	size_t n;
	if (fold_quick(s, true, out, &n))
		return str_of(out, n);
	struct str folded = fold_slowly(arena, s);
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
	struct buf out = {0};
	struct str f = text_fold(arena, s);

	for (size_t at = 0; at < f.n;) {
		uint32_t c = utf8_next(f, &at);
		if (is_key_char(c))
			buf_utf8(&out, c);
		else if (c != '\'') /* Jum'at is Jumat */
			add_space(&out);
	}
	if (out.n && out.p[out.n - 1] == ' ')
		out.n--;
	return finish(arena, &out);
}
