/* `kawat refresh`: what wire does, told line by line. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/wire_client.h"
#include "text/url.h"
#include "view/words.h"
#include "wire/history.h"

struct refresh_talk {
	struct app *app;
	struct wire_client wire;
	struct wire_refreshed total;
	int64_t request;
	bool done, indexed, tell; /* a line for each feed on standard error */
	bool asked_for; /* by name or --force: then it is said why a feed was left out */
	bool older_failed; /* an archive ended early */
	int64_t n_network; /* failures that are the network's */
	struct str store_fault; /* why a feed could not be stored; empty: none */
	struct json errors; /* the array of --format json */
};

static struct str
feed_name(struct app *app, struct str url)
{
	const struct wire_subscription *s = feeds_file_by_url(&app->feeds, url);
	return s ? subscription_name(app->arena, s) : url_show(app->arena, url, 0);
}

static void
tell_failure(struct refresh_talk *t, const struct wire_feed_news *n)
{
	struct str name = feed_name(t->app, n->url);
	t->n_network += n->err_kind == ERR_NETWORK;
	/* a store that cannot be written is one fault, said once, however many feeds it hits */
	if (n->err_kind == ERR_STORE)
		t->store_fault = arena_str(t->app->arena, n->error);
	else
		say("%.*s: %.*s", STR_ARG(name), STR_ARG(n->error));
	json_object(&t->errors);
	json_key_line(&t->errors, "feed", name);
	json_key_line(&t->errors, "url", url_without_userinfo(t->app->arena, n->url));
	json_key_line(&t->errors, "error", n->error);
	json_object_end(&t->errors);
}

static const char *
plural(int64_t n, const char *one, const char *many)
{
	return n == 1 ? one : many;
}

/* What became of the archive of a feed that was asked for its history. */
static void
tell_history(struct refresh_talk *t, struct str name, const struct wire_feed_news *n)
{
	long long pages = (long long)n->n_pages, older = (long long)n->n_older;
	const char *page = plural(n->n_pages, "page", "pages");
	const char *story = plural(n->n_older, "story", "stories");
	t->older_failed = t->older_failed || n->older_failed;
	if (n->older_failed)
		say("%.*s: %lld older %s from %lld %s, then: %.*s", STR_ARG(name), older, story, pages,
		    page, STR_ARG(n->older_says));
	else if (t->app->quiet)
		return;
	else if (n->older_left)
		say("%.*s: %lld older %s from %lld %s; there are more: the same command goes on",
		    STR_ARG(name), older, story, pages, page);
	else if (n->older_says.n)
		say("%.*s: %.*s", STR_ARG(name), STR_ARG(n->older_says));
	else if (t->tell)
		fprintf(stderr, "%.*s  %lld older %s from %lld %s\n", STR_ARG(name), older, story,
		    pages, page);
}

static void
tell_feed(struct refresh_talk *t, const struct wire_feed_news *n)
{
	struct str name = feed_name(t->app, n->url);
	if (n->phase != WIRE_DONE)
		return;
	bool answered = n->outcome == WIRE_UPDATED || n->outcome == WIRE_UNCHANGED;
	if (answered && cli_has(&t->app->cli, FLAG_refresh_history))
		tell_history(t, name, n);
	if (n->outcome == WIRE_FAILED || n->outcome == WIRE_GONE)
		tell_failure(t, n);
	else if (n->outcome == WIRE_NOT_DUE && t->asked_for && n->error.n && !t->app->quiet)
		say("%.*s: %.*s", STR_ARG(name), STR_ARG(n->error));
	else if (t->tell && n->outcome == WIRE_UNCHANGED)
		fprintf(stderr, "%.*s  unchanged (%lld)\n", STR_ARG(name), (long long)n->status);
	else if (t->tell && n->outcome == WIRE_UPDATED)
		fprintf(stderr, "%.*s  %lld new, %lld updated\n", STR_ARG(name),
		    (long long)n->n_new, (long long)n->n_updated);
}

static bool
bad_answer(struct err *e)
{
	return err_set(e, ERR_INTERNAL, "the fetching process gave a bad answer");
}

