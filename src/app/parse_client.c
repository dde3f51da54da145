/*
 * The one-shot parser opens no charset converter.  When the input turns out to need one it says
 * so (PARSE_NEED) and is started again with that converter open; so the input must be read twice,
 * and what comes by pipe is kept in memory meanwhile.  A stream of stories is JSON, which needs no
 * converter: it is read once, and may never end.
 */
#include "app/parse_client.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/worker.h"
#include "base/file.h"
#include "base/loop.h"
#include "story/extract.h"

enum { SILENCE_MS = 8000 }; /* linear parsers answer far sooner, even a bomb is given up by then */

struct talk {
	struct channel channel;
	struct worker worker;
	int input;
	int64_t left; /* bytes of it that may be sent yet */
	bool sent_all;
	const struct parse_handlers *handlers;
	const char *sites; /* file of rules, or NULL */
	char need_name[64]; /* of a charset; empty: none is needed */
	bool done;
	struct err result;
};

static bool
gone(struct talk *t, struct err *e)
{
	int status = worker_wait(&t->worker);
	if (status >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == 70)
		return err_set(e, ERR_INTERNAL,
		    "the input needs more memory than a parser may use; it was given up");
	return err_set(e, ERR_INTERNAL, "the parser ended unexpectedly; the input was given up");
}

static bool
start(struct talk *t, const char *charset, const struct parse_job *job, struct err *e)
{
	int ends[2];
	const char *args[5] = {NULL};
	size_t n = 0;
	if (t->sites) {
		args[n++] = "--sites";
		args[n++] = t->sites;
	}
	if (charset) {
		args[n++] = "--charset";
		args[n++] = charset;
	}
	if (!worker_pair(ends, e))
		return false;
	bool ok = worker_start(&t->worker, "kawat-parse", args, &ends[1], 1, e);
	close(ends[1]);
	channel_init_take(&t->channel, ends[0]);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	if (!ok)
		return false;
	struct buf b = {0};
	parse_pack_job(&b, job);
	channel_queue(&t->channel, PARSE_JOB, bytes_of_str(buf_str(&b)));
	buf_clear(&b);
	return true;
}

/*
 * One byte more than a feed may have: by that the parser sees that something was left out.  Of a page
 * the parser itself takes no more.
 */
static int64_t
most_of_input(const struct parse_job *job)
{
	switch (job->what) {
	case PARSE_FEED:
	case PARSE_FEED_JSON:
		return job->max_bytes && job->max_bytes < INT64_MAX ? job->max_bytes + 1 : INT64_MAX;
	case PARSE_PAGE:
	case PARSE_PAGE_JSON:
	case PARSE_PAGE_TEXT:
		return EXTRACT_MAX_BYTES;
	case PARSE_LIST:
	case PARSE_CLUSTER:
	case PARSE_WHATS:
		break;
	}
	return INT64_MAX;
}

/* As read(2), as long as something is left to be read. */
static ssize_t
read_piece(int fd, unsigned char piece[FRAME_CHUNK_BYTES], int64_t *left)
{
	size_t most = *left < FRAME_CHUNK_BYTES ? (size_t)*left : FRAME_CHUNK_BYTES;
	ssize_t n = 0;
	if (most == 0)
		return 0;
	do {
		n = read(fd, piece, most);
	} while (n < 0 && errno == EINTR);
	*left -= n > 0 ? n : 0;
	return n;
}

/* The next piece of the input goes into the channel when the last one has left. */
static bool
send_more(struct talk *t, struct err *e)
{
	unsigned char piece[FRAME_CHUNK_BYTES];
	if (t->sent_all || channel_pending(&t->channel))
		return true;
	ssize_t n = read_piece(t->input, piece, &t->left);
	if (n < 0)
		return err_errno(e, ERR_USAGE, "cannot read the input");
	t->sent_all = n == 0;
	if (n)
		channel_queue(&t->channel, PARSE_DATA, bytes_of(piece, (size_t)n));
	else
		channel_queue(&t->channel, PARSE_END, bytes_of("", 0));
	return true;
}

static bool
on_done(struct talk *t, struct bytes body)
{
	struct parse_done done;
	if (!parse_unpack_done(body, &done))
		return false;
	t->done = true;
	if (done.kind != ERR_NONE)
		err_set(&t->result, done.kind, "%.*s", STR_ARG(done.text));
	return true;
}

static bool
on_need(struct talk *t, struct bytes body)
{
	struct unpack u = unpack_begin(body);
	struct str name = unpack_line(&u);
	if (!unpack_end(&u) || name.n == 0 || name.n >= sizeof(t->need_name))
		return false;
	for (size_t i = 0; i < name.n; i++)
		t->need_name[i] = name.p[i];
	t->need_name[name.n] = '\0';
	t->done = true;
	return true;
}

static bool
on_json(struct talk *t, struct bytes body)
{
	struct unpack u = unpack_begin(body);
	struct str text = unpack_str(&u);
	if (!unpack_end(&u))
		return false;
	if (t->handlers->text)
		t->handlers->text(t->handlers->ctx, text);
	return true;
}

static bool
on_entry(struct talk *t, struct bytes body)
{
	struct list_entry entry;
	if (!parse_unpack_entry(body, &entry))
		return false;
	if (t->handlers->entry)
		t->handlers->entry(t->handlers->ctx, &entry);
	return true;
}

