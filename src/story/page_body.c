#include "story/page_body.h"

#include "story/credit.h"
#include "story/page_aside.h"
#include "story/page_judge.h"
#include "story/page_promo.h"
#include "story/trim.h"
#include "text/fold.h"

enum {
	BYLINE_LETTERS = 160, /* longer, and it is more than names and a date */
	CAPTION_LETTERS = 600,
	HEADLINE_LETTERS = 300,
	PROMO_LETTERS = 100,
	PROMO_FOOT_LETTERS = 220,
	PROMO_FOOT_LINES = 5,
	STANDFIRST_LETTERS = 600,
	STANDFIRST_LINES = 2,
	STANDFIRST_LOOK = 8, /* lines of the story that are compared with it */
	STANDFIRST_REACH = 40, /* lines below the headline: names, dates, share buttons */
};

/* --- what in it is not the story --- */

static bool
is_link_list(const struct page_judge *j, uint32_t box)
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
		if (page_line_value(m, &m->lines.v[i]) > 0)
			return false;
	return true;
}

static const unsigned named = PAGE_BOILERPLATE | PAGE_CHROME | PAGE_AD | PAGE_RELATED |
    PAGE_SIDE | PAGE_COMMENTS | PAGE_NEVER;

/*
 * When the names of boxes would take half of the story away, they mean something else here
 * ("slider", "tag", "comment" of a live report).
 */
static void
doubt_names(struct page_judge *j, uint32_t root)
{
	const struct page_map *m = j->map;
	int64_t all = page_good(j, root), lost = 0;

	for (uint32_t i = root + 1; i < m->boxes.v[root].end;) {
		bool out = m->boxes.v[i].traits & named & j->believed;
		if (out && m->boxes.v[i].verdict == PAGE_TAKE)
			lost += page_good(j, i);
		i = out ? m->boxes.v[i].end : i + 1;
	}
	if (lost * 2 > all)
		j->believed &= PAGE_NEVER;
}

