#include "wire/page_store.h"

#include "store/fetch_queue.h"
#include "store/read.h"
#include "store/update.h"
#include "text/url.h"
#include "wire/page_job.h"

enum { MAX_WALKED = 5000 }; /* stored stories that one order goes through to what they link to */

/* Is a story that is here worth going through?  Only when a step beyond it is wanted. */
static bool
is_wanted(const struct read_link *link, int64_t steps)
{
	if (link->kind == LINK_MENTION || link->url.n == 0)
		return false;
	return link->state == TARGET_MISSING || (link->state == TARGET_STORED && steps > 1);
}

/* False: enough is wished for. */
static bool
wish_link(struct page_job *job, struct arena *a, const struct read_link *link)
{
	struct errand *errand = job->errand;
	struct wish wish = {.id = link->to, .why = job->why, .depth = job->depth - 1,
	    .linked = true};
	bool here = link->state == TARGET_STORED;
	if (errand->walked >= MAX_WALKED || (!here && errand->budget <= 0))
		return here;
	if (!errand_visit(errand, url_key(a, link->url)))
		return true;
	errand->walked += here;
	errand->budget -= !here;
	wishes_add(job->wishes, errand, &wish, link->url);
	return true;
}

static void
wish_ahead(struct page_job *job, const struct read_link *link)
{
	struct wish wish = {.id = link->to, .why = WIRE_LINKS, .linked = true};
	wishes_add(job->wishes, errand_new(0, 0), &wish, link->url);
}

void
page_store_links(struct page_job *job)
{
	struct wire *w = job->wire;
	int64_t ahead = job->why == WIRE_OPENED && job->depth == 0 ? w->settings.store_links : 0;
	struct arena *a = arena_new();
	struct read_story *read = ahead || job->depth ? ARENA_NEW(a, struct read_story) : NULL;
	bool more = read && read_story(w->store, a, job->id, read, NULL);
	for (size_t i = 0; more && i < read->links.n; i++) {
		const struct read_link *link = &read->links.v[i];
		if (!is_wanted(link, job->depth))
			continue;
		if (job->depth)
			more = wish_link(job, a, link);
		else
			wish_ahead(job, link);
		more = more && (job->depth || --ahead > 0);
	}
	arena_free(a);
}

/* Whoever asked for it: a story that is here (or gone) waits no longer, however it came. */
static void
forget_wish(struct page_job *job)
{
	if (!fetch_queue_remove(job->wire->store, job->url, &job->err))
		tell_log(job->wire, WIRE_LOG_WARN, "%s", job->err.text);
}

void
page_store_story(void *ctx)
{
	struct page_job *job = ctx;
	struct wire *w = job->wire;
	struct update_outcome o = {0};
	if (!update_page(w->store, job->id, job->url, &job->story, clock_now(), &o, &job->err)) {
		page_job_end(job, WIRE_STORY_FAILED);
		return;
	}
	job->id = o.id;
	tell_changed(w, 0, 1);
	forget_wish(job);
	page_store_links(job);
	page_job_end(job, job->story.withheld ? WIRE_STORY_WITHHELD
	    : o.stored ? WIRE_STORY_STORED : WIRE_STORY_SHOWN);
}

/* What the page shows instead of the story is not stored; asking again would not help. */
void
page_store_withheld(void *ctx)
{
	struct page_job *job = ctx;
	forget_wish(job);
	page_job_end(job, WIRE_STORY_WITHHELD);
}

void
page_store_gone(void *ctx)
{
	struct page_job *job = ctx;
	struct err e = {0};
	if (!update_page_gone(job->wire->store, job->id, job->url, clock_now(), &e))
		tell_log(job->wire, WIRE_LOG_WARN, "%s", e.text);
	tell_changed(job->wire, 0, 1);
	forget_wish(job);
	page_job_end(job, WIRE_STORY_GONE);
}

void
page_store_wish(void *ctx)
{
	struct page_job *job = ctx;
	struct fetch_wish wish = {.id = job->id, .url = job->url, .at = clock_now(),
	    .why = job->linked ? WIRE_LINKS : job->why, .depth = job->depth, .budget = job->errand->budget};
	bool ok = job->queued ? fetch_queue_failed(job->wire->store, job->url, &job->err)
			      : fetch_queue_add(job->wire->store, &wish, &job->err);
	page_job_end(job, ok ? WIRE_STORY_QUEUED : WIRE_STORY_FAILED);
}
