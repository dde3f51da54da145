/*
 * Feeds and sections.  The feeds file gives the order; the store gives state and counts.  As the
 * left pane of a wide layout it follows what happens; Enter shows the stories of the row.
 */
#include <stdlib.h>

#include "app/desk.h"
#include "store/list.h"
#include "store/mark.h"
#include "text/url.h"
#include "view/bars.h"
#include "view/feed_lines.h"

struct row {
	struct feed_row shown;
	struct str query; /* what Enter lists */
	struct str url; /* of a feed */
	struct str section; /* whole name: Dunia/Asia */
};

struct feeds_screen {
	struct screen base;
	struct arena *arena; /* of the rows */
	struct {
		struct row *v;
		size_t n, cap;
	} rows;
	struct {
		struct str *v; /* names on the heap */
		size_t n, cap;
	} folded;
	struct {
		struct counted *v; /* the saved searches, in the order of the file */
		size_t n, cap;
	} counted;
	unsigned count_timer;
	struct desk *desk;
	size_t chosen, top, height;
};

/* How many unread stories a saved search finds, and of which state of the store that is true. */
struct counted {
	struct str query; /* on the heap */
	int64_t unread, version;
};

/*
 * Saved searches are counted a little after the screen shows them, up to a number and for a time: a
 * key never waits longer for it than a search may take.
 */
enum { COUNT_AFTER_MS = 20, COUNT_MS = 8, MOST_COUNTED = 1000 };

static struct feeds_screen *
self(struct screen *s)
{
	return (struct feeds_screen *)s;
}

/* --- rows ---------------------------------------------------------------------------------------- */

static bool
is_folded(const struct feeds_screen *f, struct str section)
{
	for (size_t i = 0; i < f->folded.n; i++)
		if (str_eq(f->folded.v[i], section))
			return true;
	return false;
}

/* Is the section inside one that is folded? */
static bool
is_hidden(const struct feeds_screen *f, struct str section)
{
	for (size_t i = 0; i < f->folded.n; i++) {
		struct str outer = f->folded.v[i];
		if (str_eq(outer, section) ||
		    (section.n > outer.n && str_starts(section, outer) && section.p[outer.n] == '/'))
			return true;
	}
	return false;
}

static struct str
quoted(struct arena *a, const char *field, struct str value)
{
	return arena_fmt(a, "%s:\"%.*s\"", field, STR_ARG(value));
}

static int64_t
section_unread(const struct desk *d, struct str section)
{
	int64_t n = 0;
	for (size_t i = 0; i < d->names.feeds.n; i++) {
		struct str in = d->names.feeds.v[i].section;
		const struct feed_state *s = names_state(&d->names, d->names.feeds.v[i].id);
		if (s && (str_eq(in, section) || (in.n > section.n && str_starts(in, section) &&
		              in.p[section.n] == '/')))
			n += s->unread;
	}
	return n;
}

static void
push_section(struct feeds_screen *f, struct desk *d, struct str section)
{
	struct arena *a = f->arena;
	size_t slash = str_find_last_char(section, '/');
	int depth = 0;
	for (size_t i = 0; i < section.n; i++)
		depth += section.p[i] == '/';
	if (slash != STR_NONE && is_hidden(f, str_sub(section, 0, slash)))
		return;
	struct row row = {.section = section, .query = quoted(a, "section", section),
	    .shown = {.kind = FEED_ROW_SECTION, .depth = depth, .folded = is_folded(f, section),
	        .name = slash == STR_NONE ? section : str_from(section, slash + 1),
	        .unread = section_unread(d, section)}};
	ARENA_PUSH(a, &f->rows, row);
}

/* The section and those around it that have no row yet: a section may hold nothing but sections. */
static void
push_sections(struct feeds_screen *f, struct desk *d, struct str section)
{
	for (size_t at = 0; at <= section.n; at++) {
		struct str outer = str_sub(section, 0, at);
		bool there = false;
		if (at < section.n && section.p[at] != '/')
			continue;
		for (size_t i = 0; i < f->rows.n && !there; i++)
			there = f->rows.v[i].shown.kind == FEED_ROW_SECTION &&
			        str_eq(f->rows.v[i].section, outer);
		if (!there)
			push_section(f, d, outer);
	}
}

