#include "story/page_address.h"

#include "text/fold.h"
#include "text/url.h"

enum where { WHERE_SEGMENT, WHERE_HOST, WHERE_LABEL };

static const struct row {
	enum where where;
	struct str text;
	enum page_address kind;
} rows[] = {
#define ADDRESS(where, text, kind) {WHERE_##where, STR_INIT(text), PAGE_ADDRESS_##kind},
#include "story/page_address.def"
#undef ADDRESS
};

enum {
	MAX_SEGMENTS = 12, /* of a path; what is deeper tells nothing new */
	MAX_QUERY_BYTES = 4096,
};

/* The rows are sorted; a test holds them to it. */
static enum page_address
look_up(enum where where, struct str s)
{
	size_t low = 0, high = COUNT_OF(rows);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = (int)rows[middle].where - (int)where;
		if (order == 0)
			order = str_cmp_nocase(rows[middle].text, s);
		if (order == 0)
			return rows[middle].kind;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return PAGE_ADDRESS_STORY;
}

static enum page_address
kind_of_host(struct str host)
{
	struct str label, rest;

	str_cut(host, '.', &label, &rest);
	enum page_address kind = look_up(WHERE_LABEL, label);
	while (kind == PAGE_ADDRESS_STORY && host.n > 0) {
		kind = look_up(WHERE_HOST, host);
		str_cut(host, '.', &label, &host);
	}
	return kind;
}

enum page_address
page_address_kind(struct str url)
{
	struct url u = url_split(url);
	enum page_address kind = kind_of_host(u.host);
	struct str segment, rest = u.path;

	for (int i = 0; i < MAX_SEGMENTS && kind == PAGE_ADDRESS_STORY && rest.n > 0; i++) {
		str_cut(rest, '/', &segment, &rest);
		kind = look_up(WHERE_SEGMENT, segment);
	}
	return kind;
}

bool
page_is_list_address(struct str url)
{
	return page_address_kind(url) == PAGE_ADDRESS_LIST;
}

bool
page_address_is_section(struct arena *a, struct str url, struct str title)
{
	struct str path = url_split(url).path;

	while (path.n > 0 && path.p[path.n - 1] == '/')
		path.n--;
	if (path.n < 2 || str_find_last_char(path, '/') != 0)
		return false;
	struct str name = text_headline_key(a, str_from(path, 1));
	return name.n > 0 && str_eq(name, text_headline_key(a, title));
}

bool
page_address_carries(struct arena *a, struct str url, struct str self)
{
	struct str query = url_split(url).query;
	size_t scheme = str_find(self, STR("://"));

	if (query.n == 0 || query.n > MAX_QUERY_BYTES || scheme == STR_NONE)
		return false;
	struct bytes said = url_decode(a, query);
	return str_find(str_of((const char *)said.p, said.n), str_from(self, scheme)) != STR_NONE;
}
