#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "story/credit.h"
#include "story/credit_phrase.h"
#include "text/fold.h"

static const struct {
	const char *phrase;
	enum credit_how how;
} table[] = {
#define CREDIT(language, phrase, role, how) {phrase, CREDIT_HOW_##how},
#include "story/credit.def"
#undef CREDIT
};

static void
table_is_folded(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(table); i++)
		if (!str_eq(text_fold_bare(a, str_z(table[i].phrase)), str_z(table[i].phrase)))
			fail_msg("'%s' is not folded", table[i].phrase);
	arena_free(a);
}

static void
table_is_sorted(void **state)
{
	(void)state;
	for (size_t i = 1; i < COUNT_OF(table); i++)
		if (table[i].how < table[i - 1].how || (table[i].how == table[i - 1].how &&
		    str_cmp(str_z(table[i].phrase), str_z(table[i - 1].phrase)) <= 0))
			fail_msg("'%s' is not behind '%s'", table[i].phrase, table[i - 1].phrase);
}

/* What the line says: source|exchange|reporter|translator|editor|photographer|rights */
static const struct row {
	const char *line;
	enum credit_kind kind;
	const char *says;
} rows[] = {
	{"Sumber: Yonhap-OANA", CREDIT_LABEL, "Yonhap-OANA|OANA|||||"},
	{"Penerjemah: Laras Wibowo", CREDIT_LABEL, "|||Laras Wibowo|||"},
	{"Pewarta: Bima Tama Editor: Sari Ayu", CREDIT_LABEL, "||Bima Tama||Sari Ayu||"},
	{"(Reporter: Bima Tama | Editor: Sari Ayu)", CREDIT_LABEL, "||Bima Tama||Sari Ayu||"},
	{"Reporter: B. T.", CREDIT_LABEL, "||B. T.||||"},
	{"(Reporting by Ann Poe in Port Hale; Editing by Lee Roe)", CREDIT_LABEL,
	    "||Ann Poe in Port Hale||Lee Roe||"},
	{"Editing by Lee Roe", CREDIT_LABEL, "||||Lee Roe||"},
	/* of two phrases the longer one */
	{"Reportage de Zoé Lac; Editing by Lee Roe", CREDIT_LABEL, "||Zoé Lac||Lee Roe||"},
	/* the phrase begins behind a bracket, or with it */
	{"[ⓒ 2025 Example Wire", CREDIT_COPYRIGHT, "||||||[ⓒ 2025 Example Wire"},
	{"(c) 2025 Example Wire", CREDIT_COPYRIGHT, "||||||(c) 2025 Example Wire"},
	/* neither a time nor an address has the colon of a label */
	{"Editor 12:30 http://x.example: Lee", CREDIT_NONE, "||||||"},
	{"Editor: Lee Roe 12:30", CREDIT_LABEL, "||||Lee Roe 12:30||"},
	{"(责编：王小明)", CREDIT_LABEL, "||||王小明||"},
	{"（編輯：王小明）1130901", CREDIT_LABEL, "||||王小明||"},
	{"Quelle: Warte am Deich", CREDIT_LABEL, "Warte am Deich||||||"},
	{"Traduction : Zoé Lac", CREDIT_LABEL, "|||Zoé Lac|||"},
	{"ÜBERSETZUNG: Uwe Watt", CREDIT_LABEL, "|||Uwe Watt|||"},
	{"홍길순 기자 hong@example.kr", CREDIT_LABEL, "||홍길순||||"},
	{"Foto: Rina Laut", CREDIT_LABEL, "|||||Rina Laut|"},
	{"Copyright © ANTARA 2025", CREDIT_COPYRIGHT, "||||||Copyright © ANTARA 2025"},
	{"© 2025 Example Wire", CREDIT_COPYRIGHT, "||||||© 2025 Example Wire"},
	{"Dilarang keras mengutip tanpa izin.", CREDIT_RIGHTS,
	    "||||||Dilarang keras mengutip tanpa izin."},
	{"Alle Rechte vorbehalten", CREDIT_RIGHTS, "||||||Alle Rechte vorbehalten"},
	{"(acd/acd)", CREDIT_MARK, "||||||"},
	{"(*)", CREDIT_MARK, "||||||"},
	{"___", CREDIT_MARK, "||||||"},
	{"(PTI)", CREDIT_MARK, "||||||"},
	{"[Gambas:Video 20detik]", CREDIT_MARK, "||||||"},
	{"Editor:", CREDIT_LABEL, "||||||"},
	{"Kapal itu pulang.", CREDIT_NONE, "||||||"},
	{"Editor: apakah kapal itu akan pulang?", CREDIT_NONE, "||||||"},
	{"Pukul 10:30: kapal pulang", CREDIT_NONE, "||||||"},
	{"The copyright of a song is old.", CREDIT_NONE, "||||||"},
	{"Cap itu dibuat pandai besi.", CREDIT_NONE, "||||||"},
	{"ⓒ 2026 Kawat Selatan", CREDIT_COPYRIGHT, "||||||ⓒ 2026 Kawat Selatan"},
	{"Oleh Bima Tama", CREDIT_LABEL, "||Bima Tama||||"},
	{"By Ann Poe and Lee Roe", CREDIT_LABEL, "||Ann Poe and Lee Roe||||"},
	{"Von Uwe Watt, dpa", CREDIT_LABEL, "||Uwe Watt||||"},
	{"Par Zoé Lac", CREDIT_LABEL, "||Zoé Lac||||"},
	{"Con información de EFE", CREDIT_LABEL, "EFE||||||"},
	{"Pewarta: Bima Tama / Editor: Sari Ayu", CREDIT_LABEL, "||Bima Tama||Sari Ayu||"},
	{"（譯者：王小明／編輯：李大偉）1141122", CREDIT_LABEL, "|||王小明|李大偉||"},
	{"（翻訳：山田花子、編集：山田太郎）", CREDIT_LABEL, "|||山田花子|山田太郎||"},
	{"【责任编辑:王小明】", CREDIT_LABEL, "||||王小明||"},
	{"（记者王小明 摄影李大伟）", CREDIT_LABEL, "||王小明|||李大伟|"},
	{"（写真・山田太郎）", CREDIT_LABEL, "|||||山田太郎|"},
	{"(Reporting by Ann Poe, Writing by Bo Lin; editing by Lee Roe)", CREDIT_LABEL,
	    "||Ann Poe, Bo Lin||Lee Roe||"},
	{"(Rédigé par Zoé Lac, édité par Léo Mer)", CREDIT_LABEL, "||Zoé Lac||Léo Mer||"},
	{"(Reporte de Ana Paz. Editado en español por Luz Mar)", CREDIT_LABEL,
	    "||Ana Paz||Luz Mar||"},
	{"(تغطية صحفية منى النهر - تحرير سمير البحري)", CREDIT_LABEL,
	    "||منى النهر||سمير البحري||"},
	{"Haber: Ali Göl - Kamera: Can Su", CREDIT_LABEL, "||Ali Göl|||Can Su|"},
	{"예시신문 홍길순 김영희 기자 hong@example.kr", CREDIT_LABEL, "||홍길순, 김영희||||"},
	{"홍길순기자 hong@example.kr", CREDIT_LABEL, "||홍길순||||"},
	{"[사진=예시군 제공]", CREDIT_LABEL, "|||||예시군|"},
	{"[ⓒ 예시신문, 무단 전재 금지]", CREDIT_COPYRIGHT, "||||||[ⓒ 예시신문, 무단 전재 금지]"},
	{"(ADV)", CREDIT_MARK, "||||||"},
	{"-0-", CREDIT_MARK, "||||||"},
	{"- BERNAMA", CREDIT_MARK, "||||||"},
	{"(END)", CREDIT_MARK, "||||||"},
	{"hong@example.kr", CREDIT_MARK, "||||||"},
	{"dpa:261122-930-123456/1", CREDIT_MARK, "||||||"},
	{"(Adds the captain's words, paragraph 4)", CREDIT_LABEL, "||||||"},
	{"By the lake the captain waits.", CREDIT_NONE, "||||||"},
	{"Von der Brücke aus winkte die Kapitänin", CREDIT_NONE, "||||||"},
	{"Por la tarde el barco volvió", CREDIT_NONE, "||||||"},
	{"The end", CREDIT_NONE, "||||||"},
	{"记者在湖边看到", CREDIT_NONE, "||||||"},
	{"Kapten: Made Suta", CREDIT_NONE, "||||||"},
};

