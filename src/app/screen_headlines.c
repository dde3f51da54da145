/*
 * Headlines: a window on the stories of a query, newest first, with a rule for each day and the
 * urgent ones of the last hour above all.  Here are its commands; the other files of headlines.h
 * have the rows, the query, the marks and the drawing.
 */
#include <stdlib.h>
#include <string.h>

#include "app/headlines.h"

enum {
	MAX_UNREAD_STEPS = 2000, /* rows that `n` walks; farther ones are not looked for */
	MAX_FIND_STEPS = 5000,
	MAX_POSITION_STEPS = 500, /* rows above that are counted for `story 12 of 132` */
};

static struct headlines *
self(struct screen *s)
{
	return (struct headlines *)s;
}

/* --- moving --------------------------------------------------------------------------------------- */

static void
preview_soon(void *ctx)
{
	struct headlines *h = ctx;
	const struct story_row *row = headlines_chosen(h);
	h->desk->preview_timer = 0;
	if (row)
		desk_preview(h->desk, headlines_report(h, row));
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

static bool
to_unread(struct headlines *h, int direction)
{
	struct list_model m = headlines_model(h);
	int64_t key = h->list.chosen;
	for (int i = 0; i < MAX_UNREAD_STEPS && key != LIST_NO_KEY; i++) {
		key = headlines_step(h, key, direction < 0);
		const struct story_row *row = key == LIST_NO_KEY ? NULL : headlines_row(h, key);
		if (row && headlines_is_unread(h, row)) {
			list_choose(&h->list, &m, key);
			return true;
		}
	}
	return false;
}

/* The next row (from the chosen one on) whose headline has the text; at the end from the other. */
static bool
find_row(struct headlines *h, struct str needle, int direction, bool again)
{
	struct list_model m = headlines_model(h);
	int64_t key = h->list.chosen;
	for (int i = 0; i < MAX_FIND_STEPS && key != LIST_NO_KEY; i++) {
		if (i || again)
			key = headlines_step(h, key, direction < 0);
		if (key == LIST_NO_KEY)
			key = m.edge(h, direction < 0);
		const struct story_row *row = key == LIST_NO_KEY ? NULL : headlines_row(h, key);
		if (row && headlines_has(h, row, needle)) {
			list_choose(&h->list, &m, key);
			moved(h);
			return true;
		}
		if (i && key == h->list.chosen)
			return false;
	}
	return false;
}

static bool
move_command(struct headlines *h, int what, int count)
{
	struct list_model m = headlines_model(h);
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
		if (!to_unread(h, 1))
			desk_say(h->desk, ROLE_STATUS, "No unread story below.");
		break;
	case COMMAND_PREVIOUS_UNREAD:
		if (!to_unread(h, -1))
			desk_say(h->desk, ROLE_STATUS, "No unread story above.");
		break;
	default:
		return false;
	}
	moved(h);
	return true;
}

/* --- other lists ---------------------------------------------------------------------------------- */

/* Does the list's own query name this feed? */
static bool
is_of_feed(const struct headlines *h, const struct query_feed *f)
{
	return str_starts(h->text, STR("feed:")) &&
	       (str_find(h->text, f->name) != STR_NONE || str_find(h->text, f->url) != STR_NONE);
}

/* The feed after (before) the one shown that has unread stories; from all stories it is the first. */
static void
other_feed(struct headlines *h, int direction)
{
	struct desk *d = h->desk;
	long n = (long)d->names.feeds.n, at = direction > 0 ? -1 : n;
	for (long i = 0; i < n; i++)
		if (is_of_feed(h, &d->names.feeds.v[i]))
			at = i;
	for (long i = at + direction; i >= 0 && i < n; i += direction) {
		const struct query_feed *f = &d->names.feeds.v[i];
		const struct feed_state *s = names_state(&d->names, f->id);
		if (!s || s->unread == 0)
			continue;
		struct arena *a = arena_new();
		desk_show_list(d, arena_fmt(a, "feed:\"%.*s\"", STR_ARG(f->name)),
		    arena_str(a, f->name)); /* h may be gone now */
		arena_free(a);
		return;
	}
	desk_say(d, ROLE_STATUS, "No other feed has unread stories.");
}

