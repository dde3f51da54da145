#include "story/page_related.h"

#include "base/utf8.h"
#include "story/page_finder.h"
#include "story/page_learned.h"
#include "story/page_topic.h"
#include "story/readalso.h"
#include "story/trim.h"
#include "text/clean.h"
#include "text/url.h"

enum {
	/* What may stand in the line besides marker and links: punctuation, a "»". */
	MAX_OTHER_LETTERS = 6,
	MAX_LINE_BYTES = 1200, /* a marker and two or three headlines */
	/* In a list: a line without a link that is longer is a paragraph and ends it. */
	MAX_NOTE_LETTERS = 40,
	/* In a card with a headline, the summary may be longer. */
	MAX_SUMMARY_LETTERS = 240,
	MAX_LIST_LINES = 80,
	MAX_ATTRIBUTE_BYTES = 100,
	MAX_STYLE_BYTES = 1000,
	MAX_LABEL_LEAVES = 8, /* a label is in one element, or in a few */
};

/* --- a marker and links in one line --- */

static bool
is_offer(const struct readalso *m)
{
	return m->kind == READALSO_RELATED ||
	    ((m->kind == READALSO_WEAK || m->kind == READALSO_HEADING) && m->closed);
}

/* The marker that a line begins with; asked of the same line over and over. */
static bool
marker_of_line(struct page_finder *f, struct str text, struct readalso *marker)
{
	if (f->asked.text.p != text.p || f->asked.text.n != text.n) {
		f->asked.found = readalso_match(f->arena, text, &f->asked.marker);
		f->asked.text = text;
	}
	if (f->asked.found)
		*marker = f->asked.marker;
	return f->asked.found;
}

static bool
is_heading(struct page_finder *f, uint32_t i, struct readalso *marker)
{
	struct str text = f->map->lines.v[i].text;

	return marker_of_line(f, text, marker) && readalso_is_alone(text, marker);
}

/*
 * <span>À lire aussi</span><a>: there is no space, and what is read without one may be another
 * marker ("À lire").  The longer one is meant.
 */
static bool
match_leaves(struct page_finder *f, uint32_t from, uint32_t end, struct str text,
    struct readalso *marker)
{
	struct readalso parted;
	bool found = marker_of_line(f, text, marker);

	if (end - from < 2)
		return found;
	struct str apart = page_finder_text(f, from, end, PAGE_JOIN_PARTED);
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
is_set_apart(struct page_finder *f, const struct page_line *l, struct str label)
{
	const struct page_map *m = f->map;
	uint32_t link = page_finder_first_link(m, l->leaf, l->leaf_end);

	for (uint32_t i = l->leaf; i < link; i++)
		if (m->leaves.v[i].box == l->box)
			return false;
	if (!str_eq(trim_label(page_finder_text(f, l->leaf, link, PAGE_JOIN_AS_WRITTEN)), label))
		return false;
	struct str title = page_finder_text(f, link, l->leaf_end, PAGE_JOIN_AS_WRITTEN);
	size_t at = 0;
	return title.n >= PAGE_MIN_HEADLINE_BYTES && !trim_is_lower(utf8_next(title, &at));
}

static bool
line_offers(struct page_finder *f, uint32_t i, struct readalso *marker)
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
	size_t label = page_finder_link(f->map, l->leaf) == PAGE_NONE ? page_finder_letters(marker->label) : 0;
	/* signs of unspaced scripts count for two in the line */
	return outside <= 2 * label + MAX_OTHER_LETTERS;
}

/* The headline in a link that may begin with the marker. */
static struct str
title_of(struct page_finder *f, uint32_t leaf, uint32_t end)
{
	struct readalso inside;
	struct str text = page_finder_text(f, leaf, end, PAGE_JOIN_TITLE);

	if (!match_leaves(f, leaf, end, text, &inside))
		return text;
	for (uint32_t i = leaf + 1; i < end && i < leaf + MAX_LABEL_LEAVES; i++)
		if (str_eq(trim_label(page_finder_text(f, leaf, i, PAGE_JOIN_PARTED)), inside.label))
			return trim_after_label(page_finder_text(f, i, end, PAGE_JOIN_TITLE));
	return inside.rest;
}

