/*
 * `kawat tail [QUERY...]`: a live ticker.  Wire refreshes by the interval of the configuration; where
 * another kawat does that already, the store is looked at all the same.  Each story is printed once,
 * in the order of arrival, until a signal or a closed pipe ends it.
 */
#include <stdlib.h>
#include <unistd.h>

#include "app/app.h"
#include "app/story_out.h"
#include "app/wire_client.h"
#include "base/loop.h"

enum {
	LOOK_MS = 1000, /* so often for what another kawat brought */
	WINDOW_ROWS = 200,
	FIRST_ROWS = 10, /* unless --limit says otherwise */
};

struct ticker {
	struct app *app;
	struct wire_client wire;
	struct store *store; /* NULL: there is none yet */
	struct names names;
	struct query *query;
	struct story_out out;
	story_id last; /* printed, or there before */
};

static bool
open_store(struct ticker *t, struct err *e)
{
	int64_t now = clock_now();
	struct app *app = t->app;
	return app_open_store(app, STORE_READ, &t->store, e) &&
	       names_load(&t->names, app, t->store, e) &&
	       query_parse(app->arena, cli_joined(app->arena, &app->cli, 0), t->names.feeds, now,
	           local_offset_s(now), &t->query, e);
}

/* What is there already: the newest, oldest of them first, as a ticker has printed them. */
static bool
print_first(struct ticker *t, int64_t limit, struct err *e)
{
	struct arena *a = arena_new();
	struct story_rows rows = {0};
	bool ok = limit == 0 || list_window(t->store, a, t->query, LIST_TOP, LIST_OLDER,
	                            (size_t)limit, &rows, e);
	for (size_t i = rows.n; ok && i-- > 0;)
		story_out_row(&t->out, &rows.v[i], STR(""));
	arena_free(a);
	story_out_flush(&t->out);
	return ok && list_last_arrived(t->store, &t->last, e);
}

static int
by_place(const void *x, const void *y)
{
	const struct story_row *a = x, *b = y;
	return (a->ord > b->ord) - (a->ord < b->ord);
}

/* Nobody reads any more, or nothing can be written. */
static bool
is_over(const struct ticker *t)
{
	return t->app->out.pipe_closed || t->app->out.failure.kind != ERR_NONE;
}

/* What came together is printed in the order of its dates: the newest stands last. */
static bool
print_arrived(struct ticker *t, struct err *e)
{
	bool ok = true, more = true;
	while (ok && more && !is_over(t)) {
		struct arena *a = arena_new();
		struct story_rows rows;
		story_id before = t->last;
		ok = list_arrived(t->store, a, t->query, before, WINDOW_ROWS, &rows, &t->last, e);
		if (ok && rows.n)
			qsort(rows.v, rows.n, sizeof(rows.v[0]), by_place);
		for (size_t i = 0; ok && i < rows.n; i++)
			story_out_row(&t->out, &rows.v[i], STR(""));
		more = ok && t->last != before;
		arena_free(a);
	}
	story_out_flush(&t->out);
	return ok;
}

static void
ask_refresh(struct ticker *t)
{
	struct wire_refresh r = {.scope = WIRE_DUE};
	struct buf b = {0};
	r.request = wire_client_request(&t->wire);
	wire_pack_refresh(&b, &r);
	wire_client_send(&t->wire, WIRE_REFRESH, &b);
	buf_clear(&b);
}

static bool
is_news(const struct frame *f)
{
	return f->type == WIRE_CHANGED || f->type == WIRE_REFRESHED;
}

/* Until something ends it: then *e is empty and exit_signal may say what. */
static bool
listen(struct ticker *t, struct err *e)
{
	while (!is_over(t)) {
		struct frame f;
		bool came;
		if (!wire_client_wait_ms(&t->wire, LOOK_MS, &f, &came, e))
			return false;
		if (came && f.fd >= 0)
			close(f.fd);
		if ((!came || is_news(&f)) && !print_arrived(t, e))
			return false;
	}
	return true;
}

static bool
run(struct ticker *t, int64_t limit, struct err *e)
{
	return wire_client_start(&t->wire, e) && wire_client_ready(&t->wire, e) &&
	       open_store(t, e) &&
	       story_out_begin(&t->out, t->app, &t->names,
	           cli_value(&t->app->cli, FLAG_tail_format, "text"), false, e) &&
	       print_first(t, limit, e) && (ask_refresh(t), listen(t, e));
}

bool
verb_tail(struct app *app, struct err *e)
{
	struct ticker t = {.app = app};
	int64_t limit;
	if (str_eq(cli_value(&app->cli, FLAG_tail_format, "text"), STR("json")))
		return err_set(e, ERR_USAGE, "tail never ends an array: use --format ndjson");
	if (!cli_number(&app->cli, FLAG_tail_limit, 0, WINDOW_ROWS, FIRST_ROWS, &limit, e))
		return false;
	if (app->feeds.feeds.n == 0) {
		err_set(e, ERR_USAGE, "no feeds yet");
		return err_remedy(e, "kawat add URL");
	}
	wire_client_init(&t.wire, app);
	bool ok = run(&t, limit, e);
	if (t.out.app)
		story_out_end(&t.out);
	store_close(t.store);
	wire_client_stop(&t.wire);
	return ok;
}
