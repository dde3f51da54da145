#include "story/page_body.h"

#include "story/credit.h"
#include "story/trim.h"
#include "text/fold.h"

enum {
	PARAGRAPH_LETTERS = 40, /* some eight words: a sentence, and no label or name */
	STORY_LETTERS = 60, /* less is no story */
	SURE_LETTERS = 200, /* less, and it may stand where we did not look */
	BYLINE_LETTERS = 160, /* longer, and it is more than names and a date */
	CAPTION_LETTERS = 600,
	HEADLINE_LETTERS = 300,
	WRAPPER_LETTERS = 120, /* two sentences: a box that holds them and the headline */
	MAX_CLIMB = 12, /* wrappers between the pieces of a long story */
};

struct judge {
	struct page_map *map;
	int64_t *sum; /* prefix sums of the lines' values, good and bad */
	int64_t *good; /* prefix sums of what is good alone */
	bool *dropped; /* lines that count for nothing */
	uint32_t headline; /* the line that says the title, or PAGE_NONE */
};

/* --- values --- */

static int64_t
line_value(const struct page_map *m, const struct page_line *l)
{
	int64_t letters = l->letters, links = l->link_letters;

	if (page_is_heading(m->boxes.v[l->box].node))
		return 0;
	if (links * 2 > letters)
		return -letters;
	if (letters < PARAGRAPH_LETTERS)
		return links > 0 ? -links : 0;
	if (m->boxes.v[l->box].in_item)
		return (letters - 2 * links) / 2;
	return letters - 2 * links;
}

static void
sum_values(struct judge *j)
{
	const struct page_map *m = j->map;

	for (size_t i = 0; i < m->lines.n; i++) {
		int64_t v = j->dropped[i] ? 0 : line_value(m, &m->lines.v[i]);
		j->sum[i + 1] = j->sum[i] + v;
		j->good[i + 1] = j->good[i] + (v > 0 ? v : 0);
	}
}

static int64_t
value(const struct judge *j, uint32_t box)
{
	const struct page_box *b = &j->map->boxes.v[box];

	return j->sum[b->line_end] - j->sum[b->line];
}

static int64_t
good(const struct judge *j, uint32_t box)
{
	const struct page_box *b = &j->map->boxes.v[box];

	return j->good[b->line_end] - j->good[b->line];
}

/* --- boxes that name themselves something else --- */

/*
 * The lines that are the box's alone: an inline element may begin or end inside a line that is
 * also its neighbours'.
 */
static void
drop_lines(struct judge *j, uint32_t box)
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
inner_stories(const struct judge *j)
{
	const struct page_map *m = j->map;
	int64_t *best = ARENA_ARRAY(m->arena, int64_t, m->boxes.n);

	for (size_t i = m->boxes.n; i > 1; i--) {
		const struct page_box *b = &m->boxes.v[i - 1];
		if ((b->traits & PAGE_BODY) || html_is(b->node, HTML_TAG_ARTICLE)) {
			int64_t own = good(j, (uint32_t)i - 1);
			best[i - 1] = own > best[i - 1] ? own : best[i - 1];
		}
		if (b->parent != PAGE_NONE && best[i - 1] > best[b->parent])
			best[b->parent] = best[i - 1];
	}
	return best;
}

