/*
 * The channel does not block.  While a job is on, its bytes are queued in pieces as the socket
 * takes them, and answers are read at the same time, for the parse process itself blocks on
 * whatever it writes.
 */
#include "wire/parser.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"

struct job {
	struct job *next;
	struct arena *arena;
	struct parse_job ask;
	struct spool spool;
	struct parser_listener listener;
	bool sent; /* END is queued */
	bool answered; /* DONE came before END was sent */
	struct parse_done done; /* then */
	bool again; /* it was lost once, for a charset */
};

struct parser {
	struct loop *loop;
	struct channel channel;
	bool connected, asked; /* for a process that has not come yet */
	struct job *first, *last; /* the first is the one talked about */
	bool talking;
	int64_t backlog;
	unsigned timer;
	int64_t moved_ms; /* when the last byte went or came */
	void (*wanted)(void *ctx, struct str why, struct str charset);
	void *ctx;
};

static void on_ready(void *ctx, int fd, short events);
static void begin_next(struct parser *);

struct parser *
parser_new(struct loop *loop, void (*wanted)(void *ctx, struct str why, struct str charset),
    void *ctx)
{
	struct parser *p = heap_alloc(sizeof(*p));
	*p = (struct parser){.loop = loop, .wanted = wanted, .ctx = ctx};
	return p;
}

static void
free_job(struct job *job)
{
	spool_clear(&job->spool);
	arena_free(job->arena);
	free(job);
}

static struct job *
take_first(struct parser *p)
{
	struct job *job = p->first;
	p->first = job->next;
	if (!p->first)
		p->last = NULL;
	p->backlog -= job->spool.n;
	return job;
}

static void
disconnect(struct parser *p)
{
	if (!p->connected)
		return;
	loop_unwatch(p->loop, p->channel.fd);
	channel_clear(&p->channel);
	p->connected = false;
	p->talking = false;
	loop_cancel(p->loop, p->timer);
	p->timer = 0;
}

void
parser_free(struct parser *p)
{
	if (!p)
		return;
	disconnect(p);
	while (p->first) {
		struct job *job = take_first(p);
		if (job->listener.drop)
			job->listener.drop(job->listener.ctx);
		free_job(job);
	}
	free(p);
}

/* End the job that is on; the next one is begun first, so that both processes work at once. */
static void
end_job(struct parser *p, const struct parse_done *done)
{
	struct job *job = take_first(p);
	p->talking = false;
	if (p->connected)
		begin_next(p);
	job->listener.done(job->listener.ctx, done);
	free_job(job);
}

/* The whole input is sent whatever comes back; only then may another job follow. */
static void
end_when_sent(struct parser *p)
{
	struct job *job = p->first;
	if (!p->talking || !job->answered || !job->sent)
		return;
	struct parse_done done = job->done;
	end_job(p, &done);
}

static void
want(struct parser *p, struct str why, struct str charset)
{
	p->asked = true;
	p->wanted(p->ctx, why, charset);
}

/* The process is not to be trusted or not there any more. */
static void
give_up(struct parser *p, const char *why)
{
	struct parse_done done = {ERR_INTERNAL, str_z(why)};
	bool talking = p->talking;
	disconnect(p);
	want(p, str_z(why), STR(""));
	if (talking)
		end_job(p, &done);
}

/* The job needs a converter that this process did not open: once more, with another process. */
static void
need_charset(struct parser *p, struct str charset)
{
	struct job *job = p->first;
	if (job->again) {
		give_up(p, "no converter for the charset");
		return;
	}
	struct str name = arena_str(job->arena, charset);
	job->again = true;
	disconnect(p);
	want(p, STR("another charset is needed"), name);
}

static void
queue_piece(struct parser *p, struct job *job)
{
	char piece[FRAME_CHUNK_BYTES];
	size_t n;
	struct err e = {0};
	if (!spool_read(&job->spool, piece, sizeof(piece), &n, &e))
		n = 0; /* cut short: the parser will find it torn */
	if (n > 0)
		channel_queue(&p->channel, PARSE_DATA, bytes_of(piece, n));
	if (n == 0) {
		channel_queue(&p->channel, PARSE_END, bytes_of("", 0));
		job->sent = true;
	}
}

/* Send what the socket takes.  False: the process is gone. */
static bool
send_some(struct parser *p)
{
	struct job *job = p->talking ? p->first : NULL;
	for (;;) {
		struct err e = {0};
		size_t before = channel_pending(&p->channel);
		if (before == 0 && job && !job->sent) {
			queue_piece(p, job);
			before = channel_pending(&p->channel);
		}
		if (!channel_flush(&p->channel, &e))
			return false;
		size_t after = channel_pending(&p->channel);
		if (after != before)
			p->moved_ms = clock_monotonic_ms();
		if (after > 0 || !job || job->sent)
			break;
	}
	short events = channel_pending(&p->channel) ? POLLIN | POLLOUT : POLLIN;
	loop_watch(p->loop, p->channel.fd, events, on_ready, p);
	return true;
}

