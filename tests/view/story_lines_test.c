/* A story at several widths, against golden files; its links, numbers and places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "view/golden.h"
#include "view/sample.h"
#include "view/story_lines.h"

static struct story_view
view_of(const struct read_story *s, size_t cols)
{
	return (struct story_view){.story = s,
	    .cols = cols,
	    .text_cols = STORY_TEXT_COLS,
	    .margin = 2,
	    .captions = true,
	    .related = true,
	    .rights_key = STR("zr")};
}

static void
check(
    const struct look *look, const struct story_view *view, bool roles, const char *name)
{
	struct arena *a = arena_new();
	struct story_page page;
	struct buf got = {0};
	size_t i;

	story_lines(a, look, view, &page);
	for (i = 0; i < page.lines.n; i++) {
		if (page.lines.v[i].cols > view->cols)
			fail_msg("%s: line %zu has %zu cells", name, i + 1,
			    page.lines.v[i].cols);
	}
	lines_dump(&page.lines, roles, &got);
	golden_check(name, buf_str(&got));
	buf_clear(&got);
	arena_free(a);
}

static void
test_golden(void **state)
{
	struct arena *a = arena_new();
	struct look look = sample_look(LANGUAGE_EN, SYMBOLS_UNICODE);
	struct look plain = sample_look(LANGUAGE_ID, SYMBOLS_ASCII);
	struct read_story *s = sample_story(a);
	struct story_view view;

	(void)state;
	view = view_of(s, 80);
	check(&look, &view, true, "story-80.txt");
	view = view_of(s, 120);
	check(&look, &view, false, "story-120.txt");
	view = view_of(s, 40);
	check(&look, &view, false, "story-40.txt");
	view = view_of(s, 24);
	check(&look, &view, false, "story-24.txt");
	view = view_of(s, 60);
	view.margin = 1;
	view.rights_unfolded = true;
	view.related = false;
	check(&look, &view, false, "story-split-60.txt");
	view = view_of(s, 80);
	check(&plain, &view, false, "story-ascii-80.txt");
	arena_free(a);
}

static void
test_notes(void **state)
{
	struct arena *a = arena_new();
	struct look look = sample_look(LANGUAGE_EN, SYMBOLS_UNICODE);
	struct read_story *s = sample_story(a);
	struct story_view view = view_of(s, 80);

	(void)state;
	s->story.body = (struct doc){0};
	s->story.summary = STR("Petani garam di pesisir selatan Madura mulai memanen.");
	s->story.correction = STR("Nama ketua koperasi diperbaiki.");
	s->story.status = STORY_WITHDRAWN;
	s->story.embargo_until = SAMPLE_NOW + 3600;
	s->row.stored = false;
	s->row.title = STR("");
	view.offline = true;
	check(&look, &view, false, "story-notes-80.txt");
	view.source = STR("<p>seperti diterima\n\nbaris kedua");
	check(&look, &view, false, "story-source-80.txt");
	arena_free(a);
}

/* Right to left: flush right, letters joined, brackets mirrored, numbers as they are. */
static void
test_right_to_left(void **state)
{
	struct arena *a = arena_new();
	struct look look = sample_look(LANGUAGE_EN, SYMBOLS_UNICODE);
	struct read_story *s = sample_story(a);
	struct story_view view = view_of(s, 44);
	struct doc_builder b;
	size_t mark;

	(void)state;
	doc_builder_init(&b, a);
	doc_block(&b, SPAN_PARAGRAPH, 0, STR(""));
	doc_text(
	    &b, STR("القدس (وكالة البحر) - أعلن الصيادون في الميناء القديم عن 25 رحلة"));
	doc_text(&b, STR(" جديدة "));
	mark = doc_inline_begin(&b);
	doc_text(&b, STR("هذا الأسبوع"));
	doc_inline_end(&b, mark, SPAN_STRONG, STR(""));
	doc_text(&b, STR(" مع شركة Laut Biru."));
	doc_block(&b, SPAN_PARAGRAPH, 0, STR(""));
	doc_text(&b, STR("ספינת המחקר (ARA) חזרה לנמל אחרי 4 שבועות."));
	doc_block(&b, SPAN_PARAGRAPH, 0, STR(""));
	doc_text(&b, STR("Kata \"שלום\" berarti damai."));
	s->story.body = doc_build(&b);
	s->row.title = STR("ספינה (חדשה) בנמל");
	s->links.v[0].title = STR("عودة السفينة إلى الميناء");
	s->row.lang = STR("ar");
	check(&look, &view, true, "story-rtl-44.txt");
	look.terminal_bidi = true;
	check(&look, &view, false, "story-rtl-terminal-44.txt");
	arena_free(a);
}

