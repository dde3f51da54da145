/*
 * One step takes one character of the input and says what comes out in its place.  text_clean
 * steps until something would change; only then does it measure, allocate once and write.
 */
#include "text/clean.h"

#include <string.h>
#include <unictype.h>

#include "base/utf8.h"

struct range {
	uint32_t first, last;
};

/* Sorted.  Controls are not among them: what is below U+00A0 is tested by itself. */
static const struct range forbidden[] = {
	{0x200B, 0x200B}, /* ZWSP */
	{0x202A, 0x202E}, /* LRE RLE PDF LRO RLO */
	{0x2061, 0x206F}, /* invisible operators, isolates, deprecated format characters */
	{0xE000, 0xF8FF}, /* private use */
	{0xFDD0, 0xFDEF}, /* noncharacters */
	{0xFEFF, 0xFEFF}, /* BOM */
	{0xFFF9, 0xFFFB}, /* interlinear annotation */
	{0x1BCA0, 0x1BCA3}, /* shorthand format controls */
	{0x1D173, 0x1D17A}, /* musical format controls */
	{0xE0000, 0xE00FF}, /* tags */
	{0xF0000, 0x10FFFF}, /* private use */
};

static const struct range spaces[] = {
	{0x1680, 0x1680},
	{0x2000, 0x200A},
	{0x202F, 0x202F},
	{0x205F, 0x205F},
	{0x3000, 0x3000},
};

static bool
in_ranges(const struct range *v, size_t n, uint32_t c)
{
	for (size_t i = 0; i < n && v[i].first <= c; i++)
		if (c <= v[i].last)
			return true;
	return false;
}

bool
text_is_forbidden(uint32_t c)
{
	if (c < 0xA0)
		return (c < 0x20 && c != '\n' && c != '\t') || c >= 0x7F;
	if (c < forbidden[0].first)
		return false;
	return (c & 0xFFFE) == 0xFFFE || in_ranges(forbidden, COUNT_OF(forbidden), c);
}

static bool
is_no_break_space(uint32_t c)
{
	return c == 0xA0 || c == 0x2007 || c == 0x202F;
}

bool
text_is_space(uint32_t c)
{
	if (c < 0x80)
		return ascii_space((unsigned char)c);
	return c == 0xA0 || (c >= 0x1680 && in_ranges(spaces, COUNT_OF(spaces), c));
}

static bool
is_mark(uint32_t c)
{
	return c >= 0x300 &&
	    uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Me);
}

/* Joiners and marks of direction do not end a cluster, so they do not start the count anew. */
static bool
is_transparent(uint32_t c)
{
	return c == 0xAD || (c >= 0x200C && c <= 0x200F) || c == 0x2060 || c == 0x61C;
}

/* Printable ASCII, eight at a time: a byte below 0x20 borrows into its high bit, 0x7F carries. */
static size_t
ascii_run(const unsigned char *p, size_t n)
{
	size_t i = 0;
	for (; i + 8 <= n; i += 8) {
		uint64_t w;
		memcpy(&w, p + i, 8);
		uint64_t low = w - 0x2020202020202020u, high = w + 0x0101010101010101u;
		if ((w | low | high) & 0x8080808080808080u)
			break;
	}
	while (i < n && p[i] >= 0x20 && p[i] < 0x7F)
		i++;
	return i;
}

static bool
is_tail(unsigned char c)
{
	return (c & 0xC0) == 0x80;
}

/*
 * The length of a whole letter that neither changes nor is a mark, or 0 when it takes a closer
 * look: Latin, Greek and Cyrillic (U+00C0 to U+02FF, U+0380 to U+047F), Arabic (U+0620 to U+064A),
 * kana (U+3040 to U+30FF but U+3099 and U+309A), Han (U+4000 to U+9FFF), Hangul (U+AC00 to U+D7FF);
 * dashes, quotes, bullets and dots (U+2010 to U+2027), brackets and stops of East Asia (U+3000 to
 * U+301F), forms of full width (U+FF00 to U+FF5F).
 */
static size_t
plain_letter(const unsigned char *p, size_t n)
{
	if (p[0] == '\n' || p[0] == '\t')
		return 1;
	if (n < 2 || p[0] < 0xC3 || !is_tail(p[1]))
		return 0;
	if (p[0] < 0xE0)
		return p[0] <= 0xCB || (p[0] >= 0xCE && p[0] <= 0xD1) ||
		    (p[0] == 0xD8 && p[1] >= 0xA0) || (p[0] == 0xD9 && p[1] <= 0x8A) ? 2 : 0;
	if (n < 3 || !is_tail(p[2]))
		return 0;
	if (p[0] == 0xE3)
		return p[1] == 0x81 || p[1] == 0x83 || (p[1] == 0x80 && p[2] <= 0x9F) ||
		    (p[1] == 0x82 && p[2] != 0x99 && p[2] != 0x9A) ? 3 : 0; /* two marks of kana */
	if ((p[0] >= 0xE4 && p[0] <= 0xE9) || (p[0] == 0xEA && p[1] >= 0xB0) || p[0] == 0xEB ||
	    p[0] == 0xEC || (p[0] == 0xED && p[1] <= 0x9F) ||
	    (p[0] == 0xE2 && p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0xA7) ||
	    (p[0] == 0xEF && (p[1] == 0xBC || (p[1] == 0xBD && p[2] <= 0x9F))))
		return 3;
	return 0;
}

