/*
 * Each house style is one function that either takes the dateline from the beginning of the
 * block or leaves it; they are tried from the most to the least certain.  All look at the first
 * DATELINE_MAX_BYTES only and pass over them a fixed number of times.
 */
#include "story/dateline.h"

#include "base/utf8.h"
#include "story/agency.h"
#include "story/dateline_part.h"
#include "story/dateline_place.h"
#include "story/trim.h"

enum {
	/* A place before a colon may be any label: only a long word, before a whole sentence. */
	MIN_COLON_PLACE_BYTES = 6,
	MIN_COLON_BLOCK_BYTES = 60,
};

/* --- separators --- */

/*
 * The separator at the front of s, with the spaces around it.  Returns the bytes it takes, 0 for
 * none.  *dash: a dash is in it, and not just a full stop or nothing but a colon.
 */
static size_t
separator(struct str s, bool *dash)
{
	size_t at = 0, next = 0, taken = 0;

	*dash = false;
	while (at < s.n) {
		uint32_t c = utf8_next(s, &next);
		bool sign = trim_is_dash(c) || c == ':' || c == '=' || c == 0xFF1D || c == 0xFF1A;
		if (sign)
			*dash = *dash || c != ':';
		if (!sign && c != '.' && !trim_is_space(c))
			break;
		at = next;
		if (sign || c == '.')
			taken = at;
	}
	return taken > 0 ? at : 0;
}

/* The first dash that stands apart (" - ", " -- ", "— "); its offset, or STR_NONE. */
static size_t
standing_dash(struct str s)
{
	bool space = false;
	size_t at = 0, next = 0;

	for (; at < s.n; at = next) {
		uint32_t c = utf8_next(s, &next);
		if (trim_is_dash(c) && c != 0x2010 && c != 0x2011) {
			size_t after = next;
			uint32_t d = utf8_next(s, &after);
			if ((space || c == 0x2014 || c == 0x2013) && (trim_is_space(d) || trim_is_dash(d)))
				return at;
		}
		space = trim_is_space(c);
	}
	return STR_NONE;
}

/* --- what stands before the agency: place, region, date, parted by commas --- */

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
		dateline_word(&rest);
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
		struct str word = dateline_word(&next);
		return !str_has_digit(before) || !dateline_is_date(word);
	}
	return !str_has_digit(before) &&
	    (dateline_is_date(after) || agency_by_name(after) != NULL ||
	    str_has_digit(dateline_word(&next)));
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

static bool
take_parts(struct str s, struct dateline *d)
{
	size_t parts = 0, sign;

	s = trim_space(s);
	while (s.n > 0) {
		size_t end = part_end(s, &sign);
		struct str part = str_sub(s, 0, end);
		if (++parts > 6)
			return false;
		s = trim_space(str_from(s, end + sign));
		if (d->agency.n == 0 && (dateline_is_site(part) || agency_by_name(part)))
			d->agency = trim_space(part);
		else if (!take_part(part, d))
			return false;
	}
	return true;
}

/* --- the house styles --- */

/* The closing partner of an opening sign, or 0. */
static uint32_t
partner(uint32_t c)
{
	switch (c) {
	case '(': return ')';
	case '[': return ']';
	case '/': return '/';
	case 0xFF08: return 0xFF09;
	case 0xFF3B: return 0xFF3D;
	case 0x3010: return 0x3011;
	default: return 0;
	}
}

/* From `at`, the offset of `sign`, or STR_NONE; *after is behind it. */
static size_t
find_sign(struct str s, size_t at, uint32_t sign, size_t *after)
{
	for (size_t next = at; at < s.n; at = next) {
		if (utf8_next(s, &next) != sign)
			continue;
		*after = next;
		return at;
	}
	return STR_NONE;
}

/* "[place] [, date]" that follows "(ANSA) - ": all of it up to the next dash. */
static void
place_behind(struct str s, struct dateline *d)
{
	struct dateline more = *d;
	struct str rest = str_from(s, d->lead);
	size_t dash = standing_dash(rest);
	bool is_dash;

	if (d->place.n > 0 || dash == STR_NONE || dash > DATELINE_PLACE_BYTES)
		return;
	if (!take_parts(str_sub(rest, 0, dash), &more) || !dateline_is_caps(more.place))
		return;
	more.lead = d->lead + dash + separator(str_from(rest, dash), &is_dash);
	*d = more;
}

