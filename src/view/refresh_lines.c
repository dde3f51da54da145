#include "view/refresh_lines.h"

#include "text/columns.h"
#include "view/bars.h"
#include "view/fault.h"

enum {
	NAME_COL = 3,
	NAME_COLS = 18,
	SAYS_COL = 23,
	SIZE_END = 18, /* from the right edge */
	TIME_END = 7,
	WIDE = 70, /* below this sizes and times are left out */
	PERCENT_COLS = 6,
};

static bool
is_over(enum refresh_state state)
{
	return state == REFRESH_DONE || state == REFRESH_UNCHANGED ||
	       state == REFRESH_FAILED;
}

struct totals {
	int64_t over, n_new, n_updated, failed, n_bytes;
};

static struct totals
add_up(const struct refresh_view *v)
{
	struct totals t = {0};
	size_t i;

	for (i = 0; i < v->n; i++) {
		t.over += is_over(v->rows[i].state);
		t.failed += v->rows[i].state == REFRESH_FAILED;
		t.n_new += v->rows[i].n_new;
		t.n_updated += v->rows[i].n_updated;
		t.n_bytes += v->rows[i].n_bytes;
	}
	return t;
}

static struct str
seconds(struct arena *a, const struct look *l, int64_t ms, int digits)
{
	char mark = l->words->language == LANGUAGE_ID ? ',' : '.';
	struct str n = digits == 1 ? arena_fmt(a, "%lld%c%lld", (long long)(ms / 1000),
					 mark, (long long)(ms % 1000 / 100))
				   : arena_fmt(a, "%lld%c%02lld", (long long)(ms / 1000),
					 mark, (long long)(ms % 1000 / 10));

	return word_fill1(a, word(l->words, WORD_SECONDS), n);
}

/* ` 9 of 12 done · 34 new · 2 updated · 1 failed · 1.8 MB · 2.1 s` */
static void
summary(struct arena *a, const struct look *l, const struct refresh_view *v,
    const struct totals *t, size_t cols, struct line *out)
{
	struct str dot = arena_fmt(a, " %.*s ", STR_ARG(look_symbol(l, SYMBOL_DOT)));
	struct str part[6], all = STR("");
	size_t i;

	part[0] = word_fill2(a, word(l->words, WORD_DONE_OF),
	    word_number(a, l->words, t->over), word_number(a, l->words, (int64_t)v->n));
	part[1] =
	    word_fill1(a, word(l->words, WORD_N_NEW), word_number(a, l->words, t->n_new));
	part[2] = t->n_updated ? word_fill1(a, word(l->words, WORD_N_UPDATED),
				     word_number(a, l->words, t->n_updated))
			       : STR("");
	part[3] = t->failed ? word_fill1(a, word(l->words, WORD_N_FAILED),
				  word_number(a, l->words, t->failed))
			    : STR("");
	part[4] = word_size(a, l->words, t->n_bytes);
	part[5] = seconds(a, l, v->ms, 1);
	for (i = 0; i < COUNT_OF(part); i++) {
		if (part[i].n > 0 && all.n > 0)
			all = arena_cat(a, all, dot);
		all = arena_cat(a, all, part[i]);
	}
	line_pad(a, out, ROLE_TEXT, 1);
	line_add_cut(a, out, ROLE_TEXT, all, cols > 2 ? cols - 2 : 0,
	    look_symbol(l, SYMBOL_ELLIPSIS));
}

static void
whole_bar(struct arena *a, const struct look *l, const struct refresh_view *v,
    const struct totals *t, size_t cols, struct line *out)
{
	int64_t percent = v->n ? t->over * 100 / (int64_t)v->n : 100;
	struct str says = word_fill1(
	    a, word(l->words, WORD_PERCENT), arena_fmt(a, "%lld", (long long)percent));

	line_pad(a, out, ROLE_TEXT, 1);
	if (cols > PERCENT_COLS + 4)
		bar_of(a, l, t->over, (int64_t)v->n, cols - PERCENT_COLS - 3, out);
	line_pad(a, out, ROLE_TEXT,
	    cols > columns_of(says) + 1 ? cols - 1 - columns_of(says) : 0);
	line_add(a, out, ROLE_COUNT, says);
}

static struct str
row_says(struct arena *a, const struct look *l, const struct refresh_view *v,
    const struct refresh_row *row)
{
	const struct words *w = l->words;

	switch (row->state) {
	case REFRESH_WAITING:
		return word_fill1(
		    a, word(w, WORD_WAITING_HOST), word_number(a, w, v->per_host));
	case REFRESH_ASKED:
		return word(w, WORD_WAITING_SERVER);
	case REFRESH_RECEIVING:
		return word_fill1(
		    a, word(w, WORD_RECEIVING), word_size(a, w, row->n_bytes));
	case REFRESH_UNCHANGED:
		if (row->status == 304)
			return arena_fmt(
			    a, "%.*s (304)", STR_ARG(word(w, WORD_UNCHANGED)));
		return word(w, WORD_UNCHANGED);
	case REFRESH_FAILED:
		return fault_say(a, w, row->error);
	case REFRESH_DONE:
		break;
	}
	if (row->n_updated == 0)
		return word_fill1(a, word(w, WORD_N_NEW), word_number(a, w, row->n_new));
	return word_fill2(a, word(w, WORD_ITEMS_NEW_UPDATED),
	    word_number(a, w, row->n_new), word_number(a, w, row->n_updated));
}

static void
row_line(struct arena *a, const struct look *l, const struct refresh_view *v,
    const struct refresh_row *row, size_t cols, struct line *out)
{
	struct str ellipsis = look_symbol(l, SYMBOL_ELLIPSIS), mark = STR(" "), size,
		   time;
	bool numbers = cols >= WIDE && is_over(row->state);
	size_t end = numbers ? cols - SIZE_END - 9 : cols > 1 ? cols - 1 : cols;
	enum role role = row->state == REFRESH_FAILED ? ROLE_ERROR : ROLE_TEXT;

	if (row->state == REFRESH_FAILED)
		mark = look_symbol(l, SYMBOL_FAILING);
	else if (!is_over(row->state))
		mark = look_symbol(l, SYMBOL_WAITING);
	line_pad(a, out, ROLE_TEXT, 1);
	line_add(a, out, role, mark);
	line_pad(a, out, ROLE_TEXT, NAME_COL);
	line_add_cut(a, out, ROLE_TEXT, row->name, NAME_COLS, ellipsis);
	line_pad(a, out, ROLE_TEXT, SAYS_COL);
	if (end > out->cols)
		line_add_cut(
		    a, out, role, row_says(a, l, v, row), end - out->cols, ellipsis);
	if (!numbers)
		return;
	size = word_size(a, l->words, row->n_bytes);
	time = seconds(a, l, row->ms, 2);
	line_pad(a, out, ROLE_COUNT, cols - SIZE_END - columns_of(size));
	line_add(a, out, ROLE_COUNT, size);
	line_pad(a, out, ROLE_COUNT, cols - TIME_END - columns_of(time));
	line_add(a, out, ROLE_COUNT, time);
}

void
refresh_lines(struct arena *a, const struct look *l, const struct refresh_view *v,
    size_t cols, struct lines *out)
{
	struct totals t = add_up(v);
	size_t i;

	summary(a, l, v, &t, cols, lines_push(a, out));
	whole_bar(a, l, v, &t, cols, lines_push(a, out));
	lines_push(a, out);
	for (i = v->top; i < v->n && i - v->top < v->max_rows; i++)
		row_line(a, l, v, &v->rows[i], cols, lines_push(a, out));
}
