#include "text/fold.h"
#include "text/language.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

struct row {
	const char *text, *want;
};

typedef struct str folder(struct arena *, struct str);

static void
check(folder *fold, const struct row *rows, size_t n)
{
	struct arena *a = arena_new();
	for (size_t i = 0; i < n; i++) {
		struct str got = fold(a, str_z(rows[i].text));
		assert_string_equal(arena_z(a, got), rows[i].want);
		assert_true(str_eq(fold(a, got), got));
	}
	arena_free(a);
}

static void
makes_markers_alike(void **state)
{
	static const struct row rows[] = {
		{"", ""},
		{"  BACA   Juga\n", "baca juga"},
		{"Baca\u00A0juga\uFF1A", "baca juga:"},
		{"ＢＡＣＡ　ＪＵＧＡ", "baca juga"},
		{"À LIRE AUSSI", "à lire aussi"},
		{"A\u0300 lire", "à lire"},
		{"STRASSE Straße", "strasse strasse"},
		{"ŞUBAT ΣΊΣΥΦΟΣ", "şubat σίσυφοσ"},
		{"“Kutip” ‘x’ «y» – —", "\"kutip\" 'x' \"y\" - -"},
		{"ﬁrma…", "firma..."},
		{"per\u00ADahu \u200Ekiri\uFE0F", "perahu kiri"},
		{"اقرأ أيضًا", "اقرا ايضا"},
		{"إقرأ أيضاً", "اقرا ايضا"},
		{"مقــالات ذاتِ صلة", "مقالات ذات صله"},
		{"بیشتر بخوانید", "بيشتر بخوانيد"},
		{"関連ﾆｭｰｽ", "関連ニュース"},
		{"가각 관련", "가각 관련"},
	};
	(void)state;
	check(text_fold, rows, COUNT_OF(rows));
}

static void
forgives_accents(void **state)
{
	static const struct row rows[] = {
		{"Citește Łódź São Ørsted", "citeste lodz sao orsted"},
		{"Đọc thêm", "doc them"},
		{"плёнка Ωμέγα", "пленка ωμεγα"},
		{"관련 기사", "관련 기사"},
		{"Jumat", "jumat"},
	};
	(void)state;
	check(text_fold_bare, rows, COUNT_OF(rows));
}

/* A letter that always takes the long way and minds no neighbour: Thai ko kai. */
#define LONG_WAY STR("\u0E01")

/* Both ways must say the same. */
static void
check_ways(struct arena *a, folder *fold, struct str s)
{
	struct str quick = arena_cat(a, fold(a, s), LONG_WAY);
	struct str slow = fold(a, arena_cat(a, s, LONG_WAY));
	if (!str_eq(quick, slow))
		fail_msg("'%s' folds to '%s' and '%s'", arena_z(a, s), arena_z(a, quick),
		    arena_z(a, slow));
}

static void
agrees_with_unicode_on_each_letter(void **state)
{
	struct arena *a = arena_new();
	(void)state;
	for (uint32_t c = 1; c < 0x20000; c++) {
		char code[4];
		struct str letter = str_of(code, utf8_encode(c, code));
		struct str between = arena_cat(a, arena_cat(a, STR("x"), letter), STR("x"));
		check_ways(a, text_fold, between);
		check_ways(a, text_fold_bare, between);
		arena_reset(a);
	}
	arena_free(a);
}

/* Neighbours: letters with marks, vowel signs and joiners between, syllables, kana, brackets. */
static void
agrees_with_unicode_on_neighbours(void **state)
{
	static const uint32_t letters[] = {
		'a', 'A', 'i', ' ', '`', 0xA0, 0xAD, 0xB4, 0xC5, 0xDF, 0x130, 0x131, 0x141, 0x17F,
		0x300, 0x30A, 0x327, 0x345, 0x3A3, 0x3C3, 0x401, 0x419, 0x439, 0x627, 0x622, 0x640,
		0x64B, 0x653, 0x654, 0x6C1, 0x6D2, 0xE01, 0xE33, 0x1100, 0x1161, 0x11A8, 0x200D,
		0x2018, 0x2026, 0x3000, 0x304B, 0x3099, 0x30AB, 0x4E00, 0xAC00, 0xAC01, 0xFE0F,
		0xFF21, 0xFF40, 0xFF76, 0xFF9E, 0x1F600,
	};
	struct arena *a = arena_new();
	uint32_t seed = 1;
	(void)state;
	for (int round = 0; round < 20000; round++) {
		char text[5 * 4 + 1];
		size_t n = 0;
		for (int i = 0; i < 5; i++) {
			seed = seed * 1664525u + 1013904223u;
			n += utf8_encode(letters[(seed >> 16) % COUNT_OF(letters)], text + n);
		}
		text[n++] = 'x';
		check_ways(a, text_fold, str_of(text, n));
		check_ways(a, text_fold_bare, str_of(text, n));
		arena_reset(a);
	}
	arena_free(a);
}

static void
keys_headlines(void **state)
{
	static const struct row rows[] = {
		{"Gempa 5,1 guncang “Kota Contoh”: tak ada korban!",
		    "gempa 5 1 guncang kota contoh tak ada korban"},
		{"GEMPA 5,1 GUNCANG 'KOTA CONTOH' - TAK ADA KORBAN",
		    "gempa 5 1 guncang kota contoh tak ada korban"},
		{"Jum’at ini", "jumat ini"},
		{"【速報】港が再開、", "速報 港が再開"},
		{"…!", ""},
	};
	(void)state;
	check(text_headline_key, rows, COUNT_OF(rows));
}

