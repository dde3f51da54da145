/*
 * Documents through the whole reader: what comes out as JSON, the same in one piece, in
 * pieces of seven bytes, byte by byte and in uneven pieces.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "feed/limits.h"
#include "render.h"

enum { MAX_WANTED = 8 };

struct row {
	const char *name;
	const char *document;
	const char *wanted[MAX_WANTED]; /* parts of the JSON; one that begins with '!'
					   must not be */
	const char *url, *type;
};

static const struct feed_limits no_limits;

static void
assert_part(const struct row *row, struct buf *json, const char *part)
{
	bool there = strstr(buf_z(json), part[0] == '!' ? part + 1 : part) != NULL;
	if (there == (part[0] == '!'))
		fail_msg("%s: %s in %s", row->name, part, buf_z(json));
}

static void
check_row(const struct row *row)
{
	static const size_t pieces[] = {SIZE_MAX, 7, 1, 0};
	struct feed_source source = {
	    .url = str_z(row->url), .content_type = str_z(row->type)};
	struct buf first = {0};
	for (size_t i = 0; i < COUNT_OF(pieces); i++) {
		struct buf json;
		struct err e = {0};
		if (!render_feed(&source, &no_limits, bytes_of_str(str_z(row->document)),
			pieces[i], &json, &e))
			fail_msg("%s: %s", row->name, e.text);
		if (i > 0 && !str_eq(buf_str(&json), buf_str(&first)))
			fail_msg("%s: in pieces of %zu: %s\nand whole: %s", row->name,
			    pieces[i], buf_z(&json), buf_z(&first));
		for (size_t k = 0; k < MAX_WANTED && row->wanted[k]; k++)
			assert_part(row, &json, row->wanted[k]);
		buf_clear(i ? &json : &first);
		if (i == 0)
			first = json;
	}
	buf_clear(&first);
}

#define CHECK_ROWS(rows)                                                                 \
	do {                                                                             \
		(void)state;                                                             \
		for (size_t i = 0; i < COUNT_OF(rows); i++)                              \
			check_row(&(rows)[i]);                                           \
	} while (0)

#define RSS(inside) "<rss version=\"2.0\"><channel>" inside "</channel></rss>"
#define ITEM(inside) RSS("<item>" inside "</item>")
#define ATOM(inside) "<feed xmlns=\"http://www.w3.org/2005/Atom\">" inside "</feed>"
#define ENTRY(inside) ATOM("<entry>" inside "</entry>")
#define DC "xmlns:dc=\"http://purl.org/dc/elements/1.1/\""

static void
test_formats(void **state)
{
	static const struct row rows[] = {
	    {"rss 2.0", RSS(""),
		{"\"items\":[]", "\"format\":\"rss20\"", "\"wellformed\":true",
		    "\"encoding\":\"utf-8\""},
		NULL, NULL},
	    {"rss 0.91", "<rss version='0.91'/>", {"\"format\":\"rss091\""}, NULL, NULL},
	    {"rss of some version", "<rss version='7'/>", {"\"format\":\"rss\""}, NULL,
		NULL},
	    {"rss 1.0",
		"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
		" xmlns='http://purl.org/rss/1.0/'><channel "
		"rdf:about='urn:c'><title>A</title>"
		"<items><rdf:Seq><rdf:li "
		"rdf:resource='urn:1'/></rdf:Seq></items></channel>"
		"<image><url>http://a.example/i.png</url></image>"
		"<item rdf:about='urn:1'><title>B</title></item></rdf:RDF>",
		{"\"format\":\"rss10\"", "\"items\":[{\"id\":\"urn:1\",\"title\":\"B\"}]",
		    "\"id\":\"urn:c\"", "\"image\":\"http://a.example/i.png\""},
		NULL, NULL},
	    {"rss 0.90",
		"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
		" xmlns='http://my.netscape.com/rdf/simple/0.9/'/>",
		{"\"format\":\"rss090\""}, NULL, NULL},
	    {"rss 1.1",
		"<Channel xmlns='http://purl.org/net/rss1.1#'><items><item><title>A"
		"</title></item></items></Channel>",
		{"\"format\":\"rss11\"", "{\"title\":\"A\"}"}, NULL, NULL},
	    {"atom 1.0", ENTRY("<title>A</title>"),
		{"\"format\":\"atom10\"", "{\"title\":\"A\"}"}, NULL, NULL},
	    {"atom 0.3", "<feed version='0.3' xmlns='http://purl.org/atom/ns#'/>",
		{"\"format\":\"atom03\""}, NULL, NULL},
	    {"atom without namespace", "<feed><entry><title>A</title></entry></feed>",
		{"\"format\":\"atom\"", "{\"title\":\"A\"}"}, NULL, NULL},
	    {"an entry alone",
		"<entry xmlns='http://www.w3.org/2005/Atom'><id>urn:1</id></entry>",
		{"\"format\":\"atom10\"", "\"items\":[{\"id\":\"urn:1\"}]"}, NULL, NULL},
	    {"prefixed atom",
		"<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>A"
		"</a:title><title>no</title></a:entry></a:feed>",
		{"{\"title\":\"A\"}"}, NULL, NULL},
	    {"an unknown namespace",
		"<rss xmlns='urn:mine' version='2.0'><channel><title>A</title>"
		"</channel></rss>",
		{"\"title\":\"A\""}, NULL, NULL},
	    {"upper case",
		"<RSS VERSION='2.0'><CHANNEL><ITEM><TITLE>A</TITLE></ITEM></CHANNEL>"
		"</RSS>",
		{"\"format\":\"rss20\"", "{\"title\":\"A\"}", "\"wellformed\":true"},
		NULL, NULL},
	};
	CHECK_ROWS(rows);
}

