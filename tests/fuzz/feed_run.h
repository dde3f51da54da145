/*
 * What the targets of feeds share: a feed read whole, with its items made into stories, is the
 * feed read in pieces of any sizes.
 */
#ifndef KAWAT_TESTS_FUZZ_FEED_RUN_H
#define KAWAT_TESTS_FUZZ_FEED_RUN_H

#include "fuzz.h"

#include "feed/item_json.h"
#include "feed/reader.h"
#include "story/from_item.h"
#include "text/clean.h"

/* Enough for every path, and what makes a run slow is left out. */
enum { FEED_RUN_ITEMS = 50, FEED_RUN_BYTES = 1024 * 1024 };

struct feed_run {
	struct json json;
	struct item_json items;
	struct feed_reader *reader;
	struct arena *arena; /* NULL: no stories */
};

static inline void
feed_run_item(void *ctx, const struct feed_item *item)
{
	struct feed_run *r = ctx;
	struct story s;
	item_json_item(&r->items, item);
	if (!r->arena)
		return;
	story_from_item(r->arena, &(struct story_origin){0}, feed_reader_head(r->reader), item, &s);
	FUZZ_MUST(text_is_clean(bytes_of_str(s.body.text)));
	FUZZ_MUST(text_is_clean(bytes_of_str(s.title)));
	FUZZ_MUST(text_is_clean(bytes_of_str(s.place)));
}

/* The size of the next piece; `state` 0: all. */
static inline size_t
feed_run_piece(uint32_t *state)
{
	if (*state == 0)
		return SIZE_MAX;
	*state = *state * 1664525u + 1013904223u;
	size_t most = (size_t)1 << (*state >> 8) % 12;
	return 1 + (*state >> 16) % most;
}

static inline bool
feed_run_read(struct feed_run *r, const struct feed_source *source, struct bytes raw, uint32_t pieces)
{
	static const struct feed_limits limits = {FEED_RUN_ITEMS, FEED_RUN_BYTES};
	struct err e = {0};
	bool ok = true;
	r->items.out = &r->json;
	json_init(&r->json, NULL, NULL);
	r->reader = feed_reader_new(source, &limits, feed_run_item, r);
	while (ok && raw.n)
		ok = feed_reader_push(r->reader, fuzz_take(&raw, feed_run_piece(&pieces)), &e);
	ok = ok && feed_reader_end(r->reader, &e);
	FUZZ_MUST(ok || e.kind == ERR_INPUT);
	if (ok)
		item_json_end(&r->items, feed_reader_head(r->reader));
	feed_reader_free(r->reader);
	return ok;
}

/* Read it whole and in pieces. */
static inline void
feed_run_check(const struct feed_source *source, struct bytes raw, uint32_t pieces)
{
	struct feed_run whole = {.arena = arena_new()}, cut = {.arena = NULL};
	bool ok = feed_run_read(&whole, source, raw, 0);
	FUZZ_MUST(feed_run_read(&cut, source, raw, pieces) == ok);
	FUZZ_MUST(!ok || str_eq(buf_str(&whole.json.out), buf_str(&cut.json.out)));
	json_clear(&whole.json);
	json_clear(&cut.json);
	arena_free(whole.arena);
}

#endif
