/*
 *	start_hop -> (network or file) -> heard_line..., heard_body... -> hop_done
 *	    ^                                                               |
 *	    +--- a redirect, or a try that failed and may be made again ----+--> finish
 */
#include "wire/request.h"

#include <stdlib.h>
#include <unistd.h>

#include "wire/address.h"
#include "wire/gunzip.h"
#include "wire/replay.h"

enum {
	/* What comes behind a redirect or an error is read so that the connection can be used
	 * again, but not for long. */
	MAX_IDLE_BODY_BYTES = 64 * 1024,
	REPLAY_PIECE_BYTES = 64 * 1024,
};

struct requester {
	struct loop *loop;
	struct fetcher *fetcher; /* made for the first request: libcurl's start costs 8 ms */
	const struct request_settings *settings;
	proxy_environment *env;
	struct request *first;
};

struct request {
	struct requester *requester;
	struct request *next, *before;
	struct arena *arena;
	struct request_ask ask; /* strings live in the arena */
	struct target asked, typed, now;
	bool has_typed;
	struct answer answer;
	struct spool spool;
	struct gunzip *gunzip; /* the body is packed */
	struct fetch *fetch;
	unsigned timer;
	int hops;
	int64_t tries, began_ms, heard_ms, n_idle_bytes;
	bool conditional; /* this hop carries validators */
	bool only_permanent; /* every redirect so far was */
	bool body_began;
	bool cut, enough; /* why a handler stopped the exchange */
	struct str moved_to;
	struct err err; /* of a handler that stopped it */
};

static void start_hop(void *ctx);

/* --- the end ------------------------------------------------------------------------------------ */

static void
unlink_and_free(struct request *r)
{
	struct requester *all = r->requester;
	if (r->before)
		r->before->next = r->next;
	else
		all->first = r->next;
	if (r->next)
		r->next->before = r->before;
	loop_cancel(all->loop, r->timer);
	if (r->fetch)
		fetch_cancel(r->fetch);
	spool_clear(&r->spool);
	gunzip_free(r->gunzip);
	arena_free(r->arena);
	free(r);
}

static void
finish(struct request *r, enum request_end end, bool unreachable, const struct err *e)
{
	struct request_result result = {
	    .end = end,
	    .err = *e,
	    .status = r->answer.status,
	    .unreachable = unreachable,
	    .target = &r->now,
	    .moved_to = end == REQUEST_FAILED || r->asked.user.n ? STR("") : r->moved_to,
	    .head = &r->answer,
	    .spool = &r->spool,
	    .n_bytes = r->spool.n,
	    .ms = clock_monotonic_ms() - r->began_ms,
	};
	r->ask.done(r->ask.ctx, &result);
	unlink_and_free(r);
}

static void
fail(struct request *r, const struct err *e)
{
	finish(r, REQUEST_FAILED, false, e);
}

/* For what fails before anything was sent: the caller does not expect `done` yet. */
static void
fail_later(void *ctx)
{
	struct request *r = ctx;
	r->timer = 0;
	fail(r, &r->err);
}

/* --- what comes in ------------------------------------------------------------------------------ */

static bool
heard_line(void *ctx, struct bytes line)
{
	struct request *r = ctx;
	r->heard_ms = clock_monotonic_ms();
	return answer_line(&r->answer, line, &r->err);
}

static bool
has_body(const struct request *r)
{
	return r->answer.status == 200 || r->answer.status == 203;
}

static bool
heard_idle_body(struct request *r, struct bytes b)
{
	r->n_idle_bytes += (int64_t)b.n;
	r->enough = r->n_idle_bytes > MAX_IDLE_BODY_BYTES;
	return !r->enough;
}

/* Unpacked: the limit is on what it is, not on what was sent. */
static bool
keep_body(void *ctx, struct bytes b)
{
	struct request *r = ctx;
	int64_t room = r->ask.max_bytes ? r->ask.max_bytes - r->spool.n : INT64_MAX;
	if ((int64_t)b.n > room) {
		b.n = (size_t)room;
		r->cut = true;
	}
	return spool_add(&r->spool, b, &r->err) && !r->cut;
}

