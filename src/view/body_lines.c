/*
 * A block is cut twice: by wrap_text into lines, and by its inline spans into segments of
 * one look. paragraph_wrap puts both together.
 */
#include "view/body_lines.h"

#include <stdlib.h>

#include "text/columns.h"
#include "view/paragraph.h"

enum {
	QUOTE_INDENT = 2,
	ITEM_INDENT = 2,
	MAX_DEPTH = 4,  /* of quotes and lists; deeper ones are drawn as this */
	MAX_CELLS = 64, /* columns of a table that are told apart */
	CELL_GAP = 2,
};

/* Where a look begins or ends. */
struct edge {
	uint32_t at;
	uint8_t attr; /* LINE_*, or 0 for a link */
	int8_t step;  /* +1, -1 */
	int32_t link;
};

struct body {
	struct arena *a;
	const struct look *look;
	const struct body_view *view;
	struct lines *out;
	uint32_t block;
	bool any; /* a block was drawn: the next one needs a gap */
	enum span_kind last;
	int item[MAX_DEPTH + 1]; /* counters of ordered lists */
};

static int
by_place(const void *x, const void *y)
{
	const struct edge *a = x, *b = y;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return a->step - b->step; /* what ends here ends before what begins */
}

static uint8_t
attr_of(enum span_kind kind)
{
	if (kind == SPAN_STRONG)
		return LINE_BOLD;
	return kind == SPAN_EMPHASIS ? LINE_ITALIC : 0;
}

static size_t
collect_edges(struct body *b, const struct span *block, const struct span *inner,
    size_t n, struct edge *edges)
{
	size_t i, count = 0, link_end = 0;

	for (i = 0; i < n; i++) {
		uint32_t at = inner[i].at - block->at;
		struct edge edge = {.at = at, .step = 1, .link = LINE_NO_LINK};

		edge.attr = attr_of((enum span_kind)inner[i].kind);
		if (inner[i].kind == SPAN_LINK && at >= link_end) {
			/* Links do not nest; an inner one is text of the outer. */
			edge.link = b->view->link
					? b->view->link(b->view->ctx, inner[i].ref)
					: LINE_NO_LINK;
			link_end = at + inner[i].n;
		}
		if (edge.attr == 0 && edge.link == LINE_NO_LINK)
			continue;
		edges[count++] = edge;
		edge.at = at + inner[i].n;
		edge.step = -1;
		edges[count++] = edge;
	}
	return count;
}

static void
cut_segments(struct body *b, const struct span *block, const struct span *inner, size_t n,
    struct segments *out)
{
	struct edge *edges = ARENA_ARRAY(b->a, struct edge, n * 2 + 1);
	size_t n_edges = collect_edges(b, block, inner, n, edges), i;
	int bold = 0, italic = 0;
	int32_t link = LINE_NO_LINK;
	uint32_t at = 0;

	qsort(edges, n_edges, sizeof(*edges), by_place);
	for (i = 0; i <= n_edges; i++) {
		uint32_t end = i < n_edges ? edges[i].at : block->n;
		struct segment s = {.at = at, .n = end - at, .link = link,
		    .attrs = (uint8_t)((bold > 0 ? LINE_BOLD : 0) |
				       (italic > 0 ? LINE_ITALIC : 0))};

		if (end > at)
			ARENA_PUSH(b->a, out, s);
		at = end;
		if (i == n_edges)
			break;
		if (edges[i].attr == LINE_BOLD)
			bold += edges[i].step;
		else if (edges[i].attr == LINE_ITALIC)
			italic += edges[i].step;
		else
			link = edges[i].step > 0 ? edges[i].link : LINE_NO_LINK;
	}
}

static void
wrapped_block(struct body *b, const struct shape *shape, const struct segments *segments,
    struct str text)
{
	size_t lead = columns_of(shape->first), cols = b->view->cols;
	struct measure m = {.margin = b->view->margin, .block = b->block};

	m.first = m.rest =
	    cols > lead + PARAGRAPH_MIN_COLS ? cols - lead : PARAGRAPH_MIN_COLS;
	paragraph_wrap(b->a, b->look, &m, shape, segments, text, b->out);
}

static struct line *
plain_line(struct body *b, uint32_t at)
{
	struct line *line = lines_push(b->a, b->out);

	line->block = b->block;
	line->at = at;
	line_pad(b->a, line, ROLE_TEXT, b->view->margin);
	return line;
}

static struct str
repeated(struct arena *a, struct str one, size_t n)
{
	struct str all = STR("");

	while (n-- > 0)
		all = arena_cat(a, all, one);
	return all;
}