/* Han from U+5000, of which most of Chinese and Japanese text consists. */
static size_t
han_run(const unsigned char *p, size_t n)
{
	size_t i = 0;

	while (n - i >= 3 && p[i] >= 0xE5 && p[i] <= 0xE9 && is_tail(p[i + 1]) && is_tail(p[i + 2]))
		i += 3;
	return i;
}

/* The length of the beginning that is plain: no change, no marks, nothing else to be looked at. */
static size_t
plain_run(const unsigned char *p, size_t n)
{
	size_t i = 0, before, letter;

	do {
		before = i;
		i += ascii_run(p + i, n - i);
		i += han_run(p + i, n - i);
		while (i < n && (letter = plain_letter(p + i, n - i)) > 0)
			i += letter;
	} while (i > before && i < n);
	return i;
}

struct step {
	size_t taken; /* bytes of the input */
	size_t n; /* bytes in `out` */
	bool same; /* they are the ones taken */
	char out[4];
};

static void
step_give(struct step *s, uint32_t c)
{
	s->n = utf8_encode(c, s->out);
	s->same = false;
}

/* p[0] is not printable ASCII.  *marks counts the combining marks on the last base. */
static struct step
step_take(const unsigned char *p, size_t n, unsigned *marks)
{
	struct step s = {.same = true};
	uint32_t c;

	s.taken = utf8_decode(p, n, &c);
	if (c == UTF8_REPLACEMENT && !(s.taken == 3 && p[0] == 0xEF && p[2] == 0xBD)) {
		*marks = 0;
		step_give(&s, c);
		return s;
	}
	if (c == '\r' || c == 0x2028 || c == 0x2029) {
		*marks = 0;
		if (c == '\r' && n > 1 && p[1] == '\n')
			s.taken = 2;
		step_give(&s, '\n');
		return s;
	}
	if (text_is_forbidden(c)) {
		s.same = false;
		return s;
	}
	if (is_mark(c)) {
		if (++*marks > CLEAN_MAX_MARKS) {
			s.same = false;
			return s;
		}
	} else if (!is_transparent(c)) {
		*marks = 0;
	}
	memcpy(s.out, p, s.taken);
	s.n = s.taken;
	return s;
}

/* The length of the beginning that is clean. */
static size_t
clean_prefix(struct bytes raw)
{
	unsigned marks = 0;
	size_t i = 0;

	while (i < raw.n) {
		size_t run = plain_run(raw.p + i, raw.n - i);
		if (run) {
			marks = 0;
			i += run;
			continue;
		}
		struct step s = step_take(raw.p + i, raw.n - i, &marks);
		if (!s.same)
			return i;
		i += s.taken;
	}
	return i;
}

/* The length of the clean text; it is written to `out` unless that is NULL. */
static size_t
clean_write(struct bytes raw, char *out)
{
	unsigned marks = 0;
	size_t i = 0, n = 0;

	while (i < raw.n) {
		size_t run = plain_run(raw.p + i, raw.n - i);
		if (run) {
			marks = 0;
			if (out)
				memcpy(out + n, raw.p + i, run);
			i += run;
			n += run;
			continue;
		}
		struct step s = step_take(raw.p + i, raw.n - i, &marks);
		if (out)
			memcpy(out + n, s.out, s.n);
		i += s.taken;
		n += s.n;
	}
	return n;
}

bool
text_is_clean(struct bytes raw)
{
	return clean_prefix(raw) == raw.n;
}

struct str
text_clean(struct arena *arena, struct bytes raw)
{
	if (text_is_clean(raw))
		return str_of((const char *)raw.p, raw.n);
	size_t n = clean_write(raw, NULL);
	char *out = arena_alloc(arena, n + 1);
	clean_write(raw, out);
	return str_of(out, n);
}

struct str
text_trim(struct str s)
{
	while (s.n) {
		size_t at = 0;
		if (!text_is_space(utf8_next(s, &at)))
			break;
		s = str_from(s, at);
	}
	while (s.n) {
		size_t last = s.n - 1;
		while (last > 0 && ((unsigned char)s.p[last] & 0xC0) == 0x80)
			last--;
		size_t at = last;
		if (!text_is_space(utf8_next(s, &at)))
			break;
		s.n = last;
	}
	return s;
}