static void
print_total(struct refresh_talk *t)
{
	const struct wire_refreshed *r = &t->total;
	struct app *app = t->app;
	struct words words = {0};
	if (app->quiet)
		return;
	const struct { const char *name; int64_t n; } parts[] = {
		{"feeds", r->n_feeds}, {"new", r->n_new}, {"updated", r->n_updated},
		{"unchanged", r->n_unchanged}, {"not due", r->n_not_due}, {"failed", r->n_failed},
	};
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		output_fmt(&app->out, "%s%s %.*s", i ? "  " : "", parts[i].name,
		    STR_ARG(word_number(app->arena, &words, parts[i].n)));
	if (cli_has(&app->cli, FLAG_refresh_history))
		output_fmt(&app->out, "  pages %.*s  older %.*s",
		    STR_ARG(word_number(app->arena, &words, r->n_pages)),
		    STR_ARG(word_number(app->arena, &words, r->n_older)));
	output_text(&app->out, STR("\n"));
	output_flush(&app->out);
}

static void
print_total_json(struct refresh_talk *t)
{
	const struct wire_refreshed *r = &t->total;
	struct json j;
	json_array_end(&t->errors);
	json_init(&j, output_json_sink, &t->app->out);
	json_object(&j);
	json_key_int(&j, "feeds", r->n_feeds);
	json_key_int(&j, "new", r->n_new);
	json_key_int(&j, "updated", r->n_updated);
	json_key_int(&j, "unchanged", r->n_unchanged);
	json_key_int(&j, "not_due", r->n_not_due);
	json_key_int(&j, "failed", r->n_failed);
	json_key_int(&j, "pages", r->n_pages);
	json_key_int(&j, "older", r->n_older);
	json_key(&j, "errors");
	json_raw(&j, buf_str(&t->errors.out));
	json_object_end(&j);
	json_newline(&j);
	json_clear(&j);
	output_flush(&t->app->out);
}

/* The address changed for good: the feeds file follows, and it is said. */
static bool
on_moved(struct app *app, struct bytes body, struct err *e)
{
	struct wire_moved m;
	if (!wire_unpack_moved(app->arena, body, &m))
		return bad_answer(e);
	struct str name = feed_name(app, m.from);
	if (!feeds_file_move(&app->feeds, m.from, m.to, e))
		return false;
	say("%.*s moved to %.*s (address updated)", STR_ARG(name),
	    STR_ARG(url_show(app->arena, m.to, 0)));
	return true;
}

static bool
on_frame(struct refresh_talk *t, const struct frame *f, struct err *e)
{
	struct arena *a = t->app->arena;
	struct wire_alert alert;
	struct wire_feed_news news;
	switch (f->type) {
	case WIRE_FEED:
		if (!wire_unpack_feed_news(a, f->body, &news))
			return bad_answer(e);
		tell_feed(t, &news);
		return true;
	case WIRE_MOVED:
		return on_moved(t->app, f->body, e);
	case WIRE_REFRESHED:
		if (!wire_unpack_refreshed(a, f->body, &t->total))
			return bad_answer(e);
		t->done = true;
		if (str_eq(cli_value(&t->app->cli, FLAG_refresh_format, "text"), STR("json")))
			print_total_json(t);
		else
			print_total(t);
		return true;
	case WIRE_ALERT:
		if (!wire_unpack_alert(a, f->body, &alert))
			return bad_answer(e);
		if (!t->app->quiet)
			say("alert: %.*s (%lld)", STR_ARG(alert.title), (long long)alert.story);
		return true;
	case WIRE_INDEXED:
		t->indexed = true;
		return true;
	default:
		return true;
	}
}

static bool
listen(struct refresh_talk *t, struct err *e)
{
	struct frame f;
	while (!t->done || (!t->indexed && t->total.err_kind == ERR_NONE)) {
		if (!wire_client_wait(&t->wire, &f, e))
			return false;
		if (f.fd >= 0)
			close(f.fd);
		if (!on_frame(t, &f, e))
			return false;
	}
	return true;
}

/* Exit status 4 when nothing could be fetched because of the network, 3 when some failed. */
static bool
verdict(const struct refresh_talk *t, struct err *e)
{
	const struct wire_refreshed *r = &t->total;
	if (r->err_kind != ERR_NONE)
		return err_set(e, (enum err_kind)r->err_kind, "%.*s", STR_ARG(r->error));
	if (r->n_failed == 0 && !t->older_failed)
		return true;
	if (t->store_fault.n)
		return err_set(e, ERR_STORE, "%.*s", STR_ARG(t->store_fault));
	int64_t asked = r->n_feeds - r->n_not_due;
	e->text[0] = '\0';
	e->kind = r->n_failed && r->n_failed == asked && t->n_network == r->n_failed ? ERR_NETWORK : ERR_PARTIAL;
	return false;
}

