/*
 * Headlines: a window on the stories of a query, newest first, with a rule for each day and the
 * urgent ones of the last hour above all.  The same screen shows feeds, sections, searches and
 * filters; only the query differs.
 *
 * Rows are known by `ord`.  An urgent row above the list has a key of its own, above every ord.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/desk.h"
#include "store/mark.h"
#include "store/search.h"
#include "ui/list.h"
#include "view/bars.h"
#include "view/headline_lines.h"
#include "view/window.h"

enum { MAX_URGENT = 5, URGENT_S = 3600 };

#define URGENT_KEY(i) (INT64_MAX - 1 - (int64_t)(i))

struct headlines {
	struct screen base;
	struct desk *desk;
	struct arena *arena; /* of the query in force; made anew with it */
	struct str text, title, filter; /* on the heap */
	const struct query *query;
	struct window_store source;
	struct window *window;
	struct list list;
	struct area area;
	struct {
		story_id *v;
		size_t n, cap;
	} picked; /* selected for a group action; on the heap */
	struct arena *urgent_arena;
	struct story_rows urgent;
	bool unread_only;
	int64_t unread_since; /* what was read after it still counts as unread here */
	int64_t found; /* with a filter or search: how many match, -1: not counted */
	int64_t search_ms;
	bool is_search;
	struct arena *hits_arena;
	struct search_hits hits; /* of a search: the rows on the screen, with their excerpts */
	char advice[200]; /* what could have been meant, when nothing was found */
	struct str find;
	bool broken; /* the query has an error; said already */
};

static struct headlines *
self(struct screen *s)
{
	return (struct headlines *)s;
}

/* --- the model for ui/list ----------------------------------------------------------------------- */

static int
urgent_index(const struct headlines *h, int64_t key)
{
	int64_t i = INT64_MAX - 1 - key;
	return i >= 0 && i < (int64_t)h->urgent.n ? (int)i : -1;
}

static const struct story_row *
row_of(struct headlines *h, int64_t key)
{
	int urgent = urgent_index(h, key);
	return urgent >= 0 ? &h->urgent.v[urgent] : window_row(h->window, key);
}

static int64_t
model_edge(void *ctx, bool last)
{
	struct headlines *h = ctx;
	if (!last && h->urgent.n)
		return URGENT_KEY(0);
	int64_t key = window_edge(h->window, last);
	if (key == WINDOW_NO_KEY && h->urgent.n)
		return URGENT_KEY(h->urgent.n - 1);
	return key;
}

static int64_t
model_step(void *ctx, int64_t key, bool back)
{
	struct headlines *h = ctx;
	int i = urgent_index(h, key);
	if (i >= 0 && back)
		return i ? URGENT_KEY(i - 1) : LIST_NO_KEY;
	if (i >= 0)
		return i + 1 < (int)h->urgent.n ? URGENT_KEY(i + 1) : window_edge(h->window, false);
	int64_t next = window_step(h->window, key, back);
	if (next == WINDOW_NO_KEY && back && h->urgent.n)
		return URGENT_KEY(h->urgent.n - 1);
	return next;
}

static int64_t
model_near(void *ctx, int64_t key)
{
	struct headlines *h = ctx;
	if (urgent_index(h, key) >= 0)
		return key;
	int64_t near = window_near(h->window, key);
	return near == WINDOW_NO_KEY ? model_edge(h, false) : near;
}

static struct headline_layout
layout_of(const struct headlines *h)
{
	const struct desk *d = h->desk;
	bool tall = h->area.cols < 60 && desk_is_wide(d);
	return headline_layout(&d->look, tall ? HEADLINE_TALL : HEADLINE_ONE_LINE,
	    config_number(&d->app->config, OPT_group_by_day) && !h->is_search,
	    (size_t)h->area.cols);
}

/* Every row of a search is as high as one with an excerpt; the text comes when it is drawn. */
static const struct search_hit unknown_hit = {.excerpt = STR_INIT("…")};

