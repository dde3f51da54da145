#include "base/utf8.h"

#include <string.h>

size_t
utf8_decode(const unsigned char *p, size_t n, uint32_t *out)
{
	unsigned char c = *p;
	unsigned low = 0x80, high = 0xBF;
	size_t need;
	uint32_t code;

	if (c < 0x80) {
		*out = c;
		return 1;
	}
	/* Two bytes, all of one kind: Latin with accents, Greek, Cyrillic, Arabic. */
	if (c >= 0xC2 && c <= 0xDF && n >= 2 && (p[1] & 0xC0) == 0x80) {
		*out = (c & 0x1Fu) << 6 | (p[1] & 0x3Fu);
		return 2;
	}
	/* Three bytes without a case of their own: quotes, dashes, Han, Hangul. */
	if (c > 0xE0 && c < 0xF0 && c != 0xED && n >= 3 && (p[1] & 0xC0) == 0x80 &&
	    (p[2] & 0xC0) == 0x80) {
		*out = (c & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
		return 3;
	}
	*out = UTF8_REPLACEMENT;
	if (c >= 0xC2 && c <= 0xDF) {
		need = 1;
		code = c & 0x1Fu;
	} else if (c >= 0xE0 && c <= 0xEF) {
		need = 2;
		code = c & 0x0Fu;
		if (c == 0xE0)
			low = 0xA0;
		if (c == 0xED)
			high = 0x9F;
	} else if (c >= 0xF0 && c <= 0xF4) {
		need = 3;
		code = c & 0x07u;
		if (c == 0xF0)
			low = 0x90;
		if (c == 0xF4)
			high = 0x8F;
	} else {
		return 1;
	}
	for (size_t i = 1; i <= need; i++) {
		if (i >= n || p[i] < low || p[i] > high)
			return i;
		code = code << 6 | (p[i] & 0x3Fu);
		low = 0x80;
		high = 0xBF;
	}
	*out = code;
	return need + 1;
}

size_t
utf8_encode(uint32_t c, char out[4])
{
	if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
		c = UTF8_REPLACEMENT;
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

/* Eight ASCII bytes at a time: most of every feed is markup. */
static size_t
skip_ascii(const unsigned char *p, size_t n)
{
	size_t i = 0;
	for (; i + 8 <= n; i += 8) {
		uint64_t eight;
		memcpy(&eight, p + i, 8);
		if (eight & 0x8080808080808080u)
			break;
	}
	while (i < n && p[i] < 0x80)
		i++;
	return i;
}

/*
 * Characters of two bytes, and of three bytes whose second may be any: what most text that is not
 * ASCII consists of.
 */
static size_t
skip_wide(const unsigned char *p, size_t n)
{
	size_t i = 0;
	for (;;) {
		if (n - i >= 2 && p[i] >= 0xC2 && p[i] <= 0xDF && (p[i + 1] & 0xC0) == 0x80)
			i += 2;
		else if (n - i >= 3 && p[i] > 0xE0 && p[i] < 0xED && (p[i + 1] & 0xC0) == 0x80 &&
		    (p[i + 2] & 0xC0) == 0x80)
			i += 3;
		else
			return i;
	}
}

size_t
utf8_valid(struct bytes b)
{
	size_t i = 0;
	while (i < b.n) {
		i += skip_ascii(b.p + i, b.n - i);
		i += skip_wide(b.p + i, b.n - i);
		if (i == b.n)
			break;
		if (b.p[i] < 0x80)
			continue;
		uint32_t c;
		size_t n = utf8_decode(b.p + i, b.n - i, &c);
		if (c == UTF8_REPLACEMENT && !(n == 3 && b.p[i] == 0xEF && b.p[i + 1] == 0xBF))
			return i;
		i += n;
	}
	return b.n;
}

uint32_t
utf8_next_wide(struct str s, size_t *at)
{
	uint32_t c;
	if (*at >= s.n)
		return UTF8_REPLACEMENT;
	*at += utf8_decode((const unsigned char *)s.p + *at, s.n - *at, &c);
	return c;
}

struct str
utf8_cut(struct str s, size_t n)
{
	if (n >= s.n)
		return s;
	while (n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
		n--;
	return str_of(s.p, n);
}

size_t
utf8_count(struct str s)
{
	size_t count = 0;
	for (size_t i = 0; i < s.n; i++)
		count += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return count;
}
