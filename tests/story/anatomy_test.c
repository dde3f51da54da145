#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "story/anatomy.h"
#include "story/plain.h"
#include "story_show.h"
#include "text/html_doc.h"

static const char wire[] =
    "Kapal riset petakan karang laut dalam\n\n"
    "Ambon (ANTARA) - Kapal riset menyelesaikan pemetaan karang pada Kamis.\n\n"
    "Baca juga: Gunung bawah laut ditemukan\n\n"
    "Editor: kata ini ada di tengah cerita, dan bukan kredit sama sekali? Ya.\n\n"
    "Kapal itu akan kembali.\n\n"
    "Sumber: Yonhap-OANA\n\n"
    "Baca juga: Ekspedisi lanjut\n\n"
    "Penerjemah: Laras Wibowo\nEditor: Damar Prakoso\nCopyright © ANTARA 2025\n\n"
    "Dilarang keras mengambil konten ini.\n";

static void
plain_story_is_taken_apart(void **state)
{
	struct arena *a = arena_new();
	struct story s;
	struct buf b = {0};

	(void)state;
	story_init(&s);
	plain_story(a, str_z(wire), &s);
	buf_fmt(&b, "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s\n", STR_ARG(s.title), STR_ARG(s.place),
	    STR_ARG(s.agency), STR_ARG(s.source), STR_ARG(s.exchange), STR_ARG(s.translator),
	    STR_ARG(s.editor));
	show_links(&s, &b);
	show_body(&s, &b);
	assert_shows(&b,
	    "Kapal riset petakan karang laut dalam|Ambon|ANTARA|Yonhap-OANA|OANA|Laras Wibowo|"
	    "Damar Prakoso\n"
	    "i Baca juga > Gunung bawah laut ditemukan >  @1\n"
	    "i Baca juga > Ekspedisi lanjut >  @3\n"
	    "P Ambon (ANTARA) - Kapal riset menyelesaikan pemetaan karang pada Kamis.\n"
	    "@0\n"
	    "P Editor: kata ini ada di tengah cerita, dan bukan kredit sama sekali? Ya.\n"
	    "P Kapal itu akan kembali.\n"
	    "@1\n");
	assert_true(s.full);
	assert_true(str_eq(s.rights,
	    STR("Copyright © ANTARA 2025\nDilarang keras mengambil konten ini.")));
	arena_free(a);
}

static void
plain_lines_and_wrapped_paragraphs(void **state)
{
	static const struct { const char *text, *shown; } rows[] = {
		/* no blank line: a paragraph a line */
		{"Ambon (ANTARA) - Satu.\nDua.\n", "P Ambon (ANTARA) - Satu.\nP Dua.\n"},
		/* blank lines: what stands together was wrapped */
		{"Ambon (ANTARA) - Satu\ndua.\n\nTiga.\nEditor: X\n",
		    "P Ambon (ANTARA) - Satu dua.\nP Tiga.\n"},
		{"Baca juga: Judul\n", "@0\n"},
		{"Seorang ikut baca juga: demikian kata mereka pada Senin.\n",
		    "P Seorang ikut baca juga: demikian kata mereka pada Senin.\n"},
		{"", ""},
		{"\n\n \n", ""},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct story s;
		struct buf b = {0};
		story_init(&s);
		plain_story(a, str_z(rows[i].text), &s);
		show_body(&s, &b);
		assert_shows(&b, rows[i].shown);
	}
	arena_free(a);
}

static void
title_is_short_and_has_no_dateline(void **state)
{
	static const struct { const char *text, *title; } rows[] = {
		{"Kapal pulang\n\nKapal itu pulang ke pelabuhan.\n", "Kapal pulang"},
		{"Ambon (ANTARA) - Kapal\n\nKapal itu pulang.\n", ""},
		{"Kapal itu pulang.\n\nYang lain tidak.\n", ""},
		{"Sumber: X\n\nKapal itu pulang.\n", ""},
		{"Hanya satu\n", ""},
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct story s;
		story_init(&s);
		plain_story(a, str_z(rows[i].text), &s);
		if (!str_eq(s.title, str_z(rows[i].title)))
			fail_msg("'%s' gave '%.*s'", rows[i].text, STR_ARG(s.title));
	}
	arena_free(a);
}

