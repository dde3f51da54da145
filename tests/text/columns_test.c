#include "text/columns.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FAMILY "\U0001F468\u200D\U0001F469\u200D\U0001F467"

struct row {
	const char *text;
	size_t cols;
	const char *drawn;
};

static const struct row rows[] = {
	{"", 0, ""},
	{"Gempa", 5, "Gempa"},
	{"é", 1, "é"},
	{"e\u0301", 1, "e\u0301"},
	{"e\u0301\u0302\u0303\u0304\u0305\u0306", 1, "e\u0301\u0302\u0303\u0304"},
	{"港が再開", 8, "港が再開"},
	{"항구", 4, "항구"},
	{"\u1112\u1161\u11BC", 2, "\u1112"},
	{"ﾆｭｰｽ", 4, "ﾆｭｰｽ"},
	{"a\tb\nc", 5, "a b c"},
	{"per\u00ADahu", 6, "perahu"},
	{"\u200Eki\u200Dri\u200F", 4, "kiri"},
	/* emoji: the base alone */
	{FAMILY, 2, "\U0001F468"},
	{"\U0001F44D\U0001F3FD", 2, "\U0001F44D"},
	{"1\uFE0F\u20E3", 1, "1"},
	{"\u2764\uFE0F", 1, "\u2764"},
	{"\U0001F1EE\U0001F1E9", 2, "\U0001F1EE\U0001F1E9"},
	/* a spacing vowel sign has a cell of its own */
	{"\u0915\u093E", 2, "\u0915\u093E"},
	{"\u0915\u0941", 1, "\u0915\u0941"},
	{"\u0E01\u0E33", 2, "\u0E01\u0E33"},
	/* unassigned */
	{"a\u0378b", 3, "a\uFFFDb"},
	/* a mark with no base */
	{"\u0301x", 2, " \u0301x"},
	{"\u0600\u0661", 2, "\u0600\u0661"},
};

static void
measures_and_draws(void **state)
{
	struct arena *a = arena_new();
	int wrong = 0;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str text = str_z(rows[i].text), drawn = columns_drawn(a, text);
		if (columns_of(text) != rows[i].cols || !str_eq(drawn, str_z(rows[i].drawn))) {
			print_error("'%s': %zu, '%.*s'\n", rows[i].text, columns_of(text),
			    STR_ARG(drawn));
			wrong++;
		}
		/* What is drawn is as wide as what was measured, and drawn again the same. */
		assert_int_equal(columns_of(drawn), columns_of(text));
		assert_true(str_eq(columns_drawn(a, drawn), drawn));
	}
	arena_free(a);
	assert_int_equal(wrong, 0);
}

static void
cuts_between_clusters(void **state)
{
	static const struct {
		const char *text;
		size_t cols;
		const char *cut, *middle;
	} cuts[] = {
		{"Gempa", 5, "Gempa", "Gempa"},
		{"Gempa besar", 6, "Gempa…", "Gem…ar"},
		{"Gempa besar", 7, "Gempa…", "Gem…sar"},
		{"Gempa besar", 1, "…", "…"},
		{"Gempa besar", 0, "", ""},
		{"港が再開した", 6, "港が…", "港…た"},
		{"港が再開した", 5, "港が…", "港…た"},
		{"港が", 1, "…", "…"},
		{"aa" FAMILY "b", 3, "aa…", "a…b"},
		{"ab\u0915\u093E", 3, "ab…", "a…"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301…", "e\u0301…"},
	};
	struct arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cuts); i++) {
		struct str text = str_z(cuts[i].text);
		struct str cut = columns_cut(a, text, cuts[i].cols, STR("…"));
		struct str middle = columns_cut_middle(a, text, cuts[i].cols, STR("…"));
		assert_string_equal(arena_z(a, cut), cuts[i].cut);
		assert_string_equal(arena_z(a, middle), cuts[i].middle);
		assert_true(columns_of(cut) <= cuts[i].cols);
		assert_true(columns_of(middle) <= cuts[i].cols);
	}
	arena_free(a);
}

