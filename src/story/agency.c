#include "story/agency.h"

#include <string.h>

static const struct agency agencies[] = {
#define AGENCY(name, also, country, languages, flags, hosts)                                \
	{STR_INIT(name), STR_INIT(also), STR_INIT(country), STR_INIT(languages), flags,     \
	    STR_INIT(hosts)},
#include "story/agency.def"
#undef AGENCY
};

/* Organisations through which agencies exchange copy, as credits append them. */
static const struct str exchanges[] = {
	STR_INIT("OANA"),
	STR_INIT("EANA"),
	STR_INIT("FANA"),
	STR_INIT("ANN"),
	STR_INIT("ABU"),
	STR_INIT("BNN"),
	STR_INIT("NAM"),
};

enum { SHORT_NAME_BYTES = 3 };

static bool
same_name(struct str a, struct str b)
{
	return a.n <= SHORT_NAME_BYTES ? str_eq(a, b) : str_eq_nocase(a, b);
}

static bool
in_names(struct str list, struct str name)
{
	/* a name of the list is compared only where one of its length would end */
	while (list.n >= name.n) {
		bool fits = list.n == name.n || list.p[name.n] == '|';
		if (fits && same_name(str_of(list.p, name.n), name))
			return true;
		const char *bar = memchr(list.p, '|', list.n);
		if (!bar)
			return false;
		list = str_from(list, (size_t)(bar - list.p) + 1);
	}
	return false;
}

/* host is `under` or ends with "." and it. */
static bool
host_below(struct str host, struct str under)
{
	if (under.n == 0 || host.n < under.n)
		return false;
	if (!str_eq_nocase(str_from(host, host.n - under.n), under))
		return false;
	return host.n == under.n || host.p[host.n - under.n - 1] == '.';
}

size_t
agency_count(void)
{
	return COUNT_OF(agencies);
}

const struct agency *
agency_at(size_t i)
{
	return i < COUNT_OF(agencies) ? &agencies[i] : NULL;
}

const struct agency *
agency_by_name(struct str name)
{
	name = str_trim(name);
	if (name.n == 0)
		return NULL;
	for (size_t i = 0; i < COUNT_OF(agencies); i++)
		if (same_name(agencies[i].name, name) || in_names(agencies[i].also, name))
			return &agencies[i];
	return NULL;
}

const struct agency *
agency_by_host(struct str host)
{
	for (size_t i = 0; i < COUNT_OF(agencies); i++) {
		struct str list = agencies[i].hosts, one;
		while (list.n > 0) {
			str_cut(list, '|', &one, &list);
			if (host_below(host, one))
				return &agencies[i];
		}
	}
	return NULL;
}

static struct str
exchange_at_end(struct str text)
{
	for (size_t i = 0; i < COUNT_OF(exchanges); i++) {
		struct str x = exchanges[i];
		if (text.n <= x.n + 1 || !str_ends(text, x))
			continue;
		char before = text.p[text.n - x.n - 1];
		if (before == '-' || before == '/' || before == ' ')
			return str_from(text, text.n - x.n);
	}
	return (struct str){"", 0};
}

static struct str
trim_joint(struct str s)
{
	s = str_trim(s);
	while (s.n > 0 && (s.p[s.n - 1] == '-' || s.p[s.n - 1] == '/'))
		s = str_trim(str_sub(s, 0, s.n - 1));
	return s;
}

const struct agency *
agency_read(struct str text, struct str *agency, struct str *desk, struct str *exchange)
{
	struct str head, rest;

	*desk = (struct str){"", 0};
	text = str_trim(text);
	*exchange = exchange_at_end(text);
	*agency = trim_joint(str_sub(text, 0, text.n - exchange->n));
	const struct agency *known = agency_by_name(*agency);
	if (known || !str_cut(*agency, '/', &head, &rest) || head.n == 0)
		return known;
	known = agency_by_name(head);
	if (!known)
		return NULL;
	*agency = str_trim(head);
	if (!agency_by_name(rest))
		*desk = str_trim(rest);
	return known;
}
