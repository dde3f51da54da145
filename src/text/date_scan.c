#include "text/date_scan.h"

#include "text/date_number.h"
#include "text/date_word.h"
#include "text/date_zone.h"

/* "30 Nov -0001", as programs write a date that was never set. */
static bool
is_year_before_christ(const struct date_scan *z)
{
	return date_peek(z, 0) == '-' && date_digits_at(z, 1) == 4 && z->p.year == DATE_UNSET && z->at > 0 &&
	    ascii_space((unsigned char)z->s.p[z->at - 1]);
}

/* In brackets: a zone, a place of one, or a weekday.  Nothing else in there counts. */
static void
skip_bracket(struct date_scan *z)
{
	char closing = date_peek(z, 0) == '(' ? ')' : ']';
	struct str rest = str_from(z->s, z->at + 1);
	size_t end = str_find_char(rest, closing), after;
	const struct date_name *name = date_name_find(str_trim(str_sub(rest, 0, end)));

	after = end == STR_NONE ? z->s.n : z->at + 1 + end + 1;
	z->at += 1 + date_spaces_at(z, 1);
	if (name) {
		bool zone = name->kind == ZONE || name->kind == US_ZONE;
		if (zone || name->kind == WEEKDAY)
			date_word_use(z, name, z->at);
	} else if (!z->p.has_zone && !date_zone_place(z)) {
		/* (GMT+7), (+07:00) */
		const struct date_name *zone = date_word_name(z, 0, &end);
		if (!zone || zone->kind == ZONE)
			z->at += zone ? end : 0;
		if (date_zone_is_offset(z))
			date_zone_offset(z);
	}
	z->at = after;
}

void
date_scan_all(struct date_scan *z)
{
	struct date_parts *p = &z->p;

	while (z->at < z->s.n && !p->bad && p->unknown <= DATE_MAX_UNKNOWN_WORDS) {
		char c = date_peek(z, 0);
		size_t before = z->at;
		if (ascii_digit((unsigned char)c)) {
			/* After a whole date with time, a number belongs to something else. */
			if (z->stops && date_parts_whole(p) && p->hour != DATE_UNSET)
				return;
			date_number(z);
			if (p->bad && z->stops)
				z->at = before;
		} else if (date_zone_is_offset(z)) {
			date_zone_offset(z);
		} else if (is_year_before_christ(z)) {
			p->bad = true;
		} else if (date_is_word_byte(c)) {
			if (!date_word(z)) {
				p->unknown++;
				if (z->stops)
					return;
			}
		} else if ((c == '(' || c == '[') && p->year != DATE_UNSET) {
			skip_bracket(z);
		} else if (z->stops && (c == '|' || c == '\n' || c == ';')) {
			if (date_parts_whole(p))
				return;
			z->at++;
		} else {
			z->at++;
		}
	}
}

struct date_scan
date_scan_begin(struct str s)
{
	struct date_scan z = {.s = s};
	z.p = (struct date_parts){.year = DATE_UNSET,
	    .month = DATE_UNSET,
	    .day = DATE_UNSET,
	    .ordinal = DATE_UNSET,
	    .hour = DATE_UNSET,
	    .minute = DATE_UNSET,
	    .second = DATE_UNSET,
	    .weekday = DATE_UNSET};
	return z;
}