/* Which of the namespaces of a root decides, and names of both versions of Atom. */
static void
test_roots(void **state)
{
	static const struct row rows[] = {
	    {"RSS 1.1 among others", "<Channel xmlns='http://purl.org/net/rss1.1#' "
		"xmlns:r='http://purl.org/rss/1.0/'><title>T</title></Channel>",
		{"\"format\":\"rss11\"", "\"title\":\"T\""}, "", ""},
	    {"the default namespace first", "<r:RDF xmlns='http://purl.org/rss/1.0/' xmlns:r="
		"'http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
		"xmlns:o='http://my.netscape.com/rdf/simple/0.9/'><channel/></r:RDF>",
		{"\"format\":\"rss10\""}, "", ""},
	    {"items in an Atom feed", ATOM("<item><title>T</title></item>"),
		{"\"items\":[{\"title\":\"T\"}]"}, "", ""},
	    {"published before issued", ENTRY("<issued>2003-01-01</issued>"
		"<published>2004-01-01</published><modified>2005-01-01</modified>"
		"<updated>2006-01-01</updated>"), {"\"published\":\"2004-01-01",
		"\"updated\":\"2006-01-01"}, "", ""},
	    {"the first of equals", ENTRY("<updated>2005-01-01</updated>"
		"<updated>2006-01-01</updated>"), {"\"updated\":\"2005-01-01"}, "", ""},
	};
	CHECK_ROWS(rows);
}

static void
test_item_fields(void **state)
{
	static const struct row rows[] = {
	    {"guid as link", ITEM("<guid>http://a.example/1</guid>"),
		{"\"link\":\"http://a.example/1\""}, NULL, NULL},
	    {"guid that is no link",
		ITEM("<guid isPermaLink='false'>http://a.example/1</guid>"),
		{"\"id\":\"http://a.example/1\"", "!\"link\""}, NULL, NULL},
	    {"guid that is no address", ITEM("<guid>17</guid>"), {"!\"link\""}, NULL,
		NULL},
	    {"link before guid", ITEM("<guid>http://a.example/1</guid><link>/2</link>"),
		{"\"link\":\"http://a.example/2\""}, "http://a.example/f", NULL},
	    {"dates", ITEM("<pubDate>Mon, 03 Mar 2025 10:00:00 +0700</pubDate>"),
		{"\"published\":\"2025-03-03T03:00:00Z\"", "!\"updated\""}, NULL, NULL},
	    {"a date that is none", ITEM("<pubDate>soon</pubDate>"), {"!\"published\""},
		NULL, NULL},
	    {"dc:date alone",
		"<rss " DC "><channel><item><dc:date>2025-03-03T10:00:00Z</dc:date>"
		"</item></channel></rss>",
		{"\"published\":\"2025-03-03T10:00:00Z\"",
		    "\"updated\":\"2025-03-03T10:00:00Z\""},
		NULL, NULL},
	    {"own before foreign",
		"<rss " DC "><channel><item><dc:title>no</dc:title>"
		"<title>yes</title></item></channel></rss>",
		{"\"title\":\"yes\""}, NULL, NULL},
	    {"the first that is not empty",
		ITEM("<title> </title><title>A</title><title>B</title>"),
		{"\"title\":\"A\""}, NULL, NULL},
	    {"a person in a string", ITEM("<author>jo@a.example (Jo Doe)</author>"),
		{"\"author\":\"Jo Doe\"",
		    "{\"name\":\"Jo Doe\",\"email\":\"jo@a.example\"}"},
		NULL, NULL},
	    {"people in parts",
		ENTRY(
		    "<author><name>Jo</name><email>j@a.example</email>"
		    "<uri>/jo</uri></author><contributor><name>Mo</name></contributor>"),
		{"\"authors\":[{\"name\":\"Jo\",\"email\":\"j@a.example\","
		 "\"url\":\"http://a.example/jo\"}]",
		    "\"contributors\":[{\"name\":\"Mo\"}]"},
		"http://a.example/", NULL},
	    {"the author of the source",
		ENTRY("<source><title>S</title><author><name>Jo</name>"
		      "</author></source>"),
		{"\"author\":\"Jo\"", "\"source\":{\"title\":\"S\","
				      "\"author\":\"Jo\"}"},
		NULL, NULL},
	    {"categories",
		ITEM("<category domain='urn:d'>Sea</category><category>Sea</category>"
		     "<category>Sea</category>"),
		{"\"categories\":[{\"term\":\"Sea\","
		 "\"scheme\":\"urn:d\"},{\"term\":\"Sea\"}]"},
		NULL, NULL},
	    {"categories in categories",
		"<rss xmlns:itunes='http://www.itunes.com/dtds/"
		"podcast-1.0.dtd'><channel><itunes:category text='Sea'><itunes:category "
		"text='Ports'/></itunes:category><item><itunes:keywords>a, "
		"b,a</itunes:keywords>"
		"</item></channel></rss>",
		{"\"categories\":[{\"term\":\"Sea\"},"
		 "{\"term\":\"Ports\"}]",
		    "[{\"categories\":[{\"term\":\"a\"},{\"term\":\"b\"}]}]"},
		NULL, NULL},
	    {"an enclosure",
		ITEM("<enclosure url='/a.mp3' length='12' type='audio/mpeg'/>"),
		{"\"enclosures\":[{\"url\":\"http://a.example/a.mp3\",\"type\":\"audio/"
		 "mpeg\","
		 "\"length\":12}]"},
		"http://a.example/x", NULL},
	    {"atom links",
		ENTRY("<link href='/1'/><link rel='enclosure' href='/2' length='x'/>"
		      "<link rel='replies' type='text/html' href='/3'/>"),
		{"\"link\":\"/1\"", "\"comments\":\"/3\"",
		    "\"enclosures\":[{\"url\":\"/2\"}]"},
		NULL, NULL},
	    {"a source", ITEM("<source url='http://b.example/f'>B</source>"),
		{"\"source\":{\"title\":\"B\",\"feed_url\":\"http://b.example/f\"}"},
		NULL, NULL},
	    {"userinfo is dropped", ITEM("<link>http://jo:secret@a.example/</link>"),
		{"\"link\":\"http://a.example/\"", "!secret"}, NULL, NULL},
	    {"an item in an item",
		ITEM("<title>A</title><item><title>B</title><link>/b</link>"
		     "</item>"),
		{"\"title\":\"A\"", "!\"title\":\"B\"", "\"link\":\"/b\""}, NULL, NULL},
	    {"what an unknown element holds",
		ITEM("<x:y xmlns:x='urn:x'><title>no</title></x:y>"), {"\"items\":[{}]"},
		NULL, NULL},
	    {"duration",
		"<rss xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel>"
		"<item><itunes:duration>1:02:03</itunes:duration></item></channel></rss>",
		{"\"duration\":3723"}, NULL, NULL},
	    {"a rebound prefix",
		"<rss xmlns:dc='urn:other'><channel><item><dc:creator>no"
		"</dc:creator></item></channel></rss>",
		{"\"items\":[{}]"}, NULL, NULL},
	    {"a prefix not declared", ITEM("<dc:creator>Jo</dc:creator>"),
		{"\"author\":\"Jo\"", "\"wellformed\":true"}, NULL, NULL},
	};
	CHECK_ROWS(rows);
}

