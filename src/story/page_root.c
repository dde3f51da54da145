/*
 * The box that the story is in: the one that says so and holds enough of what is good; else an
 * <article>; else the page is gone down as long as one child holds nearly all of what its parent
 * does.
 */
#include "story/page_judge.h"

enum {
	STORY_LETTERS = 60, /* less is no story */
	BARE_LINES = 2, /* one short line is a label */
	SURE_LETTERS = 200, /* less, and it may stand where we did not look */
	SURE_ANCHOR_LETTERS = 300, /* of the feed's words: more than a summary that is shown twice */
	ANCHOR_REACH = 40, /* lines above a story in which its standfirst may be */
	MAX_CLIMB = 12, /* wrappers between the pieces of a long story */
	NEARLY_ALL = 92, /* per cent of the parent's that a child must hold to stand for it */
};

/*
 * Does the box belong to the headline: it holds it, or is the first after it?  A page may hold
 * several stories, the next ones loaded below or offered in full.
 */
static bool
has_headline(const struct page_judge *j, uint32_t box)
{
	const struct page_box *b = &j->map->boxes.v[box];

	return j->headline != PAGE_NONE && b->line <= j->headline && j->headline < b->line_end;
}

static bool
follows_headline(const struct page_judge *j, uint32_t box)
{
	return j->headline != PAGE_NONE && j->map->boxes.v[box].line > j->headline;
}

/*
 * The box with the trait (or tag) that holds most; of equals, the innermost.  One that holds the
 * headline, or the first below it, is preferred when it holds a quarter of that.
 */
static uint32_t
best_named(const struct page_judge *j, unsigned traits, enum html_tag tag)
{
	const struct page_map *m = j->map;
	uint32_t best = PAGE_NONE, near = PAGE_NONE;
	int64_t most = 0;

	for (uint32_t i = 0; i < m->boxes.n; i++) {
		const struct page_box *b = &m->boxes.v[i];
		if (!(b->traits & traits) && !(tag != HTML_TAG_UNKNOWN && html_is(b->node, tag)))
			continue;
		int64_t v = page_good(j, i);
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
		if (page_good(j, i) * 4 < most)
			continue;
		if (has_headline(j, i))
			near = i; /* the innermost that holds it */
		else if (follows_headline(j, i) && near == PAGE_NONE)
			near = i;
		else if (near != PAGE_NONE && page_holds(m, near, i) && has_headline(j, near) &&
		    page_good(j, i) * 10 >= page_good(j, near) * 9)
			near = i;
		else if (near != PAGE_NONE && i >= m->boxes.v[near].end)
			break;
	}
	return near != PAGE_NONE ? near : best;
}

/* The box of the highest value: what is good in it, less the links it comes with. */
static uint32_t
best_valued(const struct page_judge *j)
{
	const struct page_map *m = j->map;
	uint32_t best = 0;

	for (uint32_t i = 1; i < m->boxes.n; i++)
		if (m->boxes.v[i].block == i && page_value(j, i) > page_value(j, best))
			best = i;
	return best;
}

/* Down while one child holds nearly all of it. */
static uint32_t
descend(const struct page_judge *j, uint32_t box)
{
	const struct page_map *m = j->map;

	for (;;) {
		const struct page_box *b = &m->boxes.v[box];
		uint32_t next = PAGE_NONE;
		for (uint32_t c = box + 1; c < b->end; c = m->boxes.v[c].end)
			if (page_good(j, c) * 100 >= page_good(j, box) * NEARLY_ALL && m->boxes.v[c].block == c)
				next = c;
		if (next == PAGE_NONE || m->boxes.v[next].line_end - m->boxes.v[next].line < 2)
			return box;
		box = next;
	}
}

/* What the boxes inside that say to be the story's text hold together. */
static int64_t
named_inside(const struct page_judge *j, uint32_t box)
{
	const struct page_map *m = j->map;
	int64_t all = 0;

	for (uint32_t i = box; i < m->boxes.v[box].end;) {
		bool named = m->boxes.v[i].traits & PAGE_BODY;
		if (named)
			all += page_good(j, i);
		i = named ? m->boxes.v[i].end : i + 1;
	}
	return all;
}

/*
 * Up while what is around is also said to be the story's text: long stories come in pieces, with
 * boxes between them.
 */
static uint32_t
climb(const struct page_judge *j, uint32_t box)
{
	const struct page_map *m = j->map;
	uint32_t best = box;

	for (int up = 0; up < MAX_CLIMB; up++) {
		uint32_t parent = m->boxes.v[box].parent;
		if (parent == PAGE_NONE || html_is(m->boxes.v[box].node, HTML_TAG_ARTICLE) ||
		    html_is(m->boxes.v[box].node, HTML_TAG_BODY))
			break;
		box = parent;
		if (page_good(j, box) * 10 > page_good(j, best) * 11 &&
		    named_inside(j, box) * 10 >= page_good(j, box) * 8)
			best = box;
	}
	return best;
}

/* Down to the one box inside that also says to be the text, and holds most of it. */
static uint32_t
narrow(const struct page_judge *j, uint32_t box)
{
	const struct page_map *m = j->map;

	for (;;) {
		uint32_t only = PAGE_NONE, count = 0;
		for (uint32_t i = box + 1; i < m->boxes.v[box].end;) {
			bool body = (m->boxes.v[i].traits & PAGE_BODY) && page_good(j, i) > 0;
			if (body) {
				count++;
				only = i;
			}
			i = body ? m->boxes.v[i].end : i + 1;
		}
		if (count != 1 || page_good(j, only) * 2 < page_good(j, box))
			return box;
		box = only;
	}
}

