/*
 * A wish becomes a job when there is room; a job goes
 *
 *	gate (only unasked) -> turn -> request -> parser -> store -> told, links wished for
 *	         ^-------------------------------------' while the story goes on, on another page
 *
 * Wishes and errands are those of errand.h.
 */
#include "wire/pages.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "store/fetch_queue.h"
#include "store/read.h"
#include "store/update.h"
#include "story/join.h"
#include "text/url.h"
#include "wire/busy.h"
#include "wire/errand.h"
#include "wire/gate.h"
#include "wire/manners.h"
#include "wire/parser.h"

static const char page_accept[] =
    "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1";

struct page_job {
	struct page_job *next, *before;
	struct wire *wire;
	struct arena *arena;
	struct errand *errand;
	story_id id;
	struct str url, typed;
	struct target target;
	enum wire_why why;
	int64_t depth;
	bool queued, linked;
	struct schedule_job *turn;
	struct request *asking;
	struct story story; /* of all its pages so far */
	bool has_story;
	struct str page; /* the page of it that is being fetched; empty: the first */
	struct str goes_on; /* at this address, after that page */
	int n_pages; /* that have come */
	bool has_page; /* the one being parsed */
	int64_t n_bytes, status;
	bool unreachable, parsing;
	enum wire_story_state state;
	struct err err;
};

struct pages {
	struct wire *wire;
	struct wishes wishes;
	size_t n_jobs;
	struct page_job *first_job;
	struct { struct wire_deferred *v; size_t n, cap; } idle;
	struct busy_hosts busy;
	bool taking; /* jobs are being made */
};

static void make_jobs(void *ctx);
static void ask_for_page(struct page_job *);

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

/* --- the end of a job --------------------------------------------------------------------------- */

static void
leave_network(struct page_job *job)
{
	if (job->asking)
		request_cancel(job->asking);
	if (job->turn)
		schedule_end(job->wire->schedule, job->turn);
	job->asking = NULL;
	job->turn = NULL;
}

static void
free_job(struct page_job *job)
{
	struct pages *p = job->wire->pages;
	leave_network(job);
	if (job->before)
		job->before->next = job->next;
	else
		p->first_job = job->next;
	if (job->next)
		job->next->before = job->before;
	p->n_jobs--;
	arena_free(job->arena);
	free(job);
}

static void
finish(struct page_job *job)
{
	struct wire *w = job->wire;
	struct wire_story_news n = {.request = job->errand->request, .story = job->id,
	    .url = job->url, .state = job->state, .n_bytes = job->n_bytes,
	    .error = utf8_cut(str_z(job->err.text), WIRE_MAX_TEXT_BYTES),
	    .withheld = job->has_story ? (int64_t)job->story.withheld : WITHHELD_NOT,
	    .left = job->errand->left - 1};
	if (n.request)
		tell_story_news(w, &n);
	errand_leave(job->errand);
	free_job(job);
	make_jobs(w->pages);
	wire_start_more(w);
}

static void
end_with(struct page_job *job, enum wire_story_state state)
{
	job->state = state;
	finish(job);
}

/* --- into the store ----------------------------------------------------------------------------- */

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
	if (errand->walked >= PAGES_MAX_WALKED || (!here && errand->budget <= 0))
		return here;
	if (!errand_visit(errand, url_key(a, link->url)))
		return true;
	errand->walked += here;
	errand->budget -= !here;
	wishes_add(&job->wire->pages->wishes, errand, &wish, link->url);
	return true;
}

static void
wish_ahead(struct page_job *job, const struct read_link *link)
{
	struct wish wish = {.id = link->to, .why = WIRE_LINKS, .linked = true};
	wishes_add(&job->wire->pages->wishes, errand_new(0, 0), &wish, link->url);
}

/* The links of a story that is stored now: one step further of the errand, or ahead of the reader. */
static void
wish_links(struct page_job *job)
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

static void
store_page(void *ctx)
{
	struct page_job *job = ctx;
	struct wire *w = job->wire;
	struct update_outcome o = {0};
	if (!update_page(w->store, job->id, job->url, &job->story, clock_now(), &o, &job->err)) {
		end_with(job, WIRE_STORY_FAILED);
		return;
	}
	job->id = o.id;
	tell_changed(w, 0, 1);
	forget_wish(job);
	wish_links(job);
	end_with(job, job->story.withheld ? WIRE_STORY_WITHHELD
	    : o.stored ? WIRE_STORY_STORED : WIRE_STORY_SHOWN);
}

/* What the page shows instead of the story is not stored; asking again would not help. */
static void
end_withheld(void *ctx)
{
	struct page_job *job = ctx;
	forget_wish(job);
	end_with(job, WIRE_STORY_WITHHELD);
}

static void
store_gone(void *ctx)
{
	struct page_job *job = ctx;
	struct err e = {0};
	if (!update_page_gone(job->wire->store, job->id, job->url, clock_now(), &e))
		tell_log(job->wire, WIRE_LOG_WARN, "%s", e.text);
	tell_changed(job->wire, 0, 1);
	forget_wish(job);
	end_with(job, WIRE_STORY_GONE);
}

