/*
 * The stack, from its foot:
 *
 *	... ancestor  formatting  inner ...  block  ... current
 *
 * `formatting` is the element that the tag names, `block` the lowest special element
 * above it.  The block leaves the formatting element for the ancestor, with copies of at
 * most three inner formatting elements around it; what is in the block goes into a copy
 * of the formatting element.  That is done up to eight times, until no block is left.
 */
#include "text/html_adopt.h"

#include "text/html_formatting.h"
#include "text/html_insert.h"
#include "text/html_stack.h"

enum { OUTER_ROUNDS = 8, INNER_COPIES = 3 }; /* both are the standard's */

struct adoption {
	size_t formatting, block; /* places on the stack */
	size_t bookmark; /* the place in the list where the copy goes */
	struct html_node
	    *last; /* what goes into the next copy, at last to the ancestor */
	/* What stands on the stack in the end instead of formatting to block. */
	struct html_node *instead[INNER_COPIES + 2];
	size_t n_instead;
};

/* "Has an element in scope", for one node. */
static bool
in_scope(const struct html_build *b, size_t place)
{
	for (size_t at = b->n; --at > place;)
		if (b->stack[at].traits & HTML_SCOPE)
			return false;
	return true;
}

/* "Furthest block"; 0: there is none. */
static size_t
find_block(const struct html_build *b, size_t formatting)
{
	for (size_t at = formatting + 1; at < b->n; at++)
		if (b->stack[at].traits & HTML_SPECIAL)
			return at;
	return 0;
}

static void
unlist_inner(struct html_build *b, struct adoption *a, size_t listed)
{
	html_unlist(b, listed);
	if (listed < a->bookmark)
		a->bookmark--;
}

/* One element between block and formatting, from the block downwards.  False: no copy. */
static bool
pass_inner(struct html_build *b, struct adoption *a, struct html_node *node, size_t round)
{
	if (!node->listed)
		return true;
	size_t listed = html_list_place(b, node);
	if (round > INNER_COPIES) {
		unlist_inner(b, a, listed);
		return true;
	}
	struct html_node *copy = html_copy_element(b, node);
	if (!copy)
		return false;
	node->listed = false;
	copy->listed = true;
	b->formatting[listed] = copy;
	if (a->last == b->stack[a->block].node)
		a->bookmark = listed + 1;
	html_remove(a->last);
	html_append(copy, a->last);
	a->last = copy;
	a->instead[a->n_instead++] = copy;
	return true;
}

/* The inner copies were found from the top; the stack counts from the foot. */
static void
turn_round(struct html_node **nodes, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		struct html_node *node = nodes[i];
		nodes[i] = nodes[n - 1 - i];
		nodes[n - 1 - i] = node;
	}
}

/* What is in the block goes into the copy, and the copy into the block. */
static void
move_content(struct html_node *block, struct html_node *copy)
{
	struct html_node *child;
	while ((child = block->first_child)) {
		html_remove(child);
		html_append(copy, child);
	}
	html_append(block, copy);
}

static void
relist(struct html_build *b, struct adoption *a, struct html_node *copy)
{
	struct html_node *formatting = b->stack[a->formatting].node;
	unlist_inner(b, a, html_list_place(b, formatting));
	html_list_at(b, a->bookmark, copy);
}

/* One round.  False: there are no copies left. */
static bool
adopt_block(struct html_build *b, struct adoption *a)
{
	struct html_node *formatting = b->stack[a->formatting].node;
	struct html_node *block = b->stack[a->block].node;
	struct html_node *ancestor = b->stack[a->formatting - 1].node;
	struct html_node *copy = html_copy_element(b, formatting);
	if (!copy)
		return false;
	a->last = block;
	a->bookmark = html_list_place(b, formatting);
	for (size_t at = a->block, round = 1; --at > a->formatting; round++)
		if (!pass_inner(b, a, b->stack[at].node, round))
			break;
	html_remove(a->last);
	html_put(b, ancestor, a->last);
	move_content(block, copy);
	relist(b, a, copy);
	turn_round(a->instead, a->n_instead);
	a->instead[a->n_instead++] = block;
	a->instead[a->n_instead++] = copy;
	html_splice(b, a->formatting, a->block + 1, a->instead, a->n_instead);
	return true;
}

bool
html_adopt(struct html_build *b, enum html_tag tag)
{
	if (html_top_is(b, tag) && !html_top(b)->node->listed) {
		html_pop(b);
		return true;
	}
	for (int round = 0; round < OUTER_ROUNDS; round++) {
		size_t listed = html_listed(b, tag);
		if (!listed)
			return false;
		struct html_node *formatting = b->formatting[listed - 1];
		if (!formatting->open) {
			html_unlist(b, listed - 1);
			return true;
		}
		struct adoption a = {.formatting = html_stack_place(b, formatting)};
		if (!in_scope(b, a.formatting))
			return true;
		a.block = find_block(b, a.formatting);
		if (!a.block) {
			html_pop_to(b, a.formatting);
			html_unlist(b, html_list_place(b, formatting));
			return true;
		}
		if (!adopt_block(b, &a))
			return true;
	}
	return true;
}