static void
push_feed(struct feeds_screen *f, struct desk *d, size_t index)
{
	struct arena *a = f->arena;
	const struct wire_subscription *s = &d->app->feeds.feeds.v[index];
	const struct feed_state *state = NULL;
	if (index < d->names.feeds.n)
		state = names_state(&d->names, d->names.feeds.v[index].id);
	struct str name = index < d->names.feeds.n ? d->names.feeds.v[index].name
						   : subscription_name(a, s);
	struct row row = {.url = s->url, .section = s->section,
	    .query = quoted(a, "feed", s->name.n ? s->name : s->url),
	    .shown = {.kind = FEED_ROW_FEED, .name = name, .state = state,
	        .unread = state ? state->unread : 0, .paused = s->paused,
	        .in_section = s->section.n > 0,
	        .every_s = s->every_s >= 0 ? s->every_s
	            : config_number(&d->app->config, OPT_interval) / 1000}};
	ARENA_PUSH(a, &f->rows, row);
}

static void
push_fixed(struct feeds_screen *f, enum feed_row_kind kind, struct str name, const char *query,
    int64_t n)
{
	struct row row = {.query = str_z(query), .shown = {.kind = kind, .name = name, .unread = n}};
	ARENA_PUSH(f->arena, &f->rows, row);
}

static int64_t
unread_today(struct desk *d)
{
	enum { MOST = 10000 };
	struct query *q;
	struct err e = {0};
	int64_t n = 0, now = d->look.now;
	struct arena *a = arena_new();
	if (!d->store ||
	    !query_parse(a, STR("since:today is:unread"), d->names.feeds, now, local_offset_s(now), &q,
	        &e) ||
	    !list_count(d->store, q, MOST, &n, &e))
		n = 0;
	arena_free(a);
	return n;
}

/* --- saved searches ------------------------------------------------------------------------------ */

/* What is known of the search at this place of the feeds file. */
static struct counted *
counted_at(struct feeds_screen *f, size_t index, struct str query)
{
	if (index == f->counted.n) {
		if (f->counted.n == f->counted.cap) {
			f->counted.cap = f->counted.cap ? f->counted.cap * 2 : 8;
			f->counted.v = heap_resize(
			    f->counted.v, f->counted.cap * sizeof(*f->counted.v));
		}
		f->counted.v[f->counted.n++] = (struct counted){.version = -1};
	}
	struct counted *c = &f->counted.v[index];
	if (!str_eq(c->query, query)) {
		free((char *)c->query.p);
		*c = (struct counted){str_of(heap_z(query), query.n), 0, -1};
	}
	return c;
}

static bool
is_late(void *deadline)
{
	return clock_monotonic_ms() > *(const int64_t *)deadline;
}

/* What was not counted when the time is over is missing: the number is then too small. */
static void
count(struct desk *d, struct counted *c, int64_t deadline)
{
	struct query *q;
	struct err e = {0};
	int64_t now = d->look.now;
	struct arena *a = arena_new();
	c->version = d->store_version;
	c->unread = 0;
	store_set_interrupt(d->store, is_late, &deadline);
	if (query_parse(a, c->query, d->names.feeds, now, local_offset_s(now), &q, &e) &&
	    !list_count(d->store, query_and_unread(a, q), MOST_COUNTED, &c->unread, &e) &&
	    store_trouble(d->store) != STORE_STOPPED)
		c->unread = 0;
	store_set_interrupt(d->store, NULL, NULL);
	arena_free(a);
}

static bool
is_stale(const struct feeds_screen *f)
{
	for (size_t i = 0; i < f->counted.n; i++)
		if (f->counted.v[i].version != f->desk->store_version)
			return true;
	return false;
}

static void load(struct feeds_screen *, struct desk *);
static void count_later(struct feeds_screen *);

static void
count_some(void *ctx)
{
	struct feeds_screen *f = ctx;
	struct desk *d = f->desk;
	int64_t deadline = clock_monotonic_ms() + COUNT_MS;
	f->count_timer = 0;
	for (size_t i = 0; d->store && i < f->counted.n && !is_late(&deadline); i++)
		if (f->counted.v[i].version != d->store_version)
			count(d, &f->counted.v[i], deadline);
	load(f, d);
	count_later(f);
	desk_redraw(d);
}

