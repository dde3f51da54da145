/*
 * kawat-wire: the process that asks the network and writes the store.
 *
 * Descriptor 3 is the channel to desk; the one to the parse process comes over it.  When desk has said who it
 * is, what is configured and what is subscribed, the box closes (base/box.h): from then on the
 * process may use the network, read the resolver's and the TLS library's files, the replay folder
 * and the folders of local feeds, and write the data folder; it executes nothing.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/box.h"
#include "store/event.h"
#include "store/lock.h"
#include "story/parse_protocol.h"
#include "wire/batch.h"
#include "wire/desk.h"
#include "wire/gate.h"
#include "wire/local.h"
#include "wire/pages.h"
#include "wire/parser.h"
#include "wire/pipe.h"
#include "wire/refresh.h"
#include "wire/ruling.h"
#include "wire/settle.h"
#include "wire/upkeep.h"
#include "wire/writes.h"

struct process {
	struct wire wire;
	char *data_dir; /* for the whole life: spools and the lock borrow it */
	unsigned box; /* flags of base/box.h */
	unsigned tick;
	struct err end; /* why it ends, when not by QUIT */
};

static const char *
environment(const char *name)
{
	return getenv(name);
}

static struct process *
process_of(struct wire *w)
{
	return (struct process *)(void *)((char *)w - offsetof(struct process, wire));
}

/* --- settings and feeds ------------------------------------------------------------------------- */

static void
use_settings(struct wire *w)
{
	const struct wire_settings *s = &w->settings;
	struct process *p = process_of(w);
	if (!p->data_dir)
		p->data_dir = heap_z(s->data_dir);
	w->request_settings = (struct request_settings){.user_agent = s->user_agent,
	    .proxy = s->proxy, .ca_file = s->ca_file, .netrc = s->netrc,
	    .replay_dir = s->replay_dir, .spool_dir = p->data_dir,
	    .private_addresses = s->private_addresses,
	    .connect_timeout_ms = s->connect_timeout_ms, .timeout_ms = s->timeout_ms,
	    .retries = s->retries};
	if (!w->ready)
		w->offline = s->offline;
	schedule_limits(w->schedule, s->jobs, s->per_host);
	if (w->ready)
		refresh_plan(w);
}

/* Of a file the folder, for a file may be replaced by another of its name. */
static const char *
local_folder(struct arena *a, struct str url)
{
	const char *path = local_path(a, url, getenv("HOME"));
	if (!path || str_starts_nocase(url, STR("spool:")))
		return path;
	struct str s = str_z(path);
	size_t slash = str_find_last_char(s, '/');
	return slash == STR_NONE || slash == 0 ? "/" : arena_z(a, str_sub(s, 0, slash));
}

struct paths {
	const char **v;
	size_t n, cap;
};

static void
add_path(struct arena *a, struct paths *paths, const char *path)
{
	if (path && *path)
		ARENA_PUSH(a, paths, path);
}

/* Directories, since resolv.conf and its like are replaced by renaming. */
static unsigned
close_box(struct wire *w, const char *data_dir)
{
	static const char *const always[] = {"/etc", "/usr", "/run", "/lib", "/lib64",
	    "/var/lib/ca-certificates", "/dev/urandom", "/dev/null", "/proc/self"};
	struct arena *a = arena_new();
	struct paths read = {0};
	for (size_t i = 0; i < COUNT_OF(always); i++)
		add_path(a, &read, always[i]);
	add_path(a, &read, arena_z(a, w->settings.ca_file));
	add_path(a, &read, arena_z(a, w->settings.netrc));
	add_path(a, &read, arena_z(a, w->settings.replay_dir));
	for (size_t i = 0; i < w->feeds.n; i++)
		if (local_is(w->feeds.v[i].url))
			add_path(a, &read, local_folder(a, w->feeds.v[i].url));
	ARENA_PUSH(a, &read, NULL);
	const char *const write[] = {data_dir, NULL};
	unsigned box = box_wire(&(struct box_paths){read.v, write});
	arena_free(a);
	return box;
}

static bool
is_boxed(unsigned box)
{
	return (box & BOX_SECCOMP) && (box & BOX_LANDLOCK);
}

static bool
open_store(struct wire *w, const char *data_dir, struct err *e)
{
	struct store_options options = {.folder = data_dir, .mode = STORE_WRITE,
	    .sync_full = w->settings.sync_full};
	return store_open(&w->store, &options, NULL, e);
}

static bool
check_box(const struct wire *w, unsigned box, struct err *e)
{
	if (w->settings.sandbox != WIRE_BOX_REQUIRE || is_boxed(box))
		return true;
	err_set(e, ERR_INTERNAL, "the sandbox that the configuration requires is not to be had");
	return err_remedy(e, "kawat doctor");
}

static void
sync_feeds(void *ctx)
{
	struct wire *w = ctx;
	struct err e = {0};
	if (!wire_sync_feeds(w, &e))
		tell_log(w, WIRE_LOG_ERROR, "%s", e.text);
}

static void
get_ready(struct wire *w)
{
	struct process *p = process_of(w);
	struct err e = {0};
	p->box = close_box(w, p->data_dir);
	struct wire_ready ready = {.build = build_id(), .boxed = is_boxed(p->box),
	    .other_refreshes = lock_is_held(p->data_dir)};
	if (!check_box(w, p->box, &e) || !open_store(w, p->data_dir, &e)) {
		ready.err_kind = e.kind;
		ready.error = str_z(e.text);
	}
	w->ready = true;
	tell_ready(w, &ready);
}

