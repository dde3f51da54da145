#include "view/feed_lines.h"

#include "text/columns.h"
#include "view/fault.h"

enum {
	/*
	 * From the right edge, in a pane wide enough for all: the end of the count, the
	 * time, the state.
	 */
	COUNT_BACK = 25,
	TIME_BACK = 24,
	STATE_BACK = 16,
	TIME_COLS = 6,
	EDGE = 1,
	WIDE = 64, /* below this only name and count are shown */
	NAME_COL = 5,
	LABEL_COLS = 14,
};

static struct str
row_symbol(const struct look *l, const struct feed_row *row, enum role *role)
{
	enum feed_health health = row->state ? row->state->health : FEED_FINE;

	*role = ROLE_MARK;
	switch (row->kind) {
	case FEED_ROW_STARRED:
		return look_symbol(l, SYMBOL_STARRED);
	case FEED_ROW_TODAY:
		return look_symbol(l, SYMBOL_TODAY);
	case FEED_ROW_SEARCH:
		return look_symbol(l, SYMBOL_SEARCH);
	case FEED_ROW_SECTION:
		return STR("");
	case FEED_ROW_FEED:
		break;
	}
	if (health == FEED_GONE) {
		*role = ROLE_GONE;
		return look_symbol(l, SYMBOL_GONE);
	}
	if (health != FEED_FINE) {
		*role = ROLE_ERROR;
		return look_symbol(l, SYMBOL_FAILING);
	}
	return STR(" ");
}

static struct str
clock_or_date(struct arena *a, const struct look *l, int64_t at)
{
	return at > 0 ? look_when(a, l, WHEN_COLUMN, at) : STR("");
}

/* `HTTP 503 → 15.02`, or the reason in words. */
static struct str
failing_state(struct arena *a, const struct look *l, const struct feed_state *s)
{
	struct str args[3], reason = fault_say(a, l->words, s->error);

	if (s->last_status >= 300 && s->next_at > l->now) {
		args[0] = arena_fmt(a, "%lld", (long long)s->last_status);
		args[1] = look_symbol(l, SYMBOL_ARROW);
		args[2] =
		    when(a, l->words->language, WHEN_COLUMN, s->next_at, s->next_at);
		if (when_day(s->next_at) != when_day(l->now))
			args[2] = when(
			    a, l->words->language, WHEN_DATE, s->next_at, s->next_at);
		return word_fill(a, word(l->words, WORD_HTTP_AGAIN), args, 3);
	}
	return reason;
}

static struct str
feed_state_text(
    struct arena *a, const struct look *l, const struct feed_row *row, enum role *role)
{
	const struct feed_state *s = row->state;

	*role = ROLE_DIM;
	if (row->paused)
		return word(l->words, WORD_PAUSED);
	if (s && s->health == FEED_GONE) {
		*role = ROLE_GONE;
		return word_fill1(a, word(l->words, WORD_GONE_HTTP),
		    arena_fmt(
			a, "%lld", (long long)(s->last_status ? s->last_status : 410)));
	}
	if (s && s->health != FEED_FINE) {
		*role = ROLE_ERROR;
		return failing_state(a, l, s);
	}
	if (!s || s->last_at == 0)
		return word(l->words, WORD_NEVER_FETCHED);
	if (row->unread == 0)
		return word(l->words, WORD_NO_UNREAD);
	if (row->every_s == 0)
		return word(l->words, WORD_BY_HAND);
	return word_fill1(a, word(l->words, WORD_EVERY),
	    when_length(a, l->words->language, row->every_s));
}

static enum role
name_role(const struct feed_row *row)
{
	if (row->kind == FEED_ROW_SECTION)
		return ROLE_STORY_HEADING;
	return row->unread > 0 && row->kind == FEED_ROW_FEED ? ROLE_HEADLINE_UNREAD
							     : ROLE_HEADLINE;
}

static void
add_name(struct arena *a, const struct look *l, const struct feed_row *row, bool chosen,
    size_t end, struct line *out)
{
	size_t indent = (size_t)(row->depth > 0 ? row->depth : 0) * 2;
	struct str mark;
	enum role role;

	indent = indent > 12 ? 12 : indent;
	if (row->kind == FEED_ROW_SECTION) {
		line_add(
		    a, out, ROLE_MARK, chosen ? look_symbol(l, SYMBOL_CHOSEN) : STR(" "));
		line_pad(a, out, ROLE_TEXT, 1 + indent);
		line_add(a, out, ROLE_MARK,
		    look_symbol(l, row->folded ? SYMBOL_FOLDED : SYMBOL_UNFOLDED));
		line_add(a, out, ROLE_TEXT, STR(" "));
	} else {
		mark = row_symbol(l, row, &role);
		line_pad(a, out, ROLE_TEXT, 2 + indent);
		line_add(
		    a, out, ROLE_MARK, chosen ? look_symbol(l, SYMBOL_CHOSEN) : STR(" "));
		line_add(a, out, role, mark);
		line_pad(a, out, ROLE_TEXT, NAME_COL + indent);
	}
	if (end > out->cols)
		line_add(a, out, name_role(row),
		    look_visual(a, l,
			columns_cut(a, row->name, end - out->cols,
			    look_symbol(l, SYMBOL_ELLIPSIS))));
}

