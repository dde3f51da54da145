#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "text/html_tree.h"

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

/* The tree in one line: p(words b(more)), text as it is. */
static const char *
show(struct arena *a, const struct html_node *root)
{
	static const char *const spaces[] = {"", "svg:", "math:"};
	struct buf out = {0};
	const struct html_node *node = root;
	while (node) {
		if (node->kind == HTML_TEXT)
			buf_add(&out, node->text);
		else if (node->kind == HTML_ELEMENT)
			buf_fmt(
			    &out, "%s%.*s(", spaces[node->space], STR_ARG(node->name));
		const struct html_node *next = html_next_node(node, root);
		for (; node && node != (next ? next->parent : NULL); node = node->parent)
			if (node->kind == HTML_ELEMENT)
				buf_char(&out, ')');
		node = next;
	}
	const char *shown = arena_z(a, buf_str(&out));
	buf_clear(&out);
	return shown;
}

/* Own name spaces are told by "svg:" and "math:". */
static const struct {
	const char *html, *tree;
} fragments[] = {
	{"", ""},
	{"just text", "just text"},
	{"<p>a<b>c</b></p>d", "p(ab(c))d"},
	/* optional end tags */
	{"<p>a<p>b<div>c</div>d", "p(a)p(b)div(c)d"},
	{"<p><span>a<section>b", "p(span(a))section(b)"},
	{"<p><button>a<p>b</button>c<p>d", "p(button(ap(b))c)p(d)"},
	{"<ul><li>a<li>b<ul><li>c</ul>d<li>e</ul>f", "ul(li(a)li(bul(li(c))d)li(e))f"},
	{"<li><div>a<li>b", "li(div(a))li(b)"},
	{"<li><section>a<li>b", "li(section(ali(b)))"},
	{"<dl><dt>a<dd>b<dt>c</dl>", "dl(dt(a)dd(b)dt(c))"},
	{"<h2>a<h3>b</h2>c", "h2(a)h3(b)c"},
	{"<h2><span>a<h3>b</h2>c", "h2(span(ah3(b)c))"},
	{"<h4><div>a</h1>b", "h4(div(a))b"},
	{"<li><p>a<li>b", "li(p(a))li(b)"},
	{"<li><span>a<li>b", "li(span(a))li(b)"},
	{"<ruby>a<rt>b<rp>c<rtc>d<rt>e</ruby>", "ruby(art(b)rp(c)rtc(drt(e)))"},
	{"<ruby>漢<rt>かん<rt>x</ruby>", "ruby(漢rt(かん)rt(x))"},
	{"<rt>a<rt>b", "rt(art(b))"},
	/* controls */
	{"<select><option>a<option>b</select>", "select(option(a)option(b))"},
	{"<select><optgroup><option>a<optgroup><option>b</select>",
	    "select(optgroup(option(a))optgroup(option(b)))"},
	{"<select><div><option>a</div><hr>b</select>c", "select(div(option(a))hr()b)c"},
	{"<select>a<select>b", "select(a)b"},
	{"<select>a<input>b", "select(a)input()b"},
	{"<select><tr><p>a</select>b", "select(p(a))b"},
	{"<b><select></b>a</select>c", "b(select(a)c)"},
	{"<option>a<option>b<p>c<option>d", "option(a)option(bp(coption(d)))"},
	{"<button>a<button>b", "button(a)button(b)"},
	{"<form>a<form>b</form>c<form>d", "form(ab)cform(d)"},
	{"<form><div>a</form>b</div>c", "form(div(ab))c"},
	{"<div><form></div></form><form>a", "div(form())form(a)"},
	/* void elements, and self-closing ones that are none */
	{"a<br>b<br/>c</br>d<hr>", "abr()bbr()cbr()dhr()"},
	{"<div/>a", "div(a)"},
	{"<image src=x>", "img()"},
	{"<embed>a<wbr>b<source>c", "embed()awbr()bsource()c"},
	/* end tags without an element, and in the wrong order */
	{"a</b></div>c", "ac"},
	{"a</p>b", "ap()b"},
	{"<div>a</p>b</div>", "div(ap()b)"},
	{"<div><span></div>a", "div(span())a"},
	{"<span><div></span>a", "span(div(a))"},
	{"<x-a><x-b>a</x-a>b", "x-a(x-b(a))b"},
	{"<x-a><div></x-a>b", "x-a(div(b))"},
	{"<noscript><div>a</noscript>b", "noscript(div(a))b"},
	/* formatting: reconstructed, adopted */
	{"<b><i>a</b>b</i>", "b(i(a))i(b)"},
	{"<p><b>a</p>b", "p(b(a))b(b)"},
	{"<p><b><i>a</p><p>b", "p(b(i(a)))p(b(i(b)))"},
	{"<b>a<p>b</b>c", "b(a)p(b(b)c)"},
	{"<b>a<div>b<p>c</b>d", "b(a)div(b(b)p(b(c)d))"},
	{"<b><i><u><s><p>a</b>b", "b(i(u(s())))i(u(s(p(b(a)b))))"},
	{"<em><b><i><u><s><p>a</em>b", "em(b(i(u(s()))))i(u(s(p(em(a)b))))"},
	{"<b><b><b><b><p>a</b></b>c", "b(b(b(b())p(b(b(a))c)))"},
	{"<p><b><b><b><b>a<p>b", "p(b(b(b(b(a)))))p(b(b(b(b))))"},
	{"<p><font x=1><font x=2><font x=1><font x=1>a<p>b",
	    "p(font(font(font(font(a)))))p(font(font(font(font(b)))))"},
	{"<nobr>a<nobr>b", "nobr(a)nobr(b)"},
	{"<b>a<object>b</b>c<p><b>d</object>e", "b(aobject(bcp(b(d)))e)"},
	{"<b><marquee><p>a</marquee>b</b>c", "b(marquee(p(a))b)c"},
	/* a link ends at the next one, also over a block */
	{"<a>a<a>b", "a(a)a(b)"},
	{"<a><div>a</a>b</div>c", "a()div(a(a)b)c"},
	{"<a><div>a</div>b</a>c", "a(div(a)b)c"},
	{"<a>a<div>b<a>c", "a(a)div(a(b)a(c))"},
	{"<a><table><td><a>b</table>c", "a(table(tbody(tr(td(a(b)))))c)"},
	/* tables */
	{"<table><tr><td>a<td>b<tr><th>c</table>d",
	    "table(tbody(tr(td(a)td(b))tr(th(c))))d"},
	{"<table><td>a</table>", "table(tbody(tr(td(a))))"},
	{"<table><caption>a<col><thead><tr><td>b<tbody><tr><td>c</table>",
	    "table(caption(a)colgroup(col())thead(tr(td(b)))tbody(tr(td(c))))"},
	{"<table><caption><b>a</table>b", "table(caption(b(a)))b"},
	{"<table><colgroup> <col>a<td>b", "atable(colgroup( col())tbody(tr(td(b))))"},
	{"<table>a<b>b</b><tr><td>c</table>", "ab(b)table(tbody(tr(td(c))))"},
	{"<table><b>a<tr>b<td>c</table>d", "b(a)b(b)table(tbody(tr(td(c))))b(d)"},
	{"<table><tr><a>a</a><td>b", "a(a)table(tbody(tr(td(b))))"},
	{"<table> <tr> <td>c</table>", "table( tbody(tr( td(c))))"},
	{"<table> a <tr>", " a table(tbody(tr()))"},
	{"<table><tr><td><table><tr><td>a</table>b</table>",
	    "table(tbody(tr(td(table(tbody(tr(td(a))))b))))"},
	{"<table><tr><table><tr><td>a", "table(tbody(tr()))table(tbody(tr(td(a))))"},
	{"<table><input type=HIDDEN><input><form><tr></form>",
	    "input()table(input()form()tbody(tr()))"},
	{"<table><script>a</script><style>b</style>", "table(script(a)style(b))"},
	{"<table></td></tr><tr></tbody><td>a", "table(tbody(tr())tbody(tr(td(a))))"},
	{"<table><tr><td></tbody>a", "atable(tbody(tr(td())))"},
	{"<tr><td>a</td></tr>", "a"},
	{"<table><tr><td><p>a</td>b", "btable(tbody(tr(td(p(a)))))"},
	{"<p>a<table><tr><td><p>b</table>c", "p(a)table(tbody(tr(td(p(b)))))c"},
	{"<table><tr><td></p>a", "table(tbody(tr(td(p()a))))"},
	/* templates hold what they begin with */
	{"<template><tr><td>a</template>b", "template(tr(td(a)))b"},
	{"<template><col><p></template>b", "template(col())b"},
	{"<template>a<td>b</template>", "template(atd(b))"},
	{"<template><caption>a</template>", "template(caption(a))"},
	{"<b><template><p>a</b>b</template>c", "b(template(p(ab))c)"},
	{"<table><template>a<tr></template><td>b", "table(template(atr())tbody(tr(td(b))))"},
	{"<div><template><div>a</div></div>b</template>c", "div(template(div(a)b)c)"},
	{"<template><template>a", "template(template(a))"},
	{"a</template>b", "ab"},
	/* SVG and MathML */
	{"<svg><path/><g>x</g></svg>y", "svg:svg(svg:path()svg:g(x))y"},
	{"<svg><![CDATA[a<b]]></svg>", "svg:svg(a<b)"},
	{"<svg><p>a</svg>b", "svg:svg()p(ab)"},
	{"<svg><span>a", "svg:svg()span(a)"},
	{"<svg><font>a<font color=x>b", "svg:svg(svg:font(a))font(b)"},
	{"<svg></p>a", "svg:svg()p()a"},
	{"<svg><FOREIGNobject><p>a</p></foreignObject></svg>b",
	    "svg:svg(svg:foreignObject(p(a)))b"},
	{"<svg><foreignObject><div>a</svg>b", "svg:svg(svg:foreignObject(div(ab)))"},
	{"<svg><title><b>a</b></title></svg>b", "svg:svg(svg:title(b(a)))b"},
	{"<svg><lineargradient><G></lineargradient>a",
	    "svg:svg(svg:linearGradient(svg:g())a)"},
	{"<svg><script>a</script>b", "svg:svg(svg:script(a)b)"},
	{"<div><svg><g></div>a", "div(svg:svg(svg:g()))a"},
	{"<math><mi>a<b>b</b></mi><mo><mglyph></mo>",
	    "math:math(math:mi(ab(b))math:mo(math:mglyph()))"},
	{"<math><annotation-xml><svg>a", "math:math(math:annotation-xml(svg:svg(a)))"},
	{"<math><annotation-xml encoding=Text/HTML><p>a",
	    "math:math(math:annotation-xml(p(a)))"},
	{"<math><annotation-xml encoding=x><p>a", "math:math(math:annotation-xml())p(a)"},
	{"<table><svg><g>a</table>b", "svg:svg(svg:g(a))table()b"},
	/* what is no text stays by itself */
	{"<script>a<b></script>c", "script(a<b>)c"},
	{"<textarea>\n\na<b></textarea>c", "textarea(\na<b>)c"},
	{"<pre>\na</pre>", "pre(a)"},
	{"<pre><!-- x -->\na</pre>", "pre(\na)"},
	{"<p><xmp><p>a</xmp>b", "p()xmp(<p>a)b"},
	{"<iframe><p>a</iframe>b<noembed><p></noembed>", "iframe(<p>a)bnoembed(<p>)"},
	{"<plaintext>a</plaintext>", "plaintext(a</plaintext>)"},
	{"<title>a<b>", "title(a<b>)"},
	/* what has no place */
	{"<!-- a -->b<!DOCTYPE c>d", "bd"},
	{"<body><html>a</body>b", "ab"},
	{"<head><frame><frameset><col><caption>a", "a"},
};

