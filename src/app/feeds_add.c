#include "app/feeds_add.h"

#include "text/clean.h"
#include "text/url.h"

/* A set of texts, by hash. */
struct set {
	struct str *v; /* p NULL: free */
	size_t room; /* a power of two, twice as many as can come */
};

static struct set
set_new(struct arena *a, size_t n)
{
	struct set s = {.room = 64};
	while (s.room < n * 2)
		s.room *= 2;
	s.v = ARENA_ARRAY(a, struct str, s.room);
	return s;
}

/* False: it was there. */
static bool
set_add(struct set *s, struct str text)
{
	size_t at = str_hash(text) & (s->room - 1);
	for (; s->v[at].p; at = (at + 1) & (s->room - 1))
		if (str_eq(s->v[at], text))
			return false;
	s->v[at] = text;
	return true;
}

/* Never NULL in its p. */
static struct str
key_of(struct arena *a, struct str url)
{
	struct str key = url_is_http(url) ? url_key(a, url) : url;
	return key.n ? key : arena_str(a, url);
}

static struct str
search_key(struct arena *a, struct str query)
{
	return arena_cat(a, STR("search: "), text_squeeze(a, query));
}

/* What the file has, and how many bytes it takes. */
static size_t
take_present(const struct feeds_file *f, struct arena *a, struct set *present, size_t *n_feeds)
{
	size_t n_bytes = 0;
	*n_feeds = 0;
	for (size_t i = 0; i < f->file.n; i++) {
		struct str rest = f->file.v[i].text, token;
		bool quoted;
		n_bytes += f->file.v[i].raw.n + 1;
		if (f->file.v[i].kind != CONF_ENTRY)
			continue;
		if (str_starts(rest, STR("search:"))) {
			(void)set_add(present, search_key(a, str_trim(str_from(rest, 7))));
		} else if (conf_token(a, &rest, &token, &quoted)) {
			(void)set_add(present, key_of(a, text_clean_line(a, bytes_of_str(token))));
			++*n_feeds;
		}
	}
	return n_bytes;
}

static struct str
entry_of(struct arena *a, const struct feeds_addition *v)
{
	if (v->is_search)
		return arena_fmt(a, "search: %.*s", STR_ARG(v->url));
	struct buf b = {0};
	buf_add(&b, v->url);
	if (v->name.n)
		buf_fmt(&b, "  %.*s", STR_ARG(feeds_file_quote(a, v->name)));
	if (v->options.n)
		buf_fmt(&b, "  %.*s", STR_ARG(v->options));
	struct str entry = arena_str(a, buf_str(&b));
	buf_clear(&b);
	return entry;
}

/* Which of them go into the file; the lines in `lines`, how many is returned. */
static size_t
choose(const struct feeds_file *f, struct arena *a, struct feeds_addition *v, size_t n,
    struct conf_addition *lines)
{
	enum { HEADING_BYTES = 16 }; /* the brackets and blank line of a new section, and to spare */
	struct set present = set_new(a, f->file.n + n + 1);
	size_t n_feeds, n_lines = 0, n_bytes = take_present(f, a, &present, &n_feeds);
	for (size_t i = 0; i < n; i++) {
		struct str key = v[i].is_search ? search_key(a, v[i].url) : key_of(a, v[i].url);
		struct conf_addition line = {v[i].section, entry_of(a, &v[i])};
		size_t more = line.section.n + line.entry.n + HEADING_BYTES;
		if (!set_add(&present, key)) {
			v[i].outcome = FEEDS_PRESENT;
		} else if (n_feeds >= WIRE_MAX_FEEDS || n_bytes + more > CONF_MAX_BYTES) {
			v[i].outcome = FEEDS_NO_ROOM;
		} else {
			v[i].outcome = FEEDS_ADDED;
			lines[n_lines++] = line;
			n_feeds += !v[i].is_search;
			n_bytes += more;
		}
	}
	return n_lines;
}

bool
feeds_add(struct feeds_file *f, struct feeds_addition *v, size_t n, bool write, struct err *e)
{
	struct arena *a = f->file.arena;
	struct conf_addition *lines = ARENA_ARRAY(a, struct conf_addition, n + 1);
	int lock;
	if (!write) {
		(void)choose(f, a, v, n, lines);
		return true;
	}
	if (!feeds_file_edit_begin(f, &lock, e))
		return false;
	size_t n_lines = choose(f, a, v, n, lines);
	if (f->file.n == 0 && n_lines)
		conf_add(&f->file, STR(""), STR("# kawat feeds"));
	conf_add_all(&f->file, lines, n_lines);
	return feeds_file_edit_end(f, lock, n_lines > 0, e);
}
