#include "text/html_flow.h"

#include "text/clean.h"

/* The indent of a first line that is made of pieces; what is longer is none. */
enum { MAX_INDENT_BYTES = 80 };

/* --- inline spans ----------------------------------------------------------------- */

static void
begin_spans(struct html_flow *f)
{
	for (unsigned i = 0; i < HTML_INLINE_KINDS; i++)
		if (f->spans[i].depth)
			f->spans[i].mark = doc_inline_begin(&f->builder);
}

static void
end_span(struct html_flow *f, unsigned i)
{
	doc_inline_end(&f->builder, f->spans[i].mark, SPAN_LINK + i, f->spans[i].ref);
	f->spans[i].mark = 0;
}

void
html_flow_open(struct html_flow *f, enum span_kind kind, struct str ref)
{
	unsigned i = kind - SPAN_LINK;
	if (f->spans[i].depth++ > 0)
		return;
	f->spans[i].ref = ref;
	if (doc_block_open(&f->builder))
		f->spans[i].mark = doc_inline_begin(&f->builder);
}

void
html_flow_close(struct html_flow *f, enum span_kind kind)
{
	unsigned i = kind - SPAN_LINK;
	if (--f->spans[i].depth == 0)
		end_span(f, i);
}

bool
html_flow_is_open(const struct html_flow *f, enum span_kind kind)
{
	return f->spans[kind - SPAN_LINK].depth > 0;
}

/* --- blocks ----------------------------------------------------------------------- */

void
html_flow_end_block(struct html_flow *f)
{
	for (unsigned i = 0; i < HTML_INLINE_KINDS; i++)
		end_span(f, i);
	doc_block_end(&f->builder);
	f->block_item = 0;
	f->breaks = 0;
	f->indent = STR("");
}

static void
begin_item(struct html_flow *f)
{
	const struct html_place *p = &f->place;
	uint8_t level = p->list ? p->list : 1;
	if (p->number.n)
		level |= HTML_ORDERED;
	f->opened_item = f->block_item = p->item;
	doc_block(&f->builder, SPAN_ITEM, level, p->number);
}

static void
begin_leaf(struct html_flow *f)
{
	const struct html_place *p = &f->place;
	struct doc_builder *b = &f->builder;
	switch (p->leaf) {
	case LEAF_HEADING:
		doc_block(b, SPAN_HEADING, p->heading, STR(""));
		return;
	case LEAF_PRE:
		doc_block(b, SPAN_PRE, 0, STR(""));
		doc_text(b, f->indent);
		return;
	case LEAF_CAPTION:
		doc_block(b, SPAN_CAPTION, 0, f->picture);
		f->picture = STR("");
		return;
	case LEAF_CELL:
		doc_block(b, SPAN_ROW, p->header, STR(""));
		return;
	case LEAF_ITEM:
		if (p->item > f->opened_item) {
			begin_item(f);
			return;
		}
		break; /* it goes on behind a list in it */
	case LEAF_FLOW:
		break;
	}
	doc_block(b, p->quote ? SPAN_QUOTE : SPAN_PARAGRAPH, p->quote, STR(""));
}

static void
begin_block(struct html_flow *f)
{
	if (f->rule && f->builder.spans.n > 0)
		doc_block(&f->builder, SPAN_RULE, 0, STR(""));
	f->rule = false;
	f->breaks = 0;
	begin_leaf(f);
	begin_spans(f);
}

void
html_flow_boundary(struct html_flow *f)
{
	const struct html_place *p = &f->place;
	if (!doc_block_open(&f->builder))
		return;
	if (p->leaf == LEAF_CELL || p->leaf == LEAF_HEADING)
		doc_space(&f->builder);
	else if (p->leaf == LEAF_CAPTION ||
		 (p->leaf == LEAF_ITEM && f->block_item == p->item))
		f->breaks = 1;
	else
		html_flow_end_block(f);
}

size_t
html_flow_item(struct html_flow *f)
{
	return ++f->items;
}

