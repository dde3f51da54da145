/* Many feeds into the feeds file, what is there already, and names of files completed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/feeds_add.h"
#include "app/file_complete.h"
#include "base/file.h"

static char folder[] = "/tmp/kawat-feeds-add-XXXXXX";

static const char *
path_of(struct arena *a, const char *name)
{
	return arena_fmt(a, "%s/%s", folder, name).p;
}

static struct str
content(struct arena *a, const char *path)
{
	struct bytes b = {0};
	struct err e = {0};
	assert_true(file_read(a, path, 0, &b, &e));
	return str_of((const char *)b.p, b.n);
}

static struct feeds_file
load(struct arena *a, const char *path)
{
	struct feeds_file f;
	struct err e = {0};
	assert_true(feeds_file_load(&f, a, path, &e));
	return f;
}

static void
test_outcomes(void **state)
{
	static const struct {
		const char *url;
		bool is_search;
		enum feeds_add_outcome want;
	} rows[] = {
		{"https://a.example/feed", false, FEEDS_PRESENT},
		{"http://www.a.example/feed/?utm_source=x", false, FEEDS_PRESENT},
		{"https://a.example/feed2", false, FEEDS_ADDED},
		{"http://a.example/feed2", false, FEEDS_PRESENT},
		{"https://b.example/", false, FEEDS_PRESENT},
		{"kapal   \"K\"", true, FEEDS_PRESENT},
		{"kapal", true, FEEDS_ADDED},
	};
	struct arena *a = arena_new();
	struct err e = {0};
	const char *path = path_of(a, "feeds");
	struct feeds_addition v[COUNT_OF(rows)];
	struct str before = STR("# mine\nhttps://a.example/feed  \"A\"   # comment\nhttps://me:pw@b.example/\n"
				"file:~/x\n[Searches]\nsearch: kapal  \"K\"\n");
	(void)state;
	assert_true(file_replace(path, bytes_of_str(before), &e));
	for (int write = 0; write < 2; write++) {
		struct feeds_file f = load(a, path);
		for (size_t i = 0; i < COUNT_OF(rows); i++)
			v[i] = (struct feeds_addition){.url = str_z(rows[i].url), .is_search = rows[i].is_search,
			    .section = rows[i].is_search ? STR("Searches") : STR(""),
			    .name = STR("N \"n\" \\"), .options = STR("lang=id")};
		assert_true(feeds_add(&f, v, COUNT_OF(rows), write, &e));
		for (size_t i = 0; i < COUNT_OF(rows); i++)
			assert_int_equal(v[i].outcome, rows[i].want);
		if (!write)
			assert_true(str_eq(content(a, path), before));
	}
	struct feeds_file f = load(a, path);
	assert_int_equal(f.warnings.n, 0);
	const struct wire_subscription *s = feeds_file_by_url(&f, STR("https://a.example/feed2"));
	assert_non_null(s);
	assert_true(str_eq(s->name, STR("N \"n\" \\")) && str_eq(s->lang, STR("id")));
	assert_int_equal(f.searches.n, 2);
	assert_true(str_starts(content(a, path), STR("# mine\nhttps://a.example/feed  \"A\"   # comment\n")));
	arena_free(a);
}

/* As many feeds as may be, and one more. */
static void
test_room(void **state)
{
	struct arena *a = arena_new();
	struct err e = {0};
	const char *path = path_of(a, "many");
	size_t n = WIRE_MAX_FEEDS + 1;
	struct feeds_addition *v = ARENA_ARRAY(a, struct feeds_addition, n);
	(void)state;
	for (size_t i = 0; i < n; i++)
		v[i] = (struct feeds_addition){.url = arena_fmt(a, "https://f%zu.example/", i),
		    .section = arena_fmt(a, "S%zu", i % 100)};
	struct feeds_file f = load(a, path);
	assert_true(feeds_add(&f, v, n, true, &e));
	assert_int_equal(v[n - 2].outcome, FEEDS_ADDED);
	assert_int_equal(v[n - 1].outcome, FEEDS_NO_ROOM);
	f = load(a, path);
	assert_int_equal(f.feeds.n, WIRE_MAX_FEEDS);
	/* and as many bytes: the file stays one that can be read */
	char *long_name = arena_alloc(a, 60001);
	memset(long_name, 'n', 60000);
	for (size_t i = 0; i < 100; i++)
		v[i] = (struct feeds_addition){.url = arena_fmt(a, "https://g%zu.example/", i),
		    .name = str_of(long_name, 60000)};
	f = load(a, path_of(a, "long"));
	assert_true(feeds_add(&f, v, 100, true, &e));
	assert_int_equal(v[0].outcome, FEEDS_ADDED);
	assert_int_equal(v[99].outcome, FEEDS_NO_ROOM);
	assert_true(content(a, path_of(a, "long")).n <= CONF_MAX_BYTES);
	arena_free(a);
}

static void
test_complete(void **state)
{
	static const struct {
		const char *typed, *want;
	} rows[] = {
		{"", "My feeds"}, {"My", "My feeds"}, {"My feeds", "My feeds"},
		{"My feeds-", "My feeds-b.opml"}, {"nothing", "nothing"}, {"none/x", "none/x"},
		{".h", ".hidden/"}, {".hidden/", ".hidden/x"}, {"bad", "bad"},
	};
	static const char *const files[] = {"My feeds.opml", "My feeds-b.opml", ".hidden/x", "bad\x1b[31m",
	    "bad\xff"};
	struct arena *a = arena_new();
	(void)state;
	assert_int_equal(mkdir(path_of(a, "names"), 0700), 0);
	assert_int_equal(chdir(path_of(a, "names")), 0);
	assert_int_equal(mkdir(".hidden", 0700), 0);
	for (size_t i = 0; i < COUNT_OF(files); i++)
		close(open(files[i], O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str got = file_complete(a, str_z(rows[i].typed));
		assert_string_equal(arena_z(a, got), rows[i].want);
		/* the same from the HOME folder, which stays a '~' */
		setenv("HOME", arena_z(a, arena_fmt(a, "%s/names", folder)), 1);
		got = file_complete(a, arena_fmt(a, "~/%s", rows[i].typed));
		assert_string_equal(arena_z(a, got), arena_fmt(a, "~/%s", rows[i].want).p);
	}
	assert_int_equal(chdir("/"), 0);
	arena_free(a);
}

static int
set_up(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int
tear_down(void **state)
{
	static const char *const names[] = {"feeds", "many", "long", "names/My feeds.opml", "names/My feeds-b.opml",
	    "names/.hidden/x", "names/bad\x1b[31m", "names/bad\xff"};
	static const char *const folders[] = {"names/.hidden", "names", ""};
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++)
		unlink(path_of(a, names[i]));
	for (size_t i = 0; i < COUNT_OF(folders); i++)
		rmdir(path_of(a, folders[i]));
	arena_free(a);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_outcomes), cmocka_unit_test(test_room),
		cmocka_unit_test(test_complete),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
