#include "story/credit.h"

#include <string.h>

#include "base/utf8.h"
#include "story/agency.h"
#include "story/credit_asia.h"
#include "story/credit_mark.h"
#include "story/credit_phrase.h"
#include "story/trim.h"
#include "text/fold.h"

enum {
	MAX_LABEL_BYTES = 60, /* the longest label, in the widest script */
	MAX_LABEL_WORDS = 4,
	MAX_VALUE_BYTES = 240, /* more is a sentence */
	MAX_LINE_BYTES = 600, /* of a line with several credits */
	MAX_RIGHTS_BYTES = 1200,
	MAX_RIGHTS_LINES = 3,
	MAX_FOOT_LINES = 100, /* a foot of more is none: a page of nothing but "(AP)" */
	MAX_HEAD_LINES = 3,
	MAX_NAME_WORDS = 8,
	MAX_NAME_LINE_BYTES = 100,
};

/* --- lines with labels --- */

static const struct credit_phrase *
label_of(struct arena *a, struct str s)
{
	s = trim_label(s);
	if (s.n == 0 || s.n > MAX_LABEL_BYTES)
		return NULL;
	struct str folded = text_fold_bare(a, s);
	struct credit_phrases rows = credit_phrases_like(CREDIT_HOW_COLON, folded);
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq(rows.v[i].folded, folded))
			return &rows.v[i];
	return NULL;
}

/* "Pewarta: X / Editor: Y", "（譯者：X／編輯：Y）" */
static bool
parts_credits(uint32_t c)
{
	return c == '|' || c == ';' || c == '/' || c == 0x3001 || c == 0xFF0C || c == 0xFF0F ||
	    c == 0xFF1B;
}

/* The start of the last word of s[0..end). */
static size_t
word_before(struct str s, size_t end)
{
	struct str head = str_sub(s, 0, end);
	bool seen = false;

	while (head.n > 0) {
		size_t at;
		uint32_t c = trim_last(head, &at);
		if (!trim_is_space(c) && !parts_credits(c))
			seen = true;
		else if (seen)
			break;
		head.n = at;
	}
	return head.n;
}

/* The longest label that ends where s does; *at is where it begins. */
static const struct credit_phrase *
label_at_end(struct arena *a, struct str s, size_t *at)
{
	const struct credit_phrase *best = NULL;
	size_t start = s.n;

	for (int words = 0; words < MAX_LABEL_WORDS && start > 0; words++) {
		start = word_before(s, start);
		const struct credit_phrase *p = label_of(a, str_from(s, start));
		if (p) {
			best = p;
			*at = start;
		}
	}
	return best;
}

/* The first full-width colon, or STR_NONE. */
static size_t
wide_colon(struct str s)
{
	for (size_t at = 0; at < s.n; at++) {
		const char *lead = memchr(s.p + at, 0xEF, s.n - at);
		if (!lead)
			break;
		at = (size_t)(lead - s.p);
		if (str_starts(str_from(s, at), STR("：")))
			return at;
	}
	return STR_NONE;
}

/* The first ASCII colon that is not one of a time or an address, or STR_NONE. */
static size_t
plain_colon(struct str s)
{
	for (size_t at = 0; at < s.n; at++) {
		const char *colon = memchr(s.p + at, ':', s.n - at);
		if (!colon)
			break;
		at = (size_t)(colon - s.p);
		char next = at + 1 < s.n ? s.p[at + 1] : ' ';
		if (next != '/' && !ascii_digit((unsigned char)next))
			return at;
	}
	return STR_NONE;
}

/* The next colon at or after `at`, ASCII or full-width, not one of a time or an address. */
static size_t
next_colon(struct str s, size_t at, size_t *after)
{
	struct str rest = str_from(s, at);
	size_t plain = plain_colon(rest);
	size_t wide = wide_colon(str_sub(rest, 0, plain));

	if (wide != STR_NONE)
		*after = at + wide + STR("：").n;
	else if (plain != STR_NONE)
		*after = at + plain + 1;
	else
		return STR_NONE;
	return at + (wide != STR_NONE ? wide : plain);
}

/* "王小明）1141122": the day after the bracket of a credit. */
static struct str
without_day(struct str v)
{
	struct str head = v;

	while (head.n > 0 && ascii_digit((unsigned char)head.p[head.n - 1]))
		head.n--;
	return head.n < v.n && str_ends(head, STR("）")) ? head : v;
}

static struct str
trim_value(struct str v)
{
	v = without_day(trim_space(v));
	while (v.n > 0) {
		size_t at;
		uint32_t c = trim_last(v, &at);
		if (c != ',' && c != ')' && c != 0xFF09 && c != 0x3011 && c != ']' && c != '.' &&
		    !parts_credits(c) && !trim_is_dash(c) && !trim_is_space(c))
			break;
		if (c == ')' && str_find_char(v, '(') != STR_NONE)
			break; /* its own bracket */
		/* an initial's full stop ends the name: "J. R." */
		if (c == '.' && at >= 2 && (v.p[at - 2] == ' ' || v.p[at - 2] == '.'))
			break;
		v.n = at;
	}
	return trim_after_label(v);
}