static const struct {
	const char *html, *tree;
} pages[] = {
	{"", "html(head()body())"},
	{"a", "html(head()body(a))"},
	{" \n a", "html(head()body(a))"},
	{"<!doctype html><title>a</title><p>b", "html(head(title(a))body(p(b)))"},
	{"<html lang=id><head><meta><link></head><body class=x>a</body></html>b",
	    "html(head(meta()link())body(ab))"},
	{" <meta> a <meta>", "html(head(meta() )body(a meta()))"},
	{"</p></br>a", "html(head()body(br()a))"},
	{"<head><noscript><link></noscript><style>x</style></head>a",
	    "html(head(noscript(link())style(x))body(a))"},
	{"<head><noscript><img></noscript><p>a", "html(head(noscript())body(img()p(a)))"},
	{"<head></head> <link>\n<title>a</title>b",
	    "html(head(link()title(a)) \nbody(b))"},
	{"<head></head><template>a</template><body>b", "html(head(template(a))body(b))"},
	{"<template><div>a</div></template>b", "html(head(template(div(a)))body(b))"},
	{"<template><p>a", "html(head(template(p(a)))body())"},
	{"<script>a", "html(head(script(a))body())"},
	{"<p>a</body> </html> <p>b", "html(head()body(p(a  )p(b)))"},
	/* framesets */
	{"<frameset><frame></frameset>a <noframes>b", "html(head()frameset(frame()) noframes(b))"},
	{"<frameset> a <frameset><frame><p></frameset></frameset></html>",
	    "html(head()frameset(  frameset(frame())))"},
	{"<p><frameset>a", "html(head()frameset())"},
	{"a<frameset>b", "html(head()body(ab))"},
	{"<br><frameset>b", "html(head()body(br()b))"},
	/* a paragraph holds a table where there is no doctype, or an old one */
	{"<p>a<table>", "html(head()body(p(atable())))"},
	{"<!doctype html><p>a<table>", "html(head()body(p(a)table()))"},
	{"<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 3.2 Final//EN'><p><table>",
	    "html(head()body(p(table())))"},
	{"<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01 Transitional//EN'><p><table>",
	    "html(head()body(p(table())))"},
	{"<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01 Transitional//EN' 'x'><p><table>",
	    "html(head()body(p()table()))"},
};

