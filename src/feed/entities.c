#include "feed/entities.h"

#include <string.h>

#include "base/utf8.h"
#include "feed/limits.h"
#include "feed/xml.h"
#include "text/entity.h"

enum {
	/* The longest name of HTML has 33 bytes; a declared one may be somewhat longer.
	 */
	MAX_REFERENCE_BYTES = 80,
};

static const struct entities_declared predefined[] = {
    {STR_INIT("amp"), STR_INIT("&")},
    {STR_INIT("lt"), STR_INIT("<")},
    {STR_INIT("gt"), STR_INIT(">")},
    {STR_INIT("quot"), STR_INIT("\"")},
    {STR_INIT("apos"), STR_INIT("'")},
};

/*
 * Otherwise in the DTDs of RSS 0.91 and XHTML 1.0, which no reader fetches but which the
 * names of a feed come from, than in the HTML of today.
 */
static const struct entities_declared of_dtds[] = {
    {STR_INIT("lang"), STR_INIT("\u2329")},
    {STR_INIT("rang"), STR_INIT("\u232A")},
};

void
entities_init(struct entities *e)
{
	_Static_assert(
	    ENTITIES_SLOTS >= 2 * FEED_MAX_ENTITIES, "a free slot ends every search");
	*e = (struct entities){0};
}

void
entities_clear(struct entities *e)
{
	arena_free(e->arena);
}

/* --- numbers --- */

struct number {
	uint32_t value; /* beyond Unicode: UINT32_MAX */
	size_t taken;   /* 0: no number */
	bool open;      /* the end of the input was reached in it */
};

/* &#160; &#xA0; &#XA0 and the like; the semicolon may be missing, as in HTML. */
static struct number
read_number(struct str s)
{
	struct number out = {0};
	size_t i = 2;
	if (s.n < 2 || s.p[1] != '#') {
		out.open = s.n < 2;
		return out;
	}
	uint32_t radix = 10;
	if (i < s.n && (s.p[i] | 32) == 'x') {
		radix = 16;
		i++;
	}
	size_t first = i;
	for (; i < s.n; i++) {
		int digit = ascii_hex((unsigned char)s.p[i]);
		if (digit < 0 || (uint32_t)digit >= radix)
			break;
		out.value = out.value > 0x10FFFF ? UINT32_MAX
						 : out.value * radix + (uint32_t)digit;
	}
	out.open = i == s.n;
	if (i > first)
		out.taken = i < s.n && s.p[i] == ';' ? i + 1 : i;
	return out;
}

static bool
is_nothing(uint32_t c)
{
	return c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) || c == 0xFFFE ||
	       c == 0xFFFF || (c < 0x20 && c != '\t' && c != '\n' && c != '\r');
}

/* Java and JavaScript write a character beyond U+FFFF as the two halves it has in UTF-16.
 */
static struct number
join_surrogates(struct number high, struct str s)
{
	struct number low = read_number(str_from(s, high.taken));
	if (low.taken && low.value >= 0xDC00 && low.value < 0xE000) {
		high.value =
		    0x10000 + ((high.value - 0xD800) << 10) + (low.value - 0xDC00);
		high.taken += low.taken;
	}
	high.open = low.open;
	return high;
}

static size_t
number_reference(struct entities *e, struct str s, bool whole, struct buf *out)
{
	struct number number = read_number(s);
	if (number.taken && !number.open && number.value >= 0xD800 &&
	    number.value < 0xDC00) {
		number = join_surrogates(number, s);
		e->mended |= REPAIR_REFERENCES;
	}
	if (number.open && !whole && s.n < MAX_REFERENCE_BYTES)
		return 0;
	if (number.taken == 0) {
		e->mended |= REPAIR_AMPERSANDS;
		buf_char(out, '&');
		return 1;
	}
	if (is_nothing(number.value) || s.p[number.taken - 1] != ';')
		e->mended |= REPAIR_REFERENCES;
	if (!is_nothing(number.value))
		buf_utf8(out, number.value);
	return number.taken;
}

/* --- names --- */

static bool
is_name_byte(unsigned char c)
{
	return ascii_alnum(c) || c == '_' || c == '-' || c == '.' || c == ':' ||
	       c >= 0x80;
}

static const struct entities_declared *
find_in(const struct entities_declared *rows, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(rows[i].name, name))
			return &rows[i];
	return NULL;
}

/* The slot where a declared name is, or where it would go. */
static uint16_t *
find_slot(struct entities *e, struct str name)
{
	size_t at = str_hash(name) % ENTITIES_SLOTS;
	while (e->slot[at] && !str_eq(e->declared.v[e->slot[at] - 1].name, name))
		at = (at + 1) % ENTITIES_SLOTS;
	return &e->slot[at];
}

