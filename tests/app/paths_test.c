/* Where the files are: XDG, the options, --replay. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/paths.h"
#include "base/file.h"

static const char *const variables[] = {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
	"XDG_CACHE_HOME", "TMPDIR"};

static int
set_up(void **state)
{
	for (size_t i = 0; i < COUNT_OF(variables); i++)
		unsetenv(variables[i]);
	setenv("HOME", "/home/ambon", 1);
	*state = arena_new();
	return 0;
}

static int
tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static struct paths
found(struct arena *a, struct path_wishes w)
{
	struct paths p;
	struct err e = {0};
	if (!paths_find(&p, a, &w, &e))
		fail_msg("%s", e.text);
	return p;
}

static void
test_home(void **state)
{
	struct paths p = found(*state, (struct path_wishes){0});
	assert_string_equal(p.config, "/home/ambon/.config/kawat/config");
	assert_string_equal(p.feeds, "/home/ambon/.config/kawat/feeds");
	assert_string_equal(p.own_themes, "/home/ambon/.config/kawat/themes");
	assert_string_equal(p.data, "/home/ambon/.local/share/kawat");
	assert_string_equal(p.state, "/home/ambon/.local/state/kawat");
	assert_string_equal(p.log, "/home/ambon/.local/state/kawat/log");
	assert_string_equal(p.cache, "/home/ambon/.cache/kawat");
	assert_null(p.replay);
	assert_false(p.data_is_temporary);
	assert_false(file_exists("/home/ambon")); /* finding makes nothing */
}

static void
test_xdg(void **state)
{
	setenv("XDG_CONFIG_HOME", "/etc/mine", 1);
	setenv("XDG_DATA_HOME", "relative/is/invalid", 1);
	setenv("XDG_STATE_HOME", "", 1);
	setenv("XDG_CACHE_HOME", "/var/tmp", 1);
	struct paths p = found(*state, (struct path_wishes){0});
	assert_string_equal(p.config, "/etc/mine/kawat/config");
	assert_string_equal(p.data, "/home/ambon/.local/share/kawat");
	assert_string_equal(p.state, "/home/ambon/.local/state/kawat");
	assert_string_equal(p.cache, "/var/tmp/kawat");
}

static void
test_options(void **state)
{
	char here[PATH_MAX];
	struct arena *a = *state;
	assert_non_null(getcwd(here, sizeof(here)));
	struct paths p = found(a, (struct path_wishes){"c", "f", "d", NULL});
	assert_string_equal(p.config, "c");
	assert_string_equal(p.feeds, arena_fmt(a, "%s/f", here).p);
	assert_string_equal(p.data, arena_fmt(a, "%s/d", here).p);
	p = found(a, (struct path_wishes){NULL, "/x/feeds", "/x/data", NULL});
	assert_string_equal(p.feeds, "/x/feeds");
	assert_string_equal(p.data, "/x/data");
}

static void
test_no_home(void **state)
{
	static const char *const homes[] = {NULL, "", "relative"};
	for (size_t i = 0; i < COUNT_OF(homes); i++) {
		struct paths p;
		struct err e = {0};
		if (homes[i])
			setenv("HOME", homes[i], 1);
		else
			unsetenv("HOME");
		struct path_wishes some = {"/c", NULL, "/d", NULL};
		assert_false(paths_find(&p, *state, &some, &e));
		assert_int_equal(e.kind, ERR_USAGE);
		assert_string_equal(e.text, "HOME is not set: name the files by -c, -f and -d");
		p = found(*state, (struct path_wishes){"/c", "/f", "/d", NULL});
		assert_string_equal(p.data, "/d");
	}
}

static void
test_replay(void **state)
{
	struct arena *a = *state;
	char here[PATH_MAX], folder[] = "paths_test-XXXXXX";
	struct err e = {0};
	struct stat st;
	assert_non_null(getcwd(here, sizeof(here)));
	assert_non_null(mkdtemp(folder));
	setenv("TMPDIR", here, 1);

	struct paths p = found(a, (struct path_wishes){.replay_dir = folder});
	assert_string_equal(p.replay, arena_fmt(a, "%s/%s", here, folder).p);
	assert_string_equal(p.feeds, "/home/ambon/.config/kawat/feeds");
	assert_true(p.data_is_temporary);
	assert_true(str_starts(str_z(p.data), str_z(here)));
	assert_int_equal(stat(p.data, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_string_equal(p.state, p.data);
	assert_true(paths_make(&p, &e));
	/* all that was put there goes, and nothing beside it */
	assert_true(file_replace(arena_fmt(a, "%s/kawat.db", p.data).p, bytes_of("x", 1), &e));
	paths_clear(&p);
	assert_false(file_exists(p.data));
	assert_true(file_exists(folder));

	/* a wire with a feeds file of its own; a data folder that was named stays */
	const char *feeds = arena_fmt(a, "%s/feeds", folder).p;
	assert_true(file_replace(feeds, bytes_of("", 0), &e));
	p = found(a, (struct path_wishes){.replay_dir = folder, .data_dir = folder});
	assert_string_equal(p.feeds, arena_fmt(a, "%s/%s/feeds", here, folder).p);
	assert_false(p.data_is_temporary);
	paths_clear(&p);
	assert_true(file_exists(feeds));
	unlink(feeds);
	rmdir(folder);

	struct path_wishes none = {.replay_dir = "paths_test-none"};
	assert_false(paths_find(&p, a, &none, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_string_equal(e.text, "cannot replay 'paths_test-none': no such file");
}

static void
test_program_folder(void **state)
{
	struct arena *a = *state;
	const char *folder = program_folder(a);
	assert_int_equal(folder[0], '/');
	assert_true(file_exists(arena_fmt(a, "%s/paths_test", folder).p));
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_home),
		TEST(test_xdg),
		TEST(test_options),
		TEST(test_no_home),
		TEST(test_replay),
		TEST(test_program_folder),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
