#include "text/binary.h"

/* All below U+0020 but NUL, tab, the line ends, form feed and Esc. */
static bool
is_of_no_text(unsigned char c)
{
	return (c >= 0x01 && c <= 0x08) || c == 0x0B || (c >= 0x0E && c <= 0x1A) ||
	    (c >= 0x1C && c <= 0x1F);
}

bool
binary_is(struct bytes s)
{
	size_t most = s.n < BINARY_LOOK_BYTES ? s.n : BINARY_LOOK_BYTES, n = 0, bad = 0;
	for (size_t i = 0; i < most; i++) {
		n += s.p[i] != 0;
		bad += is_of_no_text(s.p[i]);
	}
	return bad >= BINARY_MIN_BYTES && bad > n / BINARY_ONE_IN;
}
