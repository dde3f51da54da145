#include "wire/spool.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

void
spool_init(struct spool *s, const char *folder)
{
	*s = (struct spool){.fd = -1, .folder = folder};
}

void
spool_empty(struct spool *s)
{
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
	if (s->memory.cap > SPOOL_MEMORY_BYTES / 4)
		buf_clear(&s->memory); /* one large feed does not keep its memory for ever */
	s->memory.n = 0;
	s->n = s->read_at = 0;
}

void
spool_move(struct spool *from, struct spool *to)
{
	*to = *from;
	spool_init(from, to->folder);
}

void
spool_clear(struct spool *s)
{
	spool_empty(s);
	buf_clear(&s->memory);
}

static bool
write_out(struct spool *s, struct bytes b, struct err *e)
{
	size_t done = 0;
	while (done < b.n) {
		ssize_t n = pwrite(s->fd, b.p + done, b.n - done, (off_t)(s->n + (int64_t)done));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, ERR_STORE, "cannot keep what is being received");
		done += (size_t)n;
	}
	return true;
}

/* Move what is in memory to a file. */
static bool
spill(struct spool *s, struct err *e)
{
	s->fd = file_temporary(s->folder, e);
	if (s->fd < 0)
		return false;
	int64_t n = s->n;
	s->n = 0;
	bool ok = write_out(s, bytes_of_str(buf_str(&s->memory)), e);
	s->n = n;
	buf_clear(&s->memory);
	return ok;
}

bool
spool_add(struct spool *s, struct bytes b, struct err *e)
{
	if (s->fd < 0 && s->memory.n + b.n <= SPOOL_MEMORY_BYTES) {
		buf_add_bytes(&s->memory, b);
		s->n += (int64_t)b.n;
		return true;
	}
	if (s->fd < 0 && !spill(s, e))
		return false;
	if (!write_out(s, b, e))
		return false;
	s->n += (int64_t)b.n;
	return true;
}

void
spool_rewind(struct spool *s)
{
	s->read_at = 0;
}

static bool
read_at(struct spool *s, int64_t at, void *out, size_t max, size_t *n, struct err *e)
{
	*n = 0;
	if (at >= s->n)
		return true;
	if (s->fd < 0) {
		*n = (uint64_t)(s->n - at) < max ? (size_t)(s->n - at) : max;
		memcpy(out, s->memory.p + at, *n);
		return true;
	}
	ssize_t got;
	do {
		got = pread(s->fd, out, max, (off_t)at);
	} while (got < 0 && errno == EINTR);
	if (got <= 0)
		return err_errno(e, ERR_STORE, "cannot read back what was received");
	*n = (size_t)got;
	return true;
}

bool
spool_read(struct spool *s, void *out, size_t max, size_t *n, struct err *e)
{
	if (!read_at(s, s->read_at, out, max, n, e))
		return false;
	s->read_at += (int64_t)*n;
	return true;
}

size_t
spool_peek(struct spool *s, void *out, size_t max)
{
	size_t n = 0;
	return read_at(s, 0, out, max, &n, NULL) ? n : 0;
}

uint64_t
spool_hash(const struct spool *s)
{
	if (s->fd >= 0)
		return 0;
	uint64_t h = str_hash_long((uint64_t)s->n, buf_str(&s->memory));
	return h ? h : 1;
}
