#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "text/doc_out.h"
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

/*
 * Documents are written down one block a line: `P text`, `H3 text`, `Q2 text`, `I1 text`,
 * `I2#7 text`, `PRE text`, `ROW a|b`, `ROW1 a|b`, `CAP address text`, `RULE`, `REL 4`.  In the text
 * `\` is a line break and {a=address text} {s text} {e text} {c text} are inline spans.
 */
struct note {
	struct doc_builder builder;
	enum span_kind kinds[8];
	struct str refs[8];
	size_t marks[8], depth;
};

static enum span_kind
kind_of(char letter)
{
	return letter == 'a' ? SPAN_LINK : letter == 's' ? SPAN_STRONG
	    : letter == 'e' ? SPAN_EMPHASIS : SPAN_CODE;
}

static void
open_note(struct note *n, struct str *rest)
{
	size_t i = n->depth++;
	struct str head;
	n->kinds[i] = kind_of(rest->p[1]);
	assert_true(str_cut(*rest, ' ', &head, rest));
	n->refs[i] = str_from(head, 3);
	n->marks[i] = doc_inline_begin(&n->builder);
}

static void
note_text(struct note *n, struct str text)
{
	while (text.n) {
		char c = text.p[0];
		if (c == '{') {
			open_note(n, &text);
			continue;
		}
		if (c == '}') {
			n->depth--;
			doc_inline_end(&n->builder, n->marks[n->depth], n->kinds[n->depth],
			    n->refs[n->depth]);
		} else if (c == '\\') {
			doc_break(&n->builder);
		} else if (c == '|') {
			doc_cell(&n->builder);
		} else {
			doc_text(&n->builder, str_sub(text, 0, 1));
		}
		text = str_from(text, 1);
	}
}

static void
note_block(struct note *n, struct str head, struct str text)
{
	static const struct { const char *name; enum span_kind kind; } kinds[] = {
		{"PRE", SPAN_PRE}, {"ROW", SPAN_ROW}, {"CAP", SPAN_CAPTION}, {"RULE", SPAN_RULE},
		{"REL", SPAN_RELATED}, {"P", SPAN_PARAGRAPH}, {"H", SPAN_HEADING}, {"Q", SPAN_QUOTE},
		{"I", SPAN_ITEM},
	};
	struct str number = STR(""), level;
	int64_t depth = 0;
	size_t i = 0;
	while (!str_starts(head, str_z(kinds[i].name)))
		i++;
	bool ordered = str_cut(str_from(head, strlen(kinds[i].name)), '#', &level, &number);
	if (!str_to_int(level, 0, 127, &depth))
		depth = 0;
	if (kinds[i].kind == SPAN_RELATED) {
		assert_true(str_to_int(text, 0, 255, &depth));
		doc_related(&n->builder, (size_t)depth);
		return;
	}
	if (kinds[i].kind == SPAN_CAPTION)
		(void)str_cut(text, ' ', &number, &text);
	doc_block(&n->builder, kinds[i].kind, (uint8_t)(depth | (ordered ? 0x80 : 0)), number);
	note_text(n, text);
	doc_block_end(&n->builder);
}

static struct doc
doc_of_notes(struct arena *a, const char *notes)
{
	struct note n = {.depth = 0};
	struct str rest = str_z(notes), line, head, text;
	doc_builder_init(&n.builder, a);
	while (rest.n) {
		(void)str_cut(rest, '\n', &line, &rest);
		(void)str_cut(line, ' ', &head, &text);
		note_block(&n, head, text);
	}
	return doc_build(&n.builder);
}

static void
related_writer(void *ctx, size_t link_index, struct buf *out)
{
	(void)ctx;
	if (link_index < 9)
		buf_fmt(out, "(%zu)\n", link_index);
}