static uint32_t
find_root(const struct page_judge *j)
{
	uint32_t valued = best_valued(j);
	int64_t most = page_value(j, valued);
	uint32_t body = best_named(j, PAGE_BODY, HTML_TAG_UNKNOWN);

	if (body != PAGE_NONE && page_good(j, body) * 3 >= most)
		return climb(j, narrow(j, body));
	uint32_t article = best_named(j, 0, HTML_TAG_ARTICLE);
	if (article != PAGE_NONE && page_good(j, article) * 3 >= most)
		return descend(j, article);
	return most > 0 ? descend(j, valued) : descend(j, 0);
}

/* The letters of a line in links that lead somewhere: one that only runs a script is text. */
static size_t
linked(const struct page_map *m, const struct page_line *l)
{
	const struct page_box *b = &m->boxes.v[m->leaves.v[l->leaf].box];

	if (b->link == PAGE_NONE)
		return l->link_letters;
	struct str href = str_trim(html_attr(m->boxes.v[b->link].node, "href"));
	return str_starts_nocase(href, STR("javascript:")) ? 0 : l->link_letters;
}

/*
 * Where the feed's words are: of the boxes around the first of them that are apart from the root,
 * the one of highest value.
 */
static uint32_t
anchored_box(const struct page_judge *j, uint32_t root)
{
	const struct page_map *m = j->map;
	uint32_t line = 0, best = PAGE_NONE;

	while (line < m->lines.n && !j->anchors.line[line])
		line++;
	if (line == m->lines.n)
		return PAGE_NONE;
	for (uint32_t i = m->lines.v[line].box; i != PAGE_NONE && !page_holds(m, i, root);
	    i = m->boxes.v[i].parent)
		if (best == PAGE_NONE || page_value(j, i) > page_value(j, best))
			best = i;
	return best;
}

/*
 * A story without one of the words that its feed carried is another one, unless they stand right
 * above it, as its standfirst.
 */
static uint32_t
heed_anchors(const struct page_judge *j, uint32_t root)
{
	const struct page_map *m = j->map;
	const struct page_box *r = &m->boxes.v[root];

	if (!j->sure || !j->anchors.line || page_anchored(&j->anchors, r) > 0)
		return root;
	uint32_t other = anchored_box(j, root);
	if (other == PAGE_NONE)
		return root;
	const struct page_box *o = &m->boxes.v[other];
	if (o->line_end <= r->line && r->line - o->line_end < ANCHOR_REACH &&
	    page_good(j, other) * 3 < page_good(j, root))
		return root;
	if (page_anchored(&j->anchors, o) < SURE_ANCHOR_LETTERS &&
	    page_good(j, other) * 3 < page_good(j, root) * 2)
		return root;
	return descend(j, other);
}

/*
 * A page without menus and lists that holds a few words is a note: all of it is what it has to
 * say.  One line that is short may be anything.
 */
static bool
is_bare(const struct page_judge *j)
{
	const struct page_map *m = j->map;
	size_t letters = 0, links = 0, lines = 0;

	for (size_t i = 0; i < m->lines.n; i++) {
		if (j->dropped[i])
			continue;
		letters += m->lines.v[i].letters;
		links += linked(m, &m->lines.v[i]);
		lines++;
	}
	return links * 4 <= letters && (lines >= BARE_LINES || letters >= STORY_LETTERS);
}

static uint32_t
find_body(const struct page_map *m)
{
	for (uint32_t i = 0; i < m->boxes.n; i++)
		if (html_is(m->boxes.v[i].node, HTML_TAG_BODY))
			return i;
	return 0;
}

/* A text that is all links still says to be the text: a list of what others wrote. */
static uint32_t
find_links_text(const struct page_judge *j)
{
	const struct page_map *m = j->map;
	uint32_t best = PAGE_NONE;

	for (uint32_t i = 0; i < m->boxes.n; i++) {
		const struct page_box *b = &m->boxes.v[i];
		if ((b->traits & PAGE_BODY) && b->verdict == PAGE_TAKE && b->line_end > b->line &&
		    !j->dropped[b->line] && page_letters(m, b) >= STORY_LETTERS &&
		    (best == PAGE_NONE || page_letters(m, b) > page_letters(m, &m->boxes.v[best])))
			best = i;
	}
	return best;
}

uint32_t
page_root_find(struct page_judge *j)
{
	const struct page_map *m = j->map;
	uint32_t root = 0;

	for (int how = PAGE_STRICT; how <= PAGE_ANYTHING; how++) {
		page_drop_boxes(j, (enum page_strictness)how);
		root = find_root(j);
		if (page_good(j, root) >= SURE_LETTERS)
			return heed_anchors(j, root);
	}
	page_drop_boxes(j, PAGE_STRICT);
	root = find_root(j);
	if (page_good(j, root) >= STORY_LETTERS)
		return root;
	bool bare = is_bare(j);
	root = bare ? find_body(m) : find_links_text(j);
	j->bare = root != PAGE_NONE;
	return root;
}
