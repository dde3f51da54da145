/*
 * An address is read into parts in one pass over the trimmed reference, then written part by part
 * into a buf, each part encoded by its own set.  Dot segments are removed while the path is
 * written: the buf is the stack.
 */
#include "text/url.h"

#include <string.h>

#include "base/buf.h"
#include "text/clean.h"
#include "text/url_split.h"

/* A host that is longer is looked at by url_host.h. */
enum { PLAIN_HOST_BYTES = 200 };

/* Which parts may not hold a printable ASCII character as it is (WHATWG 1.3). */
enum {
	IN_PATH = 1,
	IN_QUERY = 2,
	IN_FRAGMENT = 4,
	IN_USERINFO = 8,
	IN_OPAQUE = 16,
};

static const unsigned char encoded[128] = {
	[' '] = IN_PATH | IN_QUERY | IN_FRAGMENT | IN_USERINFO | IN_OPAQUE,
	['"'] = IN_PATH | IN_QUERY | IN_FRAGMENT | IN_USERINFO | IN_OPAQUE,
	['<'] = IN_PATH | IN_QUERY | IN_FRAGMENT | IN_USERINFO | IN_OPAQUE,
	['>'] = IN_PATH | IN_QUERY | IN_FRAGMENT | IN_USERINFO | IN_OPAQUE,
	['`'] = IN_PATH | IN_FRAGMENT | IN_USERINFO,
	['#'] = IN_PATH | IN_QUERY | IN_USERINFO,
	['\''] = IN_QUERY,
	['?'] = IN_PATH | IN_USERINFO,
	['{'] = IN_PATH | IN_USERINFO,
	['}'] = IN_PATH | IN_USERINFO,
	['^'] = IN_PATH | IN_USERINFO,
	['\\'] = IN_USERINFO,
	['|'] = IN_USERINFO,
	['/'] = IN_USERINFO,
	['@'] = IN_USERINFO,
	['['] = IN_USERINFO,
	[']'] = IN_USERINFO,
};

static void
add_encoded(struct buf *out, struct str s, unsigned part)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		size_t from = i;
		while (i < s.n && s.p[i] > 0x20 && s.p[i] < 0x7F &&
		    !(encoded[(unsigned char)s.p[i]] & part))
			i++;
		buf_add(out, str_sub(s, from, i - from));
		if (i == s.n)
			break;
		unsigned char c = (unsigned char)s.p[i];
		buf_char(out, '%');
		buf_char(out, hex[c >> 4]);
		buf_char(out, hex[c & 15]);
	}
}

static void
add_lower(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_char(out, ascii_lower(s.p[i]));
}

static bool
is_slash(char c, bool special)
{
	return c == '/' || (special && c == '\\');
}

/* Is the segment "." (1) or ".." (2), also percent-encoded?  Else 0. */
static int
dots_of(struct str segment)
{
	int dots = 0;
	while (segment.n) {
		size_t n = segment.p[0] == '.' ? 1 : 3;
		if (n == 3 && !str_starts_nocase(segment, STR("%2e")))
			return 0;
		segment = str_from(segment, n);
		dots++;
	}
	return dots > 2 ? 0 : dots;
}

/* Remove the last segment of the path that began at `begin` and ends in a slash. */
static void
pop_segment(struct buf *out, size_t begin)
{
	if (out->n <= begin + 1)
		return;
	out->n--;
	while (out->n > begin + 1 && out->p[out->n - 1] != '/')
		out->n--;
}

/* Append a path to what is written of it, which is nothing or ends in a slash. */
static void
add_path(struct buf *out, size_t begin, struct str path, bool special)
{
	for (;;) {
		size_t i = 0;
		while (i < path.n && !is_slash(path.p[i], special))
			i++;
		struct str segment = str_of(path.p, i);
		int dots = dots_of(segment);
		if (dots == 2)
			pop_segment(out, begin);
		else if (dots == 0)
			add_encoded(out, segment, IN_PATH);
		if (i == path.n)
			return;
		if (dots == 0)
			buf_char(out, '/');
		path = str_from(path, i + 1);
	}
}

