#include "wire/feed_job.h"

#include <stdlib.h>

#include "text/url.h"
#include "wire/conditional.h"
#include "wire/feed_news.h"
#include "wire/manners.h"
#include "wire/settle.h"

static const char feed_accept[] =
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.9, application/json;q=0.8, */*;q=0.5";

/* --- making and freeing ------------------------------------------------------------------------- */

static struct wire_subscription
copy_subscription(struct arena *a, const struct wire_subscription *from)
{
	struct wire_subscription s = *from;
	struct str *const strings[] = {&s.url, &s.name, &s.section, &s.agency, &s.lang,
	    &s.charset, &s.user_agent, &s.proxy, &s.user};
	for (size_t i = 0; i < COUNT_OF(strings); i++)
		*strings[i] = arena_str(a, *strings[i]);
	return s;
}

static struct feed_state
copy_state(struct arena *a, const struct feed_state *from)
{
	struct feed_state s = *from;
	struct str *const strings[] = {&s.url, &s.error, &s.etag, &s.last_modified, &s.moved_to,
	    &s.title, &s.site, &s.lang};
	for (size_t i = 0; i < COUNT_OF(strings); i++)
		*strings[i] = arena_str(a, *strings[i]);
	return s;
}

struct feed_job *
feed_job_new(struct wire *w, const struct wire_subscription *sub, const struct feed_state *state,
    int64_t request, void (*done)(void *ctx, struct feed_job *), void *ctx)
{
	struct feed_job *job = heap_alloc(sizeof(*job));
	struct arena *a = arena_new();
	*job = (struct feed_job){.wire = w, .arena = a, .sub = copy_subscription(a, sub),
	    .state = copy_state(a, state), .request = request, .done = done, .ctx = ctx};
	return job;
}

static void
leave_network(struct feed_job *job)
{
	wire_leave_network(job->wire, &job->asking, &job->turn);
}

void
feed_job_free(struct feed_job *job)
{
	if (!job)
		return;
	leave_network(job);
	history_free(job->walk);
	arena_free(job->arena);
	free(job);
}

static void
tell_phase(struct feed_job *job)
{
	struct wire_feed_news n = {.request = job->request, .url = job->sub.url,
	    .phase = job->phase, .outcome = job->outcome, .n_bytes = job->n_bytes,
	    .n_new = job->n_new, .n_updated = job->n_updated, .n_items = job->n_items,
	    .status = job->status, .ms = clock_monotonic_ms() - job->began_ms,
	    .err_kind = job->err.kind, .error = str_z(job->err.text),
	    .n_pages = job->n_pages, .n_older = job->n_older, .older_left = job->older_left,
	    .older_failed = job->older_failed, .older_says = job->older_says};
	job->told_ms = clock_monotonic_ms();
	feed_news_tell(job->wire, n, &job->state);
}

static void
enter(struct feed_job *job, enum wire_phase phase)
{
	job->phase = phase;
	tell_phase(job);
}

/* --- the end ------------------------------------------------------------------------------------ */

static void
finish(struct feed_job *job, enum wire_outcome outcome)
{
	leave_network(job);
	job->outcome = outcome;
	job->phase = WIRE_DONE;
	tell_phase(job);
	job->done(job->ctx, job);
}

static enum wire_outcome
outcome_of(const struct feed_job *job)
{
	if (job->state.health == FEED_GONE)
		return WIRE_GONE;
	if (job->err.kind != ERR_NONE)
		return WIRE_FAILED;
	return job->n_new || job->n_updated ? WIRE_UPDATED : WIRE_UNCHANGED;
}

static struct feed_fetch
log_entry(const struct feed_job *job, int64_t now)
{
	return (struct feed_fetch){.at = now, .status = job->status, .n_bytes = job->n_bytes,
	    .ms = job->ms, .n_new = job->n_new, .n_updated = job->n_updated,
	    .error = str_z(job->err.text)};
}

/* Bring the state to what it is after this attempt. */
static void
settle_state(struct feed_job *job, bool good, int64_t retry_after_s, int64_t now)
{
	struct feed_state *s = &job->state;
	struct manners_answer answer = {.status = job->status, .good = good,
	    .retry_after_s = retry_after_s,
	    .fresh_s = manners_fresh_s(job->max_age_s, s->ttl_s / 60)};
	manners_after(s, &answer, wire_every_s(job->wire, &job->sub), now);
	if (good && manners_moved(s, job->redirected_to))
		job->moved_to = arena_str(job->arena, s->moved_to);
	if (!good && s->health == FEED_FAILING && (job->status == 429 || job->status == 503))
		err_set(&job->err, ERR_NETWORK, "the server is busy. Next try at %.*s",
		    STR_ARG(feed_news_when(job->arena, s->next_at, now)));
	if (!good && job->status == 404 && now - s->failing_since > 24 * 3600)
		err_set(&job->err, ERR_NETWORK, "not found (404) since %.*s",
		    STR_ARG(feed_news_day(job->arena, s->failing_since)));
	s->error = arena_str(job->arena, str_z(job->err.text));
}