static void
tells_text_from_pages(void **state)
{
	static const struct { const char *bytes; bool plain; } rows[] = {
		{"Harga < 5 dan > 3, kata dia.", true}, {"a <3 b", true}, {"", true},
		{"<p>x", false}, {"x <b>y", false}, {"<!doctype html>", false}, {"</p>", false},
		{"<?xml ?>", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(plain_is(bytes_of_str(str_z(rows[i].bytes))), rows[i].plain);
}

/* Inline spans keep their words when lines around them go. */
static void
spans_follow_their_text(void **state)
{
	static const char html[] =
	    "<p>Ambon (ANTARA) - Kapal <b>besar</b> pulang.</p>"
	    "<p>Awal <a href='https://wire.example/x'>tautan di sini</a><br>Editor: Rina</p>";
	struct arena *a = arena_new();
	struct story s;
	struct buf b = {0};

	(void)state;
	story_init(&s);
	struct doc d = html_doc_of_markup(a, str_z(html), STR("https://wire.example/"));
	anatomy_of(a, &d, NULL, 0, &s);
	show_body(&s, &b);
	for (size_t i = 0; i < s.body.n_spans; i++)
		if (!span_is_block(s.body.spans[i].kind))
			buf_fmt(&b, "%d '%.*s'\n", s.body.spans[i].kind,
			    STR_ARG(str_sub(s.body.text, s.body.spans[i].at, s.body.spans[i].n)));
	buf_fmt(&b, "%.*s\n", STR_ARG(s.editor));
	char want[300];
	snprintf(want, sizeof(want),
	    "P Ambon (ANTARA) - Kapal besar pulang.\nP Awal tautan di sini\n"
	    "%d 'besar'\n%d 'tautan di sini'\nRina\n", SPAN_STRONG, SPAN_LINK);
	assert_shows(&b, want);
	arena_free(a);
}

static void
groups_stand_where_they_stood(void **state)
{
	struct arena *a = arena_new();
	struct story_link one = {.kind = LINK_INLINE, .label = STR("Baca juga"),
	    .title = STR("Satu"), .url = STR("https://w.example/1")};
	struct story_link two = {.kind = LINK_TAIL, .label = STR("Terkait"), .title = STR("Dua"),
	    .url = STR("https://w.example/2")};
	struct anatomy_group groups[] = {{&one, 1, false}, {&two, 1, true}, {&one, 1, false}};
	struct doc_builder builder;
	struct story s;
	struct buf b = {0};

	(void)state;
	story_init(&s);
	doc_builder_init(&builder, a);
	doc_block(&builder, SPAN_PARAGRAPH, 0, STR(""));
	doc_text(&builder, STR("Kapal itu pulang."));
	doc_block_end(&builder);
	doc_related(&builder, 0);
	doc_related(&builder, 7); /* of no group: passed over */
	struct doc d = doc_build(&builder);
	anatomy_of(a, &d, groups, COUNT_OF(groups), &s);
	show_links(&s, &b);
	show_body(&s, &b);
	assert_shows(&b,
	    "t Terkait > Dua > https://w.example/2 @0\n"
	    "i Baca juga > Satu > https://w.example/1 @1\n"
	    "P Kapal itu pulang.\n@1\n");
	arena_free(a);
}

static void
correction_is_read_and_stays(void **state)
{
	struct arena *a = arena_new();
	struct story s;

	(void)state;
	story_init(&s);
	plain_story(a, STR("Ambon (ANTARA) - Kapal itu pulang.\n\nRalat: kapal itu bernama Arafura."), &s);
	assert_true(str_eq(s.correction, STR("kapal itu bernama Arafura.")));
	assert_int_equal(s.status, STORY_CORRECTED);
	assert_true(str_find(s.body.text, STR("Ralat: kapal")) != STR_NONE);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_story_is_taken_apart),
		cmocka_unit_test(plain_lines_and_wrapped_paragraphs),
		cmocka_unit_test(title_is_short_and_has_no_dateline),
		cmocka_unit_test(tells_text_from_pages),
		cmocka_unit_test(spans_follow_their_text),
		cmocka_unit_test(groups_stand_where_they_stood),
		cmocka_unit_test(correction_is_read_and_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
