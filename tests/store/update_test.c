/* Feeds into the store: which story is which, what changes, what is kept. */
#include "fixture.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/key.h"
#include "store/mark.h"
#include "store/read.h"
#include "store/sql.h"
#include "store/story_write.h"

#define FEED "https://kawat.example/feed.xml"
#define OTHER "https://lain.example/feed.xml"

/* --- keys ------------------------------------------------------------------------- */

static void
keys_know_a_story_again(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *url, *canonical, *guid, *title;
		const char *same_as_url, *same_as_guid; /* another item */
		bool same;
	} rows[] = {
	    {"http://www.kawat.example/a?utm_source=rss", "", "1", "Satu",
		"https://kawat.example/a", "2", true},
	    {"https://kawat.example/a", "", "1", "Satu", "https://kawat.example/b", "2",
		false},
	    /* a front page is no story's own address: the guid decides */
	    {"https://kawat.example/", "", "n-1", "Satu", "https://kawat.example/", "n-2",
		false},
	    {"https://kawat.example/", "", "n-1", "Satu", "https://kawat.example/", "n-1",
		true},
	    /* a guid that is an address */
	    {"", "", "https://kawat.example/c", "Satu", "https://kawat.example/c", "",
		true},
	    /* canonical of the same site */
	    {"https://m.kawat.example/d?p=9", "https://kawat.example/d", "", "Satu",
		"https://kawat.example/d", "", true},
	    /* a page that claims to be another site's is not believed */
	    {"https://jahat.example/d", "https://kawat.example/d", "", "Satu",
		"https://kawat.example/d", "", false},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct story a = fixture_story(f, rows[i].url, rows[i].title, "Isi.");
		struct story b = fixture_story(f, rows[i].same_as_url, "Satu", "Isi.");
		a.canonical = str_z(rows[i].canonical);
		a.guid = str_z(rows[i].guid);
		b.guid = str_z(rows[i].same_as_guid);
		struct str x = key_of_story(f->arena, STR(FEED), &a);
		struct str y = key_of_story(f->arena, STR(FEED), &b);
		assert_true(x.n > 0);
		if (str_eq(x, y) != rows[i].same)
			fail_msg("row %zu: %.*s, %.*s", i, STR_ARG(x), STR_ARG(y));
	}
}

static void
keys_without_address_depend_on_feed_or_text(void **state)
{
	struct fixture *f = *state;
	struct story s = fixture_story(f, "", "Judul", "Isi satu.");
	struct str bare = key_of_story(f->arena, STR(FEED), &s);
	assert_true(str_eq(bare, key_of_story(f->arena, STR(FEED), &s)));
	assert_false(str_eq(bare, key_of_story(f->arena, STR(OTHER), &s)));
	struct story t = fixture_story(f, "", "Judul", "Isi dua.");
	assert_false(str_eq(bare, key_of_story(f->arena, STR(FEED), &t)));
	s.guid = STR("17");
	assert_false(str_eq(key_of_story(f->arena, STR(FEED), &s),
	    key_of_story(f->arena, STR(OTHER), &s)));
	s.guid = STR("urn:newsml:kawat.example:17");
	assert_true(str_eq(key_of_story(f->arena, STR(FEED), &s),
	    key_of_story(f->arena, STR(OTHER), &s)));
}

/* --- new, same, changed ----------------------------------------------------------- */

static void
a_second_update_of_the_same_says_same(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct story s[] = {
	    fixture_story(f, "https://kawat.example/1", "Satu", "Isi satu."),
	    fixture_story(f, "https://kawat.example/2", "Dua", "Isi dua.")};
	struct update_outcome o[2];
	fixture_update(f, feed, s, 2, o);
	assert_int_equal(o[0].result, UPDATE_NEW);
	assert_int_equal(o[1].result, UPDATE_NEW);
	assert_true(o[0].stored);
	int64_t changes = fixture_number(f, "SELECT total_changes()");
	fixture_update(f, feed, s, 2, o);
	assert_int_equal(o[0].result, UPDATE_SAME);
	assert_int_equal(o[1].result, UPDATE_SAME);
	/* The state of the feed and its log: two rows written twice, and nothing of the
	 * stories. */
	assert_true(fixture_number(f, "SELECT total_changes()") - changes <= 3);
	struct store_counts c;
	OK(f, store_counts(f->store, &c, &f->err));
	assert_int_equal(c.stories, 2);
	assert_int_equal(c.unread, 2);
}

