/*
 * piece_next needs no memory of what came before, so every other function here is a loop over it.
 * Most text is ASCII or letters that no mark follows; those never reach libunistring.
 */
#include "text/columns.h"

#include <stdlib.h>
#include <string.h>
#include <uchar.h>
#include <unigbrk.h>
#include <unictype.h>
#include <uniwidth.h>
#include <wchar.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/clean.h"

enum { MAX_MARKS = 4 }; /* in a cell, as the cleaner allows */

int
columns_of_code(uint32_t c)
{
	if (c == 0xAD)
		return 0;
	int cols = wcwidth((wchar_t)c);
	if (cols < 0 && c >= 0xA0 && MB_CUR_MAX < 4)
		cols = uc_width(c, "UTF-8");
	return cols;
}

static bool
is_mark(uint32_t c)
{
	return c >= 0x300 &&
	    uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Me);
}

/* Marks that change how an emoji looks, which terminals do not agree on. */
static bool
is_emoji_tail(uint32_t c)
{
	return (c >= 0xFE00 && c <= 0xFE0F) || c == 0x20E3 || c == 0x34F ||
	    (c >= 0xE0100 && c <= 0xE01EF);
}

static bool
is_flag_letter(uint32_t c)
{
	return c >= 0x1F1E6 && c <= 0x1F1FF;
}

static void
draw(struct piece *p, uint32_t c)
{
	if (p->n_drawn + 4 <= PIECE_MAX_BYTES)
		p->n_drawn = (uint8_t)(p->n_drawn + utf8_encode(c, p->drawn + p->n_drawn));
}

static void
draw_base(struct piece *p, uint32_t c)
{
	int cols = columns_of_code(c);

	if (c == '\n' || c == '\t') {
		c = ' ';
		cols = 1;
	} else if (cols < 0) {
		cols = c < 0xA0 ? 0 : 1;
		c = UTF8_REPLACEMENT;
	} else if (cols == 0 && is_mark(c) && !is_emoji_tail(c)) {
		/* A mark without a base stands on a space. */
		draw(p, ' ');
		cols = 1;
	}
	if (cols > 0)
		draw(p, c);
	p->cols = (uint8_t)cols;
}

/*
 * Does the character, which continues the cluster, take a cell of its own?  Emoji joined by ZWJ and
 * skin tones do not; spacing vowel signs do, and whatever follows a sign that stands before its
 * number (U+0600).
 */
static bool
takes_a_cell(uint32_t base, uint32_t c)
{
	if (columns_of_code(c) <= 0)
		return false;
	return uc_graphemeclusterbreak_property(c) == GBP_SPACINGMARK ||
	    uc_graphemeclusterbreak_property(base) == GBP_PREPEND || is_flag_letter(c);
}

static bool
is_joined(uint32_t c)
{
	return c >= 0x900 && uc_graphemeclusterbreak_property(c) == GBP_SPACINGMARK;
}

/*
 * Can the character whose first byte this is be a part of the cluster before it?  Nothing below
 * U+0300 can, and nothing from U+4000 to U+9FFF.
 */
static bool
may_continue(unsigned char lead)
{
	return lead >= 0xCC && !(lead >= 0xE4 && lead <= 0xE9);
}

/* Extended_Pictographic, roughly: this libunistring does not know it. */
static bool
is_pictograph(uint32_t c)
{
	return c == 0xA9 || c == 0xAE || (c >= 0x203C && c <= 0x3299) ||
	    (c >= 0x1F000 && c <= 0x1FAFF && !is_flag_letter(c));
}

/* Does `c` share the cell of `base`?  UAX #29, pair by pair, and its rule GB11. */
static bool
continues(uint32_t base, uint32_t before, uint32_t c)
{
	if (before == 0x200D && is_pictograph(base) && is_pictograph(c))
		return true;
	return !uc_is_grapheme_break(before, c) && !takes_a_cell(base, c);
}

/* The rest of the cluster, as far as it shares the cell of its base.  Returns its end. */
static size_t
take_cluster(struct piece *p, struct str s, size_t next, uint32_t base)
{
	uint32_t before = base;
	int marks = 0;

	while (next < s.n) {
		size_t after = next;
		uint32_t c = utf8_next(s, &after);
		if (!continues(base, before, c))
			break;
		if (is_mark(c) && !is_emoji_tail(c) && p->cols > 0 && columns_of_code(c) == 0 &&
		    marks++ < MAX_MARKS)
			draw(p, c);
		before = c;
		next = after;
	}
	return next;
}

