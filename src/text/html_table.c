#include "text/html_table.h"

static bool
is_cell(const struct html_node *node)
{
	return node && (html_is(node, HTML_TAG_TD) || html_is(node, HTML_TAG_TH));
}

/* What a table of facts may hold besides words. */
static bool
fits_table(const struct html_node *node)
{
	if (node->kind != HTML_ELEMENT || !(html_tag_traits(node->tag) & HTML_BLOCK))
		return true;
	switch ((int)node->tag) {
	case HTML_TAG_CAPTION:
	case HTML_TAG_TBODY:
	case HTML_TAG_THEAD:
	case HTML_TAG_TFOOT:
	case HTML_TAG_TR:
	case HTML_TAG_TD:
	case HTML_TAG_TH:
	case HTML_TAG_DIV:
		return true;
	case HTML_TAG_P:
		return !node->next || !html_is(node->next, HTML_TAG_P);
	}
	return false; /* a table too: the search ends there, which keeps it linear */
}

static const struct html_node *
element_before(const struct html_node *node)
{
	do
		node = node->prev;
	while (node && node->kind != HTML_ELEMENT);
	return node;
}

bool
html_table_of_facts(const struct html_node *table)
{
	bool columns = false;
	const struct html_node *node = table;
	while ((node = html_next_node(node, table))) {
		if (!fits_table(node))
			return false;
		columns = columns || (is_cell(node) && is_cell(element_before(node)));
	}
	return columns;
}

bool
html_table_header(const struct html_node *row)
{
	bool any = false;
	for (const struct html_node *cell = row->first_child; cell; cell = cell->next) {
		if (html_is(cell, HTML_TAG_TD))
			return false;
		any = any || html_is(cell, HTML_TAG_TH);
	}
	return any;
}
