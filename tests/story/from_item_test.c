#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "story/from_item.h"
#include "story_show.h"

static const char full[] =
    "<p>Ambon (ANTARA) - Kapal riset itu pulang ke pelabuhan pada hari Senin setelah tiga pekan di "
    "laut bersama para nelayan dari pulau itu, kata ketua tim yang menunggu di dermaga.</p>"
    "<p>Baca juga: <a href='/berita/2'>Kapal lain masih di laut</a></p>"
    "<p>Para nelayan menyambutnya di dermaga dengan lagu dan makanan, dan anak-anak sekolah "
    "berbaris di sepanjang jalan menuju balai desa tempat pesta disiapkan sejak pagi.</p>"
    "<p>Kapal itu membawa catatan tentang karang yang belum pernah dipetakan orang, dan beberapa "
    "contoh batu yang akan diteliti lebih lanjut di kota sebelum dikembalikan ke laut.</p>"
    "<p>Tim akan berangkat lagi pada musim timur tahun depan bila cuaca dan anggaran mengizinkan, "
    "kata ketua tim itu, yang berterima kasih kepada semua nelayan yang ikut serta.</p>"
    "<p>Penerjemah: Laras Wibowo<br>Editor: Damar Prakoso<br>Copyright © ANTARA 2025</p>";

static struct feed_item
item_of(const char *title, const char *summary, const char *content)
{
	struct feed_item item = {
		.id = STR("guid-1"),
		.title = str_z(title),
		.link = STR("https://wire.example/berita/1"),
		.published = 1741050900,
		.updated = FEED_NO_TIME,
		.summary = {.text = str_z(summary), .type = FEED_HTML},
		.content = {.text = str_z(content), .type = FEED_HTML},
	};

	return item;
}

static void
full_item_becomes_a_story(void **state)
{
	struct arena *a = arena_new();
	struct feed_head head = {.title = STR("Wire - Terkini"), .language = STR("id-ID")};
	struct feed_item item = item_of("URGENT: Kapal pulang", "Kapal riset itu pulang.", full);
	struct story s;
	struct buf b = {0};

	(void)state;
	story_from_item(a, &(struct story_origin){0}, &head, &item, &s);
	buf_fmt(&b, "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%d|%d\n", STR_ARG(s.title), STR_ARG(s.guid),
	    STR_ARG(s.agency), STR_ARG(s.place), STR_ARG(s.translator), STR_ARG(s.editor),
	    STR_ARG(s.lang), s.urgency, s.full);
	show_links(&s, &b);
	assert_shows(&b,
	    "URGENT: Kapal pulang|guid-1|ANTARA|Ambon|Laras Wibowo|Damar Prakoso|id-ID|2|1\n"
	    "i Baca juga > Kapal lain masih di laut > https://wire.example/berita/2 @1\n");
	assert_true(str_eq(s.summary, STR("Kapal riset itu pulang.")));
	assert_true(str_find(s.body.text, STR("Penerjemah")) == STR_NONE);
	assert_int_equal(s.published, 1741050900);
	assert_true(s.updated == STORY_NO_TIME);
	arena_free(a);
}

/* A date without a zone is that of the newsroom: by the agency, the host's country, the language. */
static void
time_without_a_zone_is_of_the_newsroom(void **state)
{
	enum { WALL = 1741050900 }; /* 2025-03-04 01:15 */
	static const struct {
		const char *link, *site, *feed_language, *language;
		int64_t wall;
		int offset_min;
		bool local;
	} rows[] = {
		{"https://en.yna.co.kr/view/1", "", "en", "", WALL, 540, true},
		{"https://en.yna.co.kr/view/1", "", "en", "", WALL, 0, false},
		{"https://feeds.example/1", "https://cn.yna.co.kr/", "", "", WALL, 540, true},
		{"https://berita.example.id/1", "", "en", "", WALL, 420, true},
		{"https://feeds.example/1", "", "id-ID", "", WALL, 420, true},
		{"https://feeds.example/1", "", "ko", "", WALL, 540, true},
		{"https://feeds.example/1", "", "ko", "ja", WALL, 540, true},
		{"https://feeds.example/1", "", "zh-Hant-TW", "", WALL, 480, true},
		{"https://feeds.example/1", "", "en", "", WALL, 0, true},
		{"https://feeds.example/1", "", "en-US", "", WALL, 0, true},
		{"https://apnews.com/1", "", "en", "", WALL, -300, true},
		{"https://apnews.com/1", "", "en", "", WALL + 120 * 86400, -240, true},
		{"https://news.example.de/1", "", "", "", WALL, 60, true},
		{"https://news.example.de/1", "", "", "", WALL + 120 * 86400, 120, true},
		{"https://news.example.uk/1", "", "", "", WALL + 120 * 86400, 60, true},
		{"https://www.aap.com.au/1", "", "", "", WALL, 660, true},
		{"https://www.aap.com.au/1", "", "", "", WALL + 120 * 86400, 600, true},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct feed_head head = {.link = str_z(rows[i].site),
			.language = str_z(rows[i].feed_language)};
		struct feed_item item = item_of("Harbour", "A harbour opens.", "");
		struct story s;
		item.link = str_z(rows[i].link);
		item.language = str_z(rows[i].language);
		item.published = rows[i].wall;
		item.published_local = rows[i].local;
		story_from_item(a, &(struct story_origin){0}, &head, &item, &s);
		if (s.published != rows[i].wall - rows[i].offset_min * 60)
			print_error("row %zu\n", i);
		assert_int_equal(s.published, rows[i].wall - rows[i].offset_min * 60);
		assert_true(s.updated == STORY_NO_TIME);
	}
	arena_free(a);
}