static void
send_refresh(struct refresh_talk *t, const struct wire_strs *urls)
{
	const struct cli *c = &t->app->cli;
	struct wire_refresh r = {
		.request = t->request = wire_client_request(&t->wire),
		.scope = urls->n ? WIRE_NAMED : cli_has(c, FLAG_refresh_force) ? WIRE_ALL : WIRE_DUE,
		.urls = *urls,
		.force = cli_has(c, FLAG_refresh_force),
		.full = cli_has(c, FLAG_refresh_full),
	};
	struct err ignored;
	struct buf b = {0};
	if (!cli_number(c, FLAG_refresh_jobs, 1, 64, 0, &r.jobs, &ignored))
		r.jobs = 0;
	if (cli_has(c, FLAG_refresh_history) &&
	    !cli_number(c, FLAG_refresh_pages, 1, HISTORY_MAX_PAGES, HISTORY_PAGES, &r.history, &ignored))
		r.history = HISTORY_PAGES;
	wire_pack_refresh(&b, &r);
	wire_client_send(&t->wire, WIRE_REFRESH, &b);
	buf_clear(&b);
}

/* What is queued for wire must not pile up in memory while a large feed comes by the pipe. */
static bool
drain(struct refresh_talk *t, struct err *e)
{
	while (channel_pending(&t->wire.channel)) {
		struct pollfd p = {t->wire.channel.fd, POLLOUT, 0};
		if (poll(&p, 1, -1) < 0 && errno != EINTR)
			return err_errno(e, ERR_INTERNAL, "cannot wait");
		if (!channel_flush(&t->wire.channel, e))
			return false;
	}
	return true;
}

/* `refresh FEED -`: the feed's bytes come by standard input. */
static bool
send_input(struct refresh_talk *t, struct str url, struct err *e)
{
	unsigned char piece[FRAME_CHUNK_BYTES];
	struct wire_feed_bytes m = {.request = t->request = wire_client_request(&t->wire),
	    .url = url};
	while (!m.last) {
		if (!wire_client_wait_input(&t->wire, STDIN_FILENO, e))
			return false;
		ssize_t n = read(STDIN_FILENO, piece, sizeof(piece));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, ERR_USAGE, "cannot read standard input");
		struct buf b = {0};
		m.piece = bytes_of(piece, (size_t)n);
		m.last = n == 0;
		wire_pack_feed_bytes(&b, &m);
		wire_client_send(&t->wire, WIRE_FEED_BYTES, &b);
		buf_clear(&b);
		if (!drain(t, e))
			return false;
	}
	return true;
}

static bool
no_feeds(struct err *e)
{
	err_set(e, ERR_USAGE, "no feeds yet");
	return err_remedy(e, "kawat add URL");
}

bool
verb_refresh(struct app *app, struct err *e)
{
	struct refresh_talk t = {.app = app,
	    .tell = !app->quiet && isatty(STDERR_FILENO)};
	const struct cli *c = &app->cli;
	struct wire_strs urls;
	int64_t jobs, pages;
	bool piped = c->n_args == 2 && strcmp(c->raw_args[1], "-") == 0;
	if (app->feeds.feeds.n == 0)
		return no_feeds(e);
	if (cli_has(c, FLAG_refresh_history) && c->n_args == 0)
		return err_set(e, ERR_USAGE, "--history needs the name of a feed");
	if (!cli_number(c, FLAG_refresh_jobs, 1, 64, 0, &jobs, e) ||
	    !cli_number(c, FLAG_refresh_pages, 1, HISTORY_MAX_PAGES, 0, &pages, e) ||
	    !feeds_file_select(&app->feeds, app->arena, c->args, piped ? 1 : c->n_args, &urls, e))
		return false;
	t.asked_for = c->n_args > 0 || cli_has(c, FLAG_refresh_force);
	wire_client_init(&t.wire, app);
	json_init(&t.errors, NULL, NULL);
	json_array(&t.errors);
	bool ok = wire_client_start(&t.wire, e) && wire_client_ready(&t.wire, e);
	if (ok && piped)
		ok = send_input(&t, urls.v[0], e);
	else if (ok)
		send_refresh(&t, &urls);
	ok = ok && listen(&t, e) && verdict(&t, e);
	wire_client_stop(&t.wire);
	json_clear(&t.errors);
	return ok;
}
