/* What travels between wire and parse: whole, and from a peer that lies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "story/parse_protocol.h"

static void
assert_same(struct str got, const char *want)
{
	if (!str_eq(got, str_z(want)))
		fail_msg("got '%.*s', want '%s'", STR_ARG(got), want);
}

static struct story
sample(struct arena *a)
{
	struct story s;
	struct doc_builder b;
	story_init(&s);
	s.url = STR("https://nusa.example/berita/1");
	s.title = STR("Kapal riset tiba di Muara Telang");
	s.agency = STR("NUSA");
	s.rights = STR("Copyright © NUSA 2026\nDilarang menyalin.");
	s.published = 1764028800;
	s.published_offset = 480;
	s.urgency = 4;
	s.urgency_guessed = true;
	s.full = true;
	s.withheld = WITHHELD_PAYWALL;
	s.next_page = STR("https://nusa.example/berita/1?page=2");
	s.status = STORY_CORRECTED;
	doc_builder_init(&b, a);
	doc_block(&b, SPAN_PARAGRAPH, 0, STR(""));
	doc_text(&b, STR("Muara Telang (NUSA) - Kapal itu tiba "));
	size_t mark = doc_inline_begin(&b);
	doc_text(&b, STR("pagi ini"));
	doc_inline_end(&b, mark, SPAN_LINK, STR("https://nusa.example/peta"));
	doc_block_end(&b);
	doc_related(&b, 0);
	s.body = doc_build(&b);
	ARENA_PUSH(a, &s.links, ((struct story_link){LINK_INLINE, STR_INIT("Baca juga"),
	    STR_INIT("Peta laut dibuka"), STR_INIT("https://nusa.example/berita/2"), 1}));
	ARENA_PUSH(a, &s.images, ((struct story_image){STR_INIT("https://nusa.example/a.jpg"),
	    STR_INIT("Kapal")}));
	return s;
}

static void
test_story_round_trip(void **state)
{
	struct arena *a = arena_new();
	struct story s = sample(a), t;
	struct buf b = {0};
	(void)state;
	parse_pack_story(&b, &s);
	/* the story outlives the frame: nothing in it is borrowed from there */
	char *frame = heap_alloc(b.n);
	memcpy(frame, b.p, b.n);
	assert_true(parse_unpack_story(a, bytes_of(frame, b.n), &t));
	memset(frame, 'x', b.n);
	assert_same(t.title, "Kapal riset tiba di Muara Telang");
	assert_same(t.rights, "Copyright © NUSA 2026\nDilarang menyalin.");
	assert_int_equal(t.published, s.published);
	assert_int_equal(t.published_offset, 480);
	assert_int_equal(t.status, STORY_CORRECTED);
	assert_true(t.full);
	assert_int_equal(t.withheld, WITHHELD_PAYWALL);
	assert_same(t.next_page, "https://nusa.example/berita/1?page=2");
	assert_true(str_eq(t.body.text, s.body.text));
	assert_int_equal(t.body.n_spans, s.body.n_spans);
	for (size_t i = 0; i < t.body.n_spans; i++)
		assert_true(str_eq(t.body.spans[i].ref, s.body.spans[i].ref));
	assert_int_equal(t.links.n, 1);
	assert_same(t.links.v[0].label, "Baca juga");
	assert_int_equal(t.links.v[0].after, 1);
	assert_same(t.images.v[0].alt, "Kapal");
	free(frame);
	buf_clear(&b);
	arena_free(a);
}

/* Every beginning of a good frame, and every one-byte change, is refused or read; none harms. */
static void
test_hostile_story(void **state)
{
	struct arena *a = arena_new();
	struct story s = sample(a), t;
	struct buf b = {0};
	size_t accepted = 0;
	(void)state;
	parse_pack_story(&b, &s);
	for (size_t n = 0; n < b.n; n++) {
		struct arena *each = arena_new();
		if (parse_unpack_story(each, bytes_of(b.p, n), &t))
			fail_msg("a frame cut at %zu of %zu was accepted", n, b.n);
		arena_free(each);
	}
	for (size_t i = 0; i < b.n; i++) {
		struct arena *each = arena_new();
		char kept = b.p[i];
		b.p[i] ^= (char)0xA5;
		accepted += parse_unpack_story(each, bytes_of(b.p, b.n), &t);
		b.p[i] = kept;
		arena_free(each);
	}
	assert_true(accepted < b.n); /* lengths and ranges are looked at */
	buf_clear(&b);
	arena_free(a);
}

