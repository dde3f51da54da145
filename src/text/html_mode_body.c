/* The insertion modes "in body" and "text": which rule for which token, and text itself. */
#include "text/html_formatting.h"
#include "text/html_insert.h"
#include "text/html_mode.h"
#include "text/html_mode_tags.h"
#include "text/html_stack.h"

/* --- text ------------------------------------------------------------------------- */

static struct str
without_nul(struct html_build *b, struct str text)
{
	if (str_find_char(text, '\0') == STR_NONE)
		return text;
	char *kept = arena_alloc(b->arena, text.n);
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i])
			kept[n++] = text.p[i];
	return str_of(kept, n);
}

static enum html_step
in_body_text(struct html_build *b, struct html_token *token)
{
	struct str text = without_nul(b, token->text);
	if (text.n == 0)
		return HTML_DONE;
	html_reconstruct(b);
	html_put_text(b, text);
	if (b->frameset_ok && html_says_words(text))
		b->frameset_ok = false;
	return HTML_DONE;
}

/* --- the rules -------------------------------------------------------------------- */

const struct html_rules html_rules_in_body = {
	.text = in_body_text,
	.start = {
	    [HTML_TAG_HTML] = html_start_html,
	    [HTML_TAG_BODY] = html_start_body,
	    [HTML_TAG_FRAMESET] = html_start_frameset,
	    HTML_METADATA(html_in_head),
	    HTML_BLOCKS(html_start_block),
	    [HTML_TAG_P] = html_start_block,
	    HTML_HEADINGS(html_start_heading),
	    [HTML_TAG_PRE] = html_start_pre,
	    [HTML_TAG_LISTING] = html_start_pre,
	    [HTML_TAG_FORM] = html_start_form,
	    [HTML_TAG_LI] = html_start_li,
	    [HTML_TAG_DD] = html_start_item,
	    [HTML_TAG_DT] = html_start_item,
	    [HTML_TAG_PLAINTEXT] = html_start_plaintext,
	    [HTML_TAG_BUTTON] = html_start_button,
	    [HTML_TAG_A] = html_start_a,
	    HTML_FORMATTING(html_start_formatting),
	    [HTML_TAG_NOBR] = html_start_nobr,
	    HTML_MARKED(html_start_marked),
	    [HTML_TAG_TABLE] = html_start_table,
	    [HTML_TAG_AREA] = html_start_void,
	    [HTML_TAG_BR] = html_start_void,
	    [HTML_TAG_EMBED] = html_start_void,
	    [HTML_TAG_IMG] = html_start_void,
	    [HTML_TAG_KEYGEN] = html_start_void,
	    [HTML_TAG_WBR] = html_start_void,
	    [HTML_TAG_INPUT] = html_start_input,
	    [HTML_TAG_PARAM] = html_start_leaf,
	    [HTML_TAG_SOURCE] = html_start_leaf,
	    [HTML_TAG_TRACK] = html_start_leaf,
	    [HTML_TAG_HR] = html_start_hr,
	    [HTML_TAG_IMAGE] = html_start_image,
	    [HTML_TAG_TEXTAREA] = html_start_textarea,
	    [HTML_TAG_XMP] = html_start_xmp,
	    [HTML_TAG_IFRAME] = html_start_iframe,
	    [HTML_TAG_NOEMBED] = html_start_raw,
	    [HTML_TAG_SELECT] = html_start_select,
	    [HTML_TAG_OPTGROUP] = html_start_option,
	    [HTML_TAG_OPTION] = html_start_option,
	    [HTML_TAG_RB] = html_start_ruby,
	    [HTML_TAG_RTC] = html_start_ruby,
	    [HTML_TAG_RP] = html_start_ruby,
	    [HTML_TAG_RT] = html_start_ruby,
	    [HTML_TAG_MATH] = html_start_foreign,
	    [HTML_TAG_SVG] = html_start_foreign,
	    HTML_ALL_OF_TABLE(html_ignore),
	    [HTML_TAG_FRAME] = html_ignore,
	    [HTML_TAG_HEAD] = html_ignore,
	},
	.end = {
	    [HTML_TAG_TEMPLATE] = html_in_head,
	    [HTML_TAG_BODY] = html_end_body,
	    [HTML_TAG_HTML] = html_end_html,
	    HTML_BLOCKS(html_end_block),
	    [HTML_TAG_BUTTON] = html_end_block,
	    [HTML_TAG_LISTING] = html_end_block,
	    [HTML_TAG_NOSCRIPT] = html_end_block, /* not the standard's: see html_tree.h */
	    [HTML_TAG_PRE] = html_end_block,
	    [HTML_TAG_SELECT] = html_end_block,
	    [HTML_TAG_FORM] = html_end_form,
	    [HTML_TAG_P] = html_end_p,
	    [HTML_TAG_LI] = html_end_li,
	    [HTML_TAG_DD] = html_end_item,
	    [HTML_TAG_DT] = html_end_item,
	    HTML_HEADINGS(html_end_heading),
	    [HTML_TAG_A] = html_end_formatting,
	    HTML_FORMATTING(html_end_formatting),
	    [HTML_TAG_NOBR] = html_end_formatting,
	    HTML_MARKED(html_end_marked),
	    [HTML_TAG_BR] = html_end_br,
	},
	.other_start = html_start_other,
	.other_end = html_end_any_other,
	.finish = html_finish_template,
};

enum html_step
html_in_body(struct html_build *b, struct html_token *token)
{
	return html_apply(&html_rules_in_body, b, token);
}

/* --- text: what raw text elements hold -------------------------------------------- */

static enum html_step
in_text_text(struct html_build *b, struct html_token *token)
{
	html_put_text(b, token->text);
	return HTML_DONE;
}

static enum html_step
in_text_end(struct html_build *b, struct html_token *token)
{
	(void)token;
	html_pop(b);
	b->mode = b->original;
	return HTML_DONE;
}

static enum html_step
in_text_finish(struct html_build *b, struct html_token *token)
{
	in_text_end(b, token);
	return HTML_AGAIN;
}

const struct html_rules html_rules_in_text = {
	.text = in_text_text,
	.other_start = html_ignore, /* none comes */
	.other_end = in_text_end,
	.finish = in_text_finish,
};
