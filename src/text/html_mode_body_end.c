/* The insertion mode "in body": end tags. */
#include "text/html_adopt.h"
#include "text/html_formatting.h"
#include "text/html_insert.h"
#include "text/html_mode.h"
#include "text/html_stack.h"

/* "Any other end tag": the nearest element of that name, unless a special one is nearer. */
enum html_step
html_end_any_other(struct html_build *b, struct html_token *token)
{
	size_t name = html_name_count(token->tag, token->name);
	if (html_uncrowd(b, token) || b->n_open_of[name] == 0)
		return HTML_DONE;
	for (size_t at = b->n; --at > 0;) {
		const struct html_open *entry = &b->stack[at];
		if (entry->name == name && entry->node->space == HTML_HTML &&
		    str_eq(entry->node->name, token->name)) {
			html_pop_to(b, at);
			return HTML_DONE;
		}
		if (entry->traits & HTML_SPECIAL)
			return HTML_DONE;
	}
	return HTML_DONE;
}

enum html_step
html_end_formatting(struct html_build *b, struct html_token *token)
{
	if (html_uncrowd(b, token) || html_adopt(b, token->tag))
		return HTML_DONE;
	return html_end_any_other(b, token);
}

/* What ends the element of its own name in a scope; implied end tags are among it. */
static enum html_step
end_in(struct html_build *b, const struct html_token *token, enum html_scope scope)
{
	if (html_uncrowd(b, token))
		return HTML_DONE;
	size_t at = html_open_place(b, token->tag, scope);
	if (at)
		html_pop_to(b, at);
	return HTML_DONE;
}

enum html_step
html_end_block(struct html_build *b, struct html_token *token)
{
	return end_in(b, token, HTML_IN_SCOPE);
}

enum html_step
html_end_li(struct html_build *b, struct html_token *token)
{
	return end_in(b, token, HTML_IN_LIST_SCOPE);
}

enum html_step
html_end_item(struct html_build *b, struct html_token *token)
{
	return end_in(b, token, HTML_IN_SCOPE);
}

/* </p> without a paragraph makes an empty one. */
enum html_step
html_end_p(struct html_build *b, struct html_token *token)
{
	if (html_uncrowd(b, token))
		return HTML_DONE;
	size_t at = html_open_place(b, HTML_TAG_P, HTML_IN_BUTTON_SCOPE);
	if (at)
		html_pop_to(b, at);
	else
		html_put_element(b,
		    &(struct html_token){.tag = HTML_TAG_P, .name = token->name},
		    HTML_HTML);
	return HTML_DONE;
}

/* </h2> ends <h3> too. */
enum html_step
html_end_heading(struct html_build *b, struct html_token *token)
{
	if (html_uncrowd(b, token))
		return HTML_DONE;
	size_t at = 0;
	for (unsigned tag = HTML_TAG_H1; tag <= HTML_TAG_H6; tag++) {
		size_t found = html_open_place(b, (enum html_tag)tag, HTML_IN_SCOPE);
		if (found > at)
			at = found;
	}
	if (at)
		html_pop_to(b, at);
	return HTML_DONE;
}

enum html_step
html_end_marked(struct html_build *b, struct html_token *token)
{
	if (html_uncrowd(b, token))
		return HTML_DONE;
	size_t at = html_open_place(b, token->tag, HTML_IN_SCOPE);
	if (!at)
		return HTML_DONE;
	html_pop_to(b, at);
	html_clear_to_marker(b);
	return HTML_DONE;
}

/* The form ends where it says, though elements in it stay open. */
static void
close_form(struct html_build *b, const struct html_node *form)
{
	while (html_top(b)->traits & HTML_IMPLIED)
		html_pop(b);
	html_take_out(b, html_stack_place(b, form));
}

enum html_step
html_end_form(struct html_build *b, struct html_token *token)
{
	if (html_is_open(b, HTML_TAG_TEMPLATE))
		return end_in(b, token, HTML_IN_SCOPE);
	if (html_uncrowd(b, token))
		return HTML_DONE;
	const struct html_node *form = b->form;
	b->form = NULL;
	size_t at = html_open_place(b, HTML_TAG_FORM, HTML_IN_SCOPE);
	if (form && at && b->stack[at].node == form)
		close_form(b, form);
	return HTML_DONE;
}

enum html_step
html_end_br(struct html_build *b, struct html_token *token)
{
	struct html_token br = {
	    .kind = HTML_TOKEN_START, .tag = HTML_TAG_BR, .name = token->name};
	return html_apply(&html_rules_in_body, b, &br);
}

/* What comes behind </body> and </html> still belongs to the page. */
enum html_step
html_end_body(struct html_build *b, struct html_token *token)
{
	(void)token;
	if (html_open_place(b, HTML_TAG_BODY, HTML_IN_SCOPE))
		b->mode = HTML_AFTER_BODY;
	return HTML_DONE;
}

enum html_step
html_end_html(struct html_build *b, struct html_token *token)
{
	html_end_body(b, token);
	return b->mode == HTML_AFTER_BODY ? HTML_AGAIN : HTML_DONE;
}
