/* The insertion modes "in table body", "in row" and "in cell". */
#include "text/html_formatting.h"
#include "text/html_insert.h"
#include "text/html_mode_table.h"
#include "text/html_mode_tags.h"
#include "text/html_stack.h"

static void
clear_to_section(struct html_build *b)
{
	html_clear_to(b, HTML_TAG_TBODY, HTML_TAG_THEAD, HTML_TAG_TFOOT);
}

static void
clear_to_row(struct html_build *b)
{
	html_clear_to(b, HTML_TAG_TR, HTML_TAG_TR, HTML_TAG_TR);
}

/* --- in table body ---------------------------------------------------------------- */

static bool
close_section(struct html_build *b)
{
	if (!html_open_place(b, HTML_TAG_TBODY, HTML_IN_TABLE_SCOPE) &&
	    !html_open_place(b, HTML_TAG_THEAD, HTML_IN_TABLE_SCOPE) &&
	    !html_open_place(b, HTML_TAG_TFOOT, HTML_IN_TABLE_SCOPE))
		return false;
	clear_to_section(b);
	html_pop(b);
	b->mode = HTML_IN_TABLE;
	return true;
}

static enum html_step
in_section_leave(struct html_build *b, struct html_token *token)
{
	(void)token;
	return close_section(b) ? HTML_AGAIN : HTML_DONE;
}

static enum html_step
in_section_end(struct html_build *b, struct html_token *token)
{
	if (html_open_place(b, token->tag, HTML_IN_TABLE_SCOPE))
		close_section(b);
	return HTML_DONE;
}

static enum html_step
in_section_row(struct html_build *b, struct html_token *token)
{
	clear_to_section(b);
	html_open_part(b, token, HTML_IN_ROW);
	return HTML_DONE;
}

static enum html_step
in_section_cell(struct html_build *b, struct html_token *token)
{
	(void)token;
	clear_to_section(b);
	return html_open_implied_part(b, HTML_TAG_TR, HTML_IN_ROW);
}

const struct html_rules html_rules_in_table_body = {
	.text = html_in_table_text,
	.start = {
	    HTML_TABLE_START,
	    [HTML_TAG_TR] = in_section_row,
	    HTML_CELLS(in_section_cell),
	    HTML_TABLE_PARTS(in_section_leave),
	},
	.end = {
	    [HTML_TAG_TEMPLATE] = html_in_head,
	    HTML_SECTIONS(in_section_end),
	    [HTML_TAG_TABLE] = in_section_leave,
	    HTML_AROUND_TABLE(html_ignore),
	    [HTML_TAG_CAPTION] = html_ignore,
	    HTML_COLUMNS(html_ignore),
	    HTML_CELLS(html_ignore),
	    [HTML_TAG_TR] = html_ignore,
	},
	.other_start = html_in_table_else,
	.other_end = html_in_table_else,
	.finish = html_finish_template,
};

/* --- in row ----------------------------------------------------------------------- */

static enum html_step
in_row_leave(struct html_build *b, struct html_token *token)
{
	(void)token;
	if (!html_open_place(b, HTML_TAG_TR, HTML_IN_TABLE_SCOPE))
		return HTML_DONE;
	clear_to_row(b);
	html_pop(b);
	return html_table_go(b, HTML_IN_TABLE_BODY);
}

static enum html_step
in_row_end(struct html_build *b, struct html_token *token)
{
	in_row_leave(b, token);
	return HTML_DONE;
}

static enum html_step
in_row_section_end(struct html_build *b, struct html_token *token)
{
	if (!html_open_place(b, token->tag, HTML_IN_TABLE_SCOPE))
		return HTML_DONE;
	return in_row_leave(b, token);
}

static enum html_step
in_row_cell(struct html_build *b, struct html_token *token)
{
	clear_to_row(b);
	if (html_open_part(b, token, HTML_IN_CELL))
		html_list_marker(b);
	return HTML_DONE;
}

const struct html_rules html_rules_in_row = {
	.text = html_in_table_text,
	.start = {
	    HTML_TABLE_START,
	    HTML_CELLS(in_row_cell),
	    HTML_TABLE_PARTS(in_row_leave),
	    [HTML_TAG_TR] = in_row_leave,
	},
	.end = {
	    [HTML_TAG_TEMPLATE] = html_in_head,
	    [HTML_TAG_TR] = in_row_end,
	    [HTML_TAG_TABLE] = in_row_leave,
	    HTML_SECTIONS(in_row_section_end),
	    HTML_AROUND_TABLE(html_ignore),
	    [HTML_TAG_CAPTION] = html_ignore,
	    HTML_COLUMNS(html_ignore),
	    HTML_CELLS(html_ignore),
	},
	.other_start = html_in_table_else,
	.other_end = html_in_table_else,
	.finish = html_finish_template,
};

/* --- in cell ---------------------------------------------------------------------- */

static bool
close_cell(struct html_build *b)
{
	size_t at = html_open_place(b, HTML_TAG_TD, HTML_IN_TABLE_SCOPE);
	if (!at)
		at = html_open_place(b, HTML_TAG_TH, HTML_IN_TABLE_SCOPE);
	return html_close_part(b, at, HTML_IN_ROW);
}

static enum html_step
in_cell_end(struct html_build *b, struct html_token *token)
{
	if (!html_uncrowd(b, token) &&
	    html_open_place(b, token->tag, HTML_IN_TABLE_SCOPE))
		close_cell(b);
	return HTML_DONE;
}

static enum html_step
in_cell_leave(struct html_build *b, struct html_token *token)
{
	(void)token;
	return close_cell(b) ? HTML_AGAIN : HTML_DONE;
}

/* The end of the table, of its section or of the row. */
static enum html_step
in_cell_outer_end(struct html_build *b, struct html_token *token)
{
	if (html_uncrowd(b, token) ||
	    !html_open_place(b, token->tag, HTML_IN_TABLE_SCOPE))
		return HTML_DONE;
	return in_cell_leave(b, token);
}

const struct html_rules html_rules_in_cell = {
	.text = html_in_body,
	.start = {
	    HTML_ALL_OF_TABLE(in_cell_leave),
	},
	.end = {
	    HTML_CELLS(in_cell_end),
	    HTML_AROUND_TABLE(html_ignore),
	    [HTML_TAG_CAPTION] = html_ignore,
	    HTML_COLUMNS(html_ignore),
	    [HTML_TAG_TABLE] = in_cell_outer_end,
	    HTML_SECTIONS(in_cell_outer_end),
	    [HTML_TAG_TR] = in_cell_outer_end,
	},
	.other_start = html_in_body,
	.other_end = html_in_body,
	.finish = html_finish_template,
};
