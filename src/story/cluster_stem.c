/*
 * Endings are a table (cluster_ending.def); the prefixes of Indonesian and Malay and the article of
 * Arabic are few enough to stand here.  me- swallows the first letter of the word behind it: t, p, s
 * come back ("menangkap" is "tangkap"), k cannot be told from none and stays away.
 */
#include "story/cluster_stem.h"

#include <string.h>

#include "base/utf8.h"

struct ending {
	char lang[3];
	struct str ending, instead;
	size_t left;
};

static const struct ending endings[] = {
#define ENDING(lang, ending, instead, left) {lang, STR_INIT(ending), STR_INIT(instead), left},
#include "story/cluster_ending.def"
#undef ENDING
};

/* A beginning that goes, before a vowel or before anything, and the letter that comes back. */
struct beginning {
	struct str beginning;
	bool before_vowel;
	char back; /* NUL: none */
};

static const struct beginning malay[] = {
    {STR_INIT("memper"), false, 0}, {STR_INIT("diper"), false, 0},
    {STR_INIT("meny"), true, 's'}, {STR_INIT("peny"), true, 's'},
    {STR_INIT("meng"), false, 0}, {STR_INIT("peng"), false, 0},
    {STR_INIT("mem"), true, 'p'}, {STR_INIT("mem"), false, 0},
    {STR_INIT("men"), true, 't'}, {STR_INIT("men"), false, 0},
    {STR_INIT("pem"), false, 0}, {STR_INIT("pen"), false, 0},
    {STR_INIT("ber"), false, 0}, {STR_INIT("ter"), false, 0},
    {STR_INIT("di"), false, 0},
};

static const struct str arabic[] = {
    STR_INIT("\u0648\u0627\u0644"), STR_INIT("\u0628\u0627\u0644"),
    STR_INIT("\u0641\u0627\u0644"), STR_INIT("\u0643\u0627\u0644"), STR_INIT("\u0644\u0644"),
    STR_INIT("\u0627\u0644"),
};

enum { MIN_LEFT = 4 }; /* letters of a word behind a beginning that was taken off */

static bool
is_vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static struct str
without_malay_beginning(struct str word, char *room)
{
	for (size_t i = 0; i < COUNT_OF(malay); i++) {
		const struct beginning *b = &malay[i];
		size_t n = b->beginning.n;
		if (word.n < n + MIN_LEFT - (b->back != 0) || word.p[0] != b->beginning.p[0] ||
		    !str_starts(word, b->beginning))
			continue;
		if (b->before_vowel && !is_vowel(word.p[n]))
			continue;
		struct str rest = str_from(word, n);
		if (!b->back)
			return rest;
		room[0] = b->back;
		memcpy(room + 1, rest.p, rest.n);
		return str_of(room, rest.n + 1);
	}
	return word;
}

static struct str
without_arabic_beginning(struct str word, char *room)
{
	(void)room;
	for (size_t i = 0; i < COUNT_OF(arabic); i++)
		if (str_starts(word, arabic[i]) && utf8_count(str_from(word, arabic[i].n)) >= 3)
			return str_from(word, arabic[i].n);
	return word;
}

static const struct ending *
find_ending(struct str word, const struct cluster_stemmer *s)
{
	for (size_t i = s->ending; i < s->ending_end; i++) {
		const struct ending *e = &endings[i];
		if (word.n == 0 || word.p[word.n - 1] != e->ending.p[e->ending.n - 1] ||
		    !str_ends(word, e->ending))
			continue;
		if (utf8_count(str_of(word.p, word.n - e->ending.n)) >= e->left)
			return e;
	}
	return NULL;
}

static struct str
without_ending(struct str word, const struct cluster_stemmer *s, char *room)
{
	const struct ending *e = find_ending(word, s);
	if (!e)
		return word;
	size_t n = word.n - e->ending.n;
	if (e->instead.n == 0)
		return str_of(word.p, n);
	memmove(room, word.p, n);
	memcpy(room + n, e->instead.p, e->instead.n);
	return str_of(room, n + e->instead.n);
}

/* A doubled letter that an ending left behind: "stopped" is "stop". */
static struct str
without_double(struct str word, char *room)
{
	(void)room;
	if (word.n > 3 && word.p[word.n - 1] == word.p[word.n - 2] &&
	    ascii_alpha((unsigned char)word.p[word.n - 1]) && !is_vowel(word.p[word.n - 1]))
		word.n--;
	return word;
}

/* The rows of a language follow each other. */
static bool
is_of(const struct ending *e, struct str lang)
{
	return str_eq(lang, str_of(e->lang, 2));
}

struct cluster_stemmer
cluster_stemmer(struct str lang)
{
	struct cluster_stemmer s = {0};
	size_t end = 0;

	if (str_eq(lang, STR("ms")))
		lang = STR("id");
	while (end < COUNT_OF(endings) && !is_of(&endings[end], lang))
		end++;
	s.ending = end;
	while (end < COUNT_OF(endings) && is_of(&endings[end], lang))
		end++;
	s.ending_end = end;
	s.further = str_eq(lang, STR("id")) ? without_malay_beginning
	    : str_eq(lang, STR("ar"))          ? without_arabic_beginning
	    : str_eq(lang, STR("en"))          ? without_double
	                                       : NULL;
	return s;
}

struct str
cluster_stem(const struct cluster_stemmer *s, struct str word, char room[CLUSTER_STEM_BYTES])
{
	if (word.n + 4 > CLUSTER_STEM_BYTES)
		return word;
	word = without_ending(word, s, room);
	return s->further ? s->further(word, room) : word;
}
