/* Lists of feeds in every format: what comes out, what is left out, and what must never come out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "feed/list.h"
#include "feed/opml.h"

/* One line an entry: kind, place, and the fields that are not empty. */
static void
show(void *ctx, const struct list_entry *e)
{
	static const char kinds[] = "FSMXN";
	struct buf *out = ctx;
	const struct {
		const char *name;
		struct str value;
	} fields[] = {{"", e->url}, {" t=", e->title}, {" w=", e->site}, {" s=", e->section},
	    {" o=", e->options}, {" : ", e->why}};
	buf_fmt(out, "%c%lld ", kinds[e->kind], (long long)e->place);
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		if (fields[i].value.n)
			buf_fmt(out, "%s%.*s", fields[i].name, STR_ARG(fields[i].value));
		assert_int_equal(utf8_valid(bytes_of_str(fields[i].value)), fields[i].value.n);
		for (size_t k = 0; k < fields[i].value.n; k++)
			assert_true((unsigned char)fields[i].value.p[k] >= 0x20);
	}
	buf_fmt(out, "%s%s\n", e->read ? " read" : "", e->starred ? " starred" : "");
}

/* What comes out when it comes in pieces of that size; `!sentence` when it is no list. */
static struct buf
read_list(struct bytes input, size_t piece)
{
	struct buf out = {0};
	struct err e = {0};
	struct list_reader *r = list_reader_new(NULL, show, &out);
	bool ok = true;
	for (size_t at = 0; ok && at < input.n; at += piece)
		ok = list_reader_push(r,
		    bytes_of(input.p + at, input.n - at < piece ? input.n - at : piece), &e);
	if (ok && !list_reader_end(r, &e))
		ok = false;
	if (!ok) {
		assert_int_equal(e.kind, ERR_INPUT);
		buf_fmt(&out, "!%s\n", e.text);
	}
	list_reader_free(r);
	return out;
}

static void
check(const char *input, size_t n, const char *want)
{
	static const size_t pieces[] = {SIZE_MAX / 2, 1, 7, 4096};
	for (size_t i = 0; i < COUNT_OF(pieces); i++) {
		struct buf got = read_list(bytes_of(input, n), pieces[i]);
		if (strcmp(buf_z(&got), want) != 0)
			print_message("of: %s\n", input);
		assert_string_equal(buf_z(&got), want);
		buf_clear(&got);
	}
}

struct row {
	const char *input, *want;
};

static void
check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check(rows[i].input, strlen(rows[i].input), rows[i].want);
}

#define OPML(inside) "<?xml version=\"1.0\"?><opml version=\"2.0\"><head><title>D</title></head>" \
		     "<body>" inside "</body></opml>"
#define NO_HTTP " : not an http or https address\n"

