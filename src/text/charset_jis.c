#include "text/charset_jis.h"

/* The escape at p (p[0] is ESC): its length, 0 when more bytes are needed. */
static size_t
read_escape(const unsigned char *p, size_t n, enum charset_jis *state, bool *known)
{
	static const struct {
		unsigned char second, third;
		enum charset_jis state;
	} escapes[] = {
		{'(', 'B', JIS_ASCII},
		{'(', 'J', JIS_ASCII},
		{'(', 'I', JIS_KATAKANA},
		{'$', '@', JIS_DOUBLE},
		{'$', 'B', JIS_DOUBLE},
	};

	*known = true;
	if (n < 3)
		return 0;
	for (size_t i = 0; i < COUNT_OF(escapes); i++)
		if (p[1] == escapes[i].second && p[2] == escapes[i].third) {
			*state = escapes[i].state;
			return 3;
		}
	*known = false;
	return 1;
}

enum {
	/* In EUC-JP a byte that is always refused. */
	EUC_REFUSED = 0xFF,
	EUC_KATAKANA = 0x8E,
};

/* One character of ISO-2022-JP as EUC-JP.  Returns the bytes taken, 0 when more are needed. */
static size_t
jis_to_euc(enum charset_jis *state, const unsigned char *p, size_t n, struct buf *euc)
{
	bool known;

	if (p[0] == 0x1B) {
		size_t taken = read_escape(p, n, state, &known);
		if (!known)
			buf_char(euc, (char)EUC_REFUSED);
		return taken;
	}
	if (p[0] >= 0x80 || p[0] == 0x0E || p[0] == 0x0F) {
		buf_char(euc, (char)EUC_REFUSED);
		return 1;
	}
	if (*state == JIS_ASCII || p[0] <= 0x20 || p[0] == 0x7F) {
		buf_char(euc, (char)p[0]);
		return 1;
	}
	if (*state == JIS_KATAKANA) {
		buf_char(euc, (char)(p[0] < 0x60 ? EUC_KATAKANA : EUC_REFUSED));
		if (p[0] < 0x60)
			buf_char(euc, (char)(p[0] | 0x80));
		return 1;
	}
	if (n < 2)
		return 0;
	if (p[1] <= 0x20 || p[1] >= 0x7F) {
		buf_char(euc, (char)EUC_REFUSED);
		return 1;
	}
	buf_char(euc, (char)(p[0] | 0x80));
	buf_char(euc, (char)(p[1] | 0x80));
	return 2;
}

size_t
charset_jis_to_euc(struct bytes in, enum charset_jis *state, struct buf *euc)
{
	size_t i = 0;

	while (i < in.n) {
		size_t n = jis_to_euc(state, in.p + i, in.n - i, euc);
		if (n == 0)
			break;
		i += n;
	}
	return i;
}
