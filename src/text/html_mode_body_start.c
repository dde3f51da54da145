/* The insertion mode "in body": start tags. */
#include "text/html_formatting.h"
#include "text/html_insert.h"
#include "text/html_mode.h"
#include "text/html_stack.h"

#include <string.h>

/* --- what rules share ------------------------------------------------------------- */

/* "Close a p element", if there is one in button scope. */
static void
close_p(struct html_build *b)
{
	if (html_open_place(b, HTML_TAG_P, HTML_IN_BUTTON_SCOPE))
		html_pop_through(b, HTML_TAG_P);
}

/* "Generate implied end tags", except for elements of that tag. */
static void
imply_ends(struct html_build *b, enum html_tag except)
{
	while (html_top(b)->traits & HTML_IMPLIED && html_top(b)->tag != except)
		html_pop(b);
}

static bool
has_attribute(const struct html_node *node, struct str name)
{
	for (size_t i = 0; i < node->n_attributes; i++)
		if (str_eq(node->attributes[i].name, name))
			return true;
	return false;
}

/* The attributes that the element has not yet. */
static void
add_attributes(
    struct html_build *b, struct html_node *node, const struct html_token *token)
{
	size_t n = node->n_attributes;
	if (token->n_attributes == 0 || n == HTML_MAX_ATTRIBUTES)
		return;
	struct html_attribute *all =
	    ARENA_ARRAY(b->arena, struct html_attribute, n + token->n_attributes);
	if (n)
		memcpy(all, node->attributes, n * sizeof(*all));
	for (size_t i = 0; i < token->n_attributes && n < HTML_MAX_ATTRIBUTES; i++)
		if (!has_attribute(node, token->attributes[i].name))
			all[n++] = token->attributes[i];
	node->attributes = all;
	node->n_attributes = (uint16_t)n;
}

enum html_step
html_ignore(struct html_build *b, struct html_token *token)
{
	(void)b;
	(void)token;
	return HTML_DONE;
}

enum html_step
html_start_leaf(struct html_build *b, struct html_token *token)
{
	html_put_element(b, token, HTML_HTML);
	return HTML_DONE;
}

enum html_step
html_start_raw(struct html_build *b, struct html_token *token)
{
	if (!html_open_element(b, token))
		return HTML_DONE;
	b->tokenizer.model = html_model_of(token->tag);
	b->original = b->mode;
	b->mode = HTML_IN_TEXT;
	return HTML_DONE;
}

enum html_step
html_start_other(struct html_build *b, struct html_token *token)
{
	html_reconstruct(b);
	html_open_element(b, token);
	return HTML_DONE;
}

/* --- the skeleton ----------------------------------------------------------------- */

enum html_step
html_start_html(struct html_build *b, struct html_token *token)
{
	if (!html_is_open(b, HTML_TAG_TEMPLATE))
		add_attributes(b, b->stack[0].node, token);
	return HTML_DONE;
}

static bool
body_is_second(const struct html_build *b)
{
	return b->n > 1 && b->stack[1].tag == HTML_TAG_BODY;
}

enum html_step
html_start_body(struct html_build *b, struct html_token *token)
{
	if (!body_is_second(b) || html_is_open(b, HTML_TAG_TEMPLATE))
		return HTML_DONE;
	b->frameset_ok = false;
	add_attributes(b, b->stack[1].node, token);
	return HTML_DONE;
}

enum html_step
html_start_frameset(struct html_build *b, struct html_token *token)
{
	if (!body_is_second(b) || !b->frameset_ok)
		return HTML_DONE;
	html_remove(b->stack[1].node);
	html_pop_to(b, 1);
	html_open_element(b, token);
	b->mode = HTML_IN_FRAMESET;
	return HTML_DONE;
}

/* --- blocks ----------------------------------------------------------------------- */

enum html_step
html_start_block(struct html_build *b, struct html_token *token)
{
	close_p(b);
	html_open_element(b, token);
	return HTML_DONE;
}

enum html_step
html_start_heading(struct html_build *b, struct html_token *token)
{
	close_p(b);
	if (html_top(b)->tag >= HTML_TAG_H1 && html_top(b)->tag <= HTML_TAG_H6)
		html_pop(b);
	html_open_element(b, token);
	return HTML_DONE;
}

