#include "story/credit_asia.h"

#include "base/utf8.h"
#include "story/credit_mark.h"
#include "story/credit_phrase.h"
#include "story/trim.h"

enum {
	MAX_LINE_BYTES = 120, /* a few names and an address */
};

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

bool
credit_read_korean(struct arena *a, struct str line, struct credit *c)
{
	struct str rest = trim_label(line), names[4], glued = {"", 0};
	enum credit_role role = CREDIT_ROLE_REPORTER;
	size_t n = 0;
	bool found = false;

	while (rest.n > 0 && rest.p[0] == '/')
		rest = trim_lead(str_from(rest, 1));
	if (rest.n > MAX_LINE_BYTES)
		return false;
	size_t equals = str_find_char(rest, '=');
	if (equals != STR_NONE && equals < 16) {
		if (str_starts(rest, STR("사진")))
			role = CREDIT_ROLE_PHOTOGRAPHER;
		rest = str_from(rest, equals + 1);
	}
	while (rest.n > 0 && !found && n < COUNT_OF(names)) {
		struct str word = trim_word(&rest);
		found = korean_kind(word, &glued);
		word = found ? glued : word;
		if (is_korean_name(word))
			names[n++] = word;
		else if (word.n > 0 && (n > 0 || word.n < 6))
			return false;
	}
	if (!found || n == 0 || (rest.n > 0 && !credit_mark_is_mail(rest)))
		return false;
	for (size_t i = 0; i < n; i++)
		credit_put(a, c, role, names[i]);
	return true;
}

/* The label that an unspaced word begins with; what follows is a name of two to five signs. */
static const struct credit_phrase *
glued_label(struct str word, struct str *name)
{
	const struct credit_phrase *best = NULL;
	struct credit_phrases rows = credit_phrases_like(CREDIT_HOW_COLON, word);
	size_t at = 0;

	if (!trim_is_unspaced(utf8_next(word, &at)))
		return NULL;
	for (size_t i = 0; i < rows.n; i++) /* the longer one comes later */
		if (str_starts(word, rows.v[i].folded))
			best = &rows.v[i];
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

bool
credit_read_han(struct arena *a, struct str line, struct credit *c)
{
	struct str rest = trim_label(line), name;

	if (line.n > MAX_LINE_BYTES || rest.n == line.n || rest.n == 0)
		return false; /* brackets or a sign tell it from a sentence */
	if (str_ends(rest, STR("撮影")) && is_han_name(str_sub(rest, 0, rest.n - 6))) {
		credit_put(a, c, CREDIT_ROLE_PHOTOGRAPHER, str_sub(rest, 0, rest.n - 6));
		return true;
	}
	while (rest.n > 0) {
		const struct credit_phrase *p = glued_label(trim_word(&rest), &name);
		if (p && name.n == 0)
			name = trim_word(&rest);
		if (!p || !is_han_name(name))
			return false;
		credit_put(a, c, p->role, name);
	}
	return true;
}
