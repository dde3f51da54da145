#include "story/dateline_list.h"

#include "base/utf8.h"
#include "story/agency.h"
#include "story/dateline_part.h"
#include "story/dateline_place.h"
#include "story/trim.h"

enum {
	MAX_PARTS = 6, /* an agency, two places and a date that has a comma in it; more is a sentence */
};

/* "Mumbai (Maharashtra) [India]": the place alone. */
static struct str
before_bracket(struct str s)
{
	size_t at = 0;

	while (at < s.n && s.p[at] != '(' && s.p[at] != '[')
		at++;
	return at > 0 ? trim_space(str_sub(s, 0, at)) : s;
}

static void
set_date(struct dateline *d, struct str part)
{
	if (d->date.n == 0)
		d->date = part;
	else if (part.p > d->date.p) /* "Nov 22, 2025": one date in two parts */
		d->date = str_of(d->date.p, (size_t)(part.p - d->date.p) + part.n);
}

/* A number alone is a score, or a year. */
static bool
names_month(struct str date)
{
	for (size_t i = 0; i < date.n; i++)
		if ((unsigned char)date.p[i] >= 0x80 || ascii_alpha((unsigned char)date.p[i]))
			return true;
	return false;
}

/* "Praha 22. listopadu": a place and a date that no sign parts. */
static bool
take_place_and_date(struct str part, struct dateline *d)
{
	struct str rest = part;

	while (rest.n > 0) {
		struct str before = trim_space(str_sub(part, 0, (size_t)(rest.p - part.p)));
		struct str after = trim_space(rest);
		if (before.n > 0 && names_month(after) && dateline_is_date(after) &&
		    dateline_is_place(before) && d->place.n == 0) {
			d->place = before;
			set_date(d, after);
			return true;
		}
		trim_word(&rest);
	}
	return false;
}

static bool
take_part(struct str part, struct dateline *d)
{
	part = trim_space(part);
	if (part.n > 0 && part.p[part.n - 1] == '.' && !dateline_is_date(part))
		part.n--;
	if (part.n == 0)
		return true;
	if (dateline_is_date(part)) {
		set_date(d, part);
		return true;
	}
	struct str name = before_bracket(part);
	if (d->place.n == 0 && dateline_is_place(name)) {
		d->place = name;
		return true;
	}
	if (d->region.n == 0 && d->date.n == 0 && dateline_is_place(name)) {
		d->region = name;
		return true;
	}
	return take_place_and_date(part, d);
}

/* Does a full stop here part a place, a date and an agency ("Москва. 22 ноября. ТАСС")? */
static bool
stop_parts(struct str before, struct str after)
{
	struct str next = after;

	if (before.n <= 3 || after.n == 0 || !trim_is_space((unsigned char)after.p[0]))
		return false;
	if (dateline_is_date(before)) {
		struct str word = trim_word(&next);
		return !str_has_digit(before) || !dateline_is_date(word);
	}
	return !str_has_digit(before) &&
	    (dateline_is_date(after) || agency_by_name(after) != NULL ||
	    str_has_digit(trim_word(&next)));
}

/* The end of the next part: a comma, or such a full stop. */
static size_t
part_end(struct str s, size_t *sign_bytes)
{
	size_t at = 0, next = 0;

	for (; at < s.n; at = next) {
		uint32_t c = utf8_next(s, &next);
		*sign_bytes = next - at;
		if (c == ',' || c == 0x60C || c == 0x3001 || c == 0xFF0C)
			return at;
		if (c == '.' && stop_parts(str_sub(s, 0, at), str_from(s, next)))
			return at;
	}
	*sign_bytes = 0;
	return s.n;
}

bool
dateline_read_list(struct str s, struct dateline *d)
{
	size_t parts = 0, sign;

	s = trim_space(s);
	while (s.n > 0) {
		size_t end = part_end(s, &sign);
		struct str part = str_sub(s, 0, end);
		if (++parts > MAX_PARTS)
			return false;
		s = trim_space(str_from(s, end + sign));
		if (d->agency.n == 0 && (dateline_is_site(part) || agency_by_name(part)))
			d->agency = trim_space(part);
		else if (!take_part(part, d))
			return false;
	}
	return true;
}