static bool
choose_unpacking(struct request *r)
{
	struct str encoding = str_trim(r->answer.content_encoding);
	if (str_eq_nocase(encoding, STR("gzip")) || str_eq_nocase(encoding, STR("x-gzip")))
		r->gunzip = gunzip_new();
	else if (encoding.n && !str_eq_nocase(encoding, STR("identity")))
		return err_set(&r->err, ERR_NETWORK,
		    "the answer is packed in a way that was not asked for");
	return true;
}

static bool
heard_body(void *ctx, struct bytes b)
{
	struct request *r = ctx;
	r->heard_ms = clock_monotonic_ms();
	if (!has_body(r))
		return heard_idle_body(r, b);
	if (!r->body_began && !choose_unpacking(r))
		return false;
	r->body_began = true;
	return r->gunzip ? gunzip_push(r->gunzip, b, keep_body, r, &r->err) : keep_body(r, b);
}

/* --- what it means ------------------------------------------------------------------------------ */

static bool
say_status(int64_t status, struct err *e)
{
	static const struct {
		int64_t status;
		const char *says;
	} known[] = {
		{101, "the server wants to talk another protocol"},
		{401, "access denied (401)"},
		{403, "access denied (403)"},
		{404, "not found (404)"},
		{410, "gone (410). Del removes the feed; its stories stay"},
		{429, "the server is busy (429)"},
		{503, "the server is busy (503)"},
	};
	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (known[i].status == status)
			return err_set(e, ERR_NETWORK, "%s", known[i].says);
	if (status >= 500 && status < 600)
		return err_set(e, ERR_NETWORK, "the server has failed (HTTP %d)", (int)status);
	if (status >= 400)
		return err_set(e, ERR_NETWORK, "refused by the server (HTTP %d)", (int)status);
	return err_set(e, ERR_NETWORK, "an answer that was not asked for (HTTP %d)", (int)status);
}

static bool
follow(struct request *r, struct err *e)
{
	struct target to;
	if (++r->hops > REQUEST_MAX_HOPS)
		return err_set(e, ERR_NETWORK, "more than %d redirects, or a loop of them",
		    REQUEST_MAX_HOPS);
	if (r->answer.location_too_long)
		return err_set(e, ERR_NETWORK, "a redirect to an address that is too long");
	if (!r->answer.has_location)
		return err_set(e, ERR_NETWORK, "a redirect that leads nowhere");
	if (!target_follow(r->arena, &r->now, r->answer.location, &to, e))
		return false;
	r->only_permanent = r->only_permanent && answer_is_permanent(&r->answer);
	if (r->only_permanent)
		r->moved_to = to.url;
	r->now = to;
	return true;
}

static void
judge(struct request *r)
{
	struct err e = {0};
	if (answer_is_redirect(&r->answer)) {
		if (follow(r, &e))
			start_hop(r);
		else
			fail(r, &e);
		return;
	}
	if (r->answer.status == 304 && r->conditional) {
		finish(r, REQUEST_NOT_MODIFIED, false, &e);
	} else if (r->answer.status == 204) {
		finish(r, REQUEST_EMPTY, false, &e);
	} else if (!has_body(r)) {
		say_status(r->answer.status, &e);
		fail(r, &e);
	} else if (r->gunzip && !gunzip_end(r->gunzip, &e)) {
		fail(r, &e);
	} else if (r->spool.n == 0) {
		err_set(&e, ERR_NETWORK, "empty: the server sent nothing");
		fail(r, &e);
	} else {
		finish(r, REQUEST_WHOLE, false, &e);
	}
}

/* A connection that failed may do so by chance; a name that is not there, or a server that takes
 * its time, would do so again. */
static bool
may_try_again(const struct request *r, enum fetch_failure failure)
{
	if (failure != FETCH_UNREACHABLE && failure != FETCH_BROKEN)
		return false;
	return r->tries < r->requester->settings->retries && r->answer.status == 0;
}

static bool
try_again(struct request *r)
{
	int64_t pause_ms = REQUEST_RETRY_MS;
	for (int64_t i = 0; i < r->tries && i < 6; i++)
		pause_ms *= 3;
	int64_t left_ms =
	    r->requester->settings->timeout_ms - (clock_monotonic_ms() - r->began_ms);
	if (left_ms < 2 * pause_ms)
		return false;
	r->tries++;
	r->timer = loop_after(r->requester->loop, pause_ms, start_hop, r);
	return true;
}

