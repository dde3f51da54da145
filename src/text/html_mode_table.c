/*
 * The insertion modes "in table", "in caption" and "in column group".  "In table text" is
 * no mode here: the tokenizer never gives two texts in a row, so a text is judged as it
 * comes.
 */
#include "text/html_formatting.h"
#include "text/html_insert.h"
#include "text/html_mode_table.h"
#include "text/html_mode_tags.h"
#include "text/html_stack.h"

enum html_step
html_table_go(struct html_build *b, enum html_mode mode)
{
	b->mode = (uint8_t)mode;
	return HTML_AGAIN;
}

void
html_clear_to(
    struct html_build *b, enum html_tag one, enum html_tag two, enum html_tag three)
{
	for (;;) {
		unsigned tag = html_top(b)->tag;
		if (b->n == 1 || tag == one || tag == two || tag == three ||
		    tag == HTML_TAG_TEMPLATE)
			return;
		html_pop(b);
	}
}

static void
clear_to_table(struct html_build *b)
{
	html_clear_to(b, HTML_TAG_TABLE, HTML_TAG_TABLE, HTML_TAG_TABLE);
}

bool
html_open_part(struct html_build *b, const struct html_token *token, enum html_mode mode)
{
	if (!html_open_element(b, token))
		return false;
	b->mode = (uint8_t)mode;
	return true;
}

enum html_step
html_open_implied_part(struct html_build *b, enum html_tag tag, enum html_mode mode)
{
	if (!html_open_implied(b, tag))
		return HTML_DONE;
	return html_table_go(b, mode);
}

bool
html_close_part(struct html_build *b, size_t at, enum html_mode mode)
{
	if (!at)
		return false;
	html_pop_to(b, at);
	html_clear_to_marker(b);
	b->mode = (uint8_t)mode;
	return true;
}

/* --- in table --------------------------------------------------------------------- */

/* "Anything else": before the table. */
enum html_step
html_in_table_else(struct html_build *b, struct html_token *token)
{
	b->foster = true;
	enum html_step step = html_in_body(b, token);
	b->foster = false;
	return step;
}

/* White space stays between the cells; anything else takes it along out of the table. */
enum html_step
html_in_table_text(struct html_build *b, struct html_token *token)
{
	switch (html_top(b)->tag) {
	case HTML_TAG_TABLE:
	case HTML_TAG_TBODY:
	case HTML_TAG_TEMPLATE:
	case HTML_TAG_TFOOT:
	case HTML_TAG_THEAD:
	case HTML_TAG_TR:
		if (str_trim(token->text).n == 0) {
			html_put_text(b, token->text);
			return HTML_DONE;
		}
	}
	return html_in_table_else(b, token);
}

static enum html_step
in_table_caption(struct html_build *b, struct html_token *token)
{
	clear_to_table(b);
	if (html_open_part(b, token, HTML_IN_CAPTION))
		html_list_marker(b);
	return HTML_DONE;
}

static enum html_step
in_table_colgroup(struct html_build *b, struct html_token *token)
{
	clear_to_table(b);
	html_open_part(b, token, HTML_IN_COLUMNS);
	return HTML_DONE;
}

static enum html_step
in_table_col(struct html_build *b, struct html_token *token)
{
	(void)token;
	clear_to_table(b);
	return html_open_implied_part(b, HTML_TAG_COLGROUP, HTML_IN_COLUMNS);
}

static enum html_step
in_table_section(struct html_build *b, struct html_token *token)
{
	clear_to_table(b);
	html_open_part(b, token, HTML_IN_TABLE_BODY);
	return HTML_DONE;
}

static enum html_step
in_table_row(struct html_build *b, struct html_token *token)
{
	(void)token;
	clear_to_table(b);
	return html_open_implied_part(b, HTML_TAG_TBODY, HTML_IN_TABLE_BODY);
}

static enum html_step
in_table_end(struct html_build *b, struct html_token *token)
{
	if (html_uncrowd(b, token))
		return HTML_DONE;
	size_t at = html_open_place(b, HTML_TAG_TABLE, HTML_IN_TABLE_SCOPE);
	if (!at)
		return HTML_DONE;
	html_pop_to(b, at);
	html_reset_mode(b);
	return HTML_AGAIN; /* of use to the next rule only */
}

/* A table between the cells of another ends that one. */
enum html_step
html_in_table_table(struct html_build *b, struct html_token *token)
{
	(void)token;
	return in_table_end(b,
	    &(struct html_token){.kind = HTML_TOKEN_CLOSE,
		.tag = HTML_TAG_TABLE,
		.name = html_tag_name(HTML_TAG_TABLE)});
}