/* Called when the rows are shown: those that nobody sees are not counted. */
static void
count_later(struct feeds_screen *f)
{
	if (f->desk->store && !f->count_timer && is_stale(f))
		f->count_timer = loop_after(f->desk->loop, COUNT_AFTER_MS, count_some, f);
}

static void
push_search(struct feeds_screen *f, struct desk *d, size_t index)
{
	const struct saved_search *s = &d->app->feeds.searches.v[index];
	struct row row = {.query = s->query,
	    .shown = {.kind = FEED_ROW_SEARCH, .name = s->name, .in_section = true,
	        .unread = counted_at(f, index, s->query)->unread}};
	ARENA_PUSH(f->arena, &f->rows, row);
}

static void
forget_searches(struct feeds_screen *f, size_t keep)
{
	while (f->counted.n > keep)
		free((char *)f->counted.v[--f->counted.n].query.p);
}

static void
load(struct feeds_screen *f, struct desk *d)
{
	const struct wire_feeds *feeds = &d->app->feeds.feeds;
	struct str section = STR("");
	arena_reset(f->arena);
	f->rows.v = NULL;
	f->rows.n = f->rows.cap = 0;
	push_fixed(f, FEED_ROW_STARRED, word(&d->words, WORD_STARRED), "is:starred",
	    d->counts.starred);
	push_fixed(f, FEED_ROW_TODAY, word(&d->words, WORD_TODAY), "since:today", unread_today(d));
	for (size_t i = 0; i < feeds->n; i++) {
		struct str in = feeds->v[i].section;
		if (!str_eq(in, section) && in.n)
			push_sections(f, d, in);
		section = in;
		if (!is_hidden(f, in))
			push_feed(f, d, i);
	}
	if (d->app->feeds.searches.n)
		push_fixed(f, FEED_ROW_SECTION, word(&d->words, WORD_SEARCHES), "", -1);
	for (size_t i = 0; i < d->app->feeds.searches.n; i++)
		push_search(f, d, i);
	forget_searches(f, d->app->feeds.searches.n);
	if (f->chosen >= f->rows.n)
		f->chosen = f->rows.n ? f->rows.n - 1 : 0;
}

static struct row *
chosen(struct feeds_screen *f)
{
	return f->chosen < f->rows.n ? &f->rows.v[f->chosen] : NULL;
}

/* --- commands ------------------------------------------------------------------------------------ */

static void
fold(struct feeds_screen *f, struct desk *d, struct str section)
{
	for (size_t i = 0; i < f->folded.n; i++) {
		if (str_eq(f->folded.v[i], section)) {
			free((char *)f->folded.v[i].p);
			f->folded.v[i] = f->folded.v[--f->folded.n];
			load(f, d);
			return;
		}
	}
	if (f->folded.n == f->folded.cap) {
		f->folded.cap = f->folded.cap ? f->folded.cap * 2 : 8;
		f->folded.v = heap_resize(f->folded.v, f->folded.cap * sizeof(*f->folded.v));
	}
	f->folded.v[f->folded.n++] = str_of(heap_z(section), section.n);
	load(f, d);
}

/* The feed of the chosen row, or NULL. */
static const struct wire_subscription *
chosen_feed(struct feeds_screen *f, struct desk *d)
{
	struct row *row = chosen(f);
	if (!row || row->shown.kind != FEED_ROW_FEED) {
		desk_say(d, ROLE_STATUS, "That is for a feed.");
		return NULL;
	}
	return feeds_file_by_url(&d->app->feeds, row->url);
}

static void
remove_feed(struct feeds_screen *f, struct desk *d)
{
	const struct wire_subscription *feed = chosen_feed(f, d);
	struct err e = {0};
	if (!feed)
		return;
	struct str name = subscription_name(d->app->arena, feed);
	if (!feeds_file_remove(&d->app->feeds, feed->url, &e))
		desk_say_err(d, &e);
	else if (desk_reload_feeds(d))
		desk_say(d, ROLE_OK, "Removed %.*s; its stories stay for 90 days.", STR_ARG(name));
	load(f, d);
}

