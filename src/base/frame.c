#include "base/frame.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/utf8.h"

enum { HEADER_BYTES = 5, READ_BYTES = 128 * 1024 };

void
channel_init_take(struct channel *c, int fd)
{
	*c = (struct channel){.fd = fd};
}

void
channel_clear(struct channel *c)
{
	if (c->fd >= 0)
		close(c->fd);
	for (int i = 0; i < c->n_passed; i++)
		close(c->passed[i]);
	buf_clear(&c->in);
	buf_clear(&c->out);
	*c = (struct channel){.fd = -1, .closed = true};
}

/* Keep descriptors that came along; more than there is room for are closed at once. */
static void
keep_descriptors(struct channel *c, struct msghdr *m)
{
	for (struct cmsghdr *h = CMSG_FIRSTHDR(m); h; h = CMSG_NXTHDR(m, h)) {
		if (h->cmsg_level != SOL_SOCKET || h->cmsg_type != SCM_RIGHTS)
			continue;
		size_t n = (h->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		for (size_t i = 0; i < n; i++) {
			int fd;
			memcpy(&fd, CMSG_DATA(h) + i * sizeof(int), sizeof(fd));
			if (c->n_passed < (int)COUNT_OF(c->passed))
				c->passed[c->n_passed++] = fd;
			else
				close(fd);
		}
	}
}

bool
channel_read(struct channel *c, struct err *e)
{
	if (c->in_at) {
		buf_drop_front(&c->in, c->in_at);
		c->in_at = 0;
	}
	buf_reserve(&c->in, READ_BYTES);
	union {
		struct cmsghdr align;
		char room[CMSG_SPACE(4 * sizeof(int))];
	} control;
	struct iovec io = {c->in.p + c->in.n, READ_BYTES};
	struct msghdr m = {.msg_iov = &io, .msg_iovlen = 1, .msg_control = control.room,
	    .msg_controllen = sizeof(control.room)};
	ssize_t got;
	do {
		got = recvmsg(c->fd, &m, MSG_CMSG_CLOEXEC);
	} while (got < 0 && errno == EINTR);
	if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return true;
	if (got <= 0) {
		c->closed = true;
		return err_set(e, ERR_INTERNAL, "the other process has ended");
	}
	keep_descriptors(c, &m);
	c->in.n += (size_t)got;
	return true;
}

static uint32_t
get_u32(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;
	return u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16 | (uint32_t)u[3] << 24;
}

/* A frame that announces a descriptor has this bit in its type. */
enum { TYPE_HAS_FD = 0x80 };

bool
channel_next(struct channel *c, struct frame *f, struct err *e)
{
	size_t there = c->in.n - c->in_at;
	if (there < HEADER_BYTES)
		return false;
	const char *p = c->in.p + c->in_at;
	uint32_t n = get_u32(p);
	if (n > FRAME_MAX_BYTES)
		return err_set(e, ERR_INTERNAL, "a message of %u bytes is over the limit", n);
	if (there - HEADER_BYTES < n)
		return false;
	uint8_t type = (uint8_t)p[4];
	*f = (struct frame){.type = type & (uint8_t)~TYPE_HAS_FD,
	    .body = bytes_of(p + HEADER_BYTES, n), .fd = -1};
	if (type & TYPE_HAS_FD) {
		if (c->n_passed == 0)
			return err_set(e, ERR_INTERNAL, "a message came without its descriptor");
		f->fd = c->passed[0];
		c->n_passed--;
		memmove(c->passed, c->passed + 1, (size_t)c->n_passed * sizeof(int));
	}
	c->in_at += HEADER_BYTES + n;
	return true;
}

bool
channel_wait(struct channel *c, struct frame *f, struct err *e)
{
	struct err none = {0};
	for (;;) {
		if (channel_next(c, f, &none))
			return true;
		if (none.kind != ERR_NONE) {
			if (e)
				*e = none;
			return false;
		}
		if (!channel_read(c, e))
			return false;
	}
}

static void
queue(struct channel *c, uint8_t type, struct bytes body)
{
	assert(body.n <= FRAME_MAX_BYTES);
	uint32_t n = (uint32_t)body.n;
	char head[HEADER_BYTES] = {(char)n, (char)(n >> 8), (char)(n >> 16), (char)(n >> 24),
	    (char)type};
	buf_add(&c->out, str_of(head, sizeof(head)));
	buf_add_bytes(&c->out, body);
}

void
channel_queue(struct channel *c, uint8_t type, struct bytes body)
{
	assert(!(type & TYPE_HAS_FD));
	queue(c, type, body);
}

size_t
channel_pending(const struct channel *c)
{
	return c->out.n - c->out_at;
}

bool
channel_flush(struct channel *c, struct err *e)
{
	while (c->out_at < c->out.n) {
		ssize_t sent = send(c->fd, c->out.p + c->out_at, c->out.n - c->out_at,
		    MSG_NOSIGNAL);
		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
			if (c->out_at > READ_BYTES) {
				buf_drop_front(&c->out, c->out_at);
				c->out_at = 0;
			}
			return true;
		}
		if (sent <= 0) {
			c->closed = true;
			return err_set(e, ERR_INTERNAL, "the other process has ended");
		}
		c->out_at += (size_t)sent;
	}
	c->out.n = c->out_at = 0;
	return true;
}

