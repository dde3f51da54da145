/*
 * The text is walked once: a run of letters and digits is a word, a run of a script without spaces
 * gives pairs of characters.  A word is folded by itself, so that its capital is seen before it
 * goes.
 */
#include "story/cluster_terms.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>

#include "base/utf8.h"
#include "story/cluster_sort.h"
#include "story/cluster_stem.h"
#include "text/fold.h"
#include "text/fold_quick.h"
#include "text/language.h"

/* What a term weighs; a plain word at the beginning of the text weighs 1. */
static const float title_weight = 1.6f, late_weight = 0.5f; /* by place */
static const float name_weight = 1.6f, number_weight = 0.8f, pair_weight = 0.4f; /* by kind */
static const float signs_weight = 0.7f; /* two characters of a script without spaces */

enum {
	STEM_LETTERS = 7, /* what endings the table does not know begin behind them */
	SMALL_WORD_BYTES = 9, /* hardly a small word is longer */
	EARLY_BYTES = 300, /* the beginning of the text */
};

enum { MAX_WORD_BYTES = 48, MAX_WORDS = 320 };

/* What the walk found, before equal ones are joined. */
struct found {
	uint32_t hash;
	unsigned kind;
	float weight;
};

/* What a word comes to: the hash of its stem, or that it says nothing. */
struct stem {
	uint64_t hash;
	bool says;
};

struct memo_row {
	uint64_t raw[2]; /* its bytes; zeros: none */
	uint32_t lang; /* the stemmer's first row */
	struct stem stem;
};

enum { MEMO_ROWS = 1024 }; /* a power of two */

struct cluster_memo {
	struct memo_row v[MEMO_ROWS];
};

struct walk {
	struct arena *arena;
	struct cluster_memo *memo; /* may be NULL */
	struct cluster_stemmer stemmer;
	bool in_title;
	float weight; /* of a plain word here */
	struct found v[MAX_WORDS];
	size_t n;
	size_t capitals, small; /* words within sentences that begin so */
	uint32_t name_before; /* the word just before was a name: its hash, else 0 */
	uint32_t sign_before; /* of a script without spaces: the character before, else 0 */
};

static uint32_t
hash_with(uint64_t hash, uint32_t more)
{
	uint64_t h = (hash ^ more) * UINT64_C(0x9E3779B97F4A7C15);
	uint32_t half = (uint32_t)(h >> 32);
	return half ? half : 1;
}

static uint32_t
hash_of(struct str s)
{
	return hash_with(str_hash(s), 0);
}

static void
put(struct walk *w, uint32_t hash, unsigned kind, float weight)
{
	/* the last bit tells a number, also where the kind is not kept */
	hash = kind & CLUSTER_NUMBER ? hash | 1 : hash & ~1u ? hash & ~1u : 2;
	if (w->n < MAX_WORDS)
		w->v[w->n++] = (struct found){hash, kind | (w->in_title ? CLUSTER_IN_TITLE : 0u),
		    weight * w->weight};
}

/* --- characters ------------------------------------------------------------------- */

/* Scripts that part no words, Hangul too: its words carry their particles. */
static bool
is_spaceless(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
	    {0x0E01, 0x0EC6}, {0x1000, 0x109F}, {0x1780, 0x17D3}, {0x3005, 0x3007},
	    {0x3041, 0x30FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xAC00, 0xD7A3},
	    {0xF900, 0xFAFF}, {0x20000, 0x3FFFD},
	};
	for (size_t i = 0; i < COUNT_OF(ranges) && ranges[i].first <= c; i++)
		if (c <= ranges[i].last)
			return true;
	return false;
}

static bool
is_hiragana(uint32_t c)
{
	return c >= 0x3041 && c <= 0x309F;
}

static bool
is_letter(uint32_t c)
{
	if (c < 0x80)
		return ascii_alnum((unsigned char)c);
	if (c < 0xC0)
		return c == 0xAA || c == 0xBA;
	return c != 0xD7 && c != 0xF7 &&
	    uc_is_general_category_withtable(
		c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_Nd);
}

static bool
is_capital(uint32_t c)
{
	return c < 0x80 ? c >= 'A' && c <= 'Z' : uc_toupper(c) == c && uc_tolower(c) != c;
}

/* --- numbers ---------------------------------------------------------------------- */

/* Is it ".NNN" or ",NNN" with nothing but three digits: a mark of thousands? */
static bool
is_thousands(struct str s, size_t at)
{
	if (at + 4 > s.n)
		return false;
	for (size_t i = 1; i <= 3; i++)
		if (!ascii_digit((unsigned char)s.p[at + i]))
			return false;
	return at + 4 == s.n || !ascii_digit((unsigned char)s.p[at + 4]);
}

/*
 * The number at *at, made alike: "1,200", "1.200" and "1200" are one, "5,75" and "5.75" too.
 * A single small digit says too little ("three dead" is written in words by others).
 */
