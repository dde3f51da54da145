/*
 * A guess goes by script first: most scripts belong to one language of the news.  Where many share
 * one, small words decide, since in any language every third word is one of a few dozen.
 */
#include "text/language.h"

#include <string.h>
#include <unicase.h>
#include <unictype.h>

#include "base/utf8.h"

/* --- tags --- */

enum {
	MAX_SUBTAG_BYTES = 8, /* RFC 5646 2.1 */
	MAX_TAG_BYTES = 80,
};

struct renamed {
	struct str from, to;
};

/* Old codes, and the names that feeds write where a code belongs. */
static const struct renamed renamed[] = {
	{STR_INIT("in"), STR_INIT("id")},
	{STR_INIT("iw"), STR_INIT("he")},
	{STR_INIT("ji"), STR_INIT("yi")},
	{STR_INIT("jw"), STR_INIT("jv")},
	{STR_INIT("mo"), STR_INIT("ro")},
	{STR_INIT("eng"), STR_INIT("en")},
	{STR_INIT("ind"), STR_INIT("id")},
	{STR_INIT("english"), STR_INIT("en")},
	{STR_INIT("indonesian"), STR_INIT("id")},
	{STR_INIT("indonesia"), STR_INIT("id")},
	{STR_INIT("bahasa"), STR_INIT("id")},
	{STR_INIT("german"), STR_INIT("de")},
	{STR_INIT("deutsch"), STR_INIT("de")},
	{STR_INIT("french"), STR_INIT("fr")},
	{STR_INIT("spanish"), STR_INIT("es")},
	{STR_INIT("arabic"), STR_INIT("ar")},
	{STR_INIT("chinese"), STR_INIT("zh")},
	{STR_INIT("japanese"), STR_INIT("ja")},
	{STR_INIT("korean"), STR_INIT("ko")},
};

