/*
 * One walk over the tree, without recursion: each element that is entered leaves a frame
 * with the place (html_flow.h) to return to.
 */
#include "text/html_doc.h"

#include "base/utf8.h"
#include "text/clean.h"
#include "text/doc_out.h"
#include "text/html_flow.h"
#include "text/html_table.h"
#include "text/html_text.h"
#include "text/url.h"

enum { MAX_EMOJI_BYTES = 16, /* of the alt of a picture that stands for a character */
	MAX_ITEM_NUMBER = 999999 };

struct frame {
	const struct html_node *node;
	struct html_place outer;
	size_t facts_outer;
	enum span_kind inlined; /* this element opened a span of that kind, or 0 */
	bool facts; /* it is a table whose rows are rows */
	bool ordered; /* it is a list that counts its items */
	int64_t number; /* of the next item */
	bool figure; /* the outermost <figure> */
	size_t cells; /* of a row so far */
};

struct walk {
	struct arena *arena;
	const struct html_options *options;
	struct html_flow flow;
	struct { struct frame *v; size_t n, cap; } frames;
	size_t facts; /* the table of facts or its row: index in frames + 1; 0: none */
	bool in_figure;
	struct str alt; /* of flow.picture, until a caption takes its place */
};

/* --- pictures --------------------------------------------------------------------- */

struct str
html_picture(struct arena *a, const struct html_node *img, struct str base)
{
	static const char *const names[] = {
	    "data-src", "data-original", "data-lazy-src", "src"};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct str url = html_attr(img, names[i]);
		if (url.n == 0)
			continue;
		url = url_resolve(a, base, url);
		if (url_is_http(url))
			return url;
	}
	return STR("");
}

/* A smiley: its alt is the character. */
static bool
stands_for_character(struct str alt)
{
	size_t at = 0;
	uint32_t c = alt.n > 0 && alt.n <= MAX_EMOJI_BYTES ? utf8_next(alt, &at) : 0;

	/* signs and pictures; between them stand the letters of East Asia */
	return ((c >= 0x2010 && c < 0x2C00) || (c >= 0x1F000 && c < 0x20000)) &&
	    str_find_char(alt, ' ') == STR_NONE;
}

static void
put_picture(struct walk *w, struct str url, struct str alt)
{
	if (url.n > 0 && (alt.n > 0 || w->options->pictures))
		html_flow_picture(&w->flow, url, alt);
}

/* What a figure shows is no smiley, whatever its alt begins with. */
static bool
is_shown(const struct walk *w)
{
	return w->in_figure && w->flow.place.leaf == LEAF_FLOW && !doc_block_open(&w->flow.builder);
}

/* In running text a picture is an ornament; by itself it is a block. */
static void
enter_img(struct walk *w, const struct html_node *img)
{
	struct html_place *place = &w->flow.place;
	struct str alt = text_clean_line(w->arena, bytes_of_str(html_attr(img, "alt")));
	if (stands_for_character(alt) && !is_shown(w)) {
		html_flow_word(&w->flow, alt);
		return;
	}
	if (place->leaf == LEAF_CELL || place->leaf == LEAF_HEADING ||
	    place->leaf == LEAF_PRE)
		return;
	struct str url = html_picture(w->arena, img, w->options->base);
	if (!w->in_figure) {
		if (!doc_block_open(&w->flow.builder))
			put_picture(w, url, alt);
	} else if (w->flow.picture.n == 0) {
		w->flow.picture = url;
		w->alt = alt;
	}
}

static void
enter_figure(struct walk *w, struct frame *frame)
{
	html_flow_end_block(&w->flow);
	frame->figure = !w->in_figure;
	w->in_figure = true;
}

/* A picture that no caption took. */
static void
leave_figure(struct walk *w)
{
	put_picture(w, w->flow.picture, w->alt);
	w->flow.picture = STR("");
	w->in_figure = false;
}

/* --- lists, quotes, tables -------------------------------------------------------- */

