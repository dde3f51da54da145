#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/page.h"
#include "story/site_rules.h"
#include "story_show.h"

static void
finds_the_nearest_host(void **state)
{
	static const char file[] = "# a comment\n[kabar.example]\ntext = .a\n\n[www.id.kabar.example]\n"
	    "text = .b\ndrop = .c\ndrop = .d, .e\n[kabar.example]\ntext = .f\n";
	static const struct { const char *host, *rule; size_t n_drop; } rows[] = {
		{"kabar.example", "kabar.example", 0}, {"www.kabar.example", "kabar.example", 0},
		{"id.kabar.example", "id.kabar.example", 2}, {"m.id.kabar.example", "id.kabar.example", 2},
		{"bukankabar.example", "", 0}, {"example", "", 0}, {"", "", 0},
	};
	struct site_rules *r = site_rules_new();
	struct err e = {0};

	(void)state;
	assert_true(site_rules_parse(r, bytes_of_str(STR(file)), &e));
	/* another file does not change what the first has said */
	assert_true(site_rules_parse(r, bytes_of_str(STR("[id.kabar.example]\ntext = .z\n")), &e));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct site_rule *rule = site_rules_find(r, str_z(rows[i].host));
		struct str host = rule ? rule->host : STR("");
		if (!str_eq(host, str_z(rows[i].rule)) || (rule && rule->drop.n != rows[i].n_drop))
			fail_msg("'%s' gave '%.*s'", rows[i].host, STR_ARG(host));
	}
	site_rules_free(r);
}

static void
bad_lines_leave_the_good_ones(void **state)
{
	static const struct { const char *file, *says; } rows[] = {
		{"[a.example]\ntext = p > a\ndrop = .x\n", "line 2: 'p > a' is no selector"},
		{"[a.example]\n\nteks = .a\ndrop = .x\n", "line 3: 'teks' is no rule"},
		{"[a.example]\ndrop\ndrop = .x\n", "line 2: 'drop' is no rule"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct site_rules *r = site_rules_new();
		struct err e = {0};
		assert_false(site_rules_parse(r, bytes_of_str(str_z(rows[i].file)), &e));
		if (!str_starts(str_z(e.text), str_z(rows[i].says)))
			fail_msg("'%s' instead of '%s'", e.text, rows[i].says);
		const struct site_rule *rule = site_rules_find(r, STR("a.example"));
		assert_non_null(rule);
		assert_int_equal(rule->drop.n, 1);
		site_rules_free(r);
	}
}

#define P1 "<p>Kapal riset itu pulang ke pelabuhan pada hari Senin setelah tiga pekan di laut.</p>"
#define P2 "<p>Para nelayan menyambutnya di dermaga dengan lagu lama dan makanan dari rumah.</p>"
#define T1 "P Kapal riset itu pulang ke pelabuhan pada hari Senin setelah tiga pekan di laut.\n"
#define T2 "P Para nelayan menyambutnya di dermaga dengan lagu lama dan makanan dari rumah.\n"

static void
say_where_the_story_is(void **state)
{
	static const struct { const char *rules, *page, *want, *next; } rows[] = {
		{"text = .x", "<article>" P1 "</article><div class=x>" P2 "</div>", T2, ""},
		{"text = .x", "<div class=x>" P1 "</div><p>Di antaranya ada kalimat panjang yang bukan "
		 "bagian dari berita itu.</p><div class=x>" P2 "</div>", T1 T2, ""},
		{"drop = p.x", "<article>" P1 "<p class=x>Kalimat panjang yang bukan bagian dari berita itu "
		 "sama sekali.</p>" P2 "</article>", T1 T2, ""},
		{"text = .y", "<article>" P1 P2 "</article>", T1 T2, ""}, /* names nothing here */
		{"next = a.lanjut", "<article>" P1 P2 "</article><a class=lanjut href='/b/dua'>Terus</a>",
		    T1 T2, "https://a.example/b/dua"},
		{"next = a.lanjut", "<article>" P1 P2 "</article><a class=lanjut "
		 "href='https://lain.example/'>Terus</a>", T1 T2, ""},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct site_rules *r = site_rules_new();
		struct str file = arena_fmt(a, "[a.example]\n%s\n", rows[i].rules);
		struct err e = {0};
		struct story s;
		struct buf b = {0};
		assert_true(site_rules_parse(r, bytes_of_str(file), &e));
		struct page_known known = {.rule = site_rules_find(r, STR("a.example"))};
		story_init(&s);
		s.url = STR("https://a.example/b/satu");
		page_story(a, str_z(rows[i].page), &known, &s);
		show_body(&s, &b);
		assert_shows(&b, rows[i].want);
		if (!str_eq(s.next_page, str_z(rows[i].next)))
			fail_msg("%s: next page '%.*s'", rows[i].rules, STR_ARG(s.next_page));
		site_rules_free(r);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_nearest_host),
		cmocka_unit_test(bad_lines_leave_the_good_ones),
		cmocka_unit_test(say_where_the_story_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