/* The whole feed: when it wishes to be asked, and where the rest of it is. */
static void
test_updates(void **state)
{
	static const struct row rows[] = {
	    {"skipHours, with the 24 of RSS 0.91",
		RSS("<ttl>20</ttl><skipHours><hour>24</hour><hour> 7 </hour><hour>x</hour>"
		    "<hour>25</hour></skipHours>"),
		{"\"skip_hours\":[0,7]", "\"ttl\":20"}, "", ""},
	    {"skipDays", RSS("<skipDays><day>Saturday</day><day>sun</day><day>Someday</day>"
			     "</skipDays><title>T</title>"),
		{"\"skip_days\":[\"Sunday\",\"Saturday\"]", "\"title\":\"T\""}, "", ""},
	    {"syndication", RSS("<sy:updatePeriod>daily</sy:updatePeriod>"
				"<sy:updateFrequency>4</sy:updateFrequency>"),
		{"\"update_minutes\":360", "!ttl"}, "", ""},
	    {"a frequency alone is of a day", RSS("<sy:updateFrequency>24</sy:updateFrequency>"),
		{"\"update_minutes\":60"}, "", ""},
	    {"nothing is said", RSS("<sy:updatePeriod>often</sy:updatePeriod>"),
		{"!update_minutes", "!skip", "!complete", "!archive"}, "", ""},
	    {"complete", ATOM("<fh:complete xmlns:fh='http://purl.org/syndication/history/1.0'/>"),
		{"\"complete\":true", "!archive"}, "", ""},
	    {"an archive in RSS", RSS("<fh:archive/><atom:link rel='prev-archive' href='/2'/>"
				      "<atom:link rel='current' href='/feed'/>"),
		{"\"archive\":true", "!complete",
		    "{\"rel\":\"prev-archive\",\"href\":\"https://n.example/2\"}",
		    "{\"rel\":\"current\",\"href\":\"https://n.example/feed\"}"},
		"https://n.example/1", ""},
	    {"not of an item", ENTRY("<fh:complete/><fh:archive/>"), {"!complete", "!archive"},
		"", ""},
	    {"JSON Feed has a next page",
		"{\"version\":\"https://jsonfeed.org/version/1.1\",\"next_url\":\"?p=2\"}",
		{"{\"rel\":\"next\",\"href\":\"https://n.example/f?p=2\"}"},
		"https://n.example/f", ""},
	};
	CHECK_ROWS(rows);
}

static void
test_people(void **state)
{
	static const struct row rows[] = {
	    {"HTML in a person", ITEM("<author>by <a href='/jo'><b>Jo</b> Doe</a>, Salira"
				      "</author><title>T</title>"),
		{"\"author\":\"by Jo Doe, Salira\"", "\"title\":\"T\""}, "", ""},
	    {"other elements in a person", ITEM("<author><name>Jo</name><title>Mayor</title>"
						"<company>Salira</company></author>"),
		{"\"author\":\"Jo\"", "!Mayor", "!Salira"}, "", ""},
	    {"a name alone in brackets", ITEM("<dc:creator>(Jo Doe)</dc:creator>"),
		{"{\"name\":\"Jo Doe\"}"}, "", ""},
	    {"brackets without a name", ITEM("<author>jo@x.example ()</author>"),
		{"\"authors\":[{\"email\":\"jo@x.example\"}]"}, "", ""},
	};
	CHECK_ROWS(rows);
}

#define POINT "\"place\":{\"latitude\":-7.250000,\"longitude\":112.750000}"

static void
test_places(void **state)
{
	static const struct row rows[] = {
	    {"GeoRSS", ITEM("<georss:point> -7.25\n112.75 </georss:point>"
			    "<georss:featurename>Port Anselm</georss:featurename>"),
		{"\"place\":{\"name\":\"Port Anselm\",\"latitude\":-7.250000,"
		 "\"longitude\":112.750000}"}, "", ""},
	    {"GeoRSS GML", ENTRY("<georss:where xmlns:georss='http://www.georss.org/georss'>"
				 "<gml:Point xmlns:gml='http://www.opengis.net/gml'>"
				 "<gml:pos>-7.25,112.75</gml:pos></gml:Point></georss:where>"),
		{POINT}, "", ""},
	    {"the W3C's", ITEM("<geo:Point><geo:long>112.75</geo:long><geo:lat>-7.25</geo:lat>"
			       "</geo:Point>"), {POINT}, "", ""},
	    {"half a point is none", ITEM("<geo:lat>1</geo:lat><title>A</title>"), {"!place"},
		"", ""},
	    {"no point of this world", ITEM("<georss:point>91 0</georss:point>"
		"<georss:point>1 181</georss:point><georss:point>x</georss:point>"
		"<geo:lat>1e9</geo:lat><geo:long>1.2.3</geo:long>"), {"!place"}, "", ""},
	    {"coverage", ITEM("<dc:coverage>Salira Bay</dc:coverage>"),
		{"\"place\":{\"name\":\"Salira Bay\"}"}, "", ""},
	    {"coverage that is a time", ITEM("<dc:coverage>2026-11-25</dc:coverage>"
		"<dc:coverage>name=x; scheme=W3C</dc:coverage>"), {"!place"}, "", ""},
	    {"the name of GeoRSS wins", ITEM("<dc:coverage>Salira</dc:coverage>"
		"<georss:featurename>Vellaro</georss:featurename>"), {"\"Vellaro\"", "!Salira"},
		"", ""},
	};
	CHECK_ROWS(rows);
}

