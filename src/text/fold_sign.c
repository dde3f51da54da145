#include "text/fold_sign.h"

/* Arabic and Persian: forms of alef, waw, ya, kaf, ta marbuta. */
static const struct fold_pair arabic[] = {
	{0x622, 0x627}, {0x623, 0x627}, {0x625, 0x627}, {0x671, 0x627}, {0x624, 0x648},
	{0x626, 0x64A}, {0x649, 0x64A}, {0x6CC, 0x64A}, {0x6A9, 0x643}, {0x629, 0x647},
	{0x6C0, 0x647}, {0x6C2, 0x647}, {0x6C1, 0x647}, {0x6D3, 0x6D2},
};

static const struct fold_pair signs[] = {
	/* quotes */
	{0xAB, '"'}, {0xBB, '"'}, {0x2018, '\''}, {0x2019, '\''}, {0x201A, '\''}, {0x201B, '\''},
	{0x201C, '"'}, {0x201D, '"'}, {0x201E, '"'}, {0x201F, '"'}, {0x2039, '\''},
	{0x203A, '\''}, {0x2BC, '\''}, {0x2B9, '\''}, {0x60, '\''}, {0xB4, '\''},
	/* dashes */
	{0x2010, '-'}, {0x2011, '-'}, {0x2012, '-'}, {0x2013, '-'}, {0x2014, '-'}, {0x2015, '-'},
	{0x2212, '-'},
};

uint32_t
fold_look_up(const struct fold_pair *rows, size_t n, uint32_t c)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].from == c)
			return rows[i].to;
	return c;
}

uint32_t
fold_like(uint32_t c)
{
	if (c >= 0x600 && c <= 0x6FF)
		return fold_look_up(arabic, COUNT_OF(arabic), c);
	if (c > 0x2212 || (c > 0x2BC && c < 0x2010))
		return c;
	return fold_look_up(signs, COUNT_OF(signs), c);
}

static bool
is_vowel_sign(uint32_t c)
{
	return c == 0x640 || (c >= 0x610 && c <= 0x61A) || (c >= 0x64B && c <= 0x65F) ||
	    c == 0x670 || (c >= 0x6D6 && c <= 0x6ED && c != 0x6DD && c != 0x6DE && c != 0x6E9) ||
	    (c >= 0xFC5E && c <= 0xFC63) || (c >= 0xFCF2 && c <= 0xFCF4) ||
	    (c >= 0xFE70 && c <= 0xFE7F);
}

bool
fold_is_dropped(uint32_t c)
{
	/* letters: Latin, Greek, Cyrillic, Hebrew; kana, Han, Hangul */
	if ((c > 0xAD && c < 0x300) || (c > 0x34F && c < 0x600) || (c > 0x206F && c < 0xFC00))
		return false;
	return c == 0xAD || c == 0x34F || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
	    (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
	    (c >= 0xE0100 && c <= 0xE01EF) || is_vowel_sign(c);
}