/* Offline, or the network does not answer: it stands in the queue until that is over. */
static void
store_wish(void *ctx)
{
	struct page_job *job = ctx;
	struct fetch_wish wish = {.id = job->id, .url = job->url, .at = clock_now(),
	    .why = job->linked ? WIRE_LINKS : job->why, .depth = job->depth, .budget = job->errand->budget};
	bool ok = job->queued ? fetch_queue_failed(job->wire->store, job->url, &job->err)
			      : fetch_queue_add(job->wire->store, &wish, &job->err);
	end_with(job, ok ? WIRE_STORY_QUEUED : WIRE_STORY_FAILED);
}

/* --- from the parser ---------------------------------------------------------------------------- */

static void
on_story(void *ctx, struct bytes packed)
{
	struct page_job *job = ctx;
	struct story page;
	if (job->has_page || !parse_unpack_story(job->arena, packed, &page))
		return;
	job->has_page = true;
	job->goes_on = page.next_page;
	if (job->has_story)
		story_join(job->arena, &job->story, &page);
	else
		job->story = page;
	job->has_story = true;
}

static void
on_head(void *ctx, const struct parse_head *head)
{
	(void)ctx;
	(void)head;
}

static void
on_offer(void *ctx, const struct parse_offer *offer)
{
	(void)ctx;
	(void)offer;
}

/* A story of several pages is one thing that was asked for: so are its pages. */
static bool
follow(struct page_job *job)
{
	struct target target;
	struct err e = {0};
	if (job->goes_on.n == 0 || ++job->n_pages >= PAGES_OF_A_STORY ||
	    !target_of(job->arena, job->goes_on, &target, &e) ||
	    !str_eq(target.host, job->target.host))
		return false;
	job->target = target;
	job->page = job->goes_on;
	job->has_page = false;
	job->goes_on = STR("");
	ask_for_page(job);
	return true;
}

/* All pages have come, or no more can be had. */
static void
end_story(struct page_job *job)
{
	bool nothing = job->story.withheld && job->story.body.text.n == 0;
	job->err = (struct err){0}; /* that a further page failed is no failure of the story */
	wire_when_free(job->wire, nothing ? end_withheld : store_page, job);
}

static void
on_done(void *ctx, const struct parse_done *done)
{
	struct page_job *job = ctx;
	if (job->has_page && done->kind != ERR_INTERNAL && follow(job))
		return;
	if (job->has_story && (job->page.n || done->kind != ERR_INTERNAL)) {
		end_story(job);
		return;
	}
	err_set(&job->err, ERR_INPUT, "%.*s",
	    STR_ARG(done->text.n ? done->text : STR("no story was found in the page")));
	end_with(job, WIRE_STORY_FAILED);
}

/* --- from the network --------------------------------------------------------------------------- */

/* What the feed said of the story, to find it by on the page. */
static void
tell_known(struct page_job *job, struct arena *a, struct parse_job *ask)
{
	struct read_story *read = ARENA_NEW(a, struct read_story);
	if (job->id == STORY_NONE || !read_story(job->wire->store, a, job->id, read, NULL))
		return;
	const struct story *s = &read->story;
	ask->known_title = utf8_cut(s->title, STORY_MAX_TITLE_BYTES);
	ask->known_text = utf8_cut(s->body.text.n ? s->body.text : s->summary,
	    PARSE_MAX_KNOWN_BYTES);
}

static void
parse_page(struct page_job *job, const struct request_result *r)
{
	struct spool body;
	struct arena *a = arena_new();
	struct parse_job ask = {.what = PARSE_PAGE, .url = r->target->url,
	    .content_type = r->head->content_type,
	    .max_bytes = job->wire->settings.max_page_bytes};
	struct parser_listener listener = {on_story, on_head, on_offer, on_done, NULL, job};
	if (job->page.n == 0)
		tell_known(job, a, &ask);
	job->parsing = true;
	spool_move(r->spool, &body);
	parser_submit(job->wire->parser, &ask, &body, &listener);
	arena_free(a);
}

/* What many sites do with a story that they do not have any more; the front page is not the story. */
static bool
leads_to_front(struct page_job *job, const struct request_result *r)
{
	bool leads = r->end != REQUEST_FAILED && str_eq(r->target->path, STR("/")) &&
	    !str_eq(job->target.path, STR("/"));
	if (leads)
		err_set(&job->err, ERR_NETWORK, "the site leads to its front page instead");
	return leads;
}

