#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/page_next.h"
#include "text/fold.h"
#include "text/html_tree.h"

static const char *const phrases[] = {
#define NEXT_PHRASE(language, phrase) phrase,
#define NEXT_NAME(name)
#define NEXT_ALL(name, value)
#include "story/page_next.def"
#undef NEXT_PHRASE
#undef NEXT_NAME
#undef NEXT_ALL
};

static void
table_is_folded(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(phrases); i++)
		if (!str_eq(text_fold_bare(a, str_z(phrases[i])), str_z(phrases[i])))
			fail_msg("'%s' is not folded", phrases[i]);
	arena_free(a);
}

static void
addresses_follow_each_other(void **state)
{
	static const struct { const char *self, *next; bool follows; } rows[] = {
		{"https://k.example/a/kapal", "https://k.example/a/kapal?page=2", true},
		{"https://k.example/a/kapal", "https://www.k.example/a/kapal/2", true},
		{"https://k.example/a/kapal/", "https://k.example/a/kapal/2/", true},
		{"https://k.example/a/kapal", "https://k.example/a/kapal/page/2", true},
		{"https://k.example/a/kapal", "https://k.example/a/kapal/seite-2", true},
		{"https://k.example/a/kapal.html", "https://k.example/a/kapal-2.html", true},
		{"https://k.example/a/kapal_2.html", "https://k.example/a/kapal_3.html", true},
		{"https://k.example/a/kapal?id=7", "https://k.example/a/kapal?id=7&halaman=2", true},
		{"https://k.example/a/kapal?id=7&page=2", "https://k.example/a/kapal?page=3&id=7", true},
		{"https://k.example/a/kapal?page=2", "https://k.example/a/kapal?page=all", true},
		{"https://k.example/a/kapal", "https://k.example/a/kapal?single=1", true},
		{"https://k.example/a/covid-19", "https://k.example/a/covid-19?page=2", true},
		{"https://k.example/a/kapal", "https://k.example/a/kapal?page=3", false},
		{"https://k.example/a/kapal", "https://k.example/a/perahu", false},
		{"https://k.example/a/kapal", "https://k.example/a/perahu?page=2", false},
		{"https://k.example/a/kapal", "https://other.example/a/kapal?page=2", false},
		{"https://k.example/a/kapal?id=7", "https://k.example/a/kapal?id=8&page=2", false},
		{"https://k.example/a/kapal?page=2", "https://k.example/a/kapal", false},
		{"https://k.example/a/kapal?page=all", "https://k.example/a/kapal?page=2", false},
		{"https://k.example/a/kapal", "https://k.example/a/kapal?p=20482", false},
		{"https://k.example/2", "https://k.example/3", false},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (page_is_next(a, str_z(rows[i].self), str_z(rows[i].next)) != rows[i].follows)
			fail_msg("%s -> %s", rows[i].self, rows[i].next);
	arena_free(a);
}

static void
finds_the_link(void **state)
{
	static const struct { const char *html, *want; } rows[] = {
		{"<link rel=next href='?page=2'>", "https://k.example/a/kapal?page=2"},
		{"<a href='?page=2'>Halaman Selanjutnya »</a>", "https://k.example/a/kapal?page=2"},
		{"<ul class=paginationContent><li><a href='/a/kapal?page=2'>2</a></ul>",
		    "https://k.example/a/kapal?page=2"},
		{"<a href='?page=2'><b>→</b></a>", "https://k.example/a/kapal?page=2"},
		{"<a href='?page=2'>2</a><a href='?page=all'>Tampilkan semua</a>",
		    "https://k.example/a/kapal?page=all"},
		{"<a href='?page=2' rel='nofollow next'>und so geht es mit dem Schiff weiter</a>",
		    "https://k.example/a/kapal?page=2"},
		{"<link rel=next href='/a/perahu'>", ""}, /* the next post of a blog */
		{"<a href='?page=2'>Dua kapal lain</a>", ""},
		{"<div class=comments><a href='?page=2'>2</a></div>", ""},
		{"<a href='#2'>2</a><a href='mailto:a@k.example?page=2'>2</a>", ""},
		{"", ""},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str self = STR("https://k.example/a/kapal");
		const struct html_node *document = html_parse(a, str_z(rows[i].html), HTML_PAGE);
		struct page_map m;
		page_map_make(&m, a, document);
		struct str next = page_next(&m, document, self, STR(""), self);
		if (!str_eq(next, str_z(rows[i].want)))
			fail_msg("%s gave '%.*s'", rows[i].html, STR_ARG(next));
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_is_folded),
		cmocka_unit_test(addresses_follow_each_other),
		cmocka_unit_test(finds_the_link),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
