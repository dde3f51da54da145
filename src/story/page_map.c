#include "story/page_map.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "story/trim.h"
#include "text/clean.h"
#include "text/html_text.h"

#define LEAF_BIT 0x80000000u

/* While the page is read. */
struct layout {
	struct page_map *map;
	uint32_t box; /* innermost open element */
	struct buf text; /* of the open line */
	uint32_t leaf; /* first of the open line */
	bool space;
};

static bool
is_block(const struct html_node *n)
{
	if (n->kind != HTML_ELEMENT)
		return false;
	if (n->tag == HTML_TAG_UNKNOWN) /* elements that a page made up are mostly boxes */
		return str_find_char(n->name, '-') != STR_NONE;
	return (html_tag_traits(n->tag) & HTML_BLOCK) || n->tag == HTML_TAG_BR ||
	    n->tag == HTML_TAG_HR || n->tag == HTML_TAG_TD || n->tag == HTML_TAG_TH ||
	    n->tag == HTML_TAG_BUTTON;
}

bool
page_is_heading(const struct html_node *n)
{
	return html_is(n, HTML_TAG_H1) || html_is(n, HTML_TAG_H2) || html_is(n, HTML_TAG_H3) ||
	    html_is(n, HTML_TAG_H4) || html_is(n, HTML_TAG_H5) || html_is(n, HTML_TAG_H6);
}

/* --- lines --- */

/* The letters of printable ASCII, eight bytes at a time; *at moves past them. */
static uint32_t
count_plain(struct str s, size_t *at)
{
	uint32_t n = 0;

	for (; *at + 8 <= s.n; *at += 8) {
		uint64_t w;
		memcpy(&w, s.p + *at, 8);
		if ((w & UINT64_C(0x8080808080808080)) || eight_below(w, ' '))
			break;
		n += 8 - eight_count(eight_exactly(w, ' '));
	}
	return n;
}

/* Han (from U+5000) and Hangul (U+B000 to U+CFFF), which count for two, as below. */
static uint32_t
count_han(struct str s, size_t *at)
{
	uint32_t n = 0;

	for (; *at + 3 <= s.n; *at += 3, n += 2) {
		unsigned char lead = (unsigned char)s.p[*at];
		if (!(lead >= 0xE5 && lead <= 0xE9) && lead != 0xEB && lead != 0xEC)
			break;
	}
	return n;
}

static uint32_t
count_letters(struct str s)
{
	uint32_t n = 0;

	for (size_t at = 0; at < s.n;) {
		n += count_plain(s, &at);
		n += count_han(s, &at);
		if (at >= s.n)
			break;
		uint32_t c = utf8_next(s, &at);
		if (c > ' ' && c < 0x80) {
			n++;
			continue;
		}
		if (trim_is_space(c))
			continue;
		n += trim_is_unspaced(c) || (c >= 0xAC00 && c <= 0xD7A3) ? 2 : 1;
	}
	return n;
}

static void
end_line(struct layout *l)
{
	struct page_map *m = l->map;
	struct page_line line = {.leaf = l->leaf, .leaf_end = (uint32_t)m->leaves.n};

	l->space = false;
	if (l->text.n == 0) {
		l->leaf = line.leaf_end;
		return;
	}
	/* the cleaned line may be a part of the buffer, which is used again */
	line.text = arena_str(m->arena, text_clean_line(m->arena, bytes_of(l->text.p, l->text.n)));
	line.letters = count_letters(line.text);
	line.box = m->boxes.v[m->leaves.v[line.leaf].box].block;
	l->leaf = line.leaf_end;
	l->text.n = 0;
	if (line.letters == 0)
		return; /* its leaves are in no line */
	for (uint32_t i = line.leaf; i < line.leaf_end; i++) {
		m->leaves.v[i].line = (uint32_t)m->lines.n;
		if (m->boxes.v[m->leaves.v[i].box].link != PAGE_NONE)
			line.link_letters += count_letters(m->leaves.v[i].node->text);
	}
	if (line.link_letters > line.letters)
		line.link_letters = line.letters;
	ARENA_PUSH(m->arena, &m->lines, line);
}

