#include "story/page_related.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "story/readalso.h"
#include "story/trim.h"
#include "text/clean.h"
#include "text/url.h"

enum {
	/* What may stand in the line besides marker and links: punctuation, a "»". */
	MAX_OTHER_LETTERS = 6,
	MAX_LINE_BYTES = 1200, /* a marker and two or three headlines */
	MIN_TITLE_LETTERS = 2, /* in Han, two signs may be a headline; icons have none */
	/* In a list: a line without a link that is longer is a paragraph and ends it. */
	MAX_NOTE_LETTERS = 40,
	/* In a card with a headline, the summary may be longer. */
	MAX_SUMMARY_LETTERS = 240,
	MAX_LIST_LINES = 80,
	MAX_ATTRIBUTE_BYTES = 100,
	MIN_HEADLINE_BYTES = 12, /* shorter, and it may be a number on a picture */
};

struct finder {
	struct arena *arena;
	struct page_map *map;
	struct str self, base;
	struct page_related *out;
	struct { struct story_link *v; size_t n, cap; } links; /* of the group being made */
};

/* --- what stands around --- */

/*
 * Traits that count against links.  A box that holds most of the page says nothing about the
 * line: the class list of <body> names whatever the page has.
 */
static bool
is_barred(const struct page_map *m, uint32_t box)
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

static bool
path_holds(struct str url, const struct str *parts, size_t n)
{
	struct str path = url_split(url).path;

	for (size_t i = 0; i < n; i++)
		if (str_find_nocase(path, parts[i]) != STR_NONE)
			return true;
	return false;
}

bool
page_is_list_address(struct str url)
{
	static const struct str parts[] = {STR_INIT("/tag/"), STR_INIT("/tags/"), STR_INIT("/topic/"),
	    STR_INIT("/topics/"), STR_INIT("/author/"), STR_INIT("/authors/"), STR_INIT("/autor/"),
	    STR_INIT("/category/"), STR_INIT("/kategori/"), STR_INIT("/kategorie/"),
	    STR_INIT("/rubrik/"), STR_INIT("/search"), STR_INIT("/people/"), STR_INIT("/thema/"),
	    STR_INIT("/themen/")};

	return path_holds(url, parts, COUNT_OF(parts));
}

/* "Read more" that leads to the till: "Saiba mais", "Läs mer" of a box that sells. */
static bool
is_account_address(struct str url)
{
	static const struct str parts[] = {STR_INIT("/subscribe"), STR_INIT("/subscription"),
	    STR_INIT("/abonnement"), STR_INIT("/abonnez"), STR_INIT("/login"), STR_INIT("/signin"),
	    STR_INIT("/signup"), STR_INIT("/sign-up"), STR_INIT("/register"), STR_INIT("/newsletter"),
	    STR_INIT("/langganan"), STR_INIT("/assine"), STR_INIT("/suscri"), STR_INIT("/prenumer"),
	    STR_INIT("/konto/"), STR_INIT("/account/")};

	return path_holds(url, parts, COUNT_OF(parts));
}

/* The address that a link leads to, or empty when it is none for us. */
static struct str
link_url(struct finder *f, uint32_t link)
{
	const struct html_node *a = f->map->boxes.v[link].node;
	struct str href = str_trim(html_attr(a, "href"));

	if (href.n == 0 || href.p[0] == '#' || has_word(html_attr(a, "rel"), STR("sponsored")))
		return STR("");
	struct str url = url_resolve(f->arena, f->base, href);
	if (!url_is_http(url) || url_has_userinfo(url))
		return STR("");
	url = url_without_fragment(url);
	if (page_is_list_address(url) || is_account_address(url))
		return STR("");
	if (url.n > STORY_MAX_URL_BYTES || str_eq(url, url_without_fragment(f->self)))
		return STR("");
	return url;
}

/* The clean text of the leaves [from, end). */
static struct str
leaves_text(struct finder *f, uint32_t from, uint32_t end)
{
	struct buf b = {0};

	for (uint32_t i = from; i < end; i++)
		buf_add(&b, f->map->leaves.v[i].node->text);
	struct str s = text_clean_line(f->arena, bytes_of(b.p, b.n));
	s = arena_str(f->arena, s);
	buf_clear(&b);
	return s;
}

static uint32_t
leaf_link(const struct page_map *m, uint32_t leaf)
{
	return m->boxes.v[m->leaves.v[leaf].box].link;
}

static size_t
letters_of(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80 && !ascii_space((unsigned char)s.p[i]);
	return n;
}

/* --- groups --- */

