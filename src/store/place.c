#include "store/place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* The database header, https://www.sqlite.org/fileformat.html section 1.3. */
enum {
	HEADER_BYTES = 100,
	HEADER_PAGE_SIZE = 16,
	HEADER_CHANGES = 24,
	HEADER_PAGES = 28,
	HEADER_USER_VERSION = 60,
	HEADER_APPLICATION = 68,
	HEADER_PAGES_AS_OF = 92,
	LOG_HEADER_BYTES = 32,
};

#define NEW_PREFIX STORE_FILE ".new."

static const char *const beside[] = {"", "-wal", "-shm", "-journal"};

static bool
refuse(enum store_trouble *trouble, enum store_trouble why)
{
	*trouble = why;
	return false;
}

static bool
look_at_files(struct place *p, enum store_trouble *trouble, struct err *e)
{
	for (size_t i = 0; i < COUNT_OF(beside); i++) {
		char path[4300];
		struct stat st;
		snprintf(path, sizeof(path), "%s%s", p->file, beside[i]);
		if (lstat(path, &st) < 0) {
			if (errno == ENOENT)
				continue;
			err_errno(e, ERR_STORE, "cannot open the store '%s'", path);
			return refuse(trouble, STORE_FORBIDDEN);
		}
		if (!S_ISREG(st.st_mode)) {
			err_set(e, ERR_STORE, "cannot open the store '%s': it is %s",
			    path,
			    S_ISLNK(st.st_mode) ? "a symbolic link, which is not followed"
						: "not a plain file");
			return refuse(trouble, STORE_FORBIDDEN);
		}
		if (i == 0) {
			p->exists = true;
			p->made_twice = st.st_nlink > 1;
		}
		if (i == 1)
			p->has_log = st.st_size > LOG_HEADER_BYTES;
	}
	return true;
}

