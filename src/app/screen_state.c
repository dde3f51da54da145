/* What kawat itself does and has: its messages, the refresh in detail, the store. */
#include "app/text_screen.h"
#include "store/care.h"
#include "view/refresh_lines.h"

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
		text_tell(d, a, cols, out, ROLE_DIM, words_say(&d->words, "No messages yet."));
}

static void
make_refresh(struct text_screen *t, struct desk *d, struct arena *a, size_t cols,
    struct lines *out)
{
	const struct refreshing *r = &d->refresh;
	struct refresh_view view = {.rows = r->rows, .n = r->n, .top = 0, .max_rows = r->n,
	    .per_host = (int)config_number(&d->app->config, OPT_per_host)};
	(void)t;
	if (r->n == 0) {
		text_tell(d, a, cols, out, ROLE_DIM, words_say(&d->words, "Nothing was fetched yet."));
		return;
	}
	view.ms = (r->running ? clock_monotonic_ms() : r->ended_ms) - r->began_ms;
	refresh_lines(a, &d->look, &view, cols, out);
	text_no_rows(out);
}

static void
refresh_title(struct screen *screen, struct desk *d, struct arena *a, struct screen_title *t)
{
	text_screen_title(screen, d, a, t);
	if (d->refresh.began_at)
		t->right = word_fill1(a, word(&d->words, WORD_STARTED),
		    look_when(a, &d->look, WHEN_CLOCK, d->refresh.began_at));
}

static const struct screen_kind refresh_kind = {
	.name = SAID_LATER("refresh"),
	.contexts = {CONTEXT_LIST, CONTEXT_GLOBAL, -1},
	.hints = {COMMAND_STOP, COMMAND_GO_LOG, COMMAND_CLOSE, -1},
	.draw = text_screen_draw, .command = text_screen_command, .title = refresh_title,
	.click = text_screen_click, .current = text_screen_current, .free = text_screen_free,
};

static void
make_store(struct text_screen *t, struct desk *d, struct arena *a, size_t cols, struct lines *out)
{
	struct care_stats s;
	struct err e = {0};
	(void)t;
	if (!d->store || !care_stats(d->store, &s, &e)) {
		text_tell(d, a, cols, out, ROLE_DIM, d->store ? arena_str(a, str_z(e.text))
						    : words_say(&d->words, "There is no store yet."));
		return;
	}
	text_add_pair(d, a, out, "File", str_z(store_path(d->store)));
	const struct { const char *label; int64_t n; } rows[] = {
		{"Stories", s.stories}, {"Unread", s.unread}, {"Starred", s.starred},
		{"Stored", s.stored}, {"Gone", s.gone}, {"Feeds", s.feeds}, {"Links", s.links},
		{"Links resolved", s.resolved_links}, {"Earlier versions", s.versions},
		{"Not indexed yet", s.unindexed}, {"Waiting to be stored", s.queued},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		text_add_pair(d, a, out, rows[i].label, word_number(a, &d->words, rows[i].n));
	text_add_pair(d, a, out, "Size", word_size(a, &d->words, s.file_bytes + s.log_bytes));
	if (s.oldest)
		text_add_pair(d, a, out, "Oldest", look_when(a, &d->look, WHEN_SHORT, s.oldest));
	if (s.newest)
		text_add_pair(d, a, out, "Newest", look_when(a, &d->look, WHEN_SHORT, s.newest));
}

struct screen *
log_screen_new(struct desk *d)
{
	return &text_screen_new(d, NULL, "Messages", make_log, NULL)->base;
}

struct screen *
refresh_screen_new(struct desk *d)
{
	return &text_screen_new(d, &refresh_kind, "Refresh", make_refresh, NULL)->base;
}

struct screen *
store_screen_new(struct desk *d)
{
	return &text_screen_new(d, NULL, "Store", make_store, NULL)->base;
}