static const struct {
	const char *notes, *html, *markdown;
} rows[] = {
	{"", "", ""},
	{"P a < b & \"c\"", "<p>a &lt; b &amp; &quot;c&quot;</p>\n", "a \\< b & \"c\"\n\n"},
	{"P one\\two\nP three", "<p>one<br>two</p>\n<p>three</p>\n", "one\\\ntwo\n\nthree\n\n"},
	{"H3 a\\# b #\nP # c", "<h3>a<br># b #</h3>\n<p># c</p>\n",
	    "### a \\# b \\#\n\n\\# c\n\n"},
	{"H0 a\nH9 b\nH6 c", "<h2>a</h2>\n<h2>b</h2>\n<h6>c</h6>\n", "## a\n\n## b\n\n###### c\n\n"},
	{"P a\nRULE\nP b", "<p>a</p>\n<p>* * *</p>\n<p>b</p>\n", "a\n\n* * *\n\nb\n\n"},
	{"PRE a\\  b <c>", "<pre>a\n  b &lt;c&gt;</pre>\n", "~~~\na\n  b <c>\n~~~\n\n"},
	{"PRE a\\~~~~\\b", "<pre>a\n~~~~\nb</pre>\n", "~~~~~\na\n~~~~\nb\n~~~~~\n\n"},
	/* inline spans */
	{"P a {s b {e c}} d", "<p>a <strong>b <em>c</em></strong> d</p>\n", "a **b _c_** d\n\n"},
	{"P {s {e a} b}\\{e c}", "<p><strong><em>a</em> b</strong><br><em>c</em></p>\n",
	    "**_a_ b**\\\n_c_\n\n"},
	{"P {a=https://n.example/?a=1&b=2 go} on",
	    "<p><a href=\"https://n.example/?a=1&amp;b=2\">go</a> on</p>\n",
	    "[go](<https://n.example/?a=1\\&b=2>) on\n\n"},
	{"P {a=javascript:x a}{a=ftp://n.example/ b}{a=/x c}{a= d}", "<p>abcd</p>\n", "abcd\n\n"},
	{"P a{s b}c", "<p>a<strong>b</strong>c</p>\n", "a<strong>b</strong>c\n\n"},
	{"P {s A:}{s B} {e x}{e y}", "<p><strong>A:</strong><strong>B</strong> <em>x</em><em>y</em></p>\n",
	    "<strong>A:</strong>**B** <em>x</em><em>y</em>\n\n"},
	{"P ({s a}), “{e b}”", "<p>(<strong>a</strong>), “<em>b</em>”</p>\n", "(**a**), “_b_”\n\n"},
	{"P 日{s 本}", "<p>日<strong>本</strong></p>\n", "日<strong>本</strong>\n\n"},
	{"P {c a `*b} {c `}{c c}", "<p><code>a `*b</code> <code>`</code><code>c</code></p>\n",
	    "``a `*b`` `` ` ``<code>c</code>\n\n"},
	{"P {c a}{c b\\c}", "<p><code>a</code><code>b<br>c</code></p>\n", "`a`<code>b\\\nc</code>\n\n"},
	{"P {s a {c b {e c} d} e}", "<p><strong>a <code>b <em>c</em> d</code> e</strong></p>\n",
	    "**a `b c d` e**\n\n"},
	{"P wow!{a=http://n.example/ x}", "<p>wow!<a href=\"http://n.example/\">x</a></p>\n",
	    "wow\\![x](<http://n.example/>)\n\n"},
	/* what would begin something else */
	{"P - a\\+ b\\-c\\--\\1. d\\12) e\\1.5 f\\2026 g\\== h\\> i\\:-- j",
	    "<p>- a<br>+ b<br>-c<br>--<br>1. d<br>12) e<br>1.5 f<br>2026 g<br>== h<br>&gt; i<br>:-- j</p>\n",
	    "\\- a\\\n\\+ b\\\n-c\\\n\\--\\\n1\\. d\\\n12\\) e\\\n1.5 f\\\n2026 g\\\n\\== h\\\n\\> i\\\n\\:-- j\n\n"},
	{"P *a* _b_ [c] ~d~ &amp; R&D & `e`",
	    "<p>*a* _b_ [c] ~d~ &amp;amp; R&amp;D &amp; `e`</p>\n",
	    "\\*a\\* \\_b\\_ \\[c\\] \\~d\\~ \\&amp; R&D & \\`e\\`\n\n"},
	/* lists */
	{"I1 a\nI1 b\nP c", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>c</p>\n", "- a\n- b\n\nc\n\n"},
	{"I1 a\\b\nI2#1 c\nI2#2 d\\e\nI1 f",
	    "<ul>\n<li>a<br>b\n<ol>\n<li>c</li>\n<li>d<br>e</li>\n</ol>\n</li>\n<li>f</li>\n</ul>\n",
	    "- a\\\n  b\n  1. c\n  2. d\\\n     e\n- f\n\n"},
	{"I1 a\nI3 b\nI2 c\nI1 d", "<ul>\n<li>a\n<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n</li>\n<li>d</li>\n</ul>\n",
	    "- a\n  - b\n  - c\n- d\n\n"},
	{"I3 a\nI1 b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n", "- a\n- b\n\n"},
	{"I1 a\nI1#1 b", "<ul>\n<li>a</li>\n</ul>\n<ol>\n<li>b</li>\n</ol>\n", "- a\n\n1. b\n\n"},
	{"I1#9 a\nI1#11 b\nI1#1 c",
	    "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n<ol>\n<li>c</li>\n</ol>\n", "9. a\n11. b\n\n1) c\n\n"},
	{"I1#x a\nI1# b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n", "1. a\n2. b\n\n"},
	{"I1 a\nI2#4 b", "<ul>\n<li>a\n<ol>\n<li>b</li>\n</ol>\n</li>\n</ul>\n", "- a\n\n  4. b\n\n"},
	{"I1 - a", "<ul>\n<li>- a</li>\n</ul>\n", "- \\- a\n\n"},
	/* quotes */
	{"Q1 a\nQ1 b\\c\nQ2 d\nQ1 e\nP f",
	    "<blockquote>\n<p>a</p>\n<p>b<br>c</p>\n<blockquote>\n<p>d</p>\n</blockquote>\n<p>e</p>\n"
	    "</blockquote>\n<p>f</p>\n",
	    "> a\n>\n> b\\\n> c\n>\n> > d\n>\n> e\n\nf\n\n"},
	{"Q2 a\nI1 b", "<blockquote>\n<p>a</p>\n</blockquote>\n<ul>\n<li>b</li>\n</ul>\n", "> a\n\n- b\n\n"},
	/* tables */
	{"ROW1 a|b\nROW {s c}|d < e\\f\nP g",
	    "<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td><strong>c</strong></td><td>d &lt; e<br>f</td></tr>\n"
	    "</table>\n<p>g</p>\n",
	    "| a | b |\n| --- | --- |\n| **c** | d \\< e f |\n\ng\n\n"},
	{"ROW {s a|b}||c", "<table>\n<tr><td><strong>a</strong></td><td><strong>b</strong></td><td></td><td>c</td></tr>\n</table>\n",
	    "| | | | |\n| --- | --- | --- | --- |\n| **a** | **b** |  | c |\n\n"},
	{"ROW1 a\nROW b|c|d", "<table>\n<tr><th>a</th></tr>\n<tr><td>b</td><td>c</td><td>d</td></tr>\n</table>\n",
	    "| a | | |\n| --- | --- | --- |\n| b | c | d |\n\n"},
	{"ROW a\nROW b", "<p>a</p>\n<p>b</p>\n", "a\n\nb\n\n"},
	/* pictures */
	{"CAP https://n.example/p.jpg a {e b}",
	    "<figure><img src=\"https://n.example/p.jpg\" alt=\"\"><figcaption>a <em>b</em></figcaption></figure>\n",
	    "![](<https://n.example/p.jpg>)\\\na _b_\n\n"},
	{"CAP https://n.example/p.jpg \nCAP data:x a", "<figure><img src=\"https://n.example/p.jpg\" alt=\"\"></figure>\n"
	    "<figure><figcaption>a</figcaption></figure>\n", "![](<https://n.example/p.jpg>)\n\na\n\n"},
	/* without a caption the words are what it shows */
	{"CAP1 https://n.example/p.jpg a \"b\" {e c}", "<figure><img src=\"https://n.example/p.jpg\" "
	    "alt=\"a &quot;b&quot; c\"></figure>\n", "![](<https://n.example/p.jpg>)\\\na \"b\" _c_\n\n"},
	{"CAP1 data:x a", "<figure><figcaption>a</figcaption></figure>\n", "a\n\n"},
	/* related links stand between blocks */
	{"P a\nREL 4\nP b\nREL 9", "<p>a</p>\n(4)\n<p>b</p>\n", "a\n\n(4)\n\nb\n\n"},
	{"I1 a\nREL 4\nI1 b", "<ul>\n<li>a</li>\n</ul>\n(4)\n<ul>\n<li>b</li>\n</ul>\n", "- a\n\n(4)\n\n- b\n\n"},
};

static void
compare(const char *notes, const char *kind, struct buf *got, const char *want)
{
	if (!str_eq(buf_str(got), str_z(want)))
		fail_msg("%s\n as %s gave\n%s\n not\n%s", notes, kind, buf_z(got), want);
	buf_clear(got);
}

static void
writes_documents(void **state)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct doc d = doc_of_notes(*state, rows[i].notes);
		struct buf out = {0};
		doc_html(&d, related_writer, NULL, &out);
		compare(rows[i].notes, "HTML", &out, rows[i].html);
		doc_markdown(&d, related_writer, NULL, &out);
		compare(rows[i].notes, "Markdown", &out, rows[i].markdown);
	}
}