/* A fragment by the element that it shall stand in. */
static const struct {
	const char *context, *html, *tree;
} contexts[] = {
	{"tr", "<td>a<td>b</tr>c", "td(a)td(bc)"},
	{"table", "a<td>b", "atbody(tr(td(b)))"},
	{"tbody", "<td>a</table><tr>", "tr(td(a))tr()"},
	{"td", "a</td><td>b", "ab"},
	{"caption", "a<td>b</caption>", "ab"},
	{"colgroup", "a<col>b", "col()"},
	{"template", "<td>a</td>b", "td(a)b"},
	{"select", "a<select>b<input><option>c", "aboption(c)"},
	{"title", "<b>&amp;", "<b>&"},
	{"script", "<b>&amp;</script>", "<b>&amp;</script>"},
	{"frameset", "a<frame>", "frame()"},
	{"head", "<p>a", "p(a)"},
	{"html", "<p>a", "head()body(p(a))"},
	{"form", "<form>a", "a"},
};

static void
builds_fragments(void **state)
{
	for (size_t i = 0; i < COUNT_OF(fragments); i++) {
		struct str html = str_z(fragments[i].html);
		const char *tree = show(*state, html_parse(*state, html, HTML_FRAGMENT));
		if (strcmp(tree, fragments[i].tree))
			fail_msg(
			    "%s\n gave %s\n not  %s", html.p, tree, fragments[i].tree);
	}
}