static const struct search_hit *
hit_of(const struct headlines *h, int64_t ord)
{
	for (size_t i = 0; i < h->hits.n; i++)
		if (h->hits.v[i].row.ord == ord)
			return &h->hits.v[i];
	return &unknown_hit;
}

/* The excerpts of the rows from the top one on, in one question. */
static void
load_hits(struct headlines *h, int rows)
{
	struct err e = {0};
	arena_reset(h->hits_arena);
	h->hits = (struct search_hits){0};
	if (!h->is_search || h->list.top == LIST_NO_KEY || h->list.top == INT64_MAX)
		return;
	if (!search_window(h->desk->store, h->hits_arena, h->query, h->list.top + 1, LIST_OLDER,
	        (size_t)rows / 2 + 1, &h->hits, &e))
		h->hits.n = 0;
}

static bool
is_picked(const struct headlines *h, story_id id)
{
	for (size_t i = 0; i < h->picked.n; i++)
		if (h->picked.v[i] == id)
			return true;
	return false;
}

/* A row as it is drawn; `a` lives for the drawing. */
static struct headline
headline_of(struct headlines *h, struct arena *a, int64_t key)
{
	struct headline line = {.row = row_of(h, key)};
	int urgent = urgent_index(h, key);
	if (!line.row)
		return line;
	line.agency = desk_agency(h->desk, line.row);
	line.chosen = key == h->list.chosen;
	line.picked = is_picked(h, line.row->id);
	if (h->is_search)
		line.hit = hit_of(h, line.row->ord);
	if (urgent == 0) {
		line.rule = word(&h->desk->words, WORD_URGENT);
	} else if (urgent < 0 && config_number(&h->desk->app->config, OPT_group_by_day) &&
	           !h->is_search) {
		int64_t above = window_step(h->window, key, true);
		const struct story_row *before =
		    above == WINDOW_NO_KEY ? NULL : window_row(h->window, above);
		line.row = row_of(h, key); /* a step may have loaded */
		if (line.row)
			line.rule = headline_day(a, &h->desk->look, line.row, before);
	}
	return line;
}

static int
model_height(void *ctx, int64_t key)
{
	struct headlines *h = ctx;
	struct arena *a = arena_new();
	struct headline_layout layout = layout_of(h);
	struct headline line = headline_of(h, a, key);
	int height = line.row ? (int)headline_height(a, &layout, &line) : 1;
	arena_free(a);
	return height;
}

static struct list_model
model(struct headlines *h)
{
	return (struct list_model){h, model_edge, model_step, model_near, model_height, NULL};
}

/* --- the query ----------------------------------------------------------------------------------- */

static void
load_urgent(struct headlines *h)
{
	struct err e = {0};
	struct query *q;
	arena_reset(h->urgent_arena);
	h->urgent = (struct story_rows){0};
	if (!h->desk->store || h->is_search || h->filter.n || h->text.n)
		return;
	int64_t now = h->desk->look.now;
	if (!query_parse(h->urgent_arena, STR("urgency:1-2 since:1h"), h->desk->names.feeds, now,
	        local_offset_s(now), &q, &e) ||
	    !list_window(h->desk->store, h->urgent_arena, q, LIST_TOP, LIST_OLDER, MAX_URGENT,
	        &h->urgent, &e))
		h->urgent = (struct story_rows){0};
}

/* A filter's words are the beginnings of words, so that it narrows while it is typed. */
static struct str
filter_query(struct arena *a, struct str typed)
{
	struct str out = STR(""), rest = typed, term;
	while ((term = str_word(&rest)).n) {
		bool plain = str_find_char(term, ':') == STR_NONE &&
		             str_find_char(term, '"') == STR_NONE && !str_ends(term, STR("*")) &&
		             !str_eq(term, STR("OR"));
		out = arena_fmt(a, "%.*s%s%.*s%s", STR_ARG(out), out.n ? " " : "", STR_ARG(term),
		    plain ? "*" : "");
	}
	return out;
}

