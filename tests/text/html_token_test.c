/*
 * The team's cases for the tokenizer are run by html5lib_tokenizer; here are the limits,
 * what is borrowed, and a few cases of our own for each kind of token.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "text/html_token.h"

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

static void
add_start(struct buf *out, const struct html_token *t)
{
	buf_fmt(out, "<%.*s", STR_ARG(t->name));
	for (size_t i = 0; i < t->n_attributes; i++)
		buf_fmt(out, " %.*s='%.*s'", STR_ARG(t->attributes[i].name),
		    STR_ARG(t->attributes[i].value));
	buf_fmt(out, t->self_closing ? "/>" : ">");
}

static void
add_token(struct buf *out, const struct html_token *t)
{
	if (t->kind == HTML_TOKEN_START)
		add_start(out, t);
	else if (t->kind == HTML_TOKEN_CLOSE)
		buf_fmt(out, "</%.*s>", STR_ARG(t->name));
	else if (t->kind == HTML_TOKEN_COMMENT)
		buf_fmt(out, "(%.*s)", STR_ARG(t->text));
	else if (t->kind == HTML_TOKEN_DOCTYPE)
		buf_fmt(out, "{%.*s|%.*s|%.*s%s}", STR_ARG(t->name),
		    STR_ARG(t->public_id), STR_ARG(t->system_id),
		    t->force_quirks ? "|quirks" : "");
	else
		buf_fmt(out, "[%.*s]", STR_ARG(t->text));
}

static void
show(struct arena *a, struct str html, struct buf *out)
{
	struct html_tokenizer t;
	struct html_token token;
	html_tokenizer_init(&t, a, html);
	while (html_next(&t, &token)) {
		if (token.kind == HTML_TOKEN_START)
			t.model = html_model_of(token.tag);
		add_token(out, &token);
	}
}

static const struct {
	const char *html, *tokens;
} rows[] = {
	{"", ""},
	{"Rain &amp; wind", "[Rain & wind]"},
	{"a\r\nb\rc", "[a\nb\nc]"},
	{"3 < 4 & 5 <6", "[3 < 4 & 5 <6]"},
	{"a</>b<", "[ab<]"},
	{"<P CLASS=Lead ID='x' hidden data-N=\"&lt;\">", "<p class='Lead' id='x' hidden='' data-n='<'>"},
	{"<a href=/s?a=1&copy=2&amp;b=3>", "<a href='/s?a=1&copy=2&b=3'>"},
	{"<br/><img src=a.jpg/>", "<br/><img src='a.jpg/'>"},
	{"<b x=1 x=2 y>", "<b x='1' y=''>"},
	{"<i =a=b>", "<i =a='b'>"},
	{"</p class=x>", "</p>"},
	{"<p", ""},
	{"x<a href=\"never closed> y", "[x]"},
	{"</1>x</ p>", "(1)[x]( p)"},
	{"<!-- a --><!--b--!><!----><!-->", "( a )(b)()()"},
	{"<!--a--b-->c<!--d", "(a--b)[c](d)"},
	{"<!--e--", "(e)"},
	{"<?xml version='1.0'?>x", "(?xml version='1.0'?)[x]"},
	{"<![CDATA[x]]>", "([CDATA[x]])"},
	{"<!doctype HTML>", "{html||}"},
	{"<!DOCTYPE html PUBLIC \"-//A//B\" 'u'>", "{html|-//A//B|u}"},
	{"<!DOCTYPE html SYSTEM 'about:x' y>", "{html||about:x}"},
	{"<!DOCTYPE>x", "{|||quirks}[x]"},
	{"<title>a <b> &lt; </title >c", "<title>[a <b> < ]</title>[c]"},
	{"<style>a > b &lt; </styles></style>", "<style>[a > b &lt; </styles>]</style>"},
	{"<script>if (a</b/) '</scripty'</SCRIPT>x",
	    "<script>[if (a</b/) '</scripty']</script>[x]"},
	{"<script><!-- <script> </script> --></script>x",
	    "<script>[<!-- <script> </script> -->]</script>[x]"},
	{"<script><!-- </script>x", "<script>[<!-- ]</script>[x]"},
	{"<script><!--></script>x", "<script>[<!-->]</script>[x]"},
	{"<textarea></textarea>", "<textarea></textarea>"},
	{"<plaintext><b></plaintext>", "<plaintext>[<b></plaintext>]"},
	{"<xmp><b>&amp;</xmp>", "<xmp>[<b>&amp;]</xmp>"},
};

static void
makes_tokens(void **state)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf out = {0};
		show(*state, str_z(rows[i].html), &out);
		if (!str_eq(buf_str(&out), str_z(rows[i].tokens)))
			fail_msg("%s\n gave %s\n not  %s", rows[i].html, buf_z(&out),
			    rows[i].tokens);
		buf_clear(&out);
	}
}

/* Cut at each byte every input ends, without reading beyond it. */
static void
ends_anywhere(void **state)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct str whole = str_z(rows[i].html);
		for (size_t n = 0; n <= whole.n; n++) {
			struct buf out = {0};
			char *exact = memcpy(heap_alloc(n), whole.p, n);
			show(*state, str_of(exact, n), &out);
			free(exact);
			buf_clear(&out);
		}
	}
}

