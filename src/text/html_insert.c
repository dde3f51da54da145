/*
 * Text that meets text is joined to it, as the standard has it.  The joined text lives in
 * the arena with room to grow, which doubles, so that many small pieces stay linear.
 */
#include "text/html_insert.h"

#include <string.h>

#include "text/html_foreign.h"
#include "text/html_stack.h"

/* A place between nodes: before a child of the parent, or behind all of them (NULL). */
struct place {
	struct html_node *parent, *before;
};

/* --- where ------------------------------------------------------------------------ */

static bool
is_table_frame(const struct html_node *node)
{
	if (node->space != HTML_HTML)
		return false;
	switch (node->tag) {
	case HTML_TAG_TABLE:
	case HTML_TAG_TBODY:
	case HTML_TAG_TFOOT:
	case HTML_TAG_THEAD:
	case HTML_TAG_TR:
		return true;
	}
	return false;
}

/* "Foster parent": before the table, or in the template that is in it. */
static struct place
foster_place(struct html_build *b)
{
	size_t at = b->n - 1;
	while (at > 0 && b->stack[at].tag != HTML_TAG_TABLE &&
	    b->stack[at].tag != HTML_TAG_TEMPLATE)
		at--;
	struct html_node *node = b->stack[at].node;
	if (b->stack[at].tag != HTML_TAG_TABLE)
		return (struct place){node, NULL};
	if (node->parent)
		return (struct place){node->parent, node};
	return (struct place){b->stack[at - 1].node, NULL};
}

static struct place
place_in(struct html_build *b, struct html_node *target)
{
	if (b->foster && is_table_frame(target))
		return foster_place(b);
	return (struct place){target, NULL};
}

static void
put_at(struct place place, struct html_node *node)
{
	if (place.before)
		html_insert_before(place.before, node);
	else
		html_append(place.parent, node);
}

void
html_put(struct html_build *b, struct html_node *target, struct html_node *node)
{
	put_at(place_in(b, target), node);
}

void
html_put_here(struct html_build *b, struct html_node *node)
{
	html_put(b, html_top(b)->node, node);
}

/* --- elements --------------------------------------------------------------------- */

static struct html_node *
new_node(struct html_build *b, enum html_node_kind kind)
{
	struct html_node *node = ARENA_NEW(b->arena, struct html_node);
	node->kind = (uint8_t)kind;
	b->n_nodes++;
	return node;
}

/* What hides its content is made in any case: the content shall not be shown. */
static bool
tree_is_full(const struct html_build *b, enum html_tag tag)
{
	return b->n_nodes >= HTML_MAX_NODES && !(html_tag_traits(tag) & HTML_RAW);
}

static struct html_node *
new_element(struct html_build *b, const struct html_token *token, enum html_space space)
{
	struct html_node *node = new_node(b, HTML_ELEMENT);
	node->space = (uint8_t)space;
	node->tag = (uint16_t)token->tag;
	node->name = token->name;
	node->attributes = token->attributes;
	node->n_attributes = (uint16_t)token->n_attributes;
	if (space == HTML_SVG)
		node->name = html_svg_name(node->name);
	if (space != HTML_HTML)
		html_foreign_attributes(node);
	return node;
}

struct html_node *
html_put_element(
    struct html_build *b, const struct html_token *token, enum html_space space)
{
	if (tree_is_full(b, token->tag))
		return NULL;
	struct html_node *node = new_element(b, token, space);
	html_put_here(b, node);
	return node;
}

struct html_node *
html_open_foreign(
    struct html_build *b, const struct html_token *token, enum html_space space)
{
	struct html_node *node = html_put_element(b, token, space);
	if (node && html_push(b, node))
		return node;
	html_crowd(b, token);
	return NULL;
}

struct html_node *
html_open_element(struct html_build *b, const struct html_token *token)
{
	return html_open_foreign(b, token, HTML_HTML);
}

struct html_node *
html_open_implied(struct html_build *b, enum html_tag tag)
{
	return html_open_element(
	    b, &(struct html_token){.tag = tag, .name = html_tag_name(tag)});
}

struct html_node *
html_copy_element(struct html_build *b, const struct html_node *old)
{
	if (b->copies_left == 0 || b->n_nodes >= HTML_MAX_NODES)
		return NULL;
	b->copies_left--;
	struct html_node *node = new_node(b, HTML_ELEMENT);
	node->tag = old->tag;
	node->name = old->name;
	node->attributes = old->attributes;
	node->n_attributes = old->n_attributes;
	return node;
}

/* --- text, comments, doctypes ----------------------------------------------------- */

static void
join_text(struct html_build *b, struct html_node *node, struct str more)
{
	size_t n = node->text.n + more.n;
	char *text = (char *)node->text.p;
	if (n > node->room) {
		size_t room = n < UINT32_MAX / 2 ? 2 * n : n;
		text = arena_alloc(b->arena, room);
		memcpy(text, node->text.p, node->text.n);
		node->room = room > UINT32_MAX ? UINT32_MAX : (uint32_t)room;
	}
	memcpy(text + node->text.n, more.p, more.n);
	node->text = str_of(text, n);
}

void
html_put_text(struct html_build *b, struct str text)
{
	if (text.n == 0)
		return;
	struct place place = place_in(b, html_top(b)->node);
	struct html_node *before =
	    place.before ? place.before->prev : place.parent->last_child;
	if (before && before->kind == HTML_TEXT) {
		join_text(b, before, text);
		return;
	}
	struct html_node *node = new_node(b, HTML_TEXT);
	node->text = text;
	put_at(place, node);
}

bool
html_says_words(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] && !ascii_space((unsigned char)text.p[i]))
			return true;
	return false;
}

void
html_put_comment(
    struct html_build *b, struct html_node *parent, const struct html_token *token)
{
	struct html_node *node = new_node(b, HTML_COMMENT);
	node->text = token->text;
	put_at(
	    parent ? (struct place){parent, NULL} : place_in(b, html_top(b)->node), node);
}

void
html_put_doctype(struct html_build *b, const struct html_token *token)
{
	struct html_node *node = new_node(b, HTML_DOCTYPE);
	node->name = token->name;
	node->attributes = ARENA_ARRAY(b->arena, struct html_attribute, 2);
	node->attributes[0] = (struct html_attribute){STR("public"), token->public_id};
	node->attributes[1] = (struct html_attribute){STR("system"), token->system_id};
	node->n_attributes = 2;
	html_append(b->document, node);
}
