/*
 * `kawat store [ID...|QUERY]`: full texts for reading offline, with the budget shown first.  What is
 * stored is not fetched again, so a command that was stopped goes on where it was.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/names.h"
#include "app/store_budget.h"
#include "app/story_fetch.h"
#include "base/loop.h"
#include "store/fetch_queue.h"
#include "store/read.h"
#include "view/words.h"

struct storing {
	struct app *app;
	struct story_wish *wishes;
	size_t n, cap;
	int64_t depth; /* steps of links, 0: none */
	struct store_budget budget;
	int64_t stored, gone, failed, queued;
};

static void
want(struct storing *s, const struct story_row *row)
{
	/* a stored story is a beginning of links, and no more */
	if ((row->stored && s->depth == 0) || row->gone || row->url.n == 0 || s->n == STORE_BUDGET_MAX)
		return;
	if (s->n == s->cap)
		s->wishes = arena_grow(s->app->arena, s->wishes, s->n, &s->cap, s->n + 1,
		    sizeof(*s->wishes));
	s->wishes[s->n++] = (struct story_wish){row->id, arena_str(s->app->arena, row->url)};
}

static bool
want_ids(struct storing *s, struct store *store, struct err *e)
{
	struct arena *a = s->app->arena;
	for (size_t i = 0; i < s->app->cli.n_args; i++) {
		struct read_story story;
		story_id id;
		if (!read_find(store, s->app->cli.args[i], &id, e) ||
		    !read_story(store, a, id, &story, e))
			return false;
		want(s, &story.row);
	}
	return true;
}

static bool
want_query(struct storing *s, struct store *store, struct err *e)
{
	struct arena *a = s->app->arena;
	struct names names;
	struct query *query;
	struct story_rows rows;
	int64_t now = clock_now();
	if (!names_load(&names, s->app, store, e) ||
	    !query_parse(a, cli_joined(a, &s->app->cli, 0), names.feeds, now, local_offset_s(now),
	        &query, e) ||
	    !list_window(store, a, query, LIST_TOP, LIST_OLDER, STORE_BUDGET_MAX, &rows, e))
		return false;
	for (size_t i = 0; i < rows.n; i++)
		want(s, &rows.v[i]);
	return true;
}

static bool
want_queue(struct storing *s, struct store *store, struct err *e)
{
	struct fetch_wishes waiting;
	if (!fetch_queue_list(store, s->app->arena, STORE_BUDGET_MAX, &waiting, e))
		return false;
	for (size_t i = 0; i < waiting.n; i++)
		want(s, &(struct story_row){.id = waiting.v[i].id, .url = waiting.v[i].url});
	return true;
}

static bool
all_ids(const struct cli *c)
{
	int64_t n;
	for (size_t i = 0; i < c->n_args; i++)
		if (!str_to_int(c->args[i], 1, INT64_MAX, &n) && !str_eq(c->args[i], STR("last")) &&
		    str_find(c->args[i], STR("://")) == STR_NONE)
			return false;
	return true;
}

static bool
choose(struct storing *s, struct err *e)
{
	struct store *store = NULL;
	bool ok = app_open_store(s->app, STORE_READ, &store, e);
	if (ok && s->app->cli.n_args == 0)
		ok = want_queue(s, store, e);
	else if (ok && all_ids(&s->app->cli))
		ok = want_ids(s, store, e);
	else if (ok)
		ok = want_query(s, store, e);
	ok = ok && store_budget(store, s->wishes, s->n, s->depth, &s->budget, e);
	store_close(store);
	return ok;
}

/* `62 pages, about 9 MB`; on a terminal it asks, elsewhere --yes must have been said for several. */
static bool
agreed(struct storing *s, struct err *e)
{
	struct words words = {0};
	char answer[16];
	long long pages = s->budget.pages;
	const char *noun = pages == 1 ? "page" : "pages";
	struct str size = word_size(s->app->arena, &words, pages * STORE_BUDGET_PAGE_BYTES);
	if (cli_has(&s->app->cli, FLAG_store_yes))
		return true;
	if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)) {
		say("%lld %s, about %.*s", pages, noun, STR_ARG(size));
		return pages <= 1 || err_set(e, ERR_USAGE,
		    "store fetches %lld pages: say --yes to go on", pages);
	}
	fprintf(stderr, "%lld %s, about %.*s. Go on? [y/N] ", pages, noun, STR_ARG(size));
	return (fgets(answer, sizeof(answer), stdin) && strchr("yYjJ", answer[0])) ||
	       err_set(e, ERR_USAGE, "nothing was fetched");
}

static void
on_story(void *ctx, const struct wire_story_news *n)
{
	struct storing *s = ctx;
	static const char *const says[] = {
		[WIRE_STORY_STORED] = "stored", [WIRE_STORY_SHOWN] = "stored as received",
		[WIRE_STORY_GONE] = "gone", [WIRE_STORY_QUEUED] = "will be fetched when online",
		[WIRE_STORY_FAILED] = "failed", [WIRE_STORY_REFUSED] = "refused",
		[WIRE_STORY_KEPT] = "",
		[WIRE_STORY_WITHHELD] = "withheld by the site",
	};
	switch ((enum wire_story_state)n->state) {
	case WIRE_STORY_KEPT:
		return;
	case WIRE_STORY_STORED:
	case WIRE_STORY_SHOWN:
		s->stored++;
		break;
	case WIRE_STORY_GONE:
		s->gone++;
		break;
	case WIRE_STORY_QUEUED:
		s->queued++;
		break;
	case WIRE_STORY_FAILED:
	case WIRE_STORY_REFUSED:
	case WIRE_STORY_WITHHELD:
		s->failed++;
		break;
	}
	if (s->app->quiet)
		return;
	output_fmt(&s->app->out, "%lld  %s  %.*s%s%.*s\n", (long long)n->story, says[n->state],
	    STR_ARG(n->url), n->error.n ? "  " : "", STR_ARG(n->error));
	output_flush(&s->app->out);
}

/* 4 when nothing came at all, 3 when something did not. */
static bool
verdict(const struct storing *s, struct err *e)
{
	bool nothing = s->stored == 0 && s->failed + s->queued > 0;
	if (!nothing && s->failed + s->gone == 0)
		return true;
	e->text[0] = '\0';
	e->kind = nothing ? ERR_NETWORK : ERR_PARTIAL;
	return false;
}

bool
verb_store(struct app *app, struct err *e)
{
	struct storing s = {.app = app};
	int64_t depth;
	if (!cli_number(&app->cli, FLAG_store_depth, 1, WIRE_MAX_DEPTH, 1, &depth, e))
		return false;
	if (cli_has(&app->cli, FLAG_store_depth) && !cli_has(&app->cli, FLAG_store_links))
		return err_set(e, ERR_USAGE, "--depth is the number of steps of --links");
	s.depth = cli_has(&app->cli, FLAG_store_links) ? depth : 0;
	if (!choose(&s, e))
		return false;
	if (s.n == 0 || s.budget.pages == 0) {
		if (!app->quiet)
			output_text(&app->out, STR("nothing to store\n"));
		return true;
	}
	return agreed(&s, e) &&
	    story_fetch(app, s.wishes, s.n, WIRE_STORE, s.depth, s.budget.linked, on_story, &s, e) &&
	    verdict(&s, e);
}
