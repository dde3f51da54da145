/*
 * Plays desk: starts kawat-wire and kawat-parse, talks to wire over wire/protocol.h, prints what it
 * says, a line each.  For tests of the whole process without a desk.
 *
 *	talk [OPTION...] refresh URL...     talk [OPTION...] probe URL
 *	talk [OPTION...] page URL [FEED]    talk [OPTION...] pipe URL FILE
 *	talk [OPTION...] mark WHAT          (all stories; then undo)
 *
 *	--bin FOLDER (of the programs)  --data FOLDER  --replay FOLDER  --ca FILE
 *	--private  --offline  --force  --history  --due (what is due, not all)
 *	--max BYTES  --timeout MS  --every SECONDS  --jobs N  --per-host N  --links N
 *	--lame (the first parse process ends at once)  --deaf (it never answers)
 *	--stop MS (STOP so long after the start)  --quit MS (end of file)
 *
 *	feed OUTCOME STATUS NEW UPDATED ITEMS URL: ERROR
 *	refreshed FEEDS NEW UPDATED UNCHANGED NOT_DUE FAILED: ERROR
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/frame.h"
#include "base/loop.h"
#include "story/parse_protocol.h"
#include "wire/protocol.h"

struct talk {
	const char *bin;
	bool lame, deaf;
	int parsers; /* started so far */
	pid_t parser; /* the last one */
	int64_t stop_ms, quit_ms, began_ms;
	struct channel wire;
	struct wire_settings settings;
	struct wire_refresh refresh;
	const char *verb, **args;
	int n_args;
	bool done;
};

static void
die(const char *what)
{
	fprintf(stderr, "talk: %s: %s\n", what, strerror(errno));
	exit(2);
}

/* fds become 3 and 4 of the program. */
static pid_t
start(const char *path, const char *arg, const int *fds, int n)
{
	pid_t pid = fork();
	if (pid < 0)
		die("fork");
	if (pid > 0)
		return pid;
	int high[2];
	for (int i = 0; i < n; i++)
		high[i] = dup2(fds[i], 50 + i);
	for (int i = 0; i < n; i++) {
		dup2(high[i], 3 + i);
		close(high[i]);
	}
	for (int fd = 3 + n; fd < 50; fd++)
		close(fd);
	execl(path, path, arg, (char *)NULL);
	die(path);
	return -1;
}

static const char *
program(const struct talk *t, const char *name)
{
	static char path[2][4096];
	static int turn;
	turn = !turn;
	snprintf(path[turn], sizeof(path[turn]), "%s/%s", t->bin, name);
	return path[turn];
}

/* Returns wire's end. */
static int
start_parser(struct talk *t)
{
	int ends[2];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		die("socketpair");
	bool first = t->parsers++ == 0;
	if (first && t->lame)
		t->parser = start("/bin/true", NULL, &ends[1], 1);
	else if (first && t->deaf)
		t->parser = start("/bin/sleep", "60", &ends[1], 1);
	else
		t->parser = start(program(t, "kawat-parse"), "--all-charsets", &ends[1], 1);
	close(ends[1]);
	return ends[0];
}

static void
send_message(struct talk *t, enum wire_type type, struct buf *b)
{
	struct err e;
	channel_queue(&t->wire, (uint8_t)type, bytes_of_str(buf_str(b)));
	if (!channel_flush(&t->wire, &e))
		die("send");
	buf_clear(b);
}

static void
start_wire(struct talk *t)
{
	int ends[2];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		die("socketpair");
	start(program(t, "kawat-wire"), NULL, &ends[1], 1);
	close(ends[1]);
	channel_init_take(&t->wire, ends[0]);
	struct buf b = {0};
	wire_pack_hello(&b, &(struct wire_hello){build_id()});
	send_message(t, WIRE_HELLO, &b);
	wire_pack_settings(&b, &t->settings);
	send_message(t, WIRE_SETTINGS, &b);
}

static void
send_feeds(struct talk *t)
{
	bool named = strcmp(t->verb, "refresh") == 0;
	bool page = strcmp(t->verb, "page") == 0;
	int n = named ? t->n_args : page ? t->n_args - 1 : strcmp(t->verb, "pipe") == 0;
	struct wire_subscription *v = heap_alloc(sizeof(*v) * (size_t)(n + 1));
	for (int i = 0; i < n; i++)
		v[i] = (struct wire_subscription){.url = str_z(t->args[i + page]), .every_s = -1,
		    .keep_s = -1, .max_items = -1, .full_text = -1};
	struct buf b = {0};
	wire_pack_feeds(&b, &(struct wire_feeds){v, (size_t)n});
	send_message(t, WIRE_FEEDS, &b);
	free(v);
}

static void
send_pipe(struct talk *t)
{
	struct arena *a = arena_new();
	struct bytes all;
	struct err e;
	struct buf b = {0};
	if (t->n_args != 2 || !file_read(a, t->args[1], 0, &all, &e))
		die("file");
	for (size_t at = 0;; at += FRAME_CHUNK_BYTES) {
		size_t left = at < all.n ? all.n - at : 0;
		struct wire_feed_bytes m = {1, str_z(t->args[0]),
		    bytes_of(all.p + at, left < FRAME_CHUNK_BYTES ? left : FRAME_CHUNK_BYTES),
		    left == 0};
		wire_pack_feed_bytes(&b, &m);
		send_message(t, WIRE_FEED_BYTES, &b);
		if (m.last)
			break;
	}
	arena_free(a);
}

