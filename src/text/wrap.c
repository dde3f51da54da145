/*
 * libunistring says where UAX #14 allows a break; addresses and the scripts without spaces get
 * breaks of our own.  Then one walk over the pieces fills lines.  When a piece does not fit, the
 * line ends at the last break and the walk goes on from there, so every piece is met at most twice.
 */
#include "text/wrap.h"

#include <stdlib.h>
#include <string.h>
#include <unilbrk.h>

#include "base/utf8.h"
#include "text/clean.h"
#include "text/columns.h"

static const uint32_t soft_hyphen = 0xAD;

/* --- where a break is allowed: breaks[i] stands for "before byte i" --- */

/* Thai, Lao, Burmese and Khmer have no spaces between words. */
static bool
is_unspaced(uint32_t c)
{
	return (c >= 0xE00 && c < 0xF00) || (c >= 0x1000 && c < 0x10A0) ||
	    (c >= 0x1780 && c < 0x1800);
}

/* Thai and Lao vowels that are written before their consonant. */
static bool
is_leading_vowel(uint32_t c)
{
	return (c >= 0xE40 && c <= 0xE44) || (c >= 0xEC0 && c <= 0xEC4);
}

static void
break_unspaced(struct str s, char *breaks)
{
	struct piece p;
	bool before = false;

	for (size_t at = 0; piece_next(s, &at, &p);) {
		size_t begin = at - p.text.n, first = 0;
		uint32_t c = utf8_next(p.text, &first);
		bool now = is_unspaced(c);
		if (now && before && !p.joined && breaks[begin] == UC_BREAK_PROHIBITED)
			breaks[begin] = UC_BREAK_POSSIBLE;
		before = now && !is_leading_vowel(c);
	}
}

static bool
is_address(struct str word)
{
	return str_find(word, STR("://")) != STR_NONE || str_starts_nocase(word, STR("www."));
}

/* An address breaks after / ? & - . alone, and not inside "://". */
static void
break_address(struct str s, size_t from, size_t to, char *breaks)
{
	struct str word = str_sub(s, from, to - from);
	size_t scheme = str_find(word, STR("://"));
	size_t first = scheme == STR_NONE ? 0 : scheme + 3;

	for (size_t i = 1; i < word.n; i++) {
		bool after = i > first && strchr("/?&-.", word.p[i - 1]) && word.p[i - 1];
		bool twice = word.p[i] == word.p[i - 1];
		breaks[from + i] = after && !twice ? UC_BREAK_POSSIBLE : UC_BREAK_PROHIBITED;
	}
}

static void
break_addresses(struct str s, char *breaks)
{
	/* Most paragraphs have none. */
	if (str_find(s, STR("://")) == STR_NONE && str_find_nocase(s, STR("www.")) == STR_NONE)
		return;
	for (size_t i = 0; i < s.n;) {
		size_t from = i;
		while (i < s.n && s.p[i] != ' ' && s.p[i] != '\t')
			i++;
		if (is_address(str_sub(s, from, i - from)))
			break_address(s, from, i, breaks);
		i += i == from;
	}
}

static void
find_breaks(struct str s, char *breaks)
{
	u8_possible_linebreaks((const uint8_t *)s.p, s.n, "UTF-8", breaks);
	for (size_t i = 0; i < s.n; i++)
		if (breaks[i] == UC_BREAK_UNDEFINED)
			breaks[i] = UC_BREAK_PROHIBITED;
	break_unspaced(s, breaks);
	break_addresses(s, breaks);
}

/* --- filling lines --- */

/* A place in the line: how far the text goes, and how many cells it takes. */
struct place {
	size_t end; /* without white space */
	size_t cols;
	size_t next; /* where the next line would begin */
	bool hyphen, there;
};

struct wrap {
	struct arena *arena;
	struct wrap_lines *lines;
	struct str s; /* one paragraph without newlines */
	size_t offset; /* of it in the text */
	size_t first, rest; /* the widths */
	size_t begin; /* of the line being filled */
	size_t cols; /* cells from there, white space included */
	struct place text; /* the end of the last word */
	struct place last; /* the last place where a break is allowed */
	struct place cluster; /* where the last cluster began */
};

