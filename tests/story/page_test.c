#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/page.h"
#include "story_show.h"

static const struct page_known nothing;

static const char page[] =
    "<!doctype html><html lang=id><head><title>Kapal riset pulang - Kabar Kawat</title>"
    "<meta property='og:site_name' content='Kabar Kawat'>"
    "<meta property='og:title' content='Kapal riset pulang | Kabar Kawat'>"
    "<meta property='article:published_time' content='2025-03-04T08:15:00+07:00'>"
    "<meta name=author content='Rina Laut'>"
    "<link rel=canonical href='/berita/1'></head><body class='home has-sidebar ad-page'>"
    "<header><nav><ul><li><a href=/a>Beranda</a><li><a href=/b>Ekonomi</a></ul></nav></header>"
    "<main><article class='post tag-kapal'><h1>Kapal riset pulang</h1>"
    "<div class=share><a href=/s>Bagikan</a></div>"
    "<figure><img src=/k.jpg alt='Kapal di dermaga'><figcaption>Kapal itu di dermaga.</figcaption>"
    "</figure>"
    "<p>Ambon (KABAR) - Kapal riset itu pulang ke pelabuhan pada hari Senin setelah tiga pekan.</p>"
    "<h2>Sambutan</h2>"
    "<p>Para nelayan menyambutnya di dermaga dengan <a href='/lagu'>lagu lama</a> dan makanan.</p>"
    "<p>Baca juga: <a href='/berita/2'>Kapal lain masih di laut</a></p>"
    "<ul><li>Tiga pekan di laut lepas<li>Dua belas awak kapal</ul>"
    "<p>Editor: Damar Prakoso<br>Copyright &copy; KABAR 2025</p>"
    "</article><aside class=sidebar><h3>Terpopuler</h3><p>Harga cabai turun menjelang akhir pekan "
    "ini di semua pasar kota.</p></aside></main>"
    "<div class=comments><p>Komentar pembaca yang panjang sekali tentang kapal itu dan lautnya.</p>"
    "</div><footer><p>Hak cipta milik Kabar Kawat dan semua penulisnya di mana pun.</p></footer>"
    "</body></html>";

static void
reads_a_page(void **state)
{
	struct arena *a = arena_new();
	struct story s;
	struct buf b = {0};

	(void)state;
	story_init(&s);
	s.url = STR("https://kabar.example/berita/1?utm_source=x");
	page_story(a, str_z(page), &nothing, &s);
	buf_fmt(&b, "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s\n", STR_ARG(s.title), STR_ARG(s.site),
	    STR_ARG(s.byline), STR_ARG(s.published_raw), STR_ARG(s.lang), STR_ARG(s.canonical),
	    STR_ARG(s.editor), STR_ARG(s.images.v[0].url));
	show_links(&s, &b);
	show_body(&s, &b);
	assert_shows(&b,
	    "Kapal riset pulang|Kabar Kawat|Rina Laut|2025-03-04T08:15:00+07:00|id|"
	    "https://kabar.example/berita/1|Damar Prakoso|https://kabar.example/k.jpg\n"
	    "i Baca juga > Kapal lain masih di laut > https://kabar.example/berita/2 @3\n"
	    "CAP Kapal itu di dermaga.\n"
	    "P Ambon (KABAR) - Kapal riset itu pulang ke pelabuhan pada hari Senin setelah tiga pekan.\n"
	    "H Sambutan\n"
	    "P Para nelayan menyambutnya di dermaga dengan lagu lama dan makanan.\n"
	    "@0\n"
	    "LI Tiga pekan di laut lepas\n"
	    "LI Dua belas awak kapal\n");
	assert_int_equal(s.published, 1741050900);
	assert_true(s.full);
	arena_free(a);
}