static bool
build_query(struct headlines *h, struct err *e)
{
	int64_t now = h->desk->look.now;
	struct query *base, *filter;
	struct arena *a = arena_new();
	bool ok = query_parse(a, arena_str(a, h->text), h->desk->names.feeds, now,
	    local_offset_s(now), &base, e);
	if (ok && h->filter.n) {
		ok = query_parse(a, filter_query(a, h->filter), h->desk->names.feeds, now,
		    local_offset_s(now), &filter, e);
		base = ok ? query_and(a, base, filter) : NULL;
	}
	if (!ok) {
		arena_free(a);
		return false;
	}
	if (h->unread_only)
		base = query_and_unread(a, base);
	base = query_keep_read_since(a, base, h->unread_since);
	arena_free(h->arena);
	h->arena = a;
	h->query = base;
	return true;
}

static bool
never_loads(void *ctx, struct arena *a, int64_t place, enum list_direction direction,
    size_t limit, struct story_rows *rows, struct err *e)
{
	(void)ctx;
	(void)a;
	(void)place;
	(void)direction;
	(void)limit;
	(void)e;
	*rows = (struct story_rows){0};
	return true;
}

static void
advise(struct headlines *h)
{
	struct search_advice advice;
	struct err e = {0};
	struct arena *a = arena_new();
	h->advice[0] = '\0';
	if (h->is_search && h->found == 0 &&
	    search_advise(h->desk->store, a, h->query, &advice, &e))
		for (size_t i = 0; i < advice.n && !h->advice[0]; i++)
			if (advice.nearest[i].n)
				snprintf(h->advice, sizeof(h->advice), " Did you mean: %.*s?",
				    STR_ARG(advice.nearest[i]));
	arena_free(a);
}

static void
requery(struct headlines *h)
{
	struct err e = {0};
	struct window_source none = {.load = never_loads};
	h->found = -1;
	h->broken = false;
	if (h->desk->store && !build_query(h, &e)) {
		h->broken = true;
		desk_say_err(h->desk, &e);
		return;
	}
	h->source = (struct window_store){h->desk->store, h->query,
	    config_number(&h->desk->app->config, OPT_collapse) && !h->is_search};
	struct window_source source = h->desk->store ? window_of_store(&h->source) : none;
	if (h->window)
		window_reset(h->window, source);
	else
		h->window = window_new(source);
	load_urgent(h);
	if (h->desk->store && (h->is_search || h->filter.n)) {
		int64_t began = clock_monotonic_ms();
		if (!list_count(h->desk->store, h->query, 10000, &h->found, &e))
			h->found = -1;
		h->search_ms = clock_monotonic_ms() - began;
		advise(h);
	}
	struct list_model m = model(h);
	list_settle(&h->list, &m, h->area.rows ? h->area.rows : 1);
}

static void
set_str(struct str *field, struct str value)
{
	char *copy = heap_z(value);
	free((char *)field->p);
	*field = str_of(copy, value.n);
}

/* --- what the rows are for ----------------------------------------------------------------------- */

static const struct story_row *
chosen(struct headlines *h)
{
	return h->list.chosen == LIST_NO_KEY ? NULL : row_of(h, h->list.chosen);
}

/* The picked rows, or else the chosen one. */
static size_t
acted_on(struct headlines *h, const story_id **ids, story_id *one)
{
	const struct story_row *row = chosen(h);
	if (h->picked.n) {
		*ids = h->picked.v;
		return h->picked.n;
	}
	*one = row ? row->id : STORY_NONE;
	*ids = one;
	return row != NULL;
}

static void
mark(struct headlines *h, int on, int off, bool now)
{
	const story_id *ids;
	story_id one;
	size_t n = acted_on(h, &ids, &one);
	if (n)
		desk_ask_mark(h->desk, now ? off : on, ids, n);
}