static bool
is_not_story(const struct page_judge *j, uint32_t box, int64_t all)
{
	const struct page_box *b = &j->map->boxes.v[box];
	size_t letters = page_letters(j->map, b);

	if (letters == 0 || page_anchored(&j->anchors, b) >= PAGE_PARAGRAPH_LETTERS)
		return false;
	if ((b->traits & named & j->believed) && page_good(j, box) * 10 < all * 3)
		return true;
	if ((b->traits & PAGE_BYLINE) && letters < BYLINE_LETTERS)
		return true;
	if ((b->traits & PAGE_CAPTION) && letters < CAPTION_LETTERS &&
	    !html_closest(b->node, HTML_TAG_FIGURE))
		return true;
	return html_is(b->node, HTML_TAG_H1) || (!j->bare && is_link_list(j, box));
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
take_out(struct page_judge *j, uint32_t box)
{
	struct page_map *m = j->map;
	struct page_box *b = &m->boxes.v[box];

	page_drop_lines(j, box);
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
clean_boxes(struct page_judge *j, uint32_t root)
{
	struct page_map *m = j->map;
	int64_t all = page_good(j, root);

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

/* A caption in its place: it is told apart when the text is made. */
static bool
is_caption(const struct page_map *m, const struct page_line *l)
{
	return m->boxes.v[l->box].in_caption;
}

/* Lines above the first paragraph: the headline again, section names, dates. */
static void
trim_head(struct page_judge *j, uint32_t first, uint32_t end, struct str title)
{
	struct page_map *m = j->map;
	struct str key = text_headline_key(m->arena, title);

	for (uint32_t i = first; i < end; i++) {
		const struct page_line *l = &m->lines.v[i];
		if (j->dropped[i] || is_caption(m, l))
			continue;
		bool same = l->letters < HEADLINE_LETTERS && key.n > 0 &&
		    str_eq(text_headline_key(m->arena, l->text), key);
		bool stamp = page_aside_is_stamp(m->arena, l->text);
		if (!same && !stamp && page_line_value(m, l) > 0)
			return;
		if (!same && !stamp && ends_sentence(l->text))
			continue;
		skip_lines(m, i, i + 1);
		j->dropped[i] = true;
	}
}

/* Lines below the last paragraph that say nothing: headings without text, lone links. */
static void
trim_foot(struct page_judge *j, uint32_t first, uint32_t end)
{
	struct page_map *m = j->map;

	for (uint32_t i = end; i > first; i--) {
		const struct page_line *l = &m->lines.v[i - 1];
		if (j->dropped[i - 1] || is_caption(m, l))
			continue;
		if (page_line_value(m, l) > 0)
			return;
		bool heading = page_is_heading(m->boxes.v[l->box].node);
		if (!heading && l->link_letters == 0)
			continue;
		if (credit_read(m->arena, l->text, NULL) != CREDIT_NONE)
			continue;
		skip_lines(m, i - 1, i);
		j->dropped[i - 1] = true;
	}
}

static bool
is_promo(struct arena *a, const struct page_line *l, int kept)
{
	bool foot = kept < PROMO_FOOT_LINES;

	if (l->letters > (foot ? PROMO_FOOT_LETTERS : PROMO_LETTERS))
		return false;
	return page_promo_is(a, l->text) ||
	    (foot && page_aside_has_mail(l->text) && credit_read(a, l->text, NULL) == CREDIT_NONE);
}

/* Captions and the like, told by their form; where a caption has its place it stays one. */
static bool
is_aside(const struct page_map *m, const struct page_line *l)
{
	return !is_caption(m, l) && (page_aside_is_caption(m->arena, l->text) ||
	    (l->link_letters == 0 && page_aside_is_address(l->text)));
}

/*
 * Lines that promote the site, short ones anywhere, longer ones near the end; and lines of another
 * kind than text.
 */
static void
drop_promos(struct page_judge *j, uint32_t first, uint32_t end)
{
	struct page_map *m = j->map;
	int kept = 0;

	for (uint32_t i = end; i > first; i--) {
		const struct page_line *l = &m->lines.v[i - 1];
		if (j->dropped[i - 1])
			continue;
		if (!is_promo(m->arena, l, kept) && !is_aside(m, l)) {
			kept++;
			continue;
		}
		skip_lines(m, i - 1, i);
		j->dropped[i - 1] = true;
	}
}

/* --- the standfirst --- */

static uint32_t
box_around(const struct page_map *m, uint32_t box, uint32_t line)
{
	while (m->boxes.v[box].parent != PAGE_NONE &&
	    (m->boxes.v[box].line > line || m->boxes.v[box].line_end <= line))
		box = m->boxes.v[box].parent;
	return box;
}

/* A sentence or two between headline and text: no caption, no name, no list of links. */
static bool
is_standfirst(const struct page_judge *j, uint32_t i)
{
	static const unsigned other = PAGE_CAPTION | PAGE_BYLINE | PAGE_BOILERPLATE | PAGE_RELATED |
	    PAGE_AD | PAGE_SIDE | PAGE_CHROME | PAGE_COMMENTS | PAGE_NEVER;
	const struct page_map *m = j->map;
	const struct page_line *l = &m->lines.v[i];

	if (j->anchors.line && j->anchors.line[i])
		return true;
	if (j->dropped[i] || l->letters < PAGE_PARAGRAPH_LETTERS || l->letters > STANDFIRST_LETTERS ||
	    l->link_letters * 4 > l->letters || m->boxes.v[l->box].in_item)
		return false;
	return !page_within(m, m->leaves.v[l->leaf].box, other, PAGE_NONE) &&
	    !m->boxes.v[l->box].in_figure;
}

/* Does the story itself begin with the same words? */
static bool
begins_story(const struct page_judge *j, uint32_t line, const struct page_box *story)
{
	struct arena *a = j->map->arena;
	struct str key = text_headline_key(a, j->map->lines.v[line].text);
	uint32_t end = story->line + STANDFIRST_LOOK;

	for (uint32_t i = story->line; i < story->line_end && i < end; i++)
		if (!j->dropped[i] && str_starts(text_headline_key(a, j->map->lines.v[i].text), key))
			return true;
	return false;
}

static void
skip_pictures(struct page_map *m, uint32_t from, uint32_t end)
{
	for (uint32_t i = from; i < end; i++)
		if (html_is(m->boxes.v[i].node, HTML_TAG_IMG) &&
		    m->boxes.v[i].verdict == PAGE_TAKE)
			m->boxes.v[i].verdict = PAGE_SKIP;
}

/*
 * The standfirst often stands apart, under the headline.  Returns the box that holds it and the
 * story, with everything else in it taken out; or the story's box, when there is none.
 */
static uint32_t
with_standfirst(struct page_judge *j, uint32_t root)
{
	struct page_map *m = j->map;
	const struct page_box *b = &m->boxes.v[root];
	uint32_t found[STANDFIRST_LINES], n = 0;

	if (j->headline == PAGE_NONE || j->headline >= b->line ||
	    b->line - j->headline > STANDFIRST_REACH)
		return root;
	for (uint32_t i = j->headline + 1; i < b->line && n < STANDFIRST_LINES; i++)
		if (is_standfirst(j, i) && !begins_story(j, i, b) &&
		    !(n > 0 && str_eq(m->lines.v[i].text, m->lines.v[found[n - 1]].text)))
			found[n++] = i;
	if (n == 0)
		return root;
	uint32_t outer = box_around(m, root, found[0]);
	const struct page_box *o = &m->boxes.v[outer];
	for (uint32_t i = o->line, k = 0; i < o->line_end; i++) {
		if (i >= b->line && i < b->line_end)
			continue;
		if (k < n && found[k] == i) {
			k++;
			continue;
		}
		skip_lines(m, i, i + 1);
		j->dropped[i] = true;
	}
	skip_pictures(m, outer, root);
	skip_pictures(m, b->end, o->end);
	return outer;
}

/* --- what the site's rule says --- */

static void
drop_ruled(struct page_map *m, const struct site_rule *rule)
{
	for (uint32_t i = 1; rule->drop.n > 0 && i < m->boxes.n;) {
		struct page_box *b = &m->boxes.v[i];
		bool drop = b->verdict == PAGE_TAKE && site_selectors_match(&rule->drop, b->node);
		if (drop)
			b->verdict = PAGE_SKIP;
		i = drop ? b->end : i + 1;
	}
}

/* The lines between the boxes that the rule names, inside the one that holds them all. */
static void
drop_between(struct page_judge *j, uint32_t outer, const bool *ruled)
{
	struct page_map *m = j->map;
	const struct page_box *o = &m->boxes.v[outer];

	for (uint32_t i = o->line; i < o->line_end; i++)
		if (!ruled[i]) {
			skip_lines(m, i, i + 1);
			j->dropped[i] = true;
		}
}

/* The box that holds all that the rule calls the text; PAGE_NONE when nothing on the page is. */
static uint32_t
ruled_root(struct page_judge *j, const struct site_rule *rule)
{
	struct page_map *m = j->map;
	bool *ruled = ARENA_ARRAY(m->arena, bool, m->lines.n + 1);
	uint32_t root = PAGE_NONE, last = 0;

	for (uint32_t i = 0; rule && rule->text.n > 0 && i < m->boxes.n;) {
		const struct page_box *b = &m->boxes.v[i];
		bool text = b->verdict == PAGE_TAKE && b->line_end > b->line &&
		    site_selectors_match(&rule->text, b->node);
		for (uint32_t l = b->line; text && l < b->line_end; l++)
			ruled[l] = true;
		if (text && root == PAGE_NONE)
			root = i;
		if (text)
			last = i;
		i = text ? b->end : i + 1;
	}
	if (root == PAGE_NONE)
		return PAGE_NONE;
	while (!page_holds(m, root, last))
		root = m->boxes.v[root].parent;
	page_drop_boxes(j, PAGE_ANYTHING);
	drop_between(j, root, ruled);
	return root;
}

uint32_t
page_body_find(struct page_map *m, struct str title, const struct page_known *known)
{
	if (m->lines.n == 0)
		return PAGE_NONE;
	struct page_judge j;
	if (known->rule)
		drop_ruled(m, known->rule);
	page_judge_make(&j, m, title, known);
	uint32_t root = ruled_root(&j, known->rule);
	bool ruled = root != PAGE_NONE;
	if (!ruled)
		root = page_root_find(&j);
	if (root == PAGE_NONE)
		return PAGE_NONE;
	if (!j.bare)
		doubt_names(&j, root);
	clean_boxes(&j, root);
	if (j.bare)
		return root;
	trim_head(&j, m->boxes.v[root].line, m->boxes.v[root].line_end, title);
	drop_promos(&j, m->boxes.v[root].line, m->boxes.v[root].line_end);
	trim_foot(&j, m->boxes.v[root].line, m->boxes.v[root].line_end);
	return ruled ? root : with_standfirst(&j, root);
}