/* Heads of pages and the headline, site, author or date that they give. */
static void
reads_heads(void **state)
{
	static const struct { const char *head, *body, *want; } rows[] = {
		{"<title>Ship returns - The Daily Example</title>", "<h1>Ship returns</h1>",
		    "Ship returns|The Daily Example||"},
		{"<title>Ship - returns - dailyexample</title>", "", "Ship - returns|dailyexample||"},
		{"<title>Ship returns</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\","
		 "\"headline\":\"Ship returns home\",\"author\":[{\"name\":\"Ann Poe\"},{\"name\":\"Lee\"}],"
		 "\"datePublished\":\"2025-03-04\",\"publisher\":{\"name\":\"Wire\"}}</script>",
		    "<h1>Ship returns home</h1>", "Ship returns home|Wire|Ann Poe, Lee|2025-03-04"},
		{"<title>X</title>", "<p class=byline>By Ann Poe | March 4</p>", "X|w.example|Ann Poe|"},
		{"<title>X</title>", "<a rel=author href=/a>Ann Poe</a>", "X|w.example|Ann Poe|"},
		{"<title>X</title>", "<p class=byline>By Ann Poe Monday, March 4, 2025</p>",
		    "X|w.example|Ann Poe|2025-03-04"},
		{"<title>X</title><meta name=author content='w.example'>",
		    "<p class=author>von Ann Poe, Lee</p>", "X|w.example|Ann Poe, Lee|"},
		{"<title>X</title><meta name=author content='Ann (Kim Ro) Poe'>", "",
		    "X|w.example|Ann (Kim Ro) Poe|"},
		{"<title>X</title><meta name=author content='Ann Poe (ann@w.example)'>", "",
		    "X|w.example|Ann Poe|"},
		{"<title>X</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\","
		 "\"author\":[{\"@type\":\"Person\",\"name\":\"Ann Poe\"},[{\"@type\":\"Organization\","
		 "\"name\":\"KABAR\"}]]}</script>", "", "X|w.example|Ann Poe, KABAR|"},
		{"<title>X</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\","
		 "\"author\":{\"@type\":\"Organization\",\"name\":\"Wire\"}}</script>",
		    "<a href=/people/a>Bo Lim</a>", "X|w.example|Wire|"},
		{"<title>X</title><meta name=author content='https://social.example/x'>", "",
		    "X|w.example||"},
		{"<title>X</title>", "<time datetime='2025-03-04T08:00Z'>then</time>",
		    "X|w.example||2025-03-04T08:00:00Z"},
		{"<title>A &amp; B\nC</title>", "", "A & B C|w.example||"},
		{"", "", "|w.example||"},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct story s;
		struct buf b = {0};
		story_init(&s);
		s.url = STR("https://www.w.example/a");
		page_story(a, arena_fmt(a, "<html><head>%s</head><body>%s</body></html>", rows[i].head,
		    rows[i].body), &nothing, &s);
		buf_fmt(&b, "%.*s|%.*s|%.*s|%.*s", STR_ARG(s.title), STR_ARG(s.site),
		    STR_ARG(s.byline), STR_ARG(s.published_raw));
		assert_shows(&b, rows[i].want);
	}
	arena_free(a);
}

static void
foreign_canonical_is_not_believed(void **state)
{
	static const struct { const char *said, *kept; } rows[] = {
		{"https://evil.example/x", ""}, {"javascript:x", ""}, {"/b", "https://w.example/b"},
		{"https://www.w.example/b#c", "https://www.w.example/b"},
		{"https://w.example.evil.example/", ""},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct story s;
		story_init(&s);
		s.url = STR("https://w.example/a");
		page_story(a, arena_fmt(a, "<link rel=canonical href='%s'><p>x", rows[i].said), &nothing, &s);
		if (!str_eq(s.canonical, str_z(rows[i].kept)))
			fail_msg("%s gave '%.*s'", rows[i].said, STR_ARG(s.canonical));
	}
	arena_free(a);
}

static void
page_without_story_is_empty(void **state)
{
	static const char *const pages[] = {
		"", "<html>", "<p>Masuk</p>", "<nav><a href=/a>Beranda</a></nav>",
		"<ul><li><a href=/a>Satu berita yang panjang sekali judulnya hari ini</a></ul>",
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(pages); i++) {
		struct story s;
		story_init(&s);
		page_story(a, str_z(pages[i]), &nothing, &s);
		if (s.body.text.n > 0 || s.full)
			fail_msg("'%s' gave '%.*s'", pages[i], STR_ARG(s.body.text));
	}
	arena_free(a);
}

