/*
 * The names lie joined in one string, in byte order, so that they need no relocation.  A
 * name is matched byte by byte: each byte narrows the range of names that still fit, and
 * a name that ends there is the longest so far.
 */
#include "text/entity.h"

#include <string.h>

#include "base/utf8.h"

static const char names[] =
#define ENTITY(at, n, name, first, second) name
#include "text/entity_table.def"
#undef ENTITY
    ;

struct row {
	uint16_t at; /* in names */
	uint8_t n;
	uint32_t first;
	uint16_t second; /* 0: none */
};

static const struct row rows[] = {
#define ENTITY(at, n, name, first, second) {at, n, first, second},
#include "text/entity_table.def"
#undef ENTITY
};

/* What 0x80 to 0x9F mean in windows-1252; 0: themselves. */
static const uint16_t windows_1252[32] = {
	0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
	0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static int
byte_at(size_t row, size_t depth)
{
	const struct row *r = &rows[row];
	return depth < r->n ? (unsigned char)names[r->at + depth] : -1;
}

/*
 * The first row of [low, high), all equal before `depth`, whose byte there is c or more.
 */
static size_t
lower_bound(size_t low, size_t high, size_t depth, int c)
{
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (byte_at(middle, depth) < c)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The longest name that s begins with (without the '&'), or NULL. */
static const struct row *
longest_name(struct str s)
{
	const struct row *best = NULL;
	size_t low = 0, high = COUNT_OF(rows);
	for (size_t depth = 0; depth < s.n; depth++) {
		int c = (unsigned char)s.p[depth];
		low = lower_bound(low, high, depth, c);
		high = lower_bound(low, high, depth, c + 1);
		if (low == high)
			break;
		if (rows[low].n == depth + 1)
			best = &rows[low];
	}
	return best;
}

static void
put(struct entity *e, uint32_t code_point)
{
	e->n += utf8_encode(code_point, e->utf8 + e->n);
}

static struct entity
read_name(struct str s, enum entity_place place)
{
	struct entity e = {0};
	const struct row *row = longest_name(str_from(s, 1));
	if (!row)
		return e;
	size_t end = 1u + row->n;
	if (place == ENTITY_IN_ATTRIBUTE && s.p[end - 1] != ';' && end < s.n &&
	    (s.p[end] == '=' || ascii_alnum((unsigned char)s.p[end])))
		return e;
	e.taken = end;
	put(&e, row->first);
	if (row->second)
		put(&e, row->second);
	return e;
}

static uint32_t
mend_number(uint32_t c)
{
	if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
		return UTF8_REPLACEMENT;
	if (c >= 0x80 && c < 0xA0 && windows_1252[c - 0x80])
		return windows_1252[c - 0x80];
	return c;
}

static struct entity
read_number(struct str s)
{
	struct entity e = {0};
	size_t at = 2;
	bool hex = at < s.n && (s.p[at] | 32) == 'x';
	at += hex;
	size_t digits = at;
	uint32_t c = 0;
	for (; at < s.n; at++) {
		int digit = ascii_hex((unsigned char)s.p[at]);
		if (digit < 0 || (!hex && digit > 9))
			break;
		c = c * (hex ? 16 : 10) + (uint32_t)digit;
		if (c > 0x10FFFF)
			c = 0x110000; /* the rest of the digits cannot mend it */
	}
	if (at == digits)
		return e;
	if (at < s.n && s.p[at] == ';')
		at++;
	e.taken = at;
	put(&e, mend_number(c));
	return e;
}

struct entity
entity_read(struct str s, enum entity_place place)
{
	if (s.n < 2)
		return (struct entity){0};
	if (s.p[1] == '#')
		return read_number(s);
	if (!ascii_alpha((unsigned char)s.p[1]))
		return (struct entity){0};
	return read_name(s, place);
}