static void
take_number(struct walk *w, struct str s, size_t *at)
{
	char digits[24];
	size_t n = 0, i = *at;
	for (; i < s.n; i++) {
		char c = s.p[i];
		bool mark = (c == '.' || c == ',') && i + 1 < s.n &&
		    ascii_digit((unsigned char)s.p[i + 1]);
		if (mark && is_thousands(s, i))
			continue;
		if (!mark && !ascii_digit((unsigned char)c))
			break;
		if (n < sizeof(digits))
			digits[n++] = mark ? '.' : c;
	}
	*at = i;
	bool year = n == 4 && (memcmp(digits, "19", 2) == 0 || memcmp(digits, "20", 2) == 0);
	if (n >= 2)
		put(w, hash_of(str_of(digits, n)), CLUSTER_NUMBER,
		    year ? number_weight / 2 : number_weight);
	w->name_before = 0;
}

/* --- words ------------------------------------------------------------------------ */

static struct str
fold(struct walk *w, struct str raw, char room[MAX_WORD_BYTES * 2])
{
	size_t n;
	if (fold_quick(raw, true, room, &n))
		return str_of(room, n);
	return text_fold_bare(w->arena, raw);
}

static struct str
cut_letters(struct str s, size_t most)
{
	size_t at = 0;
	while (at < s.n && most--)
		utf8_next(s, &at);
	return str_of(s.p, at);
}

/* The table of small words keeps its accents: "après". */
static bool
is_accented_small_word(struct str raw, struct str folded)
{
	char room[MAX_WORD_BYTES * 2];
	size_t n;
	return raw.n != folded.n && fold_quick(raw, false, room, &n) &&
	    language_is_small_word(str_of(room, n));
}

/* Few letters say nothing, unless they are capitals: "UN", "BI". */
static bool
says_something(struct str raw, struct str folded, size_t letters, bool capital)
{
	if (letters < 2)
		return false;
	if (letters == 2)
		return capital && raw.n == 2 && is_capital((unsigned char)raw.p[1]);
	if (folded.n > SMALL_WORD_BYTES)
		return true;
	return !language_is_small_word(folded) && !is_accented_small_word(raw, folded);
}

static struct stem
find_stem(struct walk *w, struct str raw, bool capital, size_t *letters)
{
	char folded_room[MAX_WORD_BYTES * 2], stem_room[CLUSTER_STEM_BYTES];
	struct str word = fold(w, raw, folded_room);
	*letters = utf8_count(word);
	if (!says_something(raw, word, *letters, capital))
		return (struct stem){.says = false};
	struct str stem = cluster_stem(&w->stemmer, word, stem_room);
	return (struct stem){str_hash(cut_letters(stem, STEM_LETTERS)), true};
}

/* A few hundred words make most of the text of a day. */
static struct stem
recall_stem(struct walk *w, struct str raw, bool capital)
{
	size_t letters;
	struct memo_row key = {.lang = (uint32_t)w->stemmer.ending};
	if (!w->memo || raw.n > sizeof(key.raw))
		return find_stem(w, raw, capital, &letters);
	memcpy(key.raw, raw.p, raw.n);
	uint64_t mixed = (key.raw[0] ^ key.raw[1] * 31 ^ key.lang) * UINT64_C(0x9E3779B97F4A7C15);
	struct memo_row *row = &w->memo->v[mixed >> 32 & (MEMO_ROWS - 1)];
	if (row->raw[0] == key.raw[0] && row->raw[1] == key.raw[1] && row->lang == key.lang)
		return row->stem;
	key.stem = find_stem(w, raw, capital, &letters);
	if (letters > 2) /* else it depends on where the word stands */
		*row = key;
	return key.stem;
}

static void
take_word(struct walk *w, struct str raw, bool capital, bool begins)
{
	if (raw.n > MAX_WORD_BYTES)
		raw = utf8_cut(raw, MAX_WORD_BYTES);
	if (!begins && !w->in_title) {
		w->capitals += capital;
		w->small += !capital;
	}
	struct stem stem = recall_stem(w, raw, capital);
	if (!stem.says) {
		w->name_before = 0;
		return;
	}
	uint32_t hash = hash_with(stem.hash, 0);
	bool name = capital && !begins && !w->in_title;
	put(w, hash, name ? CLUSTER_NAME : 0, 1);
	if (capital && w->name_before)
		put(w, hash_with(stem.hash, w->name_before), CLUSTER_PAIR, pair_weight);
	w->name_before = capital ? hash : 0;
}

/* A pair of hiragana is grammar; a pair with one Han or katakana says something. */
static void
take_sign(struct walk *w, uint32_t c)
{
	uint32_t before = w->sign_before;
	w->sign_before = c;
	if (!before || (is_hiragana(c) && is_hiragana(before)))
		return;
	uint32_t pair[2] = {before, c};
	put(w, hash_of(str_of((const char *)pair, sizeof(pair))), 0,
	    is_hiragana(c) || is_hiragana(before) ? signs_weight / 2 : signs_weight);
}