static void
enter_list(struct walk *w, struct frame *frame)
{
	struct html_place *place = &w->flow.place;
	html_flow_end_block(&w->flow);
	place->leaf = LEAF_FLOW;
	if (place->list < HTML_MAX_LEVEL)
		place->list++;
	frame->ordered = frame->node->tag == HTML_TAG_OL;
	frame->number = 1;
	if (!str_to_int(str_trim(html_attr(frame->node, "start")), -MAX_ITEM_NUMBER,
		MAX_ITEM_NUMBER, &frame->number))
		frame->number = 1;
}

/* An item counts in the list it stands in; one that stands in none has no number. */
static void
enter_item(struct walk *w, struct frame *frame)
{
	struct html_place *place = &w->flow.place;
	struct frame *list = w->frames.n > 1 ? frame - 1 : NULL;
	html_flow_end_block(&w->flow);
	place->leaf = LEAF_ITEM;
	place->item = html_flow_item(&w->flow);
	place->number = STR("");
	if (list && list->ordered && list->node == frame->node->parent)
		place->number = arena_fmt(w->arena, "%lld", (long long)list->number++);
}

static void
enter_quote(struct walk *w)
{
	struct html_place *place = &w->flow.place;
	html_flow_end_block(&w->flow);
	place->leaf = LEAF_FLOW;
	place->item = 0;
	if (place->quote < HTML_MAX_LEVEL)
		place->quote++;
}

static void
enter_leaf(struct walk *w, enum html_leaf leaf)
{
	html_flow_end_block(&w->flow);
	w->flow.place.leaf = leaf;
}

/* A heading in an item is words of the item. */
static void
enter_heading(struct walk *w, enum html_tag tag)
{
	if (w->flow.place.leaf == LEAF_ITEM) {
		html_flow_boundary(&w->flow);
		return;
	}
	enter_leaf(w, LEAF_HEADING);
	w->flow.place.heading = tag == HTML_TAG_H1 ? 2 : (uint8_t)(tag - HTML_TAG_H1 + 1);
}

static void
enter_table(struct walk *w, struct frame *frame)
{
	html_flow_end_block(&w->flow);
	frame->facts = html_table_of_facts(frame->node);
	w->facts = frame->facts ? w->frames.n : 0;
}

/* Within a table of facts; elsewhere rows and cells are as good as <div>. */
static void
enter_row(struct walk *w, struct frame *frame)
{
	if (!w->facts) {
		html_flow_boundary(&w->flow);
		return;
	}
	enter_leaf(w, LEAF_CELL);
	w->flow.place.header = html_table_header(frame->node);
	w->facts = w->frames.n;
}

static void
enter_cell(struct walk *w)
{
	if (w->flow.place.leaf != LEAF_CELL)
		html_flow_boundary(&w->flow);
	else if (w->frames.v[w->facts - 1].cells++ > 0)
		html_flow_cell(&w->flow);
}

/* --- inline elements -------------------------------------------------------------- */

static void
open_inline(struct walk *w, struct frame *frame, enum span_kind kind, struct str ref)
{
	frame->inlined = kind;
	html_flow_open(&w->flow, kind, ref);
}

static void
enter_link(struct walk *w, struct frame *frame)
{
	struct str href = str_trim(html_attr(frame->node, "href"));
	if (html_flow_is_open(&w->flow, SPAN_LINK) || href.n == 0 || href.p[0] == '#')
		return;
	struct str url = url_resolve(w->arena, w->options->base, href);
	if (url_is_http(url))
		open_inline(w, frame, SPAN_LINK, url);
}

