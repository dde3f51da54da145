#include "app/log_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "text/date.h"

static void
open_file(struct log_file *l)
{
	struct stat st;
	l->fd = open(l->path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	l->size = l->fd >= 0 && fstat(l->fd, &st) == 0 ? st.st_size : 0;
}

void
log_file_open(struct log_file *l, const char *path, enum log_level most)
{
	*l = (struct log_file){.fd = -1, .path = path, .most = most};
	open_file(l);
}

void
log_file_close(struct log_file *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
}

static void
start_anew(struct log_file *l)
{
	char old[4096];
	log_file_close(l);
	if (snprintf(old, sizeof(old), "%s.old", l->path) < (int)sizeof(old))
		rename(l->path, old);
	open_file(l);
}

void
log_file_write(struct log_file *l, enum log_level level, int64_t now, struct str text)
{
	static const char *const names[] = {"error", "warn", "info", "debug"};
	struct buf line = {0};
	if (l->fd < 0 || level > l->most)
		return;
	struct arena *a = arena_new();
	struct str at = date_instant(a, now);
	buf_fmt(&line, "%.*s %-5s ", STR_ARG(at), names[level]);
	for (size_t i = 0; i < text.n; i++)
		buf_char(&line, (unsigned char)text.p[i] < 0x20 ? ' ' : text.p[i]);
	buf_char(&line, '\n');
	/* one write: lines of two kawats do not mix */
	ssize_t wrote = write(l->fd, line.p, line.n);
	if (wrote > 0)
		l->size += wrote;
	if (l->size > LOG_FILE_MAX_BYTES)
		start_anew(l);
	buf_clear(&line);
	arena_free(a);
}
