#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/readalso.h"
#include "text/fold.h"

static const char *const table[] = {
#define READALSO(language, phrase, kind) phrase,
#include "story/readalso.def"
#undef READALSO
};

static void
table_is_folded_and_sorted(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct str p = str_z(table[i]);
		if (!str_eq(text_fold_bare(a, p), p))
			fail_msg("'%s' is not folded", table[i]);
		if (i > 0 && str_cmp(str_z(table[i - 1]), p) >= 0)
			fail_msg("'%s' is not behind '%s'", table[i], table[i - 1]);
		assert_true(p.n >= 3);
	}
	arena_free(a);
}

static const struct row {
	const char *text, *label, *rest;
	enum readalso_kind kind;
	bool closed;
} rows[] = {
	{"Baca juga: Kapal riset pulang", "Baca juga", "Kapal riset pulang", READALSO_RELATED, true},
	{"BACA JUGA : Kapal", "BACA JUGA", "Kapal", READALSO_RELATED, true},
	{"Baca juga\u00a0: Kapal", "Baca juga", "Kapal", READALSO_RELATED, true},
	{"Baca juga：Kapal", "Baca juga", "Kapal", READALSO_RELATED, true},
	{"» Baca juga: Kapal", "Baca juga", "Kapal", READALSO_RELATED, true},
	{"[Baca juga: Kapal]", "Baca juga", "Kapal]", READALSO_RELATED, true},
	{"(Le puede interesar: El barco)", "Le puede interesar", "El barco)", READALSO_RELATED, true},
	{"→ À lire aussi Le bateau", "À lire aussi", "Le bateau", READALSO_RELATED, false},
	{"LIRE AUSSI - Le bateau", "LIRE AUSSI", "Le bateau", READALSO_RELATED, true},
	{"LIR\u0301E AUSSI - Le bateau", "LIR\u0301E AUSSI", "Le bateau", READALSO_RELATED, true},
	/* an accent behind the first bytes, which are looked at by themselves, and two spaces in them */
	{"Continue reading\u0301: Kapal", "Continue reading\u0301", "Kapal", READALSO_CONTINUE, true},
	{"Continue \u00a0read\u00adi\u0301ng", "Continue \u00a0read\u00adi\u0301ng", "", READALSO_CONTINUE, false},
	{"Related stori\u0308es: Kapal", "Related stori\u0308es", "Kapal", READALSO_RELATED, true},
	{"LEGGI ANCHE | La nave", "LEGGI ANCHE", "La nave", READALSO_RELATED, true},
	{"【関連記事】船が", "関連記事", "船が", READALSO_RELATED, true},
	{"関連記事", "関連記事", "", READALSO_RELATED, false},
	{"▶ 함께 읽기 배가", "함께 읽기", "배가", READALSO_RELATED, false},
	{"İLGİLİ HABER: Gemi", "İLGİLİ HABER", "Gemi", READALSO_RELATED, true},
	{"إقرأ أيضاً: سفينة", "إقرأ أيضاً", "سفينة", READALSO_RELATED, true},
	{"यह भी पढ़ें: नाव", "यह भी पढ़ें", "नाव", READALSO_RELATED, true},
	{"ये भी पढ़ें- नाव", "ये भी पढ़ें", "नाव", READALSO_RELATED, true},
	{"อ่านเพิ่มเติม: เรือ", "อ่านเพิ่มเติม", "เรือ", READALSO_RELATED, true},
	{"Lesen Sie auch: Das Schiff", "Lesen Sie auch", "Das Schiff", READALSO_RELATED, true},
	{"LÄS OCKSÅ: Båten", "LÄS OCKSÅ", "Båten", READALSO_RELATED, true},
	{"Read more: The boat", "Read more", "The boat", READALSO_WEAK, true},
	{"BACA: Kapal", "BACA", "Kapal", READALSO_WEAK, true},
	{"Lue lisää aiheesta", "Lue lisää aiheesta", "", READALSO_RELATED, false},
	{"Kapcsolódó cikkeink", "Kapcsolódó cikkeink", "", READALSO_RELATED, false},
	{"До теми: Човен", "До теми", "Човен", READALSO_HEADING, true},
	{"Đọc nhiều nhất", "Đọc nhiều nhất", "", READALSO_POPULAR, false},
	{"Baca selengkapnya di sini", "Baca selengkapnya di sini", "", READALSO_CONTINUE, false},
	{"Most read", "Most read", "", READALSO_POPULAR, false},
	{"Tengdar fréttir", "Tengdar fréttir", "", READALSO_RELATED, false},
	{"Lasītākie", "Lasītākie", "", READALSO_POPULAR, false},
	{"Darllenwch hefyd: Daeth y llong", "Darllenwch hefyd", "Daeth y llong", READALSO_RELATED, true},
	{"Shuningdek, o‘qing: Kema", "Shuningdek, o‘qing", "Kema", READALSO_RELATED, true},
	{"ဆက်စပ်သတင်း: သင်္ဘော", "ဆက်စပ်သတင်း", "သင်္ဘော", READALSO_RELATED, true},
	{"Simak juga Video: Kapal", "Simak juga Video", "Kapal", READALSO_RELATED, true},
};

static const char *const none[] = {
	"",
	"Kapal riset itu pulang, baca juga beritanya",
	"Bacalah jugaan",
	"Readers also liked it",
	"Relatedness is a word",
	"Lirez aussi",
	"関",
	": Baca",
};

static void
takes_label_and_rest(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct row *r = &rows[i];
		struct readalso m;
		if (!readalso_match(a, str_z(r->text), &m))
			fail_msg("no marker in '%s'", r->text);
		if (!str_eq(m.label, str_z(r->label)) || !str_eq(m.rest, str_z(r->rest)))
			fail_msg("'%s' gave '%.*s' and '%.*s'", r->text, STR_ARG(m.label),
			    STR_ARG(m.rest));
		assert_int_equal(m.kind, r->kind);
		assert_int_equal(m.closed, r->closed);
	}
	arena_free(a);
}

static void
leaves_words_alone(void **state)
{
	struct arena *a = arena_new();
	struct readalso m;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(none); i++)
		if (readalso_match(a, str_z(none[i]), &m) && m.kind == READALSO_RELATED)
			fail_msg("'%s' gave '%.*s'", none[i], STR_ARG(m.label));
	arena_free(a);
}

static void
heading_has_nothing_else(void **state)
{
	struct arena *a = arena_new();
	struct readalso m;

	(void)state;
	assert_true(readalso_is_heading(a, STR("BACA JUGA :"), &m));
	assert_true(readalso_is_heading(a, STR("【関連記事】"), &m));
	assert_true(readalso_is_heading(a, STR("Mehr zum Thema"), &m));
	assert_false(readalso_is_heading(a, STR("Baca juga: Kapal"), &m));
	assert_false(readalso_is_heading(a, STR("Kapal"), &m));
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_is_folded_and_sorted),
		cmocka_unit_test(takes_label_and_rest),
		cmocka_unit_test(leaves_words_alone),
		cmocka_unit_test(heading_has_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
