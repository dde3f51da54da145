/*
 * The other views against golden files: bars, related, feeds, refresh, help, menu,
 * palette.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "view/bars.h"
#include "view/feed_lines.h"
#include "view/golden.h"
#include "view/help_lines.h"
#include "view/refresh_lines.h"
#include "view/related_lines.h"
#include "view/sample.h"

static void
check(const struct lines *lines, size_t cols, const char *name)
{
	struct buf got = {0};
	size_t i;

	for (i = 0; i < lines->n; i++) {
		if (lines->v[i].cols > cols)
			fail_msg(
			    "%s: line %zu has %zu cells", name, i + 1, lines->v[i].cols);
	}
	lines_dump(lines, false, &got);
	golden_check(name, buf_str(&got));
	buf_clear(&got);
}

/* ---- bars ---- */

static void
test_bars(void **state)
{
	static const struct hint hints[] = {{STR_INIT("Enter"), STR_INIT("read")},
	    {STR_INIT("n"), STR_INIT("next unread")},
	    {STR_INIT("m"), STR_INIT("read/unread")}, {STR_INIT("s"), STR_INIT("star")},
	    {STR_INIT("f"), STR_INIT("filter")}, {STR_INIT("/"), STR_INIT("find")},
	    {STR_INIT("?"), STR_INIT("all keys")}};
	static const struct str where[] = {STR_INIT("All stories"), STR_INIT("ANTARA")};
	static const size_t widths[] = {80, 50, 40, 20, 10, 4, 1, 0};
	struct look look = sample_look(LANGUAGE_EN, SYMBOLS_UNICODE);
	struct arena *a = arena_new();
	struct lines lines = {0};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(widths); i++) {
		size_t cols = widths[i];
		struct line *line;

		title_line(a, &look, where, 2, STR("story 1 of 132 unread"), cols,
		    lines_push(a, &lines));
		progress_line(a, &look, 3, 12, STR("AFP Monde"), STR("online"), cols,
		    lines_push(a, &lines));
		bar_line(a, &look, ROLE_STATUS,
		    STR("Trail: Petani garam Madura mulai panen…"),
		    STR("38 % · ● stored"), cols, lines_push(a, &lines));
		line = lines_push(a, &lines);
		hint_line(a, &look, hints, COUNT_OF(hints), cols, line);
		for (size_t k = lines.n - 4; k < lines.n; k++) {
			if (lines.v[k].cols > cols)
				fail_msg("line %zu has %zu of %zu cells", k,
				    lines.v[k].cols, cols);
		}
	}
	check(&lines, 80, "bars.txt");
	arena_free(a);
}

/* ---- related ---- */

static void
test_related(void **state)
{
	struct look look = sample_look(LANGUAGE_EN, SYMBOLS_UNICODE);
	struct arena *a = arena_new();
	struct read_story *s = sample_story(a);
	struct story_rows rows = sample_rows(a);
	struct related_items items;
	struct lines lines = {0}, narrow = {0}, timeline = {0};

	(void)state;
	related_items(a, s, rows.v, 4, 2, &items);
	related_lines(a, &look, &items, 5, 80, &lines);
	check(&lines, 80, "related-80.txt");
	related_lines(a, &look, &items, 0, 40, &narrow);
	check(&narrow, 40, "related-40.txt");
	related_by_time(a, &items);
	related_lines(a, &look, &items, 0, 80, &timeline);
	check(&timeline, 80, "related-time-80.txt");
	arena_free(a);
}

static void
test_breadcrumb(void **state)
{
	struct look look = sample_look(LANGUAGE_EN, SYMBOLS_UNICODE);
	struct arena *a = arena_new();
	struct story_rows rows = sample_rows(a);
	struct str got;

	(void)state;
	got = related_breadcrumb(a, &look, rows.v, 4, 70);
	assert_true(str_eq(
	    got, STR("Trail: Gempa magnitudo 4,9 gunca… › Harga cabai turun di pasa…")));
	got = related_breadcrumb(a, &look, rows.v, 4, 20);
	assert_true(str_eq(got, STR("Trail: Harga cabai…")));
	got = related_breadcrumb(a, &look, rows.v, 0, 20);
	assert_int_equal(got.n, 0);
	arena_free(a);
}

/* ---- feeds ---- */

