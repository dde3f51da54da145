/* The command line: every form of an option, what stands where, and what is said of mistakes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "app/cli.h"
#include "app/config.h"

enum { MAX_ARGS = 12 };

struct line {
	struct arena *a;
	struct cli cli;
	struct err err;
};

/* Parse `words`, parted by spaces. */
static bool
parse(struct line *l, const char *options, const char *words)
{
	char *argv[MAX_ARGS + 1] = {(char[]){"kawat"}};
	struct str rest = str_z(words), word;
	int n = 1;
	if (options)
		setenv("KAWAT_OPTIONS", options, 1);
	else
		unsetenv("KAWAT_OPTIONS");
	*l = (struct line){.a = arena_new()};
	while ((word = str_word(&rest)).n) {
		assert_true(n < MAX_ARGS);
		argv[n++] = arena_alloc(l->a, word.n + 1);
		memcpy(argv[n - 1], word.p, word.n);
	}
	return cli_parse(&l->cli, l->a, n, argv, &l->err);
}

static void
test_option_forms(void **state)
{
	static const struct {
		const char *words;
		enum verb verb;
		enum flag flag;
		const char *value;
		int times;
	} rows[] = {
		{"", VERB_any, FLAG_any_quiet, NULL, 0},
		{"-q", VERB_any, FLAG_any_quiet, "", 1},
		{"--quiet", VERB_any, FLAG_any_quiet, "", 1},
		{"-q refresh", VERB_refresh, FLAG_any_quiet, "", 1},
		{"refresh -q", VERB_refresh, FLAG_any_quiet, "", 1},
		{"-vv list", VERB_list, FLAG_any_verbose, "", 2},
		{"-v list --verbose", VERB_list, FLAG_any_verbose, "", 2},
		{"-qv list", VERB_list, FLAG_any_verbose, "", 1},
		{"-c FILE list", VERB_list, FLAG_any_config, "FILE", 1},
		{"-cFILE list", VERB_list, FLAG_any_config, "FILE", 1},
		{"-qcFILE list", VERB_list, FLAG_any_config, "FILE", 1},
		{"-qc FILE list", VERB_list, FLAG_any_config, "FILE", 1},
		{"--config FILE list", VERB_list, FLAG_any_config, "FILE", 1},
		{"--config=FILE list", VERB_list, FLAG_any_config, "FILE", 1},
		{"--config= list", VERB_list, FLAG_any_config, "", 1},
		{"--config=a=b list", VERB_list, FLAG_any_config, "a=b", 1},
		{"list --config -q", VERB_list, FLAG_any_config, "-q", 1},
		{"list --limit 5", VERB_list, FLAG_list_limit, "5", 1},
		{"list --limit=5", VERB_list, FLAG_list_limit, "5", 1},
		{"--limit 5 list", VERB_list, FLAG_list_limit, "5", 1},
		{"--limit=5 search x", VERB_search, FLAG_search_limit, "5", 1},
		{"--format json list", VERB_list, FLAG_list_format, "json", 1},
		{"list --format json", VERB_list, FLAG_list_format, "json", 1},
		{"--format json related 3", VERB_related, FLAG_related_format, "json", 1},
		{"--limit 5 list --limit 7", VERB_list, FLAG_list_limit, "7", 2},
		{"list --limit 5 --limit 7", VERB_list, FLAG_list_limit, "7", 2},
		{"--force refresh", VERB_refresh, FLAG_refresh_force, "", 1},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct line l;
		if (!parse(&l, NULL, rows[i].words))
			fail_msg("'%s': %s", rows[i].words, l.err.text);
		assert_int_equal(l.cli.verb, rows[i].verb);
		if (l.cli.times[rows[i].flag] != rows[i].times)
			fail_msg("'%s': %d times", rows[i].words, l.cli.times[rows[i].flag]);
		if (!rows[i].value)
			assert_null(l.cli.values[rows[i].flag]);
		else
			assert_string_equal(l.cli.values[rows[i].flag], rows[i].value);
		arena_free(l.a);
	}
}