static void
on_settled(void *ctx, const struct err *failed)
{
	struct feed_job *job = ctx;
	if (failed) {
		job->err = *failed;
		job->store_failed = true;
	}
	finish(job, outcome_of(job));
}

/* It ended without anything to store but its state. */
static void
end_without_stories(struct feed_job *job, bool good, int64_t retry_after_s)
{
	int64_t now = clock_now();
	leave_network(job);
	settle_state(job, good, retry_after_s, now);
	job->entry = log_entry(job, now);
	struct settle_entry entry = {&job->state, &job->entry, on_settled, job};
	settle(job->wire, &entry);
}

/* --- the intake --------------------------------------------------------------------------------- */

static void
take_validators(struct feed_job *job, const struct intake_result *r)
{
	bool whole = !job->cut && !r->torn;
	job->state.etag = whole ? job->etag : STR("");
	job->state.last_modified = whole ? job->last_modified : STR("");
	job->state.body_hash = whole ? job->body_hash : 0;
}

static bool
has_more_files(const struct feed_job *job)
{
	return job->next_file < job->files.n;
}

static void
on_settle(void *ctx, const struct intake_result *r, struct feed_state *state,
    struct feed_fetch *fetch)
{
	struct feed_job *job = ctx;
	struct feed_state *s = &job->state;
	struct arena *a = job->arena;
	int64_t now = clock_now();
	job->n_new += r->n_new;
	job->n_updated += r->n_updated;
	job->n_items += r->n_items;
	s->ttl_s = r->ttl_minutes > 0 ? manners_fresh_s(0, r->ttl_minutes) : 0;
	s->skip_hours = r->skip_hours;
	s->skip_days = r->skip_days;
	s->title = r->title.n ? arena_str(a, r->title) : s->title;
	s->lang = r->lang.n ? arena_str(a, r->lang) : s->lang;
	s->site = r->link.n ? arena_str(a, r->link) : s->site;
	if (!has_more_files(job)) {
		take_validators(job, r);
		settle_state(job, true, -1, now);
	}
	*state = *s;
	*fetch = log_entry(job, now);
}

static void next_local(struct feed_job *);
static void walk_archive(struct feed_job *, const struct intake_result *);

static void
say_offers(struct feed_job *job, const struct intake_result *r)
{
	if (r->n_offers == 1)
		err_set(&job->err, ERR_INPUT, WIRE_SAYS_PAGE "a feed: %.*s",
		    STR_ARG(str_sub(r->offers[0].url, 0, 300)));
	else if (r->n_offers)
		err_set(&job->err, ERR_INPUT, WIRE_SAYS_PAGE "%zu feeds: %.*s, …",
		    r->n_offers, STR_ARG(str_sub(r->offers[0].url, 0, 300)));
}

static void
keep_fresh(struct feed_job *job, const struct intake_result *r)
{
	job->fresh = ARENA_ARRAY(job->arena, story_id, r->n_fresh + 1);
	for (size_t i = 0; i < r->n_fresh; i++)
		job->fresh[i] = r->fresh[i];
	job->n_fresh = r->n_fresh;
}

/* A bad file in a spool folder is passed over; a feed keeps its stories and is asked again later. */
static void
on_intake_failed(struct feed_job *job, const struct intake_result *r)
{
	job->store_failed = r->store_failed;
	if (r->store_failed || !job->cut)
		job->err = r->err;
	say_offers(job, r);
	if (job->store_failed) {
		job->n_new = job->n_updated = job->n_items = 0;
		finish(job, WIRE_FAILED);
	} else if (has_more_files(job)) {
		tell_log(job->wire, WIRE_LOG_WARN, "%s: %s",
		    job->files.v[job->next_file - 1].path, job->err.text);
		next_local(job);
	} else {
		if (job->files.n > 1)
			job->state.last_modified = job->files.stamp;
		end_without_stories(job, false, -1);
	}
}

