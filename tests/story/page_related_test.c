#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/page.h"
#include "story_show.h"

#define TOPIC_LIST(heading)                                                                 \
	"<h3>" heading "</h3><ul><li><a href='/1'>Skib 1 er hjemme</a></li>"                \
	"<li><a href='/2'>Skib 2 er ude</a></li></ul>"
#define TOPIC_LINKS(heading)                                                                \
	"t " heading " > Skib 1 er hjemme > https://w.example/1 @1\n"                        \
	"t " heading " > Skib 2 er ude > https://w.example/2 @1\n"

/* What stands between two paragraphs of a page, and the links that it gives. */
static const struct row {
	const char *markup, *links;
} rows[] = {
	{"<p>Baca juga: <a href='/1'>Satu kapal</a></p>", "i Baca juga > Satu kapal > https://w.example/1 @1\n"},
	{"<p><strong>Baca juga: <a href='/1'>Satu kapal</a></strong></p>",
	    "i Baca juga > Satu kapal > https://w.example/1 @1\n"},
	{"<p><a href='/1?a=b#c'>BACA JUGA : Satu kapal</a></p>",
	    "i BACA JUGA > Satu kapal > https://w.example/1?a=b @1\n"},
	{"<p>(Le puede interesar: <a href='/1'>El barco</a>)</p>",
	    "i Le puede interesar > El barco > https://w.example/1 @1\n"},
	/* two links in one block */
	{"<p>Baca juga: <a href='/1'>Satu kapal</a>, <a href='/2'>Dua kapal</a></p>",
	    "i Baca juga > Satu kapal > https://w.example/1 @1\n"
	    "i Baca juga > Dua kapal > https://w.example/2 @1\n"},
	/* lines of a block */
	{"Kapal itu pulang ke pelabuhan.<br><br><span class=baca-juga><b>Baca juga: <a href='/1'>Satu "
	 "kapal</a></b></span><br>Lalu pergi lagi ke laut.",
	    "i Baca juga > Satu kapal > https://w.example/1 @2\n"},
	/* a heading and a list */
	{"<div class=box><h4>Artikel terkait</h4><ul><li><a href='/1'>Satu kapal</a></li>"
	 "<li><a href='/2'>Dua kapal</a></li></ul></div>",
	    "t Artikel terkait > Satu kapal > https://w.example/1 @1\n"
	    "t Artikel terkait > Dua kapal > https://w.example/2 @1\n"},
	{"<div>Baca juga</div><a href='/1'><img src=x.jpg><span>Satu kapal</span></a>",
	    "t Baca juga > Satu kapal > https://w.example/1 @1\n"},
	/* a marker with its topic */
	{TOPIC_LIST("Læs mere om havnen"), TOPIC_LINKS("Læs mere om havnen")},
	{TOPIC_LIST("Les mer om havna"), TOPIC_LINKS("Les mer om havna")},
	{TOPIC_LIST("Läs mer om hamnen"), TOPIC_LINKS("Läs mer om hamnen")},
	{TOPIC_LIST("Mehr zum Thema Hafen"), TOPIC_LINKS("Mehr zum Thema Hafen")},
	{TOPIC_LIST("Lire aussi sur le port"), TOPIC_LINKS("Lire aussi sur le port")},
	{TOPIC_LIST("Leia mais sobre o porto"), TOPIC_LINKS("Leia mais sobre o porto")},
	{TOPIC_LIST("Lees meer over de haven"), TOPIC_LINKS("Lees meer over de haven")},
	{TOPIC_LIST("Leggi anche sul porto"), TOPIC_LINKS("Leggi anche sul porto")},
	{TOPIC_LIST("Lea también sobre el puerto"), TOPIC_LINKS("Lea también sobre el puerto")},
	{TOPIC_LIST("Czytaj więcej o porcie"), TOPIC_LINKS("Czytaj więcej o porcie")},
	{TOPIC_LIST("Читайте также о порте"), TOPIC_LINKS("Читайте также о порте")},
	{TOPIC_LIST("Baca juga soal pelabuhan"), TOPIC_LINKS("Baca juga soal pelabuhan")},
	{TOPIC_LIST("Read more about the harbour"), TOPIC_LINKS("Read more about the harbour")},
	{TOPIC_LIST("More on the harbour"), TOPIC_LINKS("More on the harbour")},
	{TOPIC_LIST("Další články o přístavu"), TOPIC_LINKS("Další články o přístavu")},
	{TOPIC_LIST("港の関連記事"), TOPIC_LINKS("港の関連記事")},
	{TOPIC_LIST("부산항 관련 기사"), TOPIC_LINKS("부산항 관련 기사")},
	{"<div><p><strong>Mehr zum Thema Hafen:</strong></p><p><a href='/1'>Ein Schiff ist da</a></p></div>",
	    "t Mehr zum Thema Hafen > Ein Schiff ist da > https://w.example/1 @1\n"},
	{"<h4>Mehr zum Thema <a href='/thema/hafen/'>Hafen</a></h4><ul><li><a href='/1'>Ein Schiff ist "
	 "da</a></li></ul>", "t Mehr zum Thema Hafen > Ein Schiff ist da > https://w.example/1 @1\n"},
	{"<p>Baca juga aturan kapal sebelum naik.</p><ul><li><a href='/1'>Satu kapal</a></li></ul>", ""},
	{"<h3>Most read about the harbour</h3><ul><li><a href='/1'>The boat is home</a></li></ul>", ""},
	/* layouts of other languages */
	{"<details open><summary>Lue myös</summary><ul><li><a href='/1'>Satama suljetaan</a></li></ul></details>",
	    "t Lue myös > Satama suljetaan > https://w.example/1 @1\n"},
	{"<figure><figcaption>ЧИТАЙТЕ ТАКОЖ</figcaption><a href='/1'><img src=p.jpg><span>Порт "
	 "закриють</span></a></figure>", "t ЧИТАЙТЕ ТАКОЖ > Порт закриють > https://w.example/1 @1\n"},
	{"<table><tr><th colspan=2>ข่าวที่เกี่ยวข้อง</th></tr><tr><td><img src=a.jpg></td><td><a href='/1'>"
	 "สะพานใหม่ข้ามแม่น้ำ</a></td></tr></table>",
	    "t ข่าวที่เกี่ยวข้อง > สะพานใหม่ข้ามแม่น้ำ > https://w.example/1 @1\n"},
	{"<div><h2><span>相关</span><span>阅读</span></h2></div><div><a href='/1'><img src=x.jpg alt='港'></a>"
	 "<a href='/1'>港口秋天关闭</a></div>", "t 相关阅读 > 港口秋天关闭 > https://w.example/1 @1\n"},
	{"<p>بیشتر بخوانید:<br><a href='/1'>بندر بسته می‌شود</a><br><a href='/2'>پل تازه</a></p>",
	    "t بیشتر بخوانید > بندر بسته می‌شود > https://w.example/1 @1\n"
	    "t بیشتر بخوانید > پل تازه > https://w.example/2 @1\n"},
	/* cards with a summary, in any element that is one */
	{"<div><header>Přečtěte si také</header><article><h3><a href='/1'>Přístav se zavře</a></h3><p>Radnice "
	 "říká, že molo je příliš staré a oprava by stála mnoho peněz.</p></article><article><h3>"
	 "<a href='/2'>Nový most přes řeku</a></h3></article></div>",
	    "t Přečtěte si také > Přístav se zavře > https://w.example/1 @1\n"
	    "t Přečtěte si také > Nový most přes řeku > https://w.example/2 @1\n"},
	/* a list ends at the next paragraph */
	{"<h3>Mehr zum Thema</h3><p><a href='/1'>Ein Schiff</a></p><p>Ein Absatz ohne Verweis, der lang "
	 "genug ist und weiter erzählt.</p><p><a href='/2'>Noch eins</a></p>",
	    "t Mehr zum Thema > Ein Schiff > https://w.example/1 @1\n"},
	{"<p>→ À lire aussi <a href='/1'>Le bateau</a></p>",
	    "i À lire aussi > Le bateau > https://w.example/1 @1\n"},
	{"<p>READ MORE: <a href='/1'>The boat comes home</a></p>",
	    "i READ MORE > The boat comes home > https://w.example/1 @1\n"},
	/* the marker in an attribute, for the style sheet to write */
	{"<section data-before-content='Les også'><a href='/1'>Skipet er hjemme</a></section>",
	    "t Les også > Skipet er hjemme > https://w.example/1 @1\n"},
	{"<aside aria-label='Related stories'><ul><li><a href='/1'>The boat comes home</a></li></ul>"
	 "</aside>", "t Related stories > The boat comes home > https://w.example/1 @1\n"},
	/* a heading that is a link itself; cards with a section, a picture and a date */
	{"<h3><a href='/tag/laut'>Artikel terkait</a></h3><ul><li><a href='/kategori/laut/'>Laut</a>"
	 "<a href='/1'>02:13</a><h4><a href='/1'>Satu kapal pulang</a></h4><span>5 Mei 2025</span></li>"
	 "</ul>", "t Artikel terkait > Satu kapal pulang > https://w.example/1 @1\n"},
	{"<p><a href='/1'>[Baca juga: Satu kapal (2)]</a></p>",
	    "i Baca juga > Satu kapal (2) > https://w.example/1 @1\n"},
	/* a label without a space behind it, told from the headline by its element alone */
	{"<p><span>À lire aussi</span><a href='/1'>Le bateau</a></p>",
	    "i À lire aussi > Le bateau > https://w.example/1 @1\n"},
	{"<div><span>İLGİLİ HABER</span><a href='/1'>Gemi döndü</a></div>",
	    "i İLGİLİ HABER > Gemi döndü > https://w.example/1 @1\n"},
	{"<div><a href='/1'><span>Baca Juga</span><span>Satu kapal</span></a></div>",
	    "i Baca Juga > Satu kapal > https://w.example/1 @1\n"},
	/* a kicker in the same link, parted by the style sheet; but not the letters of a word */
	{"<h3>Lihat juga</h3><ul><li><a href='/1'><span>BREAKING</span>Presiden tiba</a></li>"
	 "<li><a href='/2'><span>Ekonomi</span><span>Harga ikan naik</span></a></li>"
	 "<li><a href='/3'><strong>LIVE</strong>Kapal pulang</a></li>"
	 "<li><a href='/4'>Dermaga baru<span>Foto</span></a></li>"
	 "<li><a href='/5'><span>Opini</span>“Laut itu luas”</a></li>"
	 "<li><a href='/6'><b>M</b>ICRO dan You<b>Tube</b> dan <b>UN</b>ESCO</a></li>"
	 "<li><a href='/7'><span>Sa</span><span>tu</span> kapal</a></li></ul>",
	    "t Lihat juga > BREAKING Presiden tiba > https://w.example/1 @1\n"
	    "t Lihat juga > Ekonomi Harga ikan naik > https://w.example/2 @1\n"
	    "t Lihat juga > LIVE Kapal pulang > https://w.example/3 @1\n"
	    "t Lihat juga > Dermaga baru Foto > https://w.example/4 @1\n"
	    "t Lihat juga > Opini “Laut itu luas” > https://w.example/5 @1\n"
	    "t Lihat juga > MICRO dan YouTube dan UNESCO > https://w.example/6 @1\n"
	    "t Lihat juga > Satu kapal > https://w.example/7 @1\n"},
	{"<p>Baca juga: <a href='/1'><span>BREAKING</span>Presiden tiba</a></p>",
	    "i Baca juga > BREAKING Presiden tiba > https://w.example/1 @1\n"},
	{"<p>関連記事: <a href='/1'><span>速報</span>船が帰る</a></p>",
	    "i 関連記事 > 速報 船が帰る > https://w.example/1 @1\n"},
	{"<p>Baca juga: <a href='/1'><em>Satu</em> <b>kapal</b></a></p>",
	    "i Baca juga > Satu kapal > https://w.example/1 @1\n"},
	{"<p><b>B</b>aca juga: <a href='/1'>Sa<b>t</b>u kapal</a></p>",
	    "i Baca juga > Satu kapal > https://w.example/1 @1\n"},
	/* a common word is a label when it stands apart, and the headline begins big */
	{"<p><strong>Lire</strong> <a href='/1'>Le bateau est rentré</a></p>",
	    "i Lire > Le bateau est rentré > https://w.example/1 @1\n"},
	/* signs around it */
	{"<p>&gt;&gt;&gt; <a href='/1'>BACA JUGA : Satu kapal &gt;&gt;&gt;</a></p>",
	    "i BACA JUGA > Satu kapal > https://w.example/1 @1\n"},
	{"<p>👉 Baca juga &rarr; <a href='/1'>Satu kapal</a></p>",
	    "i Baca juga > Satu kapal > https://w.example/1 @1\n"},
	{"<p>◇<a href='/1'>【関連記事】船が帰る</a></p>",
	    "i 関連記事 > 船が帰る > https://w.example/1 @1\n"},
	{"<p>＜関連記事＞<br>・<a href='/1'>船が帰る「三年ぶり」</a></p>",
	    "t 関連記事 > 船が帰る「三年ぶり」 > https://w.example/1 @1\n"},
	{"<p>「関連記事」<a href='/1'>船が帰る</a></p>",
	    "i 関連記事 > 船が帰る > https://w.example/1 @1\n"},
	{"<p>相关阅读｜<a href='/1'>渡轮归来《湖上》</a></p>",
	    "i 相关阅读 > 渡轮归来《湖上》 > https://w.example/1 @1\n"},
	{"<p>Lire aussi : <a href='/1'>« Le bateau »</a></p>",
	    "i Lire aussi > « Le bateau » > https://w.example/1 @1\n"},
	/* tables and lists of terms */
	{"<table><tr><td>Baca juga</td><td><a href='/1'>Satu kapal</a></td></tr></table>",
	    "t Baca juga > Satu kapal > https://w.example/1 @1\n"},
	{"<dl><dt>Lees ook</dt><dd><a href='/1'>De boot is terug</a></dd></dl>",
	    "t Lees ook > De boot is terug > https://w.example/1 @1\n"},
	{"<p><b>Baca juga:</b><br>1. <a href='/1'>Satu kapal</a><br>2. <a href='/2'>Dua kapal</a></p>",
	    "t Baca juga > Satu kapal > https://w.example/1 @1\n"
	    "t Baca juga > Dua kapal > https://w.example/2 @1\n"},
	/* in the style sheet's hands */
	{"<div style=\"--heading: 'À lire aussi'\"><a href='/1'>Le bateau est rentré</a></div>",
	    "t À lire aussi > Le bateau est rentré > https://w.example/1 @1\n"},
	{"<ul title='Lesen Sie auch'><li><a href='/1'>Das Schiff ist zurück</a></li></ul>",
	    "t Lesen Sie auch > Das Schiff ist zurück > https://w.example/1 @1\n"},
	/* a house style that no table knows, seen twice */
	{"<p>Kapal menepi: <a href='/2026/satu-kapal'>Satu kapal pulang ke pelabuhan</a></p><p>Nelayan "
	 "pulang dan bercerita tentang ombak.</p><p>KAPAL MENEPI: <a href='/2026/dua'>Dua kapal pergi "
	 "dari pelabuhan</a></p>",
	    "i Kapal menepi > Satu kapal pulang ke pelabuhan > https://w.example/2026/satu-kapal @1\n"
	    "i KAPAL MENEPI > Dua kapal pergi dari pelabuhan > https://w.example/2026/dua @2\n"},
	/* ... or once, or names somebody, or leads away */
	{"<p>Kapal menepi: <a href='/2026/1'>Satu kapal pulang ke pelabuhan</a></p>",
	    "m  > Satu kapal pulang ke pelabuhan > https://w.example/2026/1 @1\n"},
	{"<p>Foto: <a href='/2026/1'>Satu kapal pulang ke pelabuhan</a></p>"
	 "<p>Foto: <a href='/2026/2'>Dua kapal pergi dari pelabuhan</a></p>",
	    "m  > Satu kapal pulang ke pelabuhan > https://w.example/2026/1 @1\n"
	    "m  > Dua kapal pergi dari pelabuhan > https://w.example/2026/2 @2\n"},
	{"<p>Kapal: <a href='https://x.example/2026/1'>Satu kapal pulang ke pelabuhan</a></p>"
	 "<p>Kapal: <a href='https://x.example/2026/2'>Dua kapal pergi dari pelabuhan</a></p>", ""},
	/* a mention: a link in a sentence to another story of the site */
	{"<p>Warga bisa baca juga <a href='/2025/aturan-kapal-baru-terbit'>aturannya</a> di sini.</p>",
	    "m  > aturannya > https://w.example/2025/aturan-kapal-baru-terbit @1\n"},
	/* none */
	{"<p>Baca juga: <a href='javascript:x()'>Satu kapal</a></p>", ""},
	{"<p>Baca juga: <a href='mailto:a@w.example'>Satu kapal</a></p>", ""},
	{"<p>Baca juga: <a href='#atas'>Satu kapal</a></p>", ""},
	{"<p>Baca juga: <a href='/self#komentar'>Satu kapal</a></p>", ""},
	{"<p>Baca juga: <a rel='sponsored' href='/1'>Satu kapal</a></p>", ""},
	{"<div class=sponsored><p>Baca juga: <a href='/1'>Satu kapal</a></p></div>", ""},
	{"<nav><p>Baca juga: <a href='/1'>Satu kapal</a></p></nav>", ""},
	{"<h3>Terpopuler</h3><ul><li><a href='/1'>Satu kapal</a></li></ul>", ""},
	{"<p>Saiba mais: <a href='/assine/agora'>O navio volta para casa</a></p>", ""},
	{"<h3>Related topics</h3><ul><li><a href='/1'>Boats</a></li></ul>", ""},
	{"<p>Read more <a href='/1'>about boats</a></p>", ""},
	{"<p><b>Read more</b> <a href='/1'>about the boats of the lake</a></p>", ""},
	{"<p>Baca juga <a href='/1'>aturan kapal</a> sebelum naik, kata nakhoda.</p>", ""},
	{"<p>Baca juga: <a href='https://www.w.example/self/?utm_source=a'>Satu kapal</a></p>", ""},
	{"<p>Baca juga: <a href='https://x.example/to?u=https%3A%2F%2Fw.example%2Fself'>Bagikan "
	 "kisah ini</a></p>", ""},
	{"<p>Baca juga: <a href='https://whatsapp.com/channel/1'>Saluran kami</a></p>", ""},
	{"<p>Baca juga: <a href='https://iklan.example/1'>Sepatu murah sekali</a></p>", ""},
	{"<p>Lihat juga: <a href='/ekonomi/'>Ekonomi</a></p>", ""},
	{"<p>Lesen Sie auch: <a href='/abo/angebot'>Jetzt vier Wochen testen</a></p>", ""},
	{"<h3>Publicité</h3><a href='/1'>Le bateau est rentré</a>", ""},
	{"<p>Next story: <a href='/1'>The boat comes home</a></p>", ""},
	{"<p>Halaman selanjutnya: <a href='/self-2'>Kapal itu pergi lagi</a></p>", ""},
	{"<p><a href='/1'>Continue reading</a></p>", ""},
};

