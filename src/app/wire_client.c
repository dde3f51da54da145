#include "app/wire_client.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/box.h"
#include "base/file.h"
#include "base/loop.h"
#include "story/parse_protocol.h"

/* How kawat introduces itself: its name, its version and what it is. */
#define USER_AGENT "kawat/" PACKAGE_VERSION " (newsreader; for one reader)"

/* A shell prompt may be waited for so long, not longer; an ordinary end takes some milliseconds. */
enum { END_PATIENCE_MS = 2000, END_LOOK_MS = 5 };

enum {
	GREET_PATIENCE_MS = 5000, /* for a sign of life; starting takes some milliseconds */
	READY_PATIENCE_MS = 30000, /* a store in use is waited for, one of an older format converted */
	PARSE_MAX_STARTS = 100, /* without a minute's rest between two of them */
	PARSE_FORGIVEN_MS = 60000,
	DRAIN_PATIENCE_MS = 500,
};

void
wire_client_init(struct wire_client *w, struct app *app)
{
	sigset_t stop;
	*w = (struct wire_client){.app = app, .stop_fd = -1};
	w->channel.fd = -1;
	if (app->cli.verb == VERB_any)
		return;
	sigemptyset(&stop);
	sigaddset(&stop, SIGINT);
	sigaddset(&stop, SIGTERM);
	w->stop_fd = signalfd(-1, &stop, SFD_CLOEXEC | SFD_NONBLOCK);
	if (w->stop_fd >= 0)
		sigprocmask(SIG_BLOCK, &stop, NULL);
}

int64_t
wire_client_request(struct wire_client *w)
{
	return ++w->last_request;
}

void
wire_client_send(struct wire_client *w, enum wire_type type, const struct buf *body)
{
	struct err ignored;
	if (w->channel.fd < 0)
		return;
	channel_queue(&w->channel, (uint8_t)type,
	    body ? bytes_of_str(buf_str(body)) : bytes_of("", 0));
	/* A peer that is gone is noticed by whoever reads next. */
	if (!channel_flush(&w->channel, &ignored))
		w->channel.closed = true;
}

static void
send_hello(struct wire_client *w)
{
	struct buf b = {0};
	wire_pack_hello(&b, &(struct wire_hello){build_id()});
	wire_client_send(w, WIRE_HELLO, &b);
	buf_clear(&b);
}

static struct str
or_empty(struct str value)
{
	return str_eq(value, STR("auto")) ? STR("") : value;
}

/* What is worth a line on the screen. */
static int
shown_level(const struct app *app)
{
	if (app->cli.times[FLAG_any_verbose] > 1)
		return WIRE_LOG_DEBUG;
	return cli_has(&app->cli, FLAG_any_verbose) ? WIRE_LOG_INFO : WIRE_LOG_ERROR;
}