/* `name and options`, as they stand behind the address in the feeds file. */
static void
edit_feed(struct feeds_screen *f, struct desk *d)
{
	const struct wire_subscription *feed = chosen_feed(f, d);
	if (feed)
		desk_prompt(d, PROMPT_EDIT_FEED, "Name and options: ",
		    feeds_file_rest(&d->app->feeds, feed->url), &f->base);
}

static void
change_feed(struct feeds_screen *f, struct desk *d, struct str rest)
{
	const struct wire_subscription *feed = chosen_feed(f, d);
	struct err e = {0};
	if (!feed)
		return;
	if (!feeds_file_change(&d->app->feeds, feed->url, rest, &e)) {
		desk_say_err(d, &e);
	} else if (desk_reload_feeds(d)) {
		if (d->app->feeds.warnings.n)
			desk_say(d, ROLE_WARNING, "%.*s", STR_ARG(d->app->feeds.warnings.v[0]));
		else
			desk_say(d, ROLE_OK, "The feed was changed.");
	}
	load(f, d);
}

/* The word `paused` on its line, or no longer. */
static void
pause_feed(struct feeds_screen *f, struct desk *d)
{
	const struct wire_subscription *feed = chosen_feed(f, d);
	struct buf rest = {0};
	struct err e = {0};
	if (!feed)
		return;
	struct str old = feeds_file_rest(&d->app->feeds, feed->url), word;
	bool paused = feed->paused;
	while (paused && old.n) {
		bool more = str_cut(old, ' ', &word, &old);
		if (!str_eq(word, STR("paused")))
			buf_fmt(&rest, "%.*s%s", STR_ARG(word), more ? " " : "");
	}
	if (!paused)
		buf_fmt(&rest, "%.*s%spaused", STR_ARG(old), old.n ? "  " : "");
	if (!feeds_file_change(&d->app->feeds, feed->url, str_trim(buf_str(&rest)), &e))
		desk_say_err(d, &e);
	else if (desk_reload_feeds(d) && paused)
		desk_say(d, ROLE_OK, "The feed is fetched again.");
	else
		desk_say(d, ROLE_OK, "The feed is paused.");
	buf_clear(&rest);
	load(f, d);
}

static void
shift_feed(struct feeds_screen *f, struct desk *d, int direction)
{
	const struct wire_subscription *feed = chosen_feed(f, d);
	struct err e = {0};
	bool moved;
	if (!feed)
		return;
	struct str url = arena_str(d->frame, feed->url);
	if (!feeds_file_shift(&d->app->feeds, url, direction, &moved, &e))
		desk_say_err(d, &e);
	else if (!moved)
		desk_say(d, ROLE_STATUS, "It stands at the end of its section.");
	else
		desk_reload_feeds(d);
	load(f, d);
	for (size_t i = 0; i < f->rows.n; i++)
		if (str_eq(f->rows.v[i].url, url))
			f->chosen = i;
}

static void
edit_file(struct feeds_screen *f, struct desk *d)
{
	desk_edit_file(d, d->app->paths.feeds);
	desk_check_feeds_file(d);
	load(f, d);
}

static void
open_site(struct feeds_screen *f, struct desk *d)
{
	struct row *row = chosen(f);
	if (row && row->shown.state && row->shown.state->site.n)
		desk_open_address(d, row->shown.state->site);
	else
		desk_say(d, ROLE_STATUS, "The feed names no site.");
}

static void
refresh_row(struct row *row, struct desk *d)
{
	struct wire_strs urls = {&row->url, 1};
	struct err e = {0};
	if (row->shown.kind == FEED_ROW_FEED) {
		desk_ask_refresh(d, WIRE_NAMED, &urls, true);
	} else if (row->shown.kind == FEED_ROW_SECTION && row->section.n) {
		struct arena *a = arena_new();
		struct str name = arena_fmt(a, "@%.*s", STR_ARG(row->section));
		if (feeds_file_select(&d->app->feeds, a, &name, 1, &urls, &e))
			desk_ask_refresh(d, WIRE_NAMED, &urls, true);
		arena_free(a);
	} else {
		desk_ask_refresh(d, WIRE_ALL, NULL, true);
	}
}

/* The address in the feeds file is that of a page which names feeds: Enter looks for them. */
static bool
is_page(const struct row *row)
{
	const struct feed_state *s = row->shown.state;
	return row->shown.kind == FEED_ROW_FEED && s && s->total == 0 &&
	    str_starts(s->error, STR(WIRE_SAYS_PAGE));
}