/* The headline stands in the box, with some text of its own: it wraps the story. */
static bool
holds_headline(const struct judge *j, uint32_t box)
{
	const struct page_box *b = &j->map->boxes.v[box];

	return j->headline != PAGE_NONE && b->line <= j->headline && j->headline < b->line_end &&
	    good(j, box) >= WRAPPER_LETTERS;
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

/*
 * How much is dropped.  When the strictest leaves no story, comments may be the story (a forum),
 * and at last everything may.
 */
enum strictness { STRICT, FORUM, ANYTHING };

static bool
is_suspect(const struct judge *j, uint32_t box, int64_t all, enum strictness how)
{
	unsigned traits = j->map->boxes.v[box].traits;

	if (how == FORUM)
		traits &= ~(unsigned)(PAGE_COMMENTS | PAGE_BOILERPLATE);
	if (how == ANYTHING)
		traits &= PAGE_NEVER;
	for (size_t i = 0; i < COUNT_OF(suspicions); i++)
		if ((traits & suspicions[i].traits) &&
		    good(j, box) * 100 < all * suspicions[i].percent)
			return true;
	return false;
}

static void
drop_boxes(struct judge *j, enum strictness how)
{
	const struct page_map *m = j->map;

	for (size_t i = 0; i < m->lines.n; i++)
		j->dropped[i] = false;
	sum_values(j);
	int64_t *inner = inner_stories(j), all = j->good[m->lines.n];
	for (uint32_t i = 1; i < m->boxes.n;) {
		const struct page_box *b = &m->boxes.v[i];
		bool drop = b->verdict != PAGE_TAKE || is_suspect(j, i, all, how);
		if (drop && inner[i] * 4 > all && inner[i] * 2 > good(j, i))
			drop = false;
		if (drop && b->verdict == PAGE_TAKE && holds_headline(j, i))
			drop = false;
		if (drop)
			drop_lines(j, i);
		i = drop ? b->end : i + 1;
	}
	sum_values(j);
}

/* --- the story's box --- */

/*
 * Does the box belong to the headline: it holds it, or is the first after it?  A page may hold
 * several stories, the next ones loaded below or offered in full.
 */
static bool
has_headline(const struct judge *j, uint32_t box)
{
	const struct page_box *b = &j->map->boxes.v[box];

	return j->headline != PAGE_NONE && b->line <= j->headline && j->headline < b->line_end;
}

static bool
follows_headline(const struct judge *j, uint32_t box)
{
	return j->headline != PAGE_NONE && j->map->boxes.v[box].line > j->headline;
}

/*
 * The box with the trait (or tag) that holds most; of equals, the innermost.  One that holds the
 * headline, or the first below it, is preferred when it holds a quarter of that.
 */
static uint32_t
best_named(const struct judge *j, unsigned traits, enum html_tag tag)
{
	const struct page_map *m = j->map;
	uint32_t best = PAGE_NONE, near = PAGE_NONE;
	int64_t most = 0;

	for (uint32_t i = 0; i < m->boxes.n; i++) {
		const struct page_box *b = &m->boxes.v[i];
		if (!(b->traits & traits) && !(tag != HTML_TAG_UNKNOWN && html_is(b->node, tag)))
			continue;
		int64_t v = good(j, i);
		bool inside = best != PAGE_NONE && page_holds(m, best, i);
		if (v > 0 && (v > most || (inside && v * 10 >= most * 9))) {
			most = v > most ? v : most;
			best = i;
		}
	}
	for (uint32_t i = 0; i < m->boxes.n && best != PAGE_NONE; i++) {
		const struct page_box *b = &m->boxes.v[i];
		if (!(b->traits & traits) && !(tag != HTML_TAG_UNKNOWN && html_is(b->node, tag)))
			continue;
		if (good(j, i) * 4 < most)
			continue;
		if (has_headline(j, i))
			near = i; /* the innermost that holds it */
		else if (follows_headline(j, i) && near == PAGE_NONE)
			near = i;
		else if (near != PAGE_NONE && page_holds(m, near, i) && has_headline(j, near) &&
		    good(j, i) * 10 >= good(j, near) * 9)
			near = i;
		else if (near != PAGE_NONE && i >= m->boxes.v[near].end)
			break;
	}
	return near != PAGE_NONE ? near : best;
}

/* The box of the highest value: what is good in it, less the links it comes with. */
static uint32_t
best_valued(const struct judge *j)
{
	const struct page_map *m = j->map;
	uint32_t best = 0;

	for (uint32_t i = 1; i < m->boxes.n; i++)
		if (m->boxes.v[i].block == i && value(j, i) > value(j, best))
			best = i;
	return best;
}

/* Down while one child holds nearly all of it. */
static uint32_t
descend(const struct judge *j, uint32_t box)
{
	const struct page_map *m = j->map;

	for (;;) {
		const struct page_box *b = &m->boxes.v[box];
		uint32_t next = PAGE_NONE;
		for (uint32_t c = box + 1; c < b->end; c = m->boxes.v[c].end)
			if (good(j, c) * 100 >= good(j, box) * 85 && m->boxes.v[c].block == c)
				next = c;
		if (next == PAGE_NONE || m->boxes.v[next].line_end - m->boxes.v[next].line < 2)
			return box;
		box = next;
	}
}

/* What the boxes inside that say to be the story's text hold together. */
static int64_t
named_inside(const struct judge *j, uint32_t box)
{
	const struct page_map *m = j->map;
	int64_t all = 0;

	for (uint32_t i = box; i < m->boxes.v[box].end;) {
		bool named = m->boxes.v[i].traits & PAGE_BODY;
		if (named)
			all += good(j, i);
		i = named ? m->boxes.v[i].end : i + 1;
	}
	return all;
}

/*
 * Up while what is around is also said to be the story's text: long stories come in pieces, with
 * boxes between them.
 */
static uint32_t
climb(const struct judge *j, uint32_t box)
{
	const struct page_map *m = j->map;
	uint32_t best = box;

	for (int up = 0; up < MAX_CLIMB; up++) {
		uint32_t parent = m->boxes.v[box].parent;
		if (parent == PAGE_NONE || html_is(m->boxes.v[box].node, HTML_TAG_ARTICLE) ||
		    html_is(m->boxes.v[box].node, HTML_TAG_BODY))
			break;
		box = parent;
		if (good(j, box) * 10 > good(j, best) * 11 &&
		    named_inside(j, box) * 10 >= good(j, box) * 8)
			best = box;
	}
	return best;
}

static uint32_t
find_root(const struct judge *j)
{
	uint32_t valued = best_valued(j);
	int64_t most = value(j, valued);
	uint32_t body = best_named(j, PAGE_BODY, HTML_TAG_UNKNOWN);

	if (body != PAGE_NONE && good(j, body) * 3 >= most)
		return climb(j, body);
	uint32_t article = best_named(j, 0, HTML_TAG_ARTICLE);
	if (article != PAGE_NONE && good(j, article) * 3 >= most)
		return descend(j, article);
	return most > 0 ? descend(j, valued) : descend(j, 0);
}

/* --- what in it is not the story --- */

static bool
is_link_list(const struct judge *j, uint32_t box)
{
	const struct page_map *m = j->map;
	const struct page_box *b = &m->boxes.v[box];
	size_t letters = page_letters(m, b), links = page_link_letters(m, b);

	if (letters == 0 || links * 2 <= letters || b->block != box)
		return false;
	if (html_is(b->node, HTML_TAG_LI) || html_is(b->node, HTML_TAG_TD) ||
	    html_is(b->node, HTML_TAG_TR))
		return false;
	for (uint32_t i = b->line; i < b->line_end; i++)
		if (line_value(m, &m->lines.v[i]) > 0)
			return false;
	return true;
}

static bool
is_not_story(const struct judge *j, uint32_t box, int64_t all)
{
	static const unsigned named = PAGE_BOILERPLATE | PAGE_CHROME | PAGE_AD | PAGE_RELATED |
	    PAGE_SIDE | PAGE_COMMENTS | PAGE_NEVER;
	const struct page_box *b = &j->map->boxes.v[box];
	size_t letters = page_letters(j->map, b);

	if (letters == 0)
		return false;
	if ((b->traits & named) && good(j, box) * 10 < all * 3)
		return true;
	if ((b->traits & PAGE_BYLINE) && letters < BYLINE_LETTERS)
		return true;
	if ((b->traits & PAGE_CAPTION) && letters < CAPTION_LETTERS &&
	    !html_closest(b->node, HTML_TAG_FIGURE))
		return true;
	return html_is(b->node, HTML_TAG_H1) || is_link_list(j, box);
}

static void
skip_lines(struct page_map *m, uint32_t from, uint32_t end)
{
	for (uint32_t i = from; i < end; i++)
		for (uint32_t leaf = m->lines.v[i].leaf; leaf < m->lines.v[i].leaf_end; leaf++)
			if (m->leaves.v[leaf].verdict == PAGE_TAKE)
				m->leaves.v[leaf].verdict = PAGE_SKIP;
}

/* Has a read-also link its place in the box? */
static bool
holds_place(const struct page_map *m, const struct page_box *b)
{
	for (uint32_t i = b->line; i < b->line_end; i++)
		for (uint32_t leaf = m->lines.v[i].leaf; leaf < m->lines.v[i].leaf_end; leaf++)
			if (m->leaves.v[leaf].verdict == PAGE_RELATED_HERE)
				return true;
	return false;
}

/*
 * Take the box out of the story.  When a read-also link stands in it, the box stays for that and
 * only its other text goes.  Returns the index to go on with.
 */
static uint32_t
take_out(struct judge *j, uint32_t box)
{
	struct page_map *m = j->map;
	struct page_box *b = &m->boxes.v[box];

	drop_lines(j, box);
	if (b->verdict != PAGE_TAKE)
		return b->end;
	if (!holds_place(m, b)) {
		b->verdict = PAGE_SKIP;
		return b->end;
	}
	for (uint32_t i = b->line; i < b->line_end; i++)
		if (j->dropped[i])
			skip_lines(m, i, i + 1);
	return box + 1;
}

static void
clean_boxes(struct judge *j, uint32_t root)
{
	struct page_map *m = j->map;
	int64_t all = good(j, root);

	for (uint32_t i = root + 1; i < m->boxes.v[root].end;) {
		bool out = m->boxes.v[i].verdict != PAGE_TAKE || is_not_story(j, i, all);
		i = out ? take_out(j, i) : i + 1;
	}
}

/* --- head and foot --- */

static bool
ends_sentence(struct str s)
{
	size_t at;
	uint32_t c = trim_last(trim_space(s), &at);

	return c == '.' || c == '!' || c == '?' || c == '"' || c == 0x201D || c == 0x2026 ||
	    c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x0964 || c == 0x06D4 ||
	    c == 0x061F || c == 0xBB || c == 0x300D || c == ')';
}

/* Lines above the first paragraph: the headline again, section names, dates. */
static void
trim_head(struct judge *j, uint32_t first, uint32_t end, struct str title)
{
	struct page_map *m = j->map;
	struct str key = text_headline_key(m->arena, title);

	for (uint32_t i = first; i < end; i++) {
		const struct page_line *l = &m->lines.v[i];
		if (j->dropped[i])
			continue;
		bool same = l->letters < HEADLINE_LETTERS && key.n > 0 &&
		    str_eq(text_headline_key(m->arena, l->text), key);
		if (!same && line_value(m, l) > 0)
			return;
		if (!same && ends_sentence(l->text))
			continue;
		skip_lines(m, i, i + 1);
		j->dropped[i] = true;
	}
}

/* Lines below the last paragraph that say nothing: headings without text, lone links. */
static void
trim_foot(struct judge *j, uint32_t first, uint32_t end)
{
	struct page_map *m = j->map;

	for (uint32_t i = end; i > first; i--) {
		const struct page_line *l = &m->lines.v[i - 1];
		if (j->dropped[i - 1])
			continue;
		if (line_value(m, l) > 0)
			return;
		if (credit_read(m->arena, l->text, NULL) != CREDIT_NONE)
			continue;
		bool heading = page_is_heading(m->boxes.v[l->box].node);
		if (!heading && l->link_letters == 0)
			continue;
		skip_lines(m, i - 1, i);
		j->dropped[i - 1] = true;
	}
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

static uint32_t
find_story(struct judge *j)
{
	uint32_t root = 0;

	for (int how = STRICT; how <= ANYTHING; how++) {
		drop_boxes(j, (enum strictness)how);
		root = find_root(j);
		if (good(j, root) >= SURE_LETTERS)
			return root;
	}
	drop_boxes(j, STRICT);
	root = find_root(j);
	return good(j, root) >= STORY_LETTERS ? root : PAGE_NONE;
}

uint32_t
page_body_find(struct page_map *m, struct str title)
{
	if (m->lines.n == 0)
		return PAGE_NONE;
	struct judge j = {.map = m, .sum = ARENA_ARRAY(m->arena, int64_t, m->lines.n + 1),
	    .good = ARENA_ARRAY(m->arena, int64_t, m->lines.n + 1),
	    .dropped = ARENA_ARRAY(m->arena, bool, m->lines.n),
	    .headline = find_headline(m, title)};
	uint32_t root = find_story(&j);
	if (root == PAGE_NONE)
		return PAGE_NONE;
	clean_boxes(&j, root);
	trim_head(&j, m->boxes.v[root].line, m->boxes.v[root].line_end, title);
	trim_foot(&j, m->boxes.v[root].line, m->boxes.v[root].line_end);
	return root;
}
