/* Answers from a folder, spools that spill, feeds that are files: all in the current folder. */
#include "check.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "wire/local.h"
#include "wire/replay.h"
#include "wire/spool.h"

struct place {
	char root[64];
	struct arena *arena;
};

static void
write_file(const struct place *p, const char *path, const char *text)
{
	struct err e = {0};
	struct str whole = arena_fmt(p->arena, "%s/%s", p->root, path);
	size_t slash = str_find_last_char(whole, '/');
	if (!folder_make(arena_z(p->arena, str_sub(whole, 0, slash)), &e) ||
	    !file_replace(whole.p, bytes_of(text, strlen(text)), &e))
		fail_msg("%s", e.text);
}

static int
set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));
	if (!p)
		return -1;
	strcpy(p->root, "replay-XXXXXX");
	p->arena = arena_new();
	*state = p;
	return mkdtemp(p->root) ? 0 : -1;
}

static int
tear_down(void **state)
{
	struct place *p = *state;
	struct str command = arena_fmt(p->arena, "%s", p->root);
	pid_t pid = fork();
	if (pid == 0)
		execlp("rm", "rm", "-rf", "--", command.p, (char *)NULL);
	(void)pid;
	arena_free(p->arena);
	free(p);
	return 0;
}

static void
test_replay(void **state)
{
	struct place *p = *state;
	static const struct {
		const char *url, *etag, *status, *body, *header;
	} rows[] = {
		{"https://kantor.example/rss.xml", "", "HTTP/1.1 200 OK", "<rss/>",
		    "Content-Type: application/xml"},
		{"http://KANTOR.example:8080/rss.xml#x", "", "HTTP/1.1 200 OK", "<rss/>", NULL},
		{"https://kantor.example/rss.xml?a=1", "", "HTTP/1.1 200 OK", "<rss/>", NULL},
		{"https://kantor.example/list?page=2", "", "HTTP/1.1 200 OK", "two", NULL},
		{"https://kantor.example/list?page=3", "", "HTTP/1.1 200 OK", "list", NULL},
		{"https://kantor.example/", "", "HTTP/1.1 200 OK", "home", NULL},
		{"https://kantor.example", "", "HTTP/1.1 200 OK", "home", NULL},
		{"https://kantor.example/sub", "", "HTTP/1.1 200 OK", "sub", NULL},
		{"https://kantor.example/sub/", "", "HTTP/1.1 200 OK", "sub", NULL},
		{"https://kantor.example/moved", "", "HTTP/1.1 301 Moved", NULL,
		    "Location: /rss.xml"},
		{"https://kantor.example/gone", "", "HTTP/1.1 410", NULL, NULL},
		{"https://kantor.example/tagged", "", "HTTP/1.1 200 OK", "t", "ETag: \"1\""},
		{"https://kantor.example/tagged", "\"1\"", "HTTP/1.1 304 Not Modified", NULL,
		    NULL},
		{"https://kantor.example/tagged", "\"2\"", "HTTP/1.1 200 OK", "t", NULL},
		{"https://kantor.example/a%20b", "", "HTTP/1.1 200 OK", "space", NULL},
		{"https://kantor.example/none", "", "HTTP/1.1 404 Not Found", NULL, NULL},
		{"https://lain.example/rss.xml", "", "HTTP/1.1 404 Not Found", NULL, NULL},
		{"https://kantor.example/%2e%2e/secret", "", "HTTP/1.1 404 Not Found", NULL, NULL},
		{"https://kantor.example/..%2fsecret", "", "HTTP/1.1 404 Not Found", NULL, NULL},
		{"https://kantor.example/.hidden", "", "HTTP/1.1 404 Not Found", NULL, NULL},
		{"https://kantor.example/link", "", "HTTP/1.1 404 Not Found", NULL, NULL},
	};
	write_file(p, "kantor.example/rss.xml", "<rss/>");
	write_file(p, "kantor.example/list", "list");
	write_file(p, "kantor.example/list?page=2", "two");
	write_file(p, "kantor.example/index.html", "home");
	write_file(p, "kantor.example/sub/index.html", "sub");
	write_file(p, "kantor.example/moved.http", "HTTP/1.1 301 Moved\r\nLocation: /rss.xml\n");
	write_file(p, "kantor.example/gone.http", "410\n");
	write_file(p, "kantor.example/tagged", "t");
	write_file(p, "kantor.example/tagged.http", "ETag: \"1\"\n");
	write_file(p, "kantor.example/a b", "space");
	write_file(p, "kantor.example/.hidden", "no");
	write_file(p, "secret", "no");
	assert_int_equal(symlink("../secret",
	    arena_fmt(p->arena, "%s/kantor.example/link", p->root).p), 0);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct target t;
		struct replay r;
		struct err e = {0};
		char got[100];
		assert_true(target_of(p->arena, str_z(rows[i].url), &t, &e));
		assert_true(replay_open(p->arena, p->root, &t, str_z(rows[i].etag), &r, &e));
		assert_str(r.lines[0], rows[i].status);
		assert_number(r.fd >= 0, rows[i].body != NULL);
		if (r.fd >= 0) {
			ssize_t n = read(r.fd, got, sizeof(got));
			assert_str(str_of(got, (size_t)n), rows[i].body);
			close(r.fd);
		}
		bool found = !rows[i].header;
		for (size_t k = 1; k < r.n_lines; k++)
			found = found || str_eq(r.lines[k], str_z(rows[i].header));
		if (!found)
			fail_msg("row %zu: no header '%s'", i, rows[i].header);
	}
}

