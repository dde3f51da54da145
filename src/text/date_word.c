#include "text/date_word.h"

#include "base/utf8.h"
#include "text/date_clock.h"
#include "text/date_zone.h"

/* Scripts that are written without spaces: Thai, kana, Han, Hangul (with its units behind). */
static bool
is_unspaced(uint32_t c)
{
	return (c >= 0xE00 && c < 0xE80) || (c >= 0x3040 && c < 0xA000) ||
	       (c >= 0xAC00 && c < 0xD7B0);
}

static size_t
word_length(const struct date_scan *z, size_t ahead)
{
	struct str rest = str_from(z->s, z->at + ahead);
	size_t at = 0;
	bool thai = false;

	while (at < rest.n) {
		size_t next = at;
		uint32_t c = utf8_next(rest, &next);
		/* Thai short forms have a dot inside. */
		bool inside = c == '.' && thai && next < rest.n &&
			      (unsigned char)rest.p[next] >= 0x80;
		if (!date_is_word_byte(rest.p[at]) && !inside)
			break;
		thai = c >= 0xE00 && c < 0xE80;
		at = next;
	}
	return at;
}

const struct date_name *
date_word_name(const struct date_scan *z, size_t ahead, size_t *n)
{
	struct str word = str_sub(z->s, z->at + ahead, word_length(z, ahead));
	size_t at = 0;
	const struct date_name *whole = date_name_find(word);

	*n = word.n;
	if (whole || word.n == 0 || !is_unspaced(utf8_next(word, &at)))
		return whole;
	for (struct str part = utf8_cut(word, DATE_NAME_MAX_BYTES); part.n;
	     part = utf8_cut(part, part.n - 1)) {
		const struct date_name *found = date_name_find(part);
		*n = part.n;
		if (found)
			return found;
	}
	*n = at;
	return NULL;
}

static void
set_month(struct date_parts *p, int month, bool may_be_weekday)
{
	if (p->month != DATE_UNSET && !p->month_may_be_weekday)
		return;
	if (p->month != DATE_UNSET && may_be_weekday)
		return;
	p->month = month;
	p->month_may_be_weekday = may_be_weekday;
}

/* "4. listopada" is Croatian and October, "4 listopada" Polish and November. */
static int
listopada(const struct date_scan *z, size_t at)
{
	while (at > 0 && ascii_space((unsigned char)z->s.p[at - 1]))
		at--;
	return at > 0 && z->s.p[at - 1] == '.' ? 10 : 11;
}

void
date_word_use(struct date_scan *z, const struct date_name *name, size_t at)
{
	struct date_parts *p = &z->p;
	int value = name->value;

	switch (name->kind) {
	case MONTH:
		set_month(p, value, false);
		break;
	case EITHER:
		set_month(p, value % 16, true);
		p->either_weekday = value / 16;
		break;
	case LISTOPADA:
		set_month(p, listopada(z, at), false);
		break;
	case PERSIAN_MONTH:
		p->persian = true;
		set_month(p, value, false);
		break;
	case WEEKDAY:
		p->weekday = value;
		p->thu = str_eq(name->name, STR("thu"));
		break;
	case AFTER_THU:
		if (p->thu)
			p->weekday = value;
		break;
	case ZONE:
	case US_ZONE:
	case EU_ZONE:
		date_zone_name(p, name);
		break;
	case AM:
	case PM:
		p->am = name->kind == AM;
		p->pm = name->kind == PM;
		p->english_half = str_eq(name->name, STR("am")) || str_eq(name->name, STR("pm"));
		break;
	case SA:
		if (p->hour == DATE_UNSET)
			p->weekday = 6;
		else
			p->am = true;
		break;
	case NOON:
		p->noon = true;
		break;
	case EVENING:
		p->evening = true;
		break;
	case FIRST_YEAR:
		if (p->era)
			p->year = p->era + 1;
		break;
	case MONTH_PREFIX:
		p->month_next = true;
		break;
	case ERA:
		p->era = value;
		break;
	case ARABIC_TWO:
		set_month(p, value, false);
		break;
	case ARABIC_SECOND:
		if (p->month != DATE_UNSET)
			p->month = p->month % 12 + 1;
		break;
	default:
		break;
	}
}

/*
 * "a.m.", "p. m.", "μ.μ.", "ق.ظ" and their short forms, behind a time: two letters, each perhaps with
 * a dot behind it.
 */
static bool
take_meridiem(struct date_scan *z)
{
	struct str rest = str_from(z->s, z->at);
	size_t first = 0, second, at;
	char letters[8];

	if (z->p.hour == DATE_UNSET)
		return false;
	(void)utf8_next(rest, &first);
	second = first + (first < rest.n && rest.p[first] == '.');
	second += date_spaces_at(z, second);
	if (second == first || second >= rest.n || !date_is_word_byte(rest.p[second]))
		return false;
	at = second;
	(void)utf8_next(rest, &at);
	if ((at < rest.n && date_is_word_byte(rest.p[at])) || first + at - second > sizeof(letters))
		return false;
	for (size_t i = 0; i < first; i++)
		letters[i] = rest.p[i];
	for (size_t i = second; i < at; i++)
		letters[first + i - second] = rest.p[i];
	const struct date_name *name = date_name_find(str_of(letters, first + at - second));
	if (!name || (name->kind != AM && name->kind != PM))
		return false;
	date_word_use(z, name, z->at);
	z->at += at + (date_peek(z, at) == '.');
	return true;
}

bool
date_word(struct date_scan *z)
{
	size_t n = 0;
	if (date_clock_iso(z) || take_meridiem(z) || date_zone_place(z))
		return true;
	const struct date_name *name = date_word_name(z, 0, &n);
	size_t at = z->at;
	uint32_t c = utf8_next(z->s, &at);
	if (n == 1 && z->p.hour != DATE_UNSET)
		date_zone_military(z);
	z->p.thai = z->p.thai || (c >= 0xE00 && c < 0xE80);
	z->at += n;
	if (name) {
		date_word_use(z, name, z->at - n);
		date_zone_behind(z, name);
	}
	return name || n == 1;
}
