/*
 * Each house style is one function that either takes the dateline from the beginning of the
 * block or leaves it; they are tried from the most to the least certain.  All look at the first
 * DATELINE_MAX_BYTES only and pass over them a fixed number of times.
 */
#include "story/dateline.h"

#include "base/utf8.h"
#include "story/agency.h"
#include "story/dateline_asia.h"
#include "story/dateline_list.h"
#include "story/dateline_part.h"
#include "story/dateline_place.h"
#include "story/dateline_sign.h"
#include "story/trim.h"

enum {
	/* A place before a colon may be any label: only a long word, before a whole sentence. */
	MIN_COLON_PLACE_BYTES = 6,
	MIN_COLON_BLOCK_BYTES = 60,
};

/* "[place] [, date]" that follows "(ANSA) - ": all of it up to the next dash. */
static void
place_behind(struct str s, struct dateline *d)
{
	struct dateline more = *d;
	struct str rest = str_from(s, d->lead);
	size_t dash = dateline_dash(rest);
	bool is_dash;

	if (d->place.n > 0 || dash == STR_NONE || dash > DATELINE_PLACE_BYTES)
		return;
	if (!dateline_read_list(str_sub(rest, 0, dash), &more) || !dateline_is_caps(more.place))
		return;
	more.lead = d->lead + dash + dateline_separator(str_from(rest, dash), &is_dash);
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
	if (!dateline_read_list(before, d))
		return false;
	d->agency = agency;
	d->desk = desk;
	size_t sep = dateline_separator(rest, &dash);
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
		uint32_t c = utf8_next(s, &next), close = dateline_partner(c);
		size_t after, end;
		/* "/" opens only where a word begins: not in BEIRUT/THE HAGUE */
		if (!close || (c == '/' && at > 0 && s.p[at - 1] != ' '))
			continue;
		tries++;
		end = dateline_find_sign(s, next, close, &after);
		if (end == STR_NONE)
			continue;
		*d = (struct dateline){0};
		if (accept_bracket(s, str_sub(s, 0, at), str_sub(s, next, end - next), after, d))
			return true;
	}
	return false;
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
	size_t end = dateline_dash(rest);
	if (end != STR_NONE && end <= DATELINE_PLACE_BYTES && dateline_is_place(str_sub(rest, 0, end))) {
		d->place = trim_space(str_sub(rest, 0, end));
		d->lead = comma + 1 + end + dateline_separator(str_from(rest, end), &dash);
		return true;
	}
	d->place = trim_word(&rest);
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
		d->lead += at + dateline_separator(str_from(rest, at), &dash);
		return;
	}
}

/* "JAKARTA, KOMPAS.com - ", "KUCHING - ", "LONDON, Nov. 22 — ", "МОСКВА, 22 ноя - ТАСС. " */
static bool
style_bare(struct str s, struct dateline *d)
{
	size_t end = dateline_dash(s);
	bool dash;

	if (end == STR_NONE || end == 0 || end > DATELINE_PLACE_BYTES + DATELINE_DATE_BYTES ||
	    !dateline_read_list(str_sub(s, 0, end), d))
		return false;
	d->lead = end + dateline_separator(str_from(s, end), &dash);
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
	if (!dateline_read_list(str_sub(s, 0, colon), d) || d->place.n < MIN_COLON_PLACE_BYTES ||
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
		dateline_korean, dateline_japanese, dateline_in_brackets, dateline_chinese, style_bracket,
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
