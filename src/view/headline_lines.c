#include "view/headline_lines.h"

#include "text/columns.h"
#include "text/wrap.h"

enum {
	/* The two marks at the left, and the empty cell at the right of every pane. */
	MARK_COLS = 2,
	EDGE = 1,
	AGENCY_COLS = 8, /* ANTARA, Yonhap, AFP */
	WIDE_AGENCY_COLS = 14,
	WIDE = 100,
	/* Below this the title needs the room that the agency has. */
	NARROW = 60,
	TALL_INDENT = 3,
	TALL_TITLE_LINES = 2,
	EXCERPT_INDENT = 8,
};

struct headline_layout
headline_layout(const struct look *l, enum headline_form form, bool by_day, size_t cols)
{
	struct headline_layout h = {.form = form, .cols = cols};

	h.when = by_day ? WHEN_CLOCK : WHEN_COLUMN;
	if (l->full_dates && cols >= WIDE)
		h.when = WHEN_SHORT;
	h.time_cols = when_cols(l->words->language, h.when);
	h.agency_cols = cols >= WIDE     ? WIDE_AGENCY_COLS
			: cols >= NARROW ? AGENCY_COLS
					 : 0;
	return h;
}

int64_t
headline_at(const struct story_row *row)
{
	return row->published != STORY_NO_TIME ? row->published : row->first_seen;
}

int64_t
headline_sorted_at(const struct story_row *row)
{
	return list_place_second(row->ord);
}

struct str
headline_day(struct arena *a, const struct look *l, const struct story_row *row,
    const struct story_row *above)
{
	int64_t at = headline_sorted_at(row);

	if (above && when_day(headline_sorted_at(above)) == when_day(at))
		return STR("");
	return look_when(a, l, WHEN_DAY, at);
}

static void
rule_line(
    struct arena *a, const struct look *l, struct str text, size_t cols, struct line *out)
{
	line_pad(a, out, ROLE_DAY, 1);
	line_add_cut(a, out, ROLE_DAY, text, cols > 3 ? cols - 3 : 0,
	    look_symbol(l, SYMBOL_ELLIPSIS));
	line_add(a, out, ROLE_DAY, STR(" "));
	line_fill(a, out, ROLE_RULE, look_symbol(l, SYMBOL_RULE),
	    cols > EDGE ? cols - EDGE : 0);
}

static bool
is_unread(const struct headline *h)
{
	return h->row->unread || h->unread_behind;
}

static void
mark_cells(struct arena *a, const struct look *l, const struct headline *h, bool first,
    struct line *out)
{
	struct str left = STR(" ");

	if (first && h->chosen)
		left = look_symbol(l, SYMBOL_CHOSEN);
	else if (first && h->picked)
		left = look_symbol(l, SYMBOL_PICKED);
	line_add(a, out, ROLE_MARK, left);
	/*
	 * In words of one letter a row of them would read as text: ASCII marks the first
	 * line.
	 */
	if (is_unread(h) && (first || l->symbols == SYMBOLS_UNICODE))
		line_add(a, out, ROLE_MARK, look_symbol(l, SYMBOL_UNREAD));
	else
		line_add(a, out, ROLE_MARK, STR(" "));
}

static enum role
title_role(const struct headline *h)
{
	if (is_unread(h))
		return ROLE_HEADLINE_UNREAD;
	return h->row->starred ? ROLE_HEADLINE_STARRED : ROLE_HEADLINE_READ;
}

static void
state_mark(
    struct arena *a, const struct look *l, const struct story_row *row, struct line *out)
{
	enum target_state state = row->gone && !row->stored ? TARGET_GONE
				  : row->stored             ? TARGET_STORED
							    : TARGET_MISSING;
	static const enum role roles[] = {
	    [TARGET_STORED] = ROLE_STORED,
	    [TARGET_MISSING] = ROLE_MISSING,
	    [TARGET_GONE] = ROLE_GONE,
	};

	line_add(a, out, roles[state], look_symbol(l, look_state_symbol(state)));
}

