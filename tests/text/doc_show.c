#include "doc_show.h"

static void
show_text(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		buf_char(out, text.p[i] == '\n'   ? '\\'
			      : text.p[i] == '\t' ? '|'
						  : text.p[i]);
}

static void
show_block_head(struct buf *out, const struct span *s)
{
	static const char *const names[] = {
		[SPAN_PARAGRAPH] = "P", [SPAN_HEADING] = "H", [SPAN_QUOTE] = "Q", [SPAN_ITEM] = "I",
		[SPAN_PRE] = "PRE", [SPAN_ROW] = "ROW", [SPAN_CAPTION] = "CAP", [SPAN_RULE] = "RULE",
		[SPAN_RELATED] = "REL ",
	};
	buf_fmt(out, "%s", names[s->kind]);
	if (s->level)
		buf_fmt(out, "%u", s->level & 0x7Fu);
	if (s->kind == SPAN_ITEM && s->level & 0x80)
		buf_fmt(out, "#%.*s", STR_ARG(s->ref));
	else if (s->ref.n)
		buf_fmt(out, " <%.*s>", STR_ARG(s->ref));
	if (s->n)
		buf_char(out, ' ');
}

static void
open_inline(struct buf *out, const struct span *s)
{
	static const char letters[] = {
		[SPAN_LINK] = 'a', [SPAN_STRONG] = 's', [SPAN_EMPHASIS] = 'e', [SPAN_CODE] = 'c',
	};
	buf_fmt(out, "{%c", letters[s->kind]);
	if (s->ref.n)
		buf_fmt(out, "=%.*s", STR_ARG(s->ref));
	buf_char(out, ' ');
}

/* Byte by byte, asking each span of the block whether it begins or ends there. */
static void
show_block(struct buf *out, const struct doc *d, size_t block)
{
	const struct span *b = &d->spans[block];
	size_t last = block + 1;
	while (last < d->n_spans && !span_is_block(d->spans[last].kind))
		last++;
	for (size_t at = b->at; at <= (size_t)b->at + b->n; at++) {
		for (size_t i = last; i > block + 1; i--)
			if (d->spans[i - 1].at + (size_t)d->spans[i - 1].n == at)
				buf_char(out, '}');
		for (size_t i = block + 1; i < last; i++)
			if (d->spans[i].at == at)
				open_inline(out, &d->spans[i]);
		if (at < (size_t)b->at + b->n)
			show_text(out, str_sub(d->text, at, 1));
	}
}

const char *
doc_show(struct arena *a, const struct doc *d)
{
	struct buf out = {0};
	for (size_t i = 0; i < d->n_spans; i++) {
		if (!span_is_block(d->spans[i].kind))
			continue;
		show_block_head(&out, &d->spans[i]);
		show_block(&out, d, i);
		buf_char(&out, '\n');
	}
	const char *shown = arena_z(a, buf_str(&out));
	buf_clear(&out);
	return shown;
}
