#include "story/credit.h"

#include "base/utf8.h"
#include "story/agency.h"
#include "story/trim.h"
#include "text/fold.h"

enum role {
	ROLE_SOURCE,
	ROLE_REPORTER,
	ROLE_TRANSLATOR,
	ROLE_EDITOR,
	ROLE_PHOTOGRAPHER,
	ROLE_DESK,
	ROLE_USAGE,
	ROLE_NOTE, /* taken out of the text and not kept */
	ROLE_COPYRIGHT,
	ROLE_RIGHTS,
};

/* How the phrase makes a credit of its line. */
enum how {
	HOW_COLON, /* it stands before a colon */
	HOW_BY, /* the line, or a part of it after ';', begins with it */
	HOW_OPEN, /* the line begins with it */
};

struct phrase {
	struct str folded;
	enum role role;
	enum how how;
};

/* As text_fold_bare leaves them; a test holds the table to it. */
static const struct phrase phrases[] = {
#define CREDIT(language, phrase, role, how) {STR_INIT(phrase), ROLE_##role, HOW_##how},
#include "story/credit.def"
#undef CREDIT
};

enum {
	MAX_LABEL_BYTES = 60, /* the longest label, in the widest script */
	MAX_LABEL_WORDS = 4,
	MAX_VALUE_BYTES = 240, /* more is a sentence */
	MAX_LINE_BYTES = 600, /* of a line with several credits */
	MAX_RIGHTS_BYTES = 1200,
	MAX_RIGHTS_LINES = 3,
	MAX_HEAD_LINES = 3,
	MAX_MARK_BYTES = 24,
};

static void
add(struct arena *a, struct str *field, struct str value, struct str between)
{
	value = trim_space(value);
	if (value.n == 0 || str_find(*field, value) != STR_NONE)
		return;
	if (field->n > 0)
		value = arena_cat(a, arena_cat(a, *field, between), value);
	*field = value;
}

static void
add_source(struct arena *a, struct credit *c, struct str value)
{
	struct str agency, desk, exchange;

	add(a, &c->source, value, STR(", "));
	agency_read(value, &agency, &desk, &exchange);
	if (exchange.n > 0 && c->exchange.n == 0)
		c->exchange = exchange;
}

static void
store(struct arena *a, struct credit *c, enum role role, struct str value)
{
	static const struct str comma = STR_INIT(", ");

	if (!c)
		return;
	switch (role) {
	case ROLE_SOURCE: add_source(a, c, value); break;
	case ROLE_REPORTER: add(a, &c->reporter, value, comma); break;
	case ROLE_TRANSLATOR: add(a, &c->translator, value, comma); break;
	case ROLE_EDITOR: add(a, &c->editor, value, comma); break;
	case ROLE_PHOTOGRAPHER: add(a, &c->photographer, value, comma); break;
	case ROLE_DESK: add(a, &c->desk, value, comma); break;
	case ROLE_USAGE: add(a, &c->usage, value, STR("\n")); break;
	case ROLE_NOTE: break;
	case ROLE_COPYRIGHT:
		add(a, &c->copyright, value, STR("\n"));
		add(a, &c->rights, value, STR("\n"));
		break;
	case ROLE_RIGHTS: add(a, &c->rights, value, STR("\n")); break;
	}
}

/* As str_starts, with a look at the first byte before a call: nearly all rows end there. */
static bool
begins(struct str folded, struct str phrase)
{
	return folded.n > 0 && folded.p[0] == phrase.p[0] && str_starts(folded, phrase);
}

/* --- lines with labels --- */

static const struct phrase *
label_of(struct arena *a, struct str s)
{
	s = trim_label(s);
	if (s.n == 0 || s.n > MAX_LABEL_BYTES)
		return NULL;
	struct str folded = text_fold_bare(a, s);
	for (size_t i = 0; i < COUNT_OF(phrases); i++)
		if (phrases[i].how == HOW_COLON && str_eq(phrases[i].folded, folded))
			return &phrases[i];
	return NULL;
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
		if (!trim_is_space(c) && c != '|' && c != ';' && c != '/')
			seen = true;
		else if (seen)
			break;
		head.n = at;
	}
	return head.n;
}

/* The longest label that ends where s does; *at is where it begins. */
static const struct phrase *
label_at_end(struct arena *a, struct str s, size_t *at)
{
	const struct phrase *best = NULL;
	size_t start = s.n;

	for (int words = 0; words < MAX_LABEL_WORDS && start > 0; words++) {
		start = word_before(s, start);
		const struct phrase *p = label_of(a, str_from(s, start));
		if (p) {
			best = p;
			*at = start;
		}
	}
	return best;
}

/* The next colon at or after `at`, ASCII or full-width, not one of a time or an address. */
static size_t
next_colon(struct str s, size_t at, size_t *after)
{
	for (size_t next = at; at < s.n; at = next) {
		uint32_t c = utf8_next(s, &next);
		*after = next;
		if (c == 0xFF1A)
			return at;
		if (c == ':' && !(next < s.n && (s.p[next] == '/' || ascii_digit((unsigned char)s.p[next]))))
			return at;
	}
	return STR_NONE;
}

