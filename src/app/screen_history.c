/* Stories that were opened, newest first; and those that wait to be stored. */
#include "app/text_screen.h"
#include "store/fetch_queue.h"
#include "store/saved.h"
#include "text/url.h"

enum { MAX_ROWS_SHOWN = 500 };

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
	if (d->store && saved_openeds(d->store, a, MAX_ROWS_SHOWN, &opened, &e)) {
		story_id *ids = ARENA_ARRAY(a, story_id, opened.n + 1);
		for (size_t i = 0; i < opened.n; i++)
			ids[i] = opened.v[i].id;
		if (!list_ids(d->store, a, ids, opened.n, &rows, &e))
			rows.n = 0;
	}
	text_set_ids(t, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		t->ids[i] = rows.v[i].id;
		add_story(d, a, out, (uint32_t)i, rows.v[i].title, rows.v[i].published, cols);
	}
	if (rows.n == 0)
		text_tell(d, a, cols, out, ROLE_DIM, words_say(&d->words, "No story was opened yet."));
}

/* What was asked for by address alone has no headline yet. */
static struct str
title_of(struct desk *d, struct arena *a, const struct fetch_wish *w)
{
	struct story_rows rows;
	struct err e = {0};
	if (w->title.n)
		return w->title;
	if (w->id != STORY_NONE && list_ids(d->store, a, &w->id, 1, &rows, &e) && rows.n)
		return rows.v[0].title;
	return url_show(a, w->url, 0);
}

static void
make_queue(struct text_screen *t, struct desk *d, struct arena *a, size_t cols, struct lines *out)
{
	struct fetch_wishes wishes = {0};
	struct err e = {0};
	if (d->store && !fetch_queue_list(d->store, a, MAX_ROWS_SHOWN, &wishes, &e))
		wishes.n = 0;
	text_set_ids(t, wishes.n);
	for (size_t i = 0; i < wishes.n; i++) {
		const struct fetch_wish *w = &wishes.v[i];
		t->ids[i] = w->id;
		t->urls[i] = str_of(heap_z(w->url), w->url.n);
		add_story(d, a, out, (uint32_t)i, title_of(d, a, w), w->at, cols);
	}
	if (wishes.n == 0)
		text_tell(d, a, cols, out, ROLE_DIM,
		    words_say(&d->words, "No story waits to be stored."));
}

static void
open_id(struct text_screen *t, struct desk *d, uint32_t row)
{
	if (row < t->n_ids && t->ids[row] != STORY_NONE)
		desk_open_story(d, t->ids[row], true);
	else
		desk_say(d, ROLE_STATUS, "Only its address is known.");
}

static bool
queue_command(struct screen *screen, struct desk *d, int command, int count)
{
	struct text_screen *t = (struct text_screen *)screen;
	if (command != COMMAND_UNQUEUE)
		return text_screen_command(screen, d, command, count);
	if (t->chosen_row < t->n_ids)
		desk_ask_unqueue(d, t->urls[t->chosen_row]);
	return true;
}

static const struct screen_kind history_kind = {
	.name = SAID_LATER("history"),
	.contexts = {CONTEXT_HEADLINES, CONTEXT_LIST, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_OPEN, COMMAND_RELATED, COMMAND_CLOSE, -1},
	.draw = text_screen_draw, .command = text_screen_command, .title = text_screen_title,
	.click = text_screen_click, .current = text_screen_current, .free = text_screen_free,
};

static const struct screen_kind queue_kind = {
	.name = SAID_LATER("queue"),
	.contexts = {CONTEXT_QUEUE, CONTEXT_LIST, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_OPEN, COMMAND_UNQUEUE, COMMAND_CLOSE, -1},
	.draw = text_screen_draw, .command = queue_command, .title = text_screen_title,
	.click = text_screen_click, .current = text_screen_current, .free = text_screen_free,
};

struct screen *
history_screen_new(struct desk *d)
{
	return &text_screen_new(d, &history_kind, "Every story opened", make_history, open_id)->base;
}

struct screen *
queue_screen_new(struct desk *d)
{
	return &text_screen_new(d, &queue_kind, "Waiting to be stored", make_queue, open_id)->base;
}