/* In one pane the list stands on the feeds, beside them it takes the place of the list there. */
static void
open_row(struct feeds_screen *f, struct row *row, struct desk *d)
{
	if (row->shown.kind == FEED_ROW_SECTION && row->query.n == 0)
		return;
	if (is_page(row)) {
		desk_ask_probe(d, row->url, row->url);
		return;
	}
	struct arena *a = arena_new();
	struct str query = arena_str(a, row->query), title = arena_str(a, row->shown.name);
	bool pane = &f->base == d->feeds_pane;
	if (row->shown.kind == FEED_ROW_SEARCH)
		desk_push_take(d, search_screen_new(d, query));
	else if (pane || desk_is_wide(d))
		desk_show_list(d, query, title); /* f may be gone now */
	else
		desk_push_take(d, headlines_screen_new(d, query, title));
	arena_free(a);
}

static void
move_to(struct feeds_screen *f, long to)
{
	long last = (long)f->rows.n - 1;
	f->chosen = to < 0 || last < 0 ? 0 : to > last ? (size_t)last : (size_t)to;
}

static bool
move_command(struct feeds_screen *f, int what, int count)
{
	long n = count > 0 ? count : 1, at = (long)f->chosen, page = (long)f->height;
	switch (what) {
	case COMMAND_NEXT_ROW:
		move_to(f, at + n);
		return true;
	case COMMAND_PREVIOUS_ROW:
		move_to(f, at - n);
		return true;
	case COMMAND_PAGE_DOWN:
		move_to(f, at + page);
		return true;
	case COMMAND_PAGE_UP:
		move_to(f, at - page);
		return true;
	case COMMAND_HALF_PAGE_DOWN:
		move_to(f, at + page / 2);
		return true;
	case COMMAND_HALF_PAGE_UP:
		move_to(f, at - page / 2);
		return true;
	case COMMAND_FIRST_ROW:
		move_to(f, 0);
		return true;
	case COMMAND_LAST_ROW:
		move_to(f, (long)f->rows.n);
		return true;
	}
	return false;
}

static bool
edit_command(struct feeds_screen *f, struct desk *d, int what)
{
	switch (what) {
	case COMMAND_REMOVE_FEED:
		remove_feed(f, d);
		return true;
	case COMMAND_EDIT_FEED:
		edit_feed(f, d);
		return true;
	case COMMAND_EDIT_FEEDS_FILE:
		edit_file(f, d);
		return true;
	case COMMAND_PAUSE_FEED:
		pause_feed(f, d);
		return true;
	case COMMAND_MOVE_DOWN:
	case COMMAND_MOVE_UP:
		shift_feed(f, d, what == COMMAND_MOVE_DOWN ? 1 : -1);
		return true;
	}
	return false;
}

static bool
command(struct screen *screen, struct desk *d, int what, int count)
{
	struct feeds_screen *f = self(screen);
	struct row *row = chosen(f);
	if (move_command(f, what, count) || edit_command(f, d, what))
		return true;
	if (!row)
		return false;
	switch (what) {
	case COMMAND_OPEN:
		open_row(f, row, d);
		return true;
	case COMMAND_FOLD:
		if (row->shown.kind == FEED_ROW_SECTION && row->section.n)
			fold(f, d, arena_str(d->frame, row->section));
		return true;
	case COMMAND_REFRESH:
		refresh_row(row, d);
		return true;
	case COMMAND_MARK_FEED_READ:
	case COMMAND_MARK_ALL_READ:
		if (row->query.n)
			desk_ask_mark_query(d, MARK_READ, row->query, 0);
		return true;
	case COMMAND_FEED_DETAILS:
	case COMMAND_DETAILS:
		if (row->url.n)
			desk_push_take(d, feed_details_screen_new(d, row->url));
		else
			desk_say(d, ROLE_STATUS, "That is for a feed.");
		return true;
	case COMMAND_FEED_SITE:
	case COMMAND_BROWSER:
		open_site(f, d);
		return true;
	}
	return false;
}

static void
prompt(struct screen *screen, struct desk *d, int what, struct str text, bool accepted)
{
	if (what == PROMPT_EDIT_FEED && accepted)
		change_feed(self(screen), d, text);
}

