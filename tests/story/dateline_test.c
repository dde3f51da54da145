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
	{"Kota Ambon, Maluku (ANTARA) - Kapal", "Kota Ambon", "ANTARA", "", "", "Kapal"},
	{"Frankfurt/Oder (dpa/bb) - Der", "Frankfurt/Oder", "dpa", "bb", "", "Der"},
	{"Frankfurt am Main (dpa/lhe) – Der", "Frankfurt am Main", "dpa", "lhe", "", "Der"},
	{"Berlin/Hamburg (dpa/lno) - Der", "Berlin/Hamburg", "dpa", "lno", "", "Der"},
	{"Berlin (dpa). Der", "Berlin", "dpa", "", "", "Der"},
	{"Berlin (AFP) Der", "Berlin", "AFP", "", "", "Der"},
	{"LAKE TOWN, N.Y. (AP) — The", "LAKE TOWN", "AP", "", "", "The"},
	{"ST. PAUL, Minn. (AP) _ The", "ST. PAUL", "AP", "", "", "The"},
	{"WINSTON-SALEM, N.C. (AP) — The", "WINSTON-SALEM", "AP", "", "", "The"},
	{"22 novembre (Reuters) - Le", "", "Reuters", "", "22 novembre", "Le"},
	{"PARIS, 22 nov. 2025 (AFP) - Le", "PARIS", "AFP", "", "22 nov. 2025", "Le"},
	{"Genève (ATS) - Le", "Genève", "ATS", "", "", "Le"},
	{"MADRID, 22 Nov. (EUROPA PRESS) - El", "MADRID", "EUROPA PRESS", "", "22 Nov.", "El"},
	{"San José, Costa Rica (AP) — El", "San José", "AP", "", "", "El"},
	{"La Habana, 22 nov (Prensa Latina) El", "La Habana", "Prensa Latina", "", "22 nov", "El"},
	{"AGI - Il", "", "AGI", "", "", "Il"},
	{"Milano, 22 nov. (askanews) - Il", "Milano", "askanews", "", "22 nov.", "Il"},
	{"МОСКВА, 22 ноя - РИА Новости. Уровень", "МОСКВА", "РИА Новости", "",
	    "22 ноя", "Уровень"},
	{"22 ноября, МИНСК /Корр. БЕЛТА/. Уровень", "МИНСК", "БЕЛТА", "", "22 ноября", "Уровень"},
	{"Москва. 22 ноября. ИНТЕРФАКС.РУ - Уровень", "Москва", "ИНТЕРФАКС.РУ", "",
	    "22 ноября", "Уровень"},
	{"КИЇВ, 22 листопада (Укрінформ) – Рівень", "КИЇВ", "Укрінформ", "",
	    "22 листопада", "Рівень"},
	{"АСТАНА. КАЗИНФОРМ - Уровень", "АСТАНА", "КАЗИНФОРМ", "", "", "Уровень"},
	{"القاهرة 22 نوفمبر تشرين الثاني (رويترز) - قال", "القاهرة", "رويترز", "",
	    "22 نوفمبر تشرين الثاني", "قال"},
	{"عمان 22 تشرين الثاني (بترا) - قال", "عمان", "بترا", "", "22 تشرين الثاني", "قال"},
	{"تهران - ایرنا - دریاچه", "تهران", "ایرنا", "", "", "دریاچه"},
	{"नयी दिल्ली, 22 नवंबर (भाषा) झील", "नयी दिल्ली", "भाषा", "", "22 नवंबर", "झील"},
	{"Mumbai (Maharashtra) [India], November 22 (ANI): The", "Mumbai", "ANI", "",
	    "November 22", "The"},
	{"DHAKA, Nov 22, 2025 (BSS) - The", "DHAKA", "BSS", "", "Nov 22, 2025", "The"},
	{"ISLAMABAD, Nov 22 (APP): The", "ISLAMABAD", "APP", "", "Nov 22", "The"},
	{"Hà Nội (TTXVN) - Hồ", "Hà Nội", "TTXVN", "", "", "Hồ"},
	{"［ロンドン　２２日　ロイター］ - 湖の水位が下がった。", "ロンドン", "ロイター", "", "２２日", "湖の水位が下がった。"},
	{"[東京 22日 ロイター] - 湖の水位が下がった。", "東京", "ロイター", "", "22日", "湖の水位が下がった。"},
	{"【11月22日 AFP】湖の水位が下がった。", "", "AFP", "", "11月22日", "湖の水位が下がった。"},
	{"中新网11月22日电 湖水低。", "", "中新网", "", "11月22日", "湖水低。"},
	{"（中央社華盛頓22日綜合外電報導）湖水低。", "華盛頓", "中央社", "", "22日", "湖水低。"},
	{"（中央社記者王小明／台北22日電）湖水低。", "台北", "中央社", "", "22日", "湖水低。"},
	{"(서울·부산=연합뉴스) 홍길순 김영희 기자 = 호수가", "서울·부산", "연합뉴스", "", "", "호수가"},
	{"Jakarta, CNN Indonesia -- Danau", "Jakarta", "CNN Indonesia", "", "", "Danau"},
	{"Bandung (detikcom) - Danau", "Bandung", "detikcom", "", "", "Danau"},
	{"Praha 22. listopadu (ČTK) - Jezero", "Praha", "ČTK", "", "22. listopadu", "Jezero"},
	{"Budapest, 2025. november 22. (MTI) - A", "Budapest", "MTI", "",
	    "2025. november 22.", "A"},
	{"OSLO (NTB): Innsjøen", "OSLO", "NTB", "", "", "Innsjøen"},
	{"KUALA LUMPUR: Tasik itu cetek selepas tiga bulan tanpa hujan, kata pegawai.", "KUALA LUMPUR",
	    "", "", "", "Tasik itu cetek selepas tiga bulan tanpa hujan, kata pegawai."},
	{"KYIV, Ukraine — The river", "KYIV", "", "", "", "The river"},
	{"ULM - Der See ist leer", "ULM", "", "", "", "Der See ist leer"},
	{"NIS, Serbia — The river", "NIS", "", "", "", "The river"},
	{"ABU DHABI - The lake", "ABU DHABI", "", "", "", "The lake"},
	{"TOP, Nov. 22 — The lake", "TOP", "", "", "Nov. 22", "The lake"},
	{"HUẾ - Hồ cạn", "HUẾ", "", "", "", "Hồ cạn"},
	{"УФА - Озеро мелеет", "УФА", "", "", "", "Озеро мелеет"},
	{"北海道 - 湖の水位", "北海道", "", "", "", "湖の水位"},
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
	"Ann Poe (Greens) - said the lake is low",
	"FC Hafen - SV See 2:1 (1:0)",
	"Hafen (2) – See (1) nach Verlängerung",
	"HARBOUR 3 - LAKE 1",
	"12:30 (AFP) - noon at the lake",
	"NASA - The agency says the lake is low",
	"MVP - He scored again at the lake",
	"COVID-19 - what is known",
	"CFO - She leaves the harbour company in May",
	"COO — He joined the harbour company in May",
	"IMO - The rules for ships are new",
	"США - Озеро мелеет",
	"FAQ - What the harbour costs",
	"PRESIDENT - She spoke at the harbour",
	"MENTERI - Danau itu surut",
	"PRIME MINISTER — The lake is low",
	"SPORTS - The harbour wins again",
	"ÉCONOMIE - Le port ferme",
	"PRESIDENT: The lake is low after three months without any rain at all",
	"READ MORE: The lake is low after three months without any rain at all",
	"新华社记者报道说湖水低",
	"Monday, 10:30 - The lake is low",
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