static bool
agency_is_known(const struct dateline *d)
{
	return agency_by_name(d->agency) != NULL;
}

static bool
accept_bracket(struct str s, struct str before, struct str inside, size_t after,
    struct dateline *d)
{
	bool dash;
	struct str rest = str_from(s, after);

	if (!dateline_read_agency(inside, d))
		return false;
	bool known = agency_is_known(d);
	struct str agency = d->agency, desk = d->desk;
	d->agency = (struct str){"", 0};
	if (!take_parts(before, d))
		return false;
	d->agency = agency;
	d->desk = desk;
	size_t sep = separator(rest, &dash);
	d->lead = after + sep;
	if (!known) /* "Ann Poe (Greens) - said" names a person */
		return dash && (d->place.n > 0 || d->date.n > 0) &&
		    dateline_begins_big(str_from(s, d->lead));
	if (sep == 0 && rest.n > 0) {
		struct str lead = trim_space(rest);
		if (!dateline_begins_big(lead))
			return false;
		d->lead = after + (size_t)(lead.p - rest.p);
	}
	place_behind(s, d);
	return true;
}

/* PLACE, date (AGENCY) - */
static bool
style_bracket(struct str s, struct dateline *d)
{
	size_t at = 0, next = 0;

	for (int tries = 0; at < s.n && tries < 4; at = next) {
		uint32_t c = utf8_next(s, &next), close = partner(c);
		size_t after, end;
		/* "/" opens only where a word begins: not in BEIRUT/THE HAGUE */
		if (!close || (c == '/' && at > 0 && s.p[at - 1] != ' '))
			continue;
		tries++;
		end = find_sign(s, next, close, &after);
		if (end == STR_NONE)
			continue;
		*d = (struct dateline){0};
		if (accept_bracket(s, str_sub(s, 0, at), str_sub(s, next, end - next), after, d))
			return true;
	}
	return false;
}

/* "NAME 기자", "NAME 특파원 =": the name, when what follows is a reporter and an equals sign. */
static size_t
korean_reporter(struct str s, struct str *name)
{
	size_t equals = str_find_char(s, '=');

	if (equals == STR_NONE || equals > 80)
		return 0;
	struct str credit = trim_space(str_sub(s, 0, equals));
	*name = dateline_word(&credit);
	if (!str_ends(trim_space(credit), STR("기자")) && !str_ends(trim_space(credit), STR("원")))
		*name = (struct str){"", 0};
	struct str rest = trim_space(str_from(s, equals + 1));
	return (size_t)(rest.p - s.p);
}

