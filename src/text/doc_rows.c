#include "text/doc_rows.h"

#include <string.h>

size_t
doc_cell_end(const struct doc *d, size_t from, size_t to)
{
	const char *tab = from < to ? memchr(d->text.p + from, '\t', to - from) : NULL;
	return tab ? (size_t)(tab - d->text.p) : to;
}

static size_t
count_cells(const struct doc *d, const struct span *row)
{
	size_t n = 0, to = (size_t)row->at + row->n;
	for (size_t from = row->at; from <= to; from = doc_cell_end(d, from, to) + 1)
		n++;
	return n;
}

struct doc_rows
doc_rows(const struct doc *d, size_t first, bool pass_related)
{
	struct doc_rows rows = {.end = first};
	for (; rows.end < d->n_spans; rows.end++) {
		const struct span *s = &d->spans[rows.end];
		if (!span_is_block(s->kind) || (s->kind == SPAN_RELATED && pass_related))
			continue;
		if (s->kind != SPAN_ROW)
			break;
		size_t cells = count_cells(d, s);
		rows.columns = cells > rows.columns ? cells : rows.columns;
	}
	return rows;
}