static struct str
lower(struct arena *arena, struct str s)
{
	char *p = arena_alloc(arena, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		p[i] = ascii_lower(s.p[i]);
	return str_of(p, s.n);
}

static bool
all_of(struct str s, bool (*is)(unsigned char))
{
	for (size_t i = 0; i < s.n; i++)
		if (!is((unsigned char)s.p[i]))
			return false;
	return s.n > 0;
}

/* The next subtag: parted by '-' or '_', as locale names do. */
static struct str
take_subtag(struct str *rest)
{
	size_t n = 0;
	while (n < rest->n && rest->p[n] != '-' && rest->p[n] != '_')
		n++;
	struct str subtag = str_of(rest->p, n);
	*rest = str_from(*rest, n + 1);
	return subtag;
}

/* Without the charset and modifier of a locale name, or what follows a comma or blank. */
static struct str
only_tag(struct str s)
{
	size_t n = 0;
	s = str_trim(s);
	while (n < s.n && (ascii_alnum((unsigned char)s.p[n]) || s.p[n] == '-' || s.p[n] == '_'))
		n++;
	return n == s.n || s.p[n] == '.' || s.p[n] == '@' || s.p[n] == ',' || s.p[n] == ';'
	    ? str_of(s.p, n) : STR("");
}

struct str
language_primary(struct arena *arena, struct str tag)
{
	struct str rest = only_tag(tag), primary = take_subtag(&rest);

	primary = lower(arena, primary);
	for (size_t i = 0; i < COUNT_OF(renamed); i++)
		if (str_eq(primary, renamed[i].from))
			return renamed[i].to;
	bool good = primary.n >= 2 && primary.n <= 3 && all_of(primary, ascii_alpha);
	return good ? primary : STR("");
}

/* RFC 5646 2.1.1: script as Title, region as CAPITALS, the rest in small letters. */
static struct str
dress_subtag(struct arena *arena, struct str subtag)
{
	struct str low = lower(arena, subtag);
	char *p = arena_alloc(arena, low.n + 1);
	bool letters = all_of(low, ascii_alpha);

	memcpy(p, low.p, low.n);
	for (size_t i = 0; i < low.n; i++)
		if (letters && (low.n == 2 || (low.n == 4 && i == 0)))
			p[i] = (char)(p[i] - 32);
	return str_of(p, low.n);
}

struct str
language_tag(struct arena *arena, struct str s)
{
	struct str rest = only_tag(s), tag = language_primary(arena, s);
	bool after_single = false;

	take_subtag(&rest);
	while (tag.n && rest.n) {
		struct str subtag = take_subtag(&rest);
		if (subtag.n == 0 || subtag.n > MAX_SUBTAG_BYTES || tag.n > MAX_TAG_BYTES)
			break;
		/* Behind "x" or "u" nothing is a script or region any more. */
		subtag = after_single ? lower(arena, subtag) : dress_subtag(arena, subtag);
		after_single = after_single || subtag.n == 1;
		tag = arena_cat(arena, arena_cat(arena, tag, STR("-")), subtag);
	}
	return tag;
}

bool
language_is_rtl(struct str tag)
{
	static const char languages[][4] = {"ar", "fa", "he", "iw", "ur", "ps", "ckb", "sd", "ug",
	    "yi", "dv", "syr", "ks", "arc"};
	struct str rest = only_tag(tag), primary = take_subtag(&rest);

	if (str_find_nocase(rest, STR("Latn")) != STR_NONE)
		return false;
	for (size_t i = 0; i < COUNT_OF(languages); i++)
		if (str_eq_nocase(primary, str_z(languages[i])))
			return true;
	return false;
}

/* --- the guess --- */

struct script_language {
	const char *script; /* as libunistring names it */
	const char *language; /* when no small word decides */
};

static const struct script_language scripts[] = {
	{"Latin", ""},
	{"Cyrillic", "ru"},
	{"Arabic", "ar"},
	{"Devanagari", "hi"},
	{"Han", "zh"},
	{"Hiragana", "ja"},
	{"Katakana", "ja"},
	{"Hangul", "ko"},
	{"Greek", "el"},
	{"Hebrew", "he"},
	{"Thai", "th"},
	{"Lao", "lo"},
	{"Khmer", "km"},
	{"Myanmar", "my"},
	{"Bengali", "bn"},
	{"Tamil", "ta"},
	{"Telugu", "te"},
	{"Kannada", "kn"},
	{"Malayalam", "ml"},
	{"Gujarati", "gu"},
	{"Gurmukhi", "pa"},
	{"Sinhala", "si"},
	{"Georgian", "ka"},
	{"Armenian", "hy"},
	{"Ethiopic", "am"},
	{"Mongolian", "mn"},
	{"Tibetan", "bo"},
};

/* The first four have many languages, and small words tell them apart. */
enum {
	SCRIPT_LATIN = 0,
	SCRIPT_CYRILLIC = 1,
	SCRIPT_ARABIC = 2,
	SCRIPTS_SHARED = 4,
	SCRIPT_HAN = 4,
	SCRIPT_HIRAGANA = 5,
	SCRIPT_KATAKANA = 6,
	SCRIPT_HANGUL = 7,
};

struct word {
	struct str word;
	const char *languages; /* primary tags of two letters, parted by spaces */
};

static const struct word words[] = {
#define WORD(word, languages) {STR_INIT(word), languages},
#include "text/language_word.def"
#undef WORD
};

/* Letters that one language of the list uses much and the others hardly. */
static const struct {
	uint32_t first, last;
	char language[3];
} letters[] = {
	{0xDF, 0xDF, "de"}, {0xE3, 0xE3, "pt"}, {0xF1, 0xF1, "es"}, {0xF5, 0xF5, "pt"},
	{0x105, 0x105, "pl"}, {0x11B, 0x11B, "cs"}, {0x11F, 0x11F, "tr"}, {0x131, 0x131, "tr"},
	{0x142, 0x142, "pl"}, {0x151, 0x151, "hu"}, {0x159, 0x159, "cs"}, {0x15B, 0x15B, "pl"},
	{0x16F, 0x16F, "cs"}, {0x171, 0x171, "hu"}, {0x1A1, 0x1A1, "vi"}, {0x1B0, 0x1B0, "vi"},
	{0x219, 0x219, "ro"}, {0x21B, 0x21B, "ro"}, {0x452, 0x452, "sr"}, {0x454, 0x454, "uk"},
	{0x457, 0x457, "uk"}, {0x45B, 0x45B, "sr"}, {0x45E, 0x45E, "be"}, {0x679, 0x679, "ur"},
	{0x67E, 0x67E, "fa"}, {0x6BA, 0x6BA, "ur"}, {0x6D2, 0x6D2, "ur"}, {0x1EA0, 0x1EF9, "vi"},
};

enum {
	MAX_WORD_BYTES = 32, /* the longest of the table, and some */
	MIN_HITS = 3, /* fewer small words may be chance */
	MIN_SHARE = 10, /* one word in so many must be among them */
	WHOLE_POINT = 60, /* a word of one language; what many share counts less */
	LETTER_POINT = 20,
};

/* Scores by the two letters of the tag. */
struct tally {
	unsigned score[26][26], hits[26][26];
	size_t n_words;
	size_t rows[27]; /* where the words of each letter begin, and where those of the last end */
};

/* The first two bytes, by which most words differ; a word of one ends with a zero. */
static inline int
head_of(struct str s)
{
	return (unsigned char)s.p[0] << 8 | (s.n > 1 ? (unsigned char)s.p[1] : 0);
}

/* In the rows [low, high). */
static const struct word *
find_between(struct str word, size_t low, size_t high)
{
	int head = head_of(word);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = head - head_of(words[middle].word);
		if (order == 0)
			order = str_cmp(word, words[middle].word);
		if (order == 0)
			return &words[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* The first row that begins with the byte or a later one. */
static size_t
first_with(unsigned byte)
{
	size_t low = 0, high = COUNT_OF(words);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if ((unsigned char)words[middle].word.p[0] < byte)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
count_word(struct tally *t, struct str word)
{
	size_t letter = (size_t)((unsigned char)word.p[0] - 'a');
	const struct word *row = letter < 26
	    ? find_between(word, t->rows[letter], t->rows[letter + 1])
	    : find_between(word, 0, COUNT_OF(words));

	t->n_words++;
	if (!row)
		return;
	unsigned shared = (unsigned)(strlen(row->languages) + 1) / 3;
	for (const char *tag = row->languages; tag[0]; tag += tag[2] ? 3 : 2) {
		t->score[tag[0] - 'a'][tag[1] - 'a'] += WHOLE_POINT / shared;
		t->hits[tag[0] - 'a'][tag[1] - 'a']++;
	}
}

static void
count_letter(struct tally *t, uint32_t c)
{
	for (size_t i = 0; i < COUNT_OF(letters) && letters[i].first <= c; i++)
		if (c <= letters[i].last) {
			int first = letters[i].language[0] - 'a',
			    second = letters[i].language[1] - 'a';
			t->score[first][second] += LETTER_POINT;
			t->hits[first][second]++;
		}
}

/* Stretches of nothing but letters of one script, so that most text asks no library. */
static const struct stretch {
	uint32_t first, last;
	size_t script;
} stretches[] = {
	{0xC0, 0xD6, SCRIPT_LATIN}, {0xD8, 0xF6, SCRIPT_LATIN}, {0xF8, 0x24F, SCRIPT_LATIN},
	{0x410, 0x44F, SCRIPT_CYRILLIC}, {0x621, 0x63A, SCRIPT_ARABIC},
	{0x641, 0x64A, SCRIPT_ARABIC}, {0x3041, 0x3096, SCRIPT_HIRAGANA},
	{0x30A1, 0x30FA, SCRIPT_KATAKANA}, {0x4E00, 0x9FA5, SCRIPT_HAN},
	{0xAC00, 0xD7A3, SCRIPT_HANGUL},
};

static const struct stretch *
stretch_of(uint32_t c)
{
	for (size_t i = 0; i < COUNT_OF(stretches) && stretches[i].first <= c; i++)
		if (c <= stretches[i].last)
			return &stretches[i];
	return NULL;
}

static bool
is_word_char(uint32_t c)
{
	if (c < 0x80)
		return ascii_alpha((unsigned char)c);
	if (stretch_of(c))
		return true;
	return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M);
}

/* A word that is being read; what is longer than any of the table is cut. */
struct reading {
	char word[MAX_WORD_BYTES + 4];
	size_t n;
};

/* The character at *at, which is no ASCII.  False: it ends the word. */
static bool
read_wide(struct tally *t, struct reading *r, struct str s, size_t *at)
{
	uint32_t c = utf8_next(s, at);
	bool in_word = is_word_char(c);
	uint32_t small = in_word ? uc_tolower(c) : c;

	if (small >= 0x80)
		count_letter(t, small);
	if (in_word && r->n <= MAX_WORD_BYTES - 4)
		r->n += utf8_encode(small, r->word + r->n);
	return in_word;
}

static void
count_words(struct tally *t, struct str s)
{
	struct reading r = {.n = 0};

	for (size_t at = 0; at < s.n;) {
		unsigned char c = (unsigned char)s.p[at];
		if (ascii_alpha(c)) {
			if (r.n <= MAX_WORD_BYTES - 4)
				r.word[r.n++] = (char)(c | 32);
			at++;
			continue;
		}
		if (c >= 0x80 && read_wide(t, &r, s, &at))
			continue;
		at += c < 0x80;
		if (r.n > 0)
			count_word(t, str_of(r.word, r.n));
		r.n = 0;
	}
	if (r.n > 0)
		count_word(t, str_of(r.word, r.n));
}

/* The row's own memory, which is static. */
static struct str
static_tag(int first, int second)
{
	for (size_t i = 0; i < COUNT_OF(words); i++)
		for (const char *tag = words[i].languages; tag[0]; tag += tag[2] ? 3 : 2)
			if (tag[0] - 'a' == first && tag[1] - 'a' == second)
				return str_of(tag, 2);
	return STR("");
}

static struct str
best_by_words(const struct tally *t)
{
	int first = -1, second = -1;
	unsigned best = 0;

	for (int i = 0; i < 26; i++)
		for (int k = 0; k < 26; k++)
			if (t->score[i][k] > best) {
				best = t->score[i][k];
				first = i;
				second = k;
			}
	if (best == 0 || t->hits[first][second] < MIN_HITS ||
	    t->hits[first][second] * MIN_SHARE < t->n_words)
		return STR("");
	return static_tag(first, second);
}

/* The letters of a run of ASCII, eight bytes at a time; *at moves past it. */
static size_t
count_ascii(struct str s, size_t *at)
{
	size_t n = 0;

	for (; *at + 8 <= s.n; *at += 8) {
		uint64_t w;
		memcpy(&w, s.p + *at, 8);
		if (!eight_ascii(w))
			break;
		n += eight_count(eight_letters(w));
	}
	return n;
}

static void
count_scripts(struct str s, size_t *counts)
{
	for (size_t at = 0; at < s.n;) {
		counts[SCRIPT_LATIN] += count_ascii(s, &at);
		if (at == s.n)
			break;
		uint32_t c = utf8_next(s, &at);
		if (c < 0x80) {
			counts[SCRIPT_LATIN] += ascii_alpha((unsigned char)c);
			continue;
		}
		const struct stretch *stretch = stretch_of(c);
		if (stretch) {
			counts[stretch->script]++;
			continue;
		}
		const uc_script_t *script = is_word_char(c) ? uc_script(c) : NULL;
		for (size_t i = 0; script && i < COUNT_OF(scripts); i++)
			if (strcmp(script->name, scripts[i].script) == 0) {
				counts[i]++;
				break;
			}
	}
}

/* The script of most letters.  Han is Japanese when kana stand between, Korean beside Hangul. */
static size_t
main_script(const size_t *counts)
{
	size_t best = 0, kana = counts[SCRIPT_HIRAGANA] + counts[SCRIPT_KATAKANA];

	for (size_t i = 1; i < COUNT_OF(scripts); i++)
		if (counts[i] > counts[best])
			best = i;
	if (best == SCRIPT_HAN && kana * 10 > counts[SCRIPT_HAN])
		return SCRIPT_HIRAGANA;
	if (best == SCRIPT_HAN && counts[SCRIPT_HANGUL] * 2 > counts[SCRIPT_HAN])
		return SCRIPT_HANGUL;
	return best;
}

struct str
language_guess(struct str text)
{
	size_t counts[COUNT_OF(scripts)] = {0};
	struct tally tally = {0};

	text = utf8_cut(text, LANGUAGE_HEAD_BYTES);
	count_scripts(text, counts);
	size_t script = main_script(counts);
	if (counts[script] == 0)
		return STR("");
	for (unsigned i = 0; i <= 26; i++)
		tally.rows[i] = first_with('a' + i);
	count_words(&tally, text);
	struct str by_words = best_by_words(&tally);
	/* Quotes in English do not make a Japanese story English. */
	return script < SCRIPTS_SHARED && by_words.n ? by_words : str_z(scripts[script].language);
}

bool
language_is_small_word(struct str word)
{
	return word.n > 0 && word.n <= MAX_WORD_BYTES && find_between(word, 0, COUNT_OF(words)) != NULL;
}