static void
test_opml(void **state)
{
	static const struct row rows[] = {
		{OPML("<outline text='A' xmlUrl='https://a.example/f'/>"), "F1 https://a.example/f t=A\n"},
		{OPML("<outline text='a' title='B' type='rss' xmlUrl='https://a.example/f' "
		      "htmlUrl='https://a.example' language='id' version='RSS2' description='d'/>"),
		    "F1 https://a.example/f t=B w=https://a.example/ o=lang=id\n"},
		/* sections, in sections, and what stands beside them */
		{OPML("<outline text='Dunia'><outline title='Asia'><outline text='A' "
		      "xmlUrl='http://a.example/'/></outline><outline text='B' "
		      "xmlUrl='http://b.example/'/></outline><outline text='C' "
		      "xmlUrl='http://c.example/'/>"),
		    "F3 http://a.example/ t=A s=Dunia/Asia\nF4 http://b.example/ t=B s=Dunia\n"
		    "F5 http://c.example/ t=C\n"},
		/* a category where there is no section */
		{OPML("<outline text='A' category='/Boston/Weather,/Harvard' xmlUrl='http://a.example/'/>"),
		    "F1 http://a.example/ t=A s=Boston/Weather\n"},
		{OPML("<outline text='S'><outline text='A' category='X' xmlUrl='http://a.example/'/></outline>"),
		    "F2 http://a.example/ t=A s=S\n"},
		/* names in any letter case, `url` of a feed, an old scheme */
		{"<OPML><BODY><OUTLINE TYPE='RSS' TEXT='A' XMLURL='http://a.example/'/>"
		 "<outline type='atom' url='http://b.example/'/>"
		 "<outline xmlUrl='feed://c.example/x'/><outline xmlUrl='feed:https://d.example/'/>"
		 "</BODY></OPML>",
		    "F1 http://a.example/ t=A\nF2 http://b.example/\nF3 http://c.example/x\n"
		    "F4 https://d.example/\n"},
		/* what is no feed is not followed */
		{OPML("<outline type='include' text='i' url='http://a.example/more.opml'/>"
		      "<outline type='link' text='l' url='http://a.example/page'/>"
		      "<outline type='rss' text='n'/><outline text='e' xmlUrl=''/>"
		      "<outline text='folder' xmlUrl=''><outline text='A' xmlUrl='http://a.example/'/></outline>"),
		    "X1 http://a.example/more.opml : a link to something else; nothing is fetched for it\n"
		    "X2 http://a.example/page : a link to something else; nothing is fetched for it\n"
		    "X3  : no address\nX4  : no address\nF6 http://a.example/ t=A s=folder\n"},
		/* a folder's name is never more than one */
		{OPML("<outline text='../../etc'><outline text='[x]'><outline text='A' "
		      "xmlUrl='http://a.example/'/></outline></outline>"),
		    "F3 http://a.example/ t=A s=..-..-etc/(x)\n"},
		/* not well-formed, undeclared entities, cut */
		{"<opml><body><outline text=A xmlUrl=http://a.example/?a=1&b=2><outline text='B &nbsp; C' "
		 "xmlUrl='http://b.example/'></body></opml>",
		    "F1 http://a.example/?a=1&b=2 t=A\nF2 http://b.example/ t=B C\n"},
		{"<opml><body><outline text='A' xmlUrl='http://a.example/'/><outline text='B' xmlU",
		    "F1 http://a.example/ t=A\n"
		    "N0  : the end of the list is missing; what stands before it was read\n"},
		{"<outline text='A' xmlUrl='http://a.example/'/>", "F1 http://a.example/ t=A\n"},
		{"\xEF\xBB\xBF \n" OPML("<outline text='\xC3\x89' xmlUrl='http://a.example/'/>"),
		    "F1 http://a.example/ t=\xC3\x89\n"},
		/* no list */
		{"<opml version='2.0'><head/></opml>", "!not a list of feeds: there is no feed in it\n"},
		{OPML("<outline text='a'><outline text='b'/></outline>"),
		    "!not a list of feeds: there is no feed in it\n"},
		{"<!DOCTYPE html><html><body><a href='http://a.example/'>a</a></body></html>",
		    "!not a list of feeds: it is a web page\n"},
		{"<rss version='2.0'><channel/></rss>", "!not a list of feeds but a feed itself\n"},
		{"<feed xmlns='http://www.w3.org/2005/Atom'/>", "!not a list of feeds but a feed itself\n"},
		{"<x/>", "!not a list of feeds: no OPML in it\n"},
	};
	(void)state;
	check_rows(rows, COUNT_OF(rows));
}

