/*
 * An address is parted into a stem and a number: what is left without the number names the story.
 * The page's own address has number 1 when it has none.
 */
#include "story/page_next.h"

#include "base/buf.h"
#include "story/trim.h"
#include "text/fold.h"
#include "text/html_text.h"
#include "text/url.h"

enum {
	MAX_LINKS = 4000, /* looked at; the longest menus have half as many */
	MAX_PHRASE_LETTERS = 40,
	MAX_PHRASE_BYTES = 120,
	ALL_PAGES = 0, /* in the place of a number */
};

static const struct str phrases[] = {
#define NEXT_PHRASE(language, phrase) STR_INIT(phrase),
#define NEXT_NAME(name)
#define NEXT_ALL(name, value)
#include "story/page_next.def"
#undef NEXT_PHRASE
#undef NEXT_NAME
};

static const struct str names[] = {
#define NEXT_PHRASE(language, phrase)
#define NEXT_NAME(name) STR_INIT(name),
#include "story/page_next.def"
#undef NEXT_NAME
#undef NEXT_ALL
};

struct all_pages {
	struct str name, value;
};

static const struct all_pages all_pages[] = {
#define NEXT_NAME(name)
#define NEXT_ALL(name, value) {STR_INIT(name), STR_INIT(value)},
#include "story/page_next.def"
#undef NEXT_PHRASE
#undef NEXT_NAME
#undef NEXT_ALL
};

/* --- an address without its number --- */

struct numbered {
	struct str stem;
	int64_t number; /* ALL_PAGES, or from 1 */
};

static bool
is_number(struct str s, int64_t *n)
{
	return s.n > 0 && s.n <= 2 && str_to_int(s, 1, PAGE_MAX_NUMBER, n);
}

/* page=2, page=all: *n is the number. */
static bool
is_page_parameter(struct str parameter, int64_t *n)
{
	struct str name, value;

	str_cut(parameter, '=', &name, &value);
	if (str_in(name, names, COUNT_OF(names)) && is_number(value, n))
		return true;
	for (size_t i = 0; i < COUNT_OF(all_pages); i++)
		if (str_eq_nocase(all_pages[i].name, name) &&
		    (str_eq(all_pages[i].value, STR("*")) ||
		     str_eq_nocase(all_pages[i].value, value))) {
			*n = ALL_PAGES;
			return true;
		}
	return false;
}

/* The query without the number of the page; the order of the rest stays. */
static struct str
query_without(struct arena *a, struct str query, int64_t *number)
{
	struct buf b = {0};
	struct str one, rest = query;

	while (rest.n > 0) {
		str_cut(rest, '&', &one, &rest);
		if (is_page_parameter(one, number))
			continue;
		if (b.n > 0)
			buf_char(&b, '&');
		buf_add(&b, one);
	}
	struct str out = arena_str(a, buf_str(&b));
	buf_clear(&b);
	return out;
}

/* The last step of a path: from behind its last slash. */
static struct str
last_step(struct str path)
{
	size_t slash = str_find_last_char(path, '/');

	return slash == STR_NONE ? path : str_from(path, slash + 1);
}

/* /story/2, /story/page/2, /story/page-2: the path before that. */
static bool
step_is_number(struct str path, struct str *before, int64_t *n)
{
	struct str step = last_step(path);

	*before = str_sub(path, 0, path.n - step.n);
	while (before->n > 0 && before->p[before->n - 1] == '/')
		before->n--;
	if (is_number(step, n)) {
		struct str name = last_step(*before);
		if (str_in(name, names, COUNT_OF(names)))
			*before = str_sub(*before, 0, before->n - name.n - 1);
		return before->n > 0;
	}
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct str rest = str_from(step, names[i].n);
		if (!str_starts(step, names[i]) || names[i].n < 2)
			continue;
		if (rest.n > 0 && (rest.p[0] == '-' || rest.p[0] == '_'))
			rest = str_from(rest, 1);
		if (is_number(rest, n))
			return before->n > 0;
	}
	return false;
}

/* /story-2.html, /story_2, /story,2.html: the path without it. */
static bool
name_ends_in_number(struct arena *a, struct str path, struct str *without, int64_t *n)
{
	size_t dot = str_find_last_char(last_step(path), '.');
	struct str step = last_step(path);
	struct str name = dot == STR_NONE ? step : str_sub(step, 0, dot);
	size_t at = name.n;

	while (at > 0 && ascii_digit((unsigned char)name.p[at - 1]))
		at--;
	if (at < 2 || !is_number(str_from(name, at), n))
		return false;
	char mark = name.p[at - 1];
	if (mark != '-' && mark != '_' && mark != ',')
		return false;
	*without = arena_fmt(a, "%.*s%.*s%.*s", STR_ARG(str_sub(path, 0, path.n - step.n)),
	    STR_ARG(str_sub(name, 0, at - 1)), STR_ARG(str_from(step, name.n)));
	return true;
}

static struct numbered
part(struct arena *a, struct str url)
{
	struct url u = url_split(url_key(a, url));
	struct numbered out = {.number = 1};
	int64_t number = -1;
	/* the key leaves out what only asks for all pages */
	(void)query_without(a, url_split(url).query, &number);
	struct str query = query_without(a, u.query, &number), path = u.path, before;

	if (number < 0 && (step_is_number(path, &before, &number) ||
	    name_ends_in_number(a, path, &before, &number)))
		path = before;
	while (path.n > 0 && path.p[path.n - 1] == '/')
		path.n--;
	if (number >= 0)
		out.number = number;
	out.stem = arena_fmt(a, "%.*s%.*s?%.*s", STR_ARG(u.host), STR_ARG(path), STR_ARG(query));
	return out;
}