static bool
say_cut(const struct request *r, struct err *e)
{
	int64_t mb = r->ask.max_bytes / (1024 * 1024);
	if (mb > 0)
		return err_set(e, ERR_NETWORK, "more than %lld MB; the rest was left out",
		    (long long)mb);
	return err_set(e, ERR_NETWORK, "more than %lld bytes; the rest was left out",
	    (long long)r->ask.max_bytes);
}

static void
hop_done(void *ctx, enum fetch_failure failure, const struct err *e)
{
	struct request *r = ctx;
	r->fetch = NULL;
	if (r->cut) {
		struct err said = {0};
		say_cut(r, &said);
		finish(r, REQUEST_CUT, false, &said);
	} else if (failure == FETCH_WHOLE || (failure == FETCH_STOPPED && r->enough)) {
		judge(r);
	} else if (failure == FETCH_STOPPED) {
		fail(r, &r->err);
	} else if (!may_try_again(r, failure) || !try_again(r)) {
		finish(r, REQUEST_FAILED,
		    failure == FETCH_UNREACHABLE || failure == FETCH_NO_HOST, e);
	}
}

/* --- one hop ------------------------------------------------------------------------------------ */

static bool
read_file(struct request *r, int fd)
{
	char piece[REPLAY_PIECE_BYTES];
	ssize_t n;
	while ((n = read(fd, piece, sizeof(piece))) > 0)
		if (!heard_body(r, bytes_of(piece, (size_t)n)))
			return false;
	if (n < 0)
		return err_errno(&r->err, ERR_INPUT, "cannot read the replayed answer");
	return true;
}

/* The same hop from a folder: one turn of the loop later, as an answer would come. */
static void
replay_hop(void *ctx)
{
	struct request *r = ctx;
	struct replay replay;
	const char *dir = arena_z(r->arena, r->requester->settings->replay_dir);
	r->timer = 0;
	if (!replay_open(r->arena, dir, &r->now, r->ask.etag, &replay, &r->err)) {
		fail(r, &r->err);
		return;
	}
	bool whole = true;
	for (size_t i = 0; i < replay.n_lines && whole; i++)
		whole = heard_line(r, bytes_of_str(replay.lines[i]));
	if (replay.fd >= 0) {
		whole = whole && read_file(r, replay.fd);
		close(replay.fd);
	}
	hop_done(r, whole ? FETCH_WHOLE : FETCH_STOPPED, &r->err);
}

/* May this hop lead to a private address?  False: not even the attempt is allowed. */
static bool
judge_host(struct request *r, bool *private_ok, struct err *e)
{
	enum address_class class = address_class_of_host(r->now.host);
	bool typed = r->has_typed && target_same_host(&r->now, &r->typed);
	*private_ok = r->requester->settings->private_addresses ||
	    (typed && class != ADDRESS_PUBLIC);
	if (class == ADDRESS_PUBLIC || *private_ok)
		return true;
	struct str shown = str_sub(r->now.url, 0, 100);
	if (r->hops)
		return err_set(e, ERR_NETWORK, "refused a redirect to %.*s: it leads to %s",
		    STR_ARG(shown), address_class_name(class));
	return err_set(e, ERR_NETWORK, "refused to ask %.*s: it leads to %s", STR_ARG(shown),
	    address_class_name(class));
}

static const char *
z_or_null(struct arena *a, struct str s)
{
	return s.n ? arena_z(a, s) : NULL;
}

static struct str
either(struct str own, struct str general)
{
	return own.n ? own : general;
}

static void
add_credentials(const struct request *r, struct fetch_request *f)
{
	if (!target_same_origin(&r->now, &r->asked))
		return;
	if (r->asked.user.n) {
		f->user = arena_z(r->arena, r->asked.user);
		f->password = arena_z(r->arena, r->asked.password);
	} else if (r->ask.user.n) {
		f->user = arena_z(r->arena, r->ask.user);
		f->netrc = z_or_null(r->arena, r->requester->settings->netrc);
	}
}