/* Without a writer a related link leaves no trace: what is around it is one list, one table. */
static void
passes_over_related_links(void **state)
{
	static const char notes[] = "I1 a\nREL 1\nI1 b\nROW c|d\nREL 2\nROW e|f";
	struct doc d = doc_of_notes(*state, notes);
	struct buf out = {0};
	doc_html(&d, NULL, NULL, &out);
	compare(notes, "HTML", &out, "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
	    "<table>\n<tr><td>c</td><td>d</td></tr>\n<tr><td>e</td><td>f</td></tr>\n</table>\n");
	doc_markdown(&d, NULL, NULL, &out);
	compare(notes, "Markdown", &out,
	    "- a\n- b\n\n| | |\n| --- | --- |\n| c | d |\n| e | f |\n\n");
}

/* A picture with a caption has the words for it from elsewhere. */
static void
finds_what_pictures_show(void **state)
{
	static const char notes[] = "CAP https://n.example/p.jpg a\nCAP https://n.example/q.jpg b";
	static const struct doc_alt alts[] = {
		{STR_INIT("https://n.example/q.jpg"), STR_INIT("a <boat>")},
	};
	struct doc d = doc_of_notes(*state, notes);
	struct doc_extras extras = {.alts = alts, .n_alts = COUNT_OF(alts)};
	struct buf out = {0};
	doc_html_with(&d, &extras, &out);
	compare(notes, "HTML", &out,
	    "<figure><img src=\"https://n.example/p.jpg\" alt=\"\"><figcaption>a</figcaption></figure>\n"
	    "<figure><img src=\"https://n.example/q.jpg\" alt=\"a &lt;boat&gt;\">"
	    "<figcaption>b</figcaption></figure>\n");
}

