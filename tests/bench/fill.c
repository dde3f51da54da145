/*
 * fill FOLDER STORIES UNREAD: a store of so many invented stories, through the same functions by which a
 * refresh fills one: a hundred feeds that bring fifty stories in turn over ten years, in nine languages,
 * linked by "Baca juga", indexed for search.  The newest UNREAD are unread.
 *
 * The same numbers give the same stories.  Prints one line of JSON: stories, bytes of their plain text
 * (headline, text, read-also headlines), seconds.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "prose.h"
#include "store/event.h"
#include "store/index.h"
#include "store/sql.h"
#include "store/update.h"

enum {
	FEEDS = 100,
	PER_UPDATE = 50, /* stories that a feed brings at once */
	PER_COMMIT = 1000, /* filling is no refresh: fewer commits */
	YEARS = 10,
};
#define NEWEST INT64_C(1767225600) /* 1 January 2026 */
#define STRETCH (INT64_C(86400) * 365 * YEARS)

struct fill {
	struct store *store;
	struct arena *arena; /* of one update */
	feed_id feeds[FEEDS];
	uint64_t n, unread;
	uint64_t text_bytes;
	struct err err;
};

static void
must(struct fill *f, bool ok)
{
	if (ok)
		return;
	fprintf(stderr, "fill: %s\n", f->err.text);
	exit(1);
}

static int64_t
time_of(const struct fill *f, uint64_t i)
{
	return NEWEST - STRETCH + (int64_t)((double)STRETCH / (double)f->n * (double)i);
}

static struct str
address_of(struct arena *a, uint64_t i)
{
	return arena_fmt(a, "https://warta%" PRIu64 ".example/%" PRIu64 "/%06" PRIx64,
	    i / PER_UPDATE % FEEDS, i, i * 2654435761 % 0xFFFFFF);
}

static struct str
headline_of(struct arena *a, uint64_t i)
{
	struct buf b = {0};
	struct prose p = prose_of(i);
	const char *lang = prose_language(i);
	prose_words(&p, lang, 6 + (int)prose_chance(&p, 5), &b);
	struct str out = arena_str(a, buf_str(&b));
	buf_clear(&b);
	return out;
}

static struct doc
body_of(struct arena *a, uint64_t i)
{
	struct doc_builder d;
	struct prose p = prose_of(i ^ UINT64_C(0xF00D));
	const char *lang = prose_language(i);
	struct buf b = {0};
	doc_builder_init(&d, a);
	int paragraphs = 3 + (int)prose_chance(&p, 5);
	for (int k = 0; k < paragraphs; k++) {
		b.n = 0;
		prose_words(&p, lang, 25 + (int)prose_chance(&p, 40), &b);
		if (k == 1)
			prose_marked(i, &b);
		buf_char(&b, '.');
		doc_block(&d, SPAN_PARAGRAPH, 0, STR(""));
		doc_text(&d, str_of(b.p, b.n));
		doc_block_end(&d);
	}
	buf_clear(&b);
	return doc_build(&d);
}

/* To earlier stories by their address, and now and then to one of which only the headline is known. */
static void
link_back(struct arena *a, struct story *s, uint64_t i)
{
	struct prose p = prose_of(i ^ UINT64_C(0x11C5));
	uint32_t links = prose_chance(&p, 4);
	for (uint32_t k = 0; k < links && i > 1000; k++) {
		uint64_t to = i - 1 - prose_chance(&p, 1000);
		struct story_link l = {LINK_INLINE, STR("Baca juga"), headline_of(a, to),
		    prose_chance(&p, 20) ? address_of(a, to) : STR(""), (int32_t)k + 1};
		ARENA_PUSH(a, &s->links, l);
	}
}

static struct story
story_of(struct fill *f, uint64_t i)
{
	static const char *const places[] = {"Ambon", "Jakarta", "Seoul", "Paris", "Makassar", "Hanoi"};
	struct story s;
	struct arena *a = f->arena;
	story_init(&s);
	s.url = address_of(a, i);
	s.guid = s.url;
	s.title = headline_of(a, i);
	s.agency = arena_fmt(a, "Kantor %" PRIu64, i / PER_UPDATE % FEEDS % 40);
	s.lang = str_z(prose_language(i));
	s.place = str_z(places[i % COUNT_OF(places)]);
	s.published = time_of(f, i);
	s.full = true;
	s.body = body_of(a, i);
	link_back(a, &s, i);
	f->text_bytes += s.title.n + s.body.text.n;
	for (size_t k = 0; k < s.links.n; k++)
		f->text_bytes += s.links.v[k].title.n;
	return s;
}