/*
 * Step to the next row that is (un)read.  Bounded: a list whose unread rows are far away is asked
 * by query instead of walked.
 */
static bool
to_unread(struct headlines *h, int direction)
{
	struct list_model m = model(h);
	int64_t key = h->list.chosen;
	for (int i = 0; i < 2000 && key != LIST_NO_KEY; i++) {
		key = model_step(h, key, direction < 0);
		const struct story_row *row = key == LIST_NO_KEY ? NULL : row_of(h, key);
		if (row && row->unread) {
			list_choose(&h->list, &m, key);
			return true;
		}
	}
	return false;
}

static void
preview_soon(void *ctx)
{
	struct headlines *h = ctx;
	const struct story_row *row = chosen(h);
	h->desk->preview_timer = 0;
	if (row)
		desk_preview(h->desk, row->id);
}

static void
moved(struct headlines *h)
{
	struct desk *d = h->desk;
	if (h->list.chosen == window_edge(h->window, false))
		window_seen_top(h->window);
	desk_redraw(d);
	if (!desk_is_wide(d))
		return;
	loop_cancel(d->loop, d->preview_timer);
	d->preview_timer = loop_after(d->loop, DESK_PREVIEW_MS, preview_soon, h);
}

static void
pick(struct headlines *h)
{
	const struct story_row *row = chosen(h);
	struct list_model m = model(h);
	if (!row)
		return;
	for (size_t i = 0; i < h->picked.n; i++) {
		if (h->picked.v[i] == row->id) {
			h->picked.v[i] = h->picked.v[--h->picked.n];
			return;
		}
	}
	if (h->picked.n == h->picked.cap) {
		h->picked.cap = h->picked.cap ? h->picked.cap * 2 : 32;
		h->picked.v = heap_resize(h->picked.v, h->picked.cap * sizeof(*h->picked.v));
	}
	h->picked.v[h->picked.n++] = row->id;
	list_move(&h->list, &m, 1);
}

/* All rows that are here, or none. */
static void
pick_all(struct headlines *h)
{
	struct err e = {0};
	struct story_rows rows;
	if (h->picked.n) {
		h->picked.n = 0;
		return;
	}
	struct arena *a = arena_new();
	if (list_window(h->desk->store, a, h->query, LIST_TOP, LIST_OLDER, LIST_MAX_ROWS, &rows,
	        &e)) {
		h->picked.cap = rows.n ? rows.n : 1;
		h->picked.v = heap_resize(h->picked.v, h->picked.cap * sizeof(*h->picked.v));
		for (size_t i = 0; i < rows.n; i++)
			h->picked.v[h->picked.n++] = rows.v[i].id;
	} else {
		desk_say_err(h->desk, &e);
	}
	arena_free(a);
}

/* The query that marks what is shown: the list's own, and its filter. */
static struct str
shown_query(struct headlines *h, struct arena *a)
{
	return arena_fmt(a, "%.*s%s%.*s", STR_ARG(h->text), h->text.n && h->filter.n ? " " : "",
	    STR_ARG(filter_query(a, h->filter)));
}

/* The row and all above it: by number, so that exactly those are marked. */
static void
mark_above(struct headlines *h, int64_t oldest)
{
	struct err e = {0};
	struct story_rows rows;
	struct arena *a = arena_new();
	story_id *ids;
	size_t n = 0;
	if (list_window(h->desk->store, a, h->query, oldest - 1, LIST_NEWER, LIST_MAX_ROWS, &rows,
	        &e)) {
		ids = ARENA_ARRAY(a, story_id, rows.n + 1);
		for (size_t i = 0; i < rows.n; i++)
			if (rows.v[i].unread)
				ids[n++] = rows.v[i].id;
		desk_ask_mark(h->desk, MARK_READ, ids, n);
	} else {
		desk_say_err(h->desk, &e);
	}
	arena_free(a);
}