/* The whole address as the stem of page 1: "covid-19" is no nineteenth page. */
static struct numbered
unparted(struct arena *a, struct str url)
{
	struct url u = url_split(url_key(a, url));
	struct str path = u.path;

	while (path.n > 0 && path.p[path.n - 1] == '/')
		path.n--;
	return (struct numbered){.number = 1, .stem = arena_fmt(a, "%.*s%.*s?%.*s",
	    STR_ARG(u.host), STR_ARG(path), STR_ARG(u.query))};
}

struct self {
	struct numbered as[4]; /* ways to read the page's own address */
	size_t n;
};

static void
add_self(struct arena *a, struct self *self, struct str url)
{
	if (!url_is_http(url))
		return;
	self->as[self->n++] = unparted(a, url);
	self->as[self->n++] = part(a, url);
}

static bool
follows(const struct self *self, const struct numbered *next)
{
	for (size_t i = 0; i < self->n; i++) {
		const struct numbered *s = &self->as[i];
		if (s->number == ALL_PAGES || !str_eq(s->stem, next->stem))
			continue;
		if (next->number == ALL_PAGES || next->number == s->number + 1)
			return true;
	}
	return false;
}

static bool
is_all(const struct self *self)
{
	for (size_t i = 0; i < self->n; i++)
		if (self->as[i].number == ALL_PAGES)
			return true;
	return false;
}

bool
page_is_next(struct arena *a, struct str self, struct str next)
{
	struct self s = {0};
	struct numbered n = part(a, next);

	add_self(a, &s, self);
	return !is_all(&s) && follows(&s, &n);
}

/* --- links that say so --- */

static bool
has_rel_next(const struct html_node *n)
{
	struct str rel = html_attr(n, "rel"), word;

	while ((word = str_word(&rel)).n > 0)
		if (str_eq_nocase(word, STR("next")))
			return true;
	return false;
}

static struct str
without_arrows(struct str s)
{
	for (;;) {
		size_t at = 0;
		uint32_t c = s.n > 0 ? trim_last(s, &at) : 0;
		if (c == '>' || c == 0xBB || c == 0x203A || c == 0x2192 || c == 0x25B6 || c == ' ')
			s = str_sub(s, 0, at);
		else
			return s;
	}
}

/* The link's words are a number, a phrase, or an arrow alone. */
static bool
says_next(struct arena *a, const struct html_node *n)
{
	int64_t number;
	struct str text = html_node_line(a, n);

	if (text.n == 0)
		text = html_attr(n, "title");
	if (text.n == 0 || text.n > MAX_PHRASE_BYTES)
		return false;
	struct str words = text_fold_bare(a, without_arrows(text)); /* folding makes quotes of some */
	return words.n == 0 || is_number(words, &number) ||
	    str_in(words, phrases, COUNT_OF(phrases));
}

/* Does the address look as if it led to all pages?  Cheap: most links are asked no more. */
static bool
may_be_all(struct str href)
{
	size_t mark = str_find_char(href, '?');
	struct str query = mark == STR_NONE ? STR("") : str_from(href, mark + 1);

	for (size_t i = 0; i < COUNT_OF(all_pages) && query.n > 0; i++)
		if (str_find_nocase(query, all_pages[i].name) != STR_NONE)
			return true;
	return false;
}

struct search {
	struct arena *arena;
	struct self self;
	struct str base, next, all;
};

/* says: the link names the next page. */
static void
look_at(struct search *s, struct str href, bool says)
{
	struct str url = url_without_fragment(url_resolve(s->arena, s->base, href));

	if (!url_is_http(url))
		return;
	struct numbered found = part(s->arena, url);
	if (!follows(&s->self, &found))
		return;
	if (found.number == ALL_PAGES && s->all.n == 0)
		s->all = url;
	else if (found.number != ALL_PAGES && s->next.n == 0 && says)
		s->next = url;
}

static void
look_at_links(struct search *s, const struct page_map *m)
{
	int looked = 0;

	for (uint32_t i = 0; i < m->boxes.n && looked < MAX_LINKS; i++) {
		const struct page_box *b = &m->boxes.v[i];
		struct str href = b->link == i ? html_attr(b->node, "href") : STR("");
		if (href.n == 0 || href.p[0] == '#')
			continue;
		looked++;
		bool says = has_rel_next(b->node) || (page_letters(m, b) <= MAX_PHRASE_LETTERS &&
		    says_next(s->arena, b->node));
		if ((says || may_be_all(href)) &&
		    !page_within(m, i, PAGE_COMMENTS | PAGE_RELATED | PAGE_AD, PAGE_NONE))
			look_at(s, href, says);
	}
}

struct str
page_next(const struct page_map *m, const struct html_node *document, struct str self,
    struct str canonical, struct str base)
{
	struct search s = {.arena = m->arena, .base = base};

	add_self(m->arena, &s.self, self);
	add_self(m->arena, &s.self, canonical);
	if (s.self.n == 0 || is_all(&s.self))
		return STR("");
	for (const struct html_node *n = html_find(document, HTML_TAG_LINK); n;
	    n = html_find_next(n, document, HTML_TAG_LINK))
		if (has_rel_next(n))
			look_at(&s, html_attr(n, "href"), true);
	look_at_links(&s, m);
	return s.all.n > 0 ? s.all : s.next;
}