static void
test_full_texts(void **state)
{
	static const struct row rows[] = {
	    {"for Yandex", ITEM("<yandex:full-text>A &lt; B</yandex:full-text>"),
		{"\"full_text\":\"A < B\"", "!content"}, "", ""},
	    {"for Turbo", ITEM("<turbo:content xmlns:turbo='http://turbo.yandex.ru'>"
			       "<![CDATA[<p>A</p>]]></turbo:content>"),
		{"\"full_text\":\"<p>A</p>\"", "!content"}, "", ""},
	    {"beside content", ITEM("<content:encoded>B</content:encoded>"
		"<rambler:fulltext>A</rambler:fulltext><yandex:full-text>C</yandex:full-text>"),
		{"\"full_text\":\"C\"", "\"content\":\"B\""}, "", ""},
	};
	CHECK_ROWS(rows);
}

static void
test_texts(void **state)
{
	static const struct row rows[] = {
	    {"an RSS title as text", ITEM("<title>1 &lt; 2</title>"),
		{"\"title\":\"1 < 2\""}, NULL, NULL},
	    {"an RSS title as HTML",
		ITEM("<title>AT&amp;amp;T &lt;b&gt;up&lt;/b&gt;</title>"),
		{"\"title\":\"AT&T up\""}, NULL, NULL},
	    {"an Atom title as text", ENTRY("<title>the &lt;b&gt; tag</title>"),
		{"\"title\":\"the <b> tag\""}, NULL, NULL},
	    {"an Atom title as HTML",
		ENTRY("<title type='html'>a &lt;b&gt;c&lt;/b&gt;</title>"),
		{"\"title\":\"a c\""}, NULL, NULL},
	    {"white space", ITEM("<title>\n a\r\n\tb  c </title>"),
		{"\"title\":\"a b c\""}, NULL, NULL},
	    {"RSS markup", ITEM("<description>&lt;p&gt;a&lt;/p&gt;</description>"),
		{"\"summary\":\"<p>a</p>\"", "\"summary_type\":\"html\""}, NULL, NULL},
	    {"CDATA", ITEM("<description><![CDATA[<p>a & b</p>]]></description>"),
		{"\"summary\":\"<p>a & b</p>\""}, NULL, NULL},
	    {"elements in a description",
		ITEM("<description>a <b>b &lt; c</b><br/></description>"),
		{"\"summary\":\"a <b>b &lt; c</b><br>\""}, NULL, NULL},
	    {"XHTML",
		ENTRY("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
		      "<p class='x'>a &lt; b</p></div></content>"),
		{"\"content\":\"<p class=\\\"x\\\">a &lt; b</p>\""}, NULL, NULL},
	    {"text", ENTRY("<summary>a &lt; b</summary>"),
		{"\"summary\":\"a < b\"", "\"summary_type\":\"text\""}, NULL, NULL},
	    {"base64",
		ENTRY("<content type='application/octet-stream'>aGFyYm91cg==</content>"),
		{"\"content\":\"harbour\""}, NULL, NULL},
	    {"binary content", ENTRY("<content type='image/png'>iVBORw0KGgo=</content>"),
		{"!\"content\""}, NULL, NULL},
	    {"bases",
		"<feed xmlns='http://www.w3.org/2005/Atom' "
		"xml:base='http://a.example/x/'>"
		"<entry xml:base='y/'><content type='html' "
		"xml:base='z'>a</content></entry></feed>",
		{"\"content_base\":\"http://a.example/x/y/z\""}, NULL, NULL},
	    {"a base inside",
		"<feed xmlns='http://www.w3.org/2005/Atom'><entry>"
		"<content type='xhtml'><p xml:base='http://b.example/'><a "
		"href='c'>d</a></p>"
		"<a href='e'>f</a></content></entry></feed>",
		{"<a href=\\\"http://b.example/c\\\">d</a>", "<a href=\\\"e\\\">f</a>"},
		"http://a.example/", NULL},
	    {"a base that is none",
		"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='mailto:x'>"
		"<link href='a'/></feed>",
		{"\"link\":\"http://a.example/a\""}, "http://a.example/", NULL},
	    {"languages",
		"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='id'><entry/>"
		"<entry xml:lang='en'/></feed>",
		{"[{\"language\":\"id\"},{\"language\":\"en\"}]", "],\"format\"",
		    "\"language\":\"id\"}"},
		NULL, NULL},
	    {"C1 characters", ITEM("<title>it&#146;s \xC2\x93so\xC2\x94 &#129;</title>"),
		{"\"title\":\"it\xE2\x80\x99s \xE2\x80\x9Cso\xE2\x80\x9D\""}, NULL, NULL},
	};
	CHECK_ROWS(rows);
}

