/* The configuration: defaults, limits of each type from both sides, and every warning's words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/config.h"
#include "base/buf.h"
#include "base/file.h"

struct scene {
	struct arena *a;
	struct config c;
	char path[40];
};

static int
set_up(void **state)
{
	struct scene *s = heap_alloc(sizeof(*s));
	s->a = arena_new();
	snprintf(s->path, sizeof(s->path), "config_test-XXXXXX");
	int fd = mkstemp(s->path);
	*state = s;
	return fd < 0 ? -1 : close(fd);
}

static int
tear_down(void **state)
{
	struct scene *s = *state;
	unlink(s->path);
	arena_free(s->a);
	free(s);
	return 0;
}

static void
load_bytes(struct scene *s, struct bytes content)
{
	struct err e = {0};
	assert_true(file_replace(s->path, content, &e));
	if (!config_load(&s->c, s->a, s->path, &e))
		fail_msg("%s", e.text);
}

static void
load(struct scene *s, const char *text)
{
	load_bytes(s, bytes_of(text, strlen(text)));
}

static void
test_defaults(void **state)
{
	struct scene *s = *state;
	struct err e = {0};
	assert_true(config_load(&s->c, s->a, "config_test-none/config", &e));
	assert_int_equal(s->c.warnings.n, 0);
	assert_int_equal(config_number(&s->c, OPT_interval), 15 * 60 * 1000);
	assert_int_equal(config_number(&s->c, OPT_max_feed_size), 16 << 20);
	assert_int_equal(config_number(&s->c, OPT_hints), 1);
	assert_int_equal(config_number(&s->c, OPT_full_text), 1);
	assert_true(str_eq(config_text(&s->c, OPT_theme_dark), STR("malam")));
	for (size_t i = 0; i < OPTION_COUNT; i++)
		assert_int_equal(s->c.values[i].line, 0);
}

/* Each option by the words of its own default: all of them can be written as they are shown. */
static void
test_every_default_can_be_written(void **state)
{
	struct scene *s = *state;
	struct str text = STR("");
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		const struct option *o = option_row((enum option_id)i);
		text = arena_fmt(s->a, "%.*s[%s]\n%s = %s   # %s\n", STR_ARG(text), o->section, o->key,
		    o->initial, o->help);
	}
	load(s, arena_z(s->a, text));
	if (s->c.warnings.n)
		fail_msg("%.*s", STR_ARG(s->c.warnings.v[0]));
	for (size_t i = 0; i < OPTION_COUNT; i++)
		assert_int_equal(s->c.values[i].line, 2 * i + 2);
}

static void
test_values(void **state)
{
	static const struct {
		const char *text;
		enum option_id id;
		bool ok;
		int64_t value;
	} rows[] = {
		{"[refresh]\njobs = 1", OPT_jobs, true, 1},
		{"[refresh]\njobs = 64", OPT_jobs, true, 64},
		{"[refresh]\njobs = 0", OPT_jobs, false, 8},
		{"[refresh]\njobs = 65", OPT_jobs, false, 8},
		{"[refresh]\njobs = 8x", OPT_jobs, false, 8},
		{"[refresh]\njobs =", OPT_jobs, false, 8},
		{"[refresh]\njobs = 4\njobs = 6", OPT_jobs, true, 6},
		{"[refresh]\ninterval = 0", OPT_interval, true, 0},
		{"[refresh]\ninterval = 366d", OPT_interval, true, 366LL * 86400000},
		{"[refresh]\ninterval = 367d", OPT_interval, false, 900000},
		{"[refresh]\ninterval = 15", OPT_interval, false, 900000},
		{"[refresh]\ninterval = -1m", OPT_interval, false, 900000},
		{"[refresh]\ntimeout = 100ms", OPT_timeout, true, 100},
		{"[refresh]\ntimeout = 99ms", OPT_timeout, false, 30000},
		{"[refresh]\ntimeout = 1h", OPT_timeout, true, 3600000},
		{"[refresh]\ntimeout = 61m", OPT_timeout, false, 30000},
		{"[refresh]\nmax-feed-size = 1K", OPT_max_feed_size, true, 1024},
		{"[refresh]\nmax-feed-size = 1023", OPT_max_feed_size, false, 16 << 20},
		{"[refresh]\nmax-page-size = 8M", OPT_max_page_size, true, 8 << 20},
		{"[refresh]\nmax-page-size = 9M", OPT_max_page_size, false, 8 << 20},
		{"[refresh]\nmax-feed-size = 99999999999G", OPT_max_feed_size, false, 16 << 20},
		{"[store]\nkeep = 36500d", OPT_keep, true, 36500LL * 86400000},
		{"[store]\nkeep = 36501d", OPT_keep, false, 90LL * 86400000},
		{"[store]\nkeep = 0", OPT_keep, true, 0},
		{"[store]\nmax-size = 0", OPT_max_size, true, 0},
		{"[store]\nfull-text = never", OPT_full_text, true, 0},
		{"[store]\nfull-text = ALWAYS", OPT_full_text, true, 2},
		{"[store]\nfull-text = alway", OPT_full_text, false, 1},
		{"[view]\nhints = no", OPT_hints, true, 0},
		{"[view]\nhints = tidak", OPT_hints, true, 0},
		{"[view]\nhints = Off", OPT_hints, true, 0},
		{"[view]\nhints = 1", OPT_hints, false, 1},
		{"[view]\ntext-width = 20", OPT_text_width, true, 20},
		{"[view]\ntext-width = 19", OPT_text_width, false, 72},
		{"[theme]\ncolors = 256", OPT_colors, true, 4},
	};
	struct scene *s = *state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		load(s, rows[i].text);
		int64_t got = config_number(&s->c, rows[i].id);
		if (got != rows[i].value || (s->c.warnings.n == 0) != rows[i].ok)
			fail_msg("'%s' gave %lld, %zu warnings", rows[i].text, (long long)got,
			    s->c.warnings.n);
	}
}

