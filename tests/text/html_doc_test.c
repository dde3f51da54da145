#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "doc_show.h"
#include "text/html_doc.h"

static int
set_up(void **state)
{
	*state = arena_new();
	return 0;
}

static int
tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

#define BASE "https://news.example/a/b.html"

static const struct {
	const char *html, *shown;
} rows[] = {
	{"", ""},
	{"<p> </p><div></div>", ""},
	{"Loose words", "P Loose words\n"},
	{"<p>One\n  two</p>\n<p>three</p>", "P One two\nP three\n"},
	{"<div>a<p>b</p>c</div>", "P a\nP b\nP c\n"},
	{"a<br>b<br/>\n c", "P a\\b\\c\n"},
	{"a<br><br>b<br>\n<br><br>c<br>", "P a\nP b\nP c\n"},
	{"<h1>a</h1><h4>b <b>c</b></h4>", "H2 a\nH4 b {s c}\n"},
	{"<h2><div>a</div><div>b</div></h2>c", "H2 a b\nP c\n"},
	{"a<hr>b<hr><hr>", "P a\nRULE\nP b\n"},
	{"<hr>a", "P a\n"},
	/* inline */
	{"<p>x <b> bold </b>y", "P x {s bold} y\n"},
	{"<b>a<strong>b</strong>c</b>", "P {s abc}\n"},
	{"<i>a <b>b</b></i> <code>c</code>", "P {e a {s b}} {c c}\n"},
	{"<b><p>a</p><p>b</p></b>", "P {s a}\nP {s b}\n"},
	{"<b></b>a<i> </i>b", "P a b\n"},
	{"He said <q>yes</q>.", "P He said “yes”.\n"},
	/* links */
	{"<a href='/x?a=1&amp;b'>go</a>", "P {a=https://news.example/x?a=1&b go}\n"},
	{"<a href=c.html>go</a> <a href='//other.example/'>on</a>",
	    "P {a=https://news.example/a/c.html go} {a=https://other.example/ on}\n"},
	{"<a href='javascript:alert(1)'>a</a> <a href='mailto:a@b.example'>b</a> <a href='#c'>c</a>",
	    "P a b c\n"},
	{"<a href='java\nscript:x'>a</a><a href='data:text/html,x'>b</a><a href=''>c</a>",
	    "P abc\n"},
	{"<a href=/x><h3>a</h3><p>b</p></a>",
	    "H3 {a=https://news.example/x a}\nP {a=https://news.example/x b}\n"},
	{"<a href=/x><img src=i.png></a>", ""},
	/* lists */
	{"<ul><li>a<li>b</ul>c", "I1 a\nI1 b\nP c\n"},
	{"<ol><li>a<li>b</ol><ol start=7><li>c</ol>", "I1#1 a\nI1#2 b\nI1#7 c\n"},
	{"<ul><li>a<ol><li>b</ol>c<li>d</ul>", "I1 a\nI2#1 b\nP c\nI1 d\n"},
	{"<ul><li><p>a</p><p>b</p></li><li><h3>c</h3>d</ul>", "I1 a\\b\nI1 c\\d\n"},
	{"<ul><li><div><p>a</p></div>b<li> <li>c</ul>", "I1 a\\b\nI1 c\n"},
	{"<ul><li><ul><li>a</ul></ul>", "I2 a\n"},
	{"<ul><li>a<blockquote>b</blockquote><pre>c</pre></ul>", "I1 a\nQ1 b\nPRE c\n"},
	{"<li>a<li>b", "I1 a\nI1 b\n"},
	{"<dl><dt>a<dd>b</dl>", "P a\nP b\n"},
	/* quotes and preformatted text */
	{"<blockquote>a<p>b<blockquote>c</blockquote>d</blockquote>e",
	    "Q1 a\nQ1 b\nQ2 c\nQ1 d\nP e\n"},
	{"<pre>\na  b\n\n  c <b>d</b>\n</pre>e", "PRE a  b\\\\  c {s d}\nP e\n"},
	{"<pre>a<br>b<div>c</div></pre>", "PRE a\\bc\n"},
	{"<pre>  <b>a</b>\n  b</pre> <i> </i>c", "PRE   {s a}\\  b\nP c\n"},
	{"<pre>\n <i>\n </i> <b>a</b></pre>", "PRE   {s a}\n"},
	/* tables */
	{"<table><tr><th>a<th>b<tr><td>c <b>d</b><td>e</table>f", "ROW1 a|b\nROW c {s d}|e\nP f\n"},
	{"<table><tr><td>a<td><td>b<tr><td><td>c<td><tr><td><td></table>", "ROW a||b\nROW |c\n"},
	{"<table><caption>x</caption><tr><td><p>a</p><td>b<br>c<div>d</div></table>",
	    "P x\nROW a|b c d\n"},
	{"<table><tr><td>a<tr><td>b</table>", "P a\nP b\n"},
	{"<table><tr><td><p>a<p>b<td><ul><li>c</ul></table>", "P a\nP b\nI1 c\n"},
	{"<table><tr><td>x<td><table><tr><td>a<td>b</table></table>", "P x\nROW a|b\n"},
	/* pictures */
	{"<figure><img src=p.jpg alt=boat><figcaption>A <b>boat</b></figcaption></figure>x",
	    "CAP <https://news.example/a/p.jpg> A {s boat}\nP x\n"},
	{"<figure><a href=/x><img src=p.jpg alt=boat></a></figure>x",
	    "CAP1 <https://news.example/a/p.jpg> boat\nP x\n"},
	{"<figure><figcaption>first</figcaption><img src=p.jpg></figure>", "CAP first\n"},
	{"<figure><blockquote>words</blockquote></figure>", "Q1 words\n"},
	{"<p><img src=p.jpg alt='A  boat'>text</p>", "CAP1 <https://news.example/a/p.jpg> A boat\nP text\n"},
	{"<p>text <img src=p.jpg alt='A boat'> more</p>", "P text more\n"},
	{"<p>nice <img src=s.png alt='🙂'>!", "P nice 🙂!\n"},
	{"<figure><img src=p.jpg alt='“ya”'></figure>", "CAP1 <https://news.example/a/p.jpg> “ya”\n"},
	{"<img src='data:image/gif;base64,R0' data-src='real.jpg' alt=x>",
	    "CAP1 <https://news.example/a/real.jpg> x\n"},
	/* what no reader sees */
	{"a<script>b</script><style>c</style><template>d</template><textarea>e</textarea>f", "P af\n"},
	{"a<div hidden>b</div>c", "P a\nP c\n"},
	{"<noscript><p>a</noscript>", "P a\n"},
	/* controls out of references, and honest text */
	{"<p>a&#27;]0;x&#7;b&#129;c&#8238;d", "P a]0;xbcd\n"},
	{"<pre>a&#13;b&#8;c</pre>", "PRE a\\bc\n"},
	{"<a href='/x&#10;y&#27;z'>a&#10;b</a>", "P {a=https://news.example/xy%1Bz a b}\n"},
	{"<p>مرحبا &nbsp;شكرا</p>", "P مرحبا \xC2\xA0شكرا\n"},
};

