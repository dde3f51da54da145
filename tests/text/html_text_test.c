#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "text/html_text.h"
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

static const struct {
	const char *markup, *line;
} lines[] = {
	{"", ""},
	{"Ferry sails", "Ferry sails"},
	{"  Ferry \n\t sails \f now ", "Ferry sails now"},
	{"Ferry <b>sails</b>, <i>again</i>", "Ferry sails, again"},
	{"Caf&eacute; &amp; bar &#8211; open", "Café & bar – open"},
	{"AT&T, 3 < 4 &unknown;", "AT&T, 3 < 4 &unknown;"},
	{"<p>One</p><p>two<br>three</p>four", "One two three four"},
	{"<li>a<li>b", "a b"},
	{"<td>a</td><td>b</td>", "a b"},
	{"a<script>alert(1)</script>b<style>p{}</style>c", "abc"},
	{"a<!-- not this -->b", "ab"},
	{"How to use <template> well", "How to use well"},
	{"a<script>never closed", "a"},
	{"x&#27;[31m&#x9b;&#x81;y&#x202e;z&#0;", "x[31m›yz\xEF\xBF\xBD"},
	{"<b>a&#10;b</b>", "a b"},
	{"<title>a &lt;b&gt;</title>", "a <b>"},
};

static void
makes_a_line(void **state)
{
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		struct str got = html_to_line(*state, str_z(lines[i].markup));
		if (!str_eq(got, str_z(lines[i].line)))
			fail_msg("%s\n gave '%.*s'", lines[i].markup, STR_ARG(got));
	}
}

static const struct {
	const char *html, *line;
} subtrees[] = {
	{"<div>a<p>b</p>c</div>d", "a b c d"},
	{"<div><div>a</div></div>b", "a b"},
	{"<p>a<select><option>no</select>b<span hidden>no</span>c", "abc"},
	{"<p>a<span style='color: red; DISPLAY : None'>no</span>b", "ab"},
	{"<p>a<span style='display: block'>yes</span>b", "ayesb"},
	{"<p>a<template>no</template><svg><text>no</text></svg>b<dialog>no</dialog>", "ab"},
	{"<p>a<math><mi>x</mi><annotation>no</annotation></math>", "ax"},
};

static void
makes_a_line_of_a_subtree(void **state)
{
	for (size_t i = 0; i < COUNT_OF(subtrees); i++) {
		struct html_node *root =
		    html_parse(*state, str_z(subtrees[i].html), HTML_FRAGMENT);
		struct str got = html_node_line(*state, root);
		if (!str_eq(got, str_z(subtrees[i].line)))
			fail_msg("%s\n gave '%.*s'", subtrees[i].html, STR_ARG(got));
	}
	struct html_node *page =
	    html_parse(*state, STR("<title> A &amp;\nB</title>"), HTML_PAGE);
	struct str title = html_node_line(*state, html_find(page, HTML_TAG_TITLE));
	assert_true(str_eq(title, STR("A & B")));
	assert_int_equal(html_node_line(*state, page).n, 0);
}

static const struct {
	const char *text;
	bool markup;
} texts[] = {
	{"", false},
	{"plain", false},
	{"a < b > c", false},
	{"I <3 you", false},
	{"AT&T and R&D", false},
	{"Q&amp without its semicolon", false},
	{"<jane@example.org>", false},
	{"<Unknown>", false},
	{"5<b", false},
	{"<bold>", false},
	{"<p>", true},
	{"a<br/>b", true},
	{"end</EM>", true},
	{"<a href=x>y", true},
	{"<!-- c -->", true},
	{"Caf&eacute;", true},
	{"dash &#8212;", true},
	{"dash &#x2014;", true},
	{"&nosuch;", false},
	{"& &;", false},
	{"<h2\n>", true},
};

static void
knows_markup(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		if (html_has_markup(str_z(texts[i].text)) != texts[i].markup)
			fail_msg("%s", texts[i].text);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(makes_a_line),
		TEST(makes_a_line_of_a_subtree),
		TEST(knows_markup),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
