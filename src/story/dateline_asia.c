#include "story/dateline_asia.h"

#include "base/utf8.h"
#include "story/agency.h"
#include "story/dateline_part.h"
#include "story/dateline_place.h"
#include "story/dateline_sign.h"
#include "story/trim.h"

/* "NAME 기자", "NAME 특파원 =": the name, when what follows is a reporter and an equals sign. */
static size_t
korean_reporter(struct str s, struct str *name)
{
	size_t equals = str_find_char(s, '=');

	if (equals == STR_NONE || equals > 80)
		return 0;
	struct str credit = trim_space(str_sub(s, 0, equals));
	*name = trim_word(&credit);
	if (!str_ends(trim_space(credit), STR("기자")) && !str_ends(trim_space(credit), STR("원")))
		*name = (struct str){"", 0};
	struct str rest = trim_space(str_from(s, equals + 1));
	return (size_t)(rest.p - s.p);
}

bool
dateline_korean(struct str s, struct dateline *d)
{
	size_t after, equals;

	if (s.n == 0 || (s.p[0] != '(' && s.p[0] != '['))
		return false;
	size_t end = dateline_find_sign(s, 1, s.p[0] == '(' ? ')' : ']', &after);
	if (end == STR_NONE)
		return false;
	struct str inside = str_sub(s, 1, end - 1);
	equals = str_find_char(inside, '=');
	if (equals == STR_NONE || !dateline_read_agency(str_from(inside, equals + 1), d))
		return false;
	d->place = trim_space(str_sub(inside, 0, equals));
	if (d->place.n == 0 || d->place.n > DATELINE_PLACE_BYTES)
		return false;
	d->lead = after + korean_reporter(str_from(s, after), &d->reporter);
	return true;
}

/* The longest known agency that s ends with and that is written in an unspaced script. */
static struct str
agency_at_end(struct str s)
{
	for (size_t at = 0; at < s.n;) {
		struct str tail = str_from(s, at);
		size_t next = at;
		uint32_t c = utf8_next(s, &next);
		if ((trim_is_unspaced(c) || (c >= 0xAC00 && c <= 0xD7A3)) && agency_by_name(tail))
			return tail;
		at = next;
	}
	return (struct str){"", 0};
}

bool
dateline_japanese(struct str s, struct dateline *d)
{
	size_t at = 0, after;

	if (utf8_next(s, &at) != 0x3010)
		return false;
	size_t end = dateline_find_sign(s, at, 0x3011, &after);
	if (end == STR_NONE || end > DATELINE_MAX_BYTES / 4)
		return false;
	struct str inside = trim_space(str_sub(s, at, end - at));
	d->agency = agency_at_end(inside);
	d->place = trim_space(str_sub(inside, 0, inside.n - d->agency.n));
	if (d->agency.n == 0 || d->place.n == 0)
		return false;
	struct str rest = trim_space(str_from(s, after));
	d->lead = (size_t)(rest.p - s.p);
	return true;
}

bool
dateline_in_brackets(struct str s, struct dateline *d)
{
	size_t at = 0, after;
	uint32_t close = dateline_partner(utf8_next(s, &at));
	size_t end = close && close != '/' ? dateline_find_sign(s, at, close, &after) : STR_NONE;

	if (end == STR_NONE || end > DATELINE_MAX_BYTES / 4)
		return false;
	struct str rest = trim_space(str_sub(s, at, end - at)), word;
	while ((word = trim_word(&rest)).n > 0) {
		if (trim_space(rest).n == 0)
			d->agency = word;
		else if (dateline_is_date(word) && d->date.n == 0)
			d->date = word;
		else if (dateline_is_place(word) && d->place.n == 0)
			d->place = word;
		else
			return false;
	}
	bool dash;
	d->lead = after + dateline_separator(str_from(s, after), &dash);
	return (d->place.n > 0 || d->date.n > 0) && agency_by_name(d->agency);
}

static struct str
without_digits(struct str s)
{
	size_t i = 0;

	while (i < s.n && !ascii_digit((unsigned char)s.p[i]))
		i++;
	return str_sub(s, 0, i);
}

/* What follows 电: "（记者NAME）" and spaces. */
static size_t
chinese_reporter(struct str s, struct str *name)
{
	size_t at = 0, after;
	uint32_t open = utf8_next(s, &at);

	if (open != 0xFF08 && open != '(')
		return 0;
	size_t end = dateline_find_sign(s, at, open == '(' ? ')' : 0xFF09, &after);
	if (end == STR_NONE || end > 120)
		return 0;
	struct str inside = trim_space(str_sub(s, at, end - at));
	if (!str_starts(inside, STR("记者")) && !str_starts(inside, STR("記者")))
		return 0;
	*name = trim_space(str_from(inside, 6));
	return after;
}

/* "agency place 11月22日电（记者NAME）" */
static bool
chinese_wire(struct str s, struct str agency, struct dateline *d)
{
	struct str rest = str_from(s, agency.n);
	size_t sign = str_find(str_sub(rest, 0, 90), STR("电"));

	if (sign == STR_NONE)
		sign = str_find(str_sub(rest, 0, 90), STR("電"));
	if (sign == STR_NONE || sign == 0)
		return false;
	struct str middle = str_sub(rest, 0, sign);
	d->place = trim_space(without_digits(middle));
	if (d->place.n == middle.n || d->place.n > DATELINE_PLACE_BYTES)
		return false; /* no date: the sign was part of a word */
	d->agency = agency;
	d->date = str_from(middle, without_digits(middle).n);
	d->lead = agency.n + sign + 3;
	d->lead += chinese_reporter(str_from(s, d->lead), &d->reporter);
	struct str lead = trim_space(str_from(s, d->lead));
	d->lead = (size_t)(lead.p - s.p);
	return true;
}

/* （中央社記者NAME台北1日電）: three signs are a name, the rest up to the date is the place. */
static bool
taiwan_wire(struct str s, struct dateline *d)
{
	static const struct str opening = STR_INIT("（中央社");
	size_t after, at = opening.n;

	if (!str_starts(s, opening))
		return false;
	size_t end = dateline_find_sign(s, at, 0xFF09, &after);
	if (end == STR_NONE)
		return false;
	struct str inside = str_sub(s, at, end - at);
	d->agency = STR("中央社");
	if (str_starts(inside, STR("記者"))) {
		d->reporter = utf8_cut(str_from(inside, 6), 9);
		inside = str_from(inside, 6 + d->reporter.n);
		if (str_starts(inside, STR("／")))
			inside = str_from(inside, 3);
	}
	d->place = without_digits(inside);
	struct str date = str_from(inside, d->place.n);
	size_t day = str_find(date, STR("日"));
	if (day == STR_NONE || str_find(str_from(date, day), STR("電")) == STR_NONE)
		return false;
	d->date = str_sub(date, 0, day + 3);
	d->lead = after;
	return d->place.n > 0 && d->date.n > 0;
}

bool
dateline_chinese(struct str s, struct dateline *d)
{
	size_t at = 0;

	if (taiwan_wire(s, d))
		return true;
	*d = (struct dateline){0};
	bool found = false;
	/* agencies in Han have two to six signs; the longest name is meant */
	for (int signs = 1; signs <= 6 && at < s.n; signs++) {
		if (!trim_is_unspaced(utf8_next(s, &at)))
			break;
		if (signs < 2 || !agency_by_name(str_sub(s, 0, at)))
			continue;
		struct dateline try = {0};
		if (chinese_wire(s, str_sub(s, 0, at), &try)) {
			*d = try;
			found = true;
		}
	}
	return found;
}
