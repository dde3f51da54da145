/*
 * Screens that are lines to scroll: help, log, refresh in detail, store, history, queue, details.
 * Each is a function that makes the lines; some have rows that can be chosen.
 */
#include <stdlib.h>
#include <string.h>

#include "app/desk.h"
#include "base/utf8.h"
#include "store/care.h"
#include "store/fetch_queue.h"
#include "store/saved.h"
#include "text/url.h"
#include "view/bars.h"
#include "view/feed_lines.h"
#include "view/help_lines.h"
#include "view/refresh_lines.h"

struct text_screen;
typedef void make_lines(struct text_screen *, struct desk *, struct arena *, size_t cols,
    struct lines *);
/* Enter on a row (line.block); NULL: rows cannot be chosen. */
typedef void open_row(struct text_screen *, struct desk *, uint32_t row);

#define LINE_OF_NO_ROW UINT32_MAX

struct text_screen {
	struct screen base;
	struct str title; /* on the heap */
	make_lines *make;
	open_row *open;
	size_t top; /* first line shown */
	uint32_t chosen; /* row, when they can be chosen */
	uint32_t n_rows; /* as drawn last */
	uint32_t chosen_block; /* what the chosen row is to its maker */
	size_t n_lines, rows;
	/* what the makers need */
	struct screen_kind help_kind; /* a copy: the screen may be gone when the help is drawn */
	char needle[100];
	story_id id;
	struct str url; /* on the heap */
	story_id *ids; /* of the rows; on the heap */
	size_t n_ids;
};

static struct text_screen *
self(struct screen *s)
{
	return (struct text_screen *)s;
}

static void
add_text(struct arena *a, struct lines *out, enum role role, struct str text)
{
	struct line *line = lines_push(a, out);
	line->block = LINE_OF_NO_ROW;
	line_add(a, line, ROLE_TEXT, STR("  "));
	line_add(a, line, role, text);
}

static void
add_pair(struct arena *a, struct lines *out, const char *label, struct str value)
{
	struct line *line = lines_push(a, out);
	line->block = LINE_OF_NO_ROW;
	line_add(a, line, ROLE_DIM, arena_fmt(a, "  %s", label));
	line_pad(a, line, ROLE_TEXT, 24);
	line_add(a, line, ROLE_TEXT, value);
}

/* --- help ----------------------------------------------------------------------------------------- */

static size_t
help_rows(struct text_screen *t, struct desk *d, struct arena *a, struct help_row **rows)
{
	struct screen fake = {&t->help_kind};
	return desk_command_rows(d, a, &fake, rows);
}

static void
make_help(struct text_screen *t, struct desk *d, struct arena *a, size_t cols, struct lines *out)
{
	struct help_row *rows;
	size_t n = help_rows(t, d, a, &rows);
	help_lines(a, &d->look, rows, n, str_z(t->needle), cols, out);
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].block == HELP_NO_ROW)
			out->v[i].block = LINE_OF_NO_ROW;
}

static void
open_help(struct text_screen *t, struct desk *d, uint32_t row)
{
	struct help_row *rows;
	struct arena *a = arena_new();
	size_t n = help_rows(t, d, a, &rows);
	int command = row < n ? rows[row].index : -1;
	arena_free(a);
	desk_pop(d); /* t is gone now */
	if (command >= 0)
		desk_command(d, command, 0);
}

/* --- log ------------------------------------------------------------------------------------------ */

static void
make_log(struct text_screen *t, struct desk *d, struct arena *a, size_t cols, struct lines *out)
{
	size_t n = d->n_log < DESK_MAX_LOG ? d->n_log : DESK_MAX_LOG;
	(void)t;
	for (size_t i = 0; i < n; i++) {
		const struct message *m = &d->log[(d->n_log - 1 - i) % DESK_MAX_LOG];
		struct line *line = lines_push(a, out);
		line->block = LINE_OF_NO_ROW;
		line_add(a, line, ROLE_TIME, arena_fmt(a, " %.*s  ",
		    STR_ARG(look_when(a, &d->look, WHEN_CLOCK, m->at))));
		line_add_cut(a, line, m->role, str_z(m->text), cols > line->cols ? cols - line->cols : 0,
		    look_symbol(&d->look, SYMBOL_ELLIPSIS));
	}
	if (n == 0)
		add_text(a, out, ROLE_DIM, words_say(&d->words, "No messages yet."));
}

