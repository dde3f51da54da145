/* Is a table one of facts, with rows and columns, or only there to lay out the page? */
#ifndef KAWAT_TEXT_HTML_TABLE_H
#define KAWAT_TEXT_HTML_TABLE_H

#include "text/html_node.h"

/*
 * Facts: at least one row has two cells, and no cell holds a list, a heading, a quote, a
 * table or two paragraphs.  Each node is looked at for the nearest table around it only.
 */
bool html_table_of_facts(const struct html_node *table);

/* Are all cells of the row <th>? */
bool html_table_header(const struct html_node *row);

#endif
