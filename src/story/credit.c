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
	HOW_NAME, /* the line is it and a name: "By Ann Poe" */
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
	MAX_MARK_BYTES = 40,
	MAX_NAME_WORDS = 8,
	MAX_NAME_LINE_BYTES = 100,
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
		const struct phrase *p = by_phrase(a, part);
		struct str v = p ? trim_value(after_words(part, p->folded)) : part;
		if (!is_value(v))
			return false;
		if (p)
			store(a, c, p->role, v);
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
	for (size_t i = 0; i < COUNT_OF(phrases); i++) {
		const struct phrase *p = &phrases[i];
		if (p->how != HOW_NAME || !begins(folded, p->folded) ||
		    folded.n <= p->folded.n || folded.p[p->folded.n] != ' ')
			continue;
		struct str name = trim_space(after_words(line, p->folded));
		if (str_cut(name, ',', &rest, &agency) && agency_by_name(agency))
			name = trim_space(rest);
		if (!is_name(name) && !agency_by_name(name))
			continue;
		store(a, c, p->role, name);
		return true;
	}
	return false;
}

/* --- rights, marks, reporters of Korea --- */

static enum credit_kind
read_opening(struct arena *a, struct str line, struct credit *c)
{
	if (line.n > MAX_RIGHTS_BYTES)
		return CREDIT_NONE;
	struct str folded = text_fold_bare(a, utf8_cut(line, 2 * MAX_LABEL_BYTES));
	struct str inner = trim_lead(folded); /* "[ⓒ ..." */
	for (size_t i = 0; i < COUNT_OF(phrases); i++) {
		const struct phrase *p = &phrases[i];
		if (p->how != HOW_OPEN || (!begins(folded, p->folded) && !begins(inner, p->folded)))
			continue;
		/* "c" stands for the sign in a circle, which folding makes a letter */
		if (p->folded.n == 1 && trim_lead(line).n > 0 &&
		    ascii_alpha((unsigned char)trim_lead(line).p[0]))
			continue;
		/* "Copyright law changes ..." is a sentence */
		if (p->role == ROLE_COPYRIGHT && line.n > MAX_VALUE_BYTES)
			continue;
		store(a, c, p->role, p->role == ROLE_USAGE ? trim_label(line) : line);
		return p->role == ROLE_COPYRIGHT ? CREDIT_COPYRIGHT
		    : p->role == ROLE_RIGHTS     ? CREDIT_RIGHTS
		                                 : CREDIT_LABEL;
	}
	return CREDIT_NONE;
}

/* What ends a story, or names its kind, between brackets or dashes; in small letters. */
static const struct mark {
	struct str text;
	bool advertorial;
} marks[] = {
	{STR_INIT("end"), false}, {STR_INIT("ends"), false}, {STR_INIT("more"), false},
	{STR_INIT("0"), false}, {STR_INIT("30"), false}, {STR_INIT("tamat"), false},
	{STR_INIT("habis"), false}, {STR_INIT("ende"), false}, {STR_INIT("fin"), false},
	{STR_INIT("fim"), false}, {STR_INIT("fine"), false}, {STR_INIT("終"), false},
	{STR_INIT("完"), false}, {STR_INIT("끝"), false},
	{STR_INIT("adv"), true}, {STR_INIT("adv/adv"), true}, {STR_INIT("advertorial"), true},
	{STR_INIT("inforial"), true}, {STR_INIT("infotorial"), true}, {STR_INIT("sponsored"), true},
	{STR_INIT("anzeige"), true}, {STR_INIT("publirreportaje"), true},
	{STR_INIT("publireportage"), true}, {STR_INIT("pub"), true},
};

/* "dpa:251122-930-123456/1": an agency's number of the story. */
static bool
is_story_number(struct str s)
{
	struct str agency, number;

	if (!str_cut(s, ':', &agency, &number) || number.n < 4 || !agency_by_name(agency))
		return false;
	for (size_t i = 0; i < number.n; i++)
		if (!ascii_digit((unsigned char)number.p[i]) && number.p[i] != '-' && number.p[i] != '/')
			return false;
	return true;
}

/* A mail address and nothing else. */
static bool
is_mail(struct str s)
{
	size_t sign = str_find_char(s, '@');

	return sign != STR_NONE && sign > 0 && sign + 3 < s.n && str_find_char(s, ' ') == STR_NONE &&
	    str_find_char(str_from(s, sign), '.') != STR_NONE;
}

/* "(acd/acd)", "(adv/adv)", "(*)", "(PTI)", "dpa/lni", "-0-": who handled it, in signs. */
static bool
read_mark(struct str line, struct credit *c)
{
	struct str s = trim_label(line), agency, desk, exchange;

	if (line.n > MAX_MARK_BYTES)
		return false;
	if (s.n == 0 || is_story_number(s) || is_mail(s))
		return true;
	bool brackets = line.p[0] == '(' || line.p[0] == '[';
	for (size_t i = 0; s.n < line.n && i < COUNT_OF(marks); i++) {
		if (!str_eq_nocase(s, marks[i].text))
			continue;
		if (c && marks[i].advertorial)
			c->advertorial = true;
		return true;
	}
	bool dashes = str_starts(line, STR("--")) || str_starts(line, STR("—"));
	if (agency_read(s, &agency, &desk, &exchange) && (brackets || dashes || desk.n > 0))
		return true;
	if (!brackets || str_find_char(s, ' ') != STR_NONE || s.n > 12)
		return false;
	size_t slash = str_find_char(s, '/');
	for (size_t i = 0; i < s.n; i++)
		if (i != slash && (s.p[i] < 'a' || s.p[i] > 'z'))
			return false;
	return slash != STR_NONE;
}