/* --- drawing ------------------------------------------------------------------------------------- */

static void
draw(struct screen *screen, struct desk *d, struct area area, bool focused)
{
	struct feeds_screen *f = self(screen);
	f->height = (size_t)area.rows;
	count_later(f);
	if (f->chosen < f->top)
		f->top = f->chosen;
	if (f->chosen >= f->top + f->height)
		f->top = f->chosen + 1 - f->height;
	bool alone = &f->base != d->feeds_pane;
	for (size_t i = 0; i < f->height && f->top + i < f->rows.n; i++) {
		struct line line = {0};
		bool here = f->top + i == f->chosen && (focused || alone);
		int row = area.row + (int)i;
		feed_line(d->frame, &d->look, &f->rows.v[f->top + i].shown, here, (size_t)area.cols,
		    &line);
		canvas_put_line(d->canvas, row, area.col, &line, area.cols);
		if (here)
			canvas_over(d->canvas, row, area.col, 1, area.cols,
			    focused ? ROLE_SELECTED : ROLE_SELECTED_INACTIVE);
		if (here && focused)
			canvas_cursor(d->canvas, row, area.col, false);
	}
}

static void
click(struct screen *screen, struct desk *d, int row, int col)
{
	struct feeds_screen *f = self(screen);
	size_t at = f->top + (size_t)row;
	bool opens = false;
	(void)col;
	if (at >= f->rows.n)
		return;
	if (at == f->chosen || &f->base == d->feeds_pane)
		opens = true;
	f->chosen = at;
	if (opens)
		open_row(f, &f->rows.v[at], d);
}

static void
title(struct screen *screen, struct desk *d, struct arena *a, struct screen_title *t)
{
	(void)screen;
	t->where[0] = words_say(&d->words, "Feeds");
	t->n_where = 1;
	int64_t n = (int64_t)d->app->feeds.feeds.n;
	t->right = word_fill2(a, word_plural(&d->words, WORD_FEEDS_UNREAD, n),
	    word_number(a, &d->words, n),
	    word_number(a, &d->words, d->counts.unread));
}

static struct str
status(struct screen *screen, struct desk *d, struct arena *a)
{
	struct row *row = chosen(self(screen));
	if (!row || row->shown.kind != FEED_ROW_FEED)
		return STR("");
	if (is_page(row))
		return words_say(&d->words, "This is a web page: Enter chooses one of its feeds");
	struct str trouble = feed_trouble(a, &d->look, &row->shown);
	return trouble.n ? trouble : url_show(a, row->url, 0);
}

static void
changed(struct screen *screen, struct desk *d)
{
	load(self(screen), d);
}

static void
release(struct screen *screen)
{
	struct feeds_screen *f = self(screen);
	for (size_t i = 0; i < f->folded.n; i++)
		free((char *)f->folded.v[i].p);
	free(f->folded.v);
	loop_cancel(f->desk->loop, f->count_timer);
	forget_searches(f, 0);
	free(f->counted.v);
	arena_free(f->arena);
	free(f);
}

static const struct screen_kind feeds_kind = {
	.name = SAID_LATER("feeds"), .flags = SCREEN_SLIDES,
	.contexts = {CONTEXT_FEEDS_VIEW, CONTEXT_LIST, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_OPEN, COMMAND_REFRESH, COMMAND_ADD_FEED, COMMAND_EDIT_FEED,
	    COMMAND_PAUSE_FEED, COMMAND_REMOVE_FEED, COMMAND_FEED_DETAILS, COMMAND_FOLD, -1},
	.draw = draw, .command = command, .title = title, .status = status, .changed = changed,
	.prompt = prompt, .click = click, .free = release,
};

struct screen *
feeds_screen_new(struct desk *d)
{
	struct feeds_screen *f = heap_alloc(sizeof(*f));
	f->base.kind = &feeds_kind;
	f->arena = arena_new();
	f->desk = d;
	load(f, d);
	return &f->base;
}

void
feeds_screen_go_searches(struct screen *screen)
{
	struct feeds_screen *f = self(screen);
	for (size_t i = f->rows.n; i-- > 0 && f->rows.v[i].shown.kind == FEED_ROW_SEARCH;)
		f->chosen = i;
}
