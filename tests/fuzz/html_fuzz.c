/* Markup to a document and back: clean once is clean for ever, and the text survives. */
#include "fuzz.h"

#include "text/doc_out.h"
#include "text/html_doc.h"
#include "text/html_text.h"
#include "text/url.h"

#define BASE STR("https://news.example/a/b.html")

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

/* Input: page or fragment, the markup. */
FUZZ_TARGET(html)
{
	struct arena *a = arena_new();
	struct bytes rest = bytes_of(p, n);
	enum html_parse_as as = fuzz_byte(&rest) & 1 ? HTML_PAGE : HTML_FRAGMENT;
	struct str markup = str_of((const char *)rest.p, rest.n);
	struct html_options options = {.base = BASE, .pictures = true};
	struct html_node *root = html_parse(a, markup, as);
	struct doc d = html_doc(a, root, &options);
	check_doc(a, &d);
	check_clean(a, root, &d);
	(void)html_node_line(a, root);
	(void)html_to_line(a, markup);
	(void)html_has_markup(markup);
	arena_free(a);
	return 0;
}
