/* The log: lines, levels, the limit from both sides, and what may not be followed. */
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

#include "app/log_file.h"
#include "base/file.h"

static char folder[] = "log-file-test-XXXXXX";
static char path[64], old[80];

static int
set_up(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/log", folder);
	snprintf(old, sizeof(old), "%s/log.old", folder);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	unlink(path);
	unlink(old);
	return rmdir(folder);
}

static void
test_lines_and_levels(void **state)
{
	struct log_file l;
	struct arena *a = arena_new();
	struct bytes got;
	struct err e = {0};
	struct stat st;
	(void)state;
	log_file_open(&l, path, LOG_LEVEL_WARN);
	log_file_write(&l, LOG_LEVEL_ERROR, 0, STR("disk\tfull\nnow"));
	log_file_write(&l, LOG_LEVEL_INFO, 0, STR("not this"));
	log_file_close(&l);
	assert_true(file_read(a, path, 0, &got, &e));
	assert_true(str_eq(str_of((const char *)got.p, got.n),
	    STR("1970-01-01T00:00:00Z error disk full now\n")));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	unlink(path);
	arena_free(a);
}

static void
test_limit(void **state)
{
	static const char text[] = "x";
	struct log_file l;
	int lines = 0;
	(void)state;
	log_file_open(&l, path, LOG_LEVEL_ERROR);
	while (!file_exists(old) && lines < 100000) {
		assert_true(l.size <= LOG_FILE_MAX_BYTES);
		log_file_write(&l, LOG_LEVEL_ERROR, 0, STR(text));
		lines++;
	}
	/* a line is 29 bytes: the one that goes over the limit is the last of the old file */
	assert_int_equal(lines, LOG_FILE_MAX_BYTES / 29 + 1);
	assert_int_equal(l.size, 0);
	log_file_close(&l);
	unlink(path);
	unlink(old);
}

static void
test_symbolic_link(void **state)
{
	struct log_file l;
	char target[80];
	(void)state;
	snprintf(target, sizeof(target), "%s/target", folder);
	assert_int_equal(symlink("target", path), 0);
	log_file_open(&l, path, LOG_LEVEL_ERROR);
	log_file_write(&l, LOG_LEVEL_ERROR, 0, STR("x"));
	assert_int_equal(l.fd, -1);
	assert_false(file_exists(target));
	log_file_close(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines_and_levels),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_symbolic_link),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