/* What is in the buffer already stays, and is no reason for a blank line. */
static void
appends(void **state)
{
	struct doc d = doc_of_notes(*state, "P a");
	struct buf out = {0};
	buf_add(&out, STR("before\n\n"));
	doc_markdown(&d, NULL, NULL, &out);
	compare("P a", "Markdown", &out, "before\n\na\n\n");
}

/* Spans of kinds may overlap, as in a blob of the store; marks nest all the same. */
static void
overlapping_spans_nest(void **state)
{
	(void)state;
	struct span spans[] = {
		{.at = 0, .n = 11, .kind = SPAN_PARAGRAPH},
		{.at = 0, .n = 6, .kind = SPAN_STRONG},
		{.at = 3, .n = 8, .kind = SPAN_EMPHASIS},
		{.at = 4, .n = 2, .kind = SPAN_EMPHASIS},
		{.at = 4, .n = 5, .kind = SPAN_CODE},
	};
	struct doc d = {.text = STR("aa bbbb ccc"), .spans = spans, .n_spans = COUNT_OF(spans)};
	struct buf out = {0};
	doc_html(&d, NULL, NULL, &out);
	compare("overlap", "HTML", &out,
	    "<p><strong>aa <em>b<code>bb</code></em></strong><em><code>b c</code>cc</em></p>\n");
	doc_markdown(&d, NULL, NULL, &out);
	compare("overlap", "Markdown", &out,
	    "<strong>aa <em>b`bb`</em></strong><em>`b c`cc</em>\n\n");
}