/* A run of white space at the front of s: its bytes, and what stands for it. */
static size_t
space_run(struct str s, uint32_t *instead)
{
	size_t at = 0, next = 0, count = 0;
	uint32_t c = utf8_next(s, &next), first = c;
	bool breaks = false;

	while (at < s.n && text_is_space(c)) {
		breaks = breaks || !is_no_break_space(c);
		count++;
		at = next;
		c = utf8_next(s, &next);
	}
	if (count == 1 && first >= 0x80)
		*instead = first;
	else
		*instead = breaks ? ' ' : 0xA0;
	return at;
}

/* May white space begin here?  Of three bytes only two are looked at. */
static bool
may_be_space(struct str s, size_t i)
{
	unsigned char u = (unsigned char)s.p[i];
	if (u <= ' ')
		return true;
	if (u < 0xC2 || u > 0xE3 || i + 1 >= s.n)
		return false;
	unsigned char next = (unsigned char)s.p[i + 1];
	return (u == 0xC2 && next == 0xA0) || (u == 0xE1 && next == 0x9A) ||
	    (u == 0xE2 && (next == 0x80 || next == 0x81)) || (u == 0xE3 && next == 0x80);
}

/* Between most words there is one ASCII space, which stays. */
static bool
is_lone_space(struct str s, size_t i)
{
	return s.p[i] == ' ' && i + 1 < s.n && !may_be_space(s, i + 1);
}

static bool
is_ascii_sign(char c)
{
	return c > ' ' && c < 0x7F;
}

size_t
text_plain_run(struct str s, size_t at)
{
	for (; at + 9 <= s.n; at += 8) {
		uint64_t w;
		memcpy(&w, s.p + at, 8);
		if (!eight_ascii(w) || (eight_below(w, ' ') | eight_equal(w, 0x7F)))
			break;
		uint64_t lone = eight_exactly(w, ' ');
		if (lone & lone >> 8) /* two side by side, whichever end comes first */
			break;
		if (s.p[at + 7] == ' ' && !is_ascii_sign(s.p[at + 8]))
			break;
	}
	while (at < s.n && (is_ascii_sign(s.p[at]) ||
	    (s.p[at] == ' ' && at + 1 < s.n && is_ascii_sign(s.p[at + 1]))))
		at++;
	return at;
}

/* Squeezes a trimmed text; NULL only measures. */
static size_t
squeeze_write(struct str s, char *out)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n;) {
		size_t word = i;
		while (i < s.n && (!may_be_space(s, i) || is_lone_space(s, i)))
			i++;
		uint32_t instead = 0;
		size_t run = i < s.n ? space_run(str_from(s, i), &instead) : 0;
		if (run == 0 && i < s.n)
			i++; /* the lead byte of another character */
		if (out)
			memcpy(out + n, s.p + word, i - word);
		n += i - word;
		if (run) {
			char code[4];
			size_t n_code = utf8_encode(instead, code);
			if (out)
				memcpy(out + n, code, n_code);
			n += n_code;
			i += run;
		}
	}
	return n;
}

/* Is the white space at i what stands for it already?  *run is its length, or 0. */
static bool
is_own_space(struct str s, size_t i, size_t *run)
{
	uint32_t instead = 0;
	char code[4];

	*run = space_run(str_from(s, i), &instead);
	size_t n = utf8_encode(instead, code);
	return *run == 0 || (n == *run && memcmp(code, s.p + i, n) == 0);
}

/* Must squeezing change anything inside?  Most titles need nothing. */
static bool
is_squeezed(struct str s)
{
	for (size_t i = 0; i < s.n;) {
		i = text_plain_run(s, i);
		/* one by one up to where a run may begin again */
		for (size_t stop = i + 8; i < stop && i < s.n; i++) {
			size_t run;
			if ((unsigned char)s.p[i] >= 0xE4) {
				i += 2; /* of three bytes or more, and no space among them */
				continue;
			}
			if (!may_be_space(s, i) || is_lone_space(s, i))
				continue;
			if (!is_own_space(s, i, &run))
				return false;
			i += run ? run - 1 : 0;
		}
	}
	return true;
}

struct str
text_clean_line(struct arena *arena, struct bytes raw)
{
	struct str s = str_of((const char *)raw.p, raw.n);

	if (raw.n > 0 && raw.p[0] != ' ' && text_plain_run(s, 0) == s.n)
		return s; /* nearly every line: seen in one pass, and nothing is at its ends */
	return text_squeeze(arena, text_clean(arena, raw));
}

struct str
text_squeeze(struct arena *arena, struct str s)
{
	s = text_trim(s);
	if (is_squeezed(s))
		return s;
	size_t n = squeeze_write(s, NULL);
	char *out = arena_alloc(arena, n + 1);
	squeeze_write(s, out);
	return str_of(out, n);
}