static void
test_repair(void **state)
{
	static const struct row rows[] = {
	    {"undeclared entities", ITEM("<title>caf&eacute; &mdash; &ferry;</title>"),
		{"\"title\":\"caf\xC3\xA9 \xE2\x80\x94 &ferry;\"", "\"wellformed\":false",
		    "\"repaired\":[{\"what\":\"undeclared "},
		NULL, NULL},
	    {"a stray ampersand",
		ITEM("<title>salt & AT&T &</title><link>/?a=1&b=2&copy=3</link>"),
		{"\"title\":\"salt & AT&T &\"", "\"link\":\"/?a=1&b=2&copy=3\""}, NULL,
		NULL},
	    {"a stray less-than", ITEM("<title>2 < 3 <4</title>"),
		{"\"title\":\"2 < 3 <4\""}, NULL, NULL},
	    {"surrogates",
		ITEM("<title>a&#xD83D;&#xDE00;b&#xD800;c&#0;d&#x110000;e</title>"),
		{"\"title\":\"a\xF0\x9F\x98\x80"
		 "bcde\""},
		NULL, NULL},
	    {"control bytes",
		ITEM("<title>a\x01"
		     "b\x1F"
		     "c</title>"),
		{"\"title\":\"abc\"", "control character"}, NULL, NULL},
	    {"windows-1252 in UTF-8", ITEM("<title>\xE2\x82\xAC caf\xE9</title>"),
		{"\"title\":\"\xE2\x82\xAC caf\xC3\xA9\"", "\"wellformed\":false"}, NULL,
		NULL},
	    {"tags not closed",
		ITEM("<description>a<br>b<p>c<p>d</description><title>T</title>"),
		{"\"summary\":\"a<br>b<p>c<p>d</p></p>\"", "\"title\":\"T\""}, NULL,
		NULL},
	    {"the same after another fault",
		ITEM("<description>&x;a<br>b<p>c<p>d</description>"
		     "<title>T</title>"),
		{"\"summary\":\"&x;a<br>b<p>c</p><p>d</p>\"", "\"title\":\"T\""}, NULL,
		NULL},
	    {"tags crossed", ITEM("<description><b>a<i>b</b>c</i></description>"),
		{"\"summary\":\"<b>a<i>b</i></b>c\""}, NULL, NULL},
	    {"a title not closed", ITEM("<title>A<link>/1</link>"),
		{"\"title\":\"A\"", "\"link\":\"/1\""}, NULL, NULL},
	    {"an enclosure not closed", ITEM("<enclosure url='/a'><guid>g</guid>"),
		{"\"id\":\"g\"", "\"enclosures\":[{\"url\":\"/a\"}]"}, NULL, NULL},
	    {"an end tag misspelt", ITEM("<title>A</titel><link>/1</lnk>"),
		{"\"title\":\"A\"", "\"link\":\"/1\""}, NULL, NULL},
	    {"an item's end misspelt",
		RSS("<item><title>A</title></itme><item><title>B</title>"
		    "</item>"),
		{"[{\"title\":\"A\"},{\"title\":\"B\"}]"}, NULL, NULL},
	    {"no quotes",
		"<rss version=2.0><channel><item><description><a href=/x>y</a>"
		"<input disabled></description></item></channel></rss>",
		{"\"format\":\"rss20\"",
		    "<a href=\\\"/x\\\">y</a><input disabled=\\\"\\\">"},
		NULL, NULL},
	    {"a quote not closed",
		ITEM("<description><a href=\"/x>y</a> <a href=\"/z\">w</a>"
		     "</description>"),
		{"<a href=\\\"/x\\\">y</a> <a href=\\\"/z\\\">w</a>"}, NULL, NULL},
	    {"space first", "\n <?xml version='1.0'?>" ITEM("<title>A</title>"),
		{"\"title\":\"A\"", "junk before"}, NULL, NULL},
	    {"warnings first",
		"<br />\n<b>Warning</b>: no disk in x.php <br />\n<?xml "
		"version='1.0'?>" ITEM("<title>A</title>"),
		{"\"title\":\"A\""}, NULL, NULL},
	    {"a second mark",
		"\xEF\xBB\xBF\xEF\xBB\xBF<?xml version='1.0'?>" ITEM("<title>A</title>"),
		{"\"title\":\"A\""}, NULL, NULL},
	    {"two prologs",
		"<?xml version='1.0'?><?xml version='1.0'?>" ITEM("<title>A</title>"),
		{"\"title\":\"A\""}, NULL, NULL},
	    {"junk behind", ITEM("<title>A</title>") "x & <script>y</script>",
		{"\"title\":\"A\"", "\"repaired\":[{\"what\":\"junk after the end\""}, NULL, NULL},
	    {"two roots", ITEM("<title>A</title>") ITEM("<title>B</title>"),
		{"\"title\":\"A\"", "!\"B\""}, NULL, NULL},
	    {"a DOCTYPE",
		"<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' "
		"'http://a.example/'>" ITEM("<title>A</title>"),
		{"\"title\":\"A\"", "\"wellformed\":true"}, NULL, NULL},
	    {"a DOCTYPE with entities",
		"<!DOCTYPE rss [<!-- x --><!ENTITY co 'Kawat &#38; Co'>"
		"<!ENTITY who \"&co; (&lt;)\"><!ENTITY % p 'q'> %p; <!ENTITY f SYSTEM "
		"'/etc/x'>]>" ITEM("<title>&who; &f;</title>"),
		{"\"title\":\"Kawat & Co (<) &f;\""}, NULL, NULL},
	    {"-- in a comment", ITEM("<!-- a -- b --><title>A</title>"),
		{"\"title\":\"A\""}, NULL, NULL},
	    {"lines of carriage returns",
		"<rss>\r<channel>\r<item><description>a\rb & c\r\nd"
		"</description></item></channel></rss>",
		{"\"summary\":\"a\\nb & c\\nd\""}, NULL, NULL},
	    {"cut in an item",
		"<rss><channel><item><title>A</title></item><item><title>B</title>",
		{"[{\"title\":\"A\"}]", "the end is missing"}, NULL, NULL},
	    {"cut in CDATA",
		"<rss><channel><title>T</title><item><title>A</title></item><item>"
		"<title><![CDATA[B",
		{"[{\"title\":\"A\"}]", "\"title\":\"T\""}, NULL, NULL},
	    {"fault in CDATA",
		ITEM("<title><![CDATA[a\x02<b> & c]]></title><link>/1</link>"),
		{"\"title\":\"a & c\"", "\"link\":\"/1\""}, NULL, NULL},
	    {"an entity bomb",
		"<!DOCTYPE rss [<!ENTITY a 'haha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;'>"
		"<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d "
		"'&c;&c;&c;&c;&c;&c;&c;&c;'>"
		"<!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;'>]>" RSS(
		    "<item><title>&e;</title></item>"
		    "<item><title>B</title></item>"),
		{"[{},{\"title\":\"B\"}]", "!haha"}, NULL, NULL},
	};
	CHECK_ROWS(rows);
}