/* Without a host a path that begins with two slashes would read as one. */
static void
mend_hostless(struct buf *out, size_t begin)
{
	size_t n = 1;
	while (begin + n < out->n && out->p[begin + n] == '/')
		n++;
	memmove(out->p + begin + 1, out->p + begin + n, out->n - begin - n);
	out->n -= n - 1;
}

static void
add_tail(struct buf *out, const struct url *u)
{
	if (u->query.p) {
		buf_char(out, '?');
		add_encoded(out, u->query, IN_QUERY);
	}
	if (u->fragment.p) {
		buf_char(out, '#');
		add_encoded(out, u->fragment, IN_FRAGMENT);
	}
}

/* A host of a special scheme: false when it cannot be one. */
static bool
add_host(struct arena *arena, struct buf *out, struct str host)
{
	if (host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']') {
		for (size_t i = 1; i + 1 < host.n; i++) {
			unsigned char c = (unsigned char)host.p[i];
			if (ascii_hex(c) < 0 && c != ':' && c != '.')
				return false;
		}
		add_lower(out, host);
		return true;
	}
	struct bytes raw = url_decode(arena, host);
	struct str name = url_host_ascii(arena, text_clean(arena, raw));
	buf_add(out, name);
	return name.n > 0;
}

static bool
add_port(struct buf *out, struct str port, int usual)
{
	int64_t n;
	if (port.n == 0)
		return true;
	if (!str_to_int(port, 0, 65535, &n))
		return false;
	if (n != usual)
		buf_fmt(out, ":%d", (int)n);
	return true;
}

static bool
add_authority(struct arena *arena, struct buf *out, const struct url *u, int usual_port)
{
	buf_add(out, STR("//"));
	if (u->userinfo.n) {
		/* Whatever else it holds, its ':' parts name and password. */
		add_encoded(out, u->userinfo, IN_USERINFO);
		buf_char(out, '@');
	}
	if (!usual_port) {
		struct str host = u->host;
		while (u->port.n == 0 && str_ends(host, STR(":")))
			host.n--;
		add_encoded(out, host, IN_PATH);
		if (u->port.n) {
			buf_char(out, ':');
			add_encoded(out, u->port, IN_PATH);
		}
		return true;
	}
	return add_host(arena, out, u->host) && add_port(out, u->port, usual_port);
}

/* What follows "scheme:" in a special scheme: any slashes, authority, path. */
static bool
add_special(struct arena *arena, struct buf *out, struct str s, int port)
{
	struct url u = {0};
	while (s.n && is_slash(s.p[0], true))
		s = str_from(s, 1);
	url_split_authority(url_split_until(&s, "/\\?#"), &u);
	if (!add_authority(arena, out, &u, port))
		return false;
	url_split_tail(s, &u);
	size_t begin = out->n;
	buf_char(out, '/');
	if (u.path.n)
		add_path(out, begin, str_from(u.path, 1), true);
	add_tail(out, &u);
	return true;
}

/* What follows "scheme:" in every other one. */
static bool
add_general(struct arena *arena, struct buf *out, struct str s)
{
	struct url u = {0};
	if (str_starts(s, STR("//"))) {
		s = str_from(s, 2);
		url_split_authority(url_split_until(&s, "/?#"), &u);
		if (!add_authority(arena, out, &u, 0))
			return false;
	}
	url_split_tail(s, &u);
	if (u.path.n && u.path.p[0] == '/') {
		size_t begin = out->n;
		buf_char(out, '/');
		add_path(out, begin, str_from(u.path, 1), false);
		if (!u.host.p)
			mend_hostless(out, begin);
	} else {
		add_encoded(out, u.path, IN_OPAQUE);
	}
	add_tail(out, &u);
	return true;
}

static bool
add_absolute(struct arena *arena, struct buf *out, struct str s, size_t n_scheme)
{
	struct str scheme = str_of(s.p, n_scheme);
	struct str rest = str_from(s, n_scheme + 1);
	int port = url_split_port(scheme);

	add_lower(out, scheme);
	buf_char(out, ':');
	return port ? add_special(arena, out, rest, port) : add_general(arena, out, rest);
}

