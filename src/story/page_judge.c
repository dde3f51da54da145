#include "story/page_judge.h"

#include "text/fold.h"

enum {
	WRAPPER_LETTERS = 120, /* two sentences: a box that holds them and the headline */
};

/* --- values --- */

int64_t
page_line_value(const struct page_map *m, const struct page_line *l)
{
	int64_t letters = l->letters, links = l->link_letters;

	if (page_is_heading(m->boxes.v[l->box].node))
		return 0;
	if (links * 2 > letters)
		return -letters;
	if (letters < PAGE_PARAGRAPH_LETTERS)
		return links > 0 ? -links : 0;
	if (m->boxes.v[l->box].in_item)
		return (letters - 2 * links) / 2;
	return letters - 2 * links;
}

static void
sum_values(struct page_judge *j)
{
	const struct page_map *m = j->map;

	for (size_t i = 0; i < m->lines.n; i++) {
		int64_t v = j->dropped[i] ? 0 : page_line_value(m, &m->lines.v[i]);
		j->sum[i + 1] = j->sum[i] + v;
		j->good[i + 1] = j->good[i] + (v > 0 ? v : 0);
	}
}

int64_t
page_value(const struct page_judge *j, uint32_t box)
{
	const struct page_box *b = &j->map->boxes.v[box];

	return j->sum[b->line_end] - j->sum[b->line];
}

int64_t
page_good(const struct page_judge *j, uint32_t box)
{
	const struct page_box *b = &j->map->boxes.v[box];

	return j->good[b->line_end] - j->good[b->line];
}

/* --- boxes that name themselves something else --- */

void
page_drop_lines(struct page_judge *j, uint32_t box)
{
	const struct page_map *m = j->map;
	const struct page_box *b = &m->boxes.v[box];

	for (uint32_t i = b->line; i < b->line_end; i++) {
		const struct page_line *l = &m->lines.v[i];
		if (page_holds(m, box, m->leaves.v[l->leaf].box) &&
		    page_holds(m, box, m->leaves.v[l->leaf_end - 1].box))
			j->dropped[i] = true;
	}
}

/*
 * The best that a box inside says to be the story's text, for every box: a wrapper with a name
 * like "share-page" does not take the story with it.
 */
static int64_t *
inner_stories(const struct page_judge *j)
{
	const struct page_map *m = j->map;
	int64_t *best = ARENA_ARRAY(m->arena, int64_t, m->boxes.n);

	for (size_t i = m->boxes.n; i > 1; i--) {
		const struct page_box *b = &m->boxes.v[i - 1];
		if ((b->traits & PAGE_BODY) || html_is(b->node, HTML_TAG_ARTICLE)) {
			int64_t own = page_good(j, (uint32_t)i - 1);
			best[i - 1] = own > best[i - 1] ? own : best[i - 1];
		}
		if (b->parent != PAGE_NONE && best[i - 1] > best[b->parent])
			best[b->parent] = best[i - 1];
	}
	return best;
}

/* The headline stands in the box, with some text of its own: it wraps the story. */
static bool
holds_headline(const struct page_judge *j, uint32_t box)
{
	const struct page_box *b = &j->map->boxes.v[box];

	return j->headline != PAGE_NONE && b->line <= j->headline && j->headline < b->line_end &&
	    page_good(j, box) >= WRAPPER_LETTERS;
}

/* Traits, and the share of all that is good, in per cent, from which on they are not believed. */
struct suspicion {
	unsigned traits;
	int64_t percent;
};

static const struct suspicion suspicions[] = {
	{PAGE_NEVER | PAGE_COMMENTS, 90},
	{PAGE_CHROME | PAGE_SIDE, 60},
	{PAGE_BOILERPLATE | PAGE_AD | PAGE_RELATED, 40},
};

static unsigned
believed_traits(enum page_strictness how)
{
	switch (how) {
	case PAGE_STRICT: return ~0u;
	case PAGE_FORUM: return ~(unsigned)(PAGE_COMMENTS | PAGE_BOILERPLATE);
	case PAGE_ANYTHING: return PAGE_NEVER;
	}
	return 0;
}

static bool
is_suspect(const struct page_judge *j, uint32_t box, int64_t all)
{
	unsigned traits = j->map->boxes.v[box].traits & j->believed;

	for (size_t i = 0; i < COUNT_OF(suspicions); i++)
		if ((traits & suspicions[i].traits) &&
		    page_good(j, box) * 100 < all * suspicions[i].percent)
			return true;
	return false;
}

void
page_drop_boxes(struct page_judge *j, enum page_strictness how)
{
	const struct page_map *m = j->map;

	for (size_t i = 0; i < m->lines.n; i++)
		j->dropped[i] = false;
	j->believed = believed_traits(how);
	sum_values(j);
	int64_t *inner = inner_stories(j), all = j->good[m->lines.n];
	for (uint32_t i = 1; i < m->boxes.n;) {
		const struct page_box *b = &m->boxes.v[i];
		bool drop = b->verdict != PAGE_TAKE || is_suspect(j, i, all);
		if (drop && inner[i] * 4 > all && inner[i] * 2 > page_good(j, i))
			drop = false;
		if (drop && b->verdict == PAGE_TAKE &&
		    (holds_headline(j, i) || page_anchored(&j->anchors, b) >= PAGE_PARAGRAPH_LETTERS))
			drop = false;
		if (drop)
			page_drop_lines(j, i);
		i = drop ? b->end : i + 1;
	}
	sum_values(j);
}

/* The line that says the title: in the highest heading, of equals the first. */
static uint32_t
find_headline(const struct page_map *m, struct str title)
{
	struct str key = text_headline_key(m->arena, title);
	uint32_t found = PAGE_NONE;

	for (uint32_t i = 0; i < m->lines.n && key.n > 0; i++) {
		const struct page_line *l = &m->lines.v[i];
		const struct html_node *n = m->boxes.v[l->box].node;
		bool first = html_is(n, HTML_TAG_H1) || html_closest(n, HTML_TAG_H1);
		if ((found != PAGE_NONE && !first) || l->text.n > 2 * title.n + 40 ||
		    !str_eq(text_headline_key(m->arena, l->text), key))
			continue;
		found = i;
		if (first)
			break;
	}
	return found;
}

void
page_judge_make(struct page_judge *j, struct page_map *m, struct str title,
    const struct page_known *known)
{
	*j = (struct page_judge){.map = m,
	    .sum = ARENA_ARRAY(m->arena, int64_t, m->lines.n + 1),
	    .good = ARENA_ARRAY(m->arena, int64_t, m->lines.n + 1),
	    .dropped = ARENA_ARRAY(m->arena, bool, m->lines.n + 1),
	    .sure = !known->own,
	    .headline = find_headline(m, title)};
	if (j->headline == PAGE_NONE)
		j->headline = find_headline(m, known->title);
	page_anchors_find(m, known->text, &j->anchors);
}