static enum html_step
in_table_table_end(struct html_build *b, struct html_token *token)
{
	in_table_end(b, token);
	return HTML_DONE;
}

enum html_step
html_in_table_input(struct html_build *b, struct html_token *token)
{
	return html_is_hidden_input(token) ? html_start_leaf(b, token)
					   : html_in_table_else(b, token);
}

/* The element is there for its address alone: what follows is not in it. */
enum html_step
html_in_table_form(struct html_build *b, struct html_token *token)
{
	if (!html_is_open(b, HTML_TAG_TEMPLATE) && !b->form)
		b->form = html_put_element(b, token, HTML_HTML);
	return HTML_DONE;
}

const struct html_rules html_rules_in_table = {
	.text = html_in_table_text,
	.start = {
	    HTML_TABLE_START,
	    [HTML_TAG_CAPTION] = in_table_caption,
	    [HTML_TAG_COLGROUP] = in_table_colgroup,
	    [HTML_TAG_COL] = in_table_col,
	    HTML_SECTIONS(in_table_section),
	    HTML_CELLS(in_table_row),
	    [HTML_TAG_TR] = in_table_row,
	},
	.end = {
	    [HTML_TAG_TEMPLATE] = html_in_head,
	    [HTML_TAG_TABLE] = in_table_table_end,
	    HTML_AROUND_TABLE(html_ignore),
	    HTML_ALL_OF_TABLE(html_ignore),
	},
	.other_start = html_in_table_else,
	.other_end = html_in_table_else,
	.finish = html_finish_template,
};

enum html_step
html_in_table(struct html_build *b, struct html_token *token)
{
	return html_apply(&html_rules_in_table, b, token);
}

/* --- in caption ------------------------------------------------------------------- */

static bool
close_caption(struct html_build *b)
{
	size_t at = html_open_place(b, HTML_TAG_CAPTION, HTML_IN_TABLE_SCOPE);
	return html_close_part(b, at, HTML_IN_TABLE);
}

static enum html_step
in_caption_end(struct html_build *b, struct html_token *token)
{
	(void)token;
	close_caption(b);
	return HTML_DONE;
}

static enum html_step
in_caption_leave(struct html_build *b, struct html_token *token)
{
	(void)token;
	return close_caption(b) ? HTML_AGAIN : HTML_DONE;
}

const struct html_rules html_rules_in_caption = {
	.text = html_in_body,
	.start = {
	    HTML_ALL_OF_TABLE(in_caption_leave),
	},
	.end = {
	    [HTML_TAG_CAPTION] = in_caption_end,
	    [HTML_TAG_TABLE] = in_caption_leave,
	    HTML_AROUND_TABLE(html_ignore),
	    HTML_COLUMNS(html_ignore),
	    HTML_SECTIONS(html_ignore),
	    HTML_CELLS(html_ignore),
	    [HTML_TAG_TR] = html_ignore,
	},
	.other_start = html_in_body,
	.other_end = html_in_body,
	.finish = html_finish_template,
};

/* --- in column group -------------------------------------------------------------- */

static enum html_step
in_columns_else(struct html_build *b, struct html_token *token)
{
	(void)token;
	if (!html_top_is(b, HTML_TAG_COLGROUP))
		return HTML_DONE;
	html_pop(b);
	return html_table_go(b, HTML_IN_TABLE);
}

static enum html_step
in_columns_text(struct html_build *b, struct html_token *token)
{
	html_put_text(b, html_take_space(token));
	return token->text.n ? in_columns_else(b, token) : HTML_DONE;
}

static enum html_step
in_columns_end(struct html_build *b, struct html_token *token)
{
	in_columns_else(b, token);
	return HTML_DONE;
}

const struct html_rules html_rules_in_columns = {
	.text = in_columns_text,
	.start = {
	    [HTML_TAG_HTML] = html_in_body,
	    [HTML_TAG_COL] = html_start_leaf,
	    [HTML_TAG_TEMPLATE] = html_in_head,
	},
	.end = {
	    [HTML_TAG_COLGROUP] = in_columns_end,
	    [HTML_TAG_COL] = html_ignore,
	    [HTML_TAG_TEMPLATE] = html_in_head,
	},
	.other_start = in_columns_else,
	.other_end = in_columns_else,
	.finish = html_finish_template,
};