static void
makes_documents(void **state)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct doc d = html_doc_of_markup(*state, str_z(rows[i].html), STR(BASE));
		const char *shown = doc_show(*state, &d);
		if (strcmp(shown, rows[i].shown))
			fail_msg(
			    "%s\n gave\n%s not\n%s", rows[i].html, shown, rows[i].shown);
	}
}

/* Whatever came out, the store takes it back. */
static void
documents_keep_their_promises(void **state)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct doc d = html_doc_of_markup(*state, str_z(rows[i].html), STR(BASE));
		struct buf blob = {0};
		doc_pack_spans(&d, &blob);
		if (!doc_unpack_spans(*state, bytes_of(blob.p, blob.n), &d))
			fail_msg("%s", rows[i].html);
		buf_clear(&blob);
	}
}

static struct html_verdict
by_class(void *ctx, const struct html_node *node)
{
	size_t *related = ctx;
	if (html_has_class(node, "ad"))
		return (struct html_verdict){.kind = HTML_SKIP};
	if (html_has_class(node, "box"))
		return (struct html_verdict){.kind = HTML_UNWRAP};
	if (html_has_class(node, "embed"))
		return (struct html_verdict){
		    .kind = HTML_REPLACE, .text = STR("[video]")};
	if (html_has_class(node, "also"))
		return (struct html_verdict){
		    .kind = HTML_RELATED, .related = (*related)++};
	return (struct html_verdict){.kind = HTML_TAKE};
}

static const struct {
	const char *html, *shown;
} filtered[] = {
	{"<p>a <span class=ad>no</span>b", "P a b\n"},
	{"<p>a<div class=ad><p>no</div>b", "P a\nP b\n"},
	{"<blockquote class=box>a</blockquote>", "P a\n"},
	{"a<div class=box>b</div>c", "P a\nP b\nP c\n"},
	{"a<div class=embed>b</div>c", "P a\nP [video]\nP c\n"},
	{"<p>see <b class=embed><script>x</script></b> here", "P see [video] here\n"},
	{"<p>a</p><p class=also>Read also: <a href=/x>x</a></p><p>b</p><p class=also>y</p>",
	    "P a\nREL \nP b\nREL 1\n"},
	{"<ul><li>a<li class=also>b<li>c</ul>", "I1 a\nREL \nI1 c\n"},
	{"<p>a <span class=also>x</span> b", "P a\nREL \nP b\n"},
	{"<table><tr><td>a<td>b <i class=also>x</i> c<td>d</table>", "ROW a|b\nREL \nROW c|d\n"},
	{"<b>a <i class=also>x</i> b</b>", "P {s a}\nREL \nP {s b}\n"},
};

