#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool
file_exists(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0;
}

static bool
read_all(struct arena *a, int fd, const char *path, size_t max_bytes, struct bytes *out,
    struct err *e)
{
	struct stat st;
	size_t n = 0, cap = 64 * 1024;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0)
		cap = (size_t)st.st_size + 1;
	if (max_bytes && cap > max_bytes + 1)
		cap = max_bytes + 1;
	char *p = arena_alloc(a, cap);
	for (;;) {
		if (n == cap)
			p = arena_grow(a, p, n, &cap, cap * 2, 1);
		ssize_t got = read(fd, p + n, cap - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_errno(e, ERR_USAGE, "cannot read '%s'", path);
		if (got == 0)
			break;
		n += (size_t)got;
		if (max_bytes && n > max_bytes)
			return err_set(e, ERR_USAGE, "cannot read '%s': it is larger than %zu bytes",
			    path, max_bytes);
	}
	*out = bytes_of(p, n);
	return true;
}

bool
file_read(struct arena *a, const char *path, size_t max_bytes, struct bytes *out, struct err *e)
{
	if (strcmp(path, "-") == 0)
		return read_all(a, STDIN_FILENO, "standard input", max_bytes, out, e);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, ERR_USAGE, "cannot open '%s'", path);
	bool ok = read_all(a, fd, path, max_bytes, out, e);
	close(fd);
	return ok;
}

bool
fd_write_all(int fd, struct bytes b, struct err *e)
{
	while (b.n) {
		ssize_t wrote = write(fd, b.p, b.n);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return err_errno(e, ERR_STORE, "cannot write");
		b.p += wrote;
		b.n -= (size_t)wrote;
	}
	return true;
}

bool
file_replace(const char *path, struct bytes content, struct err *e)
{
	char beside[4096];
	if (snprintf(beside, sizeof(beside), "%s.new", path) >= (int)sizeof(beside))
		return err_set(e, ERR_USAGE, "cannot write '%s': the path is too long", path);
	if (unlink(beside) < 0 && errno != ENOENT)
		return err_errno(e, ERR_STORE, "cannot write '%s'", beside);
	int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_errno(e, ERR_STORE, "cannot write '%s'", beside);
	bool ok = fd_write_all(fd, content, e);
	if (ok && (fchmod(fd, 0600) < 0 || fsync(fd) < 0))
		ok = err_errno(e, ERR_STORE, "cannot write '%s'", beside);
	close(fd);
	if (ok && rename(beside, path) < 0)
		ok = err_errno(e, ERR_STORE, "cannot replace '%s'", path);
	if (!ok)
		unlink(beside);
	return ok;
}

bool
folder_make(const char *path, struct err *e)
{
	char part[4096];
	size_t n = strlen(path);
	if (n == 0 || n >= sizeof(part))
		return err_set(e, ERR_USAGE, "cannot make the folder '%s': a bad path", path);
	memcpy(part, path, n + 1);
	for (size_t i = 1; i <= n; i++) {
		if (part[i] != '/' && part[i] != '\0')
			continue;
		char keep = part[i];
		part[i] = '\0';
		if (mkdir(part, 0700) < 0 && errno != EEXIST)
			return err_errno(e, ERR_STORE, "cannot make the folder '%s'", part);
		part[i] = keep;
	}
	struct stat st;
	if (stat(path, &st) < 0)
		return err_errno(e, ERR_STORE, "cannot make the folder '%s'", path);
	if (!S_ISDIR(st.st_mode))
		return err_set(e, ERR_STORE, "cannot make the folder '%s': a file is there", path);
	return true;
}

int
file_temporary(const char *folder, struct err *e)
{
	char path[4096];
	if (snprintf(path, sizeof(path), "%s/.spool-XXXXXX", folder) >= (int)sizeof(path)) {
		err_set(e, ERR_STORE, "cannot make a file in '%s': the path is too long", folder);
		return -1;
	}
	int fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0) {
		err_errno(e, ERR_STORE, "cannot make a file in '%s'", folder);
		return -1;
	}
	unlink(path);
	return fd;
}
