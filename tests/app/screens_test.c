/*
 * What a reader sees, as golden files: every view on the canvas at four sizes, from a store that
 * the real program made of the sample wire.  No terminal, no wire, a clock that stands still.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/desk.h"
#include "app/language.h"
#include "base/file.h"
#include "view/golden.h"

extern char **environ;

enum { NOW = 1795590000 }; /* Wednesday, 25 November 2026, 15.00 in Jakarta */

static char folder[] = "screens-XXXXXX";

/* Fetch the sample wire into the folder by the program that was just built. */
static int
make_store(void **state)
{
	char feeds[64], data[64], config[64];
	char *argv[] = {(char *)(uintptr_t)"src/kawat", (char *)(uintptr_t)"--replay",
	    (char *)(uintptr_t)TEST_SRCDIR "/wire", (char *)(uintptr_t)"-d", data,
	    (char *)(uintptr_t)"-c", config, (char *)(uintptr_t)"-f", feeds,
	    (char *)(uintptr_t)"-q", (char *)(uintptr_t)"refresh", NULL};
	struct arena *a = arena_new();
	struct bytes wire_feeds;
	struct err e = {0};
	int status;
	pid_t pid;
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(feeds, sizeof(feeds), "%s/feeds", folder);
	snprintf(data, sizeof(data), "%s/data", folder);
	snprintf(config, sizeof(config), "%s/config", folder);
	bool ok = file_read(a, TEST_SRCDIR "/wire/feeds", 0, &wire_feeds, &e) &&
	          file_replace(feeds, wire_feeds, &e) &&
	          file_replace(config, bytes_of("", 0), &e) &&
	          posix_spawn(&pid, argv[0], NULL, NULL, argv, environ) == 0 &&
	          waitpid(pid, &status, 0) == pid && status == 0;
	arena_free(a);
	return ok ? 0 : -1;
}

static int
remove_store(void **state)
{
	char *argv[] = {(char *)(uintptr_t)"rm", (char *)(uintptr_t)"-rf", folder, NULL};
	pid_t pid;
	(void)state;
	return posix_spawnp(&pid, "rm", NULL, NULL, argv, environ) == 0 &&
	               waitpid(pid, NULL, 0) == pid ? 0 : -1;
}

/* --- a desk in a test ----------------------------------------------------------------------------- */

struct bench {
	struct app app;
	struct desk *desk;
	int wire; /* what the desk says to wire, unread */
};

static void
hold_still(struct desk *d)
{
	for (size_t i = 0; i < d->names.states.n; i++) {
		d->names.states.v[i].good_at = d->names.states.v[i].last_at = NOW - 900;
		d->names.states.v[i].next_at = NOW + 900;
	}
}

static void
begin(struct bench *b, int cols, int rows, bool with_feeds)
{
	struct err e = {0};
	int ends[2];
	*b = (struct bench){.app = {.arena = arena_new()}};
	struct arena *a = b->app.arena;
	b->app.paths.data = arena_fmt(a, "%s/%s", folder, with_feeds ? "data" : "none").p;
	b->app.paths.feeds = arena_fmt(a, "%s/%s", folder, with_feeds ? "feeds" : "none").p;
	b->app.paths.config = TEST_SRCDIR "/../src/app/config"; /* beside the catalogue */
	b->app.paths.own_themes = "none";
	assert_true(config_load(&b->app.config, a, b->app.paths.config, &e));
	assert_true(feeds_file_load(&b->app.feeds, a, b->app.paths.feeds, &e));
	struct desk *d = b->desk = desk_new(&b->app, &e);
	assert_non_null(d);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
	channel_init_take(&d->wire.channel, ends[0]);
	b->wire = ends[1];
	d->fixed_now = NOW;
	d->hint_given = true;
	canvas_resize(d->canvas, cols, rows);
	desk_begin_look(d, true);
	d->look.now = NOW;
}

static void
open_desk(struct bench *b)
{
	desk_open_store(b->desk);
	hold_still(b->desk);
	desk_first_screens(b->desk);
	desk_draw_frame(b->desk);
}

static void
end(struct bench *b)
{
	channel_clear(&b->desk->wire.channel);
	close(b->wire);
	desk_free(b->desk);
	arena_free(b->app.arena);
}