static void
asks_the_filter(void **state)
{
	for (size_t i = 0; i < COUNT_OF(filtered); i++) {
		size_t related = 0;
		struct html_options options = {STR(BASE), by_class, &related, false};
		struct html_node *root =
		    html_parse(*state, str_z(filtered[i].html), HTML_FRAGMENT);
		struct doc d = html_doc(*state, root, &options);
		const char *shown = doc_show(*state, &d);
		if (strcmp(shown, filtered[i].shown))
			fail_msg("%s\n gave\n%s not\n%s", filtered[i].html, shown,
			    filtered[i].shown);
	}
}

static void
pictures_are_kept_on_request(void **state)
{
	struct html_options options = {STR(BASE), NULL, NULL, true};
	struct html_node *root = html_parse(*state,
	    STR("<p>a</p><img src=p.jpg><figure><img src=q.jpg></figure><img><p>b"),
	    HTML_FRAGMENT);
	struct doc d = html_doc(*state, root, &options);
	assert_string_equal(doc_show(*state, &d),
	    "P a\nCAP <https://news.example/a/p.jpg>\n"
	    "CAP <https://news.example/a/q.jpg>\nP b\n");
	d = html_doc(*state, root, NULL);
	assert_string_equal(doc_show(*state, &d), "P a\nP b\n");
}

static void
hidden_root_is_taken(void **state)
{
	struct html_node *page = html_parse(*state, STR("<title>a</title>"), HTML_PAGE);
	struct doc d = html_doc(*state, html_find(page, HTML_TAG_TITLE), NULL);
	assert_string_equal(doc_show(*state, &d), "P a\n");
}

/* Nothing in the clean HTML but its tags, no attribute but its few, no other scheme. */
static void
cleans_html(void **state)
{
	struct str html = html_clean_markup(*state,
	    STR("<p onclick=x>a &lt;script&gt; <a href='/x?y=\"1' target=z>b</a>"
	        "<a href='javascript:x'>c</a><iframe src=x></iframe></p>"
	        "<section><h1 class=t>d</h1></section><img src=x onerror=y alt='\"e\"'>"),
	    STR(BASE));
	static const char *const there[] = {"<p>a &lt;script&gt; <a href=\"https://news.example/x?y=%221\">b</a>",
		"<h2>d</h2>", "c</p>"};
	static const char *const gone[] = {"onclick", "target", "javascript", "iframe", "class", "section",
		"onerror", "<script"};
	for (size_t i = 0; i < COUNT_OF(there); i++)
		if (str_find(html, str_z(there[i])) == STR_NONE)
			fail_msg("%s is not in %.*s", there[i], STR_ARG(html));
	for (size_t i = 0; i < COUNT_OF(gone); i++)
		if (str_find(html, str_z(gone[i])) != STR_NONE)
			fail_msg("%s is in %.*s", gone[i], STR_ARG(html));
}

/* Deep and long markup: done in a moment, and the document is within its bounds. */
static void
hostile_markup_is_linear(void **state)
{
	static const char *const pieces[] = {"<blockquote>", "<b><p>x", "<ul><li>", "<ol><li>x<p>y",
		"<table><tr><td>x<td>", "<a href=/x>y", "<figure>", "<figure><img src=x>", "<br>x",
		"<q>", "<pre>x", "<hr>x", "<h2>x", "<i>x<p>", "<li>x<br>", "<span hidden>"};
	for (size_t i = 0; i < COUNT_OF(pieces); i++) {
		struct buf html = {0};
		while (html.n < 200 * 1000)
			buf_add(&html, str_z(pieces[i]));
		struct doc d = html_doc_of_markup(*state, buf_str(&html), STR(BASE));
		struct buf blob = {0};
		doc_pack_spans(&d, &blob);
		assert_true(doc_unpack_spans(*state, bytes_of(blob.p, blob.n), &d));
		buf_clear(&blob);
		buf_clear(&html);
		arena_reset(*state);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(makes_documents),
		TEST(documents_keep_their_promises),
		TEST(asks_the_filter),
		TEST(pictures_are_kept_on_request),
		TEST(hidden_root_is_taken),
		TEST(cleans_html),
		TEST(hostile_markup_is_linear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
