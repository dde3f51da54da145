/* The feeds that a page offers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "feed/discover.h"

#define RSS_TYPE "type=\"application/rss+xml\""

static void
test_discover(void **state)
{
	static const struct {
		const char *page, *want;
	} rows[] = {
	    /* url=title, one after the other */
	    {"<link rel=alternate " RSS_TYPE " title='All &amp; more' href=/f>",
		"http://a.example/f=All & more;"},
	    {"<LINK REL='Alternate home' TYPE='APPLICATION/ATOM+XML; charset=utf-8' "
	     "HREF=f>",
		"http://a.example/b/f=;"},
	    {"<link rel=feed href='https://b.example/'>", "https://b.example/=;"},
	    {"<a rel=feed href=/x>f</a>", "http://a.example/x=;"},
	    {"<base href='http://c.example/d/'><link rel=alternate " RSS_TYPE " href=f>",
		"http://c.example/d/f=;"},
	    {"<base href='mailto:x'><base href='http://c.example/'><link rel=feed "
	     "href=f>",
		"http://a.example/b/f=;"},
	    {"<link rel=alternate " RSS_TYPE
	     " href=/f><link rel=feed href=/f><link rel=feed href=/g>",
		"http://a.example/f=;http://a.example/g=;"},
	    {"<link rel=alternate type=application/json href=/feed.json>",
		"http://a.example/feed.json=;"},
	    {"<link rel=alternate type=application/json href=/wp-json/feed/1>", ""},
	    {"<link rel=alternate type=application/json+oembed href=/feed>", ""},
	    {"<link rel='alternate stylesheet' type=text/css href=/s>", ""},
	    {"<link rel=alternate hreflang=id href=/id>", ""},
	    {"<link rel=alternate " RSS_TYPE ">", ""},
	    {"<link rel=feed href='javascript:x'>", ""},
	    {"<script>'<link rel=feed href=/f>'</script><!-- <link rel=feed href=/f> -->",
		""},
	    {"<title><link rel=feed href=/f></title>", ""},
	    {"<link rel=feed href='http://jo:pw@a.example/f'>", "http://a.example/f=;"},
	    /* the type is missing or wrong, the address is not */
	    {"<link rel=alternate href=/rss.xml>", "http://a.example/rss.xml=;"},
	    {"<link rel=alternate type='text/html' href=/feed/>", "http://a.example/feed/=;"},
	    {"<link rel=alternate type='text/html' href='?feed=rss2&amp;x=1'>",
		"http://a.example/b/c?feed=rss2&x=1=;"},
	    {"<link rel=alternate type='text/html' hreflang=en href=/en/feeding>", ""},
	    {"<link rel=alternate type=rss href=/x>", "http://a.example/x=;"},
	    {"<link rel=service.feed type='application/atom+xml' href=/x>",
		"http://a.example/x=;"},
	    {"<link rel=alternate " RSS_TYPE " href='feed://a.example/x'>",
		"http://a.example/x=;"},
	    {"<link rel=alternate " RSS_TYPE " href='/x#top'>", "http://a.example/x=;"},
	    /* plain links, when there is nothing better */
	    {"<a href=/rss><b>All</b> news</a><a href=/about>About</a>",
		"http://a.example/rss=All;"},
	    {"<a href=/sport.rss title='Sport only'>s</a><a href=f/atom.xml>Atom",
		"http://a.example/sport.rss=Sport only;http://a.example/b/f/atom.xml=Atom;"},
	    {"<a href=/all.xml>RSS</a><a href=/map.xml>Map</a>",
		"http://a.example/all.xml=RSS;"},
	    {"<a href=/x type='application/atom+xml'>x</a>", "http://a.example/x=x;"},
	    {"<a href='//feeds.b.example/rss'>f</a><a href='https://www.a.example/rss'>w</a>",
		"http://feeds.b.example/rss=f;https://www.a.example/rss=w;"},
	    {"<a href='https://net.example/feed/'>us there</a>"
	     "<a href='https://net.example/add?u=https://a.example/rss.xml'>add</a>",
		""},
	    {"<a href=/rss>f</a><link rel=alternate " RSS_TYPE " href=/f>",
		"http://a.example/f=;"},
	    {"<a href=/rss-what-is-it.html>RSS</a><a href=/feedback>feed</a>", ""},
	    {"", ""},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct arena *a = arena_new();
		struct feed_offers offers =
		    feed_discover(a, str_z(rows[i].page), STR("http://a.example/b/c"));
		struct buf got = {0};
		for (size_t k = 0; k < offers.n; k++)
			buf_fmt(&got, "%.*s=%.*s;", STR_ARG(offers.v[k].url),
			    STR_ARG(offers.v[k].title));
		assert_string_equal(buf_z(&got), rows[i].want);
		buf_clear(&got);
		arena_free(a);
	}
}

static void
test_discover_limit(void **state)
{
	(void)state;
	for (size_t n = DISCOVER_MAX_OFFERS - 1; n <= DISCOVER_MAX_OFFERS + 1; n++) {
		struct arena *a = arena_new();
		struct buf page = {0};
		for (size_t i = 0; i < n; i++)
			buf_fmt(&page, "<link rel=feed href=/%zu>", i);
		struct feed_offers offers =
		    feed_discover(a, buf_str(&page), STR("http://a.example/"));
		assert_int_equal(
		    offers.n, n < DISCOVER_MAX_OFFERS ? n : DISCOVER_MAX_OFFERS);
		buf_clear(&page);
		arena_free(a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_discover),
	    cmocka_unit_test(test_discover_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
