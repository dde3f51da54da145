#include "app/story_fetch.h"

#include <unistd.h>

#include "app/wire_client.h"

static void
ask(struct wire_client *w, const struct story_wish *wish, enum wire_why why, int64_t depth,
    int64_t budget)
{
	struct buf b = {0};
	wire_pack_fetch_story(&b, &(struct wire_fetch_story){
		.request = wire_client_request(w), .story = wish->id, .url = wish->url,
		.why = why, .depth = depth, .budget = budget});
	wire_client_send(w, WIRE_FETCH_STORY, &b);
	buf_clear(&b);
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
	for (size_t i = 0; ok && i < n; i++)
		ask(&w, &wishes[i], why, depth, budget);
	ok = ok && collect(&w, n, handler, ctx, e);
	wire_client_stop(&w);
	return ok;
}
