/* What stands for a word by itself is folded as everything is, though it takes a shorter way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_sign_is_the_word_that_folding_makes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
