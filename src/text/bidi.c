#include "text/bidi.h"

#include <string.h>

#include <fribidi.h>

#include "base/buf.h"
#include "base/utf8.h"

struct bidi {
	FriBidiStrIndex n;   /* characters */
	uint32_t *at;        /* the byte at which each begins, and the end */
	FriBidiChar *shaped; /* logical order, letters joined and brackets mirrored */
	FriBidiCharType *types;
	FriBidiLevel *levels;
	FriBidiParType base;
	/*
	 * Scratch of one line, as long as the paragraph because fribidi counts from its
	 * start.
	 */
	FriBidiChar *visual;
	FriBidiStrIndex *map;
};

/*
 * Hebrew to Arabic Extended-A, the presentation forms, and the right-to-left part of
 * plane 1.
 */
static bool
is_rtl(uint32_t c)
{
	return (c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfdff) ||
	       (c >= 0xfe70 && c <= 0xfefc) || (c >= 0x10800 && c <= 0x10fff) ||
	       (c >= 0x1e800 && c <= 0x1efff);
}

bool
bidi_has_rtl(struct str s)
{
	size_t at = 0;

	while (at < s.n) {
		/* The lead byte of U+0590 is D6: text below needs no decoding. */
		if ((unsigned char)s.p[at] < 0xd6)
			at++;
		else if (is_rtl(utf8_next(s, &at)))
			return true;
	}
	return false;
}

static void
decode(struct bidi *b, struct str s)
{
	size_t at = 0;

	for (b->n = 0; at < s.n; b->n++) {
		b->at[b->n] = (uint32_t)at;
		b->shaped[b->n] = utf8_next(s, &at);
	}
	b->at[b->n] = (uint32_t)s.n;
}

static bool
find_levels(struct arena *a, struct bidi *b)
{
	FriBidiBracketType *brackets = ARENA_ARRAY(a, FriBidiBracketType, (size_t)b->n);

	fribidi_get_bidi_types(b->shaped, b->n, b->types);
	fribidi_get_bracket_types(b->shaped, b->n, b->types, brackets);
	b->base = FRIBIDI_PAR_ON;
	return fribidi_get_par_embedding_levels_ex(
		   b->types, brackets, b->n, &b->base, b->levels) != 0;
}

static void
join_letters(struct arena *a, struct bidi *b)
{
	FriBidiArabicProp *props = ARENA_ARRAY(a, FriBidiArabicProp, (size_t)b->n);

	fribidi_get_joining_types(b->shaped, b->n, props);
	fribidi_join_arabic(b->types, b->n, b->levels, props);
	fribidi_shape(FRIBIDI_FLAGS_DEFAULT | FRIBIDI_FLAGS_ARABIC, b->levels, b->n,
	    props, b->shaped);
}

struct bidi *
bidi_paragraph(struct arena *a, struct str s)
{
	struct bidi *b;
	size_t n;

	if (s.n > BIDI_MAX_BYTES || !bidi_has_rtl(s))
		return NULL;
	n = utf8_count(s);
	b = ARENA_NEW(a, struct bidi);
	b->at = ARENA_ARRAY(a, uint32_t, n + 1);
	b->shaped = ARENA_ARRAY(a, FriBidiChar, n);
	b->types = ARENA_ARRAY(a, FriBidiCharType, n);
	b->levels = ARENA_ARRAY(a, FriBidiLevel, n);
	b->visual = ARENA_ARRAY(a, FriBidiChar, n);
	b->map = ARENA_ARRAY(a, FriBidiStrIndex, n);
	decode(b, s);
	if (!find_levels(a, b))
		return NULL;
	join_letters(a, b);
	return b;
}

bool
bidi_is_rtl(const struct bidi *b)
{
	return b && FRIBIDI_IS_RTL(b->base);
}

/* The number of the first character that begins at or after a byte. */
static FriBidiStrIndex
character_at(const struct bidi *b, size_t byte)
{
	FriBidiStrIndex low = 0, high = b->n, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (b->at[middle] < byte)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct bidi_line
bidi_line(struct arena *a, struct bidi *b, size_t at, size_t n)
{
	FriBidiStrIndex from = character_at(b, at), to = character_at(b, at + n), i;
	struct bidi_line line = {
	    ARENA_ARRAY(a, struct bidi_char, (size_t)(to - from) + 1), 0};

	for (i = from; i < to; i++) {
		b->visual[i] = b->shaped[i];
		b->map[i] = i;
	}
	if (to > from && !fribidi_reorder_line(FRIBIDI_FLAGS_DEFAULT, b->types, to - from,
			     from, b->base, b->levels, b->visual, b->map))
		return line; /* out of memory: fribidi says no more */
	for (i = from; i < to; i++) {
		struct bidi_char *c = &line.v[line.n];

		/* Where two letters became a ligature, the second left this behind. */
		if (b->visual[i] == FRIBIDI_CHAR_FILL)
			continue;
		c->at = b->at[b->map[i]];
		c->n = (uint8_t)utf8_encode(b->visual[i], c->drawn);
		line.n++;
	}
	return line;
}

struct str
bidi_visual(struct arena *a, struct str s)
{
	struct bidi *b = bidi_paragraph(a, s);
	struct buf out = {0};
	struct bidi_line line;
	size_t i;

	if (!b)
		return s;
	line = bidi_line(a, b, 0, s.n);
	for (i = 0; i < line.n; i++)
		buf_add(&out, str_of(line.v[i].drawn, line.v[i].n));
	s = arena_str(a, buf_str(&out));
	buf_clear(&out);
	return s;
}
