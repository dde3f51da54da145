#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static int
open_lock(const char *folder, int flags, char *path, size_t n)
{
	if (snprintf(path, n, "%s/%s", folder, LOCK_FILE) >= (int)n) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return open(path, flags | O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
}

bool
lock_open(struct lock *l, const char *folder, bool *held, struct err *e)
{
	char path[PATH_MAX];
	struct stat st;
	*held = false;
	l->fd = open_lock(folder, O_CREAT, path, sizeof(path));
	if (l->fd < 0 && errno == ELOOP)
		return err_set(e, ERR_STORE,
		    "cannot lock '%s': it is a symbolic link, which is not followed",
		    path);
	if (l->fd < 0)
		return err_errno(e, ERR_STORE, "cannot lock '%s'", path);
	if (fstat(l->fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		lock_close(l);
		return err_set(
		    e, ERR_STORE, "cannot lock '%s': it is not a plain file", path);
	}
	if (st.st_size == 0)
		fchmod(l->fd, 0600);
	*held = flock(l->fd, LOCK_EX | LOCK_NB) == 0;
	if (!*held)
		lock_close(l);
	return true;
}

void
lock_close(struct lock *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
}

bool
lock_is_held(const char *folder)
{
	char path[PATH_MAX];
	int fd = open_lock(folder, 0, path, sizeof(path));
	if (fd < 0)
		return false;
	bool held = flock(fd, LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK;
	close(fd);
	return held;
}
