#include "story/dateline_part.h"

#include "base/utf8.h"
#include "story/agency.h"
#include "story/trim.h"
#include "text/date_name.h"

enum {
	MAX_PLACE_WORDS = 5,
	MAX_AGENCY_BYTES = 48,
	MAX_AGENCY_WORDS = 5,
};

/* Words inside the name of a place that begin in lower case. */
static const struct str particles[] = {
	STR_INIT("de"), STR_INIT("del"), STR_INIT("della"), STR_INIT("di"), STR_INIT("do"),
	STR_INIT("da"), STR_INIT("dos"), STR_INIT("das"), STR_INIT("du"), STR_INIT("des"),
	STR_INIT("la"), STR_INIT("le"), STR_INIT("les"), STR_INIT("el"), STR_INIT("al"),
	STR_INIT("am"), STR_INIT("an"), STR_INIT("der"), STR_INIT("im"), STR_INIT("in"),
	STR_INIT("bei"), STR_INIT("ob"), STR_INIT("near"), STR_INIT("and"), STR_INIT("of"),
	STR_INIT("the"), STR_INIT("und"), STR_INIT("et"), STR_INIT("sur"), STR_INIT("sous"),
	STR_INIT("en"), STR_INIT("y"), STR_INIT("e"), STR_INIT("dan"), STR_INIT("vor"),
	STR_INIT("nad"), STR_INIT("pod"), STR_INIT("na"),
};

/* Before an agency: whose words they are. */
static const struct str titles[] = {
	STR_INIT("Корр."), STR_INIT("корр."), STR_INIT("Кор."), STR_INIT("кор."),
};

struct str
dateline_word(struct str *rest)
{
	*rest = trim_space(*rest);
	size_t at = 0, next = 0;
	while (at < rest->n && !trim_is_space(utf8_next(*rest, &next)))
		at = next;
	struct str word = str_sub(*rest, 0, at);
	*rest = str_from(*rest, at);
	return word;
}

static bool
is_month(struct str word)
{
	char folded[2 * DATELINE_DATE_BYTES];

	if (word.n > DATELINE_DATE_BYTES)
		return false;
	struct str w = date_fold(word, folded);
	while (w.n > 0 && (w.p[w.n - 1] == '.' || w.p[w.n - 1] == ','))
		w.n--;
	const struct date_name *name = date_name_find(w);
	return name && (name->kind == MONTH || name->kind == EITHER || name->kind == LISTOPADA ||
	    name->kind == ARABIC_TWO || name->kind == ARABIC_SECOND || name->kind == PERSIAN_MONTH);
}

/* "22", "22.", "22/11", "2025", "1日": digits and what joins them; no time of day. */
static bool
is_number(struct str word)
{
	char folded[2 * DATELINE_DATE_BYTES];

	if (word.n > DATELINE_DATE_BYTES)
		return false;
	struct str w = date_fold(word, folded);
	if (!str_has_digit(w) || str_find_char(w, ':') != STR_NONE)
		return false;
	return !ascii_alpha((unsigned char)w.p[w.n - 1]);
}

bool
dateline_is_date(struct str s)
{
	size_t words = 0, numbers = 0;

	s = trim_space(s);
	if (s.n == 0 || s.n > DATELINE_DATE_BYTES)
		return false;
	while (s.n > 0) {
		struct str w = dateline_word(&s);
		if (w.n == 0)
			break;
		numbers += is_number(w);
		if (!is_number(w) && !is_month(w) && !str_eq(w, STR("de")))
			return words > 0 && str_has_digit(w); /* 22nd */
		words++;
	}
	return numbers > 0 && words <= 5;
}

bool
dateline_begins_big(struct str word)
{
	size_t at = 0;
	uint32_t c = utf8_next(word, &at);

	if (c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x2BB)
		c = utf8_next(word, &at); /* ‘AMRAN */
	if (c < 0x80)
		return c >= 'A' && c <= 'Z';
	return !trim_is_lower(c) && !trim_is_dash(c) && !trim_is_space(c) &&
	    !trim_is_lead(c) && !trim_is_close(c) && (c < 0x2000 || c > 0x206F);
}

static bool
has_forbidden(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '"' || c == '?' || c == '!' || c == ':' || c == ';' || c == '<' ||
		    c == '(' || c == ')' || c == '=' || c == '%' || c == '@' || c == '\n' ||
		    c == '&' || c == '+' || c == '*')
			return true;
	}
	return false;
}

bool
dateline_is_place(struct str s)
{
	size_t words = 0;

	s = trim_space(s);
	if (s.n < 2 || s.n > DATELINE_PLACE_BYTES || str_has_digit(s) || has_forbidden(s))
		return false;
	struct str first = s;
	if (!dateline_begins_big(dateline_word(&first)))
		return false;
	while (s.n > 0) {
		struct str w = dateline_word(&s);
		if (w.n == 0)
			break;
		if (++words > MAX_PLACE_WORDS)
			return false;
		if (!dateline_begins_big(w) && !str_in(w, particles, COUNT_OF(particles)))
			return false;
	}
	return true;
}

bool
dateline_is_caps(struct str s)
{
	size_t at = 0, letters = 0;

	while (at < s.n) {
		uint32_t c = utf8_next(s, &at);
		if (trim_is_lower(c))
			return false;
		letters += c >= 'A' && c != 0xA0 && (c < 0x2000 || c > 0x206F);
	}
	return letters >= 3;
}

bool
dateline_is_site(struct str s)
{
	s = trim_space(s);
	size_t dot = str_find_last_char(s, '.');
	if (dot == STR_NONE || dot < 2 || s.n - dot < 3 || s.n - dot > 5 || s.n > 40)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c >= 0x80)
			continue; /* ИНТЕРФАКС.РУ */
		if (i > dot ? !ascii_alpha(c) : !ascii_alnum(c) && c != '.' && c != '-')
			return false;
	}
	return true;
}

bool
dateline_read_agency(struct str s, struct dateline *d)
{
	struct str agency, desk, exchange;
	size_t words = 0;

	s = trim_space(s);
	for (size_t i = 0; i < COUNT_OF(titles); i++)
		if (str_starts(s, titles[i]))
			s = trim_space(str_from(s, titles[i].n));
	if (s.n < 2 || s.n > MAX_AGENCY_BYTES)
		return false;
	bool known = agency_read(s, &agency, &desk, &exchange) != NULL;
	if (!known) {
		if (has_forbidden(s) || dateline_is_date(s))
			return false;
		for (struct str rest = s; rest.n > 0;) {
			struct str w = dateline_word(&rest);
			if (w.n > 0 && (++words > MAX_AGENCY_WORDS ||
			    (!dateline_begins_big(w) && !str_in(w, particles, COUNT_OF(particles)))))
				return false;
		}
		agency = s;
		desk = (struct str){"", 0};
	}
	d->agency = agency;
	d->desk = desk;
	return true;
}
