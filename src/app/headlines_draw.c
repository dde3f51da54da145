/* The headlines screen as it is drawn: rows, what stands where there are none, the title. */
#include "app/headlines.h"

#include "app/language.h"
#include "view/bars.h"
#include "view/paragraph.h"

/* --- where there is nothing ----------------------------------------------------------------------- */

static const struct feed_state *
only_feed(const struct headlines *h)
{
	const struct desk *d = h->desk;
	for (size_t i = 0; i < d->names.feeds.n && str_starts(h->text, STR("feed:")); i++)
		if (str_find(h->text, d->names.feeds.v[i].name) != STR_NONE)
			return names_state(&d->names, d->names.feeds.v[i].id);
	return NULL;
}

static struct str
nothing_found(struct headlines *h, struct arena *a)
{
	const struct words *w = &h->desk->words;
	if (!h->advice[0])
		return arena_fmt(a, language_format(w, "No story has all of: %.*s."),
		    STR_ARG(h->text));
	return arena_fmt(a, language_format(w, "No story has all of: %.*s. Did you mean: %s?"),
	    STR_ARG(h->text), h->advice);
}

static struct str
empty_feed(struct desk *d, struct arena *a, const struct feed_state *feed)
{
	struct str at = look_when(a, &d->look, WHEN_COLUMN, feed->good_at);
	return arena_fmt(a,
	    language_format(&d->words, "This feed has sent no stories. Last fetch %.*s. %.*s details"),
	    STR_ARG(at), STR_ARG(desk_key(d, COMMAND_FEED_DETAILS)));
}

static struct str
empty_text(struct headlines *h, struct arena *a)
{
	struct desk *d = h->desk;
	const struct words *w = &d->words;
	const struct feed_state *feed = only_feed(h);
	if (h->filter.n)
		return arena_fmt(a,
		    language_format(w,
		        "Nothing matches \"%.*s\". Esc clears the filter. %.*s searches all stories."),
		    STR_ARG(h->filter), STR_ARG(desk_key(d, COMMAND_SEARCH)));
	if (h->is_search)
		return nothing_found(h, a);
	if ((h->unread_only || str_eq(h->text, STR("is:unread"))) && d->counts.stories)
		return arena_fmt(a,
		    language_format(w, "All read. %.*s shows read stories, %.*s the starred ones."),
		    STR_ARG(desk_key(d, COMMAND_TOGGLE_READ_STORIES)),
		    STR_ARG(desk_key(d, COMMAND_GO_STARRED)));
	if (str_eq(h->text, STR("is:starred")))
		return arena_fmt(a, language_format(w, "No starred stories. %.*s stars the chosen story."),
		    STR_ARG(desk_key(d, COMMAND_STAR)));
	if (feed && feed->good_at)
		return empty_feed(d, a, feed);
	return arena_fmt(a, language_format(w, "No stories yet. %.*s refreshes all feeds."),
	    STR_ARG(desk_key(d, COMMAND_REFRESH_ALL)));
}

static void
draw_empty(struct headlines *h, struct area area)
{
	struct desk *d = h->desk;
	size_t cols = area.cols > 4 ? (size_t)area.cols - 4 : 1;
	struct lines lines = {0};
	struct paragraph p = {.text = h->broken ? STR("") : empty_text(h, d->frame),
	    .role = ROLE_DIM, .link = LINE_NO_LINK, .margin = 2, .cols = cols};
	if (p.text.n)
		paragraph_lines(d->frame, &d->look, &p, &lines);
	for (int i = 0; i < (int)lines.n && i + 1 < area.rows; i++)
		canvas_put_line(d->canvas, area.row + 1 + i, area.col, &lines.v[i], area.cols);
}

/* --- rows ----------------------------------------------------------------------------------------- */

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
	struct headline_layout layout = headlines_layout(h);
	int row = 0;
	for (int64_t key = h->list.top; key != LIST_NO_KEY && row < area.rows;
	     key = headlines_step(h, key, false)) {
		struct headline line = headlines_line(h, d->frame, key);
		struct lines lines = {0};
		if (!line.row)
			break;
		line.n_same = headlines_same(h, line.row);
		line.unread_behind = line.n_same && headlines_is_unread(h, line.row);
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

void
headlines_draw(struct screen *screen, struct desk *d, struct area area, bool focused)
{
	struct headlines *h = (struct headlines *)screen;
	struct list_model m = headlines_model(h);
	h->area = area;
	if (h->list.top == window_edge(h->window, false) || h->list.top == LIST_NO_KEY)
		window_seen_top(h->window);
	draw_new_above(h, &area);
	h->rows_area = area;
	list_settle(&h->list, &m, area.rows);
	if (h->list.chosen == LIST_NO_KEY) {
		draw_empty(h, area);
		if (focused)
			canvas_cursor(d->canvas, area.row, area.col, false);
		return;
	}
	headlines_load_hits(h, area.rows);
	draw_rows(h, area, focused);
}

/* --- the title ------------------------------------------------------------------------------------ */

/* `↻ 14.45`: when a feed answered last. */
static struct str
last_refresh(struct desk *d, struct arena *a)
{
	int64_t last = 0;
	for (size_t i = 0; i < d->names.feeds.n; i++) {
		const struct feed_state *s = names_state(&d->names, d->names.feeds.v[i].id);
		if (s && s->good_at > last)
			last = s->good_at;
	}
	if (last == 0)
		return STR("");
	return arena_fmt(a, " %.*s %.*s %.*s", STR_ARG(look_symbol(&d->look, SYMBOL_DOT)),
	    STR_ARG(look_symbol(&d->look, SYMBOL_NEWER)),
	    STR_ARG(look_when(a, &d->look, WHEN_COLUMN, last)));
}

static struct str
counts(struct headlines *h, struct arena *a)
{
	struct desk *d = h->desk;
	const struct words *w = &d->words;
	if (h->filter.n && h->found >= 0)
		return word_fill2(a, word(w, WORD_FILTER_OF), word_number(a, w, h->found),
		    word_number(a, w, h->all < 0 ? d->counts.stories : h->all));
	if (h->is_search)
		return h->found < 0 ? STR("") : word_fill2(a, word(w, WORD_FOUND_IN),
		    word_number(a, w, h->found), arena_fmt(a, "%lld ms", (long long)h->search_ms));
	if (h->all < 0)
		return STR("");
	return arena_cat(a, word_fill2(a, word(w, WORD_UNREAD_OF), word_number(a, w, h->unread),
	    word_number(a, w, h->all)), last_refresh(d, a));
}

void
headlines_title(struct screen *screen, struct desk *d, struct arena *a, struct screen_title *t)
{
	struct headlines *h = (struct headlines *)screen;
	(void)d;
	t->where[t->n_where++] = h->title;
	if (h->is_search)
		t->where[t->n_where++] = h->text;
	t->right = counts(h, a);
}
