#include "app/feeds_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"
#include "text/clean.h"
#include "text/url.h"

/* --- reading ---------------------------------------------------------------------------------- */

enum {
	QUOTED_BYTES = 48, /* of the file's own words in a warning, so that it is one line */
	MAX_DURATION_S = 36500 * 86400LL, /* a hundred years: for ever */
};

enum feed_option_type { AS_TEXT, AS_DURATION_S, AS_COUNT, AS_FULL_TEXT, AS_FLAG };

struct feed_option {
	struct str name;
	enum feed_option_type type;
	size_t offset; /* in struct wire_subscription */
};

#define FIELD(name) offsetof(struct wire_subscription, name)
static const struct feed_option feed_options[] = {
	{STR_INIT("agency"), AS_TEXT, FIELD(agency)},
	{STR_INIT("lang"), AS_TEXT, FIELD(lang)},
	{STR_INIT("charset"), AS_TEXT, FIELD(charset)},
	{STR_INIT("user-agent"), AS_TEXT, FIELD(user_agent)},
	{STR_INIT("proxy"), AS_TEXT, FIELD(proxy)},
	{STR_INIT("user"), AS_TEXT, FIELD(user)},
	{STR_INIT("every"), AS_DURATION_S, FIELD(every_s)},
	{STR_INIT("keep"), AS_DURATION_S, FIELD(keep_s)},
	{STR_INIT("max-items"), AS_COUNT, FIELD(max_items)},
	{STR_INIT("full-text"), AS_FULL_TEXT, FIELD(full_text)},
	{STR_INIT("paused"), AS_FLAG, FIELD(paused)},
	{STR_INIT("notify"), AS_FLAG, FIELD(notify)},
	{STR_INIT("hide"), AS_FLAG, FIELD(hide)},
};
#undef FIELD

static void
warn(struct feeds_file *f, size_t line, const char *what, struct str about)
{
	struct arena *a = f->file.arena;
	if (f->warnings.n < FEEDS_FILE_MAX_WARNINGS)
		ARENA_PUSH(a, &f->warnings, arena_fmt(a, "feeds:%zu: %s: \"%.*s\"", line + 1, what,
		    STR_ARG(utf8_cut(about, QUOTED_BYTES))));
	else if (f->warnings.n == FEEDS_FILE_MAX_WARNINGS)
		ARENA_PUSH(a, &f->warnings, STR("feeds: and more errors after these"));
}

/* One line, as every name that goes to wire must be. */
static struct str
name_of(struct feeds_file *f, struct str s)
{
	return utf8_cut(text_clean_line(f->file.arena, bytes_of_str(s)), WIRE_MAX_NAME_BYTES);
}

static bool
set_option(const struct feed_option *o, struct wire_subscription *s, struct str value)
{
	char *at = (char *)s + o->offset;
	int64_t number = 0;
	bool yes = value.n == 0 || str_eq(value, STR("yes"));
	switch (o->type) {
	case AS_TEXT:
		memcpy(at, &value, sizeof(value));
		return value.n > 0;
	case AS_FLAG:
		memcpy(at, &yes, sizeof(yes));
		return yes || str_eq(value, STR("no"));
	case AS_DURATION_S:
		if (!conf_time(value, &number) || number / 1000 > MAX_DURATION_S)
			return false;
		number /= 1000;
		break;
	case AS_COUNT:
		if (!str_to_int(value, 0, INT32_MAX, &number))
			return false;
		break;
	case AS_FULL_TEXT:
		if (str_eq(value, STR("always")))
			number = WIRE_FULL_ALWAYS;
		else if (str_eq(value, STR("on-open")))
			number = WIRE_FULL_ON_OPEN;
		else if (!str_eq(value, STR("never")))
			return false;
		break;
	}
	memcpy(at, &number, sizeof(number));
	return true;
}

