#include "story/trim.h"

#include "base/utf8.h"

/* Tables of these are sorted. */
struct range {
	uint32_t from, to;
};

static const struct range spaces[] = {
	{'\t', '\r'}, {' ', ' '}, {0xA0, 0xA0}, {0xAD, 0xAD}, {0x1680, 0x1680}, {0x2000, 0x200F},
	{0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x2060}, {0x3000, 0x3000}, {0xFE0E, 0xFE0F},
	{0xFEFF, 0xFEFF},
};

static const struct range leads[] = {
	{'#', '#'}, {'(', '('}, {'*', '+'}, {'-', '-'}, {'<', '<'}, {'>', '>'}, {'[', '['}, {'_', '_'},
	{'{', '|'}, {'~', '~'}, {0xAB, 0xAB}, {0xB7, 0xB7}, {0xBB, 0xBB},
	{0x2010, 0x2015}, {0x2022, 0x2023}, {0x203A, 0x203A}, {0x2043, 0x2043}, {0x2190, 0x21FF},
	{0x2500, 0x27BF}, {0x27F0, 0x27FF}, {0x2900, 0x297F}, {0x2B00, 0x2BFF}, {0x3008, 0x3008},
	{0x300A, 0x300A}, {0x300C, 0x300C}, {0x300E, 0x300E}, {0x3010, 0x3010}, {0x3014, 0x3014},
	{0x30FB, 0x30FB}, {0xFF08, 0xFF08}, {0xFF1C, 0xFF1C}, {0xFF1E, 0xFF1E}, {0xFF3B, 0xFF3B}, {0x1F300, 0x1FAFF},
};

static const struct range closes[] = {
	{')', '*'}, {'-', '-'}, {':', ':'}, {'>', '>'}, {']', ']'}, {'_', '_'}, {'|', '~'},
	{0xAB, 0xAB}, {0xB7, 0xB7}, {0xBB, 0xBB}, {0x2010, 0x2015}, {0x2022, 0x2023},
	{0x203A, 0x203A}, {0x2190, 0x21FF}, {0x2500, 0x27BF}, {0x27F0, 0x27FF}, {0x2900, 0x297F},
	{0x2B00, 0x2BFF}, {0x3009, 0x3009}, {0x300B, 0x300B}, {0x300D, 0x300D}, {0x300F, 0x300F},
	{0x3011, 0x3011}, {0x3015, 0x3015},
	{0xA789, 0xA789}, {0xFE13, 0xFE13}, {0xFE55, 0xFE55}, {0xFF09, 0xFF09}, {0xFF1A, 0xFF1A},
	{0xFF1E, 0xFF1E}, {0xFF3D, 0xFF3D}, {0xFF5C, 0xFF5C}, {0x1F300, 0x1FAFF},
};

static const struct range dashes[] = {
	{'-', '-'}, {'_', '_'}, {0x2010, 0x2015}, {0x2212, 0x2212}, {0x2500, 0x2501},
	{0xFE58, 0xFE58}, {0xFE63, 0xFE63}, {0xFF0D, 0xFF0D},
};

static const struct range unspaced[] = {
	{0x0E00, 0x0EFF}, {0x1000, 0x109F}, {0x1780, 0x17FF}, {0x3040, 0x30FF}, {0x3400, 0x4DBF},
	{0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0x20000, 0x2FA1F},
};

static bool
within(const struct range *r, size_t n, uint32_t c)
{
	for (size_t i = 0; i < n && c >= r[i].from; i++)
		if (c <= r[i].to)
			return true;
	return false;
}

/* In no table of signs: what most questions are about. */
static bool
is_letter(uint32_t c)
{
	if (c < 0x80)
		return ascii_alnum((unsigned char)c);
	return (c > 0xBB && c < 0x2010) || (c >= 0x3040 && c < 0x30FB) || (c >= 0x3400 && c < 0xA000) ||
	    (c >= 0xAC00 && c < 0xD7A4);
}

bool
trim_is_space(uint32_t c)
{
	/* between these rows stand nearly all letters there are */
	if ((c > ' ' && c < 0xA0) || (c > 0xAD && c < 0x1680) || (c > 0x3000 && c < 0xFE0E))
		return false;
	return within(spaces, COUNT_OF(spaces), c);
}

bool
trim_is_lead(uint32_t c)
{
	if (is_letter(c))
		return false;
	return within(leads, COUNT_OF(leads), c);
}

