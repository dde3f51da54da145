/* The bytes of a page or of a plain text to a story, and what the command prints of it. */
#include "fuzz.h"

#include "base/utf8.h"
#include "feed/discover.h"
#include "story/extract.h"
#include "story/plain.h"
#include "text/clean.h"
#include "text/url.h"

static void
check_story(const struct story *s)
{
	for (size_t i = 0; i < s->links.n; i++)
		FUZZ_MUST(s->links.v[i].url.n == 0 || url_is_http(s->links.v[i].url));
	for (size_t i = 0; i < s->images.n; i++)
		FUZZ_MUST(url_is_http(s->images.v[i].url));
	FUZZ_MUST(text_is_clean(bytes_of_str(s->body.text)));
	FUZZ_MUST(text_is_clean(bytes_of_str(s->title)));
}

static void
check_output(struct arena *a, const struct story *s)
{
	struct json json;
	struct buf text = {0};
	json_init(&json, NULL, NULL);
	extract_json(a, s, &json);
	FUZZ_MUST(utf8_valid(fuzz_bytes_of_buf(&json.out)) == json.out.n);
	extract_text(a, s, &text);
	FUZZ_MUST(utf8_valid(fuzz_bytes_of_buf(&text)) == text.n);
	json_clear(&json);
	buf_clear(&text);
}

/* Input: which header, the page. */
FUZZ_TARGET(page)
{
	static const char *const types[] = {"", "text/html; charset=utf-8", "text/html"};
	struct arena *a = arena_new();
	struct bytes rest = bytes_of(p, n);
	const char *type = types[fuzz_byte(&rest) % COUNT_OF(types)];
	struct extract_source source = {.raw = rest, .url = STR("https://news.example/2026/11/a"),
		.content_type = str_z(type)};
	struct story s;
	if (extract_story(a, &source, &s) == CHARSET_UNKNOWN) {
		check_story(&s);
		check_output(a, &s);
	}
	story_init(&s);
	plain_story(a, text_clean(a, rest), &s);
	check_story(&s);
	(void)feed_discover(a, text_clean(a, rest), source.url);
	arena_free(a);
	return 0;
}
