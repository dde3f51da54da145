/* Files: limits from both sides, and that a file of the reader's is old or new, never half. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

struct scene {
	struct arena *a;
	char *folder;
};

static const char *
path(struct scene *s, const char *name)
{
	return arena_fmt(s->a, "%s/%s", s->folder, name).p;
}

static int
set_up(void **state)
{
	struct scene *s = heap_alloc(sizeof(*s));
	s->a = arena_new();
	s->folder = heap_z(STR("file_test-XXXXXX"));
	*state = s;
	return mkdtemp(s->folder) ? 0 : -1;
}

/* What the tests leave: plain names, and what is listed here. */
static int
tear_down(void **state)
{
	static const char *const names[] = {"one", "two", "link", "one.new/x", "one.new", "a/b/c",
		"a/b", "a", ""};
	struct scene *s = *state;
	for (size_t i = 0; i < COUNT_OF(names); i++)
		remove(path(s, names[i]));
	bool gone = !file_exists(s->folder);
	arena_free(s->a);
	free(s->folder);
	free(s);
	return gone ? 0 : -1;
}

static void
put(struct scene *s, const char *name, const char *text)
{
	FILE *f = fopen(path(s, name), "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void
assert_content(struct scene *s, const char *name, const char *want)
{
	struct bytes got;
	struct err e = {0};
	assert_true(file_read(s->a, path(s, name), 0, &got, &e));
	assert_int_equal(got.n, strlen(want));
	assert_memory_equal(got.p, want, got.n);
}

static void
test_read_limits(void **state)
{
	static const struct { size_t max; bool ok; } rows[] = {
		{0, true}, {9, false}, {10, true}, {11, true}, {1, false},
	};
	struct scene *s = *state;
	put(s, "one", "0123456789");
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct bytes got = {0};
		struct err e = {0};
		bool ok = file_read(s->a, path(s, "one"), rows[i].max, &got, &e);
		assert_int_equal(ok, rows[i].ok);
		assert_int_equal(e.kind, ok ? ERR_NONE : ERR_USAGE);
		if (ok)
			assert_memory_equal(got.p, "0123456789", 10);
	}
}

static void
test_read_what_has_no_size(void **state)
{
	struct scene *s = *state;
	struct bytes got;
	struct err e = {0};
	assert_false(file_read(s->a, "/dev/zero", 1 << 20, &got, &e));
	assert_string_equal(e.text, "cannot read '/dev/zero': it is larger than 1048576 bytes");
	assert_true(file_read(s->a, "/dev/null", 1, &got, &e));
	assert_int_equal(got.n, 0);
}

static void
test_read_standard_input(void **state)
{
	struct scene *s = *state;
	struct bytes got;
	struct err e = {0};
	int ends[2], keep = dup(STDIN_FILENO);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "from a pipe", 11), 11);
	close(ends[1]);
	dup2(ends[0], STDIN_FILENO);
	bool ok = file_read(s->a, "-", 11, &got, &e);
	dup2(keep, STDIN_FILENO);
	close(ends[0]);
	close(keep);
	assert_true(ok);
	assert_memory_equal(got.p, "from a pipe", 11);
}

static void
test_read_failures(void **state)
{
	struct scene *s = *state;
	struct bytes got;
	struct err e = {0};
	assert_false(file_read(s->a, path(s, "none"), 0, &got, &e));
	assert_non_null(strstr(e.text, "': no such file"));
	assert_false(file_read(s->a, s->folder, 0, &got, &e));
	assert_non_null(strstr(e.text, "': it is a folder"));
	assert_int_equal(e.kind, ERR_USAGE);
}

