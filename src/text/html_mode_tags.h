/*
 * Tags that the standard names in one breath, as the rows of a table of rules (struct html_rules):
 * `.start = {HTML_METADATA(html_in_head), ...}`.  Two groups that hold the same tag cannot stand in one
 * table: the compiler says so.
 */
#ifndef KAWAT_TEXT_HTML_MODE_TAGS_H
#define KAWAT_TEXT_HTML_MODE_TAGS_H

/* What may stand in <head>, without <noscript>. */
#define HTML_METADATA(rule)                                                              \
	HTML_HEAD_NOTES(rule), [HTML_TAG_BASE] = (rule), [HTML_TAG_NOFRAMES] = (rule),   \
	[HTML_TAG_SCRIPT] = (rule), [HTML_TAG_STYLE] = (rule),                           \
	[HTML_TAG_TEMPLATE] = (rule), [HTML_TAG_TITLE] = (rule)

/* Elements of the head without content. */
#define HTML_HEAD_NOTES(rule)                                                            \
	[HTML_TAG_BASEFONT] = (rule), [HTML_TAG_BGSOUND] = (rule),                       \
	[HTML_TAG_LINK] = (rule), [HTML_TAG_META] = (rule)

/* End tags that say that the body has begun, or is over. */
#define HTML_BODY_ENDS(rule)                                                             \
	[HTML_TAG_BODY] = (rule), [HTML_TAG_HTML] = (rule), [HTML_TAG_BR] = (rule)

/* --- the body --- */

#define HTML_BLOCKS(rule)                                                                \
	[HTML_TAG_ADDRESS] = (rule), [HTML_TAG_ARTICLE] = (rule),                        \
	[HTML_TAG_ASIDE] = (rule), [HTML_TAG_BLOCKQUOTE] = (rule),                       \
	[HTML_TAG_CENTER] = (rule), [HTML_TAG_DETAILS] = (rule),                         \
	[HTML_TAG_DIALOG] = (rule), [HTML_TAG_DIR] = (rule), [HTML_TAG_DIV] = (rule),    \
	[HTML_TAG_DL] = (rule), [HTML_TAG_FIELDSET] = (rule),                            \
	[HTML_TAG_FIGCAPTION] = (rule), [HTML_TAG_FIGURE] = (rule),                      \
	[HTML_TAG_FOOTER] = (rule), [HTML_TAG_HEADER] = (rule),                          \
	[HTML_TAG_HGROUP] = (rule), [HTML_TAG_MAIN] = (rule), [HTML_TAG_MENU] = (rule),  \
	[HTML_TAG_NAV] = (rule), [HTML_TAG_OL] = (rule), [HTML_TAG_SEARCH] = (rule),     \
	[HTML_TAG_SECTION] = (rule), [HTML_TAG_SUMMARY] = (rule), [HTML_TAG_UL] = (rule)

#define HTML_HEADINGS(rule)                                                              \
	[HTML_TAG_H1] = (rule), [HTML_TAG_H2] = (rule), [HTML_TAG_H3] = (rule),          \
	[HTML_TAG_H4] = (rule), [HTML_TAG_H5] = (rule), [HTML_TAG_H6] = (rule)

/* Formatting elements, without <a> and <nobr>. */
#define HTML_FORMATTING(rule)                                                            \
	[HTML_TAG_B] = (rule), [HTML_TAG_BIG] = (rule), [HTML_TAG_CODE] = (rule),        \
	[HTML_TAG_EM] = (rule), [HTML_TAG_FONT] = (rule), [HTML_TAG_I] = (rule),         \
	[HTML_TAG_S] = (rule), [HTML_TAG_SMALL] = (rule), [HTML_TAG_STRIKE] = (rule),    \
	[HTML_TAG_STRONG] = (rule), [HTML_TAG_TT] = (rule), [HTML_TAG_U] = (rule)

/* Their content keeps formatting elements apart, behind a marker. */
#define HTML_MARKED(rule)                                                                \
	[HTML_TAG_APPLET] = (rule), [HTML_TAG_MARQUEE] = (rule),                         \
	[HTML_TAG_OBJECT] = (rule)

/* --- tables --- */

#define HTML_COLUMNS(rule) [HTML_TAG_COL] = (rule), [HTML_TAG_COLGROUP] = (rule)

#define HTML_SECTIONS(rule)                                                              \
	[HTML_TAG_TBODY] = (rule), [HTML_TAG_TFOOT] = (rule), [HTML_TAG_THEAD] = (rule)

#define HTML_CELLS(rule) [HTML_TAG_TD] = (rule), [HTML_TAG_TH] = (rule)

/* What stands in <table> itself. */
#define HTML_TABLE_PARTS(rule)                                                           \
	[HTML_TAG_CAPTION] = (rule), HTML_COLUMNS(rule), HTML_SECTIONS(rule)

/* All that has a place in tables only. */
#define HTML_ALL_OF_TABLE(rule)                                                          \
	HTML_TABLE_PARTS(rule), [HTML_TAG_TR] = (rule), HTML_CELLS(rule)

/* End tags of what a table stands in. */
#define HTML_AROUND_TABLE(rule) [HTML_TAG_BODY] = (rule), [HTML_TAG_HTML] = (rule)

#endif