static const struct feed_option *
find_option(struct str token, struct str *value)
{
	struct str name;
	str_cut(token, '=', &name, value);
	for (size_t i = 0; i < COUNT_OF(feed_options); i++)
		if (str_eq(name, feed_options[i].name))
			return &feed_options[i];
	return NULL;
}

bool
feeds_file_knows_option(struct str token)
{
	struct wire_subscription ignored = {0};
	struct str value;
	const struct feed_option *o = find_option(token, &value);
	return o && value.n <= WIRE_MAX_NAME_BYTES && set_option(o, &ignored, value);
}

static void
read_option(struct feeds_file *f, size_t line, struct wire_subscription *s, struct str token)
{
	struct str value;
	const struct feed_option *o = find_option(token, &value);
	if (!o)
		warn(f, line, "unknown option", token);
	else if (!set_option(o, s, name_of(f, value)))
		warn(f, line, "bad value", token);
}

static bool
is_address(struct str s)
{
	return url_is_http(s) || str_starts(s, STR("file:")) || str_starts(s, STR("spool:")) ||
	       str_starts(s, STR("pipe:"));
}

/* Which addresses were seen, by hash: 20,000 feeds are read in linear time. */
struct seen {
	size_t *v; /* index into feeds + 1; 0: free */
	size_t room; /* a power of two, twice as many as can come */
};

static struct seen
seen_new(struct arena *a, size_t n)
{
	struct seen seen = {.room = 64};
	while (seen.room < n * 2)
		seen.room *= 2;
	seen.v = ARENA_ARRAY(a, size_t, seen.room);
	return seen;
}

/* False: it was seen before.  Else it will be the next feed. */
static bool
seen_add(struct seen *seen, const struct feeds_file *f, struct str url)
{
	size_t at = str_hash(url) & (seen->room - 1);
	for (; seen->v[at]; at = (at + 1) & (seen->room - 1))
		if (str_eq(f->feeds.v[seen->v[at] - 1].url, url))
			return false;
	seen->v[at] = f->feeds.n + 1;
	return true;
}

static void
add_subscription(struct feeds_file *f, struct seen *seen, size_t line, struct wire_subscription s)
{
	struct arena *a = f->file.arena;
	if (f->feeds.n == WIRE_MAX_FEEDS) {
		warn(f, line, "too many feeds", s.url);
		return;
	}
	if (!seen_add(seen, f, s.url)) {
		warn(f, line, "this feed is there already", s.url);
		return;
	}
	/* room doubles at each power of two */
	if ((f->feeds.n & (f->feeds.n - 1)) == 0) {
		size_t room = f->feeds.n ? f->feeds.n * 2 : 1;
		struct wire_subscription *v = ARENA_ARRAY(a, struct wire_subscription, room);
		if (f->feeds.n)
			memcpy(v, f->feeds.v, f->feeds.n * sizeof(*v));
		f->feeds.v = v;
	}
	f->feeds.v[f->feeds.n++] = s;
}

static void
read_search(struct feeds_file *f, struct str entry)
{
	struct arena *a = f->file.arena;
	struct str query = str_trim(str_from(entry, strlen("search:"))), name = query;
	size_t quote = str_find_last_char(query, '"');
	/* the name is the last quoted piece, if white space stands before its first quote */
	if (quote != STR_NONE && quote + 1 == query.n && quote > 0) {
		size_t open = str_find_last_char(str_sub(query, 0, quote), '"');
		if (open != STR_NONE && open > 1 && ascii_space((unsigned char)query.p[open - 1]) &&
		    ascii_space((unsigned char)query.p[open - 2])) {
			name = str_sub(query, open + 1, quote - open - 1);
			query = str_trim(str_sub(query, 0, open));
		}
	}
	ARENA_PUSH(a, &f->searches, ((struct saved_search){query, name}));
}