static void
on_answer(void *ctx, const struct request_result *r)
{
	struct page_job *job = ctx;
	struct wire *w = job->wire;
	job->asking = NULL;
	leave_network(job);
	job->n_bytes += r->n_bytes;
	job->status = r->status;
	job->err = r->err;
	if (r->status == 429 || r->status == 503)
		busy_note(&w->pages->busy, r->target->host,
		    manners_retry_after(r->head->retry_after, clock_now()));
	bool front = leads_to_front(job, r);
	bool came = r->end == REQUEST_WHOLE || r->end == REQUEST_CUT;
	if (job->page.n && (front || !came))
		end_story(job);
	else if (front)
		end_with(job, WIRE_STORY_FAILED);
	else if (came)
		parse_page(job, r);
	else if (r->status == 404 || r->status == 410)
		wire_when_free(w, store_gone, job);
	else if (job->queued || (r->unreachable && job->why != WIRE_LINKS))
		wire_when_free(w, store_wish, job);
	else
		end_with(job, WIRE_STORY_FAILED);
	wire_start_more(w);
}

static void
on_turn(void *ctx)
{
	struct page_job *job = ctx;
	if (busy_is(&job->wire->pages->busy, job->target.host)) {
		err_set(&job->err, ERR_NETWORK, "the server is busy and was left alone");
		leave_network(job);
		if (job->page.n)
			end_story(job);
		else
			end_with(job, WIRE_STORY_FAILED);
		return;
	}
	struct request_ask ask = {.url = job->page.n ? job->page : job->url, .typed = job->typed,
	    .accept = str_z(page_accept),
	    .max_bytes = job->wire->settings.max_page_bytes, .done = on_answer, .ctx = job};
	job->asking = request_begin(job->wire->requester, &ask);
}

static void
stand_in_line(struct page_job *job)
{
	job->turn = schedule_add(job->wire->schedule, job->target.host, on_turn, job);
	wire_start_more(job->wire);
}

static void
on_gate(void *ctx, bool allowed)
{
	struct page_job *job = ctx;
	if (allowed) {
		stand_in_line(job);
		return;
	}
	if (job->page.n) {
		end_story(job);
		return;
	}
	err_set(&job->err, ERR_NETWORK, "the site asks programs not to fetch this page (robots.txt)");
	end_with(job, WIRE_STORY_REFUSED);
}

static void
ask_for_page(struct page_job *job)
{
	if (job->why == WIRE_LINKS || job->linked)
		gate_ask(job->wire->gate, &job->target, job->typed, on_gate, job);
	else
		stand_in_line(job);
}

/* --- making jobs -------------------------------------------------------------------------------- */

/* The address of a story, or the story of an address. */
static bool
complete(struct page_job *job)
{
	struct wire *w = job->wire;
	if (job->url.n == 0) {
		struct read_story *read = ARENA_NEW(job->arena, struct read_story);
		if (!read_story(w->store, job->arena, job->id, read, &job->err))
			return false;
		job->url = read->row.url;
	} else if (job->id == STORY_NONE &&
	    !read_find_url(w->store, job->url, &job->id, &job->err)) {
		return false;
	}
	return target_of(job->arena, job->url, &job->target, &job->err);
}

/*
 * A page that a link led to, or whose links alone are wanted, is not fetched when it is stored; the
 * same page twice in one errand neither.
 */
static bool
is_done_already(struct page_job *job)
{
	enum target_state state;
	story_id id;
	if (!job->linked && !errand_visit(job->errand, url_key(job->arena, job->url))) {
		job->depth = 0;
		return true;
	}
	return (job->linked || job->depth) &&
	    read_target(job->wire->store, job->url, &id, &state, NULL) && state == TARGET_STORED;
}

static void
start_job(void *ctx)
{
	struct page_job *job = ctx;
	struct wire *w = job->wire;
	if (!complete(job)) {
		end_with(job, WIRE_STORY_FAILED);
	} else if (is_done_already(job)) {
		wish_links(job);
		end_with(job, WIRE_STORY_KEPT);
	} else if (w->offline) {
		store_wish(job);
	} else {
		job->typed = arena_str(job->arena, wire_typed_for(w, job->url));
		ask_for_page(job);
	}
}

static struct page_job *
new_job(struct pages *p, const struct wish *wish)
{
	struct page_job *job = heap_alloc(sizeof(*job));
	job->wire = p->wire;
	job->arena = arena_new();
	job->errand = wish->errand;
	job->id = wish->id;
	job->url = arena_str(job->arena, str_z(wish->url));
	job->why = wish->why;
	job->depth = wish->depth;
	job->queued = wish->queued;
	job->linked = wish->linked;
	job->next = p->first_job;
	if (job->next)
		job->next->before = job;
	p->first_job = job;
	p->n_jobs++;
	return job;
}

/* Jobs may end while they are made; the flag keeps that from nesting. */
static void
make_jobs(void *ctx)
{
	struct pages *p = ctx;
	if (p->taking)
		return;
	p->taking = true;
	while (p->wishes.first && p->n_jobs < PAGES_AT_ONCE && !p->wire->quitting) {
		struct wish *wish = wishes_take(&p->wishes);
		struct page_job *job = new_job(p, wish);
		wish_free(wish);
		wire_when_free(p->wire, start_job, job);
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
		free_job(p->first_job);
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
