#include "wire/replay.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "text/url.h"

/* What a server says when it was told nothing. */
static const struct {
	struct str suffix, type;
} types[] = {
	{STR_INIT(".xml"), STR_INIT("application/xml")},
	{STR_INIT(".rss"), STR_INIT("application/rss+xml")},
	{STR_INIT(".atom"), STR_INIT("application/atom+xml")},
	{STR_INIT(".json"), STR_INIT("application/json")},
	{STR_INIT(".html"), STR_INIT("text/html")},
	{STR_INIT(".htm"), STR_INIT("text/html")},
	{STR_INIT(".txt"), STR_INIT("text/plain")},
};

/* No step may lead out of the folder, and none is hidden. */
static bool
is_safe(struct str path)
{
	struct str rest = path, step;
	if (memchr(path.p, '\0', path.n))
		return false;
	while (rest.n) {
		str_cut(rest, '/', &step, &rest);
		if (str_starts(step, STR(".")))
			return false;
	}
	return true;
}

static int
open_plain(const char *path)
{
	struct stat s;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd >= 0 && (fstat(fd, &s) < 0 || !S_ISREG(s.st_mode))) {
		close(fd);
		return -1;
	}
	return fd;
}

/* The body (or -1) and the name that its head would have. */
static int
open_path(struct arena *a, const char *dir, struct str host, struct str path, const char **head)
{
	static const char *const indexes[] = {"index.html", "index.xml", "index.rss"};
	if (!is_safe(host) || host.n == 0 || !is_safe(path))
		return -1;
	const char *file = arena_fmt(a, "%s/%.*s%.*s", dir, STR_ARG(host), STR_ARG(path)).p;
	bool folder = path.n && path.p[path.n - 1] == '/';
	int fd = folder ? -1 : open_plain(file);
	*head = arena_fmt(a, "%s.http", file).p;
	if (fd >= 0 || (!folder && file_exists(*head)))
		return fd;
	for (size_t i = 0; i < COUNT_OF(indexes) && fd < 0; i++) {
		const char *index = arena_fmt(a, "%s/%s", file, indexes[i]).p;
		fd = open_plain(index);
		*head = arena_fmt(a, "%s.http", index).p;
	}
	return fd;
}

static struct str
type_of(struct str path)
{
	for (size_t i = 0; i < COUNT_OF(types); i++)
		if (str_ends(path, types[i].suffix))
			return types[i].type;
	return STR("");
}

struct lines {
	struct str *v;
	size_t n, cap;
};

static struct str
status_line(struct arena *a, struct str line)
{
	if (str_starts_nocase(line, STR("HTTP/")))
		return line;
	return arena_fmt(a, "HTTP/1.1 %.*s", STR_ARG(line));
}

/* The first line may be a header already: a head that changes nothing about the status. */
static void
read_head(struct arena *a, struct str text, struct lines *lines)
{
	struct str line, rest = text;
	while (rest.n) {
		str_cut(rest, '\n', &line, &rest);
		line = str_trim(line);
		if (line.n == 0)
			continue;
		bool header = !str_starts_nocase(line, STR("HTTP/")) &&
		    str_find_char(line, ':') != STR_NONE;
		if (lines->n == 0)
			ARENA_PUSH(a, lines,
			    header ? STR("HTTP/1.1 200 OK") : status_line(a, line));
		if (header)
			ARENA_PUSH(a, lines, line);
	}
}

static bool
has_header(const struct lines *lines, struct str name, struct str *value)
{
	struct str key;
	for (size_t i = 1; i < lines->n; i++) {
		if (str_cut(lines->v[i], ':', &key, value) && str_eq_nocase(key, name)) {
			*value = str_trim(*value);
			return true;
		}
	}
	return false;
}

static struct str
without_query(struct str path)
{
	size_t at = str_find_char(path, '?');
	return at == STR_NONE ? path : str_sub(path, 0, at);
}

/* "PATH?QUERY" as it is, PATH, and PATH with its escapes decoded. */
static int
find(struct arena *a, const char *dir, const struct target *t, const char **head)
{
	struct str bare = without_query(t->path);
	struct bytes raw = url_decode(a, bare);
	struct str tries[] = {t->path, bare, str_of((const char *)raw.p, raw.n)};
	int fd = -1;
	*head = NULL;
	for (size_t i = bare.n == t->path.n ? 1 : 0; i < COUNT_OF(tries) && fd < 0; i++) {
		fd = open_path(a, dir, t->host, tries[i], head);
		if (fd < 0 && *head && file_exists(*head))
			break;
	}
	return fd;
}

bool
replay_open(struct arena *a, const char *dir, const struct target *t, struct str etag,
    struct replay *r, struct err *e)
{
	const char *head;
	struct lines lines = {0};
	struct bytes text = {0};
	struct str value;
	int fd = find(a, dir, t, &head);
	if (head && file_exists(head)) {
		if (!file_read(a, head, REPLAY_MAX_HEAD_BYTES, &text, e)) {
			if (fd >= 0)
				close(fd);
			return false;
		}
		read_head(a, str_of((const char *)text.p, text.n), &lines);
	}
	if (lines.n == 0)
		ARENA_PUSH(a, &lines, fd >= 0 ? STR("HTTP/1.1 200 OK") : STR("HTTP/1.1 404 Not Found"));
	struct str type = type_of(without_query(t->path));
	if (type.n && !has_header(&lines, STR("content-type"), &value))
		ARENA_PUSH(a, &lines, arena_cat(a, STR("Content-Type: "), type));
	if (etag.n && has_header(&lines, STR("etag"), &value) && str_eq(value, etag)) {
		lines.v[0] = STR("HTTP/1.1 304 Not Modified");
		if (fd >= 0)
			close(fd);
		fd = -1;
	}
	*r = (struct replay){lines.v, lines.n, fd};
	return true;
}
