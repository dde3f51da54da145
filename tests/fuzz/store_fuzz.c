/*
 * A store whose file was damaged: opened, listed, searched, read, checked and written to.  The
 * input says how a sound store is spoiled: a byte of choices, then pieces, each an offset (4
 * bytes), a length (1 byte) and what to put there.
 */
#include "fuzz.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "store/care.h"
#include "store/feeds.h"
#include "store/index.h"
#include "store/read.h"
#include "store/search.h"
#include "store/update.h"

enum { READ_ONLY = 1, CUT = 2, STORIES = 12 };

#define CHECK(call) FUZZ_MUST((call) || e.text[0])

static void
empty(const char *folder)
{
	DIR *dir = opendir(folder);
	if (!dir)
		return;
	for (struct dirent *d; (d = readdir(dir));)
		unlinkat(dirfd(dir), d->d_name, 0);
	closedir(dir);
}

static struct story
made_up(struct arena *a, int i)
{
	struct story s;
	story_init(&s);
	s.url = arena_fmt(a, "https://nusa.example/%d", i);
	s.title = arena_fmt(a, "Kabar nomor %d dari pulau", i);
	s.body.text = arena_fmt(a, "Karang hitam dilihat untuk kali ke-%d.", i);
	s.published = 1764000000 - i * 60;
	struct story_link l = {LINK_INLINE, STR("Baca juga"), s.title,
	    arena_fmt(a, "https://nusa.example/%d", i + 1), 0};
	ARENA_PUSH(a, &s.links, l);
	return s;
}

static bool
add_stories(struct store *s, struct arena *a, int from, struct err *e)
{
	struct update *u;
	feed_id feed;
	int64_t left;
	struct str url = STR("https://nusa.example/rss");
	if (!feeds_sync(s, &url, 1, 1764000000, &feed, e) ||
	    !update_begin(s, feed, STR("NUSA"), STR("id"), 1764000000, &u, e))
		return false;
	for (int i = from; i < from + STORIES; i++) {
		struct story w = made_up(a, i);
		if (!update_story(u, &w, NULL, e)) {
			update_rollback(u);
			return false;
		}
	}
	return update_commit(u, NULL, NULL, e) && index_step(s, INDEX_STEP, &left, e);
}

/* The same for every input, so it is made once. */
static struct bytes
sound_store(const char *folder)
{
	static struct arena *kept;
	static struct bytes sound;
	struct store_options o = {.folder = folder, .mode = STORE_WRITE};
	struct store *s;
	struct err e = {0};
	if (kept)
		return sound;
	kept = arena_new();
	FUZZ_MUST(store_open(&s, &o, NULL, &e));
	FUZZ_MUST(add_stories(s, kept, 0, &e));
	store_close(s);
	FUZZ_MUST(file_read(
	    kept, arena_fmt(kept, "%s/%s", folder, STORE_FILE).p, 0, &sound, &e));
	empty(folder);
	return sound;
}

static void
put_file(const char *folder, struct bytes b)
{
	char path[100];
	struct err e = {0};
	snprintf(path, sizeof(path), "%s/%s", folder, STORE_FILE);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	FUZZ_MUST(fd >= 0 && fd_write_all(fd, b, &e));
	close(fd);
}

static void
spoil(struct bytes input, unsigned char *p, size_t n)
{
	while (input.n > 4) {
		struct bytes where = fuzz_take(&input, 4);
		size_t at = ((size_t)where.p[0] << 24 | (size_t)where.p[1] << 16 |
				(size_t)where.p[2] << 8 | where.p[3]) %
		    n;
		struct bytes piece = fuzz_take(&input, fuzz_byte(&input));
		for (size_t i = 0; i < piece.n && at + i < n; i++)
			p[at + i] = piece.p[i];
	}
}

static void
use(struct store *s, struct arena *a)
{
	struct err e = {0};
	struct query *q;
	struct story_rows rows;
	struct search_hits hits;
	struct read_story story;
	struct care_findings found;
	struct feed_states feeds;
	CHECK(list_window(s, a, NULL, LIST_TOP, LIST_OLDER, 50, &rows, &e));
	FUZZ_MUST(query_parse(
	    a, STR("karang is:unread"), (struct query_feeds){0}, 1764000000, 0, &q, &e));
	CHECK(search_window(s, a, q, LIST_TOP, LIST_OLDER, 50, &hits, &e));
	CHECK(search_best(s, a, q, 0, 50, &hits, &e));
	for (story_id id = 1; id <= STORIES; id++)
		CHECK(read_story(s, a, id, &story, &e));
	CHECK(feeds_all(s, a, &feeds, &e));
	CHECK(care_check(s, a, &found, &e));
}

FUZZ_TARGET(store)
{
	struct arena *a = arena_new();
	struct bytes input = bytes_of(p, n);
	struct err e = {0};
	char folder[] = "store-fuzz-XXXXXX";
	uint8_t choices = fuzz_byte(&input);

	FUZZ_MUST(mkdtemp(folder));
	struct bytes sound = sound_store(folder);
	unsigned char *spoiled = arena_alloc(a, sound.n);
	memcpy(spoiled, sound.p, sound.n);
	spoil(input, spoiled, sound.n);
	size_t size = choices & CUT ? sound.n - (size_t)(choices >> 2) * 512 : sound.n;
	put_file(folder, bytes_of(spoiled, size));

	struct store *s;
	struct store_options o = {
	    .folder = folder, .mode = choices & READ_ONLY ? STORE_READ : STORE_WRITE};
	if (store_open(&s, &o, NULL, &e)) {
		use(s, a);
		if (o.mode == STORE_WRITE)
			CHECK(add_stories(s, a, 5, &e));
		store_close(s);
	} else {
		FUZZ_MUST(e.text[0]);
	}
	empty(folder);
	rmdir(folder);
	arena_free(a);
	return 0;
}