static const char before[] = "<p>Ambon (KABAR) - Kapal itu pulang ke pelabuhan pada hari Senin "
                             "setelah tiga pekan di laut bersama para nelayan dari pulau itu.</p>";
static const char after[] = "<p>Para nelayan menyambutnya di dermaga dengan lagu dan makanan, kata "
                            "kepala desa yang ikut menunggu sejak pagi buta di sana.</p>";

static void
finds_offers(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct story s;
		struct buf b = {0};
		story_init(&s);
		s.url = STR("https://w.example/self");
		struct str markup = arena_fmt(a, "%s%s%s", before, rows[i].markup, after);
		page_fragment(a, markup, s.url, &s);
		show_links(&s, &b);
		if (!str_eq(buf_str(&b), str_z(rows[i].links)))
			fail_msg("%s\ngave:\n%s", rows[i].markup, buf_z(&b));
		buf_clear(&b);
	}
	arena_free(a);
}

static void
offers_leave_the_text(void **state)
{
	struct arena *a = arena_new();
	struct story s;
	struct buf b = {0};

	(void)state;
	story_init(&s);
	page_fragment(a, STR("<p>Satu kapal pulang.</p><p>Baca juga: <a href='https://w.example/1'>"
	    "Judul</a></p><p>Dua.</p><div><h3>Artikel terkait</h3><ul><li>"
	    "<a href='https://w.example/2'>Lain</a></li></ul></div>"), STR("https://w.example/"), &s);
	show_body(&s, &b);
	assert_shows(&b, "P Satu kapal pulang.\n@0\nP Dua.\n@1\n");
	arena_free(a);
}