/* --- refresh in detail ------------------------------------------------------------------------------ */

static void
make_refresh(struct text_screen *t, struct desk *d, struct arena *a, size_t cols,
    struct lines *out)
{
	const struct refreshing *r = &d->refresh;
	struct refresh_view view = {.rows = r->rows, .n = r->n, .top = 0, .max_rows = r->n,
	    .per_host = (int)config_number(&d->app->config, OPT_per_host)};
	(void)t;
	if (r->n == 0) {
		add_text(a, out, ROLE_DIM, words_say(&d->words, "Nothing was fetched yet."));
		return;
	}
	view.ms = (r->running ? clock_monotonic_ms() : r->ended_ms) - r->began_ms;
	refresh_lines(a, &d->look, &view, cols, out);
	for (size_t i = 0; i < out->n; i++)
		out->v[i].block = LINE_OF_NO_ROW;
}

/* --- store ------------------------------------------------------------------------------------------ */

static void
make_store(struct text_screen *t, struct desk *d, struct arena *a, size_t cols, struct lines *out)
{
	struct care_stats s;
	struct err e = {0};
	(void)t;
	(void)cols;
	if (!d->store || !care_stats(d->store, &s, &e)) {
		add_text(a, out, ROLE_DIM, d->store ? arena_str(a, str_z(e.text))
						    : words_say(&d->words, "There is no store yet."));
		return;
	}
	const struct { const char *label; int64_t n; } rows[] = {
		{"Stories", s.stories}, {"Unread", s.unread}, {"Starred", s.starred},
		{"Stored", s.stored}, {"Gone", s.gone}, {"Feeds", s.feeds}, {"Links", s.links},
		{"Links resolved", s.resolved_links}, {"Earlier versions", s.versions},
		{"Not indexed yet", s.unindexed}, {"Waiting to be stored", s.queued},
	};
	add_pair(a, out, "File", str_z(store_path(d->store)));
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		add_pair(a, out, rows[i].label, word_number(a, &d->words, rows[i].n));
	add_pair(a, out, "Size", word_size(a, &d->words, s.file_bytes + s.log_bytes));
	if (s.oldest)
		add_pair(a, out, "Oldest", look_when(a, &d->look, WHEN_SHORT, s.oldest));
	if (s.newest)
		add_pair(a, out, "Newest", look_when(a, &d->look, WHEN_SHORT, s.newest));
}

/* --- history and queue --------------------------------------------------------------------------------- */

static void
set_ids(struct text_screen *t, size_t n)
{
	t->ids = heap_resize(t->ids, (n + 1) * sizeof(*t->ids));
	t->n_ids = n;
}

static void
add_story(struct desk *d, struct arena *a, struct lines *out, uint32_t index, struct str title,
    int64_t at, size_t cols)
{
	struct line *line = lines_push(a, out);
	line->block = index;
	line_add(a, line, ROLE_TIME, arena_fmt(a, "  %.*s",
	    STR_ARG(look_when(a, &d->look, WHEN_COLUMN, at))));
	line_pad(a, line, ROLE_TEXT, 12);
	line_add_cut(a, line, ROLE_HEADLINE, title, cols > line->cols + 1 ? cols - line->cols - 1 : 0,
	    look_symbol(&d->look, SYMBOL_ELLIPSIS));
}

static void
make_history(struct text_screen *t, struct desk *d, struct arena *a, size_t cols,
    struct lines *out)
{
	struct saved_openeds opened = {0};
	struct story_rows rows = {0};
	struct err e = {0};
	if (d->store && saved_openeds(d->store, a, 500, &opened, &e)) {
		story_id *ids = ARENA_ARRAY(a, story_id, opened.n + 1);
		for (size_t i = 0; i < opened.n; i++)
			ids[i] = opened.v[i].id;
		if (!list_ids(d->store, a, ids, opened.n, &rows, &e))
			rows.n = 0;
	}
	set_ids(t, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		t->ids[i] = rows.v[i].id;
		add_story(d, a, out, (uint32_t)i, rows.v[i].title, rows.v[i].published, cols);
	}
	if (rows.n == 0)
		add_text(a, out, ROLE_DIM, words_say(&d->words, "No story was opened yet."));
}