static void
what_it_said_before_is_a_version(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct read_story r;
	struct story old, s = fixture_story(f, "https://kawat.example/1",
			      "Gempa magnitudo 5", "Isi lama.");
	struct update_outcome o;
	story_id id = fixture_add(f, feed, &s);
	int64_t change, n;
	struct mark m = {.what = MARK_READ, .ids = &id, .n_ids = 1};
	OK(f, mark_now(f->store, &m, (struct query_feeds){0}, NOW, 0, 10, &change, &n,
		  &f->err));
	assert_int_equal(n, 1);

	s = fixture_story(f, "https://kawat.example/1", "Gempa magnitudo 6", "Isi baru.");
	fixture_update(f, feed, &s, 1, &o);
	assert_int_equal(o.result, UPDATE_CHANGED);
	assert_int_equal(o.id, id);
	OK(f, read_story(f->store, f->arena, id, &r, &f->err));
	assert_true(str_eq(r.row.title, STR("Gempa magnitudo 6")));
	assert_true(str_eq(r.story.body.text, STR("Isi baru.")));
	assert_int_equal(r.row.version, 2);
	assert_int_equal(r.versions.n, 1);
	assert_true(r.row.unread);
	assert_true(r.row.updated_since_read);
	OK(f, read_version(f->store, f->arena, id, 1, &old, &f->err));
	assert_true(str_eq(old.title, STR("Gempa magnitudo 5")));
	assert_true(str_eq(old.body.text, STR("Isi lama.")));
	assert_int_equal(old.body.n_spans, 1);
}

static void
only_the_text_changed_stays_read(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct story_rows rows;
	struct story s =
	    fixture_story(f, "https://kawat.example/1", "Judul yang tetap", "Lama.");
	story_id id = fixture_add(f, feed, &s);
	int64_t change, n;
	struct mark m = {.what = MARK_READ, .ids = &id, .n_ids = 1};
	OK(f, mark_now(f->store, &m, (struct query_feeds){0}, NOW, 0, 10, &change, &n,
		  &f->err));
	s = fixture_story(f, "https://kawat.example/1", "Judul yang tetap", "Baru.");
	fixture_add(f, feed, &s);
	OK(f, list_ids(f->store, f->arena, &id, 1, &rows, &f->err));
	assert_false(rows.v[0].unread);
	assert_true(rows.v[0].updated_since_read);
}

static void
versions_are_bounded(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct read_story r;
	story_id id = STORY_NONE;
	for (int i = 0; i < WRITE_MAX_VERSIONS + 10; i++) {
		char text[40];
		snprintf(text, sizeof(text), "Laporan menit ke-%d.", i);
		struct story s =
		    fixture_story(f, "https://kawat.example/langsung", "Siaran", text);
		id = fixture_add(f, feed, &s);
	}
	OK(f, read_story(f->store, f->arena, id, &r, &f->err));
	assert_int_equal(r.row.version, WRITE_MAX_VERSIONS + 10);
	assert_int_equal(r.versions.n, WRITE_MAX_VERSIONS);
	assert_int_equal(r.versions.v[r.versions.n - 1].n, WRITE_MAX_VERSIONS + 9);
}

static void
a_summary_never_replaces_a_full_text(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct read_story r;
	struct story s =
	    fixture_story(f, "https://kawat.example/1", "Judul panjang", "Ringkasan.");
	struct story page = fixture_story(
	    f, "https://kawat.example/1", "Judul panjang - Kawat", "Penuh.");
	s.full = false;
	story_id id = fixture_add(f, feed, &s);
	struct update_outcome o;
	OK(f, update_page(f->store, id, s.url, &page, NOW, &o, &f->err));
	assert_int_equal(o.result, UPDATE_SAME);
	assert_true(o.stored);
	s = fixture_story(
	    f, "https://kawat.example/1", "Judul panjang", "Ringkasan lain.");
	s.full = false;
	fixture_add(f, feed, &s);
	OK(f, read_story(f->store, f->arena, id, &r, &f->err));
	assert_true(str_eq(r.story.body.text, STR("Penuh.")));
	assert_true(str_eq(r.row.title, STR("Judul panjang"))); /* not the page's */
	assert_true(r.row.stored);
	assert_int_equal(r.versions.n, 0);
}