static void
test_feeds(void **state)
{
	static const struct feed_state fine = {.last_at = SAMPLE_NOW,
	    .last_status = 200,
	    .url = STR_INIT("https://kabar.example/rss"),
	    .unread = 48,
	    .total = 1204};
	static const struct feed_state busy = {.last_at = SAMPLE_NOW - 16980,
	    .last_status = 503,
	    .health = FEED_FAILING,
	    .next_at = SAMPLE_NOW + 1020,
	    .error = STR_INIT("the server is busy (HTTP 503)")};
	static const struct feed_state gone = {.last_at = SAMPLE_NOW - 172800,
	    .last_status = 410,
	    .health = FEED_GONE,
	    .error = STR_INIT("gone (410)")};
	static const struct feed_state tls = {.last_at = SAMPLE_NOW - 172800,
	    .health = FEED_FAILING,
	    .next_at = SAMPLE_NOW + 172800,
	    .error = STR_INIT("certificate expired on 2 Sep")};
	static const struct feed_row rows[] = {
	    {FEED_ROW_STARRED, STR_INIT("Starred"), 0, false, 18, NULL, 0, false, false},
	    {FEED_ROW_TODAY, STR_INIT("Today"), 0, false, 1132, NULL, 0, false, false},
	    {FEED_ROW_SECTION, STR_INIT("Nasional"), 0, false, 71, NULL, 0, false, false},
	    {FEED_ROW_FEED, STR_INIT("ANTARA Terkini"), 0, false, 48, &fine, 600, false,
		true},
	    {FEED_ROW_FEED, STR_INIT("Kabar Selatan"), 0, false, 0, &fine, 900, false,
		true},
	    {FEED_ROW_FEED, STR_INIT("Warta"), 0, false, 3, &fine, 0, false, true},
	    {FEED_ROW_SECTION, STR_INIT("Asia"), 1, false, 0, NULL, 0, false, false},
	    {FEED_ROW_FEED, STR_INIT("AFP Monde"), 1, false, 41, &busy, 600, false, true},
	    {FEED_ROW_FEED, STR_INIT("Kyodo (English)"), 1, false, 0, &gone, 600, false,
		true},
	    {FEED_ROW_FEED, STR_INIT("Pos"), 1, false, 0, &tls, 600, false, true},
	    {FEED_ROW_FEED, STR_INIT("NHK"), 1, false, 0, NULL, 600, false, true},
	    {FEED_ROW_FEED, STR_INIT("Istirahat"), 1, false, 2, &fine, 600, true, true},
	    {FEED_ROW_SECTION, STR_INIT("Ekonomi"), 0, true, 0, NULL, 0, false, false},
	    {FEED_ROW_SEARCH, STR_INIT("garam lang:id"), 0, false, 3, NULL, 0, false,
		false},
	};
	static const struct feed_fetch log[] = {
	    {SAMPLE_NOW, 200, 214000, 420, 12, 1, STR_INIT("")},
	    {SAMPLE_NOW - 600, 304, 0, 180, 0, 0, STR_INIT("")},
	    {SAMPLE_NOW - 1200, 503, 1000, 300, 0, 0,
		STR_INIT("the server is busy (HTTP 503)")}};
	struct feed_fetches fetches = {
	    (struct feed_fetch *)(uintptr_t)log, COUNT_OF(log)};
	struct look look = sample_look(LANGUAGE_EN, SYMBOLS_UNICODE);
	struct arena *a = arena_new();
	struct lines lines = {0}, narrow = {0}, details = {0};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(rows); i++) {
		struct str trouble = feed_trouble(a, &look, &rows[i]);

		feed_line(a, &look, &rows[i], i == 3, 80, lines_push(a, &lines));
		feed_line(a, &look, &rows[i], i == 2, 40, lines_push(a, &narrow));
		if (trouble.n > 0)
			line_add(a, lines_push(a, &details), ROLE_ERROR, trouble);
	}
	check(&lines, 80, "feeds-80.txt");
	check(&narrow, 40, "feeds-40.txt");
	feed_detail_lines(a, &look, &rows[3], &fetches, 80, &details);
	check(&details, 80, "feed-details-80.txt");
	arena_free(a);
}

/* ---- refresh ---- */

static void
test_refresh(void **state)
{
	static const struct refresh_row rows[] = {
	    {STR_INIT("ANTARA Terkini"), REFRESH_DONE, 12, 1, 214000, 420, 200,
		STR_INIT("")},
	    {STR_INIT("ANTARA Politik"), REFRESH_DONE, 9, 0, 180000, 510, 200,
		STR_INIT("")},
	    {STR_INIT("Yonhap"), REFRESH_UNCHANGED, 0, 0, 0, 180, 304, STR_INIT("")},
	    {STR_INIT("AFP Monde"), REFRESH_FAILED, 0, 0, 900, 300, 503,
		STR_INIT("HTTP 503, again at 15.02")},
	    {STR_INIT("Kyodo"), REFRESH_ASKED, 0, 0, 0, 0, 0, STR_INIT("")},
	    {STR_INIT("BBC Indonesia yang panjang namanya"), REFRESH_RECEIVING, 0, 0,
		118000, 0, 0, STR_INIT("")},
	    {STR_INIT("DW Indonesia"), REFRESH_WAITING, 0, 0, 0, 0, 0, STR_INIT("")},
	};
	struct refresh_view view = {rows, COUNT_OF(rows), 2, 2100, 0, 20};
	struct look look = sample_look(LANGUAGE_EN, SYMBOLS_UNICODE);
	struct arena *a = arena_new();
	struct lines lines = {0}, narrow = {0};

	(void)state;
	refresh_lines(a, &look, &view, 80, &lines);
	check(&lines, 80, "refresh-80.txt");
	look = sample_look(LANGUAGE_ID, SYMBOLS_ASCII);
	view.top = 3;
	view.max_rows = 2;
	refresh_lines(a, &look, &view, 40, &narrow);
	check(&narrow, 40, "refresh-id-40.txt");
	arena_free(a);
}