static void
send_order(struct talk *t)
{
	struct buf b = {0};
	if (strcmp(t->verb, "refresh") == 0) {
		wire_pack_refresh(&b, &t->refresh);
		send_message(t, WIRE_REFRESH, &b);
	} else if (strcmp(t->verb, "probe") == 0) {
		wire_pack_probe(&b, &(struct wire_probe){.request = 1, .url = str_z(t->args[0])});
		send_message(t, WIRE_PROBE, &b);
	} else if (strcmp(t->verb, "page") == 0) {
		wire_pack_fetch_story(&b, &(struct wire_fetch_story){.request = 1,
		    .pages = {&(struct wire_wanted){0, str_z(t->args[0])}, 1}, .why = t->refresh.force ? WIRE_LINKS : WIRE_STORE});
		send_message(t, WIRE_FETCH_STORY, &b);
	} else if (strcmp(t->verb, "mark") == 0) {
		wire_pack_mark(&b, &(struct wire_mark){.request = 1,
		    .what = strtoll(t->args[0], NULL, 10), .scope = 1});
		send_message(t, WIRE_MARK, &b);
	} else {
		send_pipe(t);
	}
}

static void
bad(const char *name)
{
	printf("bad message %s\n", name);
	exit(1);
}

#define TAKE(name, m) \
	if (!wire_unpack_##name(a, f->body, &(m))) \
		bad(#name)

static void
print_feed(const struct wire_feed_news *n)
{
	static const char *const outcomes[] = {"-", "unchanged", "updated", "not-due", "failed",
	    "gone", "stopped"};
	if (n->phase != WIRE_DONE)
		return;
	printf("feed %s %d %lld %lld %lld %.*s: %.*s\n", outcomes[n->outcome], (int)n->status,
	    (long long)n->n_new, (long long)n->n_updated, (long long)n->n_items,
	    STR_ARG(n->url), STR_ARG(n->error));
}

static void
on_frame(struct talk *t, struct arena *a, const struct frame *f)
{
	static const char *const states[] = {"stored", "shown", "gone", "queued", "failed",
	    "refused", "kept"};
	struct wire_ready ready;
	struct wire_feed_news news;
	struct wire_refreshed total;
	struct wire_story_news story;
	struct wire_probed probed;
	struct wire_moved moved;
	struct wire_marked marked;
	struct wire_log log;
	struct wire_offline offline;
	struct buf b = {0};
	switch ((enum wire_type)f->type) {
	case WIRE_READY:
		TAKE(ready, ready);
		if (ready.err_kind)
			printf("not ready: %.*s\n", STR_ARG(ready.error));
		t->done = ready.err_kind != 0;
		break;
	case WIRE_FEED:
		TAKE(feed_news, news);
		print_feed(&news);
		break;
	case WIRE_REFRESHED:
		TAKE(refreshed, total);
		printf("refreshed %lld %lld %lld %lld %lld %lld: %.*s\n",
		    (long long)total.n_feeds, (long long)total.n_new, (long long)total.n_updated,
		    (long long)total.n_unchanged, (long long)total.n_not_due,
		    (long long)total.n_failed, STR_ARG(total.error));
		break;
	case WIRE_INDEXED:
		t->done = true;
		break;
	case WIRE_STORY:
		TAKE(story_news, story);
		printf("story %s %.*s: %.*s\n", states[story.state], STR_ARG(story.url),
		    STR_ARG(story.error));
		t->done = story.left == 0;
		break;
	case WIRE_PROBED:
		TAKE(probed, probed);
		printf("probed %lld %.*s '%.*s' offers %zu: %.*s\n", (long long)probed.n_items,
		    STR_ARG(probed.url), STR_ARG(probed.title), probed.offers.n,
		    STR_ARG(probed.error));
		t->done = true;
		break;
	case WIRE_MOVED:
		TAKE(moved, moved);
		printf("moved %.*s %.*s\n", STR_ARG(moved.from), STR_ARG(moved.to));
		break;
	case WIRE_MARKED:
		TAKE(marked, marked);
		printf("marked %lld: %.*s\n", (long long)marked.n, STR_ARG(marked.error));
		t->done = marked.request == 0;
		if (!t->done)
			send_message(t, WIRE_UNDO, &b);
		break;
	case WIRE_LOG:
		TAKE(log, log);
		printf("log %.*s\n", STR_ARG(log.text));
		break;
	case WIRE_OFFLINE:
		TAKE(offline, offline);
		printf("offline %d\n", offline.offline);
		break;
	case WIRE_PARSE_GONE: {
		struct err e;
		if (t->parser > 0) {
			kill(t->parser, SIGKILL);
			printf("parser gone\n");
		}
		int end = start_parser(t);
		if (!channel_send_fd(&t->wire, WIRE_PARSE, bytes_of("", 0), end, &e))
			die("send a descriptor");
		close(end);
		break;
	}
	default:
		break;
	}
	fflush(stdout);
}

/* Wait for the next frame, not past the moments of --stop and --quit. */
static bool
wait_frame(struct talk *t, struct frame *f)
{
	for (;;) {
		struct err e = {0};
		if (channel_next(&t->wire, f, &e))
			return true;
		if (e.kind != ERR_NONE)
			bad("frame");
		int64_t now = clock_monotonic_ms() - t->began_ms;
		int wait = -1;
		if (t->stop_ms)
			wait = (int)(t->stop_ms > now ? t->stop_ms - now : 0);
		if (t->quit_ms)
			wait = (int)(t->quit_ms > now ? t->quit_ms - now : 0);
		struct pollfd p = {t->wire.fd, POLLIN, 0};
		if (poll(&p, 1, wait) == 0) {
			struct buf none = {0};
			if (t->quit_ms)
				return false;
			t->stop_ms = 0;
			send_message(t, WIRE_STOP, &none);
			continue;
		}
		if (!channel_read(&t->wire, &e)) {
			printf("wire ended\n");
			return false;
		}
	}
}

static void
options(struct talk *t, int argc, char **argv)
{
	int i = 1;
	for (; i < argc && argv[i][0] == '-'; i++) {
		const char *name = argv[i];
		bool takes = true;
		if (strcmp(name, "--private") == 0)
			t->settings.private_addresses = !(takes = false);
		else if (strcmp(name, "--offline") == 0)
			t->settings.offline = !(takes = false);
		else if (strcmp(name, "--force") == 0)
			t->refresh.force = !(takes = false);
		else if (strcmp(name, "--due") == 0)
			t->refresh.scope = takes = false;
		else if (strcmp(name, "--history") == 0)
			t->refresh.history = (takes = false) ? 0 : 50;
		else if (strcmp(name, "--lame") == 0)
			t->lame = !(takes = false);
		else if (strcmp(name, "--deaf") == 0)
			t->deaf = !(takes = false);
		if (!takes)
			continue;
		if (++i == argc)
			exit(2);
		const struct { const char *name; int64_t *number; struct str *text; } values[] = {
			{"--data", NULL, &t->settings.data_dir},
			{"--replay", NULL, &t->settings.replay_dir},
			{"--ca", NULL, &t->settings.ca_file},
			{"--proxy", NULL, &t->settings.proxy},
			{"--max", &t->settings.max_feed_bytes, NULL},
			{"--timeout", &t->settings.timeout_ms, NULL},
			{"--every", &t->settings.every_s, NULL},
			{"--jobs", &t->settings.jobs, NULL},
			{"--per-host", &t->settings.per_host, NULL},
			{"--retries", &t->settings.retries, NULL},
			{"--log", &t->settings.log_level, NULL},
			{"--stop", &t->stop_ms, NULL},
			{"--quit", &t->quit_ms, NULL},
		};
		if (strcmp(name, "--bin") == 0)
			t->bin = argv[i];
		for (size_t k = 0; k < COUNT_OF(values); k++) {
			if (strcmp(values[k].name, name) == 0 && values[k].number)
				*values[k].number = strtoll(argv[i], NULL, 10);
			else if (strcmp(values[k].name, name) == 0)
				*values[k].text = str_z(argv[i]);
		}
	}
	if (i + 1 >= argc)
		exit(2);
	t->verb = argv[i];
	t->args = (const char **)(void *)&argv[i + 1];
	t->n_args = argc - i - 1;
}

int
main(int argc, char **argv)
{
	struct talk t = {.bin = "src", .began_ms = clock_monotonic_ms(),
	    .settings = {.data_dir = STR("data"), .user_agent = STR("kawat-test/1"),
	        .proxy = STR("none"), .every_s = 900, .jobs = 8, .per_host = 8,
	        .connect_timeout_ms = 10000, .timeout_ms = 30000, .retries = 2,
	        .max_feed_bytes = 16 << 20, .max_page_bytes = 8 << 20,
	        .undo_levels = 200, .log_level = WIRE_LOG_WARN},
	    .refresh = {.request = 1, .scope = WIRE_ALL}};
	struct frame f;
	options(&t, argc, argv);
	start_wire(&t);
	send_feeds(&t);
	send_order(&t);
	while (!t.done && wait_frame(&t, &f)) {
		struct arena *a = arena_new();
		on_frame(&t, a, &f);
		arena_free(a);
	}
	channel_clear(&t.wire); /* end of file: both processes end by themselves */
	int status, worst = 0;
	pid_t pid;
	while ((pid = wait(&status)) > 0)
		/* A parser whose talk is cut off may say so by 1. */
		if (!(WIFEXITED(status) && WEXITSTATUS(status) <= 1) && !t.lame && !t.deaf)
			worst = printf("a process ended with status %x\n", (unsigned)status);
	struct rusage use;
	getrusage(RUSAGE_CHILDREN, &use);
	printf("used %ld KB %ld ms\n", use.ru_maxrss,
	    (long)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1000 +
	        (long)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1000);
	return worst ? 1 : 0;
}