static void
mark_all(struct headlines *h)
{
	struct arena *a = arena_new();
	int64_t newest = window_edge(h->window, false);
	if (h->picked.n)
		desk_ask_mark(h->desk, MARK_READ, h->picked.v, h->picked.n);
	else if (newest != WINDOW_NO_KEY)
		desk_ask_mark_query(h->desk, MARK_READ, shown_query(h, a), newest);
	arena_free(a);
}

/* The next row (from the chosen one on) whose headline has the text; bounded like to_unread. */
static bool
find_row(struct headlines *h, struct str needle, int direction, bool again)
{
	struct list_model m = model(h);
	int64_t key = h->list.chosen;
	for (int i = 0; i < 5000 && key != LIST_NO_KEY; i++) {
		if (i || again)
			key = model_step(h, key, direction < 0);
		const struct story_row *row = key == LIST_NO_KEY ? NULL : row_of(h, key);
		if (row && str_find_nocase(row->title, needle) != STR_NONE) {
			list_choose(&h->list, &m, key);
			moved(h);
			return true;
		}
	}
	return false;
}

/* --- commands ------------------------------------------------------------------------------------ */

static bool
move_command(struct headlines *h, int what, int count)
{
	struct list_model m = model(h);
	int n = count ? count : 1;
	switch (what) {
	case COMMAND_NEXT_ROW:
	case COMMAND_NEXT_STORY:
		list_move(&h->list, &m, n);
		break;
	case COMMAND_PREVIOUS_ROW:
	case COMMAND_PREVIOUS_STORY:
		list_move(&h->list, &m, -n);
		break;
	case COMMAND_HALF_PAGE_DOWN:
		list_half_page(&h->list, &m, 1);
		break;
	case COMMAND_HALF_PAGE_UP:
		list_half_page(&h->list, &m, -1);
		break;
	case COMMAND_PAGE_DOWN:
		list_page(&h->list, &m, 1);
		break;
	case COMMAND_PAGE_UP:
		list_page(&h->list, &m, -1);
		break;
	case COMMAND_FIRST_ROW:
		list_first(&h->list, &m);
		break;
	case COMMAND_LAST_ROW:
		list_last(&h->list, &m);
		break;
	case COMMAND_NEXT_UNREAD:
	case COMMAND_PREVIOUS_UNREAD:
		if (!to_unread(h, what == COMMAND_NEXT_UNREAD ? 1 : -1))
			desk_say(h->desk, ROLE_STATUS, what == COMMAND_NEXT_UNREAD
				? "No unread story below." : "No unread story above.");
		break;
	default:
		return false;
	}
	moved(h);
	return true;
}

static void
refresh_this(struct headlines *h)
{
	/* a list of one feed or section names it by its query */
	struct desk *d = h->desk;
	struct err e = {0};
	struct wire_strs urls;
	struct str name = h->text;
	bool feed = str_starts(name, STR("feed:")), section = str_starts(name, STR("section:"));
	if (!feed && !section) {
		desk_ask_refresh(d, WIRE_ALL, NULL, true);
		return;
	}
	name = str_from(name, feed ? 5 : 8);
	if (str_starts(name, STR("\"")) && name.n > 2)
		name = str_sub(name, 1, name.n - 2);
	struct arena *a = arena_new();
	if (section)
		name = arena_fmt(a, "@%.*s", STR_ARG(name));
	if (feeds_file_select(&d->app->feeds, a, &name, 1, &urls, &e))
		desk_ask_refresh(d, WIRE_NAMED, &urls, true);
	else
		desk_say_err(d, &e);
	arena_free(a);
}

static void
toggle_read_stories(struct headlines *h)
{
	h->unread_only = !h->unread_only;
	h->unread_since = h->desk->look.now;
	requery(h);
	desk_say(h->desk, ROLE_STATUS, h->unread_only ? "Read stories are hidden."
						      : "Read stories are shown.");
}