static void
rules_followed(void *ctx)
{
	(void)ctx;
}

/* Nearly always they are the same as the last time: one look-up. */
static void
follow_rules(void *ctx)
{
	struct wire *w = ctx;
	struct err e = {0};
	bool done = true;
	if (!ruling_step(w, &done, &e))
		tell_log(w, WIRE_LOG_ERROR, "%s", e.text);
	else if (!done)
		upkeep_begin(w, rules_followed, w);
}

static void
use_feeds(struct wire *w)
{
	bool first = !w->ready;
	if (first)
		get_ready(w);
	if (!w->store)
		return;
	wire_when_free(w, sync_feeds, w);
	if (first) {
		wire_when_free(w, follow_rules, w);
		writes_resume(w->writes);
		refresh_plan(w);
	}
}

/* --- the loop ----------------------------------------------------------------------------------- */

static void on_desk(void *ctx, int fd, short events);

/* What the turn has queued goes out in one write; what does not fit waits for the socket. */
static void
flush(struct process *p)
{
	struct wire *w = &p->wire;
	struct err gone; /* desk has ended, which is no fault of this process */
	if (w->desk.closed)
		return;
	if (!channel_flush(&w->desk, &gone))
		w->quitting = true;
	short events = channel_pending(&w->desk) ? POLLIN | POLLOUT : POLLIN;
	loop_watch(w->loop, w->desk.fd, events, on_desk, p);
}

static void
on_desk(void *ctx, int fd, short events)
{
	static const struct desk_events handlers = {use_settings, use_feeds};
	struct process *p = ctx;
	struct wire *w = &p->wire;
	struct frame f;
	struct err e = {0};
	(void)fd;
	bool open = !(events & (POLLIN | POLLHUP | POLLERR | POLLNVAL)) || channel_read(&w->desk, &e);
	e = (struct err){0};
	while (!w->quitting && channel_next(&w->desk, &f, &e)) {
		if (!desk_frame(w, &f, &handlers, &p->end))
			w->quitting = true;
	}
	if (!open || e.kind != ERR_NONE)
		w->quitting = true;
}

/* Quiet transfers are looked for only while there are some. */
static void
on_tick(void *ctx)
{
	struct process *p = ctx;
	pages_tick(&p->wire);
	wire_start_more(&p->wire);
	p->tick = schedule_running(p->wire.schedule)
	    ? loop_after(p->wire.loop, REFRESH_TICK_MS, on_tick, p)
	    : 0;
}

static void
on_parser_wanted(void *ctx, struct str why, struct str charset)
{
	struct wire *w = ctx;
	if (w->quitting)
		return;
	if (why.n)
		tell_log(w, WIRE_LOG_WARN, "parser: %.*s", STR_ARG(why));
	tell_parse_gone(w, &(struct wire_parse_gone){why, charset});
}

static void
begin(struct process *p)
{
	struct wire *w = &p->wire;
	w->loop = loop_new();
	/* The TLS library writes with write(2): a server that goes away must not end this process. */
	signal(SIGPIPE, SIG_IGN);
	fcntl(WIRE_DESK_FD, F_SETFL, O_NONBLOCK);
	fcntl(WIRE_DESK_FD, F_SETFD, FD_CLOEXEC);
	channel_init_take(&w->desk, WIRE_DESK_FD);
	w->settings.log_level = WIRE_LOG_WARN;
	w->requester = requester_new(w->loop, &w->request_settings, environment);
	w->schedule = schedule_new(1, 1);
	w->gate = gate_new(w->loop, w->requester);
	w->parser = parser_new(w->loop, on_parser_wanted, w);
	w->pages = pages_new(w);
	w->writes = writes_new(w);
	loop_watch(w->loop, WIRE_DESK_FD, POLLIN, on_desk, p);
}

/* Marks that were asked for are made; a feed that is half in is not. */
static void
end(struct process *p)
{
	struct wire *w = &p->wire;
	batch_drop(w);
	parser_free(w->parser);
	if (w->store)
		writes_finish(w->writes);
	settle_drop(w);
	refresh_drop(w);
	pages_free(w->pages);
	upkeep_drop(w);
	pipe_drop(w);
	writes_free(w->writes);
	event_memory_free(w->events);
	gate_free(w->gate);
	requester_free(w->requester);
	schedule_free(w->schedule);
	store_close(w->store);
	flush(p);
	channel_clear(&w->desk);
	loop_free(w->loop);
	free(w->deferred.v);
	arena_free(w->settings_arena);
	arena_free(w->feeds_arena);
	free(p->data_dir);
}

int
main(void)
{
	struct process *p = heap_alloc(sizeof(*p));
	if (fcntl(WIRE_DESK_FD, F_GETFD) < 0) {
		fputs("kawat-wire: kawat starts this program; it does nothing by itself\n", stderr);
		free(p);
		return 2;
	}
	begin(p);
	while (!p->wire.quitting) {
		if (!loop_turn(p->wire.loop, -1, &p->end))
			break;
		if (!p->tick && schedule_running(p->wire.schedule))
			p->tick = loop_after(p->wire.loop, REFRESH_TICK_MS, on_tick, p);
		flush(p);
	}
	end(p);
	int code = p->end.kind == ERR_NONE ? 0 : 1;
	free(p);
	return code;
}
