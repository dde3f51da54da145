/* What of an address says which story it is, and how an address is shown. */
#include "text/url.h"

#include <string.h>

#include "base/buf.h"

struct parameter {
	struct str name; /* without the '*' */
	bool is_prefix;
	struct str value;
};

#define PARAMETER(name, value)                                                              \
	{{name, sizeof(name) - 1 - (name[sizeof(name) - 2] == '*')},                        \
	    name[sizeof(name) - 2] == '*', STR_INIT(value)},
static const struct parameter parameters[] = {
#include "text/url_tracking.def"
};
#undef PARAMETER

/* The first labels of a host under which the same stories stand as without them. */
static const struct str dress_labels[] = {
	STR_INIT("www."),
	STR_INIT("m."),
	STR_INIT("mobile."),
	STR_INIT("amp."),
};

static bool
is_tracking(struct str pair)
{
	struct str name, value;
	str_cut(pair, '=', &name, &value);
	for (size_t i = 0; i < COUNT_OF(parameters); i++) {
		const struct parameter *p = &parameters[i];
		bool named = p->is_prefix ? str_starts_nocase(name, p->name)
		                          : str_eq_nocase(name, p->name);
		if (named && (p->value.n == 0 || str_eq_nocase(value, p->value)))
			return true;
	}
	return false;
}

static struct str
bare_host(struct str host)
{
	while (str_ends(host, STR(".")))
		host.n--;
	for (size_t i = 0; i < COUNT_OF(dress_labels);) {
		struct str rest = str_from(host, dress_labels[i].n);
		size_t dot = str_find_char(rest, '.');
		if (str_starts(host, dress_labels[i]) && dot != STR_NONE && dot > 0) {
			host = rest;
			i = 0;
		} else {
			i++;
		}
	}
	return host;
}

static bool
is_unreserved(unsigned char c)
{
	return ascii_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/* RFC 3986, 6.2.2: escapes of unreserved characters undone, the others in capitals. */
static void
add_normal_escapes(struct buf *out, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		size_t plain = str_find_char(str_from(s, i), '%');
		buf_add(out, str_sub(s, i, plain));
		if (plain == STR_NONE)
			break;
		i += plain;
		int high = -1, low = -1;
		if (i + 2 < s.n) {
			high = ascii_hex((unsigned char)s.p[i + 1]);
			low = ascii_hex((unsigned char)s.p[i + 2]);
		}
		if (high < 0 || low < 0) {
			/* A broken escape must not be mended by what is undone behind it. */
			buf_add(out, STR("%25"));
			continue;
		}
		unsigned char c = (unsigned char)(high << 4 | low);
		i += 2;
		if (is_unreserved(c)) {
			buf_char(out, (char)c);
			continue;
		}
		buf_char(out, '%');
		buf_char(out, hex[high]);
		buf_char(out, hex[low]);
	}
}

static struct str
without_slashes(struct str path)
{
	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	return path;
}

static struct str
without_ending(struct str path, struct str ending)
{
	if (path.n > ending.n && str_ends(path, ending))
		path.n -= ending.n;
	return path;
}

/* /amp at the beginning or the end, the page that stands for its folder, slashes at the end. */
static struct str
bare_path(struct str path)
{
	size_t before;

	do {
		before = path.n;
		if (str_starts(path, STR("/amp/")) && path.n > 5)
			path = str_from(path, 4);
		path = without_slashes(path);
		path = without_ending(path, STR("/amp"));
		struct str bare = without_ending(path, STR(".amp"));
		if (!str_ends(bare, STR("/.")) && !str_ends(bare, STR("/..")))
			path = bare; /* else what is left would be a dot segment */
		if (str_ends(path, STR("/index.html")))
			path.n -= sizeof("index.html") - 1;
	} while (path.n < before);
	return path;
}

static void
add_query(struct buf *out, struct str query)
{
	char before = '?';
	bool more = query.n > 0;
	struct str pair;

	while (more) {
		more = str_cut(query, '&', &pair, &query);
		if (pair.n == 0 || is_tracking(pair))
			continue;
		buf_char(out, before);
		add_normal_escapes(out, pair);
		before = '&';
	}
}

