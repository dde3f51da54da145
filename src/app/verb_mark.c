/* `kawat mark read|unread|star|unstar ID...|QUERY`: writes the store itself. */
#include "app/names.h"
#include "base/loop.h"
#include "store/mark.h"
#include "store/read.h"

static bool
mark_named(struct str word, enum mark_what *what, struct err *e)
{
	static const struct { struct str word; enum mark_what what; } marks[] = {
		{STR_INIT("read"), MARK_READ}, {STR_INIT("unread"), MARK_UNREAD},
		{STR_INIT("star"), MARK_STAR}, {STR_INIT("unstar"), MARK_UNSTAR},
	};
	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		if (str_eq(word, marks[i].word)) {
			*what = marks[i].what;
			return true;
		}
	}
	return err_set(e, ERR_USAGE, "'%.*s' is no mark: read, unread, star or unstar",
	    STR_ARG(word));
}

static bool
is_id(struct str s)
{
	int64_t n;
	return str_to_int(s, 1, INT64_MAX, &n) || str_eq(s, STR("last")) ||
	       str_find(s, STR("://")) != STR_NONE;
}

/* All arguments are IDs, or together they are a query. */
static bool
find_ids(struct app *app, struct store *store, struct mark *m, struct err *e)
{
	const struct cli *c = &app->cli;
	story_id *ids = ARENA_ARRAY(app->arena, story_id, c->n_args);
	for (size_t i = 1; i < c->n_args; i++)
		if (!is_id(c->args[i])) {
			m->scope = MARK_QUERY;
			m->query = cli_joined(app->arena, c, 1);
			return true;
		}
	for (size_t i = 1; i < c->n_args; i++)
		if (!read_find(store, c->args[i], &ids[m->n_ids++], e))
			return false;
	m->ids = ids;
	return true;
}

bool
verb_mark(struct app *app, struct err *e)
{
	struct store *store = NULL;
	struct names names;
	struct mark m = {0};
	int64_t now = clock_now(), change, n = 0;
	if (app->cli.n_args < 2)
		return err_set(e, ERR_USAGE, "mark needs a mark, and stories or a query");
	if (!store_exists(app->paths.data))
		return err_set(e, ERR_NOT_FOUND, "there are no stories yet");
	bool ok = mark_named(app->cli.args[0], &m.what, e) &&
	          app_open_store(app, STORE_WRITE, &store, e) &&
	          names_load(&names, app, store, e) && find_ids(app, store, &m, e) &&
	          mark_now(store, &m, names.feeds, now, local_offset_s(now),
	              config_number(&app->config, OPT_undo_levels), &change, &n, e);
	store_close(store);
	if (ok && !app->quiet)
		output_fmt(&app->out, "%lld\n", (long long)n);
	return ok;
}