static void
on_patience(void *ctx)
{
	struct parser *p = ctx;
	int64_t left = PARSER_PATIENCE_MS - (clock_monotonic_ms() - p->moved_ms);
	p->timer = 0;
	if (!p->talking)
		return;
	if (left <= 0)
		give_up(p, "took too long to read; given up");
	else
		p->timer = loop_after(p->loop, left, on_patience, p);
}

static void
begin_next(struct parser *p)
{
	struct job *job = p->first;
	struct buf b = {0};
	if (!job || p->talking)
		return;
	p->talking = true;
	job->sent = job->answered = false;
	spool_rewind(&job->spool);
	parse_pack_job(&b, &job->ask);
	channel_queue(&p->channel, PARSE_JOB, bytes_of_str(buf_str(&b)));
	buf_clear(&b);
	p->moved_ms = clock_monotonic_ms();
	if (!p->timer)
		p->timer = loop_after(p->loop, PARSER_PATIENCE_MS, on_patience, p);
	/* A failure to send is seen as end of file by the next turn. */
	if (!send_some(p))
		loop_watch(p->loop, p->channel.fd, POLLIN, on_ready, p);
}

/* A frame of the parse process.  False: it lies. */
static bool
on_answer(struct parser *p, const struct frame *f)
{
	const struct parser_listener *l = p->talking ? &p->first->listener : NULL;
	struct parse_head head;
	struct parse_offer offer;
	struct parse_done done;
	struct unpack u;
	if (f->type == PARSE_READY) {
		u = unpack_begin(f->body);
		return str_eq(unpack_line(&u), build_id());
	}
	if (!l)
		return false;
	switch (f->type) {
	case PARSE_STORY:
		l->story(l->ctx, f->body);
		return true;
	case PARSE_HEAD:
		if (!parse_unpack_head(f->body, &head))
			return false;
		l->head(l->ctx, &head);
		return true;
	case PARSE_OFFER:
		if (!parse_unpack_offer(f->body, &offer))
			return false;
		l->offer(l->ctx, &offer);
		return true;
	case PARSE_NEED:
		u = unpack_begin(f->body);
		need_charset(p, unpack_line(&u));
		return true;
	case PARSE_DONE:
		if (!parse_unpack_done(f->body, &done) || p->first->answered)
			return false;
		p->first->answered = true;
		p->first->done = (struct parse_done){done.kind, arena_str(p->first->arena, done.text)};
		end_when_sent(p);
		return true;
	default:
		return false;
	}
}

static void
on_ready(void *ctx, int fd, short events)
{
	struct parser *p = ctx;
	struct frame f;
	struct err e = {0};
	(void)fd;
	bool open = !(events & (POLLIN | POLLHUP | POLLERR | POLLNVAL)) || channel_read(&p->channel, &e);
	p->moved_ms = clock_monotonic_ms();
	e = (struct err){0};
	while (p->connected && channel_next(&p->channel, &f, &e)) {
		if (f.fd >= 0)
			close(f.fd);
		if (!on_answer(p, &f)) {
			give_up(p, "the parser gave a bad answer");
			return;
		}
	}
	if (p->connected && (e.kind != ERR_NONE || !open || !send_some(p)))
		give_up(p, "the parser ended unexpectedly");
	else if (p->connected)
		end_when_sent(p);
}

void
parser_feed(struct parser *p)
{
	if (p->connected && p->talking && !p->first->sent)
		(void)send_some(p); /* a failure is seen as end of file by the next turn */
}

void
parser_take_fd(struct parser *p, int fd)
{
	disconnect(p);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	channel_init_take(&p->channel, fd);
	p->connected = true;
	p->asked = false;
	loop_watch(p->loop, fd, POLLIN, on_ready, p);
	begin_next(p);
}

void
parser_submit(struct parser *p, const struct parse_job *ask, struct spool *spool,
    const struct parser_listener *listener)
{
	struct job *job = heap_alloc(sizeof(*job));
	job->arena = arena_new();
	job->ask = *ask;
	job->ask.url = arena_str(job->arena, ask->url);
	job->ask.content_type = arena_str(job->arena, ask->content_type);
	job->ask.charset = arena_str(job->arena, ask->charset);
	job->ask.known_title = arena_str(job->arena, ask->known_title);
	job->ask.known_text = arena_str(job->arena, ask->known_text);
	job->listener = *listener;
	spool_move(spool, &job->spool);
	p->backlog += job->spool.n;
	if (p->last)
		p->last->next = job;
	else
		p->first = job;
	p->last = job;
	if (p->connected)
		begin_next(p);
	else if (!p->asked)
		want(p, STR(""), STR(""));
}

int64_t
parser_backlog(const struct parser *p)
{
	return p->backlog;
}
