/* Rows that stand one behind the other are one table. */
#ifndef KAWAT_TEXT_DOC_ROWS_H
#define KAWAT_TEXT_DOC_ROWS_H

#include "text/doc.h"

struct doc_rows {
	size_t end; /* the first span behind the rows and their inline spans */
	size_t columns; /* cells of the longest row */
};

/* The run of rows that begins with span `first`.  A SPAN_RELATED ends it, or is passed over. */
struct doc_rows doc_rows(const struct doc *, size_t first, bool pass_related);

/* Where the cell that begins at byte `from` ends: at a tab, or at `to`, the end of the row. */
size_t doc_cell_end(const struct doc *, size_t from, size_t to);

#endif
