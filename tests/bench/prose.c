#include "prose.h"

#include <math.h>
#include <string.h>

enum { WORDS = 40000, CHARACTERS = 3500 };

struct prose
prose_of(uint64_t seed)
{
	return (struct prose){seed * UINT64_C(0x9E3779B97F4A7C15) + 1};
}

/* splitmix64, http://xoshiro.di.unimi.it/splitmix64.c (public domain): the published constants. */
static uint64_t
draw(struct prose *p)
{
	uint64_t z = (p->state += UINT64_C(0x9E3779B97F4A7C15));
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

uint32_t
prose_chance(struct prose *p, uint32_t n)
{
	return (uint32_t)((draw(p) >> 32) * n >> 32);
}

/* The rank of a word: 1/rank of the words are as rare as that. */
static uint32_t
rank(struct prose *p, uint32_t n)
{
	double u = (double)(draw(p) >> 11) / (double)(UINT64_C(1) << 53);
	return (uint32_t)(exp(u * log(n + 1.0)) - 1.0);
}

/* Syllables that words of a language are put together from, and how many go to a short word. */
struct tongue {
	const char *tag;
	const char *syllables[24];
	uint32_t first, last; /* where a character is a word: the first ones of the script */
	int share; /* of 100 stories */
};

static const struct tongue tongues[] = {
    {"id", {"ba", "ka", "nga", "ri", "su", "ta", "pe", "lan", "me", "di", "ter", "kan", "ju", "sa", "mu", "wang",
	       "ha", "ni", "to", "ra", "gu", "lis", "ya", "po"}, 0, 0, 46},
    {"en", {"con", "ter", "al", "ing", "port", "ma", "tion", "re", "sto", "ver", "ly", "an", "der", "ship", "lo",
	       "min", "est", "ra", "ti", "cle", "ed", "ov", "un", "ble"}, 0, 0, 18},
    {"ar", {"\u0627\u0644", "\u0628\u0627", "\u0645\u062f", "\u0631\u0623", "\u0633\u064a", "\u062a\u0642",
	       "\u0648\u0646", "\u062d\u0643", "\u0625\u0645", "\u0641\u0631", "\u0647\u0629", "\u0639\u0644",
	       "\u0634\u0631", "\u0646\u0627", "\u064a\u0646", "\u0643\u0628", "\u0644\u0642", "\u062e\u0637",
	       "\u0635\u0641", "\u062f\u0648", "\u0622\u0644", "\u062c\u0645", "\u0637\u0642", "\u063a\u0631"},
	0, 0, 8},
    {"vi", {"bi\u1ec3n ", "\u0111\u1ea3o ", "t\u00e0u ", "c\u1ea3ng ", "s\u00f3ng ", "gi\u00f3 ", "ng\u01b0",
	       "m\u00e0", "th\u1ee7y ", "ch\u00e0", "kh\u00f4", "l\u1edb", "ph\u1ea3", "tr\u01b0", "vi\u1ec7",
	       "h\u1ea3", "qu\u1ed1", "n\u0103", "d\u1ef1 ", "x\u00e3 ", "y\u1ebf", "\u00e2u ", "t\u1ebf",
	       "l\u1eed"}, 0, 0, 6},
    {"fr", {"bre", "ma", "r\u00e9", "ti", "on", "ch\u00e2", "teau", "gou", "ver", "ne", "ment", "\u00e9l", "ec",
	       "les", "por", "t\u00e9", "sou", "ra", "lai", "pr\u00e8", "si", "d\u00e9", "co", "mer"}, 0, 0, 6},
    {"zh", {0}, 0x4E00, 0x4E00 + CHARACTERS, 7},
    {"ja", {0}, 0x3041, 0x3096, 4},
    {"ko", {0}, 0xAC00, 0xAC00 + CHARACTERS, 3},
    {"th", {0}, 0x0E01, 0x0E2E, 2},
};

static const struct tongue *
tongue_of(const char *lang)
{
	for (size_t i = 0; i < COUNT_OF(tongues); i++)
		if (strcmp(tongues[i].tag, lang) == 0)
			return &tongues[i];
	return tongues;
}

const char *
prose_language(uint64_t n)
{
	struct prose p = prose_of(n ^ UINT64_C(0xAAAA));
	int left = (int)prose_chance(&p, 100);
	for (size_t i = 0; i < COUNT_OF(tongues); i++)
		if ((left -= tongues[i].share) < 0)
			return tongues[i].tag;
	return tongues[0].tag;
}

/* The word of a rank: the common ones are short. */
static void
spell(const struct tongue *t, uint32_t which, struct buf *out)
{
	uint32_t n = COUNT_OF(t->syllables);
	struct prose p = prose_of(which * 7919);
	for (uint32_t left = which + n; left; left /= n)
		buf_add(out, str_z(t->syllables[(left + prose_chance(&p, n)) % n]));
}

static void
put_character(uint32_t c, struct buf *out)
{
	buf_char(out, (char)(0xE0 | c >> 12));
	buf_char(out, (char)(0x80 | (c >> 6 & 0x3F)));
	buf_char(out, (char)(0x80 | (c & 0x3F)));
}

void
prose_words(struct prose *p, const char *lang, int words, struct buf *out)
{
	const struct tongue *t = tongue_of(lang);
	for (int i = 0; i < words; i++) {
		if (t->first) {
			put_character(t->first + rank(p, t->last - t->first), out);
			continue;
		}
		if (i)
			buf_char(out, ' ');
		spell(t, rank(p, WORDS), out);
	}
}

void
prose_marked(uint64_t n, struct buf *out)
{
	struct prose p = prose_of(n ^ UINT64_C(0x5555));
	static const struct {
		uint32_t of;
		const char *words;
	} rows[] = {
	    {100, PROSE_MIDDLE}, {200, PROSE_PHRASE}, {20, "arus"}, {20, "laut"}, {50, PROSE_PREFIX "an"},
	    {100000, PROSE_RARE}, {40, PROSE_HAN},
	};
	if (prose_chance(&p, 4))
		buf_add(out, STR(" " PROSE_COMMON));
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (prose_chance(&p, rows[i].of) == 0)
			buf_fmt(out, " %s", rows[i].words);
	if (n % 100000 == 77)
		buf_add(out, STR(" " PROSE_RARE));
}
