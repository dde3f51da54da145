#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "doc_show.h"

static int
set_up(void **state)
{
	*state = arena_new();
	return 0;
}

static int
tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

/* One document with every kind of span in it. */
static struct doc
sample(struct arena *a)
{
	struct doc_builder b;
	doc_builder_init(&b, a);
	doc_block(&b, SPAN_HEADING, 2, STR(""));
	doc_text(&b, STR("Harbour \n reopens"));
	doc_block(&b, SPAN_PARAGRAPH, 0, STR(""));
	doc_text(&b, STR("The first "));
	size_t link = doc_inline_begin(&b);
	doc_text(&b, STR(" ferry "));
	size_t strong = doc_inline_begin(&b);
	doc_text(&b, STR("sailed"));
	doc_inline_end(&b, strong, SPAN_STRONG, STR(""));
	doc_inline_end(&b, link, SPAN_LINK, STR("https://example.org/é"));
	doc_text(&b, STR(" at  dawn. "));
	doc_related(&b, 7);
	doc_block(&b, SPAN_ITEM, 0x81, STR("3"));
	doc_text(&b, STR("third"));
	doc_block(&b, SPAN_RULE, 0, STR(""));
	doc_block(&b, SPAN_ROW, 1, STR(""));
	doc_text(&b, STR("pier"));
	doc_cell(&b);
	doc_cell(&b);
	doc_text(&b, STR(" boats "));
	doc_cell(&b);
	doc_block(&b, SPAN_PRE, 0, STR(""));
	doc_text(&b, STR("\n\n  a\n\n  b  \n"));
	doc_block(&b, SPAN_CAPTION, 0, STR("https://example.org/p.jpg"));
	return doc_build(&b);
}

static const char sample_shown[] =
    "H2 Harbour\\reopens\n"
    "P The first {a=https://example.org/é ferry {s sailed}} at dawn.\n"
    "REL 7\n"
    "I1#3 third\n"
    "RULE\n"
    "ROW1 pier||boats\n"
    "PRE   a\\\\  b\n"
    "CAP <https://example.org/p.jpg>\n";

static void
builds_blocks_and_spans(void **state)
{
	struct doc d = sample(*state);
	assert_string_equal(doc_show(*state, &d), sample_shown);
	assert_int_equal(str_find(d.text, STR("dawn.\n\nthird\n\npier")), 43);
}

static void
empty_things_vanish(void **state)
{
	struct doc_builder b;
	doc_builder_init(&b, *state);
	doc_block(&b, SPAN_HEADING, 2, STR(""));
	doc_text(&b, STR(" \n "));
	doc_block(&b, SPAN_PARAGRAPH, 0, STR(""));
	size_t mark = doc_inline_begin(&b);
	doc_inline_end(&b, mark, SPAN_CODE, STR(""));
	doc_text(&b, STR("one"));
	size_t unended = doc_inline_begin(&b);
	assert_true(unended > 0);
	doc_text(&b, STR(" two"));
	doc_block(&b, SPAN_ROW, 0, STR(""));
	doc_cell(&b);
	doc_cell(&b);
	doc_block_end(&b);
	assert_int_equal(doc_inline_begin(&b), 0);
	doc_text(&b, STR("  "));
	doc_block_end(&b);
	doc_text(&b, STR("loose"));
	struct doc d = doc_build(&b);
	assert_string_equal(doc_show(*state, &d), "P one two\nP loose\n");
	assert_int_equal(d.n_spans, 2);
	assert_int_equal(d.text.n, 14);
}

static void
counts_blocks_before(void **state)
{
	struct doc d = sample(*state);
	static const struct {
		size_t span, blocks;
	} rows[] = {{0, 0}, {1, 1}, {4, 2}, {5, 2}, {6, 3}, {7, 3}, {9, 5}};
	assert_int_equal(d.spans[4].kind, SPAN_RELATED);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(
		    doc_blocks_before(&d, d.spans[rows[i].span].at), rows[i].blocks);
	assert_int_equal(doc_blocks_before(&d, d.text.n), 5);
}

