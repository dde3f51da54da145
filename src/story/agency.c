#include "story/agency.h"

#include <string.h>

static const struct agency agencies[] = {
#define AGENCY(name, country, languages, flags, hosts)                                     \
	{STR_INIT(name), STR_INIT(country), STR_INIT(languages), flags, STR_INIT(hosts)},
#include "story/agency.def"
#undef AGENCY
};

/* A test holds the order of the rows. */
static const struct name {
	struct str text;
	struct str agency;
} names[] = {
#define AGENCY_NAME(name, agency) {STR_INIT(name), STR_INIT(agency)},
#include "story/agency_name.def"
#undef AGENCY_NAME
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

enum {
	SHORT_NAME_BYTES = 3,
	MAX_NAME_BYTES = 60, /* the longest has some 40; a sentence is not looked for */
};

/* The first row that is the name but for case, or the number of rows. */
static size_t
find_name(struct str name)
{
	size_t low = 0, high = COUNT_OF(names);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (str_cmp_nocase(names[middle].text, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < COUNT_OF(names) && str_cmp_nocase(names[low].text, name) == 0 ? low : COUNT_OF(names);
}

static const struct agency *
agency_called(struct str shown)
{
	for (size_t i = 0; i < COUNT_OF(agencies); i++)
		if (str_eq(agencies[i].name, shown))
			return &agencies[i];
	return NULL;
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
	if (name.n == 0 || name.n > MAX_NAME_BYTES)
		return NULL;
	for (size_t i = find_name(name); i < COUNT_OF(names); i++) {
		struct str text = names[i].text;
		if (name.n > SHORT_NAME_BYTES || str_eq(text, name))
			return agency_called(names[i].agency);
		if (!str_eq_nocase(text, name))
			break;
	}
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