/* A list of one feed or section names it by its query. */
static void
refresh_this(struct headlines *h)
{
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
	headlines_requery(h);
	if (h->unread_only)
		desk_say(h->desk, ROLE_STATUS, "Read stories are hidden.");
	else
		desk_say(h->desk, ROLE_STATUS, "Read stories are shown.");
}

/* The chosen story stays chosen in a list that is turned round. */
static void
next_order(struct headlines *h)
{
	int64_t chosen = h->order == ORDER_RELEVANCE ? LIST_NO_KEY : h->list.chosen;
	if (h->is_search)
		h->order = h->order == ORDER_NEWEST ? ORDER_RELEVANCE : ORDER_NEWEST;
	else
		h->order = h->order == ORDER_NEWEST ? ORDER_OLDEST : ORDER_NEWEST;
	list_init(&h->list);
	headlines_requery(h);
	struct list_model m = headlines_model(h);
	if (h->order != ORDER_RELEVANCE && chosen != LIST_NO_KEY)
		list_choose(&h->list, &m, chosen);
	switch (h->order) {
	case ORDER_NEWEST:
		desk_say(h->desk, ROLE_STATUS, "Order: newest first");
		break;
	case ORDER_OLDEST:
		desk_say(h->desk, ROLE_STATUS, "Order: oldest first");
		break;
	case ORDER_RELEVANCE:
		desk_say(h->desk, ROLE_STATUS, "Order: the best first");
		break;
	}
}

/* --- commands ------------------------------------------------------------------------------------- */

/* Esc: first the selection, then the filter; false: there is neither. */
static bool
cancel(struct headlines *h)
{
	if (h->picked.n) {
		h->picked.n = 0;
		return true;
	}
	if (h->filter.n == 0)
		return false;
	headlines_set(&h->filter, STR(""));
	headlines_requery(h);
	return true;
}

static bool
prompt_command(struct headlines *h, int what)
{
	switch (what) {
	case COMMAND_FILTER:
		desk_prompt(h->desk, PROMPT_FILTER, "Filter: ", h->filter, &h->base);
		return true;
	case COMMAND_FIND:
		desk_prompt(h->desk, PROMPT_FIND, "Find: ", STR(""), &h->base);
		return true;
	case COMMAND_SEARCH:
		if (!h->is_search)
			return false;
		desk_prompt(h->desk, PROMPT_SEARCH, "Search: ", h->text, &h->base);
		return true;
	case COMMAND_SAVE_SEARCH: {
		struct arena *a = arena_new();
		struct str query = headlines_shown_query(h, a);
		if (query.n)
			desk_prompt(h->desk, PROMPT_SAVE_SEARCH, "Name of the search: ", query,
			    &h->base);
		else
			desk_say(h->desk, ROLE_STATUS, "A search or a filter can be kept as a feed.");
		arena_free(a);
		return true;
	}
	}
	return false;
}

