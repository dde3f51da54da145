/*
 * Runs the tree construction cases of the html5lib suite, which is not part of this tree:
 *     html5lib_tree FOLDER
 * reads each *.dat file in the folder, parses every case as its page or fragment, compares
 * the tree in the suite's own notation, prints the failures and last `N passed, N failed`.
 * What is left out is named with its reason.  Lists of parse errors are not compared: the
 * parser reports none.
 */
#include "html5lib.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "text/html_tree.h"

struct test {
	size_t line;
	struct str html, context, document;
	bool has_context, scripting;
};

/* --- reading cases ---------------------------------------------------------------- */

struct reader {
	struct str rest;
	size_t line;
};

static bool
next_line(struct reader *r, struct str *line)
{
	if (r->rest.n == 0)
		return false;
	r->line++;
	str_cut(r->rest, '\n', line, &r->rest);
	return true;
}

/*
 * A section is what follows its "#name" line, up to the next line that is a name of a
 * section; `data` is quoted from the file, its last newline left out.
 */
static bool
is_section(struct str line)
{
	static const struct str names[] = {STR_INIT("#data"), STR_INIT("#errors"),
	    STR_INIT("#new-errors"), STR_INIT("#document-fragment"),
	    STR_INIT("#script-off"), STR_INIT("#script-on"), STR_INIT("#document")};
	return str_in(line, names, COUNT_OF(names));
}

static struct str
read_section(struct reader *r)
{
	const char *from = r->rest.p;
	struct reader ahead = *r;
	struct str line;
	while (next_line(&ahead, &line) && !is_section(line))
		*r = ahead;
	size_t n = (size_t)(r->rest.p - from);
	return str_of(from, n && from[n - 1] == '\n' ? n - 1 : n);
}

/* The dump ends at the empty line before the next case, but text may hold empty lines. */
static struct str
without_last_newline(struct str s)
{
	while (s.n && s.p[s.n - 1] == '\n')
		s.n--;
	return s;
}

static bool
read_test(struct reader *r, struct test *test)
{
	struct str line;
	*test = (struct test){0};
	while (next_line(r, &line) && !str_eq(line, STR("#data")))
		;
	if (r->rest.n == 0)
		return false;
	test->line = r->line;
	test->html = read_section(r);
	while (next_line(r, &line)) {
		struct str section = read_section(r);
		if (str_eq(line, STR("#document-fragment"))) {
			test->has_context = true;
			test->context = section;
		} else if (str_eq(line, STR("#script-on"))) {
			test->scripting = true;
		} else if (str_eq(line, STR("#document"))) {
			test->document = without_last_newline(section);
			return true;
		}
	}
	return false;
}

/* --- the tree in the suite's notation --------------------------------------------- */

static const char *const spaces[] = {
	[HTML_HTML] = "", [HTML_SVG] = "svg ", [HTML_MATHML] = "math "};

static void
indent(struct buf *out, size_t depth)
{
	buf_add(out, STR("| "));
	while (depth-- > 0)
		buf_add(out, STR("  "));
}

/* "Adjust foreign attributes": these have a name space on elements of SVG and MathML. */
static struct str
attribute_name(struct arena *a, const struct html_node *node, struct str name)
{
	static const struct str spaced[] = {STR_INIT("xlink:actuate"),
	    STR_INIT("xlink:arcrole"), STR_INIT("xlink:href"), STR_INIT("xlink:role"),
	    STR_INIT("xlink:show"), STR_INIT("xlink:title"), STR_INIT("xlink:type"),
	    STR_INIT("xml:lang"), STR_INIT("xml:space"), STR_INIT("xmlns:xlink")};
	if (node->space == HTML_HTML)
		return name;
	if (str_eq(name, STR("xmlns")))
		return STR("xmlns xmlns");
	if (!str_in(name, spaced, COUNT_OF(spaced)))
		return name;
	struct str space, local;
	str_cut(name, ':', &space, &local);
	return arena_fmt(a, "%.*s %.*s", STR_ARG(space), STR_ARG(local));
}

static int
by_name(const void *x, const void *y)
{
	return str_cmp(((const struct html_attribute *)x)->name,
	    ((const struct html_attribute *)y)->name);
}

static void
dump_attributes(
    struct arena *a, struct buf *out, const struct html_node *node, size_t depth)
{
	size_t n = node->n_attributes;
	struct html_attribute *list = ARENA_ARRAY(a, struct html_attribute, n + 1);
	for (size_t i = 0; i < n; i++)
		list[i] = (struct html_attribute){
		    attribute_name(a, node, node->attributes[i].name),
		    node->attributes[i].value};
	qsort(list, n, sizeof(*list), by_name);
	for (size_t i = 0; i < n; i++) {
		indent(out, depth);
		buf_add(out, list[i].name);
		buf_add(out, STR("=\""));
		buf_add(out, list[i].value);
		buf_add(out, STR("\"\n"));
	}
}

