#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "story/page.h"
#include "story/page_withheld.h"
#include "text/fold.h"

static const struct page_known nothing;

static const char *const phrases[] = {
#define WITHHELD(kind, where, language, phrase) phrase,
#include "story/page_withheld.def"
#undef WITHHELD
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

#define TEXT "<p>Kapal riset itu pulang ke pelabuhan pada hari Senin setelah tiga pekan di laut, kata " \
	     "nakhoda kapal yang menunggu di dermaga itu.</p>"
#define LOCKED "<script type='application/ld+json'>{\"@type\":\"NewsArticle\"," \
	       "\"isAccessibleForFree\":\"False\"}</script>"

static void
tells_walls_from_stories(void **state)
{
	static const struct { const char *page, *kind; bool text; } rows[] = {
		{"<title>Kapal pulang</title><h1>Kapal pulang</h1>" TEXT, "", true},
		{LOCKED TEXT, "paywall", true},
		{"<meta property='article:content_tier' content=locked>" TEXT, "paywall", true},
		{TEXT "<p>Artikel ini khusus untuk pelanggan.</p>", "paywall", true},
		{"<title>Just a moment...</title><p>Checking your browser before the page opens.</p>",
		    "robot", false},
		{"<title>w</title><noscript>You need to enable JavaScript to run this app.</noscript>"
		 "<div id=root></div>", "robot", false},
		{"<title>Halaman Tidak Ditemukan | Kabar</title><p>Maaf, halaman yang Anda cari sudah tidak "
		 "ada atau pindah ke alamat lain di situs ini.</p>", "error", false},
		{"<title>404 Not Found</title><h1>Not Found</h1><p>The requested URL was not found on this "
		 "server, sorry.</p>", "error", false},
		{"<title>Before you continue</title><p>We use cookies and data to deliver and maintain our "
		 "services and to measure how they are used.</p>", "consent", false},
		{"<title>Kabar</title><p>Nos partenaires et nous: continuer sans accepter nos cookies ou "
		 "choisir ce que vous acceptez ici.</p>", "consent", false},
		{"<title>Masuk - Kabar</title><form><input name=a><input type=password></form>", "login",
		    false},
		/* stories about such things */
		{"<title>Not found: how a ship was lost</title><h1>Not found: how a ship was lost</h1>" TEXT,
		    "error", false},
		{"<title>Consent laws change in spring</title><h1>Consent laws change in spring</h1>" TEXT,
		    "", true},
		{"<title>404 kapal pulang</title><h1>404 kapal pulang</h1>" TEXT, "", true},
		{"<title>Masuk angin di laut</title><h1>Masuk angin di laut</h1>" TEXT, "", true},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct story s;
		story_init(&s);
		page_story(a, str_z(rows[i].page), &nothing, &s);
		struct str kind = page_withheld_name(s.withheld);
		if (!str_eq(kind, str_z(rows[i].kind)) || (s.body.text.n > 0) != rows[i].text ||
		    s.full != (rows[i].text && kind.n == 0))
			fail_msg("%s gave '%.*s' '%.*s'", rows[i].page, STR_ARG(kind),
			    STR_ARG(s.body.text));
	}
	arena_free(a);
}

/* What is long is a story, whatever it says. */
static void
long_text_is_no_wall(void **state)
{
	struct arena *a = arena_new();
	struct buf b = {0};
	struct story s;

	(void)state;
	buf_add(&b, STR(LOCKED "<title>Access denied</title><p>Please enable JavaScript.</p>"));
	for (int i = 0; i < 30; i++)
		buf_add(&b, STR(TEXT));
	story_init(&s);
	page_story(a, buf_str(&b), &nothing, &s);
	assert_int_equal(s.withheld, WITHHELD_NOT);
	assert_true(s.full);
	buf_clear(&b);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_is_folded),
		cmocka_unit_test(tells_walls_from_stories),
		cmocka_unit_test(long_text_is_no_wall),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
