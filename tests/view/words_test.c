/* Sentences with what varies in them, numbers and sizes in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "view/symbols.h"
#include "view/words.h"

static const struct words english = {LANGUAGE_EN, NULL, NULL};

/* A catalogue of one sentence and one plural. */
static const char *
translate(void *ctx, const char *one, const char *many, unsigned long n)
{
	(void)ctx;
	if (strcmp(one, "%1 unread of %2") == 0)
		return "dari %2 ada %1 belum dibaca";
	if (many)
		return n == 0 ? "tidak ada" : "ada %1";
	return NULL;
}

static const struct words other = {LANGUAGE_ID, translate, NULL};

static void
same(struct str got, const char *want)
{
	if (!str_eq(got, str_z(want)))
		fail_msg("got '%.*s', want '%s'", STR_ARG(got), want);
}

static void
test_filling(void **state)
{
	struct arena *a = arena_new();
	struct str two[2] = {STR("132"), STR("1,204")};

	(void)state;
	same(word_fill(a, word(&english, WORD_UNREAD_OF), two, 2), "132 unread of 1,204");
	same(word_fill(a, word(&other, WORD_UNREAD_OF), two, 2),
	    "dari 1,204 ada 132 belum dibaca");
	same(word_fill2(a, STR("%2%1%2 100 % %"), STR("a"), STR("%1")), "%1a%1 100 % %");
	same(word_fill1(a, STR("%1 and %2"), STR("x")), "x and ");
	same(word(&other, WORD_RELATED), "Related");
	same(word_plural(&english, WORD_CITED_BY_N, 1), "cited by %1");
	same(word_plural(&other, WORD_CITED_BY_N, 0), "tidak ada");
	same(words_say(&other, ""), "");
	arena_free(a);
}

static void
test_numbers(void **state)
{
	static const struct {
		int64_t n;
		const char *en, *id;
	} rows[] = {{0, "0", "0"}, {999, "999", "999"}, {1204, "1,204", "1.204"},
	    {-1204, "-1,204", "-1.204"}, {100000, "100,000", "100.000"},
	    {-100, "-100", "-100"},
	    {INT64_MIN, "-9,223,372,036,854,775,808", "-9.223.372.036.854.775.808"}};
	static const struct {
		int64_t n;
		const char *en, *id;
	} sizes[] = {{0, "0 KB", "0 KB"}, {1, "1 KB", "1 KB"},
	    {214000, "214 KB", "214 KB"}, {1800000, "1.8 MB", "1,8 MB"},
	    {12300000, "12 MB", "12 MB"}, {2500000000, "2.5 GB", "2,5 GB"},
	    {-5, "0 KB", "0 KB"}};
	struct arena *a = arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(rows); i++) {
		same(word_number(a, &english, rows[i].n), rows[i].en);
		same(word_number(a, &other, rows[i].n), rows[i].id);
	}
	for (i = 0; i < COUNT_OF(sizes); i++) {
		same(word_size(a, &english, sizes[i].n), sizes[i].en);
		same(word_size(a, &other, sizes[i].n), sizes[i].id);
	}
	arena_free(a);
}

static void
test_symbols(void **state)
{
	size_t i, k;

	(void)state;
	for (i = 0; i < SYMBOLS; i++) {
		struct str ascii = symbol(SYMBOLS_ASCII, (enum symbol)i);

		assert_true(symbol(SYMBOLS_UNICODE, (enum symbol)i).n > 0);
		for (k = 0; k < ascii.n; k++)
			assert_true(ascii.p[k] > ' ' && ascii.p[k] < 0x7f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_filling),
	    cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_symbols),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
