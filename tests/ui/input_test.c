/* From the bytes of a terminal to keys: whole, in pieces, broken, hostile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "ui/keymap.h"

/* The keys that bytes make, as names parted by spaces; `timed_out` at the end. */
static void
names_of(struct input *in, struct buf *out, bool timed_out)
{
	struct input_event event;
	char name[32];

	while (input_next(in, timed_out, &event)) {
		buf_add(out, out->n ? STR(" ") : STR(""));
		switch (event.kind) {
		case INPUT_KEY:
			key_name(event.key, false, name);
			buf_add(out, str_z(name));
			break;
		case INPUT_PASTE:
			buf_fmt(out, "paste(%.*s)", (int)event.text.n,
			    (const char *)event.text.p);
			break;
		case INPUT_MOUSE:
			buf_fmt(out, "mouse(%d%s%s %d,%d)", (int)event.button,
			    event.down ? " down" : "", event.drag ? " drag" : "",
			    event.row, event.col);
			break;
		case INPUT_BACKGROUND:
			buf_fmt(
			    out, "background(%02x%02x%02x)", event.r, event.g, event.b);
			break;
		case INPUT_SYNC:
			buf_add(out, STR("sync"));
			break;
		case INPUT_COLUMN:
			buf_fmt(out, "column(%d)", event.col);
			break;
		case INPUT_FENCE:
			buf_add(out, STR("fence"));
			break;
		case INPUT_FOCUS:
			buf_add(out, event.down ? STR("in") : STR("out"));
			break;
		}
	}
}

struct row {
	const char *bytes, *keys;
};

static const struct row rows[] = {
    {"a", "a"},
    {"A1 ", "A 1 Space"},
    {"\r", "Enter"},
    {"\t", "Tab"},
    {"\003\032\001", "C-c C-z C-a"},
    {"\177", "Backspace"},
    {"\033", "Esc"},
    {"\033\033", "Esc Esc"},
    {"\033a", "Alt-a"},
    {"\033\r", "Alt-Enter"},
    {"\033[A\033[B\033[C\033[D", "↑ ↓ → ←"},
    {"\033OA\033OB\033OH\033OF", "↑ ↓ Home End"},
    {"\033[1;3D\033[1;3C", "Alt-← Alt-→"},
    {"\033[1;5A\033[1;2B", "C-↑ S-↓"},
    {"\033[5~\033[6~\033[3~\033[2~", "PgUp PgDn Del Ins"},
    {"\033[1~\033[4~\033[7~\033[8~", "Home End Home End"},
    {"\033[3;5~", "C-Del"},
    {"\033OP\033[15~\033[24~", "F1 F5 F12"},
    {"\033[[A\033[[E", "F1 F5"},
    {"\033[Z", "S-Tab"},
    {"\033[97;5u\033[27;5;13~", "C-a C-Enter"},
    {"\xc3\xa9\xe6\x9d\xb1\xf0\x9f\x8c\x8f", "é 東 🌏"},
    {"\033\xc3\xa9", "Alt-é"},
    {"\033[200~kapal\nriset\033[201~j", "paste(kapal\nriset) j"},
    {"\033[200~\033[A\003\033[201~", "paste(\033[A\003)"},
    {"\033[<0;5;3M\033[<0;5;3m", "mouse(0 down 2,4) mouse(0 2,4)"},
    {"\033[<64;1;1M\033[<65;1;1M\033[<32;9;2M",
	"mouse(3 down 0,0) mouse(4 down 0,0) mouse(0 down drag 1,8)"},
    {"\033]11;rgb:ffff/8080/0000\033\\x", "background(ff8000) x"},
    {"\033]11;rgb:f/8/0\ax", "background(ff8800) x"},
    {"\033[?2026;2$y\033[?62;22c", "sync fence"},
    {"\033[?2026;0$yx", "x"},
    {"\033[2;2R\033[2;3R", "column(1) column(2)"},
    {"\033[1;2R\033[R", "S-F3 F3"},
    {"\033[I\033[O", "in out"},
    /* what means nothing is dropped whole */
    {"\033[99~x", "x"},
    {"\033[?1$zx", "x"},
    {"\033]52;c;aGk=\ax", "x"},
    {"\033P1$r0m\033\\x", "x"},
    {"\033]11;rgb:zz/0/0\ax", "x"},
    {"\xff\xfex", "x"},
    {"\xc2\x9bx", "x"},
};

static void
test_rows(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(rows); i++) {
		struct input *in = input_new();
		struct buf got = {0};

		input_feed(in, bytes_of(rows[i].bytes, strlen(rows[i].bytes)));
		names_of(in, &got, false);
		names_of(in, &got, true);
		if (strcmp(buf_z(&got), rows[i].keys) != 0)
			fail_msg(
			    "row %zu: got '%s', want '%s'", i, buf_z(&got), rows[i].keys);
		buf_clear(&got);
		input_free(in);
	}
}