/* The links of the line, in order; the marker goes from the title of the first. */
static void
take_line_links(struct page_finder *f, uint32_t i, struct str label)
{
	const struct page_map *m = f->map;
	const struct page_line *l = &m->lines.v[i];
	uint32_t leaf = page_finder_first_link(m, l->leaf, l->leaf_end);
	struct str before = page_finder_text(f, l->leaf, leaf, PAGE_JOIN_AS_WRITTEN);
	bool inside = trim_lead(before).n == 0;

	while (leaf < l->leaf_end) {
		uint32_t link = page_finder_link(m, leaf), end = leaf + 1;
		while (end < l->leaf_end && page_finder_link(m, end) == link)
			end++;
		if (link != PAGE_NONE)
			page_finder_add(f, LINK_INLINE, label, inside ? title_of(f, leaf, end)
			    : page_finder_text(f, leaf, end, PAGE_JOIN_TITLE), link);
		inside = inside && link == PAGE_NONE;
		leaf = end;
	}
}

static bool
take_line(struct page_finder *f, uint32_t i)
{
	struct readalso marker;

	if (!line_offers(f, i, &marker))
		return false;
	take_line_links(f, i, marker.label);
	if (f->links.n == 0)
		return false;
	page_finder_close(f, i);
	page_finder_mark(f, i, i + 1, true);
	return true;
}