static bool
keep_command(struct headlines *h, int what)
{
	const struct story_row *row = chosen(h);
	switch (what) {
	case COMMAND_TOGGLE_READ:
		mark(h, MARK_READ, MARK_UNREAD, row && !row->unread);
		return true;
	case COMMAND_STAR:
		mark(h, MARK_STAR, MARK_UNSTAR, row && row->starred);
		return true;
	case COMMAND_MARK_ABOVE_READ:
		if (row)
			mark_above(h, row->ord);
		return true;
	case COMMAND_MARK_ALL_READ:
		mark_all(h);
		return true;
	case COMMAND_STORE:
	case COMMAND_STORE_LINKS:
		if (row)
			desk_ask_story(h->desk, row->id, row->url, WIRE_STORE,
			    what == COMMAND_STORE_LINKS);
		return true;
	case COMMAND_SELECT:
		pick(h);
		return true;
	case COMMAND_SELECT_ALL:
		pick_all(h);
		return true;
	case COMMAND_SAVE_SEARCH:
		desk_prompt(h->desk, PROMPT_SAVE_SEARCH, STR("Name of the search: "), h->text,
		    &h->base);
		return true;
	}
	return false;
}

static bool
cancel(struct headlines *h)
{
	if (h->picked.n) {
		h->picked.n = 0;
		return true;
	}
	if (h->filter.n) {
		set_str(&h->filter, STR(""));
		requery(h);
		return true;
	}
	return false;
}

static bool
command(struct screen *screen, struct desk *d, int what, int count)
{
	struct headlines *h = self(screen);
	const struct story_row *row = chosen(h);
	if (move_command(h, what, count) || keep_command(h, what))
		return true;
	switch (what) {
	case COMMAND_OPEN:
	case COMMAND_READ_ON:
		if (row)
			desk_open_story(d, row->id, true);
		return true;
	case COMMAND_RELATED:
		if (row)
			desk_push_take(d, related_screen_new(d, row->id));
		return true;
	case COMMAND_FILTER:
		desk_prompt(d, PROMPT_FILTER, STR("Filter: "), h->filter, screen);
		return true;
	case COMMAND_FIND:
		desk_prompt(d, PROMPT_FIND, STR("Find: "), STR(""), screen);
		return true;
	case COMMAND_REFRESH:
		refresh_this(h);
		return true;
	case COMMAND_TOGGLE_READ_STORIES:
		toggle_read_stories(h);
		return true;
	case COMMAND_NEXT_MATCH:
	case COMMAND_PREVIOUS_MATCH:
		if (h->find.n)
			find_row(h, h->find, what == COMMAND_NEXT_MATCH ? 1 : -1, true);
		return true;
	case COMMAND_CANCEL:
		return cancel(h);
	}
	return false;
}

/* --- prompts ------------------------------------------------------------------------------------- */

static void
prompt(struct screen *screen, struct desk *d, int what, struct str text, bool accepted)
{
	struct headlines *h = self(screen);
	if (what == PROMPT_FILTER) {
		set_str(&h->filter, text);
		requery(h);
	} else if (what == PROMPT_FIND) {
		set_str(&h->find, text);
		d->finding = text.n > 0;
		if (text.n && !find_row(h, text, 1, false))
			desk_say(d, ROLE_WARNING, "Nothing matches \"%.*s\".", STR_ARG(text));
	}
	(void)accepted;
}

/* --- drawing ------------------------------------------------------------------------------------- */

