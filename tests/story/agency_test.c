#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/agency.h"

static void
assert_str(struct str got, const char *want)
{
	if (!str_eq(got, str_z(want)))
		fail_msg("'%.*s' != '%s'", STR_ARG(got), want);
}

static void
is_found_by_name(void **state)
{
	static const struct { const char *name, *shown; } rows[] = {
		{"ANTARA", "ANTARA"}, {"Antara", "ANTARA"}, {"antara", "ANTARA"}, {"dpa", "dpa"},
		{"DPA", "dpa"}, {"연합뉴스", "Yonhap"}, {"新华社", "Xinhua"}, {"ТАСС", "TASS"},
		{"共同", "Kyodo"}, {"REUTERS", "Reuters"}, {" Yonhap ", "Yonhap"},
		{"Agence France-Presse", "AFP"}, {"agence FRANCE-presse", "AFP"}, {"ap", NULL}, {"aa", NULL},
		{"SID", "SID"}, {"sid", "SID"}, {"Sid", NULL}, {"dpaa", NULL}, {"Reuter", NULL}, {"", NULL},
		{"Nobody's Wire", NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct agency *a = agency_by_name(str_z(rows[i].name));
		if (!rows[i].shown)
			assert_null(a);
		else if (!a)
			fail_msg("'%s' is unknown", rows[i].name);
		else
			assert_str(a->name, rows[i].shown);
	}
}

static void
is_found_by_host(void **state)
{
	(void)state;
	assert_str(agency_by_host(STR("www.antaranews.com"))->name, "ANTARA");
	assert_str(agency_by_host(STR("ambon.antaranews.com"))->name, "ANTARA");
	assert_str(agency_by_host(STR("en.yna.co.kr"))->name, "Yonhap");
	assert_null(agency_by_host(STR("notantaranews.com")));
	assert_null(agency_by_host(STR("example.org")));
	assert_null(agency_by_host(STR("")));
}

static void
reads_desk_and_exchange(void **state)
{
	static const struct {
		const char *text, *row, *agency, *desk, *exchange;
	} rows[] = {
		{"Yonhap-OANA", "Yonhap", "Yonhap", "", "OANA"},
		{"Xinhua/OANA", "Xinhua", "Xinhua", "", "OANA"},
		{"dpa/lni", "dpa", "dpa", "lni", ""},
		{"AFP/Reuters", "AFP", "AFP", "", ""},
		{"ANTARA", "ANTARA", "ANTARA", "", ""},
		{"Warta Bahari", NULL, "Warta Bahari", "", ""},
		{"Warta-OANA", NULL, "Warta", "", "OANA"},
		{"Bahari/Laut", NULL, "Bahari/Laut", "", ""},
		{"OANA", NULL, "OANA", "", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str agency, desk, exchange;
		const struct agency *a = agency_read(str_z(rows[i].text), &agency, &desk, &exchange);
		if (rows[i].row)
			assert_str(a->name, rows[i].row);
		else
			assert_null(a);
		assert_str(agency, rows[i].agency);
		assert_str(desk, rows[i].desk);
		assert_str(exchange, rows[i].exchange);
	}
}

static const struct {
	const char *text, *agency;
} names[] = {
#define AGENCY_NAME(name, agency) {name, agency},
#include "story/agency_name.def"
#undef AGENCY_NAME
};

/* Without regard to case, as names are looked for; those alike but for it by bytes. */
static bool
stands_behind(struct str name, struct str before)
{
	int order = str_cmp_nocase(name, before);
	return order > 0 || (order == 0 && str_cmp(name, before) > 0);
}

static void
names_are_sorted_and_lead_to_their_agency(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (i > 0 && !stands_behind(str_z(names[i].text), str_z(names[i - 1].text)))
			fail_msg("'%s' is not behind '%s'", names[i].text, names[i - 1].text);
		const struct agency *a = agency_by_name(str_z(names[i].text));
		if (!a)
			fail_msg("'%s' is not found", names[i].text);
		else
			assert_str(a->name, names[i].agency);
	}
}

static void
each_row_is_found_by_its_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < agency_count(); i++)
		if (agency_by_name(agency_at(i)->name) != agency_at(i))
			fail_msg("'%.*s' has no row of names", STR_ARG(agency_at(i)->name));
}

static void
no_two_rows_share_a_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < agency_count(); i++)
		for (size_t k = i + 1; k < agency_count(); k++)
			if (str_eq(agency_at(i)->name, agency_at(k)->name))
				fail_msg("'%.*s' twice", STR_ARG(agency_at(i)->name));
	assert_true(agency_count() >= 120);
	assert_null(agency_at(agency_count()));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_found_by_name),
		cmocka_unit_test(is_found_by_host),
		cmocka_unit_test(reads_desk_and_exchange),
		cmocka_unit_test(names_are_sorted_and_lead_to_their_agency),
		cmocka_unit_test(each_row_is_found_by_its_name),
		cmocka_unit_test(no_two_rows_share_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
