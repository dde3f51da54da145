#include "wire/local.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
is_spool(struct str url)
{
	return str_starts_nocase(url, STR("spool:"));
}

bool
local_is(struct str url)
{
	return str_starts_nocase(url, STR("file:")) || is_spool(url);
}

const char *
local_path(struct arena *a, struct str url, const char *home)
{
	if (!local_is(url))
		return NULL;
	struct str path = str_from(url, str_find_char(url, ':') + 1);
	if (str_starts(path, STR("///")))
		path = str_from(path, 2);
	if (str_starts(path, STR("~/")) && home)
		return arena_fmt(a, "%s/%.*s", home, STR_ARG(str_from(path, 2))).p;
	return arena_z(a, path);
}

static int64_t
mtime_ns(const struct stat *s)
{
	return (int64_t)s->st_mtim.tv_sec * 1000000000 + s->st_mtim.tv_nsec;
}

static bool
find_file(struct arena *a, const char *path, struct str stamp, struct local_files *out,
    struct err *e)
{
	struct stat s;
	if (stat(path, &s) < 0)
		return err_errno(e, ERR_INPUT, "cannot read '%s'", path);
	out->stamp = arena_fmt(a, "%lld:%lld", (long long)mtime_ns(&s), (long long)s.st_size);
	if (str_eq(stamp, out->stamp))
		return true;
	struct local_file file = {path, mtime_ns(&s)};
	ARENA_PUSH(a, out, file);
	return true;
}

static int
by_time(const void *x, const void *y)
{
	const struct local_file *a = x, *b = y;
	if (a->mtime_ns != b->mtime_ns)
		return a->mtime_ns < b->mtime_ns ? -1 : 1;
	return strcmp(a->path, b->path);
}

/* Hidden files are those that are still being written, by the custom of spool folders. */
static bool
find_in_folder(struct arena *a, const char *path, struct str stamp, struct local_files *out,
    struct err *e)
{
	int64_t after = INT64_MIN;
	if (!str_to_int(stamp, INT64_MIN, INT64_MAX, &after))
		after = INT64_MIN;
	DIR *folder = opendir(path);
	if (!folder)
		return err_errno(e, ERR_INPUT, "cannot read '%s'", path);
	struct dirent *entry;
	while ((entry = readdir(folder))) {
		struct stat s;
		if (entry->d_name[0] == '.' ||
		    fstatat(dirfd(folder), entry->d_name, &s, AT_SYMLINK_NOFOLLOW) < 0 ||
		    !S_ISREG(s.st_mode) || mtime_ns(&s) <= after)
			continue;
		struct local_file file = {arena_fmt(a, "%s/%s", path, entry->d_name).p,
		    mtime_ns(&s)};
		ARENA_PUSH(a, out, file);
	}
	closedir(folder);
	if (out->n)
		qsort(out->v, out->n, sizeof(*out->v), by_time);
	if (out->n > LOCAL_MAX_FILES)
		out->n = LOCAL_MAX_FILES;
	out->stamp = out->n ? arena_fmt(a, "%lld", (long long)out->v[out->n - 1].mtime_ns) : stamp;
	return true;
}

bool
local_find(struct arena *a, struct str url, const char *home, struct str stamp,
    struct local_files *out, struct err *e)
{
	*out = (struct local_files){0};
	const char *path = local_path(a, url, home);
	if (!path)
		return err_set(e, ERR_INPUT, "not a file");
	return is_spool(url) ? find_in_folder(a, path, stamp, out, e)
			     : find_file(a, path, stamp, out, e);
}

bool
local_read(const char *path, int64_t max_bytes, struct spool *spool, bool *cut, struct err *e)
{
	unsigned char piece[64 * 1024];
	struct stat s;
	bool ok = true;
	*cut = false;
	/* Not a pipe or a device, which might never end. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return err_errno(e, ERR_INPUT, "cannot read '%s'", path);
	if (fstat(fd, &s) < 0 || !S_ISREG(s.st_mode))
		ok = err_set(e, ERR_INPUT, "'%s' is not a file", path);
	while (ok && !*cut) {
		ssize_t n = read(fd, piece, sizeof(piece));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			ok = err_errno(e, ERR_INPUT, "cannot read '%s'", path);
		if (n <= 0)
			break;
		int64_t room = max_bytes ? max_bytes - spool->n : INT64_MAX;
		*cut = n > room;
		ok = spool_add(spool, bytes_of(piece, (size_t)(*cut ? room : n)), e);
	}
	close(fd);
	return ok;
}