static void
summary_is_not_full(void **state)
{
	static const struct { const char *summary, *content; bool is_full; } rows[] = {
		{"<p>Ambon (ANTARA) - Kapal itu pulang.</p>", "", false},
		{"Kapal itu pulang.", "<p>Kapal itu pulang ke pelabuhan …</p>", false},
		{"", "", false},
		{full, "", false}, /* four short paragraphs may be a summary too */
		{"Kapal itu pulang.", full, true},
	};
	struct arena *a = arena_new();
	struct feed_head head = {0};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct feed_item item = item_of("Kapal", rows[i].summary, rows[i].content);
		struct story s;
		story_from_item(a, &(struct story_origin){0}, &head, &item, &s);
		if (s.full != rows[i].is_full)
			fail_msg("row %zu: full is %d", i, s.full);
	}
	arena_free(a);
}

static void
agency_comes_from_what_is_known(void **state)
{
	static const struct { const char *feed, *link, *summary, *agency; } rows[] = {
		{"x", "https://x.example/1", "Seoul (dpa/lni) - Ein Schiff", "dpa"},
		{"x", "https://www.antaranews.com/berita/1", "Kapal", "ANTARA"},
		{"Yonhap News: World", "https://x.example/1", "A ship", "Yonhap"},
		{"ANTARA News - Terkini", "https://x.example/1", "Kapal", "ANTARA"},
		{"Apples and pears", "https://x.example/1", "A ship", ""},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct feed_head head = {.title = str_z(rows[i].feed)};
		struct feed_item item = item_of("Kapal", rows[i].summary, "");
		struct story s;
		item.link = str_z(rows[i].link);
		story_from_item(a, &(struct story_origin){0}, &head, &item, &s);
		if (!str_eq(s.agency, str_z(rows[i].agency)))
			fail_msg("row %zu gave '%.*s'", i, STR_ARG(s.agency));
	}
	arena_free(a);
}

static void
plain_full_text_wins(void **state)
{
	struct arena *a = arena_new();
	struct feed_head head = {0};
	struct feed_item item = item_of("Kapal", "Kapal pulang.", "");
	struct buf text = {0};
	struct story s;

	(void)state;
	for (int i = 0; i < 20; i++)
		buf_fmt(&text, "Kalimat ke-%d dari teks lengkap yang dibawa umpan ini.\n\n", i);
	buf_add(&text, STR("Editor: Rina"));
	item.full_text.text = buf_str(&text);
	item.full_text.type = FEED_TEXT;
	story_from_item(a, &(struct story_origin){0}, &head, &item, &s);
	assert_true(s.full);
	assert_true(str_eq(s.editor, STR("Rina")));
	assert_true(str_find(s.body.text, STR("Kalimat ke-19 dari")) != STR_NONE);
	buf_clear(&text);
	arena_free(a);
}

static void
feed_rights_stay_with_the_story(void **state)
{
	struct arena *a = arena_new();
	struct feed_head head = {.rights = STR("(c) Wire")};
	struct feed_item item = item_of("Kapal", "Kapal pulang.", "");
	struct story s;

	(void)state;
	story_from_item(a, &(struct story_origin){0}, &head, &item, &s);
	assert_true(str_eq(s.rights, STR("(c) Wire")));
	item.rights = STR("(c) Penulis");
	story_from_item(a, &(struct story_origin){0}, &head, &item, &s);
	assert_true(str_eq(s.rights, STR("(c) Penulis")));
	arena_free(a);
}

/* The dateline knows better than the feed where a story is from. */
static void
place_of_the_feed_when_there_is_no_dateline(void **state)
{
	struct arena *a = arena_new();
	struct feed_head head = {.title = STR("Wire")};
	struct feed_item dated = item_of("Kapal pulang", "", full);
	struct feed_item plain = item_of("Kapal pulang", "", "<p>Kapal riset itu pulang.</p>");
	struct story s;

	(void)state;
	dated.place.name = plain.place.name = STR("Pulau Anggrek");
	story_from_item(a, &(struct story_origin){0}, &head, &dated, &s);
	assert_true(str_eq(s.place, STR("Ambon")));
	story_from_item(a, &(struct story_origin){0}, &head, &plain, &s);
	assert_true(str_eq(s.place, STR("Pulau Anggrek")));
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(full_item_becomes_a_story),
		cmocka_unit_test(time_without_a_zone_is_of_the_newsroom),
		cmocka_unit_test(summary_is_not_full),
		cmocka_unit_test(agency_comes_from_what_is_known),
		cmocka_unit_test(plain_full_text_wins),
		cmocka_unit_test(place_of_the_feed_when_there_is_no_dateline),
		cmocka_unit_test(feed_rights_stay_with_the_story),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
