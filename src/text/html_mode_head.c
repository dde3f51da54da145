/* The insertion modes before <body>: "initial" to "after head". */
#include "text/html_formatting.h"
#include "text/html_insert.h"
#include "text/html_mode.h"
#include "text/html_mode_tags.h"
#include "text/html_stack.h"

static enum html_step
go(struct html_build *b, enum html_mode mode)
{
	b->mode = (uint8_t)mode;
	return HTML_AGAIN;
}

/* "Anything else" of a mode that takes white space (or drops it) and leaves on the rest. */
static enum html_step
drop_space(struct html_build *b, struct html_token *token, html_rule *otherwise)
{
	html_take_space(token);
	return token->text.n ? otherwise(b, token) : HTML_DONE;
}

static enum html_step
put_space(struct html_build *b, struct html_token *token, html_rule *otherwise)
{
	html_put_text(b, html_take_space(token));
	return token->text.n ? otherwise(b, token) : HTML_DONE;
}

/* --- initial, before html --------------------------------------------------------- */

static enum html_step
initial_else(struct html_build *b, struct html_token *token)
{
	(void)token;
	b->quirks = true; /* no doctype */
	return go(b, HTML_BEFORE_HTML);
}

static enum html_step
initial_text(struct html_build *b, struct html_token *token)
{
	return drop_space(b, token, initial_else);
}

const struct html_rules html_rules_initial = {
	.text = initial_text,
	.other_start = initial_else,
	.other_end = initial_else,
	.finish = initial_else,
};

static enum html_step
before_html_html(struct html_build *b, struct html_token *token)
{
	struct html_node *html = ARENA_NEW(b->arena, struct html_node);
	*html = (struct html_node){.kind = HTML_ELEMENT,
	    .tag = HTML_TAG_HTML,
	    .name = html_tag_name(HTML_TAG_HTML),
	    .attributes = token->attributes,
	    .n_attributes = (uint16_t)token->n_attributes};
	html_append(b->document, html);
	html_push(b, html);
	b->mode = HTML_BEFORE_HEAD;
	return HTML_DONE;
}

static enum html_step
before_html_else(struct html_build *b, struct html_token *token)
{
	(void)token;
	before_html_html(b, &(struct html_token){.kind = HTML_TOKEN_START});
	return HTML_AGAIN;
}

static enum html_step
before_html_text(struct html_build *b, struct html_token *token)
{
	return drop_space(b, token, before_html_else);
}

const struct html_rules html_rules_before_html = {
	.text = before_html_text,
	.start = {[HTML_TAG_HTML] = before_html_html},
	.end = {
	    [HTML_TAG_HEAD] = before_html_else,
	    HTML_BODY_ENDS(before_html_else),
	},
	.other_start = before_html_else,
	.other_end = html_ignore,
	.finish = before_html_else,
};

/* --- before head ------------------------------------------------------------------ */

static enum html_step
before_head_head(struct html_build *b, struct html_token *token)
{
	b->head = html_open_element(b, token);
	b->mode = HTML_IN_HEAD;
	return HTML_DONE;
}

static enum html_step
before_head_else(struct html_build *b, struct html_token *token)
{
	(void)token;
	b->head = html_open_implied(b, HTML_TAG_HEAD);
	return go(b, HTML_IN_HEAD);
}

static enum html_step
before_head_text(struct html_build *b, struct html_token *token)
{
	return drop_space(b, token, before_head_else);
}

const struct html_rules html_rules_before_head = {
	.text = before_head_text,
	.start = {[HTML_TAG_HTML] = html_in_body, [HTML_TAG_HEAD] = before_head_head},
	.end = {
	    [HTML_TAG_HEAD] = before_head_else,
	    HTML_BODY_ENDS(before_head_else),
	},
	.other_start = before_head_else,
	.other_end = html_ignore,
	.finish = before_head_else,
};

/* --- in head ---------------------------------------------------------------------- */

static enum html_step
in_head_else(struct html_build *b, struct html_token *token)
{
	(void)token;
	html_pop(b);
	return go(b, HTML_AFTER_HEAD);
}

static enum html_step
in_head_text(struct html_build *b, struct html_token *token)
{
	return put_space(b, token, in_head_else);
}

static enum html_step
in_head_end(struct html_build *b, struct html_token *token)
{
	in_head_else(b, token);
	return HTML_DONE;
}