/* A name or an agency, not a sentence. */
static bool
is_value(struct str v)
{
	if (v.n > MAX_VALUE_BYTES)
		return false;
	if (v.n > 0 && (v.p[v.n - 1] == '?' || v.p[v.n - 1] == '!'))
		return false;
	size_t stop = str_find(v, STR(". "));
	return stop == STR_NONE || stop < 30;
}

/*
 * "Label: value", also several in one line ("Pewarta: X Editor: Y").  The first label must be the
 * beginning of the line.  Reads into c when every part of the line is a credit.
 */
static bool
read_labels(struct arena *a, struct str line, struct credit *c)
{
	if (line.n > MAX_LINE_BYTES)
		return false;
	size_t after, colon = next_colon(line, 0, &after);
	const struct credit_phrase *label = colon == STR_NONE ? NULL : label_of(a, str_sub(line, 0, colon));
	if (!label)
		return false;
	if (label->role == CREDIT_ROLE_USAGE || label->role == CREDIT_ROLE_NOTE) {
		credit_put(a, c, label->role, str_from(line, after));
		return true;
	}
	while (label) {
		size_t value = after, end = line.n, search = after;
		const struct credit_phrase *next = NULL;
		while (!next && (colon = next_colon(line, search, &after)) != STR_NONE) {
			next = label_at_end(a, str_sub(line, value, colon - value), &end);
			search = after;
		}
		end = next ? value + end : line.n;
		struct str v = trim_value(str_sub(line, value, end - value));
		if (!is_value(v))
			return false;
		credit_put(a, c, label->role, v);
		label = next;
	}
	return true;
}

/* --- (Reporting by X; Editing by Y) --- */

static struct str
after_words(struct str s, struct str phrase)
{
	size_t words = 1;

	for (size_t i = 0; i < phrase.n; i++)
		words += phrase.p[i] == ' ';
	for (; words > 0; words--) {
		s = trim_space(s);
		size_t at = 0, next = 0;
		while (at < s.n && !trim_is_space(utf8_next(s, &next)))
			at = next;
		s = str_from(s, at);
	}
	return s;
}

/* The longest phrase that the part begins with. */
static const struct credit_phrase *
by_phrase(struct arena *a, struct str part)
{
	struct str folded = text_fold_bare(a, utf8_cut(part, MAX_LABEL_BYTES));
	struct credit_phrases rows = credit_phrases_like(CREDIT_HOW_BY, folded);

	for (size_t i = rows.n; i > 0; i--)
		if (str_starts(folded, rows.v[i - 1].folded))
			return &rows.v[i - 1];
	return NULL;
}

/*
 * The next part of a line of credits: up to a ';', or to another sign behind which a phrase stands
 * (", Editing by", " - تحرير").
 */
static struct str
next_part(struct arena *a, struct str *rest)
{
	struct str all = *rest;

	for (size_t at = 0, next = 0; at < all.n; at = next) {
		uint32_t c = utf8_next(all, &next);
		bool sign = c == ',' || c == '.' || c == 0x60C || trim_is_dash(c);
		if (c != ';' && c != 0xFF1B && c != 0x61B &&
		    !(sign && by_phrase(a, trim_space(str_from(all, next)))))
			continue;
		*rest = str_from(all, next);
		return trim_space(str_sub(all, 0, at));
	}
	rest->n = 0;
	return trim_space(all);
}

static bool
read_by(struct arena *a, struct str line, struct credit *c)
{
	if (line.n > MAX_LINE_BYTES)
		return false;
	struct str rest = trim_lead(line);
	if (!by_phrase(a, rest))
		return false;
	while (rest.n > 0) {
		struct str part = next_part(a, &rest);
		const struct credit_phrase *p = by_phrase(a, part);
		struct str v = p ? trim_value(after_words(part, p->folded)) : part;
		if (!is_value(v))
			return false;
		if (p)
			credit_put(a, c, p->role, v);
	}
	return true;
}

/* --- By X --- */

/* Joins names, or stands inside one. */
static const struct str name_words[] = {
	STR_INIT("and"), STR_INIT("dan"), STR_INIT("und"), STR_INIT("et"), STR_INIT("y"), STR_INIT("e"),
	STR_INIT("de"), STR_INIT("da"), STR_INIT("di"), STR_INIT("del"), STR_INIT("la"), STR_INIT("van"),
	STR_INIT("von"), STR_INIT("der"), STR_INIT("bin"), STR_INIT("binti"), STR_INIT("al"),
};

/* Two to eight words that begin big, and nothing that ends a sentence: a name, or two. */
static bool
is_name(struct str s)
{
	size_t words = 0, at;
	uint32_t last = trim_last(s, &at);

	if (s.n == 0 || last == '.' || last == '!' || last == '?' || last == ':')
		return false;
	while (s.n > 0) {
		size_t next = 0, end = 0;
		uint32_t first = utf8_next(s, &next);
		while (end < s.n && s.p[end] != ' ')
			end++;
		struct str word = str_sub(s, 0, end);
		bool big = !trim_is_lower(first) && !ascii_digit((unsigned char)s.p[0]) && first != '"';
		if (!big && !str_in(word, name_words, COUNT_OF(name_words)))
			return false;
		words++;
		s = trim_space(str_from(s, end));
	}
	return words >= 2 && words <= MAX_NAME_WORDS;
}