static void
add_declared(struct entities *e, struct str value, struct buf *out)
{
	if (e->expanded + value.n > FEED_MAX_EXPANSION_BYTES) {
		e->mended |= REPAIR_BOMB;
		return;
	}
	e->expanded += value.n;
	buf_add(out, value);
}

/* A name of HTML, or as it was typed. */
static size_t
add_html(struct entities *e, struct str s, size_t n, struct buf *out)
{
	struct entity html = entity_read(str_sub(s, 0, n), ENTITY_IN_TEXT);
	const struct entities_declared *known =
	    find_in(of_dtds, COUNT_OF(of_dtds), str_sub(s, 1, n - 2));
	e->mended |= REPAIR_ENTITIES;
	if (known) {
		buf_add(out, known->value);
		return n;
	}
	if (html.taken != n) {
		buf_char(out, '&');
		return 1;
	}
	buf_add(out, str_of(html.utf8, html.n));
	return n;
}

static size_t
named_reference(struct entities *e, struct str s, bool whole, struct buf *out)
{
	size_t end = 1;
	while (end < s.n && end < MAX_REFERENCE_BYTES &&
	       is_name_byte((unsigned char)s.p[end]))
		end++;
	if (end == s.n && !whole && end < MAX_REFERENCE_BYTES)
		return 0;
	if (end == s.n || s.p[end] != ';' || end == 1) {
		e->mended |= REPAIR_AMPERSANDS;
		buf_char(out, '&');
		return 1;
	}
	struct str name = str_sub(s, 1, end - 1);
	const struct entities_declared *known =
	    find_in(predefined, COUNT_OF(predefined), name);
	if (known) {
		buf_add(out, known->value);
		return end + 1;
	}
	uint16_t slot = *find_slot(e, name);
	if (!slot)
		return add_html(e, s, end + 1, out);
	add_declared(e, e->declared.v[slot - 1].value, out);
	return end + 1;
}

size_t
entities_read(struct entities *e, struct str s, bool whole, struct buf *out)
{
	if (s.n < 2 && !whole)
		return 0;
	if (s.n >= 2 && s.p[1] == '#')
		return number_reference(e, s, whole, out);
	return named_reference(e, s, whole, out);
}

void
entities_resolve(struct entities *e, struct str s, struct buf *out)
{
	while (s.n) {
		const char *amp = memchr(s.p, '&', s.n);
		size_t plain = amp ? (size_t)(amp - s.p) : s.n;
		buf_add(out, str_sub(s, 0, plain));
		s = str_from(s, plain);
		if (s.n)
			s = str_from(s, entities_read(e, s, true, out));
	}
}

/* --- declarations --- */

/* Only the numbers: they are resolved when an entity is declared, the rest when it is
 * used. */
static void
resolve_numbers(struct entities *e, struct str s, struct buf *out)
{
	while (s.n) {
		size_t plain = str_find(s, STR("&#"));
		if (plain == STR_NONE)
			plain = s.n;
		buf_add(out, str_sub(s, 0, plain));
		s = str_from(s, plain);
		if (s.n)
			s = str_from(s, number_reference(e, s, true, out));
	}
}

/* Resolve, but stop when it becomes too much: "&a;&a;..." may be long and cheap to write.
 */
static bool
resolve_bounded(struct entities *e, struct str s, struct buf *out)
{
	while (s.n) {
		size_t plain = str_find_char(s, '&');
		if (plain == STR_NONE)
			plain = s.n;
		if (out->n + plain > FEED_MAX_ENTITY_BYTES)
			return false;
		buf_add(out, str_sub(s, 0, plain));
		s = str_from(s, plain);
		if (s.n)
			s = str_from(s, entities_read(e, s, true, out));
	}
	return out->n <= FEED_MAX_ENTITY_BYTES;
}

void
entities_declare(struct entities *e, struct str name, struct str literal)
{
	if (e->declared.n == FEED_MAX_ENTITIES || name.n > MAX_REFERENCE_BYTES ||
	    *find_slot(e, name))
		return;
	if (!e->arena)
		e->arena = arena_new();
	unsigned mended = e->mended;
	size_t expanded = e->expanded;
	struct buf numbers = {0}, value = {0};
	if (literal.n <= 16 * FEED_MAX_ENTITY_BYTES)
		resolve_numbers(e, literal, &numbers);
	else
		mended |= REPAIR_BOMB;
	if (!resolve_bounded(e, buf_str(&numbers), &value)) {
		value.n = 0;
		mended |= REPAIR_BOMB;
	}
	struct entities_declared row = {
	    arena_str(e->arena, name), arena_str(e->arena, buf_str(&value))};
	ARENA_PUSH(e->arena, &e->declared, row);
	*find_slot(e, name) =
	    (uint16_t)e->declared.n; /* free: row n - 1 was not in it yet */
	e->mended = mended; /* what a declaration needed is no fault of the text */
	e->expanded = expanded;
	buf_clear(&numbers);
	buf_clear(&value);
}