/* "j j Enter", each a key's name; "=text" types the letters. */
static void
press(struct bench *b, const char *keys)
{
	struct str rest = str_z(keys), word;
	struct input_event event = {.kind = INPUT_KEY};
	while (rest.n) {
		str_cut(rest, ' ', &word, &rest);
		bool typed = word.n > 1 && word.p[0] == '=';
		for (size_t i = typed; i < (typed ? word.n : 1); i++) {
			struct str name = typed ? str_sub(word, i, 1) : word;
			assert_true(key_parse(str_eq(name, STR("_")) ? STR("Space") : name,
			    &event.key));
			desk_event(b->desk, &event);
		}
		desk_draw_frame(b->desk);
	}
}

/* What stands beside the list after a moment's rest. */
static void
rest(struct bench *b)
{
	if (desk_is_wide(b->desk) && !desk_story_screen(b->desk))
		desk_preview(b->desk, desk_current_story(b->desk));
	desk_draw_frame(b->desk);
}

static void
check(struct bench *b, const char *name)
{
	struct buf dump = {0};
	char file[80];
	canvas_dump(b->desk->canvas, CANVAS_DUMP_CURSOR, &dump);
	snprintf(file, sizeof(file), "screens/%s-%dx%d.txt", name, canvas_cols(b->desk->canvas),
	    canvas_rows(b->desk->canvas));
	golden_check(file, buf_str(&dump));
	buf_clear(&dump);
}

/* --- the views ------------------------------------------------------------------------------------ */

#define TO_CABLE "/ =Kabel_laut_Selat_Parai_tersambung Enter"

static const struct {
	const char *name, *keys;
} views[] = {
	{"headlines", ""},
	{"headlines-picked", "j x x j j"},
	{"story", TO_CABLE " Enter"},
	{"story-end", TO_CABLE " Enter G"},
	{"story-source", TO_CABLE " Enter z v"},
	{"story-link", TO_CABLE " Enter Tab"},
	{"trail", TO_CABLE " Enter 1 1"},
	{"split", TO_CABLE " Enter Tab v"},
	{"related", TO_CABLE " Enter 1 t"},
	{"timeline", TO_CABLE " t T"},
	{"filter", "f =kabel"},
	{"search", "F =kabel_laut Enter"},
	{"search-best", "F =kabel_laut Enter z s"},
	{"search-none", "F =kabeel Enter"},
	{"oldest", "z s"},
	{"feeds", "g f j j"},
	{"starred-none", "g s"},
	{"help", "?"},
	{"help-typed", TO_CABLE " Enter ? =link"},
	{"menu", "g"},
	{"palette", ": =mark"},
	{"unknown-key", "W"},
	{"log", "W g l"},
	{"refresh", "g r"},
	{"queue", "g d"},
	{"compare", TO_CABLE " c"},
	{"save", TO_CABLE " w"},
	{"related-beside", TO_CABLE " Enter 1 q j t"},
	{"alerts", "g a"},
};

static const struct {
	int cols, rows;
} sizes[] = {{80, 24}, {120, 40}, {200, 60}, {40, 10}};

static void
show_view(size_t view, int cols, int rows, bool prefix)
{
	struct bench b;
	begin(&b, cols, rows, true);
	open_desk(&b);
	press(&b, views[view].keys);
	b.desk->menu_shown = prefix;
	rest(&b);
	check(&b, views[view].name);
	end(&b);
}

static void
test_views(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(views); i++)
		for (size_t k = 0; k < COUNT_OF(sizes); k++)
			show_view(i, sizes[k].cols, sizes[k].rows, strcmp(views[i].name, "menu") == 0);
}

static void
test_welcome(void **state)
{
	struct bench b;
	(void)state;
	for (size_t k = 0; k < COUNT_OF(sizes); k++) {
		begin(&b, sizes[k].cols, sizes[k].rows, false);
		open_desk(&b);
		check(&b, "welcome");
		end(&b);
	}
}