static void
read_line(struct feeds_file *f, struct seen *seen, size_t line)
{
	struct arena *a = f->file.arena;
	struct str rest = f->file.v[line].text, token;
	bool quoted;
	struct wire_subscription s = {.section = name_of(f, conf_section(&f->file, line)),
	    .every_s = -1, .keep_s = -1, .max_items = -1, .full_text = -1};

	if (str_starts(rest, STR("search:"))) {
		read_search(f, rest);
		return;
	}
	if (!conf_token(a, &rest, &token, &quoted))
		return;
	s.url = text_clean_line(a, bytes_of_str(token));
	if (!is_address(s.url) || s.url.n > WIRE_MAX_URL_BYTES) {
		warn(f, line, "not an address", s.url);
		return;
	}
	while (conf_token(a, &rest, &token, &quoted)) {
		if (quoted && s.name.n == 0)
			s.name = name_of(f, token);
		else
			read_option(f, line, &s, token);
	}
	add_subscription(f, seen, line, s);
}

bool
feeds_file_load(struct feeds_file *f, struct arena *a, const char *path, struct err *e)
{
	*f = (struct feeds_file){.path = path};
	if (!conf_read(&f->file, a, path, e))
		return false;
	struct seen seen = seen_new(a, f->file.n);
	for (size_t i = 0; i < f->file.n; i++)
		if (f->file.v[i].kind == CONF_ENTRY)
			read_line(f, &seen, i);
	return true;
}

/* --- finding ---------------------------------------------------------------------------------- */

const struct wire_subscription *
feeds_file_by_url(const struct feeds_file *f, struct str url)
{
	for (size_t i = 0; i < f->feeds.n; i++)
		if (str_eq(f->feeds.v[i].url, url))
			return &f->feeds.v[i];
	return NULL;
}

struct str
subscription_name(struct arena *a, const struct wire_subscription *s)
{
	return s->name.n ? s->name : url_show(a, s->url, 0);
}

const struct wire_subscription *
feeds_file_find(const struct feeds_file *f, struct str what, struct err *e)
{
	const struct wire_subscription *hit = feeds_file_by_url(f, what);
	size_t hits = 0;
	if (hit)
		return hit;
	for (size_t i = 0; i < f->feeds.n; i++)
		if (str_eq_nocase(f->feeds.v[i].name, what))
			return &f->feeds.v[i];
	for (size_t i = 0; i < f->feeds.n; i++) {
		const struct wire_subscription *s = &f->feeds.v[i];
		if (str_find_nocase(s->name, what) == STR_NONE &&
		    str_find_nocase(s->url, what) == STR_NONE)
			continue;
		hit = s;
		hits++;
	}
	if (hits == 1)
		return hit;
	if (hits)
		err_set(e, ERR_USAGE, "'%.*s' means %zu feeds: say more of the name",
		    STR_ARG(what), hits);
	else
		err_set(e, ERR_USAGE, "no feed is called '%.*s'", STR_ARG(what));
	err_remedy(e, "kawat feeds");
	return NULL;
}

static bool
in_section(struct str section, struct str wanted)
{
	return str_eq_nocase(section, wanted) ||
	       (section.n > wanted.n && section.p[wanted.n] == '/' &&
	           str_starts_nocase(section, wanted));
}

static bool
select_section(const struct feeds_file *f, struct str section, struct wire_strs *out,
    struct err *e)
{
	size_t before = out->n;
	for (size_t i = 0; i < f->feeds.n; i++)
		if (in_section(f->feeds.v[i].section, section))
			out->v[out->n++] = f->feeds.v[i].url;
	if (out->n == before)
		return err_set(e, ERR_USAGE, "no section is called '%.*s'", STR_ARG(section));
	return true;
}