/* "By Ann Poe", "Von Uwe Watt, dpa", "Oleh Bima Tama": nothing else in the line. */
static bool
read_name(struct arena *a, struct str line, struct credit *c)
{
	struct str agency, rest;

	if (line.n > MAX_NAME_LINE_BYTES)
		return false;
	struct str folded = text_fold_bare(a, line);
	struct credit_phrases rows = credit_phrases_like(CREDIT_HOW_NAME, folded);
	for (size_t i = 0; i < rows.n; i++) {
		const struct credit_phrase *p = &rows.v[i];
		if (!str_starts(folded, p->folded) || folded.n <= p->folded.n ||
		    folded.p[p->folded.n] != ' ')
			continue;
		struct str name = trim_space(after_words(line, p->folded));
		if (str_cut(name, ',', &rest, &agency) && agency_by_name(agency))
			name = trim_space(rest);
		if (!is_name(name) && !agency_by_name(name))
			continue;
		credit_put(a, c, p->role, name);
		return true;
	}
	return false;
}

/* --- rights --- */

static bool
opens(const struct credit_phrase *p, struct str folded, struct str line)
{
	if (!str_starts(folded, p->folded))
		return false;
	/* "c" stands for the sign in a circle, which folding makes a letter */
	if (p->folded.n == 1 && trim_lead(line).n > 0 && ascii_alpha((unsigned char)trim_lead(line).p[0]))
		return false;
	/* "Copyright law changes ..." is a sentence */
	return p->role != CREDIT_ROLE_COPYRIGHT || line.n <= MAX_VALUE_BYTES;
}

static const struct credit_phrase *
open_phrase(struct str folded, struct str line)
{
	struct credit_phrases rows = credit_phrases_like(CREDIT_HOW_OPEN, folded);

	for (size_t i = 0; i < rows.n; i++)
		if (opens(&rows.v[i], folded, line))
			return &rows.v[i];
	return NULL;
}

static enum credit_kind
read_opening(struct arena *a, struct str line, struct credit *c)
{
	if (line.n > MAX_RIGHTS_BYTES)
		return CREDIT_NONE;
	struct str folded = text_fold_bare(a, utf8_cut(line, 2 * MAX_LABEL_BYTES));
	struct str inner = trim_lead(folded); /* "[ⓒ ..." */
	const struct credit_phrase *p = open_phrase(folded, line);
	if (!p && inner.n < folded.n)
		p = open_phrase(inner, line);
	if (!p)
		return CREDIT_NONE;
	credit_put(a, c, p->role, p->role == CREDIT_ROLE_USAGE ? trim_label(line) : line);
	return p->role == CREDIT_ROLE_COPYRIGHT ? CREDIT_COPYRIGHT
	    : p->role == CREDIT_ROLE_RIGHTS     ? CREDIT_RIGHTS
	                                        : CREDIT_LABEL;
}

enum credit_kind
credit_read(struct arena *a, struct str line, struct credit *c)
{
	line = trim_space(line);
	if (line.n == 0)
		return CREDIT_MARK;
	enum credit_kind opening = read_opening(a, line, c);
	if (opening != CREDIT_NONE)
		return opening;
	if (read_labels(a, line, c) || read_by(a, line, c) || read_name(a, line, c) ||
	    credit_read_korean(a, line, c) || credit_read_han(a, line, c))
		return CREDIT_LABEL;
	return credit_mark_read(line, c) || credit_mark_is_placeholder(line) ? CREDIT_MARK : CREDIT_NONE;
}

/* Credits above the text; only when text follows. */
static void
head_lines(struct arena *a, struct credit_line *lines, size_t n, struct credit *c)
{
	for (size_t i = 0; i < n && i < MAX_HEAD_LINES; i++) {
		if (lines[i].passed || lines[i].taken)
			continue;
		enum credit_kind kind = credit_read(a, lines[i].text, NULL);
		if (kind != CREDIT_LABEL && kind != CREDIT_MARK)
			return;
		credit_read(a, lines[i].text, c);
		lines[i].taken = true;
	}
}

void
credit_foot(struct arena *a, struct credit_line *lines, size_t n, struct credit *c)
{
	size_t rights = 0, taken = 0, first = n;

	for (size_t i = n; i > 0; i--) {
		if (lines[i - 1].passed)
			continue;
		if (taken++ == MAX_FOOT_LINES)
			break;
		enum credit_kind kind = credit_read(a, lines[i - 1].text, NULL);
		if (kind == CREDIT_RIGHTS && ++rights > MAX_RIGHTS_LINES)
			kind = CREDIT_NONE;
		if (kind == CREDIT_NONE)
			break;
		lines[i - 1].taken = true;
		first = i - 1;
	}
	head_lines(a, lines, first, c);
	for (size_t i = first; i < n; i++)
		if (lines[i].taken)
			credit_read(a, lines[i].text, c);
}
