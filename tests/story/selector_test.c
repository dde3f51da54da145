#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/selector.h"
#include "text/html_tree.h"

static const char html[] =
    "<div id=luar class='Isi berita' data-jenis=kabar><section><p class=teks id=x lang=id>a</p>"
    "</section></div><p class=teks>b</p>";

/* The target is the element with id=x. */
static void
means_elements(void **state)
{
	static const struct { const char *list; bool matches; } rows[] = {
		{"p", true}, {"P", true}, {"*", false}, {".teks", true}, {"p.teks", true},
		{"#x", true}, {"p#x.teks[lang=id]", true}, {"[lang]", true}, {"[lang='id']", true},
		{"[ lang = \"id\" ]", true}, {"*.teks", true}, {"div p", true}, {"div section p", true},
		{".isi .teks", true}, {"#luar p", true}, {"[data-jenis=kabar] p", true},
		{"h1, p", true}, {"section.lain p, .teks", true},
		{"div", false}, {".tek", false}, {"#luar", false}, {"section div p", false},
		{"p p", false}, {"[lang=en]", false}, {"h1, h2", false}, {"div.teks p", false},
	};
	struct arena *a = arena_new();
	const struct html_node *document = html_parse(a, STR(html), HTML_PAGE);
	const struct html_node *x = html_find(document, HTML_TAG_P);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct err e = {0};
		struct selector *s = selector_read(a, str_z(rows[i].list), &e);
		if ((s && selector_matches(s, x)) != rows[i].matches)
			fail_msg("'%s' %s", rows[i].list, e.text);
	}
	arena_free(a);
}

static void
refuses_what_it_does_not_know(void **state)
{
	static const char *const lists[] = {
		"", " ", "p > a", "p:first-child", "p,,a", ",", "a + b", "[", "[]", "[a", ".", "#", "p.",
		"[a~=b]", "p{}", "a b c d e f g h i", ".a.b.c.d.e.f.g", "*",
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		struct err e = {0};
		if (selector_read(a, str_z(lists[i]), &e) || e.text[0] == '\0')
			fail_msg("'%s' was taken", lists[i]);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(means_elements),
		cmocka_unit_test(refuses_what_it_does_not_know),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
