#include "wire/proxy.h"

/* One entry of no_proxy: a domain (a leading dot plays no part) with all under it. */
static bool
covers(struct str entry, struct str host)
{
	while (entry.n && (entry.p[0] == '.' || entry.p[0] == '*'))
		entry = str_from(entry, 1);
	if (entry.n >= 2 && entry.p[0] == '[')
		entry = str_sub(entry, 1, entry.n - 2);
	if (entry.n == 0 || entry.n > host.n)
		return false;
	if (!str_eq_nocase(str_from(host, host.n - entry.n), entry))
		return false;
	return entry.n == host.n || host.p[host.n - entry.n - 1] == '.';
}

static bool
is_exempt(struct str list, struct str host)
{
	struct str entry, rest = list;
	while (rest.n) {
		str_cut(rest, ',', &entry, &rest);
		entry = str_trim(entry);
		if (str_eq(entry, STR("*")) || covers(entry, host))
			return true;
	}
	return false;
}

const char *
proxy_for(struct arena *a, struct str setting, const struct target *t, proxy_environment *env)
{
	if (str_eq(setting, STR("none")))
		return NULL;
	if (setting.n && !str_eq(setting, STR("auto")))
		return arena_z(a, setting);
	const char *found = env(t->tls ? "https_proxy" : "http_proxy");
	if (!found || !*found)
		found = env("all_proxy");
	if (!found || !*found || is_exempt(str_z(env("no_proxy")), t->host))
		return NULL;
	return arena_z(a, str_z(found));
}