static bool
add_link(struct finder *f, enum link_kind kind, struct str label, struct str title, uint32_t link)
{
	struct str url = link_url(f, link);

	title = trim_title(title);
	if (url.n == 0 || letters_of(trim_label(title)) < MIN_TITLE_LETTERS)
		return false;
	title = utf8_cut(title, STORY_MAX_TITLE_BYTES);
	for (size_t i = 0; i < f->links.n; i++) {
		struct story_link *known = &f->links.v[i];
		if (!str_eq(known->url, url))
			continue;
		/* a card links its picture ("02:13") and its headline */
		if (known->title.n < MIN_HEADLINE_BYTES && title.n > known->title.n)
			known->title = title;
		return true;
	}
	struct story_link l = {.kind = kind, .label = label, .title = title, .url = url};
	ARENA_PUSH(f->arena, &f->links, l);
	return true;
}

static void
close_group(struct finder *f, uint32_t line)
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
static void
mark_lines(struct finder *f, uint32_t first, uint32_t end, bool place)
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

/* --- a marker and links in one line --- */

static bool
is_offer(const struct readalso *m)
{
	return m->kind == READALSO_RELATED ||
	    ((m->kind == READALSO_WEAK || m->kind == READALSO_HEADING) && m->closed);
}

static bool
line_offers(struct finder *f, uint32_t i, struct readalso *marker)
{
	const struct page_line *l = &f->map->lines.v[i];

	if (l->link_letters == 0 || l->text.n > MAX_LINE_BYTES ||
	    !readalso_match(f->arena, l->text, marker) || !is_offer(marker))
		return false;
	size_t outside = l->letters - l->link_letters;
	size_t label = leaf_link(f->map, l->leaf) == PAGE_NONE ? letters_of(marker->label) : 0;
	/* signs of unspaced scripts count for two in the line */
	return outside <= 2 * label + MAX_OTHER_LETTERS;
}

/* The links of the line, in order; the marker goes from the title of the first. */
static void
take_line_links(struct finder *f, uint32_t i, const struct readalso *marker)
{
	const struct page_line *l = &f->map->lines.v[i];

	for (uint32_t leaf = l->leaf; leaf < l->leaf_end;) {
		uint32_t link = leaf_link(f->map, leaf), end = leaf + 1;
		while (end < l->leaf_end && leaf_link(f->map, end) == link)
			end++;
		struct readalso inside;
		struct str title = leaves_text(f, leaf, end);
		if (link != PAGE_NONE) {
			if (leaf == l->leaf && readalso_match(f->arena, title, &inside))
				title = inside.rest;
			add_link(f, LINK_INLINE, marker->label, title, link);
		}
		leaf = end;
	}
}

static bool
take_line(struct finder *f, uint32_t i)
{
	struct readalso marker;

	if (!line_offers(f, i, &marker))
		return false;
	take_line_links(f, i, &marker);
	if (f->links.n == 0)
		return false;
	close_group(f, i);
	mark_lines(f, i, i + 1, true);
	return true;
}

/* An offer that leads nowhere (a script, the page itself) is no text of the story either. */
static void
drop_dead_offer(struct finder *f, uint32_t i)
{
	struct readalso marker;

	if (line_offers(f, i, &marker) && trim_title(marker.rest).n > 0)
		mark_lines(f, i, i + 1, false);
}

/* --- a heading and a list --- */

/* The smallest box around the line that holds more than it. */
static uint32_t
section_of(const struct page_map *m, uint32_t line)
{
	uint32_t box = m->lines.v[line].box;

	while (m->boxes.v[box].parent != PAGE_NONE && m->boxes.v[box].line == line &&
	    m->boxes.v[box].line_end == line + 1)
		box = m->boxes.v[box].parent;
	return box;
}

static bool
is_heading_line(const struct page_map *m, uint32_t i)
{
	for (uint32_t box = m->lines.v[i].box; box != PAGE_NONE; box = m->boxes.v[box].parent) {
		if (page_is_heading(m->boxes.v[box].node))
			return true;
		if (m->boxes.v[box].line_end > i + 1 || m->boxes.v[box].line < i)
			break;
	}
	return false;
}