static void
churning_guids_do_not_double(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	for (int i = 0; i < 5; i++) {
		struct story s =
		    fixture_story(f, "https://kawat.example/1", "Satu saja", "Isi.");
		char guid[20];
		snprintf(guid, sizeof(guid), "acak-%d", i);
		s.guid = str_z(guid);
		fixture_add(f, feed, &s);
	}
	assert_int_equal(fixture_number(f, "SELECT count(*) FROM story"), 1);
	assert_int_equal(fixture_number(f, "SELECT count(*) FROM version"), 0);
}

static void
two_stories_with_one_address_are_two(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct story s[] = {fixture_story(f, "https://kawat.example/hari-ini",
				"Harga beras naik lagi", "A."),
	    fixture_story(
		f, "https://kawat.example/hari-ini", "Pasar ikan dibuka lagi", "B.")};
	struct update_outcome first[2], again[2];
	s[0].guid = STR("a");
	s[1].guid = STR("b");
	fixture_update(f, feed, s, 2, first);
	assert_int_not_equal(first[0].id, first[1].id);
	/* Also when the feed turns them round. */
	struct story turned[] = {s[1], s[0]};
	fixture_update(f, feed, turned, 2, again);
	assert_int_equal(again[0].id, first[1].id);
	assert_int_equal(again[1].id, first[0].id);
	assert_int_equal(again[0].result, UPDATE_SAME);
	assert_int_equal(again[1].result, UPDATE_SAME);
}

static void
a_corrected_address_is_the_same_story(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct story s =
	    fixture_story(f, "https://kawat.example/gmpa", "Gempa di Ambon", "Isi.");
	s.guid = STR("n-9");
	story_id id = fixture_add(f, feed, &s), found;
	s.url = STR("https://kawat.example/gempa");
	assert_int_equal(fixture_add(f, feed, &s), id);
	OK(f,
	    read_find_url(f->store, STR("http://www.kawat.example/gempa?utm_medium=x"),
		&found, &f->err));
	assert_int_equal(found, id);
	OK(f,
	    read_find_url(f->store, STR("https://kawat.example/gmpa"), &found, &f->err));
	assert_int_equal(found, id);
	/* The same identifier for something else is another story. */
	s = fixture_story(f, "https://kawat.example/lain", "Cuaca besok cerah", "Isi.");
	s.guid = STR("n-9");
	s.published = NOW - HOUR;
	assert_int_not_equal(fixture_add(f, feed, &s), id);
}

static void
no_feed_rewrites_another_ones_stories(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED), other = fixture_feed(f, OTHER);
	struct read_story r;
	struct story s =
	    fixture_story(f, "https://kawat.example/1", "Judul asli", "Isi asli.");
	story_id id = fixture_add(f, feed, &s);
	for (int i = 0; i < 2; i++) {
		char text[40];
		snprintf(text, sizeof(text), "Isi palsu %d.", i);
		struct story t =
		    fixture_story(f, "https://kawat.example/1", "Judul palsu", text);
		assert_int_equal(fixture_add(f, other, &t), id);
	}
	OK(f, read_story(f->store, f->arena, id, &r, &f->err));
	assert_true(str_eq(r.row.title, STR("Judul asli")));
	assert_int_equal(r.row.n_feeds, 2);
	assert_int_equal(r.versions.n, 0);
}