enum html_step
html_start_pre(struct html_build *b, struct html_token *token)
{
	html_start_block(b, token);
	b->skip_newline = true;
	b->frameset_ok = false;
	return HTML_DONE;
}

enum html_step
html_start_form(struct html_build *b, struct html_token *token)
{
	bool in_template = html_is_open(b, HTML_TAG_TEMPLATE);
	if (b->form && !in_template)
		return HTML_DONE;
	close_p(b);
	struct html_node *form = html_open_element(b, token);
	if (!in_template)
		b->form = form;
	return HTML_DONE;
}

/* Does the search for the item that a new item ends go on above this element? */
static bool
is_inside_item(const struct html_open *entry)
{
	return !(entry->traits & HTML_SPECIAL) || entry->tag == HTML_TAG_ADDRESS ||
	    entry->tag == HTML_TAG_DIV || entry->tag == HTML_TAG_P;
}

/* <li> ends an open <li>, <dd> and <dt> each other. */
static void
close_item(struct html_build *b, enum html_tag one, enum html_tag other)
{
	b->frameset_ok = false;
	if (!html_is_open(b, one) && !html_is_open(b, other))
		return;
	for (size_t at = b->n; --at > 0;) {
		const struct html_open *entry = &b->stack[at];
		if (entry->tag == one || entry->tag == other) {
			html_pop_to(b, at);
			return;
		}
		if (!is_inside_item(entry))
			return;
	}
}

enum html_step
html_start_li(struct html_build *b, struct html_token *token)
{
	close_item(b, HTML_TAG_LI, HTML_TAG_LI);
	return html_start_block(b, token);
}

enum html_step
html_start_item(struct html_build *b, struct html_token *token)
{
	close_item(b, HTML_TAG_DD, HTML_TAG_DT);
	return html_start_block(b, token);
}

enum html_step
html_start_plaintext(struct html_build *b, struct html_token *token)
{
	html_start_block(b, token);
	b->tokenizer.model = HTML_PLAINTEXT;
	return HTML_DONE;
}

enum html_step
html_start_hr(struct html_build *b, struct html_token *token)
{
	close_p(b);
	if (html_open_place(b, HTML_TAG_SELECT, HTML_IN_SCOPE))
		imply_ends(b, HTML_TAG_UNKNOWN);
	b->frameset_ok = false;
	return html_start_leaf(b, token);
}

enum html_step
html_start_table(struct html_build *b, struct html_token *token)
{
	if (!b->quirks)
		close_p(b);
	b->frameset_ok = false;
	if (html_open_element(b, token))
		b->mode = HTML_IN_TABLE;
	return HTML_DONE;
}

/* --- links and formatting --------------------------------------------------------- */

enum html_step
html_start_formatting(struct html_build *b, struct html_token *token)
{
	html_reconstruct(b);
	struct html_node *node = html_open_element(b, token);
	if (node)
		html_list_formatting(b, node);
	return HTML_DONE;
}

/* A link ends the link before it. */
enum html_step
html_start_a(struct html_build *b, struct html_token *token)
{
	size_t listed = html_listed(b, HTML_TAG_A);
	if (listed) {
		struct html_node *old = b->formatting[listed - 1];
		html_end_formatting(b,
		    &(struct html_token){.kind = HTML_TOKEN_CLOSE,
			.tag = HTML_TAG_A,
			.name = html_tag_name(HTML_TAG_A)});
		if (old->listed)
			html_unlist(b, html_list_place(b, old));
		if (old->open)
			html_take_out(b, html_stack_place(b, old));
	}
	return html_start_formatting(b, token);
}

enum html_step
html_start_nobr(struct html_build *b, struct html_token *token)
{
	html_reconstruct(b);
	if (html_open_place(b, HTML_TAG_NOBR, HTML_IN_SCOPE))
		html_end_formatting(b,
		    &(struct html_token){.kind = HTML_TOKEN_CLOSE,
			.tag = HTML_TAG_NOBR,
			.name = html_tag_name(HTML_TAG_NOBR)});
	return html_start_formatting(b, token);
}

/* <applet>, <marquee>, <object>: formatting stops at their edge. */
enum html_step
html_start_marked(struct html_build *b, struct html_token *token)
{
	html_reconstruct(b);
	if (html_open_element(b, token))
		html_list_marker(b);
	b->frameset_ok = false;
	return HTML_DONE;
}