static void
test_encodings(void **state)
{
	static const struct row rows[] = {
	    {"declared",
		"<?xml version='1.0' encoding='koi8-r'?>" ITEM("<title>\xF0\xCF\xD2\xD4"
							       "</title>"),
		{"\"title\":\"\xD0\x9F\xD0\xBE\xD1\x80\xD1\x82\"",
		    "\"encoding\":\"koi8-r\"", "\"wellformed\":true"},
		NULL, NULL},
	    {"by header", ITEM("<title>\xF0\xCF\xD2\xD4</title>"),
		{"\"title\":\"\xD0\x9F\xD0\xBE\xD1\x80\xD1\x82\""}, NULL,
		"text/xml;charset=koi8-r"},
	    {"not said", ITEM("<title>caf\xE9</title>"),
		{"\"title\":\"caf\xC3\xA9\"", "\"encoding\":\"windows-1252\"",
		    "\"wellformed\":false"},
		NULL, NULL},
	    {"JSON",
		"\xEF\xBB\xBF "
		"{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[]}",
		{"\"format\":\"jsonfeed11\"", "\"wellformed\":true"}, NULL, NULL},
	};
	CHECK_ROWS(rows);
}

static void
test_utf_16(void **state)
{
	static const char ascii[] = ITEM("<title>A</title>");
	unsigned char wide[2 * sizeof(ascii)];
	struct feed_source source = {0};
	struct buf json;
	struct err e = {0};
	(void)state;
	wide[0] = 0xFF;
	wide[1] = 0xFE;
	for (size_t i = 0; i < sizeof(ascii) - 1; i++) {
		wide[2 + 2 * i] = (unsigned char)ascii[i];
		wide[3 + 2 * i] = 0;
	}
	assert_true(
	    render_feed(&source, &no_limits, bytes_of(wide, sizeof(wide)), 3, &json, &e));
	assert_non_null(strstr(buf_z(&json), "{\"title\":\"A\"}"));
	assert_non_null(strstr(buf_z(&json), "utf-16le"));
	buf_clear(&json);
}

