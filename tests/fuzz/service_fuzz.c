/*
 * The parse process without its box: a job goes in over a socket, and every frame that comes back
 * is one that the other side takes.  With an odd first byte the input is no job but the frames
 * themselves, from a peer that may say anything.
 */
#include "fuzz.h"

#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "story/parse_protocol.h"
#include "story/parse_service.h"

/* What is asked fits the socket at once, so that nobody waits for the other. */
enum { MAX_INPUT_BYTES = 96 * 1024 };

struct service {
	struct channel channel;
	bool honest;
};

static void *
serve(void *ctx)
{
	struct service *s = ctx;
	struct err e = {0};
	s->honest = parse_serve(&s->channel, NULL, NULL, &e);
	channel_clear(&s->channel);
	return NULL;
}

static void
queue_job(struct channel *c, uint8_t what, struct bytes raw)
{
	struct buf body = {0};
	struct parse_job job = {.what = what % PARSE_WHATS, .url = STR("https://news.example/a/b"),
		.max_items = 20, .max_bytes = 1024 * 1024};
	parse_pack_job(&body, &job);
	channel_queue(c, PARSE_JOB, fuzz_bytes_of_buf(&body));
	while (raw.n)
		channel_queue(c, PARSE_DATA, fuzz_take(&raw, 4096));
	channel_queue(c, PARSE_END, bytes_of("", 0));
	buf_clear(&body);
}

/* The story packs again as it came. */
static void
check_story(struct arena *a, struct bytes body)
{
	struct story s;
	struct buf again = {0};
	FUZZ_MUST(parse_unpack_story(a, body, &s));
	parse_pack_story(&again, &s);
	FUZZ_MUST(fuzz_same(body, fuzz_bytes_of_buf(&again)));
	buf_clear(&again);
}

/* One string, whatever its length. */
static void
check_text(struct bytes body)
{
	struct unpack u = unpack_begin(body);
	(void)unpack_str(&u);
	FUZZ_MUST(unpack_end(&u));
}

static void
check_frame(struct arena *a, const struct frame *f)
{
	struct parse_head head;
	struct parse_offer offer;
	struct parse_done done;
	struct list_entry entry;
	switch ((enum parse_message)f->type) {
	case PARSE_STORY:
		check_story(a, f->body);
		return;
	case PARSE_JSON:
	case PARSE_NEED:
		check_text(f->body);
		return;
	case PARSE_HEAD:
		FUZZ_MUST(parse_unpack_head(f->body, &head));
		return;
	case PARSE_OFFER:
		FUZZ_MUST(parse_unpack_offer(f->body, &offer));
		return;
	case PARSE_ENTRY:
		FUZZ_MUST(parse_unpack_entry(f->body, &entry));
		return;
	case PARSE_DONE:
		FUZZ_MUST(parse_unpack_done(f->body, &done));
		return;
	case PARSE_JOB:
	case PARSE_DATA:
	case PARSE_END:
	case PARSE_READY:
		break;
	}
	FUZZ_MUST(false && "a frame that the service never sends");
}

/* The asker reads while it writes, and is heard to the end. */
static void
talk(struct arena *a, struct channel *c)
{
	struct frame f;
	struct err e = {0};
	if (channel_flush(c, &e))
		shutdown(c->fd, SHUT_WR);
	while (channel_wait(c, &f, &e)) {
		check_frame(a, &f);
		arena_reset(a);
	}
}

FUZZ_TARGET(service)
{
	struct bytes rest = bytes_of(p, n < MAX_INPUT_BYTES ? n : MAX_INPUT_BYTES);
	uint8_t what = fuzz_byte(&rest);
	struct arena *a = arena_new();
	struct service service = {.honest = true};
	struct channel asker;
	pthread_t thread;
	int ends[2];
	FUZZ_MUST(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
	channel_init_take(&asker, ends[0]);
	channel_init_take(&service.channel, ends[1]);
	FUZZ_MUST(pthread_create(&thread, NULL, serve, &service) == 0);
	if (what & 1)
		buf_add_bytes(&asker.out, rest);
	else
		queue_job(&asker, what >> 1, rest);
	talk(a, &asker);
	pthread_join(thread, NULL);
	FUZZ_MUST(service.honest || what & 1);
	channel_clear(&asker);
	arena_free(a);
	return 0;
}