/* Half a refresh: a bar in the status line, the rest in detail. */
static void
test_refreshing(void **state)
{
	struct refresh_row rows[] = {
		{.name = STR_INIT("NUSA Terkini"), .state = REFRESH_DONE, .n_new = 12, .n_updated = 1,
		    .n_bytes = 219136, .ms = 420, .status = 200},
		{.name = STR_INIT("Kabar Selatan"), .state = REFRESH_UNCHANGED, .ms = 180,
		    .status = 304},
		{.name = STR_INIT("Meridian World"), .state = REFRESH_FAILED, .n_bytes = 1024,
		    .ms = 300, .status = 503, .error = STR_INIT("HTTP 503, again at 15.02")},
		{.name = STR_INIT("Tirta"), .state = REFRESH_RECEIVING, .n_bytes = 120832},
	};
	struct bench b;
	(void)state;
	for (size_t k = 0; k < COUNT_OF(sizes); k++) {
		begin(&b, sizes[k].cols, sizes[k].rows, true);
		open_desk(&b);
		struct refreshing *r = &b.desk->refresh;
		r->running = false;
		r->n = COUNT_OF(rows);
		r->n_done = 3;
		r->began_at = NOW - 2;
		r->ended_ms = r->began_ms + 2100;
		r->rows = heap_alloc(sizeof(rows));
		memcpy(r->rows, rows, sizeof(rows));
		r->urls = heap_alloc(COUNT_OF(rows) * sizeof(*r->urls));
		snprintf(r->last, sizeof(r->last), "Tirta");
		press(&b, "g r");
		check(&b, "refresh-done");
		r->running = true;
		press(&b, "q");
		rest(&b);
		check(&b, "refreshing");
		end(&b);
	}
}

static void
test_indonesian(void **state)
{
	static const size_t shown[] = {0, 2, 3, 8, 10, 15, 17, 19};
	struct bench b;
	(void)state;
	if (!file_exists("src/locale/id/LC_MESSAGES/kawat.mo"))
		skip();
	for (size_t i = 0; i < COUNT_OF(shown); i++) {
		char name[64];
		begin(&b, 80, 24, true);
		assert_true(language_begin(&b.desk->words, STR("id"), "src"));
		open_desk(&b);
		press(&b, views[shown[i]].keys);
		b.desk->menu_shown = strcmp(views[shown[i]].name, "menu") == 0;
		rest(&b);
		snprintf(name, sizeof(name), "%s-id", views[shown[i]].name);
		check(&b, name);
		end(&b);
	}
}

static void
test_ascii(void **state)
{
	static const size_t shown[] = {0, 2, 8};
	struct bench b;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(shown); i++) {
		char name[64];
		begin(&b, 80, 24, true);
		b.desk->look.symbols = SYMBOLS_ASCII;
		open_desk(&b);
		press(&b, views[shown[i]].keys);
		snprintf(name, sizeof(name), "%s-ascii", views[shown[i]].name);
		check(&b, name);
		end(&b);
	}
}

/* UX 14.3 and 14.10: no size is too small to draw, and the cursor is always on the screen. */
static void
test_every_size(void **state)
{
	struct bench b;
	(void)state;
	begin(&b, 80, 24, true);
	open_desk(&b);
	for (size_t i = 0; i < COUNT_OF(views); i++) {
		while (b.desk->n_screens > 1)
			desk_pop(b.desk);
		b.desk->prompting = false;
		b.desk->keys = (struct keymap_state){0};
		press(&b, views[i].keys);
		for (int cols = 1; cols < 210; cols += cols < 50 ? 7 : 53) {
			for (int rows = 1; rows < 66; rows += rows < 12 ? 2 : 17) {
				canvas_resize(b.desk->canvas, cols, rows);
				desk_draw_frame(b.desk);
				struct cursor c = canvas_get_cursor(b.desk->canvas);
				assert_in_range(c.row, 0, rows - 1);
				assert_in_range(c.col, 0, cols - 1);
			}
		}
		canvas_resize(b.desk->canvas, 80, 24);
		desk_draw_frame(b.desk);
	}
	end(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_views),
		cmocka_unit_test(test_welcome),
		cmocka_unit_test(test_refreshing),
		cmocka_unit_test(test_indonesian),
		cmocka_unit_test(test_ascii),
		cmocka_unit_test(test_every_size),
	};
	setenv("TZ", "Asia/Jakarta", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	tzset();
	/* a story is never newer than the moment it was first seen, so the sample must lie behind us */
	if (time(NULL) < NOW - 15 * 3600) {
		fprintf(stderr, "SKIP: the clock stands before the sample wire's last story\n");
		return 77;
	}
	return cmocka_run_group_tests(tests, make_store, remove_store);
}
