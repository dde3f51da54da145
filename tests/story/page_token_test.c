#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/page_token.h"

#include "text/html_tree.h"

static const char *const table[] = {
#define TOKEN(word, trait) word,
#include "story/page_token.def"
#undef TOKEN
};

static void
table_is_sorted(void **state)
{
	(void)state;
	for (size_t i = 1; i < COUNT_OF(table); i++)
		if (str_cmp(str_z(table[i - 1]), str_z(table[i])) > 0)
			fail_msg("'%s' stands after '%s'", table[i], table[i - 1]);
}

static void
words_are_found(void **state)
{
	static const struct { const char *html; unsigned all, none; } rows[] = {
		{"<div class='article-body'>", PAGE_BODY | PAGE_STORY | PAGE_TEXT, PAGE_BOILERPLATE},
		{"<div class='articleBody'>", PAGE_BODY, 0},
		{"<div class='c-story__body'>", PAGE_BODY, 0},
		{"<div itemprop=articleBody>", PAGE_BODY, 0},
		{"<div class='share-bar'>", PAGE_BOILERPLATE, PAGE_BODY},
		{"<div class='shareholders'>", 0, PAGE_BOILERPLATE},
		{"<div id=sidebar>", PAGE_SIDE, 0},
		{"<div class='baca-juga'>", PAGE_RELATED, 0},
		{"<div role=navigation>", PAGE_CHROME, 0},
		{"<nav>", PAGE_CHROME, 0},
		{"<aside>", PAGE_BOILERPLATE, 0},
		{"<article class='post tag-boats'>", PAGE_STORY, PAGE_BOILERPLATE},
		{"<div class='adrift'>", 0, PAGE_AD},
		{"<div class='ad-slot'>", PAGE_AD, 0},
		{"<div class='cookie-banner'>", PAGE_NEVER, 0},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct html_node *d = html_parse(a, str_z(rows[i].html), HTML_FRAGMENT);
		unsigned traits = page_traits(d->first_child);
		if ((traits & rows[i].all) != rows[i].all || (traits & rows[i].none))
			fail_msg("%s: %x", rows[i].html, traits);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_is_sorted),
		cmocka_unit_test(words_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
