#include "feed/base64.h"

static int
digit_of(unsigned char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (ascii_digit(c))
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	return c == '/' || c == '_' ? 63 : -1;
}

bool
base64_decode(struct arena *a, struct str s, struct bytes *out)
{
	unsigned char *p = arena_alloc(a, s.n / 4 * 3 + 3);
	size_t n = 0;
	uint32_t bits = 0;
	unsigned n_bits = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (ascii_space(c) || c == '=')
			continue;
		int digit = digit_of(c);
		if (digit < 0)
			return false;
		bits = bits << 6 | (uint32_t)digit;
		n_bits += 6;
		if (n_bits >= 8) {
			n_bits -= 8;
			p[n++] = (unsigned char)(bits >> n_bits);
		}
	}
	*out = bytes_of(p, n);
	return n > 0;
}