static void
send_settings(struct wire_client *w)
{
	const struct app *app = w->app;
	const struct config *c = &app->config;
	const char *home = getenv("HOME");
	struct str agent = or_empty(config_text(c, OPT_user_agent));
	int64_t logged = config_number(c, OPT_log_level), shown = shown_level(app);
	struct wire_settings s = {
		.data_dir = str_z(app->paths.data),
		.replay_dir = str_z(app->paths.replay),
		.user_agent = agent.n ? agent : STR(USER_AGENT),
		.proxy = config_text(c, OPT_proxy),
		.ca_file = or_empty(config_text(c, OPT_ca_file)),
		.netrc = home ? arena_fmt(app->arena, "%s/.netrc", home) : STR(""),
		.offline = cli_has(&app->cli, FLAG_any_offline),
		.private_addresses = config_number(c, OPT_private_addresses),
		.sandbox = config_number(c, OPT_sandbox),
		.interval_s = app->cli.verb == VERB_any || app->cli.verb == VERB_tail
		    ? config_number(c, OPT_interval) / 1000 : 0,
		.every_s = config_number(c, OPT_interval) / 1000,
		.jobs = config_number(c, OPT_jobs),
		.per_host = config_number(c, OPT_per_host),
		.connect_timeout_ms = config_number(c, OPT_connect_timeout),
		.timeout_ms = config_number(c, OPT_timeout),
		.retries = config_number(c, OPT_retries),
		.max_feed_bytes = config_number(c, OPT_max_feed_size),
		.max_page_bytes = config_number(c, OPT_max_page_size),
		.keep_s = config_number(c, OPT_keep) / 1000,
		.keep_unread_s = config_number(c, OPT_keep_unread) / 1000,
		.full_text = config_number(c, OPT_full_text),
		.store_links = config_number(c, OPT_store_links),
		.max_store_bytes = config_number(c, OPT_max_size),
		.sync_full = config_number(c, OPT_sync),
		.undo_levels = config_number(c, OPT_undo_levels),
		.log_level = logged > shown ? logged : shown,
		.rules = app->rules,
	};
	struct buf b = {0};
	wire_pack_settings(&b, &s);
	wire_client_send(w, WIRE_SETTINGS, &b);
	buf_clear(&b);
}

void
wire_client_send_feeds(struct wire_client *w)
{
	struct buf b = {0};
	wire_pack_feeds(&b, &w->app->feeds.feeds);
	wire_client_send(w, WIRE_FEEDS, &b);
	buf_clear(&b);
}

/* All converters are opened beforehand (some milliseconds, some MB): feeds come in any of them. */
static bool
start_parser(struct wire_client *w, const char *charset, int *wire_end, struct err *e)
{
	const char *const args[] = {"--sites", w->app->paths.own_sites, "--all-charsets",
	    charset ? "--charset" : NULL, charset, NULL};
	int ends[2];
	if (!worker_pair(ends, e))
		return false;
	bool ok = worker_start(&w->parse, "kawat-parse", args, &ends[1], 1, e);
	close(ends[1]);
	if (!ok)
		close(ends[0]);
	*wire_end = ends[0];
	return ok;
}

bool
wire_client_start(struct wire_client *w, struct err *e)
{
	int ends[2];
	if (w->wire_starts++ == WIRE_MAX_STARTS)
		return err_set(e, ERR_INTERNAL,
		    "the fetching process ended %d times; it is not started again",
		    WIRE_MAX_STARTS);
	if (!paths_make(&w->app->paths, e) || !worker_pair(ends, e))
		return false;
	if (w->app->log.fd < 0)
		log_file_open(&w->app->log, w->app->paths.log,
		    (enum log_level)config_number(&w->app->config, OPT_log_level));
	bool ok = worker_start(&w->wire, "kawat-wire", NULL, &ends[1], 1, e);
	close(ends[1]);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	channel_init_take(&w->channel, ends[0]);
	w->started = true;
	if (!ok) {
		wire_client_abandon(w);
		return false;
	}
	send_hello(w);
	send_settings(w);
	wire_client_send_feeds(w);
	return true;
}

/* A descriptor goes with the first byte of its frame, so what is queued must have left before;
 * wire reads all the time, and this takes no time but in a flood. */
static bool
drain(struct wire_client *w, struct err *e)
{
	int64_t end_ms = clock_monotonic_ms() + DRAIN_PATIENCE_MS;
	while (channel_pending(&w->channel) && clock_monotonic_ms() < end_ms) {
		struct pollfd p = {w->channel.fd, POLLOUT, 0};
		if (poll(&p, 1, DRAIN_PATIENCE_MS) < 0 && errno != EINTR)
			return err_errno(e, ERR_INTERNAL, "cannot wait for the fetching process");
		if (!channel_flush(&w->channel, e))
			return false;
	}
	return true;
}

