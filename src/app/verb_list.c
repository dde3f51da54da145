/* `kawat list` and `kawat search`: windows on the store, printed as they come. */
#include "app/app.h"
#include "app/failure.h"
#include "app/story_out.h"
#include "base/loop.h"
#include "store/search.h"

enum { WINDOW_ROWS = 500, LIMIT_TEXT = 50 };

struct listing {
	struct app *app;
	struct store *store;
	struct names names;
	struct query *query;
	struct story_out out;
	int64_t limit, n;
};

static bool
prepare(struct listing *l, struct app *app, enum flag format, enum flag header, enum flag limit,
    int64_t usual, struct err *e)
{
	int64_t now = clock_now();
	*l = (struct listing){.app = app};
	return cli_number(&app->cli, limit, 1, INT64_MAX, usual, &l->limit, e) &&
	       app_open_store(app, STORE_READ, &l->store, e) &&
	       names_load(&l->names, app, l->store, e) &&
	       query_parse(app->arena, cli_joined(app->arena, &app->cli, 0), l->names.feeds, now,
	           local_offset_s(now), &l->query, e) &&
	       story_out_begin(&l->out, app, &l->names, cli_value(&app->cli, format, "text"),
	           cli_has(&app->cli, header), e);
}

static bool
finish(struct listing *l, bool ok, struct err *e)
{
	if (l->out.app)
		story_out_end(&l->out);
	store_close(l->store);
	if (ok && l->n == 0)
		return err_set(e, ERR_NOT_FOUND, "no story matches");
	return ok;
}

static size_t
window_rows(const struct listing *l)
{
	int64_t left = l->limit - l->n;
	return left < WINDOW_ROWS ? (size_t)left : WINDOW_ROWS;
}

static bool
print_list(struct listing *l, struct err *e)
{
	bool oldest_first = cli_has(&l->app->cli, FLAG_list_reverse);
	int64_t place = oldest_first ? LIST_BOTTOM : LIST_TOP;
	while (l->n < l->limit && !l->app->out.pipe_closed) {
		struct arena *a = arena_new();
		struct story_rows rows;
		size_t want = window_rows(l);
		bool ok = list_window(l->store, a, l->query, place,
		    oldest_first ? LIST_NEWER : LIST_OLDER, want, &rows, e);
		for (size_t i = 0; ok && i < rows.n; i++) {
			story_out_row(&l->out, &rows.v[i], STR(""));
			place = rows.v[i].ord;
			l->n++;
		}
		bool end = !ok || rows.n < want;
		arena_free(a);
		if (end)
			return ok;
	}
	return true;
}

bool
verb_list(struct app *app, struct err *e)
{
	struct listing l;
	bool ok = prepare(&l, app, FLAG_list_format, FLAG_list_header, FLAG_list_limit, INT64_MAX,
	    e);
	if (ok && !cli_has(&app->cli, FLAG_list_all) && !query_has_state(l.query))
		l.query = query_and_unread(app->arena, l.query);
	ok = ok && print_list(&l, e);
	return finish(&l, ok, e);
}

static struct str
excerpt_text(struct arena *a, const struct search_hit *hit, bool marked)
{
	if (!marked)
		return hit->excerpt;
	struct buf b = {0};
	size_t at = 0;
	for (int i = 0; i < hit->n_matches; i++) {
		const struct search_match *m = &hit->matches[i];
		buf_add(&b, str_sub(hit->excerpt, at, m->at - at));
		buf_char(&b, '[');
		buf_add(&b, str_sub(hit->excerpt, m->at, m->n));
		buf_char(&b, ']');
		at = m->at + m->n;
	}
	buf_add(&b, str_from(hit->excerpt, at));
	struct str text = arena_str(a, buf_str(&b));
	buf_clear(&b);
	return text;
}

static bool
print_hits(struct listing *l, struct err *e)
{
	int64_t place = LIST_TOP;
	bool marked = l->out.format == FORMAT_TEXT;
	while (l->n < l->limit && !l->app->out.pipe_closed) {
		struct arena *a = arena_new();
		struct search_hits hits;
		size_t want = window_rows(l);
		bool ok = search_window(l->store, a, l->query, place, LIST_OLDER, want, &hits, e);
		for (size_t i = 0; ok && i < hits.n; i++) {
			story_out_row(&l->out, &hits.v[i].row, excerpt_text(a, &hits.v[i], marked));
			place = hits.v[i].row.ord;
			l->n++;
		}
		bool end = !ok || hits.n < want;
		arena_free(a);
		if (end)
			return ok;
	}
	return true;
}

/* What could have been meant, when nothing was found. */
static void
advise(struct listing *l)
{
	struct search_advice advice;
	struct err ignored = {0};
	if (l->n || l->app->quiet ||
	    !search_advise(l->store, l->app->arena, l->query, &advice, &ignored))
		return;
	for (size_t i = 0; i < advice.n; i++) {
		struct err e = {0};
		err_set(&e, ERR_NOT_FOUND, "no story has '%.*s': did you mean '%.*s'?",
		    STR_ARG(advice.unknown[i]), STR_ARG(advice.nearest[i]));
		if (advice.nearest[i].n)
			failure_say(l->app, &e);
	}
}

bool
verb_search(struct app *app, struct err *e)
{
	struct listing l;
	if (app->cli.n_args == 0)
		return err_set(e, ERR_USAGE, "search needs words to look for");
	bool ok = prepare(&l, app, FLAG_search_format, FLAG_search_header, FLAG_search_limit,
	    LIMIT_TEXT, e) && print_hits(&l, e);
	if (ok)
		advise(&l);
	return finish(&l, ok, e);
}