/* "[Gambas:Video 20detik]": where a video stood */
static bool
is_placeholder(struct str line)
{
	return line.n < 80 && line.n > 2 && line.p[0] == '[' && line.p[line.n - 1] == ']' &&
	    str_starts_nocase(line, STR("[gambas:"));
}

/* The next word of *rest, parted by spaces. */
static struct str
next_word(struct str *rest)
{
	size_t at = 0, next = 0;

	*rest = trim_space(*rest);
	while (at < rest->n && !trim_is_space(utf8_next(*rest, &next)))
		at = next;
	struct str word = str_sub(*rest, 0, at);
	*rest = trim_space(str_from(*rest, at));
	return word;
}

/* What the word says its bearer is ("기자"), and the name that is glued before it. */
static bool
korean_kind(struct str word, struct str *name)
{
	static const struct str kinds[] = {
		STR_INIT("선임기자"), STR_INIT("수습기자"), STR_INIT("인턴기자"), STR_INIT("전문기자"),
		STR_INIT("기자"), STR_INIT("특파원"), STR_INIT("통신원"), STR_INIT("제공"),
	};

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (!str_ends(word, kinds[i]))
			continue;
		*name = str_sub(word, 0, word.n - kinds[i].n);
		return true;
	}
	return false;
}

/* Two to four syllables that are no newspaper. */
static bool
is_korean_name(struct str s)
{
	static const struct str papers[] = {
		STR_INIT("신문"), STR_INIT("뉴스"), STR_INIT("일보"), STR_INIT("통신"), STR_INIT("방송"),
		STR_INIT("경제"), STR_INIT("타임스"),
	};

	if (s.n < 6 || s.n > 12)
		return false;
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);
		if (c < 0xAC00 || c > 0xD7A3)
			return false;
	}
	for (size_t i = 0; i < COUNT_OF(papers); i++)
		if (str_ends(s, papers[i]))
			return false;
	return true;
}

/* "홍길순 기자 hong@example.kr", "예시신문 홍길순 김영희 기자", "사진=홍길순 기자". */
static bool
read_korean(struct arena *a, struct str line, struct credit *c)
{
	struct str rest = trim_label(line), names[4], glued = {"", 0};
	enum role role = ROLE_REPORTER;
	size_t n = 0;
	bool found = false;

	while (rest.n > 0 && rest.p[0] == '/')
		rest = trim_lead(str_from(rest, 1));
	if (rest.n > 120)
		return false;
	size_t equals = str_find_char(rest, '=');
	if (equals != STR_NONE && equals < 16) {
		if (str_starts(rest, STR("사진")))
			role = ROLE_PHOTOGRAPHER;
		rest = str_from(rest, equals + 1);
	}
	while (rest.n > 0 && !found && n < COUNT_OF(names)) {
		struct str word = next_word(&rest);
		found = korean_kind(word, &glued);
		word = found ? glued : word;
		if (is_korean_name(word))
			names[n++] = word;
		else if (word.n > 0 && (n > 0 || word.n < 6))
			return false;
	}
	if (!found || n == 0 || (rest.n > 0 && !is_mail(rest)))
		return false;
	for (size_t i = 0; i < n; i++)
		store(a, c, role, names[i]);
	return true;
}

/* --- East Asia without colons: "（记者王小明 摄影李大伟）", "文・山田太郎", "＝山田太郎撮影" --- */

/* The label that an unspaced word begins with; what follows is a name of two to five signs. */
static const struct phrase *
glued_label(struct str word, struct str *name)
{
	const struct phrase *best = NULL;

	for (size_t i = 0; i < COUNT_OF(phrases); i++) {
		const struct phrase *p = &phrases[i];
		size_t at = 0;
		if (p->how != HOW_COLON || p->folded.n < 3 || !begins(word, p->folded) ||
		    !trim_is_unspaced(utf8_next(p->folded, &at)) || (best && best->folded.n >= p->folded.n))
			continue;
		best = p;
	}
	if (best)
		*name = trim_label(str_from(word, best->folded.n));
	return best;
}

static bool
is_han_name(struct str s)
{
	size_t signs = 0;

	for (size_t at = 0; at < s.n; signs++) {
		uint32_t c = utf8_next(s, &at);
		if (c < 0x3400 || c > 0x9FFF)
			return false;
	}
	return signs >= 2 && signs <= 5;
}

static bool
read_han(struct arena *a, struct str line, struct credit *c)
{
	struct str rest = trim_label(line), name;

	if (line.n > MAX_NAME_LINE_BYTES || rest.n == line.n || rest.n == 0)
		return false; /* brackets or a sign tell it from a sentence */
	if (str_ends(rest, STR("撮影")) && is_han_name(str_sub(rest, 0, rest.n - 6))) {
		store(a, c, ROLE_PHOTOGRAPHER, str_sub(rest, 0, rest.n - 6));
		return true;
	}
	while (rest.n > 0) {
		const struct phrase *p = glued_label(next_word(&rest), &name);
		if (p && name.n == 0)
			name = next_word(&rest);
		if (!p || !is_han_name(name))
			return false;
		store(a, c, p->role, name);
	}
	return true;
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
	    read_korean(a, line, c) || read_han(a, line, c))
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