bool
wire_client_new_parser(struct wire_client *w, struct str charset, struct err *e)
{
	int wire_end;
	const char *name = charset.n ? arena_z(w->app->arena, charset) : NULL;
	int64_t now = clock_monotonic_ms();
	worker_kill(&w->parse);
	/* many in a row are a fault of ours; one now and then is some feed's */
	if (now - w->parse_started_ms > PARSE_FORGIVEN_MS)
		w->parse_starts = 0;
	w->parse_started_ms = now;
	if (w->parse_starts++ == PARSE_MAX_STARTS)
		return err_set(e, ERR_INTERNAL, "the parser ends again and again; it is left alone");
	if (!start_parser(w, name, &wire_end, e))
		return false;
	bool ok = drain(w, e) &&
	          channel_send_fd(&w->channel, WIRE_PARSE, bytes_of("", 0), wire_end, e);
	close(wire_end);
	return ok;
}

void
wire_client_abandon(struct wire_client *w)
{
	if (w->started)
		channel_clear(&w->channel);
	w->started = false;
	w->channel.fd = -1;
	worker_kill(&w->wire);
	worker_kill(&w->parse);
}

/* What does not end by itself is ended: the store is whole whenever that happens. */
static void
end_worker(struct worker *w, int64_t by_ms)
{
	int status;
	while (w->pid != 0 && !worker_ended(w, &status)) {
		if (clock_monotonic_ms() >= by_ms)
			worker_kill(w);
		else
			poll(NULL, 0, END_LOOK_MS);
	}
}

/* What is queued goes out, then wire closes the store and ends; end of file says so.  One that was
 * stopped goes on first, so that what it was asked to write is written. */
void
wire_client_stop(struct wire_client *w)
{
	struct frame f;
	struct err e = {0};
	if (!w->started)
		return;
	w->end_by_ms = clock_monotonic_ms() + END_PATIENCE_MS;
	wire_client_send(w, WIRE_QUIT, NULL);
	if (w->wire.pid != 0)
		kill(w->wire.pid, SIGCONT);
	while (wire_client_wait(w, &f, &e))
		if (f.fd >= 0)
			close(f.fd);
	channel_clear(&w->channel);
	w->started = false;
	w->channel.fd = -1;
	end_worker(&w->wire, w->end_by_ms);
	worker_kill(&w->parse);
	w->end_by_ms = 0;
	if (w->stop_fd >= 0)
		close(w->stop_fd);
	w->stop_fd = -1;
}

static void
log_line(const struct wire_client *w, struct bytes body)
{
	struct arena *a = arena_new();
	struct wire_log line;
	int shown = shown_level(w->app);
	if (wire_unpack_log(a, body, &line)) {
		log_file_write(&w->app->log, (enum log_level)line.level, clock_now(), line.text);
		if (line.level <= shown)
			say("%.*s", STR_ARG(line.text));
	}
	arena_free(a);
}

static bool
replace_parser(struct wire_client *w, struct bytes body, struct err *e)
{
	struct arena *a = arena_new();
	struct wire_parse_gone gone;
	bool ok = wire_unpack_parse_gone(a, body, &gone)
	    ? wire_client_new_parser(w, gone.charset, e)
	    : err_set(e, ERR_INTERNAL, "the fetching process gave a bad answer");
	arena_free(a);
	return ok;
}

/* Wait for events on a descriptor, at most wait_ms (-1: as long as it takes).  False: a signal came that ends the verb. */
static bool
wait_for(struct wire_client *w, struct pollfd *what, int64_t wait_ms, struct err *e)
{
	struct pollfd p[2] = {*what, {w->stop_fd, POLLIN, 0}};
	struct signalfd_siginfo signal;
	int64_t left = w->end_by_ms ? w->end_by_ms - clock_monotonic_ms() : -1;
	what->revents = 0;
	if (w->end_by_ms && left <= 0)
		return err_set(e, ERR_INTERNAL, "the fetching process does not end");
	if (wait_ms >= 0 && (left < 0 || wait_ms < left))
		left = wait_ms;
	if (poll(p, 2, (int)left) < 0)
		return errno == EINTR || err_errno(e, ERR_INTERNAL, "cannot wait for input");
	if (p[1].revents & POLLIN &&
	    read(w->stop_fd, &signal, sizeof(signal)) == (ssize_t)sizeof(signal)) {
		w->app->exit_signal = (int)signal.ssi_signo;
		*e = (struct err){0};
		return false;
	}
	what->revents = p[0].revents;
	return true;
}