static struct str
trim_value(struct str v)
{
	v = trim_space(v);
	while (v.n > 0) {
		size_t at;
		uint32_t c = trim_last(v, &at);
		if (c != '|' && c != ';' && c != ',' && c != '/' && c != ')' && c != 0xFF09 &&
		    c != ']' && c != '.' && !trim_is_space(c))
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
	size_t after, colon = next_colon(line, 0, &after);
	const struct phrase *label = colon == STR_NONE ? NULL : label_of(a, str_sub(line, 0, colon));

	if (!label || line.n > MAX_LINE_BYTES)
		return false;
	if (label->role == ROLE_USAGE || label->role == ROLE_NOTE) {
		store(a, c, label->role, str_from(line, after));
		return true;
	}
	while (label) {
		size_t value = after, end = line.n, search = after;
		const struct phrase *next = NULL;
		while (!next && (colon = next_colon(line, search, &after)) != STR_NONE) {
			next = label_at_end(a, str_sub(line, value, colon - value), &end);
			search = after;
		}
		end = next ? value + end : line.n;
		struct str v = trim_value(str_sub(line, value, end - value));
		if (!is_value(v))
			return false;
		store(a, c, label->role, v);
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

static const struct phrase *
by_phrase(struct arena *a, struct str part)
{
	struct str folded = text_fold_bare(a, utf8_cut(part, MAX_LABEL_BYTES));

	for (size_t i = 0; i < COUNT_OF(phrases); i++)
		if (phrases[i].how == HOW_BY && begins(folded, phrases[i].folded))
			return &phrases[i];
	return NULL;
}

static bool
read_by(struct arena *a, struct str line, struct credit *c)
{
	if (line.n > MAX_LINE_BYTES)
		return false;
	struct str rest = trim_lead(line), part;
	if (!by_phrase(a, rest))
		return false;
	while (rest.n > 0) {
		str_cut(rest, ';', &part, &rest);
		part = trim_space(part);
		const struct phrase *p = by_phrase(a, part);
		struct str v = p ? trim_value(after_words(part, p->folded)) : part;
		if (!is_value(v))
			return false;
		if (p)
			store(a, c, p->role, v);
	}
	return true;
}

/* --- rights, marks, reporters of Korea --- */

static enum credit_kind
read_opening(struct arena *a, struct str line, struct credit *c)
{
	if (line.n > MAX_RIGHTS_BYTES)
		return CREDIT_NONE;
	struct str folded = text_fold_bare(a, utf8_cut(line, 2 * MAX_LABEL_BYTES));
	for (size_t i = 0; i < COUNT_OF(phrases); i++) {
		const struct phrase *p = &phrases[i];
		if (p->how != HOW_OPEN || !begins(folded, p->folded))
			continue;
		/* "c" stands for the sign in a circle, which folding makes a letter */
		if (p->folded.n == 1 && ascii_alpha((unsigned char)trim_space(line).p[0]))
			continue;
		/* "Copyright law changes ..." is a sentence */
		if (p->role == ROLE_COPYRIGHT && line.n > MAX_VALUE_BYTES)
			continue;
		store(a, c, p->role, line);
		return p->role == ROLE_COPYRIGHT ? CREDIT_COPYRIGHT : CREDIT_RIGHTS;
	}
	return CREDIT_NONE;
}

/* "(acd/acd)", "(adv/adv)", "(*)", "(PTI)", "dpa/lni": who handled it, in signs. */
static bool
read_mark(struct str line, struct credit *c)
{
	struct str s = trim_label(line), agency, desk, exchange;

	if (line.n > MAX_MARK_BYTES)
		return false;
	if (s.n == 0)
		return true;
	bool brackets = line.p[0] == '(' || line.p[0] == '[';
	if (agency_read(s, &agency, &desk, &exchange) && (brackets || desk.n > 0))
		return true;
	if (!brackets || str_find_char(s, ' ') != STR_NONE || s.n > 12)
		return false;
	size_t slash = str_find_char(s, '/');
	for (size_t i = 0; i < s.n; i++)
		if (i != slash && (s.p[i] < 'a' || s.p[i] > 'z'))
			return false;
	if (c && str_eq(s, STR("adv/adv")))
		c->advertorial = true;
	return slash != STR_NONE;
}

/* "[Gambas:Video 20detik]": where a video stood */
static bool
is_placeholder(struct str line)
{
	return line.n < 80 && line.n > 2 && line.p[0] == '[' && line.p[line.n - 1] == ']' &&
	    str_starts_nocase(line, STR("[gambas:"));
}

/* "홍길순 기자 hong@example.kr": a name, what they are, perhaps an address. */
static bool
read_korean(struct arena *a, struct str line, struct credit *c)
{
	static const struct str kinds[] = {
		STR_INIT("기자"), STR_INIT("특파원"), STR_INIT("선임기자"), STR_INIT("수습기자"),
		STR_INIT("인턴기자"), STR_INIT("통신원"),
	};
	struct str rest = trim_label(line);
	size_t at = 0, next = 0;

	if (rest.n > 90)
		return false;
	while (at < rest.n && !trim_is_space(utf8_next(rest, &next)))
		at = next;
	struct str name = str_sub(rest, 0, at);
	struct str kind = trim_space(str_from(rest, at));
	if (name.n < 6 || name.n > 15)
		return false;
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (!str_starts(kind, kinds[i]))
			continue;
		struct str mail = trim_space(str_from(kind, kinds[i].n));
		if (mail.n > 0 && str_find_char(mail, '@') == STR_NONE)
			return false;
		store(a, c, ROLE_REPORTER, name);
		return true;
	}
	return false;
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
	if (read_labels(a, line, c) || read_by(a, line, c) || read_korean(a, line, c))
		return CREDIT_LABEL;
	return read_mark(line, c) || is_placeholder(line) ? CREDIT_MARK : CREDIT_NONE;
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
	size_t rights = 0, first = n;

	for (size_t i = n; i > 0; i--) {
		if (lines[i - 1].passed)
			continue;
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
