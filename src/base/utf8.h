/* UTF-8 as in RFC 3629: no surrogates, nothing above U+10FFFF, no overlong forms. */
#ifndef KAWAT_BASE_UTF8_H
#define KAWAT_BASE_UTF8_H

#include "base/str.h"

#define UTF8_REPLACEMENT 0xFFFDu

/*
 * Decode the character at p (n > 0 bytes follow).  Returns how many bytes it took, at least 1;
 * what is not UTF-8 gives U+FFFD and takes the maximal subpart, as the WHATWG decoder does.
 */
size_t utf8_decode(const unsigned char *p, size_t n, uint32_t *code_point);

/* Encode into out (4 bytes of room); returns the length. */
size_t utf8_encode(uint32_t code_point, char out[4]);

/* The length of the valid beginning; equal to n when all of it is valid. */
size_t utf8_valid(struct bytes);

uint32_t utf8_next_wide(struct str s, size_t *at); /* the inside of utf8_next */

/*
 * The next character of a str; *at moves past it.  U+FFFD when *at is at the end.  ASCII, which
 * is most of all text, takes no call.
 */
static inline uint32_t
utf8_next(struct str s, size_t *at)
{
	if (*at < s.n && (unsigned char)s.p[*at] < 0x80)
		return (unsigned char)s.p[(*at)++];
	return utf8_next_wide(s, at);
}

/* At most n bytes of s, never cutting a character. */
struct str utf8_cut(struct str s, size_t n);

size_t utf8_count(struct str s); /* characters */

#endif