static void
builds_pages(void **state)
{
	for (size_t i = 0; i < COUNT_OF(pages); i++) {
		struct str html = str_z(pages[i].html);
		const char *tree = show(*state, html_parse(*state, html, HTML_PAGE));
		if (strcmp(tree, pages[i].tree))
			fail_msg("%s\n gave %s\n not  %s", html.p, tree, pages[i].tree);
	}
}

static void
builds_in_contexts(void **state)
{
	for (size_t i = 0; i < COUNT_OF(contexts); i++) {
		struct html_node context = {.kind = HTML_ELEMENT};
		context.name = str_z(contexts[i].context);
		context.tag = (uint16_t)html_tag_of(context.name);
		struct html_parse_options options = {.context = &context};
		const char *tree = show(
		    *state, html_parse_with(*state, str_z(contexts[i].html), &options));
		if (strcmp(tree, contexts[i].tree))
			fail_msg("%s in %s\n gave %s\n not  %s", contexts[i].html,
			    contexts[i].context, tree, contexts[i].tree);
	}
}

/* Comments where they stand, and the doctype, when they are asked for. */
static void
keeps_comments(void **state)
{
	struct html_parse_options options = {.comments = true};
	struct html_node *document = html_parse_with(*state,
	    STR("<!--a--><!doctype html public "
		"'b'><p>x<!--c-->y</p></body><!--d--></html><!--e-->"),
	    &options);
	struct html_node *html = html_find(document, HTML_TAG_HTML);
	struct html_node *p = html_find(document, HTML_TAG_P);
	assert_int_equal(document->first_child->kind, HTML_COMMENT);
	struct html_node *doctype = document->first_child->next;
	assert_int_equal(doctype->kind, HTML_DOCTYPE);
	assert_true(str_eq(html_attr(doctype, "public"), STR("b")));
	assert_ptr_equal(doctype->next, html);
	assert_int_equal(p->first_child->next->kind, HTML_COMMENT);
	assert_true(str_eq(p->last_child->text, STR("y")));
	assert_true(str_eq(html->last_child->text, STR("d")));
	assert_true(str_eq(document->last_child->text, STR("e")));
	/* without them text meets text, and is one node */
	p = html_find(
	    html_parse(*state, STR("<p>x<!--c-->y</q>z"), HTML_PAGE), HTML_TAG_P);
	assert_ptr_equal(p->first_child, p->last_child);
	assert_true(str_eq(p->first_child->text, STR("xyz")));
}