static void
test_arguments(void **state)
{
	static const struct { const char *words; size_t n; const char *joined; } rows[] = {
		{"list", 0, ""},
		{"list karang banda", 2, "karang banda"},
		{"list karang --all banda", 2, "karang banda"},
		{"list -- -banda --all", 2, "-banda --all"},
		{"list kapal -banda --all -q", 2, "kapal -banda"},
		{"search kapal -lang:id -d DIR", 2, "kapal -lang:id"},
		{"list -dunia -vv", 1, "-dunia"},
		{"list karang -- -banda --", 3, "karang -banda --"},
		{"refresh Bandung -", 2, "Bandung -"},
		{"list refresh", 1, "refresh"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct line l;
		if (!parse(&l, NULL, rows[i].words))
			fail_msg("'%s': %s", rows[i].words, l.err.text);
		assert_int_equal(l.cli.n_args, rows[i].n);
		struct str joined = cli_joined(l.a, &l.cli, 0);
		if (!str_eq(joined, str_z(rows[i].joined)))
			fail_msg("'%s' gave '%.*s'", rows[i].words, STR_ARG(joined));
		arena_free(l.a);
	}
}

/* What is shown and stored is clean; a file's name is what was typed. */
static void
test_arguments_are_clean(void **state)
{
	char *argv[] = {(char[]){"kawat"}, (char[]){"list"}, (char[]){"a\x1b[31m\nb\xff"}, NULL};
	struct line l = {.a = arena_new()};
	(void)state;
	unsetenv("KAWAT_OPTIONS");
	assert_true(cli_parse(&l.cli, l.a, 3, argv, &l.err));
	assert_true(str_eq(l.cli.args[0], STR("a[31m b\xEF\xBF\xBD")));
	assert_string_equal(l.cli.raw_args[0], "a\x1b[31m\nb\xff");
	arena_free(l.a);
}

static void
test_mistakes(void **state)
{
	static const struct { const char *words, *says, *remedy; } rows[] = {
		{"refersh", "unknown command 'refersh'", "kawat refresh"},
		{"Refresh", "unknown command 'Refresh'", "kawat refresh"},
		{"lsit", "unknown command 'lsit'", "kawat list"},
		{"ls", "unknown command 'ls'", "kawat --help"},
		{"qqqqqq", "unknown command 'qqqqqq'", "kawat --help"},
		{"-", "unknown command '-'", "kawat --help"},
		{"--qiet", "unknown option '--qiet'", "--quiet"},
		{"list --limti 5", "unknown option '--limti'", "--limit"},
		{"list --limti=5", "unknown option '--limti'", "--limit"},
		{"refresh --limit=5", "unknown option '--limit'", "kawat --help"},
		{"list --nonsense", "unknown option '--nonsense'", "kawat --help"},
		{"-z", "unknown option '-z'", "kawat --help"},
		{"-qz", "unknown option '-qz'", "kawat --help"},
		{"refresh -banda", "unknown option '-banda'", "kawat --help"},
		{"--quiet=yes list", "--quiet takes no value", ""},
		{"list --limit", "--limit needs a value: N", ""},
		{"list -c", "--config needs a value: FILE", ""},
		{"--force list", "--force does not go with list", ""},
		{"--force", "--force does not go with the reader", ""},
		{"--limit 5 refresh", "--limit does not go with refresh", ""},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct line l;
		if (parse(&l, NULL, rows[i].words))
			fail_msg("'%s' was taken", rows[i].words);
		assert_int_equal(l.err.kind, ERR_USAGE);
		assert_string_equal(l.err.text, rows[i].says);
		assert_string_equal(l.err.remedy, rows[i].remedy);
		arena_free(l.a);
	}
}

static void
test_options_of_the_environment(void **state)
{
	static const struct { const char *options, *words; enum flag flag; const char *value; } rows[] = {
		{"-q", "list", FLAG_any_quiet, ""},
		{"  --data  DIR ", "list", FLAG_any_data, "DIR"},
		{"--data=DIR", "-d OTHER list", FLAG_any_data, "OTHER"},
		{"--limit 20", "list", FLAG_list_limit, "20"},
		{"--limit 20", "list --limit 3", FLAG_list_limit, "3"},
		{"", "list -q", FLAG_any_quiet, ""},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct line l;
		if (!parse(&l, rows[i].options, rows[i].words))
			fail_msg("'%s': %s", rows[i].options, l.err.text);
		assert_int_equal(l.cli.verb, VERB_list);
		assert_string_equal(l.cli.values[rows[i].flag], rows[i].value);
		arena_free(l.a);
	}
	unsetenv("KAWAT_OPTIONS");
}

static void
test_numbers(void **state)
{
	static const struct { const char *words; bool ok; int64_t value; } rows[] = {
		{"list", true, -1}, {"list --limit 1", true, 1}, {"list --limit 64", true, 64},
		{"list --limit 0", false, 0}, {"list --limit 65", false, 0},
		{"list --limit x", false, 0}, {"list --limit=", false, 0},
		{"list --limit 99999999999999999999", false, 0},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct line l;
		int64_t got = 0;
		assert_true(parse(&l, NULL, rows[i].words));
		bool ok = cli_number(&l.cli, FLAG_list_limit, 1, 64, -1, &got, &l.err);
		if (ok != rows[i].ok || (ok && got != rows[i].value))
			fail_msg("'%s' gave %d", rows[i].words, ok);
		if (!ok)
			assert_int_equal(l.err.kind, ERR_USAGE);
		arena_free(l.a);
	}
}

/* --help and --version answer whatever else is wrong with the options. */
static void
test_help(void **state)
{
	struct line l;
	(void)state;
	assert_true(parse(&l, NULL, "--force -h list"));
	assert_true(cli_has(&l.cli, FLAG_any_help));
	arena_free(l.a);
	for (int v = 0; v < VERB_COUNT; v++) {
		struct arena *a = arena_new();
		const struct words english = {0};
		struct str text = cli_help(a, (enum verb)v, &english), rest = text, row;
		assert_true(str_starts(text, STR("usage: kawat ")));
		while (rest.n) {
			str_cut(rest, '\n', &row, &rest);
			if (row.n > 100)
				fail_msg("too wide: %.*s", STR_ARG(row));
		}
		if (v != VERB_any)
			assert_int_not_equal(str_find(text, str_z(verb_row((enum verb)v)->help)), STR_NONE);
		assert_int_not_equal(str_find(text, STR("--offline")), STR_NONE);
		arena_free(a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_option_forms),
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_arguments_are_clean),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_options_of_the_environment),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_help),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