static void
test_hostile_opml(void **state)
{
	static const struct row rows[] = {
		/* nothing becomes a command, a file, or a second line */
		{OPML("<outline text='a' xmlUrl='exec:touch x'/><outline xmlUrl='|touch x'/>"
		      "<outline xmlUrl='file:///etc/passwd'/><outline xmlUrl='javascript:alert(1)'/>"
		      "<outline xmlUrl='pipe:x'/><outline xmlUrl='spool:~/x'/><outline xmlUrl='//a.example/'/>"
		      "<outline xmlUrl='-o'/><outline xmlUrl='&quot;http://a.example/'/>"),
		    "X1 exec:touch%20x" NO_HTTP "X2 |touch%20x" NO_HTTP "X3 file:///etc/passwd" NO_HTTP
		    "X4 javascript:alert(1)" NO_HTTP "X5 pipe:x" NO_HTTP "X6 spool:~/x" NO_HTTP
		    "X7 //a.example/" NO_HTTP "X8 -o" NO_HTTP "X9 %22http://a.example/" NO_HTTP},
		{OPML("<outline text='x' xmlUrl='https://a.example/&#10;exec:x&#10;https://b.example/'/>"),
		    "X1 https://a.example/%20exec:x%20https://b.example/ : a line break or control "
		    "character in the address\n"},
		{OPML("<outline text='x' xmlUrl='https://a.example/&#155;1m'/>"),
		    "X1 https://a.example/1m : a line break or control character in the address\n"},
		{OPML("<outline text='x' xmlUrl='https://a.example/a b\"c'/>"),
		    "F1 https://a.example/a%20b%22c t=x\n"},
		{OPML("<outline text='A&#10;[x]&#155;31m\" # \\' xmlUrl='https://a.example/'/>"),
		    "F1 https://a.example/ t=A [x]31m\" # \\\n"},
		/* entities: none from outside, no bombs */
		{"<!DOCTYPE opml [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
		 "<opml><body><outline text='a&e;b' xmlUrl='https://a.example/'/></body></opml>",
		    "F1 https://a.example/ t=a&e;b\n"},
		{"<!DOCTYPE opml [<!ENTITY a 'https://a.example/'>]>"
		 "<opml><body><outline text='a' xmlUrl='&a;'/></body></opml>",
		    "F1 https://a.example/ t=a\n"},
		/* passwords are no part of what is shown */
		{OPML("<outline xmlUrl='ftp://me:secret@a.example/'/>"), "X1 ftp://a.example/" NO_HTTP},
	};
	(void)state;
	check_rows(rows, COUNT_OF(rows));
}

/* Very many elements inside each other: the feed is found, the section is bounded. */
static void
test_deep(void **state)
{
	static const size_t depths[] = {15, 16, 17, 250, 253, 254, 255, 256, 257, 10000};
	(void)state;
	for (size_t d = 0; d < COUNT_OF(depths); d++) {
		struct buf in = {0};
		char want[40];
		buf_add(&in, STR("<opml><body>"));
		for (size_t i = 0; i < depths[d]; i++)
			buf_add(&in, STR("<outline text='a'>"));
		buf_add(&in, STR("<outline text='F' xmlUrl='https://a.example/'/>"));
		for (size_t i = 0; i < depths[d]; i++)
			buf_add(&in, STR("</outline>"));
		buf_add(&in, STR("<outline text='G' xmlUrl='https://b.example/'/></body></opml>"));
		struct buf got = read_list(bytes_of_str(buf_str(&in)), 4096);
		snprintf(want, sizeof(want), "F%zu https://a.example/ t=F s=a/a", depths[d] + 1);
		assert_memory_equal(buf_z(&got), want, strlen(want));
		struct str s = str_from(buf_str(&got), str_find(buf_str(&got), STR(" s=")) + 3);
		size_t levels = depths[d] < LIST_MAX_DEPTH ? depths[d] : LIST_MAX_DEPTH;
		assert_int_equal(str_find_char(s, '\n'), levels * 2 - 1);
		assert_true(str_find(buf_str(&got), STR("https://b.example/")) != STR_NONE);
		buf_clear(&got);
		buf_clear(&in);
	}
}

