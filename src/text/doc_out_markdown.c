/*
 * A document as Markdown, block by block; what stands in a list or a quote has a margin that each
 * of its lines begins with.
 */
#include "text/doc_out.h"

#include <string.h>

#include "base/utf8.h"
#include "text/clean.h"
#include "text/doc_inline.h"
#include "text/doc_nest.h"
#include "text/doc_rows.h"
#include "text/markdown_escape.h"
#include "text/url.h"

enum { MIN_FENCE = 3 };

struct markdown_writer {
	const struct doc *doc;
	struct buf *out;
	size_t begin; /* of the document in out */
	struct inlines inlines;
	struct nest nest;
	struct markdown_escaper escaper;
	size_t at, end; /* the block or cell that is written */
	unsigned column; /* of the text of an item */
	char ended; /* the mark of the list that has just ended, or 0 */
	bool raw[INLINE_KINDS]; /* the mark that is open is an HTML tag */
};

/* --- text and inline marks ---------------------------------------------------------------------- */

static void
put(struct markdown_writer *w, const char *markup)
{
	buf_add(w->out, str_z(markup));
	w->escaper.line = MARKDOWN_LINE_INSIDE;
}

/* What each further line of the block begins with. */
static void
put_margin(struct markdown_writer *w)
{
	for (size_t i = 0; w->nest.kind == SPAN_QUOTE && i < w->nest.n; i++)
		buf_add(w->out, STR("> "));
	for (size_t i = 0; w->nest.kind == SPAN_ITEM && w->nest.n && i < w->column; i++)
		buf_char(w->out, ' ');
	w->escaper.line = MARKDOWN_LINE_START;
}

static void
put_break(struct markdown_writer *w)
{
	if (w->escaper.heading || w->escaper.cell) {
		buf_char(w->out, ' ');
		return;
	}
	buf_add(w->out, STR("\\\n"));
	put_margin(w);
}

static void
put_text(void *ctx, struct str text)
{
	struct markdown_writer *w = ctx;
	struct str line;
	bool more = true;
	while (more) {
		more = str_cut(text, '\n', &line, &text);
		markdown_escape_piece(&w->escaper, line, w->out);
		if (more)
			put_break(w);
	}
}

static uint32_t
char_before(const struct markdown_writer *w, size_t at)
{
	size_t from = at;
	if (at == w->at)
		return ' ';
	do
		from--;
	while (from > w->at && ((unsigned char)w->doc->text.p[from] & 0xC0) == 0x80);
	return utf8_next(w->doc->text, &from);
}

static uint32_t
char_at(const struct markdown_writer *w, size_t at)
{
	return at < w->end ? utf8_next(w->doc->text, &at) : ' ';
}

/* White space or punctuation, as far as it is certain without the tables of Unicode. */
static bool
parts_words(uint32_t c)
{
	if (c < 0x80)
		return !ascii_alnum((unsigned char)c);
	return text_is_space(c) || (c >= 0x2010 && c <= 0x2027) || (c >= 0x3001 && c <= 0x3002) ||
	    (c >= 0x3008 && c <= 0x3011);
}

/*
 * Are * and _ sure to be taken for marks around [from, to)?  CommonMark asks that no white space
 * is on their inner side, and between words their outer side may be anything that parts words.
 */
static bool
flanks_well(const struct markdown_writer *w, char mark, size_t from, size_t to)
{
	const struct buf *out = w->out;
	if (out->n && out->p[out->n - 1] == mark)
		return false; /* it would join the mark before it */
	return parts_words(char_before(w, from)) && parts_words(char_at(w, to)) &&
	    !text_is_space(char_at(w, from)) && !text_is_space(char_before(w, to));
}

static void
open_link(struct markdown_writer *w, const struct span *s)
{
	struct buf *out = w->out;
	if (!url_is_http(s->ref))
		return;
	if (out->n && out->p[out->n - 1] == '!') {
		out->n--;
		put(w, "\\!"); /* else it is a picture */
	}
	put(w, "[");
}

static void
put_destination(struct markdown_writer *w, struct str url)
{
	put(w, "](<");
	for (size_t i = 0; i < url.n; i++) {
		if (memchr("\\<>&", url.p[i], 4))
			buf_char(w->out, '\\');
		buf_char(w->out, url.p[i]);
	}
	put(w, ">)");
}

static const struct {
	char mark;
	const char *plain, *open, *close;
} marks[INLINE_KINDS] = {
	[SPAN_STRONG - SPAN_LINK] = {'*', "**", "<strong>", "</strong>"},
	[SPAN_EMPHASIS - SPAN_LINK] = {'_', "_", "<em>", "</em>"},
};

