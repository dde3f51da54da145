#include "story/dateline_place.h"

#include <string.h>

#include "base/utf8.h"
#include "story/trim.h"

enum {
	MAX_PLACE_WORDS = 5,
	INITIALS = 3, /* letters: longer ones are said as a word as often as not, like a place */
	LAST_CASED = 0x58F, /* Latin, Greek, Cyrillic, Armenian; what follows knows no capitals */
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

static const struct str no_places[] = {
#define NO_PLACE(words) STR_INIT(words),
#define SHORT_PLACE(name)
#include "story/dateline_place.def"
#undef NO_PLACE
#undef SHORT_PLACE
};

static const struct str short_places[] = {
#define NO_PLACE(words)
#define SHORT_PLACE(name) STR_INIT(name),
#include "story/dateline_place.def"
#undef NO_PLACE
#undef SHORT_PLACE
};

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

/* Are the words few, and does each begin big or belong inside a name? */
static bool
words_are_named(struct str s, size_t max_words)
{
	size_t words = 0;

	while (s.n > 0) {
		struct str w = trim_word(&s);
		if (w.n == 0)
			break;
		if (++words > max_words)
			return false;
		if (!dateline_begins_big(w) && !str_in(w, particles, COUNT_OF(particles)))
			return false;
	}
	return true;
}

bool
dateline_is_name(struct str s, size_t max_words)
{
	return !has_forbidden(s) && words_are_named(s, max_words);
}

bool
dateline_is_place(struct str s)
{
	s = trim_space(s);
	return s.n >= 2 && s.n <= DATELINE_PLACE_BYTES && !str_has_digit(s) &&
	    dateline_begins_big(s) && dateline_is_name(s, MAX_PLACE_WORDS);
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

static bool
has_vowel(struct str place)
{
	static const char vowels[] = "AEIOUY";
	bool vowel = false;

	for (size_t i = 0; i < place.n && !vowel; i++)
		vowel = (unsigned char)place.p[i] >= 0x80 || strchr(vowels, place.p[i]);
	return vowel;
}

/* "WHO", "FAQ", "США": as few letters as initials have, and no town that is known. */
static bool
is_initials(struct str place)
{
	size_t at = 0, letters = 0;

	while (at < place.n) {
		uint32_t c = utf8_next(place, &at);
		/* Vietnamese letters with two marks have cases, too */
		if (c > LAST_CASED && (c < 0x1E00 || c > 0x1EFF))
			return false;
		letters++;
	}
	return letters <= INITIALS && !str_in(place, short_places, COUNT_OF(short_places));
}

bool
dateline_place_stands(const struct dateline *d)
{
	return has_vowel(d->place) && dateline_is_caps(d->place) &&
	    !str_in(d->place, no_places, COUNT_OF(no_places)) &&
	    (d->date.n > 0 || !is_initials(d->place));
}
