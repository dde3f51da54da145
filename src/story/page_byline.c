/* Who wrote it: what the machine-readable places say, else the elements that name authors. */
#include "story/page_meta.h"

#include "base/utf8.h"
#include "story/trim.h"
#include "text/clean.h"
#include "text/date_name.h"
#include "text/fold.h"
#include "text/html_text.h"

enum {
	MAX_NAME_BYTES = 120,
	MAX_NAMES_BYTES = 300,
	MAX_LOOKED = 40,
	MAX_BYLINES = 4,
	MAX_BYLINE_LETTERS = 60,
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

static bool
is_date_word(struct arena *a, struct str word)
{
	static const struct str joins[] = {STR_INIT("at"), STR_INIT("on"), STR_INIT("updated"),
	    STR_INIT("published"), STR_INIT("posted"), STR_INIT("stand"), STR_INIT("/")};
	struct str folded = text_fold_bare(a, trim_label(word));
	while (folded.n > 1 && folded.p[folded.n - 1] == ',')
		folded.n--;
	const struct date_name *name = date_name_find(folded);

	return str_in(folded, joins, COUNT_OF(joins)) ||
	    (name && (name->kind == MONTH || name->kind == WEEKDAY ||
	     name->kind == EITHER));
}

/* "May", "Updated: December", "Monday, February": what stands before a number that was cut off. */
static struct str
without_date_words(struct arena *a, struct str s)
{
	for (;;) {
		size_t space = str_find_last_char(s, ' ');
		if (space == STR_NONE || !is_date_word(a, str_from(s, space + 1)))
			return s;
		s = trim_space(trim_close(str_sub(s, 0, space)));
	}
}

/* What stands in brackets is an address or a number, and no part of a name. */
static bool
is_address_ahead(struct str s)
{
	struct str inside = str_sub(s, 0, str_find_char(s, ')'));

	return str_find_char(inside, '.') != STR_NONE || str_find_char(inside, '@') != STR_NONE ||
	    str_has_digit(inside);
}

/* A name ends before a bar, a date, an address in brackets. */
static struct str
name_of(struct arena *a, struct str s)
{
	bool number = false;
	s = without_before(a, trim_space(s));
	size_t at = 0, next = 0;
	for (; at < s.n; at = next) {
		uint32_t c = utf8_next(s, &next);
		if (c == '|' || c == 0x2022 || c == 0xB7 || c == '<' || c == 0xFF5C)
			break;
		if (c == '(' && (at == 0 || is_address_ahead(str_from(s, next))))
			break;
		if (ascii_digit((unsigned char)s.p[at]) && at > 0) {
			number = true;
			break;
		}
	}
	bool whole = at == s.n && s.n > 0 && s.p[s.n - 1] == ')';
	s = str_sub(s, 0, at);
	s = trim_space(whole ? s : trim_close(s));
	return number ? without_date_words(a, s) : s;
}

struct names {
	struct arena *arena;
	struct str site, publisher, host, all;
	bool with_site; /* the site's own name will do */
};

/* The site, as it is called here or there. */
static bool
is_site(const struct names *n, struct str key)
{
	const struct str own[] = {n->site, n->publisher, n->host};

	for (size_t i = 0; i < COUNT_OF(own); i++)
		if (own[i].n > 0 && str_eq(key, text_headline_key(n->arena, own[i])))
			return true;
	return false;
}

static bool
is_name(const struct names *n, struct str s)
{
	static const struct str nobody[] = {STR_INIT("admin"), STR_INIT("undefined"),
	    STR_INIT("null")};

	if (s.n < 2 || s.n > MAX_NAME_BYTES || s.p[0] == ',' || str_find(s, STR("://")) != STR_NONE ||
	    str_find_char(s, '@') != STR_NONE)
		return false;
	struct str key = text_headline_key(n->arena, s);
	return key.n > 0 && (n->with_site || !is_site(n, key)) &&
	    !str_in(key, nobody, COUNT_OF(nobody));
}

/* "fiona-leishman" in an address or a broken <meta>: written as a name. */
static struct str
from_slug(struct arena *a, struct str s)
{
	size_t hyphens = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '-')
			hyphens++;
		else if (s.p[i] < 'a' || s.p[i] > 'z')
			return s;
	}
	if (hyphens == 0 || hyphens > 3)
		return s;
	char *out = arena_alloc(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		bool first = i == 0 || s.p[i - 1] == '-';
		out[i] = s.p[i] == '-' ? ' ' : first ? (char)(s.p[i] - 32) : s.p[i];
	}
	return str_of(out, s.n);
}

static void
add_name(struct names *n, struct str raw)
{
	struct str name = name_of(n->arena, raw);

	if (!n->with_site) /* a site may well be written so */
		name = from_slug(n->arena, name);
	if (!is_name(n, name) ||
	    n->all.n + name.n > MAX_NAMES_BYTES)
		return;
	if (str_find_nocase(n->all, name) != STR_NONE)
		return;
	n->all = n->all.n ? arena_fmt(n->arena, "%.*s, %.*s", STR_ARG(n->all), STR_ARG(name)) : name;
}

/* --- what is machine-readable --- */

/*
 * People, and who wrote with them: an agency, a desk.  Organizations alone are mostly the site
 * itself, and believed last.
 */
