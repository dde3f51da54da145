#include "story/dateline_part.h"

#include "base/utf8.h"
#include "story/agency.h"
#include "story/dateline_place.h"
#include "story/trim.h"
#include "text/date_name.h"

enum {
	MAX_AGENCY_BYTES = 48,
	MAX_AGENCY_WORDS = 5,
};

/* Before an agency: whose words they are. */
static const struct str titles[] = {
	STR_INIT("Корр."), STR_INIT("корр."), STR_INIT("Кор."), STR_INIT("кор."),
};

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
		struct str w = trim_word(&s);
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

	s = trim_space(s);
	for (size_t i = 0; i < COUNT_OF(titles); i++)
		if (str_starts(s, titles[i]))
			s = trim_space(str_from(s, titles[i].n));
	if (s.n < 2 || s.n > MAX_AGENCY_BYTES)
		return false;
	bool known = agency_read(s, &agency, &desk, &exchange) != NULL;
	if (!known) {
		if (dateline_is_date(s) || !dateline_is_name(s, MAX_AGENCY_WORDS))
			return false;
		agency = s;
		desk = (struct str){"", 0};
	}
	d->agency = agency;
	d->desk = desk;
	return true;
}
