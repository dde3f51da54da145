#include "store/tokenizer.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/fold.h"

enum { ASCII_WORD_BYTES = 64 };

/* What FTS5 makes for each table, and what tokenizer_run uses. */
struct instance {
	fts5_tokenizer words;
	Fts5Tokenizer *state;
	struct arena *arena; /* of one word while it is folded */
};

struct tokenizer {
	fts5_api *api;
	struct instance own;
};

/* Scripts whose characters are words: ranges of letters and their marks, in order. */
static const struct script {
	uint32_t first, last;
} scripts[] = {
    {0x0E01, 0x0E3A}, {0x0E40, 0x0E4E}, /* Thai without its currency and digits */
    {0x0E81, 0x0EC6}, /* Lao */
    {0x1000, 0x103F}, {0x1050, 0x108F}, /* Myanmar */
    {0x1100, 0x11FF}, /* Hangul Jamo */
    {0x1780, 0x17D3}, /* Khmer */
    {0x3005, 0x3007}, {0x3041, 0x3096}, {0x309D, 0x309F}, /* Hiragana */
    {0x30A1, 0x30FA}, {0x30FC, 0x30FF}, /* Katakana */
    {0x3105, 0x312F}, /* Bopomofo */
    {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, /* Han */
    {0xAC00, 0xD7A3}, /* Hangul */
    {0xF900, 0xFAFF}, {0xFF66, 0xFF9F}, /* compatibility, half-width Katakana */
    {0x20000, 0x3FFFD}, /* Han beyond the first plane */
};

/* Letters that fold to themselves: the bulk of Han, kana and Hangul, each a word. */
static bool
is_whole(uint32_t c)
{
	return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) ||
	    (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FA);
}

static bool
is_word_by_itself(uint32_t c)
{
	if (c < scripts[0].first)
		return false;
	if (is_whole(c)) /* most of them */
		return true;
	for (size_t i = 0; i < COUNT_OF(scripts) && c >= scripts[i].first; i++)
		if (c <= scripts[i].last)
			return true;
	return false;
}

typedef int fts_token(void *, int flags, const char *, int n, int start, int end);

/* A run of text within the whole, for giving offsets of the whole. */
struct run {
	struct instance *instance;
	void *ctx;
	fts_token *token;
	int at;
};

static bool
is_ascii(const char *p, int n)
{
	unsigned char all = 0;
	for (int i = 0; i < n; i++)
		all |= (unsigned char)p[i];
	return all < 0x80;
}

/*
 * unicode61 folds case and the accents of Latin, Greek and Cyrillic.  What is still beyond ASCII
 * then is folded as everywhere in kawat: hamza forms are one alef, vowel signs and tatweel go,
 * full-width letters are ASCII, ß is ss, đ is d, ı is i.
 */
static int
give(void *ctx, int flags, const char *p, int n, int start, int end)
{
	const struct run *run = ctx;
	struct str word = str_of(p, (size_t)n);
	if (!is_ascii(p, n)) {
		arena_reset(run->instance->arena);
		word = text_fold_bare(run->instance->arena, word);
	}
	if (word.n == 0) /* a mark that stood alone */
		return SQLITE_OK;
	return run->token(run->ctx, flags, word.p, (int)word.n, run->at + start, run->at + end);
}

static int
give_whole(void *ctx, int flags, const char *p, int n, int start, int end)
{
	const struct run *run = ctx;
	return run->token(run->ctx, flags, p, n, run->at + start, run->at + end);
}