/* The links of one line of a list.  False: the line ends the list. */
static bool
take_list_line(struct finder *f, uint32_t i, const struct readalso *marker)
{
	const struct page_map *m = f->map;
	const struct page_line *l = &m->lines.v[i];
	uint32_t leaf = l->leaf;

	if (l->link_letters == 0) {
		size_t most = f->links.n > 0 && html_closest(m->boxes.v[l->box].node, HTML_TAG_LI)
		    ? MAX_SUMMARY_LETTERS : MAX_NOTE_LETTERS;
		return l->letters <= most && !is_heading_line(m, i);
	}
	if (l->letters - l->link_letters > MAX_NOTE_LETTERS)
		return false;
	while (leaf < l->leaf_end) {
		uint32_t link = leaf_link(m, leaf), end = leaf + 1;
		while (end < l->leaf_end && leaf_link(m, end) == link)
			end++;
		if (link != PAGE_NONE)
			add_link(f, LINK_TAIL, marker->label, leaves_text(f, leaf, end), link);
		leaf = end;
	}
	return true;
}

static bool
is_list_end(struct finder *f, uint32_t i)
{
	struct readalso other;

	if (is_barred(f->map, f->map->lines.v[i].box))
		return true;
	return readalso_is_heading(f->arena, f->map->lines.v[i].text, &other);
}

/* The links of the lines [from, last) under the marker.  Returns the end of what they take. */
static uint32_t
take_list_lines(struct finder *f, uint32_t from, uint32_t last, const struct readalso *marker)
{
	const struct page_map *m = f->map;
	uint32_t next = from, end = from;

	while (next < last && next < from + MAX_LIST_LINES && f->links.n < PAGE_MAX_LIST_LINKS) {
		if (is_list_end(f, next) || !take_list_line(f, next, marker))
			break;
		next++;
		if (m->lines.v[next - 1].link_letters > 0)
			end = next;
	}
	/* what stands behind the last link, when the section ends with it, belongs to it */
	return next == last ? next : end;
}

/* Returns the line after the list, or i when there is none. */
static uint32_t
take_list(struct finder *f, uint32_t i)
{
	struct page_map *m = f->map;
	struct readalso marker;

	if (!readalso_is_heading(f->arena, m->lines.v[i].text, &marker) ||
	    marker.kind == READALSO_CONTINUE || marker.kind == READALSO_POPULAR ||
	    (marker.kind == READALSO_WEAK && !marker.closed && !is_heading_line(m, i)))
		return i;
	uint32_t last = m->boxes.v[section_of(m, i)].line_end;
	uint32_t end = take_list_lines(f, i + 1, last, &marker);
	if (f->links.n == 0)
		return i;
	close_group(f, i);
	mark_lines(f, i, end, true);
	return end;
}

/* --- a box with its marker in an attribute --- */

static bool
marker_of_box(struct finder *f, const struct html_node *n, struct readalso *marker)
{
	static const char *const names[] = {"aria-label", "data-before-content", "data-title",
	    "data-label", "data-heading"};

	for (size_t i = 0; n->n_attributes > 0 && i < COUNT_OF(names); i++) {
		struct str said = html_attr(n, names[i]);
		if (said.n == 0 || said.n > MAX_ATTRIBUTE_BYTES)
			continue;
		said = arena_str(f->arena, text_clean_line(f->arena, bytes_of_str(said)));
		if (readalso_is_heading(f->arena, said, marker) && marker->kind == READALSO_RELATED)
			return true;
	}
	return false;
}

/* The style sheet would write the attribute above the links. */
static void
take_box(struct finder *f, const struct page_box *b)
{
	struct readalso marker;

	if (b->line >= b->line_end || b->verdict != PAGE_TAKE ||
	    f->map->leaves.v[f->map->lines.v[b->line].leaf].verdict != PAGE_TAKE ||
	    !marker_of_box(f, b->node, &marker) || is_barred(f->map, (uint32_t)(b - f->map->boxes.v)))
		return;
	f->links.n = 0;
	uint32_t line = b->line, end = take_list_lines(f, line, b->line_end, &marker);
	if (f->links.n == 0)
		return;
	close_group(f, line);
	mark_lines(f, line, end, true);
}

void
page_related_find(struct page_map *m, struct str self, struct str base, struct page_related *out)
{
	struct finder f = {.arena = m->arena, .map = m, .self = self, .base = base, .out = out};

	*out = (struct page_related){0};
	for (uint32_t i = 0; i < m->lines.n && out->groups.n < ANATOMY_MAX_GROUPS;) {
		f.links.n = 0;
		if (is_barred(m, m->lines.v[i].box) || take_line(&f, i)) {
			i++;
			continue;
		}
		uint32_t next = take_list(&f, i);
		if (next == i)
			drop_dead_offer(&f, i);
		i = next > i ? next : i + 1;
	}
	for (size_t i = 0; i < m->boxes.n && out->groups.n < ANATOMY_MAX_GROUPS; i++)
		take_box(&f, &m->boxes.v[i]);
}