/* Each bound, from both sides. */
static void
test_bounds(void **state)
{
	(void)state;
	for (size_t n = 64 * 1024 - 1; n <= 64 * 1024 + 1; n++) { /* URL_MAX_BYTES */
		struct buf in = {0};
		buf_add(&in, STR("https://a.example/"));
		while (in.n < n)
			buf_char(&in, 'a');
		buf_char(&in, '\n');
		struct buf got = read_list(bytes_of_str(buf_str(&in)), 4096);
		assert_int_equal(got.p[0], n <= 64 * 1024 ? 'F' : 'X');
		buf_clear(&got);
		buf_clear(&in);
	}
	for (size_t n = LIST_MAX_ENTRIES - 1; n <= LIST_MAX_ENTRIES + 1; n++) {
		struct buf in = {0};
		size_t lines = 0;
		for (size_t i = 0; i < n; i++)
			buf_fmt(&in, "https://a.example/%zu\n", i);
		struct buf got = read_list(bytes_of_str(buf_str(&in)), 65536);
		for (size_t i = 0; i < got.n; i++)
			lines += got.p[i] == '\n';
		assert_int_equal(lines, n);
		bool told = str_find(buf_str(&got), STR("more entries than")) != STR_NONE;
		assert_int_equal(told, n > LIST_MAX_ENTRIES);
		buf_clear(&got);
		buf_clear(&in);
	}
	/* a line without end is one line that is left out, and the next is read */
	struct buf in = {0};
	buf_add(&in, STR("https://a.example/\nhttps://b.example/"));
	while (in.n < 2 * LIST_MAX_LINE_BYTES)
		buf_char(&in, 'b');
	buf_add(&in, STR("\nhttps://c.example/\n"));
	check(buf_z(&in), in.n, "F1 https://a.example/\nX2  : the line is too long\n"
				"F3 https://c.example/\n");
	buf_clear(&in);
}

static void
test_kawat(void **state)
{
	static const struct row rows[] = {
		{"# kawat feeds\nhttps://a.example/f\n\n[Dunia/Asia]\n"
		 "https://b.example/f  \"B \\\"b\\\"\"  lang=id every=10m paused user-agent=\"Two words\" # x\n",
		    "F2 https://a.example/f\nF5 https://b.example/f t=B \"b\" s=Dunia/Asia "
		    "o=lang=id every=10m paused user-agent=\"Two words\"\n"},
		{"[Searches]\nsearch: karang lang:id   \"Laut\"\n", "S2 karang lang:id   \"Laut\" s=Searches\n"},
		{"[x]\nfile:~/x \"X\"\nspool:~/y\npipe:z\nhttps://a.example/\n",
		    "X2 file:~/x : a file of this computer; lists never name files here\n"
		    "X3 spool:~/y : a folder of this computer; lists never name files here\n"
		    "X4 pipe:z : it comes by pipe; add it by hand\nF5 https://a.example/ s=x\n"},
		{"https://a.example/ \"A\"\r\nhttps://b.example/ \"B\"\r\n",
		    "F1 https://a.example/ t=A\nF2 https://b.example/ t=B\n"},
		{"https://a.example/ \"A\"\nhtps://b.example/\nhttps://c.example/",
		    "F1 https://a.example/ t=A\nX2 htps://b.example/" NO_HTTP "F3 https://c.example/\n"},
		{"", "!not a list of feeds: it is empty\n"},
		{"Seorang nakhoda menunggu di dermaga.\nhttps://a.example/\nDua kapal tiba.\n",
		    "!not a list of feeds that kawat knows\n"},
		{"\n# nothing\n", "!not a list of feeds that kawat knows\n"},
	};
	(void)state;
	check_rows(rows, COUNT_OF(rows));
	static const char nul[] = "https://a.example/\n\0https://b.example/\n";
	check(nul, sizeof(nul) - 1, "!not a list of feeds that kawat knows\n");
}

