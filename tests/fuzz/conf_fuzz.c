/* The reader's own files: configuration and feeds, and what an edit leaves as it was. */
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "app/config.h"
#include "app/feeds_file.h"
#include "base/utf8.h"

static void
join(const struct conf *c, struct buf *out)
{
	for (size_t i = 0; i < c->n; i++) {
		buf_add(out, c->v[i].raw);
		buf_char(out, '\n');
	}
}

static void
check_entry(struct arena *a, struct str entry)
{
	struct str key, value, token;
	bool quoted;
	int64_t number;
	if (conf_key_value(entry, &key, &value)) {
		if (conf_size(value, &number) || conf_time(value, &number))
			FUZZ_MUST(number >= 0);
	}
	while (conf_token(a, &entry, &token, &quoted))
		FUZZ_MUST(utf8_valid(bytes_of_str(token)) == token.n);
}

static void
check_written(struct arena *a, const struct conf *c)
{
	struct conf again;
	struct buf out = {0}, second = {0};
	join(c, &out);
	conf_parse(&again, a, fuzz_bytes_of_buf(&out));
	FUZZ_MUST(again.n == c->n);
	for (size_t i = 0; i < c->n; i++)
		FUZZ_MUST(again.v[i].kind == c->v[i].kind && again.v[i].section == c->v[i].section);
	join(&again, &second);
	FUZZ_MUST(str_eq(buf_str(&out), buf_str(&second)));
	buf_clear(&out);
	buf_clear(&second);
}

/* Written and read again it is the same file, also after an edit at either end. */
static void
check_conf(struct arena *a, struct bytes raw)
{
	struct conf c;
	conf_parse(&c, a, raw);
	for (size_t i = 0; i < c.n; i++)
		if (c.v[i].kind == CONF_ENTRY)
			check_entry(a, c.v[i].text);
	check_written(a, &c);
	size_t n = c.n;
	conf_add(&c, STR("Section"), STR("entry"));
	FUZZ_MUST(c.n > n);
	check_written(a, &c);
	conf_remove(&c, 0);
	check_written(a, &c);
}

/* Loading wants a path: a file in memory has one. */
static void
check_files(struct arena *a, struct bytes raw)
{
	struct config config;
	struct feeds_file feeds;
	struct err e = {0};
	int fd = memfd_create("conf", MFD_CLOEXEC);
	FUZZ_MUST(fd >= 0 && write(fd, raw.p, raw.n) == (ssize_t)raw.n);
	const char *path = arena_z(a, arena_fmt(a, "/proc/self/fd/%d", fd));
	if (config_load(&config, a, path, &e))
		FUZZ_MUST(config.warnings.n <= CONFIG_MAX_WARNINGS + 1);
	if (feeds_file_load(&feeds, a, path, &e))
		FUZZ_MUST(feeds.feeds.n <= WIRE_MAX_FEEDS);
	close(fd);
}

FUZZ_TARGET(conf)
{
	struct arena *a = arena_new();
	struct bytes raw = bytes_of(p, n);
	check_conf(a, raw);
	check_files(a, raw);
	arena_free(a);
	return 0;
}
