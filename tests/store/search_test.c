/* Search: excerpts, ranking, advice, and what is not indexed yet. */
#include "fixture.h"

#include <stdlib.h>

#include "store/search.h"

#define FEED "https://kawat.example/feed.xml"

/* The excerpt with its matches in brackets. */
static struct str
bracketed(struct fixture *f, const struct search_hit *h)
{
	struct str out = STR("");
	size_t at = 0;
	for (int i = 0; i < h->n_matches; i++) {
		const struct search_match *m = &h->matches[i];
		assert_true(m->at >= at && m->n > 0 && m->at + m->n <= h->excerpt.n);
		out = arena_fmt(f->arena, "%.*s%.*s[%.*s]", STR_ARG(out),
		    STR_ARG(str_sub(h->excerpt, at, m->at - at)),
		    STR_ARG(str_sub(h->excerpt, m->at, m->n)));
		at = m->at + m->n;
	}
	return arena_cat(f->arena, out, str_from(h->excerpt, at));
}

static struct search_hits
found(struct fixture *f, const char *text)
{
	struct query *q;
	struct search_hits hits;
	OK(f,
	    query_parse(
		f->arena, str_z(text), (struct query_feeds){0}, NOW, 0, &q, &f->err));
	OK(f,
	    search_window(
		f->store, f->arena, q, LIST_TOP, LIST_OLDER, 50, &hits, &f->err));
	return hits;
}

static void
excerpts_show_the_words(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *query, *text, *shows;
	} rows[] = {
	    {"karang", "Peta karang laut.", "Peta [karang] laut."},
	    {"laut peta", "Peta karang laut.", "[Peta] karang [laut]."},
	    {"\"karang laut\"", "Karang. Peta karang\n\nlaut dalam.",
		"Karang. Peta [karang laut] dalam."},
	    {"kar*", "Karangan karang kerang.", "[Karangan] [karang] kerang."},
	    {"cafe", "Un CAFÉ noir.", "Un [CAFÉ] noir."},
	    {"深海", "バンダ海で深海サンゴ。", "バンダ海で[深海]サンゴ。"},
	    {"احمد", "قال أَحْمَد اليوم.", "قال [أَحْمَد] اليوم."}, /* hamza, vowel signs */
	    {"أحمد", "قال احمد اليوم.", "قال [احمد] اليوم."},
	    {"محمد", "مـحـمـد هنا.", "[مـحـمـد] هنا."}, /* tatweel */
	    {"duong", "Đường dài.", "[Đường] dài."},
	    {"isik", "Işık söndü.", "[Işık] söndü."},
	    {"strasse", "Die Straße.", "Die [Straße]."},
	    {"abc123", "ＡＢＣ１２３です", "[ＡＢＣ１２３]です"},
	    {"ไทย", "ประเทศไทยวันนี้", "ประเทศ[ไทย]วันนี้"},
	    {"title:judul", "Isi tanpa kata itu.", "Isi tanpa kata itu."},
	    {"peta -kapal", "Peta saja.", "[Peta] saja."},
	};
	for (int indexed = 0; indexed < 2; indexed++)
		for (size_t i = 0; i < COUNT_OF(rows); i++) {
			char url[60];
			snprintf(url, sizeof(url), "https://kawat.example/%zu", i);
			struct story s = fixture_story(f, url, "Judul", rows[i].text);
			story_id id = fixture_add(f, fixture_feed(f, FEED), &s);
			if (indexed)
				fixture_index(f);
			struct search_hits hits = found(f, rows[i].query);
			size_t k = 0;
			while (k < hits.n && hits.v[k].row.id != id)
				k++;
			if (k == hits.n)
				fail_msg("'%s' is not found", rows[i].query);
			struct str got = bracketed(f, &hits.v[k]);
			if (!str_eq(got, str_z(rows[i].shows)))
				fail_msg("'%s' shows %.*s", rows[i].query, STR_ARG(got));
		}
}