/* Both sides of the edge between memory and file. */
static void
test_spool(void **state)
{
	struct place *p = *state;
	static const size_t sizes[] = {0, 1, SPOOL_MEMORY_BYTES - 1, SPOOL_MEMORY_BYTES,
	    SPOOL_MEMORY_BYTES + 1, 3 * SPOOL_MEMORY_BYTES + 7};
	unsigned char piece[10007], got[4099];
	struct err e = {0};
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		struct spool s, moved;
		size_t n = 0, sum = 0;
		spool_init(&s, p->root);
		while (n < sizes[i]) {
			size_t part = sizes[i] - n < sizeof(piece) ? sizes[i] - n : sizeof(piece);
			for (size_t k = 0; k < part; k++)
				piece[k] = (unsigned char)((n + k) * 31 >> 3);
			assert_true(spool_add(&s, bytes_of(piece, part), &e));
			n += part;
		}
		assert_number(s.n, sizes[i]);
		assert_number(s.fd >= 0, sizes[i] > SPOOL_MEMORY_BYTES);
		spool_move(&s, &moved);
		assert_number(s.n, 0);
		for (int round = 0; round < 2; round++) {
			spool_rewind(&moved);
			for (sum = 0;; sum += n) {
				assert_true(spool_read(&moved, got, sizeof(got), &n, &e));
				if (n == 0)
					break;
				for (size_t k = 0; k < n; k++)
					if (got[k] != (unsigned char)((sum + k) * 31 >> 3))
						fail_msg("row %zu: byte %zu differs", i, sum + k);
			}
			assert_number(sum, sizes[i]);
		}
		spool_clear(&moved);
		spool_clear(&s);
	}
}

static void
test_local(void **state)
{
	struct place *p = *state;
	struct arena *a = p->arena;
	struct local_files files;
	struct err e = {0};
	size_t i = 0;
	bool cut;
	char here[4096];
	assert_non_null(getcwd(here, sizeof(here)));
	struct str file = arena_fmt(a, "file:%s/%s/satu.xml", here, p->root);
	struct str folder = arena_fmt(a, "spool:%s/%s/masuk", here, p->root);
	assert_false(local_find(a, file, NULL, STR(""), &files, &e));
	assert_false(local_find(a, folder, NULL, STR(""), &files, &e));
	write_file(p, "satu.xml", "<rss/>");
	write_file(p, "masuk/b", "1");
	write_file(p, "masuk/.sementara", "0");
	assert_true(local_find(a, file, NULL, STR(""), &files, &e));
	assert_number(files.n, 1);
	assert_true(local_find(a, file, NULL, files.stamp, &files, &e));
	assert_number(files.n, 0);
	assert_true(local_find(a, folder, NULL, STR(""), &files, &e));
	assert_number(files.n, 1);
	assert_true(str_ends(str_z(files.v[0].path), STR("/b")));
	assert_true(local_find(a, folder, NULL, files.stamp, &files, &e));
	assert_number(files.n, 0);
	assert_str(str_z(local_path(a, STR("file:~/x"), "/home/siti")), "/home/siti/x");
	assert_str(str_z(local_path(a, STR("file:///x/y"), "/home/siti")), "/x/y");
	assert_null(local_path(a, STR("https://x.example/"), "/home/siti"));

	struct spool s;
	spool_init(&s, p->root);
	const char *path = arena_fmt(a, "%s/satu.xml", p->root).p;
	assert_true(local_read(path, 6, &s, &cut, &e));
	assert_true(!cut && s.n == 6);
	spool_empty(&s);
	assert_true(local_read(path, 5, &s, &cut, &e));
	assert_true(cut && s.n == 5);
	assert_false(local_read("/dev/zero", 5, &s, &cut, &e));
	assert_false(local_read(p->root, 5, &s, &cut, &e));
	spool_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_replay, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_spool, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_local, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