void
html_flow_rule(struct html_flow *f)
{
	html_flow_end_block(f);
	f->rule = true;
}

void
html_flow_cell(struct html_flow *f)
{
	if (!doc_block_open(&f->builder))
		begin_block(f);
	doc_cell(&f->builder);
}

void
html_flow_related(struct html_flow *f, size_t link_index)
{
	html_flow_end_block(f);
	doc_related(&f->builder, link_index);
}

void
html_flow_picture(struct html_flow *f, struct str url, struct str alt)
{
	html_flow_end_block(f);
	doc_block(&f->builder, SPAN_CAPTION, alt.n > 0 ? 1 : 0, url);
	doc_text(&f->builder, alt);
	doc_block_end(&f->builder);
}

/* --- text ------------------------------------------------------------------------- */

/* There is text to come. */
static void
begin_word(struct html_flow *f)
{
	if (!doc_block_open(&f->builder))
		begin_block(f);
	if (f->breaks)
		doc_break(&f->builder);
	f->breaks = 0;
}

void
html_flow_word(struct html_flow *f, struct str text)
{
	if (text.n == 0)
		return;
	begin_word(f);
	doc_text(&f->builder, text);
}

/*
 * Words that have single spaces between them and are sure to be seen are taken together: spaces
 * between signs of ASCII.  The first n bytes are.
 */
static size_t
words_length(struct str s, size_t n)
{
	while (n < s.n && !ascii_space((unsigned char)s.p[n])) {
		bool sign = s.p[n] > ' ' && s.p[n] < 0x7F;
		n = sign ? text_plain_run(s, n) : n + 1;
	}
	return n;
}

/* White space in the source is a space; between blocks it is nothing. */
static void
put_words(struct html_flow *f, struct str text)
{
	while (text.n > 0) {
		size_t plain = text.p[0] == ' ' ? 0 : text_plain_run(text, 0);
		size_t n = words_length(text, plain);
		if (n > plain) {
			html_flow_word(f, text_clean(f->arena, bytes_of(text.p, n)));
		} else if (n > 0) {
			begin_word(f);
			doc_words(&f->builder, str_of(text.p, n));
		}
		if (n < text.n && doc_block_open(&f->builder))
			doc_space(&f->builder);
		while (n < text.n && ascii_space((unsigned char)text.p[n]))
			n++;
		text = str_from(text, n);
	}
}

/* White space before the first word of preformatted text, in an element of its own. */
static void
put_indent(struct html_flow *f, struct str blank)
{
	size_t newline = str_find_last_char(blank, '\n');
	if (newline != STR_NONE) {
		f->indent = STR("");
		blank = str_from(blank, newline + 1);
	}
	if (f->indent.n + blank.n > MAX_INDENT_BYTES)
		return;
	struct str clean = text_clean(f->arena, bytes_of_str(blank));
	f->indent = f->indent.n ? arena_cat(f->arena, f->indent, clean) : clean;
}

void
html_flow_text(struct html_flow *f, struct str raw)
{
	if (f->place.leaf != LEAF_PRE)
		put_words(f, raw);
	else if (doc_block_open(&f->builder) || str_trim(raw).n > 0)
		html_flow_word(f, text_clean(f->arena, bytes_of_str(raw)));
	else
		put_indent(f, raw);
}

void
html_flow_br(struct html_flow *f)
{
	if (!doc_block_open(&f->builder))
		return;
	if (f->place.leaf == LEAF_CELL)
		doc_space(&f->builder);
	else if (f->place.leaf == LEAF_PRE)
		doc_break(&f->builder);
	else if (f->place.leaf == LEAF_FLOW && f->breaks)
		html_flow_end_block(f);
	else
		f->breaks = 1;
}

void
html_flow_init(struct html_flow *f, struct arena *a)
{
	*f = (struct html_flow){.arena = a};
	doc_builder_init(&f->builder, a);
}

struct doc
html_flow_build(struct html_flow *f)
{
	html_flow_end_block(f);
	return doc_build(&f->builder);
}
