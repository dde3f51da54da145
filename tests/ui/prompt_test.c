/* The line that the reader edits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "ui/keymap.h"
#include "ui/prompt.h"

/* Press keys by name, parted by spaces; returns the last answer. */
static enum prompt_answer
press(struct prompt *p, const char *keys)
{
	enum prompt_answer answer = PROMPT_UNUSED;
	struct str rest = str_z(keys), name;
	struct key key;

	for (name = str_word(&rest); name.n > 0; name = str_word(&rest)) {
		assert_true(key_parse(name, &key));
		answer = prompt_key(p, key);
	}
	return answer;
}

static void
test_editing(void **state)
{
	/* `|` is where the cursor is. */
	static const struct {
		const char *before, *keys, *after;
	} rows[] = {
	    {"", "k a p a l", "kapal|"},
	    {"kapal riset", "C-a x", "x|kapal riset"},
	    {"kapal riset", "← ← Space", "kapal ris |et"},
	    {"kapal riset", "C-w", "kapal |"},
	    {"kapal riset", "C-w C-y C-y", "kapal risetriset|"},
	    {"kapal riset", "Alt-b C-u", "|riset"},
	    {"kapal riset", "Alt-b C-k", "kapal |"},
	    {"kapal riset", "Home Alt-f C-k C-y", "kapal riset|"},
	    {"kapal riset", "Home Alt-d", "| riset"},
	    {"kapal riset", "Alt-Backspace", "kapal |"},
	    {"kapal", "Backspace Backspace", "kap|"},
	    {"kapal", "Home Del C-d", "|pal"},
	    {"kapal", "C-b C-b C-f x", "kapax|l"},
	    {"kapal", "C-e End → x", "kapalx|"},
	    {"調査船", "Backspace", "調査|"},
	    {"e\xcc\x81", "Backspace", "|"},
	    {"ae\xcc\x81", "← x", "ax|e\xcc\x81"},
	    {"\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9", "Backspace", "|"},
	    {"", "Backspace Del C-w C-u C-k Alt-b Alt-f", "|"},
	};
	struct prompt *p = prompt_new();
	struct buf got = {0};
	size_t i, col;

	(void)state;
	for (i = 0; i < COUNT_OF(rows); i++) {
		struct str text, left;

		prompt_begin(p, str_z(rows[i].before), false);
		press(p, rows[i].keys);
		/* Where the cursor is: type a mark there. */
		got.n = 0;
		prompt_key(p, (struct key){'|', 0});
		text = prompt_text(p);
		buf_add(&got, text);
		if (strcmp(buf_z(&got), rows[i].after) != 0)
			fail_msg("row %zu: got '%s', want '%s'", i, buf_z(&got),
			    rows[i].after);
		left = prompt_view(p, 100, &col);
		assert_true(str_eq(left, text));
	}
	buf_clear(&got);
	prompt_free(p);
}

static void
test_answers(void **state)
{
	static const struct {
		const char *key;
		bool suggestions;
		enum prompt_answer want;
	} rows[] = {{"Enter", false, PROMPT_ACCEPT}, {"Esc", false, PROMPT_CANCEL},
	    {"C-g", false, PROMPT_CANCEL}, {"Tab", false, PROMPT_COMPLETE},
	    {"x", false, PROMPT_CHANGED}, {"←", false, PROMPT_MOVED},
	    {"↑", true, PROMPT_EARLIER}, {"↓", true, PROMPT_LATER},
	    {"C-n", true, PROMPT_LATER}, {"F5", false, PROMPT_UNUSED},
	    {"Alt-x", false, PROMPT_UNUSED}, {"C-z", false, PROMPT_UNUSED}};
	struct prompt *p = prompt_new();
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(rows); i++) {
		prompt_begin(p, STR("abc"), rows[i].suggestions);
		assert_int_equal(press(p, rows[i].key), rows[i].want);
	}
	prompt_free(p);
}

static void
test_history(void **state)
{
	struct prompt *p = prompt_new();
	const struct str *entries;
	char line[16];
	int i;

	(void)state;
	prompt_history_add(p, STR("satu"));
	prompt_history_add(p, STR("dua"));
	prompt_history_add(p, STR("dua"));
	prompt_history_add(p, STR(""));
	assert_int_equal(prompt_history(p, &entries), 2);
	prompt_begin(p, STR("ti"), false);
	press(p, "↑");
	assert_true(str_eq(prompt_text(p), STR("dua")));
	press(p, "↑ ↑");
	assert_true(str_eq(prompt_text(p), STR("satu")));
	press(p, "↓ ↓ ↓");
	assert_true(str_eq(prompt_text(p), STR("ti")));
	press(p, "g a");
	prompt_remember(p);
	for (i = 0; i < PROMPT_MAX_HISTORY; i++) {
		line[0] = (char)('a' + i % 26);
		line[1] = (char)('a' + i / 26);
		prompt_history_add(p, str_of(line, 2));
	}
	assert_int_equal(prompt_history(p, &entries), PROMPT_MAX_HISTORY);
	assert_true(str_eq(entries[0], STR("aa")));
	prompt_free(p);
}

static void
test_paste_and_bounds(void **state)
{
	struct prompt *p = prompt_new();
	char big[PROMPT_MAX_BYTES * 2];

	(void)state;
	prompt_begin(p, STR("url: "), false);
	assert_true(
	    prompt_paste(p, bytes_of("\n https://a.example/x\033[A\n\xff y\r\n", 31)));
	assert_true(
	    str_eq(prompt_text(p), STR("url: https://a.example/x[A \xef\xbf\xbd y")));
	memset(big, 'y', sizeof(big));
	prompt_paste(p, bytes_of(big, sizeof(big)));
	assert_int_equal(prompt_text(p).n, PROMPT_MAX_BYTES);
	assert_false(prompt_paste(p, bytes_of("z", 1)));
	assert_int_equal(press(p, "z"), PROMPT_MOVED);
	prompt_set(p, str_of(big, sizeof(big)));
	assert_int_equal(prompt_text(p).n, PROMPT_MAX_BYTES);
	prompt_free(p);
}

static void
test_view_scrolls(void **state)
{
	static const struct {
		const char *text, *keys;
		size_t cols;
		const char *view;
		size_t col;
	} rows[] = {{"kapal", "", 10, "kapal", 5}, {"kapal riset", "", 6, "riset", 5},
	    {"kapal riset", "Home", 6, "kapal ", 0}, {"調査船調査船", "", 6, "査船", 4},
	    {"", "", 6, "", 0}};
	struct prompt *p = prompt_new();
	size_t i, col;

	(void)state;
	for (i = 0; i < COUNT_OF(rows); i++) {
		struct str view;

		prompt_begin(p, str_z(rows[i].text), false);
		press(p, rows[i].keys);
		view = prompt_view(p, rows[i].cols, &col);
		if (!str_eq(view, str_z(rows[i].view)) || col != rows[i].col)
			fail_msg("row %zu: '%.*s' %zu", i, STR_ARG(view), col);
	}
	prompt_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_editing),
	    cmocka_unit_test(test_answers),
	    cmocka_unit_test(test_history),
	    cmocka_unit_test(test_paste_and_bounds),
	    cmocka_unit_test(test_view_scrolls),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