static void
open_mark(void *ctx, const struct span *s, size_t from, size_t to)
{
	struct markdown_writer *w = ctx;
	size_t i = s->kind - (size_t)SPAN_LINK;
	if (s->kind == SPAN_LINK) {
		open_link(w, s);
		return;
	}
	w->raw[i] = !flanks_well(w, marks[i].mark, from, to);
	put(w, w->raw[i] ? marks[i].open : marks[i].plain);
}

static void
close_mark(void *ctx, const struct span *s)
{
	struct markdown_writer *w = ctx;
	size_t i = s->kind - (size_t)SPAN_LINK;
	if (s->kind != SPAN_LINK)
		put(w, w->raw[i] ? marks[i].close : marks[i].plain);
	else if (url_is_http(s->ref))
		put_destination(w, s->ref);
}

static size_t
longest_run(struct str s, char c)
{
	size_t longest = 0, n = 0;
	for (size_t i = 0; i < s.n; i++) {
		n = s.p[i] == c ? n + 1 : 0;
		longest = n > longest ? n : longest;
	}
	return longest;
}

static void
put_repeated(struct markdown_writer *w, char c, size_t n)
{
	while (n--)
		buf_char(w->out, c);
	w->escaper.line = MARKDOWN_LINE_INSIDE;
}

/* One line whatever is in it; within a table a bar is escaped even here. */
static void
put_code(void *ctx, struct str text)
{
	struct markdown_writer *w = ctx;
	struct buf *out = w->out;
	if (out->n && out->p[out->n - 1] == '`') {
		put(w, "<code>"); /* its fence would join the one before it */
		put_text(w, text);
		put(w, "</code>");
		return;
	}
	size_t fence = longest_run(text, '`') + 1;
	bool pad = text.p[0] == '`' || text.p[text.n - 1] == '`';
	put_repeated(w, '`', fence);
	put(w, pad ? " " : "");
	for (size_t i = 0; i < text.n; i++) {
		if (w->escaper.cell && text.p[i] == '|')
			buf_char(out, '\\');
		buf_char(out, text.p[i] == '\n' ? ' ' : text.p[i]);
	}
	put(w, pad ? " " : "");
	put_repeated(w, '`', fence);
}

static const struct inline_marks markdown_marks = {
	.text = put_text, .open = open_mark, .close = close_mark, .code = put_code};

/* --- blocks ------------------------------------------------------------------------------------- */

static void
put_inlines(struct markdown_writer *w, const struct span *s)
{
	w->at = s->at;
	w->end = (size_t)s->at + s->n;
	inlines_begin(&w->inlines, (size_t)(s - w->doc->spans));
	inlines_write(&w->inlines, w->at, w->end);
}

static void
put_line(struct markdown_writer *w, const struct span *s)
{
	w->escaper.line = MARKDOWN_LINE_START;
	put_inlines(w, s);
	buf_char(w->out, '\n');
}

static void
put_heading(struct markdown_writer *w, const struct span *s)
{
	put_repeated(w, '#', s->level >= 2 && s->level <= 6 ? s->level : 2);
	put(w, " ");
	w->escaper.heading = true;
	put_inlines(w, s);
	w->escaper.heading = false;
	put(w, "\n");
}

static void
put_pre(struct markdown_writer *w, const struct span *s)
{
	struct str text = str_sub(w->doc->text, s->at, s->n);
	size_t fence = longest_run(text, '~') + 1;
	fence = fence > MIN_FENCE ? fence : MIN_FENCE;
	put_repeated(w, '~', fence);
	put(w, "\n");
	buf_add(w->out, text);
	put(w, "\n");
	put_repeated(w, '~', fence);
	put(w, "\n");
}

/* The words stand below the picture, since within its brackets they could have no marks. */
static void
put_picture(struct markdown_writer *w, const struct span *s)
{
	if (url_is_http(s->ref)) {
		put(w, "![");
		put_destination(w, s->ref);
		put(w, s->n ? "\\\n" : "\n");
	}
	if (s->n)
		put_line(w, s);
}

/* --- lists and quotes --------------------------------------------------------------------------- */

static void
put_quote(struct markdown_writer *w, const struct span *s)
{
	for (size_t i = 0; i < w->nest.n; i++)
		buf_add(w->out, i + 1 < w->nest.n ? STR("> ") : STR(">\n"));
	(void)nest_enter(&w->nest, s);
	put_margin(w);
	put_line(w, s);
}

/* Two lists of one kind in a row: only another mark keeps them apart. */
static char
list_mark(bool ordered, char ended)
{
	if (ordered)
		return ended == '.' ? ')' : '.';
	return ended == '-' ? '*' : '-';
}

