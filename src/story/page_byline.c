/* Who wrote it: what the machine-readable places say, else the elements that name authors. */
#include "story/page_meta.h"

#include "base/utf8.h"
#include "story/trim.h"
#include "text/clean.h"
#include "text/fold.h"
#include "text/html_text.h"

enum {
	MAX_NAME_BYTES = 120,
	MAX_NAMES_BYTES = 300,
	MAX_LOOKED = 40,
};

/* Words before a name, as text_fold_bare leaves them. */
static const struct str before_names[] = {
	STR_INIT("by "), STR_INIT("by: "), STR_INIT("written by "), STR_INIT("story by "),
	STR_INIT("posted by "), STR_INIT("published by "), STR_INIT("reported by "),
	STR_INIT("words by "), STR_INIT("text by "), STR_INIT("author: "), STR_INIT("authors: "),
	STR_INIT("author "), STR_INIT("von "), STR_INIT("ein beitrag von "), STR_INIT("par "),
	STR_INIT("por "), STR_INIT("oleh "), STR_INIT("oleh: "), STR_INIT("penulis: "),
	STR_INIT("penulis "), STR_INIT("pewarta: "), STR_INIT("reporter: "), STR_INIT("di "),
	STR_INIT("door "), STR_INIT("av "), STR_INIT("af "), STR_INIT("tekst: "), STR_INIT("text: "),
	STR_INIT("autor: "), STR_INIT("autora: "), STR_INIT("auteur: "), STR_INIT("автор: "),
	STR_INIT("kirjoittaja: "), STR_INIT("yazar: "), STR_INIT("作者:"), STR_INIT("文/"),
	STR_INIT("redaksi: "), STR_INIT("editor: "), STR_INIT("articulo de "),
};

static struct str
without_before(struct arena *a, struct str s)
{
	for (int again = 0; again < 2; again++) {
		struct str folded = text_fold_bare(a, utf8_cut(s, 80));
		for (size_t i = 0; i < COUNT_OF(before_names); i++) {
			if (!str_starts(folded, before_names[i]))
				continue;
			/* these words fold letter by letter */
			size_t chars = utf8_count(before_names[i]), at = 0;
			while (chars-- > 0)
				utf8_next(s, &at);
			s = trim_space(str_from(s, at));
			break;
		}
	}
	return s;
}

/* A name ends before a bar, a date, a bracket. */
static struct str
name_of(struct arena *a, struct str s)
{
	s = without_before(a, trim_space(s));
	size_t at = 0, next = 0;
	for (; at < s.n; at = next) {
		uint32_t c = utf8_next(s, &next);
		if (c == '|' || c == '(' || c == 0x2022 || c == 0xB7 || c == '<' || c == 0xFF5C)
			break;
		if (ascii_digit((unsigned char)s.p[at]) && at > 0)
			break;
	}
	return trim_space(trim_close(str_sub(s, 0, at)));
}

static bool
is_name(struct arena *a, struct str s, struct str site)
{
	if (s.n < 2 || s.n > MAX_NAME_BYTES || str_find(s, STR("://")) != STR_NONE ||
	    str_find_char(s, '@') != STR_NONE)
		return false;
	struct str key = text_headline_key(a, s);
	return key.n > 0 && !str_eq(key, text_headline_key(a, site)) &&
	    !str_eq(key, STR("admin")) && !str_eq(key, STR("undefined")) && !str_eq(key, STR("null"));
}

struct names {
	struct arena *arena;
	struct str site, all;
};

static void
add_name(struct names *n, struct str raw)
{
	struct str name = name_of(n->arena, raw);

	if (!is_name(n->arena, name, n->site) || n->all.n + name.n > MAX_NAMES_BYTES)
		return;
	if (str_find_nocase(n->all, name) != STR_NONE)
		return;
	n->all = n->all.n ? arena_fmt(n->arena, "%.*s, %.*s", STR_ARG(n->all), STR_ARG(name)) : name;
}

/* rel=author and itemprop=author are sure; a class is not, so its text must look like names. */
static bool
names_authors(const struct html_node *n)
{
	struct str rel = html_attr(n, "rel"), word;

	while ((word = str_word(&rel)).n > 0)
		if (str_eq_nocase(word, STR("author")))
			return true;
	return str_eq(html_attr(n, "itemprop"), STR("author"));
}

static bool
has_author_class(const struct html_node *n)
{
	static const char *const classes[] = {"byline", "author", "author-name", "byline-name",
	    "article-author", "article__author", "byline__name", "post-author", "entry-author",
	    "c-byline__author", "author__name", "authors", "article-byline", "story-byline"};

	for (size_t i = 0; i < COUNT_OF(classes); i++)
		if (html_has_class(n, classes[i]))
			return true;
	return false;
}

static void
from_elements(const struct page_map *m, struct names *names, bool sure)
{
	int looked = 0;

	for (uint32_t i = 0; i < m->boxes.n && looked < MAX_LOOKED;) {
		const struct page_box *b = &m->boxes.v[i];
		bool it = sure ? names_authors(b->node) : has_author_class(b->node);
		if (!it || page_letters(m, b) == 0 || page_letters(m, b) > MAX_NAME_BYTES ||
		    page_within(m, i, PAGE_COMMENTS | PAGE_RELATED | PAGE_SIDE, PAGE_NONE)) {
			i++;
			continue;
		}
		looked++;
		add_name(names, html_node_line(m->arena, b->node));
		if (!sure && names->all.n > 0)
			return;
		i = b->end;
	}
}

struct str
page_byline(const struct page_map *m, const struct page_meta *meta, struct str site)
{
	struct names names = {.arena = m->arena, .site = site, .all = STR("")};

	for (size_t i = 0; i < meta->jsonld.n_authors; i++)
		add_name(&names, meta->jsonld.authors[i]);
	bool said = names.all.n > 0;
	for (size_t i = 0; !said && i < meta->n_authors; i++)
		add_name(&names, meta->authors[i]);
	if (names.all.n == 0)
		from_elements(m, &names, true);
	if (names.all.n == 0)
		from_elements(m, &names, false);
	return names.all;
}