/* SVG's own spelling; the first of two attributes; <body> twice. */
static void
mends_attributes(void **state)
{
	struct html_node *root = html_parse(*state,
	    STR("<svg VIEWBOX='0 0' xlink:href=a A=1 a=2><math definitionurl=x>"),
	    HTML_FRAGMENT);
	struct html_node *svg = html_find(root, HTML_TAG_SVG);
	assert_true(str_eq(html_attr(svg, "viewBox"), STR("0 0")));
	assert_true(str_eq(html_attr(svg, "xlink:href"), STR("a")));
	assert_true(str_eq(html_attr(svg, "a"), STR("1")));
	root = html_parse(*state, STR("<math definitionurl=x>"), HTML_FRAGMENT);
	assert_true(html_has_attr(root->first_child, "definitionURL"));
	root = html_parse(*state, STR("<body a=1><p><body a=2 b=3>"), HTML_PAGE);
	struct html_node *body = html_find(root, HTML_TAG_BODY);
	assert_true(str_eq(html_attr(body, "a"), STR("1")));
	assert_true(str_eq(html_attr(body, "b"), STR("3")));
}

static void
keeps_attributes(void **state)
{
	struct html_node *document = html_parse(*state,
	    STR("<html lang=id><body class='Story  lead'><a href='x&amp;y' hidden>z</a>"),
	    HTML_PAGE);
	struct html_node *a = html_find(document, HTML_TAG_A);
	assert_true(str_eq(html_attr(a, "href"), STR("x&y")));
	assert_true(html_has_attr(a, "hidden"));
	assert_false(html_has_attr(a, "title"));
	assert_int_equal(html_attr(a, "title").n, 0);
	assert_true(str_eq(html_attr(html_closest(a, HTML_TAG_HTML), "lang"), STR("id")));
	assert_true(html_has_class(a->parent, "story"));
	assert_true(html_has_class(a->parent, "lead"));
	assert_false(html_has_class(a->parent, "stor"));
	assert_null(html_closest(a, HTML_TAG_TABLE));
}