/* --- the walk --------------------------------------------------------------------- */

static bool
ends_sentence(uint32_t c)
{
	return c == '.' || c == '!' || c == '?' || c == ':' || c == '\n' || c == '"' ||
	    c == 0x201C || c == 0x201E || c == 0xAB || c == '(' || c == 0x2014 || c == 0x2013;
}

static bool
is_joint(uint32_t c)
{
	return c == '\'' || c == 0x2019 || c == 0xAD || c == 0x200C || c == 0x200D;
}

/* The word at `at` ends here; "Lombok's" ends before its apostrophe, and "l'" is one letter. */
static size_t
word_end(struct str s, size_t at)
{
	for (size_t next = at; next < s.n; at = next) {
		uint32_t c = utf8_next(s, &next);
		if (!is_letter(c) || is_spaceless(c))
			break;
	}
	return at;
}

static size_t
skip_possessive(struct str s, size_t at)
{
	size_t next = at;
	if (at >= s.n || !is_joint(utf8_next(s, &next)))
		return at;
	if (next < s.n && (s.p[next] | 32) == 's' && word_end(s, next) == next + 1)
		return next + 1;
	return at;
}

static void
walk(struct walk *w, struct str s)
{
	bool begins = true;
	w->name_before = w->sign_before = 0;
	for (size_t at = 0; at < s.n && w->n < MAX_WORDS;) {
		size_t next = at;
		uint32_t c = utf8_next(s, &next);
		if (is_spaceless(c)) {
			take_sign(w, c);
			at = next;
			continue;
		}
		w->sign_before = 0;
		if (c < 0x80 && ascii_digit((unsigned char)c)) {
			take_number(w, s, &at);
			begins = false;
		} else if (is_letter(c)) {
			size_t end = word_end(s, at);
			take_word(w, str_of(s.p + at, end - at), is_capital(c), begins);
			at = skip_possessive(s, end);
			begins = false;
		} else {
			begins = ends_sentence(c) || (begins && c != ',');
			if (c != ' ' && c != '-')
				w->name_before = 0;
			at = next;
		}
	}
}

/* --- joining ---------------------------------------------------------------------- */

/* Said again counts, but less each time. */
static void
join(struct walk *w, bool names_tell, struct cluster_terms *out)
{
	uint64_t order[MAX_WORDS], room[MAX_WORDS];
	for (size_t i = 0; i < w->n; i++)
		order[i] = cluster_sort_row(w->v[i].hash, i);
	cluster_sort(order, room, w->n);
	for (size_t i = 0; i < w->n && out->n < CLUSTER_MAX_TERMS;) {
		struct cluster_term t = {(uint32_t)(order[i] >> 32), 0, 0};
		float most = 0, rest = 0;
		for (; i < w->n && order[i] >> 32 == t.hash; i++) {
			const struct found *f = &w->v[cluster_sort_whose(order[i])];
			t.kind |= f->kind;
			most = f->weight > most ? f->weight : most;
			rest += f->weight;
		}
		t.weight = most + (rest - most) * 0.3f;
		if (names_tell && t.kind & CLUSTER_NAME)
			t.weight *= name_weight;
		out->n_title += (t.kind & CLUSTER_IN_TITLE) != 0;
		out->v[out->n++] = t;
	}
}

/* No word is cut: to the space behind. */
static struct str
early_part(struct str text)
{
	struct str early = utf8_cut(text, EARLY_BYTES);
	if (early.n == text.n)
		return text;
	size_t more = str_find_char(str_from(text, early.n), ' ');
	return str_of(text.p, early.n + (more < MAX_WORD_BYTES ? more : 0));
}

struct cluster_memo *
cluster_memo_new(void)
{
	return heap_alloc(sizeof(struct cluster_memo));
}

void
cluster_memo_free(struct cluster_memo *memo)
{
	free(memo);
}

void
cluster_terms_of(struct arena *a, struct cluster_memo *memo, struct str title, struct str text,
    struct str lang, struct cluster_terms *out)
{
	struct walk w = {.arena = a, .memo = memo};
	title = utf8_cut(title, CLUSTER_TITLE_BYTES);
	text = utf8_cut(text, CLUSTER_TEXT_BYTES);
	lang = language_primary(a, lang);
	if (lang.n == 0)
		lang = language_guess(text.n ? early_part(text) : title);
	w.stemmer = cluster_stemmer(lang);
	*out = (struct cluster_terms){0};
	w.in_title = true;
	w.weight = title_weight;
	walk(&w, title);
	w.in_title = false;
	struct str early = early_part(text);
	w.weight = 1;
	walk(&w, early);
	w.weight = late_weight;
	walk(&w, str_from(text, early.n));
	/* Where most words have capitals, as in German or in no case at all, they tell nothing. */
	join(&w, w.capitals * 3 < w.small, out);
}