bool
feeds_file_select(const struct feeds_file *f, struct arena *a, const struct str *args, size_t n,
    struct wire_strs *out, struct err *e)
{
	*out = (struct wire_strs){ARENA_ARRAY(a, struct str, f->feeds.n * (n ? n : 1) + 1), 0};
	for (size_t i = 0; i < n; i++) {
		if (str_starts(args[i], STR("@"))) {
			if (!select_section(f, str_from(args[i], 1), out, e))
				return false;
			continue;
		}
		const struct wire_subscription *s = feeds_file_find(f, args[i], e);
		if (!s)
			return false;
		out->v[out->n++] = s->url;
	}
	return true;
}

/* --- editing ---------------------------------------------------------------------------------- */

/*
 * The file as it is now, and nobody else of us at it: what another kawat added meanwhile stays.
 * The lock is on the folder, for the file itself is replaced.  One that is not to be had (a file
 * system without locks, a kawat that was stopped) is done without after a moment: the file is
 * whole either way.  False: nothing is locked.
 */
bool
feeds_file_edit_begin(struct feeds_file *f, int *lock, struct err *e)
{
	enum { TRIES = 50, PAUSE_MS = 10 };
	char *path = heap_z(str_z(f->path)), *folder = dirname(path);
	bool ok = folder_make(folder, e);
	*lock = ok ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	free(path);
	for (int i = 0; *lock >= 0 && i < TRIES; i++) {
		if (flock(*lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
			break;
		poll(NULL, 0, PAUSE_MS);
	}
	ok = ok && conf_read(&f->file, f->file.arena, f->path, e);
	if (!ok && *lock >= 0)
		close(*lock);
	return ok;
}

bool
feeds_file_edit_end(struct feeds_file *f, int lock, bool write, struct err *e)
{
	bool ok = !write || conf_write(&f->file, f->path, e);
	if (lock >= 0)
		close(lock);
	return ok;
}

/* The line of an address; *rest, when asked for, is what stands behind it. */
static size_t
line_of(const struct feeds_file *f, struct str url, struct str *rest)
{
	struct arena *a = arena_new();
	size_t found = SIZE_MAX;
	for (size_t i = 0; i < f->file.n && found == SIZE_MAX; i++) {
		struct str behind = f->file.v[i].text, token;
		bool quoted;
		if (f->file.v[i].kind != CONF_ENTRY || !conf_token(a, &behind, &token, &quoted))
			continue;
		if (str_eq(text_clean_line(a, bytes_of_str(token)), url)) {
			found = i;
			if (rest)
				*rest = behind;
		}
		arena_reset(a);
	}
	arena_free(a);
	return found;
}

/* The same for one line; there is none: nothing is locked. */
static bool
begin_edit_line(struct feeds_file *f, struct str url, size_t *line, struct str *rest, int *lock,
    struct err *e)
{
	if (!feeds_file_edit_begin(f, lock, e))
		return false;
	*line = line_of(f, url, rest);
	if (*line != SIZE_MAX)
		return true;
	if (*lock >= 0)
		close(*lock);
	return err_set(e, ERR_USAGE, "no such line in '%s'", f->path);
}

/* A name stands in quotes; a quote or backslash in it is escaped. */
struct str
feeds_file_quote(struct arena *a, struct str name)
{
	struct buf b = {0};
	buf_char(&b, '"');
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == '"' || name.p[i] == '\\')
			buf_char(&b, '\\');
		buf_char(&b, name.p[i]);
	}
	buf_char(&b, '"');
	struct str copy = arena_str(a, buf_str(&b));
	buf_clear(&b);
	return copy;
}