static void
draw_empty(struct headlines *h, struct area area)
{
	struct desk *d = h->desk;
	struct arena *a = d->frame;
	struct str text;
	if (h->broken)
		return;
	if (h->filter.n)
		text = arena_fmt(a, "Nothing matches \"%.*s\". Esc clears the filter. %.*s searches all stories.",
		    STR_ARG(h->filter), STR_ARG(desk_key(d, COMMAND_SEARCH)));
	else if (h->is_search)
		text = arena_fmt(a, "No story has all of: %.*s.%s", STR_ARG(h->text), h->advice);
	else if (h->unread_only && d->counts.stories)
		text = arena_fmt(a, "All read. %.*s shows read stories, %.*s the starred ones.",
		    STR_ARG(desk_key(d, COMMAND_TOGGLE_READ_STORIES)),
		    STR_ARG(desk_key(d, COMMAND_GO_STARRED)));
	else if (str_eq(h->text, STR("is:starred")))
		text = arena_fmt(a, "No starred stories. %.*s stars the chosen story.",
		    STR_ARG(desk_key(d, COMMAND_STAR)));
	else
		text = arena_fmt(a, "No stories yet. %.*s refreshes all feeds.",
		    STR_ARG(desk_key(d, COMMAND_REFRESH_ALL)));
	canvas_put(d->canvas, area.row + 1, area.col + 2, text, ROLE_DIM, area.cols - 2);
}

/* `▲ 12 new. g g shows them` in the first line, when the reader is not at the top. */
static void
draw_new_above(struct headlines *h, struct area *area)
{
	struct desk *d = h->desk;
	struct arena *a = d->frame;
	int n = window_new_above(h->window);
	if (n == 0 || area->rows < 3)
		return;
	struct str text = word_fill2(a, word(&d->words, WORD_NEW_ABOVE),
	    word_number(a, &d->words, n), desk_key(d, COMMAND_FIRST_ROW));
	struct str mark = look_symbol(&d->look, SYMBOL_NEW_ABOVE);
	canvas_put(d->canvas, area->row, area->col,
	    arena_fmt(a, " %.*s %.*s", STR_ARG(mark), STR_ARG(text)), ROLE_STATUS, area->cols);
	area->row++;
	area->rows--;
}

static void
draw_rows(struct headlines *h, struct area area, bool focused)
{
	struct desk *d = h->desk;
	struct headline_layout layout = layout_of(h);
	int row = 0;
	for (int64_t key = h->list.top; key != LIST_NO_KEY && row < area.rows;
	     key = model_step(h, key, false)) {
		struct headline line = headline_of(h, d->frame, key);
		struct lines lines = {0};
		if (!line.row)
			break;
		headline_lines(d->frame, &d->look, &layout, &line, &lines);
		size_t head = line.rule.n ? 1 : 0;
		for (size_t i = 0; i < lines.n && row < area.rows; i++, row++) {
			canvas_put_line(d->canvas, area.row + row, area.col, &lines.v[i], area.cols);
			if (!line.chosen || i < head)
				continue;
			canvas_over(d->canvas, area.row + row, area.col, 1, area.cols,
			    focused ? ROLE_SELECTED : ROLE_SELECTED_INACTIVE);
			if (i == head && focused)
				canvas_cursor(d->canvas, area.row + row, area.col, false);
		}
	}
}

static void
draw(struct screen *screen, struct desk *d, struct area area, bool focused)
{
	struct headlines *h = self(screen);
	struct list_model m = model(h);
	h->area = area;
	if (h->list.top == window_edge(h->window, false) || h->list.top == LIST_NO_KEY)
		window_seen_top(h->window);
	draw_new_above(h, &area);
	list_settle(&h->list, &m, area.rows);
	if (h->list.chosen == LIST_NO_KEY) {
		draw_empty(h, area);
		if (focused)
			canvas_cursor(d->canvas, area.row, area.col, false);
		return;
	}
	load_hits(h, area.rows);
	draw_rows(h, area, focused);
}