static void
long_texts_are_cut_around_the_words(void **state)
{
	struct fixture *f = *state;
	struct str text = STR("Awal kata jarang. ");
	for (int i = 0; i < 200; i++)
		text = arena_cat(f->arena, text, STR("kalimat pengisi yang biasa "));
	text = arena_cat(f->arena, text, STR("lalu jarang dan langka bersama, "));
	for (int i = 0; i < 200; i++)
		text = arena_cat(f->arena, text, STR("kalimat pengisi lagi "));
	struct story s = fixture_story(f, "https://kawat.example/1", "Judul", text.p);
	fixture_add(f, fixture_feed(f, FEED), &s);
	struct search_hits hits = found(f, "jarang langka");
	assert_int_equal(hits.n, 1);
	struct str got = bracketed(f, &hits.v[0]);
	if (str_find(got, STR("lalu [jarang] dan [langka] bersama")) == STR_NONE)
		fail_msg("%.*s", STR_ARG(got));
	assert_true(hits.v[0].excerpt.n < 300);
	assert_true(str_starts(hits.v[0].excerpt, STR("…")));
	assert_true(str_ends(hits.v[0].excerpt, STR("…")));
	assert_null(memchr(hits.v[0].excerpt.p, '\n', hits.v[0].excerpt.n));
}

static void
relevance_puts_headlines_first(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct query *q;
	struct search_hits hits;
	fixture_many(f, feed, 50);
	struct story s = fixture_story(
	    f, "https://kawat.example/1", "Gempa kuat", "Gempa terasa di Ambon.");
	s.published = NOW - DAY;
	story_id best = fixture_add(f, feed, &s);
	for (int i = 2; i < 6; i++) {
		s = fixture_story(f, arena_fmt(f->arena, "https://kawat.example/%d", i).p,
		    "Lain-lain",
		    "Panjang sekali teks ini dan baru di akhirnya ada kata gempa di "
		    "antara yang lain.");
		fixture_add(f, feed, &s);
	}
	OK(f,
	    query_parse(
		f->arena, STR("gempa"), (struct query_feeds){0}, NOW, 0, &q, &f->err));
	for (int indexed = 0; indexed < 2; indexed++) {
		OK(f, search_best(f->store, f->arena, q, 0, 10, &hits, &f->err));
		assert_int_equal(hits.n, 5);
		if (indexed)
			assert_int_equal(hits.v[0].row.id, best);
		struct search_hits rest;
		OK(f, search_best(f->store, f->arena, q, 3, 10, &rest, &f->err));
		assert_int_equal(rest.n, 2);
		assert_int_equal(rest.v[0].row.id, hits.v[3].row.id);
		OK(f, search_best(f->store, f->arena, q, 99, 10, &rest, &f->err));
		assert_int_equal(rest.n, 0);
		fixture_index(f);
	}
	/* By date the newest comes first. */
	hits = found(f, "gempa");
	assert_int_equal(hits.v[4].row.id, best);
}

/* An old story that all newer ones stand behind: with one word it is looked at, with many no more. */
static void
the_more_words_the_fewer_are_ranked(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *query;
		bool first;
	} rows[] = {
	    {"nomor", true},
	    {"kabar nomor", true},
	    {"kabar nomor dari umpan", true},
	    {"kabar nomor dari umpan kabar", false},
	    {"\"kabar nomor\" \"dari umpan\"", true},
	    {"\"kabar nomor\" \"dari umpan\" kabar", false},
	};
	feed_id feed = fixture_feed(f, FEED);
	struct story s = fixture_story(f, "https://kawat.example/1",
	    "Kabar nomor dari umpan, kabar nomor dari umpan", "Kabar nomor dari umpan.");
	s.published = NOW - 10 * DAY;
	story_id best = fixture_add(f, feed, &s);
	fixture_many(f, feed, SEARCH_RANKED_LEAST + 100);
	fixture_index(f);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct query *q;
		struct search_hits hits;
		OK(f,
		    query_parse(f->arena, str_z(rows[i].query), (struct query_feeds){0}, NOW, 0, &q,
			&f->err));
		OK(f, search_best(f->store, f->arena, q, 0, 1, &hits, &f->err));
		assert_int_equal(hits.n, 1);
		if ((hits.v[0].row.id == best) != rows[i].first)
			fail_msg("%s", rows[i].query);
	}
}