static void
fills_up(void **state)
{
	struct arena *a = arena_new();
	(void)state;
	assert_string_equal(arena_z(a, columns_pad(a, STR("港"), 5, COLUMNS_LEFT)), "港   ");
	assert_string_equal(arena_z(a, columns_pad(a, STR("港"), 5, COLUMNS_RIGHT)), "   港");
	assert_string_equal(arena_z(a, columns_pad(a, STR("港"), 5, COLUMNS_CENTRE)), " 港  ");
	assert_string_equal(arena_z(a, columns_pad(a, STR("港が再開"), 4, COLUMNS_LEFT)), "港… ");
	assert_string_equal(arena_z(a, columns_pad(a, STR(""), 2, COLUMNS_LEFT)), "  ");
	arena_free(a);
}

static void
keeps_joined_pieces_together(void **state)
{
	struct str text = STR("a\u0915\u093Eb");
	struct piece p;
	size_t at = 0, used;
	(void)state;
	assert_true(piece_next(text, &at, &p) && !p.joined);
	assert_true(piece_next(text, &at, &p) && !p.joined && p.cols == 1);
	assert_true(piece_next(text, &at, &p) && p.joined && p.cols == 1);
	assert_true(piece_next(text, &at, &p) && !p.joined);
	assert_false(piece_next(text, &at, &p));
	assert_int_equal(columns_fit(text, 2, &used), 1);
	assert_int_equal(used, 1);
	assert_int_equal(columns_fit(text, 3, &used), 7);
	assert_int_equal(used, 3);
}

/* Any text is cut into pieces that cover it, and no cell holds more than it may. */
static void
stands_noise(void **state)
{
	static const char *const pieces[] = {"a", "\u0301", "\u200D", FAMILY, "\U0001F3FD", "\u0915",
	    "\u093E", "\u1100", "\u1161", "\U0001F1EE", "\u0600", "\n", "\u00AD", "港", "\u0378",
	    "\uFE0F", "\u20E3", "\u0E33", "\u0489", "\u3099"};
	struct arena *a = arena_new();
	unsigned seed = 9;
	(void)state;
	for (int round = 0; round < 5000; round++) {
		char text[160];
		size_t n = 0, at = 0, covered = 0, cols = 0, used;
		while (n < 120) {
			seed = seed * 1103515245u + 12345u;
			const char *piece = pieces[(seed >> 16) % COUNT_OF(pieces)];
			memcpy(text + n, piece, strlen(piece));
			n += strlen(piece);
		}
		struct str s = str_of(text, n);
		struct piece p;
		while (piece_next(s, &at, &p)) {
			assert_ptr_equal(p.text.p, text + covered);
			assert_true(p.text.n > 0 && p.n_drawn <= PIECE_MAX_BYTES && p.cols <= 2);
			assert_int_equal(p.cols > 0, p.n_drawn > 0);
			covered += p.text.n;
			cols += p.cols;
		}
		assert_int_equal(covered, n);
		assert_int_equal(columns_fit(s, cols, &used), n);
		for (size_t want = 0; want < 20; want++) {
			columns_fit(s, want, &used);
			assert_true(used <= want);
			assert_true(columns_of(columns_cut(a, s, want, STR("…"))) <= want);
			assert_true(columns_of(columns_cut_middle(a, s, want, STR("…"))) <= want);
			assert_int_equal(columns_of(columns_pad(a, s, want, COLUMNS_LEFT)), want);
		}
		arena_reset(a);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(measures_and_draws),
		cmocka_unit_test(cuts_between_clusters),
		cmocka_unit_test(fills_up),
		cmocka_unit_test(keeps_joined_pieces_together),
		cmocka_unit_test(stands_noise),
	};
	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
