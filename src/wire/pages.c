/*
 * A wish (errand.h) becomes a job (page_job.h) when there is room.
 */
#include "wire/pages.h"

#include <stdlib.h>

#include "store/fetch_queue.h"
#include "wire/errand.h"
#include "wire/page_job.h"

struct pages {
	struct wire *wire;
	struct wishes wishes;
	size_t n_jobs;
	struct page_job *first_job;
	struct { struct wire_deferred *v; size_t n, cap; } idle;
	struct busy_hosts busy;
	bool taking; /* jobs are being made */
};

static bool
is_idle(const struct pages *p)
{
	return p->wishes.n == 0 && p->n_jobs == 0;
}

static void
call_idle(struct pages *p)
{
	while (is_idle(p) && p->idle.n) {
		struct wire_deferred d = p->idle.v[--p->idle.n];
		d.call(d.ctx);
	}
}

/* --- making jobs -------------------------------------------------------------------------------- */

static void make_jobs(struct pages *);

static void
drop_job(struct pages *p, struct page_job *job)
{
	if (job->before)
		job->before->next = job->next;
	else
		p->first_job = job->next;
	if (job->next)
		job->next->before = job->before;
	p->n_jobs--;
	page_job_free(job);
}

static void
on_ended(struct page_job *job)
{
	struct pages *p = job->wire->pages;
	drop_job(p, job);
	make_jobs(p);
}

static struct page_job *
new_job(struct pages *p, const struct wish *wish)
{
	struct page_job *job = page_job_new(p->wire, wish, on_ended);
	job->wishes = &p->wishes;
	job->busy = &p->busy;
	job->next = p->first_job;
	if (job->next)
		job->next->before = job;
	p->first_job = job;
	p->n_jobs++;
	return job;
}

/* Jobs may end while they are made; the flag keeps that from nesting. */
static void
make_jobs(struct pages *p)
{
	if (p->taking)
		return;
	p->taking = true;
	while (p->wishes.first && p->n_jobs < PAGES_AT_ONCE && !p->wire->quitting) {
		struct wish *wish = wishes_take(&p->wishes);
		struct page_job *job = new_job(p, wish);
		wish_free(wish);
		wire_when_free(p->wire, page_job_start, job);
	}
	p->taking = false;
	call_idle(p);
}

/* --- public ------------------------------------------------------------------------------------- */

struct pages *
pages_new(struct wire *w)
{
	struct pages *p = heap_alloc(sizeof(*p));
	p->wire = w;
	return p;
}

void
pages_free(struct pages *p)
{
	if (!p)
		return;
	while (p->first_job) {
		errand_leave(p->first_job->errand);
		drop_job(p, p->first_job);
	}
	wishes_clear(&p->wishes);
	call_idle(p);
	busy_clear(&p->busy);
	free(p->idle.v);
	free(p);
}

void
pages_fetch(struct wire *w, const struct wire_fetch_story *ask)
{
	struct errand *errand = errand_new(ask->request, ask->budget);
	errand->left = 1; /* it is held while wishes are added */
	for (size_t i = 0; i < ask->pages.n; i++) {
		const struct wire_wanted *page = &ask->pages.v[i];
		struct wish wish = {.id = page->story, .why = (enum wire_why)ask->why,
		    .depth = ask->depth};
		wishes_add(&w->pages->wishes, errand, &wish, page->url);
	}
	errand_leave(errand);
	make_jobs(w->pages);
}

void
pages_want(struct wire *w, story_id id, enum wire_why why)
{
	struct wish wish = {.id = id, .why = why};
	wishes_add(&w->pages->wishes, errand_new(0, 0), &wish, STR(""));
	make_jobs(w->pages);
}

void
pages_take_queue(struct wire *w)
{
	struct arena *a = arena_new();
	struct fetch_wishes wishes = {0};
	struct err e = {0};
	if (!is_idle(w->pages) || w->offline) {
		arena_free(a);
		return;
	}
	if (!fetch_queue_list(w->store, a, PAGES_FROM_QUEUE, &wishes, &e))
		tell_log(w, WIRE_LOG_WARN, "%s", e.text);
	for (size_t i = 0; i < wishes.n; i++) {
		const struct fetch_wish *f = &wishes.v[i];
		if (f->failures >= PAGES_MAX_FAILURES) {
			if (!fetch_queue_remove(w->store, f->url, &e))
				tell_log(w, WIRE_LOG_WARN, "%s", e.text);
			continue;
		}
		struct wish wish = {.id = f->id, .depth = f->depth, .queued = true,
		    .why = f->why == WIRE_LINKS ? WIRE_LINKS : WIRE_STORE};
		wishes_add(&w->pages->wishes, errand_new(0, f->budget), &wish, f->url);
	}
	arena_free(a);
	if (wishes.n)
		make_jobs(w->pages);
}

void
pages_when_idle(struct wire *w, void (*call)(void *ctx), void *ctx)
{
	struct pages *p = w->pages;
	if (p->idle.n == p->idle.cap) {
		p->idle.cap = p->idle.cap ? p->idle.cap * 2 : 4;
		p->idle.v = heap_resize(p->idle.v, p->idle.cap * sizeof(*p->idle.v));
	}
	p->idle.v[p->idle.n++] = (struct wire_deferred){call, ctx};
	call_idle(p);
}

void
pages_tick(struct wire *w)
{
	int64_t now = clock_monotonic_ms();
	for (struct page_job *job = w->pages->first_job; job; job = job->next)
		if (job->asking && job->turn)
			schedule_quiet(w->schedule, job->turn,
			    now - request_heard_ms(job->asking) > SCHEDULE_QUIET_MS);
}