static size_t
depth_of(uint8_t level)
{
	size_t depth = level & 0x7f;

	return depth < 1 ? 1 : depth > MAX_DEPTH ? MAX_DEPTH : depth;
}

static void
shape_quote(struct body *b, uint8_t level, struct shape *shape)
{
	struct str bar = arena_cat(b->a, look_symbol(b->look, SYMBOL_QUOTE), STR(" "));

	shape->role = ROLE_STORY_QUOTE;
	shape->lead_role = ROLE_RULE;
	shape->first = shape->rest = repeated(b->a, bar, depth_of(level));
}

static void
shape_item(struct body *b, const struct span *block, struct shape *shape)
{
	size_t depth = depth_of(block->level), i;
	struct str indent = repeated(b->a, STR("  "), depth - 1), mark;
	int64_t number;

	if (b->last != SPAN_ITEM)
		b->item[1] = 0;
	for (i = depth + 1; i <= MAX_DEPTH; i++)
		b->item[i] = 0;
	b->item[depth]++;
	if (block->level & 0x80) {
		if (str_to_int(block->ref, 0, INT32_MAX - 1, &number))
			b->item[depth] = (int)number;
		mark = arena_fmt(b->a, "%d. ", b->item[depth]);
	} else {
		mark = arena_cat(b->a, look_symbol(b->look, SYMBOL_BULLET), STR(" "));
	}
	shape->first = arena_cat(b->a, indent, mark);
	shape->rest = repeated(b->a, STR(" "), columns_of(shape->first));
	shape->lead_role = ROLE_DIM;
}

/* ---- tables ---- */

struct table {
	const struct span *rows[1000]; /* more are drawn as the next table */
	size_t n, n_cells;
	size_t cols[MAX_CELLS];
};

static size_t
row_cells(struct str row, struct str cell[MAX_CELLS])
{
	size_t n = 0;
	struct str rest = row;
	bool more = true;

	while (more && n < MAX_CELLS) {
		more = str_cut(rest, '\t', &cell[n], &rest);
		n++;
	}
	return n;
}

static void
measure(struct body *b, struct table *t)
{
	struct str cell[MAX_CELLS];
	size_t i, k, n, cols;

	for (i = 0; i < t->n; i++) {
		n = row_cells(
		    str_sub(b->view->doc->text, t->rows[i]->at, t->rows[i]->n), cell);
		t->n_cells = n > t->n_cells ? n : t->n_cells;
		for (k = 0; k < n; k++) {
			cols = columns_of(cell[k]);
			t->cols[k] = cols > t->cols[k] ? cols : t->cols[k];
		}
	}
}

static bool
table_fits(const struct table *t, size_t cols)
{
	size_t i, all = 0;

	for (i = 0; i < t->n_cells; i++)
		all += t->cols[i] + (i > 0 ? CELL_GAP : 0);
	return all <= cols;
}

static void
aligned_row(struct body *b, const struct table *t, struct str row)
{
	struct line *line = plain_line(b, 0);
	struct str cell[MAX_CELLS];
	size_t n = row_cells(row, cell), i, col = b->view->margin;

	for (i = 0; i < n; i++) {
		line_pad(b->a, line, ROLE_TEXT, col);
		line_add(b->a, line, ROLE_TEXT, look_visual(b->a, b->look, cell[i]));
		col += t->cols[i] + CELL_GAP;
	}
}

/* Too wide for the measure: the cells of a row one behind the other. */
static void
running_row(struct body *b, struct str row)
{
	struct shape shape = {.role = ROLE_TEXT, .link = LINE_NO_LINK, .rest = STR("  ")};
	struct segments none = {0};
	struct str cell[MAX_CELLS], text = STR("");
	struct str bar =
	    arena_fmt(b->a, " %.*s ", STR_ARG(look_symbol(b->look, SYMBOL_BAR)));
	size_t n = row_cells(row, cell), i;

	for (i = 0; i < n; i++) {
		if (i > 0)
			text = arena_cat(b->a, text, bar);
		text = arena_cat(b->a, text, cell[i]);
	}
	wrapped_block(b, &shape, &none, text);
}

/* Rows that stand together, from span i on.  Returns the index behind the last. */
static size_t
table(struct body *b, size_t i)
{
	const struct doc *doc = b->view->doc;
	struct table *t = ARENA_NEW(b->a, struct table);
	bool fits;
	size_t k;

	for (; i < doc->n_spans && t->n < COUNT_OF(t->rows); i++) {
		if (doc->spans[i].kind == SPAN_ROW)
			t->rows[t->n++] = &doc->spans[i];
		else if (span_is_block((enum span_kind)doc->spans[i].kind))
			break;
	}
	measure(b, t);
	fits = table_fits(t, b->view->cols);
	for (k = 0; k < t->n; k++) {
		struct str row = str_sub(doc->text, t->rows[k]->at, t->rows[k]->n);

		if (fits)
			aligned_row(b, t, row);
		else
			running_row(b, row);
		b->block++;
	}
	b->block--;
	return i;
}

