/*
 * A document as HTML.  An item stays open until the next one, since a list may follow in it; so do
 * the lists, quotes and tables that the next block may go on with.
 */
#include "text/doc_out.h"

#include "text/doc_inline.h"
#include "text/doc_nest.h"
#include "text/doc_rows.h"
#include "text/url.h"

struct html_writer {
	const struct doc *doc;
	const struct doc_extras *extras;
	struct buf *out;
	struct inlines inlines;
	struct nest nest;
	bool pre; /* newlines are newlines */
};

static void
put(struct html_writer *w, const char *markup)
{
	buf_add(w->out, str_z(markup));
}

/* --- text and inline marks ---------------------------------------------------------------------- */

static struct str
reference(char c)
{
	switch (c) {
	case '&':
		return STR("&amp;");
	case '<':
		return STR("&lt;");
	case '>':
		return STR("&gt;");
	case '"':
		return STR("&quot;");
	}
	return STR("");
}

void
html_escape(struct str s, struct buf *out)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		struct str as = reference(s.p[i]);
		if (as.n == 0)
			continue;
		buf_add(out, str_sub(s, from, i - from));
		buf_add(out, as);
		from = i + 1;
	}
	buf_add(out, str_from(s, from));
}

static void
put_text(void *ctx, struct str text)
{
	struct html_writer *w = ctx;
	struct str line;
	bool more = true;
	while (more) {
		more = str_cut(text, '\n', &line, &text);
		html_escape(line, w->out);
		if (more)
			put(w, w->pre ? "\n" : "<br>");
	}
}

static const char *const names[SPAN_KINDS] = {
	[SPAN_LINK] = "a",
	[SPAN_STRONG] = "strong",
	[SPAN_EMPHASIS] = "em",
	[SPAN_CODE] = "code",
};

static void
open_mark(void *ctx, const struct span *s, size_t from, size_t to)
{
	struct html_writer *w = ctx;
	(void)from;
	(void)to;
	if (s->kind != SPAN_LINK) {
		buf_fmt(w->out, "<%s>", names[s->kind]);
	} else if (url_is_http(s->ref)) {
		put(w, "<a href=\"");
		html_escape(s->ref, w->out);
		put(w, "\">");
	}
}

static void
close_mark(void *ctx, const struct span *s)
{
	struct html_writer *w = ctx;
	if (s->kind != SPAN_LINK || url_is_http(s->ref))
		buf_fmt(w->out, "</%s>", names[s->kind]);
}

static const struct inline_marks html_marks = {
	.text = put_text, .open = open_mark, .close = close_mark};

/* --- blocks ------------------------------------------------------------------------------------- */

static void
put_inlines(struct html_writer *w, const struct span *s)
{
	inlines_begin(&w->inlines, (size_t)(s - w->doc->spans));
	inlines_write(&w->inlines, s->at, (size_t)s->at + s->n);
}

static void
put_wrapped(struct html_writer *w, const struct span *s, const char *name)
{
	buf_fmt(w->out, "<%s>", name);
	put_inlines(w, s);
	buf_fmt(w->out, "</%s>\n", name);
}

static void
put_pre(struct html_writer *w, const struct span *s)
{
	w->pre = true;
	put_wrapped(w, s, "pre");
	w->pre = false;
}

static void
put_heading(struct html_writer *w, const struct span *s)
{
	static const char *const by_level[] = {"h2", "h2", "h2", "h3", "h4", "h5", "h6"};
	put_wrapped(w, s, by_level[s->level < COUNT_OF(by_level) ? s->level : 2]);
}

/* A line break would be a space when it is read again. */
static bool
words_are_alt(struct str words, const struct span *s)
{
	return s->level == 1 && str_find_char(words, '\n') == STR_NONE;
}

static struct str
alt_of(const struct html_writer *w, const struct span *s)
{
	for (size_t i = 0; i < w->extras->n_alts; i++)
		if (str_eq(w->extras->alts[i].url, s->ref))
			return w->extras->alts[i].alt;
	return STR(""); /* what it shows is said by the caption */
}

static void
put_figure(struct html_writer *w, const struct span *s)
{
	bool picture = url_is_http(s->ref);
	struct str words = str_sub(w->doc->text, s->at, s->n);
	bool alt = picture && words_are_alt(words, s);
	if (!picture && s->n == 0)
		return;
	put(w, "<figure>");
	if (picture) {
		put(w, "<img src=\"");
		html_escape(s->ref, w->out);
		put(w, "\" alt=\"");
		html_escape(alt ? words : alt_of(w, s), w->out);
		put(w, "\">");
	}
	if (s->n && !alt) {
		put(w, "<figcaption>");
		put_inlines(w, s);
		put(w, "</figcaption>");
	}
	put(w, "</figure>\n");
}

