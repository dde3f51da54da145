#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/page_jsonld.h"

static const struct row {
	const char *script, *headline, *published, *author, *publisher;
} rows[] = {
	{"{\"@type\":\"NewsArticle\",\"headline\":\"A &amp; B\",\"datePublished\":\"2025-03-04\","
	 "\"author\":{\"@type\":\"Person\",\"name\":\"Ann Poe\"},\"publisher\":{\"name\":\"Wire\"}}",
	    "A & B", "2025-03-04", "Ann Poe", "Wire"},
	{"{\"@graph\":[{\"@type\":\"Person\",\"@id\":\"#a\",\"name\":\"Ann Poe\"},"
	 "{\"@type\":[\"Article\",\"Thing\"],\"headline\":\"H\",\"author\":{\"@id\":\"#a\"}}]}",
	    "H", "", "Ann Poe", ""},
	{"[{\"@type\":\"WebSite\",\"name\":\"No\"},{\"@type\":\"BlogPosting\",\"headline\":\"H\","
	 "\"author\":[\"Ann Poe\",{\"name\":\"Lee\"}]}]", "H", "", "Ann Poe", ""},
	{"//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"Two\nlines\"};\n//]]>", "Two lines", "", "", ""},
	{"{\"@type\":\"https://schema.org/NewsArticle\",\"headline\":\"\\u001b[1mH\\u009b\"}",
	    "[1mH", "", "", ""},
	{"{\"@type\":\"NewsArticle\",\"headline\":", "", "", "", ""},
	{"{\"@type\":\"NewsArticle\",\"headline\":\"It\\'s\\x here\",\"author\":[\"Ann Poe\",],}",
	    "It'sx here", "", "Ann Poe", ""},
	{"{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;A ship&quot;}",
	    "A ship", "", "", ""},
	{"{\"@type\":\"NewsArticle\",\"headline\":\"One, ]two, }\\\\\",\"author\":\"Ann Poe\"}",
	    "One, ]two, }\\", "", "Ann Poe", ""},
	{"{\"@type\":\"Product\",\"headline\":\"No\"}", "", "", "", ""},
	{"", "", "", "", ""},
	{"{\"@type\":\"NewsArticle\",\"headline\":[1,2],\"author\":7}", "", "", "", ""},
};

static void
reads_articles(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct row *r = &rows[i];
		struct page_jsonld p = {0};
		page_jsonld_read(a, str_z(r->script), &p);
		struct str author = p.n_authors ? p.authors[0] : STR("");
		if (!str_eq(p.headline, str_z(r->headline)) ||
		    !str_eq(p.published, str_z(r->published)) || !str_eq(author, str_z(r->author)) ||
		    !str_eq(p.publisher, str_z(r->publisher)))
			fail_msg("%s gave '%.*s' '%.*s' '%.*s' '%.*s'", r->script, STR_ARG(p.headline),
			    STR_ARG(p.published), STR_ARG(author), STR_ARG(p.publisher));
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_articles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