static void
test_limits(void **state)
{
	static const struct { size_t links; bool accepted; } rows[] = {
		{STORY_MAX_LINKS, true}, {STORY_MAX_LINKS + 1, false},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct arena *a = arena_new();
		struct story s, t;
		struct buf b = {0};
		story_init(&s);
		for (size_t k = 0; k < rows[i].links; k++)
			ARENA_PUSH(a, &s.links, ((struct story_link){.kind = LINK_TAIL}));
		parse_pack_story(&b, &s);
		assert_int_equal(parse_unpack_story(a, bytes_of(b.p, b.n), &t), rows[i].accepted);
		buf_clear(&b);
		arena_free(a);
	}
}

static void
test_control_characters(void **state)
{
	static const struct { const char *title; bool accepted; } rows[] = {
		{"Judul", true}, {"Ju\ndul", false}, {"Ju\x1b]52;dul", false}, {"Ju\xc2\x9b", false},
		{"Ju\xff", false},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct arena *a = arena_new();
		struct story s, t;
		struct buf b = {0};
		story_init(&s);
		s.title = str_z(rows[i].title);
		parse_pack_story(&b, &s);
		assert_int_equal(parse_unpack_story(a, bytes_of(b.p, b.n), &t), rows[i].accepted);
		buf_clear(&b);
		arena_free(a);
	}
}

static void
test_small_messages(void **state)
{
	struct buf b = {0};
	struct parse_job job = {PARSE_PAGE, STR_INIT("https://a.example/"), STR_INIT("text/html"),
	    STR_INIT("koi8-r"), STR_INIT("Kapal"), STR_INIT("Kapal itu\npulang"), 10, 2048}, job2;
	struct parse_head head = {.title = STR_INIT("NUSA"), .ttl = 15,
	    .skip_hours = 1 << 23, .skip_days = 1 << 6, .wellformed = true, .n_items = 7}, head2;
	struct parse_done done = {ERR_INPUT, STR_INIT("not a feed")}, done2;
	(void)state;
	parse_pack_job(&b, &job);
	assert_true(parse_unpack_job(bytes_of_str(buf_str(&b)), &job2));
	assert_int_equal(job2.what, PARSE_PAGE);
	assert_same(job2.charset, "koi8-r");
	assert_same(job2.known_title, "Kapal");
	assert_same(job2.known_text, "Kapal itu\npulang");
	assert_int_equal(job2.max_bytes, 2048);
	buf_char(&b, '\0');
	assert_false(parse_unpack_job(bytes_of_str(buf_str(&b)), &job2));
	b.n = 0;
	parse_pack_head(&b, &head);
	assert_true(parse_unpack_head(bytes_of_str(buf_str(&b)), &head2));
	assert_int_equal(head2.ttl, 15);
	assert_int_equal(head2.skip_hours, head.skip_hours);
	assert_int_equal(head2.skip_days, head.skip_days);
	head.skip_hours = 1 << 24; /* there is no hour 24 */
	b.n = 0;
	parse_pack_head(&b, &head);
	assert_false(parse_unpack_head(bytes_of_str(buf_str(&b)), &head2));
	b.n = 0;
	parse_pack_done(&b, &done);
	assert_true(parse_unpack_done(bytes_of_str(buf_str(&b)), &done2));
	assert_int_equal(done2.kind, ERR_INPUT);
	b.n = 0;
	pack_int(&b, 99); /* no such kind of error */
	pack_str(&b, STR(""));
	assert_false(parse_unpack_done(bytes_of_str(buf_str(&b)), &done2));
	buf_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_story_round_trip),
		cmocka_unit_test(test_hostile_story),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_control_characters),
		cmocka_unit_test(test_small_messages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