bool
feeds_file_add(struct feeds_file *f, struct str url, struct str name, struct str section,
    struct str every, struct err *e)
{
	struct arena *a = f->file.arena;
	if (str_find_char(section, ']') != STR_NONE)
		return err_set(e, ERR_USAGE, "a section cannot be called '%.*s'", STR_ARG(section));
	struct str entry = name.n
	    ? arena_fmt(a, "%.*s  %.*s", STR_ARG(url), STR_ARG(feeds_file_quote(a, name)))
	    : url;
	if (every.n)
		entry = arena_fmt(a, "%.*s  every=%.*s", STR_ARG(entry), STR_ARG(every));
	int lock;
	if (!feeds_file_edit_begin(f, &lock, e))
		return false;
	bool is_new = line_of(f, url, NULL) == SIZE_MAX;
	if (f->file.n == 0)
		conf_add(&f->file, STR(""), STR("# kawat feeds"));
	if (is_new)
		conf_add(&f->file, section, entry);
	return feeds_file_edit_end(f, lock, is_new, e) &&
	    (is_new || err_set(e, ERR_USAGE, "'%.*s' is there already",
		STR_ARG(url_show(a, url, 0))));
}

bool
feeds_file_remove(struct feeds_file *f, struct str url, struct err *e)
{
	size_t line;
	int lock;
	if (!begin_edit_line(f, url, &line, NULL, &lock, e))
		return false;
	conf_remove(&f->file, line);
	return feeds_file_edit_end(f, lock, true, e);
}

bool
feeds_file_move(struct feeds_file *f, struct str from, struct str to, struct err *e)
{
	struct str rest;
	size_t line;
	int lock;
	if (!begin_edit_line(f, from, &line, &rest, &lock, e))
		return false;
	conf_replace(&f->file, line,
	    arena_fmt(f->file.arena, "%.*s%.*s", STR_ARG(to), STR_ARG(rest)));
	return feeds_file_edit_end(f, lock, true, e);
}

bool
feeds_file_add_search(struct feeds_file *f, struct str query, struct str name, struct err *e)
{
	struct arena *a = f->file.arena;
	int lock;
	if (!feeds_file_edit_begin(f, &lock, e))
		return false;
	conf_add(&f->file, STR("Searches"), arena_fmt(a, "search: %.*s  %.*s", STR_ARG(query),
	    STR_ARG(feeds_file_quote(a, name))));
	return feeds_file_edit_end(f, lock, true, e);
}

struct str
feeds_file_rest(struct feeds_file *f, struct str url)
{
	struct str rest = STR("");
	return line_of(f, url, &rest) == SIZE_MAX ? STR("") : str_trim(rest);
}

bool
feeds_file_change(struct feeds_file *f, struct str url, struct str rest, struct err *e)
{
	struct str behind;
	size_t line;
	int lock;
	if (!begin_edit_line(f, url, &line, &behind, &lock, e))
		return false;
	/* the address stays as it is written, in quotes or not */
	struct str text = f->file.v[line].text;
	struct str address = str_trim(str_sub(text, 0, (size_t)(behind.p - text.p)));
	conf_replace(&f->file, line,
	    arena_fmt(f->file.arena, "%.*s  %.*s", STR_ARG(address), STR_ARG(rest)));
	return feeds_file_edit_end(f, lock, true, e);
}

/* The nearest feed above or below in the same section; SIZE_MAX: there is none. */
static size_t
neighbour(const struct feeds_file *f, size_t line, int direction)
{
	do {
		if (direction < 0 ? line == 0 : line + 1 >= f->file.n)
			return SIZE_MAX;
		line = direction < 0 ? line - 1 : line + 1;
		if (f->file.v[line].kind == CONF_SECTION)
			return SIZE_MAX;
	} while (f->file.v[line].kind != CONF_ENTRY);
	return line;
}

bool
feeds_file_shift(struct feeds_file *f, struct str url, int direction, bool *moved,
    struct err *e)
{
	size_t line;
	int lock;
	*moved = false;
	if (!begin_edit_line(f, url, &line, NULL, &lock, e))
		return false;
	size_t other = neighbour(f, line, direction);
	if (other != SIZE_MAX) {
		struct str here = f->file.v[line].text, there = f->file.v[other].text;
		conf_replace(&f->file, line, there);
		conf_replace(&f->file, other, here);
		*moved = true;
	}
	return feeds_file_edit_end(f, lock, *moved, e);
}