static void
advice_names_the_nearest_word(void **state)
{
	struct fixture *f = *state;
	struct query *q;
	struct search_advice advice;
	struct story s = fixture_story(
	    f, "https://kawat.example/1", "Laut Banda", "Karang hitam bandara a 5.");
	fixture_add(f, fixture_feed(f, FEED), &s);
	fixture_index(f);
	fixture_reopen(f, STORE_READ);
	OK(f,
	    query_parse(f->arena, STR("karang bnada zzzzqq x 7"), (struct query_feeds){0},
		NOW, 0, &q, &f->err));
	OK(f, search_advise(f->store, f->arena, q, &advice, &f->err));
	assert_int_equal(advice.n, 4);
	assert_true(str_eq(advice.unknown[0], STR("bnada")));
	assert_true(str_eq(advice.nearest[0], STR("banda")));
	assert_true(str_eq(advice.unknown[1], STR("zzzzqq")));
	for (size_t i = 1; i < advice.n; i++) /* too far; as far as the word is long */
		assert_int_equal(advice.nearest[i].n, 0);
	/* Still for reading only. */
	assert_false(store_begin(f->store, &f->err));
	fixture_reopen(f, STORE_WRITE);
}

static void
summaries_are_searched_where_there_is_no_text(void **state)
{
	struct fixture *f = *state;
	struct story s = fixture_story(f, "https://kawat.example/1", "Judul", "");
	s.summary = STR("Ringkasan tentang mercusuar.");
	s.full = false;
	s.body = (struct doc){0};
	fixture_add(f, fixture_feed(f, FEED), &s);
	for (int indexed = 0; indexed < 2; indexed++) {
		struct search_hits hits = found(f, "mercusuar");
		assert_int_equal(hits.n, 1);
		assert_true(str_eq(
		    bracketed(f, &hits.v[0]), STR("Ringkasan tentang [mercusuar].")));
		fixture_index(f);
	}
	struct story page =
	    fixture_story(f, "https://kawat.example/1", "Judul", "Kini lengkap.");
	OK(f, update_page(f->store, STORY_NONE, s.url, &page, NOW, NULL, &f->err));
	fixture_index(f);
	assert_int_equal(found(f, "mercusuar").n, 0);
	assert_int_equal(found(f, "lengkap").n, 1);
}

static void
headlines_of_read_also_links_are_searched(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct story s =
	    fixture_story(f, "https://kawat.example/1", "Judul", "Isi lama.");
	fixture_link(f, &s, "Harga beras turun", "https://kawat.example/2");
	fixture_add(f, feed, &s);
	for (int indexed = 0; indexed < 2; indexed++) {
		struct search_hits hits = found(f, "\"harga beras\"");
		assert_int_equal(hits.n, 1);
		assert_true(str_eq(bracketed(f, &hits.v[0]), STR("[Harga beras] turun")));
		fixture_index(f);
	}
	/* Another text with other links. */
	s = fixture_story(f, "https://kawat.example/1", "Judul", "Isi baru.");
	fixture_link(f, &s, "Harga gula naik", "https://kawat.example/3");
	fixture_add(f, feed, &s);
	for (int indexed = 0; indexed < 2; indexed++) {
		assert_int_equal(found(f, "beras").n, 0);
		assert_int_equal(found(f, "gula").n, 1);
		fixture_must_be_sound(f);
		fixture_index(f);
	}
}

int
main(void)
{
#define WITH_STORE(test)                                                                 \
	cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)
	const struct CMUnitTest tests[] = {
	    WITH_STORE(excerpts_show_the_words),
	    WITH_STORE(long_texts_are_cut_around_the_words),
	    WITH_STORE(relevance_puts_headlines_first),
	    WITH_STORE(the_more_words_the_fewer_are_ranked),
	    WITH_STORE(advice_names_the_nearest_word),
	    WITH_STORE(headlines_of_read_also_links_are_searched),
	    WITH_STORE(summaries_are_searched_where_there_is_no_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