/* A page that is nothing but a few words is all text, whatever its links do. */
static void
bare_page_is_all_text(void **state)
{
	static const struct { const char *page, *want; } rows[] = {
		{"<ol><li><p>Satu catatan pendek yang berdiri sendirian di halaman ini, tanpa menu apa pun."
		 "</ol>", "LI Satu catatan pendek yang berdiri sendirian di halaman ini, tanpa menu apa pun.\n"},
		{"<article><h2>Satu</h2><img src=/a.jpg><h2>Dua</h2></article>", "H Satu\nH Dua\n"},
		{"<a href='javascript:'><p>satu</p><p>dua</p></a>", "P satu\nP dua\n"},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct story s;
		struct buf b = {0};
		story_init(&s);
		page_story(a, str_z(rows[i].page), &nothing, &s);
		show_body(&s, &b);
		assert_shows(&b, rows[i].want);
	}
	arena_free(a);
}

/* What the feed carried tells the story from what looks more like one. */
static void
feed_text_is_an_anchor(void **state)
{
#define LONG "<p>Panduan lengkap memilih perahu untuk keluarga, dari bahan sampai harga dan tempat beli.</p>"
	static const char boxes[] = "<h1>Kapal pulang</h1>"
	    "<div class=article-body>" LONG LONG LONG LONG "</div>"
	    "<div class=promo><p>Kapal riset itu pulang ke pelabuhan pada hari Senin setelah tiga pekan.</p>"
	    "<p>Para nelayan menyambutnya di dermaga dengan lagu lama dan makanan dari rumah.</p>"
	    "<p>Muatannya dua ton contoh air laut yang akan diteliti di Ambon sampai bulan Juni nanti, "
	    "kata nakhoda, dan sebagian dibawa ke museum kota untuk dipamerkan.</p></div>";
	static const struct { const char *known; bool anchored; } rows[] = {
		{"", false},
		{"Sesuatu yang lain sama sekali, dan cukup panjang untuk dicari di halaman.", false},
		{"KAPAL riset itu pulang ke pelabuhan pada hari Senin setelah tiga pekan. Para nelayan "
		 "menyambutnya di dermaga dengan lagu lama dan makan...", true},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct page_known known = {STR("Kapal pulang"), str_z(rows[i].known), false, NULL};
		struct story s;
		story_init(&s);
		page_story(a, str_z(boxes), &known, &s);
		if ((str_find(s.body.text, STR("Para nelayan")) != STR_NONE) != rows[i].anchored)
			fail_msg("'%s' gave '%.*s'", rows[i].known, STR_ARG(s.body.text));
	}
	arena_free(a);
}

static void
jsonld_text_serves_where_the_page_has_none(void **state)
{
	struct arena *a = arena_new();
	struct story s;
	struct buf b = {0};

	(void)state;
	buf_add(&b, STR("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\""));
	for (int i = 0; i < 12; i++)
		buf_fmt(&b, "Kalimat ke-%d tentang kapal yang pulang ke pelabuhan.\\n\\n", i);
	buf_add(&b, STR("\"}</script><h1>Kapal</h1><p>Langganan untuk membaca.</p>"));
	story_init(&s);
	page_story(a, buf_str(&b), &nothing, &s);
	assert_true(str_find(s.body.text, STR("Kalimat ke-11 tentang")) != STR_NONE);
	buf_clear(&b);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_a_page),
		cmocka_unit_test(reads_heads),
		cmocka_unit_test(foreign_canonical_is_not_believed),
		cmocka_unit_test(page_without_story_is_empty),
		cmocka_unit_test(bare_page_is_all_text),
		cmocka_unit_test(feed_text_is_an_anchor),
		cmocka_unit_test(jsonld_text_serves_where_the_page_has_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