static void
test_no_feeds(void **state)
{
	static const struct {
		const char *document, *why;
	} rows[] = {
	    {"", "empty"},
	    {" \n", "no root element"},
	    {"<!doctype html><html><head><title>x</title></head></html>", "web page"},
	    {"<opml version='2.0'/>", "list of feeds"},
	    {"<wire/>", "'wire'"},
	    {"<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><r:li/></r:RDF>",
		"no root element"},
	    {"just words", "no root element"},
	    {"\x89PNG\r\n\x1A\n", "no root element"},
	    {"\x01\x02\x03<a>\x04\x05\x06\x07\x08\x0E\x0F\x10\x11\x12\x13\x14\x15\x16",
		"bytes are no text"},
	    {"\x01\x02\x03 a \x04\x05\x06\x07\x08\x0E\x0F\x10\x11\x12\x13\x14\x15\x16",
		"bytes are no text"},
	    {"<!DOCTYPE rss [", "no root element"},
	    {"{\"a\":1}", "no JSON Feed version"},
	    {"{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[", "JSON"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		for (size_t piece = 1; piece < 100; piece += 50) {
			struct feed_source source = {0};
			struct buf json;
			struct err e = {0};
			bool ok = render_feed(&source, &no_limits,
			    bytes_of_str(str_z(rows[i].document)), piece, &json, &e);
			if (ok || e.kind != ERR_INPUT || !strstr(e.text, rows[i].why) ||
			    json.n)
				fail_msg(
				    "%s: %s", rows[i].document, ok ? "taken" : e.text);
			buf_clear(&json);
		}
}

/* --- limits, on both sides --- */

static size_t
count(struct buf *json, const char *part)
{
	size_t n = 0;
	for (const char *p = buf_z(json); (p = strstr(p, part)); p += strlen(part))
		n++;
	return n;
}

/* `n` times `middle` between `before` and `after`. */
static void
repeat(
    struct buf *out, const char *before, const char *middle, size_t n, const char *after)
{
	out->n = 0;
	buf_add(out, str_z(before));
	for (size_t i = 0; i < n; i++)
		buf_add(out, str_z(middle));
	buf_add(out, str_z(after));
}

static bool
render(struct buf *document, const struct feed_limits *limits, struct buf *json)
{
	struct feed_source source = {0};
	struct err e = {0};
	return render_feed(
	    &source, limits, bytes_of_str(buf_str(document)), 1000, json, &e);
}

static void
test_limit_of_items(void **state)
{
	struct feed_limits limits = {.max_items = 5};
	struct buf document = {0}, json;
	(void)state;
	for (size_t n = 4; n < 8; n++) {
		repeat(&document, "<rss><channel>", "<item><title>A</title></item>", n,
		    "</channel></rss>");
		assert_true(render(&document, &limits, &json));
		assert_int_equal(count(&json, "\"title\":\"A\""), n < 5 ? n : 5);
		buf_clear(&json);
	}
	buf_clear(&document);
}

/* What came before the limit is kept, in XML and in JSON, and what was left out is told once. */
static void
test_limit_of_bytes(void **state)
{
	static const struct {
		const char *before, *item, *after;
	} rows[] = {
	    {"<rss><channel>", "<item><title>A</title></item>", "</channel></rss>"},
	    {"{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"title\":\"A\"}",
		",{\"title\":\"A\"}", "]}"},
	};
	struct buf document = {0}, json;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		bool is_json = rows[i].before[0] == '{';
		repeat(&document, rows[i].before, rows[i].item, 500, rows[i].after);
		struct feed_limits enough = {.max_bytes = document.n},
				   half = {.max_bytes = strlen(rows[i].before) +
				       100 * strlen(rows[i].item) + 5};
		assert_true(render(&document, &enough, &json));
		assert_int_equal(count(&json, "\"title\":\"A\""), 500u + is_json);
		assert_int_equal(count(&json, "\"wellformed\":true"), 1);
		buf_clear(&json);
		assert_true(render(&document, &half, &json));
		assert_int_equal(count(&json, "\"title\":\"A\""), 100u + is_json);
		char told[80];
		snprintf(told, sizeof(told), "\"what\":\"left out what is beyond %zu bytes\"",
		    half.max_bytes);
		assert_int_equal(count(&json, told), 1);
		assert_int_equal(count(&json, "\"repaired_count\":2"), 1);
		buf_clear(&json);
	}
	buf_clear(&document);
}

static void
test_limit_of_depth(void **state)
{
	struct buf document = {0}, inner = {0}, json;
	(void)state;
	for (size_t over = 0; over < 2; over++) {
		/* rss, channel, item, description: four elements around the b */
		size_t n = FEED_MAX_DEPTH - 4 + over;
		repeat(&inner, "<rss><channel><item><description>", "<b>", n, "x");
		repeat(&document, buf_z(&inner), "</b>", n,
		    "</description><title>T</title></item>"
		    "<item><title>U</title></item></channel></rss>");
		assert_true(render(&document, &no_limits, &json));
		assert_int_equal(count(&json, "<b>"), FEED_MAX_DEPTH - 4);
		assert_int_equal(count(&json, "too deep"), over);
		assert_int_equal(count(&json, "\"title\":\"T\""), 1);
		assert_int_equal(count(&json, "\"title\":\"U\""), 1);
		buf_clear(&json);
	}
	buf_clear(&document);
	buf_clear(&inner);
}

static void
test_depth_that_is_never_left(void **state)
{
	struct buf document = {0}, json;
	(void)state;
	repeat(&document, "<rss><channel><item><description>", "<b>", 2 * FEED_MAX_DEPTH,
	    "</description></item><item><title>U</title></item></channel></rss>");
	assert_true(render(&document, &no_limits, &json));
	assert_int_equal(count(&json, "\"title\":\"U\""), 1);
	buf_clear(&json);
	buf_clear(&document);
}

static void
test_limit_of_attributes(void **state)
{
	struct buf document = {0}, json, attribute = {0};
	(void)state;
	for (size_t over = 0; over < 2; over++) {
		document.n = 0;
		buf_add(&document, STR("<rss><channel><item><enclosure "));
		for (size_t i = 0; i < FEED_MAX_ATTRIBUTES - 1 + over; i++)
			buf_fmt(&document, "a%zu='' ", i);
		buf_add(&document, STR("url='/last'/></item></channel></rss>"));
		assert_true(render(&document, &no_limits, &json));
		assert_int_equal(count(&json, "/last"), !over);
		buf_clear(&json);
	}
	buf_clear(&document);
	buf_clear(&attribute);
}

static void
test_limit_of_lists(void **state)
{
	struct buf document = {0}, json;
	(void)state;
	for (size_t n = FEED_MAX_LIST - 1; n <= FEED_MAX_LIST + 1; n++) {
		document.n = 0;
		buf_add(&document, STR("<rss><channel><item>"));
		for (size_t i = 0; i < n; i++)
			buf_fmt(&document, "<category>c%zu</category>", i);
		buf_add(&document, STR("</item></channel></rss>"));
		assert_true(render(&document, &no_limits, &json));
		assert_int_equal(
		    count(&json, "{\"term\""), n < FEED_MAX_LIST ? n : FEED_MAX_LIST);
		buf_clear(&json);
	}
	buf_clear(&document);
}

static void
test_limit_of_markup(void **state)
{
	struct buf document = {0}, json;
	(void)state;
	for (size_t over = 0; over < 2; over++) {
		repeat(&document, "<rss><channel><item><description>", "0123456789abcdef",
		    FEED_MAX_MARKUP_BYTES / 16, over ? "z" : "");
		buf_add(&document, STR("</description></item></channel></rss>"));
		assert_true(render(&document, &no_limits, &json));
		assert_in_range(
		    json.n, FEED_MAX_MARKUP_BYTES, FEED_MAX_MARKUP_BYTES + 200);
		assert_int_equal(count(&json, "f\","), 1);
		buf_clear(&json);
	}
	buf_clear(&document);
}

static void
test_limit_of_a_line(void **state)
{
	struct buf document = {0}, json;
	(void)state;
	for (size_t over = 0; over < 2; over++) {
		repeat(&document, "<rss><channel><item><title>", "0123456789abcdef",
		    FEED_MAX_TITLE_BYTES / 16, over ? "z" : "");
		buf_add(&document, STR("</title></item></channel></rss>"));
		assert_true(render(&document, &no_limits, &json));
		assert_in_range(json.n, FEED_MAX_TITLE_BYTES, FEED_MAX_TITLE_BYTES + 200);
		assert_int_equal(count(&json, "f\"}]"), 1);
		buf_clear(&json);
	}
	buf_clear(&document);
}

static void
test_limit_of_a_base(void **state)
{
	struct buf document = {0}, json;
	(void)state;
	for (size_t over = 0; over < 2; over++) {
		size_t n = FEED_MAX_BASE_BYTES - strlen("http://b.example/") - 1 + over;
		repeat(&document,
		    "<feed xmlns='http://www.w3.org/2005/Atom' "
		    "xml:base='http://b.example/",
		    "x", n, "/'><entry><link href='y'/></entry></feed>");
		assert_true(render(&document, &no_limits, &json));
		assert_int_equal(count(&json, "\"link\":\"http://b.example/"), !over);
		assert_int_equal(count(&json, "\"link\":\"y\""), over);
		buf_clear(&json);
	}
	buf_clear(&document);
}

static void
test_limit_of_a_language(void **state)
{
	struct buf document = {0}, json;
	(void)state;
	for (size_t n = FEED_MAX_LANGUAGE_BYTES; n < FEED_MAX_LANGUAGE_BYTES + 2; n++) {
		repeat(&document, "<rss xml:lang='", "x", n, "'/>");
		assert_true(render(&document, &no_limits, &json));
		assert_int_equal(count(&json, "x"), FEED_MAX_LANGUAGE_BYTES);
		buf_clear(&json);
	}
	buf_clear(&document);
}

/* All lists together: enclosures of 8 kB each, of which more come than there is room for.
 */
static void
test_limit_of_all_fields(void **state)
{
	struct buf document = {0}, url = {0}, json;
	size_t n = FEED_MAX_FIELDS_BYTES / 8192;
	(void)state;
	for (size_t over = 0; over < 2; over++) {
		repeat(&url, "<enclosure url='http://a.example/", "x", 8192 - 17, "'/>");
		repeat(&document, "<rss><channel><item>", buf_z(&url), n + 10 * over,
		    "</item></channel></rss>");
		assert_true(render(&document, &no_limits, &json));
		assert_int_equal(count(&json, "{\"url\""), n);
		buf_clear(&json);
	}
	buf_clear(&url);
	buf_clear(&document);
}

static void
test_limit_of_a_name(void **state)
{
	struct buf document = {0}, json;
	(void)state;
	for (size_t over = 0; over < 2; over++) {
		repeat(&document, "<!DOCTYPE rss><rss><channel><item><description>a<",
		    "b", FEED_MAX_NAME_BYTES + over,
		    "/></description></item></channel></rss>");
		assert_true(render(&document, &no_limits, &json));
		assert_int_equal(count(&json, "a<bbb"), !over);
		buf_clear(&json);
	}
	buf_clear(&document);
}

/* One that has no end in time ends at its first '>', and so what follows is read. */
static void
test_limit_of_an_instruction(void **state)
{
	struct buf document = {0}, json;
	(void)state;
	for (size_t over = 0; over < 2; over++) {
		size_t n = FEED_MAX_INSTRUCTION_BYTES - 5 + over;
		repeat(&document, "<!DOCTYPE rss><rss><?p>", "x", n - 1,
		    "?><channel><title>A</title>"
		    "</channel></rss>");
		assert_true(render(&document, &no_limits, &json));
		assert_int_equal(count(&json, "\"title\":\"A\""), 1);
		assert_int_equal(count(&json, "not well-formed"), over);
		buf_clear(&json);
	}
	buf_clear(&document);
}

/* An endless DOCTYPE is given up, and with it what is behind; one that just fits is read.
 */
static void
test_limit_of_a_doctype(void **state)
{
	struct buf document = {0}, json;
	(void)state;
	for (size_t over = 0; over < 2; over++) {
		size_t n = FEED_MAX_DOCTYPE_BYTES - 4000 + over * FEED_MAX_JUNK_BYTES;
		repeat(&document, "<!DOCTYPE rss [<!ENTITY e 'E'>", " ", n,
		    "]><rss><channel><title>&e;"
		    "</title></channel></rss>");
		assert_int_equal(render(&document, &no_limits, &json), !over);
		assert_int_equal(count(&json, "\"title\":\"E\""), !over);
		buf_clear(&json);
	}
	buf_clear(&document);
}

static void
test_limit_of_json(void **state)
{
	struct buf document = {0}, json;
	(void)state;
	for (size_t over = 0; over < 2; over++) {
		repeat(&document,
		    "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[]}",
		    "                ", FEED_MAX_JSON_BYTES / 16 - 4 + over * 4, "");
		assert_int_equal(render(&document, &no_limits, &json), !over);
		buf_clear(&json);
	}
	buf_clear(&document);
}

/* Many different names: expat is left, and nothing else changes. */
static void
test_many_names(void **state)
{
	struct buf document = {0}, json;
	(void)state;
	buf_add(&document, STR("<rss><channel>"));
	for (size_t i = 0; i < 2 * FEED_MAX_NAMES; i++)
		buf_fmt(&document, "<n%zu/>", i);
	buf_add(&document, STR("<item><title>A</title></item></channel></rss>"));
	assert_true(render(&document, &no_limits, &json));
	assert_int_equal(count(&json, "\"title\":\"A\""), 1);
	assert_int_equal(count(&json, "\"wellformed\":true"), 1);
	buf_clear(&json);
	buf_clear(&document);
}

/* A tag, a comment, junk without end: passed over, and what stands before them comes out.
 */
static void
test_long_tokens(void **state)
{
	static const struct {
		const char *before, *after;
		size_t n_items;
	} rows[] = {
	    {"<rss><channel><item/><x y='", "'/><item/></channel></rss>", 1},
	    {"<rss><channel><item/><!-- ", " --><item/></channel></rss>", 2},
	    {"<rss><channel><item/><!-- ", "", 1},
	    {"<rss><channel><item/><", "/><item/></channel></rss>", 2},
	};
	struct buf document = {0}, json;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		repeat(&document, rows[i].before, "0123456789abcdef",
		    FEED_MAX_TAG_BYTES / 8, rows[i].after);
		assert_true(render(&document, &no_limits, &json));
		assert_in_range(count(&json, "{}"), rows[i].n_items, 2);
		buf_clear(&json);
	}
	repeat(&document, "", "junk ", FEED_MAX_JUNK_BYTES / 5 + 1, "<rss/>");
	assert_false(render(&document, &no_limits, &json));
	buf_clear(&json);
	repeat(&document, "", "junk ", FEED_MAX_JUNK_BYTES / 5 - 1000, "<rss/>");
	assert_true(render(&document, &no_limits, &json));
	buf_clear(&json);
	buf_clear(&document);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_formats),
	    cmocka_unit_test(test_roots),
	    cmocka_unit_test(test_item_fields),
	    cmocka_unit_test(test_updates),
	    cmocka_unit_test(test_people),
	    cmocka_unit_test(test_places),
	    cmocka_unit_test(test_full_texts),
	    cmocka_unit_test(test_texts),
	    cmocka_unit_test(test_repair),
	    cmocka_unit_test(test_encodings),
	    cmocka_unit_test(test_utf_16),
	    cmocka_unit_test(test_no_feeds),
	    cmocka_unit_test(test_limit_of_items),
	    cmocka_unit_test(test_limit_of_bytes),
	    cmocka_unit_test(test_limit_of_depth),
	    cmocka_unit_test(test_depth_that_is_never_left),
	    cmocka_unit_test(test_limit_of_attributes),
	    cmocka_unit_test(test_limit_of_lists),
	    cmocka_unit_test(test_limit_of_markup),
	    cmocka_unit_test(test_limit_of_a_line),
	    cmocka_unit_test(test_limit_of_a_base),
	    cmocka_unit_test(test_limit_of_a_language),
	    cmocka_unit_test(test_limit_of_all_fields),
	    cmocka_unit_test(test_limit_of_a_name),
	    cmocka_unit_test(test_limit_of_an_instruction),
	    cmocka_unit_test(test_limit_of_a_doctype),
	    cmocka_unit_test(test_limit_of_json),
	    cmocka_unit_test(test_many_names),
	    cmocka_unit_test(test_long_tokens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