static void
make_queue(struct text_screen *t, struct desk *d, struct arena *a, size_t cols, struct lines *out)
{
	struct fetch_wishes wishes = {0};
	struct err e = {0};
	if (d->store && !fetch_queue_list(d->store, a, 500, &wishes, &e))
		wishes.n = 0;
	set_ids(t, wishes.n);
	for (size_t i = 0; i < wishes.n; i++) {
		const struct fetch_wish *w = &wishes.v[i];
		t->ids[i] = w->id;
		add_story(d, a, out, (uint32_t)i, w->title.n ? w->title : url_show(a, w->url, 0),
		    w->at, cols);
	}
	if (wishes.n == 0)
		add_text(a, out, ROLE_DIM,
		    words_say(&d->words, "No story waits to be stored."));
}

static void
open_id(struct text_screen *t, struct desk *d, uint32_t row)
{
	if (row < t->n_ids && t->ids[row] != STORY_NONE)
		desk_open_story(d, t->ids[row], true);
}

/* --- details ------------------------------------------------------------------------------------------- */

static void
make_details(struct text_screen *t, struct desk *d, struct arena *a, size_t cols,
    struct lines *out)
{
	struct read_story s;
	struct err e = {0};
	(void)cols;
	if (!d->store || !read_story(d->store, a, t->id, &s, &e)) {
		add_text(a, out, ROLE_WARNING, arena_str(a, str_z(e.text)));
		return;
	}
	add_text(a, out, ROLE_STORY_TITLE, s.row.title);
	lines_push(a, out)->block = LINE_OF_NO_ROW;
	add_pair(a, out, "Number", arena_fmt(a, "%lld", (long long)s.row.id));
	add_pair(a, out, "Address", url_show(a, s.row.url, 0));
	add_pair(a, out, "Agency", s.row.agency);
	add_pair(a, out, "Published", look_when(a, &d->look, WHEN_FULL, s.row.published));
	add_pair(a, out, "Updated", look_when(a, &d->look, WHEN_FULL, s.row.updated));
	add_pair(a, out, "First seen", look_when(a, &d->look, WHEN_FULL, s.row.first_seen));
	add_pair(a, out, "Language", s.row.lang);
	if (s.row.urgency)
		add_pair(a, out, "Urgency", word_number(a, &d->words, s.row.urgency));
	add_pair(a, out, "Text", word_size(a, &d->words, (int64_t)s.story.body.text.n));
	add_pair(a, out, "Version", word_number(a, &d->words, s.row.version));
	for (size_t i = 0; i < s.versions.n; i++)
		add_pair(a, out, "  earlier", arena_fmt(a, "%d  %.*s  %.*s", s.versions.v[i].n,
		    STR_ARG(look_when(a, &d->look, WHEN_SHORT, s.versions.v[i].at)),
		    STR_ARG(s.versions.v[i].title)));
	for (int i = 0; i < s.row.n_feeds; i++) {
		const struct query_feed *f = names_of(&d->names, s.row.feeds[i]);
		if (f)
			add_pair(a, out, "Feed", f->name);
	}
	if (s.muted_by.n)
		add_pair(a, out, "Hidden by the rule", s.muted_by);
}

static void
make_feed_details(struct text_screen *t, struct desk *d, struct arena *a, size_t cols,
    struct lines *out)
{
	const struct wire_subscription *s = feeds_file_by_url(&d->app->feeds, t->url);
	struct feed_fetches fetches = {0};
	struct err e = {0};
	feed_id id = FEED_NONE;
	if (!s)
		return;
	if (d->store && feeds_find(d->store, t->url, &id, &e) && id != FEED_NONE &&
	    !feeds_log(d->store, a, id, &fetches, &e))
		fetches.n = 0;
	struct feed_row row = {.kind = FEED_ROW_FEED, .name = subscription_name(a, s),
	    .state = names_state(&d->names, id), .paused = s->paused,
	    .every_s = s->every_s >= 0 ? s->every_s
				       : config_number(&d->app->config, OPT_interval) / 1000};
	feed_detail_lines(a, &d->look, &row, &fetches, cols, out);
	for (size_t i = 0; i < out->n; i++)
		out->v[i].block = LINE_OF_NO_ROW;
}

