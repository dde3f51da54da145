/* A feed in pieces is the feed in one piece, and its items become stories. */
#include "fuzz.h"

#include "feed/item_json.h"
#include "feed/reader.h"
#include "story/from_item.h"
#include "text/clean.h"

/* Enough for every path, and what makes a run slow is left out. */
enum { MAX_ITEMS = 50, MAX_BYTES = 1024 * 1024 };

struct run {
	struct json json;
	struct item_json items;
	struct feed_reader *reader;
	struct arena *arena; /* NULL: no stories */
};

static void
check_story(struct run *r, const struct feed_item *item)
{
	struct story s;
	story_from_item(r->arena, feed_reader_head(r->reader), item, &s);
	FUZZ_MUST(text_is_clean(bytes_of_str(s.body.text)));
	FUZZ_MUST(text_is_clean(bytes_of_str(s.title)));
}

static void
on_item(void *ctx, const struct feed_item *item)
{
	struct run *r = ctx;
	item_json_item(&r->items, item);
	if (r->arena)
		check_story(r, item);
}

static bool
read_feed(struct run *r, const struct feed_source *source, struct bytes raw, size_t piece)
{
	static const struct feed_limits limits = {MAX_ITEMS, MAX_BYTES};
	struct err e = {0};
	bool ok = true;
	r->items.out = &r->json;
	json_init(&r->json, NULL, NULL);
	r->reader = feed_reader_new(source, &limits, on_item, r);
	while (ok && raw.n)
		ok = feed_reader_push(r->reader, fuzz_take(&raw, piece), &e);
	ok = ok && feed_reader_end(r->reader, &e);
	FUZZ_MUST(ok || e.kind == ERR_INPUT);
	if (ok)
		item_json_end(&r->items, feed_reader_head(r->reader));
	feed_reader_free(r->reader);
	return ok;
}

static void
end_run(struct run *r)
{
	json_clear(&r->json);
	arena_free(r->arena);
}

/* Input: the size of the pieces, which header, the feed. */
FUZZ_TARGET(feed)
{
	static const char *const types[] = {"", "application/rss+xml", "application/feed+json",
		"text/xml; charset=iso-8859-1", "application/xml; charset=utf-16"};
	struct bytes raw = bytes_of(p, n);
	size_t piece = fuzz_byte(&raw) + 1u;
	const char *type = types[fuzz_byte(&raw) % COUNT_OF(types)];
	struct feed_source source = {
		.url = STR("https://news.example/feed.xml"), .content_type = str_z(type)};
	struct run whole = {.arena = arena_new()}, pieces = {.arena = NULL};
	bool ok = read_feed(&whole, &source, raw, SIZE_MAX);
	FUZZ_MUST(read_feed(&pieces, &source, raw, piece) == ok);
	FUZZ_MUST(!ok || str_eq(buf_str(&whole.json.out), buf_str(&pieces.json.out)));
	end_run(&whole);
	end_run(&pieces);
	return 0;
}