static bool
is_blank(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_space((unsigned char)s.p[i]))
			return false;
	return true;
}

static void
add_leaf(struct layout *l, const struct html_node *node)
{
	struct page_map *m = l->map;

	if (is_blank(node->text)) {
		l->space = true;
		return;
	}
	if (l->space && l->text.n > 0)
		buf_char(&l->text, ' ');
	l->space = false;
	struct page_leaf leaf = {.node = node, .box = l->box, .line = PAGE_NONE};
	ARENA_PUSH(m->arena, &m->leaves, leaf);
	buf_add(&l->text, node->text);
}

/* --- the walk --- */

/* Readings above Han signs (<rt>) would stand between the signs of a word. */
static bool
is_left_out(const struct html_node *n)
{
	return n->kind == HTML_ELEMENT && (n->tag == HTML_TAG_NOSCRIPT || n->tag == HTML_TAG_RT ||
	    n->tag == HTML_TAG_RP || html_is_hidden(n));
}

static void
close_to(struct layout *l, const struct html_node *parent)
{
	struct page_map *m = l->map;

	while (l->box != PAGE_NONE && m->boxes.v[l->box].node != parent) {
		struct page_box *b = &m->boxes.v[l->box];
		if (is_block(b->node))
			end_line(l);
		b->end = (uint32_t)m->boxes.n;
		l->box = b->parent;
	}
}

static void
open_box(struct layout *l, const struct html_node *node)
{
	struct page_map *m = l->map;
	uint32_t self = (uint32_t)m->boxes.n;
	const struct page_box *around = l->box == PAGE_NONE ? NULL : &m->boxes.v[l->box];
	struct page_box b = {.node = node, .parent = l->box, .traits = page_traits(node),
	    .block = self, .link = PAGE_NONE,
	    .in_item = html_is(node, HTML_TAG_LI) || (around && around->in_item),
	    .in_figure = html_is(node, HTML_TAG_FIGURE) || (around && around->in_figure),
	    .in_caption = html_is(node, HTML_TAG_FIGCAPTION) || (around && around->in_caption)};

	if (is_block(node))
		end_line(l);
	else if (around)
		b.block = around->block;
	if (html_is(node, HTML_TAG_A) && html_has_attr(node, "href"))
		b.link = self;
	else if (around)
		b.link = around->link;
	b.around = b.traits | (around ? around->around : 0);
	ARENA_PUSH(m->arena, &m->boxes, b);
	l->box = (uint32_t)m->boxes.n - 1;
}

/* The lines of each box, from the boxes of the lines' leaves. */
static void
set_lines(struct page_map *m)
{
	for (size_t i = 0; i < m->boxes.n; i++)
		m->boxes.v[i].line = PAGE_NONE;
	for (size_t i = 0; i < m->leaves.n; i++) {
		struct page_box *b = &m->boxes.v[m->leaves.v[i].box];
		uint32_t line = m->leaves.v[i].line;
		if (line == PAGE_NONE)
			continue;
		if (b->line == PAGE_NONE)
			b->line = line;
		b->line_end = line + 1;
	}
	for (size_t i = m->boxes.n; i > 1; i--) {
		struct page_box *b = &m->boxes.v[i - 1];
		if (b->line == PAGE_NONE || b->parent == PAGE_NONE)
			continue;
		struct page_box *p = &m->boxes.v[b->parent];
		if (p->line == PAGE_NONE || b->line < p->line)
			p->line = b->line;
		if (b->line_end > p->line_end)
			p->line_end = b->line_end;
	}
	for (size_t i = 0; i < m->boxes.n; i++)
		if (m->boxes.v[i].line == PAGE_NONE)
			m->boxes.v[i].line = m->boxes.v[i].line_end = 0;
}

static void
sum_lines(struct page_map *m)
{
	m->letters = ARENA_ARRAY(m->arena, size_t, m->lines.n + 1);
	m->link_letters = ARENA_ARRAY(m->arena, size_t, m->lines.n + 1);
	for (size_t i = 0; i < m->lines.n; i++) {
		m->letters[i + 1] = m->letters[i] + m->lines.v[i].letters;
		m->link_letters[i + 1] = m->link_letters[i] + m->lines.v[i].link_letters;
	}
}