/* --- the screen ---------------------------------------------------------------------------------------- */

static void
scroll(struct text_screen *t, long by)
{
	long last = (long)t->n_lines - (long)t->rows, to = (long)t->top + by;
	if (last < 0)
		last = 0;
	t->top = to < 0 ? 0 : to > last ? (size_t)last : (size_t)to;
}

static void
choose(struct text_screen *t, long by)
{
	long last = (long)t->n_rows - 1, to = (long)t->chosen + by;
	if (last < 0)
		last = 0;
	t->chosen = to < 0 ? 0 : to > last ? (uint32_t)last : (uint32_t)to;
}

static bool
command(struct screen *screen, struct desk *d, int what, int count)
{
	struct text_screen *t = self(screen);
	long n = count > 0 ? count : 1, by = 0, page = (long)t->rows > 1 ? (long)t->rows - 1 : 1;
	switch (what) {
	case COMMAND_NEXT_ROW:
		by = n;
		break;
	case COMMAND_PREVIOUS_ROW:
		by = -n;
		break;
	case COMMAND_PAGE_DOWN:
		by = page;
		break;
	case COMMAND_PAGE_UP:
		by = -page;
		break;
	case COMMAND_HALF_PAGE_DOWN:
		by = page / 2;
		break;
	case COMMAND_HALF_PAGE_UP:
		by = -page / 2;
		break;
	case COMMAND_FIRST_ROW:
		by = -1000000;
		break;
	case COMMAND_LAST_ROW:
		by = 1000000;
		break;
	case COMMAND_OPEN:
		if (t->open && t->n_rows)
			t->open(t, d, t->chosen_block);
		return true;
	case COMMAND_FIND:
		if (t->make != make_help)
			return false;
		desk_prompt(d, PROMPT_HELP, word_fill1(d->app->arena,
		    word(&d->words, WORD_SEARCH_IS), STR("")), str_z(t->needle), screen);
		return true;
	case COMMAND_HELP:
		return t->make == make_help;
	default:
		return false;
	}
	if (t->open)
		choose(t, by);
	else
		scroll(t, by);
	return true;
}

static void
prompt(struct screen *screen, struct desk *d, int what, struct str text, bool accepted)
{
	struct text_screen *t = self(screen);
	if (what != PROMPT_HELP)
		return;
	struct str cut = utf8_cut(text, sizeof(t->needle) - 1);
	memcpy(t->needle, cut.p, cut.n);
	t->needle[cut.n] = '\0';
	t->chosen = 0;
	t->top = 0;
	(void)d;
	(void)accepted;
}

/* Rows are numbered by their block; the chosen one is the n-th distinct one on the page. */
static void
draw(struct screen *screen, struct desk *d, struct area area, bool focused)
{
	struct text_screen *t = self(screen);
	struct lines lines = {0};
	size_t chosen_line = SIZE_MAX;
	t->make(t, d, d->frame, (size_t)area.cols, &lines);
	t->n_lines = lines.n;
	t->rows = (size_t)area.rows;
	t->n_rows = 0;
	uint32_t chosen_block = LINE_OF_NO_ROW;
	for (size_t i = 0; i < lines.n && t->open; i++) {
		if (lines.v[i].block == LINE_OF_NO_ROW ||
		    (i && lines.v[i].block == lines.v[i - 1].block))
			continue;
		if (t->n_rows++ == t->chosen) {
			chosen_line = i;
			chosen_block = lines.v[i].block;
		}
	}
	t->chosen_block = chosen_block;
	if (chosen_line != SIZE_MAX && chosen_line < t->top)
		t->top = t->chosen == 0 ? 0 : chosen_line;
	if (chosen_line != SIZE_MAX && chosen_line >= t->top + t->rows)
		t->top = chosen_line + 1 - t->rows;
	if (t->chosen == 0 && chosen_line != SIZE_MAX && chosen_line < t->rows)
		t->top = 0;
	scroll(t, 0);
	for (size_t i = 0; i < t->rows && t->top + i < lines.n; i++) {
		int row = area.row + (int)i;
		canvas_put_line(d->canvas, row, area.col, &lines.v[t->top + i], area.cols);
		if (t->top + i != chosen_line)
			continue;
		canvas_over(d->canvas, row, area.col, 1, area.cols, ROLE_SELECTED);
		if (focused)
			canvas_cursor(d->canvas, row, area.col, false);
	}
	if (focused && chosen_line == SIZE_MAX)
		canvas_cursor(d->canvas, area.row, area.col, false);
}

