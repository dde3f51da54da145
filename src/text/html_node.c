#include "text/html_node.h"

#include <string.h>

static const struct html_attribute *
find_attribute(const struct html_node *node, const char *name)
{
	struct str wanted = str_z(name);
	for (size_t i = 0; i < node->n_attributes; i++)
		if (str_eq(node->attributes[i].name, wanted))
			return &node->attributes[i];
	return NULL;
}

struct str
html_attr(const struct html_node *node, const char *name)
{
	const struct html_attribute *found = find_attribute(node, name);
	return found ? found->value : STR("");
}

bool
html_has_attr(const struct html_node *node, const char *name)
{
	return find_attribute(node, name) != NULL;
}

bool
html_has_class(const struct html_node *node, const char *word)
{
	struct str rest = html_attr(node, "class"), wanted = str_z(word);
	for (;;) {
		struct str next = str_word(&rest);
		if (next.n == 0)
			return false;
		if (str_eq_nocase(next, wanted))
			return true;
	}
}

struct html_node *
html_next_after(const struct html_node *node, const struct html_node *root)
{
	while (node != root && !node->next)
		node = node->parent;
	return node == root ? NULL : node->next;
}

struct html_node *
html_next_node(const struct html_node *node, const struct html_node *root)
{
	return node->first_child ? node->first_child : html_next_after(node, root);
}

struct html_node *
html_find_next(
    const struct html_node *node, const struct html_node *root, enum html_tag tag)
{
	struct html_node *next = html_next_node(node, root);
	while (next && !html_is(next, tag))
		next = html_next_node(next, root);
	return next;
}

struct html_node *
html_find(const struct html_node *root, enum html_tag tag)
{
	if (html_is(root, tag))
		return (struct html_node *)root;
	return html_find_next(root, root, tag);
}

struct html_node *
html_closest(const struct html_node *node, enum html_tag tag)
{
	while (node && !html_is(node, tag))
		node = node->parent;
	return (struct html_node *)node;
}

struct str
html_raw_text(struct arena *a, const struct html_node *root)
{
	const struct html_node *node, *only = NULL;
	size_t n = 0, at = 0;
	for (node = root; node; node = html_next_node(node, root)) {
		if (node->text.n == 0)
			continue;
		only = n ? NULL : node;
		n += node->text.n;
	}
	if (only)
		return only->text;
	char *all = arena_alloc(a, n + 1);
	for (node = root; node; node = html_next_node(node, root)) {
		if (node->text.n)
			memcpy(all + at, node->text.p, node->text.n);
		at += node->text.n;
	}
	return str_of(all, n);
}

void
html_append(struct html_node *parent, struct html_node *node)
{
	node->parent = parent;
	node->prev = parent->last_child;
	node->next = NULL;
	if (parent->last_child)
		parent->last_child->next = node;
	else
		parent->first_child = node;
	parent->last_child = node;
}

void
html_insert_before(struct html_node *place, struct html_node *node)
{
	node->parent = place->parent;
	node->next = place;
	node->prev = place->prev;
	if (place->prev)
		place->prev->next = node;
	else
		place->parent->first_child = node;
	place->prev = node;
}

void
html_remove(struct html_node *node)
{
	struct html_node *parent = node->parent;
	if (!parent)
		return;
	if (node->prev)
		node->prev->next = node->next;
	else
		parent->first_child = node->next;
	if (node->next)
		node->next->prev = node->prev;
	else
		parent->last_child = node->prev;
	node->parent = node->next = node->prev = NULL;
}