/*
 * The address inside one of an AMP cache: /c/s/HOST/PATH on *.cdn.ampproject.org, /amp/s/HOST/PATH
 * on a search engine.  Else the address itself.
 */
static struct str
out_of_cache(struct arena *arena, struct str url, const struct url *u)
{
	static const struct {
		struct str host, path;
	} caches[] = {
		{STR_INIT(".cdn.ampproject.org"), STR_INIT("/c/s/")},
		{STR_INIT(".cdn.ampproject.org"), STR_INIT("/v/s/")},
		{STR_INIT(".cdn.ampproject.org"), STR_INIT("/c/")},
		{STR_INIT("www.google.com"), STR_INIT("/amp/s/")},
		{STR_INIT("www.google.co.id"), STR_INIT("/amp/s/")},
		{STR_INIT("www.bing.com"), STR_INIT("/amp/s/")},
	};

	for (size_t i = 0; i < COUNT_OF(caches); i++)
		if (str_ends(u->host, caches[i].host) && str_starts(u->path, caches[i].path)) {
			struct str inner = str_from(u->path, caches[i].path.n);
			struct str tail = str_from(url, (size_t)(inner.p - url.p));
			return url_normal(arena, arena_cat(arena, STR("https://"), tail));
		}
	return url;
}

struct str
url_key(struct arena *arena, struct str url)
{
	struct buf out = {0}, path = {0};

	url = url_normal(arena, url);
	if (!url_is_http(url))
		return STR("");
	struct url u = url_split(url);
	struct str inner = out_of_cache(arena, url, &u);
	if (inner.p != url.p) {
		if (!url_is_http(inner))
			return STR("");
		u = url_split(inner);
	}
	buf_add(&out, STR("https://"));
	buf_add(&out, bare_host(u.host));
	/*
	 * Port 80 of https: is no default of its scheme, and as odd as it looks; 443 of http: is
	 * that of the key's.
	 */
	if (u.port.n && !str_eq(u.port, STR("443"))) {
		buf_char(&out, ':');
		buf_add(&out, u.port);
	}
	add_normal_escapes(&path, u.path);
	buf_add(&out, bare_path(buf_str(&path)));
	add_query(&out, u.query);
	if (u.fragment.n && u.fragment.p[0] == '!') {
		buf_char(&out, '#');
		add_normal_escapes(&out, u.fragment);
	}
	struct str key = {0};
	if (out.n <= URL_MAX_BYTES)
		key = arena_str(arena, buf_str(&out));
	buf_clear(&path);
	buf_clear(&out);
	return key;
}

/* What is no address all the same has to be shown when it is complained about. */
static struct str
show_broken(struct arena *arena, struct str url)
{
	struct buf out = {0};
	size_t at = str_find_last_char(url, '@');

	/* Whatever stands before an '@' may be a password. */
	url = at == STR_NONE ? url : str_from(url, at + 1);
	for (size_t i = 0; i < url.n && out.n < URL_MAX_BYTES; i++) {
		unsigned char c = (unsigned char)url.p[i];
		if (c > ' ' && c < 0x7F)
			buf_char(&out, (char)c);
		else
			buf_fmt(&out, "%%%02X", c);
	}
	struct str shown = arena_str(arena, buf_str(&out));
	buf_clear(&out);
	return shown;
}

struct str
url_show(struct arena *arena, struct str url, size_t max_cols)
{
	struct str normal = url_without_userinfo(arena, url_normal(arena, url));

	url = normal.n ? normal : show_broken(arena, url);
	if (max_cols == 0 || url.n <= max_cols)
		return url;
	/* The host and the end of the path say most. */
	size_t keep = max_cols - 1, tail = keep / 3;
	struct str head = arena_cat(arena, str_of(url.p, keep - tail), STR("…"));
	return arena_cat(arena, head, str_from(url, url.n - tail));
}