static void
reads_a_line(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct row *r = &rows[i];
		struct credit c = {0};
		struct buf says = {0};
		enum credit_kind kind = credit_read(a, str_z(r->line), &c);
		if (kind != r->kind)
			fail_msg("'%s' is %d", r->line, (int)kind);
		buf_fmt(&says, "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s", STR_ARG(c.source),
		    STR_ARG(c.exchange), STR_ARG(c.reporter), STR_ARG(c.translator),
		    STR_ARG(c.editor), STR_ARG(c.photographer), STR_ARG(c.rights));
		if (kind != CREDIT_NONE)
			assert_string_equal(buf_z(&says), r->says);
		buf_clear(&says);
	}
	arena_free(a);
}

/* '=' before a line that must be taken, '~' before one that the caller took. */
static void
check_foot(const char *const *lines, size_t n, struct credit *c, struct arena *a)
{
	struct credit_line l[16] = {0};

	for (size_t i = 0; i < n; i++) {
		l[i].text = str_z(lines[i] + 1);
		l[i].passed = lines[i][0] == '~';
	}
	credit_foot(a, l, n, c);
	for (size_t i = 0; i < n; i++)
		if (l[i].taken != (lines[i][0] == '='))
			fail_msg("'%s' was%s taken", lines[i], l[i].taken ? "" : " not");
}

