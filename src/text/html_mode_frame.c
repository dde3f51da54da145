/* The insertion modes behind <body>, and those of framesets: they drop nearly everything. */
#include "text/html_insert.h"
#include "text/html_mode.h"
#include "text/html_stack.h"

/* --- after body ------------------------------------------------------------------- */

static enum html_step
back_to_body(struct html_build *b, struct html_token *token)
{
	(void)token;
	b->mode = HTML_IN_BODY;
	return HTML_AGAIN;
}

static enum html_step
after_body_text(struct html_build *b, struct html_token *token)
{
	if (str_trim(token->text).n > 0)
		b->mode = HTML_IN_BODY;
	return html_in_body(b, token);
}

static enum html_step
after_body_html(struct html_build *b, struct html_token *token)
{
	(void)token;
	if (!b->context)
		b->mode = HTML_AFTER_AFTER_BODY;
	return HTML_DONE;
}

const struct html_rules html_rules_after_body = {
	.text = after_body_text,
	.start = {[HTML_TAG_HTML] = html_in_body},
	.end = {[HTML_TAG_HTML] = after_body_html},
	.other_start = back_to_body,
	.other_end = back_to_body,
};

const struct html_rules html_rules_after_after_body = {
	.text = after_body_text,
	.start = {[HTML_TAG_HTML] = html_in_body},
	.other_start = back_to_body,
	.other_end = back_to_body,
};

/* --- in frameset ------------------------------------------------------------------ */

/* Only the white space of a text stays. */
static enum html_step
space_only(struct html_build *b, struct html_token *token)
{
	struct str text = token->text;
	for (size_t i = 0; i < text.n;) {
		size_t from = i;
		while (i < text.n && ascii_space((unsigned char)text.p[i]))
			i++;
		html_put_text(b, str_sub(text, from, i - from));
		while (i < text.n && !ascii_space((unsigned char)text.p[i]))
			i++;
	}
	return HTML_DONE;
}

static enum html_step
in_frameset_frameset(struct html_build *b, struct html_token *token)
{
	html_open_element(b, token);
	return HTML_DONE;
}

static enum html_step
in_frameset_end(struct html_build *b, struct html_token *token)
{
	(void)token;
	if (b->n == 1)
		return HTML_DONE;
	html_pop(b);
	if (!b->context && !html_top_is(b, HTML_TAG_FRAMESET))
		b->mode = HTML_AFTER_FRAMESET;
	return HTML_DONE;
}

const struct html_rules html_rules_in_frameset = {
	.text = space_only,
	.start = {[HTML_TAG_HTML] = html_in_body,
	    [HTML_TAG_FRAMESET] = in_frameset_frameset,
	    [HTML_TAG_FRAME] = html_start_leaf,
	    [HTML_TAG_NOFRAMES] = html_start_raw},
	.end = {[HTML_TAG_FRAMESET] = in_frameset_end},
	.other_start = html_ignore,
	.other_end = html_ignore,
};

static enum html_step
after_frameset_html(struct html_build *b, struct html_token *token)
{
	(void)token;
	b->mode = HTML_AFTER_AFTER_FRAMESET;
	return HTML_DONE;
}

const struct html_rules html_rules_after_frameset = {
	.text = space_only,
	.start = {[HTML_TAG_HTML] = html_in_body, [HTML_TAG_NOFRAMES] = html_start_raw},
	.end = {[HTML_TAG_HTML] = after_frameset_html},
	.other_start = html_ignore,
	.other_end = html_ignore,
};

const struct html_rules html_rules_after_after_frameset = {
	.text = space_only,
	.start = {[HTML_TAG_HTML] = html_in_body, [HTML_TAG_NOFRAMES] = html_start_raw},
	.other_start = html_ignore,
	.other_end = html_ignore,
};
