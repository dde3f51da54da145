#include "story/credit_mark.h"

#include "base/utf8.h"
#include "story/agency.h"
#include "story/trim.h"

enum {
	MAX_MARK_BYTES = 40,
};

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

bool
credit_mark_is_mail(struct str s)
{
	size_t sign = str_find_char(s, '@');

	return sign != STR_NONE && sign > 0 && sign + 3 < s.n && str_find_char(s, ' ') == STR_NONE &&
	    str_find_char(str_from(s, sign), '.') != STR_NONE;
}

bool
credit_mark_read(struct str line, struct credit *c)
{
	struct str s = trim_label(line), agency, desk, exchange;
	size_t next = 0;

	if (line.n > MAX_MARK_BYTES)
		return false;
	if (s.n == 0 || is_story_number(s) || credit_mark_is_mail(s))
		return true;
	bool brackets = line.p[0] == '(' || line.p[0] == '[';
	for (size_t i = 0; s.n < line.n && i < COUNT_OF(marks); i++) {
		if (!str_eq_nocase(s, marks[i].text))
			continue;
		if (c && marks[i].advertorial)
			c->advertorial = true;
		return true;
	}
	bool dashes = trim_is_dash(utf8_next(line, &next));
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

bool
credit_mark_is_placeholder(struct str line)
{
	return line.n < 80 && line.n > 2 && line.p[0] == '[' && line.p[line.n - 1] == ']' &&
	    str_starts_nocase(line, STR("[gambas:"));
}
