#include "feed/root.h"

#include "feed/names.h"

struct str
root_space(const struct xml_attribute *attributes, size_t n, struct str prefix)
{
	for (size_t i = 0; i < n; i++)
		if (names_is_declaration(attributes[i].name) &&
		    str_eq(str_from(attributes[i].name, 6), prefix))
			return attributes[i].value;
	return STR("");
}

enum feed_format
root_rss(struct str version)
{
	static const struct {
		struct str version;
		enum feed_format format;
	} versions[] = {
	    {STR_INIT("0.90"), FEED_RSS090},
	    {STR_INIT("0.91"), FEED_RSS091},
	    {STR_INIT("0.92"), FEED_RSS092},
	    {STR_INIT("0.93"), FEED_RSS093},
	    {STR_INIT("0.94"), FEED_RSS094},
	    {STR_INIT("2"), FEED_RSS20},
	};
	version = str_trim(version);
	for (size_t i = 0; i < COUNT_OF(versions); i++)
		if (str_starts(version, versions[i].version))
			return versions[i].format;
	return FEED_RSS;
}

static enum feed_format
rdf_of_space(struct str address)
{
	static const struct {
		struct str part;
		enum feed_format format;
	} spaces[] = {
	    {STR_INIT("netscape.com/rdf/simple/0.9"), FEED_RSS090},
	    {STR_INIT("purl.org/rss/1.0"), FEED_RSS10},
	    {STR_INIT("purl.org/net/rss1.1"), FEED_RSS11},
	};
	for (size_t i = 0; i < COUNT_OF(spaces); i++) {
		size_t at = str_find_nocase(address, spaces[i].part);
		if (at != STR_NONE && address.n - at <= spaces[i].part.n + 1)
			return spaces[i].format;
	}
	return FEED_RSS;
}

enum feed_format
root_rdf(const struct xml_attribute *attributes, size_t n, struct str prefix)
{
	enum feed_format format = rdf_of_space(root_space(attributes, n, prefix));
	if (format == FEED_RSS)
		format = rdf_of_space(root_space(attributes, n, STR("")));
	for (size_t i = 0; i < n && format == FEED_RSS; i++)
		if (names_is_declaration(attributes[i].name))
			format = rdf_of_space(attributes[i].value);
	return format;
}

enum feed_format
root_atom(struct str space, struct str version)
{
	if (str_find_nocase(space, STR("w3.org/2005/atom")) != STR_NONE)
		return FEED_ATOM10;
	if (str_find_nocase(space, STR("purl.org/atom/ns#")) != STR_NONE ||
	    str_starts(str_trim(version), STR("0.3")))
		return FEED_ATOM03;
	return str_starts(str_trim(version), STR("1.0")) ? FEED_ATOM10 : FEED_ATOM;
}

struct str
root_stranger(struct str local)
{
	static const struct {
		struct str name, what;
	} others[] = {
	    {STR_INIT("html"), STR_INIT("it is a web page")},
	    {STR_INIT("head"), STR_INIT("it is a web page")},
	    {STR_INIT("body"), STR_INIT("it is a web page")},
	    {STR_INIT("opml"), STR_INIT("it is a list of feeds")},
	    {STR_INIT("urlset"), STR_INIT("it is a site map")},
	    {STR_INIT("sitemapindex"), STR_INIT("it is a site map")},
	    {STR_INIT("svg"), STR_INIT("it is a picture")},
	};
	for (size_t i = 0; i < COUNT_OF(others); i++)
		if (str_eq_nocase(others[i].name, local))
			return others[i].what;
	return STR("");
}