static size_t
limit(const struct wrap *w)
{
	return w->lines->n == 0 ? w->first : w->rest;
}

static void
start_line(struct wrap *w, size_t at)
{
	w->begin = at;
	w->cols = 0;
	w->text = w->last = w->cluster = (struct place){.end = at, .next = at};
}

static void
end_line(struct wrap *w, const struct place *p)
{
	struct wrap_line line = {
		.at = (uint32_t)(w->offset + w->begin),
		.n = (uint32_t)(p->end - w->begin),
		.cols = (uint32_t)(p->cols + p->hyphen),
		.hyphen = p->hyphen,
	};
	ARENA_PUSH(w->arena, w->lines, line);
	start_line(w, p->next);
}

/* Is the character before byte `at` a soft hyphen? */
static bool
behind_soft_hyphen(struct str s, size_t at)
{
	size_t from = at >= 2 ? at - 2 : 0;
	return at >= 2 && utf8_next(s, &from) == soft_hyphen && from == at;
}

/* A break is allowed before byte `at`: remember it, unless its hyphen would not fit. */
static void
note_break(struct wrap *w, size_t at)
{
	struct place p = w->text;

	p.next = at;
	p.there = true;
	p.hyphen = behind_soft_hyphen(w->s, at);
	if (p.hyphen)
		p.end = at - 2;
	if (p.cols + p.hyphen <= limit(w) && p.end > w->begin)
		w->last = p;
}

/* The piece does not fit, and no break is allowed in the line: before its cluster, then. */
static struct place
forced_break(const struct wrap *w, const struct piece *p, size_t at)
{
	if (p->joined && w->cluster.end > w->begin)
		return w->cluster;
	return (struct place){.end = w->text.end, .cols = w->text.cols, .next = at};
}

/* The piece does not fit.  Returns where to go on. */
static size_t
overflow(struct wrap *w, const struct piece *p, size_t at)
{
	struct place place = w->last.there ? w->last : forced_break(w, p, at);
	size_t next = place.next;

	end_line(w, &place);
	return next;
}

static bool
is_blank(const struct piece *p)
{
	return p->text.n == 1 && (p->text.p[0] == ' ' || p->text.p[0] == '\t');
}

static void
add_piece(struct wrap *w, const struct piece *p, size_t at)
{
	if (!p->joined)
		w->cluster = (struct place){.end = at, .cols = w->cols, .next = at};
	w->cols += p->cols;
	if (is_blank(p))
		return;
	w->text.end = at + p->text.n;
	w->text.cols = w->cols;
}

static void
wrap_paragraph(struct wrap *w, const char *breaks)
{
	struct piece p;
	size_t at = 0, next = 0;

	while (at < w->s.n && (w->s.p[at] == ' ' || w->s.p[at] == '\t'))
		next = ++at;
	start_line(w, at);
	while (piece_next(w->s, &next, &p)) {
		if (at > w->begin && breaks[at] == UC_BREAK_POSSIBLE)
			note_break(w, at);
		if (!is_blank(&p) && w->cols + p.cols > limit(w) && at > w->begin) {
			at = next = overflow(w, &p, at);
			continue;
		}
		add_piece(w, &p, at);
		at = next;
	}
	w->text.next = w->s.n;
	end_line(w, &w->text);
}

struct wrap_lines
wrap_text(struct arena *arena, struct str s, size_t first, size_t rest)
{
	struct wrap_lines lines = {0};
	struct wrap w = {.arena = arena, .lines = &lines};
	bool more = s.n > 0;

	if (s.n > UINT32_MAX)
		s = utf8_cut(s, UINT32_MAX);
	w.first = first ? first : 1;
	w.rest = rest ? rest : 1;
	struct str all = s;
	char *breaks = heap_alloc(s.n + 1);
	while (more) {
		more = str_cut(s, '\n', &w.s, &s);
		w.offset = w.s.p ? (size_t)(w.s.p - all.p) : 0;
		find_breaks(w.s, breaks);
		wrap_paragraph(&w, breaks);
	}
	free(breaks);
	return lines;
}
