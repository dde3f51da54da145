/* An address taken apart, and what can be asked of one without making another. */
#include "text/url_split.h"

#include <string.h>

/* The schemes in which a host is needed and a backslash is a slash. */
static const struct {
	struct str scheme;
	int port;
} specials[] = {
	{STR_INIT("http"), 80},
	{STR_INIT("https"), 443},
	{STR_INIT("ftp"), 21},
	{STR_INIT("ws"), 80},
	{STR_INIT("wss"), 443},
};

int
url_split_port(struct str scheme)
{
	for (size_t i = 0; i < COUNT_OF(specials); i++)
		if (str_eq_nocase(scheme, specials[i].scheme))
			return specials[i].port;
	return 0;
}

size_t
url_split_scheme(struct str s)
{
	if (s.n == 0 || !ascii_alpha((unsigned char)s.p[0]))
		return 0;
	for (size_t i = 1; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == ':')
			return i;
		if (!ascii_alnum(c) && c != '+' && c != '-' && c != '.')
			return 0;
	}
	return 0;
}

bool
url_split_stops(char c, const char *set)
{
	return c != '\0' && strchr(set, c);
}

struct str
url_split_until(struct str *s, const char *stops)
{
	uint64_t stop[2] = {0, 0}; /* a bit for each character of ASCII */
	size_t i = 0;

	for (const char *c = stops; *c; c++)
		stop[*c >> 6 & 1] |= UINT64_C(1) << (*c & 63);
	while (i < s->n && ((unsigned char)s->p[i] >= 0x80 || !(stop[s->p[i] >> 6] >> (s->p[i] & 63) & 1)))
		i++;
	struct str head = str_of(s->p, i);
	*s = str_from(*s, i);
	return head;
}

void
url_split_authority(struct str authority, struct url *u)
{
	size_t at = str_find_last_char(authority, '@');
	if (at != STR_NONE) {
		u->userinfo = str_of(authority.p, at);
		authority = str_from(authority, at + 1);
	}
	size_t colon = str_find_last_char(authority, ':');
	size_t bracket = str_find_last_char(authority, ']');
	if (colon != STR_NONE && (bracket == STR_NONE || bracket < colon)) {
		u->port = str_from(authority, colon + 1);
		authority.n = colon;
	}
	u->host = authority;
}

void
url_split_tail(struct str s, struct url *u)
{
	u->path = url_split_until(&s, "?#");
	if (s.n && s.p[0] == '?') {
		s = str_from(s, 1);
		u->query = url_split_until(&s, "#");
	}
	if (s.n)
		u->fragment = str_from(s, 1);
}

/* Scheme and authority; *s begins with what follows them. */
static struct url
split_origin(struct str *s)
{
	struct url u = {0};
	size_t n = url_split_scheme(*s);

	if (n) {
		u.scheme = str_of(s->p, n);
		*s = str_from(*s, n + 1);
	}
	if (str_starts(*s, STR("//"))) {
		*s = str_from(*s, 2);
		url_split_authority(url_split_until(s, "/?#"), &u);
	}
	return u;
}

struct url
url_split(struct str s)
{
	struct url u = split_origin(&s);

	url_split_tail(s, &u);
	return u;
}

bool
url_is_absolute(struct str s)
{
	return url_split_scheme(s) > 0;
}

bool
url_is_http(struct str s)
{
	if (!str_starts_nocase(s, STR("http")))
		return false;
	struct url u = split_origin(&s);
	return u.host.n && (u.scheme.n == 4 || str_eq_nocase(u.scheme, STR("https")));
}

struct str
url_host(struct str s)
{
	return split_origin(&s).host;
}

int
url_port(struct str s)
{
	struct url u = split_origin(&s);
	int64_t port;
	if (u.port.n && str_to_int(u.port, 0, 65535, &port))
		return (int)port;
	return url_split_port(u.scheme);
}

bool
url_origin_equal(struct str a, struct str b)
{
	if (!url_is_http(a) || !url_is_http(b))
		return false;
	struct url x = url_split(a), y = url_split(b);
	return str_eq_nocase(x.scheme, y.scheme) && str_eq_nocase(x.host, y.host) &&
	    url_port(a) == url_port(b);
}

bool
url_has_userinfo(struct str s)
{
	return split_origin(&s).userinfo.p != NULL;
}

struct str
url_without_fragment(struct str s)
{
	size_t hash = str_find_char(s, '#');
	return hash == STR_NONE ? s : str_of(s.p, hash);
}

struct str
url_without_userinfo(struct arena *arena, struct str s)
{
	struct url u = url_split(s);
	if (!u.userinfo.p)
		return s;
	struct str head = str_of(s.p, (size_t)(u.userinfo.p - s.p));
	return arena_cat(arena, head, str_from(s, head.n + u.userinfo.n + 1));
}

struct bytes
url_decode(struct arena *arena, struct str s)
{
	if (str_find_char(s, '%') == STR_NONE)
		return bytes_of_str(s);
	unsigned char *out = arena_alloc(arena, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		int high = -1, low = -1;
		if (s.p[i] == '%' && i + 2 < s.n) {
			high = ascii_hex((unsigned char)s.p[i + 1]);
			low = ascii_hex((unsigned char)s.p[i + 2]);
		}
		if (high >= 0 && low >= 0) {
			out[n++] = (unsigned char)(high << 4 | low);
			i += 2;
		} else {
			out[n++] = (unsigned char)s.p[i];
		}
	}
	return bytes_of(out, n);
}
