#include "story/page_related.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "story/credit.h"
#include "story/readalso.h"
#include "story/trim.h"
#include "text/clean.h"
#include "text/fold.h"
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
	MAX_STYLE_BYTES = 1000,
	MAX_LABEL_LEAVES = 8, /* a label is in one element, or in a few */
	MIN_LEAD_IN_LETTERS = 4,
	MAX_LEAD_IN_BYTES = 80,
	MAX_LEARNED_BYTES = 480, /* a lead-in and a headline: 160 signs of the widest scripts */
	MAX_LEAD_INS = 64, /* that one page is searched for; the reader's patience with lists */
	MIN_HEADLINE_BYTES = 12, /* shorter, and it may be a number on a picture */
};

struct finder {
	struct arena *arena;
	struct page_map *map;
	struct str self, self_key, base;
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

/* How leaves are joined. */
enum join {
	JOIN_AS_WRITTEN,
	/* Elements are parted: the style sheet does it where the markup does not. */
	JOIN_PARTED,
};

/* The clean text of the leaves [from, end). */
static struct str
leaves_text(struct finder *f, uint32_t from, uint32_t end, enum join join)
{
	const struct page_map *m = f->map;
	struct buf b = {0};

	for (uint32_t i = from; i < end; i++) {
		buf_add(&b, m->leaves.v[i].node->text);
		if (i + 1 < end && (space_between(m, i) ||
		    (join == JOIN_PARTED && m->leaves.v[i].box != m->leaves.v[i + 1].box)))
			buf_char(&b, ' ');
	}
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
	if (url.n == 0 || letters_of(trim_label(title)) < MIN_TITLE_LETTERS ||
	    page_address_is_section(f->arena, url, title))
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

/* The first leaf of [from, end) that is in a link, or end. */
static uint32_t
first_link(const struct page_map *m, uint32_t from, uint32_t end)
{
	while (from < end && leaf_link(m, from) == PAGE_NONE)
		from++;
	return from;
}

/*
 * <span>À lire aussi</span><a>: there is no space, and what is read without one may be another
 * marker ("À lire").  The longer one is meant.
 */
static bool
match_leaves(struct finder *f, uint32_t from, uint32_t end, struct str text,
    struct readalso *marker)
{
	struct readalso parted;
	bool found = readalso_match(f->arena, text, marker);

	if (end - from < 2)
		return found;
	struct str apart = leaves_text(f, from, end, JOIN_PARTED);
	if (!readalso_match(f->arena, apart, &parted))
		return found;
	if (!found || parted.label.n > marker->label.n) {
		*marker = parted;
		found = true;
	}
	return found;
}

/* A common word is a label, too, when it stands in an element of its own before a headline. */
static bool
is_set_apart(struct finder *f, const struct page_line *l, struct str label)
{
	const struct page_map *m = f->map;
	uint32_t link = first_link(m, l->leaf, l->leaf_end);

	for (uint32_t i = l->leaf; i < link; i++)
		if (m->leaves.v[i].box == l->box)
			return false;
	if (!str_eq(trim_label(leaves_text(f, l->leaf, link, JOIN_AS_WRITTEN)), label))
		return false;
	struct str title = leaves_text(f, link, l->leaf_end, JOIN_AS_WRITTEN);
	size_t at = 0;
	return title.n >= MIN_HEADLINE_BYTES && !trim_is_lower(utf8_next(title, &at));
}

static bool
line_offers(struct finder *f, uint32_t i, struct readalso *marker)
{
	const struct page_line *l = &f->map->lines.v[i];

	if (l->link_letters == 0 || l->text.n > MAX_LINE_BYTES ||
	    !match_leaves(f, l->leaf, l->leaf_end, l->text, marker))
		return false;
	if ((marker->kind == READALSO_WEAK || marker->kind == READALSO_HEADING) && !marker->closed)
		marker->closed = is_set_apart(f, l, marker->label);
	if (!is_offer(marker))
		return false;
	size_t outside = l->letters - l->link_letters;
	size_t label = leaf_link(f->map, l->leaf) == PAGE_NONE ? letters_of(marker->label) : 0;
	/* signs of unspaced scripts count for two in the line */
	return outside <= 2 * label + MAX_OTHER_LETTERS;
}

/* The headline in a link that may begin with the marker. */
static struct str
title_of(struct finder *f, uint32_t leaf, uint32_t end)
{
	struct readalso inside;
	struct str text = leaves_text(f, leaf, end, JOIN_AS_WRITTEN);

	if (!match_leaves(f, leaf, end, text, &inside))
		return text;
	for (uint32_t i = leaf + 1; i < end && i < leaf + MAX_LABEL_LEAVES; i++)
		if (str_eq(trim_label(leaves_text(f, leaf, i, JOIN_PARTED)), inside.label))
			return trim_after_label(leaves_text(f, i, end, JOIN_AS_WRITTEN));
	return inside.rest;
}

/* The links of the line, in order; the marker goes from the title of the first. */
static void
take_line_links(struct finder *f, uint32_t i, struct str label)
{
	const struct page_map *m = f->map;
	const struct page_line *l = &m->lines.v[i];
	uint32_t leaf = first_link(m, l->leaf, l->leaf_end);
	struct str before = leaves_text(f, l->leaf, leaf, JOIN_AS_WRITTEN);
	bool inside = trim_lead(before).n == 0;

	while (leaf < l->leaf_end) {
		uint32_t link = leaf_link(m, leaf), end = leaf + 1;
		while (end < l->leaf_end && leaf_link(m, end) == link)
			end++;
		if (link != PAGE_NONE)
			add_link(f, LINK_INLINE, label, inside ? title_of(f, leaf, end)
			    : leaves_text(f, leaf, end, JOIN_AS_WRITTEN), link);
		inside = inside && link == PAGE_NONE;
		leaf = end;
	}
}

static bool
take_line(struct finder *f, uint32_t i)
{
	struct readalso marker;

	if (!line_offers(f, i, &marker))
		return false;
	take_line_links(f, i, marker.label);
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
			add_link(f, LINK_TAIL, marker->label,
			    leaves_text(f, leaf, end, JOIN_AS_WRITTEN), link);
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
	    marker.kind == READALSO_PAID ||
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

/* --- lists of another kind --- */

/* The first line of [from, end) that offers a story by itself, or end. */
static uint32_t
until_offer(struct finder *f, uint32_t from, uint32_t end)
{
	struct readalso marker;

	while (from < end && !line_offers(f, from, &marker))
		from++;
	return from;
}

/*
 * "Most read", "Topics", "Advertisement": neither the word nor the list under it is text of the
 * story.  Returns the line after them, or i.
 */
static uint32_t
drop_other(struct finder *f, uint32_t i)
{
	struct page_map *m = f->map;
	const struct page_line *l = &m->lines.v[i];
	struct readalso marker;

	if (l->text.n > MAX_LINE_BYTES || !readalso_match(f->arena, l->text, &marker) ||
	    (marker.kind != READALSO_POPULAR && marker.kind != READALSO_PAID))
		return i;
	bool alone = trim_close(marker.rest).n == 0;
	if (!alone && !(marker.closed && l->link_letters > 0 &&
	    l->letters - l->link_letters <= 2 * letters_of(marker.label) + MAX_OTHER_LETTERS))
		return i;
	uint32_t end = i + 1, last = m->boxes.v[section_of(m, i)].line_end;
	if (alone)
		end = until_offer(f, i + 1, take_list_lines(f, i + 1, last, &marker));
	f->links.n = 0;
	if (alone && marker.kind == READALSO_POPULAR &&
	    m->link_letters[end] == m->link_letters[i + 1])
		return i; /* no list: a heading of the story */
	mark_lines(f, i, end, false);
	return end;
}

/* --- a box with its marker in an attribute --- */

static bool
is_spoken_marker(struct finder *f, struct str said, struct readalso *marker)
{
	if (said.n == 0 || said.n > MAX_ATTRIBUTE_BYTES)
		return false;
	said = arena_str(f->arena, text_clean_line(f->arena, bytes_of_str(said)));
	return readalso_is_heading(f->arena, said, marker) && marker->kind == READALSO_RELATED;
}

/* A string in a custom property: style="--heading: 'À lire aussi'". */
static bool
marker_of_style(struct finder *f, struct str style, struct readalso *marker)
{
	struct str rest = style;

	if (style.n > MAX_STYLE_BYTES || str_find(style, STR("--")) == STR_NONE)
		return false;
	for (;;) {
		size_t open = 0;
		while (open < rest.n && rest.p[open] != '\'' && rest.p[open] != '"')
			open++;
		if (open == rest.n)
			return false;
		size_t n = str_find_char(str_from(rest, open + 1), rest.p[open]);
		if (n == STR_NONE)
			return false;
		if (is_spoken_marker(f, str_sub(rest, open + 1, n), marker))
			return true;
		rest = str_from(rest, open + n + 2);
	}
}

static bool
marker_of_box(struct finder *f, const struct html_node *n, struct readalso *marker)
{
	static const char *const names[] = {"aria-label", "data-before-content", "data-title",
	    "data-label", "data-heading", "title"};

	for (size_t i = 0; n->n_attributes > 0 && i < COUNT_OF(names); i++)
		if (is_spoken_marker(f, html_attr(n, names[i]), marker))
			return true;
	return n->n_attributes > 0 && marker_of_style(f, html_attr(n, "style"), marker);
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

/* --- lead-ins that the page has more than once --- */

/* A line of a lead-in and one link, and how often its like was seen. */
struct lead_in {
	struct str label, folded;
	uint32_t line, link, leaf, leaf_end;
};

/* Letters that have a case, all of them capitals. */
static bool
is_shouted(struct str s)
{
	size_t capitals = 0;

	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);
		if (trim_is_lower(c))
			return false;
		capitals += (c >= 'A' && c <= 'Z') || (c >= 0x391 && c <= 0x3AB) ||
		    (c >= 0x410 && c <= 0x42F);
	}
	return capitals >= MIN_LEAD_IN_LETTERS;
}

static bool
ends_with_colon(struct str s)
{
	size_t at;
	uint32_t c = trim_last(trim_space(s), &at);

	return s.n > 0 && (c == ':' || c == 0xFF1A);
}

/*
 * What stands before the only link of the line, when it may be a label: it ends with a colon or is
 * all capitals, names nobody ("Foto:") and is none of the markers that are known.
 */
static bool
read_lead_in(struct finder *f, uint32_t i, struct lead_in *out)
{
	const struct page_map *m = f->map;
	const struct page_line *l = &m->lines.v[i];
	uint32_t leaf = first_link(m, l->leaf, l->leaf_end), end = leaf;
	struct readalso known;

	if (leaf == l->leaf || leaf == l->leaf_end || l->text.n > MAX_LEARNED_BYTES ||
	    m->leaves.v[leaf].verdict != PAGE_TAKE)
		return false;
	while (end < l->leaf_end && leaf_link(m, end) == leaf_link(m, leaf))
		end++;
	struct str lead = leaves_text(f, l->leaf, leaf, JOIN_AS_WRITTEN);
	if (end != l->leaf_end || lead.n > MAX_LEAD_IN_BYTES ||
	    !(ends_with_colon(lead) || is_shouted(lead)))
		return false;
	*out = (struct lead_in){trim_label(lead), {"", 0}, i, leaf_link(m, leaf), leaf, end};
	return letters_of(out->label) >= MIN_LEAD_IN_LETTERS &&
	    !readalso_match(f->arena, lead, &known) &&
	    credit_read(f->arena, l->text, NULL) == CREDIT_NONE;
}

/* A headline on the same site. */
static bool
leads_to_story(struct finder *f, const struct lead_in *in)
{
	struct str url = link_url(f, in->link);
	struct str title = leaves_text(f, in->leaf, in->leaf_end, JOIN_AS_WRITTEN);

	return url.n > 0 && title.n >= 2 * MIN_HEADLINE_BYTES && url_split(url).path.n > 1 &&
	    str_eq_nocase(url_host(url), url_host(f->base));
}

static void
take_learned(struct finder *f, const struct lead_in *in)
{
	f->links.n = 0;
	add_link(f, LINK_INLINE, in->label,
	    leaves_text(f, in->leaf, in->leaf_end, JOIN_AS_WRITTEN), in->link);
	if (f->links.n == 0)
		return;
	close_group(f, in->line);
	mark_lines(f, in->line, in->line + 1, true);
}

static void
find_learned(struct finder *f)
{
	struct { struct lead_in *v; size_t n, cap; } all = {0};

	for (uint32_t i = 0; i < f->map->lines.n && all.n < MAX_LEAD_INS; i++) {
		struct lead_in in;
		if (f->map->lines.v[i].link_letters == 0 ||
		    is_barred(f->map, f->map->lines.v[i].box) || !read_lead_in(f, i, &in) ||
		    !leads_to_story(f, &in))
			continue;
		in.folded = text_fold_bare(f->arena, in.label);
		ARENA_PUSH(f->arena, &all, in);
	}
	for (size_t i = 0; i < all.n && f->out->groups.n < ANATOMY_MAX_GROUPS; i++) {
		size_t same = 0;
		for (size_t k = 0; k < all.n; k++)
			same += str_eq(all.v[i].folded, all.v[k].folded);
		if (same > 1)
			take_learned(f, &all.v[i]);
	}
}

void
page_related_find(struct page_map *m, struct str self, struct str base, struct page_related *out)
{
	struct finder f = {.arena = m->arena, .map = m, .self = self, .base = base, .out = out};

	f.self_key = url_key(m->arena, self);
	*out = (struct page_related){0};
	for (uint32_t i = 0; i < m->lines.n && out->groups.n < ANATOMY_MAX_GROUPS;) {
		f.links.n = 0;
		if (is_barred(m, m->lines.v[i].box) || take_line(&f, i)) {
			i++;
			continue;
		}
		uint32_t next = take_list(&f, i);
		if (next == i)
			next = drop_other(&f, i);
		if (next == i)
			drop_dead_offer(&f, i);
		i = next > i ? next : i + 1;
	}
	for (size_t i = 0; i < m->boxes.n && out->groups.n < ANATOMY_MAX_GROUPS; i++)
		take_box(&f, &m->boxes.v[i]);
	find_learned(&f);
}