static void
test_text_values(void **state)
{
	struct scene *s = *state;
	struct buf b = {0};
	load(s, "[refresh]\nuser-agent = \" two words \"  # kept\nproxy = http://p.example:3128/#x\n");
	assert_int_equal(s->c.warnings.n, 0);
	assert_true(str_eq(config_text(&s->c, OPT_user_agent), STR(" two words ")));
	assert_true(str_eq(config_text(&s->c, OPT_proxy), STR("http://p.example:3128/#x")));
	for (int over = 0; over < 2; over++) {
		buf_clear(&b);
		buf_add(&b, STR("[refresh]\nuser-agent = "));
		for (int i = 0; i < CONFIG_MAX_TEXT_BYTES + over; i++)
			buf_char(&b, 'x');
		load_bytes(s, bytes_of_str(buf_str(&b)));
		assert_int_equal(s->c.warnings.n, over);
		assert_int_equal(config_text(&s->c, OPT_user_agent).n,
		    over ? strlen("auto") : CONFIG_MAX_TEXT_BYTES);
	}
	buf_clear(&b);
}

static void
test_warnings(void **state)
{
	static const struct { const char *text, *says; } rows[] = {
		{"# c\n\n[refresh]\nintervall = 5m\n",
		    "config:4: unknown key \"intervall\". Did you mean \"interval\"?"},
		{"[refresh]\nzzzzzzz = 5m\n", "config:2: unknown key \"zzzzzzz\""},
		{"[refersh]\njobs = 3\n",
		    "config:2: unknown section \"refersh\". Did you mean \"refresh\"?"},
		{"[nonsense]\njobs = 3\n", "config:2: unknown section \"nonsense\""},
		{"jobs = 3\n", "config:1: \"jobs\" stands before the first [section]"},
		{"[view]\nhints\n", "config:2: not \"key = value\": \"hints\""},
		{"[refresh]\njobs = many\n",
		    "config:2: bad value \"many\" for jobs: a number from 1 to 64"},
		{"[refresh]\ntimeout = soon\n",
		    "config:2: bad value \"soon\" for timeout: a time such as 30s"},
		{"[store]\nmax-size = big\n",
		    "config:2: bad value \"big\" for max-size: a size such as 2G"},
		{"[view]\nhints = maybe\n", "config:2: bad value \"maybe\" for hints: yes or no"},
		{"[view]\ndates = relativ\n",
		    "config:2: bad value \"relativ\" for dates: one of relative, full"},
		{"[theme]\nname =\n", "config:2: bad value \"\" for name: 1 to 1024 bytes"},
	};
	struct scene *s = *state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		load(s, rows[i].text);
		assert_int_equal(s->c.warnings.n, 1);
		assert_string_equal(arena_z(s->a, s->c.warnings.v[0]), rows[i].says);
		assert_true(s->c.warnings.v[0].n <= 80);
	}
	load(s, "[rules]\nmute = title:\"iklan\"\nanything\n[keys]\nstory J = next-story\n");
	assert_int_equal(s->c.warnings.n, 0);
}

/* A file that is no configuration at all: few warnings, each of one short line, and the defaults. */
static void
test_hostile_files(void **state)
{
	struct scene *s = *state;
	struct buf b = {0};
	buf_add(&b, STR("[refresh]\n"));
	for (int i = 0; i < 1 << 20; i++)
		buf_char(&b, "k\0=\xff\x1b"[i % 5]);
	buf_add(&b, STR("\n[view]\nhints = no\n"));
	for (int i = 0; i < 200; i++)
		buf_add(&b, STR("\xE2\x80\xAE" "x\n"));
	load_bytes(s, bytes_of_str(buf_str(&b)));
	assert_int_equal(config_number(&s->c, OPT_hints), 0);
	assert_int_equal(s->c.warnings.n, CONFIG_MAX_WARNINGS + 1);
	for (size_t i = 0; i < s->c.warnings.n; i++)
		assert_true(s->c.warnings.v[i].n <= 120);
	buf_clear(&b);

	struct err e = {0};
	assert_false(config_load(&s->c, s->a, "/dev/zero", &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_false(config_load(&s->c, s->a, ".", &e));
	assert_int_equal(e.kind, ERR_USAGE);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_defaults),
		TEST(test_every_default_can_be_written),
		TEST(test_values),
		TEST(test_text_values),
		TEST(test_warnings),
		TEST(test_hostile_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