static void
walks_and_removes(void **state)
{
	struct html_node *root =
	    html_parse(*state, STR("<div><p>a</p><p>b</p></div><p>c</p>"), HTML_FRAGMENT);
	struct html_node *div = html_find(root, HTML_TAG_DIV);
	struct html_node *one = html_find(div, HTML_TAG_P);
	struct html_node *two = html_find_next(one, div, HTML_TAG_P);
	assert_ptr_equal(html_next_after(one, div), two);
	assert_null(html_find_next(two, div, HTML_TAG_P));
	assert_non_null(html_find_next(two, root, HTML_TAG_P));
	assert_null(html_next_after(div, div));
	html_remove(one);
	assert_string_equal(show(*state, root), "div(p(b))p(c)");
	html_insert_before(two, one);
	html_remove(two);
	assert_string_equal(show(*state, root), "div(p(a))p(c)");
	html_append(root, two);
	assert_string_equal(show(*state, root), "div(p(a))p(c)p(b)");
}

static void
reaches_json_of_scripts(void **state)
{
	struct html_node *root = html_parse(*state,
	    STR("<script type='application/ld+json'>{\"a\": \"<b>&amp;\"}</script>"),
	    HTML_PAGE);
	struct html_node *script = html_find(root, HTML_TAG_SCRIPT);
	assert_true(str_eq(html_raw_text(*state, script), STR("{\"a\": \"<b>&amp;\"}")));
	root = html_parse(*state, STR("<p>a<b>b</b>c"), HTML_FRAGMENT);
	assert_true(str_eq(html_raw_text(*state, root), STR("abc")));
}

static size_t
depth_of(const struct html_node *root)
{
	size_t deepest = 0;
	for (const struct html_node *n = root; n; n = html_next_node(n, root)) {
		size_t depth = 0;
		for (const struct html_node *up = n; up != root; up = up->parent)
			depth++;
		if (depth > deepest)
			deepest = depth;
	}
	return deepest;
}

static struct str
repeat(struct arena *a, const char *piece, size_t n)
{
	struct buf out = {0};
	for (size_t i = 0; i < n; i++)
		buf_add(&out, str_z(piece));
	struct str all = arena_str(a, buf_str(&out));
	buf_clear(&out);
	return all;
}

static void
depth_is_limited(void **state)
{
	static const struct {
		size_t divs, depth;
	} rows[] = {
		{HTML_MAX_DEPTH - 2, HTML_MAX_DEPTH - 2},
		{HTML_MAX_DEPTH - 1, HTML_MAX_DEPTH - 1},
		{HTML_MAX_DEPTH, HTML_MAX_DEPTH},
		{HTML_MAX_DEPTH + 1, HTML_MAX_DEPTH},
		{HTML_MAX_DEPTH * 20, HTML_MAX_DEPTH},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str html = repeat(*state, "<div>", rows[i].divs);
		assert_int_equal(
		    depth_of(html_parse(*state, html, HTML_FRAGMENT)), rows[i].depth);
	}
	/* beyond the limit the end tags still pair, and script is still no text */
	struct arena *a = *state;
	struct str html =
	    arena_cat(a, repeat(a, "<div>", 600), STR("<script>x</script>"));
	html = arena_cat(a, html, repeat(a, "</div>", 600));
	html = arena_cat(a, html, STR("<p>after"));
	struct html_node *root = html_parse(a, html, HTML_FRAGMENT);
	assert_true(html_is(root->last_child, HTML_TAG_P));
	struct html_node *script = html_find(root, HTML_TAG_SCRIPT);
	assert_true(str_eq(html_raw_text(a, script), STR("x")));
}

