#include "story/page_meta.h"

#include "text/clean.h"
#include "text/html_text.h"

struct name {
	struct str name;
	enum page_meta_field field;
};

static const struct name names[] = {
#define META(name, field) {STR_INIT(name), META_##field},
#include "story/page_meta.def"
#undef META
};

struct head {
	struct arena *arena;
	struct page_meta *meta;
	size_t rank[META_FIELDS]; /* row of the table that the field came from, plus one */
};

static struct str
line_attr(struct arena *a, const struct html_node *n, const char *name)
{
	struct str v = html_attr(n, name);
	struct str line = text_clean_line(a, bytes_of_str(v));

	/* written twice over: content="Fish &amp;amp; Chips" */
	if (str_find_char(line, '&') != STR_NONE && html_has_markup(line))
		line = html_to_line(a, line);
	return line;
}

static void
take_author(struct page_meta *m, size_t row, struct str value)
{
	if (m->n_authors < PAGE_MAX_AUTHORS)
		m->authors[m->n_authors++] = (struct page_meta_author){row, value};
}

static void
take_meta(struct head *h, struct str name, struct str value)
{
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		enum page_meta_field f = names[i].field;
		if (!str_eq_nocase(names[i].name, name))
			continue;
		if (f == META_AUTHOR)
			take_author(h->meta, i, value);
		if (h->rank[f] && h->rank[f] < i + 1)
			return;
		if (h->rank[f] != i + 1)
			h->meta->field[f] = value;
		h->rank[f] = i + 1;
		return;
	}
}

static void
read_meta(struct head *h, const struct html_node *n)
{
	static const char *const keys[] = {"property", "name", "itemprop", "http-equiv"};
	struct str value = line_attr(h->arena, n, "content");

	for (size_t i = 0; value.n > 0 && i < COUNT_OF(keys); i++) {
		struct str list = html_attr(n, keys[i]), name;
		while ((name = str_word(&list)).n > 0) /* RDFa allows several */
			take_meta(h, name, value);
	}
}

static void
read_link(struct head *h, const struct html_node *n)
{
	struct str rel = html_attr(n, "rel"), word;

	while ((word = str_word(&rel)).n > 0)
		if (str_eq_nocase(word, STR("canonical")) && h->meta->canonical.n == 0)
			h->meta->canonical = line_attr(h->arena, n, "href");
}

static void
read_script(struct head *h, const struct html_node *n)
{
	if (str_find_nocase(html_attr(n, "type"), STR("ld+json")) != STR_NONE)
		page_jsonld_read(h->arena, html_raw_text(h->arena, n), &h->meta->jsonld);
}

void
page_meta_read(struct arena *a, const struct html_node *document, struct page_meta *m)
{
	struct head h = {.arena = a, .meta = m};

	*m = (struct page_meta){0};
	for (const struct html_node *n = document; n; n = html_next_node(n, document)) {
		if (n->kind != HTML_ELEMENT)
			continue;
		if (n->tag == HTML_TAG_META)
			read_meta(&h, n);
		else if (n->tag == HTML_TAG_LINK)
			read_link(&h, n);
		else if (n->tag == HTML_TAG_SCRIPT)
			read_script(&h, n);
		else if (n->tag == HTML_TAG_TITLE && m->html_title.n == 0 &&
		    !html_closest(n, HTML_TAG_SVG))
			m->html_title = text_clean_line(a, bytes_of_str(html_raw_text(a, n)));
		else if (n->tag == HTML_TAG_HTML && m->html_lang.n == 0)
			m->html_lang = line_attr(a, n, "lang");
	}
}