static void
test_newsboat(void **state)
{
	static const struct row rows[] = {
		{"exec:~/bin/x \"~X\"\nhttps://a.example/ tag\n",
		    "X1 exec:~/bin/x : a program makes it; lists never name programs here\n"
		    "F2 https://a.example/ s=tag\n"},
		{"https://a.example/ news \"two words\" \"~A name\"\nhttps://b.example/ \"~B\" !hidden\n",
		    "F1 https://a.example/ t=A name s=news\nF2 https://b.example/ t=B o=hide\n"},
		{"https://a.example/ \"Berita/Utama\"\nhttps://b.example/ \"~B\"\n"
		 "\"query:Unread:unread = \\\"yes\\\"\"\n\"filter:~/x:https://c.example/\"\n",
		    "F1 https://a.example/ s=Berita-Utama\nF2 https://b.example/ t=B\n"
		    "X3 query:Unread:unread%20=%20%22yes%22 : a query of another reader, no feed\n"
		    "X4 filter:~/x:https://c.example/ : a program filters it; lists never name programs here\n"},
	};
	(void)state;
	check_rows(rows, COUNT_OF(rows));
}

static void
test_newsraft(void **state)
{
	static const struct row rows[] = {
		{"http://a.example/\n@ News Reports {30}\nhttp://b.example/ \"B\" [45]\n@ Global\n"
		 "$(gemget -sq gemini://c.example/) \"C\"\nhttp://d.example/ \"D\" < reload-period 3; item-limit 9\n",
		    "F1 http://a.example/\nF3 http://b.example/ t=B s=News Reports o=every=45m\n"
		    "X5 $(gemget : a program makes it; lists never name programs here\n"
		    "F6 http://d.example/ t=D\n"},
		{"@ \"A/B [c]\"\nhttp://a.example/\n", "F2 http://a.example/ s=A-B (c)\n"},
	};
	(void)state;
	check_rows(rows, COUNT_OF(rows));
}

static void
test_snownews(void **state)
{
	static const struct row rows[] = {
		{"https://a.example/f|A b = c|News,Other|\nhttps://b.example/f|||\n"
		 "https://c.example/f|C|News|~/filter\nexec:~/x|D|News|\n",
		    "F1 https://a.example/f t=A b = c s=News\nF2 https://b.example/f\n"
		    "X3 https://c.example/f : a program filters it; lists never name programs here\n"
		    "X4 exec:~/x : a program makes it; lists never name programs here\n"},
	};
	(void)state;
	check_rows(rows, COUNT_OF(rows));
}

#define CONDITION " : a feed that depends on a condition; nothing is run here\n"
#define SHELL " : more than a literal name and address; nothing is run here\n"

static void
test_sfeed(void **state)
{
	static const struct row rows[] = {
		{"sfeedpath=\"$HOME/x\"\nfeeds() {\n\t# feed <name> <url>\n"
		 "\tfeed \"A\" \"https://a.example/f\"\n"
		 "\tfeed 'B' 'https://b.example/f' 'https://b.example' 'iso-8859-1'\n"
		 "\tfeed C https://c.example/f?x=1 # yes\n}\nfetch() {\n\tcurl \"$2\"\n}\n",
		    "F4 https://a.example/f t=A\n"
		    "F5 https://b.example/f t=B w=https://b.example/ o=charset=windows-1252\n"
		    "F6 https://c.example/f?x=1 t=C\n"},
		{"feed \"a\" \"https://a.example/$(touch x)\"\nfeed \"b\" \"https://b.example/\"; touch x\n"
		 "feed \"c\" \"`touch x`\"\nfeed \"d\" \"https://d.example/\" | touch x\nfeed e\n"
		 "feed \"f\" \"https://f.example/\" && x\nfeed \"g\"\"h\" \"https://g.example/\"\n"
		 "feed \"i\" \"https://i.example/\" \\\nfeed \"j\" \"https://j.example/\nfeed k https://k.example/*\n"
		 "feed \"l\" \"file:///etc/passwd\"\n",
		    "X1 " SHELL "X2 " SHELL "X3 " SHELL "X4 " SHELL "X5 " SHELL "X6 " SHELL "X7 " SHELL
		    "X8 " SHELL "X9 " SHELL "X10 " SHELL "X11 file:///etc/passwd" NO_HTTP},
		{"feeds() {\nif test -n \"$A\"; then feed a \"https://a.example/f\"; fi\n"
		 "test -n \"$B\" && feed b https://b.example/f\n"
		 "for i in 1 2; do feed \"c$i\" \"https://c.example/$i\"; done\n"
		 "# if x; then feed d https://d.example/f; fi\necho the feed is here\n"
		 "feed \"then feed\" https://e.example/f\n}\n",
		    "X2 " CONDITION "X3 " CONDITION "X4 " CONDITION
		    "F7 https://e.example/f t=then feed\n"},
	};
	(void)state;
	check_rows(rows, COUNT_OF(rows));
}