/* An offer that leads nowhere (a script, the page itself) is no text of the story either. */
static void
drop_dead_offer(struct page_finder *f, uint32_t i)
{
	struct readalso marker;

	if (line_offers(f, i, &marker) && trim_title(marker.rest).n > 0)
		page_finder_mark(f, i, i + 1, false);
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

/* Does the line stand in an item or a card (<article>) that begins in the list, at `from`? */
static bool
is_in_card(const struct page_map *m, uint32_t i, uint32_t from)
{
	for (uint32_t box = m->lines.v[i].box; box != PAGE_NONE; box = m->boxes.v[box].parent) {
		const struct page_box *b = &m->boxes.v[box];
		if (html_is(b->node, HTML_TAG_LI) || html_is(b->node, HTML_TAG_ARTICLE))
			return html_is(b->node, HTML_TAG_LI) || b->line >= from;
	}
	return false;
}

/* The links of one line of a list that begins at `from`.  False: the line ends the list. */
static bool
take_list_line(struct page_finder *f, uint32_t i, uint32_t from, const struct readalso *marker)
{
	const struct page_map *m = f->map;
	const struct page_line *l = &m->lines.v[i];
	uint32_t leaf = l->leaf;

	if (l->link_letters == 0) {
		size_t most = f->links.n > 0 && is_in_card(m, i, from) ? MAX_SUMMARY_LETTERS
		                                                       : MAX_NOTE_LETTERS;
		return l->letters <= most && !is_heading_line(m, i);
	}
	if (l->letters - l->link_letters > MAX_NOTE_LETTERS)
		return false;
	while (leaf < l->leaf_end) {
		uint32_t link = page_finder_link(m, leaf), end = leaf + 1;
		while (end < l->leaf_end && page_finder_link(m, end) == link)
			end++;
		if (link != PAGE_NONE)
			page_finder_add(f, LINK_TAIL, marker->label,
			    page_finder_text(f, leaf, end, PAGE_JOIN_TITLE), link);
		leaf = end;
	}
	return true;
}

static bool
is_list_end(struct page_finder *f, uint32_t i)
{
	struct readalso other;

	if (page_finder_bars(f->map, f->map->lines.v[i].box))
		return true;
	return is_heading(f, i, &other);
}

/* The links of the lines [from, last) under the marker.  Returns the end of what they take. */
static uint32_t
take_list_lines(struct page_finder *f, uint32_t from, uint32_t last, const struct readalso *marker)
{
	const struct page_map *m = f->map;
	uint32_t next = from, end = from;

	while (next < last && next < from + MAX_LIST_LINES && f->links.n < PAGE_MAX_LIST_LINKS) {
		if (is_list_end(f, next) || !take_list_line(f, next, from, marker))
			break;
		next++;
		if (m->lines.v[next - 1].link_letters > 0)
			end = next;
	}
	/* what stands behind the last link, when the section ends with it, belongs to it */
	return next == last ? next : end;
}

static bool
heads_list(struct page_finder *f, uint32_t i, struct readalso *marker)
{
	bool heading = is_heading_line(f->map, i);

	if (!is_heading(f, i, marker))
		return page_topic_heads(f, i, heading, marker);
	return marker->kind == READALSO_RELATED || marker->kind == READALSO_HEADING ||
	    (marker->kind == READALSO_WEAK && (marker->closed || heading));
}

/* Returns the line after the list, or i when there is none. */
static uint32_t
take_list(struct page_finder *f, uint32_t i)
{
	struct page_map *m = f->map;
	struct readalso marker;

	if (!heads_list(f, i, &marker))
		return i;
	uint32_t last = m->boxes.v[section_of(m, i)].line_end;
	uint32_t end = take_list_lines(f, i + 1, last, &marker);
	if (f->links.n == 0)
		return i;
	page_finder_close(f, i);
	page_finder_mark(f, i, end, true);
	return end;
}

/* --- lists of another kind --- */

/* The first line of [from, end) that offers a story by itself, or end. */
static uint32_t
until_offer(struct page_finder *f, uint32_t from, uint32_t end)
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
drop_other(struct page_finder *f, uint32_t i)
{
	struct page_map *m = f->map;
	const struct page_line *l = &m->lines.v[i];
	struct readalso marker;

	if (l->text.n > MAX_LINE_BYTES || !marker_of_line(f, l->text, &marker) ||
	    (marker.kind != READALSO_POPULAR && marker.kind != READALSO_PAID))
		return i;
	bool alone = trim_close(marker.rest).n == 0;
	if (!alone && !(marker.closed && l->link_letters > 0 &&
	    l->letters - l->link_letters <= 2 * page_finder_letters(marker.label) + MAX_OTHER_LETTERS))
		return i;
	uint32_t end = i + 1, last = m->boxes.v[section_of(m, i)].line_end;
	if (alone)
		end = until_offer(f, i + 1, take_list_lines(f, i + 1, last, &marker));
	f->links.n = 0;
	if (alone && marker.kind == READALSO_POPULAR &&
	    m->link_letters[end] == m->link_letters[i + 1])
		return i; /* no list: a heading of the story */
	page_finder_mark(f, i, end, false);
	return end;
}

/* --- a box with its marker in an attribute --- */

static bool
is_spoken_marker(struct page_finder *f, struct str said, struct readalso *marker)
{
	if (said.n == 0 || said.n > MAX_ATTRIBUTE_BYTES)
		return false;
	said = arena_str(f->arena, text_clean_line(f->arena, bytes_of_str(said)));
	return readalso_is_heading(f->arena, said, marker) && marker->kind == READALSO_RELATED;
}

/* A string in a custom property: style="--heading: 'À lire aussi'". */
static bool
marker_of_style(struct page_finder *f, struct str style, struct readalso *marker)
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
marker_of_box(struct page_finder *f, const struct html_node *n, struct readalso *marker)
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
take_box(struct page_finder *f, const struct page_box *b)
{
	struct readalso marker;

	if (b->line >= b->line_end || b->verdict != PAGE_TAKE ||
	    f->map->leaves.v[f->map->lines.v[b->line].leaf].verdict != PAGE_TAKE ||
	    !marker_of_box(f, b->node, &marker) || page_finder_bars(f->map, (uint32_t)(b - f->map->boxes.v)))
		return;
	f->links.n = 0;
	uint32_t line = b->line, end = take_list_lines(f, line, b->line_end, &marker);
	if (f->links.n == 0)
		return;
	page_finder_close(f, line);
	page_finder_mark(f, line, end, true);
}

void
page_related_find(struct page_map *m, struct str self, struct str base, struct page_related *out)
{
	struct page_finder f = {.arena = m->arena, .map = m, .self = self, .base = base, .out = out};

	f.self_key = url_key(m->arena, self);
	*out = (struct page_related){0};
	for (uint32_t i = 0; i < m->lines.n && out->groups.n < ANATOMY_MAX_GROUPS;) {
		f.links.n = 0;
		if (page_finder_bars(m, m->lines.v[i].box) || take_line(&f, i)) {
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
	page_learned_find(&f);
}