/* The descriptor goes with the frame's first byte; what was queued before goes first. */
bool
channel_send_fd(struct channel *c, uint8_t type, struct bytes body, int fd, struct err *e)
{
	if (!channel_flush(c, e))
		return false;
	if (fd < 0) {
		queue(c, type, body);
		return channel_flush(c, e);
	}
	if (channel_pending(c))
		return err_set(e, ERR_INTERNAL, "the other process does not listen");
	queue(c, type | TYPE_HAS_FD, body);
	union {
		struct cmsghdr align;
		char room[CMSG_SPACE(sizeof(int))];
	} control = {0};
	struct iovec io = {c->out.p, 1};
	struct msghdr m = {.msg_iov = &io, .msg_iovlen = 1, .msg_control = control.room,
	    .msg_controllen = sizeof(control.room)};
	struct cmsghdr *h = CMSG_FIRSTHDR(&m);
	h->cmsg_level = SOL_SOCKET;
	h->cmsg_type = SCM_RIGHTS;
	h->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(h), &fd, sizeof(fd));
	if (sendmsg(c->fd, &m, MSG_NOSIGNAL) != 1)
		return err_errno(e, ERR_INTERNAL, "cannot pass a descriptor");
	c->out_at = 1;
	return channel_flush(c, e);
}

void
pack_int(struct buf *b, int64_t value)
{
	uint64_t v = (uint64_t)value;
	char little[8];
	for (int i = 0; i < 8; i++, v >>= 8)
		little[i] = (char)(v & 0xFF);
	buf_add(b, str_of(little, sizeof(little)));
}

void
pack_str(struct buf *b, struct str s)
{
	pack_int(b, (int64_t)s.n);
	buf_add(b, s);
}

void
pack_bytes(struct buf *b, struct bytes bytes)
{
	pack_str(b, str_of((const char *)bytes.p, bytes.n));
}

struct unpack
unpack_begin(struct bytes body)
{
	return (struct unpack){body, true};
}

static void
skip(struct unpack *u, size_t n)
{
	u->rest.p += n;
	u->rest.n -= n;
}

int64_t
unpack_int(struct unpack *u)
{
	if (!u->ok || u->rest.n < 8) {
		u->ok = false;
		return 0;
	}
	uint64_t v = 0;
	for (int i = 7; i >= 0; i--)
		v = v << 8 | u->rest.p[i];
	skip(u, 8);
	return (int64_t)v;
}

int64_t
unpack_range(struct unpack *u, int64_t min, int64_t max)
{
	int64_t v = unpack_int(u);
	if (!u->ok || v < min || v > max) {
		u->ok = false;
		return min;
	}
	return v;
}

struct bytes
unpack_bytes(struct unpack *u)
{
	int64_t n = unpack_int(u);
	if (!u->ok || n < 0 || (uint64_t)n > u->rest.n) {
		u->ok = false;
		return (struct bytes){(const unsigned char *)"", 0};
	}
	struct bytes b = {u->rest.p, (size_t)n};
	skip(u, b.n);
	return b;
}

/* From i on what is no control and begins none, eight at a time: nearly all text is that. */
static size_t
skip_plain(struct bytes b, size_t i)
{
	for (uint64_t x; b.n - i >= sizeof(x); i += sizeof(x)) {
		memcpy(&x, b.p + i, sizeof(x));
		if (eight_below(x, 0x20) | eight_equal(x, 0x7F) | eight_equal(x, 0xC2))
			break;
	}
	return i;
}

static bool
is_clean(struct bytes b, bool one_line)
{
	if (utf8_valid(b) != b.n)
		return false;
	for (size_t i = skip_plain(b, 0); i < b.n; i = skip_plain(b, i + 1)) {
		unsigned char c = b.p[i];
		if (c < 0x20 && (one_line || (c != '\n' && c != '\t')))
			return false;
		if (c == 0x7F || (c == 0xC2 && b.p[i + 1] < 0xA0))
			return false;
	}
	return true;
}

static struct str
unpack_text(struct unpack *u, bool one_line)
{
	struct bytes b = unpack_bytes(u);
	if (!is_clean(b, one_line)) {
		u->ok = false;
		return (struct str){"", 0};
	}
	return str_of((const char *)b.p, b.n);
}

struct str
unpack_str(struct unpack *u)
{
	return unpack_text(u, false);
}

struct str
unpack_line(struct unpack *u)
{
	return unpack_text(u, true);
}

bool
unpack_end(const struct unpack *u)
{
	return u->ok && u->rest.n == 0;
}