/* Scheme and authority of a base that is written as it should be. */
static void
add_base_origin(struct buf *out, const struct url *base)
{
	buf_add(out, base->scheme);
	buf_char(out, ':');
	if (!base->host.p)
		return;
	buf_add(out, STR("//"));
	if (base->userinfo.n) {
		buf_add(out, base->userinfo);
		buf_char(out, '@');
	}
	buf_add(out, base->host);
	if (base->port.n) {
		buf_char(out, ':');
		buf_add(out, base->port);
	}
}

/* The part of the base's path up to its last slash. */
static struct str
directory(struct str path)
{
	size_t slash = str_find_last_char(path, '/');
	return slash == STR_NONE ? STR("/") : str_of(path.p, slash + 1);
}

/* RFC 3986, 5.2.2: `ref` has no scheme, `base` is hierarchical. */
static bool
add_relative(struct arena *arena, struct buf *out, const struct url *base, struct str ref)
{
	int port = url_split_port(base->scheme);
	bool special = port != 0;
	struct url u = {0};

	if (ref.n >= 2 && is_slash(ref.p[0], special) && is_slash(ref.p[1], special)) {
		buf_add(out, base->scheme);
		buf_char(out, ':');
		return special ? add_special(arena, out, ref, port) : add_general(arena, out, ref);
	}
	add_base_origin(out, base);
	url_split_tail(ref, &u);
	size_t begin = out->n;
	if (u.path.n == 0) {
		buf_add(out, base->path);
		if (!u.query.p)
			u.query = base->query;
	} else if (is_slash(u.path.p[0], special)) {
		buf_char(out, '/');
		add_path(out, begin, str_from(u.path, 1), special);
	} else {
		buf_add(out, directory(base->path));
		add_path(out, begin, u.path, special);
	}
	if (!base->host.p)
		mend_hostless(out, begin);
	add_tail(out, &u);
	return true;
}

