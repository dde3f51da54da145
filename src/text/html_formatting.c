#include "text/html_formatting.h"

#include <string.h>

#include "text/html_insert.h"
#include "text/html_stack.h"

static bool
has_same(const struct html_node *node, const struct html_attribute *wanted)
{
	for (size_t i = 0; i < node->n_attributes; i++)
		if (str_eq(node->attributes[i].name, wanted->name))
			return str_eq(node->attributes[i].value, wanted->value);
	return false;
}

/* The same tag and the same attributes, in any order. */
static bool
alike(const struct html_node *a, const struct html_node *b)
{
	if (a->tag != b->tag || a->n_attributes != b->n_attributes)
		return false;
	for (size_t i = 0; i < a->n_attributes; i++)
		if (!has_same(a, &b->attributes[i]))
			return false;
	return true;
}

void
html_unlist(struct html_build *b, size_t at)
{
	if (b->formatting[at])
		b->formatting[at]->listed = false;
	b->n_formatting--;
	memmove(&b->formatting[at], &b->formatting[at + 1],
	    (b->n_formatting - at) * sizeof(b->formatting[0]));
}

void
html_list_at(struct html_build *b, size_t at, struct html_node *node)
{
	memmove(&b->formatting[at + 1], &b->formatting[at],
	    (b->n_formatting - at) * sizeof(b->formatting[0]));
	b->formatting[at] = node;
	b->n_formatting++;
	if (node)
		node->listed = true;
}

static void
list_last(struct html_build *b, struct html_node *node)
{
	if (b->n_formatting == HTML_MAX_FORMATTING)
		html_unlist(b, 0);
	html_list_at(b, b->n_formatting, node);
}

void
html_list_marker(struct html_build *b)
{
	list_last(b, NULL);
}

void
html_list_formatting(struct html_build *b, struct html_node *node)
{
	size_t n_alike = 0, first = 0;
	for (size_t i = b->n_formatting; i-- > 0 && b->formatting[i];)
		if (alike(b->formatting[i], node)) {
			n_alike++;
			first = i;
		}
	if (n_alike >= 3)
		html_unlist(b, first);
	list_last(b, node);
}

void
html_clear_to_marker(struct html_build *b)
{
	while (b->n_formatting > 0) {
		struct html_node *last = b->formatting[--b->n_formatting];
		if (!last)
			return;
		last->listed = false;
	}
}

void
html_reconstruct(struct html_build *b)
{
	size_t at = b->n_formatting;
	while (at > 0 && b->formatting[at - 1] && !b->formatting[at - 1]->open)
		at--;
	for (; at < b->n_formatting; at++) {
		struct html_node *old = b->formatting[at];
		if (!html_has_room(b, (enum html_tag)old->tag))
			return;
		struct html_node *copy = html_copy_element(b, old);
		if (!copy)
			return;
		html_put_here(b, copy);
		html_push(b, copy);
		old->listed = false;
		copy->listed = true;
		b->formatting[at] = copy;
	}
}

size_t
html_listed(const struct html_build *b, enum html_tag tag)
{
	for (size_t i = b->n_formatting; i-- > 0 && b->formatting[i];)
		if (b->formatting[i]->tag == tag)
			return i + 1;
	return 0;
}

size_t
html_list_place(const struct html_build *b, const struct html_node *node)
{
	size_t at = b->n_formatting - 1;
	while (b->formatting[at] != node)
		at--;
	return at;
}
