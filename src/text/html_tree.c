/*
 * The loop over the tokens, and the "tree construction dispatcher".  What the builder is
 * made of: html_build.h.
 */
#include <string.h>

#include "text/html_build.h"
#include "text/html_foreign.h"
#include "text/html_insert.h"
#include "text/html_mode.h"
#include "text/html_quirks.h"
#include "text/html_stack.h"

enum {
	/* Copies of formatting elements: some for any input, more for a longer one. */
	LEAST_COPIES = 1000,
	BYTES_PER_COPY = 8,
};

static const struct html_rules *const modes[HTML_MODES] = {
	[HTML_INITIAL] = &html_rules_initial,
	[HTML_BEFORE_HTML] = &html_rules_before_html,
	[HTML_BEFORE_HEAD] = &html_rules_before_head,
	[HTML_IN_HEAD] = &html_rules_in_head,
	[HTML_IN_NOSCRIPT] = &html_rules_in_noscript,
	[HTML_AFTER_HEAD] = &html_rules_after_head,
	[HTML_IN_BODY] = &html_rules_in_body,
	[HTML_IN_TEXT] = &html_rules_in_text,
	[HTML_IN_TABLE] = &html_rules_in_table,
	[HTML_IN_CAPTION] = &html_rules_in_caption,
	[HTML_IN_COLUMNS] = &html_rules_in_columns,
	[HTML_IN_TABLE_BODY] = &html_rules_in_table_body,
	[HTML_IN_ROW] = &html_rules_in_row,
	[HTML_IN_CELL] = &html_rules_in_cell,
	[HTML_IN_TEMPLATE] = &html_rules_in_template,
	[HTML_AFTER_BODY] = &html_rules_after_body,
	[HTML_IN_FRAMESET] = &html_rules_in_frameset,
	[HTML_AFTER_FRAMESET] = &html_rules_after_frameset,
	[HTML_AFTER_AFTER_BODY] = &html_rules_after_after_body,
	[HTML_AFTER_AFTER_FRAMESET] = &html_rules_after_after_frameset,
};

/* --- tokens ----------------------------------------------------------------------- */

static html_rule *
rule_of(const struct html_rules *rules, const struct html_token *token)
{
	switch (token->kind) {
	case HTML_TOKEN_TEXT:
		return rules->text;
	case HTML_TOKEN_START:
		return rules->start[token->tag] ? rules->start[token->tag]
						: rules->other_start;
	case HTML_TOKEN_CLOSE:
		return rules->end[token->tag] ? rules->end[token->tag] : rules->other_end;
	case HTML_TOKEN_END:
		return rules->finish ? rules->finish : html_ignore;
	case HTML_TOKEN_COMMENT:
	case HTML_TOKEN_DOCTYPE:
		break;
	}
	return html_ignore;
}

enum html_step
html_apply(const struct html_rules *rules, struct html_build *b, struct html_token *token)
{
	return rule_of(rules, token)(b, token);
}

struct str
html_take_space(struct html_token *token)
{
	size_t n = 0;
	while (n < token->text.n && ascii_space((unsigned char)token->text.p[n]))
		n++;
	struct str space = str_sub(token->text, 0, n);
	token->text = str_from(token->text, n);
	return space;
}

/* Where a comment goes: NULL is the current node. */
static struct html_node *
place_of_comment(struct html_build *b)
{
	switch (b->mode) {
	case HTML_INITIAL:
	case HTML_BEFORE_HTML:
	case HTML_AFTER_AFTER_BODY:
	case HTML_AFTER_AFTER_FRAMESET:
		return b->document;
	case HTML_AFTER_BODY:
		return b->stack[0].node;
	}
	return NULL;
}

static void
take_doctype(struct html_build *b, const struct html_token *token)
{
	if (b->mode != HTML_INITIAL)
		return;
	b->mode = HTML_BEFORE_HTML;
	b->quirks = html_quirks(token);
	if (b->keep)
		html_put_doctype(b, token);
}

static void
take(struct html_build *b, struct html_token *token)
{
	if (html_is_foreign(b, token) && html_foreign_step(b, token) == HTML_DONE)
		return;
	while (html_apply(modes[b->mode], b, token) == HTML_AGAIN)
		;
}

static void
take_text(struct html_build *b, struct html_token *token)
{
	if (b->skip_newline && str_starts(token->text, STR("\n")))
		token->text = str_from(token->text, 1);
	b->skip_newline = false;
	if (token->text.n)
		take(b, token);
}

static void
take_any(struct html_build *b, struct html_token *token)
{
	if (token->kind == HTML_TOKEN_TEXT) {
		take_text(b, token);
		return;
	}
	b->skip_newline = false;
	if (token->kind == HTML_TOKEN_DOCTYPE)
		take_doctype(b, token);
	else if (token->kind != HTML_TOKEN_COMMENT)
		take(b, token);
	else if (b->keep)
		html_put_comment(b, place_of_comment(b), token);
}

static void
run(struct html_build *b)
{
	struct html_token token;
	bool more;
	do {
		const struct html_node *top = html_adjusted_top(b);
		b->tokenizer.foreign = top && top->space != HTML_HTML;
		more = html_next(&b->tokenizer, &token);
		take_any(b, &token);
	} while (more);
}

/* --- beginning -------------------------------------------------------------------- */

/* The document of a fragment is its <html> too: what it holds is the fragment. */
static void
begin_fragment(struct html_build *b, const struct html_node *context)
{
	b->context = context;
	b->document->tag = HTML_TAG_HTML;
	html_push(b, b->document);
	if (context->space == HTML_HTML)
		b->tokenizer.model = html_model_of((enum html_tag)context->tag);
	if (html_is(context, HTML_TAG_TEMPLATE))
		b->template_modes[b->n_templates++] = HTML_IN_TEMPLATE;
	html_reset_mode(b);
	b->form = html_closest(context, HTML_TAG_FORM);
}

struct html_node *
html_parse_with(
    struct arena *a, struct str html, const struct html_parse_options *options)
{
	struct html_build b;
	memset(&b, 0, offsetof(struct html_build, stack));
	b.arena = a;
	b.keep = options->comments;
	b.frameset_ok = true;
	b.copies_left = LEAST_COPIES + html.n / BYTES_PER_COPY;
	b.document = ARENA_NEW(a, struct html_node);
	html_tokenizer_init(&b.tokenizer, a, html);
	if (options->context)
		begin_fragment(&b, options->context);
	run(&b);
	return b.document;
}

struct html_node *
html_parse(struct arena *a, struct str html, enum html_parse_as as)
{
	static const struct html_node body = {
	    .kind = HTML_ELEMENT, .tag = HTML_TAG_BODY, .name = STR_INIT("body")};
	return html_parse_with(a, html,
	    &(struct html_parse_options){.context = as == HTML_FRAGMENT ? &body : NULL});
}