static void
stands_noise(void **state)
{
	static const char *const pieces[] = {"a", "\u0301", "\u200D", "İ", "ß", "\u0627", "\u0653",
	    "\u064B", "\u0654", "\u00A0", " ", "가", "\u1100", "\u1161", "ｶ", "\uFF9E", "…", "\u00B4",
	    "\u0345", "ᾳ", "ǰ", "\uFE70", "\uFC5E"};
	struct arena *a = arena_new();
	unsigned seed = 5;
	(void)state;
	for (int round = 0; round < 5000; round++) {
		char text[64];
		size_t n = 0;
		while (n < 24) {
			seed = seed * 1103515245u + 12345u;
			const char *piece = pieces[(seed >> 16) % COUNT_OF(pieces)];
			memcpy(text + n, piece, strlen(piece));
			n += strlen(piece);
		}
		struct str once = text_fold(a, str_of(text, n)), twice = text_fold(a, once);
		if (!str_eq(once, twice))
			print_error("'%.*s' '%.*s'\n", STR_ARG(once), STR_ARG(twice));
		assert_true(str_eq(once, twice));
	}
	arena_free(a);
}

static void
makes_tags_regular(void **state)
{
	static const struct row rows[] = {
		{"id", "id"},
		{"ID_id.UTF-8", "id-ID"},
		{"in", "id"},
		{"iw-IL", "he-IL"},
		{"zh_hant_tw", "zh-Hant-TW"},
		{" en-us ", "en-US"},
		{"es-419", "es-419"},
		{"de-CH-1996", "de-CH-1996"},
		{"en-x-AB", "en-x-ab"},
		{"Bahasa", "id"},
		{"en, id", "en"},
		{"C", ""},
		{"POSIX", ""},
		{"1x", ""},
		{"xn--evil tag", ""},
		{"", ""},
	};
	(void)state;
	check(language_tag, rows, COUNT_OF(rows));
}

static void
guesses_the_language(void **state)
{
	static const struct row rows[] = {
		{"Pelabuhan itu telah dibuka kembali pada hari ini dan kapal dari utara sudah bisa "
		 "masuk, kata kepala pelabuhan kepada warga.", "id"},
		{"Beliau berkata pelabuhan itu telah dibuka semula kerana cuaca lebih baik, "
		 "manakala kapal daripada utara boleh masuk selepas tengah hari.", "ms"},
		{"The harbour was opened again on Monday and ships from the north have been let in, "
		 "the master of the port said.", "en"},
		{"Der Hafen ist wieder offen, und die Schiffe aus dem Norden sind nach einer Woche "
		 "auch in der Stadt.", "de"},
		{"Le port est de nouveau ouvert et les navires du nord sont dans la rade pour la "
		 "première fois.", "fr"},
		{"El puerto está abierto de nuevo y los barcos del norte han llegado a la ciudad "
		 "después de una semana.", "es"},
		{"O porto está aberto de novo e os navios do norte não são mais um problema para a "
		 "cidade.", "pt"},
		{"Il porto è di nuovo aperto e le navi del nord sono nella città dopo una settimana.",
		    "it"},
		{"De haven is weer open en de schepen uit het noorden zijn na een week ook in de stad.",
		    "nl"},
		{"Havnen er åpen igjen og skipene fra nord har ikke blitt borte etter en uke, det er "
		 "jeg sikker på.", "no"},
		{"Liman yeniden açıldı ve kuzeyden gelen gemiler için bu bir hafta sonra çok iyi oldu, "
		 "dedi.", "tr"},
		{"Port jest znowu otwarty i statki z północy nie są już na redzie, jak się dowiedział "
		 "urząd.", "pl"},
		{"Порт снова открыт, и суда с севера уже не на рейде, как было ещё на прошлой неделе.",
		    "ru"},
		{"Порт знову відкрито, і судна з півночі вже не на рейді, як це було ще на тому тижні.",
		    "uk"},
		{"أعيد فتح الميناء اليوم أمام السفن القادمة من الشمال بعد أسبوع من الإغلاق كما قال", "ar"},
		{"بندر امروز دوباره باز شد و کشتی‌ها از شمال به این شهر می‌آیند که برای همه خوب است", "fa"},
		{"הנמל נפתח היום מחדש", "he"},
		{"港口今天重新开放", "zh"},
		{"港が再開した。きょうから船が入る。", "ja"},
		{"항구가 다시 열렸다", "ko"},
		{"Το λιμάνι άνοιξε ξανά", "el"},
		{"ท่าเรือเปิดอีกครั้ง", "th"},
		{"12345 !!!", ""},
		{"Zxq", ""},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str got = language_guess(str_z(rows[i].text));
		if (!str_eq(got, str_z(rows[i].want)))
			print_error("%.*s, not %s\n", STR_ARG(got), rows[i].want);
		assert_true(str_eq(got, str_z(rows[i].want)));
	}
	assert_true(language_is_rtl(STR("fa-IR")));
	assert_false(language_is_rtl(STR("az-Latn")));
	assert_false(language_is_rtl(STR("id")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(makes_markers_alike),
		cmocka_unit_test(forgives_accents),
		cmocka_unit_test(agrees_with_unicode_on_each_letter),
		cmocka_unit_test(agrees_with_unicode_on_neighbours),
		cmocka_unit_test(keys_headlines),
		cmocka_unit_test(stands_noise),
		cmocka_unit_test(makes_tags_regular),
		cmocka_unit_test(guesses_the_language),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