static void
title(struct screen *screen, struct desk *d, struct arena *a, struct screen_title *t)
{
	struct text_screen *s = self(screen);
	t->where[0] = s->title;
	t->n_where = 1;
	if (s->make == make_refresh && d->refresh.began_at)
		t->right = word_fill1(a, word(&d->words, WORD_STARTED),
		    look_when(a, &d->look, WHEN_CLOCK, d->refresh.began_at));
	else if (s->n_lines > s->rows)
		t->right = arena_fmt(a, "%zu-%zu of %zu", s->top + 1,
		    s->top + s->rows < s->n_lines ? s->top + s->rows : s->n_lines, s->n_lines);
}

static struct str
status(struct screen *screen, struct desk *d, struct arena *a)
{
	struct text_screen *t = self(screen);
	if (t->make != make_help)
		return STR("");
	return t->needle[0] ? arena_fmt(a, "%.*s", STR_ARG(word_fill1(a,
		word(&d->words, WORD_SEARCH_IS), str_z(t->needle))))
			    : words_say(&d->words, "/ searches, Enter runs the chosen command.");
}

static int64_t
current(struct screen *screen, struct desk *d)
{
	struct text_screen *t = self(screen);
	(void)d;
	if (t->id != STORY_NONE)
		return t->id;
	return t->open == open_id && t->chosen < t->n_ids ? t->ids[t->chosen] : STORY_NONE;
}

static void
release(struct screen *screen)
{
	struct text_screen *t = self(screen);
	free((char *)t->title.p);
	free((char *)t->url.p);
	free(t->ids);
	free(t);
}

static const struct screen_kind text_kind = {
	.name = "text",
	.contexts = {CONTEXT_LIST, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_CLOSE, -1},
	.draw = draw, .command = command, .title = title, .status = status, .prompt = prompt,
	.current = current, .free = release,
};

static struct text_screen *
new_screen(struct desk *d, const char *name, make_lines *make, open_row *open)
{
	struct text_screen *t = heap_alloc(sizeof(*t));
	struct str shown = words_say(&d->words, name);
	t->base.kind = &text_kind;
	t->title = str_of(heap_z(shown), shown.n);
	t->make = make;
	t->open = open;
	return t;
}

struct screen *
help_screen_new(struct desk *d, const struct screen *of)
{
	struct text_screen *t = new_screen(d, "Help", make_help, open_help);
	struct str name = arena_fmt(d->frame, "%.*s: %s", STR_ARG(t->title), of->kind->name);
	free((char *)t->title.p);
	t->title = str_of(heap_z(name), name.n);
	t->help_kind = *of->kind;
	return &t->base;
}

struct screen *
log_screen_new(struct desk *d)
{
	return &new_screen(d, "Messages", make_log, NULL)->base;
}

struct screen *
refresh_screen_new(struct desk *d)
{
	return &new_screen(d, "Refresh", make_refresh, NULL)->base;
}

struct screen *
store_screen_new(struct desk *d)
{
	return &new_screen(d, "Store", make_store, NULL)->base;
}

struct screen *
history_screen_new(struct desk *d)
{
	return &new_screen(d, "Every story opened", make_history, open_id)->base;
}

struct screen *
queue_screen_new(struct desk *d)
{
	return &new_screen(d, "Waiting to be stored", make_queue, open_id)->base;
}

struct screen *
details_screen_new(struct desk *d, story_id id)
{
	struct text_screen *t = new_screen(d, "Details", make_details, NULL);
	t->id = id;
	return &t->base;
}

struct screen *
feed_details_screen_new(struct desk *d, struct str url)
{
	struct text_screen *t = new_screen(d, "Feed", make_feed_details, NULL);
	t->url = str_of(heap_z(url), url.n);
	return &t->base;
}
