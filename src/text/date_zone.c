#include "text/date_zone.h"

enum { MAX_OFFSET_MIN = 15 * 60 }; /* no place on earth is further from UTC */

void
date_zone_offset(struct date_scan *z)
{
	int sign = date_peek(z, 0) == '-' ? -1 : 1, hours, minutes = 0;
	if (date_digit_at(z, 0))
		z->at--;
	size_t gap = date_spaces_at(z, 1), n = date_digits_at(z, 1 + gap), at = 1 + gap + n;

	if (n > 2)
		minutes = date_small_at(z, at - 2, 2);
	hours = date_small_at(z, 1 + gap, n > 2 ? n - 2 : n);
	if (n <= 2 && date_peek(z, at) == ':' && date_digits_at(z, at + 1) >= 1) {
		size_t n_minutes = date_digits_at(z, at + 1);
		minutes = date_small_at(z, at + 1, n_minutes);
		at += 1 + n_minutes;
		if (date_peek(z, at) == ':' && date_digits_at(z, at + 1) == 2)
			at += 3;
	}
	z->at += at;
	int offset = sign * (hours * 60 + minutes);
	if (n > 4 || minutes > 59 || offset < -MAX_OFFSET_MIN || offset > MAX_OFFSET_MIN)
		return;
	z->p.offset_min = offset;
	z->p.has_zone = true;
	z->p.zone_is_name = false;
	z->p.us_zone = z->p.eu_zone = false;
}

bool
date_zone_is_offset(const struct date_scan *z)
{
	const struct date_parts *p = &z->p;
	char sign = date_peek(z, 0);
	if (p->hour == DATE_UNSET || (sign != '+' && sign != '-'))
		return false;
	if (p->has_zone && !p->zone_is_name)
		return false;
	if (date_digit_at(z, 1))
		return true;
	/* "19:48:21 + 0700" */
	size_t gap = date_spaces_at(z, 1);
	return gap == 1 && date_digits_at(z, 2) == 4 && date_parts_whole(p);
}

void
date_zone_name(struct date_parts *p, const struct date_name *name)
{
	/* CST is China's zone too, IST Israel's: an offset in numbers wins. */
	if (p->hour == DATE_UNSET || p->has_zone)
		return;
	p->offset_min = name->value;
	p->has_zone = true;
	p->zone_is_name = true;
	p->us_zone = name->kind == US_ZONE;
	p->eu_zone = name->kind == EU_ZONE;
}

static bool
is_place_byte(char c)
{
	return ascii_alpha((unsigned char)c) || c == '_' || c == '/';
}

bool
date_zone_place(struct date_scan *z)
{
	size_t n = 0, slash = 0;
	while (is_place_byte(date_peek(z, n))) {
		slash = date_peek(z, n) == '/' ? n : slash;
		n++;
	}
	if (slash == 0 || n - slash < 3 || !date_parts_whole(&z->p))
		return false;
	const struct date_name *name = date_name_find(str_sub(z->s, z->at + slash, n - slash));
	if (!name)
		return false;
	bool etc = str_starts(str_from(z->s, z->at), STR("etc/"));
	char sign = date_peek(z, n);
	date_zone_name(&z->p, name);
	z->at += n;
	if (etc && (sign == '+' || sign == '-') && date_digit_at(z, 1)) {
		date_zone_offset(z);
		z->p.offset_min = -z->p.offset_min;
	}
	return true;
}

/* "UTC8" */
static bool
is_bare_offset(const struct date_scan *z, const struct date_name *name)
{
	size_t n = date_digits_at(z, 0);
	return z->p.hour != DATE_UNSET && n >= 1 && n <= 2 && !date_is_word_byte(date_peek(z, n)) &&
	    (str_eq(name->name, STR("utc")) || str_eq(name->name, STR("gmt")));
}

void
date_zone_behind(struct date_scan *z, const struct date_name *name)
{
	if (is_bare_offset(z, name))
		date_zone_offset(z);
}

void
date_zone_military(struct date_scan *z)
{
	size_t at = z->at;
	struct date_parts *p = &z->p;

	if (at + 1 != z->s.n || at < 7 || !ascii_alpha((unsigned char)z->s.p[at]) || p->has_zone)
		return;
	if (z->s.p[at - 1] != ' ' || z->s.p[at - 4] != ':' || z->s.p[at - 7] != ':')
		return;
	p->has_zone = p->zone_is_name = true;
	p->offset_min = 0;
}