static bool
enter_inline(struct walk *w, struct frame *frame)
{
	switch ((int)frame->node->tag) {
	case HTML_TAG_A:
		enter_link(w, frame);
		return true;
	case HTML_TAG_B:
	case HTML_TAG_STRONG:
		open_inline(w, frame, SPAN_STRONG, STR(""));
		return true;
	case HTML_TAG_I:
	case HTML_TAG_EM:
	case HTML_TAG_CITE:
	case HTML_TAG_VAR:
	case HTML_TAG_DFN:
		open_inline(w, frame, SPAN_EMPHASIS, STR(""));
		return true;
	case HTML_TAG_CODE:
	case HTML_TAG_TT:
	case HTML_TAG_KBD:
	case HTML_TAG_SAMP:
		open_inline(w, frame, SPAN_CODE, STR(""));
		return true;
	case HTML_TAG_Q:
		html_flow_word(&w->flow, STR("“"));
		return true;
	}
	return false;
}

static void
enter_void(struct walk *w, const struct html_node *node)
{
	if (node->tag == HTML_TAG_BR)
		html_flow_br(&w->flow);
	else if (node->tag == HTML_TAG_IMG)
		enter_img(w, node);
	else if (node->tag == HTML_TAG_HR && w->flow.place.leaf != LEAF_CELL)
		html_flow_rule(&w->flow);
}

/* --- entering and leaving elements ------------------------------------------------ */

static void
enter_block(struct walk *w, struct frame *frame)
{
	enum html_tag tag = frame->node->tag;
	switch ((int)tag) {
	case HTML_TAG_UL:
	case HTML_TAG_OL:
	case HTML_TAG_MENU:
	case HTML_TAG_DIR:
		enter_list(w, frame);
		return;
	case HTML_TAG_LI:
		enter_item(w, frame);
		return;
	case HTML_TAG_BLOCKQUOTE:
		enter_quote(w);
		return;
	case HTML_TAG_PRE:
	case HTML_TAG_LISTING:
	case HTML_TAG_XMP:
	case HTML_TAG_PLAINTEXT:
		enter_leaf(w, LEAF_PRE);
		return;
	case HTML_TAG_FIGURE:
		enter_figure(w, frame);
		return;
	case HTML_TAG_FIGCAPTION:
		enter_leaf(w, LEAF_CAPTION);
		return;
	case HTML_TAG_TABLE:
		enter_table(w, frame);
		return;
	case HTML_TAG_TR:
		enter_row(w, frame);
		return;
	case HTML_TAG_TD:
	case HTML_TAG_TH:
		enter_cell(w);
		return;
	}
	if (tag >= HTML_TAG_H1 && tag <= HTML_TAG_H6)
		enter_heading(w, tag);
	else if (html_tag_traits(tag) & HTML_BLOCK)
		html_flow_boundary(&w->flow);
}

/* Cells and preformatted text hold words only, whatever stands in them. */
static bool
holds_words(const struct walk *w, enum html_tag tag)
{
	enum html_leaf leaf = w->flow.place.leaf;
	return leaf == LEAF_PRE || (leaf == LEAF_CELL && tag != HTML_TAG_TD &&
				       tag != HTML_TAG_TH && tag != HTML_TAG_TR);
}

static struct frame *
push_frame(struct walk *w, const struct html_node *node)
{
	ARENA_PUSH(w->arena, &w->frames,
	    ((struct frame){
		.node = node, .outer = w->flow.place, .facts_outer = w->facts}));
	return &w->frames.v[w->frames.n - 1];
}

static void
enter_element(struct walk *w, const struct html_node *node)
{
	if (html_tag_traits(node->tag) & HTML_VOID) {
		enter_void(w, node);
		return;
	}
	struct frame *frame = push_frame(w, node);
	if (enter_inline(w, frame))
		return;
	if (!holds_words(w, node->tag))
		enter_block(w, frame);
	else if (w->flow.place.leaf == LEAF_CELL &&
		 html_tag_traits(node->tag) & HTML_BLOCK)
		html_flow_boundary(&w->flow);
}

/* Does the block that was open in the element end with it? */
static bool
ends_block(const struct walk *w, const struct frame *frame)
{
	const struct html_place *place = &w->flow.place;
	enum html_tag tag = frame->node->tag;
	return frame->outer.leaf != place->leaf || frame->outer.item != place->item ||
	    tag == HTML_TAG_TABLE || tag == HTML_TAG_FIGURE || tag == HTML_TAG_BLOCKQUOTE;
}