static void
nodes_are_limited(void **state)
{
	struct str html = repeat(*state, "<b>x", HTML_MAX_NODES / 2 + 1000);
	struct html_node *root = html_parse(*state, html, HTML_FRAGMENT);
	size_t n = 0;
	for (const struct html_node *node = root; node; node = html_next_node(node, root))
		n++;
	assert_in_range(n, HTML_MAX_NODES - 2, HTML_MAX_NODES + 2);
}

/* Beyond each limit every x is still there. */
static void
limits_lose_no_text(void **state)
{
	static const char *const pieces[] = {"<div>x", "<b>x", "<a>x", "<p><b><i>x",
	    "<b><div>x</b>", "<table>x", "<table><td>x", "<li>x", "<p>x</p>", "<svg><g>x",
	    "<math><mi>x", "<select>x", "<template>x", "<object>x", "<title>x</title>",
	    "<i><u><s><p>x</i>", "<font size=1><p>x", "<svg><title>x</title>",
	    "<caption>x", "<table><caption>x", "<nobr>x"};
	static const size_t counts[] = {HTML_MAX_DEPTH + 100, HTML_MAX_NODES / 4 + 1000};
	struct arena *a = *state;
	for (size_t i = 0; i < COUNT_OF(pieces); i++)
		for (size_t j = 0; j < COUNT_OF(counts); j++) {
			struct str html = repeat(a, pieces[i], counts[j]);
			struct str text =
			    html_raw_text(a, html_parse(a, html, HTML_FRAGMENT));
			if (text.n != counts[j])
				fail_msg("%s: %zu of %zu", pieces[i], text.n, counts[j]);
			arena_reset(a);
		}
}

/* What is quadratic in other parsers; here it ends at once, or the test run does not. */
static void
nesting_is_linear(void **state)
{
	static const char *const pieces[] = {"<div>", "<b>", "<a>", "<table>",
	    "<table><td>", "</b>", "<p></b>", "<b><div></b>", "<i><p></i>", "<li>",
	    "<dd><x-y></x-z>", "<svg>", "<h1>", "<table><b>", "<a><div></a>", "<button>",
	    "<select><option>", "</x>", "<tr>", "<font>x<p>", "</p>", "<table><a>",
	    "<template>", "<svg><desc>", "<math><mi>", "<a><p>", "<object>",
	    "<p><b><i></p>", "<b><p>", "<nobr>", "<form></form>", "</br>",
	    "<title></title>", "<b><i><u><s><p></b>x", "<x a=1 b=2 c=3 d=4>", "<body a>",
	    "<table>x", "<g>", "<ruby><rt>"};
	struct arena *a = *state;
	for (size_t i = 0; i < COUNT_OF(pieces); i++) {
		struct str html = repeat(a, pieces[i], 300 * 1000 / strlen(pieces[i]));
		assert_non_null(html_parse(a, html, HTML_FRAGMENT));
		/* and behind a deep stack with a barrier at its foot */
		struct str deep =
		    arena_cat(a, STR("<x-q><b><div>"), repeat(a, "<span>", 450));
		assert_non_null(html_parse(a, arena_cat(a, deep, html), HTML_PAGE));
		arena_reset(a);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(builds_fragments),
		TEST(builds_pages),
		TEST(builds_in_contexts),
		TEST(keeps_comments),
		TEST(mends_attributes),
		TEST(keeps_attributes),
		TEST(walks_and_removes),
		TEST(reaches_json_of_scripts),
		TEST(depth_is_limited),
		TEST(nodes_are_limited),
		TEST(limits_lose_no_text),
		TEST(nesting_is_linear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