static void
network_hop(struct request *r)
{
	const struct request_settings *s = r->requester->settings;
	struct arena *a = r->arena;
	struct fetch_request f = {
	    .url = arena_z(a, r->now.url),
	    .user_agent = arena_z(a, either(r->ask.user_agent, s->user_agent)),
	    .accept = z_or_null(a, r->ask.accept),
	    .etag = z_or_null(a, r->ask.etag),
	    .last_modified = z_or_null(a, r->ask.last_modified),
	    .proxy = proxy_for(a, either(r->ask.proxy, s->proxy), &r->now, r->requester->env),
	    .ca_file = z_or_null(a, s->ca_file),
	    .connect_timeout_ms = s->connect_timeout_ms,
	    .timeout_ms = s->timeout_ms - (clock_monotonic_ms() - r->began_ms),
	    .max_bytes = r->ask.max_bytes,
	};
	if (f.timeout_ms < 1)
		f.timeout_ms = 1;
	if (!judge_host(r, &f.private_ok, &r->err)) {
		r->timer = loop_after(r->requester->loop, 0, fail_later, r);
		return;
	}
	f.private_ok = f.private_ok || f.proxy;
	add_credentials(r, &f);
	if (!r->requester->fetcher)
		r->requester->fetcher = fetcher_new(r->requester->loop);
	struct fetch_handler handler = {heard_line, heard_body, hop_done, r};
	r->fetch = fetch_begin(r->requester->fetcher, &f, &handler);
}

static void
start_hop(void *ctx)
{
	struct request *r = ctx;
	r->timer = 0;
	answer_init(&r->answer, r->arena);
	spool_empty(&r->spool);
	r->err = (struct err){0};
	r->n_idle_bytes = 0;
	r->cut = r->enough = r->body_began = false;
	gunzip_free(r->gunzip);
	r->gunzip = NULL;
	r->conditional = r->ask.etag.n || r->ask.last_modified.n;
	r->heard_ms = clock_monotonic_ms();
	if (r->requester->settings->replay_dir.n)
		r->timer = loop_after(r->requester->loop, 0, replay_hop, r);
	else
		network_hop(r);
}

/* --- public ------------------------------------------------------------------------------------- */

struct requester *
requester_new(struct loop *loop, const struct request_settings *settings, proxy_environment *env)
{
	struct requester *all = heap_alloc(sizeof(*all));
	*all = (struct requester){.loop = loop, .settings = settings, .env = env};
	return all;
}

void
requester_free(struct requester *all)
{
	if (!all)
		return;
	while (all->first)
		unlink_and_free(all->first);
	fetcher_free(all->fetcher);
	free(all);
}

static struct request_ask
copy_ask(struct arena *a, const struct request_ask *ask)
{
	struct request_ask copy = *ask;
	copy.url = arena_str(a, ask->url);
	copy.typed = arena_str(a, ask->typed);
	copy.accept = arena_str(a, ask->accept);
	copy.user_agent = arena_str(a, ask->user_agent);
	copy.proxy = arena_str(a, ask->proxy);
	copy.user = arena_str(a, ask->user);
	copy.etag = arena_str(a, ask->etag);
	copy.last_modified = arena_str(a, ask->last_modified);
	return copy;
}

struct request *
request_begin(struct requester *all, const struct request_ask *ask)
{
	struct request *r = heap_alloc(sizeof(*r));
	r->requester = all;
	r->arena = arena_new();
	r->ask = copy_ask(r->arena, ask);
	r->only_permanent = true;
	r->began_ms = r->heard_ms = clock_monotonic_ms();
	spool_init(&r->spool, all->settings->spool_dir);
	answer_init(&r->answer, r->arena);
	r->next = all->first;
	if (r->next)
		r->next->before = r;
	all->first = r;
	r->has_typed = r->ask.typed.n && target_of(r->arena, r->ask.typed, &r->typed, NULL);
	if (!target_of(r->arena, r->ask.url, &r->asked, &r->err)) {
		r->timer = loop_after(all->loop, 0, fail_later, r);
		return r;
	}
	r->now = r->asked;
	start_hop(r);
	return r;
}

void
request_cancel(struct request *r)
{
	unlink_and_free(r);
}

int64_t
request_n_bytes(const struct request *r)
{
	return r->spool.n;
}

int64_t
request_heard_ms(const struct request *r)
{
	return r->heard_ms;
}
