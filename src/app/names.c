#include "app/names.h"

#include <time.h>

/* A line without a name is called what the feed calls itself. */
static void
join(struct query_feed *feed, const struct wire_subscription *s, const struct feed_state *state)
{
	feed->id = state->id;
	if (s->name.n == 0 && state->title.n)
		feed->name = state->title;
}

bool
names_load(struct names *n, struct app *app, struct store *store, struct err *e)
{
	struct arena *a = app->arena;
	const struct wire_feeds *feeds = &app->feeds.feeds;
	*n = (struct names){0};
	if (!feeds_all(store, a, &n->states, e))
		return false;
	struct query_feed *v = ARENA_ARRAY(a, struct query_feed, feeds->n + 1);
	for (size_t i = 0; i < feeds->n; i++) {
		const struct wire_subscription *s = &feeds->v[i];
		v[i] = (struct query_feed){FEED_NONE, s->url, subscription_name(a, s), s->section,
		    s->hide};
	}
	/* Each address once on both sides; a table by hash keeps a thousand feeds linear. */
	size_t room = 64;
	while (room < feeds->n * 2)
		room *= 2;
	size_t *table = ARENA_ARRAY(a, size_t, room);
	for (size_t i = 0; i < feeds->n; i++) {
		size_t at = str_hash(v[i].url) & (room - 1);
		while (table[at])
			at = (at + 1) & (room - 1);
		table[at] = i + 1;
	}
	n->of_state = ARENA_ARRAY(a, const struct query_feed *, n->states.n + 1);
	for (size_t i = 0; i < n->states.n; i++) {
		size_t at = str_hash(n->states.v[i].url) & (room - 1);
		for (; table[at]; at = (at + 1) & (room - 1)) {
			struct query_feed *feed = &v[table[at] - 1];
			if (!str_eq(feed->url, n->states.v[i].url))
				continue;
			join(feed, &feeds->v[table[at] - 1], &n->states.v[i]);
			if (!n->of_state[i])
				n->of_state[i] = feed;
		}
	}
	n->feeds = (struct query_feeds){v, feeds->n};
	return true;
}

/* The place of a feed's state; SIZE_MAX: none. */
static size_t
place_of(const struct names *n, feed_id id)
{
	size_t low = 0, high = n->states.n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (n->states.v[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n->states.n && n->states.v[low].id == id ? low : SIZE_MAX;
}

const struct query_feed *
names_of(const struct names *n, feed_id id)
{
	size_t at = place_of(n, id);
	return at == SIZE_MAX ? NULL : n->of_state[at];
}

const struct feed_state *
names_state(const struct names *n, feed_id id)
{
	size_t at = place_of(n, id);
	return at == SIZE_MAX ? NULL : &n->states.v[at];
}

bool
app_open_store(struct app *app, enum store_mode mode, struct store **store, struct err *e)
{
	struct store_options options = {.folder = app->paths.data, .mode = mode,
	    .sync_full = config_number(&app->config, OPT_sync)};
	enum store_trouble trouble = STORE_FINE;
	if (!store_open(store, &options, &trouble, e)) {
		if (trouble == STORE_ABSENT)
			err_remedy(e, app->feeds.feeds.n ? "kawat refresh" : "kawat add URL");
		return false;
	}
	if (store_is_frozen(*store) && !app->quiet)
		say("'%s' is on a disk that is full or read-only: the last changes may be missing",
		    store_path(*store));
	return true;
}

int32_t
local_offset_s(int64_t at)
{
	time_t t = (time_t)at;
	struct tm tm;
	return localtime_r(&t, &tm) ? (int32_t)tm.tm_gmtoff : 0;
}