bool
piece_next(struct str s, size_t *at, struct piece *p)
{
	size_t begin = *at, next = *at;

	if (begin >= s.n)
		return false;
	p->n_drawn = 0;
	p->joined = false;
	uint32_t base = utf8_next(s, &next);
	if (base >= ' ' && base < 0x7F) {
		p->drawn[0] = (char)base;
		p->n_drawn = p->cols = 1;
	} else {
		draw_base(p, base);
		p->joined = begin > 0 && is_joined(base);
	}
	if (next < s.n && may_continue((unsigned char)s.p[next]) && base >= ' ')
		next = take_cluster(p, s, next, base);
	p->text = str_of(s.p + begin, next - begin);
	*at = next;
	return true;
}

size_t
columns_of(struct str s)
{
	struct piece p;
	size_t cols = 0;
	for (size_t at = 0; piece_next(s, &at, &p);)
		cols += p.cols;
	return cols;
}

size_t
columns_fit(struct str s, size_t cols, size_t *used)
{
	struct piece p;
	size_t at = 0, end = 0, cell = 0, whole = 0;

	*used = 0;
	while (piece_next(s, &at, &p)) {
		if (!p.joined) {
			/* What stands before this piece is a whole cluster. */
			end = at - p.text.n;
			*used = whole;
		}
		if (cell + p.cols > cols)
			return end;
		cell += p.cols;
		whole = cell;
	}
	*used = whole;
	return s.n;
}

struct str
columns_cut(struct arena *arena, struct str s, size_t cols, struct str ellipsis)
{
	size_t used;

	if (columns_fit(s, cols, &used) == s.n)
		return s;
	size_t room = columns_of(ellipsis);
	if (room > cols)
		return str_of(s.p, columns_fit(s, cols, &used));
	size_t n = columns_fit(s, cols - room, &used);
	while (n > 0 && s.p[n - 1] == ' ')
		n--;
	return arena_cat(arena, str_of(s.p, n), ellipsis);
}

/* The longest end that takes at most `cols` cells: what is left when the rest is passed over. */
static struct str
fitting_end(struct str s, size_t cols)
{
	struct piece p;
	size_t total = columns_of(s), passed = 0, at = 0, begin = 0;

	while (total - passed > cols && piece_next(s, &at, &p)) {
		passed += p.cols;
		begin = at;
	}
	while (piece_next(s, &at, &p) && (p.joined || p.cols == 0))
		begin = at;
	return str_from(s, begin);
}

struct str
columns_cut_middle(struct arena *arena, struct str s, size_t cols, struct str ellipsis)
{
	size_t used, room = columns_of(ellipsis);

	if (columns_fit(s, cols, &used) == s.n)
		return s;
	if (room >= cols)
		return columns_cut(arena, s, cols, ellipsis);
	size_t n = columns_fit(s, (cols - room + 1) / 2, &used);
	struct str end = fitting_end(str_from(s, n), cols - room - used);
	return arena_cat(arena, arena_cat(arena, str_of(s.p, n), ellipsis), end);
}

struct str
columns_drawn(struct arena *arena, struct str s)
{
	struct piece p;
	bool same = true;
	for (size_t at = 0; same && piece_next(s, &at, &p);)
		same = p.n_drawn == p.text.n && memcmp(p.drawn, p.text.p, p.n_drawn) == 0;
	if (same)
		return s;
	struct buf out = {0};
	for (size_t at = 0; piece_next(s, &at, &p);)
		buf_add(&out, str_of(p.drawn, p.n_drawn));
	struct str drawn = arena_str(arena, buf_str(&out));
	buf_clear(&out);
	return drawn;
}

static void
add_spaces(struct buf *out, size_t n)
{
	while (n-- > 0)
		buf_char(out, ' ');
}

struct str
columns_pad(struct arena *arena, struct str s, size_t cols, enum columns_align align)
{
	struct buf out = {0};
	size_t before = 0;

	/* As drawn, since a mark at its front would join the space before it. */
	s = columns_drawn(arena, columns_cut(arena, s, cols, STR("…")));
	size_t gap = cols - columns_of(s);
	if (gap == 0)
		return s;
	if (align != COLUMNS_LEFT)
		before = align == COLUMNS_RIGHT ? gap : gap / 2;
	add_spaces(&out, before);
	buf_add(&out, s);
	add_spaces(&out, gap - before);
	struct str padded = arena_str(arena, buf_str(&out));
	buf_clear(&out);
	return padded;
}
