#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/page_address.h"

static const struct row {
	const char *url;
	enum page_address kind;
} rows[] = {
	{"https://w.example/2026/kapal-pulang", PAGE_ADDRESS_STORY},
	{"https://w.example/search-for-the-boat-ends", PAGE_ADDRESS_STORY},
	{"https://w.example/news/subscribers-to-the-ferry", PAGE_ADDRESS_STORY},
	{"https://adsorption.example/1", PAGE_ADDRESS_STORY},
	{"https://w.example/tag/kapal", PAGE_ADDRESS_LIST},
	{"https://w.example/Topics/boats", PAGE_ADDRESS_LIST},
	{"https://w.example/search?q=boat", PAGE_ADDRESS_LIST},
	{"https://w.example/id/penulis/bima", PAGE_ADDRESS_LIST},
	{"https://w.example/subscribe", PAGE_ADDRESS_ACCOUNT},
	{"https://abo.w.example/abo/", PAGE_ADDRESS_ACCOUNT},
	{"https://social.example/sharer?u=1", PAGE_ADDRESS_SHARE},
	{"https://chat.whatsapp.com/1", PAGE_ADDRESS_SHARE},
	{"https://notwhatsapp.com/1", PAGE_ADDRESS_STORY},
	{"https://ads.w.example/1", PAGE_ADDRESS_PAID},
	{"https://w.example", PAGE_ADDRESS_STORY},
	{"", PAGE_ADDRESS_STORY},
};

enum { SEGMENT, HOST, LABEL };

static const struct {
	int where;
	const char *text;
} table[] = {
#define ADDRESS(where, text, kind) {where, text},
#include "story/page_address.def"
#undef ADDRESS
};

static void
table_is_sorted(void **state)
{
	(void)state;
	for (size_t i = 1; i < COUNT_OF(table); i++)
		if (table[i].where < table[i - 1].where || (table[i].where == table[i - 1].where &&
		    str_cmp_nocase(str_z(table[i].text), str_z(table[i - 1].text)) <= 0))
			fail_msg("'%s' is not behind '%s'", table[i].text, table[i - 1].text);
}

static void
tells_kinds(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (page_address_kind(str_z(rows[i].url)) != rows[i].kind)
			fail_msg("%s", rows[i].url);
}

static void
tells_sections(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_true(page_address_is_section(a, STR("https://w.example/ekonomi/"), STR("Ekonomi")));
	assert_true(page_address_is_section(a, STR("https://w.example/long-reads"), STR("LONG READS")));
	assert_false(page_address_is_section(a, STR("https://w.example/"), STR("")));
	assert_false(page_address_is_section(a, STR("https://w.example/a/kapal"), STR("Kapal")));
	assert_false(page_address_is_section(a, STR("https://w.example/1"), STR("Satu kapal")));
	arena_free(a);
}

static void
tells_shared_pages(void **state)
{
	struct arena *a = arena_new();
	struct str self = STR("https://w.example/a/1");

	(void)state;
	assert_true(page_address_carries(a, STR("https://x.example/?u=https://w.example/a/1"), self));
	assert_true(
	    page_address_carries(a, STR("https://x.example/?u=http%3A%2F%2Fw.example%2Fa%2F1"), self));
	assert_false(page_address_carries(a, STR("https://w.example/a/1"), self));
	assert_false(page_address_carries(a, STR("https://x.example/?u=https://w.example/b"), self));
	assert_false(page_address_carries(a, STR("https://x.example/?u=1"), STR("")));
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_is_sorted),
		cmocka_unit_test(tells_kinds),
		cmocka_unit_test(tells_sections),
		cmocka_unit_test(tells_shared_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
