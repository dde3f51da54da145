/*
 * <template>, the mode within it, and "reset the insertion mode appropriately".  The
 * content of a template is below its element here, not in a fragment of its own; readers
 * leave it out with the element.
 */
#include "text/html_formatting.h"
#include "text/html_insert.h"
#include "text/html_mode.h"
#include "text/html_mode_tags.h"
#include "text/html_stack.h"

/* --- resetting the mode ----------------------------------------------------------- */

/* The mode that an open element means by itself; 0: none, look further down. */
static enum html_mode
mode_of(const struct html_build *b, enum html_tag tag, bool last)
{
	switch ((int)tag) {
	case HTML_TAG_TD:
	case HTML_TAG_TH:
		return last ? 0 : HTML_IN_CELL;
	case HTML_TAG_TR:
		return HTML_IN_ROW;
	case HTML_TAG_TBODY:
	case HTML_TAG_THEAD:
	case HTML_TAG_TFOOT:
		return HTML_IN_TABLE_BODY;
	case HTML_TAG_CAPTION:
		return HTML_IN_CAPTION;
	case HTML_TAG_COLGROUP:
		return HTML_IN_COLUMNS;
	case HTML_TAG_TABLE:
		return HTML_IN_TABLE;
	case HTML_TAG_TEMPLATE:
		return (enum html_mode)b->template_modes[b->n_templates - 1];
	case HTML_TAG_HEAD:
		return last ? 0 : HTML_IN_HEAD;
	case HTML_TAG_BODY:
		return HTML_IN_BODY;
	case HTML_TAG_FRAMESET:
		return HTML_IN_FRAMESET;
	case HTML_TAG_HTML:
		return b->head ? HTML_AFTER_HEAD : HTML_BEFORE_HEAD;
	}
	return 0;
}

static enum html_tag
context_tag(const struct html_build *b)
{
	if (!b->context)
		return HTML_TAG_HTML;
	return b->context->space == HTML_HTML ? (enum html_tag)b->context->tag
					      : HTML_TAG_UNKNOWN;
}

void
html_reset_mode(struct html_build *b)
{
	enum html_mode mode = 0;
	for (size_t at = b->n; --at > 0 && !mode;)
		mode = mode_of(b, (enum html_tag)b->stack[at].tag, false);
	if (!mode)
		mode = mode_of(b, context_tag(b), true);
	b->mode = (uint8_t)(mode ? mode : HTML_IN_BODY);
}

/* --- <template> ------------------------------------------------------------------- */

enum html_step
html_start_template(struct html_build *b, struct html_token *token)
{
	if (!html_open_element(b, token))
		return HTML_DONE;
	html_list_marker(b);
	b->frameset_ok = false;
	b->mode = HTML_IN_TEMPLATE;
	b->template_modes[b->n_templates++] = HTML_IN_TEMPLATE;
	return HTML_DONE;
}

/* "Generate all implied end tags thoroughly" needs no step: all that is popped is. */
static void
close_template(struct html_build *b)
{
	html_pop_through(b, HTML_TAG_TEMPLATE);
	html_clear_to_marker(b);
	b->n_templates--;
	html_reset_mode(b);
}

enum html_step
html_end_template(struct html_build *b, struct html_token *token)
{
	if (!html_uncrowd(b, token) && html_is_open(b, HTML_TAG_TEMPLATE))
		close_template(b);
	return HTML_DONE;
}

enum html_step
html_finish_template(struct html_build *b, struct html_token *token)
{
	(void)token;
	if (!html_is_open(b, HTML_TAG_TEMPLATE))
		return HTML_DONE;
	close_template(b);
	return HTML_AGAIN;
}

/* --- in template ------------------------------------------------------------------ */

static enum html_step
become(struct html_build *b, enum html_mode mode)
{
	b->template_modes[b->n_templates - 1] = (uint8_t)mode;
	b->mode = (uint8_t)mode;
	return HTML_AGAIN;
}

static enum html_step
become_table(struct html_build *b, struct html_token *token)
{
	(void)token;
	return become(b, HTML_IN_TABLE);
}

static enum html_step
become_columns(struct html_build *b, struct html_token *token)
{
	(void)token;
	return become(b, HTML_IN_COLUMNS);
}

static enum html_step
become_table_body(struct html_build *b, struct html_token *token)
{
	(void)token;
	return become(b, HTML_IN_TABLE_BODY);
}

static enum html_step
become_row(struct html_build *b, struct html_token *token)
{
	(void)token;
	return become(b, HTML_IN_ROW);
}

static enum html_step
become_body(struct html_build *b, struct html_token *token)
{
	(void)token;
	return become(b, HTML_IN_BODY);
}

const struct html_rules html_rules_in_template = {
	.text = html_in_body,
	.start = {
	    HTML_METADATA(html_in_head),
	    [HTML_TAG_CAPTION] = become_table,
	    [HTML_TAG_COLGROUP] = become_table,
	    HTML_SECTIONS(become_table),
	    [HTML_TAG_COL] = become_columns,
	    [HTML_TAG_TR] = become_table_body,
	    HTML_CELLS(become_row),
	},
	.end = {[HTML_TAG_TEMPLATE] = html_in_head},
	.other_start = become_body,
	.other_end = html_ignore,
	.finish = html_finish_template,
};