/* --- the rest --------------------------------------------------------------------- */

/* <img>, <br>, ...: words, without content. */
enum html_step
html_start_void(struct html_build *b, struct html_token *token)
{
	html_reconstruct(b);
	b->frameset_ok = false;
	return html_start_leaf(b, token);
}

enum html_step
html_start_image(struct html_build *b, struct html_token *token)
{
	token->tag = HTML_TAG_IMG;
	token->name = html_tag_name(HTML_TAG_IMG);
	return html_start_void(b, token);
}

static bool
for_select(const struct html_build *b)
{
	return b->context && html_is(b->context, HTML_TAG_SELECT);
}

bool
html_is_hidden_input(const struct html_token *token)
{
	for (size_t i = 0; i < token->n_attributes; i++)
		if (str_eq(token->attributes[i].name, STR("type")))
			return str_eq_nocase(token->attributes[i].value, STR("hidden"));
	return false;
}

enum html_step
html_start_input(struct html_build *b, struct html_token *token)
{
	if (for_select(b))
		return HTML_DONE;
	if (html_open_place(b, HTML_TAG_SELECT, HTML_IN_SCOPE))
		html_pop_through(b, HTML_TAG_SELECT);
	html_reconstruct(b);
	if (!html_is_hidden_input(token))
		b->frameset_ok = false;
	return html_start_leaf(b, token);
}

enum html_step
html_start_button(struct html_build *b, struct html_token *token)
{
	if (html_open_place(b, HTML_TAG_BUTTON, HTML_IN_SCOPE))
		html_pop_through(b, HTML_TAG_BUTTON);
	b->frameset_ok = false;
	return html_start_other(b, token);
}

enum html_step
html_start_textarea(struct html_build *b, struct html_token *token)
{
	b->frameset_ok = false;
	b->skip_newline = true;
	return html_start_raw(b, token);
}

enum html_step
html_start_xmp(struct html_build *b, struct html_token *token)
{
	close_p(b);
	html_reconstruct(b);
	b->frameset_ok = false;
	return html_start_raw(b, token);
}

enum html_step
html_start_iframe(struct html_build *b, struct html_token *token)
{
	b->frameset_ok = false;
	return html_start_raw(b, token);
}

enum html_step
html_start_select(struct html_build *b, struct html_token *token)
{
	if (for_select(b))
		return HTML_DONE;
	if (html_open_place(b, HTML_TAG_SELECT, HTML_IN_SCOPE)) {
		html_pop_through(b, HTML_TAG_SELECT);
		return HTML_DONE;
	}
	b->frameset_ok = false;
	return html_start_other(b, token);
}

/* <option>, <optgroup>: in a <select> they end what is open of either, else an option. */
enum html_step
html_start_option(struct html_build *b, struct html_token *token)
{
	enum html_tag kept =
	    token->tag == HTML_TAG_OPTION ? HTML_TAG_OPTGROUP : HTML_TAG_UNKNOWN;
	if (html_open_place(b, HTML_TAG_SELECT, HTML_IN_SCOPE))
		imply_ends(b, kept);
	else if (html_top_is(b, HTML_TAG_OPTION))
		html_pop(b);
	return html_start_other(b, token);
}

/* <rb>, <rtc>; and <rp>, <rt>, which may stand in <rtc>. */
enum html_step
html_start_ruby(struct html_build *b, struct html_token *token)
{
	bool inner = token->tag == HTML_TAG_RP || token->tag == HTML_TAG_RT;
	if (html_open_place(b, HTML_TAG_RUBY, HTML_IN_SCOPE))
		imply_ends(b, inner ? HTML_TAG_RTC : HTML_TAG_UNKNOWN);
	html_open_element(b, token);
	return HTML_DONE;
}

enum html_step
html_start_foreign(struct html_build *b, struct html_token *token)
{
	enum html_space space = token->tag == HTML_TAG_SVG ? HTML_SVG : HTML_MATHML;
	html_reconstruct(b);
	if (token->self_closing)
		html_put_element(b, token, space);
	else
		html_open_foreign(b, token, space);
	return HTML_DONE;
}
