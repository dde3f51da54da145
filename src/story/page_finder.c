#include "story/page_finder.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "story/page_kicker.h"
#include "story/trim.h"
#include "text/clean.h"
#include "text/url.h"

enum {
	MIN_TITLE_LETTERS = 2, /* in Han, two signs may be a headline; icons have none */
};

/*
 * Traits that count against links.  A box that holds most of the page says nothing about the
 * line: the class list of <body> names whatever the page has.
 */
bool
page_finder_bars(const struct page_map *m, uint32_t box)
{
	size_t all = m->letters[m->lines.n];

	for (; box != PAGE_NONE; box = m->boxes.v[box].parent) {
		const struct page_box *b = &m->boxes.v[box];
		if (page_letters(m, b) * 2 > all && !html_is(b->node, HTML_TAG_NAV))
			return false;
		if (b->traits & (PAGE_AD | PAGE_COMMENTS))
			return true;
		if ((b->traits & PAGE_CHROME) && !html_closest(b->node, HTML_TAG_ARTICLE))
			return true;
	}
	return false;
}

static bool
has_word(struct str list, struct str word)
{
	struct str w;

	while ((w = str_word(&list)).n > 0)
		if (str_eq_nocase(w, word))
			return true;
	return false;
}

/* The address that a link leads to, or empty when it is none for us. */
struct str
page_finder_url(struct page_finder *f, uint32_t link)
{
	const struct html_node *a = f->map->boxes.v[link].node;
	struct str href = str_trim(html_attr(a, "href"));

	if (href.n == 0 || href.p[0] == '#' || has_word(html_attr(a, "rel"), STR("sponsored")))
		return STR("");
	struct str url = url_resolve(f->arena, f->base, href);
	if (!url_is_http(url) || url_has_userinfo(url))
		return STR("");
	url = url_without_fragment(url);
	if (page_address_kind(url) != PAGE_ADDRESS_STORY || url.n > STORY_MAX_URL_BYTES)
		return STR("");
	if ((f->self_key.n > 0 && str_eq(url_key(f->arena, url), f->self_key)) ||
	    page_address_carries(f->arena, url, url_without_fragment(f->self)))
		return STR("");
	return url;
}

/* Is there white space between two leaves that follow each other? */
static bool
space_between(const struct page_map *m, uint32_t leaf)
{
	const struct html_node *n = m->leaves.v[leaf].node;

	while ((n = html_next_node(n, m->root)) && n != m->leaves.v[leaf + 1].node)
		if (n->kind == HTML_TEXT)
			return true; /* what is no leaf is blank */
	return false;
}

/* Are they parted though there is none? */
static bool
are_parted(const struct page_map *m, uint32_t leaf, enum page_join join)
{
	switch (join) {
	case PAGE_JOIN_AS_WRITTEN: return false;
	case PAGE_JOIN_PARTED: return m->leaves.v[leaf].box != m->leaves.v[leaf + 1].box;
	case PAGE_JOIN_TITLE: return page_kicker_parts(m, leaf);
	}
	return false;
}

/* The clean text of the leaves [from, end). */
struct str
page_finder_text(struct page_finder *f, uint32_t from, uint32_t end, enum page_join join)
{
	const struct page_map *m = f->map;
	struct buf b = {0};

	for (uint32_t i = from; i < end; i++) {
		buf_add(&b, m->leaves.v[i].node->text);
		if (i + 1 < end && (space_between(m, i) || are_parted(m, i, join)))
			buf_char(&b, ' ');
	}
	struct str s = text_clean_line(f->arena, bytes_of(b.p, b.n));
	s = arena_str(f->arena, s);
	buf_clear(&b);
	return s;
}

uint32_t
page_finder_link(const struct page_map *m, uint32_t leaf)
{
	return m->boxes.v[m->leaves.v[leaf].box].link;
}

size_t
page_finder_letters(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80 && !ascii_space((unsigned char)s.p[i]);
	return n;
}

/* --- groups --- */

bool
page_finder_add(struct page_finder *f, enum link_kind kind, struct str label, struct str title, uint32_t link)
{
	struct str url = page_finder_url(f, link);

	title = trim_title(title);
	if (url.n == 0 || page_finder_letters(trim_label(title)) < MIN_TITLE_LETTERS ||
	    page_address_is_section(f->arena, url, title))
		return false;
	title = utf8_cut(title, STORY_MAX_TITLE_BYTES);
	for (size_t i = 0; i < f->links.n; i++) {
		struct story_link *known = &f->links.v[i];
		if (!str_eq(known->url, url))
			continue;
		/* a card links its picture ("02:13") and its headline */
		if (known->title.n < PAGE_MIN_HEADLINE_BYTES && title.n > known->title.n)
			known->title = title;
		return true;
	}
	struct story_link l = {.kind = kind, .label = label, .title = title, .url = url};
	ARENA_PUSH(f->arena, &f->links, l);
	return true;
}

void
page_finder_close(struct page_finder *f, uint32_t line)
{
	struct anatomy_group g = {f->links.v, f->links.n, false};

	ARENA_PUSH(f->arena, &f->out->groups, g);
	ARENA_PUSH(f->arena, &f->out->lines, line);
	f->links.v = NULL;
	f->links.n = f->links.cap = 0;
}

/*
 * Take the lines [first, end) out of the text and put a group in their place: as one box when
 * there is one that holds just these, else line by line.  A group without links leaves no place.
 */
void
page_finder_mark(struct page_finder *f, uint32_t first, uint32_t end, bool place)
{
	struct page_map *m = f->map;
	uint32_t group = f->out->groups.n > 0 ? (uint32_t)f->out->groups.n - 1 : 0;

	for (uint32_t i = first; i < end; i++) {
		uint32_t box = m->lines.v[i].box;
		const struct page_box *b = &m->boxes.v[box];
		enum page_verdict verdict = place && i == first ? PAGE_RELATED_HERE : PAGE_SKIP;
		for (uint32_t leaf = m->lines.v[i].leaf; leaf < m->lines.v[i].leaf_end; leaf++) {
			m->leaves.v[leaf].verdict = verdict;
			m->leaves.v[leaf].group = group;
			if (verdict == PAGE_RELATED_HERE)
				verdict = PAGE_SKIP;
		}
		if (b->line < first || b->line_end > end)
			continue;
		while (b->parent != PAGE_NONE && m->boxes.v[b->parent].line >= first &&
		    m->boxes.v[b->parent].line_end <= end) {
			box = b->parent;
			b = &m->boxes.v[box];
		}
		if (m->boxes.v[box].verdict == PAGE_TAKE) {
			m->boxes.v[box].verdict = place && b->line == first ? PAGE_RELATED_HERE
			                                                    : PAGE_SKIP;
			m->boxes.v[box].group = group;
		}
	}
}

/* The first leaf of [from, end) that is in a link, or end. */
uint32_t
page_finder_first_link(const struct page_map *m, uint32_t from, uint32_t end)
{
	while (from < end && page_finder_link(m, from) == PAGE_NONE)
		from++;
	return from;
}