static uint32_t
big_endian(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool
damaged(enum store_trouble *trouble, const char *named, const char *why, struct err *e)
{
	err_set(e, ERR_STORE, "the store '%s' is damaged: %s", named, why);
	err_remedy(e, "kawat db check");
	return refuse(trouble, STORE_DAMAGED);
}

/*
 * What the first page says of the file.  A store is put in place whole, so a short or
 * an empty one was cut.  While a log is there the file may lag behind its own header.
 */
static bool
look_at_header(const struct place *p, const unsigned char *h, size_t n, off_t size,
    const char *named, enum store_trouble *trouble, struct err *e)
{
	if (size == 0)
		return damaged(trouble, named, "it is empty", e);
	if (n < HEADER_BYTES || memcmp(h, "SQLite format 3", 16) != 0)
		return damaged(trouble, named, "it is not a store", e);
	if (big_endian(h + HEADER_APPLICATION) != STORE_APPLICATION_ID)
		return damaged(trouble, named, "it was not made by kawat", e);
	if (big_endian(h + HEADER_USER_VERSION) > STORE_FORMAT) {
		err_set(
		    e, ERR_STORE, "the store '%s' was written by a newer kawat", named);
		return refuse(trouble, STORE_NEWER);
	}
	off_t page = h[HEADER_PAGE_SIZE] << 8 | h[HEADER_PAGE_SIZE + 1];
	if (page == 1)
		page = 65536;
	if (page < 512 || (page & (page - 1)) != 0)
		return damaged(trouble, named, "its page size is nonsense", e);
	bool counted =
	    big_endian(h + HEADER_CHANGES) == big_endian(h + HEADER_PAGES_AS_OF);
	off_t pages = (off_t)big_endian(h + HEADER_PAGES);
	if (!p->has_log && (size % page != 0 || (counted && pages * page > size)))
		return damaged(trouble, named, "it is cut short", e);
	return true;
}

static bool
look_inside(
    struct place *p, const char *named, enum store_trouble *trouble, struct err *e)
{
	unsigned char header[HEADER_BYTES];
	struct stat st;
	int fd = open(p->file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 || fstat(fd, &st) < 0) {
		err_errno(e, ERR_STORE, "cannot open the store '%s'", named);
		if (fd >= 0)
			close(fd);
		return refuse(trouble, STORE_FORBIDDEN);
	}
	ssize_t n = pread(fd, header, sizeof(header), 0);
	close(fd);
	return look_at_header(
	    p, header, n < 0 ? 0 : (size_t)n, st.st_size, named, trouble, e);
}

/*
 * Its maker holds a lock on it; whether a process of that number lives says nothing, it may be a dead
 * one that nobody has waited for.  What lies beside it goes by the same lock.
 */
static bool
is_left_over(int folder, const char *name)
{
	char half_made[NAME_MAX + 1];
	snprintf(half_made, sizeof(half_made), "%.*s", (int)strcspn(name, "-"), name);
	int fd = openat(folder, half_made, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return errno == ENOENT;
	bool left = flock(fd, LOCK_EX | LOCK_NB) == 0;
	close(fd);
	return left;
}

/* A store half made by a process that is no more. */
static void
sweep(const struct place *p)
{
	DIR *dir = opendir(p->folder);
	if (!dir)
		return;
	for (struct dirent *d; (d = readdir(dir));) {
		if (strncmp(d->d_name, NEW_PREFIX, sizeof(NEW_PREFIX) - 1) != 0)
			continue;
		if (is_left_over(dirfd(dir), d->d_name))
			unlinkat(dirfd(dir), d->d_name, 0);
	}
	closedir(dir);
}

bool
place_look(struct place *p, const char *folder, const char *named,
    enum store_trouble *trouble, struct err *e)
{
	char resolved[PATH_MAX];
	memset(p, 0, sizeof(*p));
	if (!realpath(folder, resolved)) {
		bool absent = errno == ENOENT || errno == ENOTDIR;
		err_errno(e, absent ? ERR_NOT_FOUND : ERR_STORE,
		    "cannot open the store '%s'", named);
		return refuse(trouble, absent ? STORE_ABSENT : STORE_FORBIDDEN);
	}
	snprintf(p->folder, sizeof(p->folder), "%s", resolved);
	snprintf(p->file, sizeof(p->file), "%s/%s", p->folder, STORE_FILE);
	if (!look_at_files(p, trouble, e))
		return false;
	p->writable =
	    access(p->folder, W_OK) == 0 && (!p->exists || access(p->file, W_OK) == 0);
	p->on_read_only_disk = !p->writable && errno == EROFS;
	if (!p->exists)
		return true;
	if (p->made_twice)
		sweep(p);
	return look_inside(p, named, trouble, e);
}

/* False: somebody took it for left over before the lock was there. */
static bool
is_mine(int fd)
{
	struct stat st;
	return flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &st) == 0 && st.st_nlink == 1;
}

bool
place_new(const struct place *p, char *path, size_t n, int *maker, struct err *e)
{
	sweep(p);
	for (int i = 0; i < 100; i++) {
		snprintf(
		    path, n, "%s/" NEW_PREFIX "%ld.%d", p->folder, (long)getpid(), i);
		int fd =
		    open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
		if (fd < 0 && errno != EEXIST)
			break;
		if (fd >= 0 && is_mine(fd)) {
			fchmod(fd, 0600);
			*maker = fd;
			return true;
		}
		if (fd >= 0)
			close(fd);
	}
	return err_errno(e, ERR_STORE, "cannot make a store in '%s'", p->folder);
}

static bool
sync_file(const char *path, struct err *e)
{
	int fd = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;
	if (!ok)
		err_errno(e, ERR_STORE, "cannot make the store '%s'", path);
	if (fd >= 0)
		close(fd);
	return ok;
}

bool
place_settle(const struct place *p, const char *path, struct err *e)
{
	if (!sync_file(path, e))
		return false;
	/* link() never replaces; on a file system without hard links a rename must do. */
	bool linked = link(path, p->file) == 0;
	bool first = linked || errno != EEXIST;
	if (linked || !first)
		unlink(path);
	else if (file_exists(p->file))
		unlink(path);
	else if (rename(path, p->file) < 0)
		return err_errno(e, ERR_STORE, "cannot make the store '%s'", p->file);
	int fd = open(p->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	return true;
}