static enum html_step
in_head_noscript(struct html_build *b, struct html_token *token)
{
	if (html_open_element(b, token))
		b->mode = HTML_IN_NOSCRIPT;
	return HTML_DONE;
}

const struct html_rules html_rules_in_head = {
	.text = in_head_text,
	.start = {
	    [HTML_TAG_HTML] = html_in_body,
	    [HTML_TAG_BASE] = html_start_leaf,
	    HTML_HEAD_NOTES(html_start_leaf),
	    [HTML_TAG_TITLE] = html_start_raw,
	    [HTML_TAG_NOSCRIPT] = in_head_noscript,
	    [HTML_TAG_NOFRAMES] = html_start_raw,
	    [HTML_TAG_STYLE] = html_start_raw,
	    [HTML_TAG_SCRIPT] = html_start_raw,
	    [HTML_TAG_TEMPLATE] = html_start_template,
	    [HTML_TAG_HEAD] = html_ignore,
	},
	.end = {
	    [HTML_TAG_HEAD] = in_head_end,
	    HTML_BODY_ENDS(in_head_else),
	    [HTML_TAG_TEMPLATE] = html_end_template,
	},
	.other_start = in_head_else,
	.other_end = html_ignore,
	.finish = in_head_else,
};

enum html_step
html_in_head(struct html_build *b, struct html_token *token)
{
	return html_apply(&html_rules_in_head, b, token);
}

/* --- in head noscript ------------------------------------------------------------- */

static enum html_step
in_noscript_else(struct html_build *b, struct html_token *token)
{
	(void)token;
	html_pop(b);
	return go(b, HTML_IN_HEAD);
}

static enum html_step
in_noscript_text(struct html_build *b, struct html_token *token)
{
	return put_space(b, token, in_noscript_else);
}

static enum html_step
in_noscript_end(struct html_build *b, struct html_token *token)
{
	in_noscript_else(b, token);
	return HTML_DONE;
}

const struct html_rules html_rules_in_noscript = {
	.text = in_noscript_text,
	.start = {
	    [HTML_TAG_HTML] = html_in_body,
	    HTML_HEAD_NOTES(html_start_leaf),
	    [HTML_TAG_NOFRAMES] = html_start_raw,
	    [HTML_TAG_STYLE] = html_start_raw,
	    [HTML_TAG_HEAD] = html_ignore,
	    [HTML_TAG_NOSCRIPT] = html_ignore,
	},
	.end = {[HTML_TAG_NOSCRIPT] = in_noscript_end, [HTML_TAG_BR] = in_noscript_else},
	.other_start = in_noscript_else,
	.other_end = html_ignore,
	.finish = in_noscript_else,
};

/* --- after head ------------------------------------------------------------------- */

static enum html_step
after_head_body(struct html_build *b, struct html_token *token)
{
	html_open_element(b, token);
	b->frameset_ok = false;
	b->mode = HTML_IN_BODY;
	return HTML_DONE;
}

static enum html_step
after_head_frameset(struct html_build *b, struct html_token *token)
{
	html_open_element(b, token);
	b->mode = HTML_IN_FRAMESET;
	return HTML_DONE;
}

/* What belongs into <head> goes there though it is over. */
static enum html_step
after_head_late(struct html_build *b, struct html_token *token)
{
	size_t at = b->n;
	html_push(b, b->head);
	enum html_step step = html_in_head(b, token);
	html_take_out(b, at); /* the current node may be another one now */
	return step;
}

static enum html_step
after_head_else(struct html_build *b, struct html_token *token)
{
	(void)token;
	html_open_implied(b, HTML_TAG_BODY);
	return go(b, HTML_IN_BODY);
}

static enum html_step
after_head_text(struct html_build *b, struct html_token *token)
{
	return put_space(b, token, after_head_else);
}

const struct html_rules html_rules_after_head = {
	.text = after_head_text,
	.start = {
	    [HTML_TAG_HTML] = html_in_body,
	    [HTML_TAG_BODY] = after_head_body,
	    [HTML_TAG_FRAMESET] = after_head_frameset,
	    HTML_METADATA(after_head_late),
	    [HTML_TAG_HEAD] = html_ignore,
	},
	.end = {
	    [HTML_TAG_TEMPLATE] = html_in_head,
	    HTML_BODY_ENDS(after_head_else),
	},
	.other_start = after_head_else,
	.other_end = html_ignore,
	.finish = after_head_else,
};