/* --- random documents --------------------------------------------------------------------------- */

static unsigned
random_below(uint64_t *seed, unsigned n)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % n;
}

static void
random_words(uint64_t *seed, struct doc_builder *b, bool row)
{
	static const char *const words[] = {"naik", "<b>", "&amp;", "\"x\"", "a&b;", "“ya”", "–", "1.",
		"#", "- a", "日本", "مرحبا", "*", "`", "_x_", "!", "[a]", "]]>", "<!--", "</p>", "~~~", "|"};
	static const enum span_kind kinds[] = {SPAN_LINK, SPAN_STRONG, SPAN_EMPHASIS, SPAN_CODE};
	size_t marks[3] = {0};
	enum span_kind open[3] = {0};
	for (unsigned n = 1 + random_below(seed, 8); n > 0; n--) {
		unsigned slot = random_below(seed, 6), what = random_below(seed, 6);
		if (slot < 3 && marks[slot]) {
			doc_inline_end(b, marks[slot], open[slot], STR("https://n.example/?a&b"));
			marks[slot] = 0;
		} else if (slot < 3) {
			open[slot] = kinds[random_below(seed, 4)];
			marks[slot] = doc_inline_begin(b);
		}
		doc_text(b, str_z(words[random_below(seed, COUNT_OF(words))]));
		if (what == 0 && row)
			doc_cell(b);
		else if (what == 0)
			doc_break(b);
		else if (what < 4)
			doc_space(b);
	}
	for (size_t i = 0; i < COUNT_OF(marks); i++)
		doc_inline_end(b, marks[i], open[i], STR("https://n.example/?a&b"));
}

static struct doc
random_doc(uint64_t *seed, struct arena *a)
{
	struct doc_builder b;
	doc_builder_init(&b, a);
	for (unsigned n = random_below(seed, 12); n > 0; n--) {
		enum span_kind kind = SPAN_PARAGRAPH + random_below(seed, SPAN_CAPTION - SPAN_PARAGRAPH + 1);
		uint8_t level = (uint8_t)(1 + random_below(seed, 4));
		struct str ref = STR("");
		if (kind == SPAN_HEADING)
			level++;
		else if (kind == SPAN_ROW)
			level &= 1;
		else if (kind == SPAN_CAPTION)
			ref = STR("https://n.example/p.jpg?a&b");
		if (kind == SPAN_ITEM && random_below(seed, 2)) {
			level |= 0x80;
			ref = arena_fmt(a, "%u", random_below(seed, 12));
		}
		doc_block(&b, kind, level, ref);
		random_words(seed, &b, kind == SPAN_ROW);
	}
	return doc_build(&b);
}