static void
two_wordings_in_two_feeds_make_no_versions(void **state)
{
	struct fixture *f = *state;
	feed_id a = fixture_feed(f, FEED),
		b = fixture_feed(f, "https://kawat.example/politik.xml");
	struct story x =
	    fixture_story(f, "https://kawat.example/1", "Rapat ditunda", "Isi.");
	struct story y = fixture_story(
	    f, "https://kawat.example/1", "Politik: Rapat ditunda", "Isi lain.");
	for (int i = 0; i < 4; i++) {
		fixture_add(f, a, &x);
		fixture_add(f, b, &y);
	}
	assert_int_equal(fixture_number(f, "SELECT count(*) FROM version"), 0);
	assert_int_equal(fixture_number(f, "SELECT count(*) FROM story"), 1);
	assert_int_equal(fixture_number(f, "SELECT sum(unread) FROM feed"), 2);
}

static void
a_shrinking_feed_deletes_nothing(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	fixture_many(f, feed, 20);
	struct story s =
	    fixture_story(f, "https://uji.example/baru", "Baru saja", "Isi.");
	fixture_add(f, feed, &s);
	assert_int_equal(fixture_number(f, "SELECT total FROM feed"), 21);
}

/* --- order ------------------------------------------------------------------------ */

static void
order_follows_dates_and_never_the_future(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct story_rows rows;
	static const struct {
		const char *title;
		int64_t published;
	} items[] = {
	    {"B tanpa tanggal, pertama", STORY_NO_TIME},
	    {"C tanpa tanggal, kedua", STORY_NO_TIME},
	    {"A masa depan", NOW + 900 * DAY},
	    {"E tahun lalu", NOW - 365 * DAY},
	    {"D kemarin", NOW - DAY},
	    {"F sebelum 1970", -5 * DAY},
	    {"G di luar kalender", INT64_MIN + 1},
	};
	struct story s[COUNT_OF(items)];
	for (size_t i = 0; i < COUNT_OF(items); i++) {
		char url[60];
		snprintf(url, sizeof(url), "https://kawat.example/%zu", i);
		s[i] = fixture_story(f, url, items[i].title, "Isi.");
		s[i].published = items[i].published;
	}
	fixture_update(f, feed, s, COUNT_OF(items), NULL);
	OK(f,
	    list_window(
		f->store, f->arena, NULL, LIST_TOP, LIST_OLDER, 100, &rows, &f->err));
	assert_int_equal(rows.n, COUNT_OF(items));
	/* Three stand at "now", in the order of the feed; the rest by date. */
	static const char expected[] = "BCADEFG";
	for (size_t i = 0; i < rows.n; i++)
		assert_int_equal(rows.v[i].title.p[0], expected[i]);
	assert_true(list_place_second(rows.v[2].ord) <= NOW);
}

/* --- transactions ----------------------------------------------------------------- */

static void
rolled_back_is_as_never_begun(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	fixture_many(f, feed, 3);
	struct update *u;
	struct story s = fixture_story(f, "https://kawat.example/1", "Satu", "Isi.");
	OK(f, update_begin(f->store, feed, STR(""), STR(""), NOW, &u, &f->err));
	OK(f, update_story(u, &s, NULL, &f->err));
	update_rollback(u);
	assert_int_equal(fixture_number(f, "SELECT count(*) FROM story"), 3);
	assert_int_equal(fixture_number(f, "SELECT unread FROM tally"), 3);
	/* And the next one works. */
	fixture_add(f, feed, &s);
	assert_int_equal(fixture_number(f, "SELECT count(*) FROM story"), 4);
}

static void
validators_come_with_the_stories(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct update *u;
	struct feed_state got,
	    said = {.etag = STR("\"e1\""),
		.last_modified = STR("kemarin"),
		.next_at = NOW + HOUR,
		.last_status = 200,
		.last_at = NOW};
	struct feed_fetch fetch = {.at = NOW, .status = 200, .n_bytes = 1234, .ms = 56};
	struct story s = fixture_story(f, "https://kawat.example/1", "Satu", "Isi.");
	OK(f, update_begin(f->store, feed, STR("KAWAT"), STR("id"), NOW, &u, &f->err));
	OK(f, update_story(u, &s, NULL, &f->err));
	assert_int_equal(update_n_new(u), 1);
	OK(f, update_commit(u, &said, &fetch, &f->err));
	OK(f, feeds_get(f->store, f->arena, feed, &got, &f->err));
	assert_true(str_eq(got.etag, STR("\"e1\"")));
	assert_int_equal(got.unread, 1);
	assert_int_equal(got.total, 1);
	struct feed_fetches log;
	OK(f, feeds_log(f->store, f->arena, feed, &log, &f->err));
	assert_int_equal(log.n, 1);
	assert_int_equal(log.v[0].n_new, 1);
	struct story_rows rows;
	OK(f,
	    list_window(
		f->store, f->arena, NULL, LIST_TOP, LIST_OLDER, 1, &rows, &f->err));
	assert_true(str_eq(rows.v[0].agency, STR("KAWAT")));
	assert_true(str_eq(rows.v[0].lang, STR("id")));
}

