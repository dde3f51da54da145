/* What the insertion modes of tables share. */
#ifndef KAWAT_TEXT_HTML_MODE_TABLE_H
#define KAWAT_TEXT_HTML_MODE_TABLE_H

#include "text/html_mode.h"

/* The rules of "in table" that hold between the rows and cells too. */
html_rule html_in_table_else, html_in_table_text, html_in_table_input, html_in_table_form,
    html_in_table_table;

/* The start tags that "in table body" and "in row" leave to "in table". */
#define HTML_TABLE_START								\
	[HTML_TAG_STYLE] = html_in_head, [HTML_TAG_SCRIPT] = html_in_head,		\
	[HTML_TAG_TEMPLATE] = html_in_head, [HTML_TAG_INPUT] = html_in_table_input,	\
	[HTML_TAG_FORM] = html_in_table_form, [HTML_TAG_TABLE] = html_in_table_table

/* "Clear the stack back to a table, table body or table row context". */
void html_clear_to(struct html_build *, enum html_tag, enum html_tag, enum html_tag);

/* Open a part of the table; the mode is the one within it, if there was room. */
bool html_open_part(struct html_build *, const struct html_token *, enum html_mode);
/* The same for one that no tag stands for; its content meets the rules of the mode. */
enum html_step html_open_implied_part(struct html_build *, enum html_tag, enum html_mode);

/*
 * Close the caption or the cell at that place of the stack, with the formatting elements in it; the
 * mode is the one outside.  False: the place is 0, for there is none.
 */
bool html_close_part(struct html_build *, size_t at, enum html_mode);

/* The token meets the rules of that mode. */
enum html_step html_table_go(struct html_build *, enum html_mode);

#endif