static void
text_is_bounded(void **state)
{
	struct doc_builder b;
	struct str piece = arena_fmt(*state, "%*s", 64 * 1024, "é");
	doc_builder_init(&b, *state);
	doc_block(&b, SPAN_PRE, 0, STR(""));
	for (int i = 0; i < 200; i++)
		doc_text(&b, piece);
	doc_block(&b, SPAN_PARAGRAPH, 0, STR(""));
	doc_text(&b, STR("no room"));
	struct doc d = doc_build(&b);
	assert_true(d.text.n <= DOC_MAX_TEXT_BYTES);
	assert_true(d.text.n > DOC_MAX_TEXT_BYTES - 128 * 1024);
	assert_int_equal(d.n_spans, 1);
}

static void
spans_are_bounded(void **state)
{
	struct doc_builder b;
	doc_builder_init(&b, *state);
	for (int i = 0; i < DOC_MAX_SPANS + 10; i++) {
		doc_block(&b, SPAN_PARAGRAPH, 0, STR(""));
		doc_text(&b, STR("x"));
	}
	struct doc d = doc_build(&b), again = {.text = d.text};
	struct buf blob = {0};
	assert_int_equal(d.n_spans, DOC_MAX_SPANS);
	doc_pack_spans(&d, &blob);
	assert_true(doc_unpack_spans(*state, bytes_of(blob.p, blob.n), &again));
	buf_clear(&blob);
}

static void
spans_survive_the_blob(void **state)
{
	struct doc d = sample(*state), again = {.text = d.text};
	struct buf blob = {0};
	doc_pack_spans(&d, &blob);
	assert_true(doc_unpack_spans(*state, bytes_of(blob.p, blob.n), &again));
	assert_int_equal(again.n_spans, d.n_spans);
	assert_string_equal(doc_show(*state, &again), sample_shown);
	buf_clear(&blob);
}

static void
empty_document_survives(void **state)
{
	struct doc_builder b;
	doc_builder_init(&b, *state);
	struct doc d = doc_build(&b);
	struct buf blob = {0};
	doc_pack_spans(&d, &blob);
	assert_int_equal(blob.n, 2);
	assert_true(doc_unpack_spans(*state, bytes_of(blob.p, blob.n), &d));
	buf_clear(&blob);
}

/*
 * Blobs for the text "ab\n\ncé"; version, count, then kind level ahead length reflength
 * ref.
 */
