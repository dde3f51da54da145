/*
 * Two sets: the spans that are active at a place, and the marks that are open in the output.  They
 * are brought together only when something other than white space is written, which keeps the
 * white space between two pieces outside of both.
 */
#include "text/doc_inline.h"

enum { CODE = SPAN_CODE - SPAN_LINK };

static bool
is_gap(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

static size_t
span_end(const struct span *s)
{
	return (size_t)s->at + s->n;
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static unsigned
slot(const struct span *s)
{
	return s->kind - (unsigned)SPAN_LINK;
}

static bool
is_solid(const struct inlines *w, const struct span *s)
{
	return w->marks->code && s->kind == SPAN_CODE;
}

/* --- which spans are active --------------------------------------------------------------------- */

static const struct span *
next_span(const struct inlines *w)
{
	if (w->next == w->doc->n_spans || span_is_block(w->doc->spans[w->next].kind))
		return NULL;
	return &w->doc->spans[w->next];
}

static void
activate(struct inlines *w, size_t at)
{
	for (unsigned i = 0; i < INLINE_KINDS; i++)
		if (w->active[i] && span_end(w->active[i]) <= at)
			w->active[i] = NULL;
	const struct span *s;
	for (; (s = next_span(w)) && s->at <= at; w->next++)
		if (!w->active[slot(s)] && span_end(s) > at)
			w->active[slot(s)] = s;
}

/* How far the active spans stay the same. */
static size_t
same_until(const struct inlines *w, size_t to)
{
	const struct span *s = next_span(w);
	if (s)
		to = least(to, s->at);
	for (unsigned i = 0; i < INLINE_KINDS; i++)
		if (w->active[i])
			to = least(to, span_end(w->active[i]));
	return to;
}

/* --- which marks are open ----------------------------------------------------------------------- */

static bool
is_open(const struct inlines *w, const struct span *s)
{
	for (size_t i = 0; i < w->n_open; i++)
		if (w->open[i] == s)
			return true;
	return false;
}

static void
close_down_to(struct inlines *w, size_t n)
{
	while (w->n_open > n)
		w->marks->close(w->ctx, w->open[--w->n_open]);
}

static void
close_ended(struct inlines *w)
{
	size_t keep = 0;
	while (keep < w->n_open && w->active[slot(w->open[keep])] == w->open[keep])
		keep++;
	close_down_to(w, keep);
}

/* The one to open next: the longest, so that those that are shorter fit into it. */
static const struct span *
to_open(const struct inlines *w, size_t limit)
{
	const struct span *best = NULL;
	for (unsigned i = 0; i < INLINE_KINDS; i++) {
		const struct span *s = w->active[i];
		if (!s || is_solid(w, s) || is_open(w, s))
			continue;
		if (!best || least(span_end(s), limit) > least(span_end(best), limit))
			best = s;
	}
	return best;
}

/*
 * Make the open marks those that are active at `at`, where a piece begins.  Returns where the
 * innermost ends, at most `limit`.
 */
static size_t
synchronise(struct inlines *w, size_t at, size_t limit)
{
	close_ended(w);
	if (at > w->written)
		w->marks->text(w->ctx, str_sub(w->doc->text, w->written, at - w->written));
	for (size_t i = 0; i < w->n_open; i++)
		limit = least(limit, span_end(w->open[i]));
	const struct span *s;
	while ((s = to_open(w, limit))) {
		limit = least(limit, span_end(s));
		w->marks->open(w->ctx, s, at, limit);
		w->open[w->n_open++] = s;
	}
	w->written = at;
	return limit;
}

/* --- writing ------------------------------------------------------------------------------------ */

/* A piece without a change of marks in it. */
static void
write_piece(struct inlines *w, size_t from, size_t to, size_t limit)
{
	const char *p = w->doc->text.p;
	while (from < to && is_gap(p[from]))
		from++;
	if (from == to)
		return; /* only white space: it waits */
	while (is_gap(p[to - 1]))
		to--;
	synchronise(w, from, limit);
	w->marks->text(w->ctx, str_sub(w->doc->text, from, to - from));
	w->written = to;
}

/* Code that is active at `from`, up to where it or a mark around it ends.  Returns that place. */
static size_t
write_code(struct inlines *w, size_t from, size_t limit)
{
	size_t end = least(synchronise(w, from, limit), span_end(w->active[CODE]));
	size_t last = end;
	while (is_gap(w->doc->text.p[last - 1]))
		last--;
	w->marks->code(w->ctx, str_sub(w->doc->text, from, last - from));
	w->written = last;
	return end;
}

void
inlines_begin(struct inlines *w, size_t block)
{
	w->next = block + 1;
	w->n_open = 0;
	w->written = w->doc->spans[block].at;
	for (unsigned i = 0; i < INLINE_KINDS; i++)
		w->active[i] = NULL;
}

void
inlines_write(struct inlines *w, size_t from, size_t to)
{
	w->written = from;
	for (size_t at = from, stop; at < to; at = stop) {
		activate(w, at);
		bool solid = w->active[CODE] && is_solid(w, w->active[CODE]);
		if (solid && !is_gap(w->doc->text.p[at])) {
			stop = write_code(w, at, to);
			continue;
		}
		/* white space at the beginning of code goes by single bytes */
		stop = solid ? at + 1 : same_until(w, to);
		write_piece(w, at, stop, to);
	}
	close_down_to(w, 0);
}