/* Headings of lists that are not about the story, with the lists; but not the offers behind. */
static void
other_lists_leave_the_text(void **state)
{
	struct arena *a = arena_new();
	struct story s;
	struct buf b = {0};

	(void)state;
	story_init(&s);
	page_fragment(a, STR("<p>Satu kapal pulang.</p><div><h3>Terpopuler</h3><ul><li>"
	    "<a href='https://w.example/2'>Lain</a></li></ul></div><p>Dua.</p><p>Iklan</p>"
	    "<p>Baca juga: <a href='https://w.example/1'>Judul</a></p><h3>Latest</h3><p>Tiga kapal "
	    "dari pulau kecil di seberang selat belum pulang.</p>"
	    "<p>Topics: <a href='https://w.example/tag/a'>A</a></p>"), STR("https://w.example/"), &s);
	show_body(&s, &b);
	assert_shows(&b, "P Satu kapal pulang.\nP Dua.\n@0\nH Latest\nP Tiga kapal dari pulau kecil di seberang selat belum pulang.\n");
	arena_free(a);
}

static void
links_are_bounded(void **state)
{
	struct arena *a = arena_new();
	struct story s;
	struct buf html = {0};

	(void)state;
	for (int i = 0; i < STORY_MAX_LINKS + 50; i++)
		buf_fmt(&html, "<p>Baca juga: <a href='https://w.example/%d'>Judul %d</a></p>", i, i);
	story_init(&s);
	page_fragment(a, buf_str(&html), STR("https://w.example/"), &s);
	assert_int_equal(s.links.n, STORY_MAX_LINKS);
	buf_clear(&html);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_offers),
		cmocka_unit_test(offers_leave_the_text),
		cmocka_unit_test(other_lists_leave_the_text),
		cmocka_unit_test(links_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
