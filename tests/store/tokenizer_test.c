/* What stands for a word by itself is folded as everything is, though it takes a shorter way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "store/tokenizer.h"
#include "text/fold.h"

struct seen {
	char word[16];
	size_t n, words;
};

static int
see(void *ctx, struct str word, size_t at, size_t n)
{
	struct seen *seen = ctx;
	(void)at;
	(void)n;
	assert_in_range(word.n, 1, sizeof(seen->word));
	memcpy(seen->word, word.p, word.n);
	seen->n = word.n;
	seen->words++;
	return SQLITE_OK;
}

static void
a_sign_is_the_word_that_folding_makes(void **state)
{
	static const uint32_t ranges[][2] = {{0x3041, 0x3096}, {0x30A1, 0x30FE}, {0x4E00, 0x9FFF},
	    {0xAC00, 0xD7A3}, {0xFF66, 0xFF9F}};
	struct tokenizer *t = NULL;
	sqlite3 *db = NULL;
	struct arena *a = arena_new();
	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(tokenizer_register(db, &t), SQLITE_OK);
	for (size_t i = 0; i < COUNT_OF(ranges); i++)
		for (uint32_t c = ranges[i][0]; c <= ranges[i][1]; c++) {
			char sign[4];
			struct seen seen = {.n = 0};
			struct str text = str_of(sign, utf8_encode(c, sign));
			assert_int_equal(tokenizer_run(t, text, see, &seen), SQLITE_OK);
			struct str folded = text_fold_bare(a, text);
			if (c == 0x30FB) /* the middle dot is no letter */
				continue;
			if (seen.words != 1 || !str_eq(str_of(seen.word, seen.n), folded))
				fail_msg("U+%04X", (unsigned)c);
			arena_reset(a);
		}
	arena_free(a);
	sqlite3_close(db);
	tokenizer_free(t);
}

/* --- the short way of ASCII --------------------------------------------------------- */

struct words {
	char text[4096];
	size_t n;
};

static int
note(struct words *w, const char *p, size_t n, size_t at, size_t end)
{
	assert_true(w->n + n + 40 < sizeof(w->text));
	w->n += (size_t)sprintf(w->text + w->n, "%.*s %zu-%zu\n", (int)n, p, at, end);
	return SQLITE_OK;
}

static int
by_ours(void *ctx, struct str word, size_t at, size_t n)
{
	return note(ctx, word.p, word.n, at, at + n);
}

static int
by_theirs(void *ctx, int flags, const char *p, int n, int start, int end)
{
	(void)flags;
	return note(ctx, p, (size_t)n, (size_t)start, (size_t)end);
}

/* Letters, digits, punctuation, spaces, Latin and Cyrillic: nothing that is folded any further. */
static size_t
make_text(char *out, size_t most, uint32_t *seed)
{
	static const uint32_t others[] = {0xE9, 0xF6, 0x416, 0x44F, 0x2014, 0x2019, 0xA0};
	size_t n = 0;
	while (n + 4 < most) {
		*seed = *seed * 1664525u + 1013904223u;
		uint32_t x = *seed >> 16;
		uint32_t c = x % 8 == 0 ? others[x / 8 % COUNT_OF(others)] : x % 5 ? 'a' + x / 8 % 26 : x / 8 % 128;
		if (c == 0)
			c = ' ';
		n += utf8_encode(c, out + n);
	}
	return n;
}

static void
ascii_is_divided_as_unicode61_does(void **state)
{
	const char *args[] = {"remove_diacritics", "2", "categories", "L* M* N* Co", "tokenchars",
	    "\u00AD\u200C\u200D\u2060"};
	struct tokenizer *t = NULL;
	sqlite3 *db = NULL;
	fts5_tokenizer theirs;
	Fts5Tokenizer *instance = NULL;
	void *inner = NULL;
	uint32_t seed = 11;
	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(tokenizer_register(db, &t), SQLITE_OK);
	fts5_api *api = tokenizer_fts(t);
	assert_int_equal(api->xFindTokenizer(api, "unicode61", &inner, &theirs), SQLITE_OK);
	assert_int_equal(theirs.xCreate(inner, args, COUNT_OF(args), &instance), SQLITE_OK);
	for (size_t i = 0; i < 3000; i++) {
		char text[200];
		struct words x = {.n = 0}, y = {.n = 0};
		size_t n = make_text(text, 5 + i % 190, &seed);
		assert_int_equal(tokenizer_run(t, str_of(text, n), by_ours, &x), SQLITE_OK);
		assert_int_equal(theirs.xTokenize(instance, &y, 0, text, (int)n, by_theirs), SQLITE_OK);
		if (!str_eq(str_of(x.text, x.n), str_of(y.text, y.n)))
			fail_msg("%.*s\n--\n%.*s--\n%.*s", (int)n, text, (int)x.n, x.text, (int)y.n, y.text);
	}
	theirs.xDelete(instance);
	sqlite3_close(db);
	tokenizer_free(t);
}

static void
a_long_word_of_ascii_is_one_word(void **state)
{
	struct tokenizer *t = NULL;
	sqlite3 *db = NULL;
	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(tokenizer_register(db, &t), SQLITE_OK);
	for (size_t n = 60; n < 70; n++) {
		char text[80];
		struct words x = {.n = 0};
		memset(text, 'K', n);
		assert_int_equal(tokenizer_run(t, str_of(text, n), by_ours, &x), SQLITE_OK);
		assert_int_equal(strspn(x.text, "k"), n);
	}
	sqlite3_close(db);
	tokenizer_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_sign_is_the_word_that_folding_makes),
	    cmocka_unit_test(ascii_is_divided_as_unicode61_does),
	    cmocka_unit_test(a_long_word_of_ascii_is_one_word),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