bool
trim_is_close(uint32_t c)
{
	if (is_letter(c))
		return false;
	return within(closes, COUNT_OF(closes), c);
}

bool
trim_is_dash(uint32_t c)
{
	return within(dashes, COUNT_OF(dashes), c);
}

bool
trim_is_unspaced(uint32_t c)
{
	return (c >= 0x4E00 && c <= 0x9FFF) || within(unspaced, COUNT_OF(unspaced), c);
}

bool
trim_is_lower(uint32_t c)
{
	if (c < 0x80)
		return c >= 'a' && c <= 'z';
	if (c < 0x100)
		return c >= 0xDF && c != 0xF7;
	if (c < 0x138 || (c > 0x148 && c < 0x178))
		return c & 1; /* Latin Extended-A: pairs, upper case on the even place */
	if (c < 0x180)
		return c != 0x178 && !(c & 1);
	if (c >= 0x1E00 && c <= 0x1EFF)
		return c & 1;
	return (c >= 0x3AC && c <= 0x3CE) || (c >= 0x430 && c <= 0x45F) ||
	    (c >= 0x460 && c <= 0x52F && (c & 1)) || (c >= 0x561 && c <= 0x587);
}

uint32_t
trim_last(struct str s, size_t *at)
{
	size_t i = s.n, next;

	*at = 0;
	if (s.n == 0)
		return UTF8_REPLACEMENT;
	do
		i--;
	while (i > 0 && ((unsigned char)s.p[i] & 0xC0) == 0x80);
	*at = next = i;
	return utf8_next(s, &next);
}

typedef bool is_outside(uint32_t);

static struct str
trim_front(struct str s, is_outside *f, is_outside *g)
{
	size_t at = 0, next = 0;

	while (at < s.n) {
		uint32_t c = utf8_next(s, &next);
		if (!f(c) && !g(c))
			break;
		at = next;
	}
	return str_from(s, at);
}

static struct str
trim_end(struct str s, is_outside *f, is_outside *g)
{
	while (s.n > 0) {
		size_t at;
		uint32_t c = trim_last(s, &at);
		if (!f(c) && !g(c))
			break;
		s.n = at;
	}
	return s;
}

struct str
trim_space(struct str s)
{
	return trim_end(trim_front(s, trim_is_space, trim_is_space), trim_is_space, trim_is_space);
}

struct str
trim_lead(struct str s)
{
	return trim_front(s, trim_is_space, trim_is_lead);
}

struct str
trim_close(struct str s)
{
	return trim_end(s, trim_is_space, trim_is_close);
}

struct str
trim_label(struct str s)
{
	return trim_close(trim_lead(s));
}

/* Brackets, which may be a title's own at its end. */
static const struct bracket {
	uint32_t close;
	const char *open;
} brackets[] = {
	{')', "("}, {']', "["}, {'}', "{"}, {0xAB, "»"}, {0xBB, "«"}, {0x3009, "〈"}, {0x300B, "《"}, {0x300D, "「"},
	{0x300F, "『"}, {0x3011, "【"}, {0x3015, "〔"}, {0xFF09, "（"}, {0xFF3D, "［"},
};

/* What opens a closing bracket, or NULL. */
static const char *
opener_of(uint32_t c)
{
	for (size_t i = 0; i < COUNT_OF(brackets); i++)
		if (brackets[i].close == c)
			return brackets[i].open;
	return NULL;
}

static bool
is_title_end(uint32_t c)
{
	return trim_is_close(c) && !opener_of(c) && c != '*' && !trim_is_dash(c);
}

struct str
trim_title(struct str s)
{
	for (;;) {
		size_t at;
		s = trim_end(trim_space(s), trim_is_space, is_title_end);
		const char *open = opener_of(trim_last(s, &at));
		if (!open || str_find(s, str_z(open)) != STR_NONE)
			return s;
		s.n = at;
	}
}

struct str
trim_after_label(struct str s)
{
	return trim_space(trim_front(s, trim_is_space, trim_is_close));
}

struct str
trim_word(struct str *rest)
{
	size_t at = 0, next = 0;

	*rest = trim_space(*rest);
	while (at < rest->n && !trim_is_space(utf8_next(*rest, &next)))
		at = next;
	struct str word = str_sub(*rest, 0, at);
	*rest = trim_space(str_from(*rest, at));
	return word;
}