static void
test_marks(void **state)
{
	static const struct row rows[] = {
		{"{\"key\":\"https://a.example/1\",\"read\":true,\"starred\":false}\n"
		 "{\"starred\":true,\"key\":\"guid:x y\",\"more\":[1]}\n\n{\"key\":1}\n{\"key\":\"k\",\"read\":1}\n"
		 "nonsense\n{\"key\":\"a\\u001bb\",\"read\":true}",
		    "M1 https://a.example/1 read\nM2 guid:x y starred\nX4  : no mark of a story\n"
		    "X5  : no mark of a story\nX6  : no mark of a story\nM7 ab read\n"},
	};
	(void)state;
	check_rows(rows, COUNT_OF(rows));
}

static void
test_charsets(void **state)
{
	static const char utf16[] = "\xFF\xFEh\0t\0t\0p\0:\0/\0/\0a\0.\0e\0x\0/\0 \0\"\0\xC9\0\"\0\n\0";
	static const char latin[] = "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>"
	    "<opml><body><outline text=\"\xC9t\xE9\" xmlUrl=\"http://a.ex/\"/></body></opml>";
	(void)state;
	check(utf16, sizeof(utf16) - 1, "F1 http://a.ex/ t=\xC3\x89\n");
	check(latin, sizeof(latin) - 1, "F1 http://a.ex/ t=\xC3\x89t\xC3\xA9\n");
}

/* What is written is read again as it was. */
static void
test_write_and_read(void **state)
{
	static const struct opml_feed feeds[] = {
		{STR_INIT("A & <B> \"C\" 'd'"), STR_INIT("https://a.example/?a=1&b='2'"),
		    STR_INIT("https://a.example/"), STR_INIT("id")},
		{STR_INIT("\xE6\xBC\xA2\xE5\xAD\x97"), STR_INIT("http://b.example/"), STR_INIT(""), STR_INIT("")},
	};
	struct buf b = {0};
	(void)state;
	opml_begin(&b, STR("x & y"), STR("Thu, 04 Sep 2025 14:45:00 GMT"));
	opml_section(&b, STR("S & \"T\""), 0);
	opml_section(&b, STR("U"), 1);
	opml_feed(&b, &feeds[0], 2);
	opml_section_end(&b, 1);
	opml_section_end(&b, 0);
	opml_feed(&b, &feeds[1], 0);
	opml_end(&b);
	check(buf_z(&b), b.n,
	    "F3 https://a.example/?a=1&b=%272%27 t=A & <B> \"C\" 'd' w=https://a.example/ s=S & \"T\"/U "
	    "o=lang=id\nF4 http://b.example/ t=\xE6\xBC\xA2\xE5\xAD\x97\n");
	buf_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_opml), cmocka_unit_test(test_hostile_opml),
		cmocka_unit_test(test_deep), cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_kawat), cmocka_unit_test(test_newsboat),
		cmocka_unit_test(test_newsraft), cmocka_unit_test(test_snownews),
		cmocka_unit_test(test_sfeed), cmocka_unit_test(test_marks),
		cmocka_unit_test(test_charsets), cmocka_unit_test(test_write_and_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
