/* Breadth first, a level a step; what was seen is known by the hash of its key. */
#include "app/store_budget.h"

#include <stdlib.h>

#include "store/read.h"
#include "text/url.h"

struct level {
	struct story_wish *v;
	size_t n, cap;
};

struct walk {
	struct store *store;
	struct arena *arena;
	struct arena *scratch; /* for one story */
	struct { uint64_t *v; size_t n, cap; } seen; /* sorted by nothing; a table, 0 is free */
	struct level next;
	int64_t pages, linked;
};

static bool
put(struct walk *w, uint64_t hash)
{
	size_t i = hash % w->seen.cap;
	while (w->seen.v[i] && w->seen.v[i] != hash)
		i = (i + 1) % w->seen.cap;
	bool is_new = !w->seen.v[i];
	w->seen.v[i] = hash;
	w->seen.n += is_new;
	return is_new;
}

/* The table has room from the beginning: no more than that is looked at. */
static bool
visit(struct walk *w, struct str url)
{
	struct str key = url_key(w->scratch, url);
	uint64_t hash = str_hash(key.n ? key : url);
	return w->seen.n * 2 < w->seen.cap && put(w, hash ? hash : 1);
}

/* Links of a page that nobody has seen, `steps` steps deep. */
static int64_t
guess(int64_t steps)
{
	int64_t level = 1, all = 0;
	for (int64_t i = 0; i < steps; i++) {
		level *= STORE_BUDGET_LINKS;
		all += level;
	}
	return all;
}

static bool
look(struct walk *w, const struct story_wish *page, int64_t steps, bool linked, struct err *e)
{
	enum target_state state = TARGET_MISSING;
	story_id id = page->id;
	if (!read_target(w->store, page->url, &id, &state, e))
		return false;
	if (state == TARGET_STORED) {
		struct story_wish next = {page->id != STORY_NONE ? page->id : id,
		    arena_str(w->arena, page->url)};
		ARENA_PUSH(w->arena, &w->next, next);
	} else if (state == TARGET_MISSING) {
		w->pages++;
		w->linked += linked + guess(steps);
		w->pages += guess(steps);
	}
	return true;
}

static bool
expand(struct walk *w, const struct story_wish *story, int64_t steps, struct err *e)
{
	arena_reset(w->scratch);
	struct read_story *read = ARENA_NEW(w->scratch, struct read_story);
	if (!read_story(w->store, w->scratch, story->id, read, e))
		return false;
	for (size_t i = 0; i < read->links.n && w->pages < STORE_BUDGET_MAX; i++) {
		const struct read_link *l = &read->links.v[i];
		struct story_wish to = {l->to, l->url};
		if (l->kind == LINK_MENTION || l->url.n == 0 || !visit(w, l->url))
			continue;
		if (!look(w, &to, steps - 1, true, e))
			return false;
	}
	return true;
}

static bool
walk(struct walk *w, const struct story_wish *roots, size_t n, int64_t depth, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (visit(w, roots[i].url) && !look(w, &roots[i], depth, false, e))
			return false;
	for (int64_t steps = depth; steps > 0; steps--) {
		struct level level = w->next;
		w->next = (struct level){0};
		for (size_t i = 0; i < level.n; i++)
			if (!expand(w, &level.v[i], steps, e))
				return false;
	}
	return true;
}

bool
store_budget(struct store *store, const struct story_wish *roots, size_t n, int64_t depth,
    struct store_budget *out, struct err *e)
{
	struct walk w = {.store = store, .arena = arena_new(), .scratch = arena_new()};
	w.seen.cap = 8 * STORE_BUDGET_MAX;
	w.seen.v = ARENA_ARRAY(w.arena, uint64_t, w.seen.cap);
	bool ok = walk(&w, roots, n, depth, e);
	int64_t over = w.pages > STORE_BUDGET_MAX ? w.pages - STORE_BUDGET_MAX : 0;
	*out = (struct store_budget){w.pages - over, w.linked > over ? w.linked - over : 0};
	arena_free(w.arena);
	arena_free(w.scratch);
	return ok;
}