static void
title(struct screen *screen, struct desk *d, struct arena *a, struct screen_title *t)
{
	struct headlines *h = self(screen);
	t->where[0] = h->title;
	t->n_where = 1;
	if (h->is_search && h->found >= 0)
		t->right = word_fill2(a, word(&d->words, WORD_FOUND_IN),
		    word_number(a, &d->words, h->found),
		    arena_fmt(a, "%lld ms", (long long)h->search_ms));
	else if (h->filter.n && h->found >= 0)
		t->right = word_fill2(a, word(&d->words, WORD_FILTER_OF),
		    word_number(a, &d->words, h->found),
		    word_number(a, &d->words, d->counts.stories));
	else
		t->right = word_fill2(a, word(&d->words, WORD_UNREAD_OF),
		    word_number(a, &d->words, d->counts.unread),
		    word_number(a, &d->words, d->counts.stories));
}

static void
changed(struct screen *screen, struct desk *d)
{
	struct headlines *h = self(screen);
	struct list_model m = model(h);
	if (!h->source.store && d->store) {
		requery(h);
		return;
	}
	window_refresh(h->window);
	load_urgent(h);
	list_settle(&h->list, &m, h->area.rows ? h->area.rows : 1);
}

static int64_t
current(struct screen *screen, struct desk *d)
{
	const struct story_row *row = chosen(self(screen));
	(void)d;
	return row ? row->id : STORY_NONE;
}

static void
release(struct screen *screen)
{
	struct headlines *h = self(screen);
	loop_cancel(h->desk->loop, h->desk->preview_timer);
	h->desk->preview_timer = 0;
	window_free(h->window);
	arena_free(h->arena);
	arena_free(h->urgent_arena);
	arena_free(h->hits_arena);
	free((char *)h->text.p);
	free((char *)h->title.p);
	free((char *)h->filter.p);
	free((char *)h->find.p);
	free(h->picked.v);
	free(h);
}

static const struct screen_kind headlines_kind = {
	.name = "headlines", .flags = SCREEN_IS_LIST,
	.contexts = {CONTEXT_HEADLINES, CONTEXT_LIST, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_OPEN, COMMAND_NEXT_UNREAD, COMMAND_TOGGLE_READ, COMMAND_STAR,
	    COMMAND_FILTER, COMMAND_FIND, COMMAND_RELATED, COMMAND_REFRESH_ALL, -1},
	.draw = draw, .command = command, .title = title, .changed = changed, .prompt = prompt,
	.current = current, .free = release,
};

struct screen *
headlines_screen_new(struct desk *d, struct str query, struct str name)
{
	struct headlines *h = heap_alloc(sizeof(*h));
	h->base.kind = &headlines_kind;
	h->desk = d;
	h->urgent_arena = arena_new();
	h->hits_arena = arena_new();
	h->unread_since = d->look.now;
	h->unread_only = !config_number(&d->app->config, OPT_show_read);
	set_str(&h->text, query);
	set_str(&h->title, name);
	set_str(&h->filter, STR(""));
	set_str(&h->find, STR(""));
	list_init(&h->list);
	requery(h);
	return &h->base;
}

struct screen *
search_screen_new(struct desk *d, struct str query)
{
	struct screen *s = headlines_screen_new(d, query,
	    arena_fmt(d->frame, "%.*s %.*s %.*s", STR_ARG(words_say(&d->words, "Search")),
	        STR_ARG(look_symbol(&d->look, SYMBOL_CRUMB)), STR_ARG(query)));
	self(s)->is_search = true;
	self(s)->unread_only = false;
	requery(self(s));
	return s;
}

/* --- from a story ------------------------------------------------------------------------------- */

bool
desk_next_in_list(struct desk *d, int direction, bool unread)
{
	struct screen *screen = desk_list_screen(d);
	if (!screen || screen->kind != &headlines_kind)
		return false;
	struct headlines *h = self(screen);
	struct list_model m = model(h);
	int64_t before = h->list.chosen;
	if (unread) {
		if (!to_unread(h, direction))
			return false;
	} else {
		list_move(&h->list, &m, direction);
		if (h->list.chosen == before)
			return false;
	}
	const struct story_row *row = chosen(h);
	if (row)
		desk_open_story(d, row->id, true);
	return row != NULL;
}
