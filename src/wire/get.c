#include "wire/get.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"

struct get {
	struct wire *wire;
	int64_t request;
};

/* With the descriptor, or with what went wrong. */
static void
answer(struct get *g, struct wire_got *got, int fd, const struct err *failure)
{
	struct wire *w = g->wire;
	struct buf b = {0};
	struct err e = {0};
	got->request = g->request;
	if (failure) {
		got->err_kind = failure->kind;
		got->error = utf8_cut(str_z(failure->text), WIRE_MAX_TEXT_BYTES);
	}
	wire_pack_got(&b, got);
	if (fd < 0)
		channel_queue(&w->desk, WIRE_GOT, bytes_of_str(buf_str(&b)));
	else if (!channel_send_fd(&w->desk, WIRE_GOT, bytes_of_str(buf_str(&b)), fd, &e))
		tell_log(w, WIRE_LOG_ERROR, "%s", e.text);
	buf_clear(&b);
	free(g);
}

/* A file of its own, that nobody else can open. */
static int
copy_of(struct spool *s, const char *folder, struct err *e)
{
	unsigned char piece[FRAME_CHUNK_BYTES];
	size_t n = 0;
	int fd = file_temporary(folder, e);
	bool ok = fd >= 0;
	spool_rewind(s);
	do {
		ok = ok && spool_read(s, piece, sizeof(piece), &n, e) &&
		    fd_write_all(fd, bytes_of(piece, n), e);
	} while (ok && n);
	if (ok && lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static void
on_answer(void *ctx, const struct request_result *r)
{
	struct get *g = ctx;
	struct err e = r->err;
	int fd = -1;
	struct wire_got got = {.url = r->target->url,
	    .content_type = utf8_cut(r->head->content_type, WIRE_MAX_TEXT_BYTES)};
	if (r->end == REQUEST_WHOLE || r->end == REQUEST_CUT) {
		fd = copy_of(r->spool, g->wire->request_settings.spool_dir, &e);
		if (fd >= 0)
			e = (struct err){0};
	} else if (e.kind == ERR_NONE) {
		err_set(&e, ERR_NETWORK, "empty: the server sent nothing");
	}
	answer(g, &got, fd, fd < 0 ? &e : NULL);
	if (fd >= 0)
		close(fd);
}

void
get_begin(struct wire *w, const struct wire_get *asked)
{
	struct get *g = heap_alloc(sizeof(*g));
	*g = (struct get){w, asked->request};
	if (w->offline) {
		struct err e = {0};
		err_set(&e, ERR_NETWORK, "offline: nothing is fetched");
		answer(g, &(struct wire_got){.url = asked->url}, -1, &e);
		return;
	}
	struct request_ask ask = {.url = asked->url, .typed = asked->url, .accept = STR("*/*"),
	    .max_bytes = asked->max_bytes, .done = on_answer, .ctx = g};
	request_begin(w->requester, &ask);
}
