#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "story/dateline.h"

static const struct row {
	const char *block, *place, *agency, *desk, *date, *lead;
} rows[] = {
	{"Seoul (ANTARA) - Kapal itu", "Seoul", "ANTARA", "", "", "Kapal itu"},
	{"Frankfurt/Main (dpa) - Der Fluss", "Frankfurt/Main", "dpa", "", "", "Der Fluss"},
	{"Kleinort (dpa/lni) – Ein Hund", "Kleinort", "dpa", "lni", "", "Ein Hund"},
	{"MEXICO CITY (AP) — The lake", "MEXICO CITY", "AP", "", "", "The lake"},
	{"BUENOS AIRES, Argentina (AP) _ The", "BUENOS AIRES", "AP", "", "", "The"},
	{"GROSSETO, Italy (AP) -- The", "GROSSETO", "AP", "", "", "The"},
	{"BEIRUT/THE HAGUE, March 7 (Reuters) - A judge", "BEIRUT/THE HAGUE", "Reuters", "",
	    "March 7", "A judge"},
	{"April 25 (Reuters) - A mill", "", "Reuters", "", "April 25", "A mill"},
	{"دمشق، سوريا (CNN) -- قال", "دمشق", "CNN", "", "", "قال"},
	{"JAKARTA, KOMPAS.com - Hujan", "JAKARTA", "KOMPAS.com", "", "", "Hujan"},
	{"KOMPAS.com - Hujan turun", "", "KOMPAS.com", "", "", "Hujan turun"},
	{"TEMPO.CO, Jakarta - Hujan", "Jakarta", "TEMPO.CO", "", "", "Hujan"},
	{"Liputan6.com, Jakarta Hujan turun", "Jakarta", "Liputan6.com", "", "", "Hujan turun"},
	{"REPUBLIKA.CO.ID,\u00a0JAKARTA -- Hujan", "JAKARTA", "REPUBLIKA.CO.ID", "", "", "Hujan"},
	{"REPUBLIKA.CO.ID, JAKARTA\u00a0--\u00a0Hujan", "JAKARTA", "REPUBLIKA.CO.ID", "", "",
	    "Hujan"},
	{"JAKARTA - Hujan turun", "JAKARTA", "", "", "", "Hujan turun"},
	{"KUCHING – Kerajaan", "KUCHING", "", "", "", "Kerajaan"},
	{"(이스탄불=연합뉴스) 홍길순 특파원 = 배가", "이스탄불", "연합뉴스", "", "", "배가"},
	{"[서울=뉴시스] 홍길순 기자 = 배가", "서울", "뉴시스", "", "", "배가"},
	{"（中央社記者王小明台北1日電）船", "台北", "中央社", "", "1日", "船"},
	{"新华社北京11月22日电（记者王小明）船", "北京", "新华社", "", "11月22日", "船"},
	{"【ワシントン共同】船が", "ワシントン", "共同", "", "", "船が"},
	{"【ソウル聯合ニュース】船が", "ソウル", "聯合ニュース", "", "", "船が"},
	{"BEIJING, Nov. 22 (Xinhua) -- The", "BEIJING", "Xinhua", "", "Nov. 22", "The"},
	{"SEOUL, Nov. 22 (Yonhap) -- The", "SEOUL", "Yonhap", "", "Nov. 22", "The"},
	{"МОСКВА, 22 ноя. /ТАСС/. Корабль", "МОСКВА", "ТАСС", "", "22 ноя.", "Корабль"},
	{"Madrid, 22 nov (EFE).- El barco", "Madrid", "EFE", "", "22 nov", "El barco"},
	{"(ANSA) - ROMA, 22 NOV - La nave", "ROMA", "ANSA", "", "22 NOV", "La nave"},
	{"PARIS, 22 nov 2025 (AFP) - Le", "PARIS", "AFP", "", "22 nov 2025", "Le"},
	{"KUALA LUMPUR, Nov 22 (Bernama) -- The", "KUALA LUMPUR", "Bernama", "", "Nov 22", "The"},
	{"KYIV. Nov 22 (Interfax-Ukraine) – The", "KYIV", "Interfax-Ukraine", "", "Nov 22", "The"},
	{"ISTANBUL (AA) – A bridge", "ISTANBUL", "AA", "", "", "A bridge"},
	{"PORT HALE, April 1 (Example Wire) - The", "PORT HALE", "Example Wire", "", "April 1",
	    "The"},
	{"Rio de Janeiro (KABAR) - O rio", "Rio de Janeiro", "KABAR", "", "", "O rio"},
	{"  Ambon (ANTARA) -- Kapal", "Ambon", "ANTARA", "", "", "Kapal"},
	{"KYIV, Ukraine — The river", "KYIV", "", "", "", "The river"},
};

/* The beginnings of sentences. */
static const char *const none[] = {
	"",
	"Kapal riset Arafura (2019) - kapal yang",
	"The mayor (a baker) - spoke first",
	"UPDATE - the bridge is open",
	"the town of X (AP) is small",
	"He said (Reuters) nothing - at all",
	"Well - that was it",
	"A dash — in a sentence that begins with one word",
	"(((((((((((((((((((((((((((((((((((((((",
	"In 2019 (AP) - was a year",
	"Der Verein (gegründet 1903) - der",
	"电影11月22日上映",
};

static void
finds_the_parts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct row *r = &rows[i];
		struct dateline d;
		struct buf b = {0};

		if (!dateline_parse(str_z(r->block), &d))
			fail_msg("no dateline in '%s'", r->block);
		buf_fmt(&b, "%.*s|%.*s|%.*s|%.*s|%s", STR_ARG(d.place), STR_ARG(d.agency),
		    STR_ARG(d.desk), STR_ARG(d.date), r->block + d.lead);
		struct buf want = {0};
		buf_fmt(&want, "%s|%s|%s|%s|%s", r->place, r->agency, r->desk, r->date, r->lead);
		assert_string_equal(buf_z(&b), buf_z(&want));
		buf_clear(&b);
		buf_clear(&want);
	}
}

static void
leaves_sentences_alone(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(none); i++) {
		struct dateline d;
		if (dateline_parse(str_z(none[i]), &d))
			fail_msg("'%s' gave '%.*s' '%.*s'", none[i], STR_ARG(d.place),
			    STR_ARG(d.agency));
		assert_int_equal(d.lead, 0);
	}
}

static void
names_the_reporter(void **state)
{
	struct dateline d;

	(void)state;
	assert_true(dateline_parse(STR("(서울=예시통신) 홍길순 기자 = 배가"), &d));
	assert_true(str_eq(d.reporter, STR("홍길순")));
	assert_true(dateline_parse(STR("新华社北京11月22日电（记者王小明）船"), &d));
	assert_true(str_eq(d.reporter, STR("王小明")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_parts),
		cmocka_unit_test(leaves_sentences_alone),
		cmocka_unit_test(names_the_reporter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
