#include "view/bars.h"

#include "text/columns.h"

void
bar_line(struct arena *a, const struct look *l, enum role role, struct str left,
    struct str right, size_t cols, struct line *out)
{
	struct str ellipsis = look_symbol(l, SYMBOL_ELLIPSIS);
	size_t inner = cols > 2 ? cols - 2 : 0, right_cols, room;

	right = columns_cut(a, right, inner - inner / 3, ellipsis);
	right_cols = columns_of(right);
	room = right_cols > 0 ? inner - right_cols : inner;
	/* Two spaces part them. */
	if (right_cols > 0)
		room = room > 2 ? room - 2 : 0;
	line_pad(a, out, role, cols > 0 ? 1 : 0);
	line_add_cut(a, out, role, left, room, ellipsis);
	line_pad(a, out, role, cols > right_cols ? cols - 1 - right_cols : 0);
	line_add(a, out, role, right);
	line_pad(a, out, role, cols);
}

void
title_line(struct arena *a, const struct look *l, const struct str *where, size_t n,
    struct str right, size_t cols, struct line *out)
{
	struct str left = STR("kawat  ");
	size_t i;

	for (i = 0; i < n; i++) {
		if (i > 0)
			left = arena_fmt(a, "%.*s %.*s ", STR_ARG(left),
			    STR_ARG(look_symbol(l, SYMBOL_CRUMB)));
		left = arena_cat(a, left, where[i]);
	}
	bar_line(a, l, ROLE_TITLE, left, right, cols, out);
}

static size_t
hint_cols(const struct hint *h)
{
	return columns_of(h->key) + 1 + columns_of(h->label);
}

void
hint_line(struct arena *a, const struct look *l, const struct hint *hints, size_t n,
    size_t cols, struct line *out)
{
	size_t last = n ? hint_cols(&hints[n - 1]) : 0, i, used;

	(void)l;
	line_pad(a, out, ROLE_HINT, cols > 0 ? 1 : 0);
	for (i = 0; i < n; i++) {
		used = out->cols + (i > 0 ? 2 : 0) + hint_cols(&hints[i]);
		/* Each leaves room for the last one, which says where all the others are.
		 */
		if (i + 1 < n && used + 2 + last > cols - (cols > 0))
			continue;
		if (used > cols)
			break;
		if (i > 0 && out->cols > 1)
			line_add(a, out, ROLE_HINT, STR("  "));
		line_add_link(a, out, ROLE_HINT_KEY, hints[i].key, (int32_t)i);
		line_add_link(a, out, ROLE_HINT, STR(" "), (int32_t)i);
		line_add_link(a, out, ROLE_HINT, hints[i].label, (int32_t)i);
	}
	line_pad(a, out, ROLE_HINT, cols);
}

void
bar_of(struct arena *a, const struct look *l, int64_t done, int64_t all, size_t cols,
    struct line *out)
{
	size_t from = out->cols, full = 0;

	if (done > all)
		done = all;
	if (all > 0 && done > 0)
		full = (size_t)((double)done / (double)all * (double)cols);
	line_fill(a, out, ROLE_PROGRESS, look_symbol(l, SYMBOL_DONE), from + full);
	line_fill(a, out, ROLE_PROGRESS, look_symbol(l, SYMBOL_UNDONE), from + cols);
}

void
progress_line(struct arena *a, const struct look *l, int done, int all, struct str what,
    struct str right, size_t cols, struct line *out)
{
	enum { BAR_COLS = 16 };
	struct str left = word_fill2(a, word(l->words, WORD_REFRESHING),
	    word_number(a, l->words, done), word_number(a, l->words, all));
	size_t right_cols = columns_of(right),
	       edge = cols > right_cols + 2 ? cols - right_cols - 2 : 0;

	line_pad(a, out, ROLE_STATUS, cols > 0 ? 1 : 0);
	line_add_cut(a, out, ROLE_STATUS, left, edge, look_symbol(l, SYMBOL_ELLIPSIS));
	if (l->motion && out->cols + 2 + BAR_COLS < edge) {
		line_add(a, out, ROLE_STATUS, STR("  "));
		bar_of(a, l, done, all, BAR_COLS, out);
	}
	if (out->cols + 4 < edge) {
		line_add(a, out, ROLE_STATUS, STR("  "));
		line_add_cut(a, out, ROLE_STATUS, what, edge - out->cols,
		    look_symbol(l, SYMBOL_ELLIPSIS));
	}
	if (cols > right_cols + 1)
		line_pad(a, out, ROLE_STATUS, cols - 1 - right_cols);
	line_add_cut(
	    a, out, ROLE_STATUS, right, cols > out->cols ? cols - out->cols : 0, STR(""));
	line_pad(a, out, ROLE_STATUS, cols);
}