/* --- from node to box --- */

static size_t
slot_of(const struct page_map *m, const struct html_node *node)
{
	uint64_t h = (uint64_t)(uintptr_t)node;

	h = (h >> 4) * UINT64_C(0x9E3779B97F4A7C15);
	return (size_t)(h >> 32) & (m->n_slots - 1);
}

static const struct html_node *
node_of(const struct page_map *m, uint32_t value)
{
	uint32_t i = (value & ~LEAF_BIT) - 1;

	return value & LEAF_BIT ? m->leaves.v[i].node : m->boxes.v[i].node;
}

static void
put_slot(struct page_map *m, const struct html_node *node, uint32_t value)
{
	size_t i = slot_of(m, node);

	while (m->slots[i])
		i = (i + 1) & (m->n_slots - 1);
	m->slots[i] = value;
}

static uint32_t
find_slot(const struct page_map *m, const struct html_node *node)
{
	for (size_t i = slot_of(m, node); m->slots[i]; i = (i + 1) & (m->n_slots - 1))
		if (node_of(m, m->slots[i]) == node)
			return m->slots[i];
	return 0;
}

static void
make_slots(struct page_map *m)
{
	size_t want = 2 * (m->boxes.n + m->leaves.n) + 2;

	for (m->n_slots = 64; m->n_slots < want;)
		m->n_slots *= 2;
	m->slots = ARENA_ARRAY(m->arena, uint32_t, m->n_slots);
	for (uint32_t i = 0; i < m->boxes.n; i++)
		put_slot(m, m->boxes.v[i].node, i + 1);
	for (uint32_t i = 0; i < m->leaves.n; i++)
		put_slot(m, m->leaves.v[i].node, (i + 1) | LEAF_BIT);
}

void
page_map_make(struct page_map *m, struct arena *a, const struct html_node *root)
{
	*m = (struct page_map){.arena = a, .root = root};
	struct layout l = {.map = m, .box = PAGE_NONE};
	const struct html_node *n = root;

	while (n) {
		close_to(&l, n == root ? NULL : n->parent);
		if (n->kind == HTML_TEXT) {
			add_leaf(&l, n);
		} else if (is_left_out(n)) {
			n = html_next_after(n, root);
			continue;
		} else {
			open_box(&l, n);
		}
		n = html_next_node(n, root);
	}
	close_to(&l, NULL);
	end_line(&l);
	buf_clear(&l.text);
	set_lines(m);
	sum_lines(m);
	make_slots(m);
}

struct page_box *
page_map_box(const struct page_map *m, const struct html_node *node)
{
	uint32_t v = find_slot(m, node);
	return v && !(v & LEAF_BIT) ? &m->boxes.v[v - 1] : NULL;
}

struct page_leaf *
page_map_leaf(const struct page_map *m, const struct html_node *node)
{
	uint32_t v = find_slot(m, node);
	return v & LEAF_BIT ? &m->leaves.v[(v & ~LEAF_BIT) - 1] : NULL;
}

size_t
page_letters(const struct page_map *m, const struct page_box *b)
{
	return m->letters[b->line_end] - m->letters[b->line];
}

size_t
page_link_letters(const struct page_map *m, const struct page_box *b)
{
	return m->link_letters[b->line_end] - m->link_letters[b->line];
}

bool
page_within(const struct page_map *m, uint32_t box, unsigned traits, uint32_t until)
{
	if (box == PAGE_NONE || !(m->boxes.v[box].around & traits))
		return false; /* nearly always: then nothing has to be walked */
	for (; box != PAGE_NONE && box != until; box = m->boxes.v[box].parent)
		if (m->boxes.v[box].traits & traits)
			return true;
	return false;
}

bool
page_holds(const struct page_map *m, uint32_t a, uint32_t b)
{
	return b >= a && b < m->boxes.v[a].end;
}