static void
test_replace(void **state)
{
	struct scene *s = *state;
	struct err e = {0};
	struct stat st;
	char old[8] = "";
	mode_t mask = umask(0);
	put(s, "one", "old");
	int fd = open(path(s, "one"), O_RDONLY);
	assert_true(file_replace(path(s, "one"), bytes_of("new\0!", 5), &e));
	assert_true(file_replace(path(s, "two"), bytes_of("", 0), &e));
	umask(mask);
	assert_int_equal(stat(path(s, "one"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(st.st_size, 5);
	assert_int_equal(stat(path(s, "two"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	/* who has the old one open reads the old one to its end */
	assert_int_equal(read(fd, old, sizeof(old)), 3);
	assert_string_equal(old, "old");
	close(fd);
	assert_false(file_exists(path(s, "one.new")));
}

/* A link at the path is replaced, a link at the file beside is not written through. */
static void
test_replace_follows_no_link(void **state)
{
	struct scene *s = *state;
	struct err e = {0};
	struct stat st;
	put(s, "two", "precious");
	assert_int_equal(symlink("two", path(s, "link")), 0);
	assert_true(file_replace(path(s, "link"), bytes_of("mine", 4), &e));
	assert_content(s, "two", "precious");
	assert_int_equal(lstat(path(s, "link"), &st), 0);
	assert_true(S_ISREG(st.st_mode));

	assert_int_equal(symlink("two", path(s, "one.new")), 0);
	assert_true(file_replace(path(s, "one"), bytes_of("mine", 4), &e));
	assert_content(s, "two", "precious");
	assert_content(s, "one", "mine");
}

/* A stranger's folder in the way, a folder that is not there, no space: the old file stays. */
static void
test_replace_failures_keep_the_old(void **state)
{
	struct scene *s = *state;
	struct err e = {0};
	struct rlimit keep, small;
	put(s, "one", "old");
	assert_int_equal(mkdir(path(s, "one.new"), 0700), 0);
	put(s, "one.new/x", "in the way");
	assert_false(file_replace(path(s, "one"), bytes_of("new", 3), &e));
	assert_int_equal(e.kind, ERR_STORE);
	assert_content(s, "one", "old");
	remove(path(s, "one.new/x"));
	remove(path(s, "one.new"));

	assert_false(file_replace(path(s, "none/one"), bytes_of("new", 3), &e));

	char *much = heap_alloc(5000);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &keep);
	small = (struct rlimit){1000, keep.rlim_max};
	setrlimit(RLIMIT_FSIZE, &small);
	bool ok = file_replace(path(s, "one"), bytes_of(much, 5000), &e);
	setrlimit(RLIMIT_FSIZE, &keep);
	free(much);
	assert_false(ok);
	assert_int_equal(e.kind, ERR_STORE);
	assert_content(s, "one", "old");
	assert_false(file_exists(path(s, "one.new")));
}

static void
test_folder_make(void **state)
{
	struct scene *s = *state;
	struct err e = {0};
	struct stat st;
	mode_t mask = umask(0);
	assert_true(folder_make(path(s, "a/b/c"), &e));
	assert_true(folder_make(path(s, "a/b/c/"), &e));
	assert_true(folder_make(path(s, "a//b"), &e));
	umask(mask);
	assert_int_equal(stat(path(s, "a"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_int_equal(stat(path(s, "a/b/c"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	put(s, "one", "a file");
	assert_false(folder_make(path(s, "one/deeper"), &e));
	assert_false(folder_make(path(s, "one"), &e));
	assert_int_equal(e.kind, ERR_STORE);
	assert_false(folder_make("", &e));
}

static void
test_temporary(void **state)
{
	struct scene *s = *state;
	struct err e = {0};
	struct stat st;
	char back[3];
	int fd = file_temporary(s->folder, &e);
	assert_true(fd >= 0);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_nlink, 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	assert_true(fd_write_all(fd, bytes_of("abc", 3), &e));
	assert_int_equal(pread(fd, back, 3, 0), 3);
	assert_memory_equal(back, "abc", 3);
	close(fd);
	assert_int_equal(file_temporary(path(s, "none"), &e), -1);
	assert_int_equal(e.kind, ERR_STORE);
	assert_false(fd_write_all(fd, bytes_of("abc", 3), &e));
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_read_limits),
		TEST(test_read_what_has_no_size),
		TEST(test_read_standard_input),
		TEST(test_read_failures),
		TEST(test_replace),
		TEST(test_replace_follows_no_link),
		TEST(test_replace_failures_keep_the_old),
		TEST(test_folder_make),
		TEST(test_temporary),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