static void
subscribe(struct fill *f)
{
	struct str urls[FEEDS];
	for (int i = 0; i < FEEDS; i++)
		urls[i] = arena_fmt(f->arena, "https://bench.example/%d.xml", i);
	must(f, feeds_sync(f->store, urls, FEEDS, time_of(f, 0), f->feeds, &f->err));
}

/* Through the triggers, like any other mark. */
static void
read_them(struct fill *f, story_id first, story_id last, int64_t now)
{
	must(f, sql_run(f->store, "UPDATE story SET read_at = ?3 WHERE id BETWEEN ?1 AND ?2",
		SQL_ARGS(sql_int(first), sql_int(last), sql_int(now)), &f->err));
}

static void
update(struct fill *f, uint64_t first)
{
	struct update *u;
	struct update_outcome o = {0};
	story_id from = 0;
	uint64_t end = first + PER_UPDATE < f->n ? first + PER_UPDATE : f->n;
	int64_t now = time_of(f, end - 1);
	feed_id feed = f->feeds[first / PER_UPDATE % FEEDS];
	struct feed_state state = {.id = feed, .last_at = now, .good_at = now, .last_status = 200,
	    .title = STR("Warta"), .etag = STR("\"1\"")};
	struct feed_fetch fetch = {.at = now, .status = 200};
	must(f, update_begin(f->store, feed, STR(""), STR(""), now, &u, &f->err));
	for (uint64_t i = first; i < end; i++) {
		struct story s = story_of(f, i);
		must(f, update_story(u, &s, &o, &f->err));
		from = from ? from : o.id;
	}
	must(f, update_commit(u, &state, &fetch, &f->err));
	if (end + f->unread <= f->n)
		read_them(f, from, o.id, now);
	arena_reset(f->arena);
}

static void
fill(struct fill *f)
{
	for (uint64_t i = 0; i < f->n;) {
		int64_t left = 0;
		must(f, store_begin(f->store, &f->err));
		for (int k = 0; k < PER_COMMIT && i < f->n; k += PER_UPDATE, i += PER_UPDATE)
			update(f, i);
		must(f, store_commit(f->store, &f->err));
		do
			must(f, index_step(f->store, INDEX_STEP, &left, &f->err));
		while (left);
		if (i % 100000 == 0)
			fprintf(stderr, "fill: %" PRIu64 " of %" PRIu64 "\n", i, f->n);
	}
}

/* As in a store that an older kawat filled: the events of the newest stories, which others may join. */
static void
group(struct fill *f)
{
	struct event_memory *memory = event_memory_new();
	int64_t joined = 0;
	bool done = false;
	must(f, store_begin(f->store, &f->err));
	must(f, sql_run(f->store, "UPDATE event_seen SET story = max(0, ?1 - 5000)",
		SQL_ARGS(sql_int((int64_t)f->n)), &f->err));
	must(f, store_commit(f->store, &f->err));
	while (!done)
		must(f, event_step(f->store, memory, EVENT_STEP, &joined, &done, &f->err));
	event_memory_free(memory);
}

int
main(int argc, char **argv)
{
	struct fill f = {.arena = arena_new()};
	if (argc != 4) {
		fprintf(stderr, "usage: fill FOLDER STORIES UNREAD\n");
		return 2;
	}
	f.n = strtoull(argv[2], NULL, 10);
	f.unread = strtoull(argv[3], NULL, 10);
	struct store_options o = {.folder = argv[1], .mode = STORE_WRITE};
	must(&f, store_open(&f.store, &o, NULL, &f.err));
	subscribe(&f);
	fill(&f);
	group(&f);
	store_close(f.store);
	arena_free(f.arena);
	printf("{\"stories\": %" PRIu64 ", \"text_bytes\": %" PRIu64 ", \"cpu\": %.1f}\n", f.n, f.text_bytes,
	    (double)clock() / CLOCKS_PER_SEC);
	return 0;
}
