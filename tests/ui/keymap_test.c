/*
 * Key names, sequences, contexts from the inside out, changed bindings, the menu after a
 * prefix.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "ui/keymap.h"

enum { PROMPT, STORY, HEADLINES, LIST, GLOBAL };

static const struct command commands[] = {
    {"help", "?, F1", GLOBAL, "Show all keys of this view", NULL},
    {"go-feeds", "g f", GLOBAL, "Feeds and sections", NULL},
    {"back", "H, Alt-←, Backspace", GLOBAL, "Back along the trail", NULL},
    {"rights", "z r", STORY, "Unfold or fold the rights notice", NULL},
    {"offline", "z o", GLOBAL, "Work offline; online again", NULL},
    {"first-row", "g g, Home", LIST, "First row", NULL},
    {"next-row", "j, ↓", LIST, "Down", NULL},
    {"line-down", "j, ↓", STORY, "One line down", NULL},
    {"leave", "h, ←", LIST, "Back to the list before", NULL},
    {"half-page", "C-d", LIST, "Half a page down", NULL},
    {"pipe", "|", HEADLINES, "Send the text to a command", NULL},
    {"read-on", "Space", HEADLINES, "Read on", NULL},
    {"history", "", GLOBAL, "Every story opened", NULL},
    {"previous-pane", "S-Tab", LIST, "Previous pane", NULL},
};

static const int in_list[] = {HEADLINES, LIST, GLOBAL, -1};
static const int in_story[] = {STORY, HEADLINES, GLOBAL, -1};

static void
test_names(void **state)
{
	static const char *const names[] = {"j", "C-d", "Alt-←", "S-Tab", "F1", "Enter",
	    "|", "Space", "Esc", "Backspace", "PgDn", "Del", "G", "?", ":", "-", "C--",
	    "東", "C-←", "C-Alt-x"};
	static const struct {
		const char *other, *name;
	} others[] = {{"<C-n>", "C-n"}, {"Ctrl-N", "C-n"}, {"M-b", "Alt-b"},
	    {"Shift-tab", "S-Tab"}, {"Up", "↑"}, {"return", "Enter"}, {"S-a", "A"},
	    {"<", "<"}, {"<>", NULL}, {"", NULL}, {"Enterr", NULL}, {"C-", NULL}};
	struct key key;
	char got[32];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(names); i++) {
		assert_true(key_parse(str_z(names[i]), &key));
		key_name(key, false, got);
		assert_string_equal(got, names[i]);
	}
	for (i = 0; i < COUNT_OF(others); i++) {
		assert_int_equal(
		    key_parse(str_z(others[i].other), &key), others[i].name != NULL);
		if (!others[i].name)
			continue;
		key_name(key, false, got);
		assert_string_equal(got, others[i].name);
	}
	assert_true(key_parse(STR("↑"), &key));
	key_name(key, true, got);
	assert_string_equal(got, "Up");
}

static struct keymap *
new_map(void)
{
	struct err e = {0};
	struct keymap *map = keymap_new(commands, COUNT_OF(commands), &e);

	if (!map)
		fail_msg("%s", e.text);
	return map;
}

/* Press keys by name; the name of the command that the last one ran, or of the answer. */
static const char *
press(const struct keymap *map, const int *contexts, enum digits digits, const char *keys,
    int *number)
{
	static const char *const answers[] = {"unknown", "prefix", "command", "number"};
	struct keymap_state state = {0};
	struct str rest = str_z(keys), name;
	enum keymap_answer answer = KEYMAP_UNKNOWN;
	struct key key;
	int command = KEYMAP_NO_COMMAND;

	for (name = str_word(&rest); name.n > 0; name = str_word(&rest)) {
		assert_true(key_parse(name, &key));
		answer = keymap_key(map, contexts, digits, &state, key, &command, number);
	}
	if (answer == KEYMAP_NUMBER)
		*number = state.number;
	return answer == KEYMAP_COMMAND ? commands[command].name : answers[answer];
}

static void
test_lookup(void **state)
{
	static const struct {
		const int *contexts;
		enum digits digits;
		const char *keys, *want;
		int number;
	} rows[] = {
	    {in_list, DIGITS_ARE_KEYS, "j", "next-row", 0},
	    {in_story, DIGITS_ARE_KEYS, "j", "line-down", 0},
	    {in_list, DIGITS_ARE_KEYS, "g", "prefix", 0},
	    {in_list, DIGITS_ARE_KEYS, "g g", "first-row", 0},
	    {in_list, DIGITS_ARE_KEYS, "g f", "go-feeds", 0},
	    {in_story, DIGITS_ARE_KEYS, "g g", "unknown", 0},
	    {in_story, DIGITS_ARE_KEYS, "z r", "rights", 0},
	    {in_story, DIGITS_ARE_KEYS, "z o", "offline", 0},
	    {in_list, DIGITS_ARE_KEYS, "z r", "unknown", 0},
	    {in_story, DIGITS_ARE_KEYS, "|", "pipe", 0},
	    {in_story, DIGITS_ARE_KEYS, "Alt-←", "back", 0},
	    {in_list, DIGITS_ARE_KEYS, "q", "unknown", 0},
	    {in_list, DIGITS_COUNT, "5 j", "next-row", 5},
	    {in_list, DIGITS_COUNT, "1 0 j", "next-row", 10},
	    {in_list, DIGITS_COUNT, "1 2 g g", "first-row", 12},
	    {in_list, DIGITS_COUNT, "0", "unknown", 0},
	    {in_story, DIGITS_FOLLOW, "1", "number", 1},
	    {in_story, DIGITS_FOLLOW, "1 2", "number", 12},
	    {in_list, DIGITS_COUNT, "9 9 9 9 9 9 9 9 9 9 j", "next-row", 99999},
	};
	struct keymap *map = new_map();
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(rows); i++) {
		int number = 0;

		assert_string_equal(
		    press(map, rows[i].contexts, rows[i].digits, rows[i].keys, &number),
		    rows[i].want);
		assert_int_equal(number, rows[i].number);
	}
	keymap_free(map);
}