static struct html_token
first(struct arena *a, struct str html)
{
	struct html_tokenizer t;
	struct html_token token;
	html_tokenizer_init(&t, a, html);
	html_next(&t, &token);
	return token;
}

static void
borrows_what_is_the_same(void **state)
{
	struct str html = STR("plain text<p class=lead>");
	assert_ptr_equal(first(*state, html).text.p, html.p);
	html = STR("<p class=lead>");
	struct html_token p = first(*state, html);
	assert_ptr_equal(p.name.p, html.p + 1);
	assert_ptr_equal(p.attributes[0].value.p, html.p + 9);
	assert_int_equal(p.tag, HTML_TAG_P);
}

static void
attributes_are_limited(void **state)
{
	for (int more = 0; more <= 1; more++) {
		struct buf html = {0};
		buf_fmt(&html, "<p");
		for (int i = 0; i < HTML_MAX_ATTRIBUTES + more; i++)
			buf_fmt(&html, " a%d", i);
		buf_fmt(&html, ">");
		assert_int_equal(
		    first(*state, buf_str(&html)).n_attributes, HTML_MAX_ATTRIBUTES);
		buf_clear(&html);
	}
}

static struct str
repeated(struct arena *a, char c, size_t n)
{
	char *p = arena_alloc(a, n);
	memset(p, c, n);
	return str_of(p, n);
}

static void
names_and_values_are_limited(void **state)
{
	struct arena *a = *state;
	struct str fits = repeated(a, 'n', HTML_MAX_NAME_BYTES);
	struct str over = repeated(a, 'n', HTML_MAX_NAME_BYTES + 1);
	struct str tag = arena_cat(a, arena_cat(a, STR("<"), over), STR(">"));
	assert_int_equal(first(a, tag).name.n, HTML_MAX_NAME_BYTES);
	tag = arena_cat(a, arena_cat(a, STR("<"), fits), STR(">"));
	assert_int_equal(first(a, tag).name.n, HTML_MAX_NAME_BYTES);

	struct str value = repeated(a, 'v', HTML_MAX_VALUE_BYTES);
	tag = arena_cat(a, arena_cat(a, STR("<p a="), value), STR(">"));
	assert_int_equal(first(a, tag).attributes[0].value.n, HTML_MAX_VALUE_BYTES);
	tag = arena_cat(a, arena_cat(a, STR("<p a="), value), STR("v>"));
	assert_int_equal(first(a, tag).attributes[0].value.n, 0);
}

static void
finds_every_tag(void **state)
{
	(void)state;
	for (unsigned tag = 1; tag < HTML_TAGS; tag++)
		assert_int_equal(html_tag_of(html_tag_name((enum html_tag)tag)), tag);
	static const char *const unknown[] = {
	    "", "h7", "tablet", "P", "-", "zz", "ta", "\xC3\xA9"};
	for (size_t i = 0; i < COUNT_OF(unknown); i++)
		assert_int_equal(html_tag_of(str_z(unknown[i])), HTML_TAG_UNKNOWN);
}

static void
unescapes(void **state)
{
	static const struct {
		const char *raw, *text;
	} pairs[] = {
		{"nothing here", "nothing here"},
		{"Caf&eacute; &#38; bar", "Café & bar"},
		{"a<b> &unknown; AT&T", "a<b> &unknown; AT&T"},
		{"&amp;lt;", "&lt;"},
	};
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		struct str got = html_unescape(*state, str_z(pairs[i].raw));
		assert_true(str_eq(got, str_z(pairs[i].text)));
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(makes_tokens),
		TEST(ends_anywhere),
		TEST(borrows_what_is_the_same),
		TEST(attributes_are_limited),
		TEST(names_and_values_are_limited),
		TEST(finds_every_tag),
		TEST(unescapes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
