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
	struct buf out = {0};
	const struct html_node *node = root;
	while (node) {
		if (node->kind == HTML_TEXT)
			buf_add(&out, node->text);
		else if (node->kind == HTML_ELEMENT)
			buf_fmt(&out, "%.*s(", STR_ARG(node->name));
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

static const struct {
	const char *html, *tree;
} fragments[] = {
	{"", ""},
	{"just text", "just text"},
	{"<p>a<b>c</b></p>d", "p(ab(c))d"},
	/* optional end tags */
	{"<p>a<p>b<div>c</div>d", "p(a)p(b)div(c)d"},
	{"<ul><li>a<li>b<ul><li>c</ul>d<li>e</ul>f", "ul(li(a)li(bul(li(c))d)li(e))f"},
	{"<dl><dt>a<dd>b<dt>c</dl>", "dl(dt(a)dd(b)dt(c))"},
	{"<h2>a<h3>b</h2>c", "h2(a)h3(b)c"},
	{"<li><p>a<li>b", "li(p(a))li(b)"},
	{"<li><span>a<li>b", "li(span(a))li(b)"},
	{"<select><option>a<option>b</select>", "select(option(a)option(b))"},
	{"<ruby>漢<rt>かん<rt>x</ruby>", "ruby(漢rt(かん)rt(x))"},
	/* void elements, and self-closing ones that are none */
	{"a<br>b<br/>c</br>d<hr>", "abr()bbr()cbr()dhr()"},
	{"<div/>a", "div(a)"},
	{"<image src=x>", "img()"},
	{"<svg><path/><g>x</g></svg>y", "svg(path()g(x))y"},
	{"<svg><![CDATA[a<b]]></svg>", "svg(a<b)"},
	{"<svg><p>a</svg>b", "svg()p(ab)"},
	{"<svg><foreignObject><p>a</p></foreignObject></svg>b", "svg(foreignobject(p(a)))b"},
	{"<svg><title><b>a</b></title></svg>b", "svg(title(b(a)))b"},
	/* end tags without an element, and in the wrong order */
	{"a</b></div>c", "ac"},
	{"<div>a</p>b</div>", "div(ab)"},
	{"<b><i>a</b>b</i>", "b(i(a))b"},
	{"<p><b>a</p>b", "p(b(a))b"},
	{"<div><span></div>a", "div(span())a"},
	{"<x-a><x-b>a</x-a>b", "x-a(x-b(a))b"},
	{"<x-a><div></x-a>b", "x-a(div(b))"},
	/* a link ends at the next one, also over a block */
	{"<a>a<a>b", "a(a)a(b)"},
	{"<a><div>a</a>b</div>c", "a(div(ab))c"},
	{"<a><div>a</div>b</a>c", "a(div(a)b)c"},
	/* tables */
	{"<table><tr><td>a<td>b<tr><th>c</table>d",
	    "table(tbody(tr(td(a)td(b))tr(th(c))))d"},
	{"<table><td>a</table>", "table(tbody(tr(td(a))))"},
	{"<table><caption>a<col><thead><tr><td>b<tbody><tr><td>c</table>",
	    "table(caption(a)colgroup(col())thead(tr(td(b)))tbody(tr(td(c))))"},
	{"<table>a<b>b</b><tr><td>c</table>", "ab(b)table(tbody(tr(td(c))))"},
	{"<table> <tr> <td>c</table>", "table( tbody(tr( td(c))))"},
	{"<table><tr><td><table><tr><td>a</table>b</table>",
	    "table(tbody(tr(td(table(tbody(tr(td(a))))b))))"},
	{"<table><tr><table><tr><td>a", "table(tbody(tr()))table(tbody(tr(td(a))))"},
	{"<tr><td>a</td></tr>", "a"},
	{"<table><tr><td><p>a</td>b", "btable(tbody(tr(td(p(a)))))"},
	{"<p>a<table><tr><td><p>b</table>c", "p(a)table(tbody(tr(td(p(b)))))c"},
	/* what is no text stays by itself */
	{"<script>a<b></script>c", "script(a<b>)c"},
	{"<textarea>\n\na<b></textarea>c", "textarea(\na<b>)c"},
	{"<pre>\na</pre>", "pre(a)"},
	{"<!-- a -->b<!DOCTYPE c>d", "bd"},
	{"<body><html>a</body>b", "ab"},
};

static const struct {
	const char *html, *tree;
} pages[] = {
	{"", "html(head()body())"},
	{"a", "html(head()body(a))"},
	{"<!doctype html><title>a</title><p>b", "html(head(title(a))body(p(b)))"},
	{"<html lang=id><head><meta><link></head><body class=x>a</body></html>b",
	    "html(head(meta()link())body(ab))"},
	{" <meta> a <meta>", "html(head( meta())body( a meta()))"},
	{"<head><noscript><link></noscript><style>x</style></head>a",
	    "html(head(noscript(link())style(x))body(a))"},
	{"<head><noscript><img></noscript><p>a", "html(head(noscript())body(img()p(a)))"},
	{"<template><div>a</div></template>b", "html(head(template(div(a)))body(b))"},
	{"<frameset><frame></frameset>a", "html(head()body(a))"},
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
	struct html_node *root = html_parse(*state,
	    STR("<div><p>a</p><p>b</p></div><p>c</p>"), HTML_FRAGMENT);
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

/* What is quadratic in other parsers; here it ends at once, or the test run does not. */
static void
nesting_is_linear(void **state)
{
	static const char *const pieces[] = {"<div>", "<b>", "<a>", "<table>", "<table><td>", "</b>",
		"<p></b>", "<b><div></b>", "<i><p></i>", "<li>", "<dd><x-y></x-z>", "<svg>", "<h1>",
		"<table><b>", "<a><div></a>", "<button>", "<select><option>", "</x>", "<tr>", "<font>x<p>"};
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
		TEST(keeps_attributes),
		TEST(walks_and_removes),
		TEST(reaches_json_of_scripts),
		TEST(depth_is_limited),
		TEST(nodes_are_limited),
		TEST(nesting_is_linear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
