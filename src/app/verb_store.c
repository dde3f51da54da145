/* `kawat store [ID...|QUERY]`: full texts for reading offline, with the budget shown first. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/names.h"
#include "app/story_fetch.h"
#include "base/loop.h"
#include "store/fetch_queue.h"
#include "store/read.h"
#include "view/words.h"

enum {
	PAGE_BYTES = 150 * 1024, /* a news page as found: for the estimate */
	LINKS_A_STORY = 4,
	MAX_STORIES = 5000, /* in one command; more is a crawl */
};

struct storing {
	struct app *app;
	struct story_wish *wishes;
	size_t n, cap;
	int64_t stored, gone, failed, queued;
};

static void
want(struct storing *s, const struct story_row *row)
{
	if (row->stored || row->gone || row->url.n == 0 || s->n == MAX_STORIES)
		return;
	if (s->n == s->cap)
		s->wishes = arena_grow(s->app->arena, s->wishes, s->n, &s->cap, s->n + 1,
		    sizeof(*s->wishes));
	s->wishes[s->n++] = (struct story_wish){row->id, arena_str(s->app->arena, row->url)};
}

static bool
want_ids(struct storing *s, struct store *store, bool links, struct err *e)
{
	struct arena *a = s->app->arena;
	for (size_t i = 0; i < s->app->cli.n_args; i++) {
		struct read_story story;
		story_id id;
		if (!read_find(store, s->app->cli.args[i], &id, e) ||
		    !read_story(store, a, id, &story, e))
			return false;
		/* a stored story is asked again only for its links */
		if (links)
			story.row.stored = false;
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
	    !list_window(store, a, query, LIST_TOP, LIST_OLDER, MAX_STORIES, &rows, e))
		return false;
	for (size_t i = 0; i < rows.n; i++)
		want(s, &rows.v[i]);
	return true;
}

static bool
want_queue(struct storing *s, struct store *store, struct err *e)
{
	struct fetch_wishes waiting;
	if (!fetch_queue_list(store, s->app->arena, MAX_STORIES, &waiting, e))
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
choose(struct storing *s, bool links, struct err *e)
{
	struct store *store = NULL;
	bool ok = app_open_store(s->app, STORE_READ, &store, e);
	if (ok && s->app->cli.n_args == 0)
		ok = want_queue(s, store, e);
	else if (ok && all_ids(&s->app->cli))
		ok = want_ids(s, store, links, e);
	else if (ok)
		ok = want_query(s, store, e);
	store_close(store);
	return ok;
}

/* `62 pages, about 9 MB`; on a terminal it asks, elsewhere --yes must have been said for links. */
static bool
agreed(struct storing *s, int64_t pages, struct err *e)
{
	struct words words = {0};
	char answer[16];
	struct str size = word_size(s->app->arena, &words, pages * PAGE_BYTES);
	if (cli_has(&s->app->cli, FLAG_store_yes))
		return true;
	if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)) {
		say("%lld pages, about %.*s", (long long)pages, STR_ARG(size));
		return pages <= 1 || err_set(e, ERR_USAGE,
		    "store fetches %lld pages: say --yes to go on", (long long)pages);
	}
	fprintf(stderr, "%lld pages, about %.*s. Go on? [y/N] ", (long long)pages, STR_ARG(size));
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
	};
	switch ((enum wire_story_state)n->state) {
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
		s->failed++;
		break;
	}
	if (s->app->quiet)
		return;
	output_fmt(&s->app->out, "%lld  %s  %.*s%s%.*s\n", (long long)n->story, says[n->state],
	    STR_ARG(n->url), n->error.n ? "  " : "", STR_ARG(n->error));
	output_flush(&s->app->out);
}

bool
verb_store(struct app *app, struct err *e)
{
	struct storing s = {.app = app};
	bool links = cli_has(&app->cli, FLAG_store_links);
	int64_t depth;
	if (!cli_number(&app->cli, FLAG_store_depth, 1, WIRE_MAX_DEPTH, 1, &depth, e) ||
	    !choose(&s, links, e))
		return false;
	if (s.n == 0) {
		if (!app->quiet)
			output_text(&app->out, STR("nothing to store\n"));
		return true;
	}
	int64_t pages = (int64_t)s.n, budget = 0, each = 1;
	for (int64_t i = 0; links && i < depth; i++)
		each = each * LINKS_A_STORY + 1;
	if (links)
		budget = each;
	pages *= each;
	if (!agreed(&s, pages, e))
		return false;
	if (!story_fetch(app, s.wishes, s.n, WIRE_STORE, links ? depth : 0, budget, on_story, &s, e))
		return false;
	e->text[0] = '\0';
	if (s.stored == 0 && s.failed + s.queued > 0)
		e->kind = ERR_NETWORK;
	else if (s.failed + s.gone > 0)
		e->kind = ERR_PARTIAL;
	else
		return true;
	return false;
}