static const struct {
	const char *what;
	const char *blob;
	size_t n;
	bool good;
} blobs[] = {
#define BLOB(what, bytes, good) {what, bytes, sizeof(bytes) - 1, good}
	BLOB("two paragraphs", "\1\2" "\1\0\0\2\0" "\1\0\4\3\0", true),
	BLOB("a strong word", "\1\3" "\1\0\0\2\0" "\1\0\4\3\0" "\x0B\0\1\2\0", true),
	BLOB("rule between", "\1\3" "\1\0\0\2\0" "\x08\0\2\0\0" "\1\0\2\3\0", true),
	BLOB("nothing", "", false),
	BLOB("no count", "\1", false),
	BLOB("version", "\2\2" "\1\0\0\2\0" "\1\0\4\3\0", false),
	BLOB("fewer than counted", "\1\3" "\1\0\0\2\0" "\1\0\4\3\0", false),
	BLOB("more than counted", "\1\2" "\1\0\0\2\0" "\1\0\4\3\0" "x", false),
	BLOB("count beyond the blob", "\1\xFF\xFF\xFF\xFF\x0F", false),
	BLOB("endless number", "\1\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\0", false),
	BLOB("kind 0", "\1\2" "\0\0\0\2\0" "\1\0\4\3\0", false),
	BLOB("unknown kind", "\1\2" "\x0E\0\0\2\0" "\1\0\4\3\0", false),
	BLOB("length beyond the text", "\1\2" "\1\0\0\2\0" "\1\0\4\4\0", false),
	BLOB("offset beyond the text", "\1\2" "\1\0\0\2\0" "\1\0\x08\0\0", false),
	BLOB("cut character", "\1\3" "\1\0\0\2\0" "\1\0\4\3\0" "\x0B\0\1\1\0", false),
	BLOB("text without a block", "\1\1" "\1\0\0\2\0", false),
	BLOB("a gap at the beginning", "\1\2" "\1\0\1\1\0" "\1\0\3\3\0", false),
	BLOB("a block over a blank line", "\1\1" "\1\0\0\7\0", true),
	BLOB("no blank line between", "\1\2" "\1\0\0\1\0" "\1\0\3\4\0", false),
	BLOB("inline before any block", "\1\3" "\x0B\0\0\1\0" "\1\0\0\2\0" "\1\0\4\3\0", false),
	BLOB("inline over two blocks", "\1\3" "\1\0\0\2\0" "\x0B\0\1\5\0" "\1\0\3\3\0", false),
	BLOB("empty inline", "\1\3" "\1\0\0\2\0" "\x0B\0\0\0\0" "\1\0\4\3\0", false),
	BLOB("empty paragraph", "\1\3" "\1\0\0\2\0" "\1\0\2\0\0" "\1\0\2\3\0", false),
	BLOB("related with text", "\1\2" "\1\0\0\2\0" "\x09\0\4\3\0", false),
	BLOB("ref beyond the blob", "\1\2" "\1\0\0\2\0" "\1\0\4\3\5x", false),
	BLOB("ref with an escape", "\1\2" "\1\0\0\2\0" "\1\0\4\3\1\x1B", false),
	BLOB("ref that is no UTF-8", "\1\2" "\1\0\0\2\0" "\1\0\4\3\1\xFF", false),
};

static void
hostile_blobs_are_refused(void **state)
{
	for (size_t i = 0; i < COUNT_OF(blobs); i++) {
		struct doc d = {.text = STR("ab\n\nc\xC3\xA9")};
		/*
		 * in memory of just that size, so that a sanitizer sees a read beyond it
		 */
		unsigned char *exact = heap_alloc(blobs[i].n);
		memcpy(exact, blobs[i].blob, blobs[i].n);
		bool good = doc_unpack_spans(*state, bytes_of(exact, blobs[i].n), &d);
		free(exact);
		if (good != blobs[i].good)
			fail_msg("%s", blobs[i].what);
		assert_true(good || d.n_spans == 0);
	}
}

/*
 * Every blob that is cut, and every blob with one byte changed, is refused or keeps the
 * promises.
 */
static void
damaged_blobs_do_no_harm(void **state)
{
	struct doc d = sample(*state);
	struct buf blob = {0}, again = {0};
	doc_pack_spans(&d, &blob);
	for (size_t i = 0; i < blob.n; i++) {
		struct doc cut = {.text = d.text};
		assert_false(doc_unpack_spans(*state, bytes_of(blob.p, i), &cut));
	}
	for (size_t i = 0; i < blob.n * 255; i++) {
		struct doc other = {.text = d.text};
		char kept = blob.p[i / 255];
		blob.p[i / 255] = (char)(kept + (int)(i % 255) + 1);
		if (doc_unpack_spans(*state, bytes_of(blob.p, blob.n), &other)) {
			again.n = 0;
			doc_pack_spans(&other, &again);
			assert_true(str_eq(buf_str(&again), buf_str(&blob)));
		}
		blob.p[i / 255] = kept;
		arena_reset(*state);
		d = sample(*state);
	}
	buf_clear(&blob);
	buf_clear(&again);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(builds_blocks_and_spans),
		TEST(empty_things_vanish),
		TEST(counts_blocks_before),
		TEST(text_is_bounded),
		TEST(spans_are_bounded),
		TEST(spans_survive_the_blob),
		TEST(empty_document_survives),
		TEST(hostile_blobs_are_refused),
		TEST(damaged_blobs_do_no_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
