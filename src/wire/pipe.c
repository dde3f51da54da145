#include "wire/pipe.h"

#include <stdlib.h>

#include "wire/feed_job.h"
#include "wire/upkeep.h"

struct pipe {
	struct pipe *next;
	struct wire *wire;
	int64_t request;
	char *url;
	struct spool spool;
	bool cut;
	struct feed_job *job; /* it is complete and being taken in */
	struct err err;
};

static struct pipe *
find(struct wire *w, const struct wire_feed_bytes *m)
{
	for (struct pipe *p = w->pipes; p; p = p->next)
		if (p->request == m->request && !p->job)
			return p;
	struct pipe *p = heap_alloc(sizeof(*p));
	*p = (struct pipe){.next = w->pipes, .wire = w, .request = m->request,
	    .url = heap_z(m->url)};
	spool_init(&p->spool, w->request_settings.spool_dir);
	return w->pipes = p;
}

static void
free_pipe(struct pipe *p)
{
	struct pipe **link = &p->wire->pipes;
	while (*link != p)
		link = &(*link)->next;
	*link = p->next;
	feed_job_free(p->job);
	spool_clear(&p->spool);
	free(p->url);
	free(p);
}

void
pipe_drop(struct wire *w)
{
	while (w->pipes)
		free_pipe(w->pipes);
}

static void
on_upkept(void *ctx)
{
	struct pipe *p = ctx;
	tell_indexed(p->wire, p->request);
	free_pipe(p);
}

static void
end(struct pipe *p, struct wire_refreshed *total)
{
	total->request = p->request;
	total->n_feeds = 1;
	tell_refreshed(p->wire, total);
	upkeep_begin(p->wire, on_upkept, p);
}

static void
on_job_done(void *ctx, struct feed_job *job)
{
	struct pipe *p = ctx;
	struct wire_refreshed total = {.n_new = job->n_new, .n_updated = job->n_updated,
	    .n_unchanged = job->outcome == WIRE_UNCHANGED,
	    .n_failed = job->outcome == WIRE_FAILED};
	if (job->store_failed) {
		total.err_kind = ERR_STORE;
		total.error = str_z(job->err.text);
	}
	end(p, &total);
}

static void
fail(struct pipe *p)
{
	struct wire_feed_news news = {.request = p->request, .url = str_z(p->url),
	    .phase = WIRE_DONE, .outcome = WIRE_FAILED, .err_kind = p->err.kind,
	    .error = str_z(p->err.text)};
	struct wire_refreshed total = {.n_failed = 1};
	tell_feed_news(p->wire, &news);
	end(p, &total);
}

static void
take_in(void *ctx)
{
	struct pipe *p = ctx;
	struct wire *w = p->wire;
	struct wire_source *source = wire_source_of(w, str_z(p->url));
	struct feed_state state;
	struct arena *a = arena_new();
	if (p->err.kind == ERR_NONE && !source)
		err_set(&p->err, ERR_USAGE, "not a feed of the feeds file");
	if (p->err.kind == ERR_NONE && p->spool.n == 0)
		err_set(&p->err, ERR_INPUT, "empty: nothing came by the pipe");
	if (p->err.kind == ERR_NONE && feeds_get(w->store, a, source->id, &state, &p->err)) {
		p->job = feed_job_new(w, source->sub, &state, p->request, on_job_done, p);
		p->job->cut = p->cut;
		feed_job_start_with(p->job, &p->spool);
	} else {
		fail(p);
	}
	arena_free(a);
}

void
pipe_take(struct wire *w, const struct wire_feed_bytes *m)
{
	struct pipe *p = find(w, m);
	struct bytes piece = m->piece;
	int64_t max = w->settings.max_feed_bytes;
	int64_t room = max ? max - p->spool.n : INT64_MAX;
	if ((int64_t)piece.n > room) {
		piece.n = (size_t)room;
		p->cut = true;
	}
	if (p->err.kind == ERR_NONE && piece.n && !spool_add(&p->spool, piece, &p->err))
		tell_log(w, WIRE_LOG_ERROR, "%s", p->err.text);
	if (m->last)
		wire_when_free(w, take_in, p);
}