static void
foot_is_read_around_offers(void **state)
{
	static const char *const lines[] = {
		" Ambon (ANTARA) - Kapal itu pulang.",
		" Editor: kata itu berdiri di tengah kalimat cerita.",
		" Kapal itu tidak akan kembali.",
		"=Sumber: Yonhap-OANA",
		"~Baca juga: Kapal lain",
		"=Penerjemah: Laras Wibowo",
		"=Editor: Damar Prakoso",
		"=Copyright © ANTARA 2025",
		"=Dilarang keras mengambil konten ini tanpa izin.",
	};
	struct arena *a = arena_new();
	struct credit c = {0};

	(void)state;
	check_foot(lines, COUNT_OF(lines), &c, a);
	assert_true(str_eq(c.source, STR("Yonhap-OANA")));
	assert_true(str_eq(c.exchange, STR("OANA")));
	assert_true(str_eq(c.translator, STR("Laras Wibowo")));
	assert_true(str_eq(c.editor, STR("Damar Prakoso")));
	assert_true(str_eq(c.copyright, STR("Copyright © ANTARA 2025")));
	assert_true(str_eq(c.rights, STR("Copyright © ANTARA 2025\n"
	                                 "Dilarang keras mengambil konten ini tanpa izin.")));
	arena_free(a);
}

static void
head_and_advertorial(void **state)
{
	static const char *const lines[] = {
		"=Penulis: Bima Tama",
		" Kapal itu pulang ke pelabuhan.",
		"=(adv/adv)",
	};
	struct arena *a = arena_new();
	struct credit c = {0};

	(void)state;
	check_foot(lines, COUNT_OF(lines), &c, a);
	assert_true(str_eq(c.reporter, STR("Bima Tama")));
	assert_true(c.advertorial);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_is_folded),
		cmocka_unit_test(table_is_sorted),
		cmocka_unit_test(reads_a_line),
		cmocka_unit_test(foot_is_read_around_offers),
		cmocka_unit_test(head_and_advertorial),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