/* ---- keys ---- */

static const struct command commands[] = {
    {"read-on", "Space", 0, "Page down, then the next unread story", "Read"},
    {"line-down", "j, ↓", 0, "One line down", "Read"},
    {"follow", "Enter", 0, "Follow the chosen link", "Links"},
    {"mark-all-read", "A", 0, "Mark all stories shown here as read", "Keep"},
    {"mark-above-read", "M", 0, "Mark this story and all above it as read", "Keep"},
    {"next-story", "J", 0, "Next story", "Read"},
    {"star", "s", 0, "Star or unstar: starred stories are never deleted", "Keep"},
    {"history", "", 0, "Every story opened, newest first", NULL},
};

static const struct help_row help[] = {{&commands[0], 0, STR_INIT("Space")},
    {&commands[1], 1, STR_INIT("j ↓")}, {&commands[2], 2, STR_INIT("Enter")},
    {&commands[3], 3, STR_INIT("A")}, {&commands[4], 4, STR_INIT("M")},
    {&commands[5], 5, STR_INIT("J")}, {&commands[6], 6, STR_INIT("s")},
    {&commands[7], 7, STR_INIT("")}};

static void
test_help(void **state)
{
	struct look look = sample_look(LANGUAGE_EN, SYMBOLS_UNICODE);
	struct arena *a = arena_new();
	struct lines all = {0}, some = {0}, menu = {0}, palette = {0};
	size_t *found, n, i;

	(void)state;
	help_lines(a, &look, help, COUNT_OF(help), STR(""), 80, &all);
	check(&all, 80, "help-80.txt");
	help_lines(a, &look, help, COUNT_OF(help), STR("read MARK"), 80, &some);
	assert_int_equal(some.n, 3);
	assert_int_equal(some.v[0].block, HELP_NO_ROW);
	assert_int_equal(some.v[1].block, 3);
	menu_lines(a, &look, help, COUNT_OF(help), 78, 4, &menu);
	check(&menu, 78, "menu-78.txt");
	found = palette_match(a, &look, help, COUNT_OF(help), STR("mark"), &n);
	for (i = 0; i < n; i++)
		palette_line(
		    a, &look, &help[found[i]], i == 0, 76, lines_push(a, &palette));
	check(&palette, 76, "palette-76.txt");
	found = palette_match(a, &look, help, COUNT_OF(help), STR(""), &n);
	assert_int_equal(n, COUNT_OF(help));
	arena_free(a);
}

static void
test_fuzzy(void **state)
{
	/* Each is a better match than the one below it for its needle. */
	static const struct {
		const char *needle, *better, *worse;
	} rows[] = {{"mar", "mark-all-read", "toggle-read-marks"},
	    {"mar", "mark-all-read", "similar"}, {"read", "read-on", "mark-read"},
	    {"MAR", "mark-all-read", "star"}, {"st", "star", "next-story"}};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(rows); i++) {
		struct str needle = str_z(rows[i].needle);

		if (fuzzy_score(str_z(rows[i].better), needle) <=
		    fuzzy_score(str_z(rows[i].worse), needle))
			fail_msg("'%s': '%s' is no better than '%s'", rows[i].needle,
			    rows[i].better, rows[i].worse);
	}
	assert_int_equal(fuzzy_score(STR("star"), STR("x")), 0);
	assert_int_equal(fuzzy_score(STR(""), STR("x")), 0);
	assert_true(fuzzy_score(STR(""), STR("")) > 0);
	assert_true(fuzzy_score(STR("Kapal riset"), STR("kap ris")) > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_bars),
	    cmocka_unit_test(test_related),
	    cmocka_unit_test(test_breadcrumb),
	    cmocka_unit_test(test_feeds),
	    cmocka_unit_test(test_refresh),
	    cmocka_unit_test(test_help),
	    cmocka_unit_test(test_fuzzy),
	};

	sample_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
