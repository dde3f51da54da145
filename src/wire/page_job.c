#include "wire/page_job.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "store/read.h"
#include "story/join.h"
#include "text/url.h"
#include "wire/gate.h"
#include "wire/manners.h"
#include "wire/page_store.h"
#include "wire/parser.h"

enum { PAGES_OF_A_STORY = 10 }; /* that are fetched and joined; galleries have more */

static const char page_accept[] =
    "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1";

static void ask_for_page(struct page_job *);

/* --- the end of a job --------------------------------------------------------------------------- */

static void
leave_network(struct page_job *job)
{
	wire_leave_network(job->wire, &job->asking, &job->turn);
}

void
page_job_free(struct page_job *job)
{
	leave_network(job);
	arena_free(job->arena);
	free(job);
}

void
page_job_end(struct page_job *job, enum wire_story_state state)
{
	struct wire *w = job->wire;
	struct wire_story_news n = {.request = job->errand->request, .story = job->id,
	    .url = job->url, .state = state, .n_bytes = job->n_bytes,
	    .error = utf8_cut(str_z(job->err.text), WIRE_MAX_TEXT_BYTES),
	    .withheld = job->has_story ? (int64_t)job->story.withheld : WITHHELD_NOT,
	    .left = job->errand->left - 1};
	if (n.request)
		tell_story_news(w, &n);
	errand_leave(job->errand);
	job->ended(job);
	wire_start_more(w);
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
	wire_when_free(job->wire, nothing ? page_store_withheld : page_store_story, job);
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
	page_job_end(job, WIRE_STORY_FAILED);
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
	job->err = r->err;
	if (r->status == 429 || r->status == 503)
		busy_note(job->busy, r->target->host,
		    manners_retry_after(r->head->retry_after, clock_now()));
	bool front = leads_to_front(job, r);
	bool came = r->end == REQUEST_WHOLE || r->end == REQUEST_CUT;
	if (job->page.n && (front || !came))
		end_story(job);
	else if (front)
		page_job_end(job, WIRE_STORY_FAILED);
	else if (came)
		parse_page(job, r);
	else if (r->status == 404 || r->status == 410)
		wire_when_free(w, page_store_gone, job);
	else if (job->queued || (r->unreachable && job->why != WIRE_LINKS))
		wire_when_free(w, page_store_wish, job);
	else
		page_job_end(job, WIRE_STORY_FAILED);
	wire_start_more(w);
}

static void
on_turn(void *ctx)
{
	struct page_job *job = ctx;
	if (busy_is(job->busy, job->target.host)) {
		err_set(&job->err, ERR_NETWORK, "the server is busy and was left alone");
		leave_network(job);
		if (job->page.n)
			end_story(job);
		else
			page_job_end(job, WIRE_STORY_FAILED);
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
on_gate(void *ctx, const struct err *refused)
{
	struct page_job *job = ctx;
	if (!refused) {
		stand_in_line(job);
		return;
	}
	if (job->page.n) {
		end_story(job);
		return;
	}
	job->err = *refused;
	page_job_end(job, WIRE_STORY_REFUSED);
}

static void
ask_for_page(struct page_job *job)
{
	if (job->why == WIRE_LINKS || job->linked)
		gate_ask(job->wire->gate, &job->target, job->typed, on_gate, job);
	else
		stand_in_line(job);
}

/* --- the beginning -------------------------------------------------------------------------------- */

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

void
page_job_start(void *ctx)
{
	struct page_job *job = ctx;
	struct wire *w = job->wire;
	if (!complete(job)) {
		page_job_end(job, WIRE_STORY_FAILED);
	} else if (is_done_already(job)) {
		page_store_links(job);
		page_job_end(job, WIRE_STORY_KEPT);
	} else if (w->offline) {
		page_store_wish(job);
	} else {
		job->typed = arena_str(job->arena, wire_typed_for(w, job->url));
		ask_for_page(job);
	}
}

struct page_job *
page_job_new(
    struct wire *w, const struct wish *wish, void (*ended)(struct page_job *))
{
	struct page_job *job = heap_alloc(sizeof(*job));
	job->wire = w;
	job->ended = ended;
	job->arena = arena_new();
	job->errand = wish->errand;
	job->id = wish->id;
	job->url = arena_str(job->arena, str_z(wish->url));
	job->why = wish->why;
	job->depth = wish->depth;
	job->queued = wish->queued;
	job->linked = wish->linked;
	return job;
}