static void
on_intake_done(void *ctx, const struct intake_result *r)
{
	struct feed_job *job = ctx;
	struct wire *w = job->wire;
	if (r->repaired.n)
		tell_log(job->wire, WIRE_LOG_INFO, "%.*s: repaired (%.*s)",
		    STR_ARG(job->sub.name), STR_ARG(r->repaired));
	tell_changed(job->wire, r->n_new, r->n_updated);
	if (r->store_failed || r->err.kind != ERR_NONE) {
		on_intake_failed(job, r);
	} else {
		keep_fresh(job, r);
		job->err = job->cut ? job->err : (struct err){0};
		if (has_more_files(job))
			next_local(job);
		else if (job->max_pages)
			walk_archive(job, r);
		else
			finish(job, outcome_of(job));
	}
	wire_start_more(w);
}

/* Of the body and of what the feeds file says about reading it; 0 for a body in a file. */
static uint64_t
hash_of(const struct feed_job *job)
{
	uint64_t h = job->raw_hash;
	if (h == 0)
		return 0;
	h ^= str_hash(job->sub.charset) ^ str_hash(job->sub.agency) * 3 ^
	    str_hash(job->sub.lang) * 5 ^ (uint64_t)job->sub.max_items * 7;
	return h ? h : 1;
}

static void
begin_intake(struct feed_job *job, struct str url, struct str content_type, struct spool *spool)
{
	struct wire *w = job->wire;
	const struct wire_subscription *sub = &job->sub;
	struct intake_ask ask = {.feed = job->state.id, .url = url,
	    .content_type = content_type, .charset = sub->charset, .agency = sub->agency,
	    .lang = sub->lang,
	    .max_items = sub->max_items > 0 ? sub->max_items : FEED_JOB_MAX_ITEMS,
	    .max_bytes = w->settings.max_feed_bytes, .cut = job->cut, .now = clock_now(),
	    .settle = on_settle, .done = on_intake_done, .ctx = job};
	job->base = url;
	enter(job, WIRE_PARSING);
	intake_begin(w, &ask, spool);
}

/* --- the network -------------------------------------------------------------------------------- */

static void
on_whole(struct feed_job *job, const struct request_result *r)
{
	struct arena *a = job->arena;
	job->cut = r->end == REQUEST_CUT;
	job->raw_hash = spool_hash(r->spool);
	job->body_hash = job->cut ? 0 : hash_of(job);
	job->etag = arena_str(a, conditional_etag(r->head->etag));
	job->last_modified = arena_str(a, conditional_date(r->head->last_modified));
	bool same =
	    !job->max_pages && job->body_hash && job->body_hash == job->state.body_hash;
	if (same) {
		job->state.etag = job->etag;
		job->state.last_modified = job->last_modified;
		end_without_stories(job, true, -1);
		return;
	}
	struct spool body;
	spool_move(r->spool, &body);
	begin_intake(job, arena_str(a, r->target->url), arena_str(a, r->head->content_type),
	    &body);
}

static void
on_answer(void *ctx, const struct request_result *r)
{
	struct feed_job *job = ctx;
	struct wire *w = job->wire;
	job->asking = NULL;
	leave_network(job); /* its place is free for the next one while this is parsed */
	job->status = r->status;
	job->n_bytes = r->n_bytes;
	job->ms = r->ms;
	job->unreachable = r->unreachable;
	job->redirected_to = arena_str(job->arena, r->moved_to);
	job->max_age_s = manners_max_age(r->head->cache_control);
	job->err = r->err;
	if (r->err.kind == ERR_STORE)
		job->store_failed = true; /* the disk is full */
	switch (r->end) {
	case REQUEST_WHOLE:
	case REQUEST_CUT:
		on_whole(job, r);
		break;
	case REQUEST_NOT_MODIFIED:
	case REQUEST_EMPTY:
		end_without_stories(job, true, -1);
		break;
	case REQUEST_FAILED:
		end_without_stories(job, false,
		    manners_retry_after(r->head->retry_after, clock_now()));
		break;
	}
	wire_start_more(w);
}

static void
on_turn(void *ctx)
{
	struct feed_job *job = ctx;
	struct request_ask ask = {.url = job->sub.url, .typed = job->sub.url,
	    .accept = str_z(feed_accept), .user_agent = job->sub.user_agent,
	    .proxy = job->sub.proxy, .user = job->sub.user, .etag = job->state.etag,
	    .last_modified = job->state.last_modified,
	    .max_bytes = job->wire->settings.max_feed_bytes, .done = on_answer, .ctx = job};
	if (job->max_pages) /* the links to the archives are in the body */
		ask.etag = ask.last_modified = STR("");
	job->began_ms = clock_monotonic_ms();
	job->asked_network = true;
	enter(job, WIRE_WAITING);
	job->asking = request_begin(job->wire->requester, &ask);
}

/* --- the archive -------------------------------------------------------------------------------- */

static void
on_kept(void *ctx, const struct err *failed)
{
	struct feed_job *job = ctx;
	if (failed)
		tell_log(job->wire, WIRE_LOG_WARN, "%s", failed->text);
	finish(job, outcome_of(job));
}

