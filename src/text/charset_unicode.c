/* UTF-8, UTF-16, UTF-32 and windows-1252, by hand: most of what is ever read. */
#include "text/charset_unicode.h"

#include "base/utf8.h"

static const uint16_t windows_1252[32] = {
	0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

static void
give_bad(struct buf *out, size_t *bad)
{
	++*bad;
	buf_utf8(out, UTF8_REPLACEMENT);
}

uint32_t
charset_windows_1252(unsigned char byte)
{
	return byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
}

/* The length that a UTF-8 lead byte promises, or 0. */
static size_t
promised(unsigned char lead)
{
	if (lead >= 0xC2 && lead <= 0xDF)
		return 2;
	if (lead >= 0xE0 && lead <= 0xEF)
		return 3;
	return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

size_t
charset_utf8(struct bytes in, bool mend, struct buf *out, size_t *bad)
{
	size_t i = 0;

	while (i < in.n) {
		struct bytes rest = bytes_of(in.p + i, in.n - i);
		size_t good = utf8_valid(rest);
		buf_add_bytes(out, bytes_of(rest.p, good));
		i += good;
		if (i == in.n)
			break;
		uint32_t code;
		size_t left = in.n - i, n = utf8_decode(in.p + i, left, &code);
		if (n == left && n < promised(in.p[i]))
			break;
		if (mend) {
			++*bad;
			for (size_t k = 0; k < n; k++)
				buf_utf8(out, charset_windows_1252(in.p[i + k]));
		} else {
			give_bad(out, bad);
		}
		i += n;
	}
	return i;
}

static uint32_t
unit16(const unsigned char *p, bool big)
{
	return big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

static bool
is_surrogate(uint32_t unit, uint32_t first)
{
	return (unit & 0xFC00) == first;
}

size_t
charset_utf16(struct bytes in, bool big, struct buf *out, size_t *bad)
{
	size_t i = 0;

	buf_reserve(out, in.n / 2 * 3);
	while (in.n - i >= 2) {
		uint32_t code = unit16(in.p + i, big);
		if (code < 0x80) {
			buf_char(out, (char)code);
			i += 2;
			continue;
		}
		if (is_surrogate(code, 0xD800)) {
			if (in.n - i < 4)
				break;
			uint32_t low = unit16(in.p + i + 2, big);
			if (is_surrogate(low, 0xDC00)) {
				buf_utf8(out, 0x10000 + ((code & 0x3FF) << 10 | (low & 0x3FF)));
				i += 4;
				continue;
			}
		}
		if (code >= 0xD800 && code < 0xE000)
			give_bad(out, bad);
		else
			buf_utf8(out, code);
		i += 2;
	}
	return i;
}

size_t
charset_utf32(struct bytes in, bool big, struct buf *out, size_t *bad)
{
	size_t i = 0;

	for (; in.n - i >= 4; i += 4) {
		const unsigned char *p = in.p + i;
		uint32_t code = big ? unit16(p, true) << 16 | unit16(p + 2, true)
		                    : unit16(p + 2, false) << 16 | unit16(p, false);
		if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
			give_bad(out, bad);
		else
			buf_utf8(out, code);
	}
	return i;
}
