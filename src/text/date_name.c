#include "text/date_name.h"

#include <unicase.h>
#include <uninorm.h>

#include "base/utf8.h"
#include "text/clean.h"

/* --- the words --- */

static const struct date_name names[] = {
#define NAME(name, kind, value) {STR_INIT(name), kind, value},
#include "text/date_name.def"
#undef NAME
};

const struct date_name *
date_name_find(struct str word)
{
	size_t low = 0, high = COUNT_OF(names);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_cmp(word, names[middle].name);
		if (order == 0)
			return &names[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* --- making alike --- */

/* The zeros of scripts whose digits feeds use. */
static const uint32_t zeros[] = {0x660, 0x6F0, 0x966, 0x9E6, 0xBE6, 0xE50, 0xFF10};

static uint32_t
ascii_digit_of(uint32_t c)
{
	for (size_t i = 0; i < COUNT_OF(zeros); i++)
		if (c >= zeros[i] && c <= zeros[i] + 9)
			return '0' + (c - zeros[i]);
	return c;
}

struct fold {
	uint32_t from, to;
};

/* Letters without a decomposition, dashes, and the signs of dates in their ASCII form. */
static const struct fold folds[] = {
	{0x131, 'i'}, {0x142, 'l'}, {0x111, 'd'}, {0x3C2, 0x3C3}, {0x622, 0x627}, {0x623, 0x627},
	{0x625, 0x627}, {0x671, 0x627}, {0x2010, '-'}, {0x2011, '-'}, {0x2012, '-'}, {0x2013, '-'},
	{0x6CC, 0x64A}, {0x6A9, 0x643}, {0x2014, '-'}, {0x2212, '-'}, {0x2019, '\''}, {0x3001, ','}, {0x60C, ','},
};

/* May it be a letter with a mark?  Latin, Greek, Cyrillic; Devanagari and Bengali with a dot. */
static bool
has_accent(uint32_t c)
{
	return c < 0x530 || (c >= 0x1E00 && c < 0x2000) || (c >= 0x958 && c < 0x960) ||
	    (c >= 0x9DC && c < 0x9E0);
}

/* One character, or 0 when it is a mark to be left out. */
static uint32_t
fold_char(uint32_t c)
{
	if (c < 0x80)
		return (unsigned char)ascii_lower((char)c);
	c = ascii_digit_of(c);
	if (c >= 0xFF01 && c <= 0xFF5E)
		c -= 0xFEE0;
	c = uc_tolower(c);
	if (text_is_space(c))
		return ' ';
	if ((c >= 0x300 && c < 0x370) || (c >= 0x64B && c <= 0x652) ||
	    (c >= 0x200C && c <= 0x200F) || c == 0x93C || c == 0x9BC)
		return 0;
	for (size_t i = 0; i < COUNT_OF(folds); i++)
		if (folds[i].from == c)
			return folds[i].to;
	for (int rounds = 0; rounds < 3 && has_accent(c); rounds++) {
		ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
		if (uc_canonical_decomposition(c, parts) < 1)
			break;
		c = parts[0];
	}
	return c;
}

struct str
date_fold(struct str s, char *out)
{
	size_t n = 0;
	for (size_t at = 0; at < s.n;) {
		uint32_t c = fold_char(utf8_next(s, &at));
		if (c)
			n += utf8_encode(c, out + n);
	}
	return str_of(out, n);
}
