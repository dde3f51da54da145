#include "story/dateline_part.h"

#include "base/utf8.h"
#include "story/agency.h"
#include "story/trim.h"

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

/* Months, as the first letters that tell them; lower case, without their full stop. */
static const struct str months[] = {
	STR_INIT("jan"), STR_INIT("feb"), STR_INIT("mar"), STR_INIT("apr"), STR_INIT("may"),
	STR_INIT("jun"), STR_INIT("jul"), STR_INIT("aug"), STR_INIT("sep"), STR_INIT("oct"),
	STR_INIT("nov"), STR_INIT("dec"), STR_INIT("mei"), STR_INIT("agu"), STR_INIT("agt"),
	STR_INIT("okt"), STR_INIT("des"), STR_INIT("dez"), STR_INIT("mai"), STR_INIT("ago"),
	STR_INIT("ene"), STR_INIT("abr"), STR_INIT("dic"), STR_INIT("fév"), STR_INIT("fev"),
	STR_INIT("avr"), STR_INIT("aoû"), STR_INIT("déc"), STR_INIT("gen"), STR_INIT("mag"),
	STR_INIT("giu"), STR_INIT("lug"), STR_INIT("set"), STR_INIT("ott"), STR_INIT("jui"),
	STR_INIT("mär"), STR_INIT("out"), STR_INIT("янв"), STR_INIT("фев"), STR_INIT("мар"),
	STR_INIT("апр"), STR_INIT("мая"), STR_INIT("май"), STR_INIT("июн"), STR_INIT("июл"),
	STR_INIT("авг"), STR_INIT("сен"), STR_INIT("окт"), STR_INIT("ноя"), STR_INIT("дек"),
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
	char low[16];
	size_t n = word.n < sizeof(low) ? word.n : sizeof(low);

	for (size_t i = 0; i < n; i++)
		low[i] = ascii_lower(word.p[i]);
	for (size_t i = 0; i < COUNT_OF(months); i++)
		if (str_starts(str_of(low, n), months[i]))
			return true;
	return false;
}

bool
dateline_is_date(struct str s)
{
	size_t words = 0;

	s = trim_space(s);
	if (s.n == 0 || s.n > DATELINE_DATE_BYTES || !str_has_digit(s))
		return false;
	while (s.n > 0) {
		struct str w = dateline_word(&s);
		bool numbers = str_has_digit(w) && !ascii_alpha((unsigned char)w.p[w.n - 1]);
		if (w.n == 0)
			break;
		if (!numbers && !is_month(w) && !str_eq(w, STR("de")))
			return words > 0 && str_has_digit(w);
		words++;
	}
	return words > 0 && words <= 5;
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