/* (place=agency) NAME reporter = */
static bool
style_korean(struct str s, struct dateline *d)
{
	size_t after, equals;

	if (s.n == 0 || (s.p[0] != '(' && s.p[0] != '['))
		return false;
	size_t end = find_sign(s, 1, s.p[0] == '(' ? ')' : ']', &after);
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

/* 【place agency】 */
static bool
style_japanese(struct str s, struct dateline *d)
{
	size_t at = 0, after;

	if (utf8_next(s, &at) != 0x3010)
		return false;
	size_t end = find_sign(s, at, 0x3011, &after);
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

/* "[東京 22日 ロイター]", "【11月22日 AFP】": words in brackets, the agency last. */
static bool
style_bracketed(struct str s, struct dateline *d)
{
	size_t at = 0, after;
	uint32_t close = partner(utf8_next(s, &at));
	size_t end = close && close != '/' ? find_sign(s, at, close, &after) : STR_NONE;

	if (end == STR_NONE || end > DATELINE_MAX_BYTES / 4)
		return false;
	struct str rest = trim_space(str_sub(s, at, end - at)), word;
	while ((word = dateline_word(&rest)).n > 0) {
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
	d->lead = after + separator(str_from(s, after), &dash);
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
	size_t end = find_sign(s, at, open == '(' ? ')' : 0xFF09, &after);
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
	size_t end = find_sign(s, at, 0xFF09, &after);
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

static bool
style_chinese(struct str s, struct dateline *d)
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

/* "TEMPO.CO, Jakarta - ", "Liputan6.com, Jakarta Text" */
static bool
style_site_first(struct str s, struct dateline *d)
{
	size_t comma = str_find_char(s, ',');
	bool dash;

	if (comma == STR_NONE || !dateline_is_site(str_sub(s, 0, comma)))
		return false;
	d->agency = trim_space(str_sub(s, 0, comma));
	struct str rest = str_from(s, comma + 1);
	size_t end = standing_dash(rest);
	if (end != STR_NONE && end <= DATELINE_PLACE_BYTES && dateline_is_place(str_sub(rest, 0, end))) {
		d->place = trim_space(str_sub(rest, 0, end));
		d->lead = comma + 1 + end + separator(str_from(rest, end), &dash);
		return true;
	}
	d->place = dateline_word(&rest);
	if (!dateline_is_place(d->place) || rest.n == 0)
		return false;
	rest = trim_space(rest);
	d->lead = (size_t)(rest.p - s.p);
	return true;
}

/* "- РИА Новости. " behind the place: a known agency up to the next dash or full stop. */
static void
agency_behind(struct str s, struct dateline *d)
{
	struct str rest = str_from(s, d->lead);
	size_t at = 0, next = 0;
	bool dash;

	for (; at < rest.n && at < DATELINE_PLACE_BYTES; at = next) {
		uint32_t c = utf8_next(rest, &next);
		if (c != '.' && !trim_is_dash(c))
			continue;
		struct str name = trim_space(str_sub(rest, 0, at));
		if (!agency_by_name(name))
			continue;
		d->agency = name;
		d->lead += at + separator(str_from(rest, at), &dash);
		return;
	}
}

/* "JAKARTA, KOMPAS.com - ", "KUCHING - ", "LONDON, Nov. 22 — ", "МОСКВА, 22 ноя - ТАСС. " */
static bool
style_bare(struct str s, struct dateline *d)
{
	size_t end = standing_dash(s);
	bool dash;

	if (end == STR_NONE || end == 0 || end > DATELINE_PLACE_BYTES + DATELINE_DATE_BYTES ||
	    !take_parts(str_sub(s, 0, end), d))
		return false;
	d->lead = end + separator(str_from(s, end), &dash);
	if (d->place.n > 0 && d->agency.n == 0)
		agency_behind(s, d);
	if (d->lead >= s.n)
		return false;
	return d->agency.n > 0 || (d->place.n > 0 && dateline_place_stands(d));
}

/* "KUALA LUMPUR: Tasik itu cetek ...", as Malay and Indian papers write it. */
static bool
style_colon(struct str s, struct dateline *d)
{
	size_t colon = str_find_char(s, ':');

	if (colon == STR_NONE || colon > DATELINE_PLACE_BYTES || colon + 2 >= s.n ||
	    s.p[colon + 1] != ' ' || s.n < MIN_COLON_BLOCK_BYTES)
		return false;
	if (!take_parts(str_sub(s, 0, colon), d) || d->place.n < MIN_COLON_PLACE_BYTES ||
	    !dateline_place_stands(d))
		return false;
	struct str lead = trim_space(str_from(s, colon + 1));
	d->lead = (size_t)(lead.p - s.p);
	return (unsigned char)d->place.p[0] < 0x80 && dateline_begins_big(lead);
}

bool
dateline_parse(struct str block, struct dateline *d)
{
	typedef bool house_style(struct str, struct dateline *);
	static house_style *const styles[] = {
		style_korean, style_japanese, style_bracketed, style_chinese, style_bracket,
		style_site_first, style_bare, style_colon,
	};
	struct str s = trim_space(utf8_cut(block, DATELINE_MAX_BYTES));

	for (size_t i = 0; s.n > 0 && i < COUNT_OF(styles); i++) {
		*d = (struct dateline){0};
		if (styles[i](s, d)) {
			d->lead += (size_t)(s.p - block.p);
			return true;
		}
	}
	*d = (struct dateline){0};
	return false;
}