static void
test_links(void **state)
{
	/* In the story, mentioned, cited by, the same elsewhere. */
	static const int numbers[] = {1, 4, 2, 3, 5, 6};
	struct arena *a = arena_new();
	struct look look = sample_look(LANGUAGE_EN, SYMBOLS_UNICODE);
	struct read_story *s = sample_story(a);
	struct story_view view = view_of(s, 80);
	struct story_page page;
	struct page_link *links;
	bool seen[16] = {false};
	size_t i, k, n;

	(void)state;
	links = story_links(a, s, 0, &n);
	assert_int_equal(n, COUNT_OF(numbers));
	story_lines(a, &look, &view, &page);
	assert_int_equal(page.n_links, n + 1); /* and an address of the text */
	for (i = 0; i < n; i++) {
		assert_int_equal(links[i].number, numbers[i]);
		assert_int_equal(page.links[i].number, numbers[i]);
	}
	assert_int_equal(page.links[n].kind, PAGE_LINK_ADDRESS);
	assert_true(str_eq(page.links[n].url, STR("https://koperasi.example/panen")));
	/* Every link can be reached from some line. */
	for (i = 0; i < page.lines.n; i++) {
		for (k = 0; k < page.lines.v[i].n; k++) {
			int32_t link = page.lines.v[i].v[k].link;

			assert_true(link >= LINE_NO_LINK && link < (int32_t)page.n_links);
			if (link != LINE_NO_LINK)
				seen[link] = true;
		}
	}
	for (i = 0; i < page.n_links; i++)
		assert_true(seen[i]);
	arena_free(a);
}

/* Places go up with the lines, so a pager finds its own again at any width. */
static void
test_places(void **state)
{
	struct look look = sample_look(LANGUAGE_EN, SYMBOLS_UNICODE);
	size_t cols, i;

	(void)state;
	for (cols = 1; cols <= 200; cols += cols < 30 ? 1 : 13) {
		struct arena *a = arena_new();
		struct story_view view = view_of(sample_story(a), cols);
		struct story_page page;

		story_lines(a, &look, &view, &page);
		assert_true(page.body_end <= page.lines.n);
		for (i = 1; i < page.lines.n; i++) {
			const struct line *before = &page.lines.v[i - 1],
					  *line = &page.lines.v[i];

			assert_true(
			    line->block > before->block ||
			    (line->block == before->block && line->at >= before->at) ||
			    line->at == 0);
			assert_true(line->block >= before->block);
		}
		arena_free(a);
	}
}

static void
test_minutes(void **state)
{
	struct buf text = {0};
	int i;

	(void)state;
	assert_int_equal(story_minutes(STR("")), 1);
	for (i = 0; i < 500; i++)
		buf_add(&text, STR("kapal "));
	assert_int_equal(story_minutes(buf_str(&text)), 3); /* 2.5, rounded */
	text.n = 0;
	for (i = 0; i < 1000; i++)
		buf_add(&text, STR("船"));
	assert_int_equal(story_minutes(buf_str(&text)), 2);
	buf_clear(&text);
}

/*
 * A page of nothing but links, and one paragraph with very many spans: quick, and
 * bounded.
 */
static void
test_many_links(void **state)
{
	struct arena *a = arena_new();
	struct look look = sample_look(LANGUAGE_EN, SYMBOLS_UNICODE);
	struct read_story *s = sample_story(a);
	struct story_view view = view_of(s, 80);
	struct story_page page;
	struct doc_builder b;
	size_t i, mark;

	(void)state;
	doc_builder_init(&b, a);
	doc_block(&b, SPAN_PARAGRAPH, 0, STR(""));
	for (i = 0; i < 50000; i++) {
		mark = doc_inline_begin(&b);
		doc_text(&b, STR("tautan"));
		doc_inline_end(
		    &b, mark, SPAN_LINK, arena_fmt(a, "https://a.example/%zu", i));
		doc_text(&b, STR(" "));
	}
	s->story.body = doc_build(&b);
	story_lines(a, &look, &view, &page);
	assert_true(page.n_links < 1000);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_golden),
	    cmocka_unit_test(test_notes),
	    cmocka_unit_test(test_right_to_left),
	    cmocka_unit_test(test_links),
	    cmocka_unit_test(test_places),
	    cmocka_unit_test(test_minutes),
	    cmocka_unit_test(test_many_links),
	};

	sample_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
