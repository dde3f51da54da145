#include "wire/target.h"

#include "text/clean.h"
#include "text/url.h"

enum { SHOWN_CHARACTERS = 60 }; /* of a refused address, in a message of one line */

/* A password may hold anything but what would end a header or a C string. */
static bool
take_userinfo(struct arena *a, struct str userinfo, struct target *t)
{
	struct str user, password;
	str_cut(userinfo, ':', &user, &password);
	struct bytes u = url_decode(a, user), p = url_decode(a, password);
	for (size_t i = 0; i < u.n + p.n; i++)
		if ((i < u.n ? u.p[i] : p.p[i - u.n]) < 0x20)
			return false;
	t->user = arena_str(a, str_of((const char *)u.p, u.n));
	t->password = arena_str(a, str_of((const char *)p.p, p.n));
	return true;
}

static struct str
bare_host(struct str host)
{
	if (host.n >= 2 && host.p[0] == '[' && host.p[host.n - 1] == ']')
		return str_sub(host, 1, host.n - 2);
	return host;
}

static struct str
path_of(struct arena *a, const struct url *parts)
{
	struct str path = parts->path.n ? parts->path : STR("/");
	if (!parts->query.p)
		return arena_str(a, path);
	return arena_fmt(a, "%.*s?%.*s", STR_ARG(path), STR_ARG(parts->query));
}

bool
target_of(struct arena *a, struct str url, struct target *t, struct err *e)
{
	*t = (struct target){0};
	struct str normal = url_normal(a, url);
	if (!url_is_http(normal))
		return err_set(e, ERR_INPUT, "not an address that can be asked: '%.*s'",
		    STR_ARG(url_show(a, url, SHOWN_CHARACTERS)));
	struct url parts = url_split(normal);
	if (parts.userinfo.n && !take_userinfo(a, parts.userinfo, t))
		return err_set(e, ERR_INPUT, "an address with control characters");
	t->url = url_without_userinfo(a, url_without_fragment(normal));
	t->host = bare_host(arena_str(a, parts.host));
	t->path = path_of(a, &parts);
	t->port = url_port(normal);
	t->tls = str_eq(parts.scheme, STR("https"));
	return true;
}

/* Only what an address is made of: RFC 9110, 10.2.2 leaves no room for controls. */
static bool
has_controls(struct bytes b)
{
	for (size_t i = 0; i < b.n; i++)
		if (b.p[i] < 0x20 || b.p[i] == 0x7F)
			return true;
	return false;
}

static bool
refuse(struct arena *a, struct str url, struct err *e)
{
	return err_set(e, ERR_NETWORK, "refused a redirect to %.*s",
	    STR_ARG(url_show(a, url, SHOWN_CHARACTERS)));
}

bool
target_follow(struct arena *a, const struct target *from, struct bytes location,
    struct target *to, struct err *e)
{
	struct str raw = str_trim(str_of((const char *)location.p, location.n));
	if (raw.n == 0)
		return err_set(e, ERR_NETWORK, "a redirect that leads nowhere");
	if (has_controls(bytes_of_str(raw)))
		return err_set(e, ERR_NETWORK, "a redirect to an address with control characters");
	struct str url = url_resolve(a, from->url, text_clean_line(a, bytes_of_str(raw)));
	if (url.n == 0)
		return err_set(e, ERR_NETWORK, "a redirect to what is no address");
	if (!url_is_http(url))
		return refuse(a, url, e);
	struct err none = {0};
	if (!target_of(a, url_without_userinfo(a, url), to, &none))
		return err_set(e, ERR_NETWORK, "a redirect to what is no address");
	if (from->tls && !to->tls)
		return refuse(a, to->url, e);
	return true;
}

bool
target_same_host(const struct target *x, const struct target *y)
{
	return x->port == y->port && str_eq_nocase(x->host, y->host);
}

bool
target_same_origin(const struct target *x, const struct target *y)
{
	return x->tls == y->tls && target_same_host(x, y);
}