/* A writer that is killed somewhere within its updates. */
static void
write_for_ever(struct fixture *f, const char *folder)
{
	struct store_options o = {.folder = folder, .mode = STORE_WRITE};
	int64_t left;
	store_close(f->store);
	if (!store_open(&f->store, &o, NULL, &f->err))
		_exit(1);
	for (int round = 0;; round++) {
		char url[80];
		snprintf(url, sizeof(url), "https://kawat.example/feed-%d.xml", round);
		feed_id feed = fixture_feed(f, url);
		fixture_many(f, feed, 20);
		if (!index_step(f->store, 10, &left, &f->err))
			_exit(1);
	}
}

static void
a_kill_leaves_whole_feeds(void **state)
{
	struct fixture *f = *state;
	unsigned waits_us[] = {3000, 12000, 25000, 41000, 60000, 90000};
	for (size_t i = 0; i < COUNT_OF(waits_us); i++) {
		store_close(f->store);
		f->store = NULL;
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0)
			write_for_ever(f, f->folder);
		usleep(waits_us[i]); /* the moment is what is tested, not waited for */
		kill(child, SIGKILL);
		int status;
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFSIGNALED(status));
		fixture_reopen(f, STORE_WRITE);
		fixture_must_be_sound(f);
		/* Every feed has all of its twenty stories or none. */
		assert_int_equal(
		    fixture_number(
			f, "SELECT count(*) FROM feed WHERE total NOT IN (0, 20)"),
		    0);
	}
}

/* --- pages ------------------------------------------------------------------------ */

static void
a_page_alone_is_not_unread_until_a_feed_brings_it(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct update_outcome o;
	struct story page =
	    fixture_story(f, "https://kawat.example/tua", "Kisah lama", "Isi.");
	page.published = NOW - 100 * DAY;
	OK(f, update_page(f->store, STORY_NONE, page.url, &page, NOW, &o, &f->err));
	assert_int_equal(o.result, UPDATE_NEW);
	assert_int_equal(fixture_number(f, "SELECT unread FROM tally"), 0);
	fixture_add(f, feed, &page);
	assert_int_equal(fixture_number(f, "SELECT unread FROM tally"), 1);
	assert_int_equal(fixture_number(f, "SELECT unread FROM feed"), 1);
}

static void
a_canonical_address_joins_two_rows(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	struct story amp = fixture_story(
	    f, "https://kawat.example/ringkas/77", "Kapal sandar", "Ringkas.");
	struct story full = fixture_story(
	    f, "https://kawat.example/berita/77", "Kapal sandar di Ambon", "P.");
	struct story citing =
	    fixture_story(f, "https://kawat.example/9", "Yang merujuk", "Isi.");
	amp.full = full.full = false;
	fixture_link(
	    f, &citing, "Kapal sandar di Ambon", "https://kawat.example/berita/77");
	story_id a = fixture_add(f, feed, &amp), b = fixture_add(f, feed, &full);
	fixture_add(f, feed, &citing);
	fixture_index(f);
	assert_int_not_equal(a, b);
	struct story page = fixture_story(
	    f, "https://kawat.example/ringkas/77", "x", "Isi penuh halaman.");
	page.canonical = STR("https://kawat.example/berita/77");
	struct update_outcome o;
	OK(f, update_page(f->store, a, amp.url, &page, NOW, &o, &f->err));
	assert_int_equal(o.id, a);
	story_id found;
	OK(f, read_find_url(f->store, full.url, &found, &f->err));
	assert_int_equal(found, a);
	struct read_story r;
	OK(f, read_story(f->store, f->arena, a, &r, &f->err));
	assert_int_equal(r.cited_by.n, 1);
	assert_int_equal(fixture_number(f, "SELECT count(*) FROM story"), 2);
	/* The feed that lists the joined one finds it again. */
	assert_int_equal(fixture_add(f, feed, &full), a);
}