/* `★ ↻ ⇄3`, in a line of its own so that its width is known. */
static struct line
right_marks(struct arena *a, const struct look *l, const struct headline *h)
{
	struct line marks = {0};
	int64_t related = h->row->related_count + h->n_same;

	if (h->row->starred)
		line_add(a, &marks, ROLE_MARK, look_symbol(l, SYMBOL_STARRED));
	if (h->row->updated_since_read) {
		line_pad(a, &marks, ROLE_TEXT, marks.cols ? marks.cols + 1 : 0);
		line_add(a, &marks, ROLE_MARK, look_symbol(l, SYMBOL_NEWER));
	}
	if (related > 0) {
		line_pad(a, &marks, ROLE_TEXT, marks.cols ? marks.cols + 1 : 0);
		line_add(a, &marks, ROLE_COUNT,
		    arena_cat(a, look_symbol(l, SYMBOL_RELATED),
			word_number(a, l->words, related)));
	}
	return marks;
}

static void
add_line(struct arena *a, struct line *out, const struct line *more)
{
	size_t i;

	for (i = 0; i < more->n; i++)
		line_add_attrs(a, out, (enum role)more->v[i].role, more->v[i].text,
		    more->v[i].attrs, more->v[i].link);
}

static struct str
agency_of(const struct headline *h)
{
	return h->row->agency.n ? h->row->agency : h->agency;
}

static void
one_line(struct arena *a, const struct look *l, const struct headline_layout *layout,
    const struct headline *h, struct line *out)
{
	struct str ellipsis = look_symbol(l, SYMBOL_ELLIPSIS);
	struct line marks = right_marks(a, l, h);
	struct str time = look_when(a, l, layout->when, headline_at(h->row));
	size_t edge = layout->cols > EDGE ? layout->cols - EDGE : 0, title_end = edge;

	mark_cells(a, l, h, true, out);
	line_add(
	    a, out, ROLE_TIME, columns_pad(a, time, layout->time_cols, COLUMNS_RIGHT));
	line_add(a, out, ROLE_TIME, STR(" "));
	if (layout->agency_cols > 0) {
		line_add(a, out, ROLE_AGENCY,
		    look_visual(a, l,
			columns_cut(a, agency_of(h), layout->agency_cols, ellipsis)));
		line_pad(a, out, ROLE_AGENCY,
		    MARK_COLS + layout->time_cols + 1 + layout->agency_cols + 1);
	}
	state_mark(a, l, h->row, out);
	line_add(a, out, ROLE_TEXT, STR(" "));
	if (marks.cols > 0 && edge > out->cols + marks.cols + 2)
		title_end = edge - marks.cols - 1;
	if (title_end > out->cols)
		line_add(a, out, title_role(h),
		    look_visual(a, l,
			columns_cut(a, h->row->title, title_end - out->cols, ellipsis)));
	if (title_end == edge)
		return;
	line_pad(a, out, ROLE_TEXT, edge - marks.cols);
	add_line(a, out, &marks);
}

/* The title's lines in a narrow pane: at most two, the second cut. */
static size_t
tall_title(struct arena *a, const struct headline_layout *layout, struct str title,
    struct str ellipsis, struct str part[TALL_TITLE_LINES])
{
	size_t cols =
	    layout->cols > TALL_INDENT + EDGE ? layout->cols - TALL_INDENT - EDGE : 1;
	struct wrap_lines lines = wrap_text(a, title, cols, cols);

	if (lines.n == 0) {
		part[0] = STR("");
		return 1;
	}
	part[0] = str_sub(title, lines.v[0].at, lines.v[0].n);
	if (lines.n == 1)
		return 1;
	part[1] = columns_cut(a, str_from(title, lines.v[1].at), cols, ellipsis);
	return 2;
}

/* `ANTARA · 14.31 · ⇄3 ●` */
static void
tall_about(struct arena *a, const struct look *l, const struct headline_layout *layout,
    const struct headline *h, struct line *out)
{
	struct str dot = arena_fmt(a, " %.*s ", STR_ARG(look_symbol(l, SYMBOL_DOT)));
	struct str time = look_when(a, l, layout->when, headline_at(h->row));
	struct str agency = agency_of(h);
	struct line marks = right_marks(a, l, h);
	size_t rest = columns_of(time) + marks.cols + 10, room;

	room = layout->cols > out->cols + rest ? layout->cols - out->cols - rest : 0;
	line_add(a, out, ROLE_AGENCY,
	    look_visual(
		a, l, columns_cut(a, agency, room, look_symbol(l, SYMBOL_ELLIPSIS))));
	if (agency.n > 0 && room > 0)
		line_add(a, out, ROLE_TIME, dot);
	line_add(a, out, ROLE_TIME, time);
	if (marks.cols > 0)
		line_add(a, out, ROLE_TIME, dot);
	add_line(a, out, &marks);
	line_add(a, out, ROLE_TEXT, STR(" "));
	state_mark(a, l, h->row, out);
}