static void
dump_element(struct arena *a, struct buf *out, const struct html_node *node, size_t depth)
{
	buf_fmt(out, "<%s", spaces[node->space]);
	buf_add(out, node->name);
	buf_add(out, STR(">\n"));
	dump_attributes(a, out, node, depth + 1);
	if (html_is(node, HTML_TAG_TEMPLATE) && node->space == HTML_HTML) {
		indent(out, depth + 1);
		buf_add(out, STR("content\n"));
	}
}

static void
dump_doctype(struct buf *out, const struct html_node *node)
{
	struct str public_id = node->attributes[0].value;
	struct str system_id = node->attributes[1].value;
	buf_add(out, STR("<!DOCTYPE "));
	buf_add(out, node->name);
	if (public_id.n || system_id.n) {
		buf_add(out, STR(" \""));
		buf_add(out, public_id);
		buf_add(out, STR("\" \""));
		buf_add(out, system_id);
		buf_char(out, '"');
	}
	buf_add(out, STR(">\n"));
}

static void
dump_node(struct arena *a, struct buf *out, const struct html_node *node, size_t depth)
{
	indent(out, depth);
	switch ((enum html_node_kind)node->kind) {
	case HTML_DOCUMENT:
		break;
	case HTML_ELEMENT:
		dump_element(a, out, node, depth);
		break;
	case HTML_TEXT:
		buf_char(out, '"');
		buf_add(out, node->text);
		buf_add(out, STR("\"\n"));
		break;
	case HTML_COMMENT:
		buf_add(out, STR("<!-- "));
		buf_add(out, node->text);
		buf_add(out, STR(" -->\n"));
		break;
	case HTML_DOCTYPE:
		dump_doctype(out, node);
		break;
	}
}

/* The content of a template stands one level deeper than other content. */
static size_t
depth_of(const struct html_node *node)
{
	size_t depth = 0;
	for (node = node->parent; node && node->kind != HTML_DOCUMENT;
	     node = node->parent)
		depth +=
		    html_is(node, HTML_TAG_TEMPLATE) && node->space == HTML_HTML ? 2 : 1;
	return depth;
}

static void
dump(struct arena *a, struct buf *out, const struct html_node *root)
{
	const struct html_node *node = root;
	while ((node = html_next_node(node, root)))
		dump_node(a, out, node, depth_of(node));
	if (out->n)
		out->n--; /* the last newline */
}

/* --- running ---------------------------------------------------------------------- */

/* "svg path", "math mi", "td". */
static struct html_node
context_of(struct str said)
{
	struct html_node context = {.kind = HTML_ELEMENT, .name = said};
	for (unsigned space = HTML_SVG; space <= HTML_MATHML; space++)
		if (str_starts(said, str_z(spaces[space]))) {
			context.space = (uint8_t)space;
			context.name = str_from(said, str_z(spaces[space]).n);
		}
	context.tag = (uint16_t)html_tag_of(context.name);
	return context;
}

static void
run_test(struct html5lib *run, const struct test *test)
{
	struct buf came = {0};
	struct html_node context = context_of(test->context);
	struct html_parse_options options = {
	    .context = test->has_context ? &context : NULL, .comments = true};
	dump(run->arena, &came, html_parse_with(run->arena, test->html, &options));
	if (str_eq(buf_str(&came), test->document)) {
		run->passed++;
	} else {
		run->failed++;
		printf("%s:%zu%s%.*s\n input:\n%.*s\n wanted:\n%.*s\n came:\n%.*s\n\n",
		    run->file, test->line, test->has_context ? " in " : "",
		    STR_ARG(test->context), STR_ARG(test->html), STR_ARG(test->document),
		    STR_ARG(buf_str(&came)));
	}
	buf_clear(&came);
	arena_reset(run->arena);
}

static const char *
reason_to_leave_out(const struct test *test)
{
	if (test->scripting)
		return "it is for a parser with scripting";
	if (str_find(test->html, STR("<selectedcontent>")) != STR_NONE)
		return "the chosen option is not copied into <selectedcontent>: "
		       "controls are no text of a page";
	return NULL;
}

static bool
run_cases(struct html5lib *run, struct bytes content)
{
	struct reader reader = {.rest = str_of((const char *)content.p, content.n)};
	struct test test;
	while (read_test(&reader, &test)) {
		const char *reason = reason_to_leave_out(&test);
		if (!reason) {
			run_test(run, &test);
			continue;
		}
		run->left_out++;
		printf("%s:%zu left out: %s\n", run->file, test.line, reason);
	}
	return true;
}

int
main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: html5lib_tree FOLDER (with *.dat files)\n");
		return 2;
	}
	struct html5lib run = {.arena = arena_new()};
	bool readable = html5lib_folder(&run, argv[1], ".dat", run_cases);
	printf("%zu cases left out\n", run.left_out);
	return html5lib_end(&run, readable);
}