/* The server's word counts for the feed too, and for the next time. */
static void
keep_retry_after(struct feed_job *job, int64_t wait_s)
{
	int64_t now = clock_now();
	job->state.retry_after = now + wait_s;
	if (job->state.next_at < job->state.retry_after)
		job->state.next_at = job->state.retry_after;
	job->entry = log_entry(job, now);
	struct settle_entry entry = {&job->state, &job->entry, on_kept, job};
	settle(job->wire, &entry);
}

static void
on_walked(void *ctx, const struct history_end *end)
{
	struct feed_job *job = ctx;
	job->walk = NULL; /* it frees itself */
	job->n_pages = end->n_pages;
	job->n_older = end->n_new;
	job->n_new += end->n_new;
	job->n_items += end->n_items;
	job->n_bytes += end->n_bytes;
	job->older_left = end->more;
	job->older_failed = end->err.kind != ERR_NONE;
	job->older_says = arena_str(job->arena, str_z(end->err.text));
	if (end->store_failed) {
		job->store_failed = true;
		job->err = end->err;
		finish(job, WIRE_FAILED);
	} else if (end->retry_after_s > 0) {
		keep_retry_after(job, end->retry_after_s);
	} else {
		finish(job, outcome_of(job));
	}
}

static void
walk_archive(struct feed_job *job, const struct intake_result *r)
{
	if (r->complete || !r->older.n) {
		job->older_says = r->complete ? STR("the feed itself holds all of its stories")
					      : STR("the feed names no older stories");
		finish(job, outcome_of(job));
		return;
	}
	struct history_ask ask = {.sub = &job->sub, .feed = job->state.id, .base = job->base,
	    .older = r->older, .body_hash = job->raw_hash, .max_pages = job->max_pages,
	    .anew = job->anew, .done = on_walked, .ctx = job};
	job->phase = WIRE_WAITING;
	job->walk = history_begin(job->wire, &ask);
}

void
feed_job_tick(struct feed_job *job, int64_t now_ms)
{
	if (job->walk)
		history_tick(job->walk, now_ms);
	if (!job->asking)
		return;
	bool quiet = now_ms - request_heard_ms(job->asking) > SCHEDULE_QUIET_MS;
	schedule_quiet(job->wire->schedule, job->turn, quiet);
	int64_t n = request_n_bytes(job->asking);
	if (n > job->n_bytes && now_ms - job->told_ms >= FEED_JOB_TELL_MS) {
		job->n_bytes = n;
		enter(job, WIRE_RECEIVING);
	}
}

/* --- files -------------------------------------------------------------------------------------- */

static void
next_local(struct feed_job *job)
{
	struct spool spool;
	struct err e = {0};
	const char *path = job->files.v[job->next_file++].path;
	spool_init(&spool, job->wire->request_settings.spool_dir);
	if (!local_read(path, job->wire->settings.max_feed_bytes, &spool, &job->cut, &e)) {
		spool_clear(&spool);
		job->err = e;
		end_without_stories(job, false, -1);
		return;
	}
	job->n_bytes += spool.n;
	job->last_modified = job->files.stamp;
	begin_intake(job, STR(""), STR(""), &spool);
}

static void
on_local_turn(void *ctx)
{
	struct feed_job *job = ctx;
	job->began_ms = clock_monotonic_ms();
	if (!local_find(job->arena, job->sub.url, getenv("HOME"), job->state.last_modified,
	        &job->files, &job->err))
		end_without_stories(job, false, -1);
	else if (job->files.n == 0)
		end_without_stories(job, true, -1);
	else
		next_local(job);
}

/* --- public ------------------------------------------------------------------------------------- */

void
feed_job_start(struct feed_job *job)
{
	struct target target;
	bool local = local_is(job->sub.url);
	struct str host = STR("file");
	job->began_ms = clock_monotonic_ms();
	if (!local && target_of(job->arena, job->sub.url, &target, NULL))
		host = target.host;
	job->turn = schedule_add(job->wire->schedule, host, local ? on_local_turn : on_turn, job);
}

void
feed_job_start_with(struct feed_job *job, struct spool *spool)
{
	job->began_ms = clock_monotonic_ms();
	job->n_bytes = spool->n;
	begin_intake(job, STR(""), STR(""), spool);
}

void
feed_job_stop(struct feed_job *job)
{
	if (job->phase != WIRE_WAITING && job->phase != WIRE_RECEIVING)
		return;
	if (job->walk)
		history_stop(job->walk);
	else if (job->turn)
		finish(job, WIRE_STOPPED);
}