/* --- lists and quotes --------------------------------------------------------------------------- */

static const char *
container(const struct nest *nest)
{
	if (nest->kind == SPAN_QUOTE)
		return "blockquote";
	return nest->v[nest->n - 1].ordered ? "ol" : "ul";
}

static void
end_container(struct html_writer *w)
{
	if (w->nest.kind == SPAN_ITEM)
		put(w, "</li>\n");
	buf_fmt(w->out, "</%s>\n", container(&w->nest));
	w->nest.n--;
}

static void
put_nested(struct html_writer *w, const struct span *s)
{
	bool inside = w->nest.n > 0;
	bool begins = nest_enter(&w->nest, s);
	if (s->kind == SPAN_ITEM && inside)
		put(w, begins ? "\n" : "</li>\n");
	if (begins)
		buf_fmt(w->out, "<%s>\n", container(&w->nest));
	if (s->kind == SPAN_QUOTE) {
		put_wrapped(w, s, "p");
		return;
	}
	put(w, "<li>");
	put_inlines(w, s);
}

/* --- tables ------------------------------------------------------------------------------------- */

static void
put_row(struct html_writer *w, const struct span *s)
{
	const char *cell = s->level == 1 ? "th" : "td";
	size_t to = (size_t)s->at + s->n, end;
	inlines_begin(&w->inlines, (size_t)(s - w->doc->spans));
	put(w, "<tr>");
	for (size_t from = s->at; from <= to; from = end + 1) {
		end = doc_cell_end(w->doc, from, to);
		buf_fmt(w->out, "<%s>", cell);
		inlines_write(&w->inlines, from, end);
		buf_fmt(w->out, "</%s>", cell);
	}
	put(w, "</tr>\n");
}

/* A table needs two columns to be read as one again; narrower ones are paragraphs. */
static void
put_rows(struct html_writer *w, size_t first, struct doc_rows rows)
{
	bool table = rows.columns > 1;
	if (table)
		put(w, "<table>\n");
	for (size_t i = first; i < rows.end; i++) {
		const struct span *s = &w->doc->spans[i];
		if (s->kind == SPAN_ROW && table)
			put_row(w, s);
		else if (s->kind == SPAN_ROW)
			put_wrapped(w, s, "p");
	}
	if (table)
		put(w, "</table>\n");
}

/* --- the document ------------------------------------------------------------------------------- */

static void
put_block(struct html_writer *w, const struct span *s)
{
	switch ((enum span_kind)s->kind) {
	case SPAN_HEADING:
		put_heading(w, s);
		break;
	case SPAN_QUOTE:
	case SPAN_ITEM:
		put_nested(w, s);
		break;
	case SPAN_PRE:
		put_pre(w, s);
		break;
	case SPAN_CAPTION:
		put_figure(w, s);
		break;
	case SPAN_RULE:
		put(w, "<p>* * *</p>\n");
		break;
	default:
		put_wrapped(w, s, "p");
	}
}

static void
end_containers(struct html_writer *w, const struct span *s)
{
	while (s ? nest_must_close(&w->nest, s) : w->nest.n > 0)
		end_container(w);
}

void
doc_html_with(const struct doc *d, const struct doc_extras *extras, struct buf *out)
{
	doc_related_writer *related = extras->related;
	struct html_writer w = {.doc = d, .extras = extras, .out = out};
	w.inlines = (struct inlines){.doc = d, .marks = &html_marks, .ctx = &w};
	for (size_t i = 0; i < d->n_spans; i++) {
		const struct span *s = &d->spans[i];
		if (!span_is_block(s->kind) || (s->kind == SPAN_RELATED && !related))
			continue;
		end_containers(&w, s);
		if (s->kind == SPAN_RELATED) {
			related(extras->ctx, s->level, out);
		} else if (s->kind == SPAN_ROW) {
			struct doc_rows rows = doc_rows(d, i, related == NULL);
			put_rows(&w, i, rows);
			i = rows.end - 1;
		} else {
			put_block(&w, s);
		}
	}
	end_containers(&w, NULL);
}

void
doc_html(const struct doc *d, doc_related_writer *related, void *ctx, struct buf *out)
{
	struct doc_extras extras = {.related = related, .ctx = ctx};
	doc_html_with(d, &extras, out);
}