/* Letters and digits of ASCII, folded; 0 for all else. */
static const char ascii_letter[128] = {
	['0'] = '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
	['A'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q',
	'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
	['a'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q',
	'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
};

/*
 * The word of ASCII at *at, folded into `word`; its length, or 0 when none ends there that unicode61
 * would not end: a letter beyond ASCII follows, or it is longer than words are.  unicode61 divides
 * ASCII at what is no letter and no digit, and spends five times as long on it.
 */
static size_t
ascii_word(struct str text, size_t at, char word[ASCII_WORD_BYTES])
{
	struct str rest = str_from(text, at);
	for (size_t n = 0; n < ASCII_WORD_BYTES; n++) {
		unsigned char c = n < rest.n ? (unsigned char)rest.p[n] : ' ';
		if (c >= 0x80)
			return 0;
		if (!ascii_letter[c])
			return n;
		word[n] = ascii_letter[c];
	}
	return 0;
}

/* What unicode61 is given: up to the next space, or to a sign that is a word by itself. */
static size_t
mixed_run(struct str text, size_t at)
{
	while (at < text.n && text.p[at] != ' ') {
		size_t next = at + 1;
		if ((unsigned char)text.p[at] >= 0xE0) { /* no sign is below U+0800 */
			next = at;
			if (is_word_by_itself(utf8_next(text, &next)))
				break;
		}
		at = next;
	}
	return at;
}

static int
give_sign(struct run *run, struct str text, size_t at, size_t *end)
{
	*end = at;
	uint32_t c = utf8_next(text, end);
	fts_token *to = is_whole(c) ? give_whole : give;
	run->at = (int)at;
	return to(run, 0, text.p + at, (int)(*end - at), 0, (int)(*end - at));
}

static int
divide(struct instance *t, void *ctx, int flags, struct str text, fts_token *token)
{
	struct run run = {t, ctx, token, 0};
	char word[ASCII_WORD_BYTES];
	int code = SQLITE_OK;
	for (size_t at = 0, end; at < text.n && code == SQLITE_OK; at = end) {
		unsigned char c = (unsigned char)text.p[at];
		size_t n = 0;
		if (c < 0x80 && !ascii_letter[c]) {
			end = at + 1;
		} else if (c < 0x80 && (n = ascii_word(text, at, word)) > 0) {
			end = at + n;
			code = token(ctx, 0, word, (int)n, (int)at, (int)end);
		} else if ((end = mixed_run(text, at)) > at) {
			run.at = (int)at;
			code = t->words.xTokenize(
			    t->state, &run, flags, text.p + at, (int)(end - at), give);
		} else {
			code = give_sign(&run, text, at, &end);
		}
	}
	return code;
}

/* Marks belong to the word they stand in, and so do the joiners of Persian and soft hyphens. */
static int
make(fts5_api *api, struct instance *t)
{
	void *inner_ctx = NULL;
	const char *args[] = {"remove_diacritics", "2", "categories", "L* M* N* Co", "tokenchars",
	    "\u00AD\u200C\u200D\u2060"};
	int code = api->xFindTokenizer(api, "unicode61", &inner_ctx, &t->words);
	if (code == SQLITE_OK)
		code = t->words.xCreate(inner_ctx, args, (int)COUNT_OF(args), &t->state);
	if (code == SQLITE_OK)
		t->arena = arena_new();
	return code;
}

static void
unmake(struct instance *t)
{
	if (t->state)
		t->words.xDelete(t->state);
	arena_free(t->arena);
}

static int
x_create(void *ctx, const char **args, int n, Fts5Tokenizer **out)
{
	struct tokenizer *owner = ctx;
	struct instance *t = heap_alloc(sizeof(*t));
	(void)args;
	(void)n;
	int code = make(owner->api, t);
	if (code != SQLITE_OK) {
		free(t);
		t = NULL;
	}
	*out = (Fts5Tokenizer *)t;
	return code;
}

static void
x_delete(Fts5Tokenizer *state)
{
	struct instance *t = (struct instance *)state;
	if (t)
		unmake(t);
	free(t);
}

static int
x_tokenize(
    Fts5Tokenizer *state, void *ctx, int flags, const char *p, int n, fts_token *token)
{
	if (!p || n <= 0)
		return SQLITE_OK;
	return divide((struct instance *)state, ctx, flags, str_of(p, (size_t)n), token);
}

static int
find_api(sqlite3 *db, fts5_api **api)
{
	sqlite3_stmt *st = NULL;
	int code = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &st, NULL);
	if (code != SQLITE_OK)
		return code;
	sqlite3_bind_pointer(st, 1, api, "fts5_api_ptr", NULL);
	sqlite3_step(st);
	code = sqlite3_finalize(st);
	return code == SQLITE_OK && !*api ? SQLITE_ERROR : code;
}

int
tokenizer_register(sqlite3 *db, struct tokenizer **out)
{
	static const fts5_tokenizer methods = {x_create, x_delete, x_tokenize};
	fts5_tokenizer copy = methods; /* the call takes it without const */
	struct tokenizer *t = heap_alloc(sizeof(*t));
	*out = t;
	int code = find_api(db, &t->api);
	if (code == SQLITE_OK)
		code = make(t->api, &t->own);
	if (code == SQLITE_OK)
		code = t->api->xCreateTokenizer(t->api, TOKENIZER_NAME, t, &copy, NULL);
	return code;
}

fts5_api *
tokenizer_fts(struct tokenizer *t)
{
	return t->api;
}

void
tokenizer_free(struct tokenizer *t)
{
	if (t)
		unmake(&t->own);
	free(t);
}

struct words {
	tokenizer_word *word;
	void *ctx;
};

static int
give_word(void *ctx, int flags, const char *p, int n, int start, int end)
{
	const struct words *w = ctx;
	(void)flags;
	return w->word(
	    w->ctx, str_of(p, (size_t)n), (size_t)start, (size_t)(end - start));
}

int
tokenizer_run(struct tokenizer *t, struct str text, tokenizer_word *word, void *ctx)
{
	struct words w = {word, ctx};
	if (text.n > INT32_MAX)
		text.n = INT32_MAX;
	return divide(&t->own, &w, FTS5_TOKENIZE_QUERY, text, give_word);
}
