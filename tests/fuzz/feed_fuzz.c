/* A feed in pieces is the feed in one piece, and its items become stories. */
#include "feed_run.h"

/* Input: how it is cut, which header, the feed. */
FUZZ_TARGET(feed)
{
	static const char *const types[] = {"", "application/rss+xml", "application/feed+json",
		"text/xml; charset=iso-8859-1", "application/xml; charset=utf-16"};
	struct bytes raw = bytes_of(p, n);
	uint32_t pieces = fuzz_byte(&raw) + 1u;
	const char *type = types[fuzz_byte(&raw) % COUNT_OF(types)];
	struct feed_source source = {
		.url = STR("https://news.example/feed.xml"), .content_type = str_z(type)};
	feed_run_check(&source, raw, pieces);
	return 0;
}
