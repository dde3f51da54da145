#include "app/story_fetch.h"

#include <unistd.h>

#include "app/wire_client.h"

/* Orders of at most WIRE_MAX_WANTED pages; how many there are. */
static size_t
ask(struct wire_client *w, const struct story_wish *wishes, size_t n, enum wire_why why,
    int64_t depth, int64_t budget)
{
	size_t orders = 0;
	struct arena *a = arena_new();
	for (size_t from = 0; from < n; from += WIRE_MAX_WANTED, orders++) {
		size_t many = n - from < WIRE_MAX_WANTED ? n - from : WIRE_MAX_WANTED;
		struct wire_wanted *v = ARENA_ARRAY(a, struct wire_wanted, many);
		struct buf b = {0};
		for (size_t i = 0; i < many; i++)
			v[i] = (struct wire_wanted){wishes[from + i].id, wishes[from + i].url};
		wire_pack_fetch_story(&b, &(struct wire_fetch_story){
			.request = wire_client_request(w), .pages = {v, many}, .why = why,
			.depth = depth, .budget = budget});
		wire_client_send(w, WIRE_FETCH_STORY, &b);
		buf_clear(&b);
	}
	arena_free(a);
	return orders;
}

/* Each request ends with an answer that leaves nothing to come. */
static bool
collect(struct wire_client *w, size_t open, story_fetch_handler *handler, void *ctx,
    struct err *e)
{
	while (open) {
		struct frame f;
		struct wire_story_news news;
		if (!wire_client_wait(w, &f, e))
			return false;
		if (f.fd >= 0)
			close(f.fd);
		if (f.type != WIRE_STORY)
			continue;
		struct arena *a = arena_new();
		bool ok = wire_unpack_story_news(a, f.body, &news);
		if (ok) {
			handler(ctx, &news);
			open -= news.left == 0;
		}
		arena_free(a);
		if (!ok)
			return err_set(e, ERR_INTERNAL, "the fetching process gave a bad answer");
	}
	return true;
}

bool
story_fetch(struct app *app, const struct story_wish *wishes, size_t n, enum wire_why why,
    int64_t depth, int64_t budget, story_fetch_handler *handler, void *ctx, struct err *e)
{
	struct wire_client w;
	wire_client_init(&w, app);
	bool ok = wire_client_start(&w, e) && wire_client_ready(&w, e);
	ok = ok && collect(&w, ask(&w, wishes, n, why, depth, budget), handler, ctx, e);
	wire_client_stop(&w);
	return ok;
}
