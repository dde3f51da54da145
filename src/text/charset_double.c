#include "text/charset_double.h"

static bool
within(unsigned char c, unsigned char first, unsigned char last)
{
	return c >= first && c <= last;
}

static struct charset_char
good(size_t n, uint32_t code)
{
	return (struct charset_char){.n = n, .code = code};
}

static const struct charset_char more = {0}, broken_lead = {.n = 1};

/* The code point of the pair, if it has one; else the lead is broken, and the trail with it. */
static struct charset_char
pair_at(const struct charset_pairs *pairs, const unsigned char *p)
{
	uint32_t code = 0;
	if (within(p[0], 0x81, 0xFE) && p[1] >= 0x40)
		code = pairs->code[p[0] - 0x81][p[1] - 0x40];
	return good(code || p[1] >= 0x80 ? 2 : 1, code);
}

static struct charset_char
read_pair(struct charset_table *t, const struct charset_pairs *pairs,
    const unsigned char *p, size_t n)
{
	(void)t;
	if (!within(p[0], 0x81, 0xFE))
		return broken_lead;
	return n < 2 ? more : pair_at(pairs, p);
}

/* --- Big5 --- */

static struct charset_char
read_big5(struct charset_table *t, const struct charset_pairs *pairs,
    const unsigned char *p, size_t n)
{
	enum { E_CAPITAL = 0xCA, E_SMALL = 0xEA, MACRON = 0x304, CARON = 0x30C };
	struct charset_char c = read_pair(t, pairs, p, n);

	if (n < 2 || p[0] != 0x88)
		return c;
	switch (p[1]) {
	case 0x62:
		return (struct charset_char){2, E_CAPITAL, MACRON};
	case 0x64:
		return (struct charset_char){2, E_CAPITAL, CARON};
	case 0xA3:
		return (struct charset_char){2, E_SMALL, MACRON};
	case 0xA5:
		return (struct charset_char){2, E_SMALL, CARON};
	default:
		return c;
	}
}

/* --- GB 18030 --- */

/* Places of four bytes that converters follow other editions in. */
static uint32_t
amended_four(uint32_t place)
{
	static const struct {
		uint32_t first, n, code;
	} rows[] = {{7457, 1, 0xE7C7}, {19057, 8, 0x9FB4}, {39076, 10, 0xFE10}};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (place >= rows[i].first && place - rows[i].first < rows[i].n)
			return rows[i].code + place - rows[i].first;
	return 0;
}

/* Four bytes, whose second is a digit.  A wrong third or fourth leaves all but the first. */
static struct charset_char
read_four(struct charset_table *t, const unsigned char *p, size_t n)
{
	enum { BEYOND_BMP = 189000, LAST = 1237575 };

	if (n < 3)
		return more;
	if (!within(p[2], 0x81, 0xFE))
		return broken_lead;
	if (n < 4)
		return more;
	if (!within(p[3], '0', '9'))
		return broken_lead;
	uint32_t place = ((p[0] - 0x81u) * 10 + (p[1] - 0x30u)) * 1260 +
	    (p[2] - 0x81u) * 10 + (p[3] - 0x30u);
	if (place >= BEYOND_BMP)
		return good(4, place <= LAST ? 0x10000 + place - BEYOND_BMP : 0);
	uint32_t amended = amended_four(place);
	return good(4, amended ? amended : charset_table_long(t, p, 4));
}

static struct charset_char
read_gb18030(struct charset_table *t, const struct charset_pairs *pairs,
    const unsigned char *p, size_t n)
{
	if (p[0] == 0x80)
		return good(1, 0x20AC);
	if (n >= 2 && p[0] != 0xFF && within(p[1], '0', '9'))
		return read_four(t, p, n);
	return read_pair(t, pairs, p, n);
}

/* --- Japanese --- */

enum { KATAKANA = 0xFF61 }; /* the first of half width, A1 */

static struct charset_char
read_euc_jp_long(struct charset_table *t, const unsigned char *p, size_t n)
{
	if (n < 3)
		return more;
	if (!within(p[2], 0xA1, 0xFE))
		return good(p[2] < 0x80 ? 2 : 3, 0);
	return good(3, charset_table_long(t, p, 3));
}

static struct charset_char
read_euc_jp(struct charset_table *t, const struct charset_pairs *pairs,
    const unsigned char *p, size_t n)
{
	if (!within(p[0], 0xA1, 0xFE) && p[0] != 0x8E && p[0] != 0x8F)
		return broken_lead;
	if (n < 2)
		return more;
	if (p[0] == 0x8E && within(p[1], 0xA1, 0xDF))
		return good(2, KATAKANA + p[1] - 0xA1u);
	if (p[0] == 0x8F && within(p[1], 0xA1, 0xFE))
		return read_euc_jp_long(t, p, n);
	if (within(p[0], 0xA1, 0xFE) && within(p[1], 0xA1, 0xFE))
		return pair_at(pairs, p);
	return good(p[1] < 0x80 ? 1 : 2, 0);
}

static struct charset_char
read_shift_jis(struct charset_table *t, const struct charset_pairs *pairs,
    const unsigned char *p, size_t n)
{
	(void)t;
	if (p[0] == 0x80)
		return good(1, 0x80);
	if (within(p[0], 0xA1, 0xDF))
		return good(1, KATAKANA + p[0] - 0xA1u);
	if (p[0] == 0xA0 || p[0] > 0xFC)
		return broken_lead;
	return n < 2 ? more : pair_at(pairs, p);
}

charset_reader *
charset_reader_of(enum charset charset)
{
	switch ((int)charset) {
	case CHARSET_GBK:
	case CHARSET_GB18030:
		return read_gb18030;
	case CHARSET_BIG5:
		return read_big5;
	case CHARSET_EUC_JP:
		return read_euc_jp;
	case CHARSET_SHIFT_JIS:
		return read_shift_jis;
	default:
		return read_pair;
	}
}
