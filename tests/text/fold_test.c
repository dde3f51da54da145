#include "text/fold.h"
#include "text/language.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

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
		cmocka_unit_test(keys_headlines),
		cmocka_unit_test(stands_noise),
		cmocka_unit_test(makes_tags_regular),
		cmocka_unit_test(guesses_the_language),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
