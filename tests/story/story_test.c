#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "story/extract.h"
#include "story/parse_protocol.h"

static struct str
repeat(struct arena *a, char c, size_t n)
{
	char *p = arena_alloc(a, n + 1);

	memset(p, c, n);
	return str_of(p, n);
}

static void
bounds_are_kept(void **state)
{
	struct arena *a = arena_new();
	struct story s;
	struct story_link l = {.kind = LINK_INLINE, .label = STR("a\nb"), .after = -1};

	(void)state;
	story_init(&s);
	l.title = repeat(a, 'x', STORY_MAX_TITLE_BYTES + 1);
	ARENA_PUSH(a, &s.links, l);
	s.title = STR("Two\nlines\there");
	s.url = repeat(a, 'u', STORY_MAX_URL_BYTES + 1);
	s.canonical = repeat(a, 'u', STORY_MAX_URL_BYTES);
	s.copyright = STR("(c) A\n(c) B");
	s.rights = repeat(a, 'r', STORY_MAX_FIELD_BYTES + 1);
	s.urgency = 9;
	s.published_offset = 9999;
	story_settle(a, &s);
	assert_true(str_eq(s.title, STR("Two lines here")));
	assert_int_equal(s.url.n, 0);
	assert_int_equal(s.canonical.n, STORY_MAX_URL_BYTES);
	assert_true(str_eq(s.copyright, STR("(c) A (c) B")));
	assert_int_equal(s.rights.n, STORY_MAX_FIELD_BYTES);
	assert_int_equal(s.urgency, 0);
	assert_int_equal(s.published_offset, 0);
	assert_int_equal(s.links.v[0].title.n, STORY_MAX_TITLE_BYTES);
	assert_true(str_eq(s.links.v[0].label, STR("a b")));
	assert_int_equal(s.links.v[0].after, 0);
	arena_free(a);
}

/* Whatever a page says, the story that it gives passes the checks of the frame. */
static void
hostile_pages_pass_the_frame(void **state)
{
	struct arena *a = arena_new();
	struct str big = repeat(a, 'x', 200000);
	const struct str pages[] = {
		arena_fmt(a, "<title>%.*s</title><meta name=description content='%.*s'><p>%.*s",
		    STR_ARG(big), STR_ARG(big), STR_ARG(big)),
		arena_fmt(a, "<h1>T</h1><article><p><a href='https://w.example/2025/a-b-c-d-e'>x</a> "
		    "Kapal itu pulang ke pelabuhan pada hari Senin setelah tiga pekan di laut lepas.</p>"
		    "<img src=/a.png alt='%.*s'></article>", STR_ARG(big)),
		arena_fmt(a, "<p>Baca juga: <a href='https://w.example/%.*s'>%.*s</a>", STR_ARG(big),
		    STR_ARG(big)),
		arena_fmt(a, "Ambon (ANTARA) - Kapal.\n\nEditor: A\tB\n\nCopyright A\n\nCopyright B\n\n%.*s",
		    STR_ARG(big)),
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(pages); i++) {
		struct extract_source src = {.raw = bytes_of_str(pages[i]),
		    .url = STR("https://w.example/self")};
		struct story s, back;
		struct buf frame = {0};
		assert_int_equal(extract_story(a, &src, &s), CHARSET_UNKNOWN);
		parse_pack_story(&frame, &s);
		if (!parse_unpack_story(a, bytes_of_str(buf_str(&frame)), &back))
			fail_msg("page %zu gives a story that the frame refuses", i);
		assert_int_equal(back.links.n, s.links.n);
		buf_clear(&frame);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bounds_are_kept),
		cmocka_unit_test(hostile_pages_pass_the_frame),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