static void
leave_element(struct walk *w)
{
	struct frame *frame = &w->frames.v[w->frames.n - 1];
	enum html_tag tag = frame->node->tag;
	if (frame->inlined)
		html_flow_close(&w->flow, frame->inlined);
	else if (tag == HTML_TAG_Q)
		html_flow_word(&w->flow, STR("”"));
	else if (ends_block(w, frame))
		html_flow_end_block(&w->flow);
	else if (html_tag_traits(tag) & HTML_BLOCK)
		html_flow_boundary(&w->flow);
	if (frame->figure)
		leave_figure(w);
	w->flow.place = frame->outer;
	w->facts = frame->facts_outer;
	w->frames.n--;
}

/* --- the walk --------------------------------------------------------------------- */

static struct html_verdict
judge(struct walk *w, const struct html_node *node, const struct html_node *root)
{
	if (node != root && html_is_hidden(node))
		return (struct html_verdict){.kind = HTML_SKIP};
	if (node == root || !w->options->filter)
		return (struct html_verdict){.kind = HTML_TAKE};
	return w->options->filter(w->options->ctx, node);
}

/* Put the node there.  True: its children come next. */
static bool
enter(struct walk *w, const struct html_node *node, struct html_verdict verdict)
{
	bool block =
	    node->kind == HTML_ELEMENT && html_tag_traits(node->tag) & HTML_BLOCK;
	if (block && verdict.kind != HTML_TAKE)
		html_flow_boundary(&w->flow);
	switch (verdict.kind) {
	case HTML_SKIP:
		return false;
	case HTML_REPLACE:
		html_flow_word(&w->flow, verdict.text);
		if (block)
			html_flow_boundary(&w->flow);
		return false;
	case HTML_RELATED:
		html_flow_related(&w->flow, verdict.related);
		return false;
	case HTML_UNWRAP:
		if (block)
			push_frame(w, node); /* so that a block ends where it does */
		return true;
	case HTML_TAKE:
		break;
	}
	if (node->kind == HTML_TEXT)
		html_flow_text(&w->flow, node->text);
	else if (node->kind == HTML_ELEMENT)
		enter_element(w, node);
	return true;
}

static void
leave(struct walk *w, const struct html_node *node)
{
	if (w->frames.n && w->frames.v[w->frames.n - 1].node == node)
		leave_element(w);
}

static void
walk_tree(struct walk *w, const struct html_node *root)
{
	const struct html_node *node = root;
	for (;;) {
		if (enter(w, node, judge(w, node, root)) && node->first_child) {
			node = node->first_child;
			continue;
		}
		leave(w, node);
		while (node != root && !node->next) {
			node = node->parent;
			leave(w, node);
		}
		if (node == root)
			return;
		node = node->next;
	}
}

struct doc
html_doc(
    struct arena *a, const struct html_node *root, const struct html_options *options)
{
	static const struct html_options none = {.base = STR_INIT("")};
	struct walk w = {.arena = a, .options = options ? options : &none};
	html_flow_init(&w.flow, a);
	walk_tree(&w, root);
	return html_flow_build(&w.flow);
}

struct doc
html_doc_of_markup(struct arena *a, struct str markup, struct str base)
{
	struct html_options options = {.base = base};
	return html_doc(a, html_parse(a, markup, HTML_FRAGMENT), &options);
}

struct str
html_clean(
    struct arena *a, const struct html_node *root, const struct html_options *options)
{
	struct html_options with = options ? *options : (struct html_options){0};
	with.pictures = true;
	struct doc d = html_doc(a, root, &with);
	struct buf out = {0};
	doc_html(&d, NULL, NULL, &out);
	struct str html = arena_str(a, buf_str(&out));
	buf_clear(&out);
	return html;
}

struct str
html_clean_markup(struct arena *a, struct str markup, struct str base)
{
	struct html_options options = {.base = base};
	return html_clean(a, html_parse(a, markup, HTML_FRAGMENT), &options);
}