static void
from_jsonld(const struct page_meta *meta, struct names *names)
{
	bool people = false;

	for (size_t i = 0; i < meta->jsonld.n_authors; i++)
		people = people || !meta->jsonld.organization[i];
	names->with_site = people && meta->jsonld.n_authors > 1;
	for (size_t i = 0; i < meta->jsonld.n_authors && people; i++)
		add_name(names, meta->jsonld.authors[i]);
	names->with_site = false;
}

static void
from_organizations(const struct page_meta *meta, struct names *names)
{
	names->with_site = true;
	for (size_t i = 0; i < meta->jsonld.n_authors; i++)
		add_name(names, meta->jsonld.authors[i]);
}

/* All names of the most trusted <meta> that has any. */
static void
from_meta(const struct page_meta *meta, struct names *names)
{
	size_t row = 0;

	while (row != SIZE_MAX && names->all.n == 0) {
		size_t next = SIZE_MAX;
		for (size_t i = 0; i < meta->n_authors; i++) {
			const struct page_meta_author *a = &meta->authors[i];
			if (a->row == row)
				add_name(names, a->name);
			else if (a->row > row && a->row < next)
				next = a->row;
		}
		row = next;
	}
}

/* --- elements --- */

enum author_sign { SIGN_REL, SIGN_CLASS, SIGN_ADDRESS };

static bool
has_author_rel(const struct html_node *n)
{
	struct str rel = html_attr(n, "rel"), word;

	while ((word = str_word(&rel)).n > 0)
		if (str_eq_nocase(word, STR("author")))
			return true;
	return str_eq(html_attr(n, "itemprop"), STR("author"));
}

/* A link to somebody's page. */
static bool
has_author_address(const struct html_node *n)
{
	static const struct str parts[] = {STR_INIT("/author/"), STR_INIT("/authors/"),
	    STR_INIT("/autor/"), STR_INIT("/autoren/"), STR_INIT("/auteur/"), STR_INIT("/staff/"),
	    STR_INIT("/profile/"), STR_INIT("/people/"), STR_INIT("/person/"), STR_INIT("/writer/"),
	    STR_INIT("/contributor/"), STR_INIT("/contributors/"), STR_INIT("/journalist/"),
	    STR_INIT("/reporter/"), STR_INIT("/penulis/"), STR_INIT("/by/"), STR_INIT("/bios/")};
	struct str href = html_attr(n, "href");

	if (!html_is(n, HTML_TAG_A))
		return false;
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		if (str_find(href, parts[i]) != STR_NONE)
			return true;
	return false;
}

static bool
has_sign(const struct page_box *b, enum author_sign sign)
{
	switch (sign) {
	case SIGN_REL: return has_author_rel(b->node);
	case SIGN_CLASS: return b->traits & PAGE_AUTHOR;
	case SIGN_ADDRESS: return has_author_address(b->node);
	}
	return false;
}

static void
from_elements(const struct page_map *m, struct names *names, enum author_sign sign)
{
	int looked = 0;

	for (uint32_t i = 0; i < m->boxes.n && looked < MAX_LOOKED;) {
		const struct page_box *b = &m->boxes.v[i];
		if (!has_sign(b, sign) || page_letters(m, b) == 0 ||
		    page_letters(m, b) > MAX_NAME_BYTES ||
		    page_within(m, i, PAGE_COMMENTS | PAGE_RELATED | PAGE_SIDE | PAGE_CHROME, PAGE_NONE)) {
			i++;
			continue;
		}
		looked++;
		add_name(names, html_node_line(m->arena, b->node));
		if (sign != SIGN_REL && names->all.n > 0)
			return;
		i = b->end;
	}
}

/* A short line "By X" among the first lines of the page's middle. */
static void
from_lines(const struct page_map *m, struct names *names)
{
	int looked = 0;

	for (uint32_t i = 0; i < m->lines.n && looked < MAX_BYLINES; i++) {
		const struct page_line *l = &m->lines.v[i];
		if (l->letters > MAX_BYLINE_LETTERS ||
		    page_within(m, l->box, PAGE_COMMENTS | PAGE_RELATED | PAGE_SIDE | PAGE_CHROME, PAGE_NONE))
			continue;
		struct str rest = without_before(m->arena, l->text);
		if (rest.n == l->text.n || rest.n == 0 || rest.p[0] < 'A' || rest.p[0] > 'Z')
			continue;
		looked++;
		add_name(names, l->text);
		if (names->all.n > 0)
			return;
	}
}

struct str
page_byline(const struct page_map *m, const struct page_meta *meta, struct str site,
    struct str host)
{
	struct names names = {.arena = m->arena, .site = site, .all = STR(""),
	    .publisher = meta->jsonld.publisher,
	    .host = str_starts(host, STR("www.")) ? str_from(host, 4) : host};

	from_jsonld(meta, &names);
	if (names.all.n == 0)
		from_meta(meta, &names);
	for (int sign = SIGN_REL; sign <= SIGN_CLASS && names.all.n == 0; sign++)
		from_elements(m, &names, (enum author_sign)sign);
	if (names.all.n == 0)
		from_organizations(meta, &names);
	names.with_site = false;
	if (names.all.n == 0)
		from_elements(m, &names, SIGN_ADDRESS);
	if (names.all.n == 0)
		from_lines(m, &names);
	return names.all;
}
