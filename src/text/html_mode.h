/* The insertion modes of the tree builder, and the rules that one lends to others. */
#ifndef KAWAT_TEXT_HTML_MODE_H
#define KAWAT_TEXT_HTML_MODE_H

#include "text/html_build.h"

extern const struct html_rules html_rules_initial, html_rules_before_html,
    html_rules_before_head, html_rules_in_head, html_rules_in_noscript,
    html_rules_after_head, html_rules_in_body, html_rules_in_text, html_rules_in_table,
    html_rules_in_caption, html_rules_in_columns, html_rules_in_table_body,
    html_rules_in_row, html_rules_in_cell, html_rules_in_template, html_rules_after_body,
    html_rules_in_frameset, html_rules_after_frameset, html_rules_after_after_body,
    html_rules_after_after_frameset;

/* The rule that a token of any kind meets in a mode. */
enum html_step html_apply(
    const struct html_rules *, struct html_build *, struct html_token *);

/* "Process the token using the rules for", whatever the token. */
html_rule html_in_head, html_in_body, html_in_table;
html_rule html_ignore;

/* The rules of the mode "in body", which stand in two files of their own. */
html_rule html_start_a, html_start_block, html_start_body, html_start_button,
    html_start_foreign, html_start_form, html_start_formatting, html_start_frameset,
    html_start_heading, html_start_hr, html_start_html, html_start_iframe,
    html_start_image, html_start_input, html_start_item, html_start_li, html_start_marked,
    html_start_nobr, html_start_option, html_start_other, html_start_plaintext,
    html_start_pre, html_start_ruby, html_start_select, html_start_table,
    html_start_textarea, html_start_void, html_start_xmp;
html_rule html_end_any_other, html_end_formatting, html_end_block, html_end_p,
    html_end_li, html_end_item, html_end_heading, html_end_marked, html_end_form,
    html_end_br, html_end_body, html_end_html;

/* "Generic raw text", RCDATA, script: open the element, then read text up to its end. */
html_rule html_start_raw;
/* An element without content. */
html_rule html_start_leaf;
/* <template>, and the end of the input within one. */
html_rule html_start_template, html_end_template, html_finish_template;

/* "Reset the insertion mode appropriately". */
void html_reset_mode(struct html_build *);

/* The white space at the beginning of the token's text leaves it. */
struct str html_take_space(struct html_token *);

/* <input type=hidden>: it may stand anywhere. */
bool html_is_hidden_input(const struct html_token *);

#endif
