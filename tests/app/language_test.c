/*
 * Which language is chosen, and that its words come without any locale installed.  Runs in the build
 * folder, whose src/locale has the catalogues; exit 77 (SKIP) when msgfmt was not there to make them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/language.h"
#include "base/file.h"

enum { SKIPPED = 77 };

static void
set(const char *name, const char *value)
{
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

static void
assert_word(const struct words *w, enum word id, const char *want)
{
	struct str got = word(w, id);
	if (!str_eq(got, str_z(want)))
		fail_msg("got '%.*s', want '%s'", STR_ARG(got), want);
}

static void
test_choice(void **state)
{
	static const struct {
		const char *wish, *language, *lc_all, *lc_messages, *lang;
		enum language chosen;
		bool ok;
	} rows[] = {
		{"auto", NULL, NULL, NULL, NULL, LANGUAGE_EN, true},
		{"auto", NULL, NULL, NULL, "id_ID.UTF-8", LANGUAGE_ID, true},
		{"auto", NULL, NULL, NULL, "id", LANGUAGE_ID, true},
		{"auto", NULL, NULL, NULL, "in_ID", LANGUAGE_ID, true}, /* the old code */
		{"auto", NULL, NULL, "id_ID.UTF-8", "en_US.UTF-8", LANGUAGE_ID, true},
		{"auto", NULL, "en_GB.UTF-8", "id_ID.UTF-8", "id_ID.UTF-8", LANGUAGE_EN, true},
		{"auto", NULL, "", "", "id_ID.UTF-8", LANGUAGE_ID, true},
		{"auto", NULL, NULL, NULL, "xx_YY.UTF-8", LANGUAGE_EN, true},
		{"auto", "id", NULL, NULL, NULL, LANGUAGE_ID, true},
		{"auto", "id", NULL, NULL, "C.UTF-8", LANGUAGE_ID, true},
		{"auto", "id", "C", NULL, NULL, LANGUAGE_EN, true},
		{"auto", "id", NULL, NULL, "POSIX", LANGUAGE_EN, true},
		{"auto", "xx:id:en", NULL, NULL, "en_US.UTF-8", LANGUAGE_ID, true},
		{"auto", "en:id", NULL, NULL, "id_ID.UTF-8", LANGUAGE_EN, true},
		{"auto", "", NULL, NULL, "id_ID.UTF-8", LANGUAGE_ID, true},
		{"auto", ":::", NULL, NULL, "id_ID.UTF-8", LANGUAGE_ID, true},
		{"id", "en", "C", NULL, NULL, LANGUAGE_ID, true},
		{"id-ID", NULL, NULL, NULL, NULL, LANGUAGE_ID, true},
		{"ID", NULL, NULL, NULL, NULL, LANGUAGE_ID, true},
		{"en", "id", "id_ID.UTF-8", NULL, NULL, LANGUAGE_EN, true},
		{"en-GB", NULL, NULL, NULL, NULL, LANGUAGE_EN, true},
		{"xx", "id", "id_ID.UTF-8", NULL, NULL, LANGUAGE_EN, false},
		{"", NULL, NULL, NULL, NULL, LANGUAGE_EN, false},
		{"../../etc", NULL, NULL, NULL, NULL, LANGUAGE_EN, false},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct words w = {0};
		set("LANGUAGE", rows[i].language);
		set("LC_ALL", rows[i].lc_all);
		set("LC_MESSAGES", rows[i].lc_messages);
		set("LANG", rows[i].lang);
		bool ok = language_begin(&w, str_z(rows[i].wish), "src");
		if (ok != rows[i].ok || w.language != rows[i].chosen)
			fail_msg("row %zu ('%s'): %d, language %d", i, rows[i].wish, ok, w.language);
		assert_word(&w, WORD_READ_ALSO,
		    rows[i].chosen == LANGUAGE_ID ? "Baca juga" : "Read also");
		/* what is not ours stays as it was */
		const char *left = getenv("LANGUAGE");
		assert_string_equal(left ? left : "none", rows[i].language ? rows[i].language : "none");
		language_end(&w);
		assert_word(&w, WORD_READ_ALSO, "Read also");
		assert_int_equal(w.language, LANGUAGE_EN);
	}
}

static void
test_sentences(void **state)
{
	struct arena *a = arena_new();
	struct words w = {0};
	(void)state;
	setlocale(LC_ALL, "C"); /* an 8-bit locale must not change the bytes of the words */
	assert_true(language_begin(&w, STR("id"), "src"));
	assert_word(&w, WORD_FETCHING, "Mengambil teks lengkap\xE2\x80\xA6");
	for (int64_t n = 0; n < 3; n++)
		assert_true(str_eq(word_plural(&w, WORD_CITED_BY_N, n), STR("dirujuk %1")));
	assert_true(str_eq(word_fill2(a, word(&w, WORD_UNREAD_OF), STR("7"), STR("9")),
	    STR("7 dari 9 belum dibaca")));
	assert_true(str_eq(words_say(&w, "Open in the browser"), STR("Buka di peramban")));
	assert_true(str_eq(words_say(&w, "never said by anyone"), STR("never said by anyone")));
	assert_int_equal(words_say(&w, "").n, 0);
	language_end(&w);
	arena_free(a);
}

/* Begun, ended and begun again in another language: nothing of the first is left. */
static void
test_change(void **state)
{
	struct words w = {0};
	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_true(language_begin(&w, STR("id"), "src"));
		assert_word(&w, WORD_RELATED, "Terkait");
		language_end(&w);
		assert_true(language_begin(&w, STR("en"), "src"));
		assert_word(&w, WORD_RELATED, "Related");
		language_end(&w);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_choice),
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_change),
	};
	if (!file_exists("src/locale/id/LC_MESSAGES/kawat.mo")) {
		puts("SKIP: no catalogue in src/locale: msgfmt was missing");
		return SKIPPED;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