static void
test_numbers_wait(void **state)
{
	(void)state;
	assert_false(keymap_number_waits(1, 9));
	assert_true(keymap_number_waits(1, 10));
	assert_false(keymap_number_waits(2, 19));
	assert_true(keymap_number_waits(2, 20));
	assert_false(keymap_number_waits(10, 99));
}

static void
test_rebinding(void **state)
{
	struct keymap *map = new_map();
	struct err e = {0};
	int number, offline = keymap_command(map, STR("offline"), GLOBAL);

	(void)state;
	assert_true(keymap_bind(
	    map, LIST, STR("j"), keymap_command(map, STR("leave"), LIST), &e));
	assert_string_equal(press(map, in_list, DIGITS_ARE_KEYS, "j", &number), "leave");
	assert_string_equal(
	    press(map, in_list, DIGITS_ARE_KEYS, "↓", &number), "next-row");
	assert_true(keymap_bind(map, LIST, STR("j"), KEYMAP_NO_COMMAND, &e));
	assert_string_equal(
	    press(map, in_list, DIGITS_ARE_KEYS, "j", &number), "unknown");
	assert_true(keymap_bind(map, GLOBAL, STR("g x"), offline, &e));
	assert_string_equal(
	    press(map, in_story, DIGITS_ARE_KEYS, "g x", &number), "offline");
	/* A key that was a prefix: what began with it is gone. */
	assert_true(keymap_bind(map, GLOBAL, STR("<g>"), offline, &e));
	assert_string_equal(
	    press(map, in_story, DIGITS_ARE_KEYS, "g", &number), "offline");
	assert_false(keymap_bind(map, GLOBAL, STR("Hyper-x"), offline, &e));
	assert_string_equal(e.text, "no such key 'Hyper-x'");
	assert_int_equal(keymap_command(map, STR("nothing"), -1), KEYMAP_NO_COMMAND);
	keymap_free(map);
}

static void
test_clashes_are_refused(void **state)
{
	static const struct command same[] = {
	    {"one", "x", GLOBAL, "", NULL}, {"two", "a, x", GLOBAL, "", NULL}};
	static const struct command hidden[] = {
	    {"one", "g", GLOBAL, "", NULL}, {"two", "g g", GLOBAL, "", NULL}};
	static const struct command odd[] = {{"one", "Hyper-x", GLOBAL, "", NULL}};
	struct err e = {0};

	(void)state;
	assert_null(keymap_new(same, 2, &e));
	assert_string_equal(e.text, "commands 'one' and 'two' share 'x'");
	assert_null(keymap_new(hidden, 2, &e));
	assert_null(keymap_new(odd, 1, &e));
}

static void
test_menu_and_hints(void **state)
{
	struct keymap *map = new_map();
	struct arena *a = arena_new();
	struct keymap_state prefix = {.n_steps = 1};
	struct keymap_choice *choices;
	size_t n;

	(void)state;
	assert_true(key_parse(STR("g"), &prefix.step[0]));
	choices = keymap_choices(a, map, in_list, &prefix, false, &n);
	assert_int_equal(n, 2);
	assert_true(str_eq(choices[0].keys, STR("f")));
	assert_string_equal(commands[choices[1].command].name, "first-row");
	choices = keymap_choices(a, map, in_story, &prefix, false, &n);
	assert_int_equal(n, 1);
	/*
	 * All keys here: the story's own j hides none of the list's, which is not looked
	 * at.
	 */
	prefix.n_steps = 0;
	keymap_choices(a, map, in_story, &prefix, false, &n);
	assert_int_equal(n, 12);
	assert_true(str_eq(keymap_keys_of(a, map, in_list, 5, false), STR("gg Home")));
	assert_true(str_eq(keymap_keys_of(a, map, in_list, 6, true), STR("j Down")));
	assert_true(str_eq(keymap_first_key(a, map, in_story, 3, false), STR("zr")));
	assert_true(str_eq(keymap_first_key(a, map, in_list, 3, false), STR("")));
	assert_true(str_eq(keymap_keys_of(a, map, in_list, 12, false), STR("")));
	arena_free(a);
	keymap_free(map);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_lookup),
	    cmocka_unit_test(test_numbers_wait),
	    cmocka_unit_test(test_rebinding),
	    cmocka_unit_test(test_clashes_are_refused),
	    cmocka_unit_test(test_menu_and_hints),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