/* ---- the other blocks ---- */

/* Text as it stands: its own lines, cut between clusters where they are too long. */
static void
preformatted(struct body *b, struct str text)
{
	struct str rest = text, one;
	struct line *line;
	size_t n, used;

	while (rest.n > 0) {
		str_cut(rest, '\n', &one, &rest);
		do {
			n = columns_fit(one, b->view->cols, &used);
			n = n > 0 ? n : one.n;
			line = plain_line(b, (uint32_t)(one.p - text.p));
			line_add(b->a, line, ROLE_TEXT,
			    look_visual(b->a, b->look, str_sub(one, 0, n)));
			one = str_from(one, n);
		} while (one.n > 0);
	}
}

static void
rule(struct body *b)
{
	line_fill(b->a, plain_line(b, 0), ROLE_RULE, look_symbol(b->look, SYMBOL_RULE),
	    b->view->margin + b->view->cols);
}

static void
caption(struct body *b, struct str text)
{
	struct shape shape = {.role = ROLE_STORY_CAPTION, .link = LINE_NO_LINK};
	struct segments none = {0};

	text = word_fill1(b->a, word(b->look->words, WORD_PICTURE), text);
	wrapped_block(b, &shape, &none, text);
}

static void
prose(struct body *b, const struct span *block, struct str text,
    const struct segments *segments)
{
	struct shape shape = {.role = ROLE_TEXT, .link = LINE_NO_LINK};

	if (block->kind == SPAN_HEADING)
		shape.role = ROLE_STORY_HEADING;
	else if (block->kind == SPAN_QUOTE)
		shape_quote(b, block->level, &shape);
	else if (block->kind == SPAN_ITEM)
		shape_item(b, block, &shape);
	if (block->at == 0)
		shape.dateline = b->view->dateline;
	wrapped_block(b, &shape, segments, text);
}

static void
gap(struct body *b, enum span_kind kind)
{
	struct line *line;

	/* The items of a list stand together, and so do links. */
	if (b->any && (kind != b->last || (kind != SPAN_ITEM && kind != SPAN_RELATED))) {
		line = lines_push(b->a, b->out);
		line->block = b->block;
	}
	b->any = true;
}

/* The block at span i with its inline spans up to `end`. */
static void
draw(struct body *b, size_t i, size_t end)
{
	const struct doc *doc = b->view->doc;
	const struct span *block = &doc->spans[i];
	struct str text = str_sub(doc->text, block->at, block->n);
	struct segments segments = {0};

	cut_segments(b, block, block + 1, end - i - 1, &segments);
	switch ((enum span_kind)block->kind) {
	case SPAN_PRE:
		preformatted(b, text);
		break;
	case SPAN_RULE:
		rule(b);
		break;
	case SPAN_CAPTION:
		caption(b, text);
		break;
	case SPAN_PARAGRAPH:
	case SPAN_HEADING:
	case SPAN_QUOTE:
	case SPAN_ITEM:
	case SPAN_ROW:
	case SPAN_RELATED:
	case SPAN_LINK:
	case SPAN_STRONG:
	case SPAN_EMPHASIS:
	case SPAN_CODE:
	case SPAN_KINDS:
		prose(b, block, text, &segments);
		break;
	}
}

static bool
is_hidden(const struct body *b, const struct span *block)
{
	return block->kind == SPAN_CAPTION && (!b->view->captions || block->n == 0);
}

uint32_t
body_lines(struct arena *a, const struct look *look, const struct body_view *view,
    uint32_t first_block, struct lines *out)
{
	struct body b = {
	    .a = a, .look = look, .view = view, .out = out, .block = first_block};
	const struct doc *doc = view->doc;
	size_t i, end;

	for (i = 0; i < doc->n_spans; i = end, b.block++) {
		const struct span *block = &doc->spans[i];

		for (end = i + 1; end < doc->n_spans; end++) {
			if (span_is_block((enum span_kind)doc->spans[end].kind))
				break;
		}
		if (!span_is_block((enum span_kind)block->kind) || is_hidden(&b, block))
			continue;
		gap(&b, (enum span_kind)block->kind);
		if (block->kind == SPAN_RELATED && view->related)
			view->related(view->ctx, out, block->level, b.block);
		else if (block->kind == SPAN_ROW)
			end = table(&b, i);
		else
			draw(&b, i, end);
		b.last = (enum span_kind)block->kind;
	}
	return b.block;
}
