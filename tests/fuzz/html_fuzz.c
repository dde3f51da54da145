/*
 * Markup to a tree whose links hold and whose limits lose no text; to a document and back:
 * clean once is clean for ever, and the text survives.
 */
#include "fuzz.h"

#include "text/doc_out.h"
#include "text/html_doc.h"
#include "text/html_text.h"
#include "text/url.h"

#define BASE STR("https://news.example/a/b.html")

/* --- the tree --------------------------------------------------------------------- */

enum { MAX_DEPTH = 2 * HTML_MAX_DEPTH, DEEP = HTML_MAX_DEPTH + 100 };

static void
check_links(const struct html_node *node)
{
	const struct html_node *first = node->first_child, *last = node->last_child;
	FUZZ_MUST(!first == !last);
	FUZZ_MUST(!first || (!first->prev && first->parent == node));
	FUZZ_MUST(!last || (!last->next && last->parent == node));
	FUZZ_MUST(!node->next ||
	    (node->next->prev == node && node->next->parent == node->parent));
}

static void
check_kind(const struct html_node *node)
{
	bool element = node->kind == HTML_ELEMENT;
	FUZZ_MUST(!element || node->name.n > 0);
	FUZZ_MUST(
	    !element || node->space != HTML_HTML || node->tag == html_tag_of(node->name));
	FUZZ_MUST(node->kind == HTML_DOCUMENT || element || !node->first_child);
	FUZZ_MUST(node->kind != HTML_TEXT || node->text.n > 0);
	FUZZ_MUST(
	    node->kind != HTML_TEXT || !node->next || node->next->kind != HTML_TEXT);
	FUZZ_MUST(node->n_attributes <= HTML_MAX_ATTRIBUTES);
}

static void
check_depth(const struct html_node *node)
{
	size_t depth = 0;
	while ((node = node->parent))
		FUZZ_MUST(++depth <= MAX_DEPTH);
}

static void
check_tree(const struct html_node *root)
{
	for (const struct html_node *node = root; node;
	     node = html_next_node(node, root)) {
		check_links(node);
		check_kind(node);
		if (!node->first_child)
			check_depth(node);
	}
}

static bool
has_foreign(struct str markup)
{
	return str_find_nocase(markup, STR("<svg")) != STR_NONE ||
	    str_find_nocase(markup, STR("<math")) != STR_NONE;
}

/* As the fragment of a page that is deeper than trees may be, it says all it said. */
static void
check_deep(struct arena *a, struct str markup)
{
	struct buf deep = {0};
	for (size_t i = 0; i < DEEP; i++)
		buf_add(&deep, STR("<span>"));
	buf_add(&deep, markup);
	const struct html_node *flat = html_parse(a, markup, HTML_FRAGMENT);
	const struct html_node *root = html_parse(a, buf_str(&deep), HTML_FRAGMENT);
	check_tree(root);
	FUZZ_MUST(
	    has_foreign(markup) || /* its titles are text, but not where it has no room */
	    html_raw_text(a, root).n >= html_raw_text(a, flat).n);
	buf_clear(&deep);
}

static size_t
text_bytes(const struct html_node *root)
{
	size_t n = 0;
	for (const struct html_node *node = root; node; node = html_next_node(node, root))
		n += node->kind == HTML_TEXT ? node->text.n : 0;
	return n;
}

/* Comments that are kept change nothing else; nor does an odd element to stand in break it. */
static void
check_options(
    struct arena *a, struct str markup, enum html_tag tag, const struct html_node *page)
{
	struct html_parse_options options = {.comments = true};
	const struct html_node *root = html_parse_with(a, markup, &options);
	check_tree(root);
	FUZZ_MUST(text_bytes(root) == text_bytes(page));
	struct html_node context = {
	    .kind = HTML_ELEMENT, .tag = (uint16_t)tag, .name = html_tag_name(tag)};
	options.context = &context;
	check_tree(html_parse_with(a, markup, &options));
}

/* --- the document ----------------------------------------------------------------- */

static void
check_doc(struct arena *a, const struct doc *d)
{
	struct doc again = {.text = d->text};
	struct buf blob = {0};
	doc_pack_spans(d, &blob);
	FUZZ_MUST(doc_unpack_spans(a, fuzz_bytes_of_buf(&blob), &again));
	buf_clear(&blob);
	for (size_t i = 0; i < d->n_spans; i++)
		if (d->spans[i].kind == SPAN_LINK || d->spans[i].kind == SPAN_CAPTION)
			FUZZ_MUST(d->spans[i].ref.n == 0 || url_is_http(d->spans[i].ref));
	doc_markdown(d, NULL, NULL, &blob);
	buf_clear(&blob);
}

static bool
has_rule(const struct doc *d)
{
	for (size_t i = 0; i < d->n_spans; i++)
		if (d->spans[i].kind == SPAN_RULE)
			return true;
	return false;
}

/* A rule comes back as a line of stars, so such a document's text is longer then. */
static void
check_clean(struct arena *a, const struct html_node *root, const struct doc *d)
{
	struct html_options options = {.base = BASE, .pictures = true};
	struct str once = html_clean(a, root, &options);
	struct doc again = html_doc(a, html_parse(a, once, HTML_FRAGMENT), &options);
	FUZZ_MUST(str_eq(again.text, d->text) || has_rule(d));
	FUZZ_MUST(str_eq(html_clean_markup(a, once, BASE), once));
}

/* Input: page or fragment, what another fragment stands in, the markup. */
FUZZ_TARGET(html)
{
	struct arena *a = arena_new();
	struct bytes rest = bytes_of(p, n);
	enum html_parse_as as = fuzz_byte(&rest) & 1 ? HTML_PAGE : HTML_FRAGMENT;
	enum html_tag tag = (enum html_tag)(1 + fuzz_byte(&rest) % (HTML_TAGS - 1));
	struct str markup = str_of((const char *)rest.p, rest.n);
	struct html_options options = {.base = BASE, .pictures = true};
	struct html_node *root = html_parse(a, markup, as);
	check_tree(root);
	check_deep(a, markup);
	check_options(a, markup, tag, html_parse(a, markup, HTML_PAGE));
	struct doc d = html_doc(a, root, &options);
	check_doc(a, &d);
	check_clean(a, root, &d);
	(void)html_node_line(a, root);
	(void)html_to_line(a, markup);
	(void)html_has_markup(markup);
	arena_free(a);
	return 0;
}