bool
wire_client_wait_input(struct wire_client *w, int fd, struct err *e)
{
	struct pollfd p = {fd, POLLIN, 0};
	while (!p.revents)
		if (!wait_for(w, &p, -1, e))
			return false;
	return true;
}

/* Wait until something can be read or what is queued can be written. */
static bool
pump(struct wire_client *w, int64_t wait_ms, struct err *e)
{
	struct pollfd p = {w->channel.fd, POLLIN, 0};
	if (channel_pending(&w->channel))
		p.events |= POLLOUT;
	if (!wait_for(w, &p, wait_ms, e))
		return false;
	if (p.revents & POLLOUT && !channel_flush(&w->channel, e))
		return false;
	return !(p.revents & (POLLIN | POLLHUP | POLLERR)) || channel_read(&w->channel, e);
}

/* A frame that came already and is not dealt with here; *came false: there is none. */
static bool
next_frame(struct wire_client *w, struct frame *f, bool *came, struct err *e)
{
	struct err bad = {0};
	while ((*came = channel_next(&w->channel, f, &bad))) {
		if (f->type == WIRE_LOG)
			log_line(w, f->body);
		else if (f->type != WIRE_PARSE_GONE)
			return true;
		else if (!replace_parser(w, f->body, e))
			return false;
	}
	if (bad.kind == ERR_NONE)
		return true;
	*e = bad;
	return err_while(e, "the fetching process");
}

bool
wire_client_wait_ms(struct wire_client *w, int64_t wait_ms, struct frame *f, bool *came,
    struct err *e)
{
	int64_t until_ms = clock_monotonic_ms() + wait_ms;
	for (;;) {
		int64_t left = wait_ms < 0 ? -1 : until_ms - clock_monotonic_ms();
		if (!next_frame(w, f, came, e))
			return false;
		if (*came || (wait_ms >= 0 && left <= 0))
			return true;
		if (!w->channel.closed && pump(w, left, e))
			continue;
		if (!w->app->exit_signal)
			err_set(e, ERR_INTERNAL, "the fetching process ended unexpectedly");
		return false;
	}
}

bool
wire_client_wait(struct wire_client *w, struct frame *f, struct err *e)
{
	bool came;
	return wire_client_wait_ms(w, -1, f, &came, e);
}

bool
wire_client_ready(struct wire_client *w, struct err *e)
{
	struct frame f;
	struct wire_ready ready;
	w->end_by_ms = clock_monotonic_ms() + GREET_PATIENCE_MS;
	do {
		if (!wire_client_wait(w, &f, e)) {
			if (!w->app->exit_signal && clock_monotonic_ms() >= w->end_by_ms)
				err_set(e, ERR_INTERNAL, "the fetching process does not answer");
			return false;
		}
		if (f.type == WIRE_GREETED)
			w->end_by_ms = clock_monotonic_ms() + READY_PATIENCE_MS;
	} while (f.type != WIRE_READY);
	w->end_by_ms = 0;
	if (!wire_unpack_ready(w->app->arena, f.body, &ready) || !str_eq(ready.build, build_id()))
		return err_set(e, ERR_INTERNAL,
		    "kawat-wire is of another build; install all three programs together");
	if (ready.err_kind != ERR_NONE)
		return err_set(e, (enum err_kind)ready.err_kind, "%.*s", STR_ARG(ready.error));
	return true;
}