static bool
on_frame(struct talk *t, const struct frame *f, struct err *e)
{
	bool ok = false;
	switch ((enum parse_message)f->type) {
	case PARSE_READY:
	case PARSE_HEAD:
	case PARSE_OFFER:
	case PARSE_STORY:
		ok = true;
		break;
	case PARSE_JSON:
		ok = on_json(t, f->body);
		break;
	case PARSE_ENTRY:
		ok = on_entry(t, f->body);
		break;
	case PARSE_DONE:
		ok = on_done(t, f->body);
		break;
	case PARSE_NEED:
		ok = on_need(t, f->body);
		break;
	case PARSE_JOB:
	case PARSE_DATA:
	case PARSE_END:
		break;
	}
	if (f->fd >= 0)
		close(f->fd);
	return ok || err_set(e, ERR_INTERNAL, "the parser gave a bad answer; the input was given up");
}

static bool
take_frames(struct talk *t, struct err *e)
{
	struct frame f;
	struct err bad = {0};
	while (!t->done && channel_next(&t->channel, &f, &bad))
		if (!on_frame(t, &f, e))
			return false;
	if (bad.kind != ERR_NONE)
		*e = bad;
	return bad.kind == ERR_NONE;
}

/*
 * Wait for the parser, and for more input when all that came has left.  Whoever types the input may
 * take his time; a parser that has work may not.
 */
static bool
wait_turn(struct talk *t, short *channel, bool *input, struct err *e)
{
	bool wants_input = !t->sent_all && channel_pending(&t->channel) == 0;
	struct pollfd p[] = {{t->channel.fd, POLLIN, 0}, {t->input, POLLIN, 0}};
	if (channel_pending(&t->channel))
		p[0].events |= POLLOUT;
	int ready;
	do {
		ready = poll(p, wants_input ? 2 : 1, wants_input ? -1 : SILENCE_MS);
	} while (ready < 0 && errno == EINTR);
	*channel = p[0].revents;
	*input = wants_input && p[1].revents != 0;
	if (ready > 0)
		return true;
	return err_set(e, ERR_INTERNAL,
	    "the parser gave no answer within %d s; the input was given up", SILENCE_MS / 1000);
}

/* Reads while it writes: the parser may be blocked on its answer. */
static bool
converse(struct talk *t, struct err *e)
{
	while (!t->done) {
		short channel;
		bool input;
		if (!wait_turn(t, &channel, &input, e))
			return false;
		/* What is there to read may explain why nothing can be written any more. */
		if (channel & (POLLIN | POLLHUP) && !channel_read(&t->channel, e))
			return take_frames(t, e) && (t->done || gone(t, e));
		if (!take_frames(t, e))
			return false;
		if (input && !send_more(t, e))
			return false;
		if (channel_pending(&t->channel) && !channel_flush(&t->channel, e) && !t->done)
			t->sent_all = true;
	}
	return true;
}

static bool
attempt(struct talk *t, const char *charset, const struct parse_job *job, struct err *e)
{
	t->done = t->sent_all = false;
	t->left = most_of_input(job);
	bool ok = start(t, charset, job, e);
	if (ok)
		ok = converse(t, e);
	channel_clear(&t->channel);
	worker_kill(&t->worker);
	return ok;
}

/* A seekable descriptor with the same content: the input itself, or a copy of `most` bytes in memory. */
static int
seekable(int input, int64_t most, struct err *e)
{
	if (lseek(input, 0, SEEK_CUR) >= 0)
		return dup(input);
	int copy = memfd_create("input", MFD_CLOEXEC);
	unsigned char piece[FRAME_CHUNK_BYTES];
	ssize_t n;
	while (copy >= 0 && (n = read_piece(input, piece, &most)) != 0) {
		if (n < 0) {
			err_errno(e, ERR_USAGE, "cannot read the input");
			close(copy);
			return -1;
		}
		if (!fd_write_all(copy, bytes_of(piece, (size_t)n), e)) {
			close(copy);
			return -1;
		}
	}
	if (copy < 0)
		err_errno(e, ERR_INTERNAL, "cannot keep the input in memory");
	else
		lseek(copy, 0, SEEK_SET);
	return copy;
}

bool
parse_client_run(const struct parse_job *job, const char *sites, int input,
    const struct parse_handlers *handlers, struct err *e)
{
	struct talk t = {.handlers = handlers, .sites = sites};
	t.input = job->what == PARSE_CLUSTER ? dup(input) : seekable(input, most_of_input(job), e);
	if (t.input < 0)
		return false;
	off_t begin = lseek(t.input, 0, SEEK_CUR);
	bool ok = attempt(&t, NULL, job, e);
	if (ok && t.need_name[0]) {
		char name[sizeof(t.need_name)];
		for (size_t i = 0; i < sizeof(name); i++)
			name[i] = t.need_name[i];
		t.need_name[0] = '\0';
		lseek(t.input, begin, SEEK_SET);
		ok = attempt(&t, name, job, e);
		if (ok && t.need_name[0])
			ok = err_set(e, ERR_INPUT, "the charset %s cannot be read here", name);
	}
	close(t.input);
	if (ok && t.result.kind != ERR_NONE)
		*e = t.result;
	return ok && t.result.kind == ERR_NONE;
}
