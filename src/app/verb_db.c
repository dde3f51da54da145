/* `kawat db check|stats|compact|backup FILE|expire`. */
#include <string.h>
#include <time.h>

#include "app/names.h"
#include "base/loop.h"
#include "store/care.h"
#include "store/expire.h"

static bool
db_check(struct app *app, struct err *e)
{
	struct store *store = NULL;
	struct care_findings findings = {0};
	if (!store_exists(app->paths.data)) {
		output_text(&app->out, STR("there is no store yet\n"));
		return true;
	}
	bool ok = app_open_store(app, STORE_READ, &store, e) &&
	          care_check(store, app->arena, &findings, e);
	for (size_t i = 0; ok && i < findings.n; i++)
		output_fmt(&app->out, "%.*s\n", STR_ARG(findings.v[i]));
	if (ok && findings.n)
		ok = err_set(e, ERR_STORE, "'%s' is damaged: %zu findings", store_path(store),
		    findings.n);
	else if (ok)
		output_text(&app->out, STR("ok\n"));
	store_close(store);
	return ok;
}

static bool
db_stats(struct app *app, struct err *e)
{
	struct store *store = NULL;
	struct care_stats s;
	bool ok = app_open_store(app, STORE_READ, &store, e) && care_stats(store, &s, e);
	if (ok) {
		const struct { const char *name; int64_t value; } rows[] = {
			{"stories", s.stories}, {"unread", s.unread}, {"starred", s.starred},
			{"stored", s.stored}, {"gone", s.gone}, {"feeds", s.feeds},
			{"links", s.links}, {"links resolved", s.resolved_links},
			{"earlier versions", s.versions}, {"not indexed yet", s.unindexed},
			{"waiting to be stored", s.queued}, {"changes to undo", s.changes},
			{"bytes", s.file_bytes}, {"bytes of log", s.log_bytes},
			{"bytes free", s.free_bytes}, {"format", s.format},
		};
		for (size_t i = 0; i < COUNT_OF(rows); i++)
			output_fmt(&app->out, "%-22s %lld\n", rows[i].name,
			    (long long)rows[i].value);
	}
	store_close(store);
	return ok;
}

static bool
db_compact(struct app *app, struct err *e)
{
	struct store *store = NULL;
	bool ok = app_open_store(app, STORE_WRITE, &store, e) && care_compact(store, e);
	store_close(store);
	return ok;
}

static bool
db_backup(struct app *app, struct err *e)
{
	struct store *store = NULL;
	if (app->cli.n_args != 2)
		return err_set(e, ERR_USAGE, "db backup needs the name of a new file");
	bool ok = app_open_store(app, STORE_READ, &store, e) &&
	          care_backup(store, app->cli.raw_args[1], e);
	store_close(store);
	return ok;
}

/* As long as a step took the store is left to others, who ask for it in turns of milliseconds. */
static void
give_way(int64_t ms)
{
	const int64_t most_ms = 20;
	struct timespec pause = {.tv_nsec = (ms < most_ms ? ms : most_ms) * 1000000};
	nanosleep(&pause, NULL);
}

static bool
db_expire(struct app *app, struct err *e)
{
	struct store *store = NULL;
	struct names names;
	struct expire_result result = {0};
	struct expire_rules rules = {
		.keep_s = config_number(&app->config, OPT_keep) / 1000,
		.keep_unread_s = config_number(&app->config, OPT_keep_unread) / 1000,
		.max_bytes = config_number(&app->config, OPT_max_size),
	};
	bool ok = app_open_store(app, STORE_WRITE, &store, e) && names_load(&names, app, store, e);
	struct expire_feed *own = ARENA_ARRAY(app->arena, struct expire_feed,
	    app->feeds.feeds.n + 1);
	for (size_t i = 0; ok && i < names.feeds.n; i++) {
		int64_t keep = app->feeds.feeds.v[i].keep_s;
		if (keep >= 0 && names.feeds.v[i].id != FEED_NONE)
			own[rules.n_feeds++] = (struct expire_feed){names.feeds.v[i].id, keep};
	}
	rules.feeds = own;
	while (ok && !result.done) {
		int64_t begun = clock_monotonic_ms();
		ok = expire_step(store, &rules, clock_now(), &result, e);
		give_way(clock_monotonic_ms() - begun);
	}
	if (ok)
		output_fmt(&app->out, "%lld stories deleted\n", (long long)result.stories);
	store_close(store);
	return ok;
}

bool
verb_db(struct app *app, struct err *e)
{
	static const struct { const char *name; verb_function *run; size_t n_args; } actions[] = {
		{"check", db_check, 1}, {"stats", db_stats, 1}, {"compact", db_compact, 1},
		{"backup", db_backup, 2}, {"expire", db_expire, 1},
	};
	const char *what = app->cli.n_args ? app->cli.raw_args[0] : "";
	for (size_t i = 0; i < COUNT_OF(actions); i++) {
		if (strcmp(what, actions[i].name) != 0)
			continue;
		if (app->cli.n_args > actions[i].n_args)
			return err_set(e, ERR_USAGE, "what is '%.*s'? db %s needs %s",
			    STR_ARG(app->cli.args[actions[i].n_args]), what,
			    actions[i].n_args == 1 ? "nothing more" : "one file");
		return actions[i].run(app, e);
	}
	return err_set(e, ERR_USAGE, "db needs one of check, stats, compact, backup, expire");
}