static bool
command(struct screen *screen, struct desk *d, int what, int count)
{
	struct headlines *h = self(screen);
	h->touched = true;
	const struct story_row *row = headlines_chosen(h);
	if (move_command(h, what, count) || headlines_keep_command(h, what) ||
	    prompt_command(h, what))
		return true;
	switch (what) {
	case COMMAND_OPEN:
	case COMMAND_READ_ON:
	case COMMAND_SPLIT:
		if (row)
			desk_open_story(d, headlines_report(h, row), true);
		return true;
	case COMMAND_RELATED:
		if (row)
			desk_push_take(d, related_screen_new(d, row->id));
		return true;
	case COMMAND_REFRESH:
		refresh_this(h);
		return true;
	case COMMAND_ORDER:
		next_order(h);
		return true;
	case COMMAND_NEXT_FEED:
	case COMMAND_PREVIOUS_FEED:
		other_feed(h, what == COMMAND_NEXT_FEED ? 1 : -1);
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

/* --- prompts -------------------------------------------------------------------------------------- */

static void
keep_search(struct headlines *h, struct str name)
{
	struct desk *d = h->desk;
	struct err e = {0};
	struct arena *a = arena_new();
	if (name.n == 0)
		name = headlines_shown_query(h, a);
	if (!feeds_file_add_search(&d->app->feeds, headlines_shown_query(h, a), name, &e))
		desk_say_err(d, &e);
	else if (desk_reload_feeds(d))
		desk_say(d, ROLE_OK, "Kept as %.*s. %.*s shows it", STR_ARG(name),
		    STR_ARG(desk_key(d, COMMAND_GO_SEARCHES)));
	arena_free(a);
}

static void
find_typed(struct headlines *h, struct str text)
{
	headlines_set(&h->find, text);
	h->desk->finding = text.n > 0;
	if (text.n && !find_row(h, text, 1, false))
		desk_say(h->desk, ROLE_WARNING, "Nothing matches \"%.*s\".", STR_ARG(text));
}

static void
prompt(struct screen *screen, struct desk *d, int what, struct str text, bool accepted)
{
	struct headlines *h = self(screen);
	(void)d;
	switch ((enum prompt_kind)what) {
	case PROMPT_FILTER:
		headlines_set(&h->filter, text);
		headlines_requery(h);
		break;
	case PROMPT_FIND:
		find_typed(h, text);
		break;
	case PROMPT_SEARCH:
		headlines_set(&h->text, text);
		list_init(&h->list);
		headlines_requery(h);
		break;
	case PROMPT_SAVE_SEARCH:
		if (accepted)
			keep_search(h, text);
		break;
	default:
		break;
	}
}

/* --- the mouse ------------------------------------------------------------------------------------ */

static void
click(struct screen *screen, struct desk *d, int row, int col)
{
	struct headlines *h = self(screen);
	struct list_model m = headlines_model(h);
	int first, line = row - (h->rows_area.row - h->area.row);
	(void)col;
	h->touched = true;
	if (line < 0) { /* `12 new` */
		desk_command(d, COMMAND_FIRST_ROW, 0);
		return;
	}
	int64_t key = list_at(&h->list, &m, line, &first);
	if (key == LIST_NO_KEY)
		return;
	if (key == h->list.chosen) {
		command(screen, d, COMMAND_OPEN, 0);
		return;
	}
	list_choose(&h->list, &m, key);
	moved(h);
}

static void
wheel(struct screen *screen, struct desk *d, int lines)
{
	struct headlines *h = self(screen);
	struct list_model m = headlines_model(h);
	(void)d;
	h->touched = true;
	list_scroll(&h->list, &m, lines);
	moved(h);
}

/* --- the screen ----------------------------------------------------------------------------------- */

static void
changed(struct screen *screen, struct desk *d)
{
	struct headlines *h = self(screen);
	struct list_model m = headlines_model(h);
	if (!h->source.store && d->store) {
		headlines_requery(h);
		return;
	}
	window_refresh(h->window);
	headlines_load_urgent(h);
	headlines_recount(h);
	/* while a first refresh fills it, a list that nobody has touched shows its beginning */
	if (!h->touched)
		list_first(&h->list, &m);
	list_settle(&h->list, &m, h->area.rows ? h->area.rows : 1);
	if (desk_is_wide(d) && !d->preview && h->list.chosen != LIST_NO_KEY && !desk_story_screen(d))
		moved(h);
}

static int64_t
current(struct screen *screen, struct desk *d)
{
	const struct story_row *row = headlines_chosen(self(screen));
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
	.name = SAID_LATER("headlines"), .flags = SCREEN_IS_LIST,
	.contexts = {CONTEXT_HEADLINES, CONTEXT_LIST, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_OPEN, COMMAND_NEXT_UNREAD, COMMAND_TOGGLE_READ, COMMAND_STAR,
	    COMMAND_FILTER, COMMAND_FIND, COMMAND_RELATED, COMMAND_REFRESH_ALL, -1},
	.draw = headlines_draw, .command = command, .title = headlines_title, .changed = changed,
	.marked = headlines_marked, .counted = headlines_counted, .prompt = prompt, .click = click,
	.wheel = wheel, .current = current, .free = release,
};

/* A search has its own hints: what changes it, what keeps it. */
static const struct screen_kind search_kind = {
	.name = SAID_LATER("headlines"), .flags = SCREEN_IS_LIST,
	.contexts = {CONTEXT_HEADLINES, CONTEXT_LIST, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_OPEN, COMMAND_SEARCH, COMMAND_SAVE_SEARCH, COMMAND_ORDER, COMMAND_FILTER,
	    COMMAND_RELATED, COMMAND_CLOSE, -1},
	.draw = headlines_draw, .command = command, .title = headlines_title, .changed = changed,
	.marked = headlines_marked, .counted = headlines_counted, .prompt = prompt, .click = click,
	.wheel = wheel, .current = current, .free = release,
};

static struct headlines *
new_headlines(struct desk *d, const struct screen_kind *kind, struct str query, struct str name)
{
	struct headlines *h = heap_alloc(sizeof(*h));
	h->base.kind = kind;
	h->desk = d;
	h->is_search = kind == &search_kind;
	h->urgent_arena = arena_new();
	h->hits_arena = arena_new();
	h->unread_since = d->look.now;
	headlines_set(&h->text, query);
	headlines_set(&h->title, name);
	headlines_set(&h->filter, STR(""));
	headlines_set(&h->find, STR(""));
	list_init(&h->list);
	return h;
}

struct screen *
headlines_screen_new(struct desk *d, struct str query, struct str name)
{
	enum { SORT_NEWEST, SORT_OLDEST };
	struct headlines *h = new_headlines(d, &headlines_kind, query, name);
	h->unread_only = !config_number(&d->app->config, OPT_show_read);
	if (config_number(&d->app->config, OPT_list_sort) == SORT_OLDEST)
		h->order = ORDER_OLDEST;
	headlines_requery(h);
	if (desk_is_wide(d) && h->list.chosen != LIST_NO_KEY)
		moved(h);
	return &h->base;
}

struct screen *
search_screen_new(struct desk *d, struct str query)
{
	struct headlines *h =
	    new_headlines(d, &search_kind, query, words_say(&d->words, "Search"));
	headlines_requery(h);
	return &h->base;
}

/* --- from a story --------------------------------------------------------------------------------- */

bool
desk_next_in_list(struct desk *d, int direction, bool unread)
{
	struct screen *screen = desk_list_screen(d);
	if (!screen)
		return false;
	struct headlines *h = self(screen);
	struct list_model m = headlines_model(h);
	int64_t before = h->list.chosen;
	if (unread) {
		if (!to_unread(h, direction))
			return false;
	} else {
		list_move(&h->list, &m, direction);
		if (h->list.chosen == before)
			return false;
	}
	const struct story_row *row = headlines_chosen(h);
	if (row)
		desk_open_story(d, headlines_report(h, row), true);
	return row != NULL;
}

/*
 * What was unread when the list was opened counts, so that reading downwards goes from `story 1 of
 * 132` to `story 2 of 132`.
 */
bool
desk_list_position(struct desk *d, story_id id, int64_t *n, int64_t *all)
{
	struct screen *screen = desk_list_screen(d);
	if (!screen || self(screen)->is_search)
		return false;
	struct headlines *h = self(screen);
	const struct story_row *row = headlines_chosen(h);
	int64_t key = h->list.chosen;
	if (!row || row->id != id || h->unread_most <= 0 || h->filter.n)
		return false;
	*n = 1;
	*all = h->unread_most;
	for (int i = 0; i < MAX_POSITION_STEPS; i++) {
		key = headlines_step(h, key, true);
		row = key == LIST_NO_KEY ? NULL : headlines_row(h, key);
		if (!row)
			return *n <= *all;
		*n += row->unread || row->read_at >= h->unread_since;
	}
	return false;
}