static struct str
html_of(struct arena *a, const struct doc *d)
{
	struct buf out = {0};
	doc_html(d, NULL, NULL, &out);
	struct str html = arena_str(a, buf_str(&out));
	buf_clear(&out);
	return html;
}

/* HTML read again is the same text, and the same HTML. */
static void
html_reads_back(void **state)
{
	struct arena *a = *state;
	uint64_t seed = 1;
	for (int i = 0; i < 3000; i++) {
		struct doc d = random_doc(&seed, a);
		struct str html = html_of(a, &d);
		struct html_options options = {.pictures = true};
		struct doc again = html_doc(a, html_parse(a, html, HTML_FRAGMENT), &options);
		if (!str_eq(again.text, d.text))
			fail_msg("document %d\n%.*s\ngave\n%.*s\nnot\n%.*s", i, STR_ARG(html),
			    STR_ARG(again.text), STR_ARG(d.text));
		struct str second = html_of(a, &again);
		if (!str_eq(second, html))
			fail_msg("document %d\n%.*s\nbecame\n%.*s", i, STR_ARG(html), STR_ARG(second));
		arena_reset(a);
	}
}

/* --- size --------------------------------------------------------------------------------------- */

static void
hostile_block(struct doc_builder *b, int shape, int i)
{
	switch (shape) {
	case 0: /* levels that go up and down */
		doc_block(b, SPAN_ITEM, i % 2 ? 0x7F : 1, STR(""));
		break;
	case 1:
		doc_block(b, SPAN_QUOTE, i % 2 ? 0xFF : 1, STR(""));
		break;
	case 2: /* each deeper than the one before */
		doc_block(b, SPAN_ITEM, (uint8_t)(0x80 | i % 128), STR("999999999"));
		break;
	case 3: /* tables of one row, with many cells */
		doc_block(b, i % 2 ? SPAN_ROW : SPAN_PARAGRAPH, 0, STR(""));
		for (int j = 0; i % 2 && j < 100; j++)
			doc_cell(b);
		break;
	default:
		doc_block(b, SPAN_PRE, 0, STR(""));
		doc_text(b, STR("~~~~~~~~"));
	}
	doc_text(b, STR("x"));
}

/* What is written is at most so many times what is there. */
static void
output_is_linear(void **state)
{
	enum { BLOCKS = 4000, MOST_BYTES_A_SPAN = 400, MOST_TIMES_THE_TEXT = 20 };
	for (int shape = 0; shape < 5; shape++) {
		struct doc_builder b;
		struct buf out = {0};
		doc_builder_init(&b, *state);
		for (int i = 0; i < BLOCKS; i++)
			hostile_block(&b, shape, i);
		struct doc d = doc_build(&b);
		doc_html(&d, NULL, NULL, &out);
		doc_markdown(&d, NULL, NULL, &out);
		assert_true(out.n < MOST_BYTES_A_SPAN * d.n_spans + MOST_TIMES_THE_TEXT * d.text.n);
		buf_clear(&out);
	}
}

static void
escapes(void **state)
{
	(void)state;
	struct buf out = {0};
	html_escape(STR("a<b>&\"'\n"), &out);
	compare("html_escape", "HTML", &out, "a&lt;b&gt;&amp;&quot;'\n");
	markdown_escape(STR("- a\n#b c_d 1. e!"), &out);
	compare("markdown_escape", "Markdown", &out, "\\- a\n\\#b c\\_d 1. e!");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(writes_documents),
		TEST(passes_over_related_links),
		TEST(finds_what_pictures_show),
		TEST(appends),
		TEST(overlapping_spans_nest),
		TEST(html_reads_back),
		TEST(output_is_linear),
		TEST(escapes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
