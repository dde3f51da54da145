/* The insertion modes "in body" and "text": which rule for which token, and text itself. */
#include "text/html_formatting.h"
#include "text/html_insert.h"
#include "text/html_mode.h"
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
	    [HTML_TAG_BASE] = html_in_head,
	    [HTML_TAG_BASEFONT] = html_in_head,
	    [HTML_TAG_BGSOUND] = html_in_head,
	    [HTML_TAG_LINK] = html_in_head,
	    [HTML_TAG_META] = html_in_head,
	    [HTML_TAG_NOFRAMES] = html_in_head,
	    [HTML_TAG_SCRIPT] = html_in_head,
	    [HTML_TAG_STYLE] = html_in_head,
	    [HTML_TAG_TEMPLATE] = html_in_head,
	    [HTML_TAG_TITLE] = html_in_head,
	    [HTML_TAG_ADDRESS] = html_start_block,
	    [HTML_TAG_ARTICLE] = html_start_block,
	    [HTML_TAG_ASIDE] = html_start_block,
	    [HTML_TAG_BLOCKQUOTE] = html_start_block,
	    [HTML_TAG_CENTER] = html_start_block,
	    [HTML_TAG_DETAILS] = html_start_block,
	    [HTML_TAG_DIALOG] = html_start_block,
	    [HTML_TAG_DIR] = html_start_block,
	    [HTML_TAG_DIV] = html_start_block,
	    [HTML_TAG_DL] = html_start_block,
	    [HTML_TAG_FIELDSET] = html_start_block,
	    [HTML_TAG_FIGCAPTION] = html_start_block,
	    [HTML_TAG_FIGURE] = html_start_block,
	    [HTML_TAG_FOOTER] = html_start_block,
	    [HTML_TAG_HEADER] = html_start_block,
	    [HTML_TAG_HGROUP] = html_start_block,
	    [HTML_TAG_MAIN] = html_start_block,
	    [HTML_TAG_MENU] = html_start_block,
	    [HTML_TAG_NAV] = html_start_block,
	    [HTML_TAG_OL] = html_start_block,
	    [HTML_TAG_P] = html_start_block,
	    [HTML_TAG_SEARCH] = html_start_block,
	    [HTML_TAG_SECTION] = html_start_block,
	    [HTML_TAG_SUMMARY] = html_start_block,
	    [HTML_TAG_UL] = html_start_block,
	    [HTML_TAG_H1] = html_start_heading,
	    [HTML_TAG_H2] = html_start_heading,
	    [HTML_TAG_H3] = html_start_heading,
	    [HTML_TAG_H4] = html_start_heading,
	    [HTML_TAG_H5] = html_start_heading,
	    [HTML_TAG_H6] = html_start_heading,
	    [HTML_TAG_PRE] = html_start_pre,
	    [HTML_TAG_LISTING] = html_start_pre,
	    [HTML_TAG_FORM] = html_start_form,
	    [HTML_TAG_LI] = html_start_li,
	    [HTML_TAG_DD] = html_start_item,
	    [HTML_TAG_DT] = html_start_item,
	    [HTML_TAG_PLAINTEXT] = html_start_plaintext,
	    [HTML_TAG_BUTTON] = html_start_button,
	    [HTML_TAG_A] = html_start_a,
	    [HTML_TAG_B] = html_start_formatting,
	    [HTML_TAG_BIG] = html_start_formatting,
	    [HTML_TAG_CODE] = html_start_formatting,
	    [HTML_TAG_EM] = html_start_formatting,
	    [HTML_TAG_FONT] = html_start_formatting,
	    [HTML_TAG_I] = html_start_formatting,
	    [HTML_TAG_S] = html_start_formatting,
	    [HTML_TAG_SMALL] = html_start_formatting,
	    [HTML_TAG_STRIKE] = html_start_formatting,
	    [HTML_TAG_STRONG] = html_start_formatting,
	    [HTML_TAG_TT] = html_start_formatting,
	    [HTML_TAG_U] = html_start_formatting,
	    [HTML_TAG_NOBR] = html_start_nobr,
	    [HTML_TAG_APPLET] = html_start_marked,
	    [HTML_TAG_MARQUEE] = html_start_marked,
	    [HTML_TAG_OBJECT] = html_start_marked,
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
	    [HTML_TAG_CAPTION] = html_ignore,
	    [HTML_TAG_COL] = html_ignore,
	    [HTML_TAG_COLGROUP] = html_ignore,
	    [HTML_TAG_FRAME] = html_ignore,
	    [HTML_TAG_HEAD] = html_ignore,
	    [HTML_TAG_TBODY] = html_ignore,
	    [HTML_TAG_TD] = html_ignore,
	    [HTML_TAG_TFOOT] = html_ignore,
	    [HTML_TAG_TH] = html_ignore,
	    [HTML_TAG_THEAD] = html_ignore,
	    [HTML_TAG_TR] = html_ignore,
	},
	.end = {
	    [HTML_TAG_TEMPLATE] = html_in_head,
	    [HTML_TAG_BODY] = html_end_body,
	    [HTML_TAG_HTML] = html_end_html,
	    [HTML_TAG_ADDRESS] = html_end_block,
	    [HTML_TAG_ARTICLE] = html_end_block,
	    [HTML_TAG_ASIDE] = html_end_block,
	    [HTML_TAG_BLOCKQUOTE] = html_end_block,
	    [HTML_TAG_BUTTON] = html_end_block,
	    [HTML_TAG_CENTER] = html_end_block,
	    [HTML_TAG_DETAILS] = html_end_block,
	    [HTML_TAG_DIALOG] = html_end_block,
	    [HTML_TAG_DIR] = html_end_block,
	    [HTML_TAG_DIV] = html_end_block,
	    [HTML_TAG_DL] = html_end_block,
	    [HTML_TAG_FIELDSET] = html_end_block,
	    [HTML_TAG_FIGCAPTION] = html_end_block,
	    [HTML_TAG_FIGURE] = html_end_block,
	    [HTML_TAG_FOOTER] = html_end_block,
	    [HTML_TAG_HEADER] = html_end_block,
	    [HTML_TAG_HGROUP] = html_end_block,
	    [HTML_TAG_LISTING] = html_end_block,
	    [HTML_TAG_MAIN] = html_end_block,
	    [HTML_TAG_MENU] = html_end_block,
	    [HTML_TAG_NAV] = html_end_block,
	    [HTML_TAG_NOSCRIPT] = html_end_block, /* not the standard's: see html_tree.h */
	    [HTML_TAG_OL] = html_end_block,
	    [HTML_TAG_PRE] = html_end_block,
	    [HTML_TAG_SEARCH] = html_end_block,
	    [HTML_TAG_SECTION] = html_end_block,
	    [HTML_TAG_SELECT] = html_end_block,
	    [HTML_TAG_SUMMARY] = html_end_block,
	    [HTML_TAG_UL] = html_end_block,
	    [HTML_TAG_FORM] = html_end_form,
	    [HTML_TAG_P] = html_end_p,
	    [HTML_TAG_LI] = html_end_li,
	    [HTML_TAG_DD] = html_end_item,
	    [HTML_TAG_DT] = html_end_item,
	    [HTML_TAG_H1] = html_end_heading,
	    [HTML_TAG_H2] = html_end_heading,
	    [HTML_TAG_H3] = html_end_heading,
	    [HTML_TAG_H4] = html_end_heading,
	    [HTML_TAG_H5] = html_end_heading,
	    [HTML_TAG_H6] = html_end_heading,
	    [HTML_TAG_A] = html_end_formatting,
	    [HTML_TAG_B] = html_end_formatting,
	    [HTML_TAG_BIG] = html_end_formatting,
	    [HTML_TAG_CODE] = html_end_formatting,
	    [HTML_TAG_EM] = html_end_formatting,
	    [HTML_TAG_FONT] = html_end_formatting,
	    [HTML_TAG_I] = html_end_formatting,
	    [HTML_TAG_NOBR] = html_end_formatting,
	    [HTML_TAG_S] = html_end_formatting,
	    [HTML_TAG_SMALL] = html_end_formatting,
	    [HTML_TAG_STRIKE] = html_end_formatting,
	    [HTML_TAG_STRONG] = html_end_formatting,
	    [HTML_TAG_TT] = html_end_formatting,
	    [HTML_TAG_U] = html_end_formatting,
	    [HTML_TAG_APPLET] = html_end_marked,
	    [HTML_TAG_MARQUEE] = html_end_marked,
	    [HTML_TAG_OBJECT] = html_end_marked,
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
