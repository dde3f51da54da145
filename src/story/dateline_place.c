#include "story/dateline_place.h"

#include <string.h>

#include "base/utf8.h"
#include "story/dateline_part.h"
#include "story/trim.h"

enum {
	INITIALS = 3, /* letters: longer ones are said as a word as often as not, like a place */
	LAST_CASED = 0x58F, /* Latin, Greek, Cyrillic, Armenian; what follows knows no capitals */
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