/* Byte by byte nothing changes: an unfinished sequence is waited for. */
static void
test_pieces(void **state)
{
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT_OF(rows); i++) {
		struct input *in = input_new();
		struct buf got = {0};

		for (k = 0; k < strlen(rows[i].bytes); k++) {
			input_feed(in, bytes_of(rows[i].bytes + k, 1));
			names_of(in, &got, false);
		}
		names_of(in, &got, true);
		if (strcmp(buf_z(&got), rows[i].keys) != 0)
			fail_msg(
			    "row %zu: got '%s', want '%s'", i, buf_z(&got), rows[i].keys);
		buf_clear(&got);
		input_free(in);
	}
}

static void
test_escape_waits(void **state)
{
	struct input *in = input_new();
	struct input_event event;

	(void)state;
	input_feed(in, bytes_of("\033", 1));
	assert_false(input_next(in, false, &event));
	assert_true(input_waiting(in));
	assert_true(input_next(in, true, &event));
	assert_int_equal(event.key.code, K_ESCAPE);
	assert_false(input_waiting(in));
	input_free(in);
}

static void
test_defined(void **state)
{
	struct input *in = input_new();
	struct buf got = {0};

	(void)state;
	input_define(in, "\033[[1", (struct key){K_HOME, 0});
	input_define(in, "\033A", (struct key){K_UP, 0});
	input_define(in, "x", (struct key){K_DOWN, 0}); /* no sequence: ignored */
	input_define(in, NULL, (struct key){K_DOWN, 0});
	input_feed(in, bytes_of("\033[[1\033Ax", 7));
	names_of(in, &got, true);
	assert_string_equal(buf_z(&got), "Home ↑ x");
	buf_clear(&got);
	input_free(in);
}

/* A paste longer than the bound is cut; what follows it is read on. */
static void
test_long_paste(void **state)
{
	struct input *in = input_new();
	struct input_event event;
	char block[1000];
	int i;

	(void)state;
	memset(block, 'y', sizeof(block));
	input_feed(in, bytes_of("\033[200~", 6));
	for (i = 0; i < 100; i++) {
		input_feed(in, bytes_of(block, sizeof(block)));
		assert_false(input_next(in, false, &event));
	}
	input_feed(in, bytes_of("\033[201~z", 7));
	assert_true(input_next(in, false, &event));
	assert_int_equal(event.kind, INPUT_PASTE);
	assert_int_equal(event.text.n, INPUT_MAX_PASTE);
	assert_true(input_next(in, false, &event));
	assert_int_equal(event.key.code, 'z');
	input_free(in);
}

/* A sequence that never ends is given up at its bound. */
static void
test_endless_sequence(void **state)
{
	struct input *in = input_new();
	struct input_event event;
	int i;

	(void)state;
	input_feed(in, bytes_of("\033]", 2));
	for (i = 0; i < 10000; i++) {
		input_feed(in, bytes_of("7", 1));
		while (input_next(in, false, &event))
			assert_int_equal(event.key.code, '7');
	}
	input_feed(in, bytes_of("\r", 1));
	while (input_next(in, true, &event))
		;
	assert_false(input_waiting(in));
	input_free(in);
}

/* It is given up at the same byte whether its bytes come at once or one by one. */
static void
test_endless_sequence_in_pieces(void **state)
{
	static const char *const heads[] = {"\033]", "\033^", "\033["};
	char bytes[2 * INPUT_MAX_SEQUENCE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(heads); i++) {
		struct input *whole = input_new(), *pieces = input_new();
		struct input_event event;
		size_t n_whole = 0, n_pieces = 0;

		memset(bytes, '7', sizeof(bytes));
		memcpy(bytes, heads[i], 2);
		input_feed(whole, bytes_of(bytes, sizeof(bytes)));
		while (input_next(whole, false, &event))
			n_whole++;
		for (size_t k = 0; k < sizeof(bytes); k++) {
			input_feed(pieces, bytes_of(bytes + k, 1));
			while (input_next(pieces, false, &event))
				n_pieces++;
		}
		assert_int_equal(n_whole, sizeof(bytes) - INPUT_MAX_SEQUENCE - 1);
		assert_int_equal(n_pieces, n_whole);
		input_free(whole);
		input_free(pieces);
	}
}

static void
test_latin(void **state)
{
	struct input *in = input_new();
	struct buf got = {0};

	(void)state;
	input_set_utf8(in, false);
	input_feed(in, bytes_of("\xe9\x9bx", 3));
	names_of(in, &got, true);
	assert_string_equal(buf_z(&got), "é x");
	buf_clear(&got);
	input_free(in);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows),
	    cmocka_unit_test(test_pieces),
	    cmocka_unit_test(test_escape_waits),
	    cmocka_unit_test(test_defined),
	    cmocka_unit_test(test_long_paste),
	    cmocka_unit_test(test_endless_sequence),
	    cmocka_unit_test(test_endless_sequence_in_pieces),
	    cmocka_unit_test(test_latin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