void
feed_line(struct arena *a, const struct look *l, const struct feed_row *row, bool chosen,
    size_t cols, struct line *out)
{
	bool wide = cols >= WIDE;
	size_t edge = cols > EDGE ? cols - EDGE : cols;
	size_t count_end = wide ? cols - 1 - COUNT_BACK : edge;
	struct str count = row->unread < 0 ? STR("") : word_number(a, l->words, row->unread), state;
	size_t count_cols = columns_of(count);
	enum role role;

	add_name(a, l, row, chosen,
	    count_end > count_cols + 2 ? count_end - count_cols - 2 : 0, out);
	line_pad(a, out, ROLE_COUNT, count_end > count_cols ? count_end - count_cols : 0);
	line_add(a, out, ROLE_COUNT, count);
	if (!wide || row->kind != FEED_ROW_FEED)
		return;
	line_pad(a, out, ROLE_TIME, cols - TIME_BACK);
	line_add(a, out, ROLE_TIME,
	    columns_pad(a, clock_or_date(a, l, row->state ? row->state->last_at : 0),
		TIME_COLS, COLUMNS_RIGHT));
	line_pad(a, out, ROLE_TIME, cols - STATE_BACK);
	state = feed_state_text(a, l, row, &role);
	/* `HTTP 503 → 15.02` needs the last cell too. */
	line_add_cut(a, out, role, state, STATE_BACK, look_symbol(l, SYMBOL_ELLIPSIS));
}

struct str
feed_trouble(struct arena *a, const struct look *l, const struct feed_row *row)
{
	const struct feed_state *s = row->state;
	struct str args[3];

	if (row->kind != FEED_ROW_FEED || !s || s->health == FEED_FINE || s->error.n == 0)
		return STR("");
	args[0] = row->name;
	args[1] = fault_say(a, l->words, s->error);
	if (s->health != FEED_FAILING || s->next_at <= l->now)
		return word_fill(a, word(l->words, WORD_TROUBLE), args, 2);
	args[2] = when(a, l->words->language,
	    when_day(s->next_at) == when_day(l->now) ? WHEN_CLOCK : WHEN_SHORT,
	    s->next_at, s->next_at);
	return word_fill(a, word(l->words, WORD_NEXT_TRY), args, 3);
}

/* ---- details ---- */

static void
field(struct arena *a, const struct look *l, enum word label, struct str value,
    size_t cols, struct lines *out)
{
	struct line *line;

	if (value.n == 0)
		return;
	line = lines_push(a, out);
	line_pad(a, line, ROLE_TEXT, 1);
	line_add(a, line, ROLE_DIM, word(l->words, label));
	line_pad(a, line, ROLE_TEXT, 1 + LABEL_COLS);
	if (cols > line->cols + EDGE)
		line_add_cut(a, line, ROLE_TEXT, value, cols - EDGE - line->cols,
		    look_symbol(l, SYMBOL_ELLIPSIS));
}

/* ` 4 Sep 2025 14.45 WIB   200   214 KB   0.42 s   12 new, 1 updated` */
static void
fetch_line(struct arena *a, const struct look *l, const struct feed_fetch *f, size_t cols,
    struct lines *out)
{
	struct line *line = lines_push(a, out);
	struct str said = fault_say(a, l->words, f->error);

	if (said.n == 0 && f->status == 304)
		said = word(l->words, WORD_UNCHANGED);
	else if (said.n == 0)
		said = word_fill2(a, word(l->words, WORD_ITEMS_NEW_UPDATED),
		    word_number(a, l->words, f->n_new),
		    word_number(a, l->words, f->n_updated));
	line_pad(a, line, ROLE_TEXT, 1);
	line_add(a, line, ROLE_TIME, look_when(a, l, WHEN_SHORT, f->at));
	line_pad(a, line, ROLE_TEXT, 24);
	if (f->status > 0)
		line_fmt(a, line, ROLE_TEXT, "%lld", (long long)f->status);
	line_pad(a, line, ROLE_TEXT, 28);
	line_add(a, line, ROLE_COUNT,
	    columns_pad(a, word_size(a, l->words, f->n_bytes), 8, COLUMNS_RIGHT));
	line_fmt(a, line, ROLE_COUNT, "  %lld.%02lld s  ", (long long)(f->ms / 1000),
	    (long long)(f->ms % 1000 / 10));
	if (cols > line->cols + EDGE)
		line_add_cut(a, line, f->error.n ? ROLE_ERROR : ROLE_TEXT, said,
		    cols - EDGE - line->cols, look_symbol(l, SYMBOL_ELLIPSIS));
}

void
feed_detail_lines(struct arena *a, const struct look *l, const struct feed_row *row,
    const struct feed_fetches *fetches, size_t cols, struct lines *out)
{
	const struct feed_state *s = row->state;
	struct line *line;
	size_t i;

	line = lines_push(a, out);
	line_pad(a, line, ROLE_TEXT, 1);
	line_add(a, line, ROLE_STORY_TITLE, row->name);
	lines_push(a, out);
	if (s) {
		field(a, l, WORD_ADDRESS, s->url, cols, out);
		field(a, l, WORD_MOVED_TO, s->moved_to, cols, out);
		field(a, l, WORD_STATE,
		    s->error.n ? fault_say(a, l->words, s->error) : word(l->words, WORD_FINE),
		    cols, out);
		field(a, l, WORD_STORIES,
		    word_fill2(a, word(l->words, WORD_UNREAD_AND_TOTAL),
			word_number(a, l->words, s->unread),
			word_number(a, l->words, s->total)),
		    cols, out);
	}
	field(a, l, WORD_INTERVAL,
	    row->every_s ? when_length(a, l->words->language, row->every_s)
			 : word(l->words, WORD_BY_HAND),
	    cols, out);
	lines_push(a, out);
	line = lines_push(a, out);
	line_pad(a, line, ROLE_TEXT, 1);
	line_add(a, line, ROLE_STORY_HEADING, word(l->words, WORD_LAST_FETCHES));
	for (i = 0; i < fetches->n; i++)
		fetch_line(a, l, &fetches->v[i], cols, out);
}
