/* Standard output: the last guard, and what becomes of a pipe that closes or a disk that fills. */
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
#include <unistd.h>

#include "app/output.h"

/* Standard output and where it went before. */
struct scene {
	int keep, read_end;
};

static int
set_up(void **state)
{
	struct scene *s = malloc(sizeof(*s));
	int ends[2];
	if (!s || pipe2(ends, O_CLOEXEC))
		return -1;
	fflush(stdout);
	s->keep = dup(STDOUT_FILENO);
	s->read_end = ends[0];
	dup2(ends[1], STDOUT_FILENO);
	close(ends[1]);
	signal(SIGPIPE, SIG_IGN);
	*state = s;
	return 0;
}

static int
tear_down(void **state)
{
	struct scene *s = *state;
	dup2(s->keep, STDOUT_FILENO);
	close(s->keep);
	if (s->read_end >= 0)
		close(s->read_end);
	free(s);
	return 0;
}

/* What has arrived in the pipe; everything the tests print fits in it. */
static struct str
arrived(struct scene *s, char room[4096])
{
	ssize_t n = read(s->read_end, room, 4096);
	return str_of(room, n > 0 ? (size_t)n : 0);
}

static void
test_guard(void **state)
{
	static const struct { const char *put; size_t n; const char *text, *field; } rows[] = {
		{"plain", 5, "plain", "plain"},
		{"two\nlines\tx", 11, "two\nlines\tx", "two lines x"},
		{"\x1b]52;c;eA==\a\0\r", 14, "]52;c;eA==", "]52;c;eA=="},
		{"\xC2\x9b" "31m\x7f", 6, "31m", "31m"},
		{"\xE2\x80\xAE" "abc\xE2\x81\xA9", 9, "abc", "abc"},
		{"\xff", 1, "\xEF\xBF\xBD", "\xEF\xBF\xBD"},
		{"\xE8\xAA\xBF\xF0\x9F\x93\xB0", 7, "\xE8\xAA\xBF\xF0\x9F\x93\xB0",
		    "\xE8\xAA\xBF\xF0\x9F\x93\xB0"},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		for (int way = 0; way < 3; way++) {
			struct output o = {0};
			struct err e = {0};
			char room[4096];
			const char *want = way == 1 ? rows[i].field : rows[i].text;
			struct str s = str_of(rows[i].put, rows[i].n);
			if (way == 2 && strlen(rows[i].put) != rows[i].n)
				continue;
			output_text(&o, STR("<"));
			if (way == 0)
				output_text(&o, s);
			else if (way == 1)
				output_field(&o, s);
			else
				output_fmt(&o, "%s", rows[i].put);
			output_text(&o, STR(">"));
			assert_true(output_end(&o, &e));
			struct str got = arrived(*state, room);
			if (!str_eq(str_sub(got, 1, got.n - 2), str_z(want)))
				fail_msg("row %zu, way %d: '%.*s'", i, way, STR_ARG(got));
		}
	}
}

static void
test_long_format(void **state)
{
	for (int n = 509; n < 515; n++) {
		struct output o = {0};
		struct err e = {0};
		char room[4096];
		output_fmt(&o, "%*d", n, 7);
		assert_true(output_end(&o, &e));
		struct str got = arrived(*state, room);
		assert_int_equal(got.n, n);
		assert_int_equal(got.p[n - 1], '7');
	}
}

/* `kawat list | head`: success, and no more is written. */
static void
test_pipe_closed(void **state)
{
	struct scene *s = *state;
	struct output o = {0};
	struct err e = {0};
	close(s->read_end);
	s->read_end = -1;
	for (int i = 0; i < 100000; i++)
		output_text(&o, STR("a line of text\n"));
	assert_true(o.pipe_closed);
	assert_true(o.buf.n < 100000);
	assert_true(output_end(&o, &e));
	assert_int_equal(e.kind, ERR_NONE);
}

static void
test_disk_full(void **state)
{
	struct output o = {0};
	struct err e = {0};
	(void)state;
	int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
	if (full < 0)
		skip();
	dup2(full, STDOUT_FILENO);
	close(full);
	output_text(&o, STR("x"));
	assert_false(output_end(&o, &e));
	assert_int_equal(e.kind, ERR_STORE);
	assert_string_equal(e.text, "cannot write to standard output: the disk is full");
	assert_int_equal(exit_status(e.kind), 5);
}

static void
test_json_passes(void **state)
{
	struct output o = {0};
	struct err e = {0};
	struct json j;
	char room[4096];
	json_init(&j, output_json_sink, &o);
	json_str(&j, STR("Laut \"Banda\"\x1b"));
	json_clear(&j);
	assert_true(output_end(&o, &e));
	assert_true(str_eq(arrived(*state, room), STR("\"Laut \\\"Banda\\\"\"")));
}

/* A pipe is no terminal: colour only when it is asked for. */
static void
test_color(void **state)
{
	static const struct { const char *when, *no_color; bool color; } rows[] = {
		{"auto", NULL, false}, {"auto", "1", false}, {"never", NULL, false},
		{"always", NULL, true}, {"always", "1", true},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct output o;
		if (rows[i].no_color)
			setenv("NO_COLOR", rows[i].no_color, 1);
		else
			unsetenv("NO_COLOR");
		output_init(&o, str_z(rows[i].when));
		assert_int_equal(o.color, rows[i].color);
	}
}

static void
test_formats(void **state)
{
	enum { LIST = 1u << FORMAT_TEXT | 1u << FORMAT_JSON | 1u << FORMAT_TEMPLATE,
		READ = 1u << FORMAT_TEXT | 1u << FORMAT_MARKDOWN };
	static const struct { const char *word; unsigned allowed; bool ok; enum format format; } rows[] = {
		{"text", LIST, true, FORMAT_TEXT},
		{"json", LIST, true, FORMAT_JSON},
		{"json", READ, false, 0},
		{"markdown", READ, true, FORMAT_MARKDOWN},
		{"md", READ, true, FORMAT_MARKDOWN},
		{"%{title}\\n", LIST, true, FORMAT_TEMPLATE},
		{"%{title}\\n", READ, false, 0},
		{"title", LIST, false, 0},
		{"", LIST, false, 0},
		{"JSON", LIST, false, 0},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		enum format got = 0;
		struct err e = {0};
		bool ok = format_parse(str_z(rows[i].word), rows[i].allowed, &got, &e);
		assert_int_equal(ok, rows[i].ok);
		if (ok)
			assert_int_equal(got, rows[i].format);
		else
			assert_int_equal(e.kind, ERR_USAGE);
	}
	struct err e = {0};
	enum format got;
	assert_false(format_parse(STR("xml"), READ, &got, &e));
	assert_string_equal(e.text, "unknown format 'xml': there are text, markdown, md");
}

static void
test_exit_statuses(void **state)
{
	static const struct { enum err_kind kind; int status; } rows[] = {
		{ERR_NONE, 0}, {ERR_NOT_FOUND, 1}, {ERR_USAGE, 2}, {ERR_PARTIAL, 3},
		{ERR_NETWORK, 4}, {ERR_STORE, 5}, {ERR_INPUT, 6}, {ERR_INTERNAL, 70},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(exit_status(rows[i].kind), rows[i].status);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_guard),
		TEST(test_long_format),
		TEST(test_pipe_closed),
		TEST(test_disk_full),
		TEST(test_json_passes),
		TEST(test_color),
		TEST(test_formats),
		TEST(test_exit_statuses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