static void
put_item(struct markdown_writer *w, const struct span *s)
{
	struct nest *nest = &w->nest;
	bool begins = nest_enter(nest, s);
	struct nest_level *top = &nest->v[nest->n - 1];
	size_t before;
	if (begins)
		top->mark = list_mark(top->ordered, w->ended);
	/* a list in an item that begins with another number than 1 would be words of the item */
	if (begins && nest->n > 1 && top->ordered && top->number != 1)
		buf_char(w->out, '\n');
	w->column = nest->n > 1 ? top[-1].column : 0;
	put_margin(w);
	before = w->out->n;
	if (top->ordered)
		buf_fmt(w->out, "%lld%c ", (long long)top->number, top->mark);
	else
		buf_fmt(w->out, "%c ", top->mark);
	w->column += (unsigned)(w->out->n - before);
	top->column = w->column;
	put_line(w, s);
}

/* --- tables ------------------------------------------------------------------------------------- */

static void
put_row(struct markdown_writer *w, const struct span *s, size_t columns)
{
	size_t to = (size_t)s->at + s->n, n = 0;
	inlines_begin(&w->inlines, (size_t)(s - w->doc->spans));
	w->escaper.cell = true;
	for (w->at = s->at; w->at <= to; w->at = w->end + 1, n++) {
		w->end = doc_cell_end(w->doc, w->at, to);
		put(w, "| ");
		inlines_write(&w->inlines, w->at, w->end);
		put(w, " ");
	}
	w->escaper.cell = false;
	for (; n < columns; n++)
		put(w, "| ");
	put(w, "|\n");
}

static void
put_repeated_cell(struct markdown_writer *w, const char *cell, size_t columns)
{
	while (columns--)
		put(w, cell);
	put(w, "|\n");
}

/* A table must have a row of headings, all its columns there. */
static void
put_table(struct markdown_writer *w, size_t first, struct doc_rows rows)
{
	const struct span *spans = w->doc->spans;
	bool headed = spans[first].level == 1;
	if (!headed)
		put_repeated_cell(w, "| ", rows.columns);
	for (size_t i = first; i < rows.end; i++) {
		if (i == first + headed)
			put_repeated_cell(w, "| --- ", rows.columns);
		if (spans[i].kind == SPAN_ROW)
			put_row(w, &spans[i], i == first && headed ? rows.columns : 0);
	}
	if (headed && rows.end == first + 1)
		put_repeated_cell(w, "| --- ", rows.columns);
}

static void
put_rows(struct markdown_writer *w, size_t first, struct doc_rows rows)
{
	if (rows.columns > 1) {
		put_table(w, first, rows);
		return;
	}
	for (size_t i = first; i < rows.end; i++) {
		if (w->doc->spans[i].kind != SPAN_ROW)
			continue;
		if (i > first)
			put(w, "\n");
		put_line(w, &w->doc->spans[i]);
	}
}

/* --- the document ------------------------------------------------------------------------------- */

static void
put_block(struct markdown_writer *w, const struct span *s)
{
	switch ((enum span_kind)s->kind) {
	case SPAN_HEADING:
		put_heading(w, s);
		break;
	case SPAN_QUOTE:
		put_quote(w, s);
		break;
	case SPAN_ITEM:
		put_item(w, s);
		break;
	case SPAN_PRE:
		put_pre(w, s);
		break;
	case SPAN_CAPTION:
		put_picture(w, s);
		break;
	case SPAN_RULE:
		put(w, "* * *\n");
		break;
	default:
		put_line(w, s);
	}
}

/* Close what does not go on with the block, and part it from the one before. */
static void
part(struct markdown_writer *w, const struct span *s)
{
	w->ended = 0;
	while (nest_must_close(&w->nest, s))
		w->ended = w->nest.v[--w->nest.n].mark;
	if (w->nest.n == 0 && w->out->n > w->begin)
		buf_char(w->out, '\n');
}

static void
put_related(struct markdown_writer *w, const struct span *s, doc_related_writer *related, void *ctx)
{
	struct buf *out = w->out;
	size_t before = out->n;
	part(w, s);
	size_t parted = out->n;
	related(ctx, s->level, out);
	if (out->n == parted)
		out->n = before;
}

void
doc_markdown(const struct doc *d, doc_related_writer *related, void *ctx, struct buf *out)
{
	struct markdown_writer w = {.doc = d, .out = out, .begin = out->n};
	w.inlines = (struct inlines){.doc = d, .marks = &markdown_marks, .ctx = &w};
	for (size_t i = 0; i < d->n_spans; i++) {
		const struct span *s = &d->spans[i];
		if (!span_is_block(s->kind) || (s->kind == SPAN_RELATED && !related))
			continue;
		if (s->kind == SPAN_RELATED) {
			put_related(&w, s, related, ctx);
			continue;
		}
		part(&w, s);
		if (s->kind == SPAN_ROW) {
			struct doc_rows rows = doc_rows(d, i, related == NULL);
			put_rows(&w, i, rows);
			i = rows.end - 1;
		} else {
			put_block(&w, s);
		}
	}
	if (out->n > w.begin)
		buf_char(out, '\n');
}
