/*
 * An array with room for HTML_STACK_ROOM elements, and for each name the count of those
 * that are open: nearly every search for an element that is not there ends at the count.
 */
#include "text/html_stack.h"

#include <string.h>

#include "text/html_foreign.h"

const struct html_node *
html_adjusted_top(const struct html_build *b)
{
	if (b->n == 1 && b->context)
		return b->context;
	return b->n ? b->stack[b->n - 1].node : NULL;
}

static uint32_t
traits_of(const struct html_node *node)
{
	if (node->space == HTML_HTML)
		return html_tag_traits((enum html_tag)node->tag);
	return html_foreign_traits(node);
}

uint32_t
html_adjusted_traits(const struct html_build *b)
{
	if (b->n == 1 && b->context)
		return traits_of(b->context);
	return b->n ? b->stack[b->n - 1].traits : 0;
}

/* FNV-1a of the lower-case name, folded. */
size_t
html_name_count(enum html_tag tag, struct str name)
{
	if (tag != HTML_TAG_UNKNOWN)
		return tag;
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < name.n; i++)
		hash = (hash ^ (unsigned char)ascii_lower(name.p[i])) * 16777619u;
	return HTML_TAGS + (hash ^ hash >> 16) % HTML_OTHER_NAMES;
}

bool
html_has_room(const struct html_build *b, enum html_tag tag)
{
	if (b->n < HTML_MAX_DEPTH)
		return true;
	if (html_model_of(tag) != HTML_DATA)
		return b->n < HTML_STACK_ROOM;
	return html_tag_traits(tag) & (HTML_RAW | HTML_PART) &&
	    b->n < HTML_STACK_ROOM - 1;
}

static void
enter(struct html_build *b, size_t at, struct html_node *node)
{
	struct html_open *entry = &b->stack[at];
	enum html_tag tag =
	    node->space == HTML_HTML ? (enum html_tag)node->tag : HTML_TAG_UNKNOWN;
	entry->node = node;
	entry->tag = (uint16_t)tag;
	entry->traits = traits_of(node);
	entry->name = (uint16_t)html_name_count(tag, node->name);
	node->open = true;
	b->n_open_of[entry->name]++;
}

static void
leave(struct html_build *b, size_t at)
{
	b->n_open_of[b->stack[at].name]--;
	b->stack[at].node->open = false;
}

bool
html_push(struct html_build *b, struct html_node *node)
{
	if (!html_has_room(b, (enum html_tag)node->tag))
		return false;
	enter(b, b->n++, node);
	return true;
}

void
html_crowd(struct html_build *b, const struct html_token *token)
{
	b->n_crowded++;
	b->n_crowded_of[html_name_count(token->tag, token->name)]++;
}

bool
html_uncrowd(struct html_build *b, const struct html_token *token)
{
	if (b->n_crowded == 0)
		return false;
	uint16_t *n = &b->n_crowded_of[html_name_count(token->tag, token->name)];
	if (*n == 0)
		return false;
	--*n;
	b->n_crowded--;
	return true;
}

/* What had no room was in what is now closed. */
static void
forget_crowd(struct html_build *b)
{
	if (b->n_crowded == 0)
		return;
	memset(b->n_crowded_of, 0, sizeof(b->n_crowded_of));
	b->n_crowded = 0;
}

void
html_pop(struct html_build *b)
{
	if (b->n <= 1)
		return;
	if (html_model_of((enum html_tag)b->stack[b->n - 1].tag) == HTML_DATA)
		forget_crowd(b);
	leave(b, --b->n);
}

void
html_pop_to(struct html_build *b, size_t left)
{
	while (b->n > left && b->n > 1)
		html_pop(b);
}

void
html_pop_through(struct html_build *b, enum html_tag tag)
{
	while (b->n > 1) {
		bool found = html_top(b)->tag == tag;
		html_pop(b);
		if (found)
			return;
	}
}

size_t
html_stack_place(const struct html_build *b, const struct html_node *node)
{
	size_t at = b->n - 1;
	while (b->stack[at].node != node)
		at--;
	return at;
}

void
html_take_out(struct html_build *b, size_t at)
{
	html_splice(b, at, at + 1, NULL, 0);
}

void
html_splice(struct html_build *b, size_t from, size_t to, struct html_node *const *nodes,
    size_t n)
{
	forget_crowd(b);
	for (size_t i = from; i < to; i++)
		leave(b, i);
	memmove(&b->stack[from + n], &b->stack[to], (b->n - to) * sizeof(b->stack[0]));
	for (size_t i = 0; i < n; i++)
		enter(b, from + i, nodes[i]);
	b->n = b->n - (to - from) + n;
}

size_t
html_open_place(struct html_build *b, enum html_tag tag, enum html_scope scope)
{
	if (b->n_open_of[tag] == 0)
		return 0;
	for (size_t at = b->n; at-- > 1;) {
		if (b->stack[at].tag == tag)
			return at;
		if (b->stack[at].traits & (uint32_t)scope)
			return 0;
	}
	return 0;
}
