#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/join.h"
#include "story/page.h"
#include "story_show.h"

static const struct page_known nothing;

static struct story
read_page(struct arena *a, const char *body)
{
	struct story s;

	story_init(&s);
	s.url = STR("https://kabar.example/berita/1");
	page_story(a, arena_fmt(a, "<title>Kapal</title><h1>Kapal</h1><article>%s</article>", body),
	    &nothing, &s);
	return s;
}

#define P1 "<p>Kapal riset itu pulang ke pelabuhan pada hari Senin setelah tiga pekan di laut.</p>"
#define P2 "<p>Para nelayan menyambutnya di dermaga dengan lagu lama dan makanan dari rumah.</p>"
#define P3 "<p>Muatannya dua ton contoh air laut yang akan <a href=/x>diteliti</a> sampai Juni nanti.</p>"
#define NO "<p>\"Tidak.\"</p>"
#define JUGA "<p>Baca juga: <a href='/berita/2'>Kapal lain masih di laut</a></p>"

#define T1 "P Kapal riset itu pulang ke pelabuhan pada hari Senin setelah tiga pekan di laut.\n"
#define T2 "P Para nelayan menyambutnya di dermaga dengan lagu lama dan makanan dari rumah.\n"
#define T3 "P Muatannya dua ton contoh air laut yang akan diteliti sampai Juni nanti.\n"

static void
joins_pages(void **state)
{
	static const struct { const char *first, *next, *want; } rows[] = {
		{P1 P2, P3, T1 T2 T3},
		{P1 P2, P1 P3, T1 T2 T3}, /* the standfirst again */
		{P1 NO P2, P1 NO P2 NO P3, T1 "P \"Tidak.\"\n" T2 "P \"Tidak.\"\n" T3}, /* all of it */
		{P1 NO P2, NO P3, T1 "P \"Tidak.\"\n" T2 "P \"Tidak.\"\n" T3},
		{P1 P2, "", T1 T2},
		{P1 JUGA P2, P3 JUGA, T1 "@0\n" T2 T3}, /* one entry an address */
		{P1 P2, JUGA P3, T1 T2 "@0\n" T3},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct story s = read_page(a, rows[i].first), next = read_page(a, rows[i].next);
		struct buf b = {0}, blob = {0};
		struct doc again = {0};
		story_join(a, &s, &next);
		show_body(&s, &b);
		assert_shows(&b, rows[i].want);
		/* what was joined is a document like any other */
		doc_pack_spans(&s.body, &blob);
		again.text = s.body.text;
		assert_true(doc_unpack_spans(a, bytes_of_str(buf_str(&blob)), &again));
		buf_clear(&blob);
	}
	arena_free(a);
}

static void
counts_on_behind_the_first_page(void **state)
{
	struct arena *a = arena_new();
	struct story s = read_page(a, P1 P2), next = read_page(a, JUGA P3 "<p>Editor: Damar Prakoso</p>");

	(void)state;
	story_join(a, &s, &next);
	assert_int_equal(s.links.n, 1);
	assert_int_equal(s.links.v[0].after, 2);
	assert_true(str_eq(s.editor, STR("Damar Prakoso")));
	arena_free(a);
}

static void
leaves_out_what_is_no_story(void **state)
{
	struct arena *a = arena_new();
	struct story s = read_page(a, P1 P2), next = read_page(a, P3);

	(void)state;
	next.withheld = WITHHELD_LOGIN;
	story_join(a, &s, &next);
	assert_true(str_find(s.body.text, STR("Muatannya")) == STR_NONE);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(joins_pages),
		cmocka_unit_test(counts_on_behind_the_first_page),
		cmocka_unit_test(leaves_out_what_is_no_story),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