static void
tall(struct arena *a, const struct look *l, const struct headline_layout *layout,
    const struct headline *h, struct lines *out)
{
	struct str part[TALL_TITLE_LINES];
	size_t n = tall_title(
		   a, layout, h->row->title, look_symbol(l, SYMBOL_ELLIPSIS), part),
	       i;
	struct line *line;

	for (i = 0; i < n; i++) {
		line = lines_push(a, out);
		mark_cells(a, l, h, i == 0, line);
		line_pad(a, line, ROLE_TEXT, TALL_INDENT);
		line_add(a, line, title_role(h), look_visual(a, l, part[i]));
	}
	line = lines_push(a, out);
	mark_cells(a, l, h, false, line);
	line_pad(a, line, ROLE_TEXT, TALL_INDENT);
	tall_about(a, l, layout, h, line);
}

/* The end of the stretch at `at` that is, or is not, a match. */
static size_t
excerpt_stretch(const struct search_hit *hit, size_t at, size_t end, enum role *role)
{
	int i;

	*role = ROLE_DIM;
	for (i = 0; i < hit->n_matches; i++) {
		const struct search_match *m = &hit->matches[i];

		if (at >= m->at && at < m->at + m->n) {
			*role = ROLE_MATCH;
			end = m->at + m->n < end ? m->at + m->n : end;
		} else if (m->at > at && m->at < end) {
			end = m->at;
		}
	}
	return end;
}

static void
excerpt_visual(struct arena *a, const struct search_hit *hit, struct str text, size_t end,
    struct bidi *bidi, struct line *out)
{
	struct bidi_line chars = bidi_line(a, bidi, 0, text.n);
	enum role role;
	size_t i;

	for (i = 0; i < chars.n; i++) {
		role = ROLE_DIM;
		if (chars.v[i].at < end)
			excerpt_stretch(hit, chars.v[i].at, end, &role);
		line_add(a, out, role, str_of(chars.v[i].drawn, chars.v[i].n));
	}
}

/* The excerpt with its matches, on one line. */
static void
excerpt(struct arena *a, const struct look *l, const struct headline_layout *layout,
    const struct search_hit *hit, struct line *out)
{
	size_t room = layout->cols > EXCERPT_INDENT + EDGE
			  ? layout->cols - EXCERPT_INDENT - EDGE
			  : 0;
	struct str ellipsis = look_symbol(l, SYMBOL_ELLIPSIS);
	struct str text = columns_cut(a, hit->excerpt, room, ellipsis);
	struct bidi *bidi = l->terminal_bidi ? NULL : bidi_paragraph(a, text);
	size_t at, stop, end = text.n;
	enum role role;

	line_pad(a, out, ROLE_DIM, EXCERPT_INDENT);
	/* What was cut ends in an ellipsis that is not of the excerpt. */
	if (text.p != hit->excerpt.p && end >= ellipsis.n)
		end -= ellipsis.n;
	if (bidi) {
		excerpt_visual(a, hit, text, end, bidi, out);
		return;
	}
	for (at = 0; at < end; at = stop) {
		stop = excerpt_stretch(hit, at, end, &role);
		line_add(a, out, role, str_sub(text, at, stop - at));
	}
	line_add(a, out, ROLE_DIM, str_from(text, end));
}

void
headline_lines(struct arena *a, const struct look *l,
    const struct headline_layout *layout, const struct headline *h, struct lines *out)
{
	if (h->rule.n > 0)
		rule_line(a, l, h->rule, layout->cols, lines_push(a, out));
	if (layout->form == HEADLINE_TALL)
		tall(a, l, layout, h, out);
	else
		one_line(a, l, layout, h, lines_push(a, out));
	if (h->hit && h->hit->excerpt.n > 0)
		excerpt(a, l, layout, h->hit, lines_push(a, out));
}

size_t
headline_height(
    struct arena *a, const struct headline_layout *layout, const struct headline *h)
{
	struct str part[TALL_TITLE_LINES];
	size_t n = h->rule.n > 0;

	if (layout->form == HEADLINE_TALL)
		n += tall_title(a, layout, h->row->title, STR(""), part) + 1;
	else
		n++;
	return n + (h->hit && h->hit->excerpt.n > 0);
}