static void
gone_pages_are_marked(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	story_id id;
	enum target_state what;
	struct story s =
	    fixture_story(f, "https://kawat.example/1", "Satu", "Ringkasan.");
	s.full = false;
	fixture_link(f, &s, "Hilang", "https://kawat.example/hilang");
	story_id own = fixture_add(f, feed, &s);
	OK(f,
	    update_page_gone(
		f->store, STORY_NONE, STR("http://kawat.example/hilang"), NOW, &f->err));
	OK(f,
	    read_target(
		f->store, STR("https://kawat.example/hilang"), &id, &what, &f->err));
	assert_int_equal(what, TARGET_GONE);
	struct read_story r;
	OK(f, read_story(f->store, f->arena, own, &r, &f->err));
	assert_int_equal(r.links.n, 1);
	assert_int_equal(r.links.v[0].state, TARGET_GONE);
	OK(f, update_page_gone(f->store, own, s.url, NOW, &f->err));
	OK(f, read_target(f->store, s.url, &id, &what, &f->err));
	assert_int_equal(what, TARGET_GONE);
	assert_int_equal(id, own);
	/* It came back. */
	struct story page =
	    fixture_story(f, "https://kawat.example/hilang", "Hilang", "Ada lagi.");
	OK(f, update_page(f->store, STORY_NONE, page.url, &page, NOW, NULL, &f->err));
	OK(f, read_target(f->store, page.url, &id, &what, &f->err));
	assert_int_equal(what, TARGET_STORED);
}

/* What SQLite takes back by itself, for a disk that fails, leaves no counts behind. */
static void
a_transaction_that_is_gone_counts_nothing(void **state)
{
	struct fixture *f = *state;
	feed_id feed = fixture_feed(f, FEED);
	feed_id other = fixture_feed(f, OTHER);
	fixture_many(f, feed, 2);
	OK(f, store_begin(f->store, &f->err));
	fixture_many(f, other, 3);
	OK(f, sql_script(f->store, "ROLLBACK", &f->err));
	assert_false(store_commit(f->store, &f->err));
	fixture_must_be_sound(f);
	assert_int_equal(fixture_number(f, "SELECT stories FROM tally"), 2);
}

int
main(void)
{
#define WITH_STORE(test)                                                                 \
	cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)
	const struct CMUnitTest tests[] = {
	    WITH_STORE(a_transaction_that_is_gone_counts_nothing),
	    WITH_STORE(keys_know_a_story_again),
	    WITH_STORE(keys_without_address_depend_on_feed_or_text),
	    WITH_STORE(a_second_update_of_the_same_says_same),
	    WITH_STORE(what_it_said_before_is_a_version),
	    WITH_STORE(only_the_text_changed_stays_read),
	    WITH_STORE(versions_are_bounded),
	    WITH_STORE(a_summary_never_replaces_a_full_text),
	    WITH_STORE(churning_guids_do_not_double),
	    WITH_STORE(two_stories_with_one_address_are_two),
	    WITH_STORE(a_corrected_address_is_the_same_story),
	    WITH_STORE(no_feed_rewrites_another_ones_stories),
	    WITH_STORE(two_wordings_in_two_feeds_make_no_versions),
	    WITH_STORE(a_shrinking_feed_deletes_nothing),
	    WITH_STORE(order_follows_dates_and_never_the_future),
	    WITH_STORE(rolled_back_is_as_never_begun),
	    WITH_STORE(validators_come_with_the_stories),
	    WITH_STORE(a_kill_leaves_whole_feeds),
	    WITH_STORE(a_page_alone_is_not_unread_until_a_feed_brings_it),
	    WITH_STORE(a_canonical_address_joins_two_rows),
	    WITH_STORE(gone_pages_are_marked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