/* White space and controls off the ends; line breaks and tabs out of the middle. */
static struct str
tidy(struct arena *arena, struct str s)
{
	s = text_trim(s);
	size_t odd = 0;
	for (size_t i = 0; i < s.n; i++)
		odd += s.p[i] == '\n' || s.p[i] == '\t' || s.p[i] == '\r';
	if (odd == 0)
		return s;
	char *out = arena_alloc(arena, s.n - odd + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\n' && s.p[i] != '\t' && s.p[i] != '\r')
			out[n++] = s.p[i];
	return str_of(out, n);
}

/* Can relative references be held against it? */
static bool
is_hierarchical(const struct url *u)
{
	return u->scheme.n && (u->host.p || (u->path.n && u->path.p[0] == '/'));
}

/* "http:page.html" is relative to a base of the same scheme (WHATWG 4.4, special relative). */
static size_t
scheme_against(struct str *ref, const struct url *base)
{
	size_t n = url_split_scheme(*ref);
	if (n == 0 || !is_hierarchical(base) || !url_split_port(base->scheme))
		return n;
	bool relative = str_eq_nocase(str_of(ref->p, n), base->scheme) &&
	    !(ref->n > n + 1 && is_slash(ref->p[n + 1], true));
	if (!relative)
		return n;
	*ref = str_from(*ref, n + 1);
	return 0;
}

static struct str
resolve(struct arena *arena, struct str base_text, struct str ref)
{
	struct buf out = {0};
	struct str answer = {0};
	struct url base = url_split(base_text);
	bool good = true;
	size_t n_scheme = scheme_against(&ref, &base);

	if (n_scheme)
		good = add_absolute(arena, &out, ref, n_scheme);
	else if (is_hierarchical(&base))
		good = add_relative(arena, &out, &base, ref);
	else
		add_encoded(&out, ref, IN_OPAQUE);
	if (good && out.n <= URL_MAX_BYTES)
		answer = arena_str(arena, buf_str(&out));
	buf_clear(&out);
	return answer;
}

/* Does c stay as it is in path, query and fragment, and mean nothing in them? */
static bool
is_plain(char c)
{
	return c > ' ' && c < 0x7F && c != '\\' &&
	    !(encoded[(unsigned char)c] & (IN_PATH | IN_QUERY | IN_FRAGMENT));
}

static size_t
plain_end(struct str s, size_t at)
{
	while (at < s.n && is_plain(s.p[at]))
		at++;
	return at;
}

/* The end of a port that is written as it should be and is not the usual one, or of nothing. */
static size_t
plain_port_end(struct str s, size_t at, int usual)
{
	size_t from = at + 1, end = from;
	int64_t port;

	if (at == s.n || s.p[at] != ':')
		return at;
	while (end < s.n && ascii_digit((unsigned char)s.p[end]))
		end++;
	bool good = end > from && s.p[from] != '0' &&
	    str_to_int(str_sub(s, from, end - from), 1, 65535, &port) && port != usual;
	return good ? end : at;
}

/* The end of "https://host" in small letters with a path behind it; 0 when it is not that. */
static size_t
plain_origin_end(struct str s)
{
	bool tls = str_starts(s, STR("https://"));
	size_t from = tls ? 8 : str_starts(s, STR("http://")) ? 7 : 0;
	size_t at = from;

	while (from > 0 && at < s.n && ((s.p[at] >= 'a' && s.p[at] <= 'z') || s.p[at] == '-' ||
	    s.p[at] == '.' || ascii_digit((unsigned char)s.p[at])))
		at++;
	if (at == from || at - from > PLAIN_HOST_BYTES || s.p[from] == '.')
		return 0;
	at = plain_port_end(s, at, tls ? 443 : 80);
	return at < s.n && s.p[at] == '/' ? at : 0;
}

/*
 * Is it written already as it is answered?  Nearly all links are: http(s), a host in small letters,
 * nothing to be encoded.  A segment that begins with a dot or an escape may be a
 * dot segment, and is looked at more closely.
 */
static bool
is_normal(struct str s)
{
	size_t path = plain_origin_end(s);
	if (path == 0 || s.n > URL_MAX_BYTES)
		return false;
	size_t at = plain_end(s, path);
	for (size_t i = path; i + 1 < at; i++)
		if (s.p[i] == '/' && (s.p[i + 1] == '.' || s.p[i + 1] == '%'))
			return false;
	if (at < s.n && s.p[at] == '?')
		at = plain_end(s, at + 1);
	if (at < s.n && s.p[at] == '#')
		at = plain_end(s, at + 1);
	return at == s.n;
}

struct str
url_normal(struct arena *arena, struct str s)
{
	if (is_normal(s))
		return arena_str(arena, s);
	s = tidy(arena, s);
	if (s.n > URL_MAX_BYTES)
		return STR("");
	return resolve(arena, STR(""), s);
}

struct str
url_resolve(struct arena *arena, struct str base, struct str ref)
{
	if (is_normal(ref))
		return arena_str(arena, ref); /* whatever the base is */
	ref = tidy(arena, ref);
	if (ref.n > URL_MAX_BYTES)
		return STR("");
	if (base.n)
		base = url_normal(arena, base);
	return resolve(arena, base, ref);
}

/* Does "localhost:8080/x" or "example.org:8080" stand there, and no scheme? */
static bool
is_host_and_port(struct str s, size_t n_scheme)
{
	struct str rest = str_from(s, n_scheme + 1);
	size_t digits = 0;
	while (digits < rest.n && ascii_digit((unsigned char)rest.p[digits]))
		digits++;
	bool ends = digits == rest.n || url_split_stops(rest.p[digits], "/?#");
	return digits > 0 && digits <= 5 && ends;
}

static bool
is_local_name(struct str s)
{
	struct str host = url_split_until(&s, ":/?#");
	return str_eq_nocase(host, STR("localhost")) || str_starts(host, STR("127.")) ||
	    str_ends(host, STR(".localhost"));
}

struct str
url_typed(struct arena *arena, struct str s)
{
	s = tidy(arena, s);
	if (str_starts_nocase(s, STR("feed:"))) {
		s = str_from(s, 5);
		if (str_starts(s, STR("//")))
			s = arena_cat(arena, STR("http:"), s);
	}
	size_t n_scheme = url_split_scheme(s);
	if (s.n == 0 || (n_scheme && !is_host_and_port(s, n_scheme)))
		return url_normal(arena, s);
	if (str_starts(s, STR("//")))
		return url_normal(arena, arena_cat(arena, STR("https:"), s));
	struct str scheme = is_local_name(s) ? STR("http://") : STR("https://");
	return url_normal(arena, arena_cat(arena, scheme, s));
}
