/* The feeds file: what a line means, which feed an argument means, and that an edit keeps the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/feeds_file.h"
#include "base/file.h"
#include "wire/protocol.h"

struct scene {
	struct arena *a;
	struct feeds_file f;
	char folder[40], path[60];
};

static int
set_up(void **state)
{
	struct scene *s = heap_alloc(sizeof(*s));
	s->a = arena_new();
	snprintf(s->folder, sizeof(s->folder), "feeds_file_test-XXXXXX");
	*state = s;
	if (!mkdtemp(s->folder))
		return -1;
	snprintf(s->path, sizeof(s->path), "%s/feeds", s->folder);
	return 0;
}

static int
tear_down(void **state)
{
	struct scene *s = *state;
	unlink(s->path);
	int gone = rmdir(s->folder);
	arena_free(s->a);
	free(s);
	return gone;
}

static void
reload(struct scene *s)
{
	struct err e = {0};
	if (!feeds_file_load(&s->f, s->a, s->path, &e))
		fail_msg("%s", e.text);
}

static void
load_bytes(struct scene *s, struct bytes content)
{
	struct err e = {0};
	assert_true(file_replace(s->path, content, &e));
	reload(s);
}

static void
load(struct scene *s, const char *text)
{
	load_bytes(s, bytes_of(text, strlen(text)));
}

static void
assert_str(struct str got, const char *want)
{
	if (!str_eq(got, str_z(want)))
		fail_msg("got '%.*s', want '%s'", STR_ARG(got), want);
}

static void
assert_file(struct scene *s, const char *want)
{
	struct bytes got;
	struct err e = {0};
	assert_true(file_read(s->a, s->path, 0, &got, &e));
	assert_str(str_of((const char *)got.p, got.n), want);
}

static const char sample[] =
    "# mine\n"
    "https://first.example/rss  \"First\"\n"
    "\n"
    "[Nasional]   # the country\n"
    "https://kawanan.example/terkini.xml  \"Kawanan Terkini\"  agency=KAWANAN lang=id every=10m # fast\n"
    "https://kawanan.example/politik.xml  \"Kawanan Politik\"  max-items=20 paused\n"
    "[Dunia/Asia]\n"
    "https://pelita.example/news  \"Pelita \\\"Pagi\\\"\"  keep=30d full-text=always hide notify\n"
    "https://tanpa-nama.example/atom  user-agent=\"Baca 1.0\" proxy=none charset=latin1 user=desk\n"
    "file:~/berita/lokal.xml  \"Lokal\"\n"
    "spool:~/newsml  \"Desk\"\n"
    "pipe:bandung  \"Bandung\"\n"
    "[Searches]\n"
    "search: karang banda lang:id   \"Laut Banda\"\n"
    "search: title:\"gempa\"\n"
    "search: \"dua kata\"\n";

static void
test_lines(void **state)
{
	struct scene *s = *state;
	load(s, sample);
	if (s->f.warnings.n)
		fail_msg("%.*s", STR_ARG(s->f.warnings.v[0]));
	assert_int_equal(s->f.feeds.n, 8);
	const struct wire_subscription *v = s->f.feeds.v;
	assert_str(v[0].section, "");
	assert_str(v[0].name, "First");
	assert_int_equal(v[0].every_s, -1);
	assert_int_equal(v[0].keep_s, -1);
	assert_int_equal(v[0].max_items, -1);
	assert_int_equal(v[0].full_text, -1);
	assert_str(v[1].section, "Nasional");
	assert_str(v[1].agency, "KAWANAN");
	assert_str(v[1].lang, "id");
	assert_int_equal(v[1].every_s, 600);
	assert_false(v[1].paused);
	assert_int_equal(v[2].max_items, 20);
	assert_true(v[2].paused);
	assert_str(v[3].section, "Dunia/Asia");
	assert_str(v[3].name, "Pelita \"Pagi\"");
	assert_int_equal(v[3].keep_s, 30 * 86400);
	assert_int_equal(v[3].full_text, WIRE_FULL_ALWAYS);
	assert_true(v[3].hide && v[3].notify);
	assert_str(v[4].user_agent, "Baca 1.0");
	assert_str(v[4].proxy, "none");
	assert_str(v[4].charset, "latin1");
	assert_str(v[4].user, "desk");
	assert_str(subscription_name(s->a, &v[4]), "https://tanpa-nama.example/atom");
	assert_str(v[7].url, "pipe:bandung");
	assert_int_equal(s->f.searches.n, 3);
	assert_str(s->f.searches.v[0].query, "karang banda lang:id");
	assert_str(s->f.searches.v[0].name, "Laut Banda");
	assert_str(s->f.searches.v[1].query, "title:\"gempa\"");
	assert_str(s->f.searches.v[2].query, "\"dua kata\"");
}

static void
test_warnings(void **state)
{
	static const struct { const char *line; size_t feeds; const char *says; } rows[] = {
		{"htps://a.example/", 0, "feeds:2: not an address: \"htps://a.example/\""},
		{"\"Nama\" https://a.example/", 0, "feeds:2: not an address: \"Nama\""},
		{"https://a.example/ evry=5m", 1, "feeds:2: unknown option: \"evry=5m\""},
		{"https://a.example/ every=5", 1, "feeds:2: bad value: \"every=5\""},
		{"https://a.example/ every=36501d", 1, "feeds:2: bad value: \"every=36501d\""},
		{"https://a.example/ max-items=-1", 1, "feeds:2: bad value: \"max-items=-1\""},
		{"https://a.example/ full-text=maybe", 1, "feeds:2: bad value: \"full-text=maybe\""},
		{"https://a.example/ paused=perhaps", 1, "feeds:2: bad value: \"paused=perhaps\""},
		{"https://a.example/ agency=", 1, "feeds:2: bad value: \"agency=\""},
		{"https://a.example/ \"A\" \"B\"", 1, "feeds:2: unknown option: \"B\""},
		{"https://a.example/\nhttps://a.example/ \"again\"", 1,
		    "feeds:3: this feed is there already: \"https://a.example/\""},
	};
	struct scene *s = *state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		load(s, arena_fmt(s->a, "# one\n%s\n", rows[i].line).p);
		assert_int_equal(s->f.feeds.n, rows[i].feeds);
		assert_int_equal(s->f.warnings.n, 1);
		assert_str(s->f.warnings.v[0], rows[i].says);
		if (s->f.feeds.n)
			assert_false(s->f.feeds.v[0].paused);
	}
	load(s, "https://a.example/ paused=no hide=yes\n");
	assert_int_equal(s->f.warnings.n, 0);
	assert_false(s->f.feeds.v[0].paused);
	assert_true(s->f.feeds.v[0].hide);
}

static void
test_find(void **state)
{
	static const struct { const char *what, *url; } rows[] = {
		{"https://first.example/rss", "https://first.example/rss"},
		{"First", "https://first.example/rss"},
		{"kawanan terkini", "https://kawanan.example/terkini.xml"},
		{"politik", "https://kawanan.example/politik.xml"},
		{"tanpa-nama", "https://tanpa-nama.example/atom"},
		{"pipe:", "pipe:bandung"},
	};
	static const struct { const char *what, *says; } wrong[] = {
		{"kawanan", "'kawanan' means 2 feeds: say more of the name"},
		{"zzz", "no feed is called 'zzz'"},
	};
	struct scene *s = *state;
	load(s, sample);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct err e = {0};
		const struct wire_subscription *hit = feeds_file_find(&s->f, str_z(rows[i].what), &e);
		if (!hit)
			fail_msg("%s", e.text);
		assert_str(hit->url, rows[i].url);
	}
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct err e = {0};
		assert_null(feeds_file_find(&s->f, str_z(wrong[i].what), &e));
		assert_int_equal(e.kind, ERR_USAGE);
		assert_string_equal(e.text, wrong[i].says);
	}
}

static void
test_select(void **state)
{
	static const struct { const char *args[3]; size_t n; bool ok; size_t urls; } rows[] = {
		{{0}, 0, true, 0},
		{{"First"}, 1, true, 1},
		{{"@Nasional"}, 1, true, 2},
		{{"@nasional", "First"}, 2, true, 3},
		{{"@Dunia"}, 1, true, 5},
		{{"@Dunia/Asia"}, 1, true, 5},
		{{"@Dun"}, 1, false, 0},
		{{"@Dunia", "@Dunia/Asia", "@Nasional"}, 3, true, 12},
		{{"First", "zzz"}, 2, false, 0},
	};
	struct scene *s = *state;
	load(s, sample);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str args[3];
		struct wire_strs urls;
		struct err e = {0};
		for (size_t k = 0; k < rows[i].n; k++)
			args[k] = str_z(rows[i].args[k]);
		bool ok = feeds_file_select(&s->f, s->a, args, rows[i].n, &urls, &e);
		if (ok != rows[i].ok || (ok && urls.n != rows[i].urls))
			fail_msg("row %zu: %d, %zu addresses, %s", i, ok, urls.n, e.text);
	}
}

static void
test_changes_of_a_line(void **state)
{
	struct scene *s = *state;
	struct err e = {0};
	bool moved;
	load(s, "[A]\nhttps://a.example/  \"Satu\"  every=10m\n# between\n"
	        "\"file:/srv/b c.xml\"  \"Dua\"\n[B]\nhttps://b.example/\n");
	assert_str(feeds_file_rest(&s->f, STR("https://a.example/")), "\"Satu\"  every=10m");
	assert_str(feeds_file_rest(&s->f, STR("https://none.example/")), "");
	assert_true(feeds_file_change(&s->f, STR("file:/srv/b c.xml"), STR("\"Dua\" paused"), &e));
	assert_false(feeds_file_change(&s->f, STR("https://none.example/"), STR(""), &e));
	assert_true(feeds_file_shift(&s->f, STR("https://a.example/"), 1, &moved, &e));
	assert_true(moved);
	assert_true(feeds_file_shift(&s->f, STR("https://a.example/"), 1, &moved, &e));
	assert_false(moved);
	assert_true(feeds_file_add_search(&s->f, STR("karang banda"), STR("Laut"), &e));
	reload(s);
	assert_int_equal(s->f.warnings.n, 0);
	assert_int_equal(s->f.feeds.n, 3);
	assert_str(s->f.feeds.v[0].name, "Dua");
	assert_true(s->f.feeds.v[0].paused);
	assert_str(s->f.feeds.v[1].name, "Satu");
	assert_int_equal(s->f.searches.n, 1);
	assert_str(s->f.searches.v[0].query, "karang banda");
}

static void
test_edits_keep_the_rest(void **state)
{
	struct scene *s = *state;
	struct err e = {0};
	load(s, sample);
	assert_true(feeds_file_add(&s->f, STR("https://baru.example/"), STR("Baru \"dan\" \\lain"),
	    STR("Nasional"), STR("1h"), &e));
	assert_true(feeds_file_add(&s->f, STR("https://lain.example/"), STR(""), STR("Ilmu"), STR(""), &e));
	assert_true(feeds_file_remove(&s->f, STR("https://kawanan.example/politik.xml"), &e));
	assert_true(feeds_file_move(&s->f, STR("https://kawanan.example/terkini.xml"),
	    STR("https://kawanan.example/baru.xml"), &e));
	assert_false(feeds_file_remove(&s->f, STR("https://none.example/"), &e));
	assert_false(feeds_file_move(&s->f, STR("https://none.example/"), STR("https://x.example/"), &e));
	assert_file(s,
	    "# mine\n"
	    "https://first.example/rss  \"First\"\n"
	    "\n"
	    "[Nasional]   # the country\n"
	    "https://kawanan.example/baru.xml  \"Kawanan Terkini\"  agency=KAWANAN lang=id every=10m # fast\n"
	    "https://baru.example/  \"Baru \\\"dan\\\" \\\\lain\"  every=1h\n"
	    "[Dunia/Asia]\n"
	    "https://pelita.example/news  \"Pelita \\\"Pagi\\\"\"  keep=30d full-text=always hide notify\n"
	    "https://tanpa-nama.example/atom  user-agent=\"Baca 1.0\" proxy=none charset=latin1 user=desk\n"
	    "file:~/berita/lokal.xml  \"Lokal\"\n"
	    "spool:~/newsml  \"Desk\"\n"
	    "pipe:bandung  \"Bandung\"\n"
	    "[Searches]\n"
	    "search: karang banda lang:id   \"Laut Banda\"\n"
	    "search: title:\"gempa\"\n"
	    "search: \"dua kata\"\n"
	    "\n"
	    "[Ilmu]\n"
	    "https://lain.example/\n");
	reload(s);
	assert_int_equal(s->f.warnings.n, 0);
	assert_int_equal(s->f.feeds.n, 9);
	assert_str(feeds_file_by_url(&s->f, STR("https://baru.example/"))->name, "Baru \"dan\" \\lain");
	struct stat st;
	assert_int_equal(stat(s->path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
}

/* Two at once: what the other one added since the file was read stays. */
static void
test_two_editors(void **state)
{
	struct scene *s = *state;
	struct feeds_file other;
	struct err e = {0};
	load(s, "https://a.example/\n");
	assert_true(feeds_file_load(&other, s->a, s->path, &e));
	assert_true(feeds_file_add(&other, STR("https://b.example/"), STR("B"), STR(""), STR(""), &e));
	assert_true(feeds_file_add(&s->f, STR("https://c.example/"), STR("C"), STR(""), STR(""), &e));
	assert_false(feeds_file_add(&s->f, STR("https://b.example/"), STR("B"), STR(""), STR(""), &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_true(feeds_file_remove(&other, STR("https://a.example/"), &e));
	assert_true(feeds_file_load(&s->f, s->a, s->path, &e));
	assert_int_equal(s->f.feeds.n, 2);
	assert_str(s->f.feeds.v[0].url, "https://b.example/");
	assert_str(s->f.feeds.v[1].url, "https://c.example/");
	assert_int_equal(s->f.warnings.n, 0);
}

static void
test_first_feed_makes_the_file(void **state)
{
	struct scene *s = *state;
	struct err e = {0};
	reload(s);
	assert_int_equal(s->f.feeds.n, 0);
	assert_true(feeds_file_add(&s->f, STR("https://a.example/"), STR("A"), STR(""), STR(""), &e));
	assert_file(s, "# kawat feeds\nhttps://a.example/  \"A\"\n");
	assert_false(feeds_file_add(&s->f, STR("https://b.example/"), STR("B"), STR("a]b"), STR(""), &e));
	assert_int_equal(e.kind, ERR_USAGE);
}

/* An address in quotes (a folder with a space) is found again. */
static void
test_quoted_address(void **state)
{
	struct scene *s = *state;
	struct err e = {0};
	load(s, "\"file:/srv/berita pagi.xml\" \"Pagi\" # daily\nhttps://a.example/\n");
	assert_str(s->f.feeds.v[0].url, "file:/srv/berita pagi.xml");
	assert_true(feeds_file_remove(&s->f, STR("file:/srv/berita pagi.xml"), &e));
	assert_file(s, "https://a.example/\n");
}

/* Whatever the file holds can be sent to wire, which gives up who sends more than is allowed. */
static void
assert_can_be_sent(struct scene *s)
{
	struct buf body = {0};
	struct wire_feeds back;
	wire_pack_feeds(&body, &s->f.feeds);
	assert_true(wire_unpack_feeds(s->a, bytes_of_str(buf_str(&body)), &back));
	assert_int_equal(back.n, s->f.feeds.n);
	buf_clear(&body);
}

static void
test_hostile_values(void **state)
{
	static const char *const options[] = {"agency", "lang", "charset", "user-agent", "proxy", "user"};
	struct scene *s = *state;
	struct buf b = {0};
	buf_char(&b, '[');
	for (int i = 0; i < 5000; i++)
		buf_char(&b, 's');
	buf_add(&b, STR("\tx]\nhttps://a.example/ \"n\tn\xE2\x80\xAE"));
	for (int i = 0; i < 5000; i++)
		buf_utf8(&b, 0x20AC);
	buf_char(&b, '"');
	for (size_t i = 0; i < COUNT_OF(options); i++) {
		buf_fmt(&b, " %s=\"a\t", options[i]);
		for (int k = 0; k < 5000; k++)
			buf_char(&b, 'v');
		buf_char(&b, '"');
	}
	buf_add(&b, STR(" every=36500d keep=36500d max-items=2147483647\n"));
	buf_add(&b, STR("\"file:/a\tb\"\n"));
	load_bytes(s, bytes_of_str(buf_str(&b)));
	assert_int_equal(s->f.feeds.n, 2);
	assert_int_equal(s->f.feeds.v[0].name.n, WIRE_MAX_NAME_BYTES - WIRE_MAX_NAME_BYTES % 3);
	assert_true(str_starts(s->f.feeds.v[0].name, STR("n n\xE2\x82\xAC")));
	assert_can_be_sent(s);
	buf_clear(&b);
}

/* A line of a megabyte, NULs, no UTF-8, a hundred thousand lines of nonsense. */
static void
test_hostile_files(void **state)
{
	struct scene *s = *state;
	struct buf b = {0};
	buf_add(&b, STR("https://a.example/"));
	for (int i = 0; i < 1 << 20; i++)
		buf_char(&b, "/x\0\xff="[i % 5]);
	buf_add(&b, STR("\nhttps://b.example/ \"B\0\x1b[31m\"\n"));
	buf_add_bytes(&b, bytes_of("https://c.example/\0 \"C\n", 23));
	for (int i = 0; i < 100000; i++)
		buf_add(&b, STR("x\n"));
	buf_add(&b, STR("https://d.example/"));
	load_bytes(s, bytes_of_str(buf_str(&b)));
	assert_int_equal(s->f.feeds.n, 3);
	assert_str(s->f.feeds.v[0].name, "B[31m");
	assert_str(s->f.feeds.v[1].name, "C");
	assert_str(s->f.feeds.v[2].url, "https://d.example/");
	assert_int_equal(s->f.warnings.n, FEEDS_FILE_MAX_WARNINGS + 1);
	for (size_t i = 0; i < s->f.warnings.n; i++)
		assert_true(s->f.warnings.v[i].n <= 100);
	assert_can_be_sent(s);
	buf_clear(&b);

	struct err e = {0};
	assert_false(feeds_file_load(&s->f, s->a, "/dev/zero", &e));
	assert_int_equal(e.kind, ERR_USAGE);
}

/* As many feeds as there may be, and one more; each only once. */
static void
test_many_feeds(void **state)
{
	struct scene *s = *state;
	struct buf b = {0};
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < WIRE_MAX_FEEDS / 2; i++)
			buf_fmt(&b, "https://a.example/%d\n", i);
	for (int i = WIRE_MAX_FEEDS / 2; i <= WIRE_MAX_FEEDS; i++)
		buf_fmt(&b, "https://a.example/%d\n", i);
	load_bytes(s, bytes_of_str(buf_str(&b)));
	assert_int_equal(s->f.feeds.n, WIRE_MAX_FEEDS);
	assert_str(s->f.feeds.v[WIRE_MAX_FEEDS - 1].url,
	    arena_fmt(s->a, "https://a.example/%d", WIRE_MAX_FEEDS - 1).p);
	assert_can_be_sent(s);
	buf_clear(&b);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_lines),
		TEST(test_warnings),
		TEST(test_find),
		TEST(test_select),
		TEST(test_edits_keep_the_rest),
		TEST(test_changes_of_a_line),
		TEST(test_two_editors),
		TEST(test_first_feed_makes_the_file),
		TEST(test_quoted_address),
		TEST(test_hostile_values),
		TEST(test_hostile_files),
		TEST(test_many_feeds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
