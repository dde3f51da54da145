/*
 * Asks addresses the way kawat-wire does and prints how each ended, a line each: for trying what
 * the network code makes of a server.
 *
 *	get [--private] [--ca FILE] [--timeout MS] [--max BYTES] [--etag TAG] [--replay DIR] URL...
 *
 *	whole 200 1234 http://127.0.0.1:8000/ok.xml
 *	failed 0 0 http://127.0.0.1:8000/reset: the connection was broken
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/request.h"

struct asked {
	const char *url;
	int *left;
};

static void
on_done(void *ctx, const struct request_result *r)
{
	static const char *const ends[] = {"whole", "cut", "not-modified", "empty", "failed"};
	struct asked *asked = ctx;
	printf("%s %d %lld %s", ends[r->end], (int)r->status, (long long)r->n_bytes, asked->url);
	if (r->err.kind != ERR_NONE)
		printf(": %s", r->err.text);
	if (r->moved_to.n)
		printf(" [moved to %.*s]", STR_ARG(r->moved_to));
	if (r->unreachable)
		printf(" [unreachable]");
	printf("\n");
	fflush(stdout);
	--*asked->left;
}

static const char *
environment(const char *name)
{
	return getenv(name);
}

int
main(int argc, char **argv)
{
	struct request_settings s = {.user_agent = STR("kawat-test/1"), .proxy = STR("none"),
	    .spool_dir = ".", .connect_timeout_ms = 10000, .timeout_ms = 30000, .retries = 2};
	struct request_ask ask = {.max_bytes = 16 * 1024 * 1024, .done = on_done};
	struct loop *loop = loop_new();
	struct requester *requester = requester_new(loop, &s, environment);
	struct asked *asked = heap_alloc(sizeof(*asked) * (size_t)argc);
	int left = 0;
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--private") == 0) {
			s.private_addresses = true;
		} else if (argv[i][0] == '-' && i + 1 < argc) {
			const char *name = argv[i], *value = argv[++i];
			if (strcmp(name, "--ca") == 0)
				s.ca_file = str_z(value);
			else if (strcmp(name, "--timeout") == 0)
				s.timeout_ms = strtoll(value, NULL, 10);
			else if (strcmp(name, "--max") == 0)
				ask.max_bytes = strtoll(value, NULL, 10);
			else if (strcmp(name, "--etag") == 0)
				ask.etag = str_z(value);
			else if (strcmp(name, "--replay") == 0)
				s.replay_dir = str_z(value);
			else
				return 2;
		} else {
			asked[i] = (struct asked){argv[i], &left};
			ask.url = ask.typed = str_z(argv[i]);
			ask.ctx = &asked[i];
			left++;
			request_begin(requester, &ask);
		}
	}
	while (left > 0 && loop_turn(loop, -1, NULL))
		;
	requester_free(requester);
	loop_free(loop);
	free(asked);
	return 0;
}
